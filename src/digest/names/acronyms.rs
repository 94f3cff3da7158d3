//! Acronyms that an article explains itself: "Northern Fishing Union (NFU)",
//! "NFU (Northern Fishing Union)", "the Northern Fishing Union, or NFU,".
//!
//! Both forms, wherever they stand, are one name then. Nothing is looked up:
//! that the initials agree is what tells, whatever the order of a language.

use super::{
    Bounds, Kind, Name,
    extent::{number, span, whole_name},
    range,
};
use crate::{
    digest::{
        lang::{Classes, Language, Pairs, join},
        words::{Gap, Shape, Walk, Word},
    },
    text::Text,
};
use std::ops::Range;

/// An acronym of more letters is no abbreviation but a word in capitals.
const MOST_LETTERS: usize = 10;

/// So many acronyms are joined to what they stand for, those first that the
/// article explains first. A thick report explains about a hundred, and each is
/// looked for in all of it.
const MOST_PAIRS: usize = 200;

/// Words that count for nothing in an acronym, at most this many for each of
/// its letters ("Organisation for the Prohibition of ...").
const SMALL_PER_LETTER: usize = 2;

/// What is shown as an acronym if the article mostly uses it: longer ones are
/// seldom known by it, and two letters mean too many things.
const SHOWN: std::ops::RangeInclusive<usize> = 3..=6;

/// An acronym and what it stands for.
struct Pair {
    short: usize,
    long: Range<usize>,
}

/// Joins each acronym to its long form.
pub(super) fn join_long_forms(names: &mut Vec<Name>, text: &Text, walk: &Walk, lang: &Language) {
    let mut finder = Finder {
        plain: &text.plain,
        walk,
        lang,
        letters: Vec::new(),
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, word) in walk.words.iter().enumerate() {
        if pairs.len() == MOST_PAIRS {
            break;
        }
        if is_acronym(word)
            && let Some(long) = finder.explained(at)
        {
            let new = |pair: &Pair| walk.words[pair.short].key != word.key;
            let free = |pair: &Pair| pair.long.end <= long.start || long.end <= pair.long.start;
            if pairs.iter().all(|pair| new(pair) && free(pair)) && !finder.is_in_tables(at, &long) {
                pairs.push(Pair { short: at, long });
            }
        }
    }
    for pair in &pairs {
        join_pair(names, pair, text, walk);
    }
    join_unexplained(names, text, walk, &mut finder);
}

/// Whether a word is written as acronyms are: "NFU", "N.F.U.".
fn is_acronym(word: &Word) -> bool {
    let capital = matches!(word.shape, Shape::Upper);
    capital && (2..=2 * MOST_LETTERS).contains(&word.bare().len())
}

struct Finder<'a> {
    plain: &'a str,
    walk: &'a Walk,
    lang: &'a Language,
    /// The acronym's letters, small; kept for its room.
    letters: Vec<char>,
}

