//! Cutting text of scripts that put no spaces between words.
//!
//! Grammar and numbers are known from data, and cut the text into stretches.
//! What the article repeats in these is a word or a name. Nobody can tell where
//! the rest has its words without a dictionary; it is cut into pieces of about
//! a word's length, so that lengths of sentences can be compared.

use super::{
    clusters::{Cluster, clusters},
    ngrams::{self, Stretches, joined},
    particles,
};
use crate::digest::lang::{self, Language, Phrases, Unspaced};
use memchr::memmem;
use std::sync::LazyLock;

/// Words are looked for in so much of a text, in letters; in what follows,
/// those that were found are known.
const LOOKED_AT: usize = 20_000;

/// The most names in marks that are looked for, and the letters of one.
const MOST_MARKED: usize = 64;
const LONGEST_MARKED: usize = 12;

/// A piece of text that is taken for a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A word or a name.
    Unit,
    /// Grammar.
    Function,
    /// What makes a sentence that starts with it hang on the one before.
    Joining,
    Number,
    /// Part of what cannot be told apart.
    Rest,
    /// A word that holds what looks like grammar.
    Kept,
    /// Grammar at the end of a run of letters, or at its start.
    Ending,
    Opening,
    Numeral,
    Counter,
}

/// Strings of letters that are known.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By key, sorted, what a string is; nothing for the beginning of one.
    known: Vec<(u64, Option<Role>)>,
}

impl Lexicon {
    pub(super) fn add(&mut self, letters: impl Iterator<Item = u64>, role: Role) {
        let mut key = 0;
        for letter in letters {
            key = joined(key, letter);
            self.known.push((key, None));
        }
        if let Some(last) = self.known.last_mut() {
            last.1 = Some(role);
        }
    }

    /// Brings it in order. What was added for one string first counts.
    pub(super) fn sort(&mut self) {
        self.known.sort_by_key(|(key, role)| (*key, role.is_none()));
        self.known.dedup_by_key(|(key, _)| *key);
    }

    /// The longest of its strings that `letters` start with, and how many
    /// letters it has.
    fn longest(&self, letters: &[Cluster], fits: impl Fn(usize, Role) -> bool) -> (usize, Role) {
        let (mut key, mut best) = (0, (0, Role::Rest));
        for (letter, length) in letters.iter().zip(1..) {
            key = joined(key, letter.key);
            let Ok(at) = self.known.binary_search_by_key(&key, |(key, _)| *key) else {
                break;
            };
            if let Some(role) = self.known[at].1.filter(|role| fits(length, *role)) {
                best = (length, role);
            }
        }
        best
    }
}

/// What is known of an article's words before it is cut.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What it repeats.
    found: Lexicon,
    /// The names that it sets in marks.
    marked: Lexicon,
    /// Whether it is Japanese, where other letters are grammar.
    japanese: bool,
    /// The words that particles are written onto; in Korean alone.
    stems: Vec<u64>,
}

/// Learns the words of an article from its headline and its text.
pub(super) fn learn(texts: [&str; 2], lang: &Language) -> Known {
    if let Some(stems) = particles::stems(texts, lang) {
        return Known {
            stems,
            ..Known::default()
        };
    }
    if !texts.into_iter().any(lang::may_be_unspaced) {
        return Known::default();
    }
    let letters = texts.map(|text| -> Vec<Cluster> { clusters(text).take(LOOKED_AT).collect() });
    let all = || letters.iter().flatten();
    let kana = all().filter(|letter| letter.script == Unspaced::Hiragana);
    let mut known = Known {
        // Japanese has kana in every sentence.
        japanese: kana.count() * 10 > all().count(),
        ..Known::default()
    };
    let text = texts[1];
    let end = letters[1].last().map_or(0, |letter| letter.end);
    marked(&text[..end], &mut known.marked);
    known.marked.sort();
    let mut stretches = Stretches::default();
    for (text, letters) in texts.into_iter().zip(&letters) {
        known.rough(text, letters, |letters, role| {
            if role == Role::Rest {
                stretches.push(letters.iter().map(|letter| letter.key));
            }
        });
    }
    let mut names: Vec<u64> = all()
        .filter(|letter| letter.script == Unspaced::Katakana)
        .map(|letter| letter.key)
        .collect();
    names.sort_unstable();
    let is_word = |key| names.binary_search(&key).is_ok();
    ngrams::repeated(&stretches, is_word, &mut known.found);
    known.found.sort();
    known
}

impl Known {
    /// Cuts a text, which may be the headline of the one it was learnt from.
    pub(super) fn cut(&self, text: &str, lang: &Language) -> Vec<Piece> {
        if !self.stems.is_empty() {
            return particles::cut(text, lang, &self.stems);
        }
        if !lang::may_be_unspaced(text) {
            return Vec::new();
        }
        let letters: Vec<Cluster> = clusters(text).collect();
        let mut pieces = Vec::with_capacity(letters.len() / 2);
        self.rough(text, &letters, |letters, role| {
            let mut push = |part: &[Cluster], role| {
                if let ([first, ..], [.., last]) = (part, part) {
                    pieces.push(Piece {
                        start: first.start,
                        end: last.end,
                        role,
                    });
                }
            };
            if role != Role::Rest {
                return push(letters, role);
            }
            let mut at = 0;
            while at < letters.len() {
                let from = &letters[at..];
                let (length, role) = match self.found.longest(from, |_, _| true) {
                    (0, _) => (rest(from), Role::Rest),
                    found => found,
                };
                push(&from[..length], role);
                at += length;
            }
        });
        pieces
    }

