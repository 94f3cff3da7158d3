//! Entries in lists.

#![expect(
    clippy::single_range_in_vec_init,
    reason = "marks are ranges, of which there may be one"
)]

use super::*;

fn found() -> Listing {
    let mut one = hit(saying("The harbor bridge is open"));
    one.title = vec![4..10];
    one.quote = vec![4..10];
    one.snippet = Some(Snippet {
        text: "at the <harbor> again".to_owned(),
        marks: vec![8..14],
        goes_on_before: true,
        goes_on_after: false,
    });
    Listing {
        question: Question {
            query: "harbor".to_owned(),
            language: "en".to_owned(),
            ..Question::default()
        },
        hits: vec![one],
        count: Count::Exactly(1234),
        older: Some("1.2.3".to_owned()),
        choices: Choices {
            topics: vec![Choice {
                label: "Roads & <bridges>".to_owned(),
                feed: Some("topics/roads".to_owned()),
                entries: 1500,
            }],
            languages: vec![Choice {
                label: "en".to_owned(),
                feed: None,
                entries: 2,
            }],
            ..Choices::default()
        },
        ..Listing::default()
    }
}

fn shown(path: &str, query: &str, listed: &Listing) -> Document {
    let settings = settings();
    let visit = visit(&settings, path, query);
    check(visit, &listing(visit, listed).expect("the ids are fit"))
}

#[test]
fn what_was_searched_for_is_marked_and_can_be_subscribed_to() {
    let document = shown("search", "q=harbor&language=en", &found());
    assert_eq!(
        texts(&document, "#list mark"),
        ["harbor", "harbor", "harbor"]
    );
    assert_eq!(texts(&document, "#list h2"), ["The harbor bridge is open"]);
    assert_eq!(texts(&document, ".summary"), ["… at the <harbor> again"]);
    assert_eq!(all(&document, "#results", "data-told"), ["1,234 entries"]);
    assert_eq!(all(&document, "#q", "value"), ["harbor"]);
    let feeds = ["rss.xml", "atom.xml", "feed.json"]
        .map(|name| format!("search/{name}?q=harbor&language=en"));
    assert_eq!(all(&document, ".subscribe a", "href"), feeds);
    assert_eq!(
        all(&document, "head > link[rel=alternate]", "href"),
        feeds.map(|feed| format!("https://news.example/{feed}"))
    );
    assert_eq!(
        all(&document, ".pages a", "href"),
        ["search?q=harbor&language=en&after=1.2.3"]
    );
    // The filter can be taken away, and what is chosen is shown as chosen.
    assert_eq!(all(&document, ".chosen a", "href"), ["search?q=harbor"]);
    assert_eq!(all(&document, "option[selected]", "value"), ["en"]);
    assert_eq!(texts(&document, "option[selected]"), ["English (2)"]);
    assert_eq!(all(&document, "meta[name=robots]", "content"), ["noindex"]);
}

#[test]
fn what_is_shown_for_half_a_word_is_told_and_subscribed_to() {
    let mut listed = found();
    listed.question.query = "port harb*".to_owned();
    listed.typed = Some("port harb".to_owned());
    let document = shown("search", "q=port+harb&language=en", &listed);
    assert_eq!(all(&document, "#q", "value"), ["port harb"]);
    assert_eq!(texts(&document, "h1"), ["“port harb*”"]);
    assert_eq!(texts(&document, ".about q"), ["port harb"]);
    let address = "search?q=port+harb*&language=en";
    assert_eq!(all(&document, "#results", "data-at"), [address]);
    assert_eq!(
        all(&document, ".older", "href"),
        [format!("{address}&after=1.2.3")]
    );
    assert_eq!(
        all(&document, ".subscribe a", "href")[0],
        "search/rss.xml?q=port+harb*&language=en"
    );
    // What is faulty in it is told once, where it was typed.
    listed.typed = Some("(port harb".to_owned());
    listed.fault = Some(Fault {
        span: 0..1,
        what: "it is not closed".to_owned(),
        help: "write ) behind it".to_owned(),
    });
    let document = shown("search", "q=(port+harb&language=en", &listed);
    assert_eq!(texts(&document, ".fault mark"), ["("]);
    assert_eq!(document.select(".about q").length(), 0);
}

#[test]
fn the_newest_entries_lead_to_topics_and_to_feeds_of_everything() {
    let listed = Listing {
        question: Question::default(),
        ..found()
    };
    let document = shown("", "", &listed);
    assert_eq!(texts(&document, "h1"), ["The Lorn Courier"]);
    assert_eq!(
        all(&document, ".subscribe a", "href"),
        ["rss.xml", "atom.xml", "feed.json"]
    );
    assert_eq!(
        all(&document, ".beside a", "href"),
        ["topics/roads/", "topics"]
    );
    assert_eq!(
        all(&document, "link[rel=canonical]", "href"),
        ["https://news.example/"]
    );
    assert_eq!(all(&document, ".skip", "href"), ["./#main"]);
    assert_eq!(all(&document, "h2 a", "href"), ["entries/harbor-bridge"]);
    assert_eq!(
        all(&document, ".topics a", "href"),
        ["search?topic=The+harbor+bridge+is+open", "topics/roads/"]
    );
    assert_eq!(document.select("#results[data-live]").length(), 1);
}

