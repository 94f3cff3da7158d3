//! JSON Feed.

use super::{Case, broken, check_cases, check_good, good};
use feedwright::feed;

pub(super) const CASES: &[Case] = &[
    (
        "json-malformed",
        7,
        "archive/1/feed.json\",",
        "archive/1/feed.json\"",
    ),
    ("json-malformed", 17, "\\ud83c\\udf09", "\\ud83c"),
    ("json-malformed", 17, "The bridge", "The\tbridge"),
    ("json-malformed", 12, "-1.5e3", "01"),
    (
        "json-doubled-key",
        4,
        "\"title\": \"Harbor Notes\",",
        "\"title\": \"Harbor Notes\",\n\"title\": \"Harbor\",",
    ),
    ("json-version", 2, "version/1.1", "version/2"),
    ("json-title", 1, "\"title\": \"Harbor Notes\",", ""),
    ("json-items", 1, "\"items\": [", "\"_items\": ["),
    ("json-type", 9, "\"expired\": false", "\"expired\": \"no\""),
    ("json-type", 23, "[\"bridges\"]", "[1]"),
    ("json-type", 23, "[\"bridges\"]", "\"bridges\""),
    ("json-unknown-key", 7, "\"description\"", "\"descripton\""),
    (
        "json-address",
        16,
        "https://harbor.example/bridge\"",
        "/bridge\"",
    ),
    ("json-id", 28, "\"id\": \"second\",", ""),
    ("json-id", 29, "\"id\": \"second\",", "\"id\": \"\","),
    ("json-id-string", 29, "\"id\": \"second\",", "\"id\": 2,"),
    (
        "json-id-unique",
        29,
        "\"id\": \"second\",",
        "\"id\": \"tag:harbor.example,2024:bridge\",",
    ),
    (
        "json-content",
        28,
        "\"content_text\": \"A <b> is a tag in HTML, and &amp; a reference.\"",
        "\"title\": \"A\"",
    ),
    (
        "json-date",
        21,
        "2024-12-06T08:30:00+01:00",
        "2024-12-06 08:30",
    ),
    (
        "json-dates-order",
        22,
        "2024-12-06T09:30:00Z",
        "2024-12-05T09:30:00Z",
    ),
    (
        "json-author",
        11,
        "\"authors\": [{\"name\": \"Ilse Brandt\", \"url\": \"https://harbor.example/ilse\"}]",
        "\"author\": {\"name\": \"Ilse Brandt\"}",
    ),
    (
        "json-author-empty",
        11,
        "{\"name\": \"Ilse Brandt\", \"url\": \"https://harbor.example/ilse\"}",
        "{}",
    ),
    ("json-attachment", 25, "\"mime_type\": \"audio/mpeg\", ", ""),
    (
        "json-language",
        8,
        "\"language\": \"en\"",
        "\"language\": \"English tongue\"",
    ),
    (
        "json-feed-url",
        1,
        "\"feed_url\": \"https://harbor.example/feed.json\",",
        "",
    ),
    (
        "hub-address",
        10,
        "\"url\": \"https://hub.example/\"",
        "\"url\": \"ftp://hub.example/\"",
    ),
    (
        "hub-self",
        9,
        "\"home_page_url\": \"https://harbor.example/\",\n  \"feed_url\": \"https://harbor.example/feed.json\",",
        "",
    ),
    (
        "json-next-url",
        6,
        "archive/1/feed.json",
        "https://harbor.example/feed.json",
    ),
    ("json-control-character", 17, "\\ud83c\\udf09", "\\u000b"),
    (
        "html-relative-address",
        18,
        "https:\\/\\/news.example/a",
        "a",
    ),
    ("text-escaped-twice", 17, "bridge & its", "bridge &amp; its"),
    (
        "tag-uri",
        15,
        "tag:harbor.example,2024:bridge",
        "tag:bridge",
    ),
];

#[test]
fn one_rule_at_a_time() {
    check_cases("feed.json", CASES);
}

#[test]
fn the_older_version_is_known() {
    let old = good("feed.json")
        .replace("version/1.1", "version/1")
        .replace(
            "\"authors\": [{\"name\": \"Ilse Brandt\", \"url\": \"https://harbor.example/ilse\"}]",
            "\"author\": {\"name\": \"Ilse Brandt\"}",
        );
    assert_eq!(broken(&feed::lint(old.as_bytes())), [("json-old", 2)]);
}

#[test]
fn what_is_unusual_and_allowed() {
    check_good(
        "feed.json",
        &[
            (
                "\"feed_url\": \"https://harbor.example/feed.json\",",
                "\"feed_url\": \"https:\\u002f/harbor.example/feed.json\",",
            ),
            (
                "\"home_page_url\": \"https://harbor.example/\",\n  \"feed_url\": \"https://harbor.example/feed.json\",\n  \"next_url\": \"archive/1/feed.json\",\n  \"description\": \"What happens at the harbor\",\n  \"language\": \"en\",\n  \"expired\": false,\n  \"hubs\": [{\"type\": \"WebSub\", \"url\": \"https://hub.example/\"}],",
                "",
            ),
            ("\"summary\": \"It stays open.\",", "\"summary\": \"\","),
        ],
    );
}
