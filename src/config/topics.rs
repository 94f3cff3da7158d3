//! The settings under `[topics]` that are lists and tables.

use super::{
    Config,
    settings::{kind, nonempty},
};
use std::{borrow::Cow, ops::Range};
use toml::{Spanned, de::DeValue};

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
        match nonempty(topic.get_ref()) {
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
        match nonempty(value.get_ref()) {
            None => faults.push(wrong(value, wanted)),
            Some(_) if !key.get_ref().contains(char::is_alphanumeric) => faults.push(Wrong {
                span: key.span(),
                label: "there is no letter in it".to_owned(),
                help: wanted.to_owned(),
            }),
            Some(text) => pairs.push((key, text)),
        }
    }
    pairs
}

fn wrong(value: &Value<'_>, wanted: &str) -> Wrong {
    let empty = value
        .get_ref()
        .as_str()
        .is_some_and(|text| text.trim().is_empty());
    Wrong {
        span: value.span(),
        label: if empty {
            "an empty text stands here".to_owned()
        } else {
            format!("{} stands here", kind(value.get_ref()))
        },
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
