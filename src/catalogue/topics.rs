//! Which topic of the registry is it that an article mentions?
//!
//! Pure: a mention is what an article calls a topic; here is told by which of
//! its forms it may be known, and which of the registered topics that have such
//! a form it is. What is not certain is another topic: two that are one can be
//! merged, but one that is two cannot be told apart again.

use crate::entry::{Topic, TopicKind};
use serde::{Deserialize, Serialize};

/// A topic of the registry. It is given once and never to another; the same
/// records give the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicId(pub i64);

/// What the owner decides about topics. It holds for the articles that are
/// there and for those to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TopicDecision {
    /// It has this label from now on. Articles that use the old one still mean
    /// it.
    Rename {
        /// Which topic.
        topic: TopicId,
        /// Its new label.
        label: String,
    },
    /// These topics are this one.
    Merge {
        /// Those that end.
        from: Vec<TopicId>,
        /// The one that stays.
        into: TopicId,
    },
    /// No entry shows it.
    Ban {
        /// Which topic.
        topic: TopicId,
    },
    /// Entries show it again.
    Allow {
        /// Which topic.
        topic: TopicId,
    },
}

/// Topics of two families are never one, although they have a form in common:
/// "Amazon" is a company and a river.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Concepts, and what may be of any other family.
    Open = 0,
    Person = 1,
    Organization = 2,
    Place = 3,
    /// Not one: the form is a slug, and means no topic any more.
    Slug = 4,
}

impl Family {
    pub(super) fn of(kind: TopicKind) -> Self {
        match kind {
            TopicKind::Person => Self::Person,
            TopicKind::Organization => Self::Organization,
            TopicKind::Place => Self::Place,
            TopicKind::Concept | TopicKind::Other => Self::Open,
        }
    }

    /// Whether topics of the two may be one.
    pub(super) fn may_be(self, other: Self) -> bool {
        other != Self::Slug && (self == other || self == Self::Open || other == Self::Open)
    }
}

/// What an article calls a topic, taken apart.
#[derive(Debug)]
pub(super) struct Mention<'t> {
    pub(super) topic: &'t Topic,
    /// Its label, folded.
    pub(super) label: String,
    /// The other forms that mean it anywhere, folded and as they are written.
    pub(super) forms: Vec<(String, &'t str)>,
}

