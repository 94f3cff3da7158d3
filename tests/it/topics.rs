//! What an entry is about.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// The only call into the digest: the topics of an article in this language.
fn check(language: &str, stated: &[&str], title: &str, paragraphs: &[&str]) -> Vec<String> {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some(title.to_owned()),
        language: Some(language.to_owned()),
        topics: stated.iter().map(|topic| (*topic).to_owned()).collect(),
        text,
        ..Article::default()
    };
    let topics = digest(article, &Settings::default()).topics;
    topics.into_iter().map(|topic| topic.label).collect()
}

const SUMMIT: &[&str] = &[
    "Canadian Prime Minister Odette Marchand told the United Nations on Tuesday that her country would \
     double its spending on renewable energy, calling climate change the greatest threat to the north.",
    "Marchand spoke after the Brazilian delegation had left the hall. Brazil and Canada have argued for \
     years about who should pay for lost forests, and deforestation was the one word that nobody wanted \
     in the final paper.",
    "“The U.N. cannot wait,” Marchand said. Her foreign minister, Pierre Valcourt, said that the U.S. and \
     its partners had been told in advance. The US delegation did not comment.",
    "Renewable energy makes up a third of Canada's grid. Marchand wants it to be half in ten years.",
];

#[test]
fn names_come_in_one_form_and_once() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    let about = |word: &str| topics.iter().filter(|topic| topic.contains(word)).count();
    assert_eq!(about("Marchand"), 1, "{topics:?}");
    assert!(topics.contains(&"Odette Marchand".to_owned()), "{topics:?}");
    assert!(topics.contains(&"United Nations".to_owned()), "{topics:?}");
    assert!(!topics.iter().any(|topic| topic == "U.N."), "{topics:?}");
}

#[test]
fn demonyms_lead_to_their_country() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    for country in ["Canada", "Brazil"] {
        assert!(topics.contains(&country.to_owned()), "{topics:?}");
    }
    for demonym in ["Canadian", "Brazilian"] {
        assert!(!topics.contains(&demonym.to_owned()), "{topics:?}");
    }
}

#[test]
fn concepts_are_written_as_an_editor_would() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    assert!(
        topics.contains(&"Renewable energy".to_owned()),
        "{topics:?}"
    );
    assert!(topics.contains(&"Climate change".to_owned()), "{topics:?}");
}

#[test]
fn days_numbers_and_offices_are_no_topics() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    for word in [
        "Tuesday",
        "Prime",
        "Minister",
        "Third",
        "Years",
        "Delegation did",
    ] {
        assert!(
            !topics.iter().any(|topic| topic == word),
            "{word} in {topics:?}"
        );
    }
}

#[test]
fn agencies_are_no_topics() {
    let text = &[
        "HOLMSUND (Reuters) — A storm closed the port of Holmsund, Reuters reported.",
        "The Associated Press said that Holmsund had no power. Reuters saw fallen trees in Holmsund.",
    ];
    let topics = check("en", &[], "Storm closes port", text);
    assert!(topics.contains(&"Holmsund".to_owned()), "{topics:?}");
    for outlet in ["Reuters", "Associated Press"] {
        assert!(!topics.contains(&outlet.to_owned()), "{topics:?}");
    }
}

#[test]
fn small_words_are_not_taken_for_countries() {
    let text = &[
        "The cook gave us turkey with a bit of china on a polish cloth, and told us who made it.",
        "Nobody told us where the turkey was from, so we asked the cook who had told us of it.",
    ];
    let topics = check("en", &[], "A dinner", text);
    for country in [
        "United States",
        "Turkey",
        "China",
        "Poland",
        "World Health Organization",
    ] {
        assert!(!topics.contains(&country.to_owned()), "{topics:?}");
    }
}

#[test]
fn a_country_that_only_locates_a_city_is_not_the_topic() {
    let text = &["The players met in Liège, Belgium, on Monday. They left Liège on Friday."];
    let topics = check("en", &[], "Players meet", text);
    assert!(!topics.contains(&"Belgium".to_owned()), "{topics:?}");
}

#[test]
fn stated_topics_come_first_and_are_not_doubled() {
    let stated = ["Energy politics", "Canada"];
    let topics = check("en", &stated, "Marchand promises more wind and sun", SUMMIT);
    assert_eq!(topics[..2], stated);
    assert_eq!(topics.iter().filter(|topic| *topic == "Canada").count(), 1);
}

#[test]
fn no_more_topics_than_wanted() {
    let many: Vec<String> = (0..30).map(|at| format!("Topic {at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        check("en", &many, "A title", SUMMIT).len(),
        Settings::default().max_topics
    );
}

#[test]
fn german_articles_have_german_topics() {
    let text = &[
        "Der russische Präsident hat am Montag über die Menschenrechte gesprochen, und die Bundeswehr \
         war sein Thema. Russland und die Europäische Union streiten seit Jahren über Menschenrechte.",
        "Die Bundeswehr schwieg. Auch die EU wollte nichts dazu sagen.",
    ];
    let topics = check("de", &[], "Streit über Menschenrechte", text);
    for topic in [
        "Russland",
        "Menschenrechte",
        "Europäische Union",
        "Bundeswehr",
    ] {
        assert!(topics.contains(&topic.to_owned()), "{topic} in {topics:?}");
    }
    assert!(!topics.contains(&"Montag".to_owned()), "{topics:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn topics_can_be_shown(text in "\\PC{0,300}", stated in "[ -~\\n\\t\\x01]{0,20}", german: bool) {
        let language = if german { "de" } else { "en" };
        for topic in check(language, &[&stated], "A title", &[&text]) {
            prop_assert!(!topic.trim().is_empty());
            prop_assert!(!topic.contains(char::is_control), "{topic:?}");
        }
    }
}
