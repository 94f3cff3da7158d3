//! The values of single elements of Atom.

use super::{
    atom, dates, html,
    report::Report,
    rules::atom as rules,
    values::{self, Address},
    xml::{Space, Tree},
};
use std::collections::BTreeSet;

/// Relations of links that IANA lists and that feeds use.
const RELATIONS: &[&str] = &[
    "about",
    "alternate",
    "amphtml",
    "appendix",
    "archives",
    "author",
    "bookmark",
    "canonical",
    "chapter",
    "collection",
    "contents",
    "copyright",
    "current",
    "describedby",
    "describes",
    "disclosure",
    "duplicate",
    "edit",
    "edit-media",
    "enclosure",
    "first",
    "glossary",
    "help",
    "hosts",
    "hub",
    "icon",
    "index",
    "item",
    "last",
    "latest-version",
    "license",
    "me",
    "memento",
    "monitor",
    "next",
    "next-archive",
    "nofollow",
    "original",
    "payment",
    "pingback",
    "predecessor-version",
    "prev",
    "prev-archive",
    "preview",
    "previous",
    "privacy-policy",
    "profile",
    "related",
    "replies",
    "search",
    "section",
    "self",
    "service",
    "shortlink",
    "start",
    "stylesheet",
    "subsection",
    "successor-version",
    "tag",
    "terms-of-service",
    "timegate",
    "timemap",
    "type",
    "up",
    "version-history",
    "via",
    "webmention",
    "working-copy",
];

/// The links of a feed or entry to what it is of.
#[derive(Default)]
pub(super) struct Alternates<'a> {
    pub(super) first: Option<&'a str>,
    kinds: BTreeSet<(&'a str, &'a str)>,
}

impl Alternates<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

/// Judges which elements of Atom stand in one, and how often.
pub(super) fn children(
    tree: &Tree,
    of: usize,
    known: &[(&'static str, bool)],
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for child in tree.children(of) {
        let element = &tree.elements[child];
        // A name without a namespace is most often one of Atom, mistaken.
        if !matches!(element.space, Space::Atom | Space::None) {
            continue;
        }
        let found = known.iter().find(|(name, _)| *name == element.name);
        match found.filter(|_| element.space == Space::Atom) {
            None => report.add(&rules::UNKNOWN, element.at, element.name),
            Some((name, true)) if !seen.insert(name) => {
                report.add(&rules::TWICE, element.at, name);
            }
            Some(_) => {}
        }
    }
}

/// What relation a link tells.
pub(super) fn rel<'a>(tree: &'a Tree, link: usize) -> &'a str {
    let rel = tree.attribute(link, "rel");
    let rel = rel.map_or("alternate", |rel| rel.value.trim());
    let registered = rel.strip_prefix("http://www.iana.org/assignments/relation/");
    registered.unwrap_or(rel)
}

/// Judges the links of a feed, channel or entry.
pub(super) fn check_links<'a>(tree: &'a Tree, of: usize, report: &mut Report) -> Alternates<'a> {
    let mut alternates = Alternates::default();
    for link in tree.named(of, Space::Atom, "link") {
        let at = tree.elements[link].at;
        let value = |name| tree.attribute(link, name).map(|one| one.value.trim());
        let relation = rel(tree, link);
        match value("href") {
            None => report.add(&rules::LINK_HREF, at, ""),
            Some(href) => match values::address(href) {
                Address::Absolute => {}
                // From disk, the documents of a feed name each other so.
                Address::Relative if is_chain(relation) => {}
                Address::Relative => report.add(&rules::LINK_RELATIVE, at, href),
                Address::Broken => report.add(&rules::LINK_ADDRESS, at, href),
            },
        }
        if relation.is_empty() || !(RELATIONS.contains(&relation) || values::is_iri(relation)) {
            report.add(&rules::LINK_REL, at, relation);
        }
        let media_type = value("type");
        if let Some(media_type) = media_type.filter(|one| !values::is_media_type(one)) {
            report.add(&rules::LINK_TYPE, at, media_type);
        }
        let language = value("hreflang");
        if let Some(language) = language.filter(|one| !values::is_language(one)) {
            report.add(&rules::LINK_LANGUAGE, at, language);
        }
        if relation == "alternate" {
            alternates.first = alternates.first.or(value("href"));
            let kind = (media_type.unwrap_or_default(), language.unwrap_or_default());
            if !alternates.kinds.insert(kind) {
                report.add(&rules::ALTERNATES, at, kind.0);
            }
        }
    }
    alternates
}

/// The relations by which the pages of one feed name each other.
fn is_chain(rel: &str) -> bool {
    matches!(rel, "current" | "prev-archive" | "next-archive")
}

pub(super) fn date(tree: &Tree, of: usize, report: &mut Report) -> Option<i64> {
    let text = tree.text(of);
    let read = dates::rfc_3339(text.trimmed());
    if read.is_none() {
        report.add(&rules::DATE, tree.elements[of].at, text.trimmed());
    }
    read.map(jiff::Timestamp::as_second)
}

