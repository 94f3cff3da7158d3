//! Where sentences end.

use feedwright::digest::sentences::sentences;
use proptest::prelude::*;

/// Each text is written with `|` where it has to be cut, and nowhere else.
fn check(language: &str, texts: &[&str]) {
    for marked in texts {
        let text = marked.replace('|', " ");
        let found: Vec<&str> = sentences(&text, language)
            .iter()
            .map(|span| span.of(&text))
            .collect();
        let wanted: Vec<&str> = marked.split('|').collect();
        assert_eq!(found, wanted, "in {language}");
    }
}

#[test]
fn plain_sentences_end_at_their_marks() {
    check(
        "en",
        &[
            "The harbor froze.|Nobody had seen that before.",
            "Did it freeze?|It did!|Then it thawed.",
            "What?!|No.",
            "One sentence without an end",
            "It rose 3.5 percent.|Then it fell to $2.10.",
            "It took 5\u{a0}hours.|Nobody\u{a0}slept.",
            "They left in 2019.|In 2021 they came back.",
        ],
    );
}

#[test]
fn abbreviations_do_not_end_a_sentence_before_a_name() {
    check(
        "en",
        &[
            "Gov. Lena Marsh met Dr. Tom Oyelaran at St. Hilda's.|They talked.",
            "R. J. Holt and Mary K. Olsen won.|Both smiled.",
            "The U.S. Senate voted.|The U.K. did not.",
            "She lives in the U.S.|He does not.",
            "Holt & Sons Inc. was sold on Jan. 5, 2020, for No. 7.|It closed.",
            "They met at 9 a.m. on Monday.|It ended at 6 p.m.|Everyone went home.",
            "See p. 12 and Fig. 3.|Both are new.",
            "Rep. Ana Ruiz, D-Minn., agreed.|Lt. Gov. Holt did not.",
        ],
    );
}

#[test]
fn quotations_stay_whole_and_keep_their_marks() {
    check(
        "en",
        &[
            "“We waited. Nobody came,” Olsen said.|She left.",
            "“We waited.”|They did not.",
            "“Why us?” asked Holt.|“Who else?” Olsen replied.",
            "\"Is it over?\" he asked.|\"No.\"",
            "He had doubts (as had she. Often).|They passed.",
            "“It was ... odd,” he said.|“I mean... truly odd.”",
        ],
    );
}

#[test]
fn marks_inside_words_and_numbers_end_nothing() {
    check(
        "en",
        &[
            "Write to mary.olsen@example.org or see www.example.org/a.html for more.",
            "Version 2.0.1 of Example.js is out.|Get it.",
            "The firm Yahoo! in its early days grew.",
            "Well... maybe not.",
        ],
    );
}

#[test]
fn missing_spaces_and_lists_are_seen() {
    check(
        "en",
        &["1. Mix the flour. 2. Bake it.".replace(" 2", "|2").as_str()],
    );
    let glued = "The bridge was closed.The ferry was not.";
    let found = sentences(glued, "en");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].of(glued), "The ferry was not.");
}

#[test]
fn german_ordinals_and_abbreviations_are_known() {
    check(
        "de",
        &[
            "Am 3. Oktober wird gefeiert.|Danach ist Ruhe.",
            "Das sagte Dr. Anna Weiß am 12. Mai.|Er schwieg.",
            "Es kamen ca. 300 Leute, z.B. aus Bonn.|Viele blieben.",
            "„Wir gehen.“|Dann ging sie.",
            "„Was nun?“, fragte Weiß.|Niemand wusste es.",
        ],
    );
}

#[test]
fn other_languages_have_their_marks() {
    check(
        "fr",
        &["M. Dupré est venu.|« Nous partons. »|Il est parti."],
    );
    check("es", &["El Sr. Rueda llegó.|¿Qué pasó?|¡Nada!"]);
    let text = "雨が降った。道は濡れた。";
    assert_eq!(sentences(text, "ja").len(), 2);
}

#[test]
fn an_unclosed_quotation_does_not_swallow_the_rest() {
    let text = "He said “we are late. The train left. Nobody waited.";
    assert_eq!(sentences(text, "en").len(), 3);
}

proptest! {
    #[test]
    fn sentences_cover_everything_but_white_space(text in "\\PC*") {
        let mut end = 0;
        for span in sentences(&text, "en") {
            prop_assert!(text[end..span.range().start].trim().is_empty());
            prop_assert!(!span.of(&text).trim().is_empty());
            end = span.range().end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn marks_in_any_order_do_no_harm(text in "[A-Za-z0-9 .!?…“”„\"'()\\[\\]«»•。-]{0,80}") {
        let found = sentences(&text, "de");
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}
