//! The course of a page: where its head, its story, what is set into the story,
//! and its tail are.
//!
//! Each line costs or earns something in each part, by its [`signs`], and so
//! does each passage from one part to the next. The best course through all
//! lines is found by dynamic programming, so that a line in doubt goes with
//! those around it.

use super::{
    lines::Line,
    signs::{self, Signs},
    weights::WEIGHTS,
};
use crate::text::BlockKind;

/// The parts of a page, in the order in which they follow each other; after an
/// inset the story goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Menus, share buttons, headline and byline.
    Head,
    Story,
    /// Captions, teasers and advertisements inside the story.
    Inset,
    /// Bios, related stories, comments, and the foot of the page.
    Tail,
}

/// What a weight counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Every part but the story.
    Beside,
    Head,
    Inset,
    Tail,
    /// The passage to this line: the story begins.
    Begin,
    /// An inset begins.
    Leave,
    /// The story goes on.
    Return,
    /// The tail begins.
    End,
}

/// Something speaks for the story before any line is looked at: a paragraph
/// lost is worse than a line too much. Of 0, 0.1, 0.15, 0.2 and 0.3 this found
/// most lines and most whole stories in pasted pages.
const STORY: f32 = 0.1;

/// What a line in the story costs that a rule has dropped: more than all signs
/// together, and not infinite, since every line may be one.
const DROPPED: f32 = -100.0;

/// What markup is worth that people set inside stories only.
const SET: f32 = 2.0;

/// The part that each line is of. At least one is of the story, if any line is
/// there.
pub(super) fn course(lines: &[Line]) -> Vec<Part> {
    let signs = signs::signs(lines);
    let mut steps: Vec<[Part; 4]> = Vec::with_capacity(lines.len());
    let mut sums = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for (line, signs) in lines.iter().zip(&signs) {
        let of = weighed(signs);
        let earns = |part: Of| of[Of::Beside as usize] + of[part as usize];
        let passage = |from: Part, to: Of| sums[from as usize] + of[to as usize];
        let begin = (Part::Head, passage(Part::Head, Of::Begin));
        let stay = |part: Part| (part, sums[part as usize]);
        let back = (Part::Inset, passage(Part::Inset, Of::Return));
        let leave = (Part::Story, passage(Part::Story, Of::Leave));
        let end = (Part::Story, passage(Part::Story, Of::End));
        let story = better(better(begin, stay(Part::Story)), back);
        let inset = better(leave, stay(Part::Inset));
        let tail = better(end, stay(Part::Tail));
        steps.push([Part::Head, story.0, inset.0, tail.0]);
        sums = [
            sums[Part::Head as usize] + earns(Of::Head),
            story.1 + told(line),
            inset.1 + earns(Of::Inset),
            tail.1 + earns(Of::Tail),
        ];
    }
    let ended = better((Part::Story, sums[1]), (Part::Tail, sums[3]));
    let mut parts = vec![ended.0; lines.len()];
    for at in (1..lines.len()).rev() {
        parts[at - 1] = steps[at][parts[at] as usize];
    }
    parts
}

fn better(one: (Part, f32), other: (Part, f32)) -> (Part, f32) {
    if other.1 > one.1 { other } else { one }
}

/// What a line earns as one of the story's, its signs aside.
fn told(line: &Line) -> f32 {
    let set = matches!(line.kind, BlockKind::Quote | BlockKind::Code);
    STORY + if line.rule.is_some() { DROPPED } else { 0.0 } + if set { SET } else { 0.0 }
}

/// The sums of a line's signs by what they count for.
fn weighed(signs: &Signs) -> [f32; 8] {
    let mut sums = [0.0; 8];
    for (sign, of, weight) in WEIGHTS {
        sums[*of as usize] += weight * signs[*sign as usize];
    }
    sums
}
