//! What cannot lead, and why.

use super::{About, Candidate, LONGEST, SHORTEST, opening::Opening, said::Said, traits::End};
use crate::digest::{
    lang::{Classes, Stock},
    quotes::Form,
    words::{Gap, Shape, Word},
};
use std::fmt;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why words cannot lead.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Unfit { $($(#[$doc])* $name,)* }

        impl fmt::Display for Unfit {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Unfit::$name => $text,)* })
            }
        }
    };
}

reasons! {
    /// They start inside of a sentence, or run on from the one around them.
    Fragment = "a fragment of a sentence",
    /// They end before their sentence does.
    Unfinished = "ends before its sentence does",
    /// Fewer than eight words.
    TooShort = "too short",
    /// A sentence of more than forty words, which cannot be shortened.
    TooLong = "a sentence that is too long",
    /// They end with a question.
    Question = "a question",
    /// Their subject is outside of them: "It was ...", "That's why ...".
    PointsOutside = "points to something outside",
    /// They tell what somebody will speak of.
    Announcement = "an announcement",
    /// They greet, thank or congratulate.
    Greeting = "a greeting or thanks",
    /// They answer a question that is left out.
    Answer = "an answer",
    /// They are what press offices say for not saying anything.
    Statement = "a statement that says nothing",
    /// They have no verb.
    NoVerb = "no verb",
    /// More than one word is inserted in brackets or left out, or words are said
    /// again.
    Patched = "patched more than once",
    /// They are the title of something, by their capitals.
    Title = "a title",
    /// They repeat the same few words.
    Chant = "repeats itself",
    /// They are mostly figures.
    Figures = "mostly figures",
}

/// Whether words of the quotation at `place` may be quoted alone, and if not,
/// why. `goes_on` tells that their last sentence has another half.
pub(super) fn fit(
    about: &About,
    place: usize,
    candidate: &Candidate,
    goes_on: bool,
) -> Result<(), Unfit> {
    let unless = |bad: bool, why: Unfit| if bad { Err(why) } else { Ok(()) };
    let sentences = candidate.sentences;
    let (first, last) = (&sentences[0], &sentences[sentences.len() - 1]);
    let Some(opening) = candidate.words().next() else {
        return Err(Unfit::TooShort);
    };
    let count = candidate.count();
    let text = first.span.of(&about.body.plain);
    let broken = first.half
        || opening.shape == Shape::Lower
        || text.starts_with(|c: char| c.is_lowercase() || INSIDE.contains(c));
    unless(broken, Unfit::Fragment)?;
    // Words that start with their subject are a clause wherever they stand.
    let subjects = Classes::FIRST.and(Classes::SUBJECT).and(Classes::SECOND);
    let is_clause = opening.classes.any(subjects);
    unless(
        candidate.start == 0 && about.forms[place] == Form::Fragment && !is_clause,
        Unfit::Fragment,
    )?;
    unless(lacks_main_clause(first), Unfit::Fragment)?;
    unless(count < SHORTEST, Unfit::TooShort)?;
    unless(count > LONGEST, Unfit::TooLong)?;
    unless(is_title(about, candidate), Unfit::Title)?;
    unless(last.traits.end == End::Question, Unfit::Question)?;
    let cut_short = candidate.cut && last.traits.end != End::Stop;
    let open_end = goes_on || cut_short || last.traits.end == End::Broken;
    unless(open_end, Unfit::Unfinished)?;
    unless(first.traits.opening == Opening::Back, Unfit::PointsOutside)?;
    unless(leaves_out_verb(about, first), Unfit::Answer)?;
    // What is announced last is what was cut off.
    let promised = last.traits.stock == Some(Stock::Announcement);
    unless(promised, Unfit::Announcement)?;
    let empty = || {
        let mut all = sentences.iter().map(|said| &said.traits);
        all.find_map(|traits| match traits.stock {
            Some(Stock::Greeting) => Some(Stock::Greeting),
            _ => traits.empty,
        })
    };
    match first.traits.stock.or_else(empty) {
        Some(Stock::Announcement) => return Err(Unfit::Announcement),
        Some(Stock::Greeting) => return Err(Unfit::Greeting),
        Some(Stock::Answer) => return Err(Unfit::Answer),
        Some(Stock::Backward) => return Err(Unfit::PointsOutside),
        Some(_) => return Err(Unfit::Statement),
        None => {}
    }
    let verb = sentences.iter().any(|said| said.traits.verb);
    unless(about.lang.past_ending().is_some() && !verb, Unfit::NoVerb)?;
    let patches: u16 = sentences.iter().map(|said| said.traits.patches).sum();
    unless(patches > 1, Unfit::Patched)?;
    let numbers: u16 = sentences.iter().map(|said| said.traits.numbers).sum();
    unless(usize::from(numbers) * 4 > count, Unfit::Figures)?;
    unless(is_chant(candidate, count), Unfit::Chant)
}

/// Whether a sentence tells only the reason for what is left out ("Because the
/// roof that we have leaks").
fn lacks_main_clause(first: &Said) -> bool {
    let [opening, next, ..] = first.words else {
        return false;
    };
    let reason = |class| opening.classes.any(class);
    reason(Classes::JOINING)
        && reason(Classes::SUBORDINATE)
        // "Because of the roof we left."
        && !next.classes.any(Classes::PREPOSITION)
        && first.words[1..].iter().all(|word| word.gap == Gap::Space)
}

/// Whether a sentence answers by its auxiliary alone ("I don't.").
fn leaves_out_verb(about: &About, first: &Said) -> bool {
    /// The most words of such a sentence.
    const FEW: usize = 3;
    let contracted = |word: &Word| word.span.of(&about.body.plain).contains(['\'', '’']);
    let auxiliary = |word: &Word| {
        word.classes.any(Classes::AUXILIARY) || word.classes.any(Classes::STOP) && contracted(word)
    };
    first.words.len() <= FEW
        && first.traits.end == End::Stop
        && first.words.last().is_some_and(auxiliary)
}

/// Whether words have the capitals of a title, or of a shout.
fn is_title(about: &About, candidate: &Candidate) -> bool {
    let all = || candidate.words().filter(|word| word.is_content());
    let capitals = all().filter(|word| word.is_capital()).count();
    !about.lang.capitalizes_nouns() && capitals * 5 > all().count() * 4 && capitals > 3
}

/// Marks that no sentence starts with.
const INSIDE: &str = "….,:;!?)]}%&*/\\|=>~^_-–—";

/// Whether words say the same thing again and again ("Lock it up! Lock it
/// up!").
fn is_chant(candidate: &Candidate, count: usize) -> bool {
    let again = |(at, word): &(usize, &Word)| {
        let mut before = candidate.words().take(*at);
        before.any(|other| other.key == word.key)
    };
    candidate.sentences.len() > 1 && candidate.words().enumerate().filter(again).count() * 2 > count
}
