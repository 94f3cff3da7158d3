//! Pairing quotation marks: which stretches stand between them?
//!
//! Marks are paired paragraph by paragraph, by their glyph and by what stands
//! beside them, and an odd mark spoils no more than its own pair. Whether a
//! stretch is somebody's words is for the parent module to judge.

use super::glyphs::{Glyph, Mark, Sides, scan};
use crate::{
    digest::lang::{Classes, Language},
    text::{Span, Text},
};

/// The longest stretch of a quotation that runs past a paragraph break by
/// mistake, in bytes: half a column. Past that the closing mark is another
/// quotation's.
const SPILL_LIMIT: usize = 1200;

/// A stretch between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) struct Quoted {
    /// The words, without marks and outer white space; never empty.
    pub(in crate::digest) words: Span,
    /// From the opening mark's first byte past the closing mark's last.
    pub(in crate::digest) outer: Span,
    /// The block in which it starts.
    pub(in crate::digest) block: usize,
    /// How it ends.
    pub(in crate::digest) ending: Ending,
}

/// How a stretch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Ending {
    /// With a closing mark.
    Closed,
    /// With its paragraph, and the next paragraph opens with a mark again:
    /// print's way of going on.
    GoesOn,
    /// With its paragraph, unclosed.
    Unclosed,
}

/// Finds the stretches between quotation marks, in order, not overlapping.
pub(in crate::digest) fn pair(text: &Text, lang: &Language) -> Vec<Quoted> {
    let mut marks = Vec::new();
    let mut borders = Vec::with_capacity(text.blocks.len());
    for block in &text.blocks {
        let first = marks.len();
        scan(&text.plain, block.span, &mut marks);
        borders.push(first..marks.len());
    }
    let style = style(&marks);
    let mut pairing = Pairing {
        text,
        lang,
        found: Vec::new(),
        pending: None,
    };
    for (at, border) in borders.into_iter().enumerate() {
        pairing.block(at, &marks[border], style);
    }
    pairing.found
}

/// Which marks the article sets its quotations in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

/// Single marks carry the quotations where nothing else does: each must open
/// before a word, and more of them than of the double kind.
fn style(marks: &[Mark]) -> Style {
    let double = marks.iter().filter(|mark| !mark.is_single()).count();
    let opening = |mark: &&Mark| mark.is_single() && mark.sides == Sides::Opens;
    let closing = |mark: &&Mark| mark.is_single() && mark.may_close() && mark.after_stop;
    let single = marks
        .iter()
        .filter(opening)
        .count()
        .min(marks.iter().filter(closing).count());
    if 2 * single > double {
        Style::Single
    } else {
        Style::Double
    }
}

/// The state of pairing over the blocks.
struct Pairing<'a> {
    text: &'a Text,
    lang: &'a Language,
    found: Vec<Quoted>,
    /// An opening mark in the block before that nothing closed there.
    pending: Option<(usize, Mark)>,
}

