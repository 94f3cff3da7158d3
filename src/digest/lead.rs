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
    entry::{LeadQuote, Quotation, joined},
    text::{Span, Text},
};
use memchr::memchr3;

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

/// A little more than [`worth`] can be: a quotation that would not lead even
/// with it is not looked at.
const MOST_WORTH: f32 = 5.1;

/// The lead quote.
pub(super) struct Lead {
    pub(super) quote: LeadQuote,
    /// The place of the quotation that it was chosen from.
    pub(super) place: usize,
}

/// Chooses the lead quote.
pub(super) fn lead(
    body: &Text,
    walk: &Walk,
    lang: &Language,
    names: &[Name],
    quotes: &[Quotation],
) -> Option<Lead> {
    let themes = themes(walk);
    let main = main_speaker(quotes);
    // The score, the quotation's place, and the sentences.
    let mut best: Option<(f32, usize, Vec<Span>)> = None;
    let mut said = Vec::new();
    for (place, quotation) in quotes.iter().enumerate() {
        let told = told(quotation, names, main);
        let early = early(place, quotes.len());
        let least = best.as_ref().map_or(LEAST, |(most, ..)| *most);
        if told + MOST_WORTH - early < least {
            continue;
        }
        said.clear();
        take_apart(body, walk, lang, quotation, &mut said);
        let runs = said.chunk_by(|_, next: &Said| !next.opens);
        for (at, run) in runs.enumerate() {
            for start in 0..run.len().min(STARTS) {
                let first = at + start == 0;
                let Some(candidate) = candidate(body, &run[start..]) else {
                    continue;
                };
                let score = told + worth(&body.plain, &candidate, &themes)
                    - early
                    - if first { 0.0 } else { LATER };
                if score >= LEAST && best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    let spans = candidate.sentences.iter().map(|said| said.span);
                    best = Some((score, place, spans.collect()));
                }
            }
        }
    }
    let (_, place, sentences) = best?;
    let quote = LeadQuote {
        quote: joined(&sentences, &body.plain),
        speaker: quotes[place].speaker.clone(),
    };
    Some(Lead { quote, place })
}

/// What the speaker says for a quotation.
fn told(quotation: &Quotation, names: &[Name], main: Option<&str>) -> f32 {
    let Some(speaker) = &quotation.speaker else {
        return 0.0;
    };
    let in_table = names.iter().any(|name| name.form == speaker.0);
    let known = if in_table { 2.0 } else { 0.5 };
    known
        + if main == Some(speaker.0.as_str()) {
            0.7
        } else {
            0.0
        }
}

/// A sentence of a quotation.
struct Said<'a> {
    span: Span,
    words: &'a [Word],
    /// Whether it does not go on from the one before.
    opens: bool,
}

/// What of a quotation could lead: sentences that follow each other.
struct Candidate<'a> {
    sentences: &'a [Said<'a>],
    /// How many words they have.
    count: usize,
}

/// The sentences of a quotation, in runs of whole ones.
///
/// Where a clause stood between two parts, the first ends in the comma that
/// held it open. Words are only joined over it when the second part goes on in
/// small letters; else they would be no sentence.
fn take_apart<'a>(
    body: &Text,
    walk: &'a Walk,
    lang: &Language,
    quotation: &Quotation,
    said: &mut Vec<Said<'a>>,
) {
    let mut opens = true;
    for part in &quotation.parts {
        let text = part.of(&body.plain);
        opens |= !text.starts_with(char::is_lowercase);
        let mut take = |span| {
            let words = words_in(walk, span);
            said.push(Said { span, words, opens });
            opens = false;
        };
        if is_one_sentence(text) {
            take(*part);
            continue;
        }
        let start = part.start as usize;
        sentences::split(text, lang, Quoted::Cut, |span| {
            take(Span::new(
                start + span.range().start,
                start + span.range().end,
            ));
        });
    }
}

/// Whether nothing in a quotation could end a sentence or be an item of a list:
/// most are told so by a glance.
fn is_one_sentence(text: &str) -> bool {
    let inside = &text.as_bytes()[..text.len().saturating_sub(1)];
    text.is_ascii()
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && memchr3(b'.', b'!', b'?', inside).is_none()
}

/// As many of these sentences as a lead quote may have; nothing when they do
/// not stand alone.
fn candidate<'a>(body: &Text, sentences: &'a [Said<'a>]) -> Option<Candidate<'a>> {
    // The second half of a sentence that a clause interrupts.
    let halved = |said: &Said| {
        let text = said.span.of(&body.plain);
        text.starts_with(char::is_lowercase)
    };
    if sentences.first().is_none_or(halved) {
        return None;
    }
    let (mut count, mut taken) = (0, 0);
    for said in sentences {
        if count + said.words.len() > LONGEST {
            break;
        }
        count += said.words.len();
        taken += 1;
    }
    let chosen = &sentences[..taken];
    let last = chosen.last()?.span;
    let whole = chosen.len() == sentences.len();
    let opening = chosen.iter().find_map(|said| said.words.first())?;
    (count >= SHORTEST && stands_alone(body, opening, last, whole)).then_some(Candidate {
        sentences: chosen,
        count,
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

/// By the number of a term: whether the article comes back to it, so that it is
/// what the article is about.
fn themes(walk: &Walk) -> Vec<bool> {
    let mut counts = vec![0_u32; walk.terms.counts.len()];
    for word in &walk.words {
        let content = word.span.len() > 3 && !word.classes.any(Classes::STOP);
        counts[word.id as usize] += u32::from(content);
    }
    counts.iter().map(|count| *count > 2).collect()
}

/// How well a candidate would lead, its speaker aside.
#[allow(clippy::cast_precision_loss, reason = "a quotation has few words")]
fn worth(plain: &str, candidate: &Candidate, themes: &[bool]) -> f32 {
    let all = || candidate.sentences.iter().flat_map(|said| said.words);
    let count = candidate.count.max(1) as f32;
    let (mut on_topic, mut personal, mut outside) = (0, 0, 0);
    let (mut long, mut numbers) = (0, 0);
    for word in all() {
        on_topic += u16::from(themes[word.id as usize]);
        personal += u16::from(word.classes.any(Classes::FIRST));
        outside += u16::from(word.classes.any(OUTSIDE));
        long += u16::from(word.span.len() > 12);
        numbers += u16::from(word.shape == Shape::Number);
    }
    let mut opening = all().take(2);
    let first = opening.next();
    // "It is ...", "That's ...", "But ...": something before it is missing.
    let points_back = first.is_some_and(|word| points_back(plain, word, opening.next()));
    // Pronouns of the third person with no name beside them point outside.
    let names = all().skip(1).any(Word::is_capital);
    let last = candidate.sentences.last().map(|said| said.span.of(plain));
    let question = last.is_some_and(|last| last.trim_end_matches(',').ends_with('?'));
    let length = match candidate.count {
        12..=30 => 1.0,
        10..=36 => 0.6,
        _ => 0.0,
    };
    2.0 + length
        + 1.5 * (f32::from(on_topic) / count * 4.0).min(1.0)
        + 0.5 * (f32::from(personal) / count * 10.0).min(1.0)
        - 6.0 * f32::from(long) / count
        - 5.0 * f32::from(numbers) / count
        - if points_back { 1.8 } else { 0.0 }
        - if names { 0.3 } else { 0.8 } * f32::from(outside).min(2.0)
        - if question { 3.0 } else { 0.0 }
}

/// Pronouns that mean somebody who is not speaking.
const OUTSIDE: Classes = Classes::HE.and(Classes::SHE).and(Classes::THEY);

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
