//! Pairing quotation marks: which stretches stand between them?
//!
//! Marks are paired paragraph by paragraph, by their glyph and by what stands
//! beside them, and an odd mark spoils no more than its own pair. Whether a
//! stretch is somebody's words is for the parent module to judge.

use super::{
    glyphs::{Before, Glyph, Mark, scan},
    roles::{Manner, Role, manner, roles},
};
use crate::{
    digest::lang::{Classes, Language},
    text::{BlockKind, Span, Text},
};

/// The longest stretch of a quotation that runs past a paragraph break by
/// mistake, in bytes: half a column. Past that the closing mark is another
/// quotation's.
const SPILL_LIMIT: usize = 1200;

/// How far behind words in marks of the unusual kind the verb of saying may
/// stand, in words: "'...,' the head nurse said".
const SPOKEN: usize = 4;

/// The same where the glyph itself tells that it opened: whoever leaves a
/// quotation open over paragraphs closes it within a few.
const SURE_LIMIT: usize = 3000;

/// A line that only names the speaker is shorter, in bytes.
const SIGNATURE: usize = 100;

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
        if block.kind.is_prose() {
            scan(&text.plain, block.span, &mut marks);
        }
        borders.push(first..marks.len());
    }
    let manner = manner(&borders, &marks);
    let mut pairing = Pairing {
        text,
        lang,
        found: Vec::new(),
        pending: None,
    };
    for (at, border) in borders.into_iter().enumerate() {
        pairing.block(at, &marks[border], manner);
    }
    let pending = pairing.pending.take();
    pairing.give_up(pending);
    pairing.found
}

/// The state of pairing over the blocks.
struct Pairing<'a> {
    text: &'a Text,
    lang: &'a Language,
    found: Vec<Quoted>,
    /// An opening mark in a block before that nothing closed yet.
    pending: Option<Pending>,
}

/// An opening mark that nothing closed in its block.
#[derive(Debug, Clone, Copy)]
struct Pending {
    block: usize,
    opening: Mark,
}

/// How a block ends what the block before left open.
enum Late {
    /// With the closing mark at this place among its roles.
    Closed(usize),
    /// It does not, but its first closing mark belongs to it nevertheless: it
    /// is a line that only names the speaker, and is within the marks.
    Signed,
    /// Not at all.
    Never,
}

