//! `feedwright build`: one pass, then exit.

use super::{Outcome, documents, say};
use crate::{
    config::Config,
    service::{Refusal, Worker, named},
};
use std::sync::atomic::AtomicBool;

pub(super) fn build(config: Config) -> anyhow::Result<Outcome> {
    let mut worker = Worker::open(config)?;
    let report = worker.pass_over_all(&AtomicBool::new(false))?;
    let (entries, refused) = (worker.count()?, worker.refused()?);
    let folder = worker.config().service.feeds_folder.display();
    let feeds = match report.written.len() {
        0 => "the feeds were up to date".to_owned(),
        _ => format!("wrote {}", documents(&report.written)),
    };
    let plural = if entries == 1 { "entry" } else { "entries" };
    say(&format!("{entries} {plural}; {feeds} in {folder}"));
    if refused.is_empty() && report.unsettled.is_empty() {
        return Ok(Outcome::Fine);
    }
    for path in &report.unsettled {
        say(&format!(
            "not taken: {}: it is being written; run this again",
            named(path)
        ));
    }
    let mut faulty = !report.unsettled.is_empty();
    for refused in &refused {
        let draft = refused.kind == Refusal::Draft;
        let what = if draft { "left out" } else { "not taken" };
        faulty |= !draft;
        say(&format!(
            "{what}: {}: {}",
            named(&refused.path),
            refused.reason
        ));
    }
    Ok(if faulty {
        Outcome::Failed
    } else {
        Outcome::Fine
    })
}
