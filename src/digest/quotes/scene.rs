//! What attribution looks at: words, names and quoted stretches side by side,
//! and who is meant at a place in the text.

use super::marks::Quoted;
use crate::{
    digest::{
        lang::{Classes, Language},
        names::{Kind, Name},
        words::{Gap, Shape, Walk, Word},
    },
    text::{Span, Text},
};
use std::ops::Range;

/// The longest phrase that tells who speaks, in words: past that it is no
/// phrase but a sentence that was not understood.
const LONGEST: usize = 14;

/// The longest description shown as a speaker, in words.
const SHOWN: usize = 12;

/// A phrase without a word for people is longer only by mistake.
const VAGUE: usize = 4;

/// What a name mention is where it is none.
const NONE: u32 = u32::MAX;

/// An article, as attribution sees it.
pub(super) struct Scene<'a> {
    pub(super) plain: &'a str,
    pub(super) text: &'a Text,
    pub(super) walk: &'a Walk,
    pub(super) lang: &'a Language,
    pub(super) names: &'a [Name],
    /// The quoted stretches, in order.
    pub(super) quoted: &'a [Quoted],
    /// Their words.
    pub(super) ranges: Vec<Range<usize>>,
    /// The mentions of names, in order.
    pub(super) mentions: Vec<Mention>,
    /// By word: which mention it is a part of.
    mention: Vec<u32>,
    /// By word: whether it is quoted.
    inside: Vec<bool>,
}

/// A mention of a name.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) name: usize,
    pub(super) words: Range<usize>,
}

/// Who a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the names.
    Name(usize),
    /// The pronoun at this word.
    Pronoun(usize),
    /// Somebody who is described.
    Described(Span),
}