impl Pairing<'_> {
    /// Pairs the marks of the block at `at`.
    fn block(&mut self, at: usize, marks: &[Mark], manner: Manner) {
        let block = &self.text.blocks[at];
        // Nothing ends at a picture.
        if block.span.is_empty() {
            return;
        }
        let pending = self.pending.take();
        let goes = pending.filter(|pending| self.may_reach(*pending, at));
        if goes.is_none() {
            self.give_up(pending);
        }
        if marks.is_empty() {
            self.pending = goes;
            return;
        }
        let range = block.span.range();
        let spoken = |opening: Mark, closing: Mark| {
            is_spoken(
                &self.text.plain[range.start..opening.start],
                &self.text.plain[closing.end..range.end],
                self.lang,
            )
        };
        let under = goes.map(|pending| pending.opening.glyph);
        let roles = roles(marks, manner, under, spoken);
        let mut from = 0;
        let mut headless = true;
        if let Some(pending) = goes {
            match self.late(pending, at, &roles) {
                Late::Closed(place) => {
                    let mark = roles[place].0;
                    self.push(pending, mark.start, mark.end, Ending::Closed);
                    from = place + 1;
                }
                Late::Signed => {
                    headless = false;
                    self.give_up(Some(pending));
                }
                Late::Never => self.give_up_before(pending, at, roles.first()),
            }
        }
        self.within(at, &roles[from..], headless && from == 0);
    }

    /// Pairs marks that only their own block can pair.
    fn within(&mut self, at: usize, roles: &[(Mark, Role)], headless: bool) {
        let mut open: Option<Pending> = None;
        for (place, &(mark, role)) in roles.iter().enumerate() {
            match (role, open) {
                (Role::Open, lost) => {
                    // At a second opening mark, the first one lost its partner.
                    if let Some(lost) = lost {
                        self.close_lost(lost, mark.start);
                    }
                    open = Some(Pending {
                        block: at,
                        opening: mark,
                    });
                }
                (Role::Close, Some(opening)) => {
                    self.push(opening, mark.start, mark.end, Ending::Closed);
                    open = None;
                }
                (Role::Close, None) if place == 0 && headless => self.close_headless(at, mark),
                (Role::Close, None) => {}
            }
        }
        self.pending = open;
    }

    /// Whether what is open may go on to the block at `at`: only from paragraph
    /// to paragraph, and not for long.
    fn may_reach(&self, pending: Pending, at: usize) -> bool {
        let (from, to) = (&self.text.blocks[pending.block], &self.text.blocks[at]);
        let running = matches!(to.kind, BlockKind::Paragraph | BlockKind::Quote);
        running
            && from.kind == to.kind
            && to.span.start as usize - pending.opening.start < limit(pending)
    }

    /// How the block at `at`, whose marks have these roles, ends what is open.
    fn late(&self, pending: Pending, at: usize, roles: &[(Mark, Role)]) -> Late {
        let block = self.text.blocks[at].span.range();
        let plain = &self.text.plain;
        let reopens = |mark: &Mark| plain[block.start..mark.start].trim().is_empty();
        let mut open = false;
        let unmatched = roles.iter().position(|(_, role)| {
            let unmatched = !open && *role == Role::Close;
            open = *role == Role::Open;
            unmatched
        });
        let opens = roles
            .first()
            .is_some_and(|(mark, role)| *role == Role::Open && reopens(mark));
        let Some(place) = unmatched.filter(|_| !opens) else {
            return Late::Never;
        };
        let (mark, _) = roles[place];
        let text = &plain[pending.opening.end..self.end(pending)];
        let same = mark.is_single() == pending.opening.is_single();
        if !same
            || mark.end - pending.opening.start > limit(pending)
            || lost_close(text, self.lang).is_some()
        {
            return Late::Never;
        }
        // Broken in the middle of a sentence: by mistake.
        if !text.trim_end().ends_with(['.', '!', '?', '…']) {
            return if place == 0 {
                Late::Closed(place)
            } else {
                Late::Never
            };
        }
        let last = plain[mark.end..block.end].trim().is_empty();
        if last && is_signature(&plain[block.start..mark.start], self.lang) {
            return Late::Signed;
        }
        if mark.after_stop() || mark.before == Before::Blank {
            Late::Closed(place)
        } else {
            Late::Never
        }
    }

    /// Ends what is open before the block at `at`, given the first mark there.
    fn give_up_before(&mut self, pending: Pending, at: usize, first: Option<&(Mark, Role)>) {
        let start = self.text.blocks[at].span.start as usize;
        let reopened = first.is_some_and(|(mark, role)| {
            *role == Role::Open
                && mark.is_single() == pending.opening.is_single()
                && self.text.plain[start..mark.start].trim().is_empty()
        });
        let between = &self.text.plain[self.end(pending)..start];
        let end = self.end(pending);
        let lost = lost_close(&self.text.plain[pending.opening.end..end], self.lang);
        if reopened && between.trim().is_empty() && lost.is_none() {
            self.push(pending, end, end, Ending::GoesOn);
        } else {
            self.give_up(Some(pending));
        }
    }

    /// Ends what is open with its block, where it began as words do that
    /// somebody said.
    fn give_up(&mut self, pending: Option<Pending>) {
        let Some(pending) = pending else {
            return;
        };
        let end = self.end(pending);
        if self.close_lost(pending, end) {
            return;
        }
        let Pending { block, opening } = pending;
        let text = &self.text.plain[opening.end..end];
        let head = &self.text.plain[self.text.blocks[block].span.start as usize..opening.start];
        let led = head.trim_end().ends_with([':', ',']);
        // A guillemet alone at the start of a line is a bullet.
        let first = head.trim().is_empty() && opening.glyph.opposite().is_none();
        let capital = text.trim_start().starts_with(char::is_uppercase) && !head.trim().is_empty();
        if led || first || capital {
            self.push(pending, end, end, Ending::Unclosed);
        }
    }

    /// Ends what is open before `end` where its closing mark was lost, if the
    /// words tell where.
    fn close_lost(&mut self, pending: Pending, end: usize) -> bool {
        let text = &self.text.plain[pending.opening.end..end];
        let Some(length) = lost_close(text, self.lang) else {
            return false;
        };
        let close = pending.opening.end + length;
        self.push(pending, close, close, Ending::Closed);
        true
    }

    /// The end of the block in which something was left open.
    fn end(&self, pending: Pending) -> usize {
        self.text.blocks[pending.block].span.end as usize
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
            let pending = Pending { block: at, opening };
            self.push(pending, mark.start, mark.end, Ending::Closed);
        }
    }

    fn push(&mut self, from: Pending, close: usize, end: usize, ending: Ending) {
        let Pending { mut block, opening } = from;
        let inside = &self.text.plain[opening.end..close];
        let words = inside.trim();
        if !words.contains(char::is_alphanumeric) {
            return;
        }
        let start = opening.end + (inside.len() - inside.trim_start().len());
        // A mark at a paragraph's very end opens the next one.
        let mut outer = opening.start;
        while self.text.blocks[block].span.end as usize <= start {
            (block, outer) = (block + 1, start);
        }
        self.found.push(Quoted {
            words: Span::new(start, start + words.len()),
            outer: Span::new(outer, end),
            block,
            ending,
        });
    }
}

/// Whether a line only names somebody: "Odile Marsh, keeper of the light."
fn is_signature(line: &str, lang: &Language) -> bool {
    let mut words = line.split_whitespace();
    let name = |word: &str| word.starts_with(char::is_uppercase) && !lang.is(word, Classes::STOP);
    line.len() < SIGNATURE && words.next().is_some_and(name) && words.next().is_some_and(name)
}

/// How long what is open may become.
fn limit(pending: Pending) -> usize {
    match pending.opening.glyph {
        Glyph::Straight | Glyph::Single => SPILL_LIMIT,
        _ => SURE_LIMIT,
    }
}

/// Where the closing mark of an unclosed quotation was lost, in bytes: before a
/// clause that tells who spoke, as in `"We heard it go, said Absalom Reed.` and
/// `"We heard it go, Absalom Reed said.`
fn lost_close(text: &str, lang: &Language) -> Option<usize> {
    text.match_indices([',', '?', '!']).find_map(|(at, stop)| {
        let mut words = text[at + stop.len()..].strip_prefix(' ')?.split(' ');
        let (first, second) = (words.next()?, words.next()?);
        let named = |who: &str| {
            who.starts_with(char::is_uppercase)
                || lang.is(who, Classes::DETERMINER.and(Classes::SUBJECT))
        };
        let ends = |word: &str| {
            let verb = word.trim_end_matches(['.', ',']);
            verb.len() < word.len() && lang.is(verb, Classes::SPEECH)
        };
        let told = lang.is(first, Classes::SPEECH) && named(second)
            || named(first) && (ends(second) || words.next().is_some_and(ends));
        told.then_some(at + stop.len())
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
