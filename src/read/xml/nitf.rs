//! NITF: the press's own markup for one text.
//!
//! The body is close to HTML, and is read as HTML once its own elements have
//! got HTML's names. What speaks to editors is left out: notes, taglines,
//! captions, copyright lines.

use super::element::{Element, Shape};
use crate::{
    read::{
        Reading, meta,
        wire::{self, Dispatch},
    },
    text::Text,
};
use quick_xml::escape::escape;

pub(super) fn read(root: Element) -> Reading {
    Reading::Article(Box::new(dispatch(root).article()))
}

/// What an NITF document says.
pub(super) fn dispatch(root: Element) -> Dispatch {
    let mut dispatch = Dispatch {
        language: root.attribute("xml:lang"),
        ..Dispatch::default()
    };
    if let Some(head) = root.find(&["head"]) {
        take_head(head, &mut dispatch);
    }
    let Some(body) = root.find(&["body"]) else {
        return dispatch;
    };
    if let Some(head) = body.find(&["body.head"]) {
        let headline = head.line_of(&["hedline", "hl1"]);
        dispatch.title = headline.or(dispatch.title);
        dispatch.byline = bylines(head);
        dispatch.dateline = head.find(&["dateline"]).and_then(dateline);
        if dispatch.site.is_none() {
            dispatch.site = head.line_of(&["distributor"]);
        }
    }
    dispatch.image = body
        .descendants()
        .find_map(picture)
        .map(|(address, _)| address);
    (dispatch.text, dispatch.above) = text(body);
    dispatch
}

fn take_head(head: Element, dispatch: &mut Dispatch) {
    dispatch.title = head.line_of(&["title"]);
    if let Some(data) = head.find(&["docdata"]) {
        let norm = |name: &str| data.find(&[name])?.attribute("norm");
        dispatch.id = data
            .find(&["doc-id"])
            .and_then(|id| id.attribute("id-string"));
        dispatch.published = norm("date.issue");
        dispatch.embargo = norm("date.release");
        dispatch.status = data.attribute("management-status");
        let source = data.find(&["doc-id"]).and_then(|id| id.attribute("regsrc"));
        let holder = data
            .find(&["doc.copyright"])
            .and_then(|of| of.attribute("holder"));
        dispatch.site = source.or(holder);
    }
    if let Some(data) = head.find(&["pubdata"]) {
        let published = data.attribute("date.publication");
        dispatch.published = dispatch.published.take().or(published);
        dispatch.site = data.attribute("name").or(dispatch.site.take());
        dispatch.url = data.attribute("ex-ref");
    }
    for element in head.descendants() {
        dispatch.topics.extend(match element.name() {
            "tobject.subject" => ["type", "matter", "detail"]
                .iter()
                .filter_map(|level| element.attribute(&["tobject.subject.", level].concat()))
                .collect(),
            "keyword" => Vec::from_iter(element.attribute("key")),
            "classifier" if !is_subject(element) => Vec::new(),
            // Both may be given: "OKF" for a register, and the name.
            "person" => Vec::from_iter(named(element).map(turned)),
            "classifier" | "org" | "location" | "event" | "object.title" => {
                Vec::from_iter(named(element))
            }
            _ => Vec::new(),
        });
    }
}

/// The author lines, without those that archives add for their index.
fn bylines(head: Element) -> Vec<String> {
    let written = |line: &Element| line.attribute("class").as_deref() != Some("normalized_byline");
    head.all("byline")
        .filter(written)
        .filter_map(byline)
        .collect()
}

