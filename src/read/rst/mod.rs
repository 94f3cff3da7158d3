//! reStructuredText:
//! <https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>.
//!
//! Directives that hold text are read; those that only a program can follow
//! (tables of contents, includes, raw HTML) are left out.

mod inline;
mod table;

use super::{
    Format, Input, ReadError, Reader, charset,
    light::{self, Lists, Writer},
    meta::{self, Fields, Value},
};
use crate::{
    article::{Article, Origin},
    text::BlockKind,
};

pub(super) const FORMAT: Format = Format {
    endings: &["rst", "rest"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    let source = charset::decode(input.bytes)?;
    let mut document = Document {
        lines: source.lines().collect(),
        at: 0,
        writer: Writer::new(source.len(), inline::piece),
        fields: Fields::new(),
        levels: Vec::new(),
        lists: Lists::default(),
        begun: false,
    };
    document.targets();
    while document.at < document.lines.len() {
        document.block();
    }
    let mut article = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    meta::take_over(document.fields, &mut article);
    article.text = document.writer.finish();
    Ok(article)
}

struct Document<'t> {
    lines: Vec<&'t str>,
    at: usize,
    writer: Writer,
    fields: Fields,
    /// The ways of underlining, in the order in which they were met: each is a
    /// level. Whether there is a line above as well makes another.
    levels: Vec<(u8, bool)>,
    lists: Lists,
    /// Whether anything but the title has been met.
    begun: bool,
}

impl<'t> Document<'t> {
    /// Notes what links lead to and what substitutions stand for, since they
    /// may stand behind what uses them.
    fn targets(&mut self) {
        for line in &self.lines {
            let Some(rest) = line.trim_start().strip_prefix(".. ") else {
                continue;
            };
            if let Some((name, address)) = rest.strip_prefix('_').and_then(|r| r.split_once(": ")) {
                let name = name.trim_matches('`').to_lowercase();
                self.writer.names.insert(name, address.trim().to_owned());
            } else if let Some((name, text)) = rest
                .strip_prefix('|')
                .and_then(|r| r.split_once("| replace::"))
            {
                let name = format!("|{}|", name.trim());
                self.writer.names.insert(name, text.trim().to_owned());
            }
        }
    }

