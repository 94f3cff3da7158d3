//! What is marked, by example, and that it is what the index finds.

use super::{Marker, Range, SNIPPET, Snippet};
use crate::{
    catalogue::search::{Query, Searched},
    entry::{Digest, Entry},
    text::{BlockKind, Text},
};
use proptest::{prelude::*, sample::select};

fn marker(query: &str) -> Marker {
    Marker::new(&Query::parse(query).unwrap())
}

/// A text with its marks in brackets.
fn shown(text: &str, marks: &[Range<usize>]) -> String {
    let mut shown = Vec::new();
    let mut from = 0;
    for mark in marks {
        assert!(from <= mark.start && mark.start < mark.end, "{marks:?}");
        shown.extend([&text[from..mark.start], "[", &text[mark.clone()], "]"]);
        from = mark.end;
    }
    shown.push(&text[from..]);
    shown.concat()
}

fn entry(title: &str, summary: &str, paragraphs: &[&str]) -> Entry {
    let mut body = Text::default();
    for paragraph in paragraphs {
        body.push(BlockKind::Paragraph, paragraph);
    }
    Entry {
        digest: Digest {
            title: title.to_owned(),
            summary: summary.to_owned(),
            body,
            ..Digest::default()
        },
        ..Entry::default()
    }
}

fn snippet(query: &str, entry: &Entry) -> Option<Snippet> {
    marker(query).snippet(entry)
}

#[test]
fn words_are_marked_as_they_are_written() {
    for (query, text, is) in [
        (
            "toll",
            "Tolls, a toll and a TOLL",
            "Tolls, a [toll] and a [TOLL]",
        ),
        ("toll*", "Tolls, a toll", "[Toll]s, a [toll]"),
        ("\"port of\"", "The Port  of Orra", "The [Port  of] Orra"),
        ("\"a a\"", "a a a b a", "[a a a] b a"),
        ("cafe o'dell", "O’Dell’s Café", "[O’Dell]’s [Café]"),
        ("東京", "昨日、東京で", "昨日、[東京]で"),
        (
            "ice -snow NOT (rain)",
            "snow, rain, ice",
            "snow, rain, [ice]",
        ),
        ("NOT -ice", "ice", "[ice]"),
        (
            "title:ice text:snow topic:rain",
            "ice snow rain",
            "[ice] snow rain",
        ),
        ("ice OR snow", "snow ice", "[snow] [ice]"),
        ("language:de after:2020", "de", "de"),
    ] {
        assert_eq!(shown(text, &marker(query).title(text)), is, "{query}");
    }
    let text = "ice snow rain";
    let marker = marker("title:ice text:snow topic:rain");
    assert_eq!(shown(text, &marker.text(text)), "ice [snow] rain");
    assert_eq!(shown(text, &marker.topic(text)), "ice snow [rain]");
    assert_eq!(shown(text, &marker.speaker(text)), text);
}

#[test]
fn a_summary_that_has_a_word_is_shown_whole() {
    let entry = entry(
        "A",
        "The port asks more.",
        &["Long before.", "The port asks more."],
    );
    let snippet = snippet("port", &entry).unwrap();
    assert_eq!(
        shown(&snippet.text, &snippet.marks),
        "The [port] asks more."
    );
    assert!(!snippet.goes_on_before && !snippet.goes_on_after);
}

#[test]
fn the_part_of_the_text_with_most_words_is_shown() {
    let filler = "Nothing is said here of what anybody looks for. ".repeat(12);
    let both = "At noon the ferry left the harbor again.";
    let entry = entry(
        "A",
        "Of other things.",
        &[
            "The harbor is old.",
            &filler,
            &format!("{filler}{both} {filler}"),
            "A ferry.",
        ],
    );
    let snippet = snippet("harbor ferry", &entry).unwrap();
    let text = shown(&snippet.text, &snippet.marks);
    assert!(
        text.contains("the [ferry] left the [harbor] again."),
        "{text}"
    );
    assert!(
        text.starts_with("Nothing is said") || text.starts_with("At noon"),
        "{text}"
    );
    assert!(snippet.goes_on_before && snippet.goes_on_after);
    assert!(snippet.text.len() <= 2 * SNIPPET && !snippet.text.ends_with(' '));
}

#[test]
fn nothing_is_shown_where_no_text_has_a_word() {
    let entry = entry("Ice", "Snow.", &["Rain."]);
    for query in ["ice title:ice", "topic:snow", "-hail", "language:de"] {
        assert_eq!(snippet(query, &entry), None, "{query}");
    }
}

#[test]
fn snippets_are_on_one_line_and_short_in_any_script() {
    let long = "海".repeat(40_000) + "東京" + &"山".repeat(1_000);
    let endless = "x".repeat(5_000) + " port " + &"y".repeat(5_000);
    let lines = "a\tb\nport\r\nc";
    for (query, text) in [("東京", &*long), ("port", &endless), ("port", lines)] {
        let snippet = snippet(query, &entry("A", "", &[text])).unwrap();
        assert!(!snippet.marks.is_empty() && snippet.text.len() <= 2 * SNIPPET);
        assert!(!snippet.text.contains(['\n', '\r', '\t']));
    }
}

proptest! {
    #[test]
    fn what_is_found_in_a_text_is_marked_in_it(
        text in prop::collection::vec(
            select(&["Ha", "Harbor", "tolls", "ÉTÉ", "e\u{301}te\u{301}", "東京", "京", "ﬁn", "O’Dell", " ", ", ", "-", "\n", "½", "ß", "ある", "か\u{3099}"][..]),
            0..24,
        ),
        query in select(&["harbor", "ha*", "\"tolls ete\"", "ete", "京", "\"東 京\"", "fin", "\"o dell\"", "o*", "ss", "が*", "1"][..]),
        at_title in any::<bool>(),
    ) {
        let text = text.concat();
        let entry = if at_title { entry(&text, "", &[]) } else { entry("", "", &[&text]) };
        let query = Query::parse(query).unwrap();
        let is_found = query.finds(&Searched::new(&entry, &[]));
        let marker = Marker::new(&query);
        let marks = if at_title { marker.title(&text) } else { marker.text(&text) };
        prop_assert_eq!(is_found, !marks.is_empty());
        shown(&text, &marks);
        let snippet = marker.snippet(&entry);
        prop_assert_eq!(snippet.is_some(), is_found && !at_title);
        if let Some(snippet) = snippet {
            prop_assert!(!snippet.marks.is_empty());
            shown(&snippet.text, &snippet.marks);
        }
    }
}