/// The names in an author line. Titles and addresses are out, and the text
/// around names too where these are marked.
fn byline(line: Element) -> Option<String> {
    let people: Vec<String> = line
        .descendants()
        .filter(|element| element.name() == "person")
        .map(|person| person.text_without(|inner| inner.name() == "function"))
        .collect();
    if !people.is_empty() {
        return Some(people.join("; "));
    }
    let aside = |element: Element| matches!(element.name(), "byttl" | "virtloc" | "location");
    let text = meta::tidy(&line.text_without(aside));
    // Some write all of the line into the title.
    let text = if text.is_empty() {
        meta::tidy(&line.text())
    } else {
        text
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The place, and who says so; the date is stated elsewhere.
fn dateline(line: Element) -> Option<String> {
    let text = meta::tidy(&line.text_without(|element| element.name() == "story.date"));
    Some(text).filter(|text| text.contains(char::is_alphabetic))
}

/// The text, and how many of its blocks stand above it.
fn text(body: Element) -> (Text, usize) {
    let content: String = body
        .all("body.content")
        .map(|content| {
            // Archives put the first paragraphs in front once more.
            let class = |element: Element, class: &str| {
                element.attribute("class").as_deref() == Some(class)
            };
            let whole = content.children().any(|block| class(block, "full_text"));
            content.html(|element| {
                let again = whole && class(element, "lead_paragraph");
                if again { Shape::Out } else { shape(element) }
            })
        })
        .collect();
    let text = wire::text(&content);
    let head = body.find(&["body.head"]);
    let summary = head
        .and_then(|head| head.find(&["abstract"]))
        .map(|part| part.html(shape));
    let below = head.and_then(|head| head.line_of(&["hedline", "hl2"]));
    let mut front = String::new();
    if let Some(below) = below.filter(|below| !text.plain.contains(below)) {
        front.push_str(&["<h2>", &escape(below), "</h2>"].concat());
    }
    if let Some(summary) = summary {
        let said = wire::text(&summary);
        let new = |block| !text.plain.contains(said.of(block));
        if said.blocks.iter().any(new) {
            front.push_str(&["<p>", &summary, "</p>"].concat());
        }
    }
    if front.is_empty() {
        return (text, 0);
    }
    let above = wire::text(&front).blocks.len();
    (wire::text(&(front + &content)), above)
}

fn named(element: Element) -> Option<String> {
    element.line().or_else(|| element.attribute("value"))
}

/// "Okafor, Ruth" as she is called.
fn turned(name: String) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => [first, last].join(" "),
        _ => name,
    }
}

/// Whether a classifier tells what a text is about, rather than where it goes.
fn is_subject(classifier: Element) -> bool {
    let kind = classifier
        .attribute("type")
        .unwrap_or_default()
        .to_lowercase();
    let kinds = ["subject", "topic", "keyword", "category", "descriptor"];
    kinds.iter().any(|known| kind.contains(known))
}

/// The address of a picture in a `media` element, and what it shows.
fn picture(media: Element) -> Option<(String, String)> {
    if media.name() != "media" {
        return None;
    }
    let kind = media.attribute("media-type").unwrap_or_default();
    let image = |reference: &Element| {
        let mime = reference.attribute("mime-type").unwrap_or_default();
        mime.starts_with("image") || matches!(kind.as_str(), "image" | "photo")
    };
    let reference = media.all("media-reference").find(image)?;
    let address = reference
        .attribute("source")
        .or_else(|| reference.attribute("src"))?;
    let alt = reference.attribute("alternate-text");
    Some((address, alt.unwrap_or_default()))
}

/// What becomes of NITF's elements in HTML.
fn shape(element: Element) -> Shape {
    match element.name() {
        "hl1" | "hl2" => Shape::As("h2"),
        "hl3" | "hl4" => Shape::As("h3"),
        "bq" => Shape::As("blockquote"),
        "p" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "pre" | "a" | "em" | "strong" | "b"
        | "i" | "q" | "sub" | "sup" | "br" | "hr" | "table" | "col" | "colgroup" | "thead"
        | "tbody" | "tfoot" | "tr" | "td" | "th" | "img" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "blockquote" => Shape::Own,
        "object.title" => Shape::As("em"),
        "credit" => Shape::As("p"),
        "block" => Shape::As("div"),
        "media" => match picture(element) {
            Some((address, alt)) => Shape::Written(
                [
                    "<img src=\"",
                    &escape(address),
                    "\" alt=\"",
                    &escape(alt),
                    "\">",
                ]
                .concat(),
            ),
            None => Shape::Out,
        },
        "note"
        | "byline"
        | "tagline"
        | "datasource"
        | "copyrite"
        | "alt-code"
        | "classifier"
        | "nitf-table-metadata"
        | "nitf-col"
        | "nitf-colgroup"
        | "caption"
        | "custom-table"
        | "script"
        | "style" => Shape::Out,
        _ => Shape::Inside,
    }
}
