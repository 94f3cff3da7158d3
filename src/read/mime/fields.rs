//! Header fields: their names, their folded lines, their encoded words.

use crate::read::charset;
use mail_parser::{Addr, HeaderValue, parsers::MessageStream};
use memchr::memmem;
use std::borrow::Cow;

/// How much of the fields of one part is looked at. Those of a mail that went
/// through many hands have about 30 KB.
const MOST: usize = 256 << 10;

/// How much of one field is looked at: a subject or sender is far shorter, and
/// encoded words without an end cost the square of this.
const LONGEST: usize = 4096;

/// The header fields of a part, in order.
pub(in crate::read) struct Fields<'m> {
    text: Cow<'m, str>,
    /// Where the names start and end, and where the values end.
    places: Vec<(usize, usize, usize)>,
}

impl<'m> Fields<'m> {
    /// Those that a message begins with.
    pub(in crate::read) fn of(message: &'m [u8]) -> Self {
        let head = &message[..message.len().min(MOST)];
        let end = memmem::find(head, b"\n\n").into_iter();
        let end = end.chain(memmem::find(head, b"\n\r\n")).min();
        Self::read(&head[..end.map_or(head.len(), |end| end + 1)])
    }

    pub(super) fn read(bytes: &'m [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(MOST)];
        // Subjects with raw umlauts are older than any rule about them.
        let text = match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => charset::decode(bytes).unwrap_or_default(),
        };
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            if line.starts_with([' ', '\t']) {
                if let Some(last) = places.last_mut() {
                    last.2 = at;
                }
            } else if let Some(colon) = line.find(':') {
                places.push((start, start + colon, at));
            }
        }
        Self { text, places }
    }

    /// The first field of this name, which is in lower case, unfolded.
    fn raw(&self, name: &str) -> Option<String> {
        let named = |place: &&(usize, usize, usize)| {
            let known = self.text[place.0..place.1].trim_end();
            known.eq_ignore_ascii_case(name)
        };
        let (_, colon, end) = self.places.iter().find(named)?;
        let value = self.text[colon + 1..*end].trim();
        let cut = (0..=value.len().min(LONGEST))
            .rev()
            .find(|at| value.is_char_boundary(*at))?;
        let value = value[..cut].replace(['\r', '\n', '\t'], " ");
        (!value.trim().is_empty()).then_some(value)
    }

    /// The names of all fields, as they are written.
    pub(in crate::read) fn names(&self) -> impl Iterator<Item = &str> {
        let name = |place: &(usize, usize, usize)| self.text[place.0..place.1].trim_end();
        self.places.iter().map(name)
    }

    /// A field that has no encoded words and comments.
    pub(in crate::read) fn plain(&self, name: &str) -> Option<String> {
        Some(self.raw(name)?.trim().to_owned())
    }

    /// A field of running text, its encoded words decoded.
    pub(in crate::read) fn text(&self, name: &str) -> Option<String> {
        let raw = joined(&self.raw(name)?) + "\n";
        match MessageStream::new(raw.as_bytes()).parse_unstructured() {
            HeaderValue::Text(text) => tidy(&text),
            _ => None,
        }
    }

    /// Who a field names first: name and address.
    pub(in crate::read) fn person(&self, name: &str) -> Option<(Option<String>, Option<String>)> {
        let raw = joined(&self.raw(name)?) + "\n";
        let value = MessageStream::new(raw.as_bytes()).parse_address();
        let Addr { name, address } = value.into_address()?.into_list().into_iter().next()?;
        let tidy = |text: Option<Cow<str>>| text.and_then(|text| tidy(&text));
        Some((tidy(name), tidy(address)))
    }

    /// The value of a field with parameters, in lower case.
    pub(in crate::read) fn value(&self, name: &str) -> Option<String> {
        let raw = self.raw(name)?;
        let value = raw.split(';').next()?.trim().to_ascii_lowercase();
        (!value.is_empty()).then_some(value)
    }

    /// A parameter of a field, encoded as RFC 2231 or RFC 2047 have it.
    pub(in crate::read) fn parameter(&self, name: &str, parameter: &str) -> Option<String> {
        let raw = joined(&self.raw(name)?) + "\n";
        let value = MessageStream::new(raw.as_bytes()).parse_content_type();
        let value = value.into_content_type()?;
        value.attribute(parameter).and_then(tidy)
    }
}

/// A text on one line, without what no feed may hold.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.replace(charset::is_forbidden, ""))
        .filter(|word| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Joins encoded words that follow each other in one charset and encoding: some
/// programs cut inside a character, which makes nonsense of both halves.
fn joined(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    let mut open: Option<&str> = None;
    loop {
        let mark = if open.is_some() { "?=" } else { "=?" };
        let Some(at) = rest.find(mark) else {
            // The end of a word without one would be looked for again and
            // again, so it gets one, and what follows begins none.
            let end = open.map_or("", |_| "?=");
            return done + &rest.replace("=?", "= ?") + end;
        };
        done.push_str(&rest[..at]);
        let from = &rest[at..];
        let Some(start) = open else {
            let start = word_start(from).unwrap_or(mark);
            done.push_str(start);
            rest = &from[start.len()..];
            open = Some(start).filter(|start| start.len() > mark.len());
            continue;
        };
        let after = &from[mark.len()..];
        let next = after.trim_start();
        let same = next.get(..start.len());
        let same = same.is_some_and(|next| next.eq_ignore_ascii_case(start));
        // Padding ends Base64, so nothing can follow it.
        if same && next.len() < after.len() && !done.ends_with('=') {
            rest = &next[start.len()..];
        } else {
            done.push_str(mark);
            rest = after;
            open = None;
        }
    }
}

/// The charset and encoding that an encoded word starts with: `=?utf-8?Q?`.
fn word_start(text: &str) -> Option<&str> {
    let charset = text[2..].bytes().take(40).position(|byte| byte == b'?')?;
    let encoding = text.as_bytes().get(charset + 3..charset + 5)?;
    matches!(encoding, b"b?" | b"B?" | b"q?" | b"Q?").then(|| &text[..charset + 5])
}
