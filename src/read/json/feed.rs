//! JSON Feed 1.1 and 1.0, an article an item.

use crate::read::{
    ReadError, Reading, html,
    parts::Parts,
    plain,
    wire::{self, Dispatch},
};
use serde_json::{Map, Value};

pub(super) fn is(fields: &Map<String, Value>) -> bool {
    let version = text(fields, "version").unwrap_or_default();
    version.contains("jsonfeed.org/version/")
}

pub(super) fn read(feed: &Map<String, Value>) -> Result<Reading, ReadError> {
    let site = text(feed, "title").as_deref().and_then(wire::line);
    let language = text(feed, "language");
    let base = text(feed, "home_page_url").or_else(|| text(feed, "feed_url"));
    let authors = people(feed);
    let mut parts = Parts::default();
    let items = feed.get("items").and_then(Value::as_array);
    for item in items.into_iter().flatten().filter_map(Value::as_object) {
        let mut dispatch = dispatch(item, base.as_deref());
        dispatch.site.clone_from(&site);
        dispatch.language = dispatch.language.or_else(|| language.clone());
        if dispatch.byline.is_empty() {
            dispatch.byline.clone_from(&authors);
        }
        dispatch.put_into(&mut parts);
    }
    parts.reading(ReadError::NoArticle { what: "the feed" })
}

fn dispatch(item: &Map<String, Value>, base: Option<&str>) -> Dispatch {
    let absolute = |address: String| wire::joined(base, &address);
    let id = text(item, "id").or_else(|| {
        // Numbers are allowed by readers, if not by the format.
        let number = item.get("id").filter(|id| id.is_number());
        number.map(ToString::to_string)
    });
    let html = text(item, "content_html").map(|html| html::fragment(&html));
    let plain = || text(item, "content_text").map(|text| plain::blocks(&text));
    let summary = || text(item, "summary").map(|text| plain::blocks(&text));
    let body = html.filter(|text| !text.blocks.is_empty());
    let body = body.or_else(plain).or_else(summary).unwrap_or_default();
    let enclosed = item.get("attachments").and_then(Value::as_array);
    let picture = |attached: &Value| {
        let kind = attached.get("mime_type")?.as_str()?;
        let address = attached.get("url")?.as_str()?;
        kind.starts_with("image/").then(|| address.to_owned())
    };
    let enclosed = || enclosed?.iter().find_map(picture);
    let image = text(item, "image").or_else(|| text(item, "banner_image"));
    let tags = item.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str);
    let published = text(item, "date_published");
    let modified = text(item, "date_modified");
    Dispatch {
        id,
        title: text(item, "title").as_deref().and_then(wire::line),
        byline: people(item),
        published: published.or_else(|| modified.clone()),
        modified,
        language: text(item, "language"),
        url: text(item, "url")
            .or_else(|| text(item, "external_url"))
            .map(absolute),
        image: image.or_else(enclosed).map(absolute),
        topics: tags.map(str::to_owned).collect(),
        text: wire::without_reference(body),
        ..Dispatch::default()
    }
}

/// The authors, in the list of 1.1 or by themselves as in 1.0.
fn people(of: &Map<String, Value>) -> Vec<String> {
    let list = of.get("authors").and_then(Value::as_array);
    let one = of.get("author").map(std::slice::from_ref);
    let people = list.map(Vec::as_slice).or(one).unwrap_or_default();
    let name = |person: &Value| text(person.as_object()?, "name");
    people.iter().filter_map(name).collect()
}

fn text(of: &Map<String, Value>, name: &str) -> Option<String> {
    let text = of.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
