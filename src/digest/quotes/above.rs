//! The paragraph above a quotation that opens its own without telling who
//! speaks.

use super::{
    attribution::{Attribution, Rule, goes_on, last_sentence, resolved},
    clauses::block_at_end,
    leads::lead_in,
    scene::{Scene, Who},
    subjects::{first_subject, subject},
};
use crate::digest::{lang::Classes, names::Kind};

/// How many blocks a speaker is carried over without being named again.
const CARRIED: usize = 3;

/// The speaker of the stretch at `at`, which opens its paragraph, by the
/// paragraph above. `earlier` are those of the stretches before it.
pub(super) fn carried(scene: &Scene, earlier: &[Attribution], at: usize) -> Attribution {
    let block = scene.quoted[at].block;
    let Some(above) = block.checked_sub(1) else {
        return Attribution::NOTHING;
    };
    let words = scene.block_words(above);
    let last = earlier
        .last()
        .filter(|_| scene.quoted[at - 1].block + CARRIED >= block);
    let ends_quoted = words
        .clone()
        .last()
        .is_some_and(|word| scene.is_quoted(word));
    if let (Some(last), true) = (last, ends_quoted) {
        return going_on(scene, last.who);
    }
    let Some(sentence) = last_sentence(scene, &words) else {
        return Attribution::NOTHING;
    };
    let unquoted = sentence
        .clone()
        .rev()
        .take_while(|word| !scene.is_quoted(*word))
        .last()
        .unwrap_or(sentence.start)..sentence.end;
    // The lead-in stands above: "Lee continued:".
    let tail = &scene.plain[scene.text.blocks[above].span.range()];
    let led = if tail.trim_end().ends_with(':') {
        lead_in(scene, unquoted, true, true)
    } else {
        let told = unquoted.clone().any(|word| scene.is_speech(word));
        let finite = unquoted
            .clone()
            .rev()
            .find(|word| scene.is_finite_speech(*word));
        finite
            .and_then(|verb| subject(scene, &unquoted, verb))
            .or_else(|| first_subject(scene, sentence).filter(|_| told))
            .map(|phrase| Attribution::told(scene, phrase.who, Rule::LedAbove, phrase.words))
    };
    // "The transcript as follows:" is nobody's, and nobody else's.
    if led.is_some_and(|led| led.by == Rule::Colon && led.who.is_none()) {
        return Attribution::NOTHING;
    }
    let led = led.map(|led| Attribution {
        by: Rule::LedAbove,
        ..resolved(scene, led, earlier)
    });
    if let Some(led) = led.filter(|led| led.who.is_some()) {
        return led;
    }
    let same = last
        .filter(|_| block_at_end(scene, at - 1) == above)
        .and_then(|last| last.who);
    if same.is_some() {
        going_on(scene, same)
    } else {
        Attribution::NOTHING
    }
}

/// The same speaker, if there is one.
fn going_on(scene: &Scene, who: Option<Who>) -> Attribution {
    Attribution {
        who: who.filter(|who| goes_on(scene, Some(*who))),
        by: Rule::Carried,
        cue: None,
    }
}

/// Who speaks a stretch with a verb of saying behind it that has no subject, as
/// some languages have it: "«...», apuntó". It means somebody: an office or a
/// paper that was only brought in is left for whoever spoke last.
pub(super) fn subjectless(
    scene: &Scene,
    earlier: &[Attribution],
    at: usize,
    told: Attribution,
) -> Attribution {
    let kind = |who: Option<Who>| match who {
        Some(Who::Name(name)) => Some(scene.names[name].kind),
        _ => None,
    };
    let thing = kind(told.who).is_some_and(|kind| kind != Kind::Person);
    if !thing || !is_bare(scene, scene.ranges[at].end) {
        return told;
    }
    let mut near = earlier
        .iter()
        .zip(scene.quoted)
        .rev()
        .take_while(|(_, stretch)| stretch.block + CARRIED >= scene.quoted[at].block)
        .filter_map(|(last, _)| last.who);
    // An organization goes on only if it is the one who spoke.
    match near.next() {
        Some(last) if Some(last) == told.who => told,
        Some(last) if kind(Some(last)) == Some(Kind::Person) => going_on(scene, Some(last)),
        _ => Attribution::NOTHING,
    }
}

/// Whether a verb of saying stands alone between the end of a stretch and the
/// end of its clause: "apuntó.", "ha aggiunto."
fn is_bare(scene: &Scene, first: usize) -> bool {
    let count = scene.walk.words.len();
    let mut verb = first;
    while verb < count && !scene.is_speech(verb) && scene.is(verb, Classes::AUXILIARY) {
        verb += 1;
    }
    let next = verb + 1;
    verb < count
        && scene.is_finite_speech(verb)
        && (next >= count || scene.breaks(next) || scene.is_quoted(next))
}
