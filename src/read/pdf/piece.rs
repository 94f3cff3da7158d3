//! What a page shows, piece by piece.

/// A piece of a line: text that is shown without a break wide enough to lie
/// between columns.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// From where to where it goes, from the left, in points.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where its letters stand, from the bottom of the page.
    pub(super) base: f64,
    /// The size of its font.
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text, as headers are.
    pub(super) artifact: bool,
    pub(super) text: String,
}

/// A part of the size that the next letter is away from the last one when a
/// space is between them. Spaces are a quarter wide and shrink to a sixth;
/// letters are set apart by less than a tenth.
pub(super) const SPACE: f64 = 0.15;

/// Columns are apart by at least so much of the size, words hardly ever.
pub(super) const GUTTER: f64 = 0.9;