    fn peek(&self, ahead: usize) -> &'t str {
        self.lines
            .get(self.at + ahead)
            .copied()
            .unwrap_or_default()
            .trim_end()
    }

    fn block(&mut self) {
        let line = self.peek(0);
        let bare = line.trim_start();
        let indent = light::indent(line);
        if bare.is_empty() {
            self.at += 1;
        } else if let Some((text, lines, mark)) = self.heading() {
            self.at += lines;
            self.lists.end();
            self.write_heading(text, mark);
        } else if is_rule(line) && self.peek(1).is_empty() {
            self.at += 1;
        } else if bare == ".." || bare.starts_with(".. ") {
            self.explicit(indent);
        } else if bare == "__" || bare.starts_with("__ ") {
            self.at += 1;
        } else if table::is_grid(bare) || table::is_simple(bare) {
            self.table();
        } else if let Some((name, value)) = field(bare) {
            self.field(indent, name, value);
        } else if bare.starts_with("| ") || bare == "|" {
            self.at += 1;
            let kind = if indent > 0 {
                BlockKind::Quote
            } else {
                BlockKind::Paragraph
            };
            self.writer.block(kind, bare[1..].trim());
        } else if bare.starts_with(">>> ") {
            let lines = self.while_lines(|line| !line.trim().is_empty());
            self.writer.code(&lines);
        } else if let Some((ordered, mark)) = item(bare) {
            self.at += 1;
            let depth = self.lists.depth(indent);
            let rest = self.continued(indent + 1, !bare[mark..].trim().is_empty());
            let text = joined(bare[mark..].trim(), &rest);
            self.paragraph(BlockKind::ListItem { ordered, depth }, &text, indent);
        } else {
            let kind = if self.lists.holds(indent) {
                BlockKind::Paragraph
            } else {
                self.lists.end();
                if indent > 0 {
                    BlockKind::Quote
                } else {
                    BlockKind::Paragraph
                }
            };
            self.at += 1;
            let rest = self.continued(indent, true);
            // The term of a definition stands on the line before it.
            let text = joined(bare, &rest);
            self.paragraph(kind, &text, indent);
        }
        self.begun |= !bare.is_empty();
    }

    /// The lines that go on with a block of one paragraph: as far in, up to a
    /// blank line.
    fn continued(&mut self, indent: usize, begun: bool) -> Vec<&'t str> {
        if !begun {
            return Vec::new();
        }
        self.while_lines(|line| {
            let bare = line.trim_start();
            !bare.is_empty() && light::indent(line) >= indent && item(bare).is_none()
        })
    }

    fn while_lines(&mut self, goes_on: impl Fn(&str) -> bool) -> Vec<&'t str> {
        let rest = &self.lines[self.at..];
        let length = rest
            .iter()
            .position(|line| !goes_on(line))
            .unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_vec()
    }

    /// Writes a paragraph, and the literal block that two colons at its end
    /// announce.
    fn paragraph(&mut self, kind: BlockKind, text: &str, indent: usize) {
        let Some(before) = text.strip_suffix("::") else {
            return self.writer.block(kind, text);
        };
        let shown = if before.ends_with(' ') || before.is_empty() {
            before.trim_end().to_owned()
        } else {
            format!("{before}:")
        };
        self.writer.block(kind, &shown);
        let lines = self.inside(indent);
        self.writer.code(&lines);
    }

    /// The lines that are further in than `indent`, blank ones between them
    /// included.
    fn inside(&mut self, indent: usize) -> Vec<&'t str> {
        self.while_lines(|line| line.trim().is_empty() || light::indent(line) > indent)
    }

    /// A heading's text, how many lines it takes and its mark.
    fn heading(&self) -> Option<(&'t str, usize, (u8, bool))> {
        let (first, second, third) = (self.peek(0), self.peek(1), self.peek(2));
        let width = |text: &str| text.trim().chars().count();
        if is_rule(first) && !second.is_empty() && third == first {
            let fits = first.len() >= width(second);
            return fits.then(|| (second.trim(), 3, (first.as_bytes()[0], true)));
        }
        let under = is_rule(second) && second.len() >= width(first);
        let text = !first.starts_with(' ') && !is_rule(first);
        (under && text).then(|| (first, 2, (second.as_bytes()[0], false)))
    }

    fn write_heading(&mut self, text: &str, mark: (u8, bool)) {
        let known = self.levels.iter().position(|level| *level == mark);
        let level = known.unwrap_or_else(|| {
            self.levels.push(mark);
            self.levels.len() - 1
        });
        // The first heading, at the top, is the title.
        if level == 0 && !self.begun {
            let title = Value::Text(self.writer.said(text));
            self.fields.push(("title".to_owned(), title));
            return;
        }
        let level = u8::try_from(level + 1).unwrap_or(6).min(6);
        self.writer.block(BlockKind::Heading(level), text);
    }

    /// A field: what the document says of itself, when it stands at the top.
    fn field(&mut self, indent: usize, name: &'t str, value: &'t str) {
        self.at += 1;
        let rest = self.inside(indent);
        let stated = !self.begun || !self.fields.is_empty() && self.only_fields();
        if !stated {
            return;
        }
        let text = joined(value, &rest);
        let value = Value::Text(self.writer.said(&text));
        self.fields.push((meta::key(name), value));
        // What follows is still the top.
        self.begun = false;
    }

    /// Whether nothing has been written yet.
    fn only_fields(&self) -> bool {
        self.writer.is_empty()
    }

    /// What begins with two dots: a directive, a comment, a footnote, a target.
    fn explicit(&mut self, indent: usize) {
        let line = self.peek(0).trim_start();
        self.at += 1;
        let rest = line.strip_prefix("..").unwrap_or_default().trim();
        // An empty comment ends what is set in; it does not take what follows.
        if rest.is_empty() && self.peek(0).is_empty() {
            return;
        }
        let lines = self.inside(indent);
        let directive = rest.split_once("::").filter(|(name, _)| {
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
            !name.is_empty() && name.chars().all(letter)
        });
        if let Some((name, argument)) = directive {
            self.directive(&name.to_lowercase(), argument.trim(), &lines);
        }
    }

    fn directive(&mut self, name: &str, argument: &str, lines: &[&'t str]) {
        let content = lines
            .iter()
            .position(|line| field(line.trim_start()).is_none())
            .map_or(&[][..], |at| &lines[at..]);
        match name {
            "code" | "code-block" | "sourcecode" | "parsed-literal" | "highlight" | "doctest" => {
                self.writer.code(content);
            }
            "image" | "figure" => {
                let alt = lines
                    .iter()
                    .find_map(|line| field(line.trim_start()).filter(|(name, _)| *name == "alt"));
                self.writer
                    .picture(argument, alt.map_or("", |(_, text)| text));
            }
            "epigraph" | "highlights" | "pull-quote" | "compound" | "container" | "topic"
            | "sidebar" | "admonition" | "attention" | "caution" | "danger" | "error" | "hint"
            | "important" | "note" | "tip" | "warning" | "seealso" | "versionadded"
            | "versionchanged" | "deprecated" | "rubric" | "line-block" | "centered" => {
                let quoted = matches!(name, "epigraph" | "highlights" | "pull-quote");
                let kind = if quoted {
                    BlockKind::Quote
                } else {
                    BlockKind::Paragraph
                };
                self.writer.block(kind, argument);
                for paragraph in content.split(|line| line.trim().is_empty()) {
                    self.writer.block(kind, &joined("", paragraph));
                }
            }
            "table" | "csv-table" | "list-table" => {
                let first = content.iter().position(|line| {
                    let bare = line.trim_start();
                    table::is_grid(bare) || table::is_simple(bare)
                });
                if let Some(first) = first {
                    self.writer.table(&table::rows(&content[first..]));
                }
            }
            _ => {}
        }
    }

    fn table(&mut self) {
        let simple = table::is_simple(self.peek(0).trim_start());
        let mut borders = 0;
        let mut lines = Vec::new();
        while self.at < self.lines.len() {
            let line = self.peek(0);
            let bare = line.trim();
            let border = simple && table::is_simple(bare);
            borders += usize::from(border);
            if bare.is_empty()
                && (!simple
                    || borders >= 2
                        && lines
                            .last()
                            .is_some_and(|last: &&str| table::is_simple(last.trim())))
            {
                break;
            }
            lines.push(line);
            self.at += 1;
        }
        self.writer.table(&table::rows(&lines));
    }
}

