//! Bylines: whose names are in an author line?
//!
//! "By Ada Holm and Per Lind, Staff Writers | 5 May 2031" names two people.
//! What introduces or follows names is known by word lists and by how it is
//! written, not guessed; a name is taken as it is written.

use super::meta::tidy;
use crate::dates;

/// The most words of a name: "Maria del Carmen de la Fuente Ortiz".
const LONGEST: usize = 7;

/// The most names that a line may give; more is a list of something else.
const MOST: usize = 24;

/// The names in an author line, in order, each once.
pub(super) fn names(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let line = tidy(line);
    // Addresses and accounts of networks stand where names should.
    if line.contains("://") || line.starts_with("www.") || line.starts_with('@') {
        return found;
    }
    let line = introduced(&line).unwrap_or(&line);
    let list = line.matches([',', ';']).count() >= 2 || line.contains(';');
    for (at, part) in line.split(SEPARATORS).enumerate() {
        // Behind the names are dates, sections and the like.
        if !found.is_empty() && at > 0 {
            break;
        }
        for part in part.split(';').flat_map(|part| part.split(" - ")) {
            for (place, piece) in pieces(part).into_iter().enumerate() {
                let Some(name) = name_in(piece) else {
                    continue;
                };
                // "Ada Holm, Ost": a single word behind a name is a place or an
                // office.
                let follows = place > 0 && !found.is_empty();
                let lone = !name.contains(' ')
                    && (!list || found.first().is_some_and(|first| first.contains(' ')));
                if (follows && (lone || is_role(name))) || found.iter().any(|known| known == name) {
                    continue;
                }
                found.push(name.to_owned());
            }
            if !found.is_empty() && !list {
                break;
            }
        }
    }
    if found.len() > MOST {
        found.clear();
    }
    found
}

/// The names in a line of text that opens as a byline does; there they have to
/// be written as full names.
pub(super) fn in_text(line: &str) -> Vec<String> {
    let line = line.strip_suffix('.').unwrap_or(line);
    let mut found = introduced(line).map(names).unwrap_or_default();
    found.retain(|name| (2..=4).contains(&name.split(' ').count()) && !is_role(name));
    found
}

/// Whether a name may be that of an account: it is one word in small letters,
/// or with digits.
pub(super) fn is_account(name: &str) -> bool {
    !name.contains(' ')
        && (name.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.'))
            || !name.contains(|c: char| c.is_uppercase()) && name.is_ascii())
}

/// What follows the words that open a byline, "By" or "Autor:"; `None` where
/// there are none.
pub(super) fn introduced(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    let mut any = false;
    // "Posted by: by Ada Holm" is more common than one should think.
    while let Some(after) = after_opening(rest) {
        rest = after;
        any = true;
    }
    if any {
        return Some(rest);
    }
    // "Posted on 5 May 2031 by Ada Holm".
    let first = line.trim_start().split([' ', ':']).next()?.to_lowercase();
    if !POSTED.contains(&first.as_str()) {
        return None;
    }
    let joints = [" by ", " von ", " par ", " por "];
    let at = joints
        .iter()
        .filter_map(|joint| Some(line.find(joint)? + joint.len()))
        .min()?;
    Some(line[at..].trim_start())
}

/// What opens a line that gives the date before the name.
const POSTED: &[&str] = &[
    "posted",
    "published",
    "written",
    "veröffentlicht",
    "publiziert",
    "erstellt",
    "geschrieben",
    "publié",
    "publicado",
    "submitted",
    "updated",
];

fn after_opening(line: &str) -> Option<&str> {
    // Folded once, since nearly every line opens with something else.
    let folded = line[..line.floor_char_boundary(LONGEST_OPENING)].to_lowercase();
    let begins = |opening: &str| {
        folded.as_bytes().first() == opening.as_bytes().first() && folded.starts_with(opening)
    };
    let after = |opening: &&str| {
        let opening = *opening;
        if !begins(opening) {
            return None;
        }
        let start = line.get(..opening.len())?;
        (start.to_lowercase() == opening).then(|| &line[opening.len()..])
    };
    let verb = OPENINGS.iter().filter_map(after);
    let verb = verb
        .filter(|after| after.is_empty() || after.starts_with([' ', ':', '\u{a0}']))
        .min_by_key(|after| after.len());
    let noun = || {
        let mut nouns = LABELS.iter().filter_map(after);
        nouns.find(|after| after.is_empty() || after.trim_start().starts_with([':', '/', '|']))
    };
    Some(
        verb.or_else(noun)?
            .trim_start_matches([' ', ':', '/', '|', '\u{a0}']),
    )
}

