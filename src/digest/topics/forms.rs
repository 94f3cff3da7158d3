//! What else an article calls its topics: the forms beside the one that is
//! shown.

use super::{
    About,
    candidates::Kind,
    known::longest_known,
    label::{bare, capitalized, clean, known},
};
use crate::{
    digest::{
        lang::{Classes, key},
        names::{self, Name},
        words::Word,
    },
    entry::{Topic, TopicKind},
};

/// The most forms that a topic keeps. What is called more ways is a place with
/// its demonyms, of which the first are enough.
const MOST: usize = 8;

/// Fills in the other forms of each topic, in the order of their first mention,
/// and the kind of those that the article states and names.
pub(super) fn fill(topics: &mut [Topic], about: &About<'_>) {
    let mut found: Vec<Found> = Vec::new();
    of_names(topics, about, &mut found);
    of_tables(topics, about, &mut found);
    of_phrases(topics, about, &mut found);
    found.sort_by_key(|form| form.start);
    for Found { topic, form, .. } in found {
        let topic = &mut topics[topic];
        let same = form.trim_end_matches('.') == topic.label.trim_end_matches('.');
        let new = !same && !topic.forms.contains(&form);
        if new && !form.is_empty() && topic.forms.len() < MOST {
            topic.forms.push(form);
        }
    }
    if about.lang.capitalizes_nouns() {
        topics
            .iter_mut()
            .skip(about.stated.len())
            .for_each(show_base);
    }
}

/// Shows a noun in the form that its inflected one is made of, where the article
/// has both: "Proteste", not "Protesten".
fn show_base(topic: &mut Topic) {
    if topic.kind != TopicKind::Concept {
        return;
    }
    let base = topic.forms.iter().position(|form| {
        let ending = topic.label.strip_prefix(&**form);
        matches!(ending, Some("n" | "s" | "es"))
    });
    if let Some(base) = base {
        std::mem::swap(&mut topic.label, &mut topic.forms[base]);
    }
}

/// A form of a topic, and where it stands.
struct Found {
    start: u32,
    topic: usize,
    form: String,
}

/// The forms of names: "Lee" for "Ann Lee".
fn of_names(topics: &mut [Topic], about: &About<'_>, found: &mut Vec<Found>) {
    let (text, walk) = about.body;
    // Most names are no topic, which their last word tells.
    let ends: Vec<u64> = topics
        .iter()
        .map(|topic| key(bare(topic.label.rsplit(' ').next().unwrap_or_default())))
        .collect();
    for name in about.names {
        if about.stated.is_empty() && !name.may_end(&ends) {
            continue;
        }
        let label = capitalized(&name.label(text, walk, about.lang));
        let same = |topic: &Topic| {
            topic.label == label
                || about.lang.capitalizes_nouns()
                    && topic.kind == of_name(name)
                    && matches!(label.strip_prefix(&*topic.label), Some("n" | "s" | "es"))
        };
        // What is stated may be any of its forms.
        let stated = || {
            let mut stated = topics.iter().take(about.stated.len());
            stated.position(|topic| name.is_called(&topic.label, text))
        };
        let Some(at) = topics.iter().position(same).or_else(stated) else {
            continue;
        };
        if topics[at].kind == TopicKind::Other {
            topics[at].kind = of_name(name);
        }
        found.extend(name.forms(text).map(|(start, form)| Found {
            start,
            topic: at,
            form: capitalized(&form),
        }));
        if topics[at].label != label {
            let start = name.mentions.first().map_or(0, |span| span.start);
            found.push(Found {
                start,
                topic: at,
                form: label,
            });
        }
    }
}

/// What kind of topic a name is.
pub(super) fn of_name(name: &Name) -> TopicKind {
    match name.kind {
        _ if name.is_concept() => TopicKind::Concept,
        names::Kind::Person => TopicKind::Person,
        names::Kind::Organization => TopicKind::Organization,
        names::Kind::Place => TopicKind::Place,
        names::Kind::Unknown => TopicKind::Other,
    }
}

/// The wordings of what the tables know: "U.S." for "United States".
fn of_tables(topics: &mut [Topic], about: &About<'_>, found: &mut Vec<Found>) {
    let (text, walk) = about.body;
    let mut meant: Vec<Option<&str>> = Vec::with_capacity(topics.len());
    for topic in topics.iter_mut() {
        let Some((canonical, kind)) = known(&topic.label, about.lang) else {
            meant.push(None);
            continue;
        };
        if topic.kind == TopicKind::Other {
            topic.kind = kind;
        }
        // "USA" is stated, "United States" is what others call it.
        if canonical != topic.label {
            topic.forms.push(canonical.to_owned());
        }
        meant.push(Some(canonical));
    }
    if meant.iter().all(Option::is_none) {
        return;
    }
    let mut at = 0;
    while at < walk.words.len() {
        let head = walk.words[at].classes.any(Classes::HEAD);
        let known = head.then(|| longest_known(about, &walk.words, at));
        let Some((kind, length)) = known.flatten() else {
            at += 1;
            continue;
        };
        let words = &walk.words[at..at + length];
        at += length;
        let (Kind::Place(canonical) | Kind::Known(canonical) | Kind::Concept(canonical)) = kind
        else {
            continue;
        };
        // Of a place an adjective in small letters is no form.
        let small = !words[0].is_capital();
        if small && !matches!(kind, Kind::Concept(_)) {
            continue;
        }
        if let Some(topic) = meant.iter().position(|meant| *meant == Some(canonical)) {
            found.push(surface(words, topic, &text.plain));
        }
    }
}

/// The wordings of runs of nouns, which have equal stems: "Tax cut" for "Tax
/// cuts".
fn of_phrases(topics: &[Topic], about: &About<'_>, found: &mut Vec<Found>) {
    let (text, walk) = about.body;
    // By the number of a stem, the topic that starts with it, plus one.
    let mut starts = vec![0_usize; walk.terms.counts.len()];
    let mut phrases: Vec<Vec<u64>> = Vec::with_capacity(topics.len());
    for (at, topic) in topics.iter().enumerate() {
        let concept = matches!(topic.kind, TopicKind::Concept | TopicKind::Other);
        let terms = if concept {
            super::terms(&topic.label, about)
        } else {
            Vec::new()
        };
        let first = terms.first().and_then(|term| walk.terms.get(*term));
        if let Some(first) = first {
            starts[first as usize] = at + 1;
        }
        phrases.push(terms);
    }
    for (at, word) in walk.words.iter().enumerate() {
        let Some(topic) = starts[word.id as usize].checked_sub(1) else {
            continue;
        };
        let terms = &phrases[topic];
        let words = walk.words.get(at..at + terms.len());
        let same = |words: &&[Word]| {
            words
                .iter()
                .zip(terms)
                .all(|(word, term)| word.term == *term)
        };
        if let Some(words) = words.filter(same) {
            found.push(surface(words, topic, &text.plain));
        }
    }
}

/// Words as a form of a topic.
fn surface(words: &[Word], topic: usize, plain: &str) -> Found {
    let start = words[0].span.start;
    let end = words[words.len() - 1].bare().end;
    let form = clean(&plain[start as usize..end as usize]);
    Found {
        start,
        topic,
        form: capitalized(&form),
    }
}
