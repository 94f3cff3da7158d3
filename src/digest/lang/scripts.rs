//! Which scripts is a text written in, and which language do they tell?

use super::recognize::Sure;

/// The scripts that are told apart. Those before [`Script::Latin`] are each of
/// one language that has articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Greek,
    Hebrew,
    Thai,
    Georgian,
    Armenian,
    Korean,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Lao,
    Burmese,
    Amharic,
    Khmer,
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Kana,
    Han,
}

/// The languages of the scripts before [`Script::Latin`], in their order.
const ALONE: [&str; Script::Latin as usize] = [
    "el", "he", "th", "ka", "hy", "ko", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si", "lo", "my",
    "am", "km",
];

const COUNT: usize = Script::Han as usize + 1;

/// A text in a script of its own is known by fewer letters than one in Latin
/// script.
const FEW: usize = 12;

/// How many letters of each script a text has.
#[derive(Debug, Default)]
pub(super) struct Letters([usize; COUNT]);

impl Letters {
    pub(super) fn count(texts: [&str; 2]) -> Letters {
        let mut letters = Letters::default();
        for c in texts.into_iter().flat_map(str::chars) {
            if let Some(script) = script(c) {
                letters.0[script as usize] += 1;
            }
        }
        letters
    }

    pub(super) fn of(&self, script: Script) -> usize {
        self.0[script as usize]
    }

    pub(super) fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// Whether most letters are of this script.
    pub(super) fn are_mostly(&self, script: Script) -> bool {
        self.of(script) * 2 > self.all()
    }

    /// The language that the scripts tell by themselves.
    pub(super) fn language(&self) -> Option<&'static str> {
        let all = self.all();
        if all < FEW {
            return None;
        }
        let (kana, han) = (self.of(Script::Kana), self.of(Script::Han));
        // Japanese has kana in every sentence; a Chinese text has a name in
        // kana at most.
        if (kana + han) * 2 > all {
            return Some(if kana * 10 > han { "ja" } else { "zh" });
        }
        let alone = self
            .0
            .iter()
            .zip(ALONE)
            .find(|(count, _)| **count * 2 > all);
        alone.map(|(_, language)| language)
    }
}

fn script(c: char) -> Option<Script> {
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some(Script::Latin);
    }
    Some(match c {
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{531}'..='\u{587}' => Script::Armenian,
        '\u{5d0}'..='\u{5f2}' => Script::Hebrew,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' => Script::Arabic,
        '\u{900}'..='\u{963}' => Script::Devanagari,
        '\u{980}'..='\u{9e3}' => Script::Bengali,
        '\u{a00}'..='\u{a65}' | '\u{a70}'..='\u{a7f}' => Script::Gurmukhi,
        '\u{a80}'..='\u{ae5}' => Script::Gujarati,
        '\u{b80}'..='\u{be5}' => Script::Tamil,
        '\u{c00}'..='\u{c65}' => Script::Telugu,
        '\u{c80}'..='\u{ce5}' => Script::Kannada,
        '\u{d00}'..='\u{d65}' => Script::Malayalam,
        '\u{d80}'..='\u{df3}' => Script::Sinhala,
        '\u{e01}'..='\u{e4e}' => Script::Thai,
        '\u{e81}'..='\u{ecd}' => Script::Lao,
        '\u{1000}'..='\u{103f}' => Script::Burmese,
        '\u{10a0}'..='\u{10ff}' => Script::Georgian,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Script::Korean,
        '\u{1200}'..='\u{137f}' => Script::Amharic,
        '\u{1780}'..='\u{17d3}' => Script::Khmer,
        '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => Script::Kana,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Script::Han,
        _ => return None,
    })
}

/// How a script goes on that puts no spaces between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Unspaced {
    /// A letter is a word or a part of one.
    Han,
    /// Most of it is grammar.
    Hiragana,
    /// Letters that stand together are a word.
    Katakana,
    /// Thai, Lao, Khmer, Burmese: letters with what is written around them.
    Eastern,
}

/// Whether this is a letter of a script that puts no spaces between words, and
/// of which kind.
pub(in crate::digest) fn unspaced(c: char) -> Option<Unspaced> {
    if c < '\u{e01}' {
        return None;
    }
    let thai = matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}');
    let lao = matches!(c, '\u{e81}'..='\u{ece}' | '\u{edc}'..='\u{edf}');
    let burmese = matches!(c, '\u{1000}'..='\u{103f}' | '\u{104c}'..='\u{108f}');
    let khmer = matches!(c, '\u{1780}'..='\u{17d3}');
    let han =
        matches!(c, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
    let rare_han = matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    let katakana =
        matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}');
    let half_width = matches!(c, '\u{ff66}'..='\u{ff9f}');
    Some(match c {
        _ if thai || lao || burmese || khmer => Unspaced::Eastern,
        _ if han || rare_han => Unspaced::Han,
        '\u{3041}'..='\u{309f}' => Unspaced::Hiragana,
        _ if katakana || half_width => Unspaced::Katakana,
        _ => return None,
    })
}

