//! Lists of what entries are about.

use super::{Page, html};
use crate::{
    catalogue::store::{ListedSubject, View},
    channel::Scope,
    feed::live::{self, Question, Subject, Subjects, Visit},
    serve::site::Unshown,
};
use hyper::StatusCode;
use jiff::Timestamp;

/// How many subjects are on a page, which keeps it light.
const PAGE: usize = 80;

/// How many subjects are looked through for letters in their names, those with
/// many entries first.
const FILTERED: usize = 4_000;

/// How many of them are asked for at once.
const AT_ONCE: usize = 500;

/// The page of the subjects of a scope.
pub(super) fn page(
    view: &View,
    visit: Visit,
    now: Timestamp,
    scope: Scope,
) -> Result<Page, Unshown> {
    let value = |name| Question::value(visit.query, name);
    let filter = value("filter").map_or_else(String::new, |filter| filter.trim().to_owned());
    let page = value("page").and_then(|page| page.parse().ok());
    let page = page.unwrap_or(1_usize).clamp(1, 1_000_000);
    let skip = (page - 1) * PAGE;
    let (total, found) = if filter.is_empty() {
        let list = view.subjects(scope, now, skip, PAGE)?;
        (list.total, list.subjects)
    } else {
        let all = filtered(view, now, scope, &filter)?;
        let found = all.iter().skip(skip).take(PAGE).cloned();
        (all.len(), found.collect())
    };
    let list = Subjects {
        scope,
        filter,
        total,
        goes_on: skip + found.len() < total,
        subjects: found.into_iter().map(subject).collect(),
        page,
    };
    Ok(html(StatusCode::OK, live::subjects(visit, &list)))
}

fn filtered(
    view: &View,
    now: Timestamp,
    scope: Scope,
    filter: &str,
) -> Result<Vec<ListedSubject>, Unshown> {
    let mut found = Vec::new();
    for skip in (0..FILTERED).step_by(AT_ONCE) {
        let list = view.subjects(scope, now, skip, AT_ONCE)?;
        let is_last = list.subjects.len() < AT_ONCE;
        let named = list.subjects.into_iter();
        found.extend(named.filter(|subject| Subjects::has(&subject.label, filter)));
        if is_last {
            break;
        }
    }
    Ok(found)
}

fn subject(subject: ListedSubject) -> Subject {
    Subject {
        label: subject.label,
        feed: subject.feed,
        entries: subject.entries,
        newest: subject.newest,
        weeks: subject.weeks,
    }
}
