//! Paths as text where they are text and as bytes where they are not, for the
//! database and for records that travel.
//!
//! A file's name on Unix may be any bytes, and such a file is an article like
//! any other.

use std::path::{Path, PathBuf};

/// The bytes of a path that is not Unicode.
#[cfg(unix)]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

/// The path that `to_bytes` gave these bytes for.
#[cfg(unix)]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(bytes);
    PathBuf::from(name)
}

/// The bytes of a path that is not Unicode: Windows' 16-bit units, low byte
/// first.
#[cfg(windows)]
pub(super) fn to_bytes(path: &Path) -> Vec<u8> {
    let units = std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The path that `to_bytes` gave these bytes for.
#[cfg(windows)]
pub(super) fn from_bytes(bytes: &[u8]) -> PathBuf {
    let pair = |pair: &[u8]| u16::from_le_bytes([pair[0], pair[1]]);
    let units: Vec<u16> = bytes.chunks_exact(2).map(pair).collect();
    let name: std::ffi::OsString = std::os::windows::ffi::OsStringExt::from_wide(&units);
    PathBuf::from(name)
}

/// A path in a record: a string, or a list of bytes where it is not Unicode.
pub(crate) mod portable {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::path::{Path, PathBuf};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Portable {
        Text(String),
        Bytes(Vec<u8>),
    }

    pub(crate) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(text) => to.serialize_str(text),
            None => super::to_bytes(path).serialize(to),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(match Portable::deserialize(from)? {
            Portable::Text(text) => PathBuf::from(text),
            Portable::Bytes(bytes) => super::from_bytes(&bytes),
        })
    }
}
