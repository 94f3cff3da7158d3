//! Pictures: where they are when they are loaded late, and which show nothing.

use super::{hints::Hints, tree::Tree};

/// Smaller than this, in pixels, a picture is an icon or counts readers.
const SMALLEST: f32 = 50.0;

/// Where scripts find the address of a picture that is loaded late, in the
/// order of how much they tell.
const LATE: &[&str] = &[
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
];

/// Words in the addresses of stand-ins.
const STAND_INS: &[&str] = &[
    "blank.",
    "placeholder",
    "spacer",
    "transparent",
    "lazy-",
    "loading.",
    "1x1",
    "pixel",
];

/// The address of a picture and what it shows; none when it shows nothing.
pub(super) fn picture(tree: &Tree, at: usize) -> Option<(String, String)> {
    let small = |name: &str| {
        let value = tree.attr(at, name)?;
        let pixels: f32 = value.trim().trim_end_matches("px").parse().ok()?;
        (pixels < SMALLEST).then_some(())
    };
    let icon = tree.near(at, 1, |node| node.hints.any(Hints::ICON));
    if icon || small("width").or_else(|| small("height")).is_some() {
        return None;
    }
    let late = LATE.iter().find_map(|name| tree.attr(at, name));
    let sets = || {
        let of = |at| {
            let mut sets = ["data-srcset", "srcset"].into_iter();
            sets.find_map(|name| largest(&tree.attr(at, name)?))
        };
        // The sources of a `<picture>` stand before its image.
        let parent = tree.nodes[at].parent;
        of(at).or_else(|| (parent + 1..at).rev().take(8).find_map(of))
    };
    let plain = tree.attr(at, "src");
    let address = [late, plain]
        .into_iter()
        .flatten()
        .find(|address| is_shown(address))
        .or_else(sets)
        .filter(|address| is_shown(address))?;
    let alt = tree.attr(at, "alt").unwrap_or_default();
    Some((address.trim().to_owned(), alt))
}

/// The address of the widest picture in a set: "a.jpg 400w, b.jpg 800w".
fn largest(set: &str) -> Option<String> {
    // A comma inside an address is not followed by white space.
    let entries = set.split(", ").filter_map(|entry| {
        let mut parts = entry.split_whitespace();
        let address = parts.next()?;
        let size = parts.next().unwrap_or("1x");
        let size: f32 = size.trim_end_matches(['w', 'x', 'h', ',']).parse().ok()?;
        Some((size, address))
    });
    let widest = entries.max_by(|one, other| one.0.total_cmp(&other.0));
    widest.map(|(_, address)| address.to_owned())
}

/// Whether an address is that of something to look at.
fn is_shown(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    // What is written out in the page itself would be in the feed as well.
    let inline = address.starts_with("data:") || address.starts_with("blob:");
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let drawing = path.rsplit('.').next() == Some("svg");
    !address.is_empty()
        && !inline
        && !drawing
        && !STAND_INS.iter().any(|word| address.contains(word))
}
