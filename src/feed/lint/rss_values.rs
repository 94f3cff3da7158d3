//! The values of single elements of RSS.

use super::{
    dates::{self, Fault},
    report::Report,
    rules::{Rule, rss as rules},
    values::{self, Address},
    xml::{Space, Tree},
};
use std::collections::BTreeSet;

/// Judges which elements stand in one, and how often.
pub(super) fn children(
    tree: &Tree,
    of: usize,
    known: &[(&'static str, bool)],
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for child in tree.children(of) {
        let element = &tree.elements[child];
        if element.space != Space::None {
            continue;
        }
        match known.iter().find(|(name, _)| *name == element.name) {
            None => report.add(&rules::UNKNOWN, element.at, element.name),
            Some((name, true)) if !seen.insert(name) => {
                report.add(&rules::TWICE, element.at, name);
            }
            Some(_) => {}
        }
    }
}

/// Judges a date; it in seconds, if it is one.
pub(super) fn date(
    tree: &Tree,
    of: usize,
    rule: &'static Rule,
    report: &mut Report,
) -> Option<i64> {
    let text = tree.text(of);
    let at = tree.elements[of].at;
    match dates::rfc_822(text.trimmed()) {
        Ok(read) => {
            if read.is_short {
                report.add(&rules::DATE_YEAR, at, text.trimmed());
            }
            Some(read.at.as_second())
        }
        Err(Fault::NoDate) => {
            report.add(rule, at, text.trimmed());
            None
        }
        Err(Fault::Weekday) => {
            report.add(&rules::DATE_WEEKDAY, at, text.trimmed());
            None
        }
    }
}

/// Judges an address; an empty one is for other rules.
pub(super) fn address(tree: &Tree, of: usize, report: &mut Report) {
    let text = tree.text(of);
    if !text.trimmed().is_empty() && values::address(&text.value) != Address::Absolute {
        report.add(&rules::ADDRESS, tree.elements[of].at, text.trimmed());
    }
}

pub(super) fn language(tree: &Tree, of: usize, report: &mut Report) {
    let text = tree.text(of);
    if !values::is_language(text.trimmed()) {
        report.add(&rules::LANGUAGE, tree.elements[of].at, text.trimmed());
    }
}

pub(super) fn mail(tree: &Tree, of: usize, report: &mut Report) {
    let text = tree.text(of);
    if !values::is_mail(text.trimmed()) {
        report.add(&rules::AUTHOR, tree.elements[of].at, text.trimmed());
    }
}

pub(super) fn category(tree: &Tree, of: usize, report: &mut Report) {
    if tree.is_empty(of) {
        report.add(&rules::CATEGORY, tree.elements[of].at, "");
    }
}

pub(super) fn ttl(tree: &Tree, of: usize, report: &mut Report) {
    let text = tree.text(of);
    if !is_number(text.trimmed()) {
        report.add(&rules::TTL, tree.elements[of].at, text.trimmed());
    }
}

pub(super) fn hours(tree: &Tree, of: usize, report: &mut Report) {
    each_once(tree, of, "hour", &rules::HOURS, report, |hour| {
        // A few old feeds count from 1 to 24.
        is_number(hour) && hour.parse::<u8>().is_ok_and(|hour| hour < 24)
    });
}

pub(super) fn days(tree: &Tree, of: usize, report: &mut Report) {
    each_once(tree, of, "day", &rules::DAYS, report, dates::is_day);
}

fn each_once(
    tree: &Tree,
    of: usize,
    name: &'static str,
    rule: &'static Rule,
    report: &mut Report,
    is_good: impl Fn(&str) -> bool,
) {
    let mut seen = BTreeSet::new();
    for one in tree.named(of, Space::None, name) {
        let text = tree.text(one);
        let value = text.trimmed().to_owned();
        if !is_good(&value) || seen.contains(&value) {
            report.add(rule, tree.elements[one].at, &value);
        }
        seen.insert(value);
    }
}

pub(super) fn image(tree: &Tree, of: usize, report: &mut Report) {
    for name in ["url", "title", "link"] {
        match tree.named(of, Space::None, name).next() {
            None => report.add(&rules::IMAGE, tree.elements[of].at, name),
            Some(_) if name == "title" => {}
            Some(child) => address(tree, child, report),
        }
    }
}

pub(super) fn enclosure(tree: &Tree, of: usize, report: &mut Report) {
    type Fits = fn(&str) -> bool;
    let fits: [(&str, Fits); 3] = [
        ("url", is_absolute),
        ("length", is_number),
        ("type", values::is_media_type),
    ];
    for (name, fits) in fits {
        let value = tree.attribute(of, name).map(|one| one.value.trim());
        if !value.is_some_and(fits) {
            let detail = value.map_or(name.to_owned(), |value| format!("{name}={value:?}"));
            report.add(&rules::ENCLOSURE, tree.elements[of].at, &detail);
        }
    }
}

pub(super) fn source(tree: &Tree, of: usize, report: &mut Report) {
    let url = tree.attribute(of, "url").map(|one| one.value.trim());
    if !url.is_some_and(is_absolute) {
        report.add(
            &rules::SOURCE,
            tree.elements[of].at,
            url.unwrap_or_default(),
        );
    }
}

/// A media element, and those in a group of them.
pub(super) fn media(tree: &Tree, of: usize, report: &mut Report) {
    for one in of..tree.elements[of].end {
        let element = &tree.elements[one];
        let url = tree.attribute(one, "url").map(|url| url.value.trim());
        let faulty = match (element.space, element.name) {
            (Space::Media, "thumbnail") => !url.is_some_and(is_absolute),
            (Space::Media, "content") => url.is_some_and(|url| !is_absolute(url)),
            _ => false,
        };
        if faulty {
            report.add(&rules::MEDIA, element.at, url.unwrap_or_default());
        }
    }
}

fn is_absolute(url: &str) -> bool {
    !url.is_empty() && values::address(url) == Address::Absolute
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 19 && text.bytes().all(|byte| byte.is_ascii_digit())
}
