//! NewsML 1: what many agencies still send. A news item is a tree of
//! components, and its text is in one of them.

use super::{
    element::{Element, Shape},
    nitf,
};
use crate::read::{
    ReadError, Reading,
    parts::Parts,
    wire::{self, Dispatch},
};

pub(super) fn read(root: Element) -> Result<Reading, ReadError> {
    let items: Vec<Element> = root.all("NewsItem").collect();
    if let [only] = &items[..] {
        return Ok(Reading::Article(Box::new(dispatch(*only).article())));
    }
    let mut parts = Parts::default();
    for item in items {
        let dispatch = dispatch(item);
        let (id, title) = (dispatch.id.clone(), dispatch.title.clone());
        parts.push(&[id.as_deref(), title.as_deref()], Ok(dispatch.article()));
    }
    parts.reading(ReadError::NoArticle {
        what: "the NewsML file",
    })
}

fn dispatch(item: Element) -> Dispatch {
    let mut dispatch = Dispatch {
        id: item.line_of(&["Identification", "NewsIdentifier", "PublicIdentifier"]),
        ..Dispatch::default()
    };
    if let Some(management) = item.find(&["NewsManagement"]) {
        dispatch.published = management.line_of(&["FirstCreated"]);
        dispatch.modified = management.line_of(&["ThisRevisionCreated"]);
        dispatch.status = management.find(&["Status"]).and_then(formal);
        // "Embargoed" until it becomes "Usable".
        if dispatch
            .status
            .as_deref()
            .is_some_and(|status| status.eq_ignore_ascii_case("embargoed"))
        {
            dispatch.embargo = management.line_of(&["StatusWillChange", "DateAndTime"]);
        }
    }
    // Components hold components: what the outer ones say goes for the text.
    for element in item.descendants() {
        match element.name() {
            "NewsLines" => dispatch.complete(lines(element)),
            "AdministrativeMetadata" if dispatch.site.is_none() => {
                let party = |path: &[&str]| element.find(path).and_then(formal);
                dispatch.site =
                    party(&["Provider", "Party"]).or_else(|| party(&["Source", "Party"]));
            }
            "DescriptiveMetadata" if dispatch.language.is_none() => {
                dispatch.language = element.find(&["Language"]).and_then(formal);
            }
            "ContentItem" => {
                let inside = inside(element);
                if !inside.text.blocks.is_empty() {
                    dispatch.complete(inside);
                } else if dispatch.image.is_none() {
                    dispatch.image = picture(element);
                }
            }
            _ => {}
        }
    }
    dispatch
}

fn lines(lines: Element) -> Dispatch {
    let all = |name: &str| lines.all(name).filter_map(Element::line).collect();
    Dispatch {
        title: lines.line_of(&["HeadLine"]),
        byline: all("ByLine"),
        dateline: lines.line_of(&["DateLine"]),
        site: lines.line_of(&["CreditLine"]),
        topics: all("KeywordLine"),
        ..Dispatch::default()
    }
}

/// What a content item says, if it is a text.
fn inside(item: Element) -> Dispatch {
    let Some(data) = item.find(&["DataContent"]) else {
        return Dispatch::default();
    };
    // Pictures are written in letters.
    if item.find(&["Encoding"]).is_some() || data.find(&["Encoding"]).is_some() {
        return Dispatch::default();
    }
    if let Some(root) = data.find(&["nitf"]) {
        return nitf::dispatch(root);
    }
    let body = data
        .descendants()
        .find(|element| matches!(element.name(), "body.content" | "body"));
    let body = body.unwrap_or(data);
    let text = if body.children().next().is_some() {
        wire::text(&body.html(shape))
    } else {
        wire::text(&body.text())
    };
    Dispatch {
        text,
        ..Dispatch::default()
    }
}

fn shape(element: Element) -> Shape {
    match element.name() {
        "head" | "script" | "style" | "media" => Shape::Out,
        "html" | "body" | "body.content" => Shape::Inside,
        "hl1" | "hl2" => Shape::As("h2"),
        _ => Shape::Own,
    }
}

fn picture(item: Element) -> Option<String> {
    let media = item.find(&["MediaType"]).and_then(formal);
    let image = media.is_some_and(|media| {
        media.eq_ignore_ascii_case("photo") || media.eq_ignore_ascii_case("graphic")
    });
    image.then(|| item.attribute("Href")).flatten()
}

/// The value that NewsML 1 writes into an attribute.
fn formal(of: Element) -> Option<String> {
    of.attribute("FormalName")
}
