//! RSS, and HTML in it.

use super::{Case, check_cases, check_good};

pub(super) const CASES: &[Case] = &[
    (
        "rss-version",
        2,
        "<rss version=\"2.0\"",
        "<rss version=\"3.0\"",
    ),
    ("rss-version", 2, "<rss version=\"2.0\"", "<rss"),
    (
        "rss-old",
        2,
        "<rss version=\"2.0\"",
        "<rss version=\"0.92\"",
    ),
    ("rss-channel", 2, "</channel>", "</channel><channel/>"),
    (
        "rss-channel-title",
        3,
        "<title>Harbor Notes &#x26; Letters</title>",
        "",
    ),
    (
        "rss-channel-title",
        4,
        "<title>Harbor Notes &#x26; Letters</title>",
        "<title> </title>",
    ),
    (
        "rss-channel-link",
        3,
        "    <link>https://harbor.example/</link>\n    <desc",
        "    <desc",
    ),
    (
        "rss-channel-description",
        3,
        "<description>What happens at the harbor</description>",
        "",
    ),
    (
        "rss-element-twice",
        14,
        "<ttl>60</ttl>",
        "<ttl>60</ttl><ttl>60</ttl>",
    ),
    (
        "rss-element-twice",
        41,
        "No title is needed.</description>",
        "</description>\n<description/>",
    ),
    ("rss-unknown-element", 14, "<ttl>60</ttl>", "<tll>60</tll>"),
    (
        "rss-unknown-element",
        45,
        "</channel>",
        "</channel>\n<item/>",
    ),
    ("rss-self-link", 3, "rel=\"self\"", "rel=\"via\""),
    (
        "rss-address",
        24,
        "<link>https://harbor.example/bridge?a=1&amp;b=2</link>",
        "<link>/bridge</link>",
    ),
    (
        "rss-address",
        24,
        "<link>https://harbor.example/bridge?a=1&amp;b=2</link>",
        "<link>https://a b/</link>",
    ),
    (
        "rss-language",
        7,
        "<language>en-GB</language>",
        "<language>English (UK)</language>",
    ),
    (
        "rss-language",
        35,
        "<dc:language>de</dc:language>",
        "<dc:language>de_DE</dc:language>",
    ),
    (
        "rss-date",
        31,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "2024-12-06T08:30:00Z",
    ),
    (
        "rss-date",
        31,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "Fri, 06 Dec 2024 08:30:00",
    ),
    (
        "rss-date",
        31,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "Fri, 31 Nov 2024 08:30:00 GMT",
    ),
    (
        "rss-date-weekday",
        31,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "Mon, 06 Dec 2024 08:30:00 +0100",
    ),
    (
        "rss-date-year",
        31,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "Fri, 06 Dec 24 08:30:00 GMT",
    ),
    (
        "rss-last-build-date",
        11,
        "Fri, 06 Dec 2024 08:30:00 +0100",
        "Fri, 06 Dec 2024 10:30:00 GMT",
    ),
    ("rss-ttl", 14, "<ttl>60</ttl>", "<ttl>-1</ttl>"),
    ("rss-skip-hours", 16, "<hour>23</hour>", "<hour>24</hour>"),
    ("rss-skip-hours", 16, "<hour>23</hour>", "<hour>0</hour>"),
    ("rss-skip-days", 17, "<day>Sunday</day>", "<day>Sun</day>"),
    (
        "rss-image",
        15,
        "<url>https://harbor.example/a.png</url>",
        "",
    ),
    (
        "rss-item",
        39,
        "<description xml:lang=\"en\">No title is needed.</description>",
        "",
    ),
    (
        "rss-author",
        26,
        "ada@harbor.example (Ada Nordholm)",
        "Ada Nordholm",
    ),
    (
        "rss-guid",
        39,
        "<guid>https://harbor.example/second</guid>",
        "",
    ),
    (
        "rss-guid-empty",
        41,
        "<guid>https://harbor.example/second</guid>",
        "<guid/>",
    ),
    (
        "rss-guid-unique",
        41,
        "<guid>https://harbor.example/second</guid>",
        "<guid isPermaLink=\"false\">tag:harbor.example,2024:bridge</guid>",
    ),
    (
        "rss-guid-permalink",
        41,
        "<guid>https://harbor.example/second</guid>",
        "<guid>second</guid>",
    ),
    (
        "rss-guid-attribute",
        41,
        "<guid>https://harbor.example/second</guid>",
        "<guid isPermaLink=\"no\">https://harbor.example/second</guid>",
    ),
    (
        "rss-description-order",
        40,
        "<item>\n      <description xml:lang",
        "<item>\n      <content:encoded>A</content:encoded><description xml:lang",
    ),
    ("rss-enclosure", 29, "length=\"1234\"", "length=\"1.2 KB\""),
    ("rss-enclosure", 29, "type=\"audio/mpeg\"", "type=\"mp3\""),
    (
        "rss-enclosures",
        41,
        "<guid>https://harbor.example/second</guid>",
        "<guid>https://harbor.example/second</guid><enclosure url=\"https://a.example/1\" length=\"1\" type=\"a/b\"/><enclosure url=\"https://a.example/2\" length=\"1\" type=\"a/b\"/>",
    ),
    (
        "rss-source",
        32,
        "<source url=\"https://news.example/rss.xml\">",
        "<source>",
    ),
    (
        "rss-category",
        12,
        "<category>Harbor</category>",
        "<category/>",
    ),
    (
        "rss-media",
        37,
        "<media:thumbnail url=\"https://news.example/a.png\"/>",
        "<media:thumbnail url=\"/a.png\"/>",
    ),
    (
        "tag-uri",
        30,
        "tag:harbor.example,2024:bridge",
        "tag:harbor.example:bridge",
    ),
    ("xml-lang", 40, "xml:lang=\"en\"", "xml:lang=\"e\""),
    (
        "html-script",
        33,
        "<p>See ",
        "<p><SCRIPT>if (a < b) alert('<p onclick=1>')</Script>",
    ),
    ("html-event-handler", 33, "<p>See ", "<p onClick='a()'>"),
    (
        "html-script-address",
        33,
        "https://news.example/a'",
        "java&#115;cript:alert(1)'",
    ),
    (
        "html-script-address",
        33,
        "https://news.example/a'",
        " java\tscript:alert(1)'",
    ),
    (
        "html-embedded",
        33,
        "<p>See ",
        "<iframe src=\"https://a.example/\"></iframe>",
    ),
    (
        "html-relative-address",
        33,
        "https://news.example/a'",
        "/a'",
    ),
    (
        "html-relative-address",
        33,
        "https://news.example/a,b.png 2x",
        "b.png 2x",
    ),
    (
        "html-relative-address",
        33,
        "cite=\"https://news.example/q\"",
        "cite=q",
    ),
    (
        "html-relative-address",
        40,
        "No title is needed.",
        "&lt;video poster='a.png'>&lt;/video>",
    ),
    (
        "html-escaped-twice",
        40,
        "No title is needed.",
        "&amp;lt;p&amp;gt;No title",
    ),
    (
        "html-escaped-twice",
        40,
        "No title is needed.",
        "No&amp;amp;nbsp;title &lt;br>",
    ),
    (
        "text-escaped-twice",
        23,
        "bridge &#x26; its",
        "bridge &#x26;amp; its",
    ),
    (
        "text-markup",
        23,
        "The bridge",
        "&#x3C;b>The&#x3C;/b> bridge",
    ),
    ("archive-current", 3, "rel=\"current\"", "rel=\"related\""),
    (
        "archive-self",
        20,
        "https://harbor.example/archive/1/rss.xml",
        "https://harbor.example/rss.xml",
    ),
    ("archive-complete", 3, "<fh:archive/>", "<fh:complete/>"),
    (
        "atom-link-relative",
        18,
        "href=\"https://harbor.example/rss.xml\" rel=\"self\"",
        "href=\"rss.xml\" rel=\"self\"",
    ),
];

#[test]
fn one_rule_at_a_time() {
    check_cases("rss.xml", CASES);
}

#[test]
fn what_is_unusual_and_allowed() {
    check_good(
        "rss.xml",
        &[
            ("isPermaLink=\"false\"", "isPermaLink=\"false\" "),
            (
                "<description>What happens at the harbor</description>",
                "<description/>",
            ),
            (
                "<link>https://harbor.example/</link>\n    <description>",
                "<link>tag:harbor.example,2024:feed</link>\n    <description>",
            ),
            (
                "No title is needed.",
                "<![CDATA[<a name='x'>A</a> < b & c <3 <pre>&amp;amp;&lt;p></pre>]]>",
            ),
            ("No title is needed.", "&#x26;lt; is less than"),
            ("The bridge", "AT&#x26;T; the a &#x3C; b"),
            ("<ttl>60</ttl>", "<ttl>\n60 </ttl>"),
            ("Fri, 06 Dec 2024 08:30:00 +0100", "06 Dec 2024 08:30 GMT"),
            ("ada@harbor.example (Ada Nordholm)", "ada@harbor.example"),
        ],
    );
}
