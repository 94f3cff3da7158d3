//! Topics of texts that no space or no inflection cuts into words: Chinese,
//! Japanese, Korean, Thai and their like.
//!
//! There are no tables to know a noun by. The walk has found what the article
//! repeats between different neighbors; of that, what stands early, often and
//! in the headline is what it is about. A short article that repeats nothing
//! has no topics, which is better than clauses.

use super::{About, Chosen, clean, shown};
use crate::{
    digest::{
        lang::{Classes, Unspaced, is_hangul, unspaced},
        words::{Gap, Shape, Word},
    },
    entry::{Topic, TopicKind},
};
use memchr::memmem;

/// The script of so many words tells that of the article.
const LOOKED_AT: usize = 200;

/// The longest topic, in characters; most have two to eight.
const LONGEST: usize = 40;

/// An article has a topic for so many words at most, and this many more.
const WORDS_A_TOPIC: usize = 30;
const AT_LEAST: usize = 3;

/// So many candidates are counted, in so many bytes of the text.
const COUNTED: usize = 96;
const COUNTED_IN: usize = 200_000;

/// Whether most words of the article are of such a script.
pub(super) fn applies(about: &About<'_>) -> bool {
    let (text, walk) = about.body;
    let words = &walk.words[..walk.words.len().min(LOOKED_AT)];
    let is = |word: &&Word| {
        let first = word.span.of(&text.plain).chars().next();
        first.is_some_and(|c| unspaced(c).is_some() || is_hangul(c))
    };
    about.lang.tag.is_empty() && words.iter().filter(is).count() * 2 > words.len()
}

/// What stands in the text several times.
struct Candidate {
    /// Its first mention, in the walk's words, and how many words it has.
    first: usize,
    words: usize,
    count: usize,
    titled: bool,
}

/// At most `most` topics, with those that are `chosen` before them.
pub(super) fn topics(about: &About<'_>, mut chosen: Vec<Chosen>, most: usize) -> Vec<Topic> {
    let (text, walk) = about.body;
    let most = most.min(AT_LEAST.max(chosen.len()) + walk.words.len() / WORDS_A_TOPIC);
    let mut found = candidates(about);
    found.sort_by_key(|candidate| (usize::MAX - candidate.count, candidate.first));
    found.truncate(COUNTED);
    let labels: Vec<String> = found.iter().map(|one| label(one, about)).collect();
    let counts: Vec<usize> = labels
        .iter()
        .map(|label| count(&text.plain, label))
        .collect();
    let mut scored: Vec<(f32, String, usize)> = Vec::with_capacity(found.len());
    for (at, candidate) in found.iter_mut().enumerate() {
        candidate.count = counts[at].saturating_sub(inside_others(at, &labels, &counts));
        if is_sure(candidate, &labels[at], about) {
            let score = score(candidate, &labels[at], about);
            scored.push((score, labels[at].clone(), candidate.first));
        }
    }
    scored.sort_by(|(one, _, first), (other, _, second)| {
        other.total_cmp(one).then(first.cmp(second))
    });
    for (_, label, _) in scored {
        if chosen.len() >= most {
            break;
        }
        let double = |other: &Chosen| other.label.contains(&label) || label.contains(&other.label);
        if !about.byline.contains(&label) && !chosen.iter().any(double) {
            chosen.push(Chosen {
                plain: true,
                label,
                kind: TopicKind::Other,
                terms: Vec::new(),
            });
        }
    }
    shown(chosen)
}

/// What the text says at the candidate's first mention.
fn label(candidate: &Candidate, about: &About<'_>) -> String {
    let (text, walk) = about.body;
    let words = &walk.words[candidate.first..candidate.first + candidate.words];
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return String::new();
    };
    clean(&text.plain[first.span.range().start..last.span.range().end])
}