impl Pairing<'_> {
    /// Pairs the marks of the block at `at`.
    fn block(&mut self, at: usize, marks: &[Mark], style: Style) {
        let pending = self.pending.take();
        if marks.is_empty() {
            self.settle(pending, at, None);
            return;
        }
        let roles = match style {
            Style::Double => doubles(marks),
            Style::Single => singles(marks),
        };
        self.settle(pending, at, roles.first().copied());
        let mut open: Option<Mark> = None;
        for (place, &(mark, role)) in roles.iter().enumerate() {
            match (role, open) {
                // At a second opening mark, the first one lost its partner.
                (Role::Open, _) => open = Some(mark),
                (Role::Close, Some(opening)) => {
                    self.push(at, opening, mark.start, mark.end, Ending::Closed);
                    open = None;
                }
                (Role::Close, None) if place == 0 => self.close_headless(at, mark),
                (Role::Close, None) => {}
            }
        }
        self.pending = open.map(|mark| (at, mark));
        if at + 1 == self.text.blocks.len() {
            let pending = self.pending.take();
            self.settle(pending, at + 1, None);
        }
    }

    /// Ends what the block before `at` left open, given the first mark here.
    fn settle(&mut self, pending: Option<(usize, Mark)>, at: usize, first: Option<(Mark, Role)>) {
        let Some((from, opening)) = pending else {
            return;
        };
        let end = self.text.blocks[from].span.end as usize;
        if let Some((mark, role)) = first {
            let start = self.text.blocks[at].span.start as usize;
            let at_start = self.text.plain[start..mark.start].trim().is_empty();
            if role == Role::Open && at_start {
                self.push(from, opening, end, end, Ending::GoesOn);
                return;
            }
            // Broken in the middle of a sentence: by mistake.
            let tail = self.text.plain[opening.end..end].trim_end();
            let broken = !tail.ends_with(['.', '!', '?', '…']);
            if role == Role::Close && broken && mark.end - opening.start < SPILL_LIMIT {
                self.push(from, opening, mark.start, mark.end, Ending::Closed);
                return;
            }
        }
        let text = &self.text.plain[opening.end..end];
        let head = &self.text.plain[self.text.blocks[from].span.start as usize..opening.start];
        let leads = head.trim_end().ends_with([':', ',']) || head.trim().is_empty();
        let capital = text.trim_start().starts_with(char::is_uppercase);
        if leads || capital {
            match lost_close(text, self.lang) {
                Some(length) => {
                    let close = opening.end + length;
                    self.push(from, opening, close, close, Ending::Closed);
                }
                None => self.push(from, opening, end, end, Ending::Unclosed),
            }
        }
    }

    /// A closing mark without an opening one: the words from the block's start
    /// are quoted when the mark follows a stop, as an opening mark that was
    /// lost would leave it.
    fn close_headless(&mut self, at: usize, mark: Mark) {
        let start = self.text.blocks[at].span.start as usize;
        let taken = self
            .found
            .last()
            .is_some_and(|quoted| quoted.outer.end as usize > start);
        if taken || !mark.after_stop || mark.is_single() {
            return;
        }
        let words = &self.text.plain[start..mark.start];
        if words.starts_with(char::is_uppercase) {
            let opening = Mark {
                start,
                end: start,
                ..mark
            };
            self.push(at, opening, mark.start, mark.end, Ending::Closed);
        }
    }

    fn push(&mut self, block: usize, opening: Mark, close: usize, end: usize, ending: Ending) {
        let inside = &self.text.plain[opening.end..close];
        let words = inside.trim();
        if !words.contains(char::is_alphanumeric) {
            return;
        }
        let start = opening.end + (inside.len() - inside.trim_start().len());
        self.found.push(Quoted {
            words: Span::new(start, start + words.len()),
            outer: Span::new(opening.start, end),
            block,
            ending,
        });
    }
}

