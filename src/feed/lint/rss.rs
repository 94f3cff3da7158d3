//! RSS 2.0, and its older versions, of which it is an extension; as the RSS
//! Advisory Board's profile reads it.

use super::{
    archives, atom_values,
    facts::{EntryFacts, Facts, Place, hash, hash_of_all},
    html,
    report::Report,
    rss_values::{self as check, date},
    rules::{atom, rss as rules, xml as xml_rules},
    source::Text,
    values,
    xml::{Space, Tree},
};
use std::collections::BTreeSet;

/// What a channel may hold, and whether once only.
const IN_CHANNEL: &[(&str, bool)] = &[
    ("title", true),
    ("link", true),
    ("description", true),
    ("language", true),
    ("copyright", true),
    ("managingEditor", true),
    ("webMaster", true),
    ("pubDate", true),
    ("lastBuildDate", true),
    ("category", false),
    ("generator", true),
    ("docs", true),
    ("cloud", true),
    ("ttl", true),
    ("image", true),
    ("rating", true),
    ("textInput", true),
    ("skipHours", true),
    ("skipDays", true),
    ("item", false),
];

/// The same for an item.
const IN_ITEM: &[(&str, bool)] = &[
    ("title", true),
    ("link", true),
    ("description", true),
    ("author", true),
    ("category", false),
    ("comments", true),
    ("enclosure", false),
    ("guid", true),
    ("pubDate", true),
    ("source", true),
];

/// The versions of RSS that are no RDF, without the last.
const OLD: &[&str] = &["0.91", "0.92", "0.93", "0.94"];

pub(super) fn check(tree: &Tree, report: &mut Report, facts: &mut Facts) {
    let root = tree.root_at();
    match tree.attribute(0, "version").map(|one| &*one.value) {
        Some("2.0") => {}
        Some(old) if OLD.contains(&old) => report.add(&rules::OLD, root, old),
        other => report.add(&rules::VERSION, root, other.unwrap_or_default()),
    }
    check_languages(tree, report);
    let mut channels = tree.named(0, Space::None, "channel");
    let channel = channels.next();
    if channel.is_none() || channels.next().is_some() {
        report.add(&rules::CHANNEL, root, "");
    }
    for other in tree.children(0) {
        let element = &tree.elements[other];
        if element.space == Space::None && element.name != "channel" {
            report.add(&rules::UNKNOWN, element.at, element.name);
        }
    }
    if let Some(channel) = channel {
        check_channel(tree, channel, report, facts);
    }
}

/// Every `xml:lang` of a document.
pub(super) fn check_languages(tree: &Tree, report: &mut Report) {
    for of in 0..tree.elements.len() {
        for attribute in tree.attributes(of) {
            if attribute.space == Space::Xml
                && attribute.name == "lang"
                && !attribute.value.is_empty()
                && !values::is_language(&attribute.value)
            {
                report.add(&xml_rules::LANGUAGE, attribute.at, &attribute.value);
            }
        }
    }
}

fn check_channel(tree: &Tree, channel: usize, report: &mut Report, facts: &mut Facts) {
    let at = tree.elements[channel].at;
    check::children(tree, channel, IN_CHANNEL, report);
    for (name, rule) in [
        ("title", &rules::CHANNEL_TITLE),
        ("link", &rules::CHANNEL_LINK),
        ("description", &rules::CHANNEL_DESCRIPTION),
    ] {
        match tree.named(channel, Space::None, name).next() {
            None => report.add(rule, at, ""),
            // A description may be empty; a name and an address are none then.
            Some(of) if name != "description" && tree.is_empty(of) => {
                report.add(rule, tree.elements[of].at, "it is empty");
            }
            Some(_) => {}
        }
    }
    let mut built = None;
    let mut is_on_web = false;
    for of in tree.children(channel) {
        let element = &tree.elements[of];
        if element.space == Space::DublinCore && element.name == "language" {
            check::language(tree, of, report);
        }
        if element.space != Space::None {
            continue;
        }
        match element.name {
            "title" => html::check_plain(&tree.text(of), report),
            "link" => {
                is_on_web = values::is_web(&tree.text(of).value);
                check::address(tree, of, report);
            }
            "docs" => check::address(tree, of, report),
            "language" => check::language(tree, of, report),
            "managingEditor" | "webMaster" => check::mail(tree, of, report),
            "pubDate" => {
                date(tree, of, &rules::DATE, report);
            }
            "lastBuildDate" => built = date(tree, of, &rules::DATE, report).map(|at| (of, at)),
            "category" => check::category(tree, of, report),
            "ttl" => check::ttl(tree, of, report),
            "skipHours" => check::hours(tree, of, report),
            "skipDays" => check::days(tree, of, report),
            "image" => check::image(tree, of, report),
            _ => {}
        }
    }
    atom_values::check_links(tree, channel, report);
    archives::check(tree, channel, report, facts);
    archives::check_hubs(tree, channel, is_on_web, report, facts);
    if is_on_web && facts.link("self").is_none() {
        report.add(&rules::SELF_LINK, at, "");
    }
    let mut ids = BTreeSet::new();
    let mut newest = None;
    for item in tree.named(channel, Space::None, "item") {
        let entry = check_item(tree, item, &mut ids, report);
        newest = newest.max(entry.as_ref().and_then(|entry| entry.published));
        facts.entries.extend(entry);
    }
    // Some put items that are to come into their feeds; those are no change.
    if let (Some((of, built)), Some(newest)) = (built, newest)
        && built < newest
    {
        report.add(&rules::BUILD_DATE, tree.elements[of].at, "");
    }
}

