//! What could be a topic: names, places, known concepts, runs of nouns.
//!
//! One walk over the words notes every mention under a key; equal keys are one
//! candidate. Nothing is copied and no string is compared.

use super::{About, is_outlet, phrases::phrases};
use crate::digest::{
    lang::{Classes, Pairs, join},
    names,
    words::{Gap, Shape, Word},
};
use std::ops::Range;

/// Something an article may be about, with what was seen of it.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    /// Where its representative mention stands, in the walk's words.
    first: u32,
    length: u32,
    /// How often it is mentioned.
    pub(super) count: u32,
    /// How often as a whole noun phrase rather than as a part of one.
    pub(super) whole: u32,
    /// In how many sentences.
    pub(super) sentences: u32,
    /// The sentences of the first and last mention.
    pub(super) from: u32,
    pub(super) to: u32,
    /// Whether the headline mentions it.
    pub(super) titled: bool,
}

/// What kind of thing it is, and where its shown form comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A place in the language's table.
    Place(&'static str),
    /// An organization in the language's table.
    Known(&'static str),
    /// A concept in the language's table.
    Concept(&'static str),
    /// A name of the article.
    Name(usize),
    /// A run of nouns.
    Phrase,
}

impl Candidate {
    /// Its representative mention, in the walk's words.
    pub(super) fn words(&self) -> Range<usize> {
        self.first as usize..(self.first + self.length) as usize
    }
}

/// A mention of something.
#[derive(Clone, Copy)]
pub(super) struct Mention {
    pub(super) key: u64,
    pub(super) kind: Kind,
    pub(super) first: u32,
    pub(super) length: u32,
    pub(super) whole: bool,
}

/// Whose words these are, as far as other mentions go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    /// A person's name: nothing else is in it.
    Person,
    /// Another name, which may hold a place or a concept.
    Name,
    /// A place, organization or concept of the tables.
    Known,
}

/// Everything that could be a topic, in order of its first mention.
pub(super) fn candidates(about: &About<'_>) -> Vec<Candidate> {
    let (_, walk) = about.body;
    let mut owners = vec![Owner::Nobody; walk.words.len()];
    for name in about.names {
        let person = name.kind == names::Kind::Person;
        for words in &name.words {
            let words = words.start as usize..words.end as usize;
            owners[words].fill(if person { Owner::Person } else { Owner::Name });
        }
    }
    let mut mentions = Vec::with_capacity(walk.words.len());
    known(about, &walk.words, &mut owners, &mut mentions);
    named(about, &owners, &mut mentions);
    phrases(about, &owners, &mut mentions);
    let mut titled = title_keys(about);
    titled.sort_unstable();
    gather(about, mentions, &titled)
}

/// Finds what the language's tables know.
fn known(about: &About<'_>, words: &[Word], owners: &mut [Owner], found: &mut Vec<Mention>) {
    let mut at = 0;
    while at < words.len() {
        if owners[at] == Owner::Person {
            at += 1;
            continue;
        }
        let Some((kind, length)) = longest_known(about, words, at) else {
            at += 1;
            continue;
        };
        let (Kind::Place(canonical) | Kind::Known(canonical) | Kind::Concept(canonical)) = kind
        else {
            at += 1;
            continue;
        };
        // In "Brussels, Belgium" only the city is spoken of.
        let locates = matches!(kind, Kind::Place(_))
            && words[at].gap == Gap::Comma
            && at > 0
            && words[at - 1].shape == Shape::Capitalized
            && words
                .get(at + length)
                .is_none_or(|next| next.gap != Gap::Space);
        if !locates {
            found.push(Mention {
                key: canonical_key(canonical),
                kind,
                first: number(at),
                length: number(length),
                whole: true,
            });
        }
        // "Muslims" is written as a name, but is the concept again.
        if !matches!(kind, Kind::Concept(_)) || words[at..at + length].iter().all(Word::is_capital)
        {
            owners[at..at + length].fill(Owner::Known);
        }
        at += length;
    }
}

/// The longest phrase at `at` that a table knows, and how many words it has.
fn longest_known(about: &About<'_>, words: &[Word], at: usize) -> Option<(Kind, usize)> {
    let first = &words[at];
    if first.shape == Shape::Number || first.classes.any(Classes::PREPOSITION) && is_small(first) {
        return None;
    }
    let lang = about.lang;
    let longest = lang.longest(first.key).max(lang.longest(first.term)) as usize;
    let (mut key, mut term) = (first.key, first.term);
    let mut best = None;
    for length in 1..=longest {
        if length > 1 {
            let Some(next) = words.get(at + length - 1).filter(|next| joins(next, first)) else {
                break;
            };
            if words[at + length - 2].is_possessive() {
                break;
            }
            key = join(key, next.key);
            term = join(term, next.term);
        }
        let run = &words[at..at + length];
        let lookup = |pairs| about.lang.canonical(pairs, key);
        if let Some(place) = lookup(Pairs::Place).filter(|_| is_proper(about, run)) {
            best = Some((Kind::Place(place), length));
        } else if let Some(known) = lookup(Pairs::Organization).filter(|_| is_proper(about, run)) {
            best = Some((Kind::Known(known), length));
        } else if let Some(concept) = about
            .lang
            .canonical(Pairs::Concept, key)
            .or_else(|| about.lang.canonical(Pairs::Concept, term))
            && is_concept(run)
        {
            best = Some((Kind::Concept(concept), length));
        }
    }
    best
}

/// Whether a known name is written as a name: "US" and "Turkey", but not "us"
/// and "turkey". Short forms must be in capitals throughout, "WHO".
fn is_proper(about: &About<'_>, run: &[Word]) -> bool {
    let cased = matches!(about.lang.tag, "en" | "de");
    if let [word] = run {
        let common = word.classes.any(Classes::STOP) || word.span.len() <= 3;
        if common {
            return word.shape == Shape::Upper;
        }
        // Demonyms are small in German and the Romance languages.
        return word.is_capital() || about.lang.tag != "en" && is_small(word);
    }
    let ends = || run.first().into_iter().chain(run.last());
    !cased || ends().all(|word| word.is_capital() || word.classes.any(Classes::DETERMINER))
}

/// Whether the words of a concept are used as a noun.
fn is_concept(run: &[Word]) -> bool {
    match run {
        [word] => {
            !word.classes.any(Classes::STOP) && word.shape != Shape::Upper
                || word.shape == Shape::Upper && word.span.len() > 1
        }
        _ => true,
    }
}

/// The names of the article that no table knows.
fn named(about: &About<'_>, owners: &[Owner], found: &mut Vec<Mention>) {
    for (at, name) in about.names.iter().enumerate() {
        let first = |words: &Range<u32>| owners[words.start as usize];
        let whole = |words: &Range<u32>| {
            let words = words.start as usize..words.end as usize;
            owners[words].iter().all(|owner| *owner == Owner::Known)
        };
        if name
            .words
            .first()
            .is_none_or(|words| first(words) == Owner::Known && whole(words))
        {
            continue;
        }
        for words in &name.words {
            found.push(Mention {
                key: at as u64,
                kind: Kind::Name(at),
                first: words.start,
                length: words.end - words.start,
                whole: true,
            });
        }
    }
}

/// The keys of what the headline mentions of the tables, and of its words.
fn title_keys(about: &About<'_>) -> Vec<u64> {
    let words = &about.title.words;
    let mut found = Vec::new();
    let mut owners = vec![Owner::Nobody; words.len()];
    known(about, words, &mut owners, &mut found);
    let known = found.into_iter().map(|mention| mention.key);
    let content = words.iter().filter(|word| word.is_content());
    known.chain(content.map(|word| word.term)).collect()
}

/// Makes one candidate of all mentions with the same key.
fn gather(about: &About<'_>, mut mentions: Vec<Mention>, titled: &[u64]) -> Vec<Candidate> {
    let words = &about.body.1.words;
    mentions.sort_unstable_by_key(|mention| (mention.key, mention.first));
    let mut found = Vec::new();
    for group in mentions.chunk_by(|one, other| one.key == other.key && same(one.kind, other.kind))
    {
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let sentence = |mention: &Mention| words[mention.first as usize].sentence;
        let mut sentences = 1;
        for pair in group.windows(2) {
            sentences += u32::from(sentence(&pair[0]) != sentence(&pair[1]));
        }
        let shown = representative(group, words);
        let run = &words[shown.first as usize..(shown.first + shown.length) as usize];
        let in_title = |key: u64| titled.binary_search(&key).is_ok();
        let outlet = run.iter().map(|word| word.key).reduce(join);
        if matches!(first.kind, Kind::Name(_) | Kind::Phrase)
            && outlet.is_some_and(|key| is_outlet(key, about.lang))
        {
            continue;
        }
        let titled = in_title(first.key)
            || match first.kind {
                Kind::Name(_) => run.last().is_some_and(|word| in_title(word.term)),
                _ => run.iter().all(|word| in_title(word.term)),
            };
        found.push(Candidate {
            kind: first.kind,
            first: shown.first,
            length: shown.length,
            count: number(group.len()),
            whole: number(group.iter().filter(|mention| mention.whole).count()),
            sentences,
            from: sentence(first),
            to: sentence(last),
            titled,
        });
    }
    found.sort_by_key(|candidate| (candidate.from, candidate.first, candidate.length));
    found
}

/// Whether two mentions with one key are of one kind.
fn same(one: Kind, other: Kind) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// The mention to show: the form that is used most, and of those the first that
/// is not capitalized for its place.
fn representative(group: &[Mention], words: &[Word]) -> Mention {
    let form = |mention: &Mention| {
        let run = &words[mention.first as usize..(mention.first + mention.length) as usize];
        run.iter().map(|word| word.key).reduce(join)
    };
    let uses = |mention: &Mention| {
        let own = form(mention);
        group.iter().filter(|other| form(other) == own).count()
    };
    let placed = |mention: &Mention| words[mention.first as usize].gap == Gap::Edge;
    // A long group is one of a few forms; its start tells which is common.
    let head = &group[..group.len().min(8)];
    let best = head
        .iter()
        .max_by_key(|mention| (uses(mention), !placed(mention), u32::MAX - mention.first));
    best.copied().unwrap_or(group[0])
}

fn canonical_key(canonical: &str) -> u64 {
    // Apart from the keys of names and of phrases.
    crate::digest::lang::phrase(canonical).rotate_left(17)
}

fn joins(next: &Word, first: &Word) -> bool {
    next.gap == Gap::Space && next.sentence == first.sentence
}

fn is_small(word: &Word) -> bool {
    word.shape == Shape::Lower
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("texts are limited to less than 4 GiB")
}
