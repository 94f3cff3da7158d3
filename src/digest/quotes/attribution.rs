//! Who said it? The rules, in the order in which they are tried.
//!
//! Words beside the quotation come first, then its paragraph, then the
//! paragraph before. Names inside quotations are no evidence for who speaks,
//! and nearness alone is none either: in "a critique of Lee's remarks, Roe
//! said" Lee is near and wrong.

use super::{
    marks::Ending,
    pronouns,
    scene::{Phrase, Scene, Who},
};
use crate::digest::{
    lang::Classes,
    words::{Gap, Shape},
};
use crate::text::Span;
use std::ops::Range;

/// Who said a stretch, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) who: Option<Who>,
    pub(super) by: Rule,
}

/// The rules of attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A clause after it: "..., said Lee".
    After,
    /// A clause that leads in: "Lee said: ...".
    Before,
    /// Another quotation of its paragraph.
    Paragraph,
    /// The paragraph before.
    Carried,
    /// None.
    Nothing,
}

/// The longest clause between two parts of a quotation, in words.
const CLAUSE: usize = 40;

/// The longest description with the clause that belongs to it, in words.
const DESCRIBED: usize = 16;

/// The most words after a dash that sign a quotation.
const SIGNATURE: usize = 12;

/// How many blocks a speaker is carried over without being named again.
const CARRIED: usize = 3;

/// Attributes every quoted stretch.
pub(super) fn attribute(scene: &Scene) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::with_capacity(scene.quoted.len());
    for at in 0..scene.quoted.len() {
        let speaker = found.iter().rev().find_map(|earlier| match earlier.who {
            Some(Who::Name(name)) => Some(name),
            _ => None,
        });
        let direct = after(scene, at)
            .or_else(|| signed_below(scene, at))
            .map(|who| (who, Rule::After))
            .or_else(|| before(scene, at).map(|who| (who, Rule::Before)));
        let attribution = match direct {
            Some((who, by)) => Attribution {
                who: resolved(scene, who, speaker),
                by,
            },
            None => Attribution {
                who: None,
                by: Rule::Nothing,
            },
        };
        found.push(attribution);
    }
    share(scene, &mut found);
    found
}

/// Pronouns become names, or nobody.
fn resolved(scene: &Scene, who: Who, speaker: Option<usize>) -> Option<Who> {
    match who {
        Who::Pronoun(at) => pronouns::resolve(scene, at, speaker).map(Who::Name),
        known => Some(known),
    }
}

/// The words between a stretch and the next one of its block, or the block's
/// end.
fn gap_after(scene: &Scene, at: usize) -> Range<usize> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let end = match scene.quoted.get(at + 1) {
        Some(next) if next.block == block => scene.ranges[at + 1].start,
        _ => scene.block_words(block).end,
    };
    if quoted.ending != Ending::Closed {
        return end..end;
    }
    scene.ranges[at].end..end.max(scene.ranges[at].end)
}

/// The block in which a stretch ends.
fn block_at_end(scene: &Scene, at: usize) -> usize {
    let end = scene.quoted[at].outer.end;
    let blocks = &scene.text.blocks;
    let next = blocks.partition_point(|block| block.span.start < end);
    next.saturating_sub(1)
}

/// The words between a stretch and the one before it in its block, or the
/// block's start.
fn gap_before(scene: &Scene, at: usize) -> Range<usize> {
    let start = match at.checked_sub(1).map(|before| &scene.quoted[before]) {
        Some(_) if block_at_end(scene, at - 1) == scene.quoted[at].block => {
            scene.ranges[at - 1].end
        }
        _ => scene.block_words(scene.quoted[at].block).start,
    };
    start.min(scene.ranges[at].start)..scene.ranges[at].start
}

