//! Who said it? The rules, in the order in which they are tried.
//!
//! Words beside the quotation come first, then its paragraph, then the
//! paragraph before. Names inside quotations are no evidence for who speaks,
//! and nearness alone is none either: in "a critique of Lee's remarks, Roe
//! said" Lee is near and wrong.

use super::{
    above::{carried, subjectless},
    behind::verb_of,
    clauses::{after, block_at_end, gap_before},
    described,
    leads::before,
    pronouns,
    scene::{Scene, Who},
    signatures::signed_below,
    subjects::first_subject,
};
use crate::{
    digest::{
        lang::Classes,
        names::{Gender, Kind},
    },
    text::Span,
};
use std::ops::Range;

/// Who said a stretch, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) who: Option<Who>,
    pub(super) by: Rule,
    /// The words that tell: the subject and its verb, or a signature. Nothing
    /// where another quotation's speaker is taken over.
    pub(super) cue: Option<Span>,
}

impl Attribution {
    /// Nobody told who speaks.
    pub(super) const NOTHING: Self = Self {
        who: None,
        by: Rule::Nothing,
        cue: None,
    };

    /// Who speaks, by which rule, and the words that tell it.
    pub(super) fn told(
        scene: &Scene,
        who: impl Into<Option<Who>>,
        by: Rule,
        words: Range<usize>,
    ) -> Self {
        Self {
            who: who.into(),
            by,
            cue: Some(scene.span(&words)),
        }
    }
}

/// The rules of attribution: how it is known who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Rule {
    /// A verb and then its subject follow: “...,” said Lee.
    Inverted,
    /// A subject and then its verb follow: “...,” Lee said.
    Follows,
    /// A source follows: “...,” according to Lee.
    SourceFollows,
    /// The one who acts follows a verb in the passive: called “...” by Lee.
    Agent,
    /// A name after a dash, behind the words or below them: “...” — Ann Lee.
    Signed,
    /// A subject and its verb lead in: Lee said, “...”.
    LeadIn,
    /// A verb of the sentence leads in whose subject stands further up: Lee
    /// spoke of “...”, adding, “...”.
    SharedSubject,
    /// A relative clause leads in: he met Lee, who said, “...”.
    Relative,
    /// A source leads in: according to Lee, “...”.
    SourceLeads,
    /// A colon leads in, without a verb of saying: Lee: “...”.
    Colon,
    /// The words are said to somebody, and by whom is not told: Lee was asked,
    /// “...”.
    Passive,
    /// The subject of the sentence before it in the paragraph: Lee disagreed.
    /// “...”.
    SentenceBefore,
    /// The speaker of the quotation before it in the paragraph.
    Paragraph,
    /// The speaker of a quotation that comes later in the paragraph.
    LaterInParagraph,
    /// The paragraph before leads in: Lee continued:
    LedAbove,
    /// The paragraph before ends with words of the same speaker.
    Carried,
    /// A source line of a block quote, or a lead-in to it.
    BlockQuote,
    /// A label in front of what is said in an interview: Lee: ...
    Interview,
    /// A clause in a dialogue with dashes: — ..., says Lee.
    Dialogue,
    /// None.
    Nothing,
}

impl Rule {
    /// Whether words behind the quotation tell who speaks.
    pub(super) fn is_after(self) -> bool {
        matches!(
            self,
            Self::Inverted | Self::Follows | Self::SourceFollows | Self::Agent | Self::Signed
        )
    }

    /// Whether words in front of the quotation, in its sentence, tell who
    /// speaks.
    pub(super) fn is_before(self) -> bool {
        matches!(
            self,
            Self::LeadIn
                | Self::SharedSubject
                | Self::Relative
                | Self::SourceLeads
                | Self::Colon
                | Self::Passive
        )
    }

    /// Whether the quotation has a clause of its own that tells who speaks.
    pub(super) fn is_direct(self) -> bool {
        self.is_after() || self.is_before()
    }
}

/// Attributes every quoted stretch.
pub(super) fn attribute(scene: &Scene) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::with_capacity(scene.quoted.len());
    for at in 0..scene.quoted.len() {
        let direct = after(scene, at)
            .or_else(|| signed_below(scene, at))
            .or_else(|| before(scene, at, found.last()));
        let attribution = direct.unwrap_or(Attribution::NOTHING);
        found.push(resolved(scene, attribution, &found));
    }
    // Where no clause can be read, any may name another speaker.
    let shares = scene.lang.speaks();
    for at in 0..found.len() {
        if shares && found[at].by == Rule::Nothing {
            let told = shared(scene, &found, at);
            found[at] = subjectless(scene, &found[..at], at, told);
        }
    }
    found
}

/// A pronoun becomes whom it means, or nobody.
pub(super) fn resolved(scene: &Scene, told: Attribution, earlier: &[Attribution]) -> Attribution {
    let Some(Who::Pronoun(at)) = told.who else {
        return told;
    };
    let who = described::unnamed(scene, at, earlier)
        .or_else(|| pronouns::resolve(scene, at, earlier).map(Who::Name))
        .or_else(|| described::known(scene, at, earlier));
    Attribution { who, ..told }
}

