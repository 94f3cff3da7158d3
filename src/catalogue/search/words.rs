//! Words as they are looked for: what a text is indexed as, and what a query
//! asks for.
//!
//! A word is a run of letters and digits, in lower case, in one width and
//! without accents. Scripts that are written without spaces have a word for
//! every character, so that a phrase of these finds what nobody has parted.
//!
//! `SQLite`'s own `unicode61` takes the vowel signs of Devanagari, Bengali or
//! Tamil for spaces, and knows no words in Chinese. Words are therefore parted
//! here, and the index is told to part what it gets at its spaces alone. That
//! also leaves one rule only of what a word is.

mod traced;

pub(super) use traced::Traced;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _,
    char::{decompose_canonical, is_combining_mark},
    is_nfkc_quick,
};

/// The words of a text, with a space between them.
pub(in crate::catalogue) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    append(text, &mut words);
    words
}

/// Appends the words of a text to others.
pub(in crate::catalogue) fn append(text: &str, words: &mut String) {
    let mut out = Out::new(words);
    runs(text, |kind, run| match kind {
        Run::Plain => out.plain(run),
        Run::Folded => out.folded(run),
        Run::Gap => out.gap = true,
    });
}

/// Stretches of a text as they are taken at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// ASCII letters and digits: as they are, but for case.
    Plain,
    /// What may become others, more or less: parts of a word and perhaps one
    /// character after it that is of none.
    Folded,
    /// Nothing of a word.
    Gap,
}

/// Gives the stretches of a text in order.
fn runs<'t>(text: &'t str, mut each: impl FnMut(Run, &'t str)) {
    let bytes = text.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| {
        let length = bytes[from..].iter().position(|byte| !of(byte));
        length.map_or(bytes.len(), |length| from + length)
    };
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        if bytes[at].is_ascii_alphanumeric() {
            at = run(at, u8::is_ascii_alphanumeric);
            each(Run::Plain, &text[start..at]);
        } else if bytes[at].is_ascii() {
            at += 1;
            each(Run::Gap, &text[start..at]);
        } else {
            at = run(at, |byte| !byte.is_ascii());
            for run in text[start..at].split_inclusive(|c| !is_of_a_word(c)) {
                each(Run::Folded, run);
            }
        }
    }
}

/// Text with neither case nor accents and in one width, spaces and punctuation
/// included: what names of folders are compared by.
pub(in crate::catalogue) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, |c| folded.push(c));
    folded
}

struct Out<'w> {
    words: &'w mut String,
    /// The next letter begins a word.
    gap: bool,
    /// The word at the end is a character that is one alone.
    alone: bool,
}

impl<'w> Out<'w> {
    fn new(words: &'w mut String) -> Self {
        Self {
            gap: true,
            alone: false,
            words,
        }
    }

    /// Letters and digits that need no more than lower case: most of them.
    fn plain(&mut self, run: &str) {
        self.begin();
        let from = self.words.len();
        self.words.push_str(run);
        self.words[from..].make_ascii_lowercase();
    }

    fn letter(&mut self, c: char) {
        self.begin();
        self.words.push(c);
    }

    fn begin(&mut self) {
        if (self.gap || self.alone) && !self.words.is_empty() && !self.words.ends_with(' ') {
            self.words.push(' ');
        }
        (self.gap, self.alone) = (false, false);
    }

    fn folded(&mut self, run: &str) {
        // A trademark's sign ends a word, it does not become two letters of it.
        let whole = run.trim_end_matches(|c| !is_of_a_word(c));
        fold(whole, |c| match c {
            // A vowel sign belongs to the letter before it.
            c if is_combining_mark(c) && !self.gap && !self.words.is_empty() => self.words.push(c),
            c if is_a_word(c) => {
                self.gap = true;
                self.letter(c);
                self.alone = true;
            }
            c if is_alphanumeric(c) || is_combining_mark(c) => self.letter(c),
            _ => self.gap = true,
        });
        self.gap |= whole.len() < run.len();
    }
}

fn fold(text: &str, mut take: impl FnMut(char)) {
    // Most text is in the form already, and to make sure of it is cheaper.
    if text.chars().all(is_normal) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(|c| fold_letter(c, &mut take));
    } else {
        text.nfkc().for_each(|c| fold_letter(c, &mut take));
    }
}

fn fold_letter(c: char, take: &mut impl FnMut(char)) {
    for c in c.to_lowercase() {
        match c {
            // These are what they are: most letters of most Cyrillic and Arabic
            // texts.
            'а'..='и' | 'к'..='я' | 'ا'..='غ' | 'ف'..='ي' => take(c),
            // Elsewhere a mark is a vowel or makes another letter.
            '\u{c0}'..='\u{6ff}' | '\u{1e00}'..='\u{1fff}' => decompose_canonical(c, |part| {
                if !is_accent(part) && !is_invisible(part) {
                    fold_stroke(part, take);
                }
            }),
            c if is_accent(c) || is_invisible(c) => {}
            c => take(c),
        }
    }
}

