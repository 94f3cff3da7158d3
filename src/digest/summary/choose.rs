//! Which sentences together say most: of all sets of up to three of the best.

use super::{
    candidates::{Candidate, is_caption, ratio, weigh},
    needs::Need,
};
use crate::digest::{lang::Language, words::Walk};

/// More sentences than this are no summary, however short.
const MOST_SENTENCES: usize = 3;

/// Of how many sentences, the best by themselves, sets are made.
const POOL: usize = 14;

/// How many more there may be, for the sake of those that hang on them.
const WITH_NEEDED: usize = 18;

/// A sentence that has this share of its words in common with another says the
/// same in other words.
const SAME: f32 = 0.5;

/// What sets are weighed by, beside the scores of their sentences.
mod weight {
    /// For a sentence that speaks of something as known which the summary has
    /// not named. Set by hand: it costs nothing of the measure, and readers miss
    /// what it means.
    pub(super) const LOOSE: f32 = 0.5;
    /// For a first sentence from far below, which starts in the middle of things.
    /// Set by hand: news is hardly ever told so, and guides and lists often are.
    pub(super) const DEEP: f32 = 1.0;
    /// For the weight of the words that two sentences have in common.
    pub(super) const SHARED: f32 = 0.02;
    /// What the first, second and third sentence must be worth to be taken: a
    /// weak last one is worse than none.
    pub(super) const WORTH: [f32; super::MOST_SENTENCES] = [0.0, 0.1, 0.5];
    /// For a sentence that stands behind the one before in the article too.
    pub(super) const NEXT: f32 = 0.15;
}

/// The candidates that sets are made of, in order, and what is known of each two
/// of them, by their places.
struct Pool<'a> {
    of: Vec<&'a Candidate>,
    /// How much the words weigh that an earlier and a later one have in common.
    shared: [[f32; WITH_NEEDED]; WITH_NEEDED],
    /// Which later ones say the same as each, as a set of bits.
    same: [u32; WITH_NEEDED],
    /// Of which earlier ones each needs one before it, as a set of bits.
    serve: [u32; WITH_NEEDED],
}

impl<'a> Pool<'a> {
    fn of(candidates: &'a [Candidate], walk: &Walk, lang: &Language, limit: usize) -> Pool<'a> {
        let of = best(candidates, walk, lang, limit);
        let mut pool = Pool {
            shared: [[0.0; WITH_NEEDED]; WITH_NEEDED],
            same: [0; WITH_NEEDED],
            serve: [0; WITH_NEEDED],
            of,
        };
        pool.compare(walk);
        pool
    }

    fn compare(&mut self, walk: &Walk) {
        // Which of the pool have each term.
        let mut having = vec![0_u32; walk.terms.counts.len()];
        let mut content = [0_u32; WITH_NEEDED];
        for at in 0..self.of.len() {
            let earlier = (1 << at) - 1;
            let mut common = [0_u32; WITH_NEEDED];
            for word in walk.of(&walk.sentences[self.of[at].at]) {
                let having = &mut having[word.id as usize];
                let counts = u32::from(word.is_content());
                // Once for each term, however often the sentence has it.
                if *having & 1 << at == 0 {
                    content[at] += counts;
                    let weight = weigh(word, walk);
                    let mut others = *having & earlier;
                    while others != 0 {
                        let other = others.trailing_zeros() as usize;
                        self.shared[other][at] += weight;
                        common[other] += counts;
                        others &= others - 1;
                    }
                }
                *having |= 1 << at;
            }
            for other in 0..at {
                let fewer = content[at].min(content[other]).max(1);
                if ratio(common[other], fewer) > SAME {
                    self.same[other] |= 1 << at;
                }
            }
            let before = self.follows(at).unwrap_or(0);
            self.serve[at] = match self.of[at].need {
                Need::Nothing => 0,
                Need::Before | Need::Somebody => before,
                Need::More(id) | Need::Term(id) => before | having[id as usize] & earlier,
            };
        }
    }
}

/// The best candidates by themselves, and what those need that hang on the one
/// before, in their order.
fn best<'a>(
    candidates: &'a [Candidate],
    walk: &Walk,
    lang: &Language,
    limit: usize,
) -> Vec<&'a Candidate> {
    let may = |at: &usize| candidates[*at].fit && candidates[*at].span.len() <= limit;
    let mut places: Vec<usize> = (0..candidates.len()).filter(may).collect();
    places.sort_by(|a, b| candidates[*b].score.total_cmp(&candidates[*a].score));
    // Only of the best is it asked whether they are captions, which takes long.
    let story = |at: &usize| {
        let words = walk.of(&walk.sentences[candidates[*at].at]);
        !is_caption(words, lang)
    };
    let mut places: Vec<usize> = places.into_iter().filter(story).take(POOL).collect();
    for at in 0..places.len() {
        let place = places[at];
        let before = place.checked_sub(1).filter(|at| may(at) && story(at));
        if let Some(before) = before.filter(|before| !places.contains(before))
            && matches!(candidates[place].need, Need::Before | Need::Somebody)
            && places.len() < WITH_NEEDED
        {
            places.push(before);
        }
    }
    places.sort_unstable();
    places.iter().map(|at| &candidates[*at]).collect()
}

