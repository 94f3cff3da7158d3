//! A ZIP archive that is one document: its members are known by name.
//!
//! Office documents and books are such archives. Everything is limited, since a
//! few kilobytes can be made to unpack to gigabytes.

use super::{ReadError, charset};
use memchr::memmem;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{Cursor, Read},
};
use zip::{ZipArchive, result::ZipError};

/// How many bytes a document's members may unpack to, all that are read taken
/// together. The longest novels stay below a third of it without pictures, which
/// are never read; in memory, a hostile document takes ten times as much.
const UNPACKED: u64 = 32 << 20;

/// How many bytes a member may unpack to beside the one with the text. Styles,
/// notes, and a book's single pages are far smaller.
const PART: u64 = 8 << 20;

/// How many members are looked at; books with a file a page have thousands.
const MEMBERS: usize = 20_000;

/// How a ZIP archive begins, and the entry of its directory.
const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

/// An archive whose members are read one by one.
pub(super) struct Package<'a> {
    what: &'static str,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Places in the archive by name, as [`canonical`] writes it.
    names: BTreeMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive; `what` is the format, with its article, for errors.
    pub(super) fn open(bytes: &'a [u8], what: &'static str) -> Result<Self, ReadError> {
        if !bytes.starts_with(LOCAL) {
            return Err(ReadError::Damaged {
                what,
                cause: "it is no document of this kind in spite of its name".to_owned(),
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(what, &e))?;
        if archive.len() > MEMBERS {
            return Err(ReadError::TooMuch {
                what,
                limit: format!("holds more than {MEMBERS} files"),
                remedy: "save it anew, as one document",
            });
        }
        let names = (0..archive.len()).filter_map(|at| {
            let name = archive.name_for_index(at)?.ok()?;
            Some((canonical(&name), at))
        });
        Ok(Self {
            what,
            names: names.collect(),
            archive,
            left: UNPACKED,
        })
    }

    /// Whether it has a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&canonical(name))
    }

    /// The bytes of a member, so many at most; `None` if there is none of this
    /// name.
    fn member(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(at) = self.names.get(&canonical(name)) else {
            return Ok(None);
        };
        let what = self.what;
        let file = self.archive.by_index(*at).map_err(|e| damaged(what, &e))?;
        let limit = most.min(self.left);
        let mut unpacked = Vec::new();
        // What the archive says of its sizes is not to be trusted.
        let read = file.take(limit + 1).read_to_end(&mut unpacked);
        let size = unpacked.len() as u64;
        if size > limit {
            let told = if limit == most { most } else { UNPACKED };
            return Err(ReadError::TooMuch {
                what,
                limit: format!("unpacks to more than {} MB", told >> 20),
                remedy: "save the article without anything else",
            });
        }
        read.map_err(|e| damaged(what, &ZipError::Io(e)))?;
        self.left -= size;
        Ok(Some(unpacked))
    }

    /// The text of a member; `None` if there is none of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.decoded(name, PART)
    }

    /// The text of the member without which there is no document.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, ReadError> {
        let text = self.decoded(name, UNPACKED)?;
        text.ok_or_else(|| ReadError::Damaged {
            what: self.what,
            cause: format!("{name} is missing in it"),
        })
    }

    fn decoded(&mut self, name: &str, most: u64) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.member(name, most)? else {
            return Ok(None);
        };
        charset::decode(&bytes).map(Cow::into_owned).map(Some)
    }
}

/// Whether bytes are a ZIP archive with a member of this name.
///
/// Also of an archive that ends too soon, so that it is told what it would be:
/// its directory is gone then, but its first members are there.
pub(super) fn holds(bytes: &[u8], names: &[&str]) -> bool {
    if !bytes.starts_with(LOCAL) {
        return false;
    }
    if let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) {
        let mut members = (0..archive.len().min(MEMBERS))
            .filter_map(|at| Some(canonical(&archive.name_for_index(at)?.ok()?)));
        return members.any(|member| names.iter().any(|name| canonical(name) == member));
    }
    names.iter().any(|name| {
        memmem::find_iter(bytes, name.as_bytes()).any(|at| {
            let header = |length: usize, signature: &[u8]| {
                let start = at.checked_sub(length).and_then(|at| bytes.get(at..));
                start.is_some_and(|start| start.starts_with(signature))
            };
            header(30, LOCAL) || header(46, CENTRAL)
        })
    })
}

/// Whether an archive begins with a member that names its own type, as
/// OpenDocument files and books do.
pub(super) fn states(bytes: &[u8], kind: &str) -> bool {
    let stated = |start: &[u8]| start.starts_with(b"mimetype");
    bytes.starts_with(LOCAL)
        && bytes.get(30..).is_some_and(stated)
        && memmem::find(&bytes[..bytes.len().min(200)], kind.as_bytes()).is_some()
}

/// A member's name as it is looked up: some programs write backslashes, a slash
/// at the start, or another case than they use in references.
fn canonical(name: &str) -> String {
    let name = name.replace('\\', "/");
    name.trim_start_matches('/').to_lowercase()
}

fn damaged(what: &'static str, error: &ZipError) -> ReadError {
    let cause = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            return ReadError::Encrypted { what };
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "it is packed in a way that documents are not"
        }
        ZipError::InvalidArchive(_) => "it ends too soon, or is no whole archive",
        _ => "a part of it cannot be unpacked",
    };
    ReadError::Damaged {
        what,
        cause: cause.to_owned(),
    }
}

/// The name of a member that another one, in this folder, points to.
pub(super) fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
