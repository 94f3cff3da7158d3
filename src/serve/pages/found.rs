//! Entries that are asked for: the newest, those of a feed, those that a search
//! finds; and the feed that a search is.

use super::{Page, html};
use crate::{
    catalogue::{
        Marker, Query, QueryError, Reading, Typing, Wanted,
        store::{Count, Cursor, Hits, View},
    },
    channel::{Channel, Listed, Part, Scope, Sheet},
    entry::Entry,
    feed::{
        self,
        live::{self, Archive, Choice, Choices, Fault, Hit, Listing, Question, Snippet, Visit},
    },
    serve::site::{Beside, Unshown},
};
use hyper::StatusCode;
use jiff::Timestamp;
use std::sync::Arc;

/// How many entries are on a page: with twenty it is light, and nobody scrolls
/// further without looking for something.
const PAGE: usize = 20;

/// How many topics, speakers, folders and languages can be chosen. Who wants
/// another one finds it in the lists.
const CHOICES: usize = 40;

/// The page of what is asked for.
pub(super) fn page(
    view: &View,
    beside: &Beside,
    visit: Visit,
    now: Timestamp,
    question: Question,
    channel: Option<Channel>,
) -> Result<Page, Unshown> {
    let is_typing = Question::value(visit.query, "typing").is_some();
    let after = Question::value(visit.query, "after");
    let after: Option<Cursor> = after.and_then(|after| after.parse().ok());
    let Understood {
        question,
        typed,
        query,
        fault,
        hits,
    } = understood(view, question, after, channel.as_ref())?;
    let marker = query.as_ref().map(Marker::new);
    let entries = hits.as_ref().map_or(&[][..], |hits| &hits.entries);
    let listing = Listing {
        hits: found(view, entries, marker.as_ref())?,
        count: match hits.as_ref().map(|hits| hits.count) {
            Some(Count::Exactly(count)) => live::Count::Exactly(count),
            Some(Count::AtLeast(count)) => live::Count::AtLeast(count),
            None => live::Count::default(),
        },
        after: after.map(|after| after.to_string()),
        older: hits.and_then(|hits| hits.next).map(|next| next.to_string()),
        archive: None,
        fault: fault.map(shown_fault),
        choices: if is_typing && !question.is_empty() {
            // The form stays as it is while somebody types.
            Choices::default()
        } else {
            choices(view, beside, now)?
        },
        question,
        typed,
        channel,
    };
    Ok(html(StatusCode::OK, live::listing(visit, &listing)?))
}

/// What somebody asks for, and what that finds.
struct Understood {
    /// What is shown.
    question: Question,
    /// What was typed, where that finds nothing.
    typed: Option<String>,
    query: Option<Query>,
    fault: Option<QueryError>,
    hits: Option<Hits>,
}

/// Looks for what was typed. If nothing has that, it is taken for half written:
/// the last word may go on. This is so whether somebody is still typing or not,
/// so that what is seen, bookmarked, loaded again and subscribed to is one.
fn understood(
    view: &View,
    question: Question,
    after: Option<Cursor>,
    channel: Option<&Channel>,
) -> Result<Understood, Unshown> {
    let find = |query: &Option<Query>| -> Result<Option<Hits>, Unshown> {
        if query.is_none() && !question.query.is_empty() {
            // Words of which nothing is left ask for nothing, not for everything.
            return Ok(None);
        }
        let wanted = wanted(&question, query.clone(), channel);
        Ok(Some(view.find(&wanted, after, PAGE)?))
    };
    let Reading { query, fault } = Query::read(&question.query, Typing::Done);
    let hits = find(&query)?;
    let has_any = |hits: &Option<Hits>| hits.as_ref().is_some_and(|hits| !hits.entries.is_empty());
    // What is older than the last hit is nothing either way.
    if !has_any(&hits) && after.is_none() {
        let longer = Query::read(&question.query, Typing::Going).query;
        let found = if longer == query {
            None
        } else {
            find(&longer)?
        };
        if has_any(&found) {
            let written = longer.as_ref().map(ToString::to_string);
            let typed = question.query.clone();
            return Ok(Understood {
                question: Question {
                    query: written.unwrap_or_default().trim().to_owned(),
                    ..question
                },
                typed: Some(typed),
                query: longer,
                fault,
                hits: found,
            });
        }
    }
    Ok(Understood {
        question,
        typed: None,
        query,
        fault,
        hits,
    })
}

