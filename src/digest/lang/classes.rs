//! Classes of words: what the sections of a data file say of the words in them.

/// What a language's data says of a word, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::digest) struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $at:literal, $section:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(in crate::digest) const $name: Classes = Classes(1 << $at);)*

            /// The class that a section of a data file is about.
            pub(super) fn named(section: &str) -> Option<Classes> {
                match section {
                    $($section => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Words that say nothing of what a text is about.
    STOP = 0, "stop";
    /// Words that start sentences and are hardly ever part of a name.
    STARTER = 1, "starter";
    /// Abbreviations before a name: no sentence ends after them.
    TITLE = 2, "title";
    /// Abbreviations that may end a sentence.
    ABBREVIATION = 3, "abbreviation";
    /// Abbreviations that belong to the number after them ("No. 5").
    NUMBERED = 4, "numbered";
    /// Prepositions.
    PREPOSITION = 5, "preposition";
    /// Personal and possessive pronouns of the third person, and
    /// demonstratives: what needs an antecedent.
    PRONOUN = 6, "pronoun";
    /// Verbs of saying, as they stand in an attribution.
    SPEECH = 7, "speech";
    /// Months, in full and short.
    MONTH = 8, "month";
    /// Days of the week, in full and short.
    DAY = 9, "day";
    /// Verbs in their finite forms, and other words that end a noun phrase.
    VERB = 10, "verb";
    /// Adverbs and other words that are in no noun phrase.
    ADVERB = 11, "adverb";
    /// Adjectives, which may start a noun phrase but not end one.
    ADJECTIVE = 12, "adjective";
    /// Nouns too general to be a topic on their own.
    GENERIC = 13, "generic";
    /// Articles and other determiners.
    DETERMINER = 14, "determiner";
    /// Words that join a sentence to the one before.
    CONNECTIVE = 15, "connective";
    /// Numbers in words.
    NUMERAL = 16, "numeral";
    /// Clock times and the like after a number ("a.m.").
    TIME = 17, "time";
    /// Academic degrees, which follow a name and may end a sentence.
    DEGREE = 18, "degree";
    /// Words that make a name an organization's.
    ORGANIZATION = 19, "organization";
    /// Offices and professions in front of a name.
    ROLE = 20, "role";
    /// Titles as they are abbreviated; they are titles as well.
    SHORT_TITLE = 21, "title-abbreviation";
    /// Prepositions that a place follows, and a person hardly ever.
    LOCATIVE = 22, "locative";
    /// Verbs whose object is whoever is spoken to ("told").
    TELL = 23, "tell";
    /// Words that make a number a rough one ("about").
    ROUGH = 24, "rough";
    /// Verbs of saying as participles, which follow their subject and never
    /// stand before it ("adding").
    PARTICIPLE = 25, "participle";
    /// What makes a verb passive: its auxiliaries, and the preposition of who
    /// acts ("was", "by").
    PASSIVE = 26, "passive";
    /// Words that open a clause beside the main one ("when").
    SUBORDINATE = 27, "subordinate";
    /// Verbs that call somebody or something what stands in quotation marks
    /// ("she called it").
    NAMING = 28, "naming";
    /// Words for what is shouted, sung or written, however few words that is
    /// ("chants of").
    UTTERED = 29, "uttered";
    /// Pronouns that mean nobody beside a verb of saying ("heißt es in").
    IMPERSONAL = 30, "impersonal";
    /// Determiners and pronouns in a case that no subject is in ("dem").
    OBLIQUE = 31, "oblique";
    /// Pronouns for a man.
    HE = 32, "he";
    /// Pronouns for a woman.
    SHE = 33, "she";
    /// Pronouns for several people, and for those whose sex is not told.
    THEY = 34, "they";
    /// Pronouns that can be who speaks.
    SUBJECT = 35, "subject";
    /// Titles of a man.
    MALE_TITLE = 36, "male-title";
    /// Titles of a woman.
    FEMALE_TITLE = 37, "female-title";
    /// First names of men.
    MALE_NAME = 38, "male-name";
    /// First names of women.
    FEMALE_NAME = 39, "female-name";
    /// People told by what they are or do ("a spokesman").
    PERSON = 40, "person";
    /// Auxiliaries, which stand between a speaker and the verb.
    AUXILIARY = 41, "auxiliary";
    /// Words that name who speaks and are no verb ("according to").
    SOURCE = 42, "source";
    /// Relative pronouns.
    RELATIVE = 43, "relative";
    /// Short words inside a surname ("van").
    PARTICLE = 44, "particle";
    /// Words that join a title or a name to what it is of ("of").
    LINK = 45, "link";
    /// Words that introduce what somebody says ("that").
    THAT = 46, "that";
    /// Words that call what stands in quotation marks a name or a title.
    CALLED = 47, "called";
    /// Words that join two names or verbs.
    AND = 48, "and";
    /// Words that point out of a quotation, so that it does not stand alone.
    OPEN = 49, "open";
    /// The first person: a quotation's personal tone.
    FIRST = 50, "first";
    /// Articles of what is known already ("the").
    DEFINITE = 51, "definite";
    /// Things that words are written on ("banner").
    CARRIER = 52, "carrier";
    /// Words that bring in examples: "words like".
    EXAMPLE = 53, "example";
    /// Labels of whoever asks in an interview ("Q").
    QUESTIONER = 55, "questioner";
    /// What whoever is asked is called: as a label ("A"), and by the question
    /// ("you").
    ANSWERER = 56, "answerer";
    /// Words that tell of an interview ("spoke").
    INTERVIEW = 57, "interview";
    /// The second person, spoken to.
    SECOND = 58, "second";
    /// Words of feeling and of contrast, which plain talk is full of.
    FEELING = 59, "feeling";
    /// Words that join a sentence to the one before and can be left out
    /// ("but", "and").
    JOINING = 60, "joining";
    /// Verbs whose forms are hardly ever nouns.
    ACTION = 61, "action";
    /// Further nouns for who may speak, people and papers, of which many are
    /// topics as well.
    SPEAKER = 62, "speaker";
}

impl Classes {
    /// Words that, or whose stem, a phrase in one of the tables starts with. No
    /// section has them: they are told from the phrases.
    pub(in crate::digest) const HEAD: Classes = Classes(1 << 63);

    /// Words that a stock phrase starts with; no section has them either.
    pub(in crate::digest) const STOCK: Classes = Classes(1 << 54);

    /// What a stem tells of a word where names are inflected.
    pub(in crate::digest) const OF_STEM: Classes = Classes(
        Self::GENERIC.0
            | Self::PERSON.0
            | Self::ROLE.0
            | Self::MALE_NAME.0
            | Self::FEMALE_NAME.0
            | Self::ORGANIZATION.0,
    );

    /// Whether the data says nothing of what word it is. Many surnames are verbs as
    /// well.
    pub(in crate::digest) fn is_none(self) -> bool {
        self.0 & !(Self::HEAD.0 | Self::STOCK.0 | Self::ACTION.0) == 0
    }

    /// Whether any class of `other` is among these.
    pub(in crate::digest) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Those among these that are of `other`.
    pub(in crate::digest) const fn only(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// Both sets together.
    pub(in crate::digest) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}
