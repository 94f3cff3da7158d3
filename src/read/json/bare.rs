//! An article as programs write it that fetch or export some: a title, a text,
//! and an author, a date or an address, under the names that front matter has.

use super::Said;
use crate::{
    article::{Article, Origin},
    read::{
        html,
        meta::{self, Fields, Value as Stated},
        plain, wire,
    },
};
use serde_json::Value;

/// Where the text is, by names without case and joints; the first is taken
/// that has one, so those that keep most of the form come first.
#[rustfmt::skip]
const TEXT: &[&str] = &[
    "contenthtml", "bodyhtml", "html", "content", "body", "articlebody", "fulltext", "maintext",
    "text", "articletext", "contenttext", "bodytext", "rawtext",
];

/// What an export says of what is not published.
const UNPUBLISHED: &[&str] = &[
    "draft",
    "pending",
    "private",
    "future",
    "trash",
    "auto-draft",
];

pub(super) fn read(value: &Value) -> Option<Said> {
    let fields = value.as_object()?;
    let known: Vec<(String, &Value)> = fields
        .iter()
        .map(|(name, of)| (meta::key(name), of))
        .collect();
    let texts = TEXT
        .iter()
        .filter_map(|name| known.iter().find(|(known, _)| known == name));
    let source = texts
        .filter_map(|(_, value)| written(value))
        .find(|text| !text.trim().is_empty())?;
    let mut stated = Fields::new();
    for (name, value) in &known {
        // Numbers stand for authors and topics elsewhere.
        let value = match value {
            Value::Array(items) => Stated::List(items.iter().filter_map(one).collect()),
            value => match one(value) {
                Some(value) => value,
                None => continue,
            },
        };
        // A date in UTC goes before one without a zone.
        let name = if name == "dategmt" { "published" } else { name };
        stated.push((name.to_owned(), value));
    }
    let mut article = Article::default();
    meta::take_over(stated, &mut article);
    let signed = article.published.is_some() || !article.byline.is_empty() || article.url.is_some();
    if article.title.is_none() || !signed {
        return None;
    }
    // Programs write a good deal that is meant for programs.
    article.notes.clear();
    let page = source.contains("<html") || source.contains("<body");
    let marked = source.contains("</") || source.contains("<br");
    (article.text, article.origin) = if page {
        (html::page(source).text, Origin::Extracted)
    } else if marked {
        (wire::text(source), Origin::Authored)
    } else {
        (plain::blocks(source), Origin::Pasted)
    };
    article.text = wire::without_reference(article.text);
    article.title = article.title.as_deref().and_then(wire::line);
    let status = fields
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or_default();
    article.draft |= UNPUBLISHED.contains(&status);
    let id = ["guid", "id", "_id", "uuid"]
        .iter()
        .find_map(|name| match fields.get(*name)? {
            Value::Number(number) => Some(number.to_string()),
            value => written(value).map(str::to_owned),
        });
    let ids = vec![id, article.url.clone(), article.title.clone()];
    Some(Said { ids, article })
}

/// The text that a value is, or that an exporting program puts into it.
fn written(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(fields) => {
            let names = ["rendered", "value", "html", "text", "name", "url", "src"];
            names.iter().find_map(|name| fields.get(*name)?.as_str())
        }
        _ => None,
    }
}

fn one(value: &Value) -> Option<Stated> {
    written(value).map(|text| Stated::Text(text.to_owned()))
}
