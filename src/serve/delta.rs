//! Delta encoding of feeds (RFC 3229): a reader that says which edition it has,
//! and that it knows how to put entries together (`A-IM: feed`), is sent only
//! those that are new or have changed since.

use crate::channel::{Listed, Sheet};

/// Whether a reader takes feeds in part, by its `A-IM`.
pub(super) fn is_welcome(header: Option<&str>) -> bool {
    let manipulations = header.unwrap_or_default().split(',');
    let mut names = manipulations.map(|one| one.split(';').next().unwrap_or_default().trim());
    names.any(|name| name.eq_ignore_ascii_case("feed"))
}

/// A sheet with those entries only that are not among these; nothing if these
/// are of no use.
pub(super) fn rest(mut sheet: Sheet, known: &[Listed]) -> Option<Sheet> {
    let all = sheet.entries.len();
    sheet.entries.retain(|listed| !known.contains(listed));
    (sheet.entries.len() < all).then_some(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_asks_gets_a_part() {
        for (header, is_asked) in [
            (None, false),
            (Some("feed"), true),
            (Some("vcdiff, Feed;q=1"), true),
            (Some("feeds, diffe"), false),
        ] {
            assert_eq!(is_welcome(header), is_asked, "{header:?}");
        }
    }
}
