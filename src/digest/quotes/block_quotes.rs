//! Block quotes: whose words are set apart?
//!
//! A block quote is somebody's words when a line in it, below it or above it
//! names them. One that nobody signs is left alone: it may be a poem, a mail,
//! or a sentence of the article in large letters.

use super::{
    forms::{Formed, trimmed},
    leads::lead_in,
    pronouns,
    scene::{Scene, Who},
    signatures::{DASHES, SIGNATURE},
};
use crate::{
    digest::{lang::Classes, names::Kind},
    text::{Block, BlockKind, MarkKind, Span},
};
use std::ops::Range;

/// A block quote of fewer words than this is a label.
const FEWEST: usize = 3;

/// The longest post, in bytes.
const POST: usize = 700;

/// A lead-in without a verb of saying has no more words than this: "Ann Lee, the
/// mayor of Leeds:".
const BARE: usize = 7;

/// The block quotes whose source is told.
pub(super) fn find(scene: &Scene) -> Vec<Formed> {
    let mut found = Vec::new();
    let blocks = &scene.text.blocks;
    let is_quote = |block: &Block| block.kind == BlockKind::Quote;
    let mut at = 0;
    while let Some(first) = blocks[at..].iter().position(is_quote) {
        let start = at + first;
        let length = blocks[start..].iter().position(|block| !is_quote(block));
        at = length.map_or(blocks.len(), |length| start + length);
        group(scene, start..at, &mut found);
    }
    found
}

/// The quotations in blocks that follow each other.
fn group(scene: &Scene, blocks: Range<usize>, found: &mut Vec<Formed>) {
    let mut led = above(scene, blocks.start);
    let mut said: Vec<Span> = Vec::new();
    let mut last = "";
    for at in blocks.clone() {
        let span = scene.text.blocks[at].span;
        let line = span.of(scene.plain);
        let set = if said.is_empty() {
            Line::First
        } else {
            Line::Alone
        };
        if let Some(who) = source(scene, span, set) {
            if line.contains("(@") {
                posted(scene, &mut said);
            }
            close(scene, &mut said, led.take(), Some(who), found);
            last = line;
            continue;
        }
        let words = scene.block_words(at).len();
        if line.starts_with(DASHES) && words <= SIGNATURE && !line.ends_with(['.', '!', '?']) {
            // Signed, but nobody knows by whom.
            said.clear();
            led = None;
            continue;
        }
        match signed(scene, at) {
            Some((words, who)) => {
                said.push(words);
                close(scene, &mut said, led.take(), Some(who), found);
            }
            // A page may say twice whose words they were.
            None if line == last => {}
            None => said.push(span),
        }
    }
    let who = below(scene, blocks.end);
    close(scene, &mut said, led, who, found);
}

/// Leaves of what stands above an account's name what is short enough to be a
/// post: a page may set all of its text as one block quote.
fn posted(scene: &Scene, said: &mut Vec<Span>) {
    let length: usize = said.iter().map(|part| part.len()).sum();
    if length > POST {
        said.drain(..said.len().saturating_sub(1));
        said.retain(|part| scene.words_in(*part).len() > 1 && part.len() <= POST);
    }
}

/// Ends a quotation, given who was named above it and at its end.
fn close(
    scene: &Scene,
    said: &mut Vec<Span>,
    led: Option<Who>,
    signed: Option<Who>,
    found: &mut Vec<Formed>,
) {
    let parts = std::mem::take(said);
    match (led, signed) {
        // Two block quotes, one below the other: the first is led in, and the
        // second signed. With more paragraphs nobody knows where it begins.
        (Some(Who::Name(led)), Some(Who::Name(signed))) if led != signed => {
            if let [first, second] = parts[..] {
                push(scene, vec![first], Who::Name(led), found);
                push(scene, vec![second], Who::Name(signed), found);
            } else if parts.len() == 1 {
                push(scene, parts, Who::Name(signed), found);
            }
        }
        (led, signed) => {
            if let Some(who) = signed.or(led) {
                push(scene, parts, who, found);
            }
        }
    }
}

fn push(scene: &Scene, mut parts: Vec<Span>, who: Who, found: &mut Vec<Formed>) {
    if let Some(last) = parts.last_mut() {
        *last = without_links(scene.plain, *last);
    }
    parts.retain(|part| !part.is_empty());
    let words: usize = parts.iter().map(|part| scene.words_in(*part).len()).sum();
    let marked = parts
        .first()
        .is_none_or(|first| scene.is_marked_at(first.start));
    if words >= FEWEST && !marked {
        found.push(Formed {
            parts,
            who: Some(who),
        });
    }
}

/// What was posted without the addresses at its end.
fn without_links(plain: &str, span: Span) -> Span {
    let mut text = span.of(plain).trim_end();
    loop {
        let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let last = &text[text.ceil_char_boundary(start)..];
        let address = last.find("http").or_else(|| last.find("pic.twitter.com/"));
        let Some(address) = address else {
            break;
        };
        text = text[..text.len() - last.len() + address].trim_end();
    }
    let start = span.range().start;
    Span::new(start, start + text.len())
}

