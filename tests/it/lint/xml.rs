//! XML, and files that are none.

use super::{Case, broken, check_cases, good};
use feedwright::feed::{self, Kind};

/// Rules that no change to the good feed breaks alone.
pub(super) const ALONE: &[&str] = &[
    "atom-author",
    "byte-order-mark",
    "file-empty",
    "file-large",
    "file-rdf",
    "file-size",
    "file-unknown",
    "invalid-utf-8",
    "json-old",
];

pub(super) const CASES: &[Case] = &[
    (
        "xml-encoding-unknown",
        1,
        "encoding=\"utf-8\"",
        "encoding=\"utf-88\"",
    ),
    (
        "xml-malformed",
        1,
        "encoding=\"utf-8\"",
        "encoding=\"<utf-8>\"",
    ),
    ("xml-malformed", 40, "No title", "<? a?>"),
    (
        "xml-namespace-name",
        2,
        "<rss ",
        "<rss xmlns=\"\" xmlns:x=\"not a URI\" x:y=\"1\" ",
    ),
    (
        "xml-encoding",
        1,
        "encoding=\"utf-8\"",
        "encoding=\"iso-8859-1\"",
    ),
    (
        "xml-declaration",
        1,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "",
    ),
    ("xml-declaration", 1, " encoding=\"utf-8\"", ""),
    ("xml-version", 1, "version=\"1.0\"", "version=\"1.1\""),
    ("xml-malformed", 14, "<ttl>60</ttl>", "<ttl>60</tll>"),
    ("xml-malformed", 40, "No title", "]]>"),
    ("xml-malformed", 14, "<ttl>60</ttl>", "<ttl a=1>60</ttl>"),
    (
        "xml-malformed",
        14,
        "<ttl>60</ttl>",
        "<ttl a='1'b='2'>60</ttl>",
    ),
    ("xml-malformed", 14, "<ttl>60</ttl>", "<ttl a='<'>60</ttl>"),
    (
        "xml-malformed",
        14,
        "<ttl>60</ttl>",
        "<ttl>60</ttl><!-- a -- b -->",
    ),
    ("xml-malformed", 46, "</rss>", "</rss>\nmore"),
    ("xml-malformed", 46, "</rss>", "</rss>\n<rss/>"),
    ("xml-malformed", 2, "</rss>", ""),
    (
        "xml-malformed",
        14,
        "<ttl>60</ttl>",
        "<ttl>60</ttl><?xml version='1.0'?>",
    ),
    (
        "xml-forbidden-character",
        14,
        "<ttl>60</ttl>",
        "<ttl>60</ttl><!-- \u{b} -->",
    ),
    ("xml-forbidden-character", 40, "No title", "No\u{b}title"),
    ("xml-forbidden-character", 40, "No title", "No&#11;title"),
    ("xml-forbidden-character", 40, "No title", "No&#xFFFE;title"),
    ("xml-forbidden-character", 40, "No title", "No&#xD800;title"),
    ("xml-forbidden-character", 33, "<p>See", "<p>\u{ffff}See"),
    (
        "xml-forbidden-character",
        32,
        "<source url",
        "<source a=\"&#0;\" url",
    ),
    ("xml-discouraged-character", 40, "No title", "No\u{92}title"),
    ("xml-reference", 40, "No title", "No & title"),
    ("xml-reference", 24, "1&amp;b", "1&b"),
    (
        "xml-reference",
        32,
        "news.example/rss.xml\"",
        "news.example/?a=1&b=2\"",
    ),
    ("xml-entity", 40, "No title", "No&eacute;title"),
    ("xml-entity", 32, "<source url", "<source a=\"&nbsp;\" url"),
    (
        "xml-doubled-attribute",
        32,
        "<source url",
        "<source a='1' a='2' url",
    ),
    (
        "xml-doctype",
        2,
        "<rss version",
        "<!DOCTYPE rss>\n<rss version",
    ),
    (
        "xml-namespace-unbound",
        44,
        "</channel>",
        "<x:y/></channel>",
    ),
    (
        "xml-namespace-unbound",
        32,
        "<source url",
        "<source x:y='1' url",
    ),
    (
        "xml-namespace-unused",
        2,
        "<rss ",
        "<rss xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\" ",
    ),
    (
        "xml-namespace-mistaken",
        2,
        "http://search.yahoo.com/mrss/",
        "http://search.yahoo.com/mrss",
    ),
];

#[test]
fn one_rule_at_a_time() {
    check_cases("rss.xml", CASES);
}

#[test]
fn files_as_a_whole() {
    let rss = good("rss.xml");
    let check = |bytes: &[u8], expected: &[(&str, usize)]| {
        let seen = broken(&feed::lint(bytes));
        assert_eq!(
            seen,
            expected,
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(99)])
        );
    };
    check(b"", &[("file-empty", 1)]);
    check(b" \n", &[("file-empty", 1)]);
    check(
        b"<?xml version='1.0' encoding='utf-8'?><html/>",
        &[("file-unknown", 1)],
    );
    check(b"{\"a\": 1}", &[("file-unknown", 1)]);
    check(b"<?xml version='1.0' encoding='utf-8'?><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", &[("file-rdf", 1)]);
    check(
        format!("\u{feff}{rss}").as_bytes(),
        &[("byte-order-mark", 1)],
    );
    let broken_text = rss.replace("No title", "No \u{1}").into_bytes();
    let broken_text: Vec<u8> = broken_text
        .iter()
        .map(|byte| if *byte == 1 { 0xff } else { *byte })
        .collect();
    check(&broken_text, &[("invalid-utf-8", 40)]);
    for (size, rule) in [(600_000, "file-large"), (5_000_000, "file-size")] {
        let long = rss.replace("No title", &"No ".repeat(size / 3));
        check(long.as_bytes(), &[(rule, 1)]);
    }
    let mut wide = vec![0xff, 0xfe];
    wide.extend(
        rss.replace("utf-8", "utf-16")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    check(&wide, &[("xml-encoding", 1)]);
    assert_eq!(feed::lint(&wide).kind, Some(Kind::Rss));
}

/// In Latin-1 the letter is one byte, and no UTF-8.
#[test]
fn other_encodings_are_read_as_what_they_are() {
    let latin = good("rss.xml")
        .replace("utf-8", "iso-8859-1")
        .replace("No title", "D\u{1}j\u{1}");
    let latin: Vec<u8> = latin
        .bytes()
        .map(|byte| if byte == 1 { 0xe9 } else { byte })
        .collect();
    assert_eq!(broken(&feed::lint(&latin)), [("xml-encoding", 1)]);
}

#[test]
fn entities_that_the_document_declares_are_known() {
    let rss = good("rss.xml")
        .replace(
            "<rss version",
            "<!DOCTYPE rss [<!ENTITY harbor \"Port Lorn\">]>\n<rss version",
        )
        .replace("No title", "At &harbor;");
    assert_eq!(broken(&feed::lint(rss.as_bytes())), [("xml-doctype", 2)]);
}
