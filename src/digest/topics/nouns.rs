//! Nouns as topics where nouns are inflected: "Ministerium" for "des
//! Ministeriums", "Helfer" for "den Helfern".

use super::About;
use crate::digest::{
    lang::Classes,
    words::{Gap, Shape, Word},
};
use std::ops::Range;

/// How far before a noun its article may stand: two adjectives between them.
const ARTICLE_BEFORE: usize = 3;

/// A run of nouns in the form in which it stands alone, if the language
/// inflects nouns and the run is an inflected one.
pub(super) fn standing_alone(run: Range<usize>, label: &str, about: &About<'_>) -> Option<String> {
    let (text, walk) = about.body;
    let words = &walk.words;
    let last = run.end.checked_sub(1)?;
    let noun = words[last].bare().of(&text.plain);
    let base = about.lang.uninflected(noun, article(words, run.start))?;
    let stem = label.strip_suffix(noun)?;
    Some(format!("{stem}{base}"))
}

/// A label with its adjectives as they stand alone with their noun, if the
/// article before the run tells how: "Bunte Liga" for "der Bunten Liga".
pub(super) fn with_nominative(run: Range<usize>, label: String, about: &About<'_>) -> String {
    let words = &about.body.1.words;
    let Some(article) = article(words, run.start) else {
        return label;
    };
    let noun = words[run.end - 1].bare().of(&about.body.0.plain);
    let mut shown = String::with_capacity(label.len());
    let mut rest = &*label;
    while let Some((adjective, behind)) = rest.split_once(' ') {
        let Some(base) = about.lang.nominative(adjective, noun, article) else {
            break;
        };
        shown.push_str(&base);
        shown.push(' ');
        rest = behind;
    }
    if shown.is_empty() {
        return label;
    }
    shown.push_str(rest);
    shown
}

/// The key of the article or preposition before a noun.
fn article(words: &[Word], noun: usize) -> Option<u64> {
    let mut at = noun;
    for _ in 0..ARTICLE_BEFORE {
        let word = words.get(at).filter(|word| word.gap == Gap::Space)?;
        at = at.checked_sub(1)?;
        let before = &words[at];
        if before.sentence != word.sentence || before.shape != Shape::Lower {
            return None;
        }
        if before
            .classes
            .any(Classes::DETERMINER.and(Classes::PREPOSITION))
        {
            return Some(before.key);
        }
    }
    None
}
