//! How far the name of an organization goes: "Institute of Marine Science",
//! "Conservative Students' Association".

use super::{Bounds, Kind, Name, kinds::Small, range};
use crate::{
    digest::{
        lang::{Classes, Language, Pairs, Trait, join},
        words::{Gap, Shape, Walk, Word},
    },
    text::{Span, Text},
};
use std::ops::Range;

/// The longest name of an organization, in words.
const LONGEST: usize = 10;

/// Completes the names of organizations, and drops the mentions of other names
/// that turn out to be parts of them.
pub(super) fn complete(names: &mut Vec<Name>, text: &Text, walk: &Walk, lang: &Language) {
    let mut people = vec![false; walk.words.len()];
    for name in names.iter().filter(|name| name.kind == Kind::Person) {
        for words in &name.words {
            people[range(words)].fill(true);
        }
    }
    let place = Place {
        walk,
        small: Small::of(walk),
        lang,
        repeated: repeated(walk, lang, &people),
        people,
    };
    let mut grown: Vec<Range<u32>> = Vec::new();
    for name in names.iter_mut() {
        for at in 0..name.words.len() {
            let words = range(&name.words[at]);
            let whole = place.whole(words.clone());
            if whole == words || place.is_in_tables(&whole) {
                continue;
            }
            name.words[at] = number(whole.start)..number(whole.end);
            name.mentions[at] = span(&walk.words[whole]);
            grown.push(name.words[at].clone());
        }
    }
    if grown.is_empty() {
        return;
    }
    regroup(names, text, walk, &grown);
}

/// Puts the mentions that have grown under names of their own, one for each
/// wording, and takes away those of other names that are inside them.
fn regroup(names: &mut Vec<Name>, text: &Text, walk: &Walk, grown: &[Range<u32>]) {
    let mut made: Vec<(u64, Name)> = Vec::new();
    for name in names.iter_mut() {
        let (mut words, mut mentions) = (Vec::new(), Vec::new());
        for (place, mention) in name.words.drain(..).zip(name.mentions.drain(..)) {
            if !grown.contains(&place) {
                let inside =
                    |whole: &Range<u32>| whole.start <= place.start && place.end <= whole.end;
                if !grown.iter().any(inside) {
                    words.push(place);
                    mentions.push(mention);
                }
                continue;
            }
            let run = &walk.words[range(&place)];
            let key = run.iter().map(|word| word.key).reduce(join).unwrap_or(0);
            match made.iter_mut().find(|(known, _)| *known == key) {
                // Two parts of it were names of their own.
                Some((_, name)) if name.words.contains(&place) => {}
                Some((_, name)) => name.mention(place, mention),
                None => made.push((key, whole_name(run, place, mention, text))),
            }
        }
        name.words = words;
        name.mentions = mentions;
    }
    names.retain(|name| !name.words.is_empty());
    names.extend(made.into_iter().map(|(_, name)| name));
}

/// A name of an organization in full.
pub(super) fn whole_name(run: &[Word], words: Range<u32>, mention: Span, text: &Text) -> Name {
    Name {
        form: mention.of(&text.plain).to_owned(),
        kind: Kind::Organization,
        gender: super::Gender::Unknown,
        mentions: vec![mention],
        words: vec![words],
        roles: Vec::new(),
        offices: Vec::new(),
        keys: run.iter().map(|word| word.key).collect(),
        personal: 0,
        surname: false,
        told: false,
        bounds: Bounds::Given,
    }
}

/// Where the words stand that a name may go on over.
struct Place<'a> {
    walk: &'a Walk,
    small: Small,
    lang: &'a Language,
    /// By word, whether it is a person's name.
    people: Vec<bool>,
    /// Where the first word stands of two that are joined by the same small word
    /// more than once; in order.
    repeated: Vec<usize>,
}

