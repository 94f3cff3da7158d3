//! Who is "he", and what is "it", where no name is meant: "An official said the
//! roads were open. “...,” he said", "The agency said ... “...,” it added".

use super::{
    antecedents::Place,
    attribution::Attribution,
    scene::{Scene, Who},
    subjects::first_subject,
};
use crate::digest::{
    lang::Classes,
    names::{Gender, Kind},
};
use std::ops::Range;

/// How many words of a sentence are looked at for its subject.
const SENTENCE: usize = 60;

/// Whom or what the pronoun at the word at `at` means, where it is somebody new
/// who is not named, or an organization that spoke directly before.
pub(super) fn unnamed(scene: &Scene, at: usize, earlier: &[Attribution]) -> Option<Who> {
    let place = Place::new(scene, at, gender(scene, at));
    if place.gender == Gender::Unknown {
        return if is_it(scene, at) {
            spoke_above(scene, &place, earlier)
        } else {
            None
        };
    }
    let found = above(scene, &place, earlier).filter(|words| is_new(scene, words));
    found
        .map(|words| Who::Described(scene.span(&words)))
        .or_else(|| stressed(scene, &place))
}

/// Whom it means where "the senator" is all that is told of him: mostly somebody
/// with a name, so that names are tried first.
pub(super) fn known(scene: &Scene, at: usize, earlier: &[Attribution]) -> Option<Who> {
    let place = Place::new(scene, at, gender(scene, at));
    if place.gender == Gender::Unknown {
        return None;
    }
    let words = above(scene, &place, earlier)?;
    Some(Who::Described(scene.span(&words)))
}

fn gender(scene: &Scene, at: usize) -> Gender {
    Gender::of(scene.word(at).classes.only(Classes::HE.and(Classes::SHE)))
}

/// Who is described directly above.
fn above(scene: &Scene, place: &Place, earlier: &[Attribution]) -> Option<Range<usize>> {
    sentence_above(scene, place, place.base)
        .or_else(|| described_above(scene, place, earlier))
        .or_else(|| {
            // "A neighbor said so. “...” and below it: “...,” he said": what stands between
            // is the neighbor's as well.
            let before = earlier.len().min(place.said.start).checked_sub(1)?;
            let near = scene.quoted[before].block + 1 >= place.block as usize;
            let open = earlier[before].who.is_none();
            let start = scene.ranges[before].start;
            sentence_above(scene, place, start).filter(|_| near && open)
        })
}

/// Whether a description brings in somebody: "an official", "one neighbor".
fn is_new(scene: &Scene, words: &Range<usize>) -> bool {
    let kinds = Classes::DETERMINER.and(Classes::NUMERAL);
    let known = Classes::DEFINITE.and(Classes::PRONOUN);
    scene.is(words.start, kinds) && !scene.is(words.start, known)
}

/// Somebody described whom a pronoun shortly before stresses: "For the
/// captain herself, the matter is closed. “...,” she said".
fn stressed(scene: &Scene, place: &Place) -> Option<Who> {
    let kinds = Classes::HE.and(Classes::SHE);
    let stress = (2..place.base)
        .rev()
        .take(SENTENCE)
        .take_while(|at| {
            scene.walk.sentences[scene.word(*at).sentence as usize].block + 1 >= place.block
        })
        .find(|at| {
            let after = scene.breaks(*at + 1);
            after
                && Gender::of(scene.word(*at).classes.only(kinds)) == place.gender
                && !scene.is(*at, Classes::SUBJECT)
                && !scene.is_quoted(*at)
                && scene.is(*at - 2, Classes::DEFINITE)
        })?;
    let phrase = scene.phrase(stress - 2, stress)?;
    let alone = is_alone(scene, stress - 2..place.at, place.gender);
    (phrase.sure && phrase.words.end == stress && alone).then_some(phrase.who)
}

/// Whether a pronoun stands for a thing: "it".
fn is_it(scene: &Scene, at: usize) -> bool {
    let people = Classes::HE
        .and(Classes::SHE)
        .and(Classes::THEY)
        .and(Classes::FIRST)
        .and(Classes::RELATIVE);
    let thing = scene.is(at, Classes::PRONOUN) && scene.is(at, Classes::SUBJECT);
    thing && !scene.is(at, people)
}