/// The best set of sentences, in their order: all sets of up to three are tried,
/// which are about a thousand.
pub(super) fn choose<'a>(
    candidates: &'a [Candidate],
    walk: &Walk,
    lang: &Language,
    limit: usize,
) -> Vec<&'a Candidate> {
    let pool = Pool::of(candidates, walk, lang, limit);
    let mut best = Best {
        value: f32::NEG_INFINITY,
        set: 0,
    };
    pool.extend(Set::default(), 0, limit + 1, &mut best);
    let taken = (0..pool.of.len()).filter(|at| best.set & 1 << at != 0);
    taken.map(|at| pool.of[at]).collect()
}

/// The best set that was found.
struct Best {
    value: f32,
    set: u32,
}

/// Some sentences of the pool, with what they are worth together.
#[derive(Clone, Copy, Default)]
struct Set {
    bits: u32,
    count: usize,
    value: f32,
}

impl Pool<'_> {
    /// Tries each sentence from `from` on as the next of a set that has `room`
    /// bytes left.
    fn extend(&self, set: Set, from: usize, room: usize, best: &mut Best) {
        for at in from..self.of.len() {
            let candidate = self.of[at];
            // A blank stands between two.
            let Some(room) = room.checked_sub(candidate.span.len() + 1) else {
                continue;
            };
            let mut value = set.value + candidate.score - weight::WORTH[set.count];
            if candidate.need != Need::Nothing && self.serve[at] & set.bits == 0 {
                if !candidate.need.is_none() {
                    continue;
                }
                value -= weight::LOOSE;
            }
            if set.count == 0 && !candidate.early {
                value -= weight::DEEP;
            }
            let (mut others, mut same) = (set.bits, false);
            while others != 0 {
                let other = others.trailing_zeros() as usize;
                value -= weight::SHARED * self.shared[other][at];
                same |= self.same[other] & 1 << at != 0;
                others &= others - 1;
            }
            if same {
                continue;
            }
            if self
                .follows(at)
                .is_some_and(|before| set.bits & before != 0)
            {
                value += weight::NEXT;
            }
            let set = Set {
                bits: set.bits | 1 << at,
                count: set.count + 1,
                value,
            };
            if value > best.value {
                *best = Best {
                    value,
                    set: set.bits,
                };
            }
            if set.count < MOST_SENTENCES {
                self.extend(set, at + 1, room, best);
            }
        }
    }

    /// The sentence right before, as a bit.
    fn follows(&self, at: usize) -> Option<u32> {
        let before = at.checked_sub(1)?;
        (self.of[before].at + 1 == self.of[at].at).then_some(1 << before)
    }
}
