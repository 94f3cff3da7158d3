//! Wordings of several words, as data: what furniture, bylines, bios and dates
//! are worded like.

use super::LANGUAGES;
use std::sync::LazyLock;

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
    /// Days of the week, several a line.
    Days,
    /// What is in no topic where words are not parted by spaces ("的").
    FunctionPart,
    /// The same in Japanese, whose words share their letters with Chinese.
    JapanesePart,
    /// Words that hold one of those and are none themselves ("目的").
    KeptPart,
    /// Numbers written in such a script, by their letters.
    NumeralPart,
    /// What counts after a number there ("年").
    CounterPart,
    /// What joins a clause to the one before where no mark ends a sentence.
    ClausePart,
    /// What is written onto the end of a word that it is no part of ("은").
    Particle,
}

/// By section of a data file.
const ALL: [(&str, Phrases); 22] = [
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
    ("day", Phrases::Days),
    ("function-part", Phrases::FunctionPart),
    ("japanese-part", Phrases::JapanesePart),
    ("kept-part", Phrases::KeptPart),
    ("numeral-part", Phrases::NumeralPart),
    ("counter-part", Phrases::CounterPart),
    ("clause-part", Phrases::ClausePart),
    ("particle-part", Phrases::Particle),
];

/// The lists of one language. They are read apart from its words, which take
/// much longer.
#[derive(Debug, Default)]
pub(in crate::digest) struct Lists([Vec<&'static str>; ALL.len()]);

/// The lists of all languages with data.
pub(in crate::digest) fn lists() -> &'static [Lists] {
    static ALL: LazyLock<Vec<Lists>> = LazyLock::new(|| {
        let data = LANGUAGES.iter().map(|(_, data)| *data);
        data.map(Lists::parse).collect()
    });
    &ALL
}

impl Phrases {
    /// The list that a section of a data file fills.
    pub(super) fn named(section: &str) -> Option<Phrases> {
        let found = ALL.iter().find(|(name, _)| *name == section);
        found.map(|(_, list)| *list)
    }
}

impl Lists {
    fn parse(data: &'static str) -> Self {
        let mut lists = Self::default();
        let mut list = None;
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                list = Phrases::named(section);
            } else if let Some(list) = list {
                lists.add(list, line.trim());
            }
        }
        // In order, so that a list can be searched; the months keep theirs.
        for (_, list) in ALL.iter().filter(|(_, list)| *list != Phrases::Months) {
            lists.0[*list as usize].sort_unstable();
        }
        lists
    }

    fn add(&mut self, list: Phrases, line: &'static str) {
        let words = matches!(
            list,
            Phrases::MenuWord
                | Phrases::Days
                | Phrases::FunctionPart
                | Phrases::JapanesePart
                | Phrases::KeptPart
                | Phrases::NumeralPart
                | Phrases::CounterPart
                | Phrases::ClausePart
                | Phrases::Particle
        );
        if words {
            self.0[list as usize].extend(line.split(' ').filter(|word| !word.is_empty()));
        } else if !line.is_empty() {
            self.0[list as usize].push(line);
        }
    }

    /// The wordings in a list, sorted.
    pub(in crate::digest) fn phrases(&self, list: Phrases) -> &[&'static str] {
        &self.0[list as usize]
    }

    /// Whether a word, in lower case and without a full stop, is the name of a
    /// month or of a day of the week.
    pub(in crate::digest) fn dates(&self, word: &str) -> bool {
        let named = |line: &&str| line.split(' ').any(|form| form == word);
        self.phrases(Phrases::Months).iter().any(named)
            || self.phrases(Phrases::Days).binary_search(&word).is_ok()
    }
}
