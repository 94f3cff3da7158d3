//! MIME: the parts of a mail or of a page that was saved as one.
//!
//! One pass over the lines, whatever they nest: a boundary is looked for among
//! the few that are open, so that missing, wrong and unclosed ones cost no
//! second look at the rest of the file. Header fields are read only where
//! somebody asks for them.

mod fields;
mod transfer;

pub(super) use fields::Fields;
pub(super) use transfer::base64;

use super::{ReadError, charset};
use memchr::memchr;
use std::borrow::Cow;

/// The deepest nesting: a forwarded mail that was signed and has an HTML part
/// with pictures, inside another of these, has about ten.
const DEEPEST: usize = 32;

/// The most parts. A page that was saved with everything has some hundreds.
pub(super) const MOST_PARTS: usize = 4000;

/// A message, taken apart.
pub(super) struct Message<'m> {
    /// Its parts in the order of the file, the whole message first.
    parts: Vec<Part<'m>>,
    /// Which limit was met; what is beyond it is not among the parts.
    pub(super) beyond: Option<Beyond>,
}

/// The limits of what is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    Depth,
    Parts,
}

/// A part of a message.
pub(super) struct Part<'m> {
    pub(super) fields: Fields<'m>,
    /// Its type, in lower case, as in `text/html`.
    pub(super) kind: String,
    /// As it stands in the file; empty where other parts are inside.
    body: &'m [u8],
    /// The parts inside it, in order.
    pub(super) inside: Vec<usize>,
    depth: usize,
}

impl<'m> Message<'m> {
    /// Takes a message apart.
    pub(super) fn read(bytes: &'m [u8]) -> Self {
        let message = Walk::new(bytes).run(None);
        let lost = message.parts[0].kind.starts_with("multipart/");
        if !lost || message.parts.len() > 1 {
            return message;
        }
        // The boundary is not the one that was announced.
        match likely_boundary(bytes) {
            Some(boundary) => Walk::new(bytes).run(Some(boundary)),
            None => message,
        }
    }

    pub(super) fn root(&self) -> &Part<'m> {
        &self.parts[0]
    }

    pub(super) fn part(&self, at: usize) -> &Part<'m> {
        &self.parts[at]
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &Part<'m>> {
        self.parts.iter()
    }
}

impl<'m> Part<'m> {
    /// What it holds, decoded for transfer.
    pub(super) fn bytes(&self) -> Cow<'m, [u8]> {
        let encoding = self.fields.plain("content-transfer-encoding");
        transfer::decode(self.body, encoding.as_deref().unwrap_or_default())
    }

    /// What it says: in the charset that it states, unless that is plainly not
    /// so.
    pub(super) fn text(&self) -> Result<String, ReadError> {
        let charset = self.fields.parameter("content-type", "charset");
        Ok(charset::decode_as(&self.bytes(), charset.as_deref())?.into_owned())
    }

    /// Whether it is told to be a file rather than something to be shown.
    pub(super) fn is_attached(&self) -> bool {
        let disposition = self.fields.value("content-disposition");
        disposition.as_deref() == Some("attachment")
    }

    /// The name of the file that it is.
    pub(super) fn file_name(&self) -> Option<String> {
        self.fields
            .parameter("content-disposition", "filename")
            .or_else(|| self.fields.parameter("content-type", "name"))
    }
}

/// The boundary that the first line of this message seems to be which is one.
fn likely_boundary(bytes: &[u8]) -> Option<Vec<u8>> {
    for line in (Lines { bytes, at: 0 }) {
        let text = &bytes[line.start..line.end];
        if let Some(boundary) = text.strip_prefix(b"--")
            && !boundary.is_empty()
            && bytes.get(line.next..).is_some_and(|rest| {
                let start = rest.get(..b"content-".len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
            })
        {
            return Some(boundary.trim_ascii_end().to_vec());
        }
    }
    None
}

/// The pass over the lines of a message.
struct Walk<'m> {
    bytes: &'m [u8],
    parts: Vec<Part<'m>>,
    /// The multiparts that are open, outermost first, with their boundaries.
    open: Vec<(usize, Vec<u8>)>,
    state: State,
    beyond: Option<Beyond>,
}

/// What the line that is looked at belongs to.
#[derive(Clone, Copy)]
enum State {
    /// The fields of a part inside `parent`, from `start` on.
    Fields { start: usize, parent: Option<usize> },
    /// The body of a part, from `start` on.
    Body { part: usize, start: usize },
    /// Nobody: before the first part of several, or behind the last.
    Between,
}

impl<'m> Walk<'m> {
    fn new(bytes: &'m [u8]) -> Self {
        Self {
            bytes,
            parts: Vec::new(),
            open: Vec::new(),
            state: State::Fields {
                start: 0,
                parent: None,
            },
            beyond: None,
        }
    }

