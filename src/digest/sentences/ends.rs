//! Whether a mark ends a sentence: what stands before it and what follows.

use super::{Kind, Run, Splitter};
use crate::digest::lang::{Classes, Phrases, Unspaced, ends_without_mark, key, lists, unspaced};
use unicode_normalization::char::is_combining_mark;

/// A time of day or a year ends no sentence when it stands in its opening
/// phrase ("On Monday at 6 a.m. Mr. Smith arrived"), which is this many words
/// at most.
const OPENING_PHRASE: usize = 7;

/// A text is without capitals if it has none in this many bytes: a sentence or
/// two, in which there is a name or an "I" otherwise.
const SMALL_TEXT: usize = 200;

/// The fewest bytes of a sentence of Thai that a single blank ends, and of the
/// clauses beside the blank; a letter has three. Names and numbers have blanks
/// around them as well.
const LONG_ENOUGH: usize = 240;

/// From so many bytes on, one that joins the next clause to it does not either.
const TOO_LONG: usize = 270;
const CLAUSE: usize = 45;

impl Splitter<'_> {
    /// Whether a sentence ends with this run of marks.
    pub(super) fn ends(&self, run: &Run) -> bool {
        let next = self.skip_space(run.end);
        let Some(first) = self.char(next) else {
            return true;
        };
        if run.kind == Kind::Other {
            return next > run.end || !self.goes_on(run, first);
        }
        if next == run.end {
            return self.is_glued(run);
        }
        let word = self.text[next..].trim_start_matches(is_opening);
        let Some(letter) = word.chars().next() else {
            return false;
        };
        let bullet = matches!(first, '•' | '⁃' | '–' | '—' | '-' | '*' | '¿' | '¡');
        if !bullet && !letter.is_alphanumeric() && !matches!(letter, '$' | '£' | '€' | '#' | '@')
        {
            return letter == '.' && run.kind == Kind::Strong;
        }
        let word = first_word(word);
        // "iPhone" and "eBay" may start a sentence.
        let mixed = || word.chars().nth(1).is_some_and(char::is_uppercase);
        if letter.is_lowercase() && !mixed() && !self.is_small() {
            return false;
        }
        match run.kind {
            Kind::Strong | Kind::Other => true,
            Kind::Ellipsis => !letter.is_ascii_digit() && word != "I" && !letter.is_lowercase(),
            Kind::Period => self.period_ends(run, letter, word),
        }
    }

    /// Whether the block is a text without capitals, as some archives keep
    /// theirs; a short line may just have none.
    fn is_small(&self) -> bool {
        *self.small.get_or_init(|| {
            self.bytes.len() >= SMALL_TEXT && !self.text.contains(char::is_uppercase)
        })
    }

    /// Whether a sentence goes on behind the full stop of a script without
    /// spaces, or with another width, given the letter behind it.
    fn goes_on(&self, run: &Run, next: char) -> bool {
        let marks = &self.text[run.start..run.end];
        // Japanese goes on with a particle: "「…だ。」と話した".
        let kana = |c: char| unspaced(c) == Some(Unspaced::Hiragana);
        if marks.ends_with(['」', '』', '）', '｣']) {
            return kana(next);
        }
        let before = self.text[..run.start].chars().next_back();
        match (before, marks) {
            // "３．５".
            (Some(before), "．") => before.is_alphanumeric() && next.is_alphanumeric(),
            // "Yahoo！ニュース".
            (Some(before), "！") => {
                before.is_ascii_alphabetic() && unspaced(next) == Some(Unspaced::Katakana)
            }
            _ => false,
        }
    }

    /// Whether a sentence of Thai or Lao ends with the blank at `at`. It has no
    /// mark: a longer blank is one, and of the others those between two clauses
    /// that are long enough to stand alone.
    pub(super) fn clause_ends(&self, at: usize) -> bool {
        let next = self.skip_space(at);
        if self.text[at..next].chars().count() > 1 {
            return true;
        }
        let rest = &self.text[next..];
        let clause = |text: &str| text.len() >= CLAUSE;
        let before = &self.text[self.start..at];
        let last = before.rsplit(' ').next().unwrap_or(before);
        let following = rest.split(' ').next().unwrap_or(rest);
        before.len() >= LONG_ENOUGH
            && clause(last)
            && clause(following)
            && rest.starts_with(ends_without_mark)
            && (before.len() >= TOO_LONG || !begins_clause(rest))
    }

    /// Whether the period at `run` ends a sentence, given what follows: a word
    /// that does not start small.
    fn period_ends(&self, run: &Run, letter: char, word: &str) -> bool {
        let before = self.text[self.start..run.start].trim_end();
        let last = last_word(before);
        let token = last.trim_start_matches(|c| is_opening(c) || is_closing(c));
        let starter = self.lang.is(word, Classes::STARTER);
        let leads = token.len() == before.trim_start_matches(is_opening).len();
        if token.is_empty() {
            return true;
        }
        if token.bytes().all(|byte| byte.is_ascii_digit()) {
            // "1. The first item", and "am 3. Oktober" in German.
            let ordinal = self.lang.capitalizes_nouns() && token.len() <= 2;
            return !(leads && token.len() <= 3) && (!ordinal || starter);
        }
        if !token.is_ascii() && !leads && is_caseless_letter(token) {
            return false;
        }
        let mut letters = token.chars();
        let initial = letters.next().filter(|_| letters.next().is_none());
        // "U. A. E.", "z. B.": the next letter goes with this one.
        let rest = self.text[run.end..].trim_start().strip_prefix(word);
        if initial.is_some_and(char::is_alphabetic)
            && word.chars().count() == 1
            && rest.is_some_and(|rest| rest.starts_with('.'))
        {
            return false;
        }
        // "a. The first item".
        if leads && initial.is_some() && self.list.is_some() {
            return false;
        }
        if let Some(initial) = initial.filter(|c| c.is_uppercase() || self.is_small()) {
            let pronoun = matches!(initial, 'I' | 'i') && self.lang.tag == "en";
            return starter && (pronoun || !leads);
        }
        // "J.-P. Morel".
        if matches!(token.as_bytes(), [.., b'.', b'-', _]) {
            return starter;
        }
        let mut classes = self.lang.classes(key(token));
        if classes.is_none() {
            // "D-Minn." and "ex-Gov.": the last part is the abbreviation.
            // "l'art. 5" likewise.
            let elides = self.lang.elides();
            let parts = |c| matches!(c, '-' | '–' | '/' | '—') || elides && matches!(c, '\'' | '’');
            let last = token.rsplit(parts).next().unwrap_or(token);
            classes = self.lang.classes(key(last));
            let letters = last.chars().count();
            let dotted = token.contains('.') && letters <= 4;
            let mute = self.lang.tag.is_empty() && letters <= 4 && !last.contains(is_vowel);
            if classes.is_none() && (dotted && !token.contains("..") || mute) {
                classes = Classes::ABBREVIATION;
            }
        }
        if classes.any(Classes::NUMBERED) && letter.is_numeric() {
            return false;
        }
        if classes.any(Classes::SHORT_TITLE) && !classes.any(Classes::ABBREVIATION) {
            return false;
        }
        if classes.any(Classes::TIME) {
            return starter || !self.is_opening_phrase(before);
        }
        if classes.any(Classes::ABBREVIATION) {
            return starter;
        }
        true
    }

    /// Whether all of the sentence so far is a phrase such as "In 44 B.C.".
    fn is_opening_phrase(&self, before: &str) -> bool {
        let at = [before.rfind(": "), before.rfind("; ")];
        let clause = at
            .into_iter()
            .flatten()
            .max()
            .map_or(before, |at| &before[at + 2..]);
        let mut words = clause.split_whitespace();
        let first = words.next().unwrap_or_default();
        words.clone().count() < OPENING_PHRASE
            && self.lang.is(first, Classes::PREPOSITION)
            && words.all(|word| !self.lang.is(word, Classes::PRONOUN))
    }

    /// Whether a sentence starts without a space: "worldwide.The".
    fn is_glued(&self, run: &Run) -> bool {
        let rest = &self.text[run.end..];
        let mut next = rest.trim_start_matches(['"', '“', '„']).chars();
        let capital = next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        let token = last_word(&self.text[self.start..run.start]);
        let word = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let plain = word.len() > 2
            && (word.chars().skip(1).all(char::is_lowercase)
                || word.chars().all(|c| c.is_ascii_digit() || c == ','));
        let following = rest
            .chars()
            .take(LONGEST_WORD)
            .take_while(|c| !c.is_whitespace());
        // "Jane.Doe@example.com" is no sentence end.
        let address =
            following.into_iter().any(|c| matches!(c, '@' | '/')) || token.contains(['@', '/']);
        let title = self
            .lang
            .is(word, Classes::SHORT_TITLE.and(Classes::ABBREVIATION));
        capital && plain && !address && !title
    }

    /// Whether the question or exclamation that ends at `run` is somebody's
    /// whose name follows ("“Stop!” Ann Lee shouted").
    pub(super) fn is_attributed(&self, run: &Run) -> bool {
        if run.kind != Kind::Strong {
            return false;
        }
        let next = self.text[run.end..].trim_start();
        let mut words = next.split_whitespace().take(4);
        let named = words
            .next()
            .is_some_and(|word| !self.lang.is(word, Classes::STARTER));
        named && words.any(|word| self.lang.is(first_word(word), Classes::SPEECH))
    }
}