/// Lines of a paragraph as one.
fn joined(first: &str, rest: &[&str]) -> String {
    let mut text = first.to_owned();
    for line in rest {
        text.push(' ');
        text.push_str(line.trim());
    }
    text.trim().to_owned()
}

/// Whether a line is made of one mark only, as lines under headings are.
fn is_rule(line: &str) -> bool {
    let Some(first) = line.bytes().next() else {
        return false;
    };
    line.len() >= 2
        && first.is_ascii_punctuation()
        && line.bytes().all(|byte| byte == first)
        && line != "::"
        && line != ".."
        && line != "__"
}

/// A field's name and value: `:Author: Ann Lee`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let named = !name.is_empty() && !name.starts_with(' ') && !name.contains('`');
    let parted = value.is_empty() || value.starts_with(' ');
    (named && parted).then_some((name, value.trim()))
}

/// Whether an item is numbered, and how long its mark is.
fn item(line: &str) -> Option<(bool, usize)> {
    let (mark, _) = line.split_once(' ').unwrap_or((line, ""));
    if matches!(mark, "-" | "*" | "+" | "•" | "‣") {
        return Some((false, mark.len()));
    }
    let number = mark.strip_suffix(['.', ')'])?;
    let number = number.strip_prefix('(').unwrap_or(number);
    let counts = number == "#" || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (counts && line.len() > mark.len()).then_some((true, mark.len()))
}
