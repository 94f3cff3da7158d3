//! Delta encoding of feeds (RFC 3229): a reader that says which edition it has,
//! and that it knows how to put entries together (`A-IM: feed`), is sent only
//! those that are new or have changed since.

use crate::channel::{Listed, Sheet};

/// Programs that ask for a part of a feed and take it for a fault when they get
/// it. The library feedparser asks on behalf of all who use it, and rss2email
/// (3.13) knows no status 226: it would show nothing until the server has
/// forgotten its edition.
const MISTAKEN: [&str; 2] = ["feedparser/", "rss2email/"];

/// Whether a reader takes feeds in part, by its `A-IM` and `User-Agent`.
pub(super) fn is_welcome(header: Option<&str>, agent: Option<&str>) -> bool {
    let manipulations = header.unwrap_or_default().split(',');
    let mut names = manipulations.map(|one| one.split(';').next().unwrap_or_default().trim());
    let is_mistaken = |agent: &str| MISTAKEN.iter().any(|name| agent.starts_with(name));
    names.any(|name| name.eq_ignore_ascii_case("feed")) && !agent.is_some_and(is_mistaken)
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
            assert_eq!(
                is_welcome(header, Some("newsboat/2.21")),
                is_asked,
                "{header:?}"
            );
        }
        for agent in [
            "feedparser/6.0.10 +https://feeds.example/",
            "rss2email/3.14",
        ] {
            assert!(!is_welcome(Some("feed"), Some(agent)), "{agent}");
        }
    }
}
