//! What a name is a name of, judged from all of its mentions: a person only
//! where something tells so, since surnames are joined among people alone.

use super::{Bounds, Kind, Name, range};
use crate::{
    digest::{
        lang::{Classes, Language, Pairs, is_city, join},
        words::{Gap, Shape, Walk, Word},
    },
    text::Text,
};

/// First names of either sex.
const FIRST_NAME: Classes = Classes::MALE_NAME.and(Classes::FEMALE_NAME);

/// Judges the kinds anew.
pub(super) fn judge(names: &mut [Name], text: &Text, walk: &Walk, lang: &Language) {
    let small = Small::of(walk);
    for name in names.iter_mut().filter(|name| !name.words.is_empty()) {
        // "Hurricane Andrew" is nobody, but neither is it about hurricanes.
        let like_a_person = name.kind == Kind::Person && name.keys.len() > 1;
        let club = is_club(&walk.words[range(fullest(name))], lang);
        name.kind = kind(name, text, walk, lang, &small);
        let words = &walk.words[range(fullest(name))];
        let phrase = words.iter().map(|word| word.key).reduce(join);
        let in_table = phrase.and_then(|phrase| lang.canonical(Pairs::Place, phrase));
        // "South Florida" is not Florida.
        let city = words.len() > 1 && phrase.is_some_and(is_city);
        if club || (like_a_person || city) && in_table.is_none() {
            name.bounds = name.bounds.max(Bounds::Closed);
        }
    }
}

/// Which stems stand in small letters somewhere.
pub(super) struct Small(Vec<bool>);

impl Small {
    pub(super) fn of(walk: &Walk) -> Self {
        let mut small = vec![false; walk.terms.counts.len()];
        for word in walk.words.iter().filter(|word| word.shape == Shape::Lower) {
            small[word.id as usize] = true;
        }
        Self(small)
    }

    pub(super) fn has(&self, word: &Word) -> bool {
        self.0[word.id as usize]
    }
}

fn kind(name: &Name, text: &Text, walk: &Walk, lang: &Language, small: &Small) -> Kind {
    let words = &walk.words[range(fullest(name))];
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let corporate = words
        .iter()
        .any(|word| word.classes.any(Classes::ORGANIZATION));
    let called = first.classes.any(FIRST_NAME) && words.len() > 1;
    match name.kind {
        Kind::Person => {
            // "Hillary PAC", "Patriot Coal" beside "coal", "Météo France".
            let acronym = words.len() > 1
                && last.shape == Shape::Upper
                && first.shape == Shape::Capitalized
                && last.span.len() > 1
                && !last.span.of(&text.plain).contains('I');
            // "Billy Casper Golf", "Catholic Republicans".
            let alone = |words: &std::ops::Range<u32>| words.len() == 1;
            let longer = words.len() > 2 && small.has(last) && !name.words.iter().any(alone);
            let party = words.len() > 1
                && !called
                && [Pairs::Organization, Pairs::Concept]
                    .into_iter()
                    .any(|pairs| lang.canonical(pairs, last.key).is_some());
            if is_place(words, lang) && !name.told {
                return Kind::Place;
            }
            // "anti-Roe", "super-PAC", "Kanal5".
            let compound = words.iter().any(|word| {
                let written = word.span.of(&text.plain);
                word.shape == Shape::Mixed && written.contains('-')
                    || written.contains(|c: char| c.is_ascii_digit())
            });
            let untold = words.len() == 1 && !name.told && name.roles.is_empty();
            let common = last.shape == Shape::Upper || small.has(last);
            let demonym = last.classes.any(Classes::ADJECTIVE);
            let common = (common || demonym) && !lang.capitalizes_nouns();
            if compound || untold && common {
                return Kind::Unknown;
            }
            // "Popular Party", whoever leads it.
            if last.classes.any(Classes::ORGANIZATION) && words.len() > 1 && !called && !name.told {
                return Kind::Organization;
            }
            if words.len() == 1 && lang.capitalizes_nouns() && is_noun(last, walk) {
                return Kind::Unknown;
            }
            let suspected = !called && name.personal == 0 || acronym || longer || party;
            if !suspected {
                return Kind::Person;
            }
            let known = lang.canonical(Pairs::Place, last.key).is_some();
            let known = known && !longer && !party;
            let common = !lang.capitalizes_nouns() && (small.has(last) || small.has(first));
            let small_inside = words.iter().any(|word| {
                word.classes.any(Classes::STOP.and(Classes::PREPOSITION))
                    && !word.classes.any(Classes::PARTICLE)
            });
            let region = words[..words.len() - 1].iter();
            let mut region = region.map(|word| word.classes);
            if acronym || corporate && !called {
                Kind::Organization
            } else if known
                && region.all(|class| class.any(Classes::ADJECTIVE.and(Classes::GENERIC)))
            {
                Kind::Place
            } else if known || common || small_inside || party {
                Kind::Unknown
            } else {
                Kind::Person
            }
        }
        Kind::Place | Kind::Unknown | Kind::Organization if is_place(words, lang) => Kind::Place,
        // "the Riviera", "la Corse": an article alone does not make it an
        // organization's name.
        Kind::Organization
            if !corporate && name.bounds != Bounds::Given && first.shape != Shape::Upper =>
        {
            let known = words.iter().map(|word| word.key).reduce(join);
            let known = known.and_then(|key| lang.canonical(Pairs::Organization, key));
            if known.is_some() || first.shape == Shape::Mixed || speaks(words) || acts(name, walk) {
                Kind::Organization
            } else if stands_in(name, walk) {
                Kind::Place
            } else {
                Kind::Unknown
            }
        }
        Kind::Unknown if stands_in(name, walk) && !lang.capitalizes_nouns() => Kind::Place,
        known => known,
    }
}

