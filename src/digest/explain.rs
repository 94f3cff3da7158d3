//! Why a digest names whom it names: for somebody who asks.
//!
//! Nothing is decided here. The steps keep what they went by, and this puts it
//! into words.

use super::{
    Said,
    quotes::{Reason, Rule},
};
use crate::text::Span;

/// Why a digest has the quotations that it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// How the speaker of each of the digest's quotations is known, in their
    /// order.
    pub speakers: Vec<&'static str>,
    /// What stands between quotation marks and is no quotation, in order.
    pub rejected: Vec<Rejected>,
}

/// A stretch between quotation marks that was not taken for a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands in the digest's body, without its marks.
    pub words: Span,
    /// Why it was not taken, as the end of a sentence that starts with it.
    pub why: &'static str,
}

/// Explains what is said in an article.
pub(super) fn explain(said: &Said) -> Explanation {
    let rejected = said.rejected.iter();
    Explanation {
        speakers: said
            .found
            .iter()
            .map(|found| known_by(found.rule))
            .collect(),
        rejected: rejected
            .map(|(words, reason)| Rejected {
                words: *words,
                why: no_quotation(*reason),
            })
            .collect(),
    }
}

/// How a rule knows a speaker.
fn known_by(rule: Rule) -> &'static str {
    match rule {
        Rule::After => "told by the words after it",
        Rule::Before => "told by the words that lead in to it",
        Rule::Paragraph => "told by the rest of its paragraph",
        Rule::Carried => "carried over from the paragraph before",
        Rule::Nothing => "told nowhere",
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
        Reason::Untold => "is a few words that nobody is told to have said",
    }
}
