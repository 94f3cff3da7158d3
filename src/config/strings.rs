//! Places within a string's value, found again in the file: escapes and line
//! ends make the two differ.

use std::ops::Range;

/// Where a stretch of a string's `value` is written in `raw`, which is the
/// string as the file has it, quotation marks included. Nothing when `raw` does
/// not mean this value after all.
pub(super) fn place(raw: &str, value: &str, within: &Range<usize>) -> Option<Range<usize>> {
    let mut place: Option<Range<usize>> = None;
    let mut at = 0;
    for (c, written) in characters(raw)? {
        let next = at + c.len_utf8();
        if !value[at..].starts_with(c) {
            return None;
        }
        if at < within.end && within.start < next {
            let start = place.map_or(written.start, |place| place.start);
            place = Some(start..written.end);
        }
        at = next;
    }
    place.filter(|_| at == value.len())
}

/// The characters of a string, and where each is written.
fn characters(raw: &str) -> Option<Vec<(char, Range<usize>)>> {
    let quote = raw.chars().next()?;
    let marks = match quote {
        '"' if raw.starts_with("\"\"\"") => 3,
        '\'' if raw.starts_with("'''") => 3,
        '"' | '\'' => 1,
        _ => return None,
    };
    let end = raw.len().checked_sub(marks)?;
    let mut at = marks;
    if marks == 3 {
        // A line end right after the marks is none of the text.
        at += line_end(raw.get(at..end)?);
    }
    let mut characters = Vec::new();
    while at < end {
        let rest = raw.get(at..end)?;
        let first = rest.chars().next()?;
        if first != '\\' || quote == '\'' {
            let next = at + first.len_utf8();
            characters.push((first, at..next));
            at = next;
        } else if let Some((c, length)) = escape(&rest[1..]) {
            characters.push((c, at..at + 1 + length));
            at += 1 + length;
        } else {
            // The line goes on below.
            at += 1 + rest[1..].len() - rest[1..].trim_start().len();
        }
    }
    Some(characters)
}

fn line_end(text: &str) -> usize {
    ["\r\n", "\n"]
        .into_iter()
        .find(|end| text.starts_with(end))
        .map_or(0, str::len)
}

/// The character that is written so after a backslash, and how long that is.
fn escape(rest: &str) -> Option<(char, usize)> {
    let digits = |count: usize| {
        let number = u32::from_str_radix(rest.get(1..=count)?, 16).ok()?;
        Some((char::from_u32(number)?, 1 + count))
    };
    let plain = |c| Some((c, 1));
    match rest.chars().next()? {
        'b' => plain('\u{8}'),
        't' => plain('\t'),
        'n' => plain('\n'),
        'f' => plain('\u{c}'),
        'r' => plain('\r'),
        'e' => plain('\u{1b}'),
        c @ ('"' | '\\') => plain(c),
        'x' => digits(2),
        'u' => digits(4),
        'U' => digits(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::place;
    use proptest::{prelude::*, sample::select};
    use toml::de::DeValue;

    /// Texts and how they are written in a string of this kind.
    fn pieces(marks: &'static str) -> &'static [(&'static str, &'static str)] {
        match marks {
            "'" => &[
                ("a", "a"),
                ("é", "é"),
                ("\"", "\""),
                ("\\", "\\"),
                (" ", " "),
            ],
            "'''" => &[
                ("a", "a"),
                ("'b", "'b"),
                ("\n", "\n"),
                ("\\", "\\"),
                ("東", "東"),
            ],
            "\"" => &[
                ("a", "a"),
                ("é", "é"),
                ("é", "\\u00e9"),
                ("\"", "\\\""),
                ("\\", "\\\\"),
                ("\t", "\\t"),
                ("😀", "\\U0001F600"),
                ("a", "\\x61"),
            ],
            _ => &[
                ("a", "a"),
                ("é", "é"),
                ("\n", "\n"),
                ("\"b", "\"b"),
                ("c", "\\\n  c"),
                ("c", "\\ \r\n\n\tc"),
                ("é", "\\u00e9"),
            ],
        }
    }

    proptest! {
        #[test]
        fn each_piece_of_a_string_is_found_where_it_is_written(
            marks in select(vec!["'", "'''", "\"", "\"\"\""]),
            chosen in prop::collection::vec((0..8_usize, any::<bool>()), 1..12),
        ) {
            let pieces = pieces(marks);
            let (mut value, mut raw) = (String::new(), marks.to_owned());
            if marks.len() == 3 {
                raw.push_str("\r\n");
            }
            let mut places = Vec::new();
            for (at, _) in chosen {
                let (text, written) = pieces[at % pieces.len()];
                places.push((value.len()..value.len() + text.len(), written));
                value.push_str(text);
                raw.push_str(written);
            }
            raw.push_str(marks);
            let parsed = DeValue::parse(&raw).unwrap();
            prop_assert_eq!(parsed.get_ref().as_str(), Some(&*value));
            for (within, written) in places {
                let found = place(&raw, &value, &within).map(|place| &raw[place]);
                let seen = written.trim_start_matches("\\\n  ").trim_start_matches("\\ \r\n\n\t");
                prop_assert_eq!(found, Some(seen), "{:?}", raw);
            }
            prop_assert_eq!(place(&raw, &format!("{value}x"), &(0..1)), None);
        }
    }
}
