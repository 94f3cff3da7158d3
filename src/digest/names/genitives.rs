//! The genitive where it has no apostrophe: "Roes Plan" is Roe's.

use super::{Bounds, Kind, Name, extent, range};
use crate::{
    digest::{
        lang::{Classes, Language, Pairs, key},
        words::{Shape, Walk, Word},
    },
    text::Text,
};
use std::ops::Range;

/// Joins "Anna Roes" and "Roes" to "Anna Roe": a name in the genitive has no
/// apostrophe there.
pub(super) fn join_genitives(names: &mut Vec<Name>, text: &Text, walk: &Walk, lang: &Language) {
    let plain = &text.plain;
    let mut at = 0;
    while at < names.len() {
        let base = genitive(&names[at], plain).and_then(|last| {
            let keys = &names[at].keys;
            let fits = |name: &Name| {
                name.keys.len() >= keys.len()
                    && name.keys.last() == Some(&last)
                    && (keys.len() == 1 || name.keys[..keys.len() - 1] == keys[..keys.len() - 1])
            };
            (0..names.len()).find(|other| *other != at && fits(&names[*other]))
        });
        match base {
            Some(base) => {
                let inflected = names.remove(at);
                names[base - usize::from(base > at)].absorb(inflected);
            }
            None => at += 1,
        }
    }
    let possessors = Possessors::of(names, lang, plain);
    possessors.cut_off(names, walk);
    possessors.take_lone(names, walk);
}

/// Who has something where the genitive has no apostrophe.
struct Possessors<'a> {
    /// The surnames of people, each with whose it is.
    surnames: Vec<(u64, usize)>,
    lang: &'a Language,
    plain: &'a str,
}

impl<'a> Possessors<'a> {
    fn of(names: &[Name], lang: &'a Language, plain: &'a str) -> Self {
        let mut surnames: Vec<(u64, usize)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let last = name.keys.last().filter(|_| name.kind == Kind::Person);
            surnames.extend(last.map(|last| (*last, at)));
        }
        surnames.sort_unstable();
        Self {
            surnames,
            lang,
            plain,
        }
    }

    /// Whose surname in the genitive a word is.
    fn bearer(&self, word: &Word) -> Option<usize> {
        let base = key(word.span.of(self.plain).strip_suffix('s')?);
        let found = self.surnames.binary_search_by_key(&base, |(key, _)| *key);
        found.ok().map(|found| self.surnames[found].1)
    }

    /// Whether a word is a country's name in the genitive.
    fn is_place(&self, word: &Word) -> bool {
        let written = word.span.of(self.plain);
        let canonical = self.lang.canonical(Pairs::Place, word.key);
        canonical.is_some_and(|canonical| written.strip_suffix('s') == Some(canonical))
    }

    /// Takes what people and countries have off their names: "Roes | Plan",
    /// "Norwegens | Regierung".
    fn cut_off(&self, names: &mut [Name], walk: &Walk) {
        let mut moved: Vec<(usize, Range<u32>)> = Vec::new();
        for (at, name) in names.iter_mut().enumerate() {
            if name.bounds == Bounds::Given {
                continue;
            }
            let mut kept = Vec::with_capacity(name.words.len());
            for words in &name.words {
                let run = &walk.words[range(words)];
                // "Jens Roe" has his first name, not something of Jen's.
                let called = Classes::MALE_NAME.and(Classes::FEMALE_NAME);
                let person = name.kind == Kind::Person && run[0].classes.any(called);
                let before = if person { &[] } else { &run[..run.len() - 1] };
                let before = before.iter().zip(words.start + 1..);
                let owner = before.filter_map(|(word, end)| {
                    let bearer = self.bearer(word).filter(|bearer| *bearer != at);
                    (bearer.is_some() || self.is_place(word)).then_some((bearer, end))
                });
                let owner = owner.last();
                kept.push(owner.is_none());
                if let Some((Some(bearer), end)) = owner {
                    moved.push((bearer, words.start..end));
                }
            }
            // What is left may be a noun: "der Plan", told of as "Roes Plan".
            let cut = kept.iter().any(|kept| !kept);
            let full = |(words, kept): (&Range<u32>, &bool)| *kept && words.len() > 1;
            if cut && !name.words.iter().zip(&kept).any(full) {
                kept.fill(false);
            }
            let mut keep = kept.iter();
            name.words.retain(|_| *keep.next().unwrap_or(&true));
            let mut keep = kept.iter();
            name.mentions.retain(|_| *keep.next().unwrap_or(&true));
        }
        for (bearer, words) in moved {
            let span = extent::span(&walk.words[range(&words)]);
            names[bearer].mention(words, span);
        }
    }

    /// Gives a surname in the genitive to its bearer: it is taken for any noun
    /// until here.
    fn take_lone(&self, names: &mut [Name], walk: &Walk) {
        let mut owned = vec![false; walk.words.len()];
        for words in names.iter().flat_map(|name| &name.words) {
            owned[range(words)].fill(true);
        }
        for (word, at) in walk.words.iter().zip(0..) {
            if owned[at as usize] || word.shape != Shape::Capitalized {
                continue;
            }
            if let Some(bearer) = self.bearer(word) {
                names[bearer].mention(at..at + 1, word.span);
            }
        }
    }
}

/// The key of a name's last word without the "s" of a genitive.
fn genitive(name: &Name, plain: &str) -> Option<u64> {
    let form = name.mentions.first()?.of(plain);
    let last = form.split_whitespace().next_back()?;
    let base = last.strip_suffix('s').filter(|base| base.len() > 2)?;
    Some(key(base))
}
