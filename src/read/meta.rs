//! What an article states about itself: from named values to an `Article`.
//!
//! Front matter and header lines name things differently from site generator to
//! site generator; this is the one place that knows the names.

use super::limits;
use crate::{
    article::Article,
    dates::{self, DateError},
};
use jiff::Timestamp;
use std::{borrow::Cow, collections::BTreeSet};

/// The longest name of a field; a longer text before a colon is a sentence.
pub(super) const LONGEST_KEY: usize = 24;

/// A value as stated. What is null or nested too deep is left out before.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Value>),
    Table(Fields),
}

/// Named values in order, their names as [`key`] gives them.
pub(super) type Fields = Vec<(String, Value)>;

/// A name without case and joints: `pubDate`, `pub_date` and `Pub-Date` are one.
pub(super) fn key(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

const TITLE: &[&str] = &["title", "headline"];
const BYLINE: &[&str] = &["author", "authors", "byline", "by", "creator", "writer"];
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "published", "pubdate", "publishdate", "datepublished", "publishedat", "publisheddate",
    "publicationdate", "date",
];
#[rustfmt::skip]
const MODIFIED: &[&str] = &[
    "modified", "updated", "lastmod", "lastmodified", "lastupdated", "datemodified", "updatedat",
    "modifieddate", "updateddate",
];
/// Before when it must not be published.
const EMBARGO: &[&str] = &["embargo", "embargoed", "embargountil", "embargoeduntil"];
const LANGUAGE: &[&str] = &["lang", "language", "locale"];
const URL: &[&str] = &["canonical", "canonicalurl", "url", "link", "source"];
#[rustfmt::skip]
const IMAGE: &[&str] = &[
    "image", "cover", "coverimage", "featuredimage", "thumbnail", "heroimage", "images",
];
const TOPICS: &[&str] = &[
    "tags",
    "tag",
    "topics",
    "keywords",
    "categories",
    "category",
];
/// Tables whose fields count as the article's own: Zola's and Hugo's.
const NESTED: &[&str] = &["extra", "params", "taxonomies"];

/// Whether header lines state something, and nothing else: every name is
/// known, none stands twice, and there is a headline or a date.
pub(super) fn is_header(fields: &Fields) -> bool {
    let all = [
        TITLE, BYLINE, PUBLISHED, MODIFIED, EMBARGO, LANGUAGE, URL, IMAGE, TOPICS,
    ];
    let known = |name: &str| all.iter().any(|names| names.contains(&name));
    let stated = |names: &[&str]| find(fields, names);
    let twice = |(at, (name, _)): (usize, &(String, Value))| {
        fields[..at].iter().any(|(before, _)| before == name)
    };
    let date = stated(PUBLISHED)
        .and_then(text_of)
        .is_some_and(|text| dates::parse(text).is_some());
    fields.iter().all(|(name, _)| known(name))
        && !fields.iter().enumerate().any(twice)
        && (date || stated(TITLE).is_some())
}

/// Takes over what the fields state; what cannot be taken over becomes a note.
pub(super) fn take_over(fields: Fields, article: &mut Article) {
    let mut all = Fields::with_capacity(fields.len());
    let mut nested = Fields::new();
    for (name, value) in fields {
        match value {
            Value::Table(inner) if NESTED.contains(&name.as_str()) => nested.extend(inner),
            value => all.push((name, value)),
        }
    }
    all.extend(nested);
    let text = |names| find(&all, names).and_then(text_of);

    article.title = text(TITLE).map(tidy).filter(|title| !title.is_empty());
    article.byline = find(&all, BYLINE).map(names).unwrap_or_default();
    article.published = date(&all, PUBLISHED, &mut article.notes);
    article.modified = date(&all, MODIFIED, &mut article.notes);
    article.language = text(LANGUAGE).and_then(|tag| language(tag, &mut article.notes));
    article.url = url(&all, &mut article.notes);
    article.image = text(IMAGE).map(tidy).filter(|image| !image.is_empty());
    article.topics = topics(&all);
    // Jekyll's `published: false` means a draft.
    article.draft = text(&["draft"]).is_some_and(|value| truth(value) == Some(true))
        || text(&["published"]).is_some_and(|value| truth(value) == Some(false));
    article.embargo = date(&all, EMBARGO, &mut article.notes);
    // An embargo that cannot be read must not be broken.
    let unread = |text: &str| article.embargo.is_none() && truth(text) != Some(false);
    article.draft |= text(EMBARGO).is_some_and(|text| !text.trim().is_empty() && unread(text));
}

fn find<'f>(fields: &'f Fields, names: &[&str]) -> Option<&'f Value> {
    let field = |name: &&str| fields.iter().find(|(known, _)| known == name);
    names.iter().find_map(field).map(|(_, value)| value)
}

/// The one text that a value is or holds: `{name: ...}`, `{url: ...}` and lists
/// give their first.
fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::List(items) => items.first().and_then(text_of),
        Value::Table(fields) => {
            find(fields, &["name", "url", "src", "image", "path", "title"]).and_then(text_of)
        }
    }
}

/// A text on one line, without what no feed may hold.
pub(super) fn tidy(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        if word.contains(super::charset::is_forbidden) {
            Cow::Owned(word.replace(super::charset::is_forbidden, ""))
        } else {
            Cow::Borrowed(word)
        }
    });
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn date(fields: &Fields, names: &[&str], notes: &mut Vec<String>) -> Option<Timestamp> {
    let language = find(fields, LANGUAGE).and_then(text_of).unwrap_or_default();
    let mut refused = None;
    for name in names {
        let Some(text) = find(fields, &[name]).and_then(text_of) else {
            continue;
        };
        // `published: true` says nothing about when.
        if text.trim().is_empty() || truth(text).is_some() {
            continue;
        }
        match dates::check(text, language) {
            Ok(date) => return Some(date),
            Err(error) => refused = refused.or(Some((name, text, error))),
        }
    }
    if let Some((name, text, error)) = refused {
        let text = tidy(&limits::shown(text));
        notes.push(match error {
            DateError::NoDate => {
                format!("{name} '{text}' is not a date that can be read; write it like 2024-12-05")
            }
            error => format!("{name} '{text}' is not taken: {error}; write it like 2024-12-05"),
        });
    }
    None
}

