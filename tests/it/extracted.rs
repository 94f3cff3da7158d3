//! Cleaning of what was taken out of a page: what no markup tells apart.

use feedwright::{
    article::{Article, Origin},
    digest,
    text::{BlockKind, Text},
};

const LEDE: &str =
    "The council of Greywater met on Tuesday, and nobody could say afterwards why it had.";
const MIDDLE: &str =
    "It spoke about the bridge for three hours, and about the ferry for none at all.";
const END: &str = "The next meeting is in March, when the snow on the pass is expected to be gone.";

/// What is dropped of an extracted article of these paragraphs, with the rules.
fn dropped(paragraphs: &[&str]) -> Vec<(String, String)> {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some("The council met".to_owned()),
        byline: vec!["Ida Voss".to_owned()],
        origin: Origin::Extracted,
        text,
        ..Article::default()
    };
    let digest = digest::digest(article, &digest::Settings::default());
    let dropped = digest.dropped.into_iter();
    dropped
        .map(|dropped| (dropped.text, dropped.rule))
        .collect()
}

#[test]
fn what_has_no_markup_goes_by_how_it_begins() {
    for (line, rule) in [
        (
            "Read more: The bridge that was never built",
            "related-story",
        ),
        (
            "LESEN SIE AUCH: Die Brücke, die niemand baute",
            "related-story",
        ),
        (
            "» À lire aussi : le pont que personne n’a construit",
            "related-story",
        ),
        ("You may also like", "related-story"),
        ("Advertisement", "furniture"),
        (
            "Sign up for our newsletter to get the news of the harbor.",
            "furniture",
        ),
        ("Photo: Tomas Birk / The Courier", "caption"),
    ] {
        assert_eq!(
            dropped(&[LEDE, line, MIDDLE, END]),
            [(line.to_owned(), rule.to_owned())]
        );
    }
}

#[test]
fn sentences_of_the_story_stay_whatever_they_begin_with() {
    for line in [
        "Related: that is what the two men are not, although they share a name.",
        "Share prices of the ferry line fell by a tenth after the meeting was over.",
        "Photographs of the bridge hang in the hall, and nobody looks at them.",
        "Selma Thorne is an author whom the council never asked for her opinion.",
        "The advice is for informational purposes only, the council’s lawyer told it.",
    ] {
        assert_eq!(dropped(&[LEDE, line, MIDDLE, END]), [], "{line}");
    }
}

#[test]
fn headline_and_byline_are_not_said_again() {
    assert_eq!(
        dropped(&["The Council Met", "By Ida Voss", LEDE, MIDDLE]),
        [
            ("The Council Met".to_owned(), "headline".to_owned()),
            ("By Ida Voss".to_owned(), "byline".to_owned()),
        ]
    );
}

#[test]
fn the_end_says_nothing_of_the_author_or_of_liability() {
    let bio =
        "Ida Voss is a writer who lives above the harbor and covers councils and the weather.";
    let law = "This article is for informational purposes only, and no advice on bridges.";
    assert_eq!(
        dropped(&[LEDE, END, bio, law]),
        [
            (bio.to_owned(), "author-bio".to_owned()),
            (law.to_owned(), "furniture".to_owned()),
        ]
    );
    // A text of nothing else is the text.
    assert_eq!(dropped(&["Advertisement"]), []);
}
