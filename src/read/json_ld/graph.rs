//! The things that JSON-LD describes, and what their fields state.

use super::Stated;
use crate::{
    dates,
    read::{byline, meta},
};
use dom_query::Document;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::{borrow::Cow, collections::BTreeMap};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Article,
    /// A review, a recipe, a video: something made, though no article.
    Work,
    Page,
    Site,
}

impl Kind {
    fn of(fields: &Map<String, Value>) -> Option<Self> {
        let named = |value: &Value| {
            let name = value.as_str()?;
            let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
            let lower = name.to_ascii_lowercase();
            let ends = |endings: &[&str]| endings.iter().any(|end| lower.ends_with(end));
            if ends(&["article", "posting", "report"]) {
                Some(Self::Article)
            } else if ends(&["webpage", "itempage", "aboutpage", "faqpage", "qapage"]) {
                Some(Self::Page)
            } else if lower == "website" {
                Some(Self::Site)
            } else {
                WORKS.contains(&lower.as_str()).then_some(Self::Work)
            }
        };
        match fields.get("@type").or_else(|| fields.get("type"))? {
            Value::Array(types) => types.iter().find_map(named),
            one => named(one),
        }
    }
}

#[rustfmt::skip]
const WORKS: &[&str] = &[
    "apireference", "claimreview", "creativework", "howto", "medicalscholarlyarticle", "recipe",
    "review", "videoobject", "podcastepisode", "course", "dataset",
];

/// Where other things than the article itself are: lists, and what it quotes,
/// answers or is made of.
#[rustfmt::skip]
const ASIDE: &[&str] = &[
    "itemListElement", "hasPart", "isPartOf", "mentions", "citation", "isBasedOn", "comment",
    "blogPost", "liveBlogUpdate", "review", "subjectOf", "associatedArticle", "relatedLink",
    "author", "creator", "publisher", "about", "video", "image", "workExample", "award",
];

pub(super) struct Thing<'v> {
    pub(super) kind: Kind,
    pub(super) fields: &'v Map<String, Value>,
}

/// The things that JSON-LD describes, and those that others refer to.
pub(super) struct Graph<'v> {
    pub(super) things: Vec<Thing<'v>>,
    known: BTreeMap<&'v str, &'v Map<String, Value>>,
}

