//! Judging what stands between marks: is it words that somebody said?
//!
//! Scare quotes, titles, names and words in doubt are not. How long a stretch
//! is tells most; then how it is brought in, and how it ends.

use super::{
    attribution::Attribution,
    glyphs::is_unspaced,
    naming::{Namer, namer},
    notes::{is_code, is_reference, is_supposed},
    scene::Scene,
};
use crate::digest::{
    lang::{Classes, Trait},
    words::Shape,
};
use std::ops::Range;

/// From this many words on a stretch between marks is words that somebody said:
/// of those in newspapers that no judge took for a quotation, 97 in 100 were
/// shorter.
const CERTAIN: usize = 6;

/// The longest title has fewer words.
const LONG: usize = 14;

/// A fragment has this many words at least; single words are words in doubt.
const FRAGMENT: usize = 2;

/// How far from a fragment the verb of saying may stand, in words.
const NEAR: usize = 12;

/// What is made of a stretch between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a quotation.
    Quotation(Form),
    /// It is none.
    Rejected(Reason),
}

/// How much of what somebody said is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Form {
    /// A whole sentence or more, as in `"We heard it go," said Reed.`
    Whole,
    /// A few words inside the article's own sentence, as in `Reed called it
    /// "a disaster for the bay"`.
    Fragment,
}

/// Why a stretch between marks is no quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Reason {
    /// It is the value of an attribute, as in `id="672"`.
    Attribute,
    /// It has no words.
    NoWords,
    /// It is the title of a work or a name, by its capitals.
    Title,
    /// A word before it says that it is a name, a title or a term ("called",
    /// "the slogan").
    Named,
    /// It is what sort of a thing its noun means, as in `the "quiet hours"
    /// feature`.
    Label,
    /// It is the name of who speaks, as in `the "Harbor Watch" reported`.
    Speaker,
    /// It is a single word, which its writer keeps at a distance.
    SingleWord,
    /// It is an example of what is said or written: `goals like "more traffic"`.
    Example,
    /// It is what the reader may say or ask: `ask yourself, "Do I need this?"`.
    Supposed,
    /// It is a few words that no verb of saying goes with.
    Untold,
}

/// Judges the stretch at `at`, given who said it and what was made of the one
/// before it.
pub(super) fn judge(
    scene: &Scene,
    at: usize,
    told: Attribution,
    before: Option<Verdict>,
) -> Verdict {
    let stretch = &scene.quoted[at];
    let words = scene.ranges[at].clone();
    let text = stretch.words.of(scene.plain);
    if scene.plain[..stretch.outer.start as usize].ends_with('=') {
        return Verdict::Rejected(Reason::Attribute);
    }
    if words.is_empty() {
        return Verdict::Rejected(Reason::NoWords);
    }
    if is_code(scene, at) {
        return Verdict::Rejected(Reason::Attribute);
    }
    if is_reference(scene, at) {
        return Verdict::Rejected(Reason::Title);
    }
    let look = Look::new(scene, at, told);
    let first = text.chars().find(|c| c.is_alphanumeric());
    let starts = first.is_some_and(|c| !c.is_lowercase());
    let open = look.alone || look.led || look.direct && look.ends;
    let whole = starts && open || look.direct && look.led && look.ends;
    let form = if whole { Form::Whole } else { Form::Fragment };
    let count = size(text, words.len());
    let title = look.is_title(scene, count);
    if !look.alone && !look.after && is_supposed(scene, at) {
        return Verdict::Rejected(Reason::Supposed);
    }
    let namer = namer(scene, at, title);
    if let Some(why) = apart(scene, at, &look, before).filter(|_| namer != Some(Namer::Somebody)) {
        return Verdict::Rejected(why);
    }
    // "titled “How we lost the bay”": by the noun, however long it is.
    let named = namer == Some(Namer::Nobody) && !look.direct && count < LONG;
    if count >= CERTAIN && !title && !named {
        let doubted = namer.is_none() && is_doubted(scene, at, told, &look);
        if doubted {
            return Verdict::Rejected(Reason::Label);
        }
        return Verdict::Quotation(form);
    }
    let joined = before == Some(Verdict::Quotation(Form::Fragment)) && is_joined(scene, at);
    if namer == Some(Namer::Somebody) || joined {
        let whole = starts && (look.alone || look.led);
        let form = if whole { form } else { Form::Fragment };
        return Verdict::Quotation(form);
    }
    // "the words, “We lost”" are words, "the book, “Lost Words”" is none.
    let words_led = look.led && starts && !look.capital;
    if namer == Some(Namer::Nobody) && !words_led {
        return Verdict::Rejected(Reason::Named);
    }
    if title {
        return Verdict::Rejected(Reason::Title);
    }
    if is_speaker(scene, at, &look) {
        return Verdict::Rejected(Reason::Speaker);
    }
    if count < CERTAIN && is_label(scene, at, &look) && !look.direct {
        return Verdict::Rejected(Reason::Label);
    }
    let before = told.by.is_before();
    let led = look.led && (look.direct || count >= FRAGMENT);
    // "I", "we" or "they" in it: no name is said so.
    let clause = look.alone && look.clause && count > FRAGMENT;
    let sentence = starts && (look.ends && (before || look.alone || led) || clause);
    let fragment = look.direct && look.led || before || is_told(scene, words.clone());
    if sentence || count >= FRAGMENT && fragment {
        return Verdict::Quotation(form);
    }
    Verdict::Rejected(if count == 1 {
        Reason::SingleWord
    } else {
        Reason::Untold
    })
}

