//! What the owner says about topics: other names, none at all, always when.
//!
//! Rules of the configuration, so that they hold for articles to come; what is
//! decided about single topics stands in the catalogue.

use crate::entry::{Topic, TopicKind};
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The owner's rules. Topics and phrases are compared without case and
/// punctuation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// By a folded label, what is shown in its place.
    alias: BTreeMap<String, String>,
    /// Folded labels that are no topic.
    never: BTreeSet<String>,
    /// Phrases, folded, and the topic of articles that have them.
    always_if: Vec<(String, String)>,
}

impl Rules {
    /// What `form` names shall be called `label`. Returns what it is called
    /// already, if that is something else.
    pub fn alias(&mut self, form: &str, label: &str) -> Option<String> {
        let before = self.alias.insert(Topic::folded(form), label.to_owned());
        before.filter(|before| before != label)
    }

    /// What articles say, folded, and what is shown in its place.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.alias.iter().map(|(form, label)| (&**form, &**label))
    }

    /// This shall be no topic.
    pub fn never(&mut self, topic: &str) {
        self.never.insert(Topic::folded(topic));
    }

    /// An article that has this phrase shall have this topic.
    pub fn always_if(&mut self, phrase: &str, topic: &str) {
        self.always_if.push((folded(phrase), topic.to_owned()));
    }

    /// Whether the names for this one lead back to it.
    #[must_use]
    pub fn is_circle(&self, form: &str) -> bool {
        let mut label = Topic::folded(form);
        for _ in 0..=self.alias.len() {
            match self.alias.get(&label) {
                // A label may be written otherwise than the form.
                Some(next) if Topic::folded(next) == label => return false,
                Some(next) => label = Topic::folded(next),
                None => return false,
            }
        }
        true
    }

    /// What a topic is called, if that is another topic's name.
    #[must_use]
    pub fn other_label<'l>(&'l self, topic: &'l str) -> Option<&'l str> {
        let label = self.label(topic);
        (Topic::folded(label) != Topic::folded(topic)).then_some(label)
    }

    /// Whether this is no topic, whatever it is called.
    #[must_use]
    pub fn is_never(&self, topic: &str) -> bool {
        self.never.contains(&Topic::folded(self.label(topic)))
    }

    /// How many more topics there have to be for those that never are any.
    pub(in crate::digest) fn spare(&self) -> usize {
        self.never.len()
    }

    /// The topics that an article has whatever its words weigh: those that it
    /// states, and those that the owner gives to articles with a phrase. Of
    /// `room`, the latter get what they need.
    pub(in crate::digest) fn stated(
        &self,
        stated: Vec<String>,
        texts: [&str; 2],
        room: usize,
    ) -> Vec<String> {
        if *self == Self::default() {
            return stated;
        }
        let mut topics: Vec<String> = Vec::new();
        let add = |topic: &str, topics: &mut Vec<String>| {
            let label = self.label(topic);
            let form = Topic::folded(label);
            let is_new = |other: &String| Topic::folded(other) != form;
            if !self.never.contains(&form) && topics.iter().all(is_new) {
                topics.push(label.to_owned());
            }
        };
        for topic in &stated {
            add(topic, &mut topics);
        }
        let own = topics.len();
        if !self.always_if.is_empty() {
            let text = folded(texts[0]) + "\n" + &folded(texts[1]);
            for (phrase, topic) in &self.always_if {
                if has(&text, phrase) {
                    add(topic, &mut topics);
                }
            }
        }
        let given = topics.len() - own;
        topics[own.min(room.saturating_sub(given))..].rotate_right(given);
        topics
    }

    /// At most `most` of these topics, under the owner's names for them.
    pub(in crate::digest) fn apply(&self, topics: Vec<Topic>, most: usize) -> Vec<Topic> {
        if *self == Self::default() {
            return topics;
        }
        let mut kept: Vec<(String, Topic)> = Vec::with_capacity(most);
        for mut topic in topics {
            let never = sure_forms(&topic).any(|form| self.never.contains(&Topic::folded(form)));
            let label = self.label_of(&topic).to_owned();
            if label != topic.label {
                topic.label = label;
                // The owner's name is not to be led back, by a form that
                // other articles pair with the old one.
                topic.forms.clear();
            }
            let form = Topic::folded(&topic.label);
            let is_new = kept.iter().all(|(other, _)| *other != form);
            if kept.len() < most && is_new && !never && !self.never.contains(&form) {
                kept.push((form, topic));
            }
        }
        kept.into_iter().map(|(_, topic)| topic).collect()
    }

    /// What a topic of an article is called after all.
    fn label_of<'l>(&'l self, topic: &'l Topic) -> &'l str {
        let label = self.label(&topic.label);
        if label != topic.label {
            return label;
        }
        sure_forms(topic)
            .find_map(|form| self.other_label(form))
            .unwrap_or(label)
    }

    /// What a topic is called after all.
    fn label<'l>(&'l self, topic: &'l str) -> &'l str {
        let mut label = topic;
        // As often as there are names: those that go round do not end.
        for _ in 0..self.alias.len() {
            match self.alias.get(&Topic::folded(label)) {
                Some(next) if next != label => label = next,
                _ => break,
            }
        }
        label
    }
}