/// Letters that are Latin ones with a stroke or two of them in one, though
/// Unicode does not say so. People leave these out as they leave out accents,
/// and some have an accent besides.
fn fold_stroke(c: char, take: &mut impl FnMut(char)) {
    match c {
        'ß' => "ss".chars().for_each(take),
        'æ' => "ae".chars().for_each(take),
        'œ' => "oe".chars().for_each(take),
        'þ' => "th".chars().for_each(take),
        'ø' => take('o'),
        'ł' => take('l'),
        'đ' | 'ð' => take('d'),
        'ħ' => take('h'),
        'ı' => take('i'),
        'ς' => take('σ'),
        c => take(c),
    }
}

/// Letters that stay as they are beside each other in the form NFKC: most of
/// most texts.
fn is_normal(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{ff}'
        | '\u{400}'..='\u{45f}'
        | '\u{621}'..='\u{64a}'
        | 'ऄ'..='ह' | '\u{93e}'..='\u{94d}'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ'
        | '一'..='\u{9fff}'
        | '가'..='힣')
}

/// What the standard library says too, which searches a list for letters that
/// are not ASCII: that took half of the time of a Russian text.
fn is_alphanumeric(c: char) -> bool {
    matches!(c,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{2af}'
        | 'α'..='ώ'
        | 'Ѐ'..='ҁ'
        | 'א'..='ת'
        | 'ؠ'..='ي'
        | 'ऄ'..='ह'
        | 'ก'..='ะ'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ'
        | '一'..='\u{9fff}'
        | '가'..='힣')
        || c.is_alphanumeric()
}

fn is_of_a_word(c: char) -> bool {
    is_alphanumeric(c) || is_combining_mark(c) || is_invisible(c)
}

/// Marks that a word is often written without: accents, and the vowel points of
/// Hebrew and Arabic.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// What stands within words and is not seen: soft hyphen, joiners, the line
/// that stretches an Arabic word.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{640}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Characters of scripts without spaces: Chinese and Japanese ones, and the
/// letters of Thai, Lao, Burmese and Khmer.
fn is_a_word(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312f}'
        | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{323af}')
        && is_alphanumeric(c)
}

#[cfg(test)]
mod tests {
    use super::{append, folded, words};
    use proptest::prelude::*;
    use std::iter;
    use unicode_normalization::{IsNormalized, is_nfkc_quick};

    #[test]
    fn a_word_is_a_run_of_letters_and_digits_without_case_and_accents() {
        for (text, are) in [
            ("Heat-Pumps: the 2nd, 3.5%!", "heat pumps the 2nd 3 5"),
            ("O’Brien's l'Ukraine", "o brien s l ukraine"),
            (
                "Ångström ÉCLAIR e\u{301}clair Łódź",
                "angstrom eclair eclair lodz",
            ),
            (
                "Straße STRASSE ẞ Kjærgård œuvre",
                "strasse strasse ss kjaergard oeuvre",
            ),
            ("İstanbul ısı", "istanbul isi"),
            ("Ǽgir ǿre", "aegir ore"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("ёлка Ёлка е\u{308}лка", "елка елка елка"),
            ("ｆｕｌｌ ﬁne ½", "full fine 1 2"),
            ("Acme™Works co\u{ad}operate", "acme works cooperate"),
            ("مُحَمَّد محمد مـحمد", "محمد محمد محمد"),
            ("שָׁלוֹם שלום", "שלום שלום"),
            ("हिन्दी", "हिन्दी"),
            ("한국어 \u{1112}\u{1161}\u{11ab}국어", "한국어 한국어"),
            ("东京tower 2号", "东 京 tower 2 号"),
            ("がある か\u{3099}", "が あ る が"),
            ("ที่นี่", "ที่ นี่"),
            ("a\u{0}b\u{1f600}c¶", "a b c"),
            ("!?", ""),
            ("", ""),
        ] {
            assert_eq!(words(text), are, "{text}");
        }
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let normal = is_nfkc_quick(iter::once(c)) == IsNormalized::Yes;
            assert!(normal || !super::is_normal(c), "{c:?}");
        }
    }

    #[test]
    fn words_of_texts_are_put_together_with_a_space() {
        let mut all = words("one");
        append("two", &mut all);
        append("三", &mut all);
        append("¶", &mut all);
        append("four", &mut all);
        assert_eq!(all, "one two 三 four");
    }

    #[test]
    fn names_of_folders_keep_their_punctuation() {
        assert_eq!(folded("Été/2026-03 (a)"), "ete/2026-03 (a)");
    }

    proptest! {
        #[test]
        fn words_are_words_of_themselves(text in "\\PC{0,40}") {
            let once = words(&text);
            prop_assert_eq!(&words(&once), &once);
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }
    }
}
