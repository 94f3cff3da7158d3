//! Entries on pages of their own.

use super::*;

/// An entry whose text is these paragraphs, with quotations where `[…]` stands
/// in them, and who said each.
fn quoting(paragraphs: &[&str], speakers: &[Option<&str>]) -> Entry {
    let mut entry = saying("Harbor bridge");
    entry.digest.body = crate::text::Text::default();
    for paragraph in paragraphs {
        let bare = paragraph.replace(['[', ']'], "");
        entry.digest.body.push(BlockKind::Paragraph, &bare);
        let start = entry.digest.body.plain.len() - bare.len();
        let mut open = 0;
        for (removed, (at, bracket)) in paragraph.match_indices(['[', ']']).enumerate() {
            let place = start + at - removed;
            if bracket == "[" {
                open = place;
                continue;
            }
            let speaker = speakers[entry.digest.quotes.len()];
            entry.digest.quotes.push(Quotation {
                parts: vec![Span::new(open, place)],
                speaker: speaker.map(|name| Speaker(name.to_owned())),
            });
        }
    }
    entry
}

fn shown(entry_of: &Entry) -> Document {
    let settings = settings();
    let visit = visit(&settings, "entries/harbor-bridge", "");
    let whole = Whole {
        entry: entry_of,
        newer: Some(Neighbor {
            slug: "newer",
            title: "A <newer> one",
        }),
        older: None,
    };
    check(visit, &entry(visit, &whole).expect("the id is fit"))
}

#[test]
fn quotations_are_marked_in_place_with_who_said_them() {
    let document = shown(&quoting(
        &[
            "The mayor said: \"[It was ready.]\" And then \"[It was time.]\" she said.",
            "« [On entend les oiseaux] », dit-elle. „[Nein]“, sagte er.",
            "\"[Nobody knows who.]\"",
        ],
        &[
            Some("Ilse Brandt"),
            Some("Ilse Brandt"),
            Some("Léa <M>"),
            Some("Ilse Brandt"),
            None,
        ],
    ));
    assert_eq!(
        texts(&document, "q.said"),
        [
            "\"It was ready.\"",
            "\"It was time.\"",
            "« On entend les oiseaux »",
            "„Nein“",
            "\"Nobody knows who.\""
        ]
    );
    // Who goes on speaking in a paragraph is shown once, and heard each time.
    assert_eq!(
        texts(&document, ".text .who > bdi"),
        ["Ilse Brandt", "Léa <M>", "Ilse Brandt"]
    );
    assert_eq!(texts(&document, ".text bdi").len(), 4);
    assert_eq!(
        texts(&document, ".quoted li"),
        ["Ilse Brandt 3 quotations", "Léa <M> 1 quotation"]
    );
    assert_eq!(
        all(&document, ".quoted .times", "href"),
        ["entries/harbor-bridge#q1", "entries/harbor-bridge#q3"]
    );
}

#[test]
fn a_quotation_across_paragraphs_and_links_stays_whole() {
    let mut entry_of = quoting(
        &["He said: [one two three]", "[four five]"],
        &[Some("A"), Some("A")],
    );
    let body = &mut entry_of.digest.body;
    let at = body.plain.find("two").expect("it is there");
    let end = body.blocks[0].span.range().end;
    body.blocks[0].marks.push(crate::text::Mark {
        span: Span::new(at, end),
        kind: crate::text::MarkKind::Link("https://elsewhere.example/x".to_owned()),
    });
    let last = entry_of.digest.quotes.pop().expect("there are two");
    entry_of.digest.quotes[0].parts[0].end = last.parts[0].end;
    let document = shown(&entry_of);
    assert_eq!(texts(&document, "q.said"), ["one two three", "four five"]);
    assert_eq!(texts(&document, "q.said a"), ["two three"]);
    assert_eq!(texts(&document, ".text .who > bdi"), ["A"]);
    assert_eq!(document.select("#q1").length(), 1);
}

#[test]
fn nothing_is_fetched_from_elsewhere_but_all_of_it_is_led_to() {
    let document = shown(&saying("Harbor bridge"));
    assert_eq!(
        all(&document, ".original a", "href"),
        [
            "https://elsewhere.example/bridge",
            "https://elsewhere.example/bridge.jpg"
        ]
    );
    assert_eq!(
        all(&document, ".text .away a", "href"),
        ["https://elsewhere.example/a.png"]
    );
    assert_eq!(
        texts(&document, ".text .away a"),
        ["Picture: Harbor bridge"]
    );
    assert_eq!(texts(&document, ".text .away .host"), ["elsewhere.example"]);
    assert_eq!(texts(&document, ".neighbors bdi"), ["A <newer> one"]);
}

#[test]
fn where_feeds_carry_no_full_text_the_page_does_not_either() {
    let settings = Settings {
        content: Content::Digest,
        ..settings()
    };
    let visit = visit(&settings, "entries/harbor-bridge", "");
    let whole = Whole {
        entry: &quoting(&["\"[It was ready.]\""], &[Some("A")]),
        newer: None,
        older: None,
    };
    let document = check(visit, &entry(visit, &whole).expect("the id is fit"));
    assert_eq!(document.select(".text, .quoted").length(), 0);
}

proptest! {
    #[test]
    fn any_quotations_of_any_text_are_shown(
        text in "[a-z\"“” «»<&é橋]{1,60}",
        cuts in proptest::collection::vec((0_usize..70, 0_usize..70), 0..4),
    ) {
        let mut one = saying("Harbor bridge");
        one.digest.body = crate::text::Text::default();
        one.digest.body.push(BlockKind::Paragraph, &text);
        one.digest.body.push(BlockKind::Quote, &text);
        let length = one.digest.body.plain.len();
        let mut from = 0;
        for (start, size) in cuts {
            let plain = &one.digest.body.plain;
            let start = plain.floor_char_boundary((from + start).min(length));
            let end = plain.floor_char_boundary((start + size).min(length));
            if end > start {
                one.digest.quotes.push(Quotation {
                    parts: vec![Span::new(start, end)],
                    speaker: Some(Speaker("A <b>".to_owned())),
                });
                from = end;
            }
        }
        let plain = one.digest.body.plain.replace("\n\n", "");
        let document = shown(&one);
        document.select(".text .who, .text .told").remove();
        let read = texts(&document, ".text").concat();
        let bare = |text: &str| text.replace(' ', "");
        prop_assert_eq!(bare(&read), bare(&plain));
    }
}