/// Whether a capitalized word has an article before it somewhere, where all
/// nouns have capitals: then it is one.
pub(super) fn is_noun(noun: &Word, walk: &Walk) -> bool {
    walk.words.windows(2).any(|pair| {
        pair[1].key == noun.key
            && pair[1].gap == Gap::Space
            && pair[0].shape == Shape::Lower
            && pair[0]
                .classes
                .any(Classes::DETERMINER.and(Classes::ADJECTIVE))
    })
}

/// Whether a name has an acronym in it that nothing is known of: "FC Leeds" is
/// not about Leeds.
fn is_club(words: &[Word], lang: &Language) -> bool {
    let known = |word: &Word| {
        let canonical = |pairs| lang.canonical(pairs, word.key).is_some();
        canonical(Pairs::Place) || canonical(Pairs::Organization)
    };
    words.len() > 1
        && words
            .iter()
            .any(|word| word.shape == Shape::Upper && word.span.len() < 6 && !known(word))
}

/// The mention with the most words.
fn fullest(name: &Name) -> &std::ops::Range<u32> {
    let longest = name.words.iter().rev().max_by_key(|words| words.len());
    longest.expect("a name is judged that is mentioned")
}

/// Whether these words are a city's or a region's name by the tables.
fn is_place(words: &[Word], lang: &Language) -> bool {
    let phrase = words.iter().map(|word| word.key).reduce(join);
    phrase.is_some_and(|phrase| lang.canonical(Pairs::Place, phrase).is_some() || is_city(phrase))
}

/// Whether its words are what statements come from: "Governo".
fn speaks(words: &[Word]) -> bool {
    let speaker = Classes::PERSON.and(Classes::SPEAKER);
    words.iter().all(|word| word.classes.any(speaker))
}

/// Whether it does what people and organizations do: "Apple said".
fn acts(name: &Name, walk: &Walk) -> bool {
    name.words.iter().any(|words| {
        let next = walk.words.get(words.end as usize);
        let next = next.filter(|next| next.gap == Gap::Space && next.shape == Shape::Lower);
        next.is_some_and(|next| next.classes.any(Classes::SPEECH))
    })
}

/// Whether what stands before most of its mentions is what places have before
/// them.
fn stands_in(name: &Name, walk: &Walk) -> bool {
    let located = |words: &&std::ops::Range<u32>| {
        let start = words.start as usize;
        let before = start.checked_sub(1).map(|at| &walk.words[at]);
        walk.words[start].gap == Gap::Space
            && before.is_some_and(|before| before.classes.any(Classes::LOCATIVE))
    };
    let located = name.words.iter().filter(located).count();
    located * 2 >= name.words.len() && located > 0
}
