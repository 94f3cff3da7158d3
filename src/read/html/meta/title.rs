//! The headline, without the site's name.
//!
//! The headline that people see is the best source, if the page says it a
//! second time: an `<h1>` may also be the site's logo, a section or a teaser.

use super::{Mark, Page, hints::Role, rest::Site};
use crate::read::json_ld::Stated;

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "og:title", "citation_title", "parsely-title", "sailthru.title", "twitter:title", "headline",
    "dc.title", "dcterms.title", "title",
];

/// How alike a heading and another source of the headline are at least.
const ALIKE: f64 = 0.45;

/// The fewest words of a headline that is part of a heading, as in "Storms:
/// The bridge at Ost is closed".
const FEWEST: usize = 3;

/// The headline, and where it is on the page.
pub(super) fn title(page: &Page, ld: &Stated, site: &Site) -> (Option<String>, Option<usize>) {
    let stated: Vec<&str> = ld
        .title
        .as_deref()
        .into_iter()
        .chain(
            NAMES
                .iter()
                .filter_map(|name| page.value(std::slice::from_ref(name))),
        )
        .chain(page.title.as_deref())
        .filter(|title| !site.is(title))
        .collect();
    let wholes: Vec<&str> = stated.iter().map(|title| site.cut_off(title)).collect();
    let all = || {
        let parts = wholes.iter().filter_map(|title| longest_part(title));
        let firsts = wholes
            .iter()
            .filter_map(|title| parts_of(title).first().copied());
        wholes.iter().copied().chain(parts).chain(firsts)
    };
    let folded: Vec<Vec<String>> = all().map(words).collect();
    let mut best: Option<(f64, &Mark)> = None;
    let named = |mark: &&Mark| !site.is(&mark.text) && !is_host(&mark.text);
    for heading in page.headings.iter().filter(named) {
        let said = words(&heading.text);
        let alike = folded
            .iter()
            .map(|title| likeness(&said, title))
            .fold(0.0, f64::max);
        let worth = match heading.role {
            Role::Subheading if alike < 0.95 => continue,
            Role::Headline => alike + 0.02,
            Role::Subheading => alike - 0.15,
            _ => alike,
        };
        let beside = page.beside(heading, None).is_some();
        let worth = if beside { worth - 0.2 } else { worth };
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, heading));
        }
    }
    let first = || {
        let mut main = page
            .headings
            .iter()
            .filter(|mark| mark.role != Role::Subheading);
        main.find(|mark| page.beside(mark, None).is_none() && named(mark))
    };
    // The only main heading is the headline even where search engines are told
    // another one.
    let only = || {
        let mut main = page
            .headings
            .iter()
            .filter(|mark| mark.role != Role::Subheading);
        let one = main.next().filter(|_| main.next().is_none())?;
        let sound = named(&one) && page.beside(one, None).is_none();
        (sound && words(&one.text).len() >= FEWEST).then_some(one)
    };
    let heading = best
        .filter(|(worth, _)| *worth >= ALIKE)
        .map(|(_, heading)| heading)
        .or_else(only);
    let anchor = heading.or_else(first).map(|mark| mark.offset);
    let title = match heading {
        Some(heading) => Some(without_kicker(heading, &wholes)),
        None => wholes.first().map(|title| (*title).to_owned()),
    };
    let title = title.or_else(|| Some(first()?.text.replace('\n', " ")));
    (title.or_else(|| page.title.clone()), anchor)
}

/// What a heading says, without the line above the headline or below it, if
/// another source leaves that out.
fn without_kicker(heading: &Mark, wholes: &[&str]) -> String {
    let text = heading.text.replace('\n', " ");
    let said = words(&text);
    if wholes.iter().any(|whole| words(whole) == said) {
        return text;
    }
    let firsts = wholes
        .iter()
        .filter_map(|whole| parts_of(whole).first().copied());
    let shorter = wholes.iter().copied().chain(firsts).find(|whole| {
        let title = words(whole);
        title.len() >= FEWEST
            && title.len() < said.len()
            && (said.ends_with(&title) || heading.text.lines().any(|line| words(line) == title))
    });
    shorter.map_or(text, str::to_owned)
}

/// Whether a text is the name of a host: "herald.example".
fn is_host(text: &str) -> bool {
    let label =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.contains('.') && text.split('.').all(label)
}

/// The longest of the parts of a title, if there are several.
fn longest_part(title: &str) -> Option<&str> {
    let parts = parts_of(title);
    let longest = parts.iter().copied().max_by_key(|part| part.len());
    longest.filter(|_| parts.len() > 1)
}

/// The parts of "Headline | Section - The Paper".
fn parts_of(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for joint in JOINTS {
        parts = parts.iter().flat_map(|part| part.split(joint)).collect();
    }
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// What stands between a headline and the name of a site.
pub(super) const JOINTS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", "｜", "│", "|",
];

/// The words of a text without case and marks.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.replace(['\u{ad}', '’', '\''], "");
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How many of their words two texts share, between 0 and 1.
fn likeness(some: &[String], other: &[String]) -> f64 {
    if some.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut left: Vec<&String> = other.iter().collect();
    let shared = some
        .iter()
        .filter(|word| {
            let at = left.iter().position(|known| known == word);
            at.map(|at| left.swap_remove(at)).is_some()
        })
        .count();
    2.0 * shared as f64 / (some.len() + other.len()) as f64
}
