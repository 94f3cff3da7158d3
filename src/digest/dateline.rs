//! The place and agency in front of a story: "BERLIN (AP) — ".

use memchr::memchr2;

/// How many bytes at the start are a place and an agency: "BERLIN (AP) — ".
pub(super) fn dateline(text: &str) -> usize {
    /// Room for a place, a country, a date and an agency.
    const LONGEST: usize = 80;
    let mut end = LONGEST.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let dashes = ["—", "–", " -- ", " - "];
    // Most sentences have nothing that begins as a dash does.
    let near = memchr2(0xe2, b'-', head.as_bytes());
    let dash = near.and_then(|_| {
        let places = dashes.iter();
        places
            .filter_map(|dash| head.find(dash).map(|at| (at, dash.len())))
            .min()
    });
    if let Some((at, length)) = dash {
        let place = head[..at].trim();
        let rest = &text[at + length..];
        let agency = place.ends_with(')') && place.contains('(');
        let capitals = place
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let loud = |word: &str| word.len() > 2 && word.chars().all(char::is_uppercase);
        let named = place
            .split(|c: char| !c.is_alphanumeric() && c != '.')
            .filter(|word| !word.is_empty())
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        let shouted = capitals.clone().next().is_some_and(loud);
        let short = capitals.count() <= 8;
        if short && !place.is_empty() && (agency || shouted && named) {
            return text.len() - rest.trim_start().len();
        }
    }
    // "(CNN) The mayor ..."
    let agency = head.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    if let Some((agency, _)) = agency
        && agency.len() <= 20
        && agency
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '/'))
    {
        let rest = &text[agency.len() + 2..];
        return text.len() - rest.trim_start().len();
    }
    0
}
