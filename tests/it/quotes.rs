//! Quotations, who said them, and which one leads; and what is none.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    entry::Digest,
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// Digests the paragraphs of an article in English, or in the language that
/// `article` names.
fn digested(language: &str, paragraphs: &[&str]) -> Digest {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some("Council votes".to_owned()),
        language: Some(language.to_owned()),
        text,
        ..Article::default()
    };
    digest(article, &Settings::default())
}

/// The quotations with their parts joined by " / " and their speakers, "?" where
/// none is told.
fn quotes(language: &str, paragraphs: &[&str]) -> Vec<(String, String)> {
    let digest = digested(language, paragraphs);
    let shown = |quotation: &feedwright::entry::Quotation| {
        let parts = quotation
            .parts
            .iter()
            .map(|part| part.of(&digest.body.plain));
        let speaker = quotation.speaker.as_ref();
        (
            parts.collect::<Vec<_>>().join(" / "),
            speaker.map_or("?".to_owned(), |speaker| speaker.0.clone()),
        )
    };
    digest.quotes.iter().map(shown).collect()
}

#[track_caller]
fn check(paragraphs: &[&str], expected: &[(&str, &str)]) {
    let found = quotes("en", paragraphs);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(q, s)| (q.as_str(), s.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_speaker_stands_after_the_quotation() {
    check(
        &["“We will rebuild the bridge by autumn,” said Nora Whitlock, the mayor of Aldersea."],
        &[("We will rebuild the bridge by autumn,", "Nora Whitlock")],
    );
    check(
        &["Nora Whitlock met the council. \"The old one is gone for good,\" Whitlock said."],
        &[("The old one is gone for good,", "Nora Whitlock")],
    );
}

#[test]
fn a_speaker_stands_before_the_quotation() {
    check(
        &["Owen Tarrant said: “The money was never there in the first place.”"],
        &[(
            "The money was never there in the first place.",
            "Owen Tarrant",
        )],
    );
    check(
        &["According to Owen Tarrant, “the money was never there in the first place.”"],
        &[(
            "the money was never there in the first place.",
            "Owen Tarrant",
        )],
    );
}

#[test]
fn a_split_quotation_is_one() {
    check(
        &["“We tried everything,” Owen Tarrant said, “but nobody answered the telephone.”"],
        &[(
            "We tried everything, / but nobody answered the telephone.",
            "Owen Tarrant",
        )],
    );
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    check(
        &[
            "Owen Tarrant told the meeting: “The first year was hard for all of us.",
            "“The second year will be harder, and nobody should doubt it.”",
        ],
        &[(
            "The first year was hard for all of us. / The second year will be harder, and nobody should doubt it.",
            "Owen Tarrant",
        )],
    );
}

#[test]
fn a_paragraph_break_by_mistake_does_not_end_a_quotation() {
    check(
        &[
            "Owen Tarrant called it “the biggest change in the history of the",
            "harbor company,” and left the room.",
        ],
        &[(
            "the biggest change in the history of the\n\nharbor company,",
            "Owen Tarrant",
        )],
    );
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    check(
        &[
            "Nora Whitlock answered: “I have nothing to add to what I said in May.",
            "The council meets again next week. It has seven members.",
        ],
        &[(
            "I have nothing to add to what I said in May.",
            "Nora Whitlock",
        )],
    );
}

#[test]
fn a_name_that_is_near_but_an_object_does_not_speak() {
    check(
        &[
            "Nora Whitlock opened the meeting. In a sharp critique of Harbor Minister Emil Brandt's plan, Whitlock warned of delays. “This is about Mr. Brandt’s career and nothing else,” she declared.",
        ],
        &[(
            "This is about Mr. Brandt’s career and nothing else,",
            "Nora Whitlock",
        )],
    );
}

#[test]
fn an_office_stands_for_its_holder() {
    check(
        &[
            "Secretary Ingrid Solheim visited the port on Monday.",
            "“The port stays open whatever happens,” the secretary said.",
        ],
        &[("The port stays open whatever happens,", "Ingrid Solheim")],
    );
}

#[test]
fn a_pronoun_of_the_other_sex_is_somebody_else() {
    check(
        &[
            "Ingrid Solheim met her deputy, Peter Aldous, at the port.",
            "“I had not expected so many people on a Monday,” he said.",
        ],
        &[(
            "I had not expected so many people on a Monday,",
            "Peter Aldous",
        )],
    );
}

#[test]
fn a_description_speaks_where_no_name_does() {
    check(
        &["“We do not comment on rumors of any kind,” said a spokesman for the harbor company."],
        &[(
            "We do not comment on rumors of any kind,",
            "a spokesman for the harbor company",
        )],
    );
}

#[test]
fn a_dash_signs_a_quotation() {
    check(
        &[
            "“Nobody who saw that night will forget it as long as they live.”",
            "— Peter Aldous, teacher",
        ],
        &[(
            "Nobody who saw that night will forget it as long as they live.",
            "Peter Aldous",
        )],
    );
}

#[test]
fn nobody_is_named_when_nobody_is_told() {
    check(
        &[
            "A sign hung over the door of the harbor office.",
            "Somebody had written on it in chalk: “Come back when the tide has turned.”",
        ],
        &[("Come back when the tide has turned.", "?")],
    );
}

#[test]
fn titles_and_words_in_doubt_are_no_quotations() {
    check(
        &[
            "The film “The Long Way Round” opens on Friday in the so-called “harbor district” of the town.",
            "Its “experts” were not asked. The word \"tide\" stands on every door.",
        ],
        &[],
    );
}

#[test]
fn apostrophes_and_inches_are_no_marks() {
    check(
        &[
            "The players' union won't say whether the boys' coach knew. Rock 'n' roll was his life.",
            "The board was 24\" wide and the door 80\" high, and the captain's cabin was no larger.",
        ],
        &[],
    );
}

#[test]
fn attributes_in_stray_markup_are_no_quotations() {
    check(
        &["See <frame source=\"a page of some other site that is shown here\"> for more of it."],
        &[],
    );
}

#[test]
fn single_marks_carry_quotations_where_there_are_no_others() {
    check(
        &["‘We can’t wait for the council’s answer any longer,’ said Peter Aldous."],
        &[(
            "We can’t wait for the council’s answer any longer,",
            "Peter Aldous",
        )],
    );
    check(
        &["“He told me ‘go home and stay there’ and I went,” said Peter Aldous."],
        &[(
            "He told me ‘go home and stay there’ and I went,",
            "Peter Aldous",
        )],
    );
}

#[test]
fn marks_of_other_languages_are_paired() {
    let german = quotes(
        "de",
        &[
            "„Wir werden die Brücke bis zum Herbst wieder aufbauen“, sagte Bürgermeisterin Petra Lindner.",
        ],
    );
    assert_eq!(
        german,
        [(
            "Wir werden die Brücke bis zum Herbst wieder aufbauen".to_owned(),
            "Petra Lindner".to_owned()
        )]
    );
    let turned = quotes(
        "de",
        &["»Davon habe ich noch nie etwas gehört«, sagte Petra Lindner."],
    );
    assert_eq!(turned[0].0, "Davon habe ich noch nie etwas gehört");
    let french = quotes(
        "fr",
        &["« Nous allons reconstruire le pont avant l’automne », a déclaré Claire Aubert."],
    );
    assert_eq!(
        french[0].0,
        "Nous allons reconstruire le pont avant l’automne"
    );
}

#[test]
fn the_lead_quote_stands_alone() {
    let digest = digested(
        "en",
        &[
            "Nora Whitlock, the mayor of Aldersea, spoke to the council about the bridge.",
            "“It was about time,” she said. “Why did they do that to him?” she asked later.",
            "“The bridge carried our parents to work and it will carry our children home,” Whitlock said.",
        ],
    );
    let lead = digest.lead_quote.unwrap();
    assert_eq!(
        lead.quote,
        "The bridge carried our parents to work and it will carry our children home"
    );
    assert_eq!(lead.speaker.unwrap().0, "Nora Whitlock");
}

#[test]
fn parts_that_are_sentences_of_their_own_are_not_run_together() {
    let paragraph = "“The harbor belongs to everybody who lives in this town,” Nora Whitlock said. “Nobody may sell what belongs to everybody who lives here.”";
    let lead = digested("en", &[paragraph]).lead_quote.unwrap();
    assert_eq!(
        lead.quote,
        "The harbor belongs to everybody who lives in this town"
    );
}

#[test]
fn fragments_questions_and_announcements_do_not_lead() {
    let digest = digested(
        "en",
        &[
            "Nora Whitlock called the plan “a disaster for the whole of the harbor and its people” on Monday.",
            "“Who would want to do such a thing to all of them?” Whitlock asked.",
            "“Let’s talk,” she said.",
        ],
    );
    assert_eq!(digest.lead_quote, None);
}

#[test]
fn a_long_lead_quote_is_shortened_at_a_sentence_end() {
    let long = "“The harbor belongs to everybody who lives in this town. The council forgot that for ten years, and the people who paid for it never did. They came to every meeting, they wrote letters, and they waited for an answer that never came from anybody in that room,” said Peter Aldous.";
    let lead = digested("en", &[long]).lead_quote.unwrap();
    assert_eq!(
        lead.quote,
        "The harbor belongs to everybody who lives in this town. The council forgot that for ten years, and the people who paid for it never did. […]"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_the_text_quotations_are_verbatim(
        paragraphs in prop::collection::vec("[ -~“”„«»‘’‚…—äßÉ\n]{0,80}|(\"|“|”|'|’|„|«|»| |said|Ann Lee|he|,|\\.|:|—|word){0,24}", 0..8)
    ) {
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        for language in ["en", "de", "xx"] {
            let digest = digested(language, &paragraphs);
            let body = &digest.body.plain;
            for quotation in &digest.quotes {
                prop_assert!(!quotation.parts.is_empty());
                for part in &quotation.parts {
                    let words = body.get(part.range());
                    prop_assert!(words.is_some_and(|words| !words.trim().is_empty()));
                }
                let ordered = quotation.parts.windows(2).all(|two| two[0].end <= two[1].start);
                prop_assert!(ordered);
            }
            for block in &digest.body.blocks {
                prop_assert!(paragraphs.contains(&digest.body.of(block)));
            }
            prop_assert!(!digest.title.is_empty());
        }
    }
}
