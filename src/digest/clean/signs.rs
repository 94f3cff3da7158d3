//! What a line shows of whether it is the story: signs of its own, and of the
//! lines around it.

use super::{
    dates, furniture,
    lines::Line,
};
use std::collections::HashMap;

/// Lines of more words are paragraphs, whose letters are not looked at.
const PARAGRAPH: usize = 40;

/// Words of this many letters tell what a text is about.
const TELLING: usize = 5;

/// A paragraph of this many words is looked at for what the story is about.
const CORE: usize = 15;

macro_rules! signs {
    ($($name:ident),* $(,)?) => {
        /// A sign, as a number from 0 to 1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Sign { $($name),* }
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
signs! {
    One, Word1, Words2, Words3, Words57, Words811, Words1219, Words20, Words40,
    Prose, Full, Colon, Quest, Bang, Capitals, Title, Shout, Lower, Digit, Digits, Quotes, Comma,
    Url, Pipe, Bullet, Copy, Whole, Start, Part, Notice, Menu, MenuCount, By, Date, Sentences, Glue, Price, Credit, Name,
    Twice, Often, SameNext, Core, NoCore, ProseCore, ShortCore,
    Before0, Before1, Rest0, Rest1, Rest2, Place,
    Prose1, ProseN1, Prose3, ProseN3, Prose8, ProseN8, Prose20, ProseN20,
    Core8, CoreN8, Core20, CoreN20,
    Short1, ShortN1, Short3, ShortN3, Furn1, FurnN1, Furn3, FurnN3, Furn8, FurnN8, FurnAfter, FurnBefore,
    Menu3, MenuN3, Menu8, MenuN8,
    Since, Until, Run, Like, LikeN, By1, ByN1, Date1, DateN1, Colon1, Par1, ParN1, TwiceNear, Dropped, DroppedN1, Dropped1, Listed,
}
pub(super) const COUNT: usize = NAMES.len();

/// The signs of one line.
pub(super) type Signs = [f32; COUNT];

fn bit(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Sums over the lines before each line, so that any window is one subtraction.
struct Sums(Vec<f32>);

impl Sums {
    fn new(values: impl Iterator<Item = f32>) -> Self {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for value in values {
            sum += value;
            sums.push(sum);
        }
        Self(sums)
    }
    fn before(&self, at: usize, count: usize) -> f32 {
        self.0[at] - self.0[at.saturating_sub(count)]
    }
    fn after(&self, at: usize, count: usize) -> f32 {
        let last = self.0.len() - 1;
        self.0[(at + 1 + count).min(last)] - self.0[at + 1]
    }
    fn all(&self) -> f32 {
        self.0[self.0.len() - 1]
    }
}

/// The hashes of a line's telling words.
fn telling(text: &str) -> Vec<u32> {
    const PRIME: u32 = 0x0100_0193;
    let mut found = Vec::new();
    let (mut hash, mut letters) = (0x811c_9dc5_u32, 0);
    for byte in text.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            let folded = if byte < 0x80 { byte | 0x20 } else { byte };
            hash = (hash ^ u32::from(folded)).wrapping_mul(PRIME);
            letters += 1;
        } else {
            if letters >= TELLING {
                found.push(hash ^ (hash >> 15));
            }
            (hash, letters) = (0x811c_9dc5, 0);
        }
    }
    found
}

#[allow(clippy::cast_precision_loss)]
fn core(lines: &[Line]) -> Vec<f32> {
    let words: Vec<Vec<u32>> = lines.iter().map(|line| telling(line.text)).collect();
    let is_core = |line: &Line| line.is_prose() && line.words >= CORE;
    let total: usize = words.iter().map(Vec::len).sum();
    let slots = (total * 4).next_power_of_two().max(64);
    let slot = |word: u32| word as usize & (slots - 1);
    let mut table = vec![(u16::MAX, 0_u16); slots];
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_core(line)) {
        let _ = line;
        let at = at as u16;
        for word in &words[at as usize] {
            let entry = &mut table[slot(*word)];
            if entry.0 != at {
                *entry = (at, entry.1.saturating_add(1));
            }
        }
    }
    lines.iter().zip(&words).map(|(line, words)| {
        let own = u16::from(is_core(line));
        let known = |word: &&u32| table[slot(**word)].1 >= own + 2;
        words.iter().filter(known).count() as f32 / words.len().max(1) as f32
    }).collect()
}

