//! Dates, as texts write them.

use super::pieces;
use feedwright::dates;

const LANGUAGES: &[&str] = &["", "en", "en-US", "de", "fr", "es", "ru", "ja", "ar", "xx"];

/// Any text is a date or is none, and finding dates in it comes to an end.
pub(super) fn dates(bytes: &[u8]) {
    let (language, rest) = pieces::choice(LANGUAGES, bytes);
    let text = String::from_utf8_lossy(rest);
    if let Ok(at) = dates::check(&text, language) {
        // An instant as it is written by programs means itself.
        assert_eq!(dates::check(&at.to_string(), ""), Ok(at), "{text:?}");
        assert_eq!(dates::parse_in(&text, language), Some(at));
    }
    let found: Vec<_> = dates::find(&text, language).collect();
    assert!(found.len() <= text.len() / 4, "{text:?}");
    if let Some(stated) = dates::stated(&text, language) {
        assert!((1600..=2199).contains(&stated.day.year()), "{text:?}");
    }
}
