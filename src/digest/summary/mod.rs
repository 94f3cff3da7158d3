//! A few of the article's own sentences that together say what happened.
//!
//! Sentences are scored by shallow features, then taken one by one, each
//! against what is said already, and put in their order. What a reader could
//! not understand on its own is never taken: a sentence that hangs on one that
//! was left out, or the lead quotation a second time.

mod marks;

use super::dateline::dateline;
use super::{
    lang::{Classes, is_full_stop},
    lead::Lead,
    words::{Gap, Shape, Walk, Word},
};
use crate::{
    entry::Quotation,
    text::{BlockKind, Span, Text},
};
use marks::{Marks, add, is_ended};
use memchr::memmem;

/// More sentences than this are no summary, however short.
const MOST_SENTENCES: usize = 3;

/// Of the sentence's bytes, how much may be quotation: with more of it, the
/// sentence says what somebody thinks rather than what happened.
const MOST_QUOTED: f32 = 0.45;

/// How much of its score a sentence loses for saying what is said already.
const DIVERSITY: f32 = 0.3;

/// A whole sentence may be this much longer than the budget if it is the only
/// one: ending where the author ended reads better than a cut.
const STRETCH: f32 = 1.25;

/// Shorter sentences ("Not to him.") say nothing without their neighbors.
const FEWEST_WORDS: usize = 5;

/// Sentences of fewer or more words than this are seldom good summaries.
const GOOD_LENGTH: std::ops::RangeInclusive<usize> = 10..=40;

/// The weights of the features. Set by hand: what stands first in a news story
/// says what happened, so that position outweighs all else.
mod weight {
    pub(super) const POSITION: f32 = 1.0;
    pub(super) const TITLE: f32 = 0.6;
    pub(super) const LEAD: f32 = 0.3;
    pub(super) const TERMS: f32 = 0.5;
    pub(super) const LENGTH: f32 = 0.3;
    pub(super) const QUOTED: f32 = 0.4;
    pub(super) const QUESTION: f32 = 0.5;
}

/// What a summary is made from, beyond the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The headline's words.
    pub(super) title: &'a Walk,
    /// Where the lead quotation stands in the body.
    pub(super) lead: &'a [Span],
}

/// A summary of at most `limit` bytes; only a single sentence may be a little
/// longer.
pub(super) fn summary(body: &Text, walk: &Walk, about: &About<'_>, limit: usize) -> String {
    if let Some(whole) = brief(body, limit) {
        return whole;
    }
    let candidates = candidates(body, walk, about);
    let chosen = choose(&candidates, walk, limit);
    let mut texts: Vec<_> = chosen
        .iter()
        .map(|at| fold(candidates[*at].span.of(&body.plain)))
        .collect();
    if texts.is_empty() {
        texts.extend(fallback(body, &candidates, limit));
    }
    let mut said = String::new();
    for text in &texts {
        add(&mut said, text);
    }
    said
}

/// Where the lead quotation stands in the body: in the quotation that it was
/// chosen from, and in those that repeat it.
pub(super) fn lead_spans(lead: Option<&Lead>, quotes: &[Quotation], body: &str) -> Vec<Span> {
    let Some(lead) = lead else {
        return Vec::new();
    };
    let lead_text = lead.words();
    // It may have been shortened, or joined from neighbors.
    let words = lead_text.trim_matches(['…', '.', ' ']);
    let longest = words.split(' ').max_by_key(|word| word.len());
    let telling = memmem::Finder::new(longest.unwrap_or_default());
    let repeats = |quotation: &Quotation| {
        // Single words rule nearly all quotations out before any is put
        // together.
        let mut parts = quotation.parts.iter().map(|part| part.of(body));
        let mut pieces = parts.clone().flat_map(str::split_whitespace);
        let longer = parts.any(|part| telling.find(part.as_bytes()).is_some());
        let shorter = pieces.all(|piece| lead_text.contains(piece));
        (longer || shorter) && {
            let quote = quotation.quote(body);
            quote.contains(words) || lead_text.contains(&quote)
        }
    };
    let places = quotes.iter().enumerate();
    places
        .filter(|(place, quotation)| *place == lead.place || repeats(quotation))
        .flat_map(|(_, quotation)| quotation.parts.iter().copied())
        .collect()
}

