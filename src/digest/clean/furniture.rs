//! The furniture of a page, told by its wording: menus, buttons, notices.
//!
//! Pages mix the language of the story with that of their software, so the
//! wordings of all languages count, and stand in one list of each kind.

use super::lines::Line;
use crate::{
    digest::lang::{self, Phrases},
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

/// The wordings of all languages, each list in order.
struct Wordings {
    whole: Vec<&'static str>,
    start: Vec<&'static str>,
    part: Vec<&'static str>,
    notice: Vec<&'static str>,
    menu: Vec<&'static str>,
    credit: Vec<&'static str>,
    foot: Vec<&'static str>,
}

static WORDINGS: LazyLock<Wordings> = LazyLock::new(|| {
    let merged = |list| {
        let mut all: Vec<&str> = lang::all()
            .flat_map(|language| language.phrases(list))
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    Wordings {
        whole: merged(Phrases::FurnitureLine),
        start: merged(Phrases::FurnitureStart),
        part: merged(Phrases::FurniturePart),
        notice: merged(Phrases::FurnitureNotice),
        menu: merged(Phrases::MenuWord),
        credit: merged(Phrases::Credit),
        foot: merged(Phrases::MailFoot),
    }
});

/// By which wording a line is known as furniture, if it is.
pub(super) fn wording(line: &Line) -> Option<Wording> {
    let long = line.words > SHORT || line.folded.is_empty();
    if long || matches!(line.kind, BlockKind::Code) {
        return None;
    }
    let folded = line.folded.as_str();
    if line.words <= FEW && WORDINGS.whole.binary_search(&folded).is_ok() {
        return Some(Wording::Whole);
    }
    // "Privacy policy" in a sentence of a story on privacy is no furniture.
    let sentence = line.is_prose() && line.words > SENTENCE;
    let anywhere = |wordings: &[&str]| holds(wordings, folded);
    if anywhere(&WORDINGS.notice) {
        Some(Wording::Notice)
    } else if opens(&WORDINGS.start, folded) {
        Some(Wording::Start)
    } else if !sentence && anywhere(&WORDINGS.part) {
        Some(Wording::Part)
    } else {
        None
    }
}

/// How many words of a line, in lower case, are such as menus consist of.
pub(super) fn menu_words(folded: &str) -> usize {
    let known = |word: &&str| WORDINGS.menu.binary_search(word).is_ok();
    folded.split(' ').filter(known).count()
}

/// Whether a line, in lower case, has a word of picture credits.
pub(super) fn credits(folded: &str) -> bool {
    holds(&WORDINGS.credit, folded)
}

/// Whether a line, in lower case, is of the foot of a mail that is sent to many.
pub(super) fn is_footer(folded: &str) -> bool {
    holds(&WORDINGS.foot, folded)
}

/// Whether words hold one of these wordings, which are in order.
fn holds(wordings: &[&str], words: &str) -> bool {
    let mut starts = words.match_indices(' ').map(|(at, _)| at + 1);
    opens(wordings, words) || starts.any(|at| opens(wordings, &words[at..]))
}

/// Whether words start with one of these wordings, which are in order: those
/// with the same first word stand together, so that a search finds them.
fn opens(wordings: &[&str], words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    let until = wordings.partition_point(|wording| *wording <= words);
    wordings[..until]
        .iter()
        .rev()
        .take_while(|wording| wording.starts_with(first))
        .any(|wording| {
            words
                .strip_prefix(wording)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
}
