//! Marks of Obsidian that Markdown does not know: comments, highlights, names
//! of blocks, callouts with a title.
//!
//! They are taken out of the source before it is parsed, outside of code, and
//! each only where it is complete: two equals signs in a formula stay.

use std::borrow::Cow;

/// The source without these marks.
pub(super) fn without_marks(source: &str) -> Cow<'_, str> {
    let marked = ["%%", "==", "[!", " ^"]
        .iter()
        .any(|mark| source.contains(mark));
    if !marked {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut fence: Option<&str> = None;
    let mut rest = source;
    // How much is left behind the line, so that a line of many comments is gone
    // through once.
    let mut behind = rest.len();
    while !rest.is_empty() {
        if behind >= rest.len() {
            let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            behind = rest.len() - end;
        }
        let end = rest.len() - behind;
        let line = &rest[..end];
        let bare = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            out.push_str(line);
            rest = &rest[end..];
            continue;
        }
        // A comment may go on over lines, but not into the end of the file.
        if let Some(start) = line.find("%%")
            && let Some(length) = rest[start + 2..].find("%%")
        {
            push_line(&mut out, &line[..start]);
            rest = &rest[start + 2 + length + 2..];
            continue;
        }
        push_line(&mut out, line);
        rest = &rest[end..];
    }
    Cow::Owned(out)
}

fn push_line(out: &mut String, line: &str) {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, "\n"),
        None => (line, ""),
    };
    let text = without_name(text);
    match callout(text) {
        // The title is a paragraph of its own.
        Some((quote, title)) => {
            out.push_str(quote);
            if !title.is_empty() {
                push_highlighted(out, title);
                out.push_str(end);
                out.push_str(quote.trim_end());
            }
        }
        None => push_highlighted(out, text),
    }
    out.push_str(end);
}

/// A line without the name that its block has: `... ^first-quote`.
fn without_name(line: &str) -> &str {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    match line.rsplit_once(" ^") {
        Some((before, name)) if is_name(name) => before,
        _ => line,
    }
}

/// The quotation mark of a callout's first line, and its title:
/// `> [!tip]- Read this first`.
fn callout(line: &str) -> Option<(&str, &str)> {
    let start = line.find("[!")?;
    let quote = &line[..start];
    let quoted = quote.contains('>') && quote.chars().all(|c| c == '>' || c == ' ');
    let (_, title) = line[start..].split_once(']')?;
    let title = title.trim_start_matches(['+', '-']).trim();
    quoted.then_some((quote, title))
}

/// Writes a text without the marks around `==highlights==`.
fn push_highlighted(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("==") {
        let closed = after
            .split_once("==")
            .filter(|(inside, _)| !inside.is_empty() && inside.trim() == *inside)
            .filter(|_| !before.ends_with('=') && !before.contains('`'));
        let Some((inside, after)) = closed else { break };
        out.push_str(before);
        out.push_str(inside);
        rest = after;
    }
    out.push_str(rest);
}