/// The other forms of a topic that mean it in any article, so that the owner
/// may name it by them: "Lee" is not always the same person, and "the Bank" not
/// always the same bank.
fn sure_forms(topic: &Topic) -> impl Iterator<Item = &str> {
    let label = Topic::folded(&topic.label);
    let is_part = move |form: &str| label.split(' ').any(|word| word == Topic::folded(form));
    let forms = topic.forms.iter().map(String::as_str);
    forms.filter(move |form| topic.kind != TopicKind::Person && !is_part(form))
}

/// The words of a text in lower case, a space between them, and a line's end
/// where no phrase goes on: at the end of a sentence or clause.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.nfkc().flat_map(char::to_lowercase).peekable();
    // Letters of the word, whether it has a period inside, what follows it.
    let (mut letters, mut dotted, mut between) = (0, false, None);
    while let Some(c) = chars.next() {
        let goes_on = chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            c if c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '+' | '#') => {
                if let Some(gap) = between.take().filter(|_| !out.is_empty()) {
                    out.push(gap);
                    (letters, dotted) = (0, false);
                }
                out.push(c);
                letters += 1;
            }
            '.' if goes_on => dotted = letters > 0,
            // "St. Louis" and "U.S. troops" go on.
            '.' if letters > 3 && !dotted => between = Some('\n'),
            '\'' | '’' | '‘' | 'ʼ' | '`' | '\u{ad}' => {}
            ',' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '、' | '。' => between = Some('\n'),
            '\n' if chars.peek() == Some(&'\n') => between = Some('\n'),
            _ => between = between.or(Some(' ')),
        }
    }
    out
}

/// Whether a text has this phrase in whole words.
fn has(text: &str, phrase: &str) -> bool {
    let ends = |c: Option<char>, phrase: Option<char>| {
        c.is_none_or(|c| c == ' ' || c == '\n') || phrase.is_some_and(is_unspaced)
    };
    let mut places = memmem::find_iter(text.as_bytes(), phrase);
    !phrase.is_empty()
        && places.any(|at| {
            let (before, after) = (&text[..at], &text[at + phrase.len()..]);
            ends(before.chars().next_back(), phrase.chars().next())
                && ends(after.chars().next(), phrase.chars().next_back())
        })
}