/// Where the closing mark of an unclosed quotation was lost, in bytes: before a
/// clause that tells who spoke, as in `"We heard it go, said Absalom Reed.`
fn lost_close(text: &str, lang: &Language) -> Option<usize> {
    text.match_indices([',', '?', '!']).find_map(|(at, stop)| {
        let rest = text[at + stop.len()..].strip_prefix(' ')?;
        let mut words = rest.split(' ');
        let (verb, who) = (words.next()?, words.next()?);
        let named = who.starts_with(char::is_uppercase)
            || lang.is(who, Classes::DETERMINER)
            || lang.is(who, Classes::SUBJECT);
        (lang.is(verb, Classes::SPEECH) && named).then_some(at + stop.len())
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
}

/// The roles of double marks, without those nested in others.
fn doubles(marks: &[Mark]) -> Vec<(Mark, Role)> {
    let mut roles: Vec<(Mark, Role)> = Vec::with_capacity(marks.len());
    // The mark that is open, and one around it.
    let (mut open, mut outer): (Option<Glyph>, Option<Glyph>) = (None, None);
    for mark in marks.iter().filter(|mark| !mark.is_single()) {
        let Some(role) = role(*mark, open) else {
            continue;
        };
        match role {
            Role::Open => {
                outer = open.filter(|_| outer.is_none());
                open = Some(mark.glyph);
            }
            Role::Close => open = outer.take(),
        }
        roles.push((*mark, role));
    }
    unnest(&mut roles);
    roles
}

/// What a double mark does where `open` is the mark that is open.
#[allow(clippy::match_same_arms, reason = "one arm a glyph reads as a table")]
fn role(mark: Mark, open: Option<Glyph>) -> Option<Role> {
    let by_sides = match mark.sides {
        Sides::Closes => Some(Role::Close),
        Sides::Both if open.is_some() => Some(Role::Close),
        Sides::Opens | Sides::Both => Some(Role::Open),
        Sides::Neither => None,
    };
    match (mark.glyph, open) {
        (Glyph::Low | Glyph::Open, _) => Some(Role::Open),
        (Glyph::Close, _) | (Glyph::HighSix, Some(Glyph::Low)) => Some(Role::Close),
        (Glyph::HighSix, Some(_)) if mark.sides == Sides::Closes => Some(Role::Close),
        (Glyph::HighSix, _) => Some(Role::Open),
        (Glyph::HighNine, None) if mark.sides == Sides::Opens => Some(Role::Open),
        (Glyph::HighNine, _) => Some(Role::Close),
        // French sets blanks inside, so that the other glyph alone tells.
        (Glyph::Left, Some(Glyph::Right)) | (Glyph::Right, Some(Glyph::Left)) => Some(Role::Close),
        (Glyph::Left | Glyph::Right, None) if mark.sides != Sides::Closes => Some(Role::Open),
        // No blank on either side: `said:"We ...` and `agree,"Lee said` lost
        // theirs; `screen="wide"` holds no words.
        (Glyph::Straight, None) if mark.sides == Sides::Neither => {
            mark.after_colon.then_some(Role::Open)
        }
        (Glyph::Straight, Some(_)) if mark.sides == Sides::Neither => {
            mark.after_stop.then_some(Role::Close)
        }
        _ => by_sides,
    }
}

/// Takes out pairs inside other pairs: open, open, close, close.
fn unnest(roles: &mut Vec<(Mark, Role)>) {
    let mut at = 0;
    while at + 3 < roles.len() {
        let four = [0, 1, 2, 3].map(|step| roles[at + step].1);
        if four == [Role::Open, Role::Open, Role::Close, Role::Close] {
            roles.drain(at + 1..at + 3);
        } else {
            at += 1;
        }
    }
}

/// The roles of single marks: an apostrophe is none, and of the marks that may
/// close, the first one after a stop does, or one that no plural explains.
fn singles(marks: &[Mark]) -> Vec<(Mark, Role)> {
    let mut roles = Vec::with_capacity(marks.len());
    let mut at = 0;
    let singles: Vec<Mark> = marks
        .iter()
        .copied()
        .filter(|mark| mark.is_single())
        .collect();
    while at < singles.len() {
        let mark = singles[at];
        at += 1;
        if !mark.may_open() || mark.sides == Sides::Both && mark.glyph == Glyph::Single {
            if mark.may_close() && mark.after_stop {
                roles.push((mark, Role::Close));
            }
            continue;
        }
        roles.push((mark, Role::Open));
        let rest = &singles[at..];
        let until = rest
            .iter()
            .position(|mark| mark.glyph == Glyph::SingleOpen && mark.may_open())
            .unwrap_or(rest.len());
        let closing = rest[..until].iter().filter(|mark| mark.may_close());
        let sure = closing
            .clone()
            .position(|mark| mark.after_stop || !mark.after_s);
        let chosen = match sure {
            Some(place) => closing.clone().nth(place),
            None => closing.clone().next_back(),
        };
        if let Some(chosen) = chosen {
            roles.push((*chosen, Role::Close));
            at = singles
                .iter()
                .position(|mark| mark.start == chosen.start)
                .map_or(singles.len(), |place| place + 1);
        }
    }
    roles
}
