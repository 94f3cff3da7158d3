//! Interviews and transcripts: who speaks where each turn has a label?
//!
//! "Q: ... A: ...", "LEE: ... ROE: ...", and questions in bold letters with an
//! answer below each. A label alone proves little, since notes, results and
//! lists of people have them, too. An answer without a name is given only where the text above
//! tells who is interviewed.

use super::{
    forms::{Formed, trimmed},
    scene::{Scene, Who},
};
use crate::{
    digest::{
        lang::{Classes, Pairs, join},
        names::{Gender, Kind},
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
const APART: usize = 40;

/// A label that stands alone comes back so often.
const ALONE: usize = 3;

/// So many questions in bold letters make an interview.
const QUESTIONS: usize = 3;

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
    let mut turns = turns(scene);
    let mut found = Vec::new();
    for run in turns.chunk_by_mut(|turn, next| next.block - turn.block <= APART) {
        if run.len() > 1 {
            name_answers(run);
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
    let lone = words.len() == 1 && first.shape == Shape::Upper;
    if lone && let Some(name) = by_capitals(scene, text) {
        return Some(Label::Name(name));
    }
    if words.len() == 1
        && let Some(name) = by_first_name(scene, text)
    {
        return Some(Label::Name(name));
    }
    let titled = words
        .clone()
        .take_while(|at| {
            scene.mention_at(*at).is_none() && scene.is(*at, Classes::TITLE.and(Classes::ROLE))
        })
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
fn name_answers(turns: &mut [Turn]) {
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

/// All turns under one label.
#[derive(Debug, Clone, Copy)]
struct Voice {
    label: Label,
    turns: usize,
    /// How many of them ask.
    asked: usize,
    /// How many say "I".
    personal: usize,
    /// How many are sentences.
    ended: usize,
    /// Whether the label is written in capitals.
    capitals: bool,
    /// Whether it is a label, and not only told by bold letters.
    labelled: bool,
}

impl Voice {
    fn asks(self) -> bool {
        self.label == Label::Question || 2 * self.asked >= self.turns
    }

    fn is_personal(self) -> bool {
        2 * self.personal >= self.turns
    }

    /// Whether the label is surely somebody's, if it is a label at all.
    fn is_sure(self, scene: &Scene) -> bool {
        match self.label {
            Label::Name(name) => {
                let person = scene.names[name].kind == Kind::Person;
                self.capitals || person && is_personal_name(scene, name)
            }
            Label::Word(_) => self.turns >= ALONE,
            Label::Question | Label::Answer | Label::Outlet => self.labelled,
        }
    }
}

fn voices(scene: &Scene, turns: &[Turn], said: &[Vec<Span>]) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for (turn, parts) in turns.iter().zip(said) {
        let known = voices.iter().position(|voice| voice.label == turn.label);
        let at = known.unwrap_or_else(|| {
            voices.push(Voice {
                label: turn.label,
                turns: 0,
                asked: 0,
                personal: 0,
                ended: 0,
                capitals: true,
                labelled: true,
            });
            voices.len() - 1
        });
        let of = |part: &Span| part.of(scene.plain).trim_end();
        let ends = ['.', '!', '?', '…', '”', '"', '»', ']', ')', '—', '–'];
        let voice = &mut voices[at];
        voice.turns += 1;
        voice.asked += usize::from(parts.last().is_some_and(|part| of(part).ends_with('?')));
        voice.personal += usize::from(parts.iter().any(|part| is_personal(scene, *part)));
        voice.ended += usize::from(of(&turn.words).ends_with(ends));
        let label = turn.named.of(scene.plain);
        voice.capitals &= !label.contains(char::is_lowercase);
        voice.labelled &= !label.is_empty();
    }
    voices
}

/// Whether somebody says "I" in some words.
fn is_personal(scene: &Scene, words: Span) -> bool {
    let first = |word: usize| scene.is(word, Classes::FIRST) && !scene.is_quoted(word);
    scene.words_in(words).any(first)
}

/// Whether what stands behind a label is said by whom it names.
///
/// Notes, results and lists of people have labels, too. Nobody in them says "I",
/// and nobody else in them asks or answers. A question in bold letters may as
/// well be a heading; it is one unless it is `addressed` to somebody.
fn is_speaking(scene: &Scene, voice: Voice, voices: &[Voice], addressed: bool) -> bool {
    let others = || voices.iter().filter(|other| other.label != voice.label);
    let asked = others().any(|other| other.asks() && (other.labelled || addressed));
    // In a language that is not known, nobody is heard to say "I".
    let deaf = scene.lang.tag.is_empty();
    let personal = voice.is_personal() || deaf && asked;
    let sure = voice.is_sure(scene);
    let among = match voice.label {
        Label::Name(_) if sure => {
            voice.turns >= ALONE || others().any(|other| other.is_sure(scene))
        }
        Label::Name(name) => asked && voice.turns > 1 && is_personal_name(scene, name),
        Label::Word(_) => sure && asked,
        Label::Answer => asked,
        Label::Question | Label::Outlet => false,
    };
    let answers = voice.label == Label::Answer || !voice.asks();
    answers && among && personal && 4 * voice.ended >= 3 * voice.turns
}

/// Adds what is said in a conversation. What is asked is nobody's statement.
fn take(scene: &Scene, turns: &[Turn], found: &mut Vec<Formed>) {
    let said: Vec<Vec<Span>> = (0..turns.len()).map(|at| parts(scene, turns, at)).collect();
    let voices = voices(scene, turns, &said);
    let addressed = is_asked(scene, turns);
    for voice in &voices {
        let name = match voice.label {
            _ if !is_speaking(scene, *voice, &voices, addressed) => continue,
            Label::Name(name) => Some(name),
            Label::Answer => match interviewed(scene, turns) {
                Some(guest) => Some(guest),
                None => continue,
            },
            Label::Word(key) if is_word(scene, key) => continue,
            _ => None,
        };
        for (turn, parts) in turns.iter().zip(&said) {
            let theirs = turn.label == voice.label;
            if theirs && !scene.is_marked_at(turn.words.start) && is_said(scene, turn, name) {
                found.push(Formed {
                    parts: parts.clone(),
                    who: Some(name.map_or(Who::Described(turn.named), Who::Name)),
                });
            }
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

/// Whether a turn is words of its speaker, rather than a remark: "[Laughter]".
fn is_said(scene: &Scene, turn: &Turn, name: Option<usize>) -> bool {
    let text = turn.words.of(scene.plain);
    let long = scene.words_in(turn.words).len() > 1;
    long && !text.starts_with(['[', '(']) && !tells_of(scene, turn.words, name)
}

/// Whether words outside of quotation marks name somebody: who speaks seldom
/// does so of himself.
fn tells_of(scene: &Scene, words: Span, name: Option<usize>) -> bool {
    let unquoted = |word: &usize| !scene.is_quoted(*word);
    let mut words = scene.words_in(words).filter(unquoted);
    name.is_some() && words.any(|word| scene.mention_at(word).map(|mention| mention.name) == name)
}

/// Whether a label that is no name elsewhere is written as a word somewhere.
fn is_word(scene: &Scene, key: u64) -> bool {
    let mut words = scene.walk.words.iter();
    words.any(|word| word.key == key && word.shape == Shape::Lower)
}

/// Whether a paragraph below a turn goes on with it.
fn goes_on(scene: &Scene, block: &Block, label: Label) -> bool {
    let text = scene.text.of(block);
    let set_apart = block.marks.first().is_some_and(|mark| {
        mark.span == block.span && matches!(mark.kind, MarkKind::Emphasis | MarkKind::Strong)
    });
    let listed = matches!(block.kind, BlockKind::ListItem { .. });
    let name = match label {
        Label::Name(name) => Some(name),
        _ => None,
    };
    (block.kind == BlockKind::Paragraph || listed)
        && !set_apart
        && !tells_of(scene, block.span, name)
        && !text.starts_with(['[', '('])
        && !scene.is_marked_at(block.span.start)
}

/// Who is interviewed: the only person in a sentence above that speaks of an
/// interview, or above at all if that sentence names nobody.
fn interviewed(scene: &Scene, turns: &[Turn]) -> Option<usize> {
    let first = turns[0].words.start.min(turns[0].named.start);
    let above = scene.words_in(Span {
        start: 0,
        end: first,
    });
    let cue = above
        .clone()
        .find(|at| scene.is(*at, Classes::INTERVIEW) && !scene.is_quoted(*at))?;
    let sentence = &scene.walk.sentences[scene.word(cue).sentence as usize].words;
    let sentence = sentence.start as usize..sentence.end as usize;
    let guest = match only_person(scene, sentence, true) {
        Persons::One(name) => name,
        Persons::Several => return None,
        Persons::None => match only_person(scene, above, false) {
            Persons::One(name) => name,
            _ => return None,
        },
    };
    // In an interview nobody tells of its guest by name.
    let answers = || turns.iter().filter(|turn| turn.label == Label::Answer);
    let tells = |turn: &&Turn| tells_of(scene, turn.words, Some(guest));
    (answers().filter(tells).count() * 4 <= answers().count()).then_some(guest)
}

/// Whether questions are put to somebody: they say "you", and answers do not ask
/// back.
fn is_asked(scene: &Scene, turns: &[Turn]) -> bool {
    let of = |label: Label| turns.iter().filter(move |turn| turn.label == label);
    let addressed = of(Label::Question).filter(|turn| {
        scene
            .words_in(turn.words)
            .any(|word| scene.is(word, Classes::ANSWERER) && scene.word(word).bare().len() > 1)
    });
    let questions = of(Label::Question).count();
    let answers = || turns.iter().filter(|turn| turn.label != Label::Question);
    let back = answers().filter(|turn| turn.words.of(scene.plain).ends_with('?'));
    questions >= QUESTIONS
        && 4 * addressed.count() >= questions
        && 4 * back.count() <= answers().count()
}

/// Whether a name is a person's, as far as can be told: of several words, none
/// of which the article uses as a common one.
fn is_personal_name(scene: &Scene, name: usize) -> bool {
    let name = &scene.names[name];
    let common = || {
        let full = name.words.iter().max_by_key(|words| words.len());
        full.is_some_and(|words| {
            let words = &scene.walk.words[words.start as usize..words.end as usize];
            words.iter().any(|word| is_word(scene, word.key))
        })
    };
    match name.kind {
        // "The Cost" makes a person of "Pet Insurance Cost".
        Kind::Person => name.gender != Gender::Unknown || !common(),
        Kind::Unknown => name.form.contains(' ') && !scene.lang.capitalizes_nouns() && !common(),
        Kind::Organization | Kind::Place => false,
    }
}

/// How many people some words name.
enum Persons {
    None,
    One(usize),
    Several,
}

/// The people that some words name. A name that nothing shows to be a person's
/// counts, `vaguely`, where no other name is there.
fn only_person(scene: &Scene, words: Range<usize>, vaguely: bool) -> Persons {
    let one = |kind: Kind| {
        let mut only = None;
        for at in words.clone() {
            let Some(mention) = scene.mention_at(at).filter(|_| !scene.is_quoted(at)) else {
                continue;
            };
            let name = &scene.names[mention.name];
            let first = mention.words.start;
            let determined = || first > words.start && scene.is(first - 1, Classes::DETERMINER);
            let the = kind == Kind::Unknown && determined();
            if name.kind != kind || the || !is_personal_name(scene, mention.name) {
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
        Persons::None if vaguely => one(Kind::Unknown),
        found => found,
    }
}