    /// `boundary` is the outermost one, where the message does not say so.
    fn run(mut self, boundary: Option<Vec<u8>>) -> Message<'m> {
        let mut boundary = boundary;
        let lines = Lines {
            bytes: self.bytes,
            at: 0,
        };
        for line in lines {
            let text = &self.bytes[line.start..line.end];
            if text.starts_with(b"--")
                && let Some((at, last)) = self.boundary(text)
            {
                self.end(line.start);
                self.open.truncate(at + usize::from(!last));
                let parent = self.open.last().map(|(part, _)| *part);
                self.state = if last {
                    State::Between
                } else {
                    State::Fields {
                        start: line.next,
                        parent,
                    }
                };
            } else if let State::Fields { start, parent } = self.state
                && text.is_empty()
            {
                self.begin(start, line.start, line.next, parent);
                if let (1, Some(boundary)) = (self.parts.len(), boundary.take()) {
                    self.state = State::Between;
                    self.open = vec![(0, boundary)];
                }
            }
            if self.beyond.is_some() {
                break;
            }
        }
        self.end(self.bytes.len());
        Message {
            parts: self.parts,
            beyond: self.beyond,
        }
    }

    /// Which of the open boundaries this line is, and whether it is its last.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let line = line[2..].trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(at, (_, b))| {
            let rest = line.strip_prefix(&b[..])?;
            match rest {
                b"" => Some((at, false)),
                b"--" => Some((at, true)),
                _ => None,
            }
        })
    }

    /// The fields from `start` to `end` are complete; what follows starts at
    /// `next`.
    fn begin(&mut self, start: usize, end: usize, next: usize, parent: Option<usize>) {
        let fields = Fields::read(&self.bytes[start..end]);
        let depth = parent.map_or(0, |parent| self.parts[parent].depth + 1);
        let digest = parent.is_some_and(|at| self.parts[at].kind == "multipart/digest");
        let unstated = if digest {
            "message/rfc822"
        } else {
            "text/plain"
        };
        let kind = fields.value("content-type");
        let kind = kind.filter(|kind| kind.contains('/'));
        let kind = kind.unwrap_or_else(|| unstated.to_owned());
        if depth > DEEPEST || self.parts.len() >= MOST_PARTS {
            let deep = depth > DEEPEST;
            self.beyond = Some(if deep { Beyond::Depth } else { Beyond::Parts });
            self.state = State::Between;
            return;
        }
        let at = self.parts.len();
        if let Some(parent) = parent {
            self.parts[parent].inside.push(at);
        }
        let boundary = kind
            .starts_with("multipart/")
            .then(|| fields.parameter("content-type", "boundary"))
            .flatten()
            .filter(|boundary| !boundary.is_empty());
        let encoded = fields.value("content-transfer-encoding");
        let encoded = matches!(encoded.as_deref(), Some("base64" | "quoted-printable"));
        self.state = match boundary {
            Some(boundary) => {
                let boundary = boundary.trim_ascii_end().as_bytes().to_vec();
                self.open.push((at, boundary));
                State::Between
            }
            None if kind == "message/rfc822" && !encoded => State::Fields {
                start: next,
                parent: Some(at),
            },
            None => State::Body {
                part: at,
                start: next,
            },
        };
        self.parts.push(Part {
            fields,
            kind,
            body: &[],
            inside: Vec::new(),
            depth,
        });
    }

    /// What is open ends before this byte; the line end before a boundary is
    /// the boundary's.
    fn end(&mut self, end: usize) {
        match self.state {
            State::Body { part, start } => {
                let body = &self.bytes[start..end.max(start)];
                let body = body.strip_suffix(b"\n").unwrap_or(body);
                self.parts[part].body = body.strip_suffix(b"\r").unwrap_or(body);
            }
            State::Fields { start, parent } if self.parts.is_empty() || start < end => {
                self.begin(start, end, end, parent);
            }
            State::Fields { .. } | State::Between => {}
        }
        self.state = State::Between;
    }
}

/// The lines of some bytes.
struct Lines<'m> {
    bytes: &'m [u8],
    at: usize,
}

/// Where a line is: without its end, and where the next one starts.
struct Line {
    start: usize,
    end: usize,
    next: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let (end, next) = match memchr(b'\n', rest) {
            Some(length) => (start + length, start + length + 1),
            None => (self.bytes.len(), self.bytes.len()),
        };
        self.at = next;
        let line = &self.bytes[start..end];
        let end = end - usize::from(line.ends_with(b"\r"));
        Some(Line { start, end, next })
    }
}
