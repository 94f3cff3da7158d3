//! The furniture of a page, told by its wording: menus, buttons, notices.
//!
//! Pages mix the language of the story with that of their software, so the
//! wordings of all languages count, and stand in one list of each kind.

use super::lines::Line;
use crate::{
    digest::lang::{self, Eight, Phrases},
    text::BlockKind,
};
use std::sync::LazyLock;

/// The longest line that its wording may show to be furniture, in words.
/// A longer one is a paragraph.
pub(super) const SHORT: usize = 22;

/// How many words of a line are compared with whole lines of furniture.
const FEW: usize = 8;

/// A sentence of more words is not furniture for a wording inside it.
const SENTENCE: usize = 12;

/// By what a line is known as furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// All of it is one ("Show more").
    Whole,
    /// It starts with one ("Read more: ...").
    Start,
    /// It holds one ("... privacy policy ...").
    Part,
    /// It holds one that only notices to readers hold.
    Notice,
}

/// The wordings of all languages.
struct Wordings {
    whole: List,
    start: List,
    part: List,
    notice: List,
    menu: List,
    credit: List,
    foot: List,
}

static WORDINGS: LazyLock<Wordings> = LazyLock::new(|| Wordings {
    whole: List::merged(Phrases::FurnitureLine),
    start: List::merged(Phrases::FurnitureStart),
    part: List::merged(Phrases::FurniturePart),
    notice: List::merged(Phrases::FurnitureNotice),
    menu: List::merged(Phrases::MenuWord),
    credit: List::merged(Phrases::Credit),
    foot: List::merged(Phrases::MailFoot),
});

/// Wordings of all languages, in order.
struct List {
    wordings: Vec<&'static str>,
    /// A bit for each of their first words. Nearly every word of a text is none
    /// of them, and that costs one look instead of a search.
    firsts: [u64; 64],
}

impl List {
    fn merged(list: Phrases) -> Self {
        let mut wordings: Vec<&str> = lang::lists()
            .iter()
            .flat_map(|language| language.phrases(list))
            .copied()
            .collect();
        wordings.sort_unstable();
        wordings.dedup();
        let mut firsts = [0; 64];
        for wording in &wordings {
            let (place, bit) = first(wording, 0);
            firsts[place] |= bit;
        }
        Self { wordings, firsts }
    }

    /// Whether a wording may begin at this place.
    fn may_begin(&self, (place, bit): (usize, u64)) -> bool {
        self.firsts[place] & bit != 0
    }

    fn has(&self, words: &str) -> bool {
        self.may_begin(first(words, 0)) && self.wordings.binary_search(&words).is_ok()
    }

    /// Whether words hold one of these wordings.
    fn is_in(&self, words: &str) -> bool {
        let mut starts = memchr::memchr_iter(b' ', words.as_bytes()).map(|at| at + 1);
        self.begins(words, 0) || starts.any(|at| self.begins(words, at))
    }

    /// Whether one of these wordings begins at this place. Those with the same
    /// first word stand together, so that a search finds them.
    fn begins(&self, words: &str, at: usize) -> bool {
        if !self.may_begin(first(words, at)) {
            return false;
        }
        let words = &words[at..];
        let word = words.split(' ').next().unwrap_or_default();
        let until = self.wordings.partition_point(|wording| *wording <= words);
        self.wordings[..until]
            .iter()
            .rev()
            .take_while(|wording| wording.starts_with(word))
            .any(|wording| {
                words
                    .strip_prefix(wording)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
    }
}

/// The place in a table, and the bit there, of the word at this place: of its
/// first eight bytes, up to a letter that is not ASCII.
fn first(words: &str, at: usize) -> (usize, u64) {
    let eight = Eight::load(words.as_bytes(), at);
    let word = eight.first(eight.before(0, b' ', b' '));
    let hash = word.spread();
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// By which wording a line is known as furniture, if it is.
pub(super) fn wording(line: &Line) -> Option<Wording> {
    let long = line.words > SHORT || line.folded.is_empty();
    if long || matches!(line.kind, BlockKind::Code) {
        return None;
    }
    let folded = line.folded.as_str();
    if line.words <= FEW && WORDINGS.whole.has(folded) {
        return Some(Wording::Whole);
    }
    // "Privacy policy" in a sentence of a story on privacy is no furniture.
    let sentence = line.is_prose() && line.words > SENTENCE;
    if WORDINGS.notice.is_in(folded) {
        Some(Wording::Notice)
    } else if WORDINGS.start.begins(folded, 0) {
        Some(Wording::Start)
    } else if !sentence && WORDINGS.part.is_in(folded) {
        Some(Wording::Part)
    } else {
        None
    }
}

/// How many words of a line, in lower case, are such as menus consist of.
pub(super) fn menu_words(folded: &str) -> usize {
    let known = |word: &&str| WORDINGS.menu.has(word);
    folded.split(' ').filter(known).count()
}

/// Whether a line, in lower case, has a word of picture credits.
pub(super) fn credits(folded: &str) -> bool {
    WORDINGS.credit.is_in(folded)
}

/// Whether a line, in lower case, is of the foot of a mail that is sent to many.
pub(super) fn is_footer(folded: &str) -> bool {
    WORDINGS.foot.is_in(folded)
}
