//! Web archives (ISO 28500), packed record by record or not: every page that a
//! crawl fetched is an article. Read as a stream, so that pictures and videos
//! between the pages take no memory.

mod http;

use super::{Format, Input, ReadError, Reader, Reading, charset, html, parts::Parts};
use crate::article::Article;
use flate2::bufread::MultiGzDecoder;
use http::{Payload, kind_and_charset};
use std::io::{self, BufRead, BufReader, Read};

pub(super) const FORMAT: Format = Format {
    endings: &["warc"],
    recognizes,
    read: Reader::Many(read),
};

const WHAT: &str = "the web archive";

/// The most bytes that an archive is unpacked to.
const UNPACKED: u64 = 512 << 20;

/// The largest record that can be a page, and the largest page.
const PAGE: usize = 16 << 20;

/// The most pages of an archive.
const PAGES: usize = 5000;

/// The longest line of a record's head, and the most lines.
const LINE: u64 = 16 << 10;
const LINES: usize = 200;

const GZIP: &[u8] = b"\x1f\x8b";

fn recognizes(bytes: &[u8]) -> bool {
    let version = b"WARC/";
    let mut start = [0; 5];
    if bytes.starts_with(GZIP) {
        MultiGzDecoder::new(bytes).read_exact(&mut start).is_ok() && start == *version
    } else {
        bytes.starts_with(version)
    }
}

fn read(input: &Input) -> Result<Reading, ReadError> {
    if input.bytes.starts_with(GZIP) {
        records(BufReader::new(MultiGzDecoder::new(input.bytes)).take(UNPACKED))
    } else {
        records(input.bytes.take(UNPACKED))
    }
}

fn records(mut source: io::Take<impl BufRead>) -> Result<Reading, ReadError> {
    let mut parts = Parts::default();
    let (mut pages, mut number) = (0, 0usize);
    loop {
        number += 1;
        let record = match next(&mut source) {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(_) if source.limit() == 0 => {
                return Err(too_much(format!(
                    "unpacks to more than {} MB",
                    UNPACKED >> 20
                )));
            }
            // Crawls are stopped in the middle, and what they have is whole.
            Err(error) => {
                let reason = ReadError::Damaged {
                    what: WHAT,
                    cause: format!("its record {number} cannot be read ({error})"),
                };
                if pages == 0 {
                    return Err(reason);
                }
                parts.push(&[Some("end")], Err(reason));
                break;
            }
        };
        let Some(article) = page(&record) else {
            continue;
        };
        pages += 1;
        if pages > PAGES {
            return Err(too_much(format!("holds more than {PAGES} pages")));
        }
        let address = record.field("warc-target-uri").map(bare);
        let name =
            address.map(|address| address.split_once("://").map_or(address, |(_, rest)| rest));
        parts.push(&[name, record.field("warc-record-id").map(bare)], article);
    }
    parts.reading(ReadError::NoText)
}

fn too_much(limit: String) -> ReadError {
    ReadError::TooMuch {
        what: WHAT,
        limit,
        remedy: "split it, and put in the parts",
    }
}

/// A record: its fields, and its block unless that is of no interest.
struct Record {
    fields: Vec<(String, String)>,
    block: Vec<u8>,
}

impl Record {
    fn field(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.as_str())
    }
}

/// Reads the next record; `None` at the end.
fn next(source: &mut io::Take<impl BufRead>) -> io::Result<Option<Record>> {
    let broken = |cause: &str| io::Error::new(io::ErrorKind::InvalidData, cause.to_owned());
    let mut first = line(source)?;
    // Two empty lines end a record; some writers add more.
    while first.as_deref() == Some("") {
        first = line(source)?;
    }
    match first {
        None if source.limit() == 0 => return Err(broken("too much")),
        None => return Ok(None),
        Some(version) if version.starts_with("WARC/") => {}
        Some(_) => return Err(broken("it does not begin like one")),
    }
    let mut record = Record {
        fields: Vec::new(),
        block: Vec::new(),
    };
    loop {
        let line = line(source)?.ok_or_else(|| broken("the file ends"))?;
        if line.is_empty() {
            break;
        }
        if record.fields.len() == LINES {
            return Err(broken("its head is too long"));
        }
        if let Some((name, value)) = line.split_once(':') {
            let field = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
            record.fields.push(field);
        }
    }
    let length = record
        .field("content-length")
        .and_then(|length| length.parse().ok());
    let length: u64 = length.ok_or_else(|| broken("it does not state its length"))?;
    let wanted =
        matches!(record.field("warc-type"), Some("response" | "resource")) && length <= PAGE as u64;
    let taken = if wanted {
        source
            .by_ref()
            .take(length)
            .read_to_end(&mut record.block)? as u64
    } else {
        io::copy(&mut source.by_ref().take(length), &mut io::sink())?
    };
    if taken == length {
        Ok(Some(record))
    } else {
        Err(broken("the file ends"))
    }
}

/// A line of a record's head; `None` at the end of the file.
fn line(source: &mut io::Take<impl BufRead>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = source.by_ref().take(LINE).read_until(b'\n', &mut line)?;
    if read as u64 == LINE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a line is too long",
        ));
    }
    let text = String::from_utf8_lossy(&line);
    Ok((read > 0).then(|| text.trim_end().to_owned()))
}

/// The article in a record; `None` when it is no page, or one that says
/// nothing, of which every crawl has many.
fn page(record: &Record) -> Option<Result<Article, ReadError>> {
    if record.block.is_empty() || record.field("warc-segment-number").is_some() {
        return None;
    }
    let payload = if record.field("warc-type")? == "response" {
        http::payload(&record.block, PAGE)?
    } else {
        let (kind, charset) = kind_and_charset(record.field("content-type"));
        let body = record.block.clone();
        Ok(Payload {
            kind,
            charset,
            body,
        })
    };
    let payload = match payload {
        Ok(payload) => payload,
        Err(reason) => return Some(Err(reason)),
    };
    let start = payload.body.trim_ascii_start();
    let page = match payload.kind.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "" => start.starts_with(b"<!") || start.starts_with(b"<html"),
        _ => false,
    };
    if !page {
        return None;
    }
    let source = match charset::decode_as(&payload.body, payload.charset.as_deref()) {
        Ok(source) => source,
        Err(reason) => return Some(Err(reason)),
    };
    let mut article = html::page(&source);
    if !article.text.plain.contains(char::is_alphanumeric) {
        return None;
    }
    let address = record.field("warc-target-uri").map(bare);
    let address =
        address.filter(|address| address.starts_with("https://") || address.starts_with("http://"));
    article.url = article.url.take().or(address.map(str::to_owned));
    Some(Ok(article))
}

/// An address without the angle brackets that version 1.0 showed in its
/// grammar.
fn bare(address: &str) -> &str {
    address.trim_start_matches('<').trim_end_matches('>')
}
