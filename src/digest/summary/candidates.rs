//! The sentences that a summary may have, and how good each is by itself.

use super::{
    About,
    head::story_start,
    marks::{Marks, is_ended},
    needs::{Need, has_somebody, keeps_back, need},
};
use crate::{
    digest::{
        dateline::dateline,
        lang::{Classes, Language, Stock},
        words::{Gap, Walk, Word},
    },
    text::{BlockKind, Span, Text},
};
use memchr::memchr3_iter;

/// Of the sentence's bytes, how much may be quotation: with more of it, the
/// sentence says what somebody thinks rather than what happened.
const MOST_QUOTED: f32 = 0.45;

/// Of a story of fewer sentences than this, none is late.
const SHORT_STORY: usize = 20;

/// Of the sentences that count, so many are early.
const EARLIEST: usize = 6;

/// Marks that may stand behind the end of a sentence.
const CLOSING: [char; 12] = [
    '"', '”', '“', '’', '\'', ')', ']', '»', ' ', '」', '』', '）',
];

/// A dateline stands within this many bytes from the start of its paragraph.
const OPENING: u32 = 30;

/// Shorter sentences ("Not to him.") say nothing without their neighbors.
const FEWEST_WORDS: usize = 5;

/// A word says no more of what the article is about when it stands there more
/// often than this.
const OFTEN: usize = 15;

/// A sentence that may be taken.
pub(super) struct Candidate {
    /// Where it stands, without a dateline.
    pub(super) span: Span,
    /// Its place among the walk's sentences.
    pub(super) at: usize,
    /// How good it is by itself.
    pub(super) score: f32,
    pub(super) need: Need,
    /// Whether it may be taken at all.
    pub(super) fit: bool,
    /// Whether the story opens with it.
    pub(super) opens: bool,
    /// Whether it is among the first.
    pub(super) early: bool,
}

/// The weights of the features. Found on 120, 60 and 200 articles of three
/// collections, by the overlap of the best set of sentences with summaries that
/// people wrote (ROUGE): of some thousand settings on a coarse grid, one in the
/// middle of a plateau that all three share. Weights fitted to one collection, or
/// to half of each, did no better on the rest. What tells the opening was then
/// raised within the plateau by reading summaries, since it says what happened.
mod weight {
    /// For one divided by the place in the article, and by its root.
    pub(super) const FIRST: f32 = 1.6;
    pub(super) const EARLY: f32 = 1.0;
    /// For the place as a share of the article.
    pub(super) const LATE: f32 = 1.0;
    /// For what the words weigh, see [`super::weigh`].
    pub(super) const TERMS: f32 = 0.13;
    /// For the share of the headline in the words.
    pub(super) const TITLE: f32 = 0.3;
    /// For the share of the budget: of two that are as good, the longer one. Up
    /// to half of it, but for the opening, which is long where it says all.
    pub(super) const LENGTH: f32 = 1.5;
    /// For the share of quotation.
    pub(super) const QUOTED: f32 = 0.3;
    /// For the first and second person outside of quotation marks.
    pub(super) const PERSON: f32 = 1.3;
}

