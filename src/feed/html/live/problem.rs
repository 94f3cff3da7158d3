//! What is shown where there is nothing to show, and the way on from there.

use super::{
    Question, Visit,
    form::Form,
    shell::{self, Shell},
    words::push_way,
};
use crate::feed::html::text::push_element;

/// Why there is nothing to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// 404: nothing was ever there.
    Unknown,
    /// 410: an entry that was withdrawn.
    Withdrawn,
    /// 429: somebody asks too often.
    TooMany,
    /// 500: a fault of the program.
    Fault,
    /// 503: the catalogue is not open just now.
    Busy,
}

impl Problem {
    /// In words: what it is, and what can be done.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown => (
                "There is nothing here",
                "The address may be mistyped, or have a letter too few. What was ever here can be \
                 searched for above.",
            ),
            Self::Withdrawn => (
                "This entry was withdrawn",
                "Its article was taken out of the folder that it came from. It is in no feed any \
                 more, and its address is not used again.",
            ),
            Self::TooMany => (
                "Too many requests",
                "Whoever uses this address asks more often than can be answered. Wait a moment, \
                 and try again.",
            ),
            Self::Fault => (
                "This page cannot be shown",
                "That is a fault in the program; its log says more. The feeds are not affected.",
            ),
            Self::Busy => (
                "Not at this moment",
                "The catalogue is being opened. Try again in a few seconds.",
            ),
        }
    }
}

/// The page that says so.
#[must_use]
pub fn problem(visit: Visit, problem: Problem) -> Vec<u8> {
    let (title, words) = problem.told();
    let shell = Shell {
        visit,
        title: Some(title.into()),
        description: "",
        list: None,
        more: "",
        skip_to: "what happened",
        form: Form {
            question: &Question::default(),
            choices: None,
        },
        indexed: false,
    };
    let mut out = shell.before();
    out.push_str("<div class=\"name\">\n");
    push_element(&mut out, "h1", title);
    push_element(&mut out, "p class=\"about\"", words);
    out.push_str("</div>\n<nav class=\"pages\" aria-label=\"Ways on\">");
    push_way(&mut out, "./", "", "Newest entries");
    out.push_str("</nav>\n");
    out.push_str(shell::AFTER);
    out.into_bytes()
}