/// Why a stretch is nobody's words, whatever its length, if it is an example,
/// or stands beside one or what is supposed to be said.
fn apart(scene: &Scene, at: usize, look: &Look, before: Option<Verdict>) -> Option<Reason> {
    if look.after || look.alone {
        return None;
    }
    if let Some(Verdict::Rejected(why @ (Reason::Example | Reason::Supposed))) = before
        && is_joined(scene, at)
    {
        return Some(why);
    }
    let words = scene.ranges[at].clone();
    let near = words.start.checked_sub(1)?;
    let outer = scene.quoted[at].outer.start;
    let lead = scene.stretch(scene.word(near).span.end, outer);
    let example = scene.is(near, Classes::EXAMPLE)
        // "For example, “...”", while "she was like, “...”" tells who spoke.
        && (lead.trim().is_empty() || lead.trim() == "," && !scene.is(near, Classes::SPEECH))
        && !is_told(scene, near..words.end);
    example.then_some(Reason::Example)
}

/// How many words a stretch has, where a script without blanks makes one of
/// many: eight of its letters are as much as six words.
fn size(text: &str, words: usize) -> usize {
    if words >= CERTAIN || text.bytes().all(|byte| byte < 0xE0) {
        return words;
    }
    let letters = text
        .chars()
        .filter(|c| is_unspaced(*c) && c.is_alphanumeric());
    words.max(letters.count() * 3 / 4)
}

/// What is seen of a stretch and around it.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is seen for itself, and any of them together"
)]
struct Look {
    /// A clause beside it tells who speaks.
    direct: bool,
    /// The clause stands after it.
    after: bool,
    /// It ends as sentences and quotations do.
    ends: bool,
    /// It ends so before its closing mark.
    inside: bool,
    /// Nothing runs into it.
    alone: bool,
    /// A comma or a colon leads in to it.
    led: bool,
    /// A verb of saying stands directly before it.
    told: bool,
    /// It has words that neither grammar nor a capital explains.
    plain: bool,
    /// A pronoun in it can be who acts: it is no mere name.
    clause: bool,
    /// It has capitals that no sentence's start explains.
    capital: bool,
    /// It is asked or cried.
    raised: bool,
}