/// The organization or the document that said what stands directly above.
fn spoke_above(scene: &Scene, place: &Place, earlier: &[Attribution]) -> Option<Who> {
    let before = earlier.len().checked_sub(1)?;
    let end = scene.ranges[before].end;
    if scene.quoted[before].block + 1 < place.block as usize || end > place.at {
        return None;
    }
    let who = earlier[before].who?;
    let thing = match who {
        Who::Name(name) => scene.names[name].kind == Kind::Organization,
        Who::Described(_) => true,
        Who::Pronoun(_) => false,
    };
    // Another one that is named since may be meant.
    let mut since = (end..place.at).filter(|word| !scene.is_quoted(*word));
    let other = since.any(|word| {
        let name = scene.mention_at(word).map(|mention| mention.name);
        name.is_some_and(|name| Who::Name(name) != who)
    });
    (thing && !other).then_some(who)
}

/// The described subject of the sentence directly above the one that starts at
/// `base`, in its paragraph, who says something there: "An official said the
/// roads were open."
fn sentence_above(scene: &Scene, place: &Place, base: usize) -> Option<Range<usize>> {
    let last = base.checked_sub(1)?;
    let sentence_of = |at: usize| &scene.walk.sentences[scene.word(at).sentence as usize];
    let sentence = sentence_of(last);
    let same = scene.word(base).sentence == scene.word(last).sentence;
    if sentence.block != sentence_of(base).block || same {
        return None;
    }
    let words = sentence.words.start as usize..sentence.words.end as usize;
    if words.len() > SENTENCE {
        return None;
    }
    let phrase = first_subject(scene, words.clone())?;
    let Who::Described(_) = phrase.who else {
        return None;
    };
    let opens = phrase.words.start == words.start;
    let says = (phrase.words.end..words.end).any(|word| scene.is_finite_speech(word));
    let alone = is_alone(scene, phrase.words.start..place.at, place.gender);
    let one = is_one(scene, &phrase.words, place.gender);
    (opens && says && alone && one).then_some(phrase.words)
}

/// The described person who said what stands directly above.
fn described_above(scene: &Scene, place: &Place, earlier: &[Attribution]) -> Option<Range<usize>> {
    let before = earlier.len().min(place.said.start).checked_sub(1)?;
    let told = earlier[before];
    let Who::Described(span) = told.who? else {
        return None;
    };
    if scene.quoted[before].block + 1 < place.block as usize {
        return None;
    }
    let first = |at: u32| {
        scene
            .walk
            .words
            .partition_point(|word| word.span.start < at)
    };
    let words = first(span.start)..first(span.end);
    let since = words.start.min(scene.ranges[before].start)..place.at;
    let alone = is_alone(scene, since, place.gender);
    (alone && is_one(scene, &words, place.gender)).then_some(words)
}

/// Whether a description means one person, who may be of this sex.
fn is_one(scene: &Scene, words: &Range<usize>, gender: Gender) -> bool {
    let kinds = Classes::MALE_TITLE.and(Classes::FEMALE_TITLE);
    let person = Classes::PERSON.and(Classes::SPEAKER).and(Classes::ROLE);
    let mut told = Gender::Unknown;
    let mut noun = false;
    for at in words.clone() {
        let classes = scene.word(at).classes;
        if noun && classes.any(Classes::LINK) {
            break;
        }
        let singular = scene.word(at).term == scene.word(at).key;
        noun |= classes.any(person) && singular && !classes.any(Classes::ORGANIZATION);
        told = told.or(Gender::of(classes.only(kinds)));
    }
    noun && !told.contradicts(gender)
}

/// Whether nobody is named in these words, quoted ones aside, who may be "he"
/// as well.
fn is_alone(scene: &Scene, words: Range<usize>, gender: Gender) -> bool {
    let first = |at: usize| scene.mentions.partition_point(|one| one.words.start < at);
    let named = &scene.mentions[first(words.start)..first(words.end)];
    named.iter().all(|mention| {
        let name = &scene.names[mention.name];
        scene.is_quoted(mention.words.start)
            || matches!(name.kind, Kind::Organization | Kind::Place)
            || name.gender.contradicts(gender)
    })
}
