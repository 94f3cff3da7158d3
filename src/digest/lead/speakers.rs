//! What the speaker says for a quotation.

use super::{
    About,
    score::{Score, Term},
    weight,
};
use crate::{
    digest::{
        lang::{Classes, Language},
        names::{Kind, Name},
    },
    entry::Quotation,
};

/// Who is quoted how much, and who of them the article is about.
pub(super) struct Speakers<'a> {
    names: &'a [Name],
    /// Who is quoted with the most words, if more than once.
    main: Option<&'a str>,
    title: &'a str,
    lang: &'a Language,
}

impl<'a> Speakers<'a> {
    pub(super) fn new(about: &About<'a>) -> Self {
        Self {
            names: about.names,
            main: main(about.quotes),
            title: about.title.1,
            lang: about.lang,
        }
    }

    /// Adds what the speaker of a quotation is worth.
    pub(super) fn tell(&self, quotation: &Quotation, score: &mut Score) {
        let Some(speaker) = &quotation.speaker else {
            return;
        };
        let speaker = speaker.0.as_str();
        let named = self.names.iter().find(|name| name.form == speaker);
        let known = match named.map(|name| name.kind) {
            Some(Kind::Person | Kind::Unknown) => weight::PERSON,
            Some(_) => weight::ORGANIZATION,
            None if self.is_definite(speaker) => weight::DEFINITE,
            None => weight::ANYBODY,
        };
        score.add(Term::Speaker, known);
        if self.main == Some(speaker) {
            score.add(Term::MainSpeaker, weight::MAIN_SPEAKER);
        }
        let surname = speaker.rsplit(' ').next().unwrap_or_default();
        if named.is_some() && surname.len() > 2 && self.title.contains(surname) {
            score.add(Term::Headline, weight::HEADLINE);
        }
    }
}

impl Speakers<'_> {
    fn is_definite(&self, speaker: &str) -> bool {
        let first = speaker.split(' ').next().unwrap_or_default();
        self.lang.is(first, Classes::DEFINITE)
    }
}

/// Who is quoted with the most words, if anybody more than once.
fn main(quotes: &[Quotation]) -> Option<&str> {
    // The name, how often, and how many bytes.
    let mut said: Vec<(&str, usize, usize)> = Vec::new();
    for quotation in quotes {
        let Some(speaker) = &quotation.speaker else {
            continue;
        };
        let length: usize = quotation.parts.iter().map(|part| part.len()).sum();
        match said.iter_mut().find(|(name, ..)| *name == speaker.0) {
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
