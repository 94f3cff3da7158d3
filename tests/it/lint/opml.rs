//! OPML.

use super::{Case, check_cases, check_good};

pub(super) const CASES: &[Case] = &[
    ("opml-version", 2, " version=\"2.0\">", ">"),
    ("opml-head", 2, "  </head>\n", "  </head>\n<head/>\n"),
    ("opml-body", 2, "</body>", "</body>\n<body/>"),
    ("opml-text", 8, "text=\"Harbor Notes\" ", ""),
    (
        "opml-xml-url",
        8,
        "xmlUrl=\"https://harbor.example/rss.xml\"",
        "",
    ),
    (
        "opml-relative-address",
        8,
        "https://harbor.example/rss.xml",
        "rss.xml",
    ),
    (
        "opml-type",
        8,
        "type=\"rss\" xmlUrl=\"https://harbor.example/rss.xml\"",
        "xmlUrl=\"https://harbor.example/rss.xml\"",
    ),
    ("opml-date", 5, "Fri, 06 Dec 2024 09:30:00 GMT", "today"),
    (
        "opml-feed-twice",
        12,
        "    </outline>\n",
        "    </outline>\n<outline text=\"H\" type=\"rss\" xmlUrl=\"https://harbor.example/rss.xml\"/>\n",
    ),
    ("rss-date-weekday", 5, "Fri, 06 Dec", "Mon, 06 Dec"),
    (
        "opml-outline",
        7,
        "    <outline text=\"Harbor Notes\" type=\"rss\" xmlUrl=\"https://harbor.example/rss.xml\"/>\n    <outline text=\"Topics\">\n      <outline text=\"Bridges\" type=\"rss\" xmlUrl=\"https://harbor.example/bridges.xml\"/>\n    </outline>\n",
        "",
    ),
];

#[test]
fn one_rule_at_a_time() {
    check_cases("feeds.opml", CASES);
}

#[test]
fn what_is_unusual_and_allowed() {
    let listed = "<outline text=\"Topics\"><outline text=\"Again\" type=\"rss\" xmlUrl=\"https://harbor.example/rss.xml\"/>";
    check_good("feeds.opml", &[("<outline text=\"Topics\">", listed)]);
}
