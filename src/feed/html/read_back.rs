//! Do cards, and what stands before them, say what was put into them, and nothing
//! else?

use super::{
    card::Card,
    page::{formats, name, title},
    paths::{encoded, index_of, is_elsewhere},
};
use crate::feed::{body::is_dropped, head::Head};
use dom_query::{Document, NodeRef};

/// The elements that cards are made of. None of them runs or fetches anything,
/// but for the picture.
const ELEMENTS: &[&str] = &[
    "html",
    "article",
    "div",
    "h2",
    "a",
    "figure",
    "blockquote",
    "p",
    "figcaption",
    "ul",
    "li",
    "span",
    "bdi",
    "time",
    "img",
];

/// The attributes of these elements.
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "lang",
    "dir",
    "href",
    "datetime",
    "src",
    "alt",
    "decoding",
    "referrerpolicy",
    "loading",
];

/// Reads a card as a browser does, and says what came back otherwise than it
/// was put in.
pub(in crate::feed) fn read_back(card: &Card, html: &str) -> Result<(), String> {
    let document = Document::fragment(html);
    for node in document.root().descendants_it() {
        check_element(&node, ELEMENTS, ATTRIBUTES)?;
    }
    let one = |what: &str, selector: &str, put_in: &[&str]| {
        let found = document.select(selector);
        let read: Vec<String> = found
            .nodes()
            .iter()
            .map(|node| node.text().to_string())
            .collect();
        let meant: Vec<String> = put_in.iter().map(|text| as_read(text)).collect();
        (read == meant)
            .then_some(())
            .ok_or_else(|| format!("{what} differs: {read:?} for {meant:?}"))
    };
    one("the title", "article > .body > h2", &[card.title])?;
    let quote = card.quote.iter();
    let words: Vec<&str> = quote.clone().map(|quote| quote.words).collect();
    one("the quotation", "figure > blockquote > p", &words)?;
    let speaker: Vec<&str> = quote.filter_map(|quote| quote.speaker).collect();
    one("the speaker", "figure > figcaption", &speaker)?;
    let summary: Vec<&str> = [card.summary]
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect();
    one("the summary", "p.summary", &summary)?;
    let topics: Vec<&str> = card.topics.iter().map(|topic| topic.label).collect();
    one("a topic", "ul.topics > li", &topics)?;
    one("the byline", ".byline > bdi", &card.authors)?;

    let links: Vec<String> = document
        .select("a")
        .iter()
        .map(|link| link.attr_or("href", "").to_string())
        .collect();
    if links != meant_links(card) {
        return Err(format!("the links differ: {links:?}"));
    }
    let picture = document
        .select("img")
        .attr("src")
        .map(|src| src.to_string());
    if picture.as_deref() != card.image {
        return Err(format!("the picture differs: {picture:?}"));
    }
    Ok(())
}

/// The elements that stand before cards, and their attributes.
const ELEMENTS_BEFORE: &[&str] = &[
    "html", "head", "meta", "base", "title", "link", "style", "body", "a", "header", "nav", "bdi",
    "main", "div", "p", "h1",
];
const ATTRIBUTES_BEFORE: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "name",
    "content",
    "href",
    "rel",
    "type",
    "title",
    "class",
    "aria-label",
    "aria-current",
    "id",
    "tabindex",
    "dir",
];

/// The same for what stands before the cards of a page.
pub(in crate::feed) fn read_back_before(head: &Head, html: &str) -> Result<(), String> {
    let document = Document::from(html);
    for node in document.root().descendants_it() {
        check_element(&node, ELEMENTS_BEFORE, ATTRIBUTES_BEFORE)?;
    }
    let text = |what: &str, selector: &str, meant: &str| {
        let read = document.select(selector).text();
        (*read == *as_read(meant))
            .then_some(())
            .ok_or_else(|| format!("{what} differs: {read:?} for {meant:?}"))
    };
    text("the title", "head > title", &title(head))?;
    text("the name", "main h1", name(head))?;
    let alternates = document.select("head > link[rel=alternate]");
    let read: Vec<String> = alternates
        .iter()
        .map(|link| link.attr_or("href", "").to_string())
        .collect();
    if read != formats(head) {
        return Err(format!("the formats differ: {read:?}"));
    }
    Ok(())
}

fn check_element(node: &NodeRef, elements: &[&str], attributes: &[&str]) -> Result<(), String> {
    let Some(name) = node.node_name() else {
        return Ok(());
    };
    if !elements.contains(&&*name) {
        return Err(format!("there is a {name:?} in it"));
    }
    for attribute in node.attrs() {
        let attribute = &*attribute.name.local;
        if !attributes.contains(&attribute) {
            return Err(format!("there is a {attribute:?} in it"));
        }
    }
    Ok(())
}

/// Where a card links to, in order.
fn meant_links(card: &Card) -> Vec<String> {
    let quote = card.quote.and_then(|quote| quote.speaker.and(quote.feed));
    let topics = card.topics.iter().filter_map(|topic| topic.feed);
    let link = card.link.map(|link| {
        if is_elsewhere(link) {
            link.to_owned()
        } else {
            encoded(link).into_owned()
        }
    });
    let folders = quote.into_iter().chain(topics);
    let pages = folders.map(|folder| encoded(&index_of(folder)).into_owned());
    link.into_iter().chain(pages).collect()
}

/// Text as pages have it.
fn as_read(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}'], "\n");
    text.chars().filter(|c| !is_dropped(*c)).collect()
}
