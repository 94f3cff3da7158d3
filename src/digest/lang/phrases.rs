//! Wordings of several words, as data: what furniture, bylines, bios and dates
//! are worded like.

use super::Language;

/// A list of wordings. Each stands on its own line of its section, in lower
/// case, without signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Phrases {
    /// Lines that are a page's furniture ("show more").
    FurnitureLine,
    /// Starts of such lines ("read more").
    FurnitureStart,
    /// Wordings that a line of furniture holds ("ad blocker").
    FurniturePart,
    /// Wordings that tell a notice to readers however long it is ("using an ad
    /// blocker").
    FurnitureNotice,
    /// Wordings of the foot of a mail that is sent to many ("unsubscribe").
    MailFoot,
    /// Words that menus consist of, several a line ("login newsletters").
    MenuWord,
    /// Lines above a list of other stories ("most read").
    ListLabel,
    /// Openings of a byline ("by").
    Byline,
    /// What follows the name where a bio introduces an author ("is a").
    BioStart,
    /// The trades of authors ("reporter").
    BioTrade,
    /// Words in a picture's credit ("photo").
    Credit,
    /// What stands before the name of who took a picture ("photo by").
    CreditCue,
    /// Agencies that pictures come from ("getty images").
    Agency,
    /// The months in order, each with its short forms on one line.
    Months,
}

/// By section of a data file.
const ALL: [(&str, Phrases); 14] = [
    ("furniture-line", Phrases::FurnitureLine),
    ("furniture-start", Phrases::FurnitureStart),
    ("furniture-part", Phrases::FurniturePart),
    ("furniture-notice", Phrases::FurnitureNotice),
    ("mail-foot", Phrases::MailFoot),
    ("menu-word", Phrases::MenuWord),
    ("list-label", Phrases::ListLabel),
    ("byline", Phrases::Byline),
    ("bio-start", Phrases::BioStart),
    ("bio-trade", Phrases::BioTrade),
    ("credit", Phrases::Credit),
    ("credit-cue", Phrases::CreditCue),
    ("agency", Phrases::Agency),
    ("months-in-order", Phrases::Months),
];

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lists([Vec<&'static str>; ALL.len()]);

impl Phrases {
    /// The list that a section of a data file fills.
    pub(super) fn named(section: &str) -> Option<Phrases> {
        let found = ALL.iter().find(|(name, _)| *name == section);
        found.map(|(_, list)| *list)
    }
}

impl Lists {
    pub(super) fn add(&mut self, list: Phrases, line: &'static str) {
        let line = line.trim();
        if list == Phrases::MenuWord {
            self.0[list as usize].extend(line.split(' ').filter(|word| !word.is_empty()));
        } else if !line.is_empty() {
            self.0[list as usize].push(line);
        }
    }

    /// In order, so that a list can be searched; the months keep theirs.
    pub(super) fn sorted(mut self) -> Self {
        for (_, list) in ALL.iter().filter(|(_, list)| *list != Phrases::Months) {
            self.0[*list as usize].sort_unstable();
        }
        self
    }
}

impl Language {
    /// The wordings in a list, sorted.
    pub(in crate::digest) fn phrases(&self, list: Phrases) -> &[&'static str] {
        &self.phrases.0[list as usize]
    }

    /// The number of the month with this name, in lower case and without a
    /// full stop.
    pub(in crate::digest) fn month(&self, name: &str) -> Option<i8> {
        let named = |line: &&str| line.split(' ').any(|form| form == name);
        let at = self.phrases(Phrases::Months).iter().position(named);
        i8::try_from(at? + 1).ok()
    }
}
