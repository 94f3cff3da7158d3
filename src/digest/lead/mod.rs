//! The lead quote: which quotation leads the entry?
//!
//! It has to stand alone: whole sentences that point to nothing outside, neither
//! a question nor an announcement, short enough to be read at a glance, said by
//! somebody who is known. Published work on the quotations that editors pull
//! out found personal, plain wording to count for more than being central.
//! Where none is good, none leads.
//!
//! `said` takes quotations apart into sentences, `traits` looks at each once, and
//! `opening` at how it starts; `fit` tells what cannot lead and why, `score` how
//! well the rest would, `speakers` what the speaker adds; `weight` holds what
//! each is worth. What chooses and what explains the choice is the same.

mod fit;
mod opening;
mod said;
mod score;
mod speakers;
mod traits;
mod weight;

pub use fit::Unfit;
pub use score::{Score, Term};

use super::{
    lang::{Classes, Language},
    names::{Kind, Name},
    quotes::Form,
    words::{Walk, Word},
};
use crate::{
    entry::{LeadQuote, Quotation, joined},
    text::{Span, Text},
};
use said::{Known, Named, Said};
use speakers::Speakers;

/// The fewest words of a lead quote.
const SHORTEST: usize = 8;

/// The most words; a longer quotation is shortened at a sentence's end.
const LONGEST: usize = 40;

/// How many of a quotation's first sentences a lead quote may start with.
const STARTS: usize = 3;

/// The most sentences. Bounds the work where marks without words are read as
/// sentences.
const SENTENCES: usize = 8;

/// What tells that the speaker's words go on.
///
/// One mark for all languages and every output, as part of the words. The
/// brackets tell that it is not the speaker who trails off; German and French
/// papers set them, English ones know them. It stands only where words between
/// the same quotation marks are left out at the end: nothing is ever left out
/// in the middle, where an attribution interrupts the words the article itself
/// ends them, and at the start papers mark nothing, since words that start with
/// a sentence are whole from there on.
const CUT: &str = "[…]";

/// What the lead quote is chosen from.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) body: &'a Text,
    pub(super) walk: &'a Walk,
    pub(super) lang: &'a Language,
    pub(super) names: &'a [Name],
    pub(super) quotes: &'a [Quotation],
    /// How much of what was said each of them gives.
    pub(super) forms: &'a [Form],
    /// The headline's words, and the headline.
    pub(super) title: (&'a Walk, &'a str),
}

/// The lead quote.
pub(super) struct Lead {
    pub(super) quote: LeadQuote,
    /// The place of the quotation that it was chosen from.
    pub(super) place: usize,
}

impl Lead {
    /// The words without the mark of a cut.
    pub(super) fn words(&self) -> &str {
        let quote = &self.quote.quote;
        quote.strip_suffix(CUT).unwrap_or(quote).trim_end()
    }
}

/// Words that were looked at to lead, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The place of the quotation among [`Digest::quotes`](crate::entry::Digest).
    pub place: usize,
    /// The words as they would be shown; with [`Weighed::verdict`] of `Err`,
    /// those that were looked at.
    pub quote: String,
    /// How well they would lead, or why they cannot.
    pub verdict: Result<Score, Unfit>,
}

/// Chooses the lead quote.
pub(super) fn lead(about: &About) -> Option<Lead> {
    if about.quotes.is_empty() {
        return None;
    }
    let scene = Scene::new(about);
    // The score, the quotation's place, and the words.
    let mut best: Option<(f32, usize, String)> = None;
    let mut said = Vec::new();
    for place in 0..about.quotes.len() {
        let least = best.as_ref().map_or(weight::LEAST, |(most, ..)| *most);
        let told = scene.told(place);
        if told.sum() + score::MOST_WORTH < least {
            continue;
        }
        said.clear();
        scene.take_apart(place, &mut said);
        scene.weigh(place, told, &said, |candidate, verdict| {
            let Ok(score) = verdict else { return };
            let sum = score.sum();
            if sum >= weight::LEAST && best.as_ref().is_none_or(|(most, ..)| sum > *most) {
                best = Some((sum, place, candidate.shown(about)));
            }
        });
    }
    let (_, place, quote) = best?;
    let speaker = about.quotes[place].speaker.clone();
    Some(Lead {
        quote: LeadQuote { quote, speaker },
        place,
    })
}

/// Everything that could have led, in the order of the article, with why it
/// would or would not. The lead quote is the first of those with the highest
/// score, if that is [`Score::is_enough`].
pub(super) fn weighed(about: &About) -> Vec<Weighed> {
    let scene = Scene::new(about);
    let mut all = Vec::new();
    let mut said = Vec::new();
    for place in 0..about.quotes.len() {
        said.clear();
        scene.take_apart(place, &mut said);
        scene.weigh(place, scene.told(place), &said, |candidate, verdict| {
            all.push(Weighed {
                place,
                quote: candidate.shown(about),
                verdict,
            });
        });
    }
    all
}

