//! The place and agency in front of a story: "BERLIN (AP) — ".

use memchr::memchr2;

/// Room for a place, a country, a date and an agency.
const LONGEST: usize = 80;

/// A place in small letters is no longer than this, in words, with its country
/// and the date.
const PLACE: usize = 5;

/// How many bytes at the start are a place and an agency: "BERLIN (AP) — ",
/// "Paris, 3 mars (AFP) - ", "(CNN) ", "Wien – ".
pub(super) fn dateline(text: &str) -> usize {
    // A dash alone says that what follows is the story.
    let rest = text.strip_prefix("- ").unwrap_or(text);
    let opening = text.len() - rest.len();
    opening + before_dash(rest).or_else(|| in_brackets(rest)).unwrap_or(0)
}

/// What stands before a dash, if it is a place or an agency.
fn before_dash(text: &str) -> Option<usize> {
    const DASHES: [&str; 4] = ["—", "–", " -- ", " - "];
    let mut end = LONGEST.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    // Most sentences have nothing that begins as a dash does.
    memchr2(0xe2, b'-', head.as_bytes())?;
    let places = DASHES.iter();
    let (at, dash) = places
        .filter_map(|dash| head.find(dash).map(|at| (at, *dash)))
        .min_by_key(|(at, _)| *at)?;
    let place = head[..at].trim();
    let rest = text[at + dash.len()..].trim_start();
    let words = || {
        place
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let agency = place.ends_with(')') && place.contains('(');
    let loud = |word: &str| word.len() > 2 && word.chars().all(char::is_uppercase);
    let named = place
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty())
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let shouted = named && words().next().is_some_and(loud);
    // "Wien – Der Rat": one dash, with blanks, and a sentence behind it; two of
    // them are brackets.
    let blank = text[..at].ends_with(' ') || dash.starts_with(' ');
    let plain = named
        && blank
        && words().count() <= PLACE
        && !place.contains([':', '?', '!', '"', '“', '„', '«'])
        && rest.starts_with(|c: char| c.is_uppercase())
        && words().next().is_some_and(|word| word.chars().count() > 1)
        && !rest.contains(dash.trim_end())
        && rest.split(' ').nth(PLACE).is_some();
    let is = !place.is_empty() && words().count() <= 8 && (agency || shouted || plain);
    is.then(|| text.len() - rest.len())
}

/// What stands in brackets: "(CNN) The mayor ...", "［東京　３日］ ...".
fn in_brackets(text: &str) -> Option<usize> {
    let (open, close) = [('(', ')'), ('[', ']'), ('【', '】'), ('［', '］')]
        .into_iter()
        .find(|(open, _)| text.starts_with(*open))?;
    let (agency, rest) = text[open.len_utf8()..].split_once(close)?;
    let loud = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '/');
    let wide = !open.is_ascii();
    let is = agency.len() <= 20 && agency.chars().all(loud) || wide && agency.len() <= LONGEST;
    let rest = rest.trim_start_matches([' ', '-', '–', '—', '\u{a0}', '\u{3000}']);
    is.then(|| text.len() - rest.len())
}
