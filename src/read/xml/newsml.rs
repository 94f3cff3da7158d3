//! NewsML-G2: news items, alone or in messages.

use super::{
    element::{Element, Shape},
    nitf,
};
use crate::read::{
    ReadError, Reading,
    parts::Parts,
    wire::{self, Dispatch},
};
use std::collections::BTreeMap;

pub(super) fn read(root: Element) -> Result<Reading, ReadError> {
    if root.name() == "newsItem" {
        return Ok(Reading::Article(Box::new(dispatch(root).article())));
    }
    let items = || {
        root.descendants()
            .filter(|element| element.name() == "newsItem")
    };
    let (texts, others): (Vec<Element>, Vec<Element>) = items().partition(|item| is_text(*item));
    let pictures: BTreeMap<String, String> = others
        .into_iter()
        .filter_map(|item| Some((item.attribute("guid").unwrap_or_default(), picture(item)?)))
        .collect();
    let none = ReadError::OtherKind {
        what: "a NewsML message or package without a text".to_owned(),
        remedy: "put in the news items that it refers to",
    };
    let sent = |item: &Element| {
        let mut dispatch = dispatch(*item);
        // Pictures are named by their texts, or come with the only one.
        let mut named = item
            .descendants()
            .filter_map(|link| link.attribute("residref"));
        let named = named.find_map(|guid| pictures.get(&guid));
        let only = pictures.values().next().filter(|_| texts.len() == 1);
        dispatch.image = dispatch.image.or_else(|| named.or(only).cloned());
        dispatch
    };
    if let [only] = &texts[..] {
        return Ok(Reading::Article(Box::new(sent(only).article())));
    }
    let mut parts = Parts::default();
    for item in &texts {
        let dispatch = sent(item);
        let (id, title) = (dispatch.id.clone(), dispatch.title.clone());
        parts.push(&[id.as_deref(), title.as_deref()], Ok(dispatch.article()));
    }
    parts.reading(none)
}

/// Whether an item is a text. One without a class is, if it has any.
fn is_text(item: Element) -> bool {
    let class = item.find(&["itemMeta", "itemClass"]).and_then(code);
    match class.as_deref() {
        Some(class) => class == "text",
        None => item
            .descendants()
            .any(|element| matches!(element.name(), "inlineXML" | "inlineData")),
    }
}

/// What an item says.
fn dispatch(item: Element) -> Dispatch {
    let mut dispatch = Dispatch {
        id: item.attribute("guid"),
        url: item.attribute("guid"),
        language: item.attribute("xml:lang"),
        image: picture(item),
        ..Dispatch::default()
    };
    if let Some(content) = item.find(&["contentMeta"]) {
        take_content(content, &mut dispatch);
    }
    if let Some(meta) = item.find(&["itemMeta"]) {
        take_item(meta, &mut dispatch);
    }
    let language = dispatch.language.clone();
    for content in item.all("contentSet").flat_map(Element::children) {
        let inside = inside(content);
        if !inside.text.blocks.is_empty() {
            dispatch.complete(inside);
        }
    }
    dispatch.language = language.or(dispatch.language);
    dispatch
}

fn take_content(content: Element, dispatch: &mut Dispatch) {
    let tag = content
        .find(&["language"])
        .and_then(|language| language.attribute("tag"));
    dispatch.language = tag.or(dispatch.language.take());
    let language = dispatch.language.clone().unwrap_or_default();
    let own = |name: &str| in_language(&content.all(name).collect::<Vec<_>>(), &language);
    let line = |name: &str| own(name)?.line();
    dispatch.published = content.line_of(&["contentCreated"]);
    dispatch.modified = content.line_of(&["contentModified"]);
    dispatch.title = line("headline");
    dispatch.dateline = line("dateline");
    dispatch.byline = Vec::from_iter(line("by"));
    if dispatch.byline.is_empty() {
        let people = content.all("creator").filter(|creator| {
            let kind = creator.attribute("type").unwrap_or_default();
            !kind.contains("org")
        });
        dispatch.byline = people
            .filter_map(|person| called(person, &language))
            .collect();
    }
    let source = || {
        content
            .find(&["infoSource"])
            .and_then(|source| called(source, &language))
    };
    dispatch.site = line("creditline").or_else(source);
    let subjects = content
        .all("subject")
        .filter_map(|subject| called(subject, &language));
    let keywords = content.all("keyword").filter_map(Element::line);
    dispatch.topics = subjects.chain(keywords).collect();
}

