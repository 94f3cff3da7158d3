//! What a line shows of whether it is the story: signs of its own, and of the
//! lines around it. What each is worth is for `weights` to say.

mod core;
mod sums;

use super::{dates, furniture, lines::Line};
use crate::digest::lang::is_full_stop;
pub(super) use core::telling;
use std::collections::HashMap;
use sums::Sums;

/// Lines of more words are paragraphs, whose letters are not looked at.
const PARAGRAPH: usize = 40;

/// The fewest words of a line that counts as a paragraph beside others.
const SHORTEST: usize = 8;

/// The same for one that shows where the story is.
const STRONG: usize = 12;

/// So much of such a paragraph's words the rest of the text has as well.
const SHARED: f32 = 0.34;

/// The most words of a line that may be an entry of a menu.
const ENTRY: usize = 4;

/// The most words of a line whose wording is that of furniture in half.
const HALF: usize = 8;

/// The most words of a line that states a date.
const DATED: usize = 14;

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A sign, as a number from 0 to about 1. Those of the lines before end
        /// in how many they are, those of the lines after in `N` and how many.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Sign { $($(#[$doc])* $name,)* }

        /// How many signs there are.
        const COUNT: usize = [$(Sign::$name),*].len();
    };
}

signs! {
    /// Always there.
    One,
    Word1,
    Words2,
    Words1219,
    Words20,
    Words40,
    Prose,
    /// It ends as a sentence does.
    Full,
    Quest,
    /// The share of its words that have a capital.
    Capitals,
    /// The share of its bytes that are digits.
    Digits,
    Comma,
    /// Its wording is furniture.
    Whole,
    /// Its wording starts as furniture does.
    Start,
    /// The share of its words that menus consist of, and how many they are.
    Menu,
    MenuCount,
    Date,
    /// It has a word of picture credits.
    Credit,
    /// A rule has dropped it already.
    Dropped,
    /// It stands in the text three times or more.
    Often,
    /// The share of its telling words that the story has as well.
    Core,
    NoCore,
    ProseCore,
    ShortCore,
    /// No strong paragraph follows.
    Rest0,
    Prose1,
    Prose3,
    Prose20,
    ProseN3,
    ProseN8,
    ProseN20,
    Core8,
    Core20,
    CoreN8,
    CoreN20,
    Short1,
    ShortN1,
    ShortN3,
    /// How much of what follows is furniture.
    FurnAfter,
    Menu8,
    /// The line before, or after, is as long and ends alike; both are.
    Like,
    LikeN,
    Listed,
    /// The line before ends with a colon.
    Colon1,
    /// A rule has dropped the line before.
    Dropped1,
    /// A paragraph follows.
    ParN1,
}

/// The signs of one line.
pub(super) type Signs = [f32; COUNT];

fn bit(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[allow(clippy::cast_precision_loss, reason = "a text has few words and lines")]
fn real(count: usize) -> f32 {
    count as f32
}

/// The signs of all lines.
pub(super) fn signs(lines: &[Line]) -> Vec<Signs> {
    let mut all = vec![[0.0; COUNT]; lines.len()];
    for (line, signs) in lines.iter().zip(&mut all) {
        of_itself(line, signs);
    }
    often(lines, &mut all);
    around(lines, &mut all);
    all
}

/// What a line shows by itself.
fn of_itself(line: &Line, signs: &mut Signs) {
    let mut set = |sign: Sign, value: f32| signs[sign as usize] = value;
    let count = line.words;
    set(Sign::One, 1.0);
    set(Sign::Word1, bit(count == 1));
    set(Sign::Words2, bit(count == 2));
    set(Sign::Words1219, bit((12..20).contains(&count)));
    set(Sign::Words20, bit((20..PARAGRAPH).contains(&count)));
    set(Sign::Words40, bit(count >= PARAGRAPH));
    set(Sign::Prose, bit(line.is_prose()));
    set(Sign::Dropped, bit(line.rule.is_some()));
    if count >= PARAGRAPH {
        set(Sign::Full, bit(line.stops));
        set(Sign::Comma, 1.0);
        return;
    }
    let bare = line
        .text
        .trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    let full = bare.ends_with(['.', '!', '?', '…']) || bare.ends_with(is_full_stop);
    let words = real(count.max(1));
    let bytes = line.text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    set(Sign::Full, bit(full));
    set(Sign::Quest, bit(bare.ends_with(['?', '？'])));
    set(Sign::Capitals, real(line.capitals) / words);
    set(Sign::Digits, real(digits) / real(bytes.len().max(1)));
    set(Sign::Comma, bit(bytes.contains(&b',')));
    match line.wording {
        Some(furniture::Wording::Whole) => set(Sign::Whole, 1.0),
        Some(furniture::Wording::Start) => set(Sign::Start, 1.0),
        Some(furniture::Wording::Part | furniture::Wording::Notice) | None => {}
    }
    let menu = furniture::menu_words(&line.folded);
    set(Sign::Menu, real(menu) / words);
    set(Sign::MenuCount, real(menu.min(4)) / 4.0);
    set(Sign::Credit, bit(furniture::credits(&line.folded)));
    let dated = count <= DATED && digits > 0 && dates::is_dated(line.text);
    set(Sign::Date, bit(dated));
}

/// What stands in the text three times or more; paragraphs never do.
fn often(lines: &[Line], all: &mut [Signs]) {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| !line.folded.is_empty()) {
        *times.entry(&line.folded).or_default() += 1;
    }
    for (line, signs) in lines.iter().zip(all) {
        let times = times.get(line.folded.as_str());
        signs[Sign::Often as usize] = bit(times.is_some_and(|times| *times >= 3));
    }
}