/// A clause after the stretch.
fn after(scene: &Scene, at: usize) -> Option<Who> {
    let gap = gap_after(scene, at);
    if gap.is_empty() {
        return None;
    }
    let quote = scene.quoted[at].words.of(scene.plain);
    let sentence = scene.word(gap.start).sentence;
    let clause_end = gap
        .clone()
        .find(|word| scene.word(*word).sentence != sentence)
        .unwrap_or(gap.end);
    let clause = gap.start..clause_end.min(gap.start + CLAUSE);
    let opening = &scene.plain
        [scene.quoted[at].outer.end as usize..scene.word(gap.start).span.start as usize];
    if opening.trim_start().starts_with(['—', '–', '―', '-']) {
        if let Some(who) = signed(scene, clause.clone()) {
            return Some(who);
        }
    }
    let apart = opening.contains(['.', ';', ':', '(', '?', '!']);
    // A stop inside the marks and a capital after them: a sentence of its own,
    // unless it says nothing but who spoke.
    let stopped = quote.ends_with('.') || quote.ends_with('…');
    let capital = scene.word(gap.start).shape != Shape::Lower;
    let next_follows = scene.quoted.get(at + 1).is_some_and(|next| {
        clause_end == scene.ranges[at + 1].start && next.block == scene.quoted[at].block
    });
    if apart || stopped && capital && (clause.len() > 6 || next_follows) {
        return None;
    }
    let mut start = clause.start;
    if scene.is(start, Classes::SOURCE) {
        let skip = usize::from(start + 1 < clause.end && scene.is(start + 1, Classes::PREPOSITION));
        return scene
            .phrase(start + 1 + skip, clause.end)
            .map(|phrase| phrase.who);
    }
    while start + 1 < clause.end
        && scene.is(
            start,
            Classes::ADVERB.and(Classes::AUXILIARY).and(Classes::AND),
        )
        && !scene.is_speech(start)
        && scene.mention_at(start).is_none()
    {
        start += 1;
    }
    if scene.is_speech(start) || is_verb_like(scene, start, quote, clause.end) {
        let mut subject = start + 1;
        while subject + 1 < clause.end
            && scene.is(subject, Classes::ADVERB.and(Classes::AUXILIARY))
            && scene.mention_at(subject).is_none()
            && !scene.is(subject, Classes::SUBJECT)
        {
            subject += 1;
        }
        let phrase = scene.phrase(subject, clause.end)?;
        return Some(fuller(scene, subject, &phrase, clause.end));
    }
    let phrase = scene.phrase(start, clause.end)?;
    speaks(scene, &phrase, clause.end).then_some(phrase.who)
}

/// Whether an unknown small word stands where a verb of saying does: directly
/// after words that a comma holds open, and before a name.
fn is_verb_like(scene: &Scene, at: usize, quote: &str, last: usize) -> bool {
    let known = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::CONNECTIVE)
        .and(Classes::ADVERB)
        .and(Classes::RELATIVE)
        .and(Classes::PERSON);
    let word = scene.word(at);
    let held = quote.ends_with([',', '?', '!']) || word.gap == Gap::Comma;
    held && word.shape == Shape::Lower
        && !word.classes.any(known)
        && at + 1 < last
        && scene.word(at + 1).gap == Gap::Space
        && scene.mention_at(at + 1).is_some()
}

/// A description after its verb with the clause that tells more of it: "said
/// an official who was not authorized to speak".
fn fuller(scene: &Scene, start: usize, phrase: &Phrase, last: usize) -> Who {
    let Who::Described(span) = phrase.who else {
        return phrase.who;
    };
    let end = (phrase.end..last)
        .find(|at| scene.word(*at).gap != Gap::Space || scene.is_quoted(*at))
        .unwrap_or(last);
    if end == phrase.end || end - start > DESCRIBED {
        return phrase.who;
    }
    Who::Described(Span {
        start: span.start,
        end: scene.word(end - 1).bare().end,
    })
}

