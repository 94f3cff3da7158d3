//! RSS of every kind: 0.9x, 1.0 and 2.0, an article an item.
//!
//! The crate `rss` builds the feeds that are published. Reading is done here,
//! since it asks for names and forms that many feeds do not keep to.

use super::element::Element;
use crate::{
    read::{
        ReadError, Reading,
        parts::Parts,
        wire::{self, Dispatch},
    },
    text::Text,
};

/// Namespaces, and the prefixes by which they go where nobody declares them.
const CONTENT: &[&str] = &["http://purl.org/rss/1.0/modules/content/", "content"];
const DUBLIN_CORE: &[&str] = &[
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "dc",
    "dcterms",
];
pub(super) const MEDIA: &[&str] = &[
    "http://search.yahoo.com/mrss/",
    "http://search.yahoo.com/mrss",
    "media",
];
const ATOM: &[&str] = &["http://www.w3.org/2005/Atom", "atom"];

pub(super) fn read(root: Element) -> Result<Reading, ReadError> {
    let channel = root.find(&["channel"]);
    let of_channel = |name: &str| channel.and_then(|channel| plain(channel, name));
    let site = of_channel("title").as_deref().and_then(wire::line);
    let language =
        of_channel("language").or_else(|| channel.and_then(|channel| dublin(channel, "language")));
    let base = root.attribute("xml:base").or_else(|| of_channel("link"));
    let inside = channel.into_iter().flat_map(|channel| channel.all("item"));
    // RSS 1.0 has them beside the channel.
    let mut parts = Parts::default();
    for item in inside.chain(root.all("item")).filter(|item| is_read(*item)) {
        let mut dispatch = dispatch(item, base.as_deref());
        dispatch.site = dispatch.site.or_else(|| site.clone());
        dispatch.language = dispatch.language.or_else(|| language.clone());
        dispatch.put_into(&mut parts);
    }
    parts.reading(none())
}

/// Why a feed is not read that has nothing in it.
pub(super) fn none() -> ReadError {
    ReadError::NoArticle { what: "the feed" }
}

fn dispatch(item: Element, base: Option<&str>) -> Dispatch {
    let id = plain(item, "guid");
    let permanent = item.find(&["guid"]).is_none_or(|guid| {
        guid.attribute("isPermaLink")
            .is_none_or(|value| value != "false")
    });
    let own_base = item.attribute("xml:base");
    let base = own_base
        .map(|own| wire::joined(base, &own))
        .or_else(|| base.map(str::to_owned));
    let absolute = |address: String| wire::joined(base.as_deref(), &address);
    let url = plain(item, "link")
        .or_else(|| item.attribute("rdf:about"))
        .or_else(|| id.clone().filter(|_| permanent));
    let source = item
        .children()
        .filter(|child| child.name() == "encoded" && is_in(*child, CONTENT));
    let description = || plain_text(item, "description").or_else(|| plain_text(item, "content"));
    let written = source
        .map(Element::text)
        .find(|text| !text.trim().is_empty())
        .or_else(description);
    let exported = exported(item, "post_type").is_some();
    let text = written
        .as_deref()
        .map(if exported { wire::tagged } else { wire::markup });
    let text = text.or_else(|| described(item)).unwrap_or_default();
    let authors = item
        .children()
        .filter(|child| child.name() == "creator" && is_in(*child, DUBLIN_CORE));
    let mut byline: Vec<String> = authors.filter_map(Element::line).collect();
    if byline.is_empty() {
        let authors = item.children().filter(|child| child.name() == "author");
        byline = authors
            .filter_map(Element::line)
            .filter_map(|line| person(&line))
            .collect();
    }
    let categories = item.all("category").chain(item.all("subject"));
    Dispatch {
        id,
        title: plain(item, "title")
            .or_else(|| dublin(item, "title"))
            .as_deref()
            .and_then(wire::line),
        byline,
        published: plain(item, "pubDate").or_else(|| dublin(item, "date")),
        modified: item
            .children()
            .find(|child| child.name() == "updated" && is_in(*child, ATOM))
            .and_then(Element::line)
            .or_else(|| dublin(item, "modified")),
        language: dublin(item, "language"),
        url: url.map(absolute),
        image: picture(item).map(absolute),
        topics: categories
            .filter_map(Element::line)
            .filter_map(|name| wire::line(&name))
            .collect(),
        site: item.line_of(&["source"]),
        status: is_withheld(item).then(|| "withheld".to_owned()),
        text: wire::without_reference(text),
        ..Dispatch::default()
    }
}