impl<'t> Mention<'t> {
    pub(super) fn of(topic: &'t Topic) -> Self {
        let label = Topic::folded(&topic.label);
        let mut forms: Vec<(String, &str)> = Vec::new();
        for written in &topic.forms {
            let form = Topic::folded(written);
            let new = form != label && forms.iter().all(|(other, _)| *other != form);
            if new && is_certain(&form, &label, topic.kind) {
                forms.push((form, written));
            }
        }
        Self {
            topic,
            label,
            forms,
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.topic.kind == TopicKind::Person
    }

    /// The registered topic that has the label for a form; `rows` are all that
    /// have.
    pub(super) fn by_label(&self, rows: &[(Family, TopicId)]) -> Option<(Family, TopicId)> {
        use Family::{Open, Organization, Person, Place};
        let order: &[Family] = match self.topic.kind {
            TopicKind::Person => &[Person, Open],
            TopicKind::Organization => &[Organization, Open],
            TopicKind::Place => &[Place, Open],
            TopicKind::Concept => &[Open, Organization, Place],
            TopicKind::Other => &[Open, Organization, Place, Person],
        };
        first(order, rows)
    }

    /// The registered topic that has one of its other forms. A form tells less
    /// than a label, so more has to agree.
    pub(super) fn by_form(&self, rows: &[(Family, TopicId)]) -> Option<TopicId> {
        use Family::{Open, Organization, Person, Place};
        let order: &[Family] = match self.topic.kind {
            TopicKind::Person => &[Person],
            TopicKind::Organization => &[Organization, Open],
            TopicKind::Place => &[Place, Open],
            TopicKind::Concept => &[Open],
            TopicKind::Other => &[Open, Organization, Place],
        };
        first(order, rows).map(|(_, topic)| topic)
    }

    /// Whether the label with an "s" more or less is its other number, as with
    /// English nouns.
    pub(super) fn has_other_number(&self, language: Option<&str>) -> bool {
        /// "Gas" is no plural of "ga".
        const SHORTEST: usize = 4;
        let english = language.is_some_and(|tag| tag == "en" || tag.starts_with("en-"));
        if !english || self.topic.kind != TopicKind::Concept || self.label.len() < SHORTEST {
            return false;
        }
        // "Congress", "virus" and "crisis" are no plurals either.
        !self.label.ends_with("ss") && !self.label.ends_with("us") && !self.label.ends_with("is")
    }

    /// A person's first and last name, if both are told.
    pub(super) fn ends(&self) -> Option<(String, String)> {
        let words = words(&self.topic.label);
        let (first, rest) = words.split_first()?;
        Some((first.clone(), rest.last()?.clone()))
    }

    /// The names besides its label that a person may be mentioned by, if
    /// nobody else has them.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = names(&self.topic.label);
        let surname = names.first().cloned();
        // A name that the article pairs with this one: "Pelé". A first name
        // alone is somebody else's as well, unless it is the family's, as in
        // "Xi Jinping": then the article has no other.
        let given = words(&self.topic.label).into_iter().next();
        let forms = self.topic.forms.iter();
        let paired = forms.filter(|form| form.split_whitespace().nth(1).is_none());
        let paired: Vec<String> = paired.map(|form| Topic::folded(form)).collect();
        let called_by_surname = surname.is_none_or(|surname| paired.contains(&surname));
        for name in paired {
            let first = Some(&name) == given.as_ref();
            if !(first && called_by_surname || name == self.label || names.contains(&name)) {
                names.push(name);
            }
        }
        names
    }
}

fn first(order: &[Family], rows: &[(Family, TopicId)]) -> Option<(Family, TopicId)> {
    let of = |family: &Family| rows.iter().find(|(other, _)| other == family);
    order.iter().find_map(of).copied()
}

/// Whether a form means this topic in any article, not only in one that pairs
/// the two. "Bank" is not always the World Bank, nor "PA" one authority.
pub(super) fn is_certain(form: &str, label: &str, kind: TopicKind) -> bool {
    if form == label {
        return false;
    }
    let within = |word: &str| label.split(' ').any(|other| other == word);
    if kind == TopicKind::Person {
        // "President Lee" is whoever is in office; what tells is a name with
        // the same ends or with no word in common.
        let same_ends = label.contains(' ')
            && form.split(' ').next() == label.split(' ').next()
            && form.rsplit(' ').next() == label.rsplit(' ').next();
        return form.contains(' ') && (same_ends || !form.split(' ').any(within));
    }
    let short = form.chars().count() <= 2;
    !short && (form.contains(' ') || !within(form))
}

/// The words of a name, folded. A hyphen parts none: "Newton-John" is nobody
/// called John.
fn words(name: &str) -> Vec<String> {
    name.split_whitespace().map(Topic::folded).collect()
}

