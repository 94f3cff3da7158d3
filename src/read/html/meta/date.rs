//! When the article was published and changed.

use super::{
    Mark, Page, REACH, distance,
    hints::{Beside, Role},
};
use crate::{
    article::Article,
    dates::{self, Label},
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

/// Two days, in seconds: less may be the difference of zones.
const DAYS: i64 = 2 * 24 * 60 * 60;

/// The last rank of dates that are the article's for certain: they stand near
/// the headline, and by themselves or with a word that says what they are.
const CERTAIN: u8 = 1;

/// The dates of publication and of the last change.
///
/// Where a page states nothing but that it was updated, that is its date.
pub(super) fn dates(
    page: &Page,
    ld: &Stated,
    anchor: Option<usize>,
    html: &str,
    article: &Article,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let language = article.language.as_deref().unwrap_or_default();
    let meta = |names| page.values(names).find_map(|value| whole(value, language));
    let seen = |wanted| nearest(page, anchor, language, wanted);
    let stated = ld
        .published
        .or_else(|| meta(PUBLISHED))
        .or_else(|| named(page));
    let shown = seen(Label::Published);
    let modified = ld
        .modified
        .or_else(|| meta(MODIFIED))
        .or_else(|| seen(Label::Modified).map(|(_, date)| date));
    // Some generators state the day on which they wrote the page anew as both
    // dates: an earlier one that the page shows beside its headline is right.
    let earlier = shown.filter(|(rank, shown)| {
        let after = |first: Timestamp, second: Timestamp| second.as_second() - first.as_second();
        let renewed = stated.zip(modified);
        let renewed =
            renewed.is_some_and(|(stated, changed)| (0..DAYS).contains(&after(stated, changed)));
        *rank <= CERTAIN && renewed && stated.is_some_and(|stated| after(*shown, stated) > DAYS)
    });
    let published = earlier
        .map(|(_, shown)| shown)
        .or(stated)
        .or(shown.map(|(_, shown)| shown))
        .or_else(|| in_data(html))
        .or_else(|| in_address(article.url.as_deref()?));
    (published.or(modified), modified)
}

/// What names of `<meta>` have in them that give the date of publication, from
/// which every newsroom makes its own: "w-published-date".
const NAMED: &[&str] = &[
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publishtime",
    "datepublished",
    "pubdate",
    "publicationdate",
    "firstpublished",
    "publishedat",
    "releasedate",
];

fn named(page: &Page) -> Option<Timestamp> {
    let mut metas = page.metas.iter().filter(|(name, _)| {
        let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
        NAMED.iter().any(|known| letters.contains(known))
    });
    metas.find_map(|(_, value)| json_ld::date(value))
}

/// The fields of data for scripts that give the date of publication.
const FIELDS: &[&str] = &[
    "datePublished",
    "publishedDate",
    "publishDate",
    "publishedAt",
];

/// How many of these fields are looked at.
const MOST_FIELDS: usize = 20;

/// The date of publication in a page's data for its scripts, where it says one
/// only: with several, it tells of other articles too.
fn in_data(html: &str) -> Option<Timestamp> {
    FIELDS.iter().find_map(|field| {
        let mut found: Option<Timestamp> = None;
        for (at, _) in html.match_indices(field).take(MOST_FIELDS) {
            let after = html[at + field.len()..].trim_start_matches(['\\', '"', ':', ' ']);
            let after = after.trim_start_matches("&quot;").trim_start_matches(':');
            let after = after
                .trim_start_matches("&quot;")
                .trim_start_matches(['\\', '"']);
            let end = after.find(['"', '\\', '&', '<', ',']).unwrap_or(0);
            let Some(date) = after.get(..end.min(40)).and_then(json_ld::date) else {
                continue;
            };
            if found.is_some_and(|known| known != date) {
                return None;
            }
            found = Some(date);
        }
        found
    })
}

/// A value that is a date, perhaps among other words.
fn whole(value: &str, language: &str) -> Option<Timestamp> {
    json_ld::date(value).or_else(|| Some(dates::find(value, language).next()?.at))
}

/// The first pages of the web; an earlier date that does not say of what it is
/// is part of a story.
const FIRST: Timestamp = Timestamp::constant(694_224_000, 0);

/// How long a line may be that has a date and next to nothing else to say.
const LONGEST_CLEAR: usize = 36;

/// How long a line may be that has a date in it and does not say of what.
const LONGEST_UNSAID: usize = 90;

/// The date that stands nearest to the headline; what is called a date of
/// publication goes before other dates, and what is near before what is far.
fn nearest(
    page: &Page,
    anchor: Option<usize>,
    language: &str,
    wanted: Label,
) -> Option<(u8, Timestamp)> {
    let mut best: Option<((u8, usize), Timestamp)> = None;
    for mark in page.marks.iter().chain(&page.lines) {
        let dated =
            mark.role <= Role::Byline && mark.role >= Role::Modified || mark.role == Role::Dated;
        if !dated {
            continue;
        }
        let distance = distance(page, anchor, mark);
        let beside = page.beside(mark, anchor) == Some(Beside::Surely);
        let far = distance.unwrap_or(usize::MAX);
        let near = anchor.is_some() && far < REACH;
        for (label, clear, date) in stated(page, mark, language) {
            let rank = match (wanted == label, label, near, clear) {
                (true, _, true, _) => 0,
                (false, Label::None, true, true) if wanted == Label::Published => 1,
                (false, Label::None, true, false) if wanted == Label::Published => 2,
                // "Published on 5 May 2031" may stand in the article's foot.
                (true, _, false, _) if !beside => 3,
                (false, Label::None, false, true)
                    if wanted == Label::Published && distance.is_some() =>
                {
                    4
                }
                _ => continue,
            };
            if label == Label::None && date < FIRST {
                continue;
            }
            if best.is_none_or(|(known, _)| (rank, far) < known) {
                best = Some(((rank, far), date));
            }
        }
    }
    best.map(|((rank, _), date)| (rank, date))
}

/// The dates that a mark states: of what each is, whether the mark has nothing
/// else to say, and when it is.
fn stated(page: &Page, mark: &Mark, language: &str) -> Vec<(Label, bool, Timestamp)> {
    let of_role = match mark.role {
        Role::Published => Label::Published,
        Role::Modified => Label::Modified,
        _ => Label::None,
    };
    let label = |stated: &dates::Stated| match stated.label {
        Label::None => of_role,
        // "Stand: 5. Mai 2031" is told of pages that are kept up to date.
        Label::AsOf => Label::Modified,
        label => label,
    };
    let whole = dates::stated(&mark.text, language);
    let value = mark.value.as_deref().and_then(json_ld::date);
    if mark.role != Role::Dated && (whole.is_some() || value.is_some()) {
        // "Updated: <time>5 May 2031</time>" says before it of what it is.
        let around = page.line_around(mark).filter(|line| line.text != mark.text);
        let said = around.and_then(|line| {
            let mut dates = dates::find(&line.text, language);
            dates.find(|date| whole.is_none_or(|whole| whole.day == date.day))
        });
        let said = said.or(whole);
        let date = value.or(said.map(|date| date.at));
        let label = said.as_ref().map_or(of_role, label);
        return date.map(|date| (label, true, date)).into_iter().collect();
    }
    if let Some(whole) = whole {
        return vec![(label(&whole), true, whole.at)];
    }
    mark.text
        .lines()
        .flat_map(|line| dates::find(line, language).map(move |date| (line, date)))
        .filter(|(line, date)| date.label != Label::None || line.len() <= LONGEST_UNSAID)
        .map(|(line, date)| {
            let clear = mark.role != Role::Dated || line.len() <= LONGEST_CLEAR;
            (label(&date), clear, date.at)
        })
        .collect()
}

/// Whether a line may have a date in it.
pub(super) fn may_be(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_digit).count() >= 3
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