/// Longer than every opening of a byline, in bytes.
const LONGEST_OPENING: usize = 40;

/// The parts of a list of names: "Ada Holm, Per Lind and Mo Tal".
fn pieces(part: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in part.split([',', '、', '，']) {
        let mut rest = piece;
        'again: loop {
            for joint in JOINTS {
                for (at, _) in rest.match_indices(joint) {
                    let (before, after) = (&rest[..at], &rest[at + joint.len()..]);
                    // "Holm & Sons" is one name, and so is "Ortega y Gasset".
                    let two = |side: &str| side.trim().contains(' ');
                    if (two(before) && two(after)) || before.trim().is_empty() {
                        found.push(before);
                        rest = after;
                        continue 'again;
                    }
                }
            }
            break;
        }
        found.push(rest);
    }
    found
}

/// The name that a piece of a line begins with, without what stands around it:
/// "Ada Holm (Herald) on 5 May".
fn name_in(piece: &str) -> Option<&str> {
    let piece = piece.split(['(', '[', '<', '@', '–', '—']).next()?;
    let piece = piece.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '*' | '"' | '”' | '“' | '-' | '/' | '~' | '&')
    });
    let piece = introduced(piece).unwrap_or(piece);
    let mut end = 0;
    let mut words = 0;
    let mut cut = None;
    for word in piece.split(' ') {
        let first = word.chars().next()?;
        let small = first.is_lowercase() && !PARTICLES.contains(&word.trim_end_matches('.'));
        if words > 0 && (small || first.is_ascii_digit() || word == "|") {
            cut = Some(word);
            break;
        }
        words += 1;
        end += word.len() + 1;
    }
    let mut name = piece
        .get(..end.saturating_sub(1))?
        .trim_end_matches([',', ' ', ':']);
    // "Ada September 15, 2031": the month belongs to what was cut off.
    let number = cut.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if let Some((before, last)) = name.rsplit_once(' ')
        && number
        && is_month(last)
    {
        name = before.trim_end();
        words -= 1;
    }
    // "Welcome to our pages" begins with no name; "Ada on 5 May" does.
    let dated = |word: &str| {
        ["on", "am", "at", "le", "el", "il", "op", "um", "em"].contains(&word)
            && piece.contains(|c: char| c.is_ascii_digit())
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    if words == 1 && cut.is_some_and(|word| !dated(word) && word != "says") {
        return None;
    }
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let small = name.starts_with(char::is_lowercase) && words > 1;
    let sound = (1..=LONGEST).contains(&words)
        && letters >= 2
        && name.len() <= 80
        && name.starts_with(|c: char| c.is_alphanumeric())
        && !small
        && !name.contains(':')
        && !(words == 1 && cut.is_some() && is_month(name))
        && !is_day(name)
        && !name.contains("www.");
    let labeled = ["updated", "published", "posted", "copyright", "©"];
    let labeled = labeled.iter().any(|word| lower.starts_with(word));
    (sound && !labeled && !NAMELESS.contains(&lower.as_str())).then_some(name)
}

/// Whether a word that a number follows is the name of a month.
fn is_month(word: &str) -> bool {
    dates::stated(&format!("{word} 1, 2000"), "").is_some()
}

/// Whether a text begins as a date does: "25. Oktober".
fn is_day(text: &str) -> bool {
    let mut words = text.split(' ');
    let day = words
        .next()
        .is_some_and(|word| word.trim_end_matches('.').parse::<u8>().is_ok());
    day && words.next().is_some_and(is_month)
}

/// Whether a site's name is not that of a person who writes it alone.
pub(super) fn is_organization(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split([' ', '.', '-']);
    let first = words.clone().next().unwrap_or_default();
    is_role(name)
        || ["the", "das", "die", "der", "el", "la", "le", "les"].contains(&first)
        || words.any(|word| ORGANIZATIONS.contains(&word))
        || !name.contains(char::is_lowercase)
}

pub(super) fn is_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower
        .split([' ', '-', '/'])
        .any(|word| ROLES.contains(&word))
}

const SEPARATORS: &[char] = &['|', '•', '·', '⋅', '∙', '●', '│', '\n'];

#[rustfmt::skip]
const JOINTS: &[&str] = &[
    " and ", " und ", " et ", " y ", " e ", " & ", " en ", " och ", " og ", " with ", " mit ",
    " AND ", " UND ", " + ", " / ",
];

/// Words in small letters that names have in them.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "das", "do", "dos", "du", "des",
    "la", "le", "el", "al", "bin", "ibn", "ben", "ten", "ter", "zu", "zur", "zum", "vom", "und",
    "and", "y", "e", "af", "av", "of", "the", "für", "d", "st", "dr", "et", "i",
];