/// Where two words in capitals are joined by a small one, if the same three stand
/// so more than once: "Festa do Mar" is a name, though nothing in it tells.
fn repeated(walk: &Walk, lang: &Language, people: &[bool]) -> Vec<usize> {
    if !lang.does(Trait::ADJECTIVES_BEHIND) {
        return Vec::new();
    }
    let other = Classes::ROLE
        .and(Classes::TITLE)
        .and(Classes::DAY)
        .and(Classes::MONTH)
        .and(Classes::STOP)
        .and(Classes::DETERMINER);
    // Of one that ends small the first is no general noun: "Rocha do navio".
    let general = Classes::ORGANIZATION
        .and(Classes::GENERIC)
        .and(Classes::PERSON)
        .and(Classes::SPEAKER);
    let sure = |first: &Word| first.gap == Gap::Space && !first.classes.any(general);
    let named = |word: &Word| word.shape == Shape::Capitalized && !word.classes.any(other);
    let noun = |word: &Word| word.shape == Shape::Lower && word.classes.is_none();
    let place = |word: &Word| lang.canonical(Pairs::Place, word.key).is_some();
    let mut found: Vec<(u64, usize)> = Vec::new();
    for (at, words) in walk.words.windows(3).enumerate() {
        let [first, link, last] = words else {
            continue;
        };
        if link.shape == Shape::Lower
            && lang.links_names(link.key)
            && named(first)
            && (named(last) || sure(first) && noun(last))
            && link.gap == Gap::Space
            && last.gap == Gap::Space
            && !(people[at] || people[at + 2])
            && !place(first)
        {
            found.push((join(join(first.key, link.key), last.key), at));
        }
    }
    found.sort_unstable();
    let groups = found.chunk_by(|one, other| one.0 == other.0);
    let mut repeated: Vec<usize> = groups
        .filter(|group| group.len() > 1)
        .flatten()
        .map(|(_, at)| *at)
        .collect();
    repeated.sort_unstable();
    repeated
}

