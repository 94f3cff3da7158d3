//! What stands between marks for another use than speech: the titles in
//! references and notes, values in code, and words that are only supposed to be
//! said.
//!
//! Pages are full of these, and newspapers have few. Form tells the first two,
//! whatever the language.

use super::scene::Scene;
use crate::digest::{lang::Classes, names::Kind};

/// A reference has its year within this many bytes of the title, on either
/// side: a publisher and a month stand between.
const DATED: usize = 60;

/// What stands before the title in a reference, its authors as a rule, is
/// shorter, in bytes.
const AUTHORS: usize = 160;

/// The longest note, up to the title in it, in bytes.
const NOTE: usize = 400;

/// How far before a stretch stands who is supposed to say it, in words.
const SUPPOSED: usize = 8;

/// Whether a stretch is the title of a work in a reference, a footnote or a
/// list of works: `^ Reed, Ann (2016). "Harbor Rules". The Bay.`
pub(super) fn is_reference(scene: &Scene, at: usize) -> bool {
    let stretch = &scene.quoted[at];
    let block = scene.text.blocks[stretch.block].span.range();
    let outer = stretch.outer.range();
    let head = &scene.plain[block.start.min(outer.start)..outer.start];
    // No more than that is looked at, however long the paragraph is.
    let near = head.floor_char_boundary(head.len().saturating_sub(NOTE));
    let head = head[near..].rsplit('\n').next().unwrap_or_default().trim();
    if head.starts_with(['^', '↑']) {
        return true;
    }
    if head.len() > AUTHORS {
        return false;
    }
    // "Reed, Ann (26 November 2016)."
    let date = head
        .trim_end_matches(['.', ',', ' '])
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once('('));
    if date.is_some_and(|(_, date)| date.len() < DATED && has_year(date)) {
        return true;
    }
    // "2 The Bay, “Harbor Rules,” August 2016."
    let tail = &scene.plain[outer.end..block.end.max(outer.end)];
    let tail = &tail[..tail.floor_char_boundary(DATED)];
    let tail = tail.split('\n').next().unwrap_or_default();
    let numbered = head.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    let spoken = || {
        let words = &scene.ranges[at];
        let start = words.start.saturating_sub(SUPPOSED);
        let around = start..(words.end + SUPPOSED).min(scene.walk.words.len());
        let mut around = around.filter(|word| !scene.is_quoted(*word));
        around.any(|word| scene.is_speech(word))
    };
    numbered && has_year(tail) && !spoken()
}

/// Whether a year stands in a text.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() == 4 && word.parse().is_ok_and(|year| (1500..2100).contains(&year)))
}

/// Whether a stretch is a value in code: `config["harbor"]`, `"bay": {`.
pub(super) fn is_code(scene: &Scene, at: usize) -> bool {
    let outer = scene.quoted[at].outer.range();
    let (head, tail) = (&scene.plain[..outer.start], &scene.plain[outer.end..]);
    // In prose a blank stands before a bracket.
    let called = head
        .strip_suffix(['[', '('])
        .is_some_and(|head| head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
    let valued = [
        ": {", ": [", ": \"", ":{", ":[", ":\"", ");", "];", "]=", "] =",
    ];
    let text = scene.quoted[at].words.of(scene.plain);
    let inside = [
        "{ ", "};", "();", "</", "/>", "=\"", "::", "&&", "||", "${", "$(",
    ];
    called
        || head.trim_end().ends_with(['{', '='])
        || valued.iter().any(|value| tail.starts_with(value))
        || inside.iter().any(|code| text.contains(code))
}

/// Whether words are only supposed to be said, by the reader as a rule: "ask
/// yourself, “Do I need this?”".
pub(super) fn is_supposed(scene: &Scene, at: usize) -> bool {
    let words = &scene.ranges[at];
    let sentence = scene.word(words.start).sentence;
    let before = || {
        (0..words.start)
            .rev()
            .take_while(|at| scene.word(*at).sentence == sentence && !scene.is_quoted(*at))
            .take(SUPPOSED)
    };
    let person = Classes::HE
        .and(Classes::SHE)
        .and(Classes::FIRST)
        .and(Classes::PERSON);
    let told = |at: usize| {
        let mention = scene.mention_at(at);
        scene.is(at, person)
            || mention.is_some_and(|mention| scene.names[mention.name].kind != Kind::Place)
    };
    // "You can also “take the ferry”" goes on in somebody's words.
    let head = &scene.plain[..scene.quoted[at].outer.start as usize];
    let runs_on = !head.trim_end().ends_with([',', ':'])
        && before()
            .next()
            .is_some_and(|at| scene.is(at, Classes::AUXILIARY));
    !runs_on && before().any(|at| scene.is(at, Classes::SECOND)) && !before().any(told)
}