/// The name that signs a quotation after a dash: a name, and little else.
fn signed(scene: &Scene, words: Range<usize>) -> Option<Who> {
    let phrase = scene.phrase(words.start, words.end)?;
    let short = words.len() <= SIGNATURE && !words.clone().any(|word| scene.is_speech(word));
    (short && matches!(phrase.who, Who::Name(_))).then_some(phrase.who)
}

/// The name after a dash in the block below a quotation that fills its own.
fn signed_below(scene: &Scene, at: usize) -> Option<Who> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let this = scene.text.blocks[block].span;
    let tail = &scene.plain[quoted.outer.end as usize..this.end as usize];
    let below = scene.text.blocks.get(block + 1)?;
    let text = scene.text.of(below);
    if !tail.trim().is_empty() || !text.starts_with(['—', '–', '―', '-']) {
        return None;
    }
    signed(scene, scene.block_words(block + 1))
}

/// Whether a verb of saying follows a phrase, appositions and adverbs aside.
fn speaks(scene: &Scene, phrase: &Phrase, last: usize) -> bool {
    let mut at = phrase.end;
    while at < last && at < phrase.end + CLAUSE {
        if scene.is_quoted(at) {
            return false;
        }
        if scene.is_speech(at) {
            return true;
        }
        // "Lee, who runs the firm, said": past the comma another clause may
        // stand; another subject ends the search.
        if at > phrase.end && scene.is(at, Classes::SUBJECT) && scene.word(at).gap == Gap::Comma {
            return false;
        }
        at += 1;
    }
    false
}

/// A clause that leads in to the stretch.
fn before(scene: &Scene, at: usize) -> Option<Who> {
    let gap = gap_before(scene, at);
    if gap.is_empty() {
        return None;
    }
    let quoted = &scene.quoted[at];
    let last = gap.end - 1;
    let lead = &scene.plain[scene.word(last).span.end as usize..quoted.outer.start as usize];
    let lead = lead.trim();
    let colon = lead.ends_with(':');
    let full = quoted.words.of(scene.plain).starts_with(char::is_uppercase);
    let stopped = lead.ends_with(['.', '!', '?', ';']);
    if stopped {
        return None;
    }
    let sentence = scene.word(last).sentence;
    let start = gap
        .clone()
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence)
        .last()?;
    let clause = start..gap.end;
    lead_in(scene, clause, colon, full)
}

/// Who speaks in a clause that leads in to words.
fn lead_in(scene: &Scene, clause: Range<usize>, colon: bool, full: bool) -> Option<Who> {
    let verb = clause.clone().rev().find(|word| scene.is_speech(*word));
    let source = clause.clone().find(|word| {
        scene.is(*word, Classes::SOURCE) && scene.word(*word).shape == Shape::Lower
            || *word == clause.start && scene.is(*word, Classes::SOURCE)
    });
    if let Some(source) = source {
        let skip =
            usize::from(source + 1 < clause.end && scene.is(source + 1, Classes::PREPOSITION));
        if let Some(phrase) = scene.phrase(source + 1 + skip, clause.end) {
            return Some(phrase.who);
        }
    }
    if let Some(verb) = verb {
        let near = clause.end - verb <= 12;
        if colon || near || !full {
            return subject(scene, clause.clone(), verb);
        }
        return None;
    }
    if !colon {
        return None;
    }
    // "Lee: ...", "Lee's answer: ..."
    first_named(scene, clause)
}