fn is_opening(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '`'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
            | '•'
            | '⁃'
            | '*'
            | ' '
    )
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '”' | '’' | '»' | '›' | ')' | ']' | '}')
}

fn is_vowel(letter: char) -> bool {
    !letter.is_ascii()
        || matches!(
            letter.to_ascii_lowercase(),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y'
        )
}

/// The letters at the start of `text`.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(is_opening);
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    &text[..end]
}

/// Whether a word is one letter of a script without capitals: "د." is a doctor,
/// as is "डॉ.".
fn is_caseless_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_combining_mark(*c));
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    letters.next().is_some_and(caseless) && letters.next().is_none()
}

/// Whether a Thai or Lao text starts with a word that joins a clause to the one
/// before.
fn begins_clause(text: &str) -> bool {
    let mut lists = lists().iter();
    lists.any(|lists| {
        let parts = lists.phrases(Phrases::ClausePart);
        parts.iter().any(|part| text.starts_with(part))
    })
}

/// Nothing is looked for further away than this, in bytes, so that a text
/// without white space takes no longer than another.
const LONGEST_WORD: usize = 80;

/// What stands after the last white space.
fn last_word(text: &str) -> &str {
    let mut from = text.len().saturating_sub(LONGEST_WORD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..];
    near.rsplit(char::is_whitespace).next().unwrap_or(near)
}
