//! Turns of a conversation: where does one start, and what does its label say?
//!
//! Whether the turns are a conversation at all is for `interview` to judge.

use super::{forms::trimmed, scene::Scene};
use crate::{
    digest::{
        lang::{Classes, Pairs, join},
        names::Kind,
        words::Shape,
    },
    text::{Block, BlockKind, MarkKind, Span},
};
use std::ops::Range;

/// The longest label, in bytes.
const LABEL: usize = 60;

/// The longest label, in words.
const LABEL_WORDS: usize = 6;

/// Who has a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Name(usize),
    /// A name that stands nowhere but in labels, by its key.
    Word(u64),
    /// Whoever asks, without a name.
    Question,
    /// Whoever is asked, without a name.
    Answer,
    /// A paper or a station.
    Outlet,
}

/// A turn of a conversation.
pub(super) struct Turn {
    pub(super) label: Label,
    /// The block in which it starts.
    pub(super) block: usize,
    /// Where the label stands; empty where there is none.
    pub(super) named: Span,
    /// Its words, in its first block.
    pub(super) words: Span,
}

/// All that may be a turn, in order.
pub(super) fn turns(scene: &Scene) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    // The block below a question is its answer.
    let mut asked = false;
    for (at, block) in scene.text.blocks.iter().enumerate() {
        if block.kind == BlockKind::Picture {
            continue;
        }
        let before = turns.len();
        if block.kind == BlockKind::Paragraph {
            labeled(scene, at, &mut turns);
        }
        // "Q: Why?" in bold letters has its label all the same.
        let lettered = turns.get(before).map(|turn| turn.label) == Some(Label::Question);
        if let Some(end) = question(scene, block).filter(|_| !lettered) {
            turns.truncate(before);
            bold(scene, at, end, &mut turns);
        } else if asked && turns.len() == before && block.kind == BlockKind::Paragraph {
            turns.push(Turn::bare(Label::Answer, at, block.span));
        }
        let last = turns.get(before).filter(|_| turns.len() == before + 1);
        asked = last.is_some_and(|turn| {
            turn.label == Label::Question && turn.words.of(scene.plain).ends_with('?')
        });
    }
    // Where answers have a label, what has none is none.
    let labeled = |turn: &Turn| !turn.named.is_empty();
    let is_answer = |turn: &Turn| turn.label == Label::Answer;
    if turns.iter().any(|turn| is_answer(turn) && labeled(turn)) {
        turns.retain(|turn| !is_answer(turn) || labeled(turn));
    }
    turns
}

/// Adds a question in bold letters that ends at `end`, and what follows it in its
/// block.
fn bold(scene: &Scene, at: usize, end: u32, turns: &mut Vec<Turn>) {
    let block = scene.text.blocks[at].span;
    let words = trimmed(scene.plain, Span { end, ..block });
    turns.push(Turn::bare(Label::Question, at, words));
    let rest = trimmed(
        scene.plain,
        Span {
            start: end,
            ..block
        },
    );
    if !rest.is_empty() {
        turns.push(Turn::bare(Label::Answer, at, rest));
    }
}

impl Turn {
    fn bare(label: Label, block: usize, words: Span) -> Self {
        let named = Span {
            start: words.start,
            end: words.start,
        };
        Turn {
            label,
            block,
            named,
            words,
        }
    }
}

/// Where the question ends that a block starts with in bold letters, or is as a
/// heading.
fn question(scene: &Scene, block: &Block) -> Option<u32> {
    let asks = |span: Span| span.of(scene.plain).trim_end().ends_with('?');
    match block.kind {
        BlockKind::Heading(_) => asks(block.span).then_some(block.span.end),
        BlockKind::Paragraph => {
            let first = block.marks.first()?;
            let bold = first.kind == MarkKind::Strong && first.span.start == block.span.start;
            (bold && asks(first.span)).then_some(first.span.end)
        }
        _ => None,
    }
}

/// Adds the turns of a block that starts with a label.
fn labeled(scene: &Scene, at: usize, turns: &mut Vec<Turn>) {
    let block = scene.text.blocks[at].span;
    let Some((label, named, start)) = label(scene, block) else {
        return;
    };
    let mut words = trimmed(scene.plain, Span { start, ..block });
    let (mut label, mut named) = (label, named);
    // Question and answer in one paragraph, their line break folded.
    if matches!(label, Label::Question | Label::Answer) {
        let inside = scene.words_in(words);
        for word in inside.skip(1) {
            let Some((next, span, start)) = sign(scene, word) else {
                continue;
            };
            let before = scene.plain[words.range().start..span.range().start].trim_end();
            if before.ends_with(['?', '.', '!', '…', '”', '"']) {
                turns.push(Turn {
                    label,
                    block: at,
                    named,
                    words: Span::new(words.range().start, words.range().start + before.len()),
                });
                (label, named) = (next, span);
                words = trimmed(scene.plain, Span { start, ..block });
            }
        }
    }
    if !words.is_empty() {
        turns.push(Turn {
            label,
            block: at,
            named,
            words,
        });
    }
}