/// What is known of the whole article.
struct Scene<'a> {
    about: &'a About<'a>,
    known: Known,
    speakers: Speakers<'a>,
}

/// Sentences that follow each other and could lead.
struct Candidate<'a> {
    sentences: &'a [Said<'a>],
    /// How many of the quotation's sentences stand before them.
    start: usize,
    /// Whether the words go on behind them.
    cut: bool,
}

impl<'a> Scene<'a> {
    fn new(about: &'a About<'a>) -> Self {
        Self {
            about,
            known: known(about),
            speakers: Speakers::new(about),
        }
    }

    /// What a quotation's speaker and place add, whatever its words.
    fn told(&self, place: usize) -> Score {
        let mut told = Score::default();
        self.speakers.tell(&self.about.quotes[place], &mut told);
        score::place(place, self.about.quotes.len(), &mut told);
        told
    }

    /// Looks at all that a quotation's sentences offer.
    ///
    /// The words that a clause interrupts may be no whole sentences up to there;
    /// so each run of sentences that go on from each other is looked at on its
    /// own.
    fn weigh(
        &self,
        place: usize,
        told: Score,
        said: &[Said<'_>],
        mut found: impl FnMut(&Candidate, Result<Score, Unfit>),
    ) {
        let mut before = 0;
        for run in said.chunk_by(|_, next| !next.opens) {
            for start in 0..run.len() {
                if before + start >= STARTS {
                    return;
                }
                let mut count = 0;
                for end in start..run.len() {
                    count += run[end].count;
                    // A single one that is too long is looked at to tell why.
                    if count > LONGEST && end > start || end - start >= SENTENCES {
                        break;
                    }
                    let candidate = Candidate {
                        sentences: &run[start..=end],
                        start: before + start,
                        cut: end + 1 < run.len(),
                    };
                    let goes_on = run.get(end + 1).is_some_and(|next| next.half);
                    let verdict = fit::fit(self.about, place, &candidate, goes_on).map(|()| {
                        let mut score = score::score(&candidate, told);
                        let speakers = &self.speakers;
                        speakers.hear(self.about, place, &candidate, &mut score);
                        score
                    });
                    found(&candidate, verdict);
                }
            }
            before += run.len();
        }
    }

    fn take_apart(&self, place: usize, said: &mut Vec<Said<'a>>) {
        said::take_apart(self.about, &self.known, &self.about.quotes[place], said);
    }
}

impl Candidate<'_> {
    /// The words as they are shown.
    fn shown(&self, about: &About) -> String {
        let spans: Vec<Span> = self.sentences.iter().map(|said| said.span).collect();
        let mut quote = joined(&spans, &about.body.plain);
        if self.cut {
            quote.push(' ');
            quote.push_str(CUT);
        }
        quote
    }

    fn words(&self) -> impl Iterator<Item = &Word> {
        self.sentences.iter().flat_map(|said| said.words)
    }

    /// How many words it has.
    fn count(&self) -> usize {
        self.sentences.iter().map(|said| said.count).sum()
    }
}

/// What the article is about, and who is in it.
fn known(about: &About) -> Known {
    /// From this many mentions on the article comes back to something.
    const OFTEN: u32 = 3;
    let mut counts = vec![0_u32; about.walk.terms.counts.len()];
    for word in &about.walk.words {
        let content = word.span.len() > 3 && !word.classes.any(Classes::STOP);
        counts[word.id as usize] += u32::from(content);
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    // What it comes back to half as often as to its first theme is one, too.
    let main = OFTEN.max(most / 2);
    let theme = |count: &u32| match *count {
        count if count >= main => 3,
        count if count >= OFTEN => 2,
        _ => 0,
    };
    let mut themes: Vec<u8> = counts.iter().map(theme).collect();
    for word in about.title.0.words.iter().filter(|word| word.is_content()) {
        if let Some(id) = about.walk.terms.get(word.term) {
            themes[id as usize] = themes[id as usize].max(2);
        }
    }
    let mut names = vec![Named::No; about.walk.words.len()];
    for name in about.names {
        let named = match name.kind {
            Kind::Person | Kind::Unknown => Named::Person,
            Kind::Organization | Kind::Place => Named::Other,
        };
        for words in &name.words {
            names[words.start as usize..words.end as usize].fill(named);
        }
    }
    Known { themes, names }
}
