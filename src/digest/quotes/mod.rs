//! Quotations: what is somebody quoted as saying, and who?
//!
//! Here the parts of split quotations are joined. What is quoted is a span of
//! the text, so it is verbatim by construction. The rest is told by others:
//!
//! - which stretches stand between marks: `glyphs`, `roles`, `marks`;
//! - which of them are quotations: `judge`, with `naming` and `notes`;
//! - who speaks: `attribution` asks the words beside them (`clauses`, with
//!   `behind`, `leads`, `signatures`, and `inverted` for languages whose verb
//!   stands second), their paragraph, and the one `above`. `subjects`,
//!   `phrases`, `described` and `offices` read the phrases in these clauses on
//!   the `scene` that all of them see;
//! - whom a pronoun means: `pronouns`, by `antecedents` and their `evidence`;
//! - what is quoted without marks: `forms`, with `block_quotes`, `interview`
//!   and its `turns`, and `dialogue`.

mod above;
mod antecedents;
mod attribution;
mod behind;
mod block_quotes;
mod clauses;
mod described;
mod dialogue;
mod evidence;
mod forms;
mod glyphs;
mod incise;
mod interview;
mod inverted;
mod judge;
mod leads;
mod marks;
mod naming;
mod notes;
mod offices;
mod phrases;
mod pronouns;
mod roles;
mod scene;
mod signatures;
mod subjects;
mod turns;

use super::{lang::Language, names::Name, words::Walk};
use crate::{
    entry::{Quotation, Speaker},
    text::{Span, Text},
};
use attribution::Attribution;
pub(super) use attribution::Rule;
pub(super) use judge::{Form, Reason};
use judge::{Verdict, judge};
use marks::Ending;
pub(super) use marks::{Quoted, pair};
use scene::{Scene, Who};

/// Nobody is described with more, in bytes: fourteen words of German law.
const LONGEST_SPEAKER: usize = 400;

/// A quotation, and how it was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) quotation: Quotation,
    /// Whether it is a whole sentence.
    pub(super) form: Form,
    /// How its speaker is known.
    pub(super) rule: Rule,
    /// The words that tell it.
    pub(super) cue: Option<Span>,
}

/// What was made of the stretches between marks.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// The quotations, in order.
    pub(super) found: Vec<Found>,
    /// The other stretches, in order, and why they are no quotations.
    pub(super) rejected: Vec<(Span, Reason)>,
}

/// Finds the quotations among the stretches between marks and tells who spoke.
pub(super) fn quotations(
    text: &Text,
    walk: &Walk,
    lang: &Language,
    names: &[Name],
    quoted: &[Quoted],
) -> Judged {
    let scene = Scene::new(text, walk, lang, names);
    let cut = incise::split(&scene, quoted);
    let quoted = cut.as_deref().unwrap_or(quoted);
    let scene = scene.quoting(quoted);
    let told = attribution::attribute(&scene);
    let mut judged = Judged::default();
    // The stretch that the last quotation ends with.
    let mut last: Option<usize> = None;
    // What was made of the stretch before.
    let mut verdict = None;
    for (at, stretch) in quoted.iter().enumerate() {
        let goes_on =
            last.is_some_and(|before| before + 1 == at && is_continued(&scene, &told, at));
        let speaker = || told[at].who.and_then(|who| speaker(&scene, who));
        if let Some(found) = judged.found.last_mut().filter(|_| goes_on) {
            let quotation = &mut found.quotation;
            quotation.parts.push(stretch.words);
            // A clause of its own tells more than what stands around the start.
            let clause = told[at].by.is_direct() && !found.rule.is_direct();
            if clause || quotation.speaker.is_none() {
                let known = speaker();
                if known.is_some() {
                    (quotation.speaker, found.rule, found.cue) = (known, told[at].by, told[at].cue);
                }
            }
            (last, verdict) = (Some(at), None);
            continue;
        }
        let judgment = judge(&scene, at, told[at], verdict);
        verdict = Some(judgment);
        match judgment {
            Verdict::Rejected(reason) => judged.rejected.push((stretch.words, reason)),
            Verdict::Quotation(form) => {
                judged.found.push(Found {
                    quotation: Quotation {
                        parts: vec![stretch.words],
                        speaker: speaker(),
                    },
                    form,
                    rule: told[at].by,
                    cue: told[at].cue,
                });
                last = Some(at);
            }
        }
    }
    forms::add(&scene, &mut judged);
    judged
}

