//! How well words would lead, as a sum of named terms.

use super::{
    Candidate,
    said::Said,
    traits::{End, Given, Opening, Traits},
};
use std::fmt;

/// The least sum with which words lead. Set so that a whole sentence of good
/// length by a known speaker passes wherever it stands, and one that hangs on
/// what is left out does not.
pub(super) const LEAST: f32 = 1.7;

/// The most that words can be worth, their speaker and place aside: a quotation
/// that would not lead even with it is not looked at.
pub(super) const MOST_WORTH: f32 = GOOD_LENGTH + TOPIC + PERSONAL + FEELING;

const GOOD_LENGTH: f32 = 1.0;

/// Below this many words a share of them says little.
const FEW: f32 = 14.0;
const TOPIC: f32 = 1.4;
const PERSONAL: f32 = 0.8;
const FEELING: f32 = 0.5;

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What speaks for or against words that could lead.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Term { $($(#[$doc])* $name,)* }

        impl Term {
            const ALL: [Term; [$($text),*].len()] = [$(Term::$name),*];
        }

        impl fmt::Display for Term {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Term::$name => $text,)* })
            }
        }
    };
}

terms! {
    /// It is known who said them.
    Speaker = "speaker",
    /// The one who is quoted with the most words said them.
    MainSpeaker = "main speaker",
    /// The headline names who said them.
    Headline = "speaker in the headline",
    /// What a later place in the article costs.
    Place = "place",
    /// They are neither too short nor too long.
    Length = "length",
    /// They speak of what the article is about.
    Topic = "topic",
    /// They speak of the speaker and to the reader.
    Personal = "personal",
    /// They tell a feeling or a contrast.
    Feeling = "feeling",
    /// What long words cost.
    LongWords = "long words",
    /// What figures cost.
    Numbers = "numbers",
    /// What it costs to go on from words left out ("But ...", "Well, ...").
    Opening = "opening",
    /// What pronouns cost that mean nobody and nothing in the words.
    Outside = "points outside",
    /// What a question before the statement costs.
    Question = "question",
    /// What it costs to start later than the quotation.
    Later = "later start",
    /// What it costs to end before the quotation.
    Cut = "cut",
    /// What an inserted word in brackets or an omission costs.
    Patched = "patched",
    /// What it costs to trail off.
    Unended = "unended",
}

/// How well words would lead: what speaks for and against them, and its sum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score([f32; Term::ALL.len()]);

impl Score {
    /// The sum of all terms.
    #[must_use]
    pub fn sum(&self) -> f32 {
        self.0.iter().sum()
    }

    /// The terms that say anything, with what each adds to the sum.
    pub fn terms(&self) -> impl Iterator<Item = (Term, f32)> {
        let all = Term::ALL.into_iter().zip(self.0);
        all.filter(|(_, worth)| *worth != 0.0)
    }

    /// Whether words with this score may lead at all.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.sum() >= LEAST
    }

    pub(super) fn add(&mut self, term: Term, worth: f32) {
        self.0[term as usize] += worth;
    }
}

/// What a later place costs: what matters most is mostly quoted first.
#[allow(clippy::cast_precision_loss, reason = "an article has few quotations")]
pub(super) fn place(place: usize, all: usize, score: &mut Score) {
    score.add(Term::Place, -0.8 * place as f32 / all.max(1) as f32);
}

/// How well words that may lead would do it, by a speaker who adds `told`.
#[allow(clippy::cast_precision_loss, reason = "a quotation has few words")]
pub(super) fn score(candidate: &Candidate, told: Score) -> Score {
    let mut score = told;
    let words = candidate.count();
    let count = words.max(1) as f32;
    let sum = |each: fn(&Traits) -> u16| {
        let all = candidate.sentences.iter();
        f32::from(all.map(|said| each(&said.traits)).sum::<u16>())
    };
    score.add(
        Term::Length,
        match words {
            12..=30 => GOOD_LENGTH,
            10..=36 => 0.6,
            _ => 0.2,
        },
    );
    // In a few words, one is a large share.
    let share = |part: f32, full: f32| (part / count.max(FEW) * full).min(1.0);
    score.add(Term::Topic, TOPIC * share(sum(|t| t.on_topic), 2.0));
    score.add(Term::Personal, PERSONAL * share(sum(|t| t.personal), 8.0));
    score.add(Term::Feeling, FEELING * share(sum(|t| t.feeling), 10.0));
    score.add(Term::LongWords, -6.0 * sum(|t| t.long) / count);
    score.add(Term::Numbers, -5.0 * sum(|t| t.numbers) / count);
    let first = &candidate.sentences[0].traits;
    let adds = if first.adds { -0.5 } else { 0.0 };
    score.add(Term::Opening, opening(first.opening) + adds);
    score.add(Term::Outside, outside(candidate));
    let asks = candidate
        .sentences
        .iter()
        .any(|said| said.traits.end == End::Question);
    score.add(Term::Question, if asks { -0.6 } else { 0.0 });
    score.add(Term::Later, [0.0, -0.7, -1.0][candidate.start.min(2)]);
    score.add(Term::Cut, if candidate.cut { -0.6 } else { 0.0 });
    score.add(Term::Patched, -0.6 * sum(|t| t.patches).min(2.0));
    let last = candidate.sentences.last();
    let unended = last.is_some_and(|said| said.traits.end == End::Trailing);
    score.add(Term::Unended, if unended { -0.7 } else { 0.0 });
    score
}

/// What it costs to start like this.
fn opening(opening: Opening) -> f32 {
    match opening {
        Opening::Plain => 0.0,
        Opening::Filler => -0.3,
        Opening::Determined => -0.4,
        Opening::Joined | Opening::Back => -0.8,
    }
}

/// What pronouns cost that no word before them tells.
fn outside(candidate: &Candidate) -> f32 {
    let (mut given, mut cost) = (Given::default(), 0.0);
    for Said { traits, .. } in candidate.sentences {
        if !given.person {
            cost += traits.needs_person;
        }
        if !given.thing {
            cost += traits.needs_thing;
        }
        given.person |= traits.gives.person;
        given.thing |= traits.gives.thing;
    }
    -f32::min(cost, 2.5)
}
