//! Words that somebody said and that stand without quotation marks, told by
//! their form: a block quote with its source, an answer in an interview, a
//! dialogue with dashes.
//!
//! Here they take their place among the quotations that marks gave. Nothing is
//! quoted twice: what marks give inside of them is a part of what they say, and
//! a pull quote is the quotation that it repeats.

use super::{
    Form, Found, Judged, Rule, block_quotes, dialogue, interview,
    scene::{Scene, Who},
    speaker,
};
use crate::{
    digest::names::Kind,
    entry::Quotation,
    text::{BlockKind, Span},
};

/// Words that their form shows to be somebody's.
pub(super) struct Formed {
    pub(super) parts: Vec<Span>,
    pub(super) who: Option<Who>,
}

/// A pull quote of fewer bytes than this may repeat another one by chance.
const REPEATED: usize = 12;

/// So many pull quotes are looked for among what is quoted; each of them is
/// looked for in all of it. A page has three.
const MOST_REPEATED: usize = 200;

/// Adds what its form shows to be somebody's words to the quotations that marks
/// gave.
pub(super) fn add(scene: &Scene, judged: &mut Judged) {
    let by = |rule| move |words: Formed| (words, rule);
    let formed = block_quotes::find(scene).into_iter();
    let formed = formed.map(by(Rule::BlockQuote));
    let formed = formed.chain(interview::find(scene).into_iter().map(by(Rule::Interview)));
    let formed = formed.chain(dialogue::find(scene).into_iter().map(by(Rule::Dialogue)));
    // What forms give comes after what marks give, and takes its place below.
    let found = &mut judged.found;
    let marked = found.len();
    let mut kept = vec![true; marked];
    for (words, rule) in formed {
        let (Some(first), Some(last)) = (words.parts.first(), words.parts.last()) else {
            continue;
        };
        let span = Span {
            start: first.start,
            end: last.end,
        };
        let inside = {
            let marked = &found[..marked];
            marked.partition_point(|other| other.quotation.span().end <= span.start)
                ..marked.partition_point(|other| other.quotation.span().start < span.end)
        };
        let crossed = |other: &Found| !span.contains(other.quotation.span());
        // A report that quotes somebody: the words are those of the latter.
        let reports = words.who.is_some_and(|who| is_thing(scene, who));
        let quotes = |other: &Found| reports && other.quotation.speaker.is_some();
        let mut others = found[inside.clone()].iter();
        if others.any(|other| crossed(other) || quotes(other)) {
            continue;
        }
        kept[inside].fill(false);
        found.push(Found {
            quotation: Quotation {
                parts: words.parts,
                speaker: words.who.and_then(|who| speaker(scene, who)),
            },
            form: Form::Whole,
            rule,
            cue: None,
        });
    }
    if found.len() > marked {
        let mut kept = kept.into_iter();
        found.retain(|_| kept.next().unwrap_or(true));
        found.sort_by_key(|found| found.quotation.span());
        let said = |words: &Span| {
            let at = found.partition_point(|one| one.quotation.span().end <= words.start);
            let one = found.get(at).map(|one| one.quotation.span());
            one.is_some_and(|one| one.start <= words.start)
        };
        judged.rejected.retain(|(words, _)| !said(words));
    }
    once_each(scene, found);
}

/// Whether it was no person who said something, but a paper or a study.
fn is_thing(scene: &Scene, who: Who) -> bool {
    match who {
        Who::Name(name) => scene.names[name].kind == Kind::Organization,
        Who::Described(_) => true,
        Who::Pronoun(_) => false,
    }
}

/// Takes out what a block quote repeats of another quotation. Who said it may
/// be told in one place only.
fn once_each(scene: &Scene, found: &mut Vec<Found>) {
    let blocks = &scene.text.blocks;
    if blocks.iter().all(|block| block.kind != BlockKind::Quote) {
        return;
    }
    let is_set_apart = |found: &Found| {
        let start = found.quotation.span().start;
        let block = blocks.partition_point(|block| block.span.end <= start);
        blocks
            .get(block)
            .is_some_and(|block| block.kind == BlockKind::Quote)
    };
    let apart: Vec<bool> = found.iter().map(is_set_apart).collect();
    let words = |found: &Found| bare(&found.quotation.quote(scene.plain));
    // What they may repeat, and its places.
    let told = found.iter().zip(&apart).enumerate();
    let told: Vec<(usize, String)> = told
        .filter(|(_, (_, apart))| !**apart)
        .map(|(at, (found, _))| (at, words(found)))
        .collect();
    let mut looked = 0;
    let mut repeats = vec![false; found.len()];
    for at in (0..found.len()).filter(|at| apart[*at]) {
        let said = words(&found[at]);
        if told.is_empty() || said.len() < REPEATED {
            continue;
        }
        looked += 1;
        if looked > MOST_REPEATED {
            break;
        }
        let Some((first, _)) = told.iter().find(|(_, words)| words.contains(&said)) else {
            continue;
        };
        let speaker = found[at].quotation.speaker.take();
        let other = &mut found[*first].quotation.speaker;
        *other = other.take().or(speaker);
        repeats[at] = true;
    }
    let mut repeats = repeats.iter();
    found.retain(|_| !repeats.next().copied().unwrap_or_default());
}

/// Words as they are compared: without the marks at their ends, whose kind a
/// page changes where it repeats them.
fn bare(quote: &str) -> String {
    quote
        .trim_matches(|c: char| !c.is_alphanumeric())
        .replace('’', "'")
}

impl Scene<'_> {
    /// Whether a stretch between marks opens at this byte: then the marks tell
    /// what is quoted.
    pub(super) fn is_marked_at(&self, start: u32) -> bool {
        let found = self
            .quoted
            .binary_search_by_key(&start, |quoted| quoted.outer.start);
        found.is_ok()
    }

    /// The words in a stretch of the text.
    pub(super) fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let words = &self.walk.words;
        words.partition_point(|word| word.span.start < span.start)
            ..words.partition_point(|word| word.span.start < span.end)
    }

    /// Whether a name may be who said something: no place, and no lone word
    /// that is not known to be a person's name.
    pub(super) fn may_speak(&self, name: usize) -> bool {
        let name = &self.names[name];
        match name.kind {
            Kind::Person | Kind::Organization => true,
            Kind::Unknown => name.form.contains(' '),
            Kind::Place => false,
        }
    }
}

/// A stretch without the white space at its ends.
pub(super) fn trimmed(plain: &str, span: Span) -> Span {
    let text = span.of(plain);
    let start = span.range().start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
