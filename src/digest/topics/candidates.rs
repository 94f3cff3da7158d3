//! What could be a topic: names, places, known concepts, runs of nouns.
//!
//! One walk over the words notes every mention under a key; equal keys are one
//! candidate. Nothing is copied and no string is compared.

use super::{
    About,
    known::known,
    phrases::{NOT_NOMINAL, PEOPLE, VERBS, phrases},
};
use crate::digest::{
    lang::{Classes, join},
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
    /// Where the first mention starts, in the walk's words.
    pub(super) from: u32,
    /// How many of its words the headline has, as a share.
    pub(super) titled: f32,
    /// Whose name a phrase starts with.
    pub(super) opens: Owner,
    /// How it stands among other words.
    pub(super) beside: Beside,
}

/// How often the mentions of something stand beside words of certain kinds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// Behind an article and the like.
    pub(super) determiner: u32,
    /// Behind a preposition.
    pub(super) preposition: u32,
    /// Before what may be a noun.
    pub(super) noun: u32,
    /// Before "of".
    pub(super) link: u32,
}

impl Beside {
    fn note(&mut self, mention: &Mention, words: &[Word]) {
        let range = mention.words();
        if let Some(before) = range.start.checked_sub(1)
            && words[range.start].gap == Gap::Space
        {
            let before = words[before].classes;
            self.determiner += u32::from(before.any(Classes::DETERMINER));
            self.preposition += u32::from(before.any(Classes::PREPOSITION));
        }
        if let Some(next) = words.get(range.end).filter(|next| next.gap == Gap::Space) {
            self.noun += u32::from(!next.classes.any(NOT_NOMINAL));
            self.link += u32::from(next.classes.any(Classes::LINK));
        }
    }
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

    /// Whether it is nothing but a part of other phrases, "foreign" of "foreign
    /// policy", or something that was said once beside a person's name.
    fn is_fragment(&self) -> bool {
        let modifies = self.length == 1 || self.beside.noun == self.count;
        let in_passing = self.opens == Owner::Person && self.count == 1;
        self.kind == Kind::Phrase && (self.whole == 0 && modifies || in_passing)
    }

    /// Whether general nouns are all it is of, and the text does not keep coming
    /// back to them together.
    fn is_vague(&self, words: &[Word]) -> bool {
        /// How often it does, and with the headline's help.
        const OFTEN: u32 = 3;
        const TITLED: u32 = 2;
        let words = &words[self.words()];
        let kinds = Classes::GENERIC.and(Classes::ADJECTIVE);
        let generic = |word: &Word| word.classes.any(kinds);
        let headed = words
            .last()
            .is_some_and(|word| word.classes.any(Classes::GENERIC));
        let often = if self.titled >= 1.0 { TITLED } else { OFTEN };
        let single = words.len() == 1;
        self.kind == Kind::Phrase
            && headed
            && words.iter().all(generic)
            && (single || self.count < often)
    }

    /// Whether it is the subject of a sentence with its verb ("the station stands
    /// at"), which looks like two nouns: a topic that is named so comes again.
    fn is_clause(&self, words: &[Word]) -> bool {
        let words = &words[self.words()];
        let verb = |word: &Word| word.shape == Shape::Lower && word.classes.any(VERBS);
        let inflected = |word: &&Word| word.term != word.key && verb(word);
        let phrase = self.kind == Kind::Phrase && words.len() > 1;
        phrase && self.count == 1 && words.last().is_some_and(|word| inflected(&word))
    }

    /// Whether it is people of a place or an organization who are named in passing
    /// ("U.S. officials"): that is the topic, or nothing is.
    fn is_of_others(&self, words: &[Word]) -> bool {
        let people = |word: &Word| word.shape == Shape::Lower && word.classes.any(PEOPLE);
        let last = words[self.words()].last();
        self.kind == Kind::Phrase
            && self.count == 1
            && self.opens.is_table()
            && last.is_some_and(people)
    }

    /// Where it comes among others of the same score.
    pub(super) fn place(&self) -> (u32, u32, u32) {
        (self.from, self.first, self.length)
    }
}

/// A mention of something.
#[derive(Clone, Copy)]
pub(super) struct Mention {
    pub(super) key: u64,
    pub(super) kind: Kind,
    pub(super) first: u32,
    pub(super) length: u32,
    /// Whether it is a whole noun phrase rather than a part of one.
    pub(super) whole: bool,
    /// Whose name a phrase starts with.
    pub(super) opens: Owner,
}

impl Mention {
    fn words(&self) -> Range<usize> {
        self.first as usize..(self.first + self.length) as usize
    }
}

/// Whose words these are, as far as other mentions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    /// A person's name: nothing else is in it.
    Person,
    /// An organization's name in full: nothing else is in it either.
    Closed,
    /// Another name, which may hold a place or a concept.
    Name,
    /// A place or concept of the tables.
    Known,
    /// An organization of the tables.
    Organization,
}

impl Owner {
    fn is_table(self) -> bool {
        matches!(self, Self::Known | Self::Organization)
    }
}

/// The mentions of an article.
pub(super) struct Mentions {
    /// Those that may be of one thing.
    pub(super) shared: Vec<Mention>,
    /// Phrases with a stem that the text has once, so that nothing else can be
    /// a mention of theirs. Most phrases are such, and need not be brought
    /// together.
    pub(super) lone: Vec<Mention>,
}