/// Whether a text may have letters of such a script; asked of every text, so
/// that it looks at bytes alone.
pub(in crate::digest) fn may_be_unspaced(text: &str) -> bool {
    let begins = |byte: u8| matches!(byte, 0xe0 | 0xe1 | 0xe3..=0xe9 | 0xef..);
    any_byte(text, begins) && text.chars().any(|c| unspaced(c).is_some())
}

/// About how many words a text has in such scripts: one of two letters in
/// Chinese, and of five in Thai with its marks.
pub(in crate::digest) fn unspaced_words(text: &str) -> usize {
    if !may_be_unspaced(text) {
        return 0;
    }
    let tenths = text
        .chars()
        .filter_map(unspaced)
        .map(|script| match script {
            Unspaced::Eastern => 2,
            Unspaced::Han | Unspaced::Hiragana | Unspaced::Katakana => 5,
        });
    tenths.sum::<usize>() / 10
}

/// Whether a text may have Hangul.
pub(in crate::digest) fn may_be_hangul(text: &str) -> bool {
    any_byte(text, |byte| matches!(byte, 0xea..=0xed)) && text.chars().any(is_hangul)
}

/// Whether this is a syllable of Korean.
pub(in crate::digest) fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}')
}

/// Whether any byte is such; many are looked at together.
fn any_byte(text: &str, is: impl Fn(u8) -> bool + Copy) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is(*byte));
    text.as_bytes().chunks(1024).any(any)
}

/// Full stops, question and exclamation marks that are not ASCII: ideographic
/// ones, danda, Arabic, Urdu, Armenian, Ethiopic, Khmer and Burmese ones.
pub(in crate::digest) fn is_full_stop(letter: char) -> bool {
    let east = matches!(letter, '。' | '！' | '？' | '．' | '｡');
    let south = matches!(letter, '।' | '॥' | '។' | '៕' | '။');
    east || south || matches!(letter, '؟' | '۔' | '։' | '።' | '፧' | '፨')
}

/// Whether sentences of the script of this letter end without a mark.
pub(in crate::digest) fn ends_without_mark(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e4e}' | '\u{e81}'..='\u{ece}')
}

/// The language of a Cyrillic text by the letters that only it has.
pub(super) fn cyrillic(texts: [&str; 2]) -> Sure {
    let has = |letters| count(texts, letters) > 0;
    let often = |letters| count(texts, letters) > 1;
    // Kyrgyz, Tatar and Mongolian have some of them.
    if often("әғқңөұүһ") {
        return if often("қғұ") {
            Sure::Is("kk")
        } else {
            Sure::Unknown
        };
    }
    if has("ў") {
        return Sure::Is("be");
    }
    if often("їєґ") || often("і") && !has("ыэё") {
        return Sure::Is("uk");
    }
    if often("јљњђћџѓќѕ") {
        return match (count(texts, "ђћ"), count(texts, "ѓќѕ")) {
            (1.., 0) => Sure::Is("sr"),
            (0, 1..) => Sure::Is("mk"),
            _ => Sure::Unknown,
        };
    }
    // Hardly a sentence of Russian goes without; Bulgarian has none.
    if has("ыэё") {
        Sure::Is("ru")
    } else {
        Sure::Maybe
    }
}

/// The language of an Arabic text by the letters that only it has.
pub(super) fn arabic(texts: [&str; 2]) -> Sure {
    let often = |letters| count(texts, letters) > 1;
    if often("ێۆەڕڵ") {
        // Kurdish and Uyghur.
        Sure::Unknown
    } else if often("ټډړښځڅ") {
        Sure::Is("ps")
    } else if often("ٹڈڑںے") {
        Sure::Is("ur")
    } else if often("پچژگ") {
        Sure::Is("fa")
    } else {
        Sure::Is("ar")
    }
}

/// Whether all letters beyond ASCII are in use in this language in Latin script.
pub(super) fn fits(language: &str, texts: [&str; 2]) -> bool {
    let Some((_, own)) = LETTERS.iter().find(|(tag, _)| *tag == language) else {
        return false;
    };
    let letters = || {
        let all = texts.into_iter().flat_map(str::chars);
        all.filter(|c| !c.is_ascii() && script(*c) == Some(Script::Latin))
    };
    // Names bring their letters along.
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let others = letters().filter(|c| !own.contains(lower(*c))).count();
    others < 2 || others * 8 < letters().count()
}

/// The letters beyond ASCII of languages that are told by their words, and that
/// others are mistaken for.
const LETTERS: &[(&str, &str)] = &[
    ("en", "éèêëçïöüñ"),
    ("de", "äöüßé"),
    ("nl", "éèëïöüó"),
    ("fr", "àâæçèéêëîïôùûüÿœ"),
    ("es", "áéíñóúüªº"),
    ("it", "àèéìíîòóù"),
    ("pt", "áâãàçéêíóôõúüªº"),
];

fn count(texts: [&str; 2], letters: &str) -> usize {
    let all = texts.into_iter().flat_map(str::chars);
    all.filter(|c| letters.contains(c.to_lowercase().next().unwrap_or(*c)))
        .count()
}
