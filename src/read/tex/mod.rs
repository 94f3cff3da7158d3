//! LaTeX, its prose only.
//!
//! Nothing is expanded: commands that set text show their text, those that are
//! known to show nothing are left out with what they hold, and of others what
//! stands in their braces is shown. Formulas set apart, figures, tables and
//! references are left out.

mod commands;
mod cursor;
mod environments;
mod letters;

use super::{
    Format, Input, ReadError, Reader,
    blocks::{Builder, OpenMark},
    charset,
    meta::{self, Fields, Value},
};
use crate::{
    article::{Article, Origin},
    text::{BlockKind, MarkKind},
};
use commands::Command;

pub(super) const FORMAT: Format = Format {
    endings: &["tex", "latex"],
    recognizes: |bytes| {
        let head = bytes.trim_ascii_start();
        head.starts_with(b"\\documentclass") || head.starts_with(b"\\documentstyle")
    },
    read: Reader::One(read),
};

/// How deep commands are followed in the arguments of commands.
const NESTED: usize = 4;

/// How deep groups and environments are followed; deeper ones are left out.
const DEEPEST: usize = 100;

fn read(input: &Input) -> Result<Article, ReadError> {
    let source = charset::decode(input.bytes)?;
    let mut tex = Tex::new(&source, 0);
    // Definitions stand before the document begins.
    let begins = source.find("\\begin{document}");
    if let Some(begins) = begins {
        tex.preamble(begins);
    }
    tex.run();
    let mut article = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    meta::take_over(tex.fields, &mut article);
    article.text = tex.builder.finish();
    Ok(article)
}

/// What has been opened and not closed yet.
enum Open {
    /// A group, with the mark that its command makes.
    Group(Option<(OpenMark, MarkKind)>),
    Environment {
        name: String,
        kind: Option<BlockKind>,
    },
}

struct Tex<'t> {
    source: &'t str,
    at: usize,
    builder: Builder,
    open: Vec<Open>,
    fields: Fields,
    /// How many arguments this is inside of.
    depth: usize,
    /// How often the end of something may still be missing; a file of opening
    /// marks would else take forever.
    patience: usize,
}

impl<'t> Tex<'t> {
    fn new(source: &'t str, depth: usize) -> Self {
        Self {
            source,
            at: 0,
            builder: Builder::with_capacity(source.len()),
            open: Vec::new(),
            fields: Fields::new(),
            depth,
            patience: 1000,
        }
    }

    /// The words of a piece of source, on one line.
    fn plain(&self, source: &str) -> String {
        if self.depth == NESTED {
            return source.to_owned();
        }
        let mut tex = Tex::new(source, self.depth + 1);
        tex.run();
        tex.builder.finish().plain.replace("\n\n", " ")
    }

    /// Looks for title, author and date before the document.
    fn preamble(&mut self, end: usize) {
        for (at, _) in self.source[..end].match_indices('\\') {
            self.at = at + 1;
            let name = self.name();
            self.stated(name);
        }
        self.at = end;
    }

