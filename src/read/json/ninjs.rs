//! ninjs, the press's JSON, of its three generations.
//!
//! They differ in where a name has its variant: `body_html` and
//! `headline_main` in the first, lists of `{role, value}` in the later ones,
//! which also write names in two ways, `versioncreated` and `versionCreated`.

use super::Said;
use crate::{
    read::{
        meta,
        wire::{self, Dispatch},
    },
    text::Text,
};
use serde_json::{Map, Value};

/// Whether an object is an item of ninjs: it has an identifier, as all have,
/// and one of the names that others do not use.
fn is(fields: &Map<String, Value>) -> bool {
    let names = || fields.keys().map(|name| meta::key(name));
    let own = |name: &str| {
        OWN.contains(&name)
            || name.starts_with("body") && !matches!(name, "body" | "bodytext" | "bodyhtml")
    };
    names().any(|name| matches!(name.as_str(), "uri" | "guid" | "altids" | "pubstatus"))
        && names().any(|name| own(&name))
        && !fields.contains_key("@type")
}

/// Names of ninjs, as `meta::key` gives them.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "versioncreated", "firstcreated", "contentcreated", "pubstatus", "representationtype",
    "descriptiontext", "headlines", "bodies", "altids", "copyrightholder", "copyrightnotice",
    "infosources", "bodyxhtml", "bodyhtml5",
];

pub(super) fn read(value: &Value) -> Option<Said> {
    let fields = value.as_object().filter(|fields| is(fields))?;
    let item = Item(fields);
    let kind = item.text("type").unwrap_or_else(|| "text".to_owned());
    let text = item.body();
    // What a picture shows is no article.
    if !matches!(kind.as_str(), "text" | "composite" | "component") && text.blocks.is_empty() {
        return None;
    }
    let names = |name: &str| -> Vec<String> {
        let list = item.get(&[name]).and_then(Value::as_array);
        let named = |value: &Value| text_of(value.get("name").unwrap_or(value));
        list.map(|list| list.iter().filter_map(named).collect())
            .unwrap_or_default()
    };
    // From the field to who and where in it.
    let topics = [
        "subject",
        "subjects",
        "event",
        "events",
        "organisation",
        "organisations",
        "person",
        "people",
        "place",
        "places",
        "keywords",
    ];
    let source = item
        .get(&["infosource", "infosources"])
        .and_then(Value::as_array);
    let source = source.and_then(|list| text_of(list.first()?.get("name")?));
    let site = item.first(&["provider", "source", "creditline", "copyrightholder"]);
    let first = item.first(&["contentcreated", "firstcreated"]);
    let version = item.first(&["versioncreated"]);
    let dispatch = Dispatch {
        id: item.first(&["uri", "guid"]),
        title: item
            .variant("headline", "headlines")
            .as_deref()
            .and_then(wire::line)
            .or_else(|| item.text("title").as_deref().and_then(wire::line)),
        byline: item.bylines(),
        published: first.or_else(|| version.clone()),
        modified: item.first(&["contentmodified"]).or(version),
        language: item.text("language"),
        url: item.first(&["url", "uri"]),
        image: item.picture(),
        topics: topics.iter().flat_map(|name| names(name)).collect(),
        site: source.or(site),
        status: item.text("pubstatus"),
        embargo: item.text("embargoed"),
        dateline: item.text("dateline"),
        text,
        ..Dispatch::default()
    };
    Some(Said::of(dispatch))
}

/// The fields of an item.
struct Item<'v>(&'v Map<String, Value>);