/// The sign for a question or an answer at a word: "Q:", "A.".
fn sign(scene: &Scene, at: usize) -> Option<(Label, Span, u32)> {
    let word = scene.word(at);
    let label = if word.classes.any(Classes::QUESTIONER) {
        Label::Question
    } else if word.classes.any(Classes::ANSWERER) {
        Label::Answer
    } else {
        return None;
    };
    if !word.is_capital() {
        return None;
    }
    let start = word.span.range().start;
    let bare = word.span.of(scene.plain).trim_end_matches('.');
    let rest = scene.plain[start + bare.len()..].trim_start_matches(' ');
    let letter = bare.chars().count() == 1;
    let stop = rest.strip_prefix('.').filter(|_| letter);
    let behind = rest.strip_prefix(':').or(stop)?;
    let end = scene.plain.len() - behind.len();
    let named = Span::new(start, start + bare.len());
    let spaced = behind.starts_with(char::is_whitespace);
    spaced.then(|| (label, named, Span::new(end, end).start))
}

/// The label that a block starts with: what it says, where it stands, and where
/// what follows it starts.
fn label(scene: &Scene, block: Span) -> Option<(Label, Span, u32)> {
    let text = block.of(scene.plain);
    let head = &text.as_bytes()[..text.len().min(LABEL)];
    let colon = memchr::memchr(b':', head);
    let first = || scene.words_in(block).next();
    if colon.is_none() {
        // "Q. Why?", where no colon is.
        let lettered = head.len() > 2 && head[1] == b'.';
        return lettered.then(|| sign(scene, first()?)).flatten();
    }
    let colon = colon?;
    let named = trimmed(
        scene.plain,
        Span::new(block.range().start, block.range().start + colon),
    );
    let after = &text[colon + 1..];
    let words = scene.words_in(named);
    let few = (1..=LABEL_WORDS).contains(&words.len());
    if !after.starts_with(char::is_whitespace) || !few {
        return None;
    }
    let start = Span::new(0, block.range().start + colon + 1).end;
    let label = sign(scene, words.start)
        .filter(|_| words.len() == 1)
        .map(|(label, ..)| label)
        .or_else(|| who(scene, words, named))?;
    Some((label, named, start))
}

/// Whom a label names.
fn who(scene: &Scene, words: Range<usize>, named: Span) -> Option<Label> {
    let text = named.of(scene.plain);
    let first = scene.word(words.start);
    let phrase = scene.walk.words[words.clone()]
        .iter()
        .map(|word| word.key)
        .reduce(join)?;
    if scene.lang.canonical(Pairs::Outlet, phrase).is_some() {
        return Some(Label::Outlet);
    }
    let lone = words.len() == 1 && first.shape == Shape::Upper;
    if lone && let Some(name) = by_capitals(scene, text) {
        return Some(Label::Name(name));
    }
    if words.len() == 1
        && let Some(name) = by_first_name(scene, text)
    {
        return Some(Label::Name(name));
    }
    let before = Classes::TITLE.and(Classes::ROLE).and(Classes::DETERMINER);
    let titled = words
        .clone()
        .take_while(|at| scene.mention_at(*at).is_none() && scene.is(*at, before))
        .count();
    let inside = Some(words.start + titled).filter(|at| *at < words.end);
    if let Some(mention) = inside.and_then(|at| scene.mention_at(at)) {
        let whole = mention.words.end == words.end
            || mention.words.end < words.end
                && scene
                    .between(mention.words.end - 1, mention.words.end)
                    .trim()
                    == ",";
        let name = &scene.names[mention.name];
        return match name.kind {
            _ if !whole => None,
            Kind::Person | Kind::Unknown => Some(Label::Name(mention.name)),
            Kind::Organization if lone => Some(Label::Word(first.key)),
            Kind::Organization => Some(Label::Outlet),
            Kind::Place => None,
        };
    }
    (lone && text.len() > 3 && first.classes.is_none()).then_some(Label::Word(first.key))
}

/// The only person with these initials or this surname, which a label has in
/// capitals.
fn by_capitals(scene: &Scene, label: &str) -> Option<usize> {
    let mut named = scene.names.iter().enumerate().filter(|(_, name)| {
        let Some((_, surname)) = name.form.rsplit_once(' ') else {
            return false;
        };
        let mut initials = name.form.split(' ').filter_map(|word| word.chars().next());
        matches!(name.kind, Kind::Person | Kind::Unknown)
            && (surname.to_uppercase() == label
                || initials.by_ref().eq(label.chars().filter(|c| *c != '.')))
    });
    let (only, _) = named.next()?;
    named.next().is_none().then_some(only)
}

/// Gives the answers to questions in bold letters the name that the first of
/// them has, if no other name is there.
pub(super) fn name_answers(turns: &mut [Turn]) {
    let name = |turn: &Turn| match turn.label {
        Label::Name(name) => Some(name),
        _ => None,
    };
    let Some(at) = turns.iter().position(|turn| name(turn).is_some()) else {
        return;
    };
    let label = turns[at].label;
    let alone = turns
        .iter()
        .all(|turn| name(turn).is_none() || turn.label == label);
    let answers = at > 0 && turns[at - 1].label == Label::Question;
    if alone && answers {
        let unnamed = |turn: &&mut Turn| turn.label == Label::Answer && turn.named.is_empty();
        for turn in turns[at..].iter_mut().filter(unnamed) {
            turn.label = label;
        }
    }
}

/// The only person with this first name.
fn by_first_name(scene: &Scene, label: &str) -> Option<usize> {
    let mut named = scene.names.iter().enumerate().filter(|(_, name)| {
        let first = name.form.split_once(' ').map(|(first, _)| first);
        first == Some(label) && name.kind == Kind::Person
    });
    let (only, _) = named.next()?;
    named.next().is_none().then_some(only)
}
