//! Words of one family: "insurer" and "insurance" name one topic twice.

/// Whether two labels are for one thing: for each word of one, the other has a
/// word of its family, one after the other. Labels have single spaces.
pub(super) fn is_double(one: &str, other: &str) -> bool {
    let (words, others) = (words(one), words(other));
    if words <= others {
        is_within(one, other, others - words)
    } else {
        is_within(other, one, words - others)
    }
}

fn words(label: &str) -> usize {
    1 + label.bytes().filter(|byte| *byte == b' ').count()
}

/// Whether two labels have words of the same families, one for one: "Tide-table"
/// and "Tide tables".
pub(super) fn are_forms(one: &str, other: &str) -> bool {
    if begin_apart(one, other) {
        return false;
    }
    let (mut one, mut other) = (one.split([' ', '-']), other.split([' ', '-']));
    loop {
        match (one.next(), other.next()) {
            (Some(one), Some(other)) if are_akin(one, other) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// The same where one label has so many words `more` than the other.
fn is_within(short: &str, long: &str, more: usize) -> bool {
    let mut rest = long;
    for _ in 0..more {
        if starts_akin(rest, short) {
            return true;
        }
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    starts_akin(rest, short)
}

fn starts_akin(long: &str, short: &str) -> bool {
    // Labels with other first letters have such first words.
    if begin_apart(short, long) {
        return false;
    }
    let mut pairs = short.split(' ').zip(long.split(' '));
    pairs.all(|(one, other)| are_akin(one, other))
}

/// Whether two words start alike, but for endings as are put to a stem.
fn are_akin(one: &str, other: &str) -> bool {
    /// The shortest stem, where one word is the stem of the other and where both
    /// have endings.
    const STEM: usize = 4;
    const COMMON: usize = 5;
    /// The longest ending, in the same cases.
    const ENDING: usize = 3;
    const BOTH_END: usize = 5;
    if begin_apart(one, other) {
        return false;
    }
    let lower = |letter: char| letter.to_lowercase().next();
    let pairs = one.chars().zip(other.chars());
    let common = pairs
        .take_while(|(one, other)| lower(*one) == lower(*other))
        .count();
    let rest = |word: &str| word.chars().count() - common;
    let (shorter, longer) = (rest(one).min(rest(other)), rest(one).max(rest(other)));
    // "Swimming" of "swim".
    let doubled = || {
        let long = if rest(one) > 0 { one } else { other };
        let mut letters = long.chars().skip(common - 1);
        letters.next() == letters.next()
    };
    match shorter {
        0 => longer == 0 || common >= STEM && longer <= ENDING + usize::from(doubled()),
        _ => common >= COMMON && longer <= BOTH_END,
    }
}

/// Whether two words have other first letters, as far as a look at one byte
/// tells: most pairs are told apart here.
fn begin_apart(one: &str, other: &str) -> bool {
    match (one.as_bytes(), other.as_bytes()) {
        ([first, ..], [second, ..]) if first.is_ascii() && second.is_ascii() => {
            !first.eq_ignore_ascii_case(second)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_told_by_their_stem() {
        for (one, other) in [
            ("Insurers", "insurance"),
            ("Village bank", "Village banking"),
            ("Hospital", "Hospitals"),
            ("Swim", "Swimming"),
            ("Immigration", "Illegal immigrants"),
        ] {
            assert!(is_double(one, other), "{one} {other}");
            assert!(is_double(other, one), "{other} {one}");
        }
        for (one, other) in [
            ("Port", "Portrait"),
            ("Internal affairs", "International affairs"),
            ("Water", "War"),
            ("Prison reform", "Prison"),
        ] {
            let double = is_double(one, other);
            assert_eq!(double, one.starts_with("Prison"), "{one} {other}");
        }
    }
}
