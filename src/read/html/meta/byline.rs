//! Who wrote the article.

use super::{Page, distance, hints::Role, rest::Site};
use crate::read::{byline, json_ld::Stated};

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "citation_author", "citation_authors", "article:author_name", "article:author", "og:article:author",
    "parsely-author", "sailthru.author", "cxenseparse:author", "dc.creator", "dc:creator",
    "dcterms.creator", "author", "authors", "byl", "byline", "rbauthors", "dc.contributor.author",
    "dcsext.author", "article.author", "og:author", "creator",
];

/// Whether a line opens as a byline does.
pub(super) fn opens(line: &str) -> bool {
    byline::introduced(line).is_some()
}

/// The authors' names, in order.
pub(super) fn byline(page: &Page, ld: &Stated, anchor: Option<usize>, site: &Site) -> Vec<String> {
    let own = |names: Vec<String>| -> Vec<String> {
        names.into_iter().filter(|name| !site.is(name)).collect()
    };
    let found = own(ld.byline.clone());
    if !found.is_empty() {
        return found;
    }
    let found = own(in_metas(page));
    if !found.is_empty() {
        return found;
    }
    let found = own(marked(page, anchor));
    if !found.is_empty() {
        return found;
    }
    own(lined(page, anchor))
}

fn in_metas(page: &Page) -> Vec<String> {
    for name in NAMES {
        let mut found = Vec::new();
        for value in page.values(&[name]) {
            for name in byline::names(value) {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// How much text may be between the names of one byline, in bytes.
const GAP: usize = 60;

/// The names that the markup calls authors.
fn marked(page: &Page, anchor: Option<usize>) -> Vec<String> {
    let near = |role: Role| {
        let marks = page.marks.iter().filter(move |mark| mark.role == role);
        let mut near: Vec<_> = marks
            .filter_map(|mark| Some((distance(page, anchor, mark)?, mark)))
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near
    };
    for role in [Role::Stated, Role::Author, Role::AuthorBox] {
        let mut found: Vec<String> = Vec::new();
        let mut end: Option<usize> = None;
        for (_, mark) in near(role) {
            if end.is_some_and(|end| mark.offset > end + GAP) {
                break;
            }
            let line = mark.value.as_deref().unwrap_or(&mark.text);
            let line = line.lines().find(|line| !byline::names(line).is_empty());
            let Some(line) = line else {
                continue;
            };
            for name in byline::names(line) {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
            end = Some(mark.offset + line.len());
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The names in a line near the headline that says "By".
fn lined(page: &Page, anchor: Option<usize>) -> Vec<String> {
    let Some(anchor) = anchor else {
        return Vec::new();
    };
    let lines = page.lines.iter().filter(|mark| mark.role == Role::Byline);
    let near = lines.filter_map(|mark| {
        let far = distance(page, Some(anchor), mark)?;
        let names = byline::names(&mark.text);
        (far < super::REACH && !names.is_empty()).then_some((far, names))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, names)| names)
        .unwrap_or_default()
}
