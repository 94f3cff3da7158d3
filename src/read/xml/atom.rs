//! Atom feeds, 1.0 and the draft before it, an article an entry.

use super::{
    element::{Element, Shape},
    rss,
};
use crate::{
    read::{
        ReadError, Reading, html,
        parts::Parts,
        wire::{self, Dispatch},
    },
    text::Text,
};

pub(super) fn read(root: Element) -> Result<Reading, ReadError> {
    if root.name() == "entry" {
        return Ok(Reading::Article(Box::new(dispatch(root, None).article())));
    }
    let site = root.find(&["title"]).and_then(line);
    let itself = || {
        root.all("link")
            .find(|link| link.attribute("rel").as_deref() == Some("self"))
    };
    let itself = itself().and_then(|link| link.attribute("href"));
    let page = || Some(wire::joined(itself.as_deref(), &link(root)?));
    let base = root.attribute("xml:base").or_else(page);
    let language = root.attribute("xml:lang");
    let authors = people(root);
    let mut parts = Parts::default();
    for entry in root.all("entry").filter(|entry| is_read(*entry)) {
        let mut dispatch = dispatch(entry, base.as_deref());
        dispatch.site = dispatch.site.or_else(|| site.clone());
        dispatch.language = dispatch.language.or_else(|| language.clone());
        if dispatch.byline.is_empty() {
            dispatch.byline.clone_from(&authors);
        }
        dispatch.put_into(&mut parts);
    }
    parts.reading(rss::none())
}

fn dispatch(entry: Element, base: Option<&str>) -> Dispatch {
    let own_base = entry.attribute("xml:base");
    let base = own_base
        .map(|own| wire::joined(base, &own))
        .or_else(|| base.map(str::to_owned));
    let absolute = |address: String| wire::joined(base.as_deref(), &address);
    let own = |name: &'static str| {
        entry
            .all(name)
            .filter(|child| !rss::is_in(*child, rss::MEDIA))
    };
    let texts = own("content").chain(own("summary")).map(text);
    let text = texts.into_iter().find(|text| !text.plain.is_empty());
    let text = text.or_else(|| rss::described(entry));
    // An entry may come from another feed, which it names.
    let source = entry.find(&["source"]);
    let mut byline = people(entry);
    if byline.is_empty() {
        byline = source.map(people).unwrap_or_default();
    }
    let label = |category: Element| {
        // What kind of entry it is, for programs.
        if category
            .attribute("scheme")
            .is_some_and(|scheme| scheme.ends_with("#kind"))
        {
            return None;
        }
        let label = category
            .attribute("label")
            .or_else(|| category.attribute("term"));
        label.as_deref().and_then(wire::line)
    };
    let date = |name: &str| entry.line_of(&[name]);
    let updated = date("updated").or_else(|| date("modified"));
    let published = date("published")
        .or_else(|| date("issued"))
        .or_else(|| date("created"));
    Dispatch {
        id: entry.line_of(&["id"]),
        title: entry.find(&["title"]).and_then(line),
        byline,
        published: published.or_else(|| updated.clone()),
        modified: updated,
        language: entry.attribute("xml:lang"),
        url: link(entry).map(absolute),
        image: rss::picture(entry).map(absolute),
        topics: entry.all("category").filter_map(label).collect(),
        status: is_withheld(entry).then(|| "withheld".to_owned()),
        site: source
            .and_then(|source| source.find(&["title"]))
            .and_then(line),
        text: wire::without_reference(text.unwrap_or_default()),
        ..Dispatch::default()
    }
}

/// Whether an entry is for people: Blogger's exports hold settings and comments
/// as well.
fn is_read(entry: Element) -> bool {
    let kind = |category: Element| {
        let scheme = category.attribute("scheme")?;
        let kind = || category.attribute("term");
        scheme.ends_with("#kind").then(kind).flatten()
    };
    let kind = entry.all("category").find_map(kind).or_else(|| {
        let kind = entry
            .all("type")
            .find(|child| child.space().contains("blogger"))?;
        kind.line()
    });
    kind.is_none_or(|kind| {
        let kind = kind.to_lowercase();
        kind.ends_with("post") || kind.ends_with("page")
    })
}

/// Whether an entry is kept, though not published.
fn is_withheld(entry: Element) -> bool {
    let draft = entry.line_of(&["control", "draft"]);
    let status = entry
        .all("status")
        .find(|child| child.space().contains("blogger"));
    let status = status.and_then(Element::line);
    draft.is_some_and(|draft| draft == "yes") || status.is_some_and(|status| status != "LIVE")
}

/// The page that an entry is.
fn link(entry: Element) -> Option<String> {
    let rel = |link: &Element| {
        link.attribute("rel")
            .unwrap_or_else(|| "alternate".to_owned())
    };
    let pages = || entry.all("link").filter(|link| rel(link) == "alternate");
    let html = |link: &Element| {
        link.attribute("type")
            .is_none_or(|kind| kind.contains("html"))
    };
    let page = pages().find(html).or_else(|| pages().next())?;
    page.attribute("href")
}

fn people(of: Element) -> Vec<String> {
    let named = |author: Element| author.line_of(&["name"]);
    of.all("author").filter_map(named).collect()
}

/// A text construct on one line.
fn line(of: Element) -> Option<String> {
    match kind(of).as_str() {
        "text" | "text/plain" => of.line(),
        "xhtml" | "application/xhtml+xml" => wire::line(&of.html(shape)),
        _ => wire::line(&of.text()),
    }
}

fn text(of: Element) -> Text {
    match kind(of).as_str() {
        // Writers forget the type more often than they write "<p>" to be read.
        "text" | "text/plain" if !of.text().contains("</") => wire::lines(&of.text()),
        "xhtml" | "application/xhtml+xml" => html::fragment(&of.html(shape)),
        kind if kind.starts_with("image") || kind.starts_with("video") => Text::default(),
        _ if of.children().next().is_some() => html::fragment(&of.html(shape)),
        _ => wire::markup(&of.text()),
    }
}

fn kind(of: Element) -> String {
    let kind = of.attribute("type").unwrap_or_else(|| "text".to_owned());
    kind.to_ascii_lowercase()
}

fn shape(element: Element) -> Shape {
    match element.name() {
        "head" | "script" | "style" => Shape::Out,
        "html" | "body" => Shape::Inside,
        _ => Shape::Own,
    }
}
