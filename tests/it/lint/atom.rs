//! Atom, and what RFC 5005 and RFC 6721 add.

use super::{Case, check_cases, check_good};

const AUTHOR: &str = "<author><name>Ilse Brandt</name><uri>https://harbor.example/ilse</uri><email>ilse@harbor.example</email></author>";
const TITLE: &str = "<title>The bridge &amp; its keeper: 2 &lt; 3</title>";

pub(super) const CASES: &[Case] = &[
    (
        "atom-feed-id",
        2,
        "<id>tag:harbor.example,2024:feed</id>",
        "",
    ),
    ("atom-feed-title", 2, "<title>Harbor Notes</title>", ""),
    (
        "atom-feed-updated",
        2,
        "  <updated>2024-12-06T09:30:00Z</updated>\n  <author>",
        "<author>",
    ),
    (
        "atom-feed-stale",
        6,
        "  <updated>2024-12-06T09:30:00Z</updated>\n  <author>",
        "  <updated>2024-12-06T09:29:59Z</updated>\n  <author>",
    ),
    (
        "atom-entry-id",
        16,
        "<id>tag:harbor.example,2024:bridge</id>",
        "",
    ),
    ("atom-entry-title", 16, TITLE, ""),
    (
        "atom-entry-updated",
        33,
        "<updated>2024-12-04T08:00:00Z</updated>",
        "",
    ),
    (
        "atom-id",
        34,
        "<id>https://harbor.example/third</id>",
        "<id>/third</id>",
    ),
    (
        "atom-id",
        34,
        "<id>https://harbor.example/third</id>",
        "<id/>",
    ),
    (
        "tag-uri",
        3,
        "tag:harbor.example,2024:feed",
        "tag:harbor.example,24:feed",
    ),
    (
        "atom-entry-id-unique",
        33,
        "<id>https://harbor.example/third</id>\n    <title>Elsewhere</title>\n    <updated>2024-12-04T08:00:00Z",
        "<id>tag:harbor.example,2024:bridge</id>\n    <title>Elsewhere</title>\n    <updated>2024-12-06T09:30:00Z",
    ),
    (
        "atom-id-of-feed",
        33,
        "https://harbor.example/third<",
        "tag:harbor.example,2024:feed<",
    ),
    (
        "atom-element-twice",
        35,
        "<title>Elsewhere</title>",
        "<title>Elsewhere</title><title>E</title>",
    ),
    (
        "atom-unknown-element",
        4,
        "<title>Harbor Notes</title>",
        "<title>Harbor Notes</title><description/>",
    ),
    ("atom-date", 36, "2024-12-04T08:00:00Z", "2024-12-04"),
    (
        "atom-date",
        36,
        "2024-12-04T08:00:00Z",
        "2024-12-04T08:00:00",
    ),
    (
        "atom-date",
        36,
        "2024-12-04T08:00:00Z",
        "Wed, 04 Dec 2024 08:00:00 GMT",
    ),
    (
        "atom-dates-order",
        19,
        "2024-12-06T08:30:00+01:00",
        "2024-12-06T09:30:01Z",
    ),
    (
        "atom-content",
        33,
        "    <summary>A sound.</summary>\n    <content type=\"audio/mpeg\" src=\"https://harbor.example/third.mp3\"/>\n",
        "",
    ),
    ("atom-summary", 33, "<summary>A sound.</summary>", ""),
    (
        "atom-content-type",
        25,
        "<content type=\"html\">",
        "<content type=\"HTML\">",
    ),
    (
        "atom-content-src",
        38,
        "third.mp3\"/>",
        "third.mp3\">x</content>",
    ),
    (
        "atom-text-type",
        24,
        "<summary>It stays",
        "<summary type=\"text/plain\">It stays",
    ),
    (
        "atom-text-element",
        35,
        "<title>Elsewhere</title>",
        "<title>Else<b>where</b></title>",
    ),
    (
        "atom-xhtml-div",
        31,
        "type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>",
        "type=\"xhtml\"><div><p>",
    ),
    (
        "atom-link-href",
        21,
        "href=\"https://harbor.example/bridge\" ",
        "",
    ),
    (
        "atom-link-address",
        21,
        "https://harbor.example/bridge\"",
        "https://harbor.example/the bridge\"",
    ),
    (
        "atom-link-relative",
        21,
        "https://harbor.example/bridge\"",
        "/bridge\"",
    ),
    ("atom-link-rel", 12, "rel=\"hub\"", "rel=\"hubb\""),
    ("atom-link-type", 21, "type=\"text/html\"", "type=\"html\""),
    (
        "atom-link-hreflang",
        9,
        "hreflang=\"en\"",
        "hreflang=\"english language\"",
    ),
    (
        "atom-link-alternates",
        9,
        "hreflang=\"en\"/>",
        "/><link href=\"https://harbor.example/b\"/>",
    ),
    (
        "hub-address",
        12,
        "https://hub.example/",
        "mailto:hub@hub.example",
    ),
    (
        "hub-self",
        12,
        "rel=\"self\" href=\"https://harbor.example/atom.xml\" type=\"application/atom+xml\"/>\n  <link href",
        "rel=\"via\" href=\"https://harbor.example/atom.xml\" type=\"application/atom+xml\"/>\n  <link rel=\"via\" href",
    ),
    ("atom-self-link", 2, "rel=\"self\"", "rel=\"via\""),
    ("atom-category-term", 23, "term=\"bridges\" ", ""),
    (
        "atom-category-scheme",
        23,
        "scheme=\"https://harbor.example/topics/\"",
        "scheme=\"topics\"",
    ),
    ("atom-person-name", 7, "<name>Ilse Brandt</name>", ""),
    (
        "atom-person-email",
        7,
        "ilse@harbor.example",
        "Ilse at the harbor",
    ),
    ("atom-address", 7, "https://harbor.example/ilse", "il se"),
    (
        "atom-link-relative",
        7,
        "https://harbor.example/ilse",
        "ilse",
    ),
    (
        "atom-address",
        14,
        "https://harbor.example/icon.png",
        "https://an icon/",
    ),
    (
        "archive-current",
        2,
        "<link rel=\"current\" href=\"atom.xml\"/>",
        "",
    ),
    (
        "deleted-entry",
        40,
        "when=\"2024-12-05T08:00:00Z\"",
        "when=\"yesterday\"",
    ),
    (
        "deleted-entry",
        40,
        "ref=\"tag:harbor.example,2024:gone\" ",
        "",
    ),
    (
        "deleted-entry-there",
        40,
        "ref=\"tag:harbor.example,2024:gone\"",
        "ref=\"https://harbor.example/third\"",
    ),
    ("html-relative-address", 31, "https://news.example/b", "b"),
    (
        "html-event-handler",
        31,
        "<p>See",
        "<p onmouseover=\"a()\">See",
    ),
    (
        "html-script",
        25,
        "&lt;p&gt;It",
        "&lt;p&gt;&lt;script src=\"https://a.example/\"&gt;&lt;/script&gt;It",
    ),
    (
        "text-escaped-twice",
        24,
        "It stays open.<",
        "It&amp;#8217;s open.<",
    ),
];

