//! Which topic does a person at the terminal mean by a name?

use crate::{
    cli::asking::Refused,
    entry::{Topic, TopicKind},
    service::{ListedTopic, Visitor},
};
use std::fmt::Write as _;

/// The one topic of this name, which may have its kind behind it in brackets.
pub(super) fn named(
    visitor: &Visitor,
    name: &str,
    most: usize,
) -> anyhow::Result<Result<ListedTopic, Refused>> {
    if !name.contains(char::is_alphanumeric) {
        let why = "the name of a topic has at least a letter or digit; `feedwright topics` \
                   lists them";
        return Ok(Err(Refused::failed(why)));
    }
    let mut found = visitor.called(name)?;
    if found.is_empty()
        && let Some((label, kind)) = with_kind(name)
    {
        found = visitor.called(label)?;
        found.retain(|topic| topic.kind == kind);
    }
    if found.len() > 1 {
        let each = found.iter().map(|topic| format!("\"{}\"", in_full(topic)));
        let each: Vec<_> = each.collect();
        let why = format!(
            "{name} means several topics; name one of {}",
            each.join(", ")
        );
        return Ok(Err(Refused::failed(why)));
    }
    Ok(match found.pop() {
        Some(topic) => Ok(topic),
        None => Err(Refused::failed(unknown(visitor, name, most)?)),
    })
}

/// A topic's label with its kind, by which it can be named where two have one.
pub(super) fn in_full(topic: &ListedTopic) -> String {
    format!("{} ({})", topic.label, topic.kind.name())
}

fn with_kind(name: &str) -> Option<(&str, TopicKind)> {
    let (label, kind) = name.trim().strip_suffix(')')?.rsplit_once('(')?;
    let is_kind = |known: &TopicKind| known.name() == kind.trim();
    let kind = TopicKind::ALL.into_iter().find(is_kind)?;
    Some((label.trim(), kind))
}

/// What to say of a name that no topic has: the most alike, if any are.
fn unknown(visitor: &Visitor, name: &str, most: usize) -> anyhow::Result<String> {
    /// Slips of the hand are above this; `Tolls` and `Trains` are at .7.
    const ALIKE: f64 = 0.84;
    /// What is alike as a whole comes before what is alike in part.
    const PART: f64 = 0.02;
    const FEW: usize = 3;
    // The kind behind a name may be what is wrong.
    let bare = name.rsplit_once(" (").map_or(name, |(label, _)| label);
    let (given, name) = (name, Topic::folded(bare));
    let mut alike: Vec<(f64, String)> = Vec::new();
    let topics = visitor.topics(most)?;
    for topic in &topics {
        let forms = topic.forms.iter().chain([&topic.label]);
        let alike_of = |form: &String| {
            let form = Topic::folded(form);
            let alike_of = |form: &str| strsim::jaro_winkler(form, &name);
            // One word may be a surname.
            let words = form.split(' ').filter(|_| !name.contains(' '));
            let part = words.map(alike_of).fold(0.0, f64::max) - PART;
            alike_of(&form).max(part)
        };
        let each = forms.map(|form| (alike_of(form), form));
        // The label, unless another form is nearer to what was given.
        let Some((best, form)) = each.max_by(|(one, _), (other, _)| one.total_cmp(other)) else {
            continue;
        };
        if best >= ALIKE {
            let twice = topics.iter().filter(|other| other.label == topic.label);
            let mut called = match twice.count() {
                1 => format!("\"{}\"", topic.label),
                _ => format!("\"{}\"", in_full(topic)),
            };
            if *form != topic.label {
                let _ = write!(called, " (also {form})");
            }
            alike.push((best, called));
        }
    }
    // Of those that are as alike, the one that more entries show.
    alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let near = alike.into_iter().take(FEW).map(|(_, called)| called);
    let near: Vec<_> = near.collect();
    Ok(if near.is_empty() {
        format!("no topic is called \"{given}\"; `feedwright topics` lists them")
    } else {
        let near = near.join(", or ");
        format!("no topic is called \"{given}\"; did you mean {near}?")
    })
}
