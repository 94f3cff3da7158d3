//! JSON Feed 1.1.
//!
//! Written over several lines, so that files can be read and compared.

use super::{
    Format,
    border::{CleanEntry, Extent},
    head::Frame,
    hub::HubUrl,
    wire::Around,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub(super) const FORMAT: Format = Format {
    name: "feed.json",
    media_type: "application/feed+json",
    extent: Extent::Full,
    fragment,
    between: ",",
    around,
};

#[derive(PartialEq, Serialize, Deserialize)]
struct Document {
    version: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// Where the entries are that are older than these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    authors: Vec<Author>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    items: Vec<Item>,
}

/// Who tells subscribers when the feed changes.
#[derive(PartialEq, Serialize, Deserialize)]
struct Hub {
    /// The protocol that it speaks.
    #[serde(rename = "type")]
    protocol: String,
    url: String,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Item {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    content_html: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    date_modified: String,
    authors: Vec<Author>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Author {
    name: String,
}

/// What items start with, each on lines of its own.
const INDENT: &str = "\n    ";

fn fragment(entry: &CleanEntry, extent: Extent) -> Result<String, String> {
    let item = Item {
        id: entry.id.to_owned(),
        url: entry.link.clone(),
        title: entry.title.clone(),
        content_html: entry.content(extent).to_owned(),
        summary: Some(entry.summary.clone()).filter(|summary| !summary.is_empty()),
        image: entry.image.clone(),
        date_published: entry.published.to_string(),
        date_modified: entry.updated.to_string(),
        authors: entry.authors.iter().map(|name| author(name)).collect(),
        tags: entry.topics.iter().map(|one| one.label.clone()).collect(),
        language: entry.language.clone(),
    };
    let text = written(&item)?.ok_or_else(|| format!("the item {} differs", item.id))?;
    // Strings have their line ends escaped, so that all others are between
    // values.
    Ok(format!("{INDENT}{}", text.replace('\n', INDENT)))
}

fn around(frame: &Frame, any: bool) -> Result<Around, String> {
    let head = &frame.head;
    let url = |rel: &str| {
        let mut links = head.links(FORMAT.name).into_iter();
        links.find(|(one, _)| *one == rel).map(|(_, href)| href)
    };
    let feed = Document {
        version: "https://jsonfeed.org/version/1.1".to_owned(),
        title: head.title.clone(),
        home_page_url: head.home(),
        feed_url: url("self"),
        description: Some(head.description.clone()).filter(|text| !text.is_empty()),
        next_url: url("prev-archive"),
        authors: vec![author(&head.author)],
        language: head.language.clone(),
        hubs: head.hubs.iter().map(hub).collect(),
        items: Vec::new(),
    };
    let mut empty = written(&feed)?.ok_or("the feed differs")?;
    empty.push('\n');
    if !any {
        return Ok(Around::alone(empty.into_bytes()));
    }
    let mut around = Around::split(empty.into_bytes(), "]\n}")?;
    around.after.splice(..0, *b"\n  ");
    Ok(around)
}

/// Writes a value and reads it back; `None` when that gives another one.
fn written<T: PartialEq + Serialize + DeserializeOwned>(
    value: &T,
) -> Result<Option<String>, String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    let back: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok((back == *value).then_some(text))
}

fn author(name: &str) -> Author {
    Author {
        name: name.to_owned(),
    }
}

fn hub(url: &HubUrl) -> Hub {
    Hub {
        protocol: "WebSub".to_owned(),
        url: url.to_string(),
    }
}
