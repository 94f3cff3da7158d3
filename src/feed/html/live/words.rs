//! Words with some of them marked.

use crate::feed::{body::push_escaped, html::text::push_attribute};
use std::ops::Range;

/// No text that is shown with marks is longer, in bytes.
const LONGEST: usize = 16 * 1024;

/// Appends text with what was searched for in it. Marks that are none of the
/// text are left out.
pub(super) fn push_marked(out: &mut String, text: &str, marks: &[Range<usize>]) {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut from = 0;
    for mark in marks {
        let (Some(before), Some(marked)) = (text.get(from..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        if marked.is_empty() {
            continue;
        }
        push_escaped(out, before);
        out.push_str("<mark>");
        push_escaped(out, marked);
        out.push_str("</mark>");
        from = mark.end;
    }
    push_escaped(out, &text[from..]);
}

/// Appends a link to an address that is written as one already.
pub(super) fn push_way(out: &mut String, address: &str, attributes: &str, text: &str) {
    out.push_str("<a");
    push_attribute(out, "href", address);
    out.push_str(attributes);
    out.push('>');
    push_escaped(out, text);
    out.push_str("</a>");
}

/// A number as people write it, and what it is of.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    let many = if count == 1 { one } else { many };
    format!("{} {many}", grouped(count))
}

/// A number in groups of three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
