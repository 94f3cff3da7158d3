//! `feedwright build`: one pass, then exit.

use super::{Outcome, documents, painted, say};
use crate::{
    config::Config,
    service::{Refusal, Worker, counted, named, number},
};
use std::sync::atomic::AtomicBool;

/// No more than so many files are named; `status` shows all.
const NAMED: usize = 50;

pub(super) fn build(config: Config) -> anyhow::Result<Outcome> {
    let mut worker = Worker::open(config)?;
    let report = worker.pass_over_all(&AtomicBool::new(false));
    let (entries, refused) = (worker.count()?, worker.refused()?);
    let folder = named(&worker.config().service.feeds_folder);
    let feeds = match (&report.fault, report.written.len()) {
        (None, 0) => "the feeds were up to date".to_owned(),
        (Some(_), 0) => "wrote nothing".to_owned(),
        _ => format!("wrote {}", documents(&report.written)),
    };
    let entries = counted(entries, "entry", "entries");
    say(&format!("{entries}; {feeds} in {folder}"));
    let unsettled = report.unsettled.iter().map(|path| {
        let path = named(path);
        format!("not taken: {path}: it is being written; run this again")
    });
    let told = refused.iter().map(|refused| {
        let what = match refused.kind {
            Refusal::Draft => "left out",
            Refusal::Faulty => "not taken",
        };
        format!("{what}: {}: {}", named(&refused.path), refused.reason)
    });
    let failed = report.failed.iter();
    let failed = failed.map(|(_, words)| format!("{words}; run this again"));
    let places = report.places.iter().map(|(_, words)| words.clone());
    let lines = unsettled.chain(failed).chain(places).chain(told);
    let lines: Vec<String> = lines.collect();
    for line in lines.iter().take(NAMED) {
        say(line);
    }
    if lines.len() > NAMED {
        let more = number((lines.len() - NAMED) as u64);
        say(&format!("and {more} more; `feedwright status` shows all"));
    }
    if let Some(fault) = report.fault {
        // Each document that is in the way of none but itself.
        for (_, words) in report.documents.iter().skip(1).take(NAMED) {
            say(&format!("{}: {words}", painted("error")));
        }
        return Err(fault);
    }
    let faulty = refused.iter().any(|one| one.kind == Refusal::Faulty)
        || !report.unsettled.is_empty()
        || !report.failed.is_empty()
        || !report.places.is_empty();
    Ok(if faulty {
        Outcome::Failed
    } else {
        Outcome::Fine
    })
}
