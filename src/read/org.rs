//! Org, the markup of Emacs: <https://orgmode.org/worg/org-syntax.html>.
//!
//! What is not meant to be read is left out: drawers, plans, comments, blocks
//! for one exporter, subtrees that are not exported.

use super::{
    Format, Input, ReadError, Reader, charset,
    light::{self, Lists, Names, Piece, Writer},
    meta::{self, Fields, Value},
};
use crate::{
    article::{Article, Origin},
    text::{BlockKind, MarkKind},
};
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format {
    endings: &["org"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    let source = charset::decode(input.bytes)?;
    let mut org = Org {
        lines: source.lines().collect(),
        at: 0,
        writer: Writer::new(source.len(), piece),
        fields: Fields::new(),
        lists: Lists::default(),
        paragraph: Vec::new(),
        kind: BlockKind::Paragraph,
    };
    while org.at < org.lines.len() {
        org.line();
    }
    org.end_paragraph();
    let mut article = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    meta::take_over(org.fields, &mut article);
    article.text = org.writer.finish();
    Ok(article)
}

struct Org<'t> {
    lines: Vec<&'t str>,
    at: usize,
    writer: Writer,
    fields: Fields,
    lists: Lists,
    /// The lines of the block that is being read, and what it is.
    paragraph: Vec<&'t str>,
    kind: BlockKind,
}

impl<'t> Org<'t> {
    fn line(&mut self) {
        let line = self.lines[self.at];
        let bare = line.trim();
        self.at += 1;
        if bare.is_empty() {
            self.end_paragraph();
        } else if let Some((level, heading)) = heading(line) {
            self.end_paragraph();
            self.lists.end();
            match heading_text(heading) {
                Some(text) => self.writer.block(BlockKind::Heading(level), text),
                None => self.skip_subtree(level),
            }
        } else if let Some(keyword) = bare.strip_prefix("#+") {
            self.end_paragraph();
            self.keyword(keyword);
        } else if bare == "#" || bare.starts_with("# ") || is_plan(bare) {
            self.end_paragraph();
        } else if is_drawer(bare) {
            self.end_paragraph();
            self.until(|line| line.trim().eq_ignore_ascii_case(":end:"));
        } else if bare.starts_with('|') {
            self.end_paragraph();
            self.table();
        } else if bare == ":" || bare.starts_with(": ") {
            self.end_paragraph();
            self.fixed();
        } else if bare.len() >= 5 && bare.bytes().all(|byte| byte == b'-') {
            self.end_paragraph();
        } else if line.starts_with("[fn:") {
            self.end_paragraph();
            self.until(|line| line.trim().is_empty());
        } else if let Some((ordered, text)) = item(line) {
            self.end_paragraph();
            let depth = self.lists.depth(light::indent(line));
            self.kind = BlockKind::ListItem { ordered, depth };
            self.paragraph.push(text);
        } else {
            if self.paragraph.is_empty() && !self.lists.holds(light::indent(line)) {
                self.lists.end();
            }
            self.paragraph.push(bare);
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph).join(" ");
        self.writer.block(self.kind, &text);
        self.kind = BlockKind::Paragraph;
    }

    /// The lines up to one that ends them, which is passed over; all that is
    /// left, when there is none.
    fn until(&mut self, ends: impl Fn(&str) -> bool) -> &[&'t str] {
        let start = self.at;
        let rest = &self.lines[start..];
        let length = rest
            .iter()
            .position(|line| ends(line))
            .unwrap_or(rest.len());
        self.at = (start + length + 1).min(self.lines.len());
        &self.lines[start..start + length]
    }

    fn skip_subtree(&mut self, level: u8) {
        let rest = &self.lines[self.at..];
        let ends = |line: &&str| heading(line).is_some_and(|(other, _)| other <= level);
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }

    fn keyword(&mut self, keyword: &str) {
        let lower = keyword.to_ascii_lowercase();
        if let Some(name) = lower.strip_prefix("begin_") {
            let name = name
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            let end = format!("#+end_{name}");
            let lines = self
                .until(|line| line.trim().eq_ignore_ascii_case(&end))
                .to_vec();
            self.environment(&name, &lines);
        } else if let Some((name, value)) = keyword.split_once(':') {
            let (name, value) = (meta::key(name), value.trim());
            let name = if name == "filetags" {
                "tags".to_owned()
            } else {
                name
            };
            let value = if name == "tags" {
                let tags = value.split(|c: char| c == ':' || c.is_whitespace());
                let tags = tags.filter(|tag| !tag.is_empty());
                Value::List(tags.map(|tag| Value::Text(tag.to_owned())).collect())
            } else if name == "date" {
                Value::Text(value.trim_matches(['<', '>', '[', ']']).to_owned())
            } else {
                Value::Text(self.writer.said(value))
            };
            self.fields.push((name, value));
        }
    }

    fn environment(&mut self, name: &str, lines: &[&str]) {
        match name {
            "src" | "example" => self.writer.code(lines),
            "comment" | "export" => {}
            "verse" => {
                for line in lines {
                    self.writer.block(BlockKind::Quote, line);
                }
            }
            _ => {
                let quote = matches!(name, "quote" | "epigraph" | "pullquote");
                let kind = if quote {
                    BlockKind::Quote
                } else {
                    BlockKind::Paragraph
                };
                for paragraph in lines.split(|line| line.trim().is_empty()) {
                    self.writer.block(kind, &paragraph.join(" "));
                }
            }
        }
    }