impl<'v> Graph<'v> {
    pub(super) fn of(values: &'v [Value]) -> Self {
        let mut graph = Self {
            things: Vec::new(),
            known: BTreeMap::new(),
        };
        // Whether something is an aside, or inside an article, comes with it.
        let mut open: Vec<(&Value, bool)> = values.iter().rev().map(|v| (v, false)).collect();
        while let Some((value, mut aside)) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev().map(|item| (item, aside))),
                Value::Object(fields) => {
                    if let Some(id) = fields.get("@id").and_then(Value::as_str)
                        && fields.len() > 1
                    {
                        graph.known.entry(id).or_insert(fields);
                    }
                    if let Some(kind) = Kind::of(fields)
                        && !aside
                    {
                        graph.things.push(Thing { kind, fields });
                        aside = kind == Kind::Article;
                    }
                    let inner = fields.iter().rev();
                    open.extend(
                        inner
                            .filter(|(_, value)| value.is_object() || value.is_array())
                            .map(|(name, value)| (value, aside || ASIDE.contains(&name.as_str()))),
                    );
                }
                _ => {}
            }
        }
        graph
    }

    /// What the fields of one thing state.
    pub(super) fn stated(&self, fields: &Map<String, Value>) -> Stated {
        let text = |name: &str| text(fields.get(name)?);
        let date = |names: &[&str]| {
            let mut stated = names.iter().filter_map(|name| text(name));
            stated.find_map(|value| self::date(&value))
        };
        let publisher = fields.get("publisher").and_then(|value| self.name(value));
        let plain = |name| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        Stated {
            title: text("headline")
                .or_else(|| text("name"))
                .or_else(|| text("title")),
            byline: self.byline(fields),
            published: date(&["datePublished", "dateCreated"]),
            modified: date(&["dateModified"]),
            language: text("inLanguage").and_then(|tag| meta::language(&tag, &mut Vec::new())),
            url: ["mainEntityOfPage", "url"]
                .iter()
                .filter_map(|name| self.address(fields.get(*name)?))
                .find(|address| meta::is_absolute(address)),
            image: ["image", "primaryImageOfPage", "thumbnailUrl"]
                .iter()
                .find_map(|name| self.address(fields.get(*name)?)),
            topics: self.topics(fields),
            site: publisher,
            free: self.is_free(fields),
            description: text("description"),
            body: plain("articleBody").or_else(|| plain("text")),
        }
    }

    /// What a reference stands for.
    fn resolved<'r>(&'r self, value: &'r Value) -> Option<&'r Map<String, Value>> {
        let fields = value.as_object()?;
        let id = fields.get("@id").and_then(Value::as_str);
        let named = fields.contains_key("name") || fields.contains_key("url");
        match id.and_then(|id| self.known.get(id)) {
            Some(known) if !named => Some(known),
            _ => Some(fields),
        }
    }

    fn name(&self, value: &Value) -> Option<String> {
        let value = match value {
            Value::Array(items) => items.first()?,
            one => one,
        };
        match value {
            Value::String(text) => clean(text).filter(|name| !name.contains("://")),
            value => clean(self.resolved(value)?.get("name")?.as_str()?),
        }
    }

    fn address(&self, value: &Value) -> Option<String> {
        let value = match value {
            Value::Array(items) => items.first()?,
            one => one,
        };
        let address = if let Value::String(address) = value {
            address.as_str()
        } else {
            let fields = self.resolved(value)?;
            let names = ["url", "contentUrl", "@id"];
            let mut stated = names.iter().filter_map(|name| fields.get(*name));
            stated.find_map(|value| match value {
                Value::Array(items) => items.first()?.as_str(),
                one => one.as_str(),
            })?
        };
        let address = clean(address)?;
        (!address.contains(' ')).then_some(address)
    }

    /// The authors. Where people are named, the paper beside them is left out.
    fn byline(&self, fields: &Map<String, Value>) -> Vec<String> {
        let stated = ["author", "creator", "authors"]
            .iter()
            .find_map(|name| fields.get(*name));
        let publisher = fields.get("publisher").and_then(|value| self.name(value));
        let items = match stated {
            Some(Value::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let (mut people, mut others) = (Vec::new(), Vec::new());
        for item in items {
            let (names, person) = match item {
                Value::String(name) => (vec![name.as_str()], true),
                value => {
                    let Some(fields) = self.resolved(value) else {
                        continue;
                    };
                    let kind = fields.get("@type").and_then(Value::as_str);
                    let names = match fields.get("name") {
                        Some(Value::Array(names)) => {
                            names.iter().filter_map(Value::as_str).collect()
                        }
                        Some(Value::String(name)) => vec![name.as_str()],
                        _ => Vec::new(),
                    };
                    let person = kind.is_none_or(|kind| !kind.ends_with("Organization"));
                    (names, person)
                }
            };
            for name in names.into_iter().filter_map(clean) {
                let person = person && publisher.as_ref() != Some(&name);
                let found = if person { &mut people } else { &mut others };
                for name in byline::names(&name) {
                    if !found.contains(&name) {
                        found.push(name);
                    }
                }
            }
        }
        if people.is_empty() { others } else { people }
    }

    fn topics(&self, fields: &Map<String, Value>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in ["keywords", "about"] {
            let stated: Vec<Cow<str>> = match fields.get(name) {
                Some(Value::Array(items)) => {
                    let names = items.iter().filter_map(|item| self.name(item));
                    names.map(Cow::Owned).collect()
                }
                Some(Value::String(text)) if name == "keywords" => {
                    text.split([',', ';']).map(Cow::Borrowed).collect()
                }
                _ => Vec::new(),
            };
            for topic in stated.iter().filter_map(|topic| clean(topic)) {
                if is_topic(&topic) && !found.contains(&topic) {
                    found.push(topic);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    fn is_free(&self, fields: &Map<String, Value>) -> Option<bool> {
        let stated = |fields: &Map<String, Value>| match fields.get("isAccessibleForFree")? {
            Value::Bool(free) => Some(*free),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        stated(fields).or_else(|| stated(self.resolved(fields.get("hasPart")?)?))
    }
}

/// The one text that a value is or holds.
pub(super) fn text(value: &Value) -> Option<String> {
    let mut value = value;
    loop {
        match value {
            Value::String(text) => return clean(text),
            Value::Array(items) => value = items.first()?,
            Value::Object(fields) => {
                let names = ["@value", "alternateName", "name"];
                let inner = names.iter().find_map(|name| fields.get(*name))?;
                return inner.as_str().and_then(clean);
            }
            _ => return None,
        }
    }
}

/// A date for machines.
///
/// Midnight in a zone is how a date without a time is written: it is no time of
/// the day before.
pub(in crate::read) fn date(value: &str) -> Option<Timestamp> {
    let value = value.trim();
    let midnight = value.get(11..16).is_some_and(|time| time == "00:00");
    let day = value.get(..10).filter(|_| midnight);
    day.and_then(dates::parse).or_else(|| dates::parse(value))
}

/// Whether a keyword is one for readers; "type:story" and "/news/x" are for
/// machines.
pub(in crate::read) fn is_topic(word: &str) -> bool {
    let alphabetic = word.chars().any(char::is_alphabetic);
    alphabetic && word.chars().count() <= 60 && !word.contains([':', '=', '/', '_', '{', '<'])
}

/// A value on one line, its character references and tags resolved: many
/// generators write what they have for HTML.
pub(in crate::read) fn clean(text: &str) -> Option<String> {
    let marked = text.contains('<') || (text.contains('&') && text.contains(';'));
    let text = if marked {
        Cow::Owned(Document::fragment(text).text().to_string())
    } else {
        Cow::Borrowed(text)
    };
    Some(meta::tidy(&text)).filter(|text| !text.is_empty())
}
