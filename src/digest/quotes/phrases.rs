//! Phrases that mean somebody: names, pronouns, descriptions, and names with
//! descriptions around them.

use super::scene::{Scene, Who};
use crate::digest::{
    lang::Classes,
    names::Kind,
    words::{Gap, Shape, Word},
};
use std::ops::Range;

/// The longest phrase that tells who speaks, in words: past that it is no
/// phrase but a sentence that was not understood.
const LONGEST: usize = 14;

/// The longest description shown as a speaker, in words.
const SHOWN: usize = 12;

/// A phrase without a word for people is longer only by mistake.
const VAGUE: usize = 4;

/// Marks that stand inside a phrase.
const JOINS: [char; 6] = ['/', '$', '€', '£', '#', '@'];

/// A phrase that means somebody.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) who: Who,
    /// Whether its words themselves tell that it means somebody; else only a
    /// verb of saying beside it does ("the announcer").
    pub(super) sure: bool,
    pub(super) words: Range<usize>,
}

/// How far a phrase goes, and what was seen on the way.
struct Extent {
    end: usize,
    /// The name that the phrase is about.
    head: Option<usize>,
    /// Whether a word for people is in it.
    described: bool,
}

impl Scene<'_> {
    /// Whether a phrase is broken before the word at `at`: by a comma or a
    /// stronger mark, an abbreviation's period aside.
    pub(super) fn breaks(&self, at: usize) -> bool {
        match self.word(at).gap {
            Gap::Space => false,
            Gap::Mark => {
                let between = if at > 0 { self.between(at - 1, at) } else { "" };
                let abbreviated = between.trim() == "."
                    && self.is(at - 1, Classes::SHORT_TITLE.and(Classes::ABBREVIATION));
                // "the 9/11 widow", "the $15 campaign".
                !abbreviated && !between.trim().chars().all(|mark| JOINS.contains(&mark))
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
        // "which included Lee": a clause that tells more of what was named.
        let told_by_others = Classes::DEFINITE.and(Classes::SUBJECT);
        if self.is(at, Classes::RELATIVE) && !self.is(at, told_by_others) {
            return None;
        }
        // "or another reviewer": it starts behind the conjunction.
        let joint = Classes::AND.and(Classes::CONNECTIVE);
        let noun = Classes::DETERMINER
            .and(Classes::SUBJECT)
            .and(Classes::SPEAKER);
        if self.is(at, joint) && !self.is(at, noun) && self.mention_at(at).is_none() {
            return None;
        }
        if let Some(phrase) = self.rough(at, last) {
            return Some(phrase);
        }
        let lower = self.word(at).shape != Shape::Upper || self.word(at).span.len() == 1;
        if lower && self.is(at, Classes::SUBJECT) && self.mention_at(at).is_none() {
            return Some(Phrase {
                who: Who::Pronoun(at),
                sure: true,
                words: at..at + 1,
            });
        }
        let extent = self.extent(at, last);
        if extent.end == at {
            return None;
        }
        // Where nouns look like names, a verb beside it must speak for a name
        // that nothing shows to be a person's.
        let doubted =
            |name: usize| self.lang.capitalizes_nouns() && self.names[name].kind == Kind::Unknown;
        let named = |name| Phrase {
            who: Who::Name(name),
            sure: !doubted(name),
            words: at..extent.end,
        };
        extent
            .head
            .map(named)
            .or_else(|| self.apposed(at..extent.end, last, extent.described))
            .or_else(|| self.bare_name(at, extent.end))
            .or_else(|| self.description(at, &extent))
    }

    /// A rough number of people: "about 50 protesters".
    fn rough(&self, at: usize, last: usize) -> Option<Phrase> {
        let inner = self
            .is_rough(at, last)
            .then(|| self.phrase(at + 1, last))??;
        // "about 50 protesters gathered in": its noun ends it.
        let noun =
            |at: usize| self.is(at, Classes::PERSON.and(Classes::SPEAKER).and(Classes::ROLE));
        let goes_on = |at: usize| noun(at) || self.is(at, Classes::LINK);
        let last_noun = inner
            .words
            .clone()
            .find(|at| noun(*at) && at + 1 < last && !goes_on(at + 1));
        let words = at..last_noun.map_or(inner.words.end, |noun| noun + 1);
        let counted = inner.sure && matches!(inner.who, Who::Described(_));
        (counted && words.len() <= SHOWN).then(|| Phrase {
            who: Who::Described(self.span(&words)),
            sure: true,
            words,
        })
    }

    /// Whether the word at `at` makes the number behind it a rough one.
    pub(super) fn is_rough(&self, at: usize, last: usize) -> bool {
        let counts =
            |word: &Word| word.shape == Shape::Number || word.classes.any(Classes::NUMERAL);
        self.is(at, Classes::ROUGH)
            && at + 1 < last
            && self.word(at + 1).gap == Gap::Space
            && counts(self.word(at + 1))
    }

    /// How far the phrase that starts at `at` goes.
    fn extent(&self, at: usize, last: usize) -> Extent {
        let stops = Classes::SPEECH
            .and(Classes::AUXILIARY)
            .and(Classes::RELATIVE)
            .and(Classes::SOURCE)
            .and(Classes::SUBJECT)
            .and(Classes::SUBORDINATE)
            .and(Classes::PREPOSITION);
        let mut extent = Extent {
            end: at,
            head: None,
            described: false,
        };
        // A name that other words follow, and where it ends.
        let mut named = None;
        let mut linked = false;
        // Where the last word for people ends.
        let mut noun_end = at;
        while extent.end < last && extent.end - at < LONGEST && !self.is_quoted(extent.end) {
            let end = extent.end;
            if end > at && self.breaks(end) {
                break;
            }
            if let Some(mention) = self.mention_at(end) {
                if !linked || extent.described && self.is_apposed(at, mention) {
                    // "Lee's spokesman": the name is no head of its phrase.
                    let last = self.word(mention.words.end - 1);
                    let owner = last.is_possessive();
                    // "Texas Gov. and party leader Ann Lee", "Guild President and
                    // former actor Ann Lee".
                    let person = self.names[mention.name].kind == Kind::Person;
                    let next = mention.words.end;
                    let office = last.classes.any(Classes::ROLE)
                        && mention.words.len() > 1
                        && next < self.walk.words.len()
                        && self.is(next, Classes::AND);
                    let titled = last.classes.any(Classes::SHORT_TITLE) || office && !person;
                    extent.described = titled || extent.described && !owner;
                    extent.head = (!owner && !titled).then_some(mention.name);
                }
                extent.end = mention.words.end.max(end + 1);
                continue;
            }
            let classes = self.word(end).classes;
            // "после" is like a case of "посол".
            let noun = classes.any(Classes::PERSON.and(Classes::SPEAKER).and(Classes::ROLE))
                && !classes.any(Classes::PREPOSITION);
            let link = classes.any(Classes::LINK) && end > at;
            let determiner = end == at && classes.any(Classes::DETERMINER);
            let begun = extent.head.is_some() || extent.described;
            let verb = classes.any(Classes::VERB) && !noun && begun;
            let small = extent.head.is_some() && classes.any(Classes::STOP);
            // "Lee's first two questioners".
            let ordinal = classes.any(Classes::NUMERAL) && !begun;
            // "a later chancellor", but "another later said".
            let adverb = classes.any(Classes::AUXILIARY) && !classes.any(Classes::PASSIVE);
            let early = adverb
                && end == at + 1
                && end + 1 < last
                && self.is(at, Classes::DETERMINER)
                && !self.is(at, Classes::SPEAKER)
                && !self.is_speech(end + 1);
            let free = link || noun || determiner || ordinal || early;
            let stop = !free && (classes.any(stops) || verb || small);
            if stop || extent.head.is_some() && (link || self.is_speech(end)) {
                break;
            }
            // "The video featured a": what stands before is a verb.
            if end > at && self.is_object(end) {
                extent.end = if extent.described { noun_end } else { end };
                break;
            }
            if noun && !linked {
                noun_end = end + 1;
            }
            if link {
                linked = true;
            } else if !linked {
                if let Some(head) = extent.head.take() {
                    // "campaign manager Ann Lee": the office was hers.
                    named = Some((head, end));
                    extent.described = false;
                }
                extent.described |= noun;
            }
            extent.end += 1;
        }
        // "лидер фракции «Зелёные» Пётр Морозов": the name stands behind a field
        // in marks.
        if extent.head.is_none()
            && extent.described
            && let Some(mention) = self.behind_marks(extent.end, last)
        {
            extent.head = Some(mention.name);
            extent.end = mention.words.end;
            return extent;
        }
        // "Ann Lee lobbied": what follows the name is no noun for somebody; but
        // "one Lee confidant" is not Lee.
        let noun = extent.described || self.is(at, Classes::DETERMINER.and(Classes::NUMERAL));
        if let Some((head, end)) = named.filter(|_| extent.head.is_none() && !noun) {
            extent.head = Some(head);
            extent.end = end;
        }
        extent
    }

    /// Whether a determiner inside a phrase opens another one, since nothing
    /// links it to what stands before.
    fn is_object(&self, at: usize) -> bool {
        let links = Classes::LINK
            .and(Classes::PREPOSITION)
            .and(Classes::DETERMINER)
            .and(Classes::NUMERAL)
            .and(Classes::AND);
        // "der Sprecher des Amtes": a genitive links itself.
        let genitive = Classes::OBLIQUE.and(Classes::DEFINITE);
        let linked = self.lang.capitalizes_nouns() && self.is(at, genitive);
        !linked
            && self.is(at, Classes::DETERMINER)
            && self.word(at).shape == Shape::Lower
            && !self.is(at, Classes::LINK)
            && !self.is(at - 1, links)
            && !self.word(at - 1).is_possessive()
    }

    /// A surname that no full name told of, where nouns look like names.
    fn bare_name(&self, at: usize, end: usize) -> Option<Phrase> {
        let bare = self.lang.capitalizes_nouns() && end == at + 1 && self.is_bare_name(at);
        bare.then(|| Phrase {
            who: Who::Described(self.word(at).bare()),
            sure: false,
            words: at..end,
        })
    }

    /// Somebody told by a description, or the one who holds the office it
    /// names.
    fn description(&self, at: usize, extent: &Extent) -> Option<Phrase> {
        let Extent {
            mut end, described, ..
        } = *extent;
        let open = Classes::LINK.and(Classes::PREPOSITION).and(Classes::ADVERB);
        // "the authors of the “Autopsy” report": what follows is quoted.
        let dangling = open.and(Classes::DETERMINER).and(Classes::AND);
        while described && end > at + 1 && self.is(end - 1, dangling) {
            end -= 1;
        }
        let determined = self.is(at, Classes::DETERMINER.and(Classes::NUMERAL));
        // "Somebody said" tells of nobody.
        if end == at + 1 && !determined && self.is(at, Classes::STOP) {
            return None;
        }
        // "Another tweeted": a determiner alone, but "this" and "a" are none.
        let somebody = Classes::NUMERAL.and(Classes::SPEAKER).and(Classes::PERSON);
        let alone = determined
            && end == at + 1
            && !self.is(
                at,
                Classes::PRONOUN
                    .and(Classes::RELATIVE)
                    .and(Classes::DEFINITE),
            )
            && (self.is(at, somebody) || self.acts(end));
        let ends_open = || self.is(end - 1, dangling.and(Classes::ADJECTIVE));
        if !described && !alone && (!determined || end == at + 1 || ends_open()) {
            return None;
        }
        let vague = end - at > VAGUE || self.is(at, Classes::RELATIVE);
        if !described && vague && !self.is(at, Classes::DEFINITE) {
            return None;
        }
        let who = match self.officer(at..end) {
            Some(name) => Who::Name(name),
            None if end - at <= SHOWN => Who::Described(self.span(&(at..end))),
            None => return None,
        };
        Some(Phrase {
            who,
            sure: described,
            words: at..end,
        })
    }

    /// Whether a verb of saying stands here: "many are calling it".
    fn acts(&self, at: usize) -> bool {
        let says = |at: usize| at < self.walk.words.len() && self.is_speech(at);
        let finite = says(at) && !self.is(at, Classes::PARTICIPLE);
        let auxiliary = || self.is(at, Classes::AUXILIARY) && !self.is(at, Classes::ADVERB);
        finite || says(at + 1) && auxiliary()
    }

    fn is_bare_name(&self, at: usize) -> bool {
        let word = self.word(at);
        let known = Classes::STOP
            .and(Classes::PERSON)
            .and(Classes::SPEAKER)
            .and(Classes::SPEECH);
        word.shape == Shape::Capitalized && !word.classes.any(known)
    }

    /// The name in an apposition: "the mayor, Ann Lee, said". Behind a
    /// description, a single name does, too, and a verb may end it: "another
    /// friend, Ann Lee told the paper".
    fn apposed(&self, words: Range<usize>, last: usize, described: bool) -> Option<Phrase> {
        let at = words.end;
        if at >= last || self.word(at).gap != Gap::Comma || self.is_quoted(at) {
            return None;
        }
        let inner = self.extent(at, last);
        let name = inner.head?;
        let free = words.start == 0 || !self.is(words.start - 1, Classes::PREPOSITION);
        let closed = inner.end >= last
            || self.breaks(inner.end)
            || free
                && described
                && (self.is_finite_speech(inner.end) || self.is(inner.end, Classes::LINK));
        let person = match self.names[name].kind {
            Kind::Person => true,
            Kind::Unknown => described || inner.end - at > 1,
            Kind::Organization | Kind::Place => false,
        };
        (closed && person).then_some(Phrase {
            who: Who::Name(name),
            sure: true,
            words: words.start..inner.end,
        })
    }
}
