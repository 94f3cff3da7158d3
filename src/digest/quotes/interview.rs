//! Interviews and transcripts: who speaks where each turn has a label?
//!
//! "Q: ... A: ...", "LEE: ... ROE: ...", and questions in bold letters with an
//! answer below each. A label alone proves little, since notes, results and
//! lists of people have them, too: labels come back, and those who speak say
//! "I" or ask. An answer without a name is given only where the text above
//! tells who is interviewed.

use super::{
    forms::{Formed, trimmed},
    scene::{Scene, Who},
};
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

/// Turns with more blocks than this between them are of two conversations.
const APART: usize = 12;

/// A label that stands alone comes back so often.
const ALONE: usize = 3;

/// Who has a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
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
struct Turn {
    label: Label,
    /// The block in which it starts.
    block: usize,
    /// Where the label stands; empty where there is none.
    named: Span,
    /// Its words, in its first block.
    words: Span,
}

/// What is said in conversations.
pub(super) fn find(scene: &Scene) -> Vec<Formed> {
    let turns = turns(scene);
    let mut found = Vec::new();
    for run in turns.chunk_by(|turn, next| next.block - turn.block <= APART) {
        if is_conversation(scene, run) {
            take(scene, run, &mut found);
        }
    }
    found
}

/// All that may be a turn, in order.
fn turns(scene: &Scene) -> Vec<Turn> {
    let mut turns = Vec::new();
    // The block below a question in bold letters is its answer.
    let mut asked = false;
    for (at, block) in scene.text.blocks.iter().enumerate() {
        if block.kind == BlockKind::Picture {
            continue;
        }
        let before = turns.len();
        let question = question(scene, block);
        if let Some(end) = question {
            let words = Span { end, ..block.span };
            turns.push(Turn::bare(Label::Question, at, words));
            let rest = Span {
                start: end,
                ..block.span
            };
            if !rest.of(scene.plain).trim().is_empty() {
                let rest = trimmed(scene.plain, rest);
                turns.push(Turn::bare(Label::Answer, at, rest));
            }
        } else if block.kind == BlockKind::Paragraph {
            labelled(scene, at, &mut turns);
            if turns.len() == before && asked {
                turns.push(Turn::bare(Label::Answer, at, block.span));
            }
        }
        asked = question.is_some() && turns.len() == before + 1;
    }
    turns
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
fn labelled(scene: &Scene, at: usize, turns: &mut Vec<Turn>) {
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
    let end = scene.plain.len() - rest.len() + 1;
    let follows = rest.starts_with(':') || letter && rest.starts_with('.');
    let spaced = scene.plain[end.min(scene.plain.len())..].starts_with(char::is_whitespace);
    let named = Span::new(start, start + bare.len());
    (follows && spaced).then(|| (label, named, Span::new(end, end).start))
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
    if words.len() == 1 && first.shape == Shape::Upper && text.len() <= 4 {
        if let Some(name) = by_initials(scene, text) {
            return Some(Label::Name(name));
        }
    }
    if words.len() == 1 && first.shape == Shape::Upper && text.len() > 2 {
        if let Some(name) = by_surname(scene, text) {
            return Some(Label::Name(name));
        }
    }
    let titled = words
        .clone()
        .take_while(|at| {
            scene.mention_at(*at).is_none() && scene.is(*at, Classes::TITLE.and(Classes::ROLE))
        })
        .count();
    if let Some(mention) = scene.mention_at(words.start + titled) {
        let whole = mention.words.end == words.end
            || scene
                .between(mention.words.end - 1, mention.words.end)
                .trim()
                == ",";
        let name = &scene.names[mention.name];
        return match name.kind {
            _ if !whole => None,
            Kind::Person | Kind::Unknown => Some(Label::Name(mention.name)),
            Kind::Organization if words.len() == 1 && first.shape == Shape::Upper => {
                Some(Label::Word(first.key))
            }
            Kind::Organization => Some(Label::Outlet),
            Kind::Place => None,
        };
    }
    let lone = words.len() == 1 && first.shape == Shape::Upper && text.len() > 3;
    (lone && first.classes.is_none()).then_some(Label::Word(first.key))
}

/// The only person with these initials.
fn by_initials(scene: &Scene, letters: &str) -> Option<usize> {
    let mut named = scene.names.iter().enumerate().filter(|(_, name)| {
        let initials = name.form.split(' ').filter_map(|word| word.chars().next());
        name.form.contains(' ')
            && matches!(name.kind, Kind::Person | Kind::Unknown)
            && initials.eq(letters.chars().filter(|c| *c != '.'))
    });
    let (only, _) = named.next()?;
    named.next().is_none().then_some(only)
}

/// The only person with this surname, which the label has in capitals.
fn by_surname(scene: &Scene, label: &str) -> Option<usize> {
    let mut named = scene.names.iter().enumerate().filter(|(_, name)| {
        let surname = name.form.rsplit_once(' ').map(|(_, last)| last);
        matches!(name.kind, Kind::Person | Kind::Unknown)
            && surname.is_some_and(|surname| surname.to_uppercase() == label)
    });
    let (only, _) = named.next()?;
    named.next().is_none().then_some(only)
}

/// Whether turns are a conversation, rather than notes or a list of people: a
/// label comes back or several are there, they hold sentences, and people in
/// them say "I" or ask.
fn is_conversation(scene: &Scene, turns: &[Turn]) -> bool {
    let first = turns[0].label;
    let one = turns.iter().all(|turn| turn.label == first);
    if turns.len() < 2 || one && turns.len() < ALONE {
        return false;
    }
    let of = |turn: &&Turn| turn.words.of(scene.plain);
    let ended = turns.iter().filter(|turn| {
        of(turn).ends_with(['.', '!', '?', '…', '”', '"', '»', ']', ')', '—', '–', ','])
    });
    let told = turns.iter().filter(|turn| {
        of(turn).ends_with('?')
            || scene
                .words_in(turn.words)
                .any(|word| scene.is(word, Classes::FIRST) && !scene.is_quoted(word))
    });
    let asked = turns.iter().any(|turn| of(&turn).ends_with('?'));
    // In a language that is not known, nobody is heard to say "I".
    let deaf = scene.lang.tag.is_empty();
    ended.count() * 4 >= turns.len() * 3
        && told.count() * if deaf { 3 } else { 2 } >= turns.len()
        && (asked || !deaf)
}

/// Adds what is said in a conversation. What is asked is nobody's statement.
fn take(scene: &Scene, turns: &[Turn], found: &mut Vec<Formed>) {
    let answered = turns.iter().any(|turn| turn.label == Label::Answer);
    let guest = answered.then(|| interviewed(scene, turns)).flatten();
    let all: Vec<Vec<Span>> = (0..turns.len()).map(|at| parts(scene, turns, at)).collect();
    let asks = |label: Label| {
        let of = || {
            turns
                .iter()
                .zip(&all)
                .filter(|(turn, _)| turn.label == label)
        };
        let asked = of().filter(|(_, parts)| parts.iter().any(|part| is_asked(scene, *part)));
        2 * asked.count() >= of().count()
    };
    for (turn, parts) in turns.iter().zip(&all) {
        let who = match turn.label {
            Label::Question | Label::Outlet => None,
            Label::Answer => guest.map(Who::Name),
            label if asks(label) => None,
            Label::Name(name) => Some(Who::Name(name)),
            Label::Word(key) => {
                is_name_only(scene, turns, key).then_some(Who::Described(turn.named))
            }
        };
        if who.is_some() && !scene.is_marked_at(turn.words.start) && is_said(scene, turn) {
            let parts = parts.clone();
            found.push(Formed { parts, who });
        }
    }
}

/// A turn's paragraphs: what stands before the next turn.
fn parts(scene: &Scene, turns: &[Turn], at: usize) -> Vec<Span> {
    let turn = &turns[at];
    let mut parts = vec![turn.words];
    if let Some(next) = turns.get(at + 1).filter(|next| next.block > turn.block) {
        let between = &scene.text.blocks[turn.block + 1..next.block];
        let more = between
            .iter()
            .take_while(|block| goes_on(scene, block, turn.label));
        parts.extend(more.map(|block| block.span));
    }
    parts
}

fn is_asked(scene: &Scene, words: Span) -> bool {
    words.of(scene.plain).trim_end().ends_with('?')
}

/// Whether a turn is words, rather than a remark on them: "[Laughter]".
fn is_said(scene: &Scene, turn: &Turn) -> bool {
    let text = turn.words.of(scene.plain);
    !text.starts_with(['[', '(']) && scene.words_in(turn.words).len() > 1
}

/// Whether a label that is no name elsewhere is one: it comes back, beside other
/// labels, and is written as a word nowhere.
fn is_name_only(scene: &Scene, turns: &[Turn], key: u64) -> bool {
    let times = turns.iter().filter(|turn| turn.label == Label::Word(key));
    let others = turns.iter().any(|turn| turn.label != Label::Word(key));
    let word = |word: &crate::digest::words::Word| word.key == key && word.shape == Shape::Lower;
    times.count() >= ALONE && others && !scene.walk.words.iter().any(word)
}

/// Whether a paragraph below a turn goes on with it.
fn goes_on(scene: &Scene, block: &Block, label: Label) -> bool {
    let text = scene.text.of(block);
    let set_apart = block.marks.first().is_some_and(|mark| {
        mark.span == block.span && matches!(mark.kind, MarkKind::Emphasis | MarkKind::Strong)
    });
    let listed = matches!(block.kind, BlockKind::ListItem { .. });
    let named = scene.words_in(block.span).any(|word| {
        let mention = scene.mention_at(word).filter(|_| !scene.is_quoted(word));
        mention.is_some_and(|mention| Label::Name(mention.name) == label)
    });
    (block.kind == BlockKind::Paragraph || listed)
        && !set_apart
        && !named
        && !text.starts_with(['[', '('])
        && !scene.is_marked_at(block.span.start)
}

/// Who is interviewed: the only person in a sentence above that speaks of an
/// interview, or above at all if that sentence names nobody.
fn interviewed(scene: &Scene, turns: &[Turn]) -> Option<usize> {
    let first = turns[0].words.start.min(turns[0].named.start);
    let intro = 0..scene
        .walk
        .words
        .partition_point(|word| word.span.start < first);
    let cue = intro
        .clone()
        .find(|at| scene.is(*at, Classes::INTERVIEW) && !scene.is_quoted(*at))?;
    let sentence = &scene.walk.sentences[scene.word(cue).sentence as usize].words;
    let sentence = sentence.start as usize..sentence.end as usize;
    let guest = match only_person(scene, sentence) {
        Persons::One(name) => name,
        Persons::Several => return None,
        Persons::None => match only_person(scene, intro) {
            Persons::One(name) => name,
            _ => return None,
        },
    };
    // In an interview nobody tells of its guest by name.
    let answers = turns.iter().filter(|turn| turn.label == Label::Answer);
    let speaks_of = |turn: &Turn| {
        scene.words_in(turn.words).any(|word| {
            let mention = scene.mention_at(word).filter(|_| !scene.is_quoted(word));
            mention.is_some_and(|mention| mention.name == guest)
        })
    };
    let told_of = answers.clone().filter(|turn| speaks_of(turn)).count();
    let personal = answers.clone().filter(|turn| {
        let mut words = scene.words_in(turn.words);
        words.any(|word| scene.is(word, Classes::FIRST) && !scene.is_quoted(word))
    });
    let all = answers.clone().count();
    (told_of * 4 <= all && personal.count() * 2 >= all).then_some(guest)
}

/// How many people some words name.
enum Persons {
    None,
    One(usize),
    Several,
}

/// The people that some words name. A name that nothing shows to be a person's
/// counts where no other name is there.
fn only_person(scene: &Scene, words: Range<usize>) -> Persons {
    let one = |kind: Kind| {
        let mut only = None;
        for at in words.clone() {
            let Some(mention) = scene.mention_at(at).filter(|_| !scene.is_quoted(at)) else {
                continue;
            };
            let name = &scene.names[mention.name];
            let first = mention.words.start;
            let the = first > words.start && scene.is(first - 1, Classes::DETERMINER);
            let person = kind == Kind::Person || name.form.contains(' ') && !the;
            if name.kind != kind || !person {
                continue;
            }
            if only.is_some_and(|only| only != mention.name) {
                return Persons::Several;
            }
            only = Some(mention.name);
        }
        only.map_or(Persons::None, Persons::One)
    };
    match one(Kind::Person) {
        Persons::None => one(Kind::Unknown),
        found => found,
    }
}