fn own(line: &Line, signs: &mut Signs) {
    let mut set = |sign: Sign, value: f32| signs[sign as usize] = value;
    let n = line.words;
    set(Sign::One, 1.0);
    set(Sign::Word1, bit(n == 1));
    set(Sign::Words2, bit(n == 2));
    set(Sign::Words3, bit((3..=4).contains(&n)));
    set(Sign::Words57, bit((5..=7).contains(&n)));
    set(Sign::Words811, bit((8..=11).contains(&n)));
    set(Sign::Words1219, bit((12..=19).contains(&n)));
    set(Sign::Words20, bit((20..PARAGRAPH).contains(&n)));
    set(Sign::Words40, bit(n >= PARAGRAPH));
    set(Sign::Prose, bit(line.is_prose()));
    set(Sign::Dropped, bit(line.rule.is_some()));
    if n >= PARAGRAPH {
        set(Sign::Full, bit(line.stops));
        set(Sign::Comma, 1.0);
        set(Sign::Sentences, 1.0);
        return;
    }
    let text = line.text;
    let bare = text.trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    let words = n.max(1) as f32;
    set(Sign::Full, bit(bare.ends_with(['.', '!', '?', '…', '。', '！', '？'])));
    set(Sign::Colon, bit(bare.ends_with([':', ';', '：'])));
    set(Sign::Quest, bit(bare.ends_with(['?', '？'])));
    set(Sign::Bang, bit(bare.ends_with('!')));
    set(Sign::Capitals, line.capitals as f32 / words);
    set(Sign::Title, bit(n > 1 && line.capitals == n));
    set(Sign::Lower, bit(text.starts_with(char::is_lowercase)));
    set(Sign::Digit, bit(text.starts_with(|c: char| c.is_ascii_digit())));
    set(Sign::Quotes, bit(text.contains(['“', '”', '"', '«', '»', '„'])));
    let bytes = text.as_bytes();
    let (mut digits, mut commas, mut small, mut large, mut sentences, mut glued, mut price) = (0, 0, 0, 0, 0, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b',' => commas += 1,
            b'a'..=b'z' => small += 1,
            b'A'..=b'Z' => {
                large += 1;
                let before = at.checked_sub(1).map(|at| bytes[at]);
                glued |= matches!(before, Some(b'a'..=b'z' | b'.' | b'!' | b'?' | b')'));
                let space = matches!(before, Some(b' '));
                let ends = at >= 2 && matches!(bytes[at - 2], b'.' | b'!' | b'?' | b'"' | b'\'' | 0x80..);
                sentences += usize::from(space && ends && at >= 2 && matches!(bytes[at - 2], b'.' | b'!' | b'?') );
            }
            b'$' => price |= bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
            _ => {}
        }
    }
    set(Sign::Digits, digits as f32 / bytes.len().max(1) as f32);
    set(Sign::Comma, bit(commas > 0));
    set(Sign::Shout, bit(large > 1 && small == 0));
    set(Sign::Glue, bit(glued));
    set(Sign::Price, bit(price));
    set(Sign::Sentences, (sentences + usize::from(bare.ends_with(['.', '!', '?']))).min(3) as f32 / 3.0);
    set(Sign::Url, bit(text.contains("http") || text.contains("www.") || text.contains(".com") || text.contains(".org") || text.contains('@')));
    set(Sign::Pipe, bit(text.contains(['|', '›', '»', '•', '·', '→', '←', '▸', '❯', '/'])));
    set(Sign::Bullet, bit(text.starts_with(['•', '·', '*', '-', '–', '—', '▪', '►', '✓', '✔'])));
    set(Sign::Copy, bit(text.contains('©')));
    match line.wording {
        Some(furniture::Wording::Whole) => set(Sign::Whole, 1.0),
        Some(furniture::Wording::Start) => set(Sign::Start, 1.0),
        Some(furniture::Wording::Part) => set(Sign::Part, 1.0),
        Some(furniture::Wording::Notice) => set(Sign::Notice, 1.0),
        None => {}
    }
    let menu = furniture::menu_words(&line.folded);
    set(Sign::Menu, menu as f32 / words);
    set(Sign::MenuCount, menu.min(4) as f32 / 4.0);
    set(Sign::Credit, bit(furniture::credits(&line.folded)));
    if n <= 14 {
        set(Sign::By, bit(furniture::opens_byline(&line.folded)));
        set(Sign::Date, bit(digits > 0 && dates::is_dated(text)));
    }
    set(Sign::Name, bit((2..=4).contains(&n) && line.capitals == n && digits == 0 && menu == 0));
}

