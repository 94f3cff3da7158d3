//! How an entry's words are shown.

use feedwright::{entry::Quotation, text::Span};

/// A body in which the quotation's parts stand in `[` and `]`.
#[track_caller]
fn check(marked: &str, expected: &str) {
    let (mut body, mut parts, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' => start = body.len(),
            ']' => parts.push(Span::new(start, body.len())),
            c => body.push(c),
        }
    }
    let quotation = Quotation {
        parts,
        speaker: None,
    };
    assert_eq!(quotation.quote(&body), expected);
}

#[test]
fn the_comma_before_an_attribution_is_not_part_of_the_quotation() {
    check("“[It rained,]” she said.", "It rained");
    check("“[It rained.]”", "It rained.");
}

#[test]
fn a_split_sentence_is_put_together_again() {
    check(
        "“[What we got,]” she said, “[was a queue.]”",
        "What we got was a queue.",
    );
}

#[test]
fn two_sentences_stay_two() {
    check(
        "“[It rained,]” she said. “[We stayed.]”",
        "It rained. We stayed.",
    );
    check("“[Did it?]” she said. “[It did.]”", "Did it? It did.");
}

#[test]
fn an_abbreviated_title_ends_no_sentence() {
    check(
        "“[It rained,]” said Dr. Lee, “[and we stayed.]”",
        "It rained and we stayed.",
    );
}

#[test]
fn a_comma_outside_of_the_marks_is_no_part_of_the_words() {
    check(
        "„[Es regnete]“, sagte sie. „[Wir blieben.]“",
        "Es regnete. Wir blieben.",
    );
    check(
        "„[Es regnete]“, sagte sie, „[und wir blieben.]“",
        "Es regnete und wir blieben.",
    );
}

#[test]
fn a_comma_at_a_paragraph_s_end_stays() {
    check(
        "“[We ordered a part,\n\nwhich is late.]”",
        "We ordered a part, which is late.",
    );
    check(
        "“[We ordered a part,]\n\n[which is late.]”",
        "We ordered a part, which is late.",
    );
}
