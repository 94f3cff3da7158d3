//! From pieces of text to lines, each in one column.

use super::{
    columns::MOST_LINES,
    piece::{GUTTER, Piece, SPACE},
};

/// A line that starts an item of a list, where what marks the item is set far
/// from its text: so many sizes at most.
const FARTHEST_MARK: f64 = 4.0;

/// What is smaller than its line by this is a note's number or an ordinal's
/// ending, when it is raised.
const RAISED: f64 = 0.8;

/// From how many sizes of the others on a letter is an initial that goes over
/// several lines.
const INITIAL: f64 = 1.8;

/// More pieces in a row than this are a drawing's.
const MOST_PIECES: usize = 300;

/// The pieces of a page as lines, from the top down and from the left.
pub(super) fn lines(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in &mut pieces {
        // White space at the end says nothing once the line is known.
        piece.text = super::text::plain(piece.text.trim());
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let fits = |row: &&mut Vec<Piece>| {
            let size = row[0].size.max(piece.size);
            (row[0].base - piece.base).abs() < 0.25 * size
        };
        match rows.last_mut().filter(fits) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    lower_raised(&mut rows);
    let mut lines: Vec<Piece> = rows.into_iter().flat_map(joined).collect();
    if lines.len() <= MOST_LINES {
        place_initials(&mut lines);
    }
    lines
}

/// Puts what is raised into the row that it belongs to, which is below.
fn lower_raised(rows: &mut [Vec<Piece>]) {
    for upper in 0..rows.len() {
        if rows[upper].len() > MOST_PIECES {
            continue;
        }
        let (above, below) = rows.split_at_mut(upper + 1);
        let row = &mut above[upper];
        // The row itself, and one of another column in between.
        let near = below.iter_mut().take(2);
        for target in near.filter(|target| target.len() <= MOST_PIECES) {
            let belongs = |piece: &Piece| {
                piece.text.chars().count() <= 4
                    && target.iter().any(|other| {
                        let rise = (piece.base - other.base) / other.size;
                        let gap = (piece.left - other.right) / other.size;
                        let inside =
                            piece.left > other.left && piece.right < other.right + other.size;
                        piece.size < RAISED * other.size
                            && (0.1..0.6).contains(&rise)
                            && (inside || (-0.3..0.3).contains(&gap))
                    })
            };
            let (moved, stay) = std::mem::take(row).into_iter().partition(belongs);
            *row = stay;
            target.extend::<Vec<Piece>>(moved);
        }
    }
}

/// The lines of a row: pieces next to each other are one.
fn joined(mut row: Vec<Piece>) -> Vec<Piece> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut lines: Vec<Piece> = Vec::new();
    for piece in row {
        let Some(last) = lines.last_mut() else {
            lines.push(piece);
            continue;
        };
        let size = last.size.max(piece.size);
        let gap = (piece.left - last.right) / size;
        // Shown twice to look bold, or for a shadow.
        let again = (piece.left - last.left).abs() < 0.2 * size && piece.text == last.text;
        if again {
            continue;
        }
        let marks = is_list_mark(&last.text) && gap < FARTHEST_MARK;
        if gap >= GUTTER && !marks {
            lines.push(piece);
            continue;
        }
        let raised = piece.size < RAISED * last.size && piece.base > last.base + 0.1 * last.size;
        if raised && is_note(&last.text, &piece.text) {
            // The space behind it is still to be seen.
            last.text
                .push_str(if piece.right > last.right { "" } else { " " });
            continue;
        }
        if (gap > SPACE && !raised) && !last.text.ends_with(' ') {
            last.text.push(' ');
        }
        last.text.push_str(&piece.text);
        let (long, short) = (last.text.len(), piece.text.len());
        last.bold = if short * 2 > long {
            piece.bold
        } else {
            last.bold
        };
        last.right = last.right.max(piece.right);
        if piece.size > last.size {
            last.size = piece.size;
            last.base = piece.base;
        }
    }
    lines
}

/// Whether something raised is the number of a note: not in "km²".
fn is_note(before: &str, raised: &str) -> bool {
    let number = raised
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | '[' | ']'));
    let word = before.rsplit(' ').next().unwrap_or_default();
    let unit = ["m", "km", "cm", "mm", "ft", "mi"].contains(&word);
    number && !unit && !word.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether this, alone before a line, marks it as an item of a list.
pub(super) fn is_list_mark(text: &str) -> bool {
    let bullet = matches!(
        text,
        "•" | "◦" | "▪" | "■" | "●" | "○" | "–" | "-" | "·" | "►" | "➢" | "∙"
    );
    bullet || is_number_mark(text)
}

/// Whether this is a number as before an item: `1.` or `2)`.
pub(super) fn is_number_mark(text: &str) -> bool {
    let number = text.strip_suffix(['.', ')']).unwrap_or_default();
    (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Puts large initials before the line that they begin.
fn place_initials(lines: &mut Vec<Piece>) {
    let mut at = 0;
    while at < lines.len() {
        let initial = &lines[at];
        let letters = initial.text.chars().filter(|c| c.is_alphabetic()).count();
        let next = (letters == 1 && initial.text.chars().count() <= 2)
            .then(|| {
                let begins = |line: &&Piece| {
                    let gap = (line.left - initial.right) / line.size;
                    initial.size > INITIAL * line.size
                        && (-0.5..1.0).contains(&gap)
                        && line.base > initial.base - 0.2 * line.size
                        && line.base < initial.base + initial.size
                };
                let highest = lines.iter().filter(begins);
                let highest = highest.max_by(|a, b| a.base.total_cmp(&b.base));
                highest.and_then(|line| lines.iter().position(|other| std::ptr::eq(other, line)))
            })
            .flatten();
        match next {
            Some(next) => {
                let text = format!("{}{}", lines[at].text, lines[next].text);
                lines[next].text = text;
                lines[next].left = lines[at].left;
                lines.remove(at);
            }
            None => at += 1,
        }
    }
}
