//! `feedwright backup`: a copy of the catalogue, whether it is in use or not.

use super::{Outcome, asking::visitor, say};
use crate::{config::Config, service::number};
use std::path::Path;

/// Copies the catalogue into a file that is not there yet.
pub(super) fn backup(config: &Config, file: &Path) -> anyhow::Result<Outcome> {
    if file.symlink_metadata().is_ok() {
        say(&format!(
            "{} is there already, and is not written over; name another file",
            file.display()
        ));
        return Ok(Outcome::Failed);
    }
    let Some(visitor) = visitor(config)? else {
        return Ok(Outcome::Failed);
    };
    let bytes = visitor.back_up(file)?;
    say(&format!(
        "the catalogue is in {} ({} bytes); `feedwright backup --help` tells how to restore it",
        file.display(),
        number(bytes)
    ));
    Ok(Outcome::Fine)
}
