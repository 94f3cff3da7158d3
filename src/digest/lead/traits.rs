//! What a sentence of a quotation is like, found in one look at its words.

use super::{
    About,
    opening::{Opening, PERSONAL, is_finite, opening, pauses, subject},
    said::{Known, Named},
    weight,
};
use crate::{
    digest::{
        lang::{Classes, Language, Stock, Trait},
        words::{Gap, Shape, Word},
    },
    text::Span,
};
use memchr::memchr_iter;
use std::ops::Range;

/// What a sentence is like.
#[derive(Debug, Default)]
pub(super) struct Traits {
    /// How many of its words are what the article is about, in halves; of the
    /// first or second person, of feeling, long, or numbers.
    pub(super) on_topic: u16,
    pub(super) personal: u16,
    pub(super) feeling: u16,
    pub(super) long: u16,
    pub(super) numbers: u16,
    /// How often something is inserted in brackets or left out.
    pub(super) patches: u16,
    pub(super) verb: bool,
    pub(super) end: End,
    pub(super) opening: Opening,
    /// Whether it adds to what was said before ("also").
    pub(super) adds: bool,
    /// The kind of a stock phrase that makes it unfit to stand first.
    pub(super) stock: Option<Stock>,
    /// The same, wherever it stands.
    pub(super) empty: Option<Stock>,
    /// What its pronouns cost that no person, or nothing at all, before them in
    /// the sentence tells.
    pub(super) needs_person: f32,
    pub(super) needs_thing: f32,
    pub(super) gives: Given,
}

/// What pronouns may mean that follow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Given {
    pub(super) person: bool,
    pub(super) thing: bool,
}

/// How a sentence ends, closing marks aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum End {
    /// Without a mark, or with the comma before an attribution.
    #[default]
    Open,
    Stop,
    Question,
    /// With an ellipsis.
    Trailing,
    /// With a dash, a colon or a semicolon, after which it would go on.
    Broken,
}

impl End {
    fn of(text: &str) -> End {
        let bare = text.trim_end_matches(|c: char| "\"'”’“»), \u{a0}」』）".contains(c));
        match bare.chars().next_back() {
            Some('?' | '？' | '؟') => End::Question,
            Some('…') => End::Trailing,
            Some('.') if bare.ends_with("..") => End::Trailing,
            Some('.' | '!' | '。' | '．' | '！' | '।' | '۔') => End::Stop,
            Some('-' | '–' | '—' | ':' | ';') => End::Broken,
            _ => End::Open,
        }
    }
}

/// Words that are no sentence's subject and give a pronoun nothing to mean.
const NO_NOUN: Classes = Classes::STOP
    .and(Classes::VERB)
    .and(Classes::ADVERB)
    .and(Classes::SPEECH)
    .and(Classes::AUXILIARY);