/// The sentences of paragraphs and lists, in order.
pub(super) fn candidates(
    body: &Text,
    walk: &Walk,
    about: &About<'_>,
    limit: usize,
) -> Vec<Candidate> {
    let paragraph = |block: u32| {
        matches!(
            body.blocks[block as usize].kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. }
        )
    };
    let terms = Terms::of(walk, about);
    // A line that starts small is the rest of a broken one, except in texts
    // without capitals.
    let small = |text: &str| text.starts_with(char::is_lowercase);
    let starts = walk.sentences.iter().map(|s| s.span.of(&body.plain));
    let capitals = starts.filter(|text| small(text)).count() * 2 < walk.sentences.len();
    let sentences = walk.sentences.iter().enumerate();
    let sentences = sentences.filter(|(_, sentence)| paragraph(sentence.block));
    let count = sentences.clone().count();
    let mut found: Vec<Candidate> = Vec::with_capacity(count);
    let start = story_start(body, walk, |words| about.is_title(words));
    let mut place = 0;
    for (at, sentence) in sentences {
        let text = sentence.span.of(&body.plain);
        // A mark that closed the quotation before, set apart by blanks, or a
        // dash that stands for a new line.
        let mut cut = ["' ", "— ", "– ", "- ", "• "]
            .iter()
            .find(|mark| text.starts_with(**mark))
            .map_or(0, |mark| mark.len());
        // Where it stands for a quotation mark, all of the line is talk.
        let talk = text.starts_with(['—', '–']) && about.lang.speaks_with_dashes()
            || is_turn(body.of(&body.blocks[sentence.block as usize]));
        // A date may stand before the dateline.
        let block = body.blocks[sentence.block as usize].span;
        if sentence.span.start - block.start < OPENING {
            cut += dateline(&text[cut..]);
        }
        let span = Span::new(sentence.span.range().start + cut, sentence.span.range().end);
        let text = &text[cut..];
        let words = told(walk, at, span);
        let marks = Marks::of(text);
        let quoted = ratio(marks.quoted, text.len().max(1));
        let length = length(text, words);
        let lead_again = about.lead.iter().any(|part| overlap(*part, span));
        // Lines that are no sentences of the story do not make others late.
        let counts = length >= FEWEST_WORDS
            && sentence.block >= start
            && is_ended(text)
            && !text.trim_end_matches(CLOSING).ends_with(['?', '？'])
            && !about.is_title(words)
            && !is_aside(text, words, about.lang, place == 0);
        let fit = counts
            && quoted <= MOST_QUOTED
            && !talk
            && !lead_again
            && !(capitals && small(text))
            && marks.balanced;
        let nth = ratio(place + 1, 1);
        let most = if place == 0 { limit } else { limit / 2 };
        let score = weight::FIRST / nth + weight::EARLY / nth.sqrt()
            - weight::LATE * ratio(place, count.max(SHORT_STORY))
            + weight::LENGTH * ratio(text.len().min(most), limit.max(1))
            - weight::QUOTED * quoted
            + terms.score(words, quoted > 0.0);
        // Behind a question or a label in the same paragraph it may hang on them.
        let behind = found.last().is_some_and(|last: &Candidate| {
            last.at + 1 == at && walk.sentences[last.at].block == sentence.block
        });
        let opens = place == 0;
        place += usize::from(counts);
        let need = if !fit {
            Need::Nothing
        } else if opens && !behind {
            keeps_back(words, about.lang)
        } else {
            let at = number(at);
            need(words, about.lang, |id| {
                terms.first[id as usize] < at && !terms.title[id as usize]
            })
        };
        let alone = need == Need::Somebody
            && !found
                .last()
                .is_some_and(|last: &Candidate| has_somebody(told(walk, last.at, last.span)));
        found.push(Candidate {
            span,
            at,
            score,
            need,
            fit: fit && !alone,
            opens,
            early: place <= EARLIEST,
        });
    }
    found
}

/// What is known of the terms of a text.
struct Terms<'a> {
    walk: &'a Walk,
    /// By number of a term: whether the headline has it.
    title: Vec<bool>,
    /// In which sentence it stands first.
    first: Vec<u32>,
}

impl Terms<'_> {
    fn of<'a>(walk: &'a Walk, about: &About<'_>) -> Terms<'a> {
        let count = walk.terms.counts.len();
        let mut terms = Terms {
            walk,
            title: vec![false; count],
            first: vec![u32::MAX; count],
        };
        for word in about.title.words.iter().filter(|word| word.is_content()) {
            if let Some(id) = walk.terms.get(word.term) {
                terms.title[id as usize] = true;
            }
        }
        for word in &walk.words {
            let first = &mut terms.first[word.id as usize];
            *first = word.sentence.min(*first);
        }
        terms
    }

    /// What a sentence's words are worth.
    fn score(&self, words: &[Word], quotes: bool) -> f32 {
        let (mut content, mut in_title, mut person) = (0_u32, 0_u32, 0_u32);
        let mut weight = 0.0;
        for word in words {
            // Half of the words are, in no order that could be foreseen.
            let counts = u32::from(word.is_content());
            content += counts;
            in_title += counts & u32::from(self.title[word.id as usize]);
            person += u32::from(word.classes.any(Classes::FIRST.and(Classes::SECOND)));
            weight += weigh(word, self.walk);
        }
        // What is quoted may be in the first person.
        let person = if quotes { 0 } else { person.min(3) };
        weight::TERMS * weight + weight::TITLE * ratio(in_title, content.max(1))
            - weight::PERSON * ratio(person, 3)
    }
}

