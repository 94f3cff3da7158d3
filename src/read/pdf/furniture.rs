//! What is on a page, but not in the article: running headers and footers, page
//! numbers, and what browsers print around a page.

use super::piece::Piece;
use std::collections::BTreeMap;

/// So many lines from the top and from the bottom may be furniture.
const OUTERMOST: usize = 5;

/// What repeats stands at the same height, but for rounding, in points.
const SAME_HEIGHT: f64 = 4.0;

/// Takes the furniture out of the lines of all pages, and returns the address
/// that a browser printed below them.
pub(super) fn remove(pages: &mut [Vec<Piece>]) -> Option<String> {
    remove_artifacts(pages);
    let outer: Vec<Vec<usize>> = pages.iter().map(|page| outermost(page)).collect();
    // Where each text stands, by page.
    let mut met: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (nth, (page, outer)) in pages.iter().zip(&outer).enumerate() {
        for line in outer.iter().map(|at| &page[*at]) {
            let places = met.entry(shape(&line.text)).or_default();
            places.push((nth, line.base));
        }
    }
    let repeats = |nth: usize, line: &Piece| {
        let shape = shape(&line.text);
        // A bullet or a dash may stand anywhere.
        let telling = shape.chars().any(char::is_alphanumeric) || shape.contains('#');
        let places = met.get(&shape).map(Vec::as_slice).unwrap_or_default();
        // Neighbors are enough, and a long book has many pages.
        let mut others = places
            .iter()
            .filter(|(page, base)| *page != nth && (base - line.base).abs() < SAME_HEIGHT);
        telling && others.next().is_some()
    };
    let mut address = None;
    let mut gone: Vec<Vec<bool>> = Vec::with_capacity(pages.len());
    for (nth, (page, outer)) in pages.iter().zip(&outer).enumerate() {
        let mut out = vec![false; page.len()];
        for at in outer {
            out[*at] = repeats(nth, &page[*at]) || is_page_number(page, *at);
        }
        for row in [
            printed_row(page, Edge::Top),
            printed_row(page, Edge::Bottom),
        ] {
            for at in row {
                out[at] = true;
            }
        }
        let addresses = page.iter().zip(&out).filter(|(_, out)| **out);
        let mut addresses = addresses.map(|(line, _)| line.text.trim());
        let is_address = |text: &&str| text.starts_with("http") && text.contains("://");
        let found = addresses.find(|text| is_address(text) && !text.contains([' ', '…']));
        address = address.or_else(|| found.map(str::to_owned));
        gone.push(out);
    }
    for (page, gone) in pages.iter_mut().zip(gone) {
        let mut gone = gone.into_iter();
        page.retain(|_| !gone.next().unwrap_or(false));
    }
    address
}

/// Takes out what the file itself says is no text, unless that were most of it.
fn remove_artifacts(pages: &mut [Vec<Piece>]) {
    let length = |artifact: bool| -> usize {
        let lines = pages.iter().flatten();
        let lines = lines.filter(|line| line.artifact == artifact);
        lines.map(|line| line.text.len()).sum()
    };
    if length(false) > length(true) {
        for page in pages {
            page.retain(|line| !line.artifact);
        }
    }
}

/// Which lines are in the rows at the top and at the bottom.
fn outermost(page: &[Piece]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*b].base.total_cmp(&page[*a].base));
    let bottom = order.len().saturating_sub(OUTERMOST).max(OUTERMOST);
    let ends = order.iter().take(OUTERMOST);
    ends.chain(order.iter().skip(bottom)).copied().collect()
}

/// A text without what changes from page to page.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_numeric() {
            shape.extend(c.to_lowercase());
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// Whether this line is the number of its page, alone in the outermost row.
fn is_page_number(page: &[Piece], at: usize) -> bool {
    let line = &page[at];
    let beyond = |sign: f64| {
        let outer = |other: &&Piece| (other.base - line.base) * sign > 0.5 * line.size;
        page.iter().filter(outer).count()
    };
    let shape = shape(&line.text);
    let bare = shape.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let words = ["page", "seite", "página", "s.", "p.", "pag.", "pág."];
    let bare = words
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
    let pages = ["#", "#/#", "#of#", "#von#", "#de#", "#sur#", "#|#"];
    pages.contains(&bare) && page.len() > 1 && beyond(1.0).min(beyond(-1.0)) == 0
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Top,
    Bottom,
}

/// The row that a browser prints at an edge: date, time and title above,
/// address and page below.
fn printed_row(page: &[Piece], edge: Edge) -> Vec<usize> {
    let bases = page.iter().map(|line| line.base);
    let base = match edge {
        Edge::Top => bases.reduce(f64::max),
        Edge::Bottom => bases.reduce(f64::min),
    };
    let Some(base) = base else { return Vec::new() };
    let row = |at: &usize| (page[*at].base - base).abs() < 2.0;
    let row: Vec<usize> = (0..page.len()).filter(row).collect();
    let tells = row.iter().any(|at| {
        let shape = shape(&page[*at].text);
        match edge {
            // "3/14/26, 9:26 AM" and "14.03.26, 09:26".
            Edge::Top => ["#/#/#,#:#", "#.#.#,#:#"]
                .iter()
                .any(|s| shape.starts_with(s)),
            Edge::Bottom => shape == "#/#" && row.len() > 1,
        }
    });
    if tells && row.len() < page.len() {
        row
    } else {
        Vec::new()
    }
}
