//! Any page at all: hostile ones, and what must hold for each.

use super::read_as;
use proptest::prelude::*;

const LEDE: &str =
    "The council of Greywater met on Tuesday, and nobody could say afterwards why it had.";

#[test]
fn hostile_pages_end_soon() {
    let story = format!("<p>{LEDE}</p>");
    let fonts = "<font size=1><font size=2>".repeat(1500);
    for html in [
        "<div>".repeat(100_000) + &story,
        "<b><i>".repeat(50_000) + &story,
        "<ul><li>".repeat(50_000) + &story,
        "<table><tr><td>".repeat(30_000) + &story,
        "<blockquote>".repeat(30_000) + &story,
        format!("<p title='{}'>{story}", "a ".repeat(500_000)),
        format!("<p {}>{story}", "a=1 b ".repeat(100_000)),
        "<p>x".repeat(300_000) + &story,
        fonts + &"<p>x".repeat(30_000) + &story,
        "<".repeat(500_000) + &story,
        "&".repeat(500_000) + &story,
        format!("<p class=\"{}", "<p>x".repeat(100_000)),
    ] {
        let html = format!("<html><body>{html}");
        let start = &html[..html.len().min(60)];
        // Whether it is read or refused, it ends.
        if let Ok(article) = read_as("a.html", &html) {
            assert!(!article.text.plain.is_empty(), "{start}");
        }
    }
}

/// Letters and digits only, so that white space and markup do not count.
fn letters(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_as("a.html", &bytes);
        let _ = read_as("a.txt", [b"<!doctype html>".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_story_says_nothing_that_its_page_does_not(
        parts in proptest::collection::vec(
            prop_oneof![
                "[a-z]{1,9} ([a-z]{1,9} ){0,12}[a-z]{1,9}[.]",
                "<(p|div|ul|li|table|tr|td|b|a href=x|aside|h2|pre|template|article)( class=(share|entry-content|ad))?>",
                "</(p|div|ul|li|table|tr|td|b|a|aside|h2|pre|template|article)>",
                Just("<br>".to_owned()),
                "<!-- [a-z ]{0,9} -->",
            ],
            0..60,
        )
    ) {
        let html = format!("<html><body>{}", parts.concat());
        if let Ok(article) = read_as("a.html", &html) {
            let said = letters(&html);
            for word in letters(&article.text.plain) {
                // Tags within a word join its halves.
                prop_assert!(html.contains(&word) || said.iter().any(|part| word.contains(part)), "{word}");
            }
            prop_assert!(article.text.plain.len() <= html.len());
            let again = read_as("a.html", &html).unwrap();
            prop_assert_eq!(again, article);
        }
    }
}
