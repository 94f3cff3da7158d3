//! The lead quote: which quotation leads the entry?
//!
//! It has to stand alone: whole sentences that point to nothing outside, neither
//! a question nor an announcement, short enough to be read at a glance, said by
//! somebody who is known. Published work on the quotations that editors pull
//! out found personal, plain wording to count for more than being central.
//! Where none is good, none leads.

use super::{
    lang::{Classes, Language},
    names::Name,
    sentences::{self, Quoted},
    words::{Shape, Walk, Word},
};
use crate::{
    entry::{LeadQuote, Quotation},
    text::{Span, Text},
};

/// The fewest words of a lead quote.
const SHORTEST: usize = 8;

/// The most words; a longer quotation is shortened at a sentence's end.
const LONGEST: usize = 40;

/// How many of a quotation's first sentences a lead quote may start with.
const STARTS: usize = 3;

/// What starting later than the quotation costs: less than a first sentence
/// that points back.
const LATER: f32 = 0.6;

/// The least score with which a quotation leads. Set so that a whole sentence
/// of good length by a known speaker passes wherever it stands, and a fragment
/// nowhere.
const LEAST: f32 = 3.0;

/// Chooses the lead quote.
pub(super) fn lead(
    body: &Text,
    walk: &Walk,
    lang: &Language,
    names: &[Name],
    quotes: &[Quotation],
) -> Option<LeadQuote> {
    let themes = themes(walk);
    let main = main_speaker(quotes);
    let mut best: Option<(f32, LeadQuote)> = None;
    for (place, quotation) in quotes.iter().enumerate() {
        let told = match &quotation.speaker {
            Some(speaker) => {
                let in_table = names.iter().any(|name| name.form == speaker.0);
                let known = if in_table { 2.0 } else { 0.5 };
                known
                    + if main == Some(speaker.0.as_str()) {
                        0.7
                    } else {
                        0.0
                    }
            }
            None => 0.0,
        };
        for candidate in candidates(body, walk, lang, quotation) {
            let score = told + worth(&body.plain, &candidate, &themes)
                - early(place, quotes.len())
                - if candidate.first { 0.0 } else { LATER };
            if score >= LEAST && best.as_ref().is_none_or(|(most, _)| score > *most) {
                let quote = LeadQuote {
                    quote: candidate.text,
                    speaker: quotation.speaker.clone(),
                };
                best = Some((score, quote));
            }
        }
    }
    best.map(|(_, lead)| lead)
}

/// What of a quotation could lead.
struct Candidate<'a> {
    text: String,
    words: Vec<&'a [Word]>,
    count: usize,
    /// Whether it is the quotation's beginning.
    first: bool,
}

/// What of a quotation could lead: runs of its whole sentences, as long as they
/// may be.
///
/// Where a clause stood between two parts, the first ends in the comma that
/// held it open. Words are only joined over it when the second part goes on in
/// small letters; else they would be no sentence.
fn candidates<'a>(
    body: &Text,
    walk: &'a Walk,
    lang: &Language,
    quotation: &Quotation,
) -> Vec<Candidate<'a>> {
    let mut runs: Vec<Vec<Span>> = Vec::new();
    for part in &quotation.parts {
        let text = part.of(&body.plain);
        let mut spans = Vec::new();
        sentences::split(text, lang, Quoted::Cut, |span| {
            let start = part.start as usize;
            spans.push(Span::new(
                start + span.range().start,
                start + span.range().end,
            ));
        });
        let goes_on = text.starts_with(char::is_lowercase);
        match runs.last_mut() {
            Some(run) if goes_on => run.extend(spans),
            _ => runs.push(spans),
        }
    }
    let mut found = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        for start in 0..run.len().min(STARTS) {
            // The second half of a sentence that a clause interrupts.
            let halved = run[start].of(&body.plain).starts_with(char::is_lowercase);
            if !halved {
                found.extend(candidate(body, walk, &run[start..], at + start == 0));
            }
        }
    }
    found
}

/// As many of these sentences as a lead quote may have; nothing when they do
/// not stand alone.
fn candidate<'a>(
    body: &Text,
    walk: &'a Walk,
    sentences: &[Span],
    first: bool,
) -> Option<Candidate<'a>> {
    let mut count = 0;
    let mut words: Vec<&[Word]> = Vec::new();
    for span in sentences {
        let next = words_in(walk, *span);
        if count + next.len() > LONGEST {
            break;
        }
        count += next.len();
        words.push(next);
    }
    let chosen = &sentences[..words.len()];
    let last = *chosen.last()?;
    let whole = chosen.len() == sentences.len();
    let opening = words.iter().find_map(|words| words.first())?;
    if count < SHORTEST || !stands_alone(body, opening, last, whole) {
        return None;
    }
    let pieces = chosen
        .iter()
        .flat_map(|span| span.of(&body.plain).split_whitespace());
    let text = pieces.collect::<Vec<_>>().join(" ");
    Some(Candidate {
        text: text.trim_end_matches(',').to_owned(),
        words,
        count,
        first,
    })
}

