//! Bylines: whose names are in an author line?
//!
//! "By Ada Holm and Per Lind, Staff Writers | 5 May 2031" names two people.
//! What introduces or follows names is known by word lists, not guessed; a
//! name is taken as it is written.

use super::meta::tidy;

/// The most words of a name: "Maria del Carmen de la Fuente Ortiz".
const LONGEST: usize = 7;

/// The most names that a line may give; more is a list of something else.
const MOST: usize = 24;

/// The names in an author line, in order, each once.
pub(super) fn names(line: &str) -> Vec<String> {
    let line = tidy(line);
    let line = introduced(&line).unwrap_or(&line);
    let mut found: Vec<String> = Vec::new();
    let mut first = true;
    for part in line.split(SEPARATORS) {
        // " - " and " – " part a name from an office; a hyphen joins names.
        for part in part.split(DASHES).flat_map(|part| part.split(" - ")) {
            for piece in pieces(part) {
                let name = bare(piece);
                if is_name(name, first) && !found.iter().any(|known| known == name) {
                    found.push(name.to_owned());
                }
                first = false;
            }
        }
    }
    if found.len() > MOST {
        found.clear();
    }
    found
}

/// What follows the words that open a byline, "By" or "Autor:"; `None` where
/// there are none.
pub(super) fn introduced(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    let mut any = false;
    // "Posted by: by Ada Holm" is more common than one should think.
    'again: loop {
        for opening in OPENINGS {
            let Some(start) = rest.get(..opening.len()) else {
                continue;
            };
            let after = &rest[opening.len()..];
            if start.to_lowercase() != *opening || !after.starts_with([' ', ':', '\u{a0}']) {
                continue;
            }
            rest = after.trim_start_matches([' ', ':', '\u{a0}']);
            any = true;
            continue 'again;
        }
        return any.then_some(rest);
    }
}

/// The parts of a list of names: "Ada Holm, Per Lind and Mo Tal".
fn pieces(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(part);
    std::iter::from_fn(move || {
        let text = rest?;
        let joint = JOINTS
            .iter()
            .filter_map(|joint| Some((text.find(joint)?, joint.len())))
            .min();
        let (piece, after) = match joint {
            Some((at, length)) => (&text[..at], Some(&text[at + length..])),
            None => (text, None),
        };
        rest = after;
        Some(piece)
    })
}

/// A name without what stands around it: brackets, addresses, handles, "By".
fn bare(piece: &str) -> &str {
    let piece = piece.split(['(', '[', '<', '@']).next().unwrap_or(piece);
    let piece = piece.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '*' | '"' | '”' | '“' | '-' | '–' | '—')
    });
    introduced(piece).unwrap_or(piece)
}

/// Whether this can be a name. The first of a line is believed more: "Night
/// Editor" there is how somebody signs.
fn is_name(name: &str, first: bool) -> bool {
    let words = name.split_whitespace();
    let sound = (1..=LONGEST).contains(&words.clone().count())
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && name.chars().count() <= 60
        && !name.contains("://")
        && !name.contains("www.");
    if !sound {
        return false;
    }
    let lower = name.to_lowercase();
    let mut words = lower.split_whitespace();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let nameless = NAMELESS.contains(&lower.as_str());
    if nameless || (digits > 0 && (!first || lower.contains(' '))) {
        return false;
    }
    let role = words.any(|word| ROLES.contains(&word.trim_matches(',')));
    // A lower-case word alone is how a person signs in a blog; several are a
    // sentence.
    let written = name.chars().any(|c| !c.is_lowercase() && c.is_alphabetic());
    (first || !role) && (written || !lower.contains(' '))
}

const SEPARATORS: &[char] = &['|', '•', '·', ';', '/', '\n'];
const DASHES: &[char] = &['–', '—'];
#[rustfmt::skip]
const JOINTS: &[&str] = &[
    ", ", " and ", " und ", " et ", " y ", " e ", " & ", " en ", " och ", " og ", " with ", " mit ",
    " AND ", " UND ", " i ", "、", "，",
];

/// What opens a byline.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "by", "written by", "posted by", "story by", "words by", "published by", "article by",
    "text by", "reported by", "review by", "reviewed by", "submitted by", "created by", "author",
    "authors", "about the author", "author name", "von", "ein gastbeitrag von", "ein artikel von",
    "geschrieben von", "verfasst von", "autor", "autorin", "autoren", "text", "text von", "par",
    "écrit par", "publié par", "auteur", "por", "escrito por", "autora", "autores", "di",
    "scritto da", "autore", "a cura di", "door", "geschreven door", "av", "af", "skrevet af",
    "autor:in", "от", "автор", "przez", "autor tekstu",
];

/// Words of what stands beside a name and is none.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor",
    "editors", "staff", "columnist", "contributor", "contributors", "contributing", "senior",
    "journalist", "journalists", "producer", "photographer", "photos", "photography", "author",
    "director", "manager", "president", "founder", "co-founder", "ceo", "cto", "professor",
    "analyst", "specialist", "consultant", "expert", "news", "press", "agency", "agencies",
    "updated", "published", "posted", "on", "at", "in", "for", "of", "the", "min", "read",
    "minutes", "comments", "comment", "views", "follow", "share", "email", "twitter", "redakteur",
    "redakteurin", "redakteure", "redaktion", "reporterin", "korrespondent", "korrespondentin",
    "autor", "autorin", "journalistin", "uhr", "am", "für", "kommentare", "rédacteur",
    "rédactrice", "journaliste", "redactor", "redactora", "periodista", "giornalista",
    "md", "phd", "ph.d.", "jr.", "llc", "inc.", "inc", "ltd", "gmbh", "team", "blog",
];

/// What stands for an author and names none.
#[rustfmt::skip]
const NAMELESS: &[&str] = &[
    "admin", "administrator", "author", "authors", "editor", "unknown", "anonymous", "guest",
    "user", "null", "none", "undefined", "n/a", "webmaster", "root", "super user", "superuser",
    "name", "view all posts", "read more", "website", "editors", "by", "von", "autor", "autoren",
    "article", "posts", "about", "share", "follow", "profile", "bio", "contact", "no author",
    "staff", "staff writer", "staff writers", "staff reporter", "staff report", "staff reports",
    "contributor", "guest author", "guest contributor", "guest post",
];
