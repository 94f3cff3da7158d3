//! Links, archive pages (RFC 5005), hubs (`WebSub`) and tombstones (RFC 6721),
//! which Atom has and RSS borrows.

use super::{
    atom_values,
    facts::{Facts, Place},
    report::Report,
    rules::atom as rules,
    values,
    xml::{Space, Tree},
};

/// The relations by which the documents of a feed name each other.
const RELATIONS: &[&str] = &["self", "current", "prev-archive", "next-archive"];

/// Further relations that lead to other pages, which a complete feed has not.
const PAGES: &[&str] = &["next", "previous", "prev", "prev-archive", "next-archive"];

/// Judges what a feed or channel says of the other documents of its feed.
pub(super) fn check(tree: &Tree, feed: usize, report: &mut Report, facts: &mut Facts) {
    let has = |name| tree.named(feed, Space::History, name).next().is_some();
    facts.is_archive = has("archive");
    let mut has_pages = false;
    for link in tree.named(feed, Space::Atom, "link") {
        let rel = atom_values::rel(tree, link);
        has_pages |= PAGES.contains(&rel);
        let Some(rel) = RELATIONS.iter().find(|known| **known == rel) else {
            continue;
        };
        if let Some(href) = tree.attribute(link, "href") {
            let place = Place::new(tree.elements[link].at);
            facts.links.push((rel, place, href.value.trim().to_owned()));
        }
    }
    let at = tree.elements[feed].at;
    if facts.is_archive && facts.link("current").is_none() {
        report.add(&rules::ARCHIVE_CURRENT, at, "");
    }
    if has("complete") && has_pages {
        report.add(&rules::ARCHIVE_CHAIN, at, "");
    }
    let own = facts.link("self").map(|(_, own)| own);
    for rel in ["prev-archive", "next-archive"] {
        if let Some((place, to)) = facts.link(rel)
            && Some(to) == own
        {
            report.add(&rules::ARCHIVE_SELF, place.at, rel);
        }
    }
}

/// Judges what a feed or channel says of its hubs. One that names its site has
/// to tell its own address anyway.
pub(super) fn check_hubs(
    tree: &Tree,
    feed: usize,
    names_site: bool,
    report: &mut Report,
    facts: &Facts,
) {
    let mut links = tree.named(feed, Space::Atom, "link");
    let Some(first) = links.find(|link| atom_values::rel(tree, *link) == "hub") else {
        return;
    };
    let at = tree.elements[first].at;
    if !names_site && facts.link("self").is_none() {
        report.add(&rules::HUB_SELF, at, "");
    }
    for link in [first].into_iter().chain(links) {
        let href = tree.attribute(link, "href").map(|href| href.value.trim());
        let is_hub = atom_values::rel(tree, link) == "hub";
        // One that is relative, or no address at all, is told as any link is.
        if let Some(href) = href.filter(|href| is_hub && values::is_iri(href))
            && !values::is_web(href)
        {
            report.add(&rules::HUB_ADDRESS, tree.elements[link].at, href);
        }
    }
}
