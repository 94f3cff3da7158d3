//! `feedwright speakers`: who is quoted by name.

use super::{Outcome, asking::visitor, say};
use crate::{config::Config, entry::Topic, service::ListedSpeaker};
use serde::Serialize;
use std::io::{self, BufWriter, Write as _};

/// Prints who is quoted, first those who are quoted most.
pub(super) fn list(config: &Config, filter: &str, json: bool) -> anyhow::Result<Outcome> {
    let Some(visitor) = visitor(config)? else {
        return Ok(Outcome::Failed);
    };
    let mut speakers = visitor.speakers()?;
    if speakers.is_empty() {
        say("nobody is quoted by name yet");
        return Ok(Outcome::Fine);
    }
    let folded = Topic::folded(filter);
    speakers.retain(|speaker| Topic::folded(&speaker.name).contains(&folded));
    if speakers.is_empty() {
        say(&format!(
            "nobody with \"{filter}\" in their name is quoted; `feedwright speakers` lists all"
        ));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if !json && !speakers.is_empty() {
        writeln!(out, "quotations  entries  name")?;
    }
    for speaker in &speakers {
        if json {
            serde_json::to_writer(&mut out, &Json::new(speaker))?;
            writeln!(out)?;
        } else {
            let ListedSpeaker {
                name,
                quotations,
                entries,
                ..
            } = speaker;
            writeln!(out, "{quotations:>10}  {entries:>7}  {name}")?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    speaker: &'a str,
    quotations: usize,
    articles: usize,
    /// The folder of the feed in the feeds folder.
    feed: Option<&'a str>,
}

impl<'a> Json<'a> {
    fn new(speaker: &'a ListedSpeaker) -> Self {
        Self {
            speaker: &speaker.name,
            quotations: speaker.quotations,
            articles: speaker.entries,
            feed: speaker.feed.as_deref(),
        }
    }
}
