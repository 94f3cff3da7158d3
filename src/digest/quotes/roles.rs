//! What each mark of a block does: it opens, closes, or is none.

use super::glyphs::{Before, Behind, Glyph, Mark, Sides};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    Close,
}

/// Which marks an article sets its quotations in.
/// How an article sets its quotations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    style: Style,
    /// The guillemet that closes, if its marks tell.
    closing: Option<Glyph>,
}

/// How an article with these marks, block by block, sets its quotations.
pub(super) fn manner(blocks: &[Range<usize>], marks: &[Mark]) -> Manner {
    Manner {
        style: style(marks),
        closing: closing_guillemet(blocks, marks),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

/// Single marks carry the quotations where nothing else does: each must open
/// before a word, and more of them than of the double kind.
fn style(marks: &[Mark]) -> Style {
    let double = marks.iter().filter(|mark| !mark.is_single()).count();
    let opening = |mark: &&Mark| mark.is_single() && mark.sides == Sides::Opens && mark.may_open();
    let single = marks
        .iter()
        .filter(opening)
        .count()
        .min(marks.iter().filter(|mark| closes_words(**mark)).count());
    if 2 * single > double {
        Style::Single
    } else {
        Style::Double
    }
}

/// Whether a single mark closes words, rather than being an apostrophe: a stop
/// stands before it, as in America, or a comma behind it, as in Britain.
fn closes_words(mark: Mark) -> bool {
    let stopped = mark.after_stop() || mark.behind == Behind::Stop && mark.before != Before::S;
    mark.is_single() && mark.may_close() && stopped
}

/// The guillemet that closes in an article, if its marks tell: "« Bay »" or
/// "»Bay«". Where nothing is open, that glyph is an arrow or a bullet: "À lire
/// aussi » The bay".
fn closing_guillemet(blocks: &[Range<usize>], marks: &[Mark]) -> Option<Glyph> {
    let votes = |block: &Range<usize>| {
        let mut left = 0;
        let mut first = None;
        for mark in &marks[block.clone()] {
            let way = match mark.glyph {
                Glyph::Left => 1,
                Glyph::Right => -1,
                _ => continue,
            };
            // Blanks inside, as in French, tell nothing, but the order does.
            if first.is_some_and(|first| first != way) {
                left += first.take().unwrap_or_default();
            } else {
                first = Some(way);
            }
        }
        left
    };
    match blocks.iter().map(votes).sum::<i32>() {
        0 => None,
        votes if votes > 0 => Some(Glyph::Right),
        _ => Some(Glyph::Left),
    }
}

/// The roles of a block's marks, in order, those nested in others aside.
///
/// `under` is what the block before left open; `spoken` tells whether a verb of
/// saying stands beside two marks.
pub(super) fn roles(
    marks: &[Mark],
    manner: Manner,
    under: Option<Glyph>,
    spoken: impl Fn(Mark, Mark) -> bool,
) -> Vec<(Mark, Role)> {
    match manner.style {
        Style::Double => {
            let mut roles = doubles(marks, under, manner.closing);
            if marks.iter().any(|mark| closes_words(*mark)) {
                let mut pairs = strays(marks);
                pairs.retain(|(opening, closing)| spoken(*opening, *closing));
                add_outside(&mut roles, &pairs);
            }
            roles
        }
        Style::Single => {
            let mut roles = singles(marks);
            if marks.iter().any(|mark| !mark.is_single()) {
                let doubles = closed(&doubles(marks, None, manner.closing));
                add_outside(&mut roles, &doubles);
            }
            roles
        }
    }
}

/// Adds the pairs of the other kind of marks that stand outside of those of the
/// usual kind, which may lack their partner.
fn add_outside(roles: &mut Vec<(Mark, Role)>, pairs: &[(Mark, Mark)]) {
    let mut all = Vec::with_capacity(roles.len() + 2 * pairs.len());
    let mut rest = roles.iter().copied().peekable();
    for (opening, closing) in pairs {
        while let Some(before) = rest.next_if(|(mark, _)| mark.start < opening.start) {
            all.push(before);
        }
        let free = all.last().is_none_or(|(_, role)| *role == Role::Close);
        let clear = rest
            .peek()
            .is_none_or(|(mark, role)| mark.start > closing.start && *role == Role::Open);
        if free && clear {
            all.extend([(*opening, Role::Open), (*closing, Role::Close)]);
        }
    }
    all.extend(rest);
    *roles = all;
}

/// The pairs among roles.
fn closed(roles: &[(Mark, Role)]) -> Vec<(Mark, Mark)> {
    roles
        .windows(2)
        .filter(|two| two[0].1 == Role::Open && two[1].1 == Role::Close)
        .map(|two| (two[0].0, two[1].0))
        .collect()
}

/// Pairs of single marks where double ones are the rule: as an apostrophe may
/// look like either of them, and headings and thoughts are set in them as well,
/// only words that start with a capital and that a stop or comma ends.
fn strays(marks: &[Mark]) -> Vec<(Mark, Mark)> {
    let mut pairs = Vec::new();
    let mut open: Option<Mark> = None;
    for mark in marks.iter().filter(|mark| mark.is_single()) {
        let opens = mark.sides == Sides::Opens && mark.behind == Behind::Capital;
        if opens {
            open = Some(*mark);
        } else if let Some(opening) = open.filter(|_| closes_words(*mark)) {
            pairs.push((opening, *mark));
            open = None;
        }
    }
    pairs
}

/// The roles of double marks, without those nested in others.
fn doubles(marks: &[Mark], under: Option<Glyph>, closing: Option<Glyph>) -> Vec<(Mark, Role)> {
    let mut roles: Vec<(Mark, Role)> = Vec::with_capacity(marks.len());
    // The mark that is open, and one around it.
    let (mut open, mut outer): (Option<Glyph>, Option<Glyph>) = (None, None);
    let mut double = marks.iter().filter(|mark| !mark.is_single()).peekable();
    while let Some(mark) = double.next() {
        let points = open.is_none() && under.is_none() && closing == Some(mark.glyph);
        if points || is_measure(*mark, open, double.peek().copied()) {
            continue;
        }
        // What runs on from the block before is closed by what would close it.
        let runs_on = open.is_none() && under == Some(Glyph::Low) && mark.glyph == Glyph::HighSix;
        let role = if runs_on && mark.sides != Sides::Opens {
            Some(Role::Close)
        } else {
            role(*mark, open)
        };
        let Some(role) = role else {
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

/// Whether a mark after a digit means inches or seconds: nothing is open that
/// it could close, or what comes next closes that.
fn is_measure(mark: Mark, open: Option<Glyph>, next: Option<&Mark>) -> bool {
    let glyph = matches!(mark.glyph, Glyph::Straight | Glyph::HighNine);
    if !glyph || mark.before != Before::Digit || mark.sides == Sides::Opens {
        return false;
    }
    open.is_none() || next.is_some_and(|next| next.sides == Sides::Closes)
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
        (Glyph::Left | Glyph::Right | Glyph::InnerLeft | Glyph::InnerRight, open) => match open {
            Some(open) if mark.glyph.opposite() == Some(open) => Some(Role::Close),
            // Nested again, in French; in Swedish the same glyph closes.
            _ if mark.sides == Sides::Closes => Some(Role::Close),
            _ => Some(Role::Open),
        },
        // No blank on either side: `said:"We ...`, `spoke."We ...` and
        // `agree,"Lee said` lost theirs; `screen="wide"` holds no words.
        (Glyph::Straight, None) if mark.sides == Sides::Neither => {
            let opens = mark.before == Before::Colon
                || mark.before == Before::Stop && mark.behind == Behind::Capital;
            opens.then_some(Role::Open)
        }
        (Glyph::Straight, Some(_)) if mark.sides == Sides::Neither => {
            mark.after_stop().then_some(Role::Close)
        }
        _ => by_sides,
    }
}

/// Takes out pairs inside other pairs: open, open, close, close.
fn unnest(roles: &mut Vec<(Mark, Role)>) {
    let is = |at: usize, role: Role| roles.get(at).is_some_and(|(_, is)| *is == role);
    let mut kept = Vec::with_capacity(roles.len());
    // Where the mark stands that is looked at, and the one behind it that is
    // still there.
    let (mut at, mut next) = (0, 1);
    while at < roles.len() {
        let pair = is(at, Role::Open) && is(next, Role::Open) && is(next + 1, Role::Close);
        // Where one more pair follows inside, it is looked at again.
        let more =
            is(next + 2, Role::Open) && is(next + 3, Role::Close) && is(next + 4, Role::Close);
        if pair && (is(next + 2, Role::Close) || more) {
            next += 2;
            continue;
        }
        kept.push(roles[at]);
        (at, next) = (next, next + 1);
    }
    *roles = kept;
}

/// The roles of single marks: an apostrophe is none, and of the marks that may
/// close, the first one after a stop does, or one that no plural explains.
fn singles(marks: &[Mark]) -> Vec<(Mark, Role)> {
    let mut roles = Vec::with_capacity(marks.len());
    let singles: Vec<Mark> = marks
        .iter()
        .copied()
        .filter(|mark| mark.is_single())
        .collect();
    // Where the next mark stands, from each on, that opens for certain, and
    // that closes for certain.
    let opens = next_of(&singles, |mark| {
        mark.glyph == Glyph::SingleOpen && mark.may_open()
    });
    let closes = next_of(&singles, |mark| {
        mark.may_close() && (mark.after_stop() || mark.before != Before::S)
    });
    let last = last_before(&singles, Mark::may_close);
    let mut at = 0;
    while at < singles.len() {
        let mark = singles[at];
        at += 1;
        if !mark.may_open() || mark.sides == Sides::Both && mark.glyph == Glyph::Single {
            if mark.may_close() && mark.after_stop() {
                roles.push((mark, Role::Close));
            }
            continue;
        }
        roles.push((mark, Role::Open));
        let until = opens[at];
        let sure = Some(closes[at]).filter(|place| *place < until);
        // Without a sure one, the last that may close.
        let chosen = sure.or_else(|| last[until].filter(|place| *place >= at));
        if let Some(place) = chosen {
            roles.push((singles[place], Role::Close));
            at = place + 1;
        }
    }
    roles
}

/// For each place among the marks, and the end: the place of the next mark, from
/// there on, that is so; the end if there is none.
fn next_of(marks: &[Mark], is: impl Fn(Mark) -> bool) -> Vec<usize> {
    let mut places = vec![marks.len(); marks.len() + 1];
    for at in (0..marks.len()).rev() {
        places[at] = if is(marks[at]) { at } else { places[at + 1] };
    }
    places
}

/// For each place among the marks, and the end: the place of the last mark
/// before it that is so.
fn last_before(marks: &[Mark], is: impl Fn(Mark) -> bool) -> Vec<Option<usize>> {
    let mut places = vec![None; marks.len() + 1];
    for (at, mark) in marks.iter().enumerate() {
        places[at + 1] = if is(*mark) { Some(at) } else { places[at] };
    }
    places
}
