//! Stock phrases: what people say that tells a reader nothing by itself
//! ("thank you very much", "we do not comment on"), as data.

use super::{
    Classes, Language,
    keys::{Table, join, key},
};
use crate::digest::words::Word;

/// What a stock phrase is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Stock {
    /// It tells what will be spoken of ("let's talk about").
    Announcement,
    /// It greets, thanks or congratulates ("thank you").
    Greeting,
    /// It answers what was asked ("no,").
    Answer,
    /// It is what press offices say for not saying anything ("we are aware of
    /// the reports"), wherever it stands.
    Statement,
    /// It points to what was said before ("the latter"), wherever it stands.
    Backward,
    /// It starts with a pronoun that means nothing ("it's time").
    Placeholder,
    /// What a pronoun stands for that means nothing comes after it ("it's good
    /// *that* ...").
    Completing,
    /// The same word completes nothing after these ("it's *going* to").
    Modal,
    /// What is thought comes after it ("I think").
    Thought,
    /// It fills time, before a comma ("well,").
    Filler,
    /// It goes on from what was said before ("on the other hand,").
    Connective,
    /// It adds to what was said before, near the start ("also").
    Adding,
    /// It is about a deed that was told before ("do that").
    Deed,
    /// It is a person, whom "he" or "she" may mean ("my grandfather").
    Somebody,
    /// It is a verb that no list of verbs has ("cannot").
    Verb,
    /// It is something written, which speaks for nobody by itself ("statement").
    Paper,
    /// A sentence that starts so tells readers what to do or what they read
    /// ("click here").
    Notice,
    /// It tells a caption, wherever it stands ("pictured").
    Pictured,
    /// It tells a time by a word that would mean something told before
    /// otherwise ("this year").
    Dated,
    /// It makes a number a share of those told before, if nothing follows that
    /// says of whom ("percent").
    Percent,
}

const SECTIONS: [(&str, Stock); 20] = [
    ("stock-announcement", Stock::Announcement),
    ("stock-greeting", Stock::Greeting),
    ("stock-answer", Stock::Answer),
    ("stock-statement", Stock::Statement),
    ("stock-backward", Stock::Backward),
    ("stock-placeholder", Stock::Placeholder),
    ("stock-completing", Stock::Completing),
    ("stock-modal", Stock::Modal),
    ("stock-thought", Stock::Thought),
    ("stock-filler", Stock::Filler),
    ("stock-connective", Stock::Connective),
    ("stock-adding", Stock::Adding),
    ("stock-deed", Stock::Deed),
    ("stock-somebody", Stock::Somebody),
    ("stock-verb", Stock::Verb),
    ("stock-paper", Stock::Paper),
    ("stock-notice", Stock::Notice),
    ("stock-pictured", Stock::Pictured),
    ("stock-dated", Stock::Dated),
    ("stock-percent", Stock::Percent),
];

impl Stock {
    /// The kind that a section of a data file is about.
    pub(super) fn named(section: &str) -> Option<Stock> {
        let found = SECTIONS.iter().find(|(name, _)| *name == section);
        found.map(|(_, stock)| *stock)
    }
}

/// What is known of words that a phrase starts with: by a bit of each kind that
/// they are all of, and whether a phrase goes on from them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    kinds: u32,
    longer: bool,
}

/// Adds a phrase, by the keys of its first word, its first two words and so on;
/// the key of its first word.
pub(super) fn add(list: &mut Vec<(u64, Known)>, stock: Stock, phrase: &str) -> Option<u64> {
    // Words are looked up without "'s".
    let keys = phrase
        .split_ascii_whitespace()
        .map(|word| key(word.strip_suffix("'s").unwrap_or(word)));
    let mut joined = 0;
    let count = keys.clone().count();
    let first = keys.clone().next();
    for (at, key) in keys.enumerate() {
        joined = if at == 0 { key } else { join(joined, key) };
        let whole = at + 1 == count;
        let kinds = if whole { 1 << stock as u16 } else { 0 };
        let longer = !whole;
        list.push((joined, Known { kinds, longer }));
    }
    first
}

pub(super) fn table(list: &[(u64, Known)]) -> Table<Known> {
    Table::new(list, |one, other| Known {
        kinds: one.kinds | other.kinds,
        longer: one.longer || other.longer,
    })
}

impl Language {
    /// Whether a word is a stock phrase of this kind.
    pub(in crate::digest) fn is_stock(&self, word: &str, stock: Stock) -> bool {
        self.stock.get(key(word)).kinds & 1 << stock as u16 != 0
    }

    /// How many of these words are the longest stock phrase of this kind that
    /// they start with; 0 if none, which is told of most by their first word's
    /// classes.
    #[inline]
    pub(in crate::digest) fn stock(&self, words: &[Word], stock: Stock) -> usize {
        match words.first() {
            Some(first) if first.classes.any(Classes::STOCK) => self.longest_stock(words, stock),
            _ => 0,
        }
    }

    fn longest_stock(&self, words: &[Word], stock: Stock) -> usize {
        let (mut joined, mut found) = (0, 0);
        for (at, word) in words.iter().enumerate() {
            joined = if at == 0 {
                word.key
            } else {
                join(joined, word.key)
            };
            let known = self.stock.get(joined);
            if known.kinds & 1 << stock as u16 != 0 {
                found = at + 1;
            }
            if !known.longer {
                break;
            }
        }
        found
    }
}