impl Look {
    fn new(scene: &Scene, at: usize, told: Attribution) -> Self {
        let stretch = &scene.quoted[at];
        let words = scene.ranges[at].clone();
        let text = stretch.words.of(scene.plain);
        let grammar = Classes::STOP.and(Classes::PREPOSITION);
        let capitals = scene.lang.capitalizes_nouns();
        let (alone, led) = (stands_alone(scene, at), leads(scene, at));
        let verb = words
            .start
            .checked_sub(1)
            .is_some_and(|near| scene.is_speech(near) || scene.is(near, Classes::UTTERED));
        let opens = words.len() > 1 && (alone || led || verb);
        let (mut capital, mut plain, mut clause) = (false, false, false);
        for at in words.clone() {
            let word = scene.word(at);
            let lower = word.shape == Shape::Lower;
            clause |= scene.is(at, Classes::SUBJECT.and(Classes::FIRST));
            // Among nouns with capitals small words tell a title less, but verbs
            // and pronouns are in none: „Wir können nicht mehr“.
            let said = capitals && word.classes.any(Classes::AUXILIARY.and(Classes::SUBJECT));
            plain |= lower && (said || !word.classes.any(grammar));
            // "I", and a sentence's first word, are no names.
            let excused = at == words.start && opens || scene.is(at, Classes::FIRST);
            capital |= word.is_capital() && !excused;
        }
        let inside = text.ends_with(['.', ',', '?', '!', '…', '—', '–', '-', ';']);
        // Outside America the comma stands after the mark.
        let outside = scene.plain[stretch.outer.end as usize..].starts_with([',', '.']);
        let after = told.by.is_after();
        Self {
            direct: after || told.by.is_before(),
            after,
            ends: inside || outside && (after || alone),
            inside,
            alone,
            led,
            told: verb,
            plain,
            clause,
            capital,
            raised: text.ends_with(['?', '!']),
        }
    }

    /// Whether its capitals make it a title or a name.
    fn is_title(&self, scene: &Scene, count: usize) -> bool {
        // Where all nouns have capitals, these tell less.
        let excused = if scene.lang.capitalizes_nouns() {
            self.clause || self.direct && count >= CERTAIN && (self.alone || self.led || self.after)
        } else {
            self.ends && self.after && (self.alone || self.led) || self.inside && self.told
        };
        !self.plain && self.capital && !self.raised && count < LONG && !excused
    }
}

/// Whether a stretch is the name of who speaks: `the "Harbor Watch" reported`.
fn is_speaker(scene: &Scene, at: usize, look: &Look) -> bool {
    let next = scene.ranges[at].end;
    let Some(word) = scene.walk.words.get(next) else {
        return false;
    };
    let behind = scene.quoted[at].outer.end as usize..word.span.start as usize;
    let verb = |at: usize| at < scene.walk.words.len() && scene.is_speech(at);
    // An adverb: a small word that starts no clause.
    let clause = Classes::AND.and(Classes::STARTER).and(Classes::PREPOSITION);
    let adverb = scene.is(next, Classes::STOP) && !scene.is(next, clause);
    !look.alone
        && !look.led
        && !look.inside
        && !scene.is_quoted(next)
        && scene
            .plain
            .get(behind)
            .is_some_and(|gap| gap.trim().is_empty())
        && (verb(next) || adverb && verb(next + 1))
}

/// Whether a stretch stands between an article and its noun.
fn is_label(scene: &Scene, at: usize, look: &Look) -> bool {
    let words = scene.ranges[at].clone();
    let Some(next) = scene.walk.words.get(words.end) else {
        return false;
    };
    let article = words.start.checked_sub(1).is_some_and(|near| {
        scene.is(near, Classes::DETERMINER) || scene.word(near).is_possessive()
    });
    let behind = scene.quoted[at].outer.end as usize..next.span.start as usize;
    let blank = scene
        .plain
        .get(behind)
        .is_some_and(|gap| gap.trim().is_empty());
    let small = Classes::STOP.and(Classes::PREPOSITION).and(Classes::VERB);
    article
        && blank
        && !look.inside
        && !look.led
        && next.shape == Shape::Lower
        && !next.classes.any(small)
}

