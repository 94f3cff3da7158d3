//! Dialogue with dashes: "— We leave tomorrow, said Lee.", as French, Spanish
//! and many others set it.
//!
//! The dash opens what is said; nothing closes it but a clause that tells who
//! speaks. Where no paragraph of several has such a clause they are a list, and
//! whose turn it is nobody guesses.

use super::{
    block_quotes::led,
    forms::{Formed, trimmed},
    pronouns,
    scene::{Scene, Who},
};
use crate::{
    digest::{lang::Classes, names::Gender},
    text::{BlockKind, Span},
};
use std::ops::Range;

/// The dashes that open what is said.
const DASHES: [char; 3] = ['—', '–', '―'];

/// What ends a sentence.
const STOPS: [char; 4] = ['.', '!', '?', '…'];

/// The longest clause that tells who speaks, in words.
const CLAUSE: usize = 16;

/// What is said after dashes.
pub(super) fn find(scene: &Scene) -> Vec<Formed> {
    let mut found = Vec::new();
    if !scene.lang.speaks_with_dashes() {
        return found;
    }
    let blocks = &scene.text.blocks;
    let mut at = 0;
    while at < blocks.len() {
        let length = blocks[at..]
            .iter()
            .take_while(|block| {
                block.kind == BlockKind::Paragraph && scene.text.of(block).starts_with(DASHES)
            })
            .count();
        run(scene, at..at + length, &mut found);
        at += length + 1;
    }
    found
}

/// Adds what is said in paragraphs that each open with a dash.
fn run(scene: &Scene, blocks: Range<usize>, found: &mut Vec<Formed>) {
    let mut said = Vec::with_capacity(blocks.len());
    let mut told = 0;
    for at in blocks.clone() {
        let words = words_of(scene, at);
        let mut formed = words.and_then(|words| told_inside(scene, words));
        if at == blocks.start && formed.is_none() {
            formed = words.zip(at.checked_sub(1)).and_then(|(words, above)| {
                let colon = scene.text.of(&scene.text.blocks[above]).trim_end();
                let who = colon.ends_with(':').then(|| led(scene, above)).flatten();
                who.and_then(|who| untold(scene, words, Some(who)))
            });
        }
        told += usize::from(formed.is_some());
        said.push((words, formed));
    }
    for (words, formed) in said {
        let formed = formed.or_else(|| {
            let dialogue = told * 2 >= blocks.len() && told > 0;
            words
                .filter(|_| dialogue)
                .and_then(|words| untold(scene, words, None))
        });
        found.extend(formed);
    }
}

/// What follows the dash that opens a block, if no marks tell what is said.
fn words_of(scene: &Scene, at: usize) -> Option<Span> {
    let block = scene.text.blocks[at].span;
    let text = block.of(scene.plain);
    let words = text.trim_start_matches(|c: char| DASHES.contains(&c) || c.is_whitespace());
    let start = block.range().end - words.len();
    let words = trimmed(scene.plain, Span::new(start, block.range().end));
    let marked = scene
        .words_in(words)
        .clone()
        .any(|word| scene.is_quoted(word));
    (!marked && !words.is_empty()).then_some(words)
}

/// A paragraph in which nobody is named: all of it is said, if it is sentences
/// and no dash sets anything apart in it.
fn untold(scene: &Scene, words: Span, who: Option<Who>) -> Option<Formed> {
    let text = words.of(scene.plain);
    let whole = text.ends_with(STOPS) && !text.contains(DASHES);
    (whole && scene.words_in(words).len() > 1).then(|| Formed {
        parts: vec![words],
        who,
    })
}

/// A paragraph with a clause that tells who speaks.
fn told_inside(scene: &Scene, words: Span) -> Option<Formed> {
    let all = scene.words_in(words);
    let (at, clause) = all.clone().skip(1).find_map(|at| {
        let gap = scene.between(at - 1, at);
        let dash = gap.contains(DASHES);
        let opens = dash || gap.trim_end().ends_with([',', '!', '?', '…']);
        let (who, end) = opens.then(|| clause(scene, at, all.end)).flatten()?;
        Some((at, Clause { who, end, dash }))
    })?;
    let gap = scene.between(at - 1, at);
    let stop = gap.rfind(STOPS).map_or(0, |at| {
        let stop = gap[at..].chars().next().map_or(0, char::len_utf8);
        at + stop
    });
    let until = scene.word(at - 1).span.range().end + stop;
    let mut parts = vec![Span::new(words.range().start, until)];
    parts.extend(clause.rest(scene, words, all.end));
    let who = match clause.who {
        // In a dialogue the other one was named last: the sex must be known.
        Who::Pronoun(at) => pronouns::resolve(scene, at, &[])
            .filter(|name| scene.names[*name].gender != Gender::Unknown)
            .map(Who::Name),
        who => Some(who),
    };
    Some(Formed { parts, who })
}

