//! Which parts of a mail are what it says, and which come with it?

use super::{hidden, plain};
use crate::{
    read::{ReadError, html, mime::Message},
    text::Text,
};

/// HTML that says less than one in so many letters of the plain text beside it
/// says nothing: "your program cannot show this", or pictures only.
const STUB: usize = 4;

/// What is in a mail.
#[derive(Default)]
pub(super) struct Contents {
    /// What it says, in order.
    pub(super) texts: Vec<Text>,
    /// The parts that come with it.
    pub(super) attached: Vec<usize>,
    /// Its language as its HTML states it.
    pub(super) language: Option<String>,
    html: bool,
}

impl Contents {
    /// What is in the part `at`. The depth of parts is limited where they are
    /// taken apart.
    pub(super) fn gather(message: &Message, at: usize) -> Result<Self, ReadError> {
        let mut contents = Self::default();
        contents.add(message, at)?;
        Ok(contents)
    }

    fn add(&mut self, message: &Message, at: usize) -> Result<(), ReadError> {
        let part = message.part(at);
        let named = part.file_name().is_some() && !self.texts.is_empty();
        let shown = !part.is_attached() && !named;
        match part.kind.as_str() {
            "multipart/encrypted" => return Err(encrypted()),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                let kind = part.fields.parameter("content-type", "smime-type");
                let signed = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("signed-data"));
                return Err(if signed {
                    ReadError::Unsupported {
                        what: "a mail that is wrapped in its signature",
                    }
                } else {
                    encrypted()
                });
            }
            "multipart/alternative" => {
                let mut ways = Vec::new();
                for inner in &part.inside {
                    ways.push(Self::gather(message, *inner)?);
                }
                self.choose(ways);
            }
            "multipart/signed" => {
                if let Some(first) = part.inside.first() {
                    self.add(message, *first)?;
                }
            }
            "multipart/related" => {
                let start = part.fields.parameter("content-type", "start");
                let id = |at: usize| message.part(at).fields.plain("content-id");
                let is_start = |at: &&usize| start.is_some() && id(**at) == start;
                let root = part.inside.iter().find(is_start).or(part.inside.first());
                if let Some(root) = root {
                    self.add(message, *root)?;
                    let others = part.inside.iter().filter(|at| *at != root);
                    self.attached.extend(others);
                }
            }
            kind if kind.starts_with("multipart/") => {
                for inner in &part.inside {
                    self.add(message, *inner)?;
                }
            }
            "text/html" if shown => {
                let source = part.text()?;
                self.language = self.language.take().or_else(|| hidden::language(&source));
                let text = html::fragment(&hidden::without(&source));
                self.html |= letters(&text) > 0;
                self.texts.push(text);
            }
            "text/plain" | "text/markdown" if shown => {
                let flowed = part.fields.parameter("content-type", "format");
                let flowed = flowed.is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                let joined = part.fields.parameter("content-type", "delsp");
                let joined = joined.is_some_and(|value| value.eq_ignore_ascii_case("yes"));
                let flow = match (flowed, joined) {
                    (false, _) => plain::Flow::Fixed,
                    (true, false) => plain::Flow::Spaced,
                    (true, true) => plain::Flow::Joined,
                };
                let source = part.text()?;
                if source.trim_start().starts_with("-----BEGIN PGP MESSAGE") {
                    return Err(encrypted());
                }
                self.texts.push(plain::text(&source, flow));
            }
            _ => self.attached.push(at),
        }
        Ok(())
    }

    /// Takes the best of several ways to say the same: HTML, if it says enough.
    fn choose(&mut self, ways: Vec<Self>) {
        let said: Vec<usize> = ways
            .iter()
            .map(|way| way.texts.iter().map(letters).sum())
            .collect();
        let most = said.iter().copied().max().unwrap_or(0);
        let full = |at: &usize| said[*at] > 0 && said[*at] * STUB >= most;
        let mut all = (0..ways.len()).filter(full);
        let rich = all.clone().rfind(|at| ways[*at].html);
        let chosen = rich.or_else(|| all.next());
        for (at, way) in ways.into_iter().enumerate() {
            if Some(at) == chosen {
                self.texts.extend(way.texts);
                self.html |= way.html;
            }
            // A file hangs on one of the ways only, and it need not be the
            // chosen one.
            self.attached.extend(way.attached);
            self.language = self.language.take().or(way.language);
        }
    }
}

fn encrypted() -> ReadError {
    ReadError::Encrypted { what: "the mail" }
}

/// How many letters a text has outside of addresses.
pub(super) fn letters(text: &Text) -> usize {
    let words = text.plain.split_whitespace();
    let words = words.filter(|word| !word.contains("://"));
    words
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .count()
}