/// The whole text if it is no longer than a summary; of its labels and items of
/// lists that are no sentences, nothing, unless there is nothing else.
fn brief(body: &Text, limit: usize) -> Option<String> {
    let blocks = body.blocks.iter().filter(|block| block.kind.is_prose());
    let texts: Vec<&str> = blocks.map(|block| body.of(block)).collect();
    let labels = texts.iter().all(|text| is_label(text));
    let (mut whole, mut left_out) = (String::new(), 0);
    for text in texts {
        let text = if whole.is_empty() {
            &text[dateline(text)..]
        } else {
            text
        };
        if whole.len() + left_out + text.len() > limit {
            return None;
        }
        if is_label(text) && !labels {
            left_out += text.len() + 1;
            continue;
        }
        add(&mut whole, &fold(text));
    }
    Some(whole)
}

/// Whether a block is a few words that do not end as a sentence does.
fn is_label(text: &str) -> bool {
    /// The most words of a label; a longer line is a sentence without its end.
    const LONGEST: usize = 6;
    let bare = text.trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    !bare.ends_with(['.', '!', '?', '…', ','])
        && !bare.ends_with(is_full_stop)
        && text.split_whitespace().count() <= LONGEST
}

/// A sentence that may be taken.
struct Candidate {
    /// Where it stands, without a dateline.
    span: Span,
    /// Its place among the walk's sentences.
    at: usize,
    score: f32,
    /// Whether it can only stand after the sentence before it.
    hangs: bool,
    /// Whether it may be taken at all.
    fit: bool,
}

fn candidates(body: &Text, walk: &Walk, about: &About<'_>) -> Vec<Candidate> {
    let paragraph = |block: u32| {
        matches!(
            body.blocks[block as usize].kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. }
        )
    };
    let mut titled = vec![false; walk.terms.counts.len()];
    for word in about.title.words.iter().filter(|word| word.is_content()) {
        if let Some(id) = walk.terms.get(word.term) {
            titled[id as usize] = true;
        }
    }
    let mut lead = vec![false; walk.terms.counts.len()];
    let opening = walk.sentences.iter().filter(|s| paragraph(s.block)).take(2);
    for word in opening.flat_map(|sentence| walk.of(sentence)) {
        lead[word.id as usize] = word.is_content();
    }
    let title_keys = || about.title.words.iter().map(|word| word.key);
    let repeats_title = |words: &[Word]| words.iter().map(|word| word.key).eq(title_keys());
    // A line that starts small is the rest of a broken one, except in texts
    // without capitals.
    let small = |text: &str| text.starts_with(char::is_lowercase);
    let starts = walk.sentences.iter().map(|s| s.span.of(&body.plain));
    let capitals = starts.filter(|text| small(text)).count() * 2 < walk.sentences.len();
    let has_title = about.title.words.iter().any(Word::is_content);
    let mut found = Vec::with_capacity(walk.sentences.len());
    for (at, sentence) in walk.sentences.iter().enumerate() {
        if !paragraph(sentence.block) {
            continue;
        }
        let text = sentence.span.of(&body.plain);
        // A headline or a deck may stand before the dateline.
        let opens = sentence.span.start == body.blocks[sentence.block as usize].span.start;
        let cut = if opens && found.len() < 4 {
            dateline(text)
        } else {
            0
        };
        let span = Span::new(sentence.span.range().start + cut, sentence.span.range().end);
        let text = &text[cut..];
        let words = walk.of(sentence);
        let (mut content, mut in_title, mut in_lead, mut terms) = (0_u32, 0_u32, 0_u32, 0_u32);
        for word in words {
            let id = word.id as usize;
            // Half of the words are, in no order that could be foreseen.
            let counts = u32::from(word.is_content());
            content += counts;
            in_title += counts & u32::from(titled[id]);
            in_lead += counts & u32::from(lead[id]);
            terms += counts * walk.terms.counts[id].min(8);
        }
        let share = |part: u32, each: u32| {
            if content > 0 {
                ratio(part, each) / ratio(content, 1_u32)
            } else {
                0.0
            }
        };
        let marks = Marks::of(text);
        let quoted = ratio(marks.quoted, text.len().max(1));
        let place = ratio(1, found.len() + 1);
        let length = ratio(words.len().min(25), 25);
        let mut score = weight::POSITION * place
            + weight::LEAD * share(in_lead, 1)
            + weight::TERMS * share(terms, 8)
            + weight::LENGTH * length
            - weight::QUOTED * quoted;
        if has_title {
            score += weight::TITLE * share(in_title, 1);
        }
        if text.ends_with('?') {
            score -= weight::QUESTION;
        }
        if !GOOD_LENGTH.contains(&words.len()) {
            score -= weight::LENGTH;
        }
        let lead_again = about.lead.iter().any(|part| overlap(*part, span));
        found.push(Candidate {
            span,
            at,
            score,
            hangs: hangs(words),
            fit: quoted <= MOST_QUOTED
                && !lead_again
                && words.len() >= FEWEST_WORDS
                && !repeats_title(words)
                && !(capitals && small(text))
                && is_ended(text)
                && marks.balanced,
        });
    }
    found
}

