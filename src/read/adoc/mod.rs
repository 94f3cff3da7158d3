//! `AsciiDoc`: <https://docs.asciidoctor.org/asciidoc/latest/>.
//!
//! Includes and macros that would need other files are left out.

mod inline;

use super::{
    Format, Input, ReadError, Reader, charset,
    light::{Lists, Writer},
    meta::{self, Fields, Value},
};
use crate::{
    article::{Article, Origin},
    text::BlockKind,
};

pub(super) const FORMAT: Format = Format {
    endings: &["adoc", "asciidoc"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    let source = charset::decode(input.bytes)?;
    let mut document = Document {
        lines: source.lines().collect(),
        at: 0,
        writer: Writer::new(source.len(), inline::piece),
        lists: Lists::default(),
        paragraph: Vec::new(),
        kind: BlockKind::Paragraph,
        style: String::new(),
        speaker: String::new(),
    };
    let fields = document.header();
    while document.at < document.lines.len() {
        document.line();
    }
    document.end_paragraph();
    let mut article = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    meta::take_over(fields, &mut article);
    article.text = document.writer.finish();
    Ok(article)
}

struct Document<'t> {
    lines: Vec<&'t str>,
    at: usize,
    writer: Writer,
    lists: Lists,
    /// The lines of the block that is being read, and what it is.
    paragraph: Vec<&'t str>,
    kind: BlockKind,
    /// What the line of attributes before a block calls it, and whom it names.
    style: String,
    speaker: String,
}

