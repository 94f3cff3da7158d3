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