fn rate(distance: usize) -> f32 {
    (distance.min(30) as f32).ln_1p() / 3.4
}

pub(super) fn signs(lines: &[Line]) -> Vec<Signs> {
    let mut all = vec![[0.0; COUNT]; lines.len()];
    for (line, signs) in lines.iter().zip(&mut all) {
        own(line, signs);
    }
    let get = |signs: &Signs, sign: Sign| signs[sign as usize];
    // Said how often.
    let mut said: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.words > 0) {
        let words = if line.folded.is_empty() { line.text } else { &line.folded };
        *said.entry(words).or_default() += 1;
    }
    let times: Vec<usize> = lines.iter().map(|line| {
        let words = if line.folded.is_empty() { line.text } else { &line.folded };
        said.get(words).copied().unwrap_or(0)
    }).collect();
    let core = core(lines);
    let prose: Vec<bool> = lines.iter().map(Line::is_prose).collect();
    let par: Vec<bool> = lines.iter().zip(&prose).map(|(line, prose)| *prose && line.words >= 8).collect();
    let strong: Vec<bool> = lines.iter().zip(&prose).zip(&core).map(|((line, prose), core)| *prose && line.words >= 12 && *core >= 0.34 && line.rule.is_none()).collect();
    let weight = |at: usize| if prose[at] { lines[at].words.min(40) as f32 / 40.0 } else { 0.0 };
    let count = lines.len();
    let prose_sums = Sums::new((0..count).map(weight));
    let core_sums = Sums::new((0..count).map(|at| if par[at] { weight(at) * core[at] } else { 0.0 }));
    let strong_sums = Sums::new(strong.iter().map(|is| bit(*is)));
    let short_sums = Sums::new((0..count).map(|at| bit(!prose[at] && lines[at].words <= 4)));
    let furnished: Vec<f32> = lines.iter().zip(&all).map(|(line, signs)| {
        let menu = line.words <= 8 && get(signs, Sign::Menu) >= 0.5;
        bit(line.wording.is_some() || menu || line.words == 0)
    }).collect();
    let furn_sums = Sums::new(furnished.iter().copied());
    let menu_sums = Sums::new(all.iter().map(|signs| get(signs, Sign::Menu)).collect::<Vec<_>>().into_iter());
    let twice_sums = Sums::new(times.iter().map(|times| bit(*times >= 2)));
    let mut since = vec![30; count];
    let mut until = vec![30; count];
    let mut run = vec![0_usize; count];
    let mut last = None;
    for at in 0..count {
        since[at] = last.map_or(30, |last| at - last);
        if par[at] {
            last = Some(at);
        }
    }
    let mut next = None;
    for at in (0..count).rev() {
        until[at] = next.map_or(30, |next: usize| next - at);
        if par[at] {
            next = Some(at);
        }
    }
    let mut at = 0;
    while at < count {
        let end = (at..count).find(|at| par[*at]).unwrap_or(count);
        for place in at..end {
            run[place] = end - at;
        }
        at = end.max(at + 1);
    }
    let alike = |one: usize, other: usize| {
        let (a, b) = (lines[one].words as f32, lines[other].words as f32);
        (a - b).abs() <= (0.3 * a.max(b)).max(1.0) && prose[one] == prose[other] && lines[one].stops == lines[other].stops
    };
    for at in 0..count {
        let before = at.checked_sub(1);
        let after = (at + 1 < count).then_some(at + 1);
        let near = |place: Option<usize>, sign: Sign| place.map_or(0.0, |place| get(&all[place], sign));
        let values = [
            (Sign::Twice, bit(times[at] == 2)),
            (Sign::Often, bit(times[at] >= 3)),
            (Sign::SameNext, bit([before, after].into_iter().flatten().any(|other| lines[at].words > 0 && lines[other].folded == lines[at].folded && !lines[at].folded.is_empty()))),
            (Sign::Core, core[at]),
            (Sign::NoCore, bit(core[at] == 0.0)),
            (Sign::ProseCore, if par[at] { core[at] } else { 0.0 }),
            (Sign::ShortCore, if par[at] { 0.0 } else { core[at] }),
            (Sign::Before0, bit(strong_sums.before(at, count) < 0.5)),
            (Sign::Before1, bit((strong_sums.before(at, count) - 1.0).abs() < 0.5)),
            (Sign::Rest0, bit(strong_sums.after(at, count) < 0.5)),
            (Sign::Rest1, bit((strong_sums.after(at, count) - 1.0).abs() < 0.5)),
            (Sign::Rest2, bit((strong_sums.after(at, count) - 2.5).abs() < 1.0)),
            (Sign::Place, core_sums.before(at, count) / core_sums.all().max(0.01)),
            (Sign::Prose1, prose_sums.before(at, 1)), (Sign::ProseN1, prose_sums.after(at, 1)),
            (Sign::Prose3, prose_sums.before(at, 3) / 3.0), (Sign::ProseN3, prose_sums.after(at, 3) / 3.0),
            (Sign::Prose8, prose_sums.before(at, 8) / 8.0), (Sign::ProseN8, prose_sums.after(at, 8) / 8.0),
            (Sign::Prose20, prose_sums.before(at, 20) / 10.0), (Sign::ProseN20, prose_sums.after(at, 20) / 10.0),
            (Sign::Core8, core_sums.before(at, 8) / 2.0), (Sign::CoreN8, core_sums.after(at, 8) / 2.0),
            (Sign::Core20, core_sums.before(at, 20) / 5.0), (Sign::CoreN20, core_sums.after(at, 20) / 5.0),
            (Sign::Short1, short_sums.before(at, 1)), (Sign::ShortN1, short_sums.after(at, 1)),
            (Sign::Short3, short_sums.before(at, 3) / 3.0), (Sign::ShortN3, short_sums.after(at, 3) / 3.0),
            (Sign::Furn1, furn_sums.before(at, 1)), (Sign::FurnN1, furn_sums.after(at, 1)),
            (Sign::Furn3, furn_sums.before(at, 3) / 3.0), (Sign::FurnN3, furn_sums.after(at, 3) / 3.0),
            (Sign::Furn8, furn_sums.before(at, 8) / 8.0), (Sign::FurnN8, furn_sums.after(at, 8) / 8.0),
            (Sign::FurnAfter, furn_sums.after(at, count) / (count - at - 1).max(5) as f32),
            (Sign::FurnBefore, furn_sums.before(at, count) / at.max(5) as f32),
            (Sign::Menu3, menu_sums.before(at, 3) / 3.0), (Sign::MenuN3, menu_sums.after(at, 3) / 3.0),
            (Sign::Menu8, menu_sums.before(at, 8) / 8.0), (Sign::MenuN8, menu_sums.after(at, 8) / 8.0),
            (Sign::Since, rate(since[at])), (Sign::Until, rate(until[at])),
            (Sign::Run, (run[at] as f32).ln_1p() / 4.0),
            (Sign::Like, bit(before.is_some_and(|other| alike(at, other)))),
            (Sign::LikeN, bit(after.is_some_and(|other| alike(at, other)))),
            (Sign::By1, near(before, Sign::By)), (Sign::ByN1, near(after, Sign::By)),
            (Sign::Date1, near(before, Sign::Date)), (Sign::DateN1, near(after, Sign::Date)),
            (Sign::Colon1, near(before, Sign::Colon)),
            (Sign::Par1, bit(before.is_some_and(|at| par[at]))), (Sign::ParN1, bit(after.is_some_and(|at| par[at]))),
            (Sign::TwiceNear, (twice_sums.before(at, 3) + twice_sums.after(at, 3)) / 6.0),
            (Sign::DroppedN1, near(after, Sign::Dropped)), (Sign::Dropped1, near(before, Sign::Dropped)),
            (Sign::Listed, bit(before.is_some_and(|o| alike(at, o)) && after.is_some_and(|o| alike(at, o)))),
        ];
        for (sign, value) in values {
            all[at][sign as usize] = value;
        }
    }
    all
}
