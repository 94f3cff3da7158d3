//! Who said it? The rules, in the order in which they are tried.
//!
//! Words beside the quotation come first, then its paragraph, then the
//! paragraph before. Names inside quotations are no evidence for who speaks,
//! and nearness alone is none either: in "a critique of Lee's remarks, Roe
//! said" Lee is near and wrong.

use super::{
    clauses::{after, before, block_at_end, first_subject, gap_before, lead_in, signed_below},
    pronouns,
    scene::{Scene, Who},
};
use crate::digest::names::Kind;
use std::ops::Range;

/// Who said a stretch, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) who: Option<Who>,
    pub(super) by: Rule,
}

/// The rules of attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A clause after it: "..., said Lee".
    After,
    /// A clause that leads in: "Lee said: ...".
    Before,
    /// Another quotation of its paragraph.
    Paragraph,
    /// The paragraph before.
    Carried,
    /// None.
    Nothing,
}

/// How many blocks a speaker is carried over without being named again.
const CARRIED: usize = 3;

/// Attributes every quoted stretch.
pub(super) fn attribute(scene: &Scene) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::with_capacity(scene.quoted.len());
    for at in 0..scene.quoted.len() {
        let direct = after(scene, at)
            .or_else(|| signed_below(scene, at))
            .map(|who| (who, Rule::After))
            .or_else(|| before(scene, at).map(|who| (who, Rule::Before)));
        let attribution = match direct {
            Some((who, by)) => Attribution {
                who: resolved(scene, who, &found),
                by,
            },
            None => Attribution {
                who: None,
                by: Rule::Nothing,
            },
        };
        found.push(attribution);
    }
    share(scene, &mut found);
    found
}

/// Pronouns become names, or nobody.
fn resolved(scene: &Scene, who: Who, told: &[Attribution]) -> Option<Who> {
    match who {
        Who::Pronoun(at) => pronouns::resolve(scene, at, told).map(Who::Name),
        known => Some(known),
    }
}

/// Gives the stretches without a clause of their own the speaker of their
/// paragraph, or of the paragraph before.
fn share(scene: &Scene, found: &mut [Attribution]) {
    for at in 0..found.len() {
        if found[at].by != Rule::Nothing {
            continue;
        }
        let block = scene.quoted[at].block;
        let earlier = at
            .checked_sub(1)
            .filter(|before| block_at_end(scene, *before) == block);
        if let Some(before) = earlier {
            found[at] = within(scene, found, before, at);
            continue;
        }
        let opens = gap_before(scene, at).is_empty();
        if !opens {
            found[at].who = indirect(scene, gap_before(scene, at), found, at);
            if found[at].who.is_some() {
                found[at].by = Rule::Paragraph;
                continue;
            }
        }
        // A later quotation of its paragraph that is attributed.
        let later = (at + 1..found.len())
            .take_while(|next| scene.quoted[*next].block == block)
            .find(|next| matches!(found[*next].by, Rule::After | Rule::Before));
        if let Some(later) = later.filter(|_| opens) {
            found[at] = Attribution {
                who: found[later].who,
                by: Rule::Paragraph,
            };
            continue;
        }
        if opens {
            found[at] = carried(scene, found, at);
        }
    }
}

/// The speaker of a stretch after another one in its paragraph: the same,
/// unless somebody else is brought in between.
fn within(scene: &Scene, found: &[Attribution], before: usize, at: usize) -> Attribution {
    let gap = gap_before(scene, at);
    let told = found[before].by == Rule::After;
    let sentence = gap.clone().next().map(|word| scene.word(word).sentence);
    let later = gap
        .clone()
        .find(|word| told && Some(scene.word(*word).sentence) != sentence)
        .unwrap_or(if told { gap.end } else { gap.start });
    let who = indirect(scene, later..gap.end, found, at).or(found[before].who);
    Attribution {
        who,
        by: Rule::Paragraph,
    }
}

/// The subject of the last sentence before a stretch: "Lee disagreed. ..."
fn indirect(scene: &Scene, words: Range<usize>, found: &[Attribution], at: usize) -> Option<Who> {
    let last = words.clone().last()?;
    let sentence = scene.word(last).sentence;
    let start = words
        .clone()
        .find(|word| scene.word(*word).sentence == sentence)?;
    let who = first_subject(scene, start..words.end)?;
    match resolved(scene, who, &found[..at])? {
        Who::Name(name) if scene.names[name].kind == Kind::Place => None,
        Who::Described(_) => None,
        who => Some(who),
    }
}

/// The speaker of a stretch that opens its paragraph without telling.
fn carried(scene: &Scene, found: &[Attribution], at: usize) -> Attribution {
    let block = scene.quoted[at].block;
    let nothing = Attribution {
        who: None,
        by: Rule::Nothing,
    };
    let Some(above) = block.checked_sub(1) else {
        return nothing;
    };
    let words = scene.block_words(above);
    let last = at
        .checked_sub(1)
        .filter(|before| scene.quoted[*before].block + CARRIED >= block);
    let ends_quoted = words
        .clone()
        .last()
        .is_some_and(|word| scene.is_quoted(word));
    if let (Some(last), true) = (last, ends_quoted) {
        return Attribution {
            who: found[last].who,
            by: Rule::Carried,
        };
    }
    // The lead-in stands above: "Lee continued:".
    let tail = &scene.plain[scene.text.blocks[above].span.range()];
    let colon = tail.trim_end().ends_with(':');
    let Some(end) = words.clone().last().map(|word| word + 1) else {
        return nothing;
    };
    let sentence = scene.word(end - 1).sentence;
    let start = words
        .clone()
        .find(|word| scene.word(*word).sentence == sentence)
        .unwrap_or(words.start);
    let unquoted = (start..end)
        .rev()
        .take_while(|word| !scene.is_quoted(*word))
        .last()
        .unwrap_or(start);
    let led = if colon {
        lead_in(scene, unquoted..end, true, true)
    } else {
        let told = (unquoted..end).any(|word| scene.is_speech(word));
        told.then(|| first_subject(scene, start..end)).flatten()
    };
    let who = led
        .and_then(|who| resolved(scene, who, &found[..at]))
        .or_else(|| {
            let last = last.filter(|last| scene.quoted[*last].block == above)?;
            found[last].who
        })
        .or_else(|| indirect(scene, words, found, at));
    Attribution {
        who,
        by: if who.is_some() {
            Rule::Carried
        } else {
            Rule::Nothing
        },
    }
}
