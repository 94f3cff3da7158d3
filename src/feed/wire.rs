//! The last pass over a document's bytes: what the crates cannot be told.
//!
//! The crates escape all five characters everywhere and put a document on one
//! line. Quotation marks need no escaping in text, and `&apos;` is the one
//! entity that HTML 4, and with it some readers, does not know. A document with
//! an element a line can be read, compared and kept under version control.

use memchr::{memchr, memmem};
use std::ops::Range;

/// A document as it is published, and where its parts stand.
#[derive(Default)]
pub(super) struct Laid {
    pub(super) bytes: Vec<u8>,
    /// The entries, each with the line break before it.
    entries: Vec<Range<usize>>,
}

impl Laid {
    /// The text of its only entry.
    pub(super) fn entry(&self) -> Result<String, String> {
        let [entry] = &*self.entries else {
            return Err(format!("it has {} entries", self.entries.len()));
        };
        let entry = self.bytes[entry.clone()].to_vec();
        String::from_utf8(entry).map_err(|error| error.to_string())
    }
}

/// What stands around the entries of a document.
///
/// The whole is as good as if it had been read back at once. Each entry was, as
/// a whole element, in a document whose root binds no more prefixes than this
/// one's, and what stands around the entries was read back just now. Neither
/// XML, JSON nor the formats let an entry change how its neighbors read; only
/// that no id occurs twice is a matter of all, and whoever puts a sheet together
/// sees to that.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Around {
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
    /// Whether the entries stand there at all.
    pub(super) shows: bool,
}

impl Around {
    /// A document without entries, which go before the end that it has.
    pub(super) fn split(mut frame: Vec<u8>, end: &str) -> Result<Self, String> {
        let at = memmem::rfind(&frame, end.as_bytes()).ok_or("it has no end")?;
        let after = frame.split_off(at);
        Ok(Self {
            before: frame,
            after,
            shows: true,
        })
    }

    /// A document that shows no entries.
    pub(super) fn alone(document: Vec<u8>) -> Self {
        Self {
            before: document,
            after: Vec::new(),
            shows: false,
        }
    }

    /// The document with these entries, and what goes between them.
    pub(super) fn with(self, entries: &[&str], between: &str) -> Vec<u8> {
        let Self {
            before: mut bytes,
            after,
            shows,
        } = self;
        let entries = if shows { entries } else { &[] };
        let size = entries.iter().map(|entry| entry.len() + between.len());
        bytes.reserve_exact(size.sum::<usize>() + after.len());
        for (at, entry) in entries.iter().enumerate() {
            if at > 0 {
                bytes.extend_from_slice(between.as_bytes());
            }
            bytes.extend_from_slice(entry.as_bytes());
        }
        bytes.extend_from_slice(&after);
        bytes
    }
}

/// Shorter ways to write what needs no reference outside of attributes.
const PLAIN: [(&str, &str); 2] = [("&apos;", "'"), ("&quot;", "\"")];

/// Writes a document anew: element by element on its own line, and in text,
/// neither in attributes nor in CDATA, each first of a pair of `references` as
/// the second. `entry` is the name of the elements that entries are.
///
/// `xml` is what one of the crates wrote, with text only in elements that hold
/// no others.
pub(super) fn finish(xml: &[u8], entry: &str, references: &[(&str, &str)]) -> Laid {
    let mut out = Vec::with_capacity(xml.len() + xml.len() / 16);
    let mut rest = xml;
    let mut depth = 0;
    let mut entries = Vec::new();
    // Where the entry starts that is open, and at what depth.
    let mut open: Option<(usize, usize)> = None;
    // Whether the last thing was the start of an element, and so the next one
    // is in it.
    let mut opened = false;
    let mut text = false;
    while !rest.is_empty() {
        let (markup, end) = match rest {
            [b'<', b'!', b'[', ..] => (Markup::Text, past_cdata(rest)),
            [b'<', b'/', ..] => (Markup::End, past_tag(rest)),
            [b'<', b'?', ..] => (Markup::Declaration, past_tag(rest)),
            [b'<', ..] => {
                let end = past_tag(rest);
                let empty = rest[..end].ends_with(b"/>");
                (if empty { Markup::Empty } else { Markup::Start }, end)
            }
            _ => {
                let end = memchr(b'<', rest).unwrap_or(rest.len());
                push_text(&mut out, &rest[..end], references);
                rest = &rest[end..];
                text = true;
                continue;
            }
        };
        match markup {
            Markup::Text => text = true,
            Markup::Declaration => {}
            Markup::Start | Markup::Empty => {
                if depth > 0 && open.is_none() && is_named(&rest[..end], entry) {
                    open = Some((out.len(), depth));
                }
                break_line(&mut out, depth);
                opened = matches!(markup, Markup::Start);
                depth += usize::from(opened);
                text = false;
            }
            Markup::End => {
                depth = depth.saturating_sub(1);
                if !opened && !text {
                    break_line(&mut out, depth);
                }
                (opened, text) = (false, false);
            }
        }
        out.extend_from_slice(&rest[..end]);
        rest = &rest[end..];
        match (markup, open) {
            (Markup::End, Some((start, outside))) if depth == outside => {
                entries.push(start..out.len());
                open = None;
            }
            _ => {}
        }
    }
    out.push(b'\n');
    Laid {
        bytes: out,
        entries,
    }
}

