//! When the article was published and changed.

use super::{Page, REACH, distance, hints::Role};
use crate::{
    dates,
    read::json_ld::{self, Stated},
};
use jiff::Timestamp;

#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "article:published_time", "og:article:published_time", "og:published_time",
    "article:published", "datepublished", "published", "citation_publication_date", "citation_date",
    "citation_online_date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created",
    "dc.date.created", "dc.date", "dc:date", "dcterms.available", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "rnews:datepublished", "publishdate", "publish-date", "publish_date", "pubdate", "ptime",
    "published_time", "published-date", "publication_date", "publication-date", "pub_date",
    "article_date_original", "article.published", "originalpublicationdate", "displaydate",
    "date.release", "release_date", "datecreated", "date", "created", "dc.created",
    "og:pubdate", "article:published_date", "article.created", "shareaholic:article_published_time",
    "vr:published_time", "bt:pubdate", "gentime", "dcsext.articlefirstpublished",
];

#[rustfmt::skip]
const MODIFIED: &[&str] = &[
    "article:modified_time", "og:modified_time", "og:updated_time", "article:modified",
    "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "modified_time", "utime", "shareaholic:article_modified_time", "revision_date",
    "article.updated", "dc.modified", "bt:moddate",
];

/// The dates of publication and of the last change.
///
/// Where a page states nothing but that it was updated, that is its date.
pub(super) fn dates(
    page: &Page,
    ld: &Stated,
    anchor: Option<usize>,
    url: Option<&str>,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let meta = |names| page.values(names).find_map(whole);
    let seen = |wanted| nearest(page, anchor, wanted);
    let published = ld
        .published
        .or_else(|| meta(PUBLISHED))
        .or_else(|| seen(Wanted::Published))
        .or_else(|| url.and_then(in_address));
    let modified = ld
        .modified
        .or_else(|| meta(MODIFIED))
        .or_else(|| seen(Wanted::Modified));
    (published.or(modified), modified)
}

/// A value that is a date, perhaps with a name of it in front.
fn whole(value: &str) -> Option<Timestamp> {
    json_ld::date(value).or_else(|| within(value))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Published,
    Modified,
}

/// The date that stands nearest to the headline; what is called a date of
/// publication goes before other dates, and what is near before what is far.
fn nearest(page: &Page, anchor: Option<usize>, wanted: Wanted) -> Option<Timestamp> {
    let mut best: Option<((u8, usize), Timestamp)> = None;
    for mark in page.marks.iter().chain(&page.lines) {
        let roles: &[Role] = &[
            Role::Dated,
            Role::Time,
            Role::Date,
            Role::Published,
            Role::Modified,
        ];
        if !roles.contains(&mark.role) {
            continue;
        }
        let Some(far) = distance(page, anchor, mark) else {
            continue;
        };
        let around = page.line_around(mark);
        let text = around.map_or(mark.text.as_str(), |line| line.text.as_str());
        let kind = kind(text).unwrap_or(match mark.role {
            Role::Modified => Kind::Modified,
            Role::Published => Kind::Published,
            _ => Kind::Unsaid,
        });
        let near = anchor.is_some() && far < REACH;
        let rank = match (wanted, kind, near) {
            (Wanted::Published, Kind::Published, true)
            | (Wanted::Modified, Kind::Modified, true) => 0,
            (Wanted::Published, Kind::Unsaid, true) => 1,
            (Wanted::Published, Kind::Published, false) => 2,
            (Wanted::Modified, Kind::Modified, false) => 3,
            // A date in the running text is part of the story.
            (Wanted::Published, Kind::Unsaid, false) if mark.role != Role::Dated => 4,
            _ => continue,
        };
        if best.is_some_and(|(known, _)| known <= (rank, far)) {
            continue;
        }
        let value = mark.value.as_deref().and_then(json_ld::date);
        if let Some(date) = value.or_else(|| within(&mark.text)) {
            best = Some(((rank, far), date));
        }
    }
    best.map(|(_, date)| date)
}

enum Kind {
    Published,
    Modified,
    Unsaid,
}

/// What a text calls its date; the first name of it counts.
fn kind(text: &str) -> Option<Kind> {
    let lower = text.to_lowercase();
    let first = |words: &[&str]| words.iter().filter_map(|word| lower.find(word)).min();
    match (first(PUBLISHED_WORDS), first(CHANGED)) {
        (Some(published), Some(changed)) if published > changed => Some(Kind::Modified),
        (Some(_), _) => Some(Kind::Published),
        (None, Some(_)) => Some(Kind::Modified),
        (None, None) => None,
    }
}

#[rustfmt::skip]
const CHANGED: &[&str] = &[
    "updated", "modified", "last edited", "last update", "revised", "reviewed", "aktualisiert",
    "geändert", "bearbeitet", "mis à jour", "mise à jour", "modifié", "actualizado", "actualización",
    "aggiornato", "aggiornamento", "atualizado", "bijgewerkt",
];

#[rustfmt::skip]
const PUBLISHED_WORDS: &[&str] = &[
    "published", "posted", "first appeared", "post time", "date:", "erschienen", "veröffentlicht",
    "publiziert", "erstellt", "publié", "publicado", "pubblicato", "gepubliceerd", "datum:",
    "opublikowano", "опубликовано",
];

/// Whether a line may have a date in it: it has a year.
pub(super) fn may_be(line: &str) -> bool {
    let bytes = line.as_bytes();
    let year = |at: usize| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        matches!(&bytes[at..at + 2], b"19" | b"20")
            && digit(at + 2)
            && digit(at + 3)
            && !digit(at + 4)
            && (at == 0 || !digit(at - 1))
    };
    (0..bytes.len().saturating_sub(3)).any(year)
}

/// The most words of a date: "Wednesday, the 5th of May 2031, at 10:00 a.m. CET".
const MOST_WORDS: usize = 10;

/// The first date in a text.
fn within(text: &str) -> Option<Timestamp> {
    text.lines()
        .flat_map(|line| {
            line.split(['|', '•', '·', '(', ')', '／', '/'])
                .chain([line])
        })
        .filter(|part| may_be(part))
        .find_map(in_part)
}

/// The first date in a part of a line; the longest that begins there.
fn in_part(part: &str) -> Option<Timestamp> {
    let part = part.trim();
    if let Some(date) = dates::parse(part) {
        return Some(date);
    }
    let words: Vec<&str> = part.split_whitespace().take(40).collect();
    for start in 0..words.len() {
        let begins = words[start].starts_with(|c: char| c.is_ascii_digit() || c.is_alphabetic());
        if !begins {
            continue;
        }
        for end in (start + 1..=words.len().min(start + MOST_WORDS)).rev() {
            let window = words[start..end].join(" ");
            if !window.bytes().any(|byte| byte.is_ascii_digit()) {
                break;
            }
            let window = window.trim_matches([',', '.', ':', ';', '-', '–']);
            if let Some(date) = dates::parse(window) {
                return Some(date);
            }
        }
    }
    None
}

/// A whole date in an address: `/2031/05/04/`, `/2031-05-04-`.
fn in_address(url: &str) -> Option<Timestamp> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|three| {
        let digits = |part: &str, length| {
            part.len() <= length && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
        };
        let [year, month, day] = three else {
            return None;
        };
        let sound = year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2);
        sound.then(|| dates::parse(&format!("{year}-{month:0>2}-{day:0>2}")))?
    })
}