impl Finder<'_> {
    /// The long form beside the acronym at `at`.
    fn explained(&mut self, at: usize) -> Option<Range<usize>> {
        let words = &self.walk.words;
        let word = &words[at];
        let before = at.checked_sub(1).map(|at| &words[at]);
        let before = before.filter(|before| before.sentence == word.sentence);
        let gap = before.map_or("", |before| {
            &self.plain[before.span.end as usize..word.span.start as usize]
        });
        let behind = &self.plain[word.span.end as usize..];
        self.letters.clear();
        let letters = word.bare().of(self.plain).chars();
        let letters = letters.filter(|letter| letter.is_alphabetic());
        self.letters.extend(letters.flat_map(char::to_lowercase));
        if !(2..=MOST_LETTERS).contains(&self.letters.len()) {
            return None;
        }
        let enclosed = gap.trim_end().ends_with('(')
            && behind.trim_start_matches('.').starts_with([')', ',', ';']);
        let or = before.is_some_and(|before| {
            before.gap == Gap::Comma && before.classes.any(Classes::AND) && word.gap == Gap::Space
        });
        if enclosed || or {
            let end = if or { at - 1 } else { at };
            return self.before(end).filter(|long| self.is_name(long));
        }
        if behind.trim_start_matches('.').starts_with(" (") {
            return self.after(at + 1).filter(|long| self.is_name(long));
        }
        None
    }

    /// Whether a long form is worth it: of two words at least, or a compound.
    fn is_name(&self, long: &Range<usize>) -> bool {
        long.len() > 1 || self.lang.capitalizes_nouns()
    }

    /// The words that end at `end` and whose initials are the acronym's letters.
    fn before(&self, end: usize) -> Option<Range<usize>> {
        let words = &self.walk.words;
        let sentence = words[end.checked_sub(1)?].sentence;
        let (mut at, mut left, mut skipped) = (end, self.letters.len(), 0);
        while left > 0 {
            at = at.checked_sub(1)?;
            let word = &words[at];
            if word.sentence != sentence || word.gap == Gap::Edge && left > 1 && at + 1 < end {
                // The sentence starts here: what is left must be this word's.
                let taken = self.taken(word, left);
                return (taken == left && taken > 0).then_some(at..end);
            }
            let taken = self.taken(word, left);
            // "Organization | of Security": no small word comes first.
            if taken > 0 && !(taken == left && self.is_small(word)) {
                left -= taken;
            } else if !self.is_small(word) || at + 1 == end {
                return None;
            } else {
                skipped += 1;
                if skipped > SMALL_PER_LETTER * self.letters.len() {
                    return None;
                }
            }
            // A mark between its words ends a name.
            if left > 0 && word.gap == Gap::Mark {
                return None;
            }
        }
        let first = &words[at];
        let fits = !self.is_small(first) || first.is_capital();
        fits.then_some(at..end)
    }

    /// The words from `start` on, up to the bracket's end, whose initials are
    /// the acronym's letters.
    fn after(&self, start: usize) -> Option<Range<usize>> {
        let words = &self.walk.words;
        let first = words.get(start)?;
        let from = first.span.start as usize;
        let close = from + self.plain[from..].find(')')?;
        let rest = words[start..].iter();
        let inside = rest.take_while(|word| {
            (word.span.end as usize) <= close && word.sentence == first.sentence
        });
        let end = start + inside.take(4 * MOST_LETTERS).count();
        self.before(end).filter(|long| long.start == start)
    }

    /// How many of the acronym's letters up to `left` a word stands for: its
    /// initial, the initials of its parts ("Co-operation"), or, in languages of
    /// compounds, letters inside of it.
    fn taken(&self, word: &Word, left: usize) -> usize {
        let letters = word.bare().of(self.plain).chars();
        let mut small = letters.flat_map(char::to_lowercase).map(plain);
        let Some(first) = small.next() else {
            return 0;
        };
        let wanted = &self.letters[..left];
        let last = plain(wanted[left - 1]);
        if first == last && (left == 1 || !self.lang.capitalizes_nouns()) {
            return 1;
        }
        // From the longest run of letters that starts with the initial on.
        let compound = self.lang.capitalizes_nouns() && word.shape != Shape::Lower;
        let hyphened = word.span.of(self.plain).contains('-');
        if compound || hyphened {
            for start in (0..left).rev().filter(|at| plain(wanted[*at]) == first) {
                let inner = &wanted[start + 1..];
                let mut rest = small.clone();
                if inner
                    .iter()
                    .all(|letter| rest.any(|other| other == plain(*letter)))
                {
                    return left - start;
                }
            }
        }
        usize::from(first == last)
    }

    /// Whether a word may count for nothing.
    fn is_small(&self, word: &Word) -> bool {
        let small = Classes::STOP
            .and(Classes::PREPOSITION)
            .and(Classes::DETERMINER)
            .and(Classes::LINK)
            .and(Classes::PARTICLE)
            .and(Classes::AND);
        word.shape == Shape::Lower && (word.classes.any(small) || word.span.len() < 4)
            || self.lang.links_names(word.key)
    }

    /// Whether the tables know an organization by this name: it is one with its
    /// acronym there.
    fn is_known(&self, long: &Range<usize>) -> bool {
        let words = &self.walk.words;
        let long = words[long.clone()].iter().map(|word| word.key).reduce(join);
        long.is_some_and(|long| self.lang.canonical(Pairs::Organization, long).is_some())
    }

    /// Whether the tables know both forms as one thing already.
    fn is_in_tables(&self, short: usize, long: &Range<usize>) -> bool {
        let words = &self.walk.words;
        let long = words[long.clone()].iter().map(|word| word.key).reduce(join);
        [Pairs::Organization, Pairs::Place, Pairs::Concept]
            .into_iter()
            .any(|pairs| {
                let meant = |key| self.lang.canonical(pairs, key);
                let long = long.and_then(meant);
                long.is_some() && long == meant(words[short].key)
            })
    }
}

