//! Marks inside of a text.

use crate::{
    read::light::{self, Names, Piece},
    text::MarkKind,
};
use std::borrow::Cow;

/// What begins at this place of a text, if it is more than a letter.
pub(super) fn piece<'t>(names: &Names, text: &'t str, at: usize) -> Option<Piece<'t>> {
    let marked = |mark: &str, kind: MarkKind| {
        let inside = light::between(text, at, mark)?;
        let length = inside.len() + 2 * mark.len();
        Some(Piece::Marked(kind, Cow::Borrowed(inside), length))
    };
    match text.as_bytes()[at] {
        b'*' => marked("**", MarkKind::Strong).or_else(|| marked("*", MarkKind::Emphasis)),
        b'`' if text[at..].starts_with("``") => {
            let (inside, length) = light::inside(text, at, "``", "``")?;
            Some(Piece::Verbatim(MarkKind::Code, inside, length))
        }
        b'`' => interpreted(names, text, at, 0),
        b':' => {
            // A role: `:ref:` and the like before what they are about.
            let (role, length) = light::inside(text, at, ":", ":`")?;
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
            let named = !role.is_empty() && role.chars().all(letter);
            named.then(|| interpreted(names, text, at + length - 1, length - 1))?
        }
        b'|' => {
            let (name, length) = light::inside(text, at, "|", "|")?;
            let known = names.get(&format!("|{name}|"))?;
            Some(Piece::Text(Cow::Owned(known.clone()), length))
        }
        b'[' => {
            // A footnote's or citation's number.
            let (inside, length) = light::inside(text, at, "[", "]_")?;
            let short = inside.len() < 30 && !inside.contains(' ');
            short.then_some(Piece::Text(Cow::Borrowed(""), length))
        }
        b'_' => {
            // "word_" leads somewhere; what it leads to is told elsewhere.
            let after = text[at + 1..].trim_start_matches('_').chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)".contains(c));
            let word = text[..at].ends_with(char::is_alphanumeric);
            let length = text[at..].bytes().take_while(|byte| *byte == b'_').count();
            (ends && word && length <= 2).then_some(Piece::Text(Cow::Borrowed(""), length))
        }
        b'\\' => {
            let next = text[at + 1..].chars().next()?;
            let kept = if next == ' ' { 0 } else { next.len_utf8() };
            let said = &text[at + 1..at + 1 + kept];
            Some(Piece::Text(Cow::Borrowed(said), 1 + next.len_utf8()))
        }
        b'h' | b'm' => {
            let address = light::address(text, at)?;
            let kind = MarkKind::Link(address.to_owned());
            Some(Piece::Verbatim(kind, address, address.len()))
        }
        _ => None,
    }
}

/// What stands between single backticks: a link, or words with a role, the name
/// of which is `before` bytes long.
fn interpreted<'t>(names: &Names, text: &'t str, at: usize, before: usize) -> Option<Piece<'t>> {
    let (inside, length) = light::inside(text, at, "`", "`")?;
    let rest = &text[at + length..];
    let underscores = rest.bytes().take_while(|byte| *byte == b'_').count().min(2);
    let length = before + length + underscores;
    let (said, target) = match inside
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((said, target)) => (said.trim(), Some(target)),
        None => (inside, None),
    };
    let target = target.map_or_else(
        || names.get(&said.to_lowercase()).cloned(),
        |t| Some(t.to_owned()),
    );
    let web = target.filter(|target| target.starts_with("http") || target.starts_with("mailto:"));
    Some(match web {
        Some(target) if underscores > 0 => {
            Piece::Marked(MarkKind::Link(target), Cow::Borrowed(said), length)
        }
        _ if before > 0 => Piece::Text(Cow::Borrowed(said.trim_start_matches('~')), length),
        _ if underscores > 0 => Piece::Text(Cow::Borrowed(said), length),
        _ => Piece::Marked(MarkKind::Emphasis, Cow::Borrowed(said), length),
    })
}
