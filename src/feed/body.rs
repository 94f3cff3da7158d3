//! An entry as HTML: the digest, and the full text.
//!
//! No HTML is sanitized here, because none comes in: all of it is written here,
//! from blocks and marks of known kinds, and what is between is escaped. So
//! there is nothing in it but the elements that this module and `marks` name,
//! with `href`, `src`, `alt`, `rel`, `dir` and `lang` as their attributes, and
//! addresses that `address` let through. A test holds that a sanitizer finds
//! nothing to take away.
//!
//! Everything is escaped here, once; formats carry the result as a string. The
//! elements are few and plain, since every reader has its own list of those it
//! lets through, and text must read well where an element is dropped.

use super::{
    SiteUrl, address, beacon,
    border::{CleanEntry, CleanLead},
    marks::{Said, push_marked},
};
use crate::{
    entry::{Digest, LeadQuote},
    text::{Block, BlockKind, Mark, MarkKind, Text},
};

/// Appends the digest: lead quotation, summary, topics.
///
/// The speaker stands in the quotation's `footer`, and so inside its
/// indentation where a reader shows that; the dash makes it an attribution
/// where `footer` and `cite` are dropped. Topics stand without a word before
/// them, since that word would be in one language. Those who have a feed are
/// linked to it, if the feeds have an address.
pub(super) fn push_digest(
    out: &mut String,
    entry: &CleanEntry,
    digest: &Digest,
    site: Option<&SiteUrl>,
) {
    let feed = |folder: Option<&str>| {
        let path = format!("{}/", folder?);
        Some(site?.join(&address::of_path(&path)))
    };
    if let (Some(lead), Some(clean)) = (&digest.lead_quote, &entry.lead) {
        push_lead_quote(out, lead, clean, feed(clean.feed));
    }
    push_element(out, "p", shortened(digest.summary.trim()));
    for (at, topic) in entry.topics.iter().enumerate() {
        out.push_str(if at == 0 { "<p>" } else { " · " });
        push_linked(out, &topic.label, feed(topic.feed), " rel=\"tag\"");
    }
    if !entry.topics.is_empty() {
        out.push_str("</p>");
    }
}

fn push_lead_quote(out: &mut String, lead: &LeadQuote, clean: &CleanLead, feed: Option<String>) {
    out.push_str("<blockquote>");
    push_element(out, "p", shortened(lead.quote.trim()));
    if let Some(speaker) = &clean.speaker {
        out.push_str("<footer>— <cite>");
        push_linked(out, speaker, feed, "");
        out.push_str("</cite></footer>");
    }
    out.push_str("</blockquote>");
}

/// Appends text, as a link if there is somewhere to go. `attributes` start with
/// a space each.
fn push_linked(out: &mut String, text: &str, to: Option<String>, attributes: &str) {
    let Some(to) = to else {
        return push_escaped(out, text);
    };
    out.push_str("<a href=\"");
    // Addresses hold no quotation marks: `address` encodes them.
    push_escaped(out, &to);
    for part in ["\"", attributes, ">"] {
        out.push_str(part);
    }
    push_escaped(out, text);
    out.push_str("</a>");
}

/// Appends an element with text in it, unless the text is empty.
pub(super) fn push_element(out: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    for part in ["<", name, ">"] {
        out.push_str(part);
    }
    push_escaped(out, text);
    for part in ["</", name, ">"] {
        out.push_str(part);
    }
}

/// No quotation, speaker or summary in a feed is longer, in bytes. Far beyond
/// what digesting yields; it keeps an entry's size within bounds whatever comes.
const LONGEST: usize = 16 * 1024;

/// The text, cut where it gets absurdly long.
pub(super) fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// What becomes of an article's pictures, which are at other hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pictures {
    /// Readers fetch them.
    Shown,
    /// They are linked to: nothing is fetched unasked.
    Linked,
}

/// How the full text is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'a> {
    /// What links are relative to.
    pub(super) base: Option<&'a str>,
    pub(super) pictures: Pictures,
    /// What of it was said by somebody, in order.
    pub(super) said: &'a [Said],
}

