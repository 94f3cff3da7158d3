//! What the speaker says for a quotation.

use super::{
    About, Candidate,
    score::{Score, Term},
    weight,
};
use crate::{
    digest::{
        lang::{Classes, Language, Stock, key},
        names::{Kind, Name},
        words::Word,
    },
    entry::Quotation,
};
use std::collections::{HashMap, HashSet};

/// Who is quoted how much, and who of them the article is about.
pub(super) struct Speakers<'a> {
    /// By their forms; of several with one, the first.
    names: HashMap<&'a str, &'a Name>,
    /// The forms of people's names.
    people: HashSet<&'a str>,
    /// Who is quoted with the most words, if more than once.
    main: Option<&'a str>,
    title: &'a str,
    lang: &'a Language,
}

impl<'a> Speakers<'a> {
    pub(super) fn new(about: &About<'a>) -> Self {
        let mut names = HashMap::with_capacity(about.names.len());
        let mut people = HashSet::new();
        for name in about.names {
            names.entry(name.form.as_str()).or_insert(name);
            if name.kind == Kind::Person {
                people.insert(name.form.as_str());
            }
        }
        Self {
            names,
            people,
            main: main(about.quotes),
            title: about.title.1,
            lang: about.lang,
        }
    }

    /// Adds what the speaker of a quotation is worth.
    pub(super) fn tell(&self, quotation: &Quotation, score: &mut Score) {
        let Some(speaker) = &quotation.speaker else {
            // Where verbs of saying are not known, nobody can be told.
            let untold = self.lang.speaks();
            score.add(Term::Speaker, if untold { weight::NO_SPEAKER } else { 0.0 });
            return;
        };
        let speaker = speaker.0.as_str();
        let named = self.names.get(speaker);
        let known = match named {
            Some(name) => match name.kind {
                Kind::Person => weight::PERSON,
                Kind::Unknown if speaker.contains(' ') => weight::PERSON,
                Kind::Unknown => weight::LONE,
                Kind::Organization => weight::ORGANIZATION,
                Kind::Place => weight::ANYBODY,
            },
            None => self.described(speaker),
        };
        score.add(Term::Speaker, known);
        if self.main == Some(speaker) && named.is_some() {
            score.add(Term::MainSpeaker, weight::MAIN_SPEAKER);
        }
        let surname = speaker.rsplit(' ').next().unwrap_or_default();
        if named.is_some() && surname.len() > 2 && self.title.contains(surname) {
            score.add(Term::Headline, weight::HEADLINE);
        }
    }
}

impl Speakers<'_> {
    /// Adds what it costs when words name who is told to have said them, and
    /// nobody says "I" in them.
    pub(super) fn hear(&self, about: &About, place: usize, said: &Candidate, score: &mut Score) {
        let Some(speaker) = &about.quotes[place].speaker else {
            return;
        };
        let surname = speaker.0.rsplit(' ').next().unwrap_or_default();
        let is = |word: &Word| word.bare().of(&about.body.plain) == surname;
        let own = self.people.contains(speaker.0.as_str()) && said.words().any(is);
        if own && !said.words().any(|word| word.classes.any(Classes::FIRST)) {
            score.add(Term::OwnName, weight::OWN_NAME);
        }
    }

    /// What a description is worth: by the noun that it is about, which stands
    /// before what belongs to it ("the author of the letter").
    fn described(&self, speaker: &str) -> f32 {
        let belongs = Classes::PREPOSITION
            .and(Classes::LINK)
            .and(Classes::RELATIVE);
        let somebody = Classes::PERSON
            .and(Classes::ROLE)
            .and(Classes::SPEAKER)
            .and(Classes::ORGANIZATION);
        let (mut worth, mut definite) = (weight::UNCLEAR, false);
        for (at, word) in speaker.split(' ').enumerate() {
            let classes = self.lang.classes(key(word)).and(self.lang.compound(word));
            if at == 0 {
                definite = classes.any(Classes::DEFINITE);
                // A clause taken for a speaker.
                let joins = belongs.and(Classes::THAT).and(Classes::JOINING);
                if !definite && classes.any(joins) {
                    break;
                }
                // "The 46-year-old", whatever the noun, and a name that was
                // not known to be one.
                let name = word.starts_with(char::is_uppercase) && !classes.any(Classes::STOP);
                worth = if definite || name {
                    weight::ANYBODY
                } else {
                    worth
                };
            } else if classes.any(belongs) {
                break;
            }
            if self.lang.is_stock(word, Stock::Paper) {
                worth = weight::PAPER;
            } else if classes.any(somebody) {
                worth = if definite {
                    weight::DEFINITE
                } else {
                    weight::ANYBODY
                };
            }
        }
        worth
    }
}

/// Who is quoted with the most words, if anybody more than once.
fn main(quotes: &[Quotation]) -> Option<&str> {
    // The name, how often, and how many bytes.
    let mut said: Vec<(&str, usize, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for quotation in quotes {
        let Some(speaker) = &quotation.speaker else {
            continue;
        };
        let length: usize = quotation.parts.iter().map(|part| part.len()).sum();
        let place = *places.entry(&speaker.0).or_insert(said.len());
        match said.get_mut(place) {
            Some((_, times, bytes)) => {
                *times += 1;
                *bytes += length;
            }
            None => said.push((&speaker.0, 1, length)),
        }
    }
    let often = said.iter().filter(|(_, times, _)| *times > 1);
    // The first of equals.
    let most = often.rev().max_by_key(|(.., bytes)| *bytes)?;
    Some(most.0)
}