/// The best sentences, in their order, as places among the candidates.
fn choose(candidates: &[Candidate], walk: &Walk, limit: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut said = vec![false; walk.terms.counts.len()];
    let mut left = limit;
    while chosen.len() < MOST_SENTENCES {
        let value = |at: usize| {
            let words = walk.of(&walk.sentences[candidates[at].at]);
            let content = words.iter().filter(|word| word.is_content());
            let (all, again) = content.fold((0_usize, 0_usize), |(all, again), word| {
                (all + 1, again + usize::from(said[word.id as usize]))
            });
            candidates[at].score - DIVERSITY * ratio(again, all.max(1))
        };
        let follows = |at: usize| {
            let before = at.checked_sub(1);
            before.is_some_and(|before| {
                chosen.contains(&before) && candidates[before].at + 1 == candidates[at].at
            })
        };
        let mut best: Option<(usize, f32)> = None;
        for (at, candidate) in candidates.iter().enumerate() {
            let beats = |value: f32| best.is_none_or(|(_, most)| value > most);
            // What was said already only takes from a score.
            let may = beats(candidate.score)
                && candidate.fit
                && candidate.span.len() < left
                && !chosen.contains(&at)
                && (!candidate.hangs || follows(at));
            if may {
                let value = value(at);
                best = if beats(value) {
                    Some((at, value))
                } else {
                    best
                };
            }
        }
        let Some((best, _)) = best else {
            break;
        };
        left -= candidates[best].span.len() + 1;
        for word in walk.of(&walk.sentences[candidates[best].at]) {
            said[word.id as usize] = true;
        }
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen
}

/// What to say when no sentence fits: the first good one, whole if it is not
/// much too long, else cut where a clause ends.
fn fallback(body: &Text, candidates: &[Candidate], limit: usize) -> Option<String> {
    let best = candidates
        .iter()
        .find(|candidate| candidate.fit && !candidate.hangs)
        .or_else(|| candidates.iter().find(|candidate| candidate.fit))
        .or_else(|| candidates.first())?;
    let text = fold(best.span.of(&body.plain));
    #[allow(clippy::cast_precision_loss, reason = "lengths of sentences are small")]
    if text.len() as f32 <= limit as f32 * STRETCH {
        return Some(text);
    }
    let mut room = limit.saturating_sub('…'.len_utf8()).min(text.len());
    while !text.is_char_boundary(room) {
        room -= 1;
    }
    let clause = text[..room]
        .rmatch_indices([',', ';', ':', '–', '—'])
        .find(|(at, _)| *at > room / 2 && Marks::of(&text[..*at]).balanced);
    let cut = match clause {
        Some((at, _)) => at,
        None => text[..room].rfind(char::is_whitespace).unwrap_or(room),
    };
    Some(format!("{}…", text[..cut].trim_end()))
}

/// Whether a sentence cannot be understood without the one before it: "He also
/// said ...", "But that was before ...".
fn hangs(words: &[Word]) -> bool {
    let Some(first) = words.first() else {
        return false;
    };
    if first.classes.any(Classes::PRONOUN.and(Classes::CONNECTIVE)) {
        return true;
    }
    // "On Monday, he left", "In its report": a pronoun with nobody before it.
    for word in words.iter().take(8) {
        if word.classes.any(Classes::PRONOUN) {
            return true;
        }
        let names = word.is_capital() && word.gap != Gap::Edge && word.shape != Shape::Number;
        let time = word.classes.any(Classes::MONTH.and(Classes::DAY));
        let noun = !word.classes.any(
            Classes::STOP
                .and(Classes::PREPOSITION)
                .and(Classes::DETERMINER),
        );
        if names && !time || noun && word.gap == Gap::Edge {
            return false;
        }
    }
    false
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// A text on one line; most are on one already.
fn fold(text: &str) -> String {
    let even = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if even && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// One number as a share of another.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of words and bytes in a sentence are small"
)]
fn ratio<N: TryInto<usize>, M: TryInto<usize>>(part: N, whole: M) -> f32 {
    let number = |n: Option<usize>| n.unwrap_or(usize::MAX) as f32;
    number(part.try_into().ok()) / number(whole.try_into().ok())
}
