//! How wide letters are in fonts that files need not describe.

use unicode_normalization::UnicodeNormalization;

/// How wide the characters from space to tilde are in the fonts that every
/// program has and files need not describe, in thousandths.
pub(super) struct Metrics(&'static [u16; 95]);

impl Metrics {
    /// For the font of this name.
    pub(super) fn of(font: &str) -> Self {
        if font.contains("Courier") || font.contains("Mono") {
            Self(&[600; 95])
        } else if font.contains("Times") || font.contains("Serif") || font.contains("Roman") {
            Self(&TIMES)
        } else {
            Self(&HELVETICA)
        }
    }

    pub(super) fn width(&self, text: &str) -> f64 {
        let width = |c: char| {
            // Accents make letters no wider.
            let base = std::iter::once(c).nfd().next().unwrap_or(c);
            let at = (base as usize).checked_sub(0x20);
            let at = at.and_then(|at| self.0.get(at));
            f64::from(at.copied().unwrap_or(500))
        };
        text.chars().map(width).sum()
    }
}

#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[rustfmt::skip]
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