    /// Calls `found` with each stretch, as [`Role::Rest`], and with each piece
    /// of grammar, number and name in marks between them.
    fn rough(&self, text: &str, letters: &[Cluster], mut found: impl FnMut(&[Cluster], Role)) {
        let grammar = if self.japanese { &*JAPANESE } else { &*GRAMMAR };
        for run in letters.chunk_by(|one, next| one.end == next.start) {
            let before = text[..run[0].start].chars().next_back();
            let mut number = before.is_some_and(char::is_numeric);
            let (mut at, mut start) = (0, 0);
            while at < run.len() {
                let fits = |length, role| match role {
                    Role::Ending => at + length == run.len(),
                    Role::Opening => at == 0,
                    Role::Counter => number,
                    _ => true,
                };
                let (mut length, role) = match self.marked.longest(&run[at..], |_, _| true) {
                    (0, _) => grammar.longest(&run[at..], fits),
                    name => name,
                };
                // All of hiragana is grammar, or as good as.
                let kana = |letter: &&Cluster| letter.script == Unspaced::Hiragana;
                let role = match role {
                    Role::Rest if kana(&&run[at]) => {
                        length = run[at..].iter().take_while(kana).count();
                        Role::Function
                    }
                    role => role,
                };
                number &= role == Role::Counter;
                let role = match role {
                    Role::Joining if at > 0 => Role::Function,
                    Role::Ending | Role::Opening => Role::Function,
                    Role::Counter => Role::Number,
                    Role::Numeral => {
                        length = numerals(grammar, &run[at..]);
                        number = length > 0;
                        Role::Number
                    }
                    role => role,
                };
                if length == 0 || role == Role::Kept {
                    at += length.max(1);
                    continue;
                }
                if start < at {
                    found(&run[start..at], Role::Rest);
                }
                found(&run[at..at + length], role);
                at += length;
                start = at;
            }
            if start < run.len() {
                found(&run[start..], Role::Rest);
            }
        }
    }
}

/// How many letters from here on are a number: several numerals, or one before
/// what it counts. "一" is part of many words.
fn numerals(grammar: &Lexicon, letters: &[Cluster]) -> usize {
    let is = |letter: &Cluster, wanted: Role| {
        let (length, role) = grammar.longest(std::slice::from_ref(letter), |_, _| true);
        length == 1 && role == wanted
    };
    let count = letters
        .iter()
        .take_while(|letter| is(letter, Role::Numeral))
        .count();
    let counts = letters
        .get(count)
        .is_some_and(|next| is(next, Role::Counter));
    if count > 1 || counts { count } else { 0 }
}

/// How many letters are about a word.
fn rest(letters: &[Cluster]) -> usize {
    let most = match letters[0].script {
        Unspaced::Katakana => 1,
        Unspaced::Han | Unspaced::Hiragana => 2,
        Unspaced::Eastern => 4,
    };
    let katakana = |letter: &Cluster| letter.script == Unspaced::Katakana;
    let mut length = 1;
    while length < most && letters.get(length).is_some_and(|next| !katakana(next)) {
        length += 1;
    }
    length
}

/// Adds the titles of works, and names in other marks that stand in the text
/// again, with or without them.
fn marked(text: &str, found: &mut Lexicon) {
    let marks = text.char_indices().filter_map(|(at, mark)| {
        let (closing, works) = match mark {
            '《' => ('》', true),
            '『' => ('』', true),
            '「' => ('」', false),
            '“' => ('”', false),
            _ => return None,
        };
        let inside = at + mark.len_utf8();
        let most = text[inside..].chars().take(LONGEST_MARKED + 1);
        let length: usize = most.take_while(|c| *c != closing).map(char::len_utf8).sum();
        let name = &text[inside..inside + length];
        text[inside + length..]
            .starts_with(closing)
            .then_some((name, works))
    });
    for (name, works) in marks.take(MOST_MARKED) {
        let letters: Vec<Cluster> = clusters(name).collect();
        let whole: usize = letters.iter().map(|letter| letter.end - letter.start).sum();
        let again = || {
            memmem::find_iter(text.as_bytes(), name.as_bytes())
                .nth(1)
                .is_some()
        };
        if letters.len() > 1 && whole == name.len() && (works || again()) {
            found.add(letters.iter().map(|letter| letter.key), Role::Unit);
        }
    }
}

/// What the data knows of these scripts.
static GRAMMAR: LazyLock<Lexicon> = LazyLock::new(|| grammar(Phrases::FunctionPart));
static JAPANESE: LazyLock<Lexicon> = LazyLock::new(|| grammar(Phrases::JapanesePart));

fn grammar(functions: Phrases) -> Lexicon {
    let mut grammar = Lexicon::default();
    for (list, role) in [
        (Phrases::KeptPart, Role::Kept),
        (Phrases::ClausePart, Role::Joining),
        (functions, Role::Function),
        (Phrases::CounterPart, Role::Counter),
        (Phrases::NumeralPart, Role::Numeral),
    ] {
        for part in phrases(list) {
            let (part, role) = match (part.strip_prefix('~'), part.strip_suffix('~')) {
                (Some(ending), _) => (ending, Role::Ending),
                (None, Some(opening)) => (opening, Role::Opening),
                (None, None) => (part, role),
            };
            grammar.add(clusters(part).map(|cluster| cluster.key), role);
        }
    }
    grammar.sort();
    grammar
}

pub(super) fn phrases(list: Phrases) -> impl Iterator<Item = &'static str> {
    let lists = lang::lists().iter();
    lists.flat_map(move |lists| lists.phrases(list).iter().copied())
}
