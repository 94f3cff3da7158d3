//! HTML inside Markdown: its text, without its tags.
//!
//! This is no HTML reader. It keeps the sentences of a `<p align="center">` and
//! lets go of scripts, embedded players and pictures with their captions.

use crate::text::BlockKind;

/// Elements whose content is not the article's text.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "svg", "math", "figure", "picture", "video",
    "audio", "form", "button", "select", "textarea", "nav", "template", "noscript", "head",
];

/// Elements that stay within a line; all others end a paragraph.
#[rustfmt::skip]
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];

/// A tag's name in lower case, and whether it ends an element. `None` for
/// comments, declarations and stray angle brackets.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closing: bool,
}

impl Tag {
    /// The tag that `text` starts with.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.strip_prefix('<')?;
        let closing = text.starts_with('/');
        let name: String = text[usize::from(closing)..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
        named.then_some(Self { name, closing })
    }

    /// Whether what is inside the element is left out.
    pub(super) fn is_left_out(&self) -> bool {
        LEFT_OUT.contains(&self.name.as_str())
    }

    /// The mark that whoever shows it puts in its place: at a quotation within a
    /// line.
    pub(super) fn mark(&self) -> Option<&'static str> {
        let mark = if self.closing { "”" } else { "“" };
        (self.name == "q").then_some(mark)
    }

    /// Whether there is white space where it stands.
    pub(super) fn separates(&self) -> bool {
        self.name == "br" || !WITHIN.contains(&self.name.as_str())
    }
}

/// The paragraphs of a piece of HTML, white space as it stands, and whether they
/// are a block quote's.
pub(super) fn paragraphs(html: &str) -> Vec<(BlockKind, String)> {
    let mut found = vec![String::new()];
    // By paragraph: how many block quotes are open where it begins.
    let mut quoted = vec![0_u32];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        decode(&rest[..at], found.last_mut().expect("never empty"));
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = after(rest, "-->");
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            let declaration = rest.starts_with("<!") || rest.starts_with("<?");
            if declaration {
                rest = after(rest, ">");
            } else {
                found.last_mut().expect("never empty").push('<');
                rest = &rest[1..];
            }
            continue;
        };
        rest = after_tag(rest);
        if tag.is_left_out() && !tag.closing {
            rest = after_element(rest, &tag.name);
        }
        let text = found.last_mut().expect("never empty");
        if tag.name == "br" {
            text.push(' ');
        } else if let Some(mark) = tag.mark() {
            text.push_str(mark);
        } else if tag.separates() {
            let open = *quoted.last().expect("never empty");
            quoted.push(match (tag.name.as_str(), tag.closing) {
                ("blockquote", false) => open.saturating_add(1),
                ("blockquote", true) => open.saturating_sub(1),
                _ => open,
            });
            found.push(String::new());
        }
    }
    decode(rest, found.last_mut().expect("never empty"));
    let kind = |open| match open {
        0 => BlockKind::Paragraph,
        _ => BlockKind::Quote,
    };
    let found = quoted.into_iter().map(kind).zip(found);
    found
        .filter(|(_, paragraph)| !paragraph.trim().is_empty())
        .collect()
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// What follows the tag that `text` starts with; `>` in an attribute does not
/// end it.
fn after_tag(text: &str) -> &str {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && c == '>' {
            return &text[at + 1..];
        } else if quote.is_none() && matches!(c, '"' | '\'') {
            quote = Some(c);
        }
    }
    ""
}

/// What follows the end tag of this element; nothing when it has none.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let ends = |tag: &Tag| tag.closing && tag.name == name;
    let mut places = text.match_indices("</").map(|(at, _)| &text[at..]);
    let end = places.find(|rest| Tag::read(rest).as_ref().is_some_and(ends));
    end.map_or("", after_tag)
}

/// Appends text with its character references resolved; unknown ones stay.
pub(super) fn decode(text: &str, onto: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        onto.push_str(&rest[..at]);
        rest = &rest[at..];
        // Without the limit, a file of ampersands would be searched to its end
        // for each of them.
        let near = rest.as_bytes()[1..].iter().take(LONGEST_NAME + 1);
        let end = near
            .take_while(|byte| byte.is_ascii())
            .position(|byte| *byte == b';');
        let name = end.map(|end| &rest[1..=end]);
        let known = name.and_then(|name| Some((name, character(name)?)));
        let (c, length) = known.map_or(('&', 1), |(name, c)| (c, name.len() + 2));
        onto.push(c);
        rest = &rest[length..];
    }
    onto.push_str(rest);
}

/// The longest name of a character here; numbers are shorter.
const LONGEST_NAME: usize = 8;

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return code.ok().and_then(char::from_u32);
    }
    let row = CHARACTERS.iter().find(|(known, _)| *known == name)?;
    Some(row.1)
}

/// The named characters that stand in prose.
#[rustfmt::skip]
const CHARACTERS: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' '),
    ("ldquo", '“'), ("rdquo", '”'), ("bdquo", '„'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'),
    ("laquo", '«'), ("raquo", '»'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'),
    ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("Auml", 'Ä'), ("Ouml", 'Ö'), ("Uuml", 'Ü'),
    ("szlig", 'ß'), ("eacute", 'é'), ("egrave", 'è'), ("agrave", 'à'), ("ccedil", 'ç'),
    ("euro", '€'), ("pound", '£'), ("copy", '©'), ("deg", '°'), ("middot", '·'), ("bull", '•'),
];