/// Whether a stretch goes on with the quotation before it: a clause that tells
/// who spoke stands between them, or a paragraph break in print's manner.
fn is_continued(scene: &Scene, told: &[Attribution], at: usize) -> bool {
    let before = &scene.quoted[at - 1];
    if before.ending == Ending::GoesOn {
        // A picture may stand between.
        let between = before.block + 1..scene.quoted[at].block;
        let between = scene.text.blocks.get(between);
        return between.is_some_and(|all| all.iter().all(|block| block.span.is_empty()));
    }
    if before.block != scene.quoted[at].block || told[at].who != told[at - 1].who {
        return false;
    }
    let gap = scene.ranges[at - 1].end..scene.ranges[at].start;
    let between = Span {
        start: before.outer.end,
        end: scene.quoted[at].outer.start,
    };
    let clause = between.of(scene.plain);
    // Closed and opened again with nothing between, by mistake.
    if gap.is_empty() && clause.trim().is_empty() {
        return true;
    }
    let one = gap
        .clone()
        .all(|word| scene.word(word).sentence == scene.word(gap.start).sentence);
    let long_enough = scene.ranges[at].len() > 1 || before.words.of(scene.plain).ends_with(',');
    // The clause that told the first part's speaker leads in to the second.
    let led = told[at].by.is_before() && clause.trim_end().ends_with(',');
    told[at - 1].by.is_after()
        && (told[at].by == Rule::Paragraph || led)
        && one
        && !gap.is_empty()
        && long_enough
        && clause.trim_end().ends_with([',', '.', '-', '—', '–'])
}

/// A speaker as shown.
fn speaker(scene: &Scene, who: Who) -> Option<Speaker> {
    match who {
        Who::Name(name) => Some(Speaker(scene.names[name].form.clone())),
        Who::Described(span) if span.len() > LONGEST_SPEAKER => None,
        Who::Described(span) => {
            let words: Vec<&str> = span.of(scene.plain).split_whitespace().collect();
            Some(Speaker(words.join(" ")))
        }
        Who::Pronoun(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{digest::lang, text::BlockKind};
    use proptest::prelude::*;

    const KINDS: [BlockKind; 5] = [
        BlockKind::Paragraph,
        BlockKind::Quote,
        BlockKind::Heading(2),
        BlockKind::ListItem {
            ordered: false,
            depth: 0,
        },
        BlockKind::Table,
    ];

    /// The block that holds the byte at `at`.
    fn block_of(text: &Text, at: u32) -> usize {
        let held = |block: &crate::text::Block| block.span.start <= at && at < block.span.end;
        text.blocks.iter().position(held).unwrap()
    }

    proptest! {
        #[test]
        fn whatever_the_marks_pairs_are_in_order_and_in_one_place(
            blocks in prop::collection::vec(
                (0..KINDS.len(), "(\"|“|”|„|'|’|‘|«|»|‹|›|「|」|『|』|＂|6|Word|said Lee|,|\\.|:| |海){0,16}"),
                1..6,
            )
        ) {
            let mut text = Text::default();
            for (kind, words) in &blocks {
                text.push(KINDS[*kind], words);
            }
            let found = pair(&text, lang::table("en"));
            prop_assert!(found.is_sorted_by(|one, next| one.outer.end <= next.outer.start));
            for stretch in &found {
                let words = stretch.words.of(&text.plain);
                prop_assert!(stretch.outer.contains(stretch.words));
                prop_assert!(!words.is_empty() && words.trim() == words);
                prop_assert!(words.contains(char::is_alphanumeric));
                let (first, last) = (
                    block_of(&text, stretch.words.start),
                    block_of(&text, stretch.words.end - 1),
                );
                prop_assert_eq!(first, stretch.block);
                prop_assert!(text.blocks[first].span.start <= stretch.outer.start);
                // Past a paragraph goes on a paragraph, and nothing else.
                let kind = text.blocks[first].kind;
                prop_assert!(kind.is_prose());
                if first != last {
                    let between = text.blocks[first..=last]
                        .iter()
                        .filter(|block| !block.span.is_empty());
                    prop_assert!(between.clone().all(|block| block.kind == kind));
                    prop_assert!(matches!(kind, BlockKind::Paragraph | BlockKind::Quote));
                    prop_assert_eq!(stretch.ending, Ending::Closed);
                }
            }
        }
    }
}
