//! The lead quote: what it is made of, and why it was chosen.

use feedwright::{
    article::Article,
    digest::{self, Settings, Term, Unfit, explain::Explanation},
    entry::Digest,
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// What tells that the speaker's words go on.
const CUT: &str = " […]";

fn explained(language: &str, title: &str, paragraphs: &[&str]) -> (Digest, Explanation) {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some(title.to_owned()),
        language: Some(language.to_owned()),
        text,
        ..Article::default()
    };
    digest::explained(article, &Settings::default())
}

/// Why the words that start so were not fit, or `None` if they were.
#[track_caller]
fn unfit(explanation: &Explanation, start: &str) -> Option<Unfit> {
    let mut all = explanation.leads.iter();
    let weighed = all.find(|weighed| weighed.quote.starts_with(start));
    weighed.expect("words that start so").verdict.err()
}

#[test]
fn every_candidate_tells_its_reason_or_its_score() {
    let (_, explanation) = explained(
        "en",
        "The harbor stays",
        &[
            "“The harbor belongs to all of us who live in this town,” said Nora Whitlock, the mayor.",
            "“It was the only thing that they ever did for anybody here,” said Paul Reed.",
            "“Let’s talk about who is going to pay for a new harbor wall,” Whitlock said.",
            "“Who is going to pay for the new wall in the harbor?” Reed asked.",
            "Whitlock called him “a man who would sell the sea itself if he could”.",
            "“We will not sell,” Whitlock said.",
        ],
    );
    assert_eq!(unfit(&explanation, "It was"), Some(Unfit::PointsOutside));
    assert_eq!(unfit(&explanation, "Let’s talk"), Some(Unfit::Announcement));
    assert_eq!(unfit(&explanation, "Who is"), Some(Unfit::Question));
    assert_eq!(unfit(&explanation, "a man"), Some(Unfit::Fragment));
    assert_eq!(unfit(&explanation, "We will"), Some(Unfit::TooShort));
    let score = explanation.leads[0].verdict.unwrap();
    let terms: Vec<Term> = score.terms().map(|(term, _)| term).collect();
    assert!(score.is_enough());
    assert!(terms.starts_with(&[Term::Speaker, Term::MainSpeaker]));
    assert!(terms.contains(&Term::Topic) && terms.contains(&Term::Personal));
    let sum: f32 = score.terms().map(|(_, worth)| worth).sum();
    assert!((sum - score.sum()).abs() < 1e-4);
    assert_eq!(Term::MainSpeaker.to_string(), "main speaker");
    assert_eq!(Unfit::Question.to_string(), "a question");
}

#[test]
fn a_cut_is_marked_only_where_words_are_left_out_at_the_end() {
    let long = "and the wind came in from the sea all night, over the roofs and through every door and window of the old town, until nobody could tell any longer what was the water and what was the wind in the streets";
    let lead = |quotation: &str| {
        let (digest, _) = explained("en", "Storm", &[quotation]);
        digest.lead_quote.unwrap().quote
    };
    // The end is left out.
    let cut = format!(
        "“We sat in my kitchen and waited for the morning to come. The lamp went out, {long},” said Nora Whitlock."
    );
    assert_eq!(
        lead(&cut),
        "We sat in my kitchen and waited for the morning to come. […]"
    );
    // The start is left out.
    let late = format!(
        "“The lamp went out, {long}. We sat in my kitchen and waited for the morning to come,” said Nora Whitlock."
    );
    assert_eq!(
        lead(&late),
        "We sat in my kitchen and waited for the morning to come"
    );
    // What the article itself parts is whole.
    let parted = "“We sat in my kitchen and waited for the morning to come,” Nora Whitlock said. “Nobody slept.”";
    assert_eq!(
        lead(parted),
        "We sat in my kitchen and waited for the morning to come"
    );
    // A clause that ends in a comma does not end the sentence.
    let held = "“When the water came up to the step of my own front door,” Nora Whitlock said, “I took the cat and left.”";
    assert_eq!(
        lead(held),
        "When the water came up to the step of my own front door I took the cat and left."
    );
}

#[test]
fn a_summary_does_not_say_again_what_leads_shortened() {
    let (digest, _) = explained(
        "en",
        "The harbor stays",
        &[
            "The council of Aldersea voted on Monday to keep the old harbor wall for another ten years.",
            "Engineers had told it in spring that the wall would not stand another winter without new piles.",
            "“The harbor belongs to everybody who lives in this town. The council forgot that for ten years, and the people who paid for it never did. They came to every meeting, they wrote letters, and they waited for an answer that never came from anybody in that room,” said Peter Aldous.",
        ],
    );
    assert!(digest.lead_quote.unwrap().quote.ends_with(CUT));
    assert!(!digest.summary.contains("belongs"), "{}", digest.summary);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_lead_quote_is_whole_sentences_of_the_body(
        paragraphs in prop::collection::vec(
            "(“(We |It |The harbor |My town |is |was |lives |because |and |never |love |all of us |Ann Lee |in May |, |\\. |\\? |: |… |\\[so\\] ){1,30}(,|\\.|\\?)” (said Ann Lee|she said|Bo Reed said)(\\. |, )?){1,3}",
            1..6,
        )
    ) {
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        for language in ["en", "de", "xx"] {
            let (digest, explanation) = explained(language, "Ann Lee loves the harbor", &paragraphs);
            let scored = explanation.leads.iter().filter(|weighed| {
                weighed.verdict.is_ok_and(|score| score.is_enough())
            });
            let sum = |weighed: &digest::Weighed| weighed.verdict.map_or(0.0, |score| score.sum());
            // The first of the best.
            let best = scored.reduce(|best, next| if sum(next) > sum(best) { next } else { best });
            let lead = digest.lead_quote.as_ref();
            prop_assert_eq!(lead.map(|lead| &lead.quote), best.map(|best| &best.quote));
            let Some(lead) = lead else { continue };
            let words = lead.quote.strip_suffix(CUT).unwrap_or(&lead.quote);
            prop_assert!(words.starts_with(char::is_uppercase), "{words}");
            prop_assert!((8..=40).contains(&words.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()), "{words}");
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let quotation = &digest.quotes[best.unwrap().place];
            let whole = quotation.quote(&digest.body.plain);
            prop_assert!(letters(&whole).contains(&letters(words)), "{words} in {whole}");
        }
    }
}