/// Everything that could be a topic, in no order that means anything.
pub(super) fn candidates(about: &About<'_>) -> Vec<Candidate> {
    let (_, walk) = about.body;
    let mut owners = vec![Owner::Nobody; walk.words.len()];
    for name in about.names {
        let owner = match name.kind {
            names::Kind::Person => Owner::Person,
            _ if name.is_closed() => Owner::Closed,
            _ => Owner::Name,
        };
        for words in &name.words {
            owners[words.start as usize..words.end as usize].fill(owner);
        }
    }
    // A long article has a mention in every third word, most of them shared.
    let mut mentions = Mentions {
        shared: Vec::with_capacity(walk.words.len() / 4),
        lone: Vec::with_capacity(walk.words.len() / 16),
    };
    known(about, &walk.words, &mut owners, &mut mentions.shared);
    named(about, &owners, &mut mentions.shared);
    phrases(about, &owners, &mut mentions);
    gather(about, mentions, &Headline::of(about))
}

/// The names of the article that no table knows.
fn named(about: &About<'_>, owners: &[Owner], found: &mut Vec<Mention>) {
    for (at, name) in about.names.iter().enumerate() {
        let first = |words: &Range<u32>| owners[words.start as usize];
        let whole = |words: &Range<u32>| {
            let words = words.start as usize..words.end as usize;
            owners[words].iter().all(|owner| owner.is_table())
        };
        if name
            .words
            .first()
            .is_none_or(|words| first(words).is_table() && whole(words))
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
                opens: Owner::Nobody,
            });
        }
    }
}

/// What the headline mentions.
struct Headline {
    /// The keys of what the tables know.
    known: Vec<u64>,
    /// By the number of a stem of the text, whether it is in the headline.
    terms: Vec<bool>,
}

impl Headline {
    fn of(about: &About<'_>) -> Self {
        let words = &about.title.words;
        let mut found = Vec::new();
        let mut owners = vec![Owner::Nobody; words.len()];
        known(about, words, &mut owners, &mut found);
        let walk = about.body.1;
        let mut terms = vec![false; walk.terms.counts.len()];
        for word in words.iter().filter(|word| word.is_content()) {
            if let Some(id) = walk.terms.get(word.term) {
                terms[id as usize] = true;
            }
        }
        let known = found.iter().map(|mention| mention.key).collect();
        Self { known, terms }
    }

    /// How many of a mention's words it has, as a share.
    fn share(&self, mention: &Mention, run: &[Word]) -> f32 {
        let has = |word: &Word| self.terms[word.id as usize];
        if self.known.contains(&mention.key) {
            return 1.0;
        }
        let mentioned = run.iter().filter(|word| has(word)).count();
        mentioned as f32 / run.len().max(1) as f32
    }
}

/// Makes one candidate of all mentions with the same key.
fn gather(about: &About<'_>, mentions: Mentions, headline: &Headline) -> Vec<Candidate> {
    let words = &about.body.1.words;
    let Mentions { mut shared, lone } = mentions;
    shared.sort_unstable_by_key(|mention| (mention.key, mention.first));
    let groups = shared.chunk_by(|one, other| one.key == other.key && same(one.kind, other.kind));
    let mut found = Vec::with_capacity(shared.len() / 2 + lone.len());
    let all = lone.chunks(1).chain(groups);
    // Most are told to be none before the headline is asked.
    let is_one =
        |it: &Candidate| !it.is_fragment() && !it.is_clause(words) && !it.is_of_others(words);
    for group in all {
        let mut candidate = candidate(group, words);
        if is_one(&candidate) {
            candidate.titled = headline.share(&group[0], &words[candidate.words()]);
            if !candidate.is_vague(words) {
                found.push(candidate);
            }
        }
    }
    found
}

/// What mentions of one thing, in their order, tell of it, the headline aside.
fn candidate(group: &[Mention], words: &[Word]) -> Candidate {
    let first = &group[0];
    let (mut whole, mut beside) = (0, Beside::default());
    for mention in group {
        whole += u32::from(mention.whole);
        beside.note(mention, words);
    }
    let shown = representative(group, words);
    Candidate {
        kind: first.kind,
        first: shown.first,
        length: shown.length,
        count: number(group.len()),
        whole,
        from: first.first,
        titled: 0.0,
        opens: first.opens,
        beside,
    }
}

/// Whether two mentions with one key are of one kind.
fn same(one: Kind, other: Kind) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// The mention to show: the form that is used most, and of those the first that
/// is not capitalized for its place.
fn representative(group: &[Mention], words: &[Word]) -> Mention {
    if let [only] = group {
        return *only;
    }
    let form = |mention: &Mention| joined(&words[mention.words()]);
    let forms: Vec<_> = group.iter().map(form).collect();
    let uses = |form: &Option<u64>| forms.iter().filter(|other| *other == form).count();
    let placed = |mention: &Mention| words[mention.first as usize].gap == Gap::Edge;
    // A long group is one of a few forms; its start tells which is common.
    let best = group
        .iter()
        .zip(&forms)
        .take(8)
        .max_by_key(|(mention, form)| (uses(form), !placed(mention), u32::MAX - mention.first));
    best.map_or(group[0], |(mention, _)| *mention)
}

/// The key of words as they are written.
pub(super) fn joined(words: &[Word]) -> Option<u64> {
    words.iter().map(|word| word.key).reduce(join)
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("texts are limited to less than 4 GiB")
}
