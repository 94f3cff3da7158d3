//! What the words of dates mean, in all languages at once.

use super::Label;
use jiff::civil::Weekday;
use std::sync::LazyLock;

/// What a word can mean in a date. Some mean several things: "mar" is a month,
/// and a weekday in French; "di" is a weekday in German, and nothing in Italian.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) month: Option<i8>,
    pub(super) weekday: Option<Weekday>,
    /// Whether the weekday is short enough to be another word: "so", "mi".
    pub(super) short: bool,
    pub(super) role: Option<Role>,
    /// Whether languages differ about the month.
    contested: bool,
}

/// What a word does in a line with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It says nothing: "on", "the".
    Small,
    /// A time follows: "at".
    At,
    /// The date is the article's.
    Label(Label),
    /// The date is not the article's: "photo".
    Other,
}

/// The longest word that is looked up, folded, in bytes.
const LONGEST: usize = 48;

/// Shorter weekdays are words of other languages as well.
const SHORT: usize = 2;

struct Names {
    /// Words of letters, folded, sorted.
    words: Vec<(String, Meaning)>,
    /// Words in scripts without spaces, the longest first.
    unspaced: Vec<(&'static str, Meaning)>,
    /// Months about which languages differ.
    contested: Vec<(&'static str, String, i8)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("names.txt")));

/// What `word` means in a text of this language.
pub(super) fn meaning(word: &str, language: &str) -> Meaning {
    let mut folded = [0; LONGEST];
    let Some(folded) = fold_into(word, &mut folded) else {
        return Meaning::default();
    };
    let names = &*NAMES;
    let at = names
        .words
        .binary_search_by(|(known, _)| known.as_bytes().cmp(folded));
    let Ok(at) = at else {
        return Meaning::default();
    };
    let mut meaning = names.words[at].1;
    if meaning.contested {
        let own = names
            .contested
            .iter()
            .find(|(tag, known, _)| *tag == language && known.as_bytes() == folded);
        meaning.month = own.map_or(meaning.month, |(.., month)| Some(*month));
    }
    meaning
}

/// The word that a text in a script without spaces starts with: its length and
/// meaning.
pub(super) fn unspaced(text: &str) -> Option<(usize, Meaning)> {
    let mut words = NAMES.unspaced.iter();
    let (word, meaning) = words.find(|(word, _)| text.starts_with(word))?;
    Some((word.len(), *meaning))
}

/// Whether words of this character's script stand without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

impl Names {
    fn read(data: &'static str) -> Names {
        let mut names = Names {
            words: Vec::new(),
            unspaced: Vec::new(),
            contested: Vec::new(),
        };
        let mut language = "";
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            if let Some(tag) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                language = tag;
            } else if let Some((key, words)) = line.split_once(": ") {
                for (at, forms) in words.split(' ').enumerate() {
                    for form in forms.split(',') {
                        names.add(language, form, Meaning::of(key, at, form));
                    }
                }
            }
        }
        names.merge();
        names
            .unspaced
            .sort_by_key(|(word, _)| usize::MAX - word.len());
        names
    }

    fn add(&mut self, language: &'static str, form: &'static str, meaning: Meaning) {
        if form.starts_with(is_unspaced) {
            self.unspaced.push((form, meaning));
            return;
        }
        let folded: String = form.chars().filter_map(fold).collect();
        if let Some(month) = meaning.month {
            self.contested.push((language, folded.clone(), month));
        }
        self.words.push((folded, meaning));
    }

    /// Makes one row of all that a word means. The sort is stable, so that the
    /// language that stands first decides.
    fn merge(&mut self) {
        self.words.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.words.dedup_by(|(next, also), (word, meaning)| {
            let same = next == word;
            if same {
                meaning.contested |= also
                    .month
                    .is_some_and(|month| meaning.month.is_some_and(|m| m != month));
                meaning.short &= also.short || also.weekday.is_none();
                meaning.month = meaning.month.or(also.month);
                meaning.weekday = meaning.weekday.or(also.weekday);
                meaning.role = meaning.role.or(also.role);
            }
            same
        });
        let words = &self.words;
        self.contested.retain(|(_, name, _)| {
            let at = words.binary_search_by(|(known, _)| known.cmp(name));
            at.is_ok_and(|at| words[at].1.contested)
        });
    }
}

impl Meaning {
    /// What the data says of the word that stands at `at` in a line.
    fn of(key: &str, at: usize, form: &str) -> Meaning {
        let mut meaning = Meaning::default();
        let number = i8::try_from(at + 1).expect("a line has few words");
        match key {
            "months" => meaning.month = Some(number),
            "weekdays" => {
                meaning.weekday = Weekday::from_monday_one_offset(number).ok();
                meaning.short = form.chars().count() <= SHORT;
            }
            "small" => meaning.role = Some(Role::Small),
            "at" => meaning.role = Some(Role::At),
            "published" => meaning.role = Some(Role::Label(Label::Published)),
            "modified" => meaning.role = Some(Role::Label(Label::Modified)),
            "as-of" => meaning.role = Some(Role::Label(Label::AsOf)),
            "other" => meaning.role = Some(Role::Other),
            key => panic!("the names of dates have an unknown line {key}"),
        }
        meaning
    }
}

fn fold_into<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    let mut end = 0;
    for c in word.chars().filter_map(fold) {
        if end + c.len_utf8() > LONGEST {
            return None;
        }
        end += c.encode_utf8(&mut buffer[end..]).len();
    }
    Some(&buffer[..end])
}

/// A letter without case and accent; nothing for an accent that stands alone.
fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    Some(match lower {
        '\u{300}'..='\u{36f}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_twelve_months_and_seven_days() {
        for line in include_str!("names.txt").lines() {
            match line.split_once(": ") {
                Some(("months", names)) => assert_eq!(names.split(' ').count(), 12, "{line}"),
                Some(("weekdays", names)) => assert_eq!(names.split(' ').count(), 7, "{line}"),
                _ => {}
            }
        }
    }

    #[test]
    fn languages_differ_about_few_months() {
        let mut contested: Vec<&str> = NAMES.contested.iter().map(|(_, n, _)| &**n).collect();
        contested.sort_unstable();
        contested.dedup();
        assert_eq!(contested, ["listopad", "listopada"]);
        assert_eq!(meaning("Listopada", "pl").month, Some(11));
        assert_eq!(meaning("listopada", "").month, Some(11));
        assert_eq!(meaning("listopada", "hr").month, Some(10));
    }

    #[test]
    fn case_and_accents_do_not_count() {
        for name in ["Décembre", "DECEMBRE", "de\u{301}cembre"] {
            assert_eq!(meaning(name, "").month, Some(12), "{name}");
        }
    }
}