/// Looks at a sentence whose words stand at these places.
pub(super) fn traits(about: &About, known: &Known, span: Span, places: Range<usize>) -> Traits {
    let (words, named_at) = (&about.walk.words[places.clone()], &known.names[places]);
    let (lang, text) = (about.lang, span.of(&about.body.plain));
    let mut traits = Traits {
        end: End::of(text),
        patches: patches(text) + 2 * u16::from(is_labeled(words, &about.body.plain)),
        ..Traits::default()
    };
    let subject = subject(lang, words);
    let near = (subject..words.len()).take(6);
    traits.adds = near
        .into_iter()
        .any(|at| lang.stock(&words[at..], Stock::Adding) > 0);
    traits.opening = opening(
        lang,
        &words[..subject],
        &words[subject..],
        &about.body.plain,
    );
    traits.stock = [Stock::Announcement, Stock::Greeting, Stock::Answer]
        .into_iter()
        .find(|stock| {
            // Behind "Well," and "And", too.
            let starts = [words, &words[subject..]].into_iter();
            starts.take(1 + usize::from(subject > 0)).any(|words| {
                match lang.stock(words, *stock) {
                    0 => false,
                    // "No one" is no answer.
                    count => *stock != Stock::Answer || pauses(words.get(count)),
                }
            })
        });
    let named = named_at.contains(&Named::Person);
    // Where compounds are one word, long ones are plain.
    let long = if lang.capitalizes_nouns() { 18 } else { 12 };
    let contrast = contrast(lang, words);
    traits.feeling += if contrast.is_some() { CONTRAST } else { 0 };
    let mut given = Given::default();
    for (at, word) in words.iter().enumerate() {
        let classes = word.classes;
        // What happens is less of a topic than who and what it happens to.
        let theme = u16::from(known.themes[word.id as usize]);
        traits.on_topic += if classes.any(NO_NOUN) {
            theme.min(1)
        } else {
            theme
        };
        traits.personal += u16::from(classes.any(Classes::FIRST.and(Classes::SECOND)));
        let feels = classes.any(Classes::FEELING) && named_at[at] == Named::No;
        traits.feeling += u16::from(feels);
        traits.long += u16::from(is_longer(word.span.of(&about.body.plain), long));
        traits.numbers += u16::from(word.shape == Shape::Number);
        traits.patches += 2 * u16::from(is_said_again(words, at));
        let before = at.checked_sub(1).map(|at| (&words[at], named_at[at]));
        traits.verb = traits.verb || is_verb(about, word, before);
        if at > subject && contrast != Some(at) {
            need(&mut traits, lang, &words[at..], given, named);
        }
        let sex = Classes::MALE_TITLE.and(Classes::FEMALE_TITLE);
        let mut person = named_at[at] == Named::Person || classes.any(sex.and(Classes::ROLE));
        if classes.any(Classes::STOCK) {
            let rest = &words[at..];
            let is = |stock: &Stock| lang.stock(rest, *stock) > 0;
            let empty = [Stock::Statement, Stock::Backward];
            traits.empty = traits.empty.or(empty.into_iter().find(is));
            if is(&Stock::Deed) {
                let told = given.thing;
                traits.needs_thing += if told {
                    weight::SOME_THAT
                } else {
                    weight::NOTHING
                };
            }
            person |= is(&Stock::Somebody);
        }
        given.person |= person;
        given.thing |= !person && word.is_content() && !classes.any(NO_NOUN);
    }
    traits.gives = given;
    traits
}

/// How many words of feeling a contrast is worth.
const CONTRAST: u16 = 2;

/// Where a sentence says what it is about after it said what it is not: "This is
/// not about money; *this* is about the bay". The pronoun means neither time
/// anything outside.
fn contrast(lang: &Language, words: &[Word]) -> Option<usize> {
    let said = lang.stock(words, Stock::Placeholder);
    if said == 0 {
        return None;
    }
    let again = |at: &usize| words[*at].key == words[0].key && words[*at].gap != Gap::Space;
    (said..words.len()).find(again)
}

/// Whether a word has more letters than these. Most are told by their bytes;
/// where letters have no case, what is read as a word may be a whole clause.
fn is_longer(word: &str, letters: usize) -> bool {
    word.len() > letters
        && (word.is_ascii()
            || word.chars().count() > letters
                && word.contains(|c: char| c.is_lowercase() || c.is_uppercase()))
}

/// What tells a verb.
const VERBAL: Classes = Classes::VERB
    .and(Classes::AUXILIARY)
    .and(Classes::SPEECH)
    .and(Classes::SUBJECT);

/// Whether a word is a verb for all that is known, so that words without one are
/// surely none that say something.
fn is_verb(about: &About, word: &Word, before: Option<(&Word, Named)>) -> bool {
    let (text, lang) = (word.span.of(&about.body.plain), about.lang);
    let contracted = word.classes.any(Classes::STOP) && text.contains(['\'', '’']);
    if word.classes.any(VERBAL) || contracted || word.is_possessive() {
        return true;
    }
    let past = lang.past_ending();
    if past.is_some_and(|ending| text.ends_with(ending)) {
        return true;
    }
    // "Nobody borrows", "Harwell borrows": no noun stands there.
    let linking = Classes::DETERMINER
        .and(Classes::PREPOSITION)
        .and(Classes::AND)
        .and(Classes::JOINING);
    let inflected = word.term != word.key && word.shape == Shape::Lower;
    let follows = before.is_some_and(|(before, named)| {
        let pronoun = before.classes.any(Classes::STOP) && !before.classes.any(linking);
        pronoun || named != Named::No
    });
    inflected && follows || lang.stock(std::slice::from_ref(word), Stock::Verb) > 0
}

