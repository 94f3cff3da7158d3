//! RTF, as every word processor writes it.
//!
//! What a reader of the printed document sees, without what the printer adds;
//! see `docx`. RTF is a program for a typewriter rather than a document: each
//! group of braces has a state of its own, which ends with it.

mod body;
mod charsets;
mod destinations;
mod state;
mod tables;
mod text;
mod tokens;

use super::{Format, Input, ReadError, Reader, charset};
use crate::article::Article;

const WHAT: &str = "an RTF document";

pub(super) const FORMAT: Format = Format {
    endings: &["rtf"],
    recognizes: |bytes| start(bytes).is_some(),
    read: Reader::One(read),
};

/// The document, without what some programs write before it.
fn start(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_prefix(charset::UTF8_BOM).unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    bytes.starts_with(b"{\\rtf").then_some(bytes)
}

fn read(input: &Input) -> Result<Article, ReadError> {
    let Some(bytes) = start(input.bytes) else {
        return Err(ReadError::Damaged {
            what: WHAT,
            cause: "it is no document of this kind in spite of its name".to_owned(),
        });
    };
    body::read(bytes)
}
