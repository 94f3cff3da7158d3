//! Whatever bytes there are: no panic, and time that grows with their length.

use super::good;
use feedwright::feed;
use proptest::prelude::*;

const NAMES: [&str; 4] = ["rss.xml", "atom.xml", "feed.json", "feeds.opml"];

/// What breaks parsers.
const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "'",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<!DOCTYPE a [",
    "&#",
    "&#x;",
    "&#xD800;",
    "&lt;",
    "</",
    "/>",
    "=",
    " xmlns:a=''",
    "xmlns=",
    "\u{0}",
    "é",
    "🌉",
    "{",
    "}",
    "[",
    "]",
    "\\u",
    "\\ud83c",
    ":",
    ",",
    "<p ",
    "<a href=",
    "&lt;script&gt;",
    "\u{feff}",
];

fn check(bytes: &[u8]) {
    let linted = feed::lint(bytes);
    for finding in &linted.findings {
        assert!(finding.line > 0 && finding.column > 0);
        assert!(!finding.detail.contains(char::is_control));
    }
    let files = [
        ("a.xml".to_owned(), linted.clone()),
        ("b/a.xml".to_owned(), linted),
    ];
    let _ = feed::lint_together(&files);
    let _ = feed::is_feed_like(bytes);
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn changed_feeds_are_judged(
        which in 0..NAMES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, 0..PIECES.len()), 1..6),
    ) {
        let mut bytes = good(NAMES[which]).into_bytes();
        for (at, gone, piece) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].bytes());
        }
        check(&bytes);
    }

    #[test]
    fn pieces_of_markup_are_judged(
        pieces in prop::collection::vec(0..PIECES.len(), 0..40),
        as_html in any::<bool>(),
    ) {
        let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        if as_html {
            let quoted = serde_json::to_string(&text).unwrap();
            let json = good("feed.json").replace("\"It stays open.\"", &quoted);
            check(json.replace("\"summary\"", "\"content_html\"").as_bytes());
        } else {
            check(text.as_bytes());
        }
    }
}

/// Each would take hours if its time grew with the square of its length.
#[test]
fn hostile_feeds_take_no_more_time_than_good_ones() {
    const COUNT: usize = 300_000;
    let json = |html: &str| {
        let quoted = serde_json::to_string(html).unwrap();
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{{\"content_html\": {quoted}}}]}}"
        )
    };
    let deep = "<item>".repeat(COUNT);
    let prefixes: Vec<_> = (0..30_000).map(|n| format!("<a xmlns:p{n}='u'>")).collect();
    let prefixes = prefixes.concat();
    let attributes: Vec<_> = (0..COUNT / 10).map(|n| format!(" a{n}=''")).collect();
    let attributes = attributes.concat();
    for text in [
        format!("<rss version='2.0'><channel>{deep}"),
        format!(
            "<rss version='2.0'><channel>{deep}{}",
            "</item>".repeat(COUNT)
        ),
        format!("<rss{}", " a".repeat(COUNT)),
        format!("<rss{attributes}/>"),
        format!("<rss a='{}'/>", "&".repeat(COUNT)),
        format!("<rss a='{};'/>", "&a".repeat(COUNT)),
        format!("<rss>{}</rss>", "&".repeat(COUNT)),
        format!("<rss>{};</rss>", "& ".repeat(COUNT)),
        format!("<rss>{}</rss>", "]]>".repeat(COUNT)),
        format!("<rss>{}</rss>", "&#1;\n".repeat(COUNT)),
        format!("<rss>{prefixes}"),
        format!("<rss>{}", "<!--".repeat(COUNT)),
        format!("<rss>{}", "<![CDATA[".repeat(COUNT)),
        "<!DOCTYPE a [".to_owned() + &"<!ENTITY a 'a'>".repeat(COUNT / 5),
        "[".repeat(COUNT),
        "{\"a\":".repeat(COUNT),
        json(&"<".repeat(COUNT)),
        json(&"<a ".repeat(COUNT)),
        json(&"<a b='".repeat(COUNT)),
        json(&"<script></".repeat(COUNT)),
        json(&"<!--".repeat(COUNT)),
        json(&"&amp;lt;p".repeat(COUNT)),
        json(&format!("<img srcset='{}'>", ", ".repeat(COUNT))),
    ] {
        check(text.as_bytes());
    }
}
