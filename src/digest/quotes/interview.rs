//! Interviews and transcripts: who speaks where each turn has a label?
//!
//! "Q: ... A: ...", "LEE: ... ROE: ...", and questions in bold letters with an
//! answer below each. A label alone proves little, since notes, results and
//! lists of people have them, too. An answer without a name is given only where
//! the text above tells who is interviewed.

use super::{
    forms::Formed,
    scene::{Scene, Who},
    turns::{Label, Turn, name_answers, turns},
};
use crate::{
    digest::{
        lang::Classes,
        names::{Gender, Kind},
    },
    text::{Block, BlockKind, MarkKind, Span},
};
use std::{collections::HashMap, ops::Range};

/// Turns with more blocks than this between them are of two conversations.
const APART: usize = 40;

/// A label that stands alone comes back so often.
const ALONE: usize = 3;

/// So many questions in bold letters make an interview.
const QUESTIONS: usize = 3;

/// What has more voices is a list. A parliament's debate has a hundred.
const MOST_VOICES: usize = 200;

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
    labeled: bool,
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
            Label::Question | Label::Answer | Label::Outlet => self.labeled,
        }
    }
}

fn voices(scene: &Scene, turns: &[Turn], said: &[Vec<Span>]) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let mut places: HashMap<Label, usize> = HashMap::new();
    for (turn, parts) in turns.iter().zip(said) {
        let at = *places.entry(turn.label).or_insert_with(|| {
            voices.push(Voice {
                label: turn.label,
                turns: 0,
                asked: 0,
                personal: 0,
                ended: 0,
                capitals: true,
                labeled: true,
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
        voice.labeled &= !label.is_empty();
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
    let asked = others().any(|other| other.asks() && (other.labeled || addressed));
    // In a language that is not known, nobody is heard to say "I".
    let deaf = scene.lang.tag.is_empty();
    let personal = voice.is_personal() || deaf && asked;
    let sure = voice.is_sure(scene);
    let among = match voice.label {
        Label::Name(_) if sure => {
            voice.turns >= ALONE || asked || others().any(|other| other.is_sure(scene))
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
    let asked = asked(scene, turns);
    if asked == Asked::Nobody || voices.len() > MOST_VOICES {
        return;
    }
    let addressed = asked == Asked::Somebody;
    for voice in &voices {
        let name = match voice.label {
            _ if !is_speaking(scene, *voice, &voices, addressed) => continue,
            Label::Name(name) => Some(name),
            Label::Answer => match interviewed(scene, turns) {
                Some(guest) => Some(guest),
                None => continue,
            },
            Label::Word(key) if scene.is_small(key) => continue,
            _ => None,
        };
        for (turn, parts) in turns.iter().zip(&said) {
            let theirs = turn.label == voice.label;
            if theirs && is_said(scene, parts[0], name) {
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
    let mut parts = vec![without_remark(scene.plain, turn.words)];
    if let Some(next) = turns.get(at + 1).filter(|next| next.block > turn.block) {
        let between = &scene.text.blocks[turn.block + 1..next.block];
        let more = between
            .iter()
            .take_while(|block| goes_on(scene, block, turn.label));
        parts.extend(more.map(|block| block.span));
    }
    parts
}

/// Words without a remark before them: "(Laughs.) They hid my keys."
fn without_remark(plain: &str, words: Span) -> Span {
    let text = words.of(plain);
    let end = text
        .find([')', ']'])
        .filter(|_| text.starts_with(['(', '[']));
    let rest = end.map_or(text, |end| text[end + 1..].trim_start());
    if rest.is_empty() {
        return words;
    }
    Span::new(words.range().end - rest.len(), words.range().end)
}

/// Whether a turn is words of its speaker, rather than a remark: `[Laughter]`.
fn is_said(scene: &Scene, words: Span, name: Option<usize>) -> bool {
    let text = words.of(scene.plain);
    let long = scene.words_in(words).len() > 1;
    let marked = scene.is_marked_at(words.start);
    long && !marked && !text.starts_with(['[', '(']) && !tells_of(scene, words, name)
}

/// Whether words outside of quotation marks name somebody: who speaks seldom
/// does so of himself.
fn tells_of(scene: &Scene, words: Span, name: Option<usize>) -> bool {
    let unquoted = |word: &usize| !scene.is_quoted(*word);
    let mut words = scene.words_in(words).filter(unquoted);
    name.is_some() && words.any(|word| scene.mention_at(word).map(|mention| mention.name) == name)
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

/// What questions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Put to somebody: they say "you", and answers do not ask back.
    Somebody,
    /// A writer's own: "How much should I pay?"
    Nobody,
    Unknown,
}

fn asked(scene: &Scene, turns: &[Turn]) -> Asked {
    let questions = || turns.iter().filter(|turn| turn.label == Label::Question);
    let others = || turns.iter().filter(|turn| turn.label != Label::Question);
    let says_you = |turn: &&Turn| {
        let is_you =
            |word: usize| scene.is(word, Classes::ANSWERER) && scene.word(word).bare().len() > 1;
        scene.words_in(turn.words).any(is_you)
    };
    let addressed = questions().filter(says_you).count();
    let own = questions()
        .filter(|turn| is_personal(scene, turn.words))
        .count();
    let back = others()
        .filter(|turn| turn.words.of(scene.plain).ends_with('?'))
        .count();
    let all = questions().count();
    if own > addressed {
        Asked::Nobody
    } else if all >= QUESTIONS
        && 4 * addressed >= all
        && addressed > own
        && 4 * back <= others().count()
    {
        Asked::Somebody
    } else {
        Asked::Unknown
    }
}

/// Whether a name is a person's, as far as can be told: of several words, none
/// of which the article uses as a common one.
fn is_personal_name(scene: &Scene, name: usize) -> bool {
    let name = &scene.names[name];
    let common = || {
        let full = name.words.iter().max_by_key(|words| words.len());
        full.is_some_and(|words| {
            let words = &scene.walk.words[words.start as usize..words.end as usize];
            words.iter().any(|word| scene.is_small(word.key))
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
