//! Who wrote the article.

use super::{Mark, Page, REACH, distance, hints::Role, rest::Site};
use crate::read::{byline, json_ld::Stated};
use std::borrow::Cow;

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

/// Whether a line is nothing but the opening of a byline.
pub(super) fn is_opening(line: &str) -> bool {
    byline::introduced(line).is_some_and(str::is_empty)
}

/// The authors' names, in order.
///
/// What is stated for machines goes before what is read off the page, but where
/// that is the site or an account, the page's own byline tells more. A site is
/// no author, unless it has a person's name.
pub(super) fn byline(page: &Page, ld: &Stated, anchor: Option<usize>, site: &Site) -> Vec<String> {
    // Some generators give JSON-LD the first author only.
    let stated = in_metas(page);
    let stated = if ld.byline.iter().all(|name| stated.contains(name)) {
        stated
    } else {
        ld.byline.clone()
    };
    let full = |names: &[String]| {
        let mut names = names.iter().filter(|name| !site.is_author(name));
        names.any(|name| name.contains(' '))
    };
    if full(&stated) {
        return without_site(stated, site);
    }
    let shown = marked(page, anchor, site);
    if full(&shown) {
        return without_site(shown, site);
    }
    let said = lined(page, anchor);
    if full(&said) {
        return said;
    }
    let mut found = if stated.iter().all(|name| site.is_author(name)) && !shown.is_empty() {
        shown.clone()
    } else {
        stated
    };
    let personal = |name: &String| {
        let words = name.split(' ').count();
        (2..=3).contains(&words)
            && !byline::is_organization(name)
            && (shown.contains(name) || ld.byline.contains(name))
    };
    found.retain(|name| {
        if site.is_author(name) {
            personal(name)
        } else {
            shown.contains(name) || !byline::is_account(name)
        }
    });
    found
}

/// The names that are not the site's.
fn without_site(mut names: Vec<String>, site: &Site) -> Vec<String> {
    let all = names.len();
    names.retain(|name| !site.is_author(name));
    // "Ost Herald, Ost, Norway" is the site and its place.
    if names.len() < all && !names.iter().any(|name| name.contains(' ')) {
        names.clear();
    }
    names
}

fn in_metas(page: &Page) -> Vec<String> {
    for name in NAMES {
        let mut found = Vec::new();
        for value in page.values(&[name]) {
            // Libraries turn names around: "Holm, Ada".
            let turned = value.split_once(", ").filter(|(last, first)| {
                name.contains(['.', '_', ':']) && !last.contains(' ') && !first.contains([' ', ','])
            });
            let value = match turned {
                Some((last, first)) => Cow::Owned(format!("{first} {last}")),
                None => Cow::Borrowed(value),
            };
            for name in byline::names(&value) {
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
const GAP: usize = 40;

/// The names that the markup calls authors.
fn marked(page: &Page, anchor: Option<usize>, site: &Site) -> Vec<String> {
    let mut fallback = Vec::new();
    for (role, reach) in [
        (Role::Stated, REACH),
        (Role::Author, REACH),
        (Role::AuthorBox, REACH),
        (Role::Stated, usize::MAX),
        (Role::Author, usize::MAX),
        (Role::AuthorBox, usize::MAX),
    ] {
        let marks = page.marks.iter().filter(|mark| mark.role == role);
        let mut near: Vec<_> = marks
            .filter_map(|mark| Some((distance(page, anchor, mark)?, mark)))
            .filter(|(far, _)| *far < reach)
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        let mut found: Vec<String> = Vec::new();
        let mut end: Option<usize> = None;
        for (_, mark) in near {
            if end.is_some_and(|end| mark.offset > end + GAP) {
                break;
            }
            // What is inside of a mark is said by the mark.
            if end.is_some_and(|end| mark.offset < end) {
                continue;
            }
            let names = in_mark(mark);
            if names.is_empty() {
                continue;
            }
            end = Some(mark.offset + mark.text.len());
            for name in names {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        if found.iter().any(|name| !site.is_author(name)) {
            return found;
        }
        if fallback.is_empty() {
            fallback = found;
        }
    }
    fallback
}

/// The names in a mark: the first lines of it that are names, or those below
/// the line "By".
fn in_mark(mark: &Mark) -> Vec<String> {
    if let Some(value) = &mark.value {
        return byline::names(value);
    }
    let lines: Vec<&str> = mark.text.lines().collect();
    let opening = lines
        .iter()
        .position(|line| byline::introduced(line).is_some());
    let mut found: Vec<String> = Vec::new();
    for line in &lines[opening.unwrap_or(0)..] {
        let names = byline::names(line);
        // A second line is another author, or an office.
        let other = |name: &String| name.contains(' ') && !byline::is_role(name);
        let others = !names.is_empty() && names.iter().all(other);
        if !found.is_empty() && !others {
            break;
        }
        for name in names {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// The names in a line near the headline that says "By".
fn lined(page: &Page, anchor: Option<usize>) -> Vec<String> {
    let Some(anchor) = anchor else {
        return Vec::new();
    };
    let lines = page.lines.iter().filter(|mark| mark.role == Role::Byline);
    let near = lines.filter_map(|mark| {
        let far = distance(page, Some(anchor), mark)?;
        let names = byline::in_text(&mark.text);
        (far < REACH && !names.is_empty()).then_some((far, names))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, names)| names)
        .unwrap_or_default()
}