/// The words and the source of a block that ends with its source: after a dash,
/// or in other letters.
fn signed(scene: &Scene, at: usize) -> Option<(Span, Who)> {
    let block = &scene.text.blocks[at];
    let text = scene.text.of(block);
    let start = block.span.range().start;
    let dash = text.char_indices().rev().find(|(at, c)| {
        let before = text[..*at].ends_with(char::is_whitespace);
        DASHES.contains(c) && before && (*c != '-' || text[at + 1..].starts_with([' ', '-']))
    });
    let emphasized = block.marks.iter().find(|mark| {
        let whole = mark.span.start > block.span.start && mark.span.end == block.span.end;
        whole && matches!(mark.kind, MarkKind::Emphasis)
    });
    let places = [
        dash.map(|(at, _)| (start + at, Line::Alone)),
        emphasized.map(|mark| (mark.span.range().start, Line::Emphasized)),
    ];
    places.into_iter().flatten().find_map(|(place, set)| {
        let words = trimmed(scene.plain, Span::new(start, place));
        let ended = words
            .of(scene.plain)
            .ends_with(['.', '!', '?', '…', '”', '"', '»', '’']);
        let line = Span::new(place, block.span.range().end);
        let who = source(scene, line, set).filter(|_| ended)?;
        Some((words, who))
    })
}

/// How a line is set that may name a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It opens its block quote.
    First,
    /// By itself, below what is said.
    Alone,
    /// Behind what is said, in other letters.
    Emphasized,
}

/// Whom a line names as the source of what stands above it. Without a dash it
/// has to be a name, and words have to stand above it.
fn source(scene: &Scene, line: Span, set: Line) -> Option<Who> {
    let text = line.of(scene.plain);
    let name = text.trim_start_matches(|c: char| DASHES.contains(&c) || c.is_whitespace());
    let dashed = text.trim_start().starts_with(DASHES);
    let start = line.range().end - name.len();
    if let Some(who) = account(scene, start, name).filter(|_| dashed) {
        return Some(who);
    }
    let words = scene.words_in(line);
    if words.is_empty() || words.len() > SIGNATURE || !dashed && set == Line::First {
        return None;
    }
    let stopped = name.trim_end().ends_with(['!', '?', ':', ';', '”', '"'])
        || !dashed && name.trim_end().ends_with('.');
    let told = words.clone().any(|word| scene.is_speech(word));
    let phrase = scene.phrase(words.start, words.end)?;
    // "Ann Lee and Tomas Quell": one of them alone did not say it.
    let joined = |word: usize| scene.is(word, Classes::AND) && word + 1 < words.end;
    let several = words
        .clone()
        .any(|word| joined(word) && scene.mention_at(word + 1).is_some());
    let after = scene.stretch(scene.word(phrase.words.end - 1).span.end, line.end);
    let closed = after.trim().is_empty() || after.trim_start().starts_with([',', '(', '|', '/']);
    if several || stopped || told || !closed && !dashed {
        return None;
    }
    let determined = scene.is(words.start, Classes::DETERMINER);
    match phrase.who {
        // "Video Ann Lee": without a dash it may be any line.
        Who::Name(name) => {
            let known = scene.names[name].kind != Kind::Unknown || set == Line::Emphasized;
            let sure = dashed || !determined && known;
            (scene.may_speak(name) && sure).then_some(Who::Name(name))
        }
        Who::Described(_) => (dashed && phrase.sure).then_some(phrase.who),
        Who::Pronoun(_) => None,
    }
}

/// The account that a post is from: "Lorn Ferries (@lornferries) May 5".
fn account(scene: &Scene, start: usize, line: &str) -> Option<Who> {
    let (shown, _) = line.split_once("(@")?;
    let span = trimmed(scene.plain, Span::new(start, start + shown.len()));
    let words = scene.words_in(span);
    let name = scene
        .mention_at(words.start)
        .filter(|mention| mention.words == words)
        .map(|mention| Who::Name(mention.name));
    (!words.is_empty()).then(|| name.unwrap_or(Who::Described(span)))
}

/// Whom the paragraph below the blocks names, if all it does is sign.
fn below(scene: &Scene, at: usize) -> Option<Who> {
    let block = scene.text.blocks.get(at)?;
    let dashed = scene.text.of(block).starts_with(DASHES);
    (dashed && block.kind == BlockKind::Paragraph)
        .then(|| source(scene, block.span, Line::Alone))
        .flatten()
}

/// Whom the paragraph above leads in with a colon: "The minister wrote:".
fn above(scene: &Scene, at: usize) -> Option<Who> {
    let block = scene.text.blocks.get(at.checked_sub(1)?)?;
    let text = scene.text.of(block).trim_end();
    // "On Monday, Ann Lee <ann@lorn.example> wrote:" is over a mail.
    if !block.kind.is_prose() || !text.ends_with(':') || text.contains('@') {
        return None;
    }
    led(scene, at - 1)
}

/// Who speaks in the clause that ends a block with a colon.
pub(super) fn led(scene: &Scene, block: usize) -> Option<Who> {
    let words = scene.block_words(block);
    let sentence = scene.word(words.clone().last()?).sentence;
    let start = words
        .clone()
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence && !scene.is_quoted(*word))
        .last()?;
    let clause = start..words.end;
    let told = clause
        .clone()
        .any(|word| scene.is_speech(word) || scene.is(word, Classes::SOURCE));
    let named = || {
        let phrase = scene.phrase(clause.start, clause.end);
        clause.len() <= BARE && phrase.is_some_and(|phrase| matches!(phrase.who, Who::Name(_)))
    };
    if !told && !named() {
        return None;
    }
    match lead_in(scene, clause, true, true)?.who? {
        Who::Name(name) => scene.may_speak(name).then_some(Who::Name(name)),
        Who::Pronoun(at) => pronouns::resolve(scene, at, &[]).map(Who::Name),
        Who::Described(span) => {
            let person = |word| scene.is(word, Classes::PERSON.and(Classes::ROLE));
            let known = scene.words_in(span).any(person);
            known.then_some(Who::Described(span))
        }
    }
}
