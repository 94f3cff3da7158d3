//! `feedwright topics`: what the entries are about, and what the owner decides
//! about that.

mod named;

use super::{
    Outcome,
    args::{Asking, Decision},
    asking::{Refused, ask, done, visitor},
    say,
};
use crate::{
    config::Config,
    entry::Topic,
    service::{self, ListedTopic, TopicDecision, Visitor},
};
use named::{in_full, named};
use serde::Serialize;
use std::io::{self, BufWriter, Write as _};

/// Prints the topics, first those that most entries show.
pub(super) fn list(config: &Config, filter: &str, json: bool) -> anyhow::Result<Outcome> {
    let Some(visitor) = visitor(config)? else {
        return Ok(Outcome::Failed);
    };
    let folded = Topic::folded(filter);
    let has = |form: &String| Topic::folded(form).contains(&folded);
    let mut topics = visitor.topics(config.feed.max_topics)?;
    if topics.is_empty() {
        say("no entry shows a topic yet");
        return Ok(Outcome::Fine);
    }
    topics.retain(|topic| has(&topic.label) || topic.forms.iter().any(has));
    if topics.is_empty() {
        say(&format!(
            "no topic has \"{filter}\" in its name; `feedwright topics` lists all, and \
             `feedwright topics --help` tells how to rename, merge and ban them"
        ));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for topic in &topics {
        if json {
            serde_json::to_writer(&mut out, &Json::new(topic))?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line(topic))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    topic: &'a str,
    kind: &'static str,
    articles: usize,
    forms: &'a [String],
    /// The folder of its feed in the feeds folder.
    feed: Option<&'a str>,
    banned: bool,
}

impl<'a> Json<'a> {
    fn new(topic: &'a ListedTopic) -> Self {
        Self {
            topic: &topic.label,
            kind: topic.kind.name(),
            articles: topic.articles,
            forms: &topic.forms,
            feed: topic.feed.as_deref(),
            banned: topic.banned,
        }
    }
}

fn line(topic: &ListedTopic) -> String {
    let count = if topic.banned {
        "banned".to_owned()
    } else {
        topic.articles.to_string()
    };
    let mut line = format!("{count:>7}  {:<12}  {}", topic.kind.name(), topic.label);
    if !topic.forms.is_empty() {
        line.push_str("  = ");
        line.push_str(&topic.forms.join(", "));
    }
    line
}

/// Takes a decision, after saying what it will change.
pub(super) fn decide(config: Config, decision: Decision) -> anyhow::Result<Outcome> {
    let Some(mut visitor) = visitor(&config)? else {
        return Ok(Outcome::Failed);
    };
    let most = config.feed.max_topics;
    let (plan, asking) = match plan(&visitor, decision, most)? {
        Ok(planned) => planned,
        Err(Refused { why, outcome }) => {
            say(&why);
            return Ok(outcome);
        }
    };
    let count = visitor.affected(&plan.decision, most)?;
    let entries = if count == 1 {
        "entry changes"
    } else {
        "entries change"
    };
    say(&format!("{}: {count} {entries}", plan.what));
    if let Err(refused) = ask(asking) {
        say(&refused.why);
        return Ok(refused.outcome);
    }
    say(&done(&service::decide(
        config,
        &mut visitor,
        plan.decision,
    )?));
    Ok(Outcome::Fine)
}

/// A decision, and what it means in words.
struct Plan {
    what: String,
    decision: TopicDecision,
}

fn plan(
    visitor: &Visitor,
    decision: Decision,
    most: usize,
) -> anyhow::Result<Result<(Plan, Asking), Refused>> {
    let planned = match decision {
        Decision::Rename { old, new, asking } => match named(visitor, &old, most)? {
            Ok(topic) => rename(visitor, &topic, &new)?.map(|plan| (plan, asking)),
            Err(refused) => Err(refused),
        },
        Decision::Merge { topics, asking } => {
            let mut found: Vec<ListedTopic> = Vec::new();
            for name in &topics {
                match named(visitor, name, most)? {
                    Ok(topic) => found.push(topic),
                    Err(mut refused) => {
                        if found.len() + 1 == topics.len() {
                            refused.why += "; for a new label, merge into one that is listed \
                                            and rename that";
                        }
                        return Ok(Err(refused));
                    }
                }
            }
            merge(found).map(|plan| (plan, asking))
        }
        Decision::Ban { topic, asking } => named(visitor, &topic, most)?
            .and_then(|topic| ban(&topic, true))
            .map(|plan| (plan, asking)),
        Decision::Allow { topic, asking } => named(visitor, &topic, most)?
            .and_then(|topic| ban(&topic, false))
            .map(|plan| (plan, asking)),
    };
    Ok(planned)
}

fn rename(
    visitor: &Visitor,
    topic: &ListedTopic,
    new: &str,
) -> anyhow::Result<Result<Plan, Refused>> {
    let words = new.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let label = words.join(" ");
    if !label.contains(char::is_alphanumeric) {
        return Ok(Err(Refused::failed(
            "a label has at least a letter or digit; give the topic one",
        )));
    }
    if label == topic.label {
        let why = format!("it is called {label} already");
        return Ok(Err(Refused::needless(why)));
    }
    if let Some(other) = visitor.taken(topic.id, &label)? {
        let (one, other) = (in_full(topic), in_full(&other));
        let why = format!(
            "{label} means the topic {other} already; to make the two one: `feedwright topics \
             merge \"{one}\" \"{other}\"`"
        );
        return Ok(Err(Refused::failed(why)));
    }
    Ok(Ok(Plan {
        what: format!("{} becomes {label}", topic.label),
        decision: TopicDecision::Rename {
            topic: topic.id,
            label,
        },
    }))
}

fn merge(mut topics: Vec<ListedTopic>) -> Result<Plan, Refused> {
    let Some(into) = topics.pop() else {
        return Err(Refused::failed(
            "name the topics to merge, and the one that stays",
        ));
    };
    topics.retain(|topic| topic.id != into.id);
    if topics.is_empty() {
        let why = format!("all of these are the topic {} already", into.label);
        return Err(Refused::needless(why));
    }
    // What has one label is told apart by its kind.
    let alike = |topic: &ListedTopic| topic.label == into.label;
    let in_full = topics.iter().any(alike).then_some(in_full);
    let called = |topic: &ListedTopic| in_full.map_or(topic.label.clone(), |full| full(topic));
    let labels: Vec<_> = topics.iter().map(called).collect();
    let become_ = if let [_] = &labels[..] {
        "becomes"
    } else {
        "become"
    };
    let banned = if into.banned {
        ", which is banned and stays so"
    } else {
        ""
    };
    let (labels, label) = (labels.join(", "), called(&into));
    Ok(Plan {
        what: format!("{labels} {become_} {label}{banned}, for good"),
        decision: TopicDecision::Merge {
            from: topics.iter().map(|topic| topic.id).collect(),
            into: into.id,
        },
    })
}

fn ban(topic: &ListedTopic, banned: bool) -> Result<Plan, Refused> {
    let label = &topic.label;
    if topic.banned == banned {
        let is = if banned {
            "is banned already"
        } else {
            "is not banned"
        };
        return Err(Refused::needless(format!("{label} {is}")));
    }
    let (topic, what) = (
        topic.id,
        if banned {
            "is shown nowhere"
        } else {
            "is shown again"
        },
    );
    Ok(Plan {
        what: format!("{label} {what}"),
        decision: if banned {
            TopicDecision::Ban { topic }
        } else {
            TopicDecision::Allow { topic }
        },
    })
}