#[test]
fn a_later_page_does_not_change_as_entries_come() {
    let listed = Listing {
        after: Some("9.9.9".to_owned()),
        ..found()
    };
    let document = shown("search", "after=9.9.9", &listed);
    assert_eq!(document.select("#results[data-live]").length(), 0);
    assert_eq!(texts(&document, ".pages a"), ["Newest", "Older"]);
}

#[test]
fn a_feed_has_its_own_address_and_documents() {
    let listed = Listing {
        question: Question {
            topic: "Roads".to_owned(),
            ..Question::default()
        },
        channel: Some(channel(Scope::Topic, "Roads", "topics/roads")),
        ..found()
    };
    let document = shown("topics/roads/", "", &listed);
    assert_eq!(texts(&document, "h1"), ["Roads"]);
    assert_eq!(all(&document, ".skip", "href"), ["topics/roads/#main"]);
    assert_eq!(
        all(&document, ".subscribe a", "href")[0],
        "topics/roads/rss.xml"
    );
    assert_eq!(
        all(&document, ".older", "href"),
        ["topics/roads/?after=1.2.3"]
    );
    let archived = Listing {
        channel: Some(channel(Scope::All, "", "")),
        question: Question::default(),
        archive: Some(Archive {
            page: Some(2),
            newer: Some(3),
            older: Some(1),
        }),
        older: None,
        ..found()
    };
    let document = shown("archive/2/", "", &archived);
    assert_eq!(
        all(&document, ".pages a", "href"),
        ["./", "archive/3/", "archive/1/"]
    );
    assert_eq!(document.select("#results[data-live]").length(), 0);
}

#[test]
fn a_fault_in_a_query_is_shown_where_it_is() {
    let listed = Listing {
        question: Question {
            query: "harbor (port <b>".to_owned(),
            ..Question::default()
        },
        fault: Some(Fault {
            span: 7..8,
            what: "this parenthesis is not closed".to_owned(),
            help: "write `)` where it ends".to_owned(),
        }),
        ..found()
    };
    let document = shown("search", "", &listed);
    assert_eq!(texts(&document, ".fault code"), ["harbor (port <b>"]);
    assert_eq!(texts(&document, ".fault mark"), ["("]);
    let told = texts(&document, ".fault p").join(" ");
    assert!(told.contains("This parenthesis is not closed; write `)` where it ends."));
}

#[test]
fn where_nothing_is_found_it_is_said_what_may_find_more() {
    let listed = Listing {
        hits: Vec::new(),
        count: Count::Exactly(0),
        older: None,
        question: Question {
            query: "harbor ferry".to_owned(),
            topic: "Roads".to_owned(),
            ..Question::default()
        },
        ..Listing::default()
    };
    let document = shown("search", "", &listed);
    assert_eq!(
        all(&document, ".empty a", "href"),
        [
            "search?q=harbor+ferry",
            "search?q=harbor+OR+ferry&topic=Roads"
        ]
    );
    let empty = shown("", "", &Listing::default());
    assert!(texts(&empty, ".empty").concat().contains("Drop an article"));
}

#[test]
fn whatever_is_asked_and_found_comes_out_as_text() {
    let long = "A very long headline ".repeat(300);
    for text in [
        "<script>alert(\"1\")</script></title></style><!-- ]]>",
        "\" onclick=\"alert(1)\" '> &amp; &lt;b&gt; javascript:alert(1)",
        "\u{5e9}\u{5dc}\u{202e}\u{200f}(1)\u{1}\r\n\u{2028}x",
        &long,
    ] {
        let mut one = hit(saying(text));
        one.title = vec![
            0..1,
            1..2,
            std::ops::Range { start: 5, end: 3 },
            9_999_999..10_000_000,
        ];
        let question = Question {
            query: text.trim().to_owned(),
            topic: text.trim().to_owned(),
            speaker: text.trim().to_owned(),
            folder: text.trim().to_owned(),
            language: text.trim().to_owned(),
        };
        let query = question.encoded();
        let listed = Listing {
            question,
            hits: vec![one],
            ..found()
        };
        let document = shown("search", &query, &listed);
        assert_eq!(document.select("script").length(), 1);
        assert_eq!(all(&document, "#q", "value").len(), 1);
        assert_eq!(document.select("option[selected]").length(), 4);
    }
}

#[test]
fn a_page_is_light() {
    let hits = (0..20).map(|at| {
        let mut entry =
            saying("We opened it a week early because it was ready, and people waited.");
        entry.slug = format!("harbor-bridge-{at}");
        entry.digest.topics = (0..8)
            .map(|at| format!("Roads and bridges {at}").into())
            .collect();
        hit(entry)
    });
    let choices = |name: &str| -> Vec<Choice> {
        let choice = |at: usize| Choice {
            label: format!("{name} with a name of usual length {at}"),
            feed: Some(format!("topics/a-name-of-usual-length-{at}")),
            entries: 1000 + at,
        };
        (0..40).map(choice).collect()
    };
    let listed = Listing {
        question: Question::default(),
        hits: hits.collect(),
        choices: Choices {
            topics: choices("topic"),
            speakers: choices("speaker"),
            folders: choices("folder"),
            languages: Vec::new(),
        },
        ..found()
    };
    let settings = settings();
    let visit = visit(&settings, "", "");
    let page = listing(visit, &listed).expect("the ids are fit").len();
    let assets: usize = assets().iter().map(|asset| asset.bytes.len()).sum();
    assert!(page + assets < 100_000, "{page} and {assets}");
}
