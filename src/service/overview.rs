//! How things stand, for somebody who asks from outside: whether a daemon is
//! running or hangs, what it tells of itself, and what the catalogue holds.
//! Nothing is changed by asking, and nobody waited for.

use super::status::{self, SILENCE, Status};
use crate::catalogue::store::{Glanced, Holder, glance, holder_of};
use jiff::Timestamp;
use std::path::Path;

/// Whether a daemon is running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// It runs.
    Running,
    /// It has the catalogue, and has not been heard of for minutes.
    Silent,
    /// Another process has the catalogue, or one that has told nothing yet.
    Held(Holder),
    /// It was stopped.
    Stopped,
    /// It ended without a word: killed, or by a power cut.
    Killed,
    /// None has ever run here, or none that left a word.
    Never,
}

/// How things stand.
#[derive(Debug)]
pub struct Overview {
    /// Whether a daemon is running.
    pub life: Life,
    /// What it tells, or told last.
    pub status: Option<Status>,
    /// What is in the catalogue, or in words why that cannot be told.
    pub catalogue: Result<Glanced, String>,
}

/// Looks how things stand with the daemon on this state folder, at this time.
///
/// # Errors
///
/// When what is in the folder cannot be read.
pub fn overview(folder: &Path, now: Timestamp) -> anyhow::Result<Overview> {
    let holder = holder_of(folder)?;
    let status = status::read(folder)?;
    Ok(Overview {
        life: life(holder, status.as_ref(), now),
        status,
        catalogue: glance(folder).map_err(|error| error.to_string()),
    })
}

fn life(holder: Option<Holder>, status: Option<&Status>, now: Timestamp) -> Life {
    match (holder, status) {
        (Some(holder), Some(status))
            if holder.pid == Some(status.pid) && status.stopped.is_none() =>
        {
            let silence = now.duration_since(status.heard);
            if silence.unsigned_abs() > SILENCE && silence.is_positive() {
                Life::Silent
            } else {
                Life::Running
            }
        }
        (Some(holder), _) => Life::Held(holder),
        (None, Some(status)) if status.stopped.is_some() => Life::Stopped,
        (None, Some(_)) => Life::Killed,
        (None, None) => Life::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{
        status::Listed,
        tally::Tally,
        watching::{By, Watched},
    };
    use jiff::SignedDuration;

    fn told(pid: u32, stopped: Option<Timestamp>) -> Status {
        Status {
            version: String::new(),
            pid,
            started: Timestamp::UNIX_EPOCH,
            heard: Timestamp::UNIX_EPOCH,
            stopped,
            watch_folder: String::new(),
            feeds_folder: String::new(),
            watching: Watched {
                by: By::Events,
                every: 300,
                why: None,
            },
            confinement: String::new(),
            doing: None,
            last_pass: None,
            last_publish: None,
            tally: Tally::default(),
            documents: 0,
            waiting: Listed::default(),
            unread: Listed::default(),
            left_alone: Vec::new(),
            faults: Listed::default(),
            addresses: Vec::new(),
            hubs: Vec::new(),
        }
    }

    #[test]
    fn a_daemon_is_known_by_its_lock_and_its_last_word() {
        let holder = |pid| {
            Some(Holder {
                pid,
                command: String::new(),
            })
        };
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let runs = told(7, None);
        let stopped = told(7, Some(at(0)));
        let life = |holder, status, seconds| life(holder, status, at(seconds));
        assert_eq!(life(holder(Some(7)), Some(&runs), 1), Life::Running);
        // The clock was set back.
        assert_eq!(life(holder(Some(7)), Some(&runs), -9_999), Life::Running);
        assert_eq!(life(holder(Some(7)), Some(&runs), 200), Life::Silent);
        let other = Life::Held(holder(Some(8)).unwrap());
        assert_eq!(life(holder(Some(8)), Some(&runs), 1), other);
        assert_eq!(
            life(holder(Some(7)), Some(&stopped), 1),
            Life::Held(holder(Some(7)).unwrap())
        );
        assert_eq!(life(None, Some(&runs), 1), Life::Killed);
        assert_eq!(life(None, Some(&stopped), 1), Life::Stopped);
        assert_eq!(life(None, None, 1), Life::Never);
    }
}