impl Document<'_> {
    /// The title, the lines for author and revision, and attributes.
    fn header(&mut self) -> Fields {
        let mut fields = Fields::new();
        let text = |text: &str| Value::Text(text.to_owned());
        while let Some(line) = self.lines.get(self.at).copied() {
            if let Some(title) = line.strip_prefix("= ") {
                fields.push(("title".to_owned(), Value::Text(self.writer.said(title))));
                self.at += 1;
                self.authors(&mut fields);
            } else if let Some((name, value)) = attribute(line) {
                fields.push((meta::key(name), text(value)));
                self.writer.names.insert(name.to_owned(), value.to_owned());
                self.at += 1;
            } else if line.trim().is_empty() || line.starts_with("//") && !line.starts_with("////")
            {
                self.at += 1;
            } else {
                break;
            }
        }
        fields
    }

    /// "Ann Lee <ann@example.org>; Bo Roe", then "v1.0, 2024-12-05: First".
    fn authors(&mut self, fields: &mut Fields) {
        let ends = |line: &str| line.trim().is_empty() || line.starts_with([':', '/']);
        let Some(line) = self.lines.get(self.at).filter(|line| !ends(line)) else {
            return;
        };
        let names = line.split(';').map(|name| {
            let name = name.split('<').next().unwrap_or_default();
            Value::Text(name.replace('_', " ").trim().to_owned())
        });
        fields.push(("author".to_owned(), Value::List(names.collect())));
        self.at += 1;
        let Some(line) = self.lines.get(self.at).filter(|line| !ends(line)) else {
            return;
        };
        let date = line.split(": ").next().unwrap_or_default();
        let date = match date.split_once(", ") {
            Some((version, rest)) if is_version(version) => rest,
            _ => date,
        };
        if !is_version(date) {
            fields.push(("date".to_owned(), Value::Text(date.trim().to_owned())));
        }
        self.at += 1;
    }

    fn line(&mut self) {
        let line = self.lines[self.at].trim_end();
        let bare = line.trim_start();
        self.at += 1;
        if bare.is_empty() {
            self.end_paragraph();
        } else if let Some(fence) = fence(line) {
            self.end_paragraph();
            self.fenced(fence);
        } else if line.starts_with("//") {
            // A comment does not end a paragraph.
        } else if let Some((name, value)) = attribute(line) {
            self.writer.names.insert(name.to_owned(), value.to_owned());
        } else if let Some((style, speaker)) = self.attributes(line) {
            self.end_paragraph();
            (self.style, self.speaker) = (style, speaker);
        } else if let Some((level, heading)) = heading(line) {
            self.end_paragraph();
            self.lists.end();
            self.style.clear();
            self.writer.block(BlockKind::Heading(level), heading);
        } else if matches!(line, "'''" | "<<<" | "---" | "- - -" | "***" | "+") {
            self.end_paragraph();
        } else if let Some((address, attributes)) = block_macro(line) {
            self.end_paragraph();
            self.style.clear();
            self.block_macro(address, attributes);
        } else if let Some((ordered, level, text)) = item(bare) {
            self.end_paragraph();
            let depth = self.lists.depth(level);
            self.kind = BlockKind::ListItem { ordered, depth };
            self.paragraph.push(text);
        } else if self.paragraph.is_empty() && line.starts_with(' ') && self.style.is_empty() {
            self.literal();
        } else if self.paragraph.is_empty() && line.starts_with('.') && line.len() > 1 {
            // The title of the block that follows is its caption.
        } else {
            if self.paragraph.is_empty() {
                self.begin_paragraph();
            }
            self.paragraph.push(bare);
        }
    }

    /// A paragraph is what the line of attributes before it says.
    fn begin_paragraph(&mut self) {
        self.kind = match &*std::mem::take(&mut self.style) {
            "quote" | "verse" => BlockKind::Quote,
            "source" | "listing" | "literal" => BlockKind::Code,
            _ => BlockKind::Paragraph,
        };
    }

    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        if self.kind == BlockKind::Code {
            self.writer.code(&lines);
        } else {
            let hard = |line: &&str| line.strip_suffix(" +").unwrap_or(line).to_owned();
            let text = lines.iter().map(hard).collect::<Vec<_>>().join(" ");
            self.writer.block(self.kind, without_label(&text));
            if self.kind == BlockKind::Quote {
                self.sign();
            }
        }
        self.kind = BlockKind::Paragraph;
    }

    /// The style that a line in brackets gives to the block after it, and who
    /// is quoted in that.
    fn attributes(&self, line: &str) -> Option<(String, String)> {
        let inside = line.strip_prefix('[')?.strip_suffix(']')?;
        if !self.paragraph.is_empty() || inside.contains("](") {
            return None;
        }
        let (style, rest) = inside.split_once(',').unwrap_or((inside, ""));
        let style = style.split(['.', '#', '%']).next().unwrap_or_default();
        let style = style.trim().to_ascii_lowercase();
        let quotes = matches!(&*style, "quote" | "verse");
        let speaker = rest
            .split(',')
            .next()
            .filter(|_| quotes)
            .unwrap_or_default();
        Some((style, speaker.trim_matches(['"', ' ']).to_owned()))
    }

    /// A block between two equal lines.
    fn fenced(&mut self, fence: &str) {
        let style = std::mem::take(&mut self.style);
        let start = self.at;
        let rest = &self.lines[start..];
        let length = rest.iter().position(|line| line.trim_end() == fence);
        let length = length.unwrap_or(rest.len());
        let lines: Vec<&str> = rest[..length].to_vec();
        let past = |at: usize| (at + length + 1).min(self.lines.len());
        match fence.as_bytes()[0] {
            b'/' | b'+' => self.at = past(start),
            b'-' if fence.len() > 2 => {
                self.at = past(start);
                self.writer.code(&lines);
            }
            b'.' | b'`' => {
                self.at = past(start);
                self.writer.code(&lines);
            }
            b'_' | b'"' => {
                self.at = past(start);
                self.quoted(&lines, &style);
            }
            b'|' => {
                self.at = past(start);
                self.table(&lines);
            }
            // Examples, sidebars and open blocks hold text like any other; both
            // of their lines are passed over.
            _ => {}
        }
    }

    fn quoted(&mut self, lines: &[&str], style: &str) {
        let verse = style == "verse";
        for paragraph in lines.split(|line| line.trim().is_empty()) {
            if verse {
                for line in paragraph {
                    self.writer.block(BlockKind::Quote, line);
                }
            } else {
                self.writer.block(BlockKind::Quote, &paragraph.join(" "));
            }
        }
        self.sign();
    }

    /// Names who was quoted, as a line under the words.
    fn sign(&mut self) {
        let speaker = std::mem::take(&mut self.speaker);
        if !speaker.is_empty() {
            self.writer.block(BlockKind::Quote, &format!("— {speaker}"));
        }
    }

    /// Rows are lines; where the first has one cell only, a blank line or the
    /// number of cells in the first filled line tells where a row ends.
    fn table(&mut self, lines: &[&str]) {
        let cells = |line: &str| -> Vec<String> {
            let cells = line.split('|').skip(1);
            cells.map(|cell| cell.trim().to_owned()).collect()
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for line in lines
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
        {
            let found = cells(line);
            let columns = rows.first().map_or(0, Vec::len);
            match rows.last_mut() {
                // A cell goes on in the next line.
                Some(row) if found.is_empty() => {
                    if let Some(cell) = row.last_mut() {
                        cell.push(' ');
                        cell.push_str(line);
                    }
                }
                Some(row) if found.len() < columns && row.len() + found.len() <= columns => {
                    row.extend(found);
                }
                _ => rows.push(found),
            }
        }
        self.writer.table(&rows);
    }

    fn block_macro(&mut self, address: &str, attributes: &str) {
        let alt = attributes.split(',').next().unwrap_or_default();
        let folder = self.writer.names.get("imagesdir").cloned();
        let whole = match folder {
            Some(folder) if !address.is_empty() && !address.contains("://") => {
                format!("{folder}/{address}")
            }
            _ => address.to_owned(),
        };
        self.writer.picture(&whole, alt.trim_matches('"'));
    }

    /// Lines that are set in are as they are.
    fn literal(&mut self) {
        let start = self.at - 1;
        let rest = &self.lines[start..];
        let length = rest.iter().position(|line| line.trim().is_empty());
        let lines: Vec<&str> = rest[..length.unwrap_or(rest.len())].to_vec();
        self.at = start + lines.len();
        self.writer.code(&lines);
    }
}

