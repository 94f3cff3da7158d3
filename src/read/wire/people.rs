//! The names in the author lines of agencies and feeds.

use crate::read::byline;

/// The names in author lines, without the agency's behind them.
pub(super) fn names(lines: &[String], site: Option<&str>) -> Vec<String> {
    // Several in one form are people of a journal: "Holm, Ada".
    let part = |line: &String| line.matches(", ").count() == 1 && !line.contains(" and ");
    let turned = lines.len() > 1 && lines.iter().all(part);
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let line = match line.split_once(", ") {
            Some((last, first)) if turned => &[first, last].join(" "),
            _ => line,
        };
        let line = without_agency(line);
        let names = with_initials(line).unwrap_or_else(|| byline::names(line));
        let alone = names.len() == 1;
        for name in names {
            // "Ada Holm, nw", "ADA HOLM/NW": a short word in one case behind a
            // name is the agency.
            let short = !name.contains(' ') && name.chars().count() <= 5;
            let even = name == name.to_uppercase() || name == name.to_lowercase();
            let agency = site.is_some_and(|site| site.eq_ignore_ascii_case(&name));
            if (alone || !(agency || short && even)) && !found.contains(&name) {
                found.push(capitalized(&name).unwrap_or(name));
            }
        }
    }
    found
}

/// The names of "Holm, A., Lind, P. K.", as journals write them.
fn with_initials(line: &str) -> Option<Vec<String>> {
    let initials = |part: &str| {
        let pairs = part.split([' ', '-']).filter(|pair| !pair.is_empty());
        let initial = |pair: &str| {
            pair.split_terminator('.').all(|c| c.chars().count() == 1) && pair.ends_with('.')
        };
        part.starts_with(char::is_uppercase) && pairs.into_iter().all(initial)
    };
    let parts: Vec<&str> = line.split(',').map(str::trim).collect();
    let pairs = parts.chunks_exact(2);
    let sound = pairs.remainder().is_empty() && pairs.clone().all(|pair| initials(pair[1]));
    sound.then(|| pairs.map(|pair| [pair[1], pair[0]].join(" ")).collect())
}

/// A name in capitals as names are written, where that is certain: "ADA
/// HOLM-LIND" is, "DE LA CRUZ" and "VAN DYKE" may be written so or so.
fn capitalized(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let loud = words.iter().all(|word| {
        let word = word.strip_prefix("Mc").unwrap_or(word);
        word.chars().all(|c| !c.is_lowercase()) && letters(word) > 0
    });
    let certain = words.len() > 1
        && words.iter().any(|word| letters(word) > 2)
        && words.iter().skip(1).all(|word| letters(word) != 2)
        && words.iter().all(|word| !PARTICLES.contains(word));
    if !loud || !certain {
        return None;
    }
    let word = |word: &&str| {
        // Initials stay.
        if word.contains('.') {
            return (*word).to_owned();
        }
        let scottish = word.starts_with("Mc") || word.starts_with("MC") && word.len() > 4;
        let mut start = true;
        let letter = |(at, c): (usize, char)| {
            let upper = start || scottish && at == 2;
            start = !c.is_alphabetic();
            let lower: String = c.to_lowercase().collect();
            if upper { c.to_string() } else { lower }
        };
        word.char_indices().map(letter).collect::<String>()
    };
    Some(words.iter().map(word).collect::<Vec<_>>().join(" "))
}

/// Words in names that some families write small.
#[rustfmt::skip]
const PARTICLES: &[&str] = &["VAN", "VON", "DEN", "DER", "DEL", "DOS", "DAS", "TEN", "TER", "VOM", "ZUM", "ZUR", "BIN", "IBN"];

/// A byline without the agency that signs behind a slash: "ADA HOLM/NW".
fn without_agency(line: &str) -> &str {
    let agency =
        |sign: &str| (2..=5).contains(&sign.len()) && sign.bytes().all(|b| b.is_ascii_alphabetic());
    match line.rsplit_once('/') {
        Some((names, sign)) if agency(sign) => names,
        _ => line,
    }
}
