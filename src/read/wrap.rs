//! Hard-wrapped text: which line goes on in the next?
//!
//! Mail and old archives break lines at a column; scraped text breaks them
//! between unrelated things ("Show More", "error: Alert"). A line goes on when
//! the next line's first word would not have fitted behind it.

/// The narrowest and widest columns that text is wrapped at. Below, lines are
/// menus, verses and addresses; above, somebody's own paragraphs.
const COLUMNS: std::ops::RangeInclusive<usize> = 55..=90;

/// How many in ten of the line ends must be where the next word did not fit,
/// for the text to be wrapped at all. The others end paragraphs.
const FULL: usize = 6;

/// One in so many of these line ends must be followed by a word that cannot
/// start a sentence: in German, with its capital nouns, about one in two is, in
/// a list of headlines none.
const CONTINUED: usize = 4;

/// From how many line ends on regularity alone is evidence: so many lines in a
/// row do not all end at one column by chance. One of them has to go on in small
/// letters all the same, since headlines can be cut to one length.
const REGULAR: usize = 5;

/// The column that the lines of these groups are wrapped at, if they are. A
/// group is what stands between blank lines; the lines are trimmed.
pub(super) fn column(groups: &[&[&str]]) -> Option<usize> {
    let several = || groups.iter().filter(|group| group.len() > 1);
    let mut column = 0;
    // Addresses of pages cannot be wrapped, so they tell no column.
    for line in several().copied().flatten() {
        let breakable = line.contains(' ');
        // Cheap before exact: no character has more than four bytes.
        if breakable && line.len() > COLUMNS.end() * 4 {
            return None;
        }
        if breakable {
            column = column.max(line.chars().count());
        }
    }
    if !COLUMNS.contains(&column) {
        return None;
    }
    let (mut ends, mut full, mut continued) = (0, 0, 0);
    for pair in several().flat_map(|group| group.windows(2)) {
        ends += 1;
        if is_full(pair[0], pair[1], column) {
            full += 1;
            continued += usize::from(!starts_anew(pair[1]));
        }
    }
    let regular = ends >= REGULAR && full * 10 >= ends * 9;
    let evident = full * 10 >= ends * FULL && continued * CONTINUED >= full;
    (continued > 0 && (regular || evident)).then_some(column)
}

/// Whether `line` goes on in `next`.
pub(super) fn is_full(line: &str, next: &str, column: usize) -> bool {
    let word = next.split(' ').next().unwrap_or(next);
    line.chars().count() + 1 + word.chars().count() > column
}

/// What goes between two lines that are one: nothing behind the hyphen of
/// "well-/known" or "Karl-/Heinz", a space else, also in "Haupt-/und Nebensatz".
pub(super) fn joint(line: &str, next: &str) -> &'static str {
    let mut ends = line.chars().rev();
    let hyphen = ends.next() == Some('-') && ends.next().is_some_and(char::is_alphabetic);
    let word = next.split(' ').next().unwrap_or(next);
    let pair = ["and", "or", "und", "oder", "bis", "to"].contains(&word);
    if hyphen && !pair && next.starts_with(char::is_alphanumeric) {
        ""
    } else {
        " "
    }
}

/// Whether a sentence or headline could begin with this line. Scripts without
/// capitals do not tell.
fn starts_anew(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_none_or(|c| c.is_uppercase() || c.is_numeric())
}