/// A letter without its accent, which acronyms mostly lack.
pub(super) fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Makes one name of an acronym and its long form.
fn join_pair(names: &mut Vec<Name>, pair: &Pair, text: &Text, walk: &Walk) {
    let words = &walk.words;
    let (short, long) = (words[pair.short].key, &words[pair.long.clone()]);
    let mut places: Vec<Range<usize>> = Vec::new();
    let (mut shorts, mut longs) = (0, 0);
    let mut at = 0;
    while at < words.len() {
        let run = words.get(at..at + long.len());
        let same = |run: &&[Word]| {
            run.iter()
                .zip(long)
                .all(|(one, other)| one.key == other.key)
        };
        if words[at].key == long[0].key && run.as_ref().is_some_and(same) {
            longs += 1;
            places.push(at..at + long.len());
            at += long.len();
            continue;
        }
        if words[at].key == short && is_acronym(&words[at]) {
            shorts += 1;
            places.push(at..at + 1);
        }
        at += 1;
    }
    let mut taken = vec![false; words.len()];
    for place in &places {
        taken[place.clone()].fill(true);
    }
    // What other names have inside it is a part of it.
    for name in names.iter_mut() {
        let free: Vec<bool> = name
            .words
            .iter()
            .map(|place| !taken[place.start as usize])
            .collect();
        let mut keep = free.iter();
        name.words.retain(|_| *keep.next().unwrap_or(&true));
        let mut keep = free.iter();
        name.mentions.retain(|_| *keep.next().unwrap_or(&true));
    }
    names.retain(|name| !name.words.is_empty());
    let Some(first) = places.first() else {
        return;
    };
    let of = |place: &Range<usize>| {
        let run = &words[place.clone()];
        (number(place.start)..number(place.end), span(run))
    };
    let (place, mention) = of(first);
    let mut name = whole_name(long, place, mention, text);
    for place in &places[1..] {
        let (place, mention) = of(place);
        name.mention(place, mention);
    }
    let acronym = span(&words[pair.short..=pair.short]).of(&text.plain);
    let spelled = span(long).of(&text.plain);
    shown(acronym, spelled, shorts > longs).clone_into(&mut name.form);
    // "gross national happiness (GNH)": no name, but a concept.
    if !long[0].is_capital() {
        name.kind = Kind::Unknown;
    }
    names.push(name);
}

/// Which form is shown.
fn shown<'a>(acronym: &'a str, long: &'a str, mostly_short: bool) -> &'a str {
    let letters = acronym.chars().filter(|letter| letter.is_alphabetic());
    if mostly_short && SHOWN.contains(&letters.count()) {
        acronym
    } else {
        long
    }
}

/// Joins an acronym that the article does not explain to the one name in it
/// that it can be short for.
fn join_unexplained(names: &mut Vec<Name>, text: &Text, walk: &Walk, finder: &mut Finder<'_>) {
    let mut at = 0;
    while at < names.len() {
        let short = range(&names[at].words[0]);
        let word = &walk.words[short.start];
        let known = finder.lang.canonical(Pairs::Organization, word.key);
        let alone = short.len() == 1 && is_acronym(word);
        let acronym = word.bare().of(&text.plain);
        finder.letters.clear();
        let letters = acronym.chars().filter(|letter| letter.is_alphabetic());
        finder.letters.extend(letters.flat_map(char::to_lowercase));
        if !alone || finder.letters.len() < 3 || names[at].bounds == Bounds::Given {
            at += 1;
            continue;
        }
        let fits = |name: &Name| {
            let long = range(&name.words[0]);
            let capital = walk.words[long.clone()]
                .iter()
                .all(|word| word.shape != Shape::Upper);
            long.len() > 2
                && capital
                && name.personal == 0
                && !(known.is_some() && finder.is_known(&long))
                && finder.before(long.end).is_some_and(|found| found == long)
        };
        let mut long = (0..names.len()).filter(|at| fits(&names[*at]));
        let Some(found) = long.next().filter(|_| long.next().is_none()) else {
            at += 1;
            continue;
        };
        let short = names.remove(at);
        let shorts = short.mentions.len();
        let name = &mut names[found - usize::from(found > at)];
        let longs = name.mentions.len();
        let spelled = name.form.clone();
        let form = known.unwrap_or_else(|| shown(acronym, &spelled, shorts > longs));
        form.clone_into(&mut name.form);
        name.kind = Kind::Organization;
        name.absorb(short);
        name.bounds = Bounds::Given;
    }
}