/// The subject of the verb of saying at `verb`.
fn subject(scene: &Scene, clause: Range<usize>, verb: usize) -> Option<Who> {
    // "said Lee:", "Asked Lee:" at the clause's start.
    if verb == clause.start {
        return told_after(scene, verb, clause.end);
    }
    let mut at = verb;
    while at > clause.start
        && scene.word(at).gap == Gap::Space
        && scene.is(at - 1, Classes::AUXILIARY.and(Classes::ADVERB))
        && scene.mention_at(at - 1).is_none()
        && !scene.is(at - 1, Classes::SUBJECT)
    {
        at -= 1;
    }
    if at == clause.start {
        return told_after(scene, verb, clause.end);
    }
    let breaks = matches!(scene.word(at).gap, Gap::Comma | Gap::Mark);
    let joined = scene.is(
        at - 1,
        Classes::AND
            .and(Classes::RELATIVE)
            .and(Classes::PREPOSITION),
    );
    if !breaks && !joined {
        // The phrase that ends directly before the verb and starts earliest.
        let earliest = clause.start.max(at.saturating_sub(14));
        let found = (earliest..at)
            .filter(|start| starts_phrase(scene, *start, clause.start))
            .filter_map(|start| scene.phrase(start, at).filter(|phrase| phrase.end == at))
            .next();
        if let Some(phrase) = found {
            return Some(phrase.who);
        }
    }
    first_subject(scene, clause.start..at)
}

/// The subject after a verb that opens its clause: "Said Lee: ...".
fn told_after(scene: &Scene, verb: usize, last: usize) -> Option<Who> {
    let phrase = scene.phrase(verb + 1, last)?;
    phrase.sure.then_some(phrase.who)
}

/// Whether a phrase may start here: not inside another one or behind a
/// preposition.
fn starts_phrase(scene: &Scene, at: usize, first: usize) -> bool {
    if at == first || scene.word(at).gap != Gap::Space {
        return true;
    }
    let before = scene.word(at - 1);
    let inner = scene
        .mention_at(at)
        .is_some_and(|mention| mention.words.start < at);
    !inner
        && !before.classes.any(
            Classes::PREPOSITION
                .and(Classes::LINK)
                .and(Classes::DETERMINER)
                .and(Classes::ADJECTIVE),
        )
}

/// The first phrase of a clause that may be its subject.
fn first_subject(scene: &Scene, clause: Range<usize>) -> Option<Who> {
    let mut at = clause.start;
    while at < clause.end {
        // "In an interview with the BBC, Lee ...": its noun is no subject.
        let governs = scene.is(at, Classes::PREPOSITION) && !scene.is(at, Classes::AND);
        if governs && scene.mention_at(at).is_none() {
            let comma = (at + 1..clause.end).find(|word| scene.word(*word).gap != Gap::Space);
            match comma {
                Some(comma) => {
                    at = comma;
                    continue;
                }
                None => return None,
            }
        }
        if let Some(phrase) = scene.phrase(at, clause.end).filter(|phrase| phrase.sure) {
            return Some(phrase.who);
        }
        at += 1;
    }
    None
}

/// The first name of a clause, a possessor included.
fn first_named(scene: &Scene, clause: Range<usize>) -> Option<Who> {
    first_subject(scene, clause.clone()).or_else(|| {
        clause
            .filter_map(|at| scene.mention_at(at))
            .map(|mention| Who::Name(mention.name))
            .next()
    })
}

/// Gives the stretches without a clause of their own the speaker of their
/// paragraph, or of the paragraph before.
fn share(scene: &Scene, found: &mut [Attribution]) {
    for at in 0..found.len() {
        if found[at].by != Rule::Nothing {
            continue;
        }
        let block = scene.quoted[at].block;
        let earlier = at
            .checked_sub(1)
            .filter(|before| block_at_end(scene, *before) == block);
        if let Some(before) = earlier {
            found[at] = within(scene, found, before, at);
            continue;
        }
        let opens = gap_before(scene, at).is_empty();
        if !opens {
            found[at].who = indirect(scene, gap_before(scene, at), found, at);
            if found[at].who.is_some() {
                found[at].by = Rule::Paragraph;
                continue;
            }
        }
        // A later quotation of its paragraph that is attributed.
        let later = (at + 1..found.len())
            .take_while(|next| scene.quoted[*next].block == block)
            .find(|next| matches!(found[*next].by, Rule::After | Rule::Before));
        if let Some(later) = later.filter(|_| opens) {
            found[at] = Attribution {
                who: found[later].who,
                by: Rule::Paragraph,
            };
            continue;
        }
        if opens {
            found[at] = carried(scene, found, at);
        }
    }
}

