//! What each sign of a good lead quote is worth.
//!
//! Set by hand, while reading what leads three hundred newspaper articles beside
//! the next best; no article has a rule of its own. Whoever speaks counts most,
//! then that the words can be read without the article, then what they are
//! about and how they are said.

/// The least sum with which words lead. With it a whole sentence of good length
/// by a known speaker passes wherever it stands, and one that hangs on what is
/// left out does not.
pub(super) const LEAST: f32 = 1.7;

/// The speaker: somebody by name, a lone name that may be a thing's, an
/// organization, which seldom talks plainly, "the senator", who is somebody, "a
/// man", who may be anybody, "a statement", which is nobody, and what is not
/// known to be either ("another rule").
pub(super) const PERSON: f32 = 2.0;
pub(super) const LONE: f32 = 1.7;
pub(super) const ORGANIZATION: f32 = 1.0;
pub(super) const DEFINITE: f32 = 0.8;
pub(super) const ANYBODY: f32 = 0.4;
pub(super) const PAPER: f32 = 0.1;
pub(super) const UNCLEAR: f32 = -0.2;
/// Words without a speaker are mostly samples, headings or thoughts, where a
/// clause could have told who spoke.
pub(super) const NO_SPEAKER: f32 = -1.2;
pub(super) const MAIN_SPEAKER: f32 = 0.7;
pub(super) const HEADLINE: f32 = 0.4;

/// Words without "I" or "we" that name their own speaker are mostly somebody
/// else's.
pub(super) const OWN_NAME: f32 = -1.5;

/// The last of an article's quotations: what matters most is mostly quoted
/// first.
pub(super) const LAST: f32 = -0.8;

/// Lengths that editors choose, those beside them, and all others.
pub(super) const GOOD_LENGTH: f32 = 1.0;
pub(super) const FAIR_LENGTH: f32 = 0.7;
pub(super) const POOR_LENGTH: f32 = 0.2;

/// The most that words get for what they are about and how they are said. More
/// for the topic chose what the summary says; less, what could be said anywhere.
pub(super) const TOPIC: f32 = 1.3;
pub(super) const PERSONAL: f32 = 0.9;
pub(super) const FEELING: f32 = 0.5;

/// What of the words, one in so many, gets the most: of the topic half as many,
/// since it is counted in halves.
pub(super) const MANY_TOPICS: f32 = 2.0;
pub(super) const MANY_PERSONAL: f32 = 8.0;
pub(super) const MANY_FEELINGS: f32 = 10.0;

/// Below this many words one of them is no large share.
pub(super) const FEW: f32 = 14.0;

/// If all words were long, or figures.
pub(super) const LONG_WORDS: f32 = -6.0;
pub(super) const NUMBERS: f32 = -7.0;

/// Starts: "Well, ...", "This election ...", "But ...", "We also ...".
pub(super) const FILLER: f32 = -0.3;
pub(super) const DETERMINED: f32 = -0.4;
pub(super) const JOINED: f32 = -0.8;
pub(super) const ADDING: f32 = -0.8;

/// A pronoun that means somebody: nobody is there, somebody is named after it,
/// or a noun before it may be meant.
pub(super) const NOBODY: f32 = -1.5;
pub(super) const NAMED_AFTER: f32 = -0.3;
pub(super) const BY_NOUN: f32 = -0.2;

/// "They" with nothing before it; "it" and "that" with nothing, and with
/// something. "That" mostly means all that was said, "it" often a thing just
/// named.
pub(super) const NO_THEY: f32 = -1.6;
pub(super) const NOTHING: f32 = -1.4;
pub(super) const SOME_THAT: f32 = -0.6;
pub(super) const SOME_IT: f32 = -0.3;

/// The most that pronouns cost.
pub(super) const ALL_OUTSIDE: f32 = -3.0;

/// A question before the statement; the quotation's second and third sentence
/// as the first; an end that is cut off; each patch, up to two; trailing off.
pub(super) const QUESTION: f32 = -0.6;
pub(super) const LATER: [f32; super::STARTS] = [0.0, -0.7, -1.2];
pub(super) const CUT: f32 = -0.6;
pub(super) const PATCH: f32 = -0.6;
pub(super) const TRAILING: f32 = -0.7;