#[test]
fn one_rule_at_a_time() {
    check_cases("atom.xml", CASES);
}

#[test]
fn somebody_wrote_every_entry() {
    let good = super::good("atom.xml");
    let bare = good.replace(AUTHOR, "");
    let broken = super::broken(&feedwright::feed::lint(bare.as_bytes()));
    assert_eq!(broken, [16, 27, 33].map(|line| ("atom-author", line)));
    let each = bare.replace("</entry>", "<author><name>A</name></author></entry>");
    assert_eq!(super::broken(&feedwright::feed::lint(each.as_bytes())), []);
}

#[test]
fn what_is_unusual_and_allowed() {
    check_good(
        "atom.xml",
        &[
            (TITLE, "<title/>"),
            ("rel=\"hub\"", "rel=\"https://harbor.example/rel\""),
            (
                "<title>Elsewhere</title>",
                "<title type=\"html\">&lt;b>E&lt;/b> &amp;amp; more</title>",
            ),
            // One entry, told anew: RFC 4287 allows both in one feed.
            (
                "https://harbor.example/third<",
                "tag:harbor.example,2024:bridge<",
            ),
            // An entry that came back after it was withdrawn.
            (
                "ref=\"tag:harbor.example,2024:gone\"",
                "ref=\"tag:harbor.example,2024:bridge\"",
            ),
        ],
    );
}
