//! The settings under `[topics]` that are lists and tables.

use super::{
    Config,
    values::{kind, nonempty},
};
use std::{borrow::Cow, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What is wrong with a part of a value: where, what it is, and what mends it.
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) label: String,
    pub(super) help: String,
}

type Value<'v> = Spanned<DeValue<'v>>;

/// `alias = { "US" = "United States" }`
pub(super) fn alias(config: &mut Config, value: &Value<'_>) -> Result<(), Vec<Wrong>> {
    let wanted = "write what articles say and what to show: { \"US\" = \"United States\" }";
    let rules = &mut config.digest.topics;
    let mut faults = Vec::new();
    let pairs = pairs(value, wanted, &mut faults);
    for (form, label) in &pairs {
        if let Some(before) = rules.alias(form.get_ref(), label) {
            faults.push(Wrong {
                span: form.span(),
                label: format!("it is called `{before}` already"),
                help: "leave one of the two out; case and punctuation do not count".to_owned(),
            });
        }
    }
    // One fault for all names of a circle.
    let circle = pairs
        .iter()
        .find(|(form, _)| rules.is_circle(form.get_ref()));
    faults.extend(circle.map(|(form, label)| Wrong {
        span: form.span(),
        label: format!("`{label}` is called something else in turn, and so on in a circle"),
        help: "leave out one of the names that lead back to it".to_owned(),
    }));
    none_or(faults)
}

/// `never = ["Opinion"]`
pub(super) fn never(config: &mut Config, value: &Value<'_>) -> Result<(), Vec<Wrong>> {
    let wanted = "write topics in a list: [\"Opinion\", \"Corrections\"]";
    let DeValue::Array(topics) = value.get_ref() else {
        return Err(vec![wrong(value, wanted)]);
    };
    let mut faults = Vec::new();
    for topic in topics {
        match label(topic) {
            Some(topic) => config.digest.topics.never(topic),
            None => faults.push(wrong(topic, wanted)),
        }
    }
    none_or(faults)
}

/// `always-if = { "heat pump" = "Energy transition" }`
pub(super) fn always_if(config: &mut Config, value: &Value<'_>) -> Result<(), Vec<Wrong>> {
    let wanted = "write a phrase and its topic: { \"heat pump\" = \"Energy transition\" }";
    let mut faults = Vec::new();
    for (phrase, topic) in pairs(value, wanted, &mut faults) {
        config.digest.topics.always_if(phrase.get_ref(), topic);
    }
    none_or(faults)
}

/// The pairs of texts in a table.
fn pairs<'v>(
    value: &'v Value<'_>,
    wanted: &str,
    faults: &mut Vec<Wrong>,
) -> Vec<(&'v Spanned<Cow<'v, str>>, &'v str)> {
    let DeValue::Table(table) = value.get_ref() else {
        faults.push(wrong(value, wanted));
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for (key, value) in table {
        match label(value) {
            // TOML takes `U.S` for a table `U` with a key `S`.
            None if value.get_ref().is_table() => faults.push(Wrong {
                span: key.span(),
                label: "this is taken for a table".to_owned(),
                help: "put a name with periods in it in quotation marks".to_owned(),
            }),
            None => faults.push(wrong(value, wanted)),
            Some(_) if !is_name(key.get_ref()) => faults.push(Wrong {
                span: key.span(),
                label: NO_NAME.to_owned(),
                help: wanted.to_owned(),
            }),
            Some(text) => pairs.push((key, text)),
        }
    }
    pairs
}

/// The rules among these settings that another of them leaves without effect.
/// All settings have been taken in and are sound each for itself.
pub(super) fn idle(section: &DeTable<'_>, config: &Config) -> Vec<(&'static str, Wrong)> {
    let rules = &config.digest.topics;
    let value = |key| section.get(key).map(Spanned::get_ref);
    let mut faults = Vec::new();
    if let Some(DeValue::Array(never)) = value("never") {
        for topic in never {
            let other = label(topic).and_then(|topic| rules.other_label(topic));
            faults.extend(other.map(|other| {
                let wrong = Wrong {
                    span: topic.span(),
                    label: format!("`alias` calls it `{other}` before this is asked"),
                    help: format!("write `{other}` here, or leave it out of one of the two"),
                };
                ("never", wrong)
            }));
        }
    }
    if let Some(DeValue::Table(always_if)) = value("always-if") {
        for topic in always_if.values() {
            let banned = label(topic).filter(|topic| rules.is_never(topic));
            faults.extend(banned.map(|_| {
                let wrong = Wrong {
                    span: topic.span(),
                    label: "`never` says that this is no topic".to_owned(),
                    help: "leave it out of one of the two".to_owned(),
                };
                ("always-if", wrong)
            }));
        }
    }
    faults
}

/// The text of a value, if a topic may be called that.
fn label<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    nonempty(value.get_ref()).filter(|text| is_name(text))
}

/// Names are compared by their letters and digits.
fn is_name(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

const NO_NAME: &str = "there is no letter or digit in it";

fn wrong(value: &Value<'_>, wanted: &str) -> Wrong {
    let label = match value.get_ref().as_str().map(str::trim) {
        Some("") => "an empty text stands here".to_owned(),
        Some(text) if !is_name(text) => NO_NAME.to_owned(),
        _ => format!("{} stands here", kind(value.get_ref())),
    };
    Wrong {
        span: value.span(),
        label,
        help: wanted.to_owned(),
    }
}

fn none_or(faults: Vec<Wrong>) -> Result<(), Vec<Wrong>> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
