//! The style sheet: what it fetches, and whether it can be read.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../style.css");

#[test]
fn the_style_sheet_fetches_nothing_and_stays_in_its_element() {
    for never in ["url(", "@import", "@font-face", "</", "//"] {
        assert!(!STYLE.contains(never), "{never}");
    }
    assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
}

/// The colors by name, of the light style and of the dark one.
fn palettes() -> [BTreeMap<&'static str, f64>; 2] {
    let dark = STYLE
        .find("(prefers-color-scheme: dark)")
        .expect("there is one");
    let end = dark + STYLE[dark..].find("\n}").expect("it ends");
    [&STYLE[..dark], &STYLE[dark..end]].map(|part| {
        let colors = part
            .split(';')
            .filter_map(|one| one.split_once("--")?.1.split_once(": #"));
        colors
            .map(|(name, color)| (name, luminance(color)))
            .collect()
    })
}

/// Relative luminance (WCAG 2.2).
fn luminance(color: &str) -> f64 {
    let color = u32::from_str_radix(color, 16).expect("it is a color");
    let channels = [color >> 16, color >> 8 & 0xff, color & 0xff];
    let linear = channels.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn text_and_edges_stand_out_in_light_and_dark() {
    for colors in palettes() {
        let contrast = |one, other| {
            let (one, other): (f64, f64) = (colors[one], colors[other]);
            (one.max(other) + 0.05) / (one.min(other) + 0.05)
        };
        for text in ["ink", "soft", "accent"] {
            for ground in ["paper", "wash"] {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
            }
        }
        // The edges of what can be chosen (success criterion 1.4.11).
        assert!(contrast("edge", "paper") >= 3.0);
    }
}
