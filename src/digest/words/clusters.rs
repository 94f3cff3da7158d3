//! Letters of scripts that put no spaces between words, each with what is
//! written over, under and around it, so that no cut goes through them.

use crate::digest::lang::{Unspaced, join, unspaced};

/// A letter has fewer characters than this written on it, but for texts that
/// are made to look strange.
const LONGEST: usize = 8;

/// A letter with its marks; of Katakana, all letters that stand together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// Where it stands, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) script: Unspaced,
    /// Equal for equal clusters.
    pub(super) key: u64,
}

/// The clusters of a text, in order; other scripts are left out.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = Cluster> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let first = text[at..].chars().next()?;
            if let Some(script) = unspaced(first) {
                let found = cluster(text, at, first, script);
                at = found.end;
                return Some(found);
            }
            at += first.len_utf8();
        }
    })
}

fn cluster(text: &str, start: usize, first: char, script: Unspaced) -> Cluster {
    let mut letters = text[start..].chars();
    let (mut end, mut key, mut last) = (start, 0, '\0');
    let mut take = |letter: char, last: &mut char| {
        let code = u64::from(letter);
        key = if key == 0 { code } else { join(key, code) };
        end += letter.len_utf8();
        *last = letter;
    };
    take(first, &mut last);
    letters.next();
    // A Katakana word is one; else what goes with the letter is.
    let most = match script {
        Unspaced::Katakana => LONGEST * 2,
        Unspaced::Eastern => LONGEST,
        Unspaced::Han | Unspaced::Hiragana => 0,
    };
    for _ in 0..most {
        let mut ahead = letters.clone();
        let (Some(letter), next) = (ahead.next(), ahead.next()) else {
            break;
        };
        let goes_on = match script {
            Unspaced::Katakana => unspaced(letter) == Some(Unspaced::Katakana),
            _ => is_dependent(letter) || is_bound(last, letter) || is_silent(letter, next),
        };
        if !goes_on {
            break;
        }
        take(letter, &mut last);
        letters.next();
    }
    Cluster {
        start,
        end,
        script,
        key,
    }
}

/// Vowels and marks that belong to the letter before them.
fn is_dependent(letter: char) -> bool {
    matches!(letter,
        '\u{e30}'..='\u{e3a}' | '\u{e45}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb0}'..='\u{ebd}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}' | '\u{105e}'..='\u{1060}'
        | '\u{17b4}'..='\u{17d3}')
}

/// Whether a letter belongs to what stands before it: a vowel that is written
/// first, or a sign that joins two consonants.
fn is_bound(last: char, letter: char) -> bool {
    matches!(last, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}' | '\u{1039}' | '\u{17d2}')
        && unspaced(letter) == Some(Unspaced::Eastern)
}

/// Whether a letter closes the syllable before it, which the mark behind it
/// tells.
fn is_silent(letter: char, next: Option<char>) -> bool {
    unspaced(letter) == Some(Unspaced::Eastern)
        && matches!(next, Some('\u{e4c}' | '\u{ecc}' | '\u{103a}' | '\u{1039}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cut_goes_through_a_letter_and_its_marks() {
        let cut = |text: &'static str| -> Vec<&'static str> {
            clusters(text).map(|c| &text[c.start..c.end]).collect()
        };
        assert_eq!(cut("橋を渡る"), ["橋", "を", "渡", "る"]);
        assert_eq!(cut("バス会社 A"), ["バス", "会", "社"]);
        assert_eq!(cut("เกาะลม"), ["เกาะ", "ล", "ม"]);
        assert_eq!(cut("ศุกร์"), ["ศุ", "กร์"]);
        assert_eq!(cut("ស្ពាន"), ["ស្ពា", "ន"]);
        assert_eq!(cut("ကျောင်း"), ["ကျောင်း"]);
    }
}