/// Whether this start tag, without attributes as those of entries are, has
/// this name.
fn is_named(tag: &[u8], name: &str) -> bool {
    tag.strip_prefix(b"<")
        .and_then(|tag| tag.strip_suffix(b">"))
        == Some(name.as_bytes())
}

enum Markup {
    Declaration,
    Start,
    Empty,
    End,
    Text,
}

/// Where the first tag ends. The crates escape `>` in attributes.
fn past_tag(bytes: &[u8]) -> usize {
    memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)
}

/// Where the first CDATA section ends.
fn past_cdata(bytes: &[u8]) -> usize {
    memmem::find(bytes, b"]]>").map_or(bytes.len(), |at| at + 3)
}

fn break_line(out: &mut Vec<u8>, depth: usize) {
    if !out.is_empty() {
        out.push(b'\n');
    }
    out.extend(std::iter::repeat_n(b' ', 2 * depth));
}

fn push_text(out: &mut Vec<u8>, mut text: &[u8], references: &[(&str, &str)]) {
    while let Some(at) = memchr(b'&', text) {
        let (before, from) = text.split_at(at);
        out.extend_from_slice(before);
        let mut known = PLAIN.iter().chain(references);
        let known = known.find(|(reference, _)| from.starts_with(reference.as_bytes()));
        let (length, instead) =
            known.map_or((1, "&"), |(reference, instead)| (reference.len(), *instead));
        out.extend_from_slice(instead.as_bytes());
        text = &from[length..];
    }
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_rewritten() {
        let xml = "<?xml version=\"1.0\"?><r a=\"&amp;&quot;\"><t>&amp;&apos;&quot;&gt;&amp;lt;</t>\
                   <c><![CDATA[&amp;<b>]]]]><![CDATA[>]]></c><e/></r>";
        let out = finish(xml.as_bytes(), "c", &[("&amp;", "&#x26;")]);
        assert_eq!(
            String::from_utf8_lossy(&out.bytes),
            "<?xml version=\"1.0\"?>\n<r a=\"&amp;&quot;\">\n  <t>&#x26;'\"&gt;&#x26;lt;</t>\n  \
             <c><![CDATA[&amp;<b>]]]]><![CDATA[>]]></c>\n  <e/>\n</r>\n"
        );
    }

    #[test]
    fn entries_are_found() {
        let xml = b"<?xml?><r a=\"1\"><t>a</t><e><t/><e>b</e></e><e><c><![CDATA[<e>]]></c></e></r>";
        let out = finish(xml, "e", &[]);
        let part = |range: &Range<usize>| String::from_utf8_lossy(&out.bytes[range.clone()]);
        let entries: Vec<_> = out.entries.iter().map(part).collect();
        assert_eq!(
            entries,
            [
                "\n  <e>\n    <t/>\n    <e>b</e>\n  </e>",
                "\n  <e>\n    <c><![CDATA[<e>]]></c>\n  </e>"
            ]
        );
    }

    #[test]
    fn entries_go_before_the_last_end() {
        let frame = b"<r>\n  <t>&lt;/r>\n</t>\n</r>\n".to_vec();
        let whole = |entries: &[&str]| {
            let around = Around::split(frame.clone(), "\n</r>").unwrap();
            String::from_utf8(around.with(entries, ",")).unwrap()
        };
        assert_eq!(whole(&[]).as_bytes(), frame);
        let expected = "<r>\n  <t>&lt;/r>\n</t>\n  <e/>,\n  <f/>\n</r>\n";
        assert_eq!(whole(&["\n  <e/>", "\n  <f/>"]), expected);
        assert!(Around::split(b"<r/>".to_vec(), "\n</r>").is_err());
        assert_eq!(Around::alone(frame.clone()).with(&["<e/>"], ""), frame);
    }

    #[test]
    fn an_empty_element_stays_empty() {
        let out = finish(b"<r><t></t><u><v></v></u></r>", "v", &[]);
        let out = String::from_utf8_lossy(&out.bytes).into_owned();
        assert_eq!(out, "<r>\n  <t></t>\n  <u>\n    <v></v>\n  </u>\n</r>\n");
    }
}
