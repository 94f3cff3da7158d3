//! Plain text as mail programs write it: flowed or wrapped, quoted, signed.

use crate::{
    read::{blocks::Builder, wrap},
    text::{BlockKind, Text},
};
use std::borrow::Cow;

/// How lines that belong together are told (RFC 3676).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// They are not.
    Fixed,
    /// A line that goes on ends with a space.
    Spaced,
    /// The same, and the space is not the text's.
    Joined,
}

/// The longest signature, in lines; what is longer below its mark is text.
const SIGNATURE: usize = 25;

/// A line without its quotation marks.
struct Line<'t> {
    text: Cow<'t, str>,
    quoted: bool,
}

/// The text of a part.
pub(super) fn text(source: &str, flow: Flow) -> Text {
    let source = unsigned(source);
    let mut lines = lines(&source, flow);
    unquote_forwarded(&mut lines);
    cut_signature(&mut lines);
    let mut builder = Builder::with_capacity(source.len());
    let bullets = lines.iter().filter(|line| item(&line.text).is_some());
    let bulleted = bullets.count() > 1;
    for stretch in lines.chunk_by(|one, other| one.quoted == other.quoted) {
        let kind = if stretch[0].quoted {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        };
        let texts: Vec<&str> = stretch.iter().map(|line| line.text.trim()).collect();
        let groups: Vec<&[&str]> = texts
            .split(|line| is_rule(line))
            .filter(|group| !group.is_empty())
            .collect();
        let column = wrap::column(&groups);
        for group in groups {
            write(&mut builder, group, kind, column, bulleted);
        }
    }
    builder.finish()
}

/// Writes lines that no blank one parts.
fn write(
    builder: &mut Builder,
    group: &[&str],
    kind: BlockKind,
    column: Option<usize>,
    bulleted: bool,
) {
    let mut before: Option<&str> = None;
    for line in group {
        if is_address(line) {
            continue;
        }
        let listed = item(line).filter(|_| bulleted);
        let joint = match (before, column, listed) {
            (Some(last), Some(column), None) if wrap::is_full(last, line, column) => {
                Some(wrap::joint(last, line))
            }
            _ => None,
        };
        match joint {
            Some(joint) => builder.write(joint),
            None => builder.open(match listed {
                Some(_) => BlockKind::ListItem {
                    ordered: false,
                    depth: 0,
                },
                None => kind,
            }),
        }
        builder.write(&without_addresses(listed.unwrap_or(line)));
        before = Some(line);
    }
}

/// What is inside a signature of `OpenPGP` that stands around the text.
fn unsigned(source: &str) -> Cow<'_, str> {
    let start = "-----BEGIN PGP SIGNED MESSAGE-----";
    let Some((_, rest)) = source.split_once(start) else {
        return Cow::Borrowed(source);
    };
    let (_, rest) = rest.split_once("\n\n").unwrap_or(("", rest));
    let text = rest.split("\n-----BEGIN PGP SIGNATURE-----").next();
    let lines = text.unwrap_or(rest).split('\n');
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix("- ").unwrap_or(line))
        .collect();
    Cow::Owned(lines.join("\n"))
}

fn lines(source: &str, flow: Flow) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::new();
    // How deep the line before was quoted, if it goes on.
    let mut open: Option<usize> = None;
    for line in source.split('\n') {
        let (depth, text) = quoted(line);
        let text = match flow {
            Flow::Fixed => text,
            Flow::Spaced | Flow::Joined => text.strip_prefix(' ').unwrap_or(text),
        };
        let goes_on = flow != Flow::Fixed && text.ends_with(' ') && text != "-- ";
        let kept = if goes_on && flow == Flow::Joined {
            &text[..text.len() - 1]
        } else {
            text
        };
        match lines.last_mut() {
            Some(last) if open == Some(depth) && text != "-- " => last.text.to_mut().push_str(kept),
            _ => lines.push(Line {
                text: Cow::Borrowed(kept),
                quoted: depth > 0,
            }),
        }
        open = goes_on.then_some(depth);
    }
    lines
}

/// How deep a line is quoted, and what it says.
fn quoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        // "> > deeper" is written as often as ">> deeper".
        rest = match inner.strip_prefix(' ') {
            Some(deeper) if deeper.starts_with('>') => deeper,
            _ => inner,
        };
    }
    (depth, rest)
}

/// Some programs quote all of a mail that they pass on; then it is no
/// quotation.
fn unquote_forwarded(lines: &mut [Line]) {
    let Some(at) = lines
        .iter()
        .position(|line| super::forward::is_mark(&line.text))
    else {
        return;
    };
    let rest = &mut lines[at + 1..];
    let said = |line: &&Line| !line.text.trim().is_empty();
    if rest.iter().filter(said).all(|line| line.quoted) {
        for line in rest {
            line.quoted = false;
        }
    }
}

/// Cuts what stands below the mark that RFC 3676 gives signatures.
fn cut_signature(lines: &mut Vec<Line>) {
    let mark = |line: &Line| line.text == "-- " || line.text == "--";
    if let Some(at) = lines.iter().rposition(|line| !line.quoted && mark(line))
        && lines.len() - at <= SIGNATURE
        && at > 0
    {
        lines.truncate(at);
    }
}

/// A blank line, or one of dashes and the like.
fn is_rule(line: &str) -> bool {
    !line.contains(char::is_alphanumeric)
}

/// What an item of a list says.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["* ", "- ", "• ", "· "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
}

/// Whether a line is the address of a page and nothing else.
fn is_address(line: &str) -> bool {
    let line = line.trim_matches(['<', '>', '(', ')', '[', ']']);
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(' ')
}

/// Addresses in brackets are links of the HTML beside it.
fn without_addresses(line: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(line);
    for (open, close) in [('<', '>'), ('[', ']'), ('(', ')')] {
        if !kept.contains(open) {
            continue;
        }
        let mut done = String::with_capacity(kept.len());
        // Up to where it is written, and where the next bracket closes: many
        // may open before.
        let (mut from, mut shut) = (0, None);
        while let Some(at) = kept[from..].find(open).map(|at| from + at) {
            done.push_str(&kept[from..at]);
            let close_at = match shut.filter(|shut| *shut > at) {
                None => kept[at..].find(close).map(|end| at + end),
                known => known,
            };
            let Some(end) = close_at else {
                from = at;
                break;
            };
            shut = Some(end);
            if is_link(&kept[at + 1..end]) {
                from = end + 1;
            } else {
                done.push(open);
                from = at + 1;
            }
        }
        done.push_str(&kept[from..]);
        kept = Cow::Owned(done.replace("  ", " "));
    }
    kept
}

fn is_link(text: &str) -> bool {
    let text = text.trim();
    let known = ["http://", "https://", "mailto:"];
    known.iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}