/// A clause that tells who speaks.
struct Clause {
    who: Who,
    /// One past the last word of who speaks.
    end: usize,
    /// Whether a dash opens it, and so a dash closes it.
    dash: bool,
}

impl Clause {
    /// What is said after it.
    ///
    /// A dash or a comma goes back to what is said. After a period without a
    /// dash it may as well be told what happens next.
    fn rest(&self, scene: &Scene, words: Span, last: usize) -> Option<Span> {
        let told_until = scene.word(self.end - 1).span.range().end;
        let tail = &scene.plain[told_until..words.range().end];
        let back = if self.dash {
            let at = tail.find(DASHES)?;
            told_until + at
        } else {
            let next = (self.end < last).then(|| scene.between(self.end - 1, self.end))?;
            let apposed = Classes::DETERMINER
                .and(Classes::PERSON)
                .and(Classes::ROLE)
                .and(Classes::RELATIVE)
                .and(Classes::PREPOSITION);
            let goes_on = next.contains(DASHES)
                || next.trim() == ","
                    && !scene.is(self.end, apposed)
                    && !scene.word(self.end).is_capital();
            if !goes_on {
                return None;
            }
            told_until
        };
        let rest = &scene.plain[back..words.range().end];
        let rest = rest.trim_start_matches(|c: char| {
            DASHES.contains(&c) || c.is_whitespace() || matches!(c, '.' | ',' | ':' | ';')
        });
        // Another clause, or a remark, stands between dashes in what follows.
        let start = words.range().end - rest.len();
        let said = match rest.find(DASHES) {
            Some(at) => trimmed(scene.plain, Span::new(start, start + at)),
            None => Span::new(start, words.range().end),
        };
        (scene.words_in(said).len() > 1).then_some(said)
    }
}

/// A clause that tells who speaks from the word at `at` on: a verb of saying and
/// who does. Gives one past its last word as well.
fn clause(scene: &Scene, at: usize, last: usize) -> Option<(Who, usize)> {
    let last = last.min(at + CLAUSE);
    let mut verb = at;
    // "s'écrie", "a répondu", "le contestó".
    let small = Classes::AUXILIARY.and(Classes::PRONOUN).and(Classes::STOP);
    while verb + 1 < last
        && verb < at + 2
        && scene.is(verb, small)
        && !scene.is_speech(verb)
        && scene.mention_at(verb).is_none()
    {
        verb += 1;
    }
    if scene.lang.tag.is_empty() {
        return by_shape(scene, at, last);
    }
    if scene.is_speech(verb) {
        // "dit-elle": verb and pronoun are one word.
        if scene.is(verb, Classes::HE.and(Classes::SHE)) {
            return Some((Who::Pronoun(verb), verb + 1));
        }
        let phrase = scene.phrase(verb + 1, last)?;
        return Some((phrase.who, phrase.words.end));
    }
    None
}

/// The same where no verb is known: a small word and the name after it, and
/// nothing else.
fn by_shape(scene: &Scene, at: usize, last: usize) -> Option<(Who, usize)> {
    let small = (at..last)
        .take(2)
        .take_while(|at| !scene.word(*at).is_capital());
    let name = at + small.count();
    if name == at || name == last {
        return None;
    }
    let mention = scene.mention_at(name)?;
    let ends = mention.words.end;
    let rest = &scene.plain[scene.word(ends - 1).span.range().end..];
    let closed = rest.is_empty()
        || rest
            .trim_start_matches(' ')
            .starts_with(['.', ',', '\n', '—', '–', '―']);
    let near = scene.between(name - 1, name) == " ";
    (closed && near && scene.may_speak(mention.name)).then_some((Who::Name(mention.name), ends))
}