/// The page of a part of a feed that is as it was rendered: of its archive, or
/// of a search that the owner has set up.
pub(super) fn sheet(
    view: &View,
    beside: &Beside,
    visit: Visit,
    now: Timestamp,
    sheet: &Sheet,
) -> Result<Page, Unshown> {
    let (page, older) = match sheet.part {
        Part::Current => (None, sheet.archives),
        Part::Archive(page) => (Some(page), page.saturating_sub(1)),
    };
    let listing = Listing {
        hits: found(view, &sheet.entries, None)?,
        count: live::Count::Exactly(sheet.entries.len()),
        channel: Some(Channel::clone(&sheet.channel)),
        choices: choices(view, beside, now)?,
        archive: Some(Archive {
            page,
            newer: page
                .filter(|page| *page < sheet.archives)
                .map(|page| page + 1),
            older: (older > 0).then_some(older),
        }),
        ..Listing::default()
    };
    Ok(html(StatusCode::OK, live::listing(visit, &listing)?))
}

/// A document of the feed that a search is.
pub(super) fn feed(
    view: &View,
    visit: Visit,
    document: &str,
    question: &Question,
) -> Result<Option<Page>, Unshown> {
    let query = Query::read(&question.query, Typing::Done).query;
    let mut sheet = view.search_sheet(&wanted(question, query, None))?;
    if question.is_empty() || (sheet.channel.name.is_empty() && !question.query.is_empty()) {
        return Ok(None);
    }
    let mut entries = Vec::with_capacity(sheet.entries.len());
    for listed in &sheet.entries {
        entries.extend(view.entry(listed.key)?.map(|entry| (*listed, entry)));
    }
    sheet.entries = entries.iter().map(|(listed, _)| *listed).collect();
    let entries: Vec<Arc<Entry>> = entries.into_iter().map(|(_, entry)| entry).collect();
    let settings = feed::Settings {
        asked: question.encoded(),
        ..visit.settings.clone()
    };
    let documents = feed::render(&settings, &sheet, &entries)?.documents;
    let name = format!("{}/{document}", sheet.channel.folder);
    let found = documents.into_iter().find(|rendered| rendered.name == name);
    Ok(found.map(|rendered| Page {
        status: StatusCode::OK,
        media_type: rendered.media_type,
        bytes: rendered.bytes,
    }))
}

fn wanted(question: &Question, query: Option<Query>, channel: Option<&Channel>) -> Wanted {
    let set = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let of = |scope: Scope, value: &str| match channel {
        Some(channel) if channel.scope == scope => Some(channel.folder.clone()),
        _ => set(value),
    };
    Wanted {
        query,
        topic: of(Scope::Topic, &question.topic),
        speaker: of(Scope::Speaker, &question.speaker),
        folder: of(Scope::Folder, &question.folder),
        language: set(&question.language),
    }
}

fn found(view: &View, entries: &[Listed], marker: Option<&Marker>) -> Result<Vec<Hit>, Unshown> {
    let mut hits = Vec::with_capacity(entries.len());
    for listed in entries {
        let Some(entry) = view.entry(listed.key)? else {
            continue;
        };
        hits.push(match marker {
            Some(marker) => marked(entry, marker),
            None => Hit {
                entry,
                ..Hit::default()
            },
        });
    }
    Ok(hits)
}

fn marked(entry: Arc<Entry>, marker: &Marker) -> Hit {
    let digest = &entry.digest;
    let lead = digest.lead_quote.as_ref();
    let speaker = lead.and_then(|lead| lead.speaker.as_ref());
    let snippet = marker.snippet(&entry).map(|snippet| Snippet {
        text: snippet.text,
        marks: snippet.marks,
        goes_on_before: snippet.goes_on_before,
        goes_on_after: snippet.goes_on_after,
    });
    Hit {
        title: marker.title(&digest.title),
        quote: lead.map_or_else(Vec::new, |lead| marker.text(&lead.quote)),
        speaker: speaker.map_or_else(Vec::new, |speaker| marker.speaker(&speaker.0)),
        snippet,
        entry,
    }
}

fn shown_fault(fault: QueryError) -> Fault {
    Fault {
        span: fault.span,
        what: fault.what,
        help: fault.help,
    }
}

fn choices(view: &View, beside: &Beside, now: Timestamp) -> Result<Choices, Unshown> {
    if let Some(known) = beside.choices.get() {
        return Ok(known.clone());
    }
    let of = |scope: Scope| -> Result<Vec<Choice>, Unshown> {
        let list = view.subjects(scope, now, 0, CHOICES)?;
        let choice = |subject: crate::catalogue::store::ListedSubject| Choice {
            label: subject.label,
            feed: subject.feed,
            entries: subject.entries,
        };
        Ok(list.subjects.into_iter().map(choice).collect())
    };
    let languages = view.languages()?.into_iter().take(CHOICES);
    let found = Choices {
        topics: of(Scope::Topic)?,
        speakers: of(Scope::Speaker)?,
        folders: of(Scope::Folder)?,
        languages: languages
            .map(|(label, entries)| Choice {
                label,
                feed: None,
                entries,
            })
            .collect(),
    };
    Ok(beside.choices.get_or_init(|| found).clone())
}
