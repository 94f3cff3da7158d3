//! How objects and streams stand in a file (ISO 32000, sections 7.3.8 and
//! 7.3.10).

use super::object::{Lexer, is_white};

/// The two numbers before the word `obj`.
pub(super) fn heading(before: &[u8]) -> Option<(u32, u16)> {
    let mut at = before.len();
    let mut number = || {
        let white = before[..at]
            .iter()
            .rev()
            .take_while(|b| is_white(**b))
            .count();
        at -= white;
        let digits = before[..at].iter().rev().take(10);
        let digits = digits.take_while(|b| b.is_ascii_digit()).count();
        let field = &before[at - digits..at];
        at -= digits;
        let field = std::str::from_utf8(field).ok()?;
        field.parse::<u32>().ok().filter(|_| digits > 0)
    };
    let generation = number()?;
    let number = number()?;
    Some((number, u16::try_from(generation).ok()?))
}

/// Where the bytes of a stream begin, if the word `stream` is next.
pub(super) fn stream_start(bytes: &[u8], lexer: &mut Lexer) -> Option<usize> {
    lexer.skip_white();
    let at = lexer.at();
    let rest = bytes[at..].strip_prefix(b"stream")?;
    let line_end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    Some(at + "stream".len() + line_end)
}

/// Whether a stream that ends at `end` is followed by the word for it.
pub(super) fn ends_there(bytes: &[u8], end: usize) -> bool {
    let rest = bytes.get(end..).unwrap_or_default();
    let white = rest.iter().take(3).take_while(|b| is_white(**b)).count();
    rest[white..].starts_with(b"endstream")
}

/// The end without the line end that stands before `endstream`.
pub(super) fn without_line_end(bytes: &[u8], start: usize, end: usize) -> usize {
    let content = &bytes[start..end];
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    start + content.len()
}