/// What WordPress says of an item in the files that it exports.
fn exported(item: Element, name: &str) -> Option<String> {
    let own = |child: &Element| {
        child.space().starts_with("http://wordpress.org/export/") || child.space() == "wp"
    };
    item.all(name).find(own)?.line()
}

/// Whether an item is for people: an export holds menus and settings as well.
fn is_read(item: Element) -> bool {
    let kind = exported(item, "post_type").unwrap_or_default();
    let technical = [
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
    ];
    !technical.contains(&kind.as_str()) && !kind.starts_with("wp_") && !kind.ends_with("_cache")
}

/// Whether an item is exported, though not published.
fn is_withheld(item: Element) -> bool {
    let status = exported(item, "status").is_some_and(|status| status != "publish");
    status || exported(item, "post_password").is_some()
}

/// An author as RSS wants it, "ada@example.org (Ada Holm)", or as it is done,
/// "Ada Holm". An address alone is no name.
fn person(line: &str) -> Option<String> {
    let Some((before, _)) = line.split_once('@') else {
        return Some(line.to_owned());
    };
    if let Some((_, name)) = line.split_once('(') {
        return Some(name.trim_end_matches(')').to_owned());
    }
    // "Ada Holm <ada@example.org>"
    let name = before
        .rsplit_once('<')
        .map(|(name, _)| name.trim().to_owned());
    name.filter(|name| !name.is_empty())
}

/// The text of RSS's own element of this name, not of an extension's.
fn plain_text(of: Element, name: &str) -> Option<String> {
    let own =
        |child: &Element| !is_in(*child, MEDIA) && !is_in(*child, ATOM) && !is_in(*child, ITUNES);
    let mut texts = of.all(name).filter(own).map(Element::text);
    texts.find(|text| !text.trim().is_empty())
}

const ITUNES: &[&str] = &["http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"];

fn plain(of: Element, name: &str) -> Option<String> {
    plain_text(of, name).map(|text| text.trim().to_owned())
}

fn dublin(of: Element, name: &str) -> Option<String> {
    of.all(name)
        .find(|child| is_in(*child, DUBLIN_CORE))?
        .line()
}

pub(super) fn is_in(element: Element, spaces: &[&str]) -> bool {
    spaces
        .iter()
        .any(|space| space.eq_ignore_ascii_case(element.space()))
}

/// What a film or a sound is said to be about, for want of a text.
pub(super) fn described(item: Element) -> Option<Text> {
    let words = |element: &Element| match element.name() {
        "description" => is_in(*element, MEDIA),
        "summary" => is_in(*element, ITUNES),
        _ => false,
    };
    let text = wire::markup(&item.descendants().find(words)?.text());
    Some(text).filter(|text| !text.blocks.is_empty())
}

/// The picture that an item comes with.
pub(super) fn picture(item: Element) -> Option<String> {
    let image = |element: &Element| {
        let kind = element.attribute("type").unwrap_or_default();
        kind.starts_with("image/")
            || element
                .attribute("medium")
                .is_some_and(|medium| medium == "image")
    };
    let address = |element: Element| {
        element
            .attribute("url")
            .or_else(|| element.attribute("href"))
    };
    let enclosed = item
        .children()
        .filter(|child| {
            child.name() == "enclosure"
                || child.attribute("rel").is_some_and(|rel| rel == "enclosure")
        })
        .filter(image)
        .find_map(address);
    let media = |name: &'static str| {
        let elements = item
            .descendants()
            .filter(move |element| element.name() == name);
        elements.filter(|element| is_in(*element, MEDIA))
    };
    enclosed
        .or_else(|| media("content").filter(image).find_map(address))
        .or_else(|| media("thumbnail").find_map(address))
}