impl<'v> Item<'v> {
    /// The first of these names that is there, however it is written.
    fn get(&self, names: &[&str]) -> Option<&'v Value> {
        let field = |name: &&str| {
            let exact = self.0.get(*name);
            exact.or_else(|| {
                let mut fields = self.0.iter();
                fields
                    .find(|(known, _)| meta::key(known) == **name)
                    .map(|(_, value)| value)
            })
        };
        names
            .iter()
            .find_map(field)
            .filter(|value| !value.is_null())
    }

    fn text(&self, name: &str) -> Option<String> {
        text_of(self.get(&[name])?)
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// What is stated by itself, in a list with roles, or under names with a
    /// variant behind them.
    fn variant(&self, one: &str, many: &str) -> Option<String> {
        let main = self.first(&[one, &[one, "main"].concat()]);
        main.or_else(|| {
            let list = self.get(&[many])?.as_array()?;
            let role = |item: &&Value| {
                let role = item.get("role").and_then(Value::as_str).unwrap_or_default();
                role.is_empty() || role.contains("main")
            };
            let value = |item: &Value| text_of(item.get("value")?);
            list.iter()
                .filter(role)
                .find_map(value)
                .or_else(|| list.iter().find_map(value))
        })
    }

    fn bylines(&self) -> Vec<String> {
        if let Some(line) = self.first(&["byline", "by"]) {
            return vec![line];
        }
        // Some agencies name people one by one.
        let list = self.get(&["bylines", "authors"]).and_then(Value::as_array);
        let person = |value: &Value| {
            let names = ["by", "byline", "name"];
            let inner = names.iter().find_map(|name| text_of(value.get(*name)?));
            inner.or_else(|| text_of(value))
        };
        list.map(|list| list.iter().filter_map(person).collect())
            .unwrap_or_default()
    }

    /// The body, of its variants the one with most markup.
    fn body(&self) -> Text {
        let first = |name: &String| name.strip_prefix("body").map(|_| ());
        let mut bodies: Vec<(usize, String)> = Vec::new();
        for (name, value) in self.0 {
            let name = meta::key(name);
            if first(&name).is_some()
                && let Some(text) = value.as_str()
            {
                bodies.push((rank(&name, text), text.to_owned()));
            }
        }
        for body in self
            .get(&["bodies"])
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let kind =
                Self::of(body).map(|body| body.first(&["contenttype", "role"]).unwrap_or_default());
            let value = body.get("value").and_then(Value::as_str);
            if let (Some(kind), Some(text)) = (kind, value) {
                bodies.push((rank(&kind, text), text.to_owned()));
            }
        }
        bodies.sort_by_key(|(rank, _)| *rank);
        let texts = bodies.iter().map(|(rank, body)| match rank {
            // Markup that stands as text in what is to be plain.
            2 if !body.contains("</") => crate::read::plain::blocks(body),
            _ => wire::text(body),
        });
        let mut texts = texts.filter(|text| !text.blocks.is_empty());
        texts.next().unwrap_or_default()
    }

    fn of(value: &'v Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// The first picture that comes with the text, in the size for a page.
    fn picture(&self) -> Option<String> {
        let associated = match self.get(&["associations"])? {
            Value::Object(named) => named.values().collect(),
            Value::Array(list) => list.iter().collect(),
            _ => Vec::new(),
        };
        let mut pictures = associated.into_iter().filter_map(Self::of);
        pictures.find_map(|picture| {
            let kind = picture.text("type").unwrap_or_default();
            matches!(kind.as_str(), "picture" | "graphic" | "image")
                .then(|| picture.rendition())
                .flatten()
        })
    }

    fn rendition(&self) -> Option<String> {
        let renditions: Vec<(String, &Value)> = match self.get(&["renditions"])? {
            Value::Object(named) => named.iter().map(|(name, of)| (name.clone(), of)).collect(),
            Value::Array(list) => {
                let name = |of: &Value| {
                    let names = ["usage", "name"];
                    let texts = names.iter().filter_map(|name| text_of(of.get(*name)?));
                    texts.collect::<Vec<_>>().join(" ")
                };
                list.iter().map(|of| (name(of), of)).collect()
            }
            _ => Vec::new(),
        };
        let picture = |(name, of): (String, &Value)| {
            let mime = ["mimetype", "contenttype", "mimeType", "contentType"];
            let mime = mime.iter().find_map(|name| text_of(of.get(*name)?));
            let image = mime.is_none_or(|mime| mime.starts_with("image/"));
            let address = text_of(of.get("href")?)?;
            image.then_some((wire::rendition(&name), address))
        };
        let found = renditions.into_iter().filter_map(picture);
        found
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, address)| address)
    }
}

/// How much of its form a body keeps: HTML first, then text, then other XML.
fn rank(kind: &str, text: &str) -> usize {
    let kind = kind.to_ascii_lowercase();
    if kind.contains("html") || kind.contains("richtext") {
        0
    } else if kind.contains("xml")
        || kind.contains("nitf")
        || text.trim_start().starts_with("<?xml")
    {
        3
    } else if text.contains("</p>") {
        1
    } else {
        2
    }
}

fn text_of(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