/// What the lines around a line show.
fn around(lines: &[Line], all: &mut [Signs]) {
    let count = lines.len();
    let core = core::shares(lines);
    let prose: Vec<bool> = lines.iter().map(Line::is_prose).collect();
    let has = |at: usize, words: usize| prose[at] && lines[at].words >= words;
    let weight = |at: usize| {
        let words = real(lines[at].words.min(PARAGRAPH));
        bit(prose[at]) * words / real(PARAGRAPH)
    };
    let is_strong = |at: usize| has(at, STRONG) && core[at] >= SHARED && lines[at].rule.is_none();
    let is_furnished = |at: usize| {
        let menu = lines[at].words <= HALF && all[at][Sign::Menu as usize] >= 0.5;
        lines[at].wording.is_some() || menu || lines[at].words == 0
    };
    let prose_sums = Sums::new((0..count).map(weight));
    let core_sums = Sums::new((0..count).map(|at| bit(has(at, SHORTEST)) * weight(at) * core[at]));
    let strong = Sums::new((0..count).map(|at| bit(is_strong(at))));
    let short = Sums::new((0..count).map(|at| bit(!prose[at] && lines[at].words <= ENTRY)));
    let furnished = Sums::new((0..count).map(|at| bit(is_furnished(at))));
    let menu = Sums::new(all.iter().map(|signs| signs[Sign::Menu as usize]));
    let alike = |one: usize, other: Option<usize>| {
        other.is_some_and(|other| {
            let (one, other) = (&lines[one], &lines[other]);
            let (words, more) = (real(one.words), real(other.words));
            (words - more).abs() <= (0.3 * words.max(more)).max(1.0)
                && one.is_prose() == other.is_prose()
                && one.stops == other.stops
        })
    };
    for at in 0..count {
        let before = at.checked_sub(1);
        let after = Some(at + 1).filter(|after| *after < count);
        let (like, like_next) = (alike(at, before), alike(at, after));
        let colon = before.is_some_and(|before| lines[before].text.ends_with([':', ';', '：']));
        let paragraph = has(at, SHORTEST);
        for (sign, value) in [
            (Sign::Core, core[at]),
            (Sign::NoCore, bit(core[at] <= 0.0)),
            (Sign::ProseCore, bit(paragraph) * core[at]),
            (Sign::ShortCore, bit(!paragraph) * core[at]),
            (Sign::Rest0, bit(strong.after(at, count) < 0.5)),
            (Sign::Prose1, prose_sums.before(at, 1)),
            (Sign::Prose3, prose_sums.before(at, 3) / 3.0),
            (Sign::Prose20, prose_sums.before(at, 20) / 10.0),
            (Sign::ProseN3, prose_sums.after(at, 3) / 3.0),
            (Sign::ProseN8, prose_sums.after(at, 8) / 8.0),
            (Sign::ProseN20, prose_sums.after(at, 20) / 10.0),
            (Sign::Core8, core_sums.before(at, 8) / 2.0),
            (Sign::Core20, core_sums.before(at, 20) / 5.0),
            (Sign::CoreN8, core_sums.after(at, 8) / 2.0),
            (Sign::CoreN20, core_sums.after(at, 20) / 5.0),
            (Sign::Short1, short.before(at, 1)),
            (Sign::ShortN1, short.after(at, 1)),
            (Sign::ShortN3, short.after(at, 3) / 3.0),
            (
                Sign::FurnAfter,
                furnished.after(at, count) / real((count - at - 1).max(5)),
            ),
            (Sign::Menu8, menu.before(at, 8) / 8.0),
            (Sign::Like, bit(like)),
            (Sign::LikeN, bit(like_next)),
            (Sign::Listed, bit(like && like_next)),
            (Sign::Colon1, bit(colon)),
            (
                Sign::Dropped1,
                bit(before.is_some_and(|before| lines[before].rule.is_some())),
            ),
            (
                Sign::ParN1,
                bit(after.is_some_and(|after| has(after, SHORTEST))),
            ),
        ] {
            all[at][sign as usize] = value;
        }
    }
}