/// Whether the letter's script writes no spaces between words: Thai, Lao,
/// Burmese, Khmer, kana, Chinese characters.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let mut rules = Rules::default();
        rules.alias("US", "United States");
        rules.alias("States", "us");
        rules.never("opinion");
        rules.always_if("heat pump", "Energy");
        rules.always_if("U.S. troops", "U.S.");
        rules.always_if("東京", "Tokyo");
        rules
    }

    fn stated(stated: &[&str], title: &str, body: &str, room: usize) -> Vec<String> {
        let stated = stated.iter().map(|topic| (*topic).to_owned()).collect();
        rules().stated(stated, [title, body], room)
    }

    #[test]
    fn a_phrase_is_found_in_whole_words_of_one_clause() {
        for (body, energy) in [
            ("A HEAT-PUMP in each house.", true),
            ("They like the “heat pump”.", true),
            ("Heat\npump", true),
            ("heat pumps", false),
            ("preheat pump", false),
            ("They saved heat. Pump prices rose.", false),
            ("On heat\n\nPump prices", false),
            ("too much heat, pump out", false),
        ] {
            let is = stated(&[], "", body, 8) == ["Energy"];
            assert_eq!(is, energy, "{body}");
        }
        assert_eq!(stated(&[], "Heat pump", "", 8), ["Energy"]);
        assert_eq!(stated(&[], "", "The US troops left", 8), ["United States"]);
        assert_eq!(stated(&[], "", "U.S. troops left", 8), ["United States"]);
        assert_eq!(stated(&[], "", "今日の東京都", 8), ["Tokyo"]);
    }

    #[test]
    fn what_is_given_stands_behind_what_is_stated_but_within_the_room() {
        let body = "heat pump";
        assert_eq!(stated(&["a", "b"], "", body, 3), ["a", "b", "Energy"]);
        assert_eq!(stated(&["a", "b"], "", body, 2), ["a", "Energy", "b"]);
        assert_eq!(stated(&["a", "b"], "", body, 0), ["Energy", "a", "b"]);
        assert_eq!(stated(&["energy", "Opinion"], "", body, 3), ["energy"]);
    }

    #[test]
    fn other_names_lead_on_and_never_in_circles() {
        let mut rules = rules();
        assert_eq!(rules.label("STATES"), "United States");
        assert!(!rules.is_circle("States"));
        rules.alias("United States", "U.S.");
        assert!(rules.is_circle("States"));
        let mut spelled = Rules::default();
        spelled.alias("osce", "OSCE");
        assert!(!spelled.is_circle("osce"));
        assert_eq!(spelled.label("Osce"), "OSCE");
    }

    #[test]
    fn topics_are_renamed_left_out_and_made_up_for() {
        let topics = ["Opinion", "us", "United States", "Tolls", "Ferries"];
        let topics = topics.map(Topic::from).to_vec();
        let kept = rules().apply(topics, 2);
        let labels: Vec<_> = kept.iter().map(|topic| &*topic.label).collect();
        assert_eq!(labels, ["United States", "Tolls"]);
    }

    #[test]
    fn another_form_that_the_owner_names_is_enough_unless_it_may_be_another() {
        use TopicKind::{Organization, Person};
        let mut rules = Rules::default();
        rules.alias("EMSB", "Safety board");
        rules.alias("Lee", "Victor Lee");
        rules.alias("Bank", "Central Bank");
        for (label, kind, form, shown) in [
            (
                "Maritime Safety Board",
                Organization,
                "E.M.S.B.",
                ("Safety board", 0),
            ),
            ("World Bank", Organization, "Bank", ("World Bank", 1)),
            ("Anna Lee", Person, "Lee", ("Anna Lee", 1)),
            ("Lee", Person, "Mr Lee", ("Victor Lee", 0)),
        ] {
            let (label, forms) = (label.to_owned(), vec![form.to_owned()]);
            let kept = rules.apply(vec![Topic { label, kind, forms }], 8);
            assert_eq!((&*kept[0].label, kept[0].forms.len()), shown);
        }
        let mut rules = Rules::default();
        rules.never("EMSB");
        rules.never("Bank");
        for (label, form, kept) in [("Safety Board", "EMSB", 0), ("World Bank", "Bank", 1)] {
            let (label, forms) = (label.to_owned(), vec![form.to_owned()]);
            let kind = Organization;
            let topics = vec![Topic { label, kind, forms }];
            assert_eq!(rules.apply(topics, 8).len(), kept);
        }
    }

    #[test]
    fn rules_that_others_leave_without_effect_are_known() {
        let mut rules = rules();
        assert_eq!(rules.other_label("U.S."), Some("United States"));
        assert_eq!(rules.other_label("united states"), None);
        assert!(rules.is_never("OPINION") && !rules.is_never("US"));
        rules.never("United States");
        assert!(rules.is_never("States"));
    }
}
