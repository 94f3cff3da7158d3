//! Mailboxes: every mail in one is an article.
//!
//! The four dialects of mbox differ in how they escape lines that begin with
//! `From `, and all of them are found in the wild unescaped. So a line begins a
//! mail only when it has a month, a time and a year, stands below a blank line,
//! and a field follows.

use super::{Format, Input, Part, ReadError, Reader, Reading, mail, mime::Fields, parts::Parts};
use memchr::{memchr, memmem};
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format {
    endings: &["mbox", "mbx"],
    recognizes: |bytes| separator(bytes, 0).is_some(),
    read: Reader::Many(read),
};

/// The most mails of a mailbox: one a day for twenty-seven years.
const MAILS: usize = 10_000;

/// The longest line that begins a mail.
const LONGEST_SEPARATOR: usize = 300;

/// As the lines that begin mails name them, whatever their language.
const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// The bit of `X-Mozilla-Status` that marks a deleted mail.
const EXPUNGED: u16 = 8;

fn read(input: &Input) -> Result<Reading, ReadError> {
    let mut parts = Parts::default();
    let mails = split(input.bytes)?;
    if mails.is_empty() {
        // Whatever it is named, it is at most one mail.
        return mail::letter(input, input.bytes);
    }
    for bytes in mails {
        let fields = Fields::of(bytes);
        if is_discarded(&fields) {
            continue;
        }
        let id = fields.plain("message-id");
        let id = id.map(|id| id.trim_matches(['<', '>']).replace('/', "_"));
        let id = id.unwrap_or_else(|| hashed(bytes));
        match mail::letter(input, &unescaped(bytes)) {
            Ok(Reading::Article(article)) => parts.push(&[Some(&id)], Ok(*article)),
            Ok(Reading::Parts(inner)) => {
                for Part { name, article } in inner {
                    parts.push(&[Some(&format!("{id}/{name}"))], article);
                }
            }
            Err(reason) => parts.push(&[Some(&id)], Err(reason)),
        }
    }
    parts.reading(ReadError::NoText)
}

/// A name for a letter without an id. Line ends do not count: another program
/// may have saved the mailbox with others.
fn hashed(bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    for piece in bytes.split(|byte| *byte == b'\r') {
        hasher.update(piece);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The mails, without the lines that begin them.
fn split(bytes: &[u8]) -> Result<Vec<&[u8]>, ReadError> {
    let bytes = bytes.trim_ascii_start();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let places = memmem::find_iter(bytes, b"From ");
    for (at, next) in places.filter_map(|at| separator(bytes, at)) {
        if starts.len() == MAILS {
            return Err(ReadError::TooMuch {
                what: "the mailbox",
                limit: format!("holds more than {MAILS} mails"),
                remedy: "split it, and put in the parts",
            });
        }
        starts.push((at, next));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at);
    let ends = ends.chain([bytes.len()]);
    let mails = starts.iter().zip(ends);
    Ok(mails.map(|((_, start), end)| &bytes[*start..end]).collect())
}

/// The place itself and where the mail begins, if a line that begins a mail is
/// there.
fn separator(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let before = &bytes[..at];
    let blank = before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
    let rest = &bytes[at..];
    if !blank || !rest.starts_with(b"From ") {
        return None;
    }
    let end = memchr(b'\n', &rest[..rest.len().min(LONGEST_SEPARATOR)])?;
    let line = &rest[..end];
    let time = line.windows(5).any(|five| {
        let digit = |at: usize| five[at].is_ascii_digit();
        digit(0) && digit(1) && five[2] == b':' && digit(3) && digit(4)
    });
    let year = line
        .split(|byte| !byte.is_ascii_digit())
        .any(|number| number.len() == 4 && matches!(number[0], b'1' | b'2'));
    let month = line
        .split(|byte| !byte.is_ascii_alphabetic())
        .any(|word| MONTHS.contains(&word));
    let next = &rest[end + 1..];
    let field = &next[..next.len().min(LONGEST_SEPARATOR)];
    let name = memchr(b':', field).map(|colon| &field[..colon]);
    // Some programs escape the first field, too.
    let sound = |name: &[u8]| {
        let name = name.strip_prefix(b">").unwrap_or(name);
        let letter = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        !name.is_empty() && name.iter().all(letter)
    };
    (time && month && year && name.is_some_and(sound)).then_some((at, at + end + 1))
}

/// A mail whose lines that begin with `From ` were escaped with `>`.
fn unescaped(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut kept = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(bytes, b">From ") {
        let line = bytes[..at].iter().rev().take_while(|b| **b == b'>').count();
        let start = at - line;
        if start == 0 || bytes[start - 1] == b'\n' {
            kept.extend_from_slice(&bytes[from..at]);
            from = at + 1;
        }
    }
    match from {
        0 => Cow::Borrowed(bytes),
        _ => Cow::Owned([&kept[..], &bytes[from..]].concat()),
    }
}

/// Whether somebody threw a mail away or has not sent it yet, or a program put
/// it there for itself.
fn is_discarded(fields: &Fields) -> bool {
    let status = fields.plain("x-mozilla-status");
    let status = status.and_then(|status| u16::from_str_radix(&status, 16).ok());
    let flags = fields.plain("x-status").unwrap_or_default();
    let labels = fields.text("x-gmail-labels").unwrap_or_default();
    let mut labels = labels.split(',').map(|label| label.trim().to_lowercase());
    status.is_some_and(|status| status & EXPUNGED != 0)
        || flags.contains(['D', 'T'])
        || labels.any(|label| mail::DISCARDED.contains(&&*label))
        || fields.names().any(|name| {
            ["x-mozilla-draft-info", "x-imap"]
                .iter()
                .any(|own| name.eq_ignore_ascii_case(own))
        })
}