/// How much a word says of what the article is about: it says it again.
pub(super) fn weigh(word: &Word, walk: &Walk) -> f32 {
    /// The natural logarithms of 1 to 15.
    const LOGARITHMS: [f32; OFTEN + 1] = [
        0.0, 0.0, 0.69, 1.1, 1.39, 1.61, 1.79, 1.95, 2.08, 2.2, 2.3, 2.4, 2.48, 2.56, 2.64, 2.71,
    ];
    let count = walk.terms.counts[word.id as usize] as usize;
    if word.is_content() {
        LOGARITHMS[count.min(OFTEN)]
    } else {
        0.0
    }
}

/// How many words a sentence has; where none are told apart by blanks, two
/// characters are counted as one.
fn length(text: &str, words: &[Word]) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
    };
    if text.chars().find(|c| c.is_alphabetic()).is_some_and(wide) {
        return text.len() / 6;
    }
    words.len()
}

/// Whether a sentence is not of the story: a caption with its label, an address,
/// or what the reader is told to do. The one that opens the story may have its
/// gist before a colon.
pub(super) fn is_aside(text: &str, words: &[Word], lang: &Language, opens: bool) -> bool {
    /// A label has no more bytes than this before its colon.
    const LABEL: usize = 30;
    /// The sentence behind a gist has more words than this.
    const GIST: usize = 15;
    let mut near = LABEL.min(text.len());
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    let mut pairs = text.as_bytes()[..near].windows(2);
    let label = pairs.position(|pair| pair == b": ").is_some_and(|colon| {
        let told = Classes::SPEECH.and(Classes::AUXILIARY).and(Classes::SOURCE);
        let before = text[..colon].split(' ').count();
        before <= 3
            && !(opens && before == 2 && words.len() > GIST)
            && !words.iter().take(before).any(|w| w.classes.any(told))
    });
    label || has_address(text, words.len()) || lang.stock(words, Stock::Notice) > 0
}

/// Whether a paragraph is somebody's turn in a talk that is printed word by word:
/// "MARA TALLBERG: We have ...".
fn is_turn(paragraph: &str) -> bool {
    /// A name has no more bytes than this.
    const NAME: usize = 30;
    let shout = |byte: &u8| matches!(byte, b'A'..=b'Z' | b' ' | b'.' | b',' | b'-' | b'\'');
    let name = paragraph
        .bytes()
        .take(NAME)
        .take_while(|b| shout(b))
        .count();
    name > 2 && paragraph[name..].starts_with(": ")
}

/// Whether a sentence tells what is to be seen in a picture; "The cook (pictured)
/// has ..." is a sentence for all that.
pub(super) fn is_caption(words: &[Word], lang: &Language) -> bool {
    words
        .iter()
        .enumerate()
        .any(|(at, word)| word.gap != Gap::Mark && lang.stock(&words[at..], Stock::Pictured) > 0)
}

/// Whether a text has an address or a tag in it, which is of the page; somebody's
/// name on a network counts in a short one only ("Follow her at @tallberg").
fn has_address(text: &str, words: usize) -> bool {
    /// A longer one tells more than where to find somebody.
    const SHORT: usize = 12;
    memchr3_iter(b'/', b'=', b'@', text.as_bytes()).any(|at| {
        let mail = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        text[..at].ends_with("http:")
            || text[..at].ends_with("https:")
            || text[at..].starts_with("=\"")
            || text[at..].starts_with('@') && (mail || words <= SHORT)
    })
}

/// The words of a sentence that are not of its dateline.
fn told(walk: &Walk, at: usize, span: Span) -> &[Word] {
    let words = walk.of(&walk.sentences[at]);
    let before = words.iter().take_while(|w| w.span.start < span.start);
    &words[before.count()..]
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// One number as a share of another.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of words and bytes in a sentence are small"
)]
pub(super) fn ratio<N: TryInto<usize>, M: TryInto<usize>>(part: N, whole: M) -> f32 {
    let number = |n: Option<usize>| n.unwrap_or(usize::MAX) as f32;
    number(part.try_into().ok()) / number(whole.try_into().ok())
}