/// Judges an item. What others may contradict is only told of one with an id.
fn check_item(
    tree: &Tree,
    item: usize,
    ids: &mut BTreeSet<String>,
    report: &mut Report,
) -> Option<EntryFacts> {
    let at = tree.elements[item].at;
    check::children(tree, item, IN_ITEM, report);
    let (mut title, mut link, mut id, mut published) = (None, None, None, None);
    let (mut description, mut encoded) = (None, None);
    let mut categories: Vec<Text> = Vec::new();
    let mut enclosures = 0;
    for of in tree.children(item) {
        let element = &tree.elements[of];
        match (element.space, element.name) {
            (Space::None, "title") => {
                let text = tree.text(of);
                html::check_plain(&text, report);
                title = title.or(Some(text));
            }
            (Space::None, "link") => {
                check::address(tree, of, report);
                link = link.or(Some(tree.text(of)));
            }
            (Space::None, "description") => {
                description = description.or(Some(element.at));
                html::check(&tree.text(of), report);
            }
            (Space::Content, "encoded") => {
                encoded = encoded.or(Some(element.at));
                html::check(&tree.text(of), report);
            }
            (Space::None, "author") => check::mail(tree, of, report),
            (Space::None, "category") => {
                check::category(tree, of, report);
                categories.push(tree.text(of));
            }
            (Space::None, "comments") => check::address(tree, of, report),
            (Space::None, "enclosure") => {
                enclosures += 1;
                check::enclosure(tree, of, report);
                if enclosures == 2 {
                    report.add(&rules::ENCLOSURES, element.at, "");
                }
            }
            (Space::None, "guid") => id = id.or(check_guid(tree, of, ids, report)),
            (Space::None, "pubDate") => {
                published = published.or(date(tree, of, &rules::DATE, report));
            }
            (Space::None, "source") => check::source(tree, of, report),
            (Space::DublinCore, "language") => check::language(tree, of, report),
            (Space::Media, _) => check::media(tree, of, report),
            _ => {}
        }
    }
    if title.is_none() && description.is_none() {
        report.add(&rules::ITEM, at, "");
    }
    if tree.named(item, Space::None, "guid").next().is_none() {
        report.add(&rules::GUID, at, "");
    }
    if let (Some(description), Some(encoded)) = (description, encoded)
        && encoded < description
    {
        report.add(&rules::ORDER, encoded, "");
    }
    atom_values::check_links(tree, item, report);
    Some(EntryFacts {
        place: Place::new(at),
        id: hash(&id?),
        title: title.map(|title| hash(title.trimmed())),
        link: link.map(|link| hash(link.trimmed())),
        published,
        updated: None,
        categories: Some(hash_of_all(categories.iter().map(|text| &*text.value))),
    })
}

fn check_guid(
    tree: &Tree,
    of: usize,
    ids: &mut BTreeSet<String>,
    report: &mut Report,
) -> Option<String> {
    let at = tree.elements[of].at;
    let text = tree.text(of);
    let id = text.trimmed();
    let is_link = match tree.attribute(of, "isPermaLink") {
        None => true,
        Some(attribute) => {
            let value = attribute.value.trim();
            if !["true", "false"].contains(&value) {
                report.add(&rules::GUID_ATTRIBUTE, attribute.at, value);
            }
            value != "false"
        }
    };
    if id.is_empty() {
        report.add(&rules::GUID_EMPTY, at, "");
        return None;
    }
    if is_link && !values::is_web(id) {
        report.add(&rules::GUID_PERMALINK, at, id);
    }
    if !values::is_tag(id) {
        report.add(&atom::TAG, at, id);
    }
    if !ids.insert(id.to_owned()) {
        report.add(&rules::GUID_UNIQUE, at, id);
    }
    Some(id.to_owned())
}