fn take_item(meta: Element, dispatch: &mut Dispatch) {
    let language = dispatch.language.clone().unwrap_or_default();
    let provider = meta.find(&["provider"]);
    let name = provider.and_then(|provider| called(provider, &language));
    let literal = || provider?.attribute("literal").or_else(|| code(provider?));
    dispatch.site = name.or(dispatch.site.take()).or_else(literal);
    let first = meta.line_of(&["firstCreated"]);
    let version = meta.line_of(&["versionCreated"]);
    dispatch.published = dispatch
        .published
        .take()
        .or(first)
        .or_else(|| version.clone());
    dispatch.modified = dispatch.modified.take().or(version);
    dispatch.embargo = meta.line_of(&["embargoed"]);
    // An empty one holds the item back without saying until when.
    if dispatch.embargo.is_none() && meta.find(&["embargoed"]).is_some() {
        dispatch.status = Some("embargoed".to_owned());
    }
    let status = meta.find(&["pubStatus"]).and_then(code);
    dispatch.status = status
        .filter(|status| status != "usable")
        .or(dispatch.status.take());
    let title =
        in_language(&meta.all("title").collect::<Vec<_>>(), &language).and_then(Element::line);
    dispatch.title = dispatch.title.take().or(title);
}

/// What an element of a content set says.
fn inside(content: Element) -> Dispatch {
    let kind = content.attribute("contenttype").unwrap_or_default();
    match content.name() {
        "inlineXML" => {
            let Some(root) = content.children().next() else {
                return Dispatch::default();
            };
            if root.name() == "nitf" {
                return nitf::dispatch(root);
            }
            let body = root.descendants().find(|element| element.name() == "body");
            Dispatch {
                text: wire::text(&body.unwrap_or(content).html(shape)),
                ..Dispatch::default()
            }
        }
        "inlineData" if kind.contains("html") || content.children().next().is_some() => {
            let text = content.text();
            let html = if text.contains("</") {
                text
            } else {
                content.html(shape)
            };
            Dispatch {
                text: wire::text(&html),
                ..Dispatch::default()
            }
        }
        "inlineData" if !content.text().trim().is_empty() && is_written(&kind) => Dispatch {
            text: wire::text(&content.text()),
            ..Dispatch::default()
        },
        _ => Dispatch::default(),
    }
}

/// Whether data of this type are text: pictures can be inline, too.
fn is_written(kind: &str) -> bool {
    kind.is_empty() || kind.starts_with("text") || kind.contains("xml")
}

/// XHTML keeps its elements.
fn shape(element: Element) -> Shape {
    match element.name() {
        "head" | "script" | "style" => Shape::Out,
        "html" | "body" => Shape::Inside,
        // What some editors' own formats call a paragraph.
        "element" | "para" | "paragraph" => Shape::As("p"),
        _ => Shape::Own,
    }
}

/// The address of an item's picture: of its renditions the one that suits a
/// page best.
fn picture(item: Element) -> Option<String> {
    let contents = item
        .all("contentSet")
        .flat_map(|set| set.all("remoteContent"));
    contents
        .filter(|content| {
            let kind = content.attribute("contenttype").unwrap_or_default();
            kind.starts_with("image/")
        })
        .filter_map(|content| {
            let other = || content.line_of(&["altLoc"]);
            let address = content.attribute("href").or_else(other)?;
            let name = content.attribute("rendition").unwrap_or_default();
            Some((wire::rendition(&name), address))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, address)| address)
}

/// The name of somebody or something; codes alone are none.
fn called(of: Element, language: &str) -> Option<String> {
    let name = in_language(&of.all("name").collect::<Vec<_>>(), language).and_then(Element::line);
    name.or_else(|| {
        of.attribute("literal")
            .filter(|literal| literal.contains(' '))
    })
}

/// Of elements that say the same in several languages the one in this; else
/// the first that names none, else the first.
fn in_language<'t>(elements: &[Element<'t>], language: &str) -> Option<Element<'t>> {
    let start = |tag: &str| {
        tag.split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let tag = |element: &Element| element.attribute("xml:lang");
    let same = |element: &&Element| tag(element).is_some_and(|tag| start(&tag) == start(language));
    let found = elements.iter().find(same);
    let found = found.or_else(|| elements.iter().find(|element| tag(element).is_none()));
    found.or(elements.first()).copied()
}

/// A code without the list that it is from: `text` of `ninat:text`, or of the
/// address that stands for the same.
fn code(of: Element) -> Option<String> {
    let code = of.attribute("qcode").or_else(|| of.attribute("uri"))?;
    Some(
        code.rsplit([':', '/'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    )
}
