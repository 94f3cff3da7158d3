//! Cities and regions, which one list tells for all languages.

use super::keys::{Table, join, key};
use std::sync::LazyLock;

/// Whether the words with these keys, joined, are a city's or a region's name.
pub(in crate::digest) fn is_city(phrase: u64) -> bool {
    static CITIES: LazyLock<Table<bool>> = LazyLock::new(|| {
        let lines = include_str!("cities.txt").lines();
        let names = lines
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(','));
        let phrases = names.filter_map(|name| name.split_whitespace().map(key).reduce(join));
        let all: Vec<(u64, bool)> = phrases.map(|phrase| (phrase, true)).collect();
        Table::new(&all, |first, _| first)
    });
    CITIES.get(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_known_in_several_languages() {
        let city = |name: &str| {
            let phrase = name.split_whitespace().map(key).reduce(join);
            is_city(phrase.unwrap_or_default())
        };
        for name in ["Wien", "Vienna", "New York", "NEW YORK", "São Paulo"] {
            assert!(city(name), "{name}");
        }
        for name in ["", "New", "York New", "Committee"] {
            assert!(!city(name), "{name}");
        }
    }
}