/// The speaker of a stretch after another one in its paragraph: the same,
/// unless somebody else is brought in between.
fn within(scene: &Scene, found: &[Attribution], before: usize, at: usize) -> Attribution {
    let gap = gap_before(scene, at);
    let told = found[before].by == Rule::After;
    let sentence = gap.clone().next().map(|word| scene.word(word).sentence);
    let later = gap
        .clone()
        .find(|word| told && Some(scene.word(*word).sentence) != sentence)
        .unwrap_or(if told { gap.end } else { gap.start });
    let who = indirect(scene, later..gap.end, found, at).or(found[before].who);
    Attribution {
        who,
        by: Rule::Paragraph,
    }
}

/// The subject of the last sentence before a stretch: "Lee disagreed. ..."
fn indirect(scene: &Scene, words: Range<usize>, found: &[Attribution], at: usize) -> Option<Who> {
    let last = words.clone().last()?;
    let sentence = scene.word(last).sentence;
    let start = words
        .clone()
        .find(|word| scene.word(*word).sentence == sentence)?;
    let who = first_subject(scene, start..words.end)?;
    let speaker = found[..at]
        .iter()
        .rev()
        .find_map(|earlier| match earlier.who {
            Some(Who::Name(name)) => Some(name),
            _ => None,
        });
    match resolved(scene, who, speaker)? {
        Who::Name(name) if scene.names[name].kind == crate::digest::names::Kind::Place => None,
        Who::Described(_) => None,
        who => Some(who),
    }
}

/// The speaker of a stretch that opens its paragraph without telling.
fn carried(scene: &Scene, found: &[Attribution], at: usize) -> Attribution {
    let block = scene.quoted[at].block;
    let nothing = Attribution {
        who: None,
        by: Rule::Nothing,
    };
    let Some(above) = block.checked_sub(1) else {
        return nothing;
    };
    let words = scene.block_words(above);
    let last = at
        .checked_sub(1)
        .filter(|before| scene.quoted[*before].block + CARRIED >= block);
    let ends_quoted = words
        .clone()
        .last()
        .is_some_and(|word| scene.is_quoted(word));
    if let (Some(last), true) = (last, ends_quoted) {
        return Attribution {
            who: found[last].who,
            by: Rule::Carried,
        };
    }
    // The lead-in stands above: "Lee continued:".
    let tail = &scene.plain[scene.text.blocks[above].span.range()];
    let colon = tail.trim_end().ends_with(':');
    let Some(end) = words.clone().last().map(|word| word + 1) else {
        return nothing;
    };
    let sentence = scene.word(end - 1).sentence;
    let start = words
        .clone()
        .find(|word| scene.word(*word).sentence == sentence)
        .unwrap_or(words.start);
    let unquoted = (start..end)
        .rev()
        .take_while(|word| !scene.is_quoted(*word))
        .last()
        .unwrap_or(start);
    let speaker = found[..at]
        .iter()
        .rev()
        .find_map(|earlier| match earlier.who {
            Some(Who::Name(name)) => Some(name),
            _ => None,
        });
    let led = if colon {
        lead_in(scene, unquoted..end, true, true)
    } else {
        let told = (unquoted..end).any(|word| scene.is_speech(word));
        told.then(|| first_subject(scene, start..end)).flatten()
    };
    let who = led
        .and_then(|who| resolved(scene, who, speaker))
        .or_else(|| {
            let last = last.filter(|last| scene.quoted[*last].block == above)?;
            found[last].who
        })
        .or_else(|| indirect(scene, words, found, at));
    Attribution {
        who,
        by: if who.is_some() {
            Rule::Carried
        } else {
            Rule::Nothing
        },
    }
}