impl Place<'_> {
    /// The whole of which these words are a part.
    fn whole(&self, mut words: Range<usize>) -> Range<usize> {
        let walked = &self.walk.words;
        let is = |at: usize, class: Classes| walked[at].classes.any(class);
        let (first, last) = (words.start, words.end - 1);
        // "Republican | National Committee": a party is no office.
        let common = is(last, Classes::ORGANIZATION) || self.small.has(&walked[last]);
        if words.len() > 1 && common && walked[first].gap == Gap::Space && first > 0 {
            let before = &walked[first - 1];
            let party = self.lang.canonical(Pairs::Organization, before.key);
            if party.is_some() && before.is_capital() && is(first - 1, Classes::ROLE) {
                words.start -= 1;
            }
        }
        let mut linked = false;
        // "League of | Rural Voters": what links them may stand before.
        if let [head, link] = &walked[first.saturating_sub(2)..first]
            && walked[first].gap == Gap::Space
            && link.gap == Gap::Space
            && head.shape == Shape::Capitalized
            && link.shape == Shape::Lower
            && head.classes.any(Classes::ORGANIZATION)
            && self.lang.links_names(link.key)
            && !self.people[first]
        {
            words.start = first - 2;
            linked = true;
            // "Northern Journal of | Medicine": and what goes before.
            while words.start > 0 && words.len() < LONGEST && self.is_before(words.start - 1) {
                words.start -= 1;
            }
        }
        if self.repeated.binary_search(&last).is_ok() {
            words.end = last + 3;
            return words;
        }
        if let Some(head) = first.checked_sub(2)
            && self.repeated.binary_search(&head).is_ok()
        {
            words.start = head;
            return words;
        }
        let head = linked || is(last, Classes::ORGANIZATION) || is(first, Classes::ORGANIZATION);
        if !head || walked[last].is_possessive() || self.people[first] {
            return words;
        }
        words.end = self.with_adjectives(words.end, is(first, Classes::ORGANIZATION));
        while words.len() < LONGEST {
            let Some(next) = self.next(words.end, linked) else {
                break;
            };
            linked = true;
            words.end = next;
        }
        words
    }

    /// Whether the word at `at` is a part of the name that the next word is of.
    fn is_before(&self, at: usize) -> bool {
        let walked = &self.walk.words;
        let word = &walked[at];
        let other = Classes::DETERMINER
            .and(Classes::STOP)
            .and(Classes::STARTER)
            .and(Classes::TITLE)
            .and(Classes::ROLE)
            .and(Classes::DAY)
            .and(Classes::PREPOSITION);
        matches!(word.shape, Shape::Capitalized | Shape::Upper)
            && walked[at + 1].gap == Gap::Space
            && word.sentence == walked[at + 1].sentence
            && !word.is_possessive()
            && !word.classes.any(other)
            && !self.people[at]
    }

    /// Past the adjectives in small letters that follow the first word of a name
    /// where adjectives stand behind: "Conseil national syrien".
    fn with_adjectives(&self, end: usize, headed: bool) -> usize {
        let walked = &self.walk.words;
        if !headed || !self.lang.does(Trait::FIELD_BEFORE_NAME) {
            return end;
        }
        let (mut past, mut at) = (end, end);
        while let Some(word) = walked.get(at).filter(|_| at < end + 3) {
            let demonym = self.lang.canonical(Pairs::Place, word.key).is_some();
            let adjective = word.classes.any(Classes::ADJECTIVE) || demonym;
            let possible = adjective || word.classes.is_none();
            if word.gap != Gap::Space || word.shape != Shape::Lower || !possible {
                break;
            }
            at += 1;
            // What is not known is one only if one follows.
            past = if adjective { at } else { past };
        }
        past
    }

    /// Whether the tables know a whole, or a longer one that goes on with what
    /// joins no other names ("in Europe"): then they tell what it is called.
    fn is_in_tables(&self, whole: &Range<usize>) -> bool {
        let words = &self.walk.words;
        let first = &words[whole.start];
        let rest = &words[whole.start + 1..];
        let joined = |word: &&Word| word.gap == Gap::Space && word.sentence == first.sentence;
        let longest = (self.lang.longest(first.key) as usize).max(whole.len());
        let mut length = 1;
        let mut phrase = first.key;
        let known = |phrase| {
            let canonical = |pairs| self.lang.canonical(pairs, phrase).is_some();
            canonical(Pairs::Organization) || canonical(Pairs::Place)
        };
        if length == whole.len() && known(phrase) {
            return true;
        }
        for word in rest.iter().take(longest - 1).take_while(joined) {
            phrase = join(phrase, word.key);
            length += 1;
            if length >= whole.len() && known(phrase) {
                return true;
            }
        }
        false
    }

    /// Where the next part of a name that goes up to `end` itself ends: "of
    /// Foreign Affairs", "and Trade" after it.
    fn next(&self, end: usize, linked: bool) -> Option<usize> {
        let walked = &self.walk.words;
        let at = |at: usize| {
            let word = walked.get(at)?;
            (word.gap == Gap::Space && word.sentence == walked[end - 1].sentence).then_some(word)
        };
        let first = at(end)?;
        let link = first.shape == Shape::Lower && self.lang.links_names(first.key);
        let and = linked && first.shape == Shape::Lower && first.classes.any(Classes::AND);
        // "of Texas and Rice University" are two.
        let placed = || {
            let before = &walked[end - 1];
            self.lang.canonical(Pairs::Place, before.key).is_some()
        };
        if !(link || and && !placed()) {
            return None;
        }
        let mut start = end + 1;
        while at(start).is_some_and(|word| {
            word.shape == Shape::Lower
                && word.classes.any(Classes::DEFINITE.and(Classes::DETERMINER))
        }) {
            start += 1;
        }
        let mut stop = start;
        while let Some(word) = at(stop) {
            let named = matches!(word.shape, Shape::Capitalized | Shape::Upper)
                && !word
                    .classes
                    .any(Classes::DAY.and(Classes::MONTH).and(Classes::PRONOUN));
            if !named || self.people[stop] {
                break;
            }
            stop += 1;
            if word.is_possessive() {
                break;
            }
        }
        let part = walked.get(start..stop).filter(|part| !part.is_empty())?;
        let other = part.iter().any(|word| {
            word.classes
                .any(Classes::ORGANIZATION.and(Classes::TITLE).and(Classes::ROLE))
        });
        let upper = part.iter().all(|word| word.shape == Shape::Upper);
        if and && (other || upper) {
            return None;
        }
        Some(stop)
    }
}

/// Where words stand in the text, without a possessive ending.
pub(super) fn span(words: &[Word]) -> Span {
    Span {
        start: words[0].span.start,
        end: words[words.len() - 1].bare().end,
    }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("texts are limited to less than 4 GiB")
}