/// The type of a text or content.
pub(super) fn text_type<'a>(tree: &'a Tree, of: usize) -> &'a str {
    tree.attribute(of, "type")
        .map_or("text", |one| one.value.trim())
}

/// Judges a title or the like.
pub(super) fn text(tree: &Tree, of: usize, report: &mut Report) {
    match text_type(tree, of) {
        "text" => {
            without_elements(tree, of, report);
            html::check_plain(&tree.text(of), report);
        }
        "html" => {
            without_elements(tree, of, report);
            atom::check_html(tree, of, report);
        }
        "xhtml" => xhtml(tree, of, report),
        other => report.add(&rules::TEXT_TYPE, tree.elements[of].at, other),
    }
}

/// Judges content; whether it needs a summary.
pub(super) fn content(tree: &Tree, of: usize, report: &mut Report) -> bool {
    let at = tree.elements[of].at;
    let kind = text_type(tree, of);
    if let Some(src) = tree.attribute(of, "src") {
        check_address(&src.value, at, report);
        if !tree.is_empty(of) {
            report.add(&rules::CONTENT_SRC, at, "");
        }
        if tree.attribute(of, "type").is_some() && !values::is_media_type(kind) {
            report.add(&rules::CONTENT_TYPE, at, kind);
        }
        return true;
    }
    match kind {
        "text" => without_elements(tree, of, report),
        "html" => {
            without_elements(tree, of, report);
            atom::check_html(tree, of, report);
        }
        "xhtml" => xhtml(tree, of, report),
        _ if !values::is_media_type(kind) || kind.starts_with("multipart/") => {
            report.add(&rules::CONTENT_TYPE, at, kind);
        }
        _ => {
            let bare = kind.split(';').next().unwrap_or_default().trim();
            let bare = bare.to_ascii_lowercase();
            let is_xml = bare.ends_with("+xml") || bare.ends_with("/xml");
            if bare.starts_with("text/") && !is_xml {
                without_elements(tree, of, report);
            }
            return !(is_xml || bare.starts_with("text/"));
        }
    }
    false
}

fn without_elements(tree: &Tree, of: usize, report: &mut Report) {
    if let Some(child) = tree.children(of).next() {
        let element = &tree.elements[child];
        report.add(&rules::TEXT_CHILD, element.at, element.name);
    }
}

fn xhtml(tree: &Tree, of: usize, report: &mut Report) {
    let mut children = tree.children(of);
    let first = children.next();
    let is_div = first.is_some_and(|first| {
        let element = &tree.elements[first];
        element.space == Space::Xhtml && element.name == "div"
    });
    if !is_div || children.next().is_some() || !tree.text(of).trimmed().is_empty() {
        report.add(&rules::XHTML_DIV, tree.elements[of].at, "");
    }
    for inner in of + 1..tree.elements[of].end {
        let element = &tree.elements[inner];
        if element.space != Space::Xhtml {
            continue;
        }
        html::check_element(element.name, element.at, report);
        for attribute in tree.attributes(inner) {
            html::check_attribute(attribute.name, &attribute.value, attribute.at, report);
        }
    }
}

pub(super) fn person(tree: &Tree, of: usize, report: &mut Report) {
    let name = tree.named(of, Space::Atom, "name").next();
    if name.is_none_or(|name| tree.is_empty(name)) {
        report.add(&rules::PERSON, tree.elements[of].at, "");
    }
    for mail in tree.named(of, Space::Atom, "email") {
        let text = tree.text(mail);
        if !values::is_mail(text.trimmed()) || text.trimmed().contains(' ') {
            report.add(&rules::EMAIL, tree.elements[mail].at, text.trimmed());
        }
    }
    for uri in tree.named(of, Space::Atom, "uri") {
        address(tree, uri, report);
    }
}

pub(super) fn category(tree: &Tree, of: usize, report: &mut Report) {
    let at = tree.elements[of].at;
    let value = |name| tree.attribute(of, name).map(|one| one.value.trim());
    if value("term").is_none_or(str::is_empty) {
        report.add(&rules::CATEGORY, at, "");
    }
    if let Some(scheme) = value("scheme").filter(|scheme| !values::is_iri(scheme)) {
        report.add(&rules::CATEGORY_SCHEME, at, scheme);
    }
}

/// Who made the feed: its address, if it tells one.
pub(super) fn generator(tree: &Tree, of: usize, report: &mut Report) {
    for generator in tree.named(of, Space::Atom, "generator") {
        if let Some(uri) = tree.attribute(generator, "uri") {
            check_address(&uri.value, uri.at, report);
        }
    }
}

/// An element that holds an address.
pub(super) fn address(tree: &Tree, of: usize, report: &mut Report) {
    check_address(&tree.text(of).value, tree.elements[of].at, report);
}

fn check_address(given: &str, at: usize, report: &mut Report) {
    match values::address(given) {
        Address::Absolute => {}
        Address::Relative => report.add(&rules::LINK_RELATIVE, at, given),
        Address::Broken => report.add(&rules::ADDRESS, at, given),
    }
}
