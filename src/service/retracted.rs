//! Which entries the owner has taken off the feeds, kept beside the catalogue:
//! feeds do not tell, so a catalogue that is built anew could not know.

use crate::{
    catalogue::{EntryDecision, Record, store::Catalogue},
    config::Config,
    entry::EntryId,
};
use anyhow::Context as _;
use jiff::Timestamp;
use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

/// The file in the folder of the catalogue.
const FILE: &str = "retracted.json";

fn file(config: &Config) -> PathBuf {
    config.service.state_folder.join(FILE)
}

/// Keeps what is retracted now. The catalogue has it as well, so that it cannot
/// be kept is no reason to stop.
pub(super) fn keep(config: &Config, catalogue: &Catalogue) -> anyhow::Result<()> {
    let file = file(config);
    let list = serde_json::to_vec(&catalogue.retractions()?)?;
    let write = || -> io::Result<()> {
        let mut new = tempfile::NamedTempFile::new_in(&config.service.state_folder)?;
        new.write_all(&list)?;
        new.as_file().sync_all()?;
        new.persist(&file).map(drop).map_err(|error| error.error)
    };
    if let Err(error) = write() {
        tracing::warn!(
            "cannot write {}: {error}; should the catalogue be lost, what was retracted is shown \
             again",
            file.display()
        );
    }
    Ok(())
}

/// Makes a catalogue that is new know what was retracted before.
pub(super) fn take_over(config: &Config, catalogue: &mut Catalogue) -> anyhow::Result<()> {
    let file = file(config);
    let kept = match fs::read(&file) {
        Ok(kept) => kept,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", file.display()));
        }
    };
    let Ok(kept) = serde_json::from_slice::<Vec<(EntryId, Timestamp)>>(&kept) else {
        tracing::warn!(
            "{} cannot be read; what was retracted is shown again: look at `feedwright entries`",
            file.display()
        );
        return Ok(());
    };
    let decision = |(id, at)| {
        Record::Entries(EntryDecision::Retract {
            entries: vec![id],
            at,
        })
    };
    let records: Vec<_> = kept.into_iter().map(decision).collect();
    catalogue.apply(&records)?;
    Ok(())
}