/// What opens a byline.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "by", "written by", "posted by", "story by", "words by", "published by", "article by",
    "text by", "reported by", "submitted by", "created by", "authored by", "contributed by",
    "a post by", "post by", "guest post by", "recipe by", "view all posts by", "about the author",
    "von", "ein gastbeitrag von", "gastbeitrag von", "ein artikel von", "geschrieben von",
    "verfasst von", "veröffentlicht von", "publiziert von", "erstellt von", "text von",
    "zeige alle beiträge von", "alle beiträge von", "ein beitrag von", "beitrag von", "par",
    "écrit par", "publié par", "por", "escrito por", "publicado por", "postado por", "di",
    "scritto da", "pubblicato da", "a cura di", "door", "geschreven door", "av", "af",
    "skrevet af", "от", "przez",
];

/// What opens a byline with a colon behind it.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "author", "authors", "author name", "author(s)", "autor", "autorin", "autoren", "autor:in",
    "autor/in", "autor*in", "text", "texte", "texto", "testo", "auteur", "auteurs", "autora",
    "autores", "autore", "автор", "autor tekstu", "writer", "byline", "verfasser",
    "text & fotos", "text und fotos", "story", "words", "report",
];

/// Words that the names of sites and companies have in them.
#[rustfmt::skip]
const ORGANIZATIONS: &[&str] = &[
    "official", "online", "team", "magazine", "magazin", "zeitung", "university", "college",
    "institute", "institut", "group", "company", "solutions", "services", "studio", "studios",
    "store", "shop", "media", "agency", "bank", "hospital", "clinic", "health", "school", "church",
    "society", "association", "foundation", "network", "interactive", "digital", "software",
    "systems", "technologies", "technology", "labs", "lab", "tv", "radio", "times", "post", "today",
    "herald", "journal", "gazette", "daily", "weekly", "world", "club", "verein", "ag", "eg", "co",
    "com", "org", "net", "de", "blog", "performance", "tonight", "what", "your", "my",
];

/// Words of what stands beside a name and is none.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor",
    "editors", "staff", "columnist", "contributor", "contributors", "contributing", "senior",
    "journalist", "journalists", "producer", "photographer", "photos", "photography", "author",
    "director", "manager", "president", "founder", "co-founder", "cofounder", "ceo", "cto", "cmo",
    "coo", "cfo", "professor", "analyst", "specialist", "consultant", "expert", "head", "lead",
    "strategist", "marketer", "marketing", "engineer", "developer", "chief", "officer", "news",
    "press", "agency", "agencies", "updated", "published", "posted", "min", "read", "minutes",
    "comments", "comment", "views", "follow", "share", "shares", "email", "twitter", "facebook",
    "educator", "educators", "attorney", "lawyer", "partner", "coach", "therapist", "reviewed",
    "reviewer", "advisor", "intern", "freelance", "freelancer", "school", "university",
    "redakteur", "redakteurin", "redakteure", "redaktion", "reporterin", "korrespondent",
    "korrespondentin", "autor", "autorin", "journalistin", "rechtsanwalt", "chefredakteur",
    "geschäftsführer", "uhr", "kommentare", "rédacteur", "rédactrice", "journaliste", "redactor",
    "redactora", "periodista", "giornalista", "md", "m.d.", "phd", "ph.d.", "mba", "cpa", "rn", "rd",
    "esq.", "jr.", "llc", "inc.", "inc", "ltd", "ltd.", "gmbh",
];

/// What stands for an author and names none.
#[rustfmt::skip]
const NAMELESS: &[&str] = &[
    "admin", "administrator", "author", "authors", "editor", "unknown", "anonymous", "guest",
    "user", "null", "none", "undefined", "n/a", "webmaster", "root", "super user", "superuser",
    "name", "view all posts", "read more", "website", "editors", "autor", "autoren",
    "article", "posts", "about", "share", "follow", "profile", "bio", "contact", "no author",
    "contributor", "guest author", "guest contributor", "posted", "published", "updated",
    "publisher", "link", "text", "facebook", "twitter", "linkedin", "instagram", "autoreninfo",
    "author posts", "author bio", "author archive", "comments", "reviewed", "edited", "written",
    "publiziert", "veröffentlicht", "photo", "photos", "fotos", "foto", "image", "home", "blog",
    "news", "leave a comment", "no comments", "fact checked", "medically reviewed", "meet the author",
    "sign up", "subscribe", "share this", "über den autor", "all posts", "more posts", "more from",
    "copyright", "impressum", "stand", "editorial", "alle artikel", "alle beiträge", "all articles", "a", "an", "the", "this", "our", "all", "default", "date", "site admin",
];
