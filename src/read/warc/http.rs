//! HTTP answers as crawls keep them: head, transfer coding, content coding.

use crate::read::ReadError;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memmem;
use ruzstd::decoding::StreamingDecoder;
use std::io::{self, Read};

/// What an answer brought.
pub(super) struct Payload {
    /// Its type, in lower case; empty when it is not stated.
    pub(super) kind: String,
    pub(super) charset: Option<String>,
    pub(super) body: Vec<u8>,
}

/// What a successful answer brought; `None` for others and for what is no text.
pub(super) fn payload(answer: &[u8], limit: usize) -> Option<Result<Payload, ReadError>> {
    let (head, body) = split(answer);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    if !head.starts_with("HTTP/") || !status.starts_with('2') {
        return None;
    }
    let field = |name: &str| {
        let fields = lines.clone().filter_map(|line| line.split_once(':'));
        let mut fields = fields.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        fields.next().map(|(_, value)| value.trim().to_owned())
    };
    let (kind, charset) = kind_and_charset(field("content-type").as_deref());
    if !matches!(kind.as_str(), "" | "text/html" | "application/xhtml+xml") {
        return None;
    }
    let chunked = field("transfer-encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    let body = if chunked {
        unchunked(body)
    } else {
        body.to_vec()
    };
    let coding = field("content-encoding")
        .unwrap_or_default()
        .to_ascii_lowercase();
    Some(unpacked(body, &coding, limit).map(|body| Payload {
        kind,
        charset,
        body,
    }))
}

/// The type and charset that a field `Content-Type` states.
pub(super) fn kind_and_charset(field: Option<&str>) -> (String, Option<String>) {
    let mut parts = field.unwrap_or_default().split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let charset = name.trim().eq_ignore_ascii_case("charset");
        charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset)
}

/// Head and body, parted by an empty line.
fn split(answer: &[u8]) -> (&[u8], &[u8]) {
    let crlf = memmem::find(answer, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = memmem::find(answer, b"\n\n").map(|at| (at, at + 2));
    let first = crlf.into_iter().chain(lf).min();
    let (end, start) = first.unwrap_or((answer.len(), answer.len()));
    (&answer[..end], &answer[start..])
}

/// A body without the sizes of its chunks. Many crawlers take them out and leave
/// the field, so that what does not look like chunks is the body itself.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let near = &rest[..rest.len().min(100)];
        let size = memchr::memchr(b'\n', near).and_then(|end| {
            let line = str::from_utf8(&near[..end]).ok()?;
            let digits = line.split(';').next()?.trim();
            Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
        });
        let Some((size, start)) = size else {
            // Broken off in the middle, or never chunked.
            return if whole.is_empty() {
                body.to_vec()
            } else {
                whole
            };
        };
        if size == 0 {
            return whole;
        }
        let after = &rest[start..];
        let chunk = &after[..size.min(after.len())];
        whole.extend_from_slice(chunk);
        rest = &after[chunk.len()..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        if rest.is_empty() {
            return whole;
        }
    }
}

/// A body without its content coding. As with chunks, crawlers may have taken it
/// off already.
fn unpacked(body: Vec<u8>, coding: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
    let bytes = &body[..];
    let unpacked = match coding {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
            bounded(MultiGzDecoder::new(bytes), limit)
        }
        "deflate" if bytes.first() == Some(&0x78) => bounded(ZlibDecoder::new(bytes), limit),
        "deflate" if !text(bytes) => bounded(DeflateDecoder::new(bytes), limit),
        "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => match StreamingDecoder::new(bytes) {
            Ok(decoder) => bounded(decoder, limit),
            Err(error) => Err(io::Error::other(error.to_string())),
        },
        "br" if !text(bytes) => {
            return Err(ReadError::Unsupported {
                what: "a page packed with Brotli",
            });
        }
        _ => return Ok(body),
    };
    match unpacked {
        Ok(unpacked) if unpacked.len() > limit => Err(ReadError::TooMuch {
            what: "a page in the web archive",
            limit: format!("unpacks to more than {} MB", limit >> 20),
            remedy: "save its article by itself",
        }),
        Ok(unpacked) => Ok(unpacked),
        Err(error) => Err(ReadError::Damaged {
            what: "a page in the web archive",
            cause: format!("it cannot be unpacked ({error})"),
        }),
    }
}

/// Reads one byte more than allowed at most. What was unpacked before a fault is
/// kept: a page that was cut off still has its beginning.
fn bounded(mut source: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    let read = source
        .by_ref()
        .take(limit as u64 + 1)
        .read_to_end(&mut unpacked);
    match read {
        Err(error) if unpacked.is_empty() => Err(error),
        _ => Ok(unpacked),
    }
}

/// Whether bytes begin like a page that is not packed.
fn text(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"<")
}
