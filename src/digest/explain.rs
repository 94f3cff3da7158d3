//! Why a digest names whom it names: for somebody who asks.
//!
//! Nothing is decided here. The steps keep what they went by, and this puts it
//! into words.

use super::{
    Said,
    lead::Weighed,
    quotes::{Reason, Rule},
};
use crate::text::Span;

/// Why a digest has the quotations and the lead quote that it has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// How the speaker of each of the digest's quotations is known, in their
    /// order.
    pub speakers: Vec<Known>,
    /// What stands between quotation marks and is no quotation, in order.
    pub rejected: Vec<Rejected>,
    /// Everything that was weighed to lead, in order.
    pub leads: Vec<Weighed>,
}

/// What tells the speaker of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// What kind of evidence it is.
    pub by: &'static str,
    /// The words of the digest's body that are the evidence. None where the
    /// speaker is taken over from another quotation, or not told.
    pub cue: Option<Span>,
}

/// A stretch between quotation marks that was not taken for a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands in the digest's body, without its marks.
    pub words: Span,
    /// Why it was not taken, as the end of a sentence that starts with it.
    pub why: &'static str,
}

impl Explanation {
    /// Takes what is known of what is said in an article.
    pub(super) fn take(&mut self, said: &Said) {
        let known = said.found.iter().map(|found| Known {
            by: known_by(found.rule),
            cue: found.cue,
        });
        let rejected = said.rejected.iter().map(|(words, reason)| Rejected {
            words: *words,
            why: no_quotation(*reason),
        });
        self.speakers = known.collect();
        self.rejected = rejected.collect();
    }
}

/// How a rule knows a speaker.
fn known_by(rule: Rule) -> &'static str {
    match rule {
        Rule::Inverted | Rule::Follows => "the words after it",
        Rule::SourceFollows => "the source named after it",
        Rule::Agent => "who acts, named after it",
        Rule::Signed => "the name that signs it",
        Rule::LeadIn => "the words that lead in to it",
        Rule::SharedSubject => "a verb that shares its subject with another before it",
        Rule::Relative => "the clause about somebody that leads in to it",
        Rule::SourceLeads => "the source named before it",
        Rule::Colon => "the name before the colon",
        Rule::Passive => "nobody: they were said to somebody",
        Rule::SentenceBefore => "the subject of the sentence before it",
        Rule::Paragraph => "the quotation before it in its paragraph",
        Rule::LaterInParagraph => "a later quotation of its paragraph",
        Rule::LedAbove => "the paragraph above, which leads in to it",
        Rule::Carried => "the paragraph above, which ends with words of the same speaker",
        Rule::BlockQuote => "the source of the block quote, or the words that lead in to it",
        Rule::Interview => "the label in front of it",
        Rule::Dialogue => "the words set apart in it",
        Rule::Nothing => "nothing",
    }
}

/// Why a stretch is no quotation.
fn no_quotation(reason: Reason) -> &'static str {
    match reason {
        Reason::Attribute => "is a value in markup or code",
        Reason::NoWords => "has no words",
        Reason::Title => "is a title or a name, by its capitals",
        Reason::Named => "is called a name, a title or a term by the words before it",
        Reason::SingleWord => "is a single word",
        Reason::Speaker => "is a name that the sentence makes its speaker",
        Reason::Label => "is a label of the noun behind it",
        Reason::Example => "is an example",
        Reason::Supposed => "is what somebody may say or ask",
        Reason::Untold => "is a few words that nobody is told to have said",
    }
}