pub(super) fn language(tag: &str, notes: &mut Vec<String>) -> Option<String> {
    let mut parts = tag.trim().split(['-', '_']).enumerate();
    let alphabetic = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    // Case as BCP 47 recommends it: zh-Hant-TW.
    let canonical = |(at, part): (usize, &str)| match part.len() {
        2 | 3 if at == 0 && alphabetic(part) => Some(part.to_ascii_lowercase()),
        2 if at > 0 && alphabetic(part) => Some(part.to_ascii_uppercase()),
        4 if at > 0 && alphabetic(part) => {
            Some(part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase())
        }
        3..=8 if at > 0 && part.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            Some(part.to_ascii_lowercase())
        }
        _ => None,
    };
    let parts: Option<Vec<String>> = parts.by_ref().map(canonical).collect();
    if parts.is_none() && !tag.trim().is_empty() {
        let tag = tidy(&limits::shown(tag));
        notes.push(format!(
            "language '{tag}' is not a language tag; write it like en or de-AT"
        ));
    }
    parts.map(|parts| parts.join("-"))
}

/// The first absolute address; others are reported, but for `source`, which
/// often names an agency.
fn url(fields: &Fields, notes: &mut Vec<String>) -> Option<String> {
    let address = |name| find(fields, &[name]).and_then(text_of).map(str::trim);
    let stated: Vec<(&str, &str)> = URL
        .iter()
        .filter_map(|name| Some((*name, address(name)?)))
        .collect();
    let absolute = stated.iter().find(|(_, address)| is_absolute(address));
    if let Some((_, address)) = absolute {
        return Some((*address).to_owned());
    }
    let refused = |(name, address): &&(&str, &str)| *name != "source" && !address.is_empty();
    if let Some((name, address)) = stated.iter().find(refused) {
        let address = tidy(&limits::shown(address));
        notes.push(format!(
            "{name} '{address}' is not an absolute address; write it like https://example.org/article"
        ));
    }
    None
}

pub(super) fn is_absolute(address: &str) -> bool {
    let host = |scheme: &str| {
        let start = address.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &address[scheme.len()..])
    };
    let after = host("https://").or_else(|| host("http://"));
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    after.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') && rest.chars().all(sound)
    })
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The names that a byline states, in order, each once.
fn names(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    let stated = match value {
        Value::List(items) => items.iter().filter_map(text_of).collect(),
        one => text_of(one).into_iter().collect::<Vec<_>>(),
    };
    // An item of a list is one name: "Smith, John" and "Marks and Sons" stay.
    let listed = matches!(value, Value::List(items) if items.len() > 1);
    for text in stated {
        let text = tidy(text);
        let text = text.strip_prefix("By ").unwrap_or(&text);
        let split = if listed { vec![text] } else { separate(text) };
        for name in split {
            let name = name.split(" <").next().unwrap_or(name).trim();
            if !name.is_empty() && known.insert(name.to_owned()) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// "Ada Holm, Per Lind and Mo Tal" are three; "Holm, Ada" is one, and so is
/// "Ada Holm, Staff Writer".
fn separate(text: &str) -> Vec<&str> {
    // "Ada Holm": nothing could join two names.
    if text.matches(' ').count() < 2 && !text.contains([',', ';']) {
        return vec![text.trim()];
    }
    let mut parts: Vec<&str> = [" and ", " und ", " & ", ";"]
        .iter()
        .fold(vec![text], |parts, joint| {
            parts.iter().flat_map(|part| part.split(joint)).collect()
        });
    // "A B, C D, and E F" leaves a comma at the end of its middle.
    for part in &mut parts {
        *part = part.trim().trim_end_matches(',');
    }
    let name_like = |part: &&str| {
        let last = part.rsplit(' ').next().unwrap_or(part).to_lowercase();
        part.trim().contains(' ') && !ROLES.contains(&last.as_str())
    };
    let mut found = Vec::new();
    for part in &parts {
        let pieces: Vec<&str> = part.split(',').collect();
        if pieces.iter().all(|piece| name_like(&piece.trim())) {
            found.extend(pieces);
        } else if pieces.len() == 2 && !name_like(&pieces[1].trim()) && name_like(&pieces[0]) {
            found.push(pieces[0]);
        } else {
            found.push(part);
        }
    }
    found.into_iter().map(str::trim).collect()
}

/// Last words of what stands behind a name and is none.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "writer", "reporter", "correspondent", "editor", "staff", "columnist", "contributor", "news",
    "press", "journalist", "redakteur", "redakteurin", "reporterin", "korrespondent",
    "korrespondentin",
];

fn topics(fields: &Fields) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    let values = TOPICS.iter().filter_map(|name| find(fields, &[name]));
    for value in values {
        let stated: Vec<&str> = match value {
            Value::List(items) => items.iter().filter_map(text_of).collect(),
            one => text_of(one)
                .map(|text| text.split(',').collect())
                .unwrap_or_default(),
        };
        for topic in stated {
            let topic = tidy(topic.trim().trim_start_matches('#'));
            if !topic.is_empty() && known.insert(topic.to_lowercase()) {
                found.push(topic);
            }
        }
    }
    found
}