/// A phrase that means somebody.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) who: Who,
    /// Whether its words themselves tell that it means somebody; else only a
    /// verb of saying beside it does ("the announcer").
    pub(super) sure: bool,
    /// One past its last word.
    pub(super) end: usize,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        text: &'a Text,
        walk: &'a Walk,
        lang: &'a Language,
        names: &'a [Name],
        quoted: &'a [Quoted],
    ) -> Self {
        let words = &walk.words;
        let first = |at: u32| words.partition_point(|word| word.span.start < at);
        let ranges: Vec<Range<usize>> = quoted
            .iter()
            .map(|quoted| first(quoted.words.start)..first(quoted.words.end))
            .collect();
        let mut inside = vec![false; words.len()];
        for range in &ranges {
            inside[range.clone()].fill(true);
        }
        let mut mentions: Vec<Mention> = names
            .iter()
            .enumerate()
            .flat_map(|(name, of)| {
                of.words.iter().map(move |words| Mention {
                    name,
                    words: words.start as usize..words.end as usize,
                })
            })
            .collect();
        mentions.sort_unstable_by_key(|mention| mention.words.start);
        let mut mention = vec![NONE; words.len()];
        for (at, found) in (0..).zip(&mentions) {
            mention[found.words.clone()].fill(at);
        }
        Self {
            plain: &text.plain,
            text,
            walk,
            lang,
            names,
            quoted,
            ranges,
            mentions,
            mention,
            inside,
        }
    }

    pub(super) fn word(&self, at: usize) -> &Word {
        &self.walk.words[at]
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.walk.words[at].classes.any(classes)
    }

    /// A verb of saying, written as verbs are.
    pub(super) fn is_speech(&self, at: usize) -> bool {
        let word = self.word(at);
        let small = word.shape == Shape::Lower || word.gap == Gap::Edge;
        small && word.classes.any(Classes::SPEECH) && self.mention[at] == NONE
    }

    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.inside[at]
    }

    /// The mention that the word at `at` is a part of.
    pub(super) fn mention_at(&self, at: usize) -> Option<&Mention> {
        let found = self.mention[at];
        (found != NONE).then(|| &self.mentions[found as usize])
    }

    /// The words of a block.
    pub(super) fn block_words(&self, block: usize) -> Range<usize> {
        let span = self.text.blocks[block].span;
        let words = &self.walk.words;
        words.partition_point(|word| word.span.start < span.start)
            ..words.partition_point(|word| word.span.start < span.end)
    }

    /// What stands between two neighboring words.
    pub(super) fn between(&self, before: usize, after: usize) -> &'a str {
        &self.plain[self.word(before).span.end as usize..self.word(after).span.start as usize]
    }

    /// Whether a phrase is broken before the word at `at`: by a comma or a
    /// stronger mark, an abbreviation's period aside.
    fn breaks(&self, at: usize) -> bool {
        match self.word(at).gap {
            Gap::Space => false,
            Gap::Mark => {
                let abbreviated = at > 0
                    && self.is(at - 1, Classes::SHORT_TITLE.and(Classes::ABBREVIATION))
                    && self.between(at - 1, at).trim() == ".";
                !abbreviated
            }
            Gap::Edge | Gap::Comma => true,
        }
    }

    /// The phrase that starts at the word at `at` and means somebody, within
    /// the words before `last`.
    pub(super) fn phrase(&self, at: usize, last: usize) -> Option<Phrase> {
        if at >= last || self.is_quoted(at) {
            return None;
        }
        let lower = self.word(at).shape != Shape::Upper || self.word(at).span.len() == 1;
        if lower && self.is(at, Classes::SUBJECT) && self.mention_at(at).is_none() {
            let who = Who::Pronoun(at);
            return Some(Phrase {
                who,
                sure: true,
                end: at + 1,
            });
        }
        let (mut head, mut linked, mut end) = (None, false, at);
        let mut described = false;
        while end < last && end - at < LONGEST && !self.is_quoted(end) {
            if end > at && self.breaks(end) {
                break;
            }
            if let Some(mention) = self.mention_at(end) {
                let possessive = self.word(mention.words.end - 1).is_possessive();
                if !linked && !possessive {
                    head = Some(mention.name);
                } else if possessive {
                    head = None;
                    described = false;
                }
                end = mention.words.end.max(end + 1);
                continue;
            }
            let classes = self.word(end).classes;
            let stops = Classes::SPEECH
                .and(Classes::AUXILIARY)
                .and(Classes::RELATIVE)
                .and(Classes::SOURCE)
                .and(Classes::SUBJECT);
            let noun = classes.any(Classes::PERSON.and(Classes::ROLE));
            let link = classes.any(Classes::LINK) && end > at;
            let verb = classes.any(Classes::VERB) && !noun && (head.is_some() || described);
            let determiner = end == at && classes.any(Classes::DETERMINER);
            if !link
                && !noun
                && !determiner
                && (classes.any(stops) || verb || classes.any(Classes::PREPOSITION))
            {
                break;
            }
            if self.is_speech(end) && head.is_some() {
                break;
            }
            if link {
                if head.is_some() || end == at {
                    break;
                }
                linked = true;
            } else if !linked {
                head = None;
                described |= noun;
            }
            end += 1;
        }
        if end == at {
            return None;
        }
        if let Some(name) = head {
            return Some(Phrase {
                who: Who::Name(name),
                sure: true,
                end,
            });
        }
        if let Some(name) = self.apposed(end, last) {
            return Some(name);
        }
        let determined = self.is(at, Classes::DETERMINER);
        // A surname that no full name told of, where nouns look alike.
        if self.lang.capitalizes_nouns() && end == at + 1 && self.is_bare_name(at) {
            let who = Who::Described(self.word(at).bare());
            return Some(Phrase {
                who,
                sure: false,
                end,
            });
        }
        let open = Classes::LINK.and(Classes::PREPOSITION).and(Classes::ADVERB);
        if !described && (!determined || end == at + 1 || self.is(end - 1, open)) {
            return None;
        }
        let vague = end - at > VAGUE || self.word(at).classes.any(Classes::RELATIVE);
        if !described && vague && !self.is(at, Classes::DEFINITE) {
            return None;
        }
        if let Some(name) = self.officer(at..end) {
            return Some(Phrase {
                who: Who::Name(name),
                sure: true,
                end,
            });
        }
        (end - at <= SHOWN).then(|| {
            let span = Span {
                start: self.word(at).span.start,
                end: self.word(end - 1).bare().end,
            };
            Phrase {
                who: Who::Described(span),
                sure: described,
                end,
            }
        })
    }

    fn is_bare_name(&self, at: usize) -> bool {
        let word = self.word(at);
        let known = Classes::STOP.and(Classes::PERSON).and(Classes::SPEECH);
        word.shape == Shape::Capitalized && !word.classes.any(known)
    }

    /// The name in an apposition: "the mayor, Ann Lee, said".
    fn apposed(&self, at: usize, last: usize) -> Option<Phrase> {
        if at >= last || self.word(at).gap != Gap::Comma {
            return None;
        }
        let mention = self.mention_at(at)?;
        let name = &self.names[mention.name];
        let closed = mention.words.end >= last || self.breaks(mention.words.end);
        let person = (name.kind == Kind::Person
            || name.kind == Kind::Unknown && mention.words.len() > 1)
            && !self.word(mention.words.end - 1).is_possessive();
        (closed && person).then_some(Phrase {
            who: Who::Name(mention.name),
            sure: true,
            end: mention.words.end,
        })
    }

    /// The person whose office a definite phrase names: "the Secretary".
    fn officer(&self, words: Range<usize>) -> Option<usize> {
        if words.len() > 3 || !self.is(words.start, Classes::DEFINITE) {
            return None;
        }
        let office = self.word(words.end - 1);
        if !office.classes.any(Classes::ROLE) {
            return None;
        }
        let holds = |mention: &&Mention| {
            mention.words.start < words.start
                && self.names[mention.name].kind == Kind::Person
                && self.names[mention.name].roles.contains(&office.key)
        };
        let found = self.mentions.iter().rev().find(holds);
        found.map(|mention| mention.name)
    }
}