/// Whether many words are kept at a distance as few are: they stand for a noun
/// or before one, and nobody is told to have said them. In "for fear of “you
/// are late”" and "that “we are so sorry” tone" no sentence goes on.
fn is_doubted(scene: &Scene, at: usize, told: Attribution, look: &Look) -> bool {
    let words = scene.ranges[at].clone();
    let Some(near) = words.start.checked_sub(1) else {
        return false;
    };
    // German and Dutch newspapers quote so.
    let apart = scene.lang.does(Trait::VERB_SECOND) || look.alone || look.led;
    if apart || told.who.is_some() || look.direct || is_told(scene, words.clone()) {
        return false;
    }
    let governs = scene.is(near, Classes::PREPOSITION.and(Classes::DETERMINER));
    let clause = Classes::SUBJECT.and(Classes::SECOND).and(Classes::RELATIVE);
    let clause = clause.and(Classes::THAT);
    let noun = Classes::DETERMINER.and(Classes::PREPOSITION);
    let starts = scene.is(words.start, clause) && !scene.is(words.start, noun);
    governs && starts || is_label(scene, at, look)
}

/// Whether nothing but "and" or a comma stands between a stretch and the one
/// before.
fn is_joined(scene: &Scene, at: usize) -> bool {
    let (last, start) = (&scene.ranges[at - 1], scene.ranges[at].start);
    let joins = Classes::AND.and(Classes::DETERMINER);
    let mut between = last.end.min(start)..start;
    let same = !last.is_empty() && scene.word(last.start).sentence == scene.word(start).sentence;
    same && between.len() <= 2 && between.all(|at| scene.is(at, joins))
}

/// Whether a verb of saying stands in the sentence around a stretch.
fn is_told(scene: &Scene, words: Range<usize>) -> bool {
    let sentence = scene.word(words.start).sentence;
    let around = |at: &usize| scene.word(*at).sentence == sentence;
    // "You may say", "the claims", "goals like".
    let own = Classes::SECOND.and(Classes::DETERMINER);
    let is_other = |at: usize| {
        let helper = |near: &usize| !scene.is(*near, Classes::AUXILIARY);
        let near = (0..at).rev().find(helper).filter(around);
        scene.is(at, Classes::EXAMPLE)
            || near.is_some_and(|near| {
                let beside = scene.between(near, near + 1).trim().is_empty();
                beside && scene.is(near, own) && !scene.is(near, Classes::SUBJECT)
            })
    };
    let before = (0..words.start).rev().take_while(around);
    let after = (words.end..scene.walk.words.len()).take_while(around);
    before
        .take(NEAR)
        .chain(after.take(NEAR))
        .any(|at| !scene.is_quoted(at) && scene.is_speech(at) && !is_other(at))
}

/// Whether a stretch is a sentence of its own: nothing runs into it.
fn stands_alone(scene: &Scene, at: usize) -> bool {
    let stretch = &scene.quoted[at];
    // A mark at a paragraph's very end opens the next one.
    let block = scene.text.blocks[stretch.block].span.start;
    let head = block.min(stretch.outer.start)..stretch.outer.start;
    let head = scene.plain[head.start as usize..head.end as usize].trim_end();
    head.is_empty() || head.ends_with(['.', '!', '?', ':', '”', '"', '“', '»'])
}

/// Whether a comma or a colon leads in to a stretch.
fn leads(scene: &Scene, at: usize) -> bool {
    let head = &scene.plain[..scene.quoted[at].outer.start as usize];
    head.trim_end().ends_with([',', ':'])
}
