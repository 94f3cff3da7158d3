//! What an entry says of its article, in the article's own sentences.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    entry::Digest,
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// The only call into the digest: an article of a title and paragraphs.
fn check(title: &str, paragraphs: &[&str]) -> Digest {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: (!title.is_empty()).then(|| title.to_owned()),
        language: Some("en".to_owned()),
        text,
        ..Article::default()
    };
    digest(article, &Settings::default())
}

const FERRY: &[&str] = &[
    "HOLMSUND (XYZ) — The last ferry between Holmsund and the island of Grann will stop running in \
     March after ninety years, the harbor board decided on Monday.",
    "The board said that repairs to the ferry would cost more than a new bridge. It also pointed to \
     falling numbers of passengers on the route.",
    "“We grew up with that boat and now it goes to the scrapyard like an old car,” said Mira Tallberg, \
     who runs the only shop on Grann. “Nobody asked us.”",
    "He did not answer questions after the meeting.",
    "About three hundred people live on the island, and many of them work in the shipyard of Holmsund. \
     The county plans to offer them a bus over the northern road until the bridge is finished.",
    "Who will pay for the bridge?",
];

#[test]
fn a_summary_is_made_of_whole_sentences_within_the_budget() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(
        summary.starts_with("The last ferry between Holmsund"),
        "{summary}"
    );
    assert!(
        summary.len() <= Settings::default().summary_length,
        "{summary}"
    );
    assert!(summary.ends_with('.'), "{summary}");
}

#[test]
fn the_dateline_is_left_out() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(!summary.contains("XYZ"), "{summary}");
}

#[test]
fn no_sentence_hangs_on_one_that_is_left_out() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(!summary.contains("He did not answer"), "{summary}");
    let also = summary.find("It also pointed");
    assert!(
        also.is_none_or(|at| at > 0 && summary.contains("The board said")),
        "{summary}"
    );
}

#[test]
fn neither_quotations_nor_questions_are_taken() {
    let digest = check("Last ferry to Grann stops in March", FERRY);
    assert!(!digest.summary.contains("scrapyard"), "{}", digest.summary);
    assert!(
        !digest.summary.contains("Who will pay"),
        "{}",
        digest.summary
    );
}

#[test]
fn neither_the_headline_nor_half_a_line_is_taken() {
    let mut paragraphs = FERRY.to_vec();
    let broken = "of the harbor of Holmsund and of the island, as the board said on Monday night.";
    paragraphs.insert(1, "Last ferry to Grann stops in March.");
    paragraphs.insert(2, broken);
    let summary = check("Last ferry to Grann stops in March", &paragraphs).summary;
    assert!(!summary.contains("Last ferry to Grann stops"), "{summary}");
    assert!(!summary.contains(broken), "{summary}");
}

#[test]
fn a_brief_is_taken_whole() {
    let brief = &[
        "The town library closes on Friday for repairs.",
        "It opens again in May.",
    ];
    let summary = check("Library closes", brief).summary;
    assert_eq!(summary, brief.join(" "));
}

#[test]
fn one_endless_sentence_is_cut_at_a_clause() {
    let clause = "the council of the town of Holmsund talked about the bridge and the ferry, ";
    let endless = format!("On Monday {}and went home.", clause.repeat(12));
    let summary = check("Council talks", &[&endless]).summary;
    assert!(summary.ends_with('…'), "{summary}");
    assert!(
        summary.len() <= Settings::default().summary_length,
        "{summary}"
    );
    assert!(endless.starts_with(summary.trim_end_matches('…')));
}

#[test]
fn an_empty_article_has_no_summary() {
    assert_eq!(check("Nothing", &[]).summary, "");
}

/// White space on one line, as summaries have it.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_part_of_a_summary_is_verbatim(
        paragraphs in prop::collection::vec("([A-Z][a-z]{1,8}( [a-z“”\"(),’]{1,9}){3,25}[.!?] ?){1,5}", 1..8),
    ) {
        let digest = check("", &paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
        let body = fold(&digest.body.plain);
        let summary = digest.summary.trim_end_matches('…');
        // Sentences may be far apart: each word run up to a full stop is there.
        for part in summary.split_inclusive(['.', '!', '?']) {
            prop_assert!(body.contains(part.trim()), "{part:?} is not in {body:?}");
        }
    }

    #[test]
    fn any_text_has_a_digest_and_always_the_same(text in "\\PC{0,400}") {
        let one = check("", &[&text]);
        prop_assert_eq!(&one, &check("", &[&text]));
    }
}
