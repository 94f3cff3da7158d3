//! The keys under which forms of topics are found. Most forms are new ones, so
//! a first pass fills their table at random places: rows that begin with a number
//! are short and quickly compared. The texts themselves are in the labels and in
//! how forms are written.

use crate::catalogue::topics::Family;
use std::ops::RangeInclusive;

/// Where the rows of a form lie: those of its families side by side, and beside
/// them those of the form in the other number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormKey(i64);

/// The bits below the hash: one for the number, three for the family.
const NUMBER: i64 = 0b1000;
const FAMILY: i64 = 0b0111;

impl FormKey {
    /// Sixty bits tell forms apart: among ten million, two are taken for one
    /// with a chance of one in 20,000.
    pub(super) fn of(form: &str) -> Self {
        let (stem, number) = match form.strip_suffix('s') {
            Some(stem) => (stem, NUMBER),
            None => (form, 0),
        };
        let hash = blake3::hash(stem.as_bytes());
        let (first, _) = hash.as_bytes().split_first_chunk().expect("a hash is long");
        Self(i64::from_le_bytes(*first) & !(NUMBER | FAMILY) | number)
    }

    /// The key of its row in this family.
    pub(super) fn in_family(self, family: Family) -> i64 {
        self.0 | family as i64
    }

    /// The keys of its rows.
    pub(super) fn rows(self) -> RangeInclusive<i64> {
        self.0..=self.0 | FAMILY
    }

    /// The keys of its rows and those of the form with an "s" more or less.
    pub(super) fn in_any_number(self) -> RangeInclusive<i64> {
        let first = self.0 & !NUMBER;
        first..=first | NUMBER | FAMILY
    }
}

/// The family of the row with this key.
pub(super) fn family(key: i64) -> Family {
    match key & FAMILY {
        1 => Family::Person,
        2 => Family::Organization,
        3 => Family::Place,
        4 => Family::Slug,
        _ => Family::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_a_form_lie_side_by_side() {
        let (one, many) = (FormKey::of("heat pump"), FormKey::of("heat pumps"));
        assert_eq!(one.in_any_number(), many.in_any_number());
        for (key, other) in [(one, many), (many, one)] {
            for of in [
                Family::Open,
                Family::Person,
                Family::Organization,
                Family::Place,
                Family::Slug,
            ] {
                let row = key.in_family(of);
                assert_eq!(family(row), of);
                assert!(key.rows().contains(&row) && !other.rows().contains(&row));
                assert!(key.in_any_number().contains(&row));
            }
        }
        assert!(
            !one.in_any_number()
                .contains(FormKey::of("heat").rows().start())
        );
    }
}