/// The words of the last sentence among `words`.
pub(super) fn last_sentence(scene: &Scene, words: &Range<usize>) -> Option<Range<usize>> {
    let last = words.clone().last()?;
    let sentence = scene.word(last).sentence;
    let start = words
        .clone()
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence)
        .last()?;
    Some(start..words.end)
}

/// Who speaks a stretch without a clause of its own: somebody of its paragraph,
/// or of the paragraph before.
fn shared(scene: &Scene, found: &[Attribution], at: usize) -> Attribution {
    let block = scene.quoted[at].block;
    let earlier = at
        .checked_sub(1)
        .filter(|before| block_at_end(scene, *before) == block);
    if let Some(before) = earlier {
        return within(scene, found, before, at);
    }
    let gap = gap_before(scene, at);
    if !gap.is_empty() {
        return if is_said_of(scene, &gap, at) {
            Attribution::NOTHING
        } else {
            indirect(scene, gap, &found[..at])
        };
    }
    // A later quotation of its paragraph that is attributed.
    let later = found[at + 1..]
        .iter()
        .zip(&scene.quoted[at + 1..])
        .take_while(|(_, next)| next.block == block)
        .find(|(told, _)| told.by.is_direct());
    match later {
        Some((told, _)) => Attribution {
            by: Rule::LaterInParagraph,
            ..*told
        },
        None => carried(scene, &found[..at], at),
    }
}

/// Whether the stretch at `at` ends a clause that says what its subject is, or
/// is called: "Lee is known as “...”". It may be anybody's words.
fn is_said_of(scene: &Scene, gap: &Range<usize>, at: usize) -> bool {
    let Some(clause) = last_sentence(scene, gap) else {
        return false;
    };
    let first = scene.ranges[at].start;
    let same = scene.word(first).sentence == scene.word(clause.start).sentence;
    let Some(subject) = first_subject(scene, clause.clone()).filter(|_| same) else {
        return false;
    };
    let verb = subject.words.end;
    clause.contains(&verb)
        && scene.is(verb, Classes::PASSIVE)
        && !scene.is(verb, Classes::PREPOSITION)
}

/// The speaker of a stretch after another one in its paragraph: the same,
/// unless somebody else is brought in between.
fn within(scene: &Scene, found: &[Attribution], before: usize, at: usize) -> Attribution {
    let gap = gap_before(scene, at);
    let told = found[before].by.is_after();
    let sentence = gap.clone().next().map(|word| scene.word(word).sentence);
    let later = gap
        .clone()
        .find(|word| told && Some(scene.word(*word).sentence) != sentence)
        .unwrap_or(if told { gap.end } else { gap.start });
    let same = Attribution {
        who: found[before].who.filter(|who| goes_on(scene, Some(*who))),
        by: Rule::Paragraph,
        cue: None,
    };
    let brought_in = indirect(scene, later..gap.end, &found[..at]);
    // "He left": the one who spoke last, unless "he" cannot be.
    let pronoun = brought_in.cue.is_some_and(|cue| is_pronoun(scene, cue));
    let may_be = || fits(scene, same.who, brought_in.who);
    if brought_in.who.is_some() && !(pronoun && may_be()) {
        brought_in
    } else {
        same
    }
}

/// Whether a speaker may say more than the words beside: a banner has no others.
pub(super) fn goes_on(scene: &Scene, who: Option<Who>) -> bool {
    let Some(Who::Described(words)) = who else {
        return true;
    };
    let end = scene
        .walk
        .words
        .partition_point(|word| word.span.start < words.end);
    end == 0 || !scene.is(end - 1, Classes::CARRIER)
}

/// Whether these words are a pronoun alone.
fn is_pronoun(scene: &Scene, words: Span) -> bool {
    let at = scene
        .walk
        .words
        .partition_point(|word| word.span.start < words.start);
    scene.word(at).span.end == words.end && scene.is(at, Classes::SUBJECT)
}

/// Whether a pronoun that was taken for `other` may be `who`, too.
fn fits(scene: &Scene, who: Option<Who>, other: Option<Who>) -> bool {
    let gender = |who: Option<Who>| match who {
        Some(Who::Name(name)) => scene.names[name].gender,
        _ => Gender::Unknown,
    };
    let (one, two) = (gender(who), gender(other));
    who.is_some() && (one == two || one == Gender::Unknown || two == Gender::Unknown)
}

/// The subject of the last sentence before a stretch: "Lee disagreed. ..."
fn indirect(scene: &Scene, words: Range<usize>, earlier: &[Attribution]) -> Attribution {
    let Some(sentence) = last_sentence(scene, &words) else {
        return Attribution::NOTHING;
    };
    let Some(phrase) = first_subject(scene, sentence.clone()) else {
        return Attribution::NOTHING;
    };
    // "A neighbor said the house was empty. “...”": who is not named must say
    // something there.
    let whole = &scene.walk.sentences[scene.word(sentence.start).sentence as usize];
    let opens = phrase.words.start == whole.words.start as usize;
    let says = opens && verb_of(scene, &phrase, sentence.end).is_some();
    let told = Attribution::told(scene, phrase.who, Rule::SentenceBefore, phrase.words);
    let told = resolved(scene, told, earlier);
    match told.who {
        Some(Who::Name(name)) if scene.names[name].kind != Kind::Place => told,
        Some(Who::Described(_)) if says => told,
        _ => Attribution::NOTHING,
    }
}
