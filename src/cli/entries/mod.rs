//! `feedwright entries`: what is in the feeds and what is not, and what the owner
//! takes off them.

mod named;
mod page;

use super::{
    Outcome,
    args::EntriesDecision,
    asking::{Refused, ask, done, visitor},
    painted, say,
};
use crate::{
    clock,
    config::Config,
    service::{self, EntryDecision, EntryState, ListedEntry, Query, Visitor, counted},
};
use named::named;
use page::Json;
use std::io::{self, BufWriter, Write as _};

/// Prints the entries that a query finds, the newest first.
pub(super) fn list(config: &Config, filter: &str, json: bool) -> anyhow::Result<Outcome> {
    let query = match filter.trim() {
        "" => None,
        filter => match Query::parse(filter) {
            Ok(query) => Some(query),
            Err(error) => {
                let before = filter.get(..error.span.start).unwrap_or_default();
                let indent = " ".repeat(before.chars().count());
                say(&format!(
                    "{}: this query cannot be answered: {}\n\n  {filter}\n  {indent}^\n\nhelp: {}",
                    painted("error"),
                    error.what,
                    error.help
                ));
                return Ok(Outcome::Misused);
            }
        },
    };
    let Some(visitor) = visitor(config)? else {
        return Ok(Outcome::Failed);
    };
    let entries = visitor.entries(query.as_ref())?;
    match (&query, &entries[..]) {
        (None, []) => say(&format!(
            "there is no entry yet; drop an article into {}",
            config.service.watch_folder.display()
        )),
        (Some(_), []) => say(&format!(
            "no entry is found by {filter}; `feedwright entries` lists all, and `feedwright entries \
             --help` tells how to ask"
        )),
        _ => {}
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let width = page::width(&entries);
    for entry in &entries {
        if json {
            serde_json::to_writer(&mut out, &Json::new(entry))?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", page::line(entry, width))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Prints all that is known of an entry.
pub(super) fn show(config: &Config, which: &str, json: bool) -> anyhow::Result<Outcome> {
    let Some(visitor) = visitor(config)? else {
        return Ok(Outcome::Failed);
    };
    let listed = match named(&visitor.entries(None)?, config, which) {
        Ok(listed) => listed,
        Err(refused) => {
            say(&refused.why);
            return Ok(refused.outcome);
        }
    };
    let entry = visitor.entry(listed.key)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if json {
        serde_json::to_writer(&mut out, &Json::in_full(&listed, &entry))?;
        writeln!(out)?;
    } else {
        page::print(&mut out, &listed, &entry)?;
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Takes a decision, after saying what it will change.
pub(super) fn decide(config: Config, decision: EntriesDecision) -> anyhow::Result<Outcome> {
    let Some(mut visitor) = visitor(&config)? else {
        return Ok(Outcome::Failed);
    };
    let (is_retracted, which, asking) = match decision {
        EntriesDecision::Retract { entries, asking } => (true, entries, asking),
        EntriesDecision::Restore { entries, asking } => (false, entries, asking),
    };
    let planned = plan(&visitor, &config, &which, is_retracted)?
        .and_then(|decision| ask(asking).map(|()| decision));
    match planned {
        Ok(decision) => {
            say(&done(&service::decide(config, &mut visitor, decision)?));
            Ok(Outcome::Fine)
        }
        Err(refused) => {
            say(&refused.why);
            Ok(refused.outcome)
        }
    }
}

/// What is to be done, said in words.
fn plan(
    visitor: &Visitor,
    config: &Config,
    which: &[String],
    is_retracted: bool,
) -> anyhow::Result<Result<EntryDecision, Refused>> {
    let all = visitor.entries(None)?;
    let mut found: Vec<ListedEntry> = Vec::new();
    for which in which {
        match named(&all, config, which) {
            Ok(entry) if found.iter().any(|other| other.id == entry.id) => {}
            Ok(entry) => found.push(entry),
            Err(refused) => return Ok(Err(refused)),
        }
    }
    let is_so = |entry: &ListedEntry| matches!(entry.state, EntryState::Retracted(_));
    let (done, entries): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|entry| is_so(entry) == is_retracted);
    for entry in &done {
        let is = if is_retracted {
            "is off the feeds already"
        } else {
            "was not retracted"
        };
        say(&format!("{} {is}", page::called(entry)));
    }
    if entries.is_empty() {
        return Ok(Err(Refused::needless("there is nothing to do")));
    }
    for entry in &entries {
        let becomes = match (is_retracted, entry.is_gone) {
            (true, false) => "leaves the feeds; its file stays",
            (true, true) => "does not come back, should its file do",
            (false, false) => "is in the feeds again, with the id and the dates that it had",
            (false, true) => "comes back when its file does",
        };
        say(&format!("{} {becomes}", page::called(entry)));
    }
    let ids: Vec<_> = entries.iter().map(|entry| entry.id.clone()).collect();
    say(&counted(ids.len(), "entry changes", "entries change"));
    Ok(Ok(if is_retracted {
        let at = clock::now();
        EntryDecision::Retract { entries: ids, at }
    } else {
        EntryDecision::Restore { entries: ids }
    }))
}