/// Appends the full text.
pub(super) fn push_text(out: &mut String, text: &Text, manner: Manner) {
    let mut lists = Lists::default();
    let mut quoting = false;
    for block in &text.blocks {
        let picture = block.kind == BlockKind::Picture;
        if text.plain.get(block.span.range()).is_none_or(str::is_empty) && !picture {
            continue;
        }
        if !matches!(block.kind, BlockKind::ListItem { .. }) {
            lists.close_to(0, out);
        }
        let quote = block.kind == BlockKind::Quote;
        if quote != quoting {
            out.push_str(if quote {
                "<blockquote>"
            } else {
                "</blockquote>"
            });
            quoting = quote;
        }
        match block.kind {
            BlockKind::Picture => push_picture(out, block, manner),
            BlockKind::Table => push_table(out, text.of(block), has_header(block)),
            kind => {
                let (start, end) = elements(kind, &mut lists, out);
                out.push_str(start);
                push_marked(out, &text.plain, block, manner.base, manner.said);
                out.push_str(end);
            }
        }
    }
    lists.close_to(0, out);
    if quoting {
        out.push_str("</blockquote>");
    }
}

/// Appends a picture, unless its address is none that readers may fetch: one
/// with a scheme of its own, or relative to nothing.
fn push_picture(out: &mut String, block: &Block, manner: Manner) {
    for mark in &block.marks {
        let MarkKind::Picture { address, alt } = &mark.kind else {
            continue;
        };
        let address = address::web(&address::resolved(manner.base, address));
        let Some(address) = address.filter(|address| !beacon::is_beacon(address)) else {
            continue;
        };
        if manner.pictures == Pictures::Linked {
            push_picture_link(out, &address, alt);
            continue;
        }
        // Addresses hold no quotation marks: `address` encodes them.
        out.push_str("<p><img src=\"");
        push_escaped(out, &address);
        out.push_str("\" alt=\"");
        push_value(out, alt);
        out.push_str("\"/></p>");
    }
}

/// Appends a link to a picture: what it shows as far as that is written down, and
/// the host that following it asks.
pub(super) fn push_picture_link(out: &mut String, address: &str, alt: &str) {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    out.push_str("<p class=\"away\"><a href=\"");
    push_value(out, address);
    out.push_str("\"><span lang=\"en\" dir=\"ltr\">Picture");
    if alt.trim().is_empty() {
        out.push_str("</span>");
    } else {
        out.push_str(":</span> ");
        push_escaped(out, alt);
    }
    out.push_str("</a> <span class=\"host\" dir=\"ltr\">");
    push_escaped(out, host);
    out.push_str("</span></p>");
}

/// Whether the first row of a table names its columns.
fn has_header(table: &Block) -> bool {
    let is_header = |mark: &Mark| mark.kind == MarkKind::Header;
    table.marks.iter().any(is_header)
}

/// Appends the value of an attribute, escaped for quotation marks around it.
pub(super) fn push_value(out: &mut String, value: &str) {
    let mut parts = value.split('"');
    push_escaped(out, parts.next().unwrap_or_default());
    for part in parts {
        out.push_str("&quot;");
        push_escaped(out, part);
    }
}

/// Appends a table. Its cells have no marks.
fn push_table(out: &mut String, rows: &str, has_header: bool) {
    let mut rows = rows.split('\n');
    out.push_str("<table>");
    if has_header {
        out.push_str("<thead>");
        push_row(out, rows.next().unwrap_or_default(), "<th>", "</th>");
        out.push_str("</thead>");
    }
    out.push_str("<tbody>");
    for row in rows {
        push_row(out, row, "<td>", "</td>");
    }
    out.push_str("</tbody></table>");
}

fn push_row(out: &mut String, row: &str, start: &str, end: &str) {
    out.push_str("<tr>");
    for cell in row.split('\t') {
        out.push_str(start);
        push_escaped(out, cell);
        out.push_str(end);
    }
    out.push_str("</tr>");
}

