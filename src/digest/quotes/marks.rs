//! Pairing quotation marks: which stretches stand between them?
//!
//! Marks are paired paragraph by paragraph, by their glyph and by what stands
//! beside them, and an odd mark spoils no more than its own pair. Whether a
//! stretch is somebody's words is for the parent module to judge.

use super::{
    glyphs::{Mark, scan},
    roles::{Role, Style, roles, style},
};
use crate::{
    digest::lang::{Classes, Language},
    text::{Span, Text},
};

/// The longest stretch of a quotation that runs past a paragraph break by
/// mistake, in bytes: half a column. Past that the closing mark is another
/// quotation's.
const SPILL_LIMIT: usize = 1200;

/// How far behind words in marks of the unusual kind the verb of saying may
/// stand, in words: "'...,' the head nurse said".
const SPOKEN: usize = 4;

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
        let under = pending.map(|(_, mark)| mark.glyph);
        let block = self.text.blocks[at].span.range();
        let spoken = |opening: Mark, closing: Mark| {
            is_spoken(
                &self.text.plain[block.start..opening.start],
                &self.text.plain[closing.end..block.end],
                self.lang,
            )
        };
        let roles = roles(marks, style, under, spoken);
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
        if taken || !mark.after_stop() || mark.is_single() {
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

/// Whether a verb behind words, or before the colon that leads in to them,
/// tells that they are spoken: `'We lost', said Lee`, `Lee said: 'We lost.'`
fn is_spoken(before: &str, behind: &str, lang: &Language) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    let verb = |word: &str| lang.is(word, Classes::SPEECH);
    let words = |text| str::split(text, move |c| !letter(c)).filter(|word: &&str| !word.is_empty());
    let led = before.trim_end().strip_suffix(':');
    words(behind).take(SPOKEN).any(verb)
        || led.is_some_and(|led| str::rsplit(led, |c| !letter(c)).take(SPOKEN).any(verb))
}