/// What somebody with a name of several words may be called, the last word
/// first: "marlow" for "Judith Marlow", "judith marlow" for "Judith P.
/// Marlow", "von der leyen" for "Ursula von der Leyen".
pub(super) fn names(name: &str) -> Vec<String> {
    let words = words(name);
    let [first, middle @ .., last] = &words[..] else {
        return Vec::new();
    };
    let mut names = vec![last.clone()];
    if !middle.is_empty() {
        names.push(format!("{first} {last}"));
    }
    // What is in lower case belongs to the last name.
    let particle = name.split_whitespace().nth(1);
    if !middle.is_empty() && particle.is_some_and(|word| word.starts_with(char::is_lowercase)) {
        names.push(words[1..].join(" "));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(label: &str, kind: TopicKind, forms: &[&str]) -> Topic {
        Topic {
            label: label.to_owned(),
            kind,
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
        }
    }

    fn forms(label: &str, kind: TopicKind, forms: &[&str]) -> Vec<String> {
        let topic = topic(label, kind, forms);
        let mention = Mention::of(&topic);
        mention.forms.into_iter().map(|(form, _)| form).collect()
    }

    #[test]
    fn short_forms_tell_only_in_the_article_that_pairs_them() {
        use TopicKind::{Organization, Person};
        let given = ["Bank", "IBRD", "WB", "World Bank Group", "world bank"];
        assert_eq!(
            forms("World Bank", Organization, &given),
            ["ibrd", "world bank group"]
        );
        let given = [
            "Lindqvist",
            "Mayor Lindqvist",
            "Ada M. Lindqvist",
            "Iron Duchess",
        ];
        assert_eq!(
            forms("Ada Lindqvist", Person, &given),
            ["ada m lindqvist", "iron duchess"]
        );
    }

    #[test]
    fn a_person_is_known_by_what_is_left_of_the_name() {
        use TopicKind::Person;
        let names = |label, forms: &[&str]| Mention::of(&topic(label, Person, forms)).names();
        assert_eq!(names("Ada Lindqvist", &["Ada", "Lindqvist"]), ["lindqvist"]);
        assert_eq!(
            names("Ada Maria Lindqvist", &[]),
            ["lindqvist", "ada lindqvist"]
        );
        assert_eq!(
            names("Ines van der Falk", &[]),
            ["falk", "ines falk", "van der falk"]
        );
        assert_eq!(names("Ida Berg-Holm", &["Berg-Holm"]), ["berg holm"]);
        assert_eq!(names("Mo Jintao", &["Mo"]), ["jintao", "mo"]);
        assert_eq!(
            names("Edo Arantes", &["Arantes", "Zizo"]),
            ["arantes", "zizo"]
        );
        assert_eq!(names("Lindqvist", &[]), [""; 0]);
    }

    #[test]
    fn kinds_have_to_agree_and_more_so_for_a_form() {
        use Family::{Open, Organization, Person, Place};
        let join = |kind, rows: &[(Family, TopicId)]| {
            let topic = topic("Amazon", kind, &[]);
            let mention = Mention::of(&topic);
            let by_label = mention.by_label(rows).map(|(_, topic)| topic);
            let number = |topic: Option<TopicId>| topic.map(|TopicId(number)| number);
            (number(by_label), number(mention.by_form(rows)))
        };
        let all = [
            (Person, TopicId(1)),
            (Organization, TopicId(2)),
            (Place, TopicId(3)),
        ];
        assert_eq!(join(TopicKind::Place, &all), (Some(3), Some(3)));
        assert_eq!(join(TopicKind::Person, &all[1..]), (None, None));
        assert_eq!(join(TopicKind::Organization, &all[2..]), (None, None));
        assert_eq!(join(TopicKind::Other, &all[..1]), (Some(1), None));
        assert_eq!(join(TopicKind::Other, &all[1..]), (Some(2), Some(2)));
        assert_eq!(join(TopicKind::Concept, &all), (Some(2), None));
        assert_eq!(
            join(TopicKind::Person, &[(Open, TopicId(4))]),
            (Some(4), None)
        );
    }

    #[test]
    fn only_english_concepts_have_a_plural_in_s() {
        use TopicKind::{Concept, Organization};
        let other = |label, kind, language| {
            let topic = topic(label, kind, &[]);
            Mention::of(&topic).has_other_number(language)
        };
        let english = |label| other(label, Concept, Some("en-GB"));
        assert!(english("Heat pumps") && english("Heat pump"));
        for label in ["Virus", "Press", "Crisis", "Gas"] {
            assert!(!english(label), "{label}");
        }
        assert!(!other("Heat pumps", Concept, Some("de")));
        assert!(!other("Heat pumps", Organization, Some("en")));
    }
}