/// How often a text says this, inside longer words as well.
fn count(text: &str, label: &str) -> usize {
    let mut end = text.len().min(COUNTED_IN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    memmem::find_iter(&text.as_bytes()[..end], label).count()
}

/// How often a candidate is said inside of others: of those that hold it, the
/// shortest count, since the longer ones hold them.
fn inside_others(at: usize, labels: &[String], counts: &[usize]) -> usize {
    let label = &labels[at];
    let holds = |other: &&String| other.len() > label.len() && other.contains(label.as_str());
    let holders: Vec<&String> = labels.iter().filter(holds).collect();
    let outer = |one: &String| {
        let within = |other: &&String| *other != one && one.contains(other.as_str());
        holders.iter().copied().any(|other| within(&other))
    };
    let places = 0..labels.len();
    places
        .filter(|place| holds(&&labels[*place]) && !outer(&labels[*place]))
        .map(|place| counts[place])
        .sum()
}

/// Words that stand in the text several times, and two of them that do so
/// together.
fn candidates(about: &About<'_>) -> Vec<Candidate> {
    let walk = about.body.1;
    let words = &walk.words;
    let is_word = |word: &Word| {
        let small = Classes::STOP.and(Classes::ADVERB);
        !word.classes.any(small) && !matches!(word.shape, Shape::Number | Shape::Initial)
    };
    let mut mentions: Vec<(u64, usize, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !is_word(word) {
            continue;
        }
        mentions.push((word.key, at, 1));
        // Two words with a space between them are one thing in Korean.
        if let Some(next) = words.get(at + 1).filter(|next| is_word(next)) {
            let apart = word.span.end < next.span.start;
            if next.gap == Gap::Space && apart {
                mentions.push((word.key.rotate_left(7) ^ next.key, at, 2));
            }
        }
    }
    mentions.sort_unstable();
    let titled = |word: &Word| about.title.words.iter().any(|other| other.key == word.key);
    mentions
        .chunk_by(|one, other| one.0 == other.0 && one.2 == other.2)
        .map(|group| {
            let (_, first, length) = group[0];
            Candidate {
                first,
                words: length,
                count: group.len(),
                titled: words[first..first + length].iter().all(titled),
            }
        })
        .collect()
}

/// Whether it is a topic at all: what was repeated twice may have been so by
/// chance, the more so the shorter it is.
fn is_sure(candidate: &Candidate, label: &str, about: &About<'_>) -> bool {
    let letters = label.chars().count();
    let (text, walk) = about.body;
    let start = walk.words[candidate.first].span.range().start;
    let before = text.plain[..start].chars().next_back();
    // Who names a work in marks for titles speaks of it.
    let work = matches!(before, Some('《' | '『'));
    // From so many letters on, two mentions are no chance; with fewer than the
    // other number it is a part of words.
    let (enough, fewest) = match label.chars().next() {
        Some(c) if is_hangul(c) => (2, 2),
        Some(c) if is_eastern(c) => (7, if candidate.titled { 4 } else { 5 }),
        _ => (3, 2),
    };
    let twice = letters >= enough || candidate.titled;
    (fewest..=LONGEST).contains(&letters)
        && (work || candidate.count > 2 || candidate.count == 2 && twice)
}

fn score(candidate: &Candidate, label: &str, about: &About<'_>) -> f32 {
    let walk = about.body.1;
    let sentence = walk.words[candidate.first].sentence;
    let share = sentence as f32 / walk.sentences.len().max(1) as f32;
    // A letter of Thai or Burmese says less than one of Chinese.
    let each = if label.starts_with(is_eastern) {
        3.0
    } else {
        1.0
    };
    let letters = (label.chars().count() as f32 / each).clamp(1.0, 6.0);
    let titled = if candidate.titled { 1.0 } else { 0.0 };
    (candidate.count as f32).ln() + 0.6 * letters.ln() + 0.9 * titled - 0.7 * share
}

fn is_eastern(c: char) -> bool {
    unspaced(c) == Some(Unspaced::Eastern)
}