/// Adds what it costs when a pronoun that stands first among these words means
/// nothing before it.
fn need(traits: &mut Traits, lang: &Language, words: &[Word], given: Given, named: bool) {
    let Some(word) = words.first() else { return };
    let classes = word.classes;
    // Where a pronoun has a capital inside of a sentence, it is polite.
    let polite = word.shape != Shape::Lower && word.gap != Gap::Edge;
    if polite || !classes.any(Classes::OPEN) {
        return;
    }
    if classes.any(PERSONAL) {
        // "My uncle built it with his own hands" tells by a noun whose, as any
        // pronoun may where things are he or she; "If she wants to win, Ann Lee
        // should ..." names somebody at least.
        let by_noun = classes.any(Classes::DETERMINER) || !lang.does(Trait::NATURAL_GENDER);
        traits.needs_person += match (given.person, named, given.thing && by_noun) {
            (true, ..) => 0.0,
            (false, _, true) => weight::BY_NOUN,
            (false, true, false) => weight::NAMED_AFTER,
            (false, false, false) => weight::NOBODY,
        };
    } else if classes.any(Classes::THEY) {
        let told = given.thing || given.person;
        traits.needs_thing += if told { 0.0 } else { weight::NO_THEY };
    } else {
        let bare = !classes.any(Classes::DETERMINER)
            || word.is_possessive()
            || pauses(words.get(1))
            || words
                .get(1)
                .is_some_and(|next| next.classes.any(Classes::AND))
            || word.gap != Gap::Space && is_finite(words.get(1));
        let told = if classes.any(Classes::DETERMINER) {
            weight::SOME_THAT
        } else {
            weight::SOME_IT
        };
        if bare {
            traits.needs_thing += if given.thing { told } else { weight::NOTHING };
        }
    }
}

/// Whether a name and a colon stand before the words, as in a transcript.
fn is_labeled(words: &[Word], plain: &str) -> bool {
    /// The most words of such a name.
    const NAME: usize = 3;
    let mut name = words.iter().take(NAME).take_while(|word| word.is_capital());
    name.any(|word| plain[word.span.end as usize..].starts_with(':'))
}

/// Whether the speaker says the words before a mark again behind it ("I'm going
/// to — I'm going to").
fn is_said_again(words: &[Word], at: usize) -> bool {
    /// The fewest and the most words of such a start.
    const START: std::ops::RangeInclusive<usize> = 2..=5;
    let again = |count: usize| {
        let (before, behind) = (&words[..at], &words[at..]);
        let pairs = before.iter().rev().take(count).rev().zip(behind);
        pairs.filter(|(one, next)| one.key == next.key).count() == count
    };
    words[at].gap == Gap::Mark && START.into_iter().any(again)
}

/// How often something is inserted in brackets, left out, or no running text at
/// all, as the addresses in short messages are.
fn patches(text: &str) -> u16 {
    const ODD: [bool; 256] = {
        let (mut table, odd, mut at) = ([false; 256], b"[<>@#|{}\\=*:\xe2", 0);
        while at < odd.len() {
            table[odd[at] as usize] = true;
            at += 1;
        }
        table
    };
    // Most have none of it, which one look at each byte tells.
    let bytes = text.as_bytes();
    let odd = bytes.iter().any(|byte| ODD[usize::from(*byte)]);
    if !odd && !memchr_iter(b'.', bytes).any(|at| bytes.get(at + 1) == Some(&b'.')) {
        return 0;
    }
    let inside = text.trim_end_matches(['.', '…', ' ', ',']);
    let omitted = inside.matches('…').count() + inside.matches("..").count().div_ceil(2);
    let odd = inside.matches(|c| "[<>@#|{}\\=*".contains(c)).count();
    let twice = inside.matches("[…").count() + inside.matches("[..").count();
    let links = inside.matches("://").count();
    u16::try_from(odd + omitted + links - twice).unwrap_or(u16::MAX)
}