/// Whether words may be quoted alone: they start as a sentence does, with
/// nothing that points back, and end as a statement.
fn stands_alone(body: &Text, first: &Word, last: Span, whole: bool) -> bool {
    let end = last
        .of(&body.plain)
        .trim_end_matches(['"', '”', '’', '\'', '“', '»']);
    let ended = end.ends_with(['.', '!', '…']) || whole && !end.ends_with(['?', ':', '-', '—']);
    first.shape != Shape::Lower && ended
}

fn words_in(walk: &Walk, span: Span) -> &[Word] {
    let start = walk
        .words
        .partition_point(|word| word.span.start < span.start);
    let end = walk
        .words
        .partition_point(|word| word.span.start < span.end);
    &walk.words[start..end.max(start)]
}

/// The terms that the article comes back to, sorted: what it is about.
fn themes(walk: &Walk) -> Vec<u64> {
    let content = |word: &&Word| word.span.len() > 3 && !word.classes.any(Classes::STOP);
    let mut terms: Vec<u64> = walk
        .words
        .iter()
        .filter(content)
        .map(|word| word.term)
        .collect();
    terms.sort_unstable();
    let mut often: Vec<u64> = terms
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() > 2)
        .map(|same| same[0])
        .collect();
    often.dedup();
    often
}

/// How well a candidate would lead, its speaker aside.
#[allow(clippy::cast_precision_loss, reason = "a quotation has few words")]
fn worth(plain: &str, candidate: &Candidate, themes: &[u64]) -> f32 {
    let all = || candidate.words.iter().flat_map(|words| words.iter());
    let count = candidate.count.max(1) as f32;
    let of = |class: Classes| all().filter(|word| word.classes.any(class)).count() as f32;
    let on_topic = all()
        .filter(|word| themes.binary_search(&word.term).is_ok())
        .count() as f32;
    let long = all().filter(|word| word.span.len() > 12).count() as f32;
    let numbers = all().filter(|word| word.shape == Shape::Number).count() as f32;
    let mut opening = all().take(2);
    let first = opening.next();
    // "It is ...", "That's ...", "But ...": something before it is missing.
    let points_back = first.is_some_and(|word| points_back(plain, word, opening.next()));
    // Pronouns of the third person with no name beside them point outside.
    let names = all().skip(1).any(Word::is_capital);
    let outside = of(Classes::HE.and(Classes::SHE).and(Classes::THEY));
    let question = if candidate.text.ends_with('?') {
        3.0
    } else {
        0.0
    };
    let length = match candidate.count {
        12..=30 => 1.0,
        10..=36 => 0.6,
        _ => 0.0,
    };
    2.0 + length
        + 1.5 * (on_topic / count * 4.0).min(1.0)
        + 0.5 * (of(Classes::FIRST) / count * 10.0).min(1.0)
        - 6.0 * long / count
        - 5.0 * numbers / count
        - if points_back { 1.8 } else { 0.0 }
        - if names { 0.3 } else { 0.8 } * outside.min(2.0)
        - question
}

/// Whether the first words point to something before them. "This is not about
/// X; this is about Y" tells what it is about, but is seldom told from "This
/// is it" by its first words alone: a name soon after decides elsewhere.
fn points_back(plain: &str, first: &Word, next: Option<&Word>) -> bool {
    let contracted = first
        .span
        .of(plain)
        .split(['\'', '’'])
        .next()
        .unwrap_or_default();
    let open = first.classes.any(Classes::OPEN) || {
        let cut = contracted.len() < first.span.len();
        cut && next.is_some() && contracted.len() <= 5 && first.classes.any(Classes::PRONOUN)
    };
    open && !next.is_some_and(Word::is_capital)
}

#[allow(clippy::cast_precision_loss, reason = "an article has few quotations")]
/// What a later place costs: what matters most is mostly quoted first.
fn early(place: usize, all: usize) -> f32 {
    0.8 * place as f32 / all.max(1) as f32
}

/// Who is quoted with the most words, if anybody more than once.
fn main_speaker(quotes: &[Quotation]) -> Option<&str> {
    let mut said: Vec<(&str, usize)> = Vec::new();
    for quotation in quotes {
        let Some(speaker) = &quotation.speaker else {
            continue;
        };
        match said.iter_mut().find(|(name, _)| *name == speaker.0) {
            Some((_, times)) => *times += 1,
            None => said.push((&speaker.0, 1)),
        }
    }
    let most = said.iter().map(|(_, times)| *times).max()?;
    said.iter()
        .find(|(_, times)| *times == most && most > 1)
        .map(|(name, _)| *name)
}