/// What stands before and after a block's text.
fn elements(kind: BlockKind, lists: &mut Lists, out: &mut String) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Heading(level) => {
            let at = usize::from(level.clamp(1, 6)) - 1;
            (
                ["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"][at],
                ["</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"][at],
            )
        }
        BlockKind::ListItem { ordered, depth } => {
            lists.open_item(ordered, usize::from(depth).min(DEEPEST), out);
            // The item stays open, since a list may follow inside it.
            ("", "")
        }
        BlockKind::Code => ("<pre><code>", "</code></pre>"),
        _ => ("<p>", "</p>"),
    }
}

/// No list is inside of more others: there is no room left to indent it, and
/// browsers flatten what is some five hundred elements deep.
const DEEPEST: usize = 30;

/// The lists that are open, outermost first: whether each is numbered. The
/// last item of each is open too.
#[derive(Default)]
struct Lists(Vec<bool>);

impl Lists {
    /// Opens an item at this depth, or at the next one that can be reached: a
    /// list can only be inside an item.
    fn open_item(&mut self, ordered: bool, depth: usize, out: &mut String) {
        self.close_to(depth + 1, out);
        if self.0.len() == depth + 1 {
            if self.0.last() == Some(&ordered) {
                out.push_str("</li><li>");
                return;
            }
            self.close_to(depth, out);
        }
        out.push_str(if ordered { "<ol><li>" } else { "<ul><li>" });
        self.0.push(ordered);
    }

    /// Closes lists until so many are open.
    fn close_to(&mut self, count: usize, out: &mut String) {
        while self.0.len() > count {
            let ordered = self.0.pop().expect("there are more than `count`");
            out.push_str(if ordered { "</li></ol>" } else { "</li></ul>" });
        }
    }
}

/// Appends text, escaped for HTML, without the characters that [`is_dropped`].
///
/// Line ends become line feeds, since XML parsers would make them so.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(ahead) = bytes[at..].iter().position(|byte| SPECIAL[*byte as usize]) {
        at += ahead;
        let (length, instead) = match bytes[at] {
            b'&' => (1, "&amp;"),
            b'<' => (1, "&lt;"),
            b'>' => (1, "&gt;"),
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => (1, ""),
            b'\r' => (1, "\n"),
            FIRST_OF_NONCHARACTER | 0xf0.. => {
                let first = text[at..].chars().next().unwrap_or_default();
                if !is_no_character(first) {
                    at += first.len_utf8();
                    continue;
                }
                (first.len_utf8(), "")
            }
            FIRST_OF_C1 => match bytes.get(at + 1) {
                Some(0x85) => (2, "\n"),
                Some(0x80..0xa0) => (2, ""),
                _ => {
                    at += 2;
                    continue;
                }
            },
            _ => (1, ""),
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Whether feeds do without this character: XML forbids it, or it is one of
/// the other controls, which XML discourages, HTML forbids, and readers take
/// for Windows-1252, or it is none. Tab and the line ends are none of them.
pub(super) fn is_dropped(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    c.is_control() && !is_space || is_no_character(c)
}

/// Whether Unicode says that this is no character, in any plane. XML forbids two
/// of them and HTML all.
pub(super) fn is_no_character(c: char) -> bool {
    matches!(u32::from(c), 0xfdd0..=0xfdef) || u32::from(c) & 0xfffe == 0xfffe
}

/// The controls from U+0080 to U+009F start with this byte, as do the
/// characters up to U+00BF; all of them take two bytes.
const FIRST_OF_C1: u8 = 0xc2;

/// The noncharacters of the first plane start with this byte, as do the
/// characters from U+F000 on; all of them take three bytes. Those of the other
/// planes start with larger ones.
const FIRST_OF_NONCHARACTER: u8 = 0xef;

/// Whether U+FFFE or U+FFFF stands here.
pub(super) fn is_noncharacter(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbf, 0xbe | 0xbf, ..])
}

/// The bytes at which escaped text may differ from the text.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[0x7f] = true;
    special[FIRST_OF_C1 as usize] = true;
    let mut byte = FIRST_OF_NONCHARACTER as usize;
    while byte < 256 {
        special[byte] = true;
        byte += 1;
    }
    special
};
