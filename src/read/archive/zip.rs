//! ZIP archives.
//!
//! Documents and books are ZIP archives too; their formats recognize them
//! before this one is asked.

use super::{Articles, MOST_MEMBERS, member, too_many};
use crate::read::{Format, Input, ReadError, Reader, Reading, refused, unpack::unpack};
use memchr::memmem;
use std::io::{self, Cursor};
use zip::{ZipArchive, read::ZipFile, result::ZipError};

pub(in crate::read) const FORMAT: Format = Format {
    endings: &["zip"],
    recognizes: |bytes| bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06"),
    read: Reader::Many(read),
};

const WHAT: &str = "the ZIP archive";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn read(input: &Input) -> Result<Reading, ReadError> {
    if states_too_many(input.bytes) {
        return Err(too_many(WHAT));
    }
    let mut archive = Archive::new(Cursor::new(input.bytes)).map_err(|e| reason(&e))?;
    if archive.len() > MOST_MEMBERS {
        return Err(too_many(WHAT));
    }
    if let Some(error) = document(&archive) {
        return Err(error);
    }
    // Files that share their bytes are the trick of the best bombs.
    if archive
        .has_overlapping_entries()
        .is_ok_and(|overlap| overlap)
    {
        return Err(ReadError::Damaged {
            what: WHAT,
            cause: "its files lie over each other".to_owned(),
        });
    }
    let mut articles = Articles::new(input, WHAT);
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|e| reason(&e))?;
        if entry.is_dir() || entry.is_symlink() {
            continue;
        }
        // Those who set no flag write in the charset of their system, which is
        // UTF-8 nearly everywhere but in old programs for DOS and Windows.
        let name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => name.to_owned(),
            Err(_) => match entry.name() {
                Ok(name) => name.into_owned(),
                Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
            },
        };
        let Some(name) = member(&name) else { continue };
        let bytes = match archive.by_index(index) {
            Ok(file) => content(input, file),
            Err(error) => Err(reason(&error)),
        };
        articles.add(&name, bytes)?;
    }
    articles.finish()
}

fn content<R: io::Read>(input: &Input, file: ZipFile<R>) -> Result<Vec<u8>, ReadError> {
    // No file can have more compressed bytes than there are.
    let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
    unpack(input, file, packed.min(input.bytes.len()), WHAT)
}

/// Whether the archive's end states more files than are read: room for them is
/// made before they are looked for. Only the 64-bit form can state so many.
fn states_too_many(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        let field = bytes.get(at..at + 8)?;
        Some(u64::from_le_bytes(field.try_into().ok()?))
    };
    memmem::find_iter(bytes, b"PK\x06\x06").any(|at| {
        // The same four bytes may be in what is compressed, but hardly with a
        // sound length behind them.
        let sound = number(at + 4).is_some_and(|length| length <= bytes.len() as u64);
        sound && number(at + 32).is_some_and(|count| count > MOST_MEMBERS as u64)
    })
}

/// Why this is not read, when it is a document or program of a kind that is not
/// read, and no archive of articles.
fn document(archive: &Archive) -> Option<ReadError> {
    let has = |name: &str| archive.index_for_name_raw(name.as_bytes()).is_some();
    let ending = if has("[Content_Types].xml") {
        if has("word/document.xml") {
            "docx"
        } else {
            "xlsx"
        }
    } else if has("mimetype") && has("META-INF/container.xml") {
        "epub"
    } else if has("mimetype") && has("content.xml") {
        "ods"
    } else if has("Index/Document.iwa") {
        "pages"
    } else if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") {
        "exe"
    } else {
        return None;
    };
    refused::reason(ending)
}

/// What an error of the archive says to whoever dropped it.
fn reason(error: &ZipError) -> ReadError {
    let cause = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            return ReadError::Encrypted { what: WHAT };
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            return ReadError::Unsupported {
                what: "a ZIP archive with unusual compression",
            };
        }
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            "its files are not where they should be"
        }
        ZipError::Io(_) => "it ends too soon",
        _ => "its list of files is missing or wrong",
    };
    ReadError::Damaged {
        what: WHAT,
        cause: cause.to_owned(),
    }
}
