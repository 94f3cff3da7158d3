//! OPML 2.0, as lists of feeds.

use super::{
    dates,
    report::Report,
    rss_values,
    rules::opml as rules,
    values::{self, Address},
    xml::{Space, Tree},
};
use std::collections::BTreeSet;

pub(super) fn check(tree: &Tree, report: &mut Report) {
    let root = tree.root_at();
    let version = tree.attribute(0, "version").map(|one| &*one.value);
    if !version.is_some_and(|version| ["1.0", "1.1", "2.0"].contains(&version)) {
        report.add(&rules::VERSION, root, version.unwrap_or_default());
    }
    let mut heads = tree.named(0, Space::None, "head");
    let head = heads.next();
    if head.is_none() || heads.next().is_some() {
        report.add(&rules::HEAD, root, "");
    }
    for name in ["dateCreated", "dateModified"] {
        for of in head
            .into_iter()
            .flat_map(|head| tree.named(head, Space::None, name))
        {
            let text = tree.text(of);
            match dates::rfc_822(text.trimmed()) {
                Ok(_) => {}
                Err(dates::Fault::NoDate) => {
                    report.add(&rules::DATE, tree.elements[of].at, text.trimmed());
                }
                Err(dates::Fault::Weekday) => {
                    rss_values::date(tree, of, &rules::DATE, report);
                }
            }
        }
    }
    let mut bodies = tree.named(0, Space::None, "body");
    let body = bodies.next();
    if body.is_none() || bodies.next().is_some() {
        report.add(&rules::BODY, root, "");
    }
    let Some(body) = body else { return };
    let mut seen = BTreeSet::new();
    let mut any = false;
    for of in body + 1..tree.elements[body].end {
        let element = &tree.elements[of];
        if element.space == Space::None && element.name == "outline" {
            any = true;
            check_outline(tree, of, &mut seen, report);
        }
    }
    if !any {
        report.add(&rules::OUTLINE, tree.elements[body].at, "");
    }
}

fn check_outline<'a>(
    tree: &'a Tree,
    of: usize,
    seen: &mut BTreeSet<(Option<usize>, &'a str)>,
    report: &mut Report,
) {
    let element = &tree.elements[of];
    let value = |name| tree.attribute(of, name).map(|one| one.value.trim());
    if value("text").is_none_or(str::is_empty) {
        report.add(&rules::TEXT, element.at, "");
    }
    let kind = value("type");
    let Some(url) = value("xmlUrl") else {
        if kind.is_some_and(|kind| kind.eq_ignore_ascii_case("rss")) {
            report.add(&rules::XML_URL, element.at, "");
        }
        return;
    };
    match values::address(url) {
        Address::Absolute => {}
        Address::Relative if !url.is_empty() => {
            report.add(&rules::RELATIVE, element.at, url);
        }
        _ => report.add(&rules::XML_URL, element.at, url),
    }
    if kind.is_none() {
        report.add(&rules::TYPE, element.at, url);
    }
    if !seen.insert((element.parent, url)) {
        report.add(&rules::UNIQUE, element.at, url);
    }
}