fn is_version(text: &str) -> bool {
    let digits = text.trim().trim_start_matches('v');
    !digits.is_empty()
        && digits.len() < 10
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn attribute(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '!');
    let named = !name.is_empty() && name.chars().all(letter);
    let parted = value.is_empty() || value.starts_with(' ');
    (named && parted).then_some((name, value.trim()))
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let marks = line.bytes().take_while(|byte| *byte == b'=').count();
    let text = line[marks..].strip_prefix(' ')?;
    let level = u8::try_from(marks)
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    Some((
        level,
        text.trim()
            .trim_end_matches(" =")
            .trim_end_matches('=')
            .trim_end(),
    ))
}

/// The line that begins and ends a block.
fn fence(line: &str) -> Option<&str> {
    let first = *line.as_bytes().first()?;
    let table = matches!(line, "|===" | ",===" | ":===");
    let long = line.len() >= 4 && line.bytes().all(|byte| byte == first);
    let fenced = long && b"-.=*_+/".contains(&first);
    let other = line == "--" || line.starts_with("```") || line == "\"\"";
    if line.starts_with("```") {
        return Some("```");
    }
    (table || fenced || other).then_some(if table { "|===" } else { line })
}

fn block_macro(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once("::")?;
    let (address, attributes) = rest.strip_suffix(']')?.split_once('[')?;
    if name == "image" {
        return Some((address, attributes));
    }
    // Others show what is not in the file.
    let known = [
        "include", "video", "audio", "toc", "ifdef", "ifndef", "endif", "ifeval",
    ];
    known.contains(&name).then_some(("", ""))
}

/// Whether an item is numbered, how far in it is, and its text.
fn item(line: &str) -> Option<(bool, usize, &str)> {
    let (mark, text) = line.split_once(' ')?;
    let same = |letter: u8| mark.len() <= 5 && mark.bytes().all(|byte| byte == letter);
    let number = mark.strip_suffix('.');
    let numbered = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let (ordered, level) = if numbered {
        (true, 1)
    } else if same(b'*') {
        (false, mark.len())
    } else if same(b'.') {
        (true, mark.len())
    } else if mark == "-" {
        (false, 1)
    } else {
        return None;
    };
    let text = text.trim();
    let boxes = ["[ ] ", "[x] ", "[*] "];
    let text = boxes
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text);
    Some((ordered, level, text))
}

/// A paragraph without the label of an admonition.
fn without_label(text: &str) -> &str {
    let labels = ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];
    labels
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
}