    fn table(&mut self) {
        let start = self.at - 1;
        let rest = &self.lines[start..];
        let length = rest.iter().position(|line| !line.trim().starts_with('|'));
        let rows = &rest[..length.unwrap_or(rest.len())];
        self.at = start + rows.len();
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|line| line.trim().trim_matches('|'))
            .filter(|row| !row.starts_with('-'))
            .map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect())
            .collect();
        self.writer.table(&rows);
    }

    /// Lines that begin with a colon are as they are.
    fn fixed(&mut self) {
        let start = self.at - 1;
        let rest = &self.lines[start..];
        let length = rest.iter().position(|line| !line.trim().starts_with(':'));
        let lines: Vec<&str> = rest[..length.unwrap_or(rest.len())]
            .iter()
            .map(|line| line.trim_start().strip_prefix(": ").unwrap_or_default())
            .collect();
        self.at = start + lines.len();
        self.writer.code(&lines);
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let stars = line.bytes().take_while(|byte| *byte == b'*').count();
    let text = line[stars..].strip_prefix(' ')?;
    let level = u8::try_from(stars.min(6)).ok().filter(|level| *level > 0)?;
    Some((level, text.trim()))
}

/// A heading without what it says to its owner only; `None` when its subtree is
/// not to be shown.
fn heading_text(heading: &str) -> Option<&str> {
    let mut text = heading;
    if text == "COMMENT" || text.starts_with("COMMENT ") {
        return None;
    }
    if let Some((before, tags)) = text.rsplit_once(" :") {
        let is_tag = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%' | ':');
        if tags.ends_with(':') && tags.chars().all(is_tag) {
            if tags.split(':').any(|tag| tag == "noexport") {
                return None;
            }
            text = before.trim_end();
        }
    }
    for state in ["TODO ", "DONE "] {
        text = text.strip_prefix(state).unwrap_or(text);
    }
    match text
        .strip_prefix("[#")
        .and_then(|rest| rest.split_once("] "))
    {
        Some((priority, rest)) if priority.len() == 1 => Some(rest),
        _ => Some(text),
    }
}

fn is_plan(line: &str) -> bool {
    ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"]
        .iter()
        .any(|plan| line.starts_with(plan))
}

fn is_drawer(line: &str) -> bool {
    let name = line
        .strip_prefix(':')
        .and_then(|line| line.strip_suffix(':'));
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    name.is_some_and(|name| !name.is_empty() && name.chars().all(letter))
}

/// Whether an item is numbered, and its text. A term of a definition is a part
/// of it.
fn item(line: &str) -> Option<(bool, &str)> {
    let bare = line.trim_start();
    let (mark, text) = bare.split_once(' ').unwrap_or((bare, ""));
    let number = mark.strip_suffix(['.', ')']);
    let ordered = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    // A star at the start of a line is a heading.
    let bullet = matches!(mark, "-" | "+") || mark == "*" && light::indent(line) > 0;
    if !ordered && !bullet {
        return None;
    }
    let text = text.trim();
    let boxes = ["[ ] ", "[X] ", "[x] ", "[-] "];
    let text = boxes
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text);
    Some((ordered, text))
}

fn piece<'t>(_: &Names, text: &'t str, at: usize) -> Option<Piece<'t>> {
    let marked = |mark: &str, kind: MarkKind| {
        let inside = light::between(text, at, mark)?;
        Some(Piece::Marked(
            kind,
            Cow::Borrowed(inside),
            inside.len() + 2 * mark.len(),
        ))
    };
    match text.as_bytes()[at] {
        b'[' => link(text, at),
        b'*' => marked("*", MarkKind::Strong),
        b'/' => marked("/", MarkKind::Emphasis),
        b'_' => marked("_", MarkKind::Emphasis),
        b'+' => {
            let inside = light::between(text, at, "+")?;
            Some(Piece::Text(Cow::Borrowed(inside), inside.len() + 2))
        }
        mark @ (b'=' | b'~') => {
            let inside = light::between(text, at, if mark == b'=' { "=" } else { "~" })?;
            Some(Piece::Verbatim(MarkKind::Code, inside, inside.len() + 2))
        }
        b'\\' if text[at..].starts_with("\\\\") => Some(Piece::Text(Cow::Borrowed(" "), 2)),
        b'<' => {
            // A time stamp is for the calendar.
            let (inside, length) = light::inside(text, at, "<", ">")?;
            let date = inside.get(..10)?;
            let stamp = date
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
            stamp.then_some(Piece::Text(Cow::Borrowed(date), length))
        }
        b'h' | b'm' => {
            let address = light::address(text, at)?;
            Some(Piece::Verbatim(
                MarkKind::Link(address.to_owned()),
                address,
                address.len(),
            ))
        }
        _ => None,
    }
}

fn link(text: &str, at: usize) -> Option<Piece<'_>> {
    if text[at..].starts_with("[fn:") {
        let (_, length) = light::inside(text, at, "[fn:", "]")?;
        return Some(Piece::Text(Cow::Borrowed(""), length));
    }
    let (inside, length) = light::inside(text, at, "[[", "]]")?;
    let (target, said) = match inside.split_once("][") {
        Some((target, said)) => (target, Some(said)),
        None => (inside, None),
    };
    let file = target.strip_prefix("file:").unwrap_or(target);
    if said.is_none() && is_picture(file) {
        return Some(Piece::Picture(file, Cow::Borrowed(""), length));
    }
    let said = Cow::Borrowed(said.unwrap_or(target));
    // What leads to another file or heading leads nowhere in a feed.
    let leads = target.starts_with("http") || target.starts_with("mailto:");
    Some(if leads {
        Piece::Marked(MarkKind::Link(target.to_owned()), said, length)
    } else {
        Piece::Text(said, length)
    })
}

fn is_picture(file: &str) -> bool {
    let ending = file
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&&*ending)
}
