//! Entries as they are printed, for people and for programs.

use crate::{
    entry::Entry,
    service::{EntryState, ListedEntry, named},
};
use jiff::Timestamp;
use serde::Serialize;
use std::io::{self, Write};

/// Files with longer names do not move the titles of the others to the right.
const WIDE: usize = 40;

/// How wide the column of files is.
pub(super) fn width(entries: &[ListedEntry]) -> usize {
    let lengths = entries.iter().map(|entry| file(entry).chars().count());
    lengths
        .filter(|length| *length <= WIDE)
        .max()
        .unwrap_or_default()
}

pub(super) fn line(entry: &ListedEntry, width: usize) -> String {
    format!(
        "{}  {:<9}  {:width$}  {}",
        date(entry.published),
        state(entry.state),
        file(entry),
        entry.title
    )
}

/// An entry, so that people know which one it is.
pub(super) fn called(entry: &ListedEntry) -> String {
    format!("\"{}\" ({})", entry.title, file(entry))
}

fn file(entry: &ListedEntry) -> String {
    entry
        .files
        .first()
        .map(|file| named(file))
        .unwrap_or_default()
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::Shown => "shown",
        EntryState::Retracted(_) => "retracted",
        EntryState::Withdrawn(_) => "withdrawn",
    }
}

pub(super) fn print(out: &mut impl Write, listed: &ListedEntry, entry: &Entry) -> io::Result<()> {
    let mut line = |name: &str, value: &str| {
        if value.is_empty() {
            return Ok(());
        }
        writeln!(out, "{name:<10} {value}")
    };
    line("title", &listed.title)?;
    line("id", &listed.id.0)?;
    line("name", &listed.slug)?;
    let state = match listed.state {
        EntryState::Shown => "shown".to_owned(),
        EntryState::Retracted(at) => {
            let which = &listed.slug;
            format!("retracted since {at}; `feedwright entries restore {which}` undoes it")
        }
        EntryState::Withdrawn(at) => format!("withdrawn since {at}: its file is gone"),
    };
    line("state", &state)?;
    line("published", &listed.published.to_string())?;
    line("updated", &listed.updated.to_string())?;
    line("arrived", &entry.arrived.to_string())?;
    for file in &listed.files {
        line("file", &named(file))?;
    }
    let digest = &entry.digest;
    line("language", digest.language.as_deref().unwrap_or_default())?;
    line("address", digest.url.as_deref().unwrap_or_default())?;
    if let Some(lead) = &digest.lead_quote {
        let speaker = lead.speaker.as_ref().map(|speaker| format!(" ({speaker})"));
        line(
            "quotation",
            &format!("\"{}\"{}", lead.quote, speaker.unwrap_or_default()),
        )?;
    }
    line("summary", &digest.summary)?;
    let topics: Vec<_> = digest.topics.iter().map(|topic| &*topic.label).collect();
    line("topics", &topics.join(", "))
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
pub(super) struct Json<'a> {
    id: &'a str,
    /// Its name in addresses.
    name: &'a str,
    title: &'a str,
    published: String,
    updated: String,
    state: &'static str,
    /// Since when it is not shown.
    since: Option<String>,
    files: Vec<String>,
    #[serde(flatten)]
    said: Option<Said<'a>>,
}

/// What is known of one that was asked for.
#[derive(Serialize)]
struct Said<'a> {
    arrived: String,
    language: Option<&'a str>,
    url: Option<&'a str>,
    lead_quote: Option<Lead<'a>>,
    summary: &'a str,
    topics: Vec<&'a str>,
}

#[derive(Serialize)]
struct Lead<'a> {
    quote: &'a str,
    speaker: Option<&'a str>,
}

impl<'a> Json<'a> {
    pub(super) fn new(listed: &'a ListedEntry) -> Self {
        Self {
            id: &listed.id.0,
            name: &listed.slug,
            title: &listed.title,
            published: listed.published.to_string(),
            updated: listed.updated.to_string(),
            state: state(listed.state),
            since: match listed.state {
                EntryState::Shown => None,
                EntryState::Retracted(at) | EntryState::Withdrawn(at) => Some(at.to_string()),
            },
            files: listed
                .files
                .iter()
                .map(|file| file.to_string_lossy().into_owned())
                .collect(),
            said: None,
        }
    }

    pub(super) fn in_full(listed: &'a ListedEntry, entry: &'a Entry) -> Self {
        let digest = &entry.digest;
        let said = Said {
            arrived: entry.arrived.to_string(),
            language: digest.language.as_deref(),
            url: digest.url.as_deref(),
            lead_quote: digest.lead_quote.as_ref().map(|lead| Lead {
                quote: &lead.quote,
                speaker: lead.speaker.as_ref().map(|speaker| &*speaker.0),
            }),
            summary: &digest.summary,
            topics: digest.topics.iter().map(|topic| &*topic.label).collect(),
        };
        Self {
            said: Some(said),
            ..Self::new(listed)
        }
    }
}