    /// Takes over what `\title` and the like state. Returns whether it did.
    fn stated(&mut self, name: &str) -> bool {
        let field = match name {
            "title" => "title",
            "author" => "author",
            "date" => "date",
            _ => return false,
        };
        self.optional();
        let Some(text) = self.argument() else {
            return false;
        };
        let values: Vec<Value> = text
            .split("\\and")
            .map(|part| Value::Text(self.plain(part)))
            .collect();
        self.fields.push((field.to_owned(), Value::List(values)));
        true
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\\' => {
                    self.at += 1;
                    self.command();
                }
                '{' => {
                    self.at += 1;
                    self.begin(Open::Group(None));
                }
                '}' => {
                    self.at += 1;
                    self.end_group();
                }
                '%' => self.skip_line(),
                '$' => self.formula(),
                '\n' => self.line_end(),
                '~' => self.say("\u{a0}", 1),
                '`' | '\'' | '-' => {
                    let (said, length) = letters::ligature(self.rest());
                    self.say(said, length);
                }
                '&' | '#' | '^' | '_' => self.at += 1,
                _ => {
                    let rest = self.rest();
                    let length = rest.find(SPECIAL).unwrap_or(rest.len());
                    self.say(&rest[..length], length);
                }
            }
        }
    }

    fn say(&mut self, text: &str, length: usize) {
        self.at += length;
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let kinds = self.open.iter().rev().find_map(|open| match open {
                Open::Environment { kind, .. } => *kind,
                Open::Group(_) => None,
            });
            // A second paragraph of an item is no item of its own.
            let kind = kinds.filter(|kind| *kind == BlockKind::Quote);
            self.builder.open(kind.unwrap_or(BlockKind::Paragraph));
        }
        self.builder.write(text);
    }

    fn skip_line(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        self.at += length;
        // A comment takes the end of its line and the white space of the next.
        let next = self.rest().strip_prefix('\n').unwrap_or_default();
        if !next.trim_start_matches([' ', '\t']).starts_with('\n') {
            self.at += (self.rest().len() - next.trim_start_matches([' ', '\t']).len())
                .min(self.rest().len());
        }
    }

    fn line_end(&mut self) {
        let rest = self.rest();
        let white = rest.len() - rest.trim_start().len();
        if rest[..white].matches('\n').count() > 1 {
            self.builder.close();
        } else {
            self.builder.write(" ");
        }
        self.at += white;
    }

    /// A formula in a line is said as far as it is words and numbers; one set
    /// apart is left out.
    fn formula(&mut self) {
        let mark = if self.rest().starts_with("$$") {
            "$$"
        } else {
            "$"
        };
        let inside = &self.rest()[mark.len()..];
        let Some(end) = self.find(inside, mark) else {
            self.say("$", 1);
            return;
        };
        let formula = &inside[..end];
        self.at += end + 2 * mark.len();
        if mark == "$" {
            self.say(&self.plain(formula), 0);
        }
    }

    fn command(&mut self) {
        let name = self.name();
        if self.stated(name) {
            return;
        }
        match name {
            "begin" => self.begin_environment(),
            "end" => self.end_environment(),
            "par" => self.builder.close(),
            "item" => self.item(),
            "[" => self.skip_past("\\]"),
            "(" => {
                let rest = self.rest();
                let end = rest.find("\\)").unwrap_or(rest.len());
                self.say(&self.plain(&rest[..end]), (end + 2).min(rest.len()));
            }
            "\\" | " " | "newline" | "quad" | "qquad" | "," | ";" => self.say(" ", 0),
            "verb" => self.verb(),
            _ => self.known(name),
        }
    }

    fn known(&mut self, name: &'t str) {
        if let Some(text) = letters::named(name) {
            self.say(text, 0);
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.skip_space();
            }
            return;
        }
        if let Some((text, length)) = letters::accented(name, self.rest()) {
            self.say(&text, length);
            return;
        }
        match commands::command(name) {
            Command::Heading(level) => {
                self.star_and_optional();
                if let Some(text) = self.argument() {
                    self.builder.open(BlockKind::Heading(level));
                    self.builder.write(&self.plain(text));
                    self.builder.close();
                }
            }
            Command::Marked(kind) => {
                if self.rest().trim_start().starts_with('{') {
                    self.skip_to('{');
                    self.say("", 0);
                    self.ensure_open();
                    let mark = self.builder.start_mark();
                    self.begin(Open::Group(Some((mark, kind))));
                }
            }
            Command::Link => {
                let address = self.argument().unwrap_or_default();
                self.ensure_open();
                let mark = self.builder.start_mark();
                let kind = MarkKind::Link(
                    address
                        .replace("\\%", "%")
                        .replace("\\_", "_")
                        .replace("\\#", "#"),
                );
                if name == "url" {
                    self.builder.write(address);
                    self.builder.end_mark(mark, kind);
                } else if self.rest().starts_with('{') {
                    self.at += 1;
                    self.begin(Open::Group(Some((mark, kind))));
                }
            }
            Command::Picture => {
                self.optional();
                if let Some(address) = self.argument() {
                    self.builder.picture(address, "");
                }
            }
            Command::Quiet(arguments) => {
                // "as shown~\cite{lee}." is said without the space.
                self.builder.forget_gap();
                self.star_and_optional();
                for _ in 0..arguments {
                    self.argument();
                    self.optional();
                }
            }
            Command::Unknown => {
                // Its braces stay, so that what it holds is read.
                self.optional();
                self.skip_space();
            }
        }
    }

    fn ensure_open(&mut self) {
        if !self.builder.is_open() {
            self.builder.open(BlockKind::Paragraph);
        }
    }

    fn begin(&mut self, open: Open) {
        if self.open.len() < DEEPEST {
            self.open.push(open);
        }
    }

    fn end_group(&mut self) {
        if let Some(Open::Group(_)) = self.open.last()
            && let Some(Open::Group(Some((mark, kind)))) = self.open.pop()
        {
            self.builder.end_mark(mark, kind);
        }
    }
}

/// Letters that mean more than themselves.
const SPECIAL: [char; 13] = [
    '\\', '{', '}', '%', '$', '\n', '~', '`', '\'', '-', '&', '#', '^',
];
