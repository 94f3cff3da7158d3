//! JSON: the press's ninjs, articles in the words of schema.org, JSON Feed.
//!
//! A file is parsed once, and what is in it tells what it is: one line in
//! `KINDS` for each. A file may hold one, a list of them, or one a line.
//! `serde_json` refuses what nests deeper than 128 levels.

mod bare;
mod feed;
mod ninjs;
mod schema_org;

use super::{Format, Input, ReadError, Reader, Reading, charset, parts::Parts, wire::Dispatch};
use crate::article::Article;
use memchr::memchr;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) const FORMAT: Format = Format {
    endings: &["json", "jsonl", "ndjson", "jsonld", "ninjs"],
    recognizes,
    read: Reader::Many(read),
};

/// An article, and what tells it from others.
struct Said {
    ids: Vec<Option<String>>,
    article: Article,
}

/// The article that a value of a kind is.
type Kind = fn(&Value) -> Option<Said>;

/// Asked in this order.
const KINDS: &[Kind] = &[ninjs::read, schema_org::read, bare::read];

/// What is read, for those who put in something else.
const REMEDY: &str = "of JSON, news in ninjs, articles as schema.org describes them, JSON Feed, \
                      and objects with a title, a text and a date, author or url are read";

/// Objects from end to end are JSON; a text may begin with a bracket, and
/// front matter in JSON has a text behind it.
fn recognizes(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(charset::UTF8_BOM)
        .unwrap_or(bytes)
        .trim_ascii();
    let inner = bytes.strip_prefix(b"[").unwrap_or(bytes).trim_ascii_start();
    if !inner.starts_with(b"{") || memchr(b'"', &inner[..inner.len().min(200)]).is_none() {
        return false;
    }
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    values.all(|value| value.is_ok())
}

fn read(input: &Input) -> Result<Reading, ReadError> {
    let text = charset::decode(input.bytes)?;
    let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let values: Vec<Value> = match values.collect::<Result<_, _>>() {
        Ok(values) => values,
        Err(error) => return lines(&text, &error),
    };
    let list = match &values[..] {
        [Value::Object(fields)] if feed::is(fields) => return feed::read(fields),
        // `{"items": [...]}` is how interfaces answer.
        [Value::Object(fields)] => {
            let Some(list) = listed(fields) else {
                let said = said(&values[0]).ok_or_else(none)?;
                return Ok(Reading::Article(Box::new(said.article)));
            };
            list
        }
        [Value::Array(items)] => items,
        _ => &values,
    };
    let mut parts = Parts::default();
    for said in list.iter().filter_map(said) {
        said.put_in(&mut parts);
    }
    parts.reading(none())
}

/// The articles in a file of one a line, of which some are broken.
fn lines(text: &str, error: &serde_json::Error) -> Result<Reading, ReadError> {
    let damaged = |error: &serde_json::Error| ReadError::Damaged {
        what: "the JSON file",
        cause: error.to_string(),
    };
    let mut parts = Parts::default();
    let mut sound = false;
    for (at, line) in text.lines().enumerate() {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => {
                sound |= value.is_object();
                if let Some(said) = said(&value) {
                    said.put_in(&mut parts);
                }
            }
            // Whether it is such a file shows in its first line.
            Err(_) if line.trim().is_empty() => {}
            Err(_) if !sound => break,
            Err(error) => {
                let name = format!("line-{}", at + 1);
                parts.push(&[Some(&name)], Err(damaged(&error)));
            }
        }
    }
    parts.reading(damaged(error))
}

fn none() -> ReadError {
    ReadError::OtherKind {
        what: "JSON of another kind".to_owned(),
        remedy: REMEDY,
    }
}

/// The article that a value is, or that interfaces wrap into it:
/// `{"data": {"item": {...}}}`.
fn said(value: &Value) -> Option<Said> {
    let inner = [Some(value), value.get("item"), value.pointer("/data/item")];
    let mut inner = inner.into_iter().flatten();
    inner.find_map(|value| KINDS.iter().find_map(|read| read(value)))
}

/// The list of texts that an object is around.
fn listed(fields: &Map<String, Value>) -> Option<&Vec<Value>> {
    let names = ["items", "_items", "articles", "posts", "results", "data"];
    let lists = names
        .iter()
        .filter_map(|name| fields.get(*name)?.as_array());
    let mut lists = lists.filter(|list| list.iter().any(|value| said(value).is_some()));
    lists.next()
}

impl Said {
    fn put_in(self, parts: &mut Parts) {
        let ids: Vec<Option<&str>> = self.ids.iter().map(Option::as_deref).collect();
        parts.push(&ids, Ok(self.article));
    }

    fn of(mut dispatch: Dispatch) -> Self {
        let ids = vec![
            dispatch.id.take(),
            dispatch.url.clone(),
            dispatch.title.clone(),
        ];
        Self {
            ids,
            article: dispatch.article(),
        }
    }
}
