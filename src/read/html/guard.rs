//! Pages that would take a parser far longer than their size.
//!
//! The rules of HTML make a parser look through all open elements again and
//! again, open unclosed `<font>`s anew in each paragraph, and compare each
//! attribute with those before it: a file of a megabyte can ask for minutes and
//! gigabytes. What that costs is reckoned from the tags alone.

use memchr::memchr;

/// About as many steps as a tenth of a second has. Of real pages with a hundred
/// thousand tags none comes near.
const MOST: usize = 100_000_000;

/// So many elements are parsed. Each takes some four hundred bytes in the end;
/// a long page has a hundredth of these.
const MOST_ELEMENTS: usize = 500_000;

/// Elements that have no end tag.
#[rustfmt::skip]
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end tag may be missing; the next one ends them.
#[rustfmt::skip]
const OPTIONAL: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup",
    "colgroup", "html", "head", "body",
];

/// Elements that go on in the next paragraph when they are not closed.
#[rustfmt::skip]
const REOPENED: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Opening an element anew costs more than looking at it.
const REOPENING: usize = 40;

/// Whether parsing this takes no more time and memory than its size lets expect.
pub(super) fn is_cheap(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut depth, mut reopened, mut cost): (usize, usize, usize) = (0, 0, 0);
    let mut elements = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let start = at + found + 1;
        let closing = bytes.get(start) == Some(&b'/');
        let name = start + usize::from(closing);
        let length = bytes[name..]
            .iter()
            .take(MAX_NAME)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        at = start;
        if length == 0 {
            continue;
        }
        let tag = html[name..name + length].to_ascii_lowercase();
        let is = |list: &[&str]| list.contains(&tag.as_str());
        let (attributes, end) = attributes(bytes, name + length);
        at = end;
        if closing {
            reopened -= usize::from(reopened > 0 && is(REOPENED));
            depth -= usize::from(depth > 0 && !is(OPTIONAL) && !is(VOID));
        } else if !is(VOID) && !is(OPTIONAL) {
            depth += 1;
            reopened += usize::from(is(REOPENED));
        }
        elements += usize::from(!closing);
        cost += depth + attributes * attributes;
        if is(OPTIONAL) || tag == "div" {
            cost += REOPENING * reopened;
        }
        if cost > MOST || elements > MOST_ELEMENTS {
            return false;
        }
    }
    true
}

/// No element has a longer name that matters.
const MAX_NAME: usize = 16;

/// How many attributes follow, and where their tag ends.
fn attributes(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut count, mut before, mut at) = (0, b' ', from);
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\'') && before == b'=' {
            let Some(length) = memchr(*byte, &bytes[at + 1..]) else {
                break;
            };
            at += length + 1;
        } else if *byte == b'>' {
            return (count, at + 1);
        } else {
            let begins = before.is_ascii_whitespace() || before == b'/';
            count += usize::from(begins && !byte.is_ascii_whitespace());
        }
        before = *byte;
        at += 1;
    }
    (count, bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prop_assert_eq, proptest};

    fn attributes_byte_by_byte(bytes: &[u8], from: usize) -> (usize, usize) {
        let (mut count, mut quote, mut before) = (0, None, b' ');
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            let begins = before.is_ascii_whitespace() || before == b'/';
            match quote {
                Some(open) if open == *byte => quote = None,
                Some(_) => {}
                None if b"\"'".contains(byte) && before == b'=' => quote = Some(*byte),
                None if *byte == b'>' => return (count, at + 1),
                None => count += usize::from(begins && !byte.is_ascii_whitespace()),
            }
            before = *byte;
        }
        (count, bytes.len())
    }

    proptest! {
        #[test]
        fn values_are_skipped_as_if_read(tag in "( a=|[\"'/> =b]){0,20}", from in 0_usize..3) {
            let (found, read) = (attributes(tag.as_bytes(), from), attributes_byte_by_byte(tag.as_bytes(), from));
            prop_assert_eq!(found, read);
        }
    }
}
