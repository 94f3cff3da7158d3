//! Bookmarks name a page without its text: nothing is fetched, so there is
//! nothing to read in them.

use super::{Format, Input, ReadError, Reader, webarchive};
use crate::article::Article;
use memchr::memmem;

pub(super) const FORMAT: Format = Format {
    endings: &["url", "webloc", "website", "desktop"],
    recognizes,
    read: Reader::One(refuse),
};

/// The longest property list that can be a bookmark; a page is longer.
const LONGEST: usize = 4096;

fn recognizes(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let head = &start[..start.len().min(LONGEST)];
    let has = |words: &[u8]| memmem::find(head, words).is_some();
    let list = start.len() <= LONGEST
        && webarchive::is_list(start)
        && has(b"URL")
        && has(b"http")
        && !has(b"WebMainResource");
    start.starts_with(b"[InternetShortcut]")
        || start.starts_with(b"[{000214A0-0000-0000-C000-000000000046}]")
        || start.starts_with(b"[Desktop Entry]") && has(b"Type=Link")
        || start.starts_with(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>")
        || list
}

fn refuse(input: &Input) -> Result<Article, ReadError> {
    let entry = input
        .bytes
        .trim_ascii_start()
        .starts_with(b"[Desktop Entry]");
    Err(if entry && !recognizes(input.bytes) {
        ReadError::Unsupported {
            what: "a desktop entry",
        }
    } else {
        ReadError::Bookmark
    })
}
