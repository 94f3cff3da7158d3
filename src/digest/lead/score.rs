//! How well words would lead, as a sum of named terms.

use super::{
    Candidate,
    opening::Opening,
    said::Said,
    traits::{End, Given, Traits},
    weight,
};
use std::fmt;

/// The most that words can be worth, their speaker and place aside: a quotation
/// that would not lead even with it is not looked at.
pub(super) const MOST_WORTH: f32 =
    weight::GOOD_LENGTH + weight::TOPIC + weight::PERSONAL + weight::FEELING;

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
    /// What it costs that they name who said them.
    OwnName = "names its speaker",
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
        self.sum() >= weight::LEAST
    }

    pub(super) fn add(&mut self, term: Term, worth: f32) {
        self.0[term as usize] += worth;
    }

    fn add_if(&mut self, is: bool, term: Term, worth: f32) {
        self.add(term, if is { worth } else { 0.0 });
    }
}

/// What a later place costs: what matters most is mostly quoted first.
#[allow(clippy::cast_precision_loss, reason = "an article has few quotations")]
pub(super) fn place(place: usize, all: usize, score: &mut Score) {
    score.add(Term::Place, weight::LAST * place as f32 / all.max(1) as f32);
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
            13..=32 => weight::GOOD_LENGTH,
            10..=36 => weight::FAIR_LENGTH,
            _ => weight::POOR_LENGTH,
        },
    );
    let share = |part: f32, full: f32| (part / count.max(weight::FEW) * full).min(1.0);
    score.add(
        Term::Topic,
        weight::TOPIC * share(sum(|t| t.on_topic), weight::MANY_TOPICS),
    );
    score.add(
        Term::Personal,
        weight::PERSONAL * share(sum(|t| t.personal), weight::MANY_PERSONAL),
    );
    score.add(
        Term::Feeling,
        weight::FEELING * share(sum(|t| t.feeling), weight::MANY_FEELINGS),
    );
    score.add(
        Term::LongWords,
        weight::LONG_WORDS * sum(|t| t.long) / count,
    );
    score.add(Term::Numbers, weight::NUMBERS * sum(|t| t.numbers) / count);
    let first = &candidate.sentences[0].traits;
    score.add(Term::Opening, opening(first.opening));
    score.add_if(first.adds, Term::Opening, weight::ADDING);
    score.add(Term::Outside, outside(candidate));
    let asks = candidate
        .sentences
        .iter()
        .any(|said| said.traits.end == End::Question);
    score.add_if(asks, Term::Question, weight::QUESTION);
    score.add(Term::Later, weight::LATER[candidate.start]);
    score.add_if(candidate.cut, Term::Cut, weight::CUT);
    score.add(Term::Patched, weight::PATCH * sum(|t| t.patches).min(2.0));
    let last = candidate.sentences.last();
    let unended = last.is_some_and(|said| said.traits.end == End::Trailing);
    score.add_if(unended, Term::Unended, weight::TRAILING);
    score
}

/// What it costs to start like this.
fn opening(opening: Opening) -> f32 {
    match opening {
        Opening::Plain => 0.0,
        Opening::Filler => weight::FILLER,
        Opening::Determined => weight::DETERMINED,
        Opening::Joined | Opening::Back => weight::JOINED,
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
    weight::ALL_OUTSIDE.max(cost)
}
