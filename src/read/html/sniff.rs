//! Whether bytes are a web page, whatever their name is.

use memchr::memmem;

/// Comments before the page (`<!-- saved from url=... -->`) end within this.
const LONGEST_START: usize = 64 * 1024;

/// Whether this is a whole page. A Markdown file may begin with a `<div>` or a
/// comment, and other formats in XML begin like XHTML.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    // Two bytes a character: every other one is NUL in what matters here.
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let start = &bytes[..bytes.len().min(LONGEST_START)];
    if wide {
        let narrow: Vec<u8> = start[2..].iter().copied().filter(|b| *b != 0).collect();
        begins_page(&narrow)
    } else {
        begins_page(start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start))
    }
}

fn begins_page(mut start: &[u8]) -> bool {
    loop {
        start = start.trim_ascii_start();
        let end: &[u8] = if start.starts_with(b"<!--") {
            b"-->"
        } else if start.starts_with(b"<?") {
            b">"
        } else {
            break;
        };
        let Some(at) = memmem::find(start, end) else {
            return false;
        };
        start = &start[at + end.len()..];
    }
    let begins = |word: &str| {
        let (word, rest) = (word.as_bytes(), start.get(word.len()));
        let same = start.get(..word.len());
        same.is_some_and(|same| same.eq_ignore_ascii_case(word))
            && rest.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    };
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|word| begins(word))
}
