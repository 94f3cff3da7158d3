//! How things stand, for people.

use super::{Answer, Servers, glance, refused, running};
use crate::service::{
    By, Glanced, Life, Overview, Refusal, Status, Watched, counted, duration, named, number,
};
use jiff::{Timestamp, tz::TimeZone};
use std::{
    io::{self, Write},
    path::Path,
};

/// A page of it.
pub(super) struct Page<'a, W> {
    pub(super) out: &'a mut W,
    pub(super) now: Timestamp,
    pub(super) servers: &'a Servers,
}

impl<W: Write> Page<'_, W> {
    pub(super) fn print(mut self, seen: &Overview, state_folder: &Path) -> io::Result<()> {
        self.head(seen)?;
        self.row("state", &named(state_folder))?;
        if let Some(status) = &seen.status {
            self.row("watching", &watching(status, running(seen).is_some()))?;
            self.row("feeds", &status.feeds_folder)?;
            self.serving()?;
            self.hubs(status)?;
            if running(seen).is_some() && !status.confinement.is_empty() {
                self.row("confined", &status.confinement)?;
            }
        }
        self.catalogue(seen)?;
        if let Some(status) = &seen.status {
            self.done(status)?;
        }
        self.pending(seen)?;
        if let Some(status) = &seen.status {
            self.faults(status, running(seen).is_some())?;
            self.left_alone(status)?;
        }
        for (kind, title) in [
            (Refusal::Draft, "left out as they ask"),
            (Refusal::Faulty, "not taken"),
        ] {
            let refused: Vec<_> = refused(seen, kind).collect();
            if !refused.is_empty() {
                writeln!(
                    self.out,
                    "\n{title}: {}",
                    counted(refused.len(), "file", "files")
                )?;
            }
            for (path, reason) in refused {
                writeln!(self.out, "  {path}: {reason}")?;
            }
        }
        Ok(())
    }

    fn row(&mut self, name: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "  {name:<10} {text}")
    }

    fn head(&mut self, seen: &Overview) -> io::Result<()> {
        let since = |at| format!("{} ({})", clock(at), self.ago(at));
        let line = match (&seen.life, &seen.status) {
            (Life::Running, Some(status)) => format!(
                "feedwright {} runs as process {} since {}",
                status.version,
                status.pid,
                since(status.started)
            ),
            (Life::Silent, Some(status)) => format!(
                "feedwright {} hangs: process {} was last heard of at {}; look what it waits for \
                 (a disk, a network folder, SIGCONT), or stop and start it",
                status.version,
                status.pid,
                since(status.heard)
            ),
            (Life::Held(holder), _) => {
                format!("no daemon runs; {holder} has the catalogue")
            }
            (Life::Stopped, Some(status)) => format!(
                "feedwright does not run; `feedwright` starts it; it was stopped at {}",
                since(status.stopped.unwrap_or(status.heard))
            ),
            (Life::Killed, Some(status)) => format!(
                "feedwright does not run; `feedwright` starts it; it ended without a word, killed or by \
                 a power cut, and was last heard of at {}",
                since(status.heard)
            ),
            _ => "feedwright does not run; `feedwright` starts it".to_owned(),
        };
        writeln!(self.out, "{line}")
    }

    /// Where the server listens, and whether it answers.
    fn serving(&mut self) -> io::Result<()> {
        for (at, (address, answer)) in self.servers.iter().enumerate() {
            let says = match answer {
                Answer::Ready => "answers".to_owned(),
                Answer::NotReady(why) => format!("answers that it is not ready: {why}"),
                Answer::Silent(why) => format!("does not answer: {why}"),
            };
            let scheme = if address.starts_with("unix:") {
                ""
            } else {
                "http://"
            };
            let line = format!("{scheme}{address} ({says})");
            self.row(if at == 0 { "server" } else { "" }, &line)?;
        }
        Ok(())
    }

    /// Who is told when feeds change.
    fn hubs(&mut self, status: &Status) -> io::Result<()> {
        for (at, hub) in status.hubs.iter().enumerate() {
            let told = match hub.told_at {
                Some(told) => format!("told {}", self.ago(told)),
                None => "not told since the start".to_owned(),
            };
            let owed = match hub.owed {
                0 => String::new(),
                owed => format!(", to be told of {}", counted(owed, "document", "documents")),
            };
            let fails = match &hub.fault {
                Some(_) => "; it does not take it",
                None => "",
            };
            let line = format!("{} ({told}{owed}{fails})", hub.url);
            self.row(if at == 0 { "hubs" } else { "" }, &line)?;
        }
        Ok(())
    }

    fn catalogue(&mut self, seen: &Overview) -> io::Result<()> {
        match &seen.catalogue {
            Ok(Glanced::Here(glance)) => {
                let holds = format!(
                    "{}, {}, {}",
                    counted(glance.entries, "entry", "entries"),
                    counted(glance.feeds, "feed", "feeds"),
                    counted(glance.topics, "topic", "topics"),
                );
                self.row("holds", &holds)
            }
            Ok(Glanced::Older(_)) => self.row(
                "holds",
                "not told: an older feedwright wrote the catalogue, and the next start brings it \
                 up to date",
            ),
            Ok(Glanced::Nothing) => self.row(
                "holds",
                "nothing: there is no catalogue yet; `feedwright` or `feedwright build` makes one, \
                 and --state names another folder",
            ),
            Err(fault) => self.row("holds", &format!("not told: {fault}")),
        }
    }

    fn done(&mut self, status: &Status) -> io::Result<()> {
        if let Some(pass) = &status.last_pass {
            let failed = if pass.failed { ", and failed" } else { "" };
            let text = format!(
                "{} ({}), took {} ms{failed}",
                clock(pass.at),
                self.ago(pass.at),
                number(pass.took_ms)
            );
            self.row("looked", &text)?;
        }
        if let Some(publish) = &status.last_publish {
            let text = format!(
                "{} ({}), {}",
                clock(publish.at),
                self.ago(publish.at),
                counted(publish.documents, "document", "documents")
            );
            self.row("wrote", &text)?;
        }
        Ok(())
    }

    fn pending(&mut self, seen: &Overview) -> io::Result<()> {
        let mut lines = Vec::new();
        if let Some(status) = running(seen) {
            if let Some(doing) = &status.doing {
                let files = match doing.total {
                    0 => String::new(),
                    total => format!(
                        " ({} of {})",
                        number(doing.done as u64),
                        counted(total, "file", "files")
                    ),
                };
                lines.push(format!(
                    "{} since {}{files}",
                    doing.step,
                    clock(doing.since)
                ));
            }
            for (files, one, many) in [
                (
                    &status.waiting,
                    "file is being written",
                    "files are being written",
                ),
                (
                    &status.unread,
                    "file or folder that cannot be read for now is tried again",
                    "files and folders that cannot be read for now are tried again",
                ),
            ] {
                if files.count > 0 {
                    let count = counted(files.count, one, many);
                    lines.push(format!("{count}: {files}"));
                }
            }
        }
        if let Some(glance) = glance(seen) {
            if glance.due > 0 {
                let parts = counted(glance.due, "feed or page", "feeds and pages");
                lines.push(format!("{parts} to be written"));
            }
            if glance.decisions > 0 {
                let decisions = counted(glance.decisions, "decision", "decisions");
                lines.push(format!("{decisions} about topics to be applied"));
            }
        }
        for (at, line) in lines.iter().enumerate() {
            self.row(if at == 0 { "pending" } else { "" }, line)?;
        }
        Ok(())
    }

    fn faults(&mut self, status: &Status, runs: bool) -> io::Result<()> {
        let faults = &status.faults;
        if faults.count > 0 {
            let title = if runs {
                "failing"
            } else {
                "failing when it ended"
            };
            writeln!(self.out, "\n{title}:")?;
        }
        for fault in &faults.first {
            let times = match fault.count {
                1 => format!("at {}", clock(fault.since)),
                count => format!(
                    "{} times since {}, last at {}",
                    number(count),
                    clock(fault.since),
                    clock(fault.last)
                ),
            };
            writeln!(self.out, "  {} ({times})", fault.text)?;
        }
        if faults.count > faults.first.len() {
            let more = faults.count - faults.first.len();
            writeln!(self.out, "  and {} more", number(more as u64))?;
        }
        Ok(())
    }

    fn left_alone(&mut self, status: &Status) -> io::Result<()> {
        let count = status.left_alone.iter().map(|kind| kind.files.count).sum();
        if count > 0 {
            let count = counted(count, "file or folder", "files and folders");
            writeln!(self.out, "\nleft alone: {count}")?;
        }
        for kind in &status.left_alone {
            writeln!(self.out, "  {}: {}", kind.files, kind.reason)?;
        }
        Ok(())
    }

    fn ago(&self, at: Timestamp) -> String {
        // The clock may have been set back.
        let past = self.now.duration_since(at).max(jiff::SignedDuration::ZERO);
        format!("{} ago", duration(past.unsigned_abs()))
    }
}

fn watching(status: &Status, runs: bool) -> String {
    let Watched { by, every, why } = &status.watching;
    let folder = &status.watch_folder;
    if !runs {
        return folder.clone();
    }
    let because = match why {
        Some(why) => format!(", since {why}"),
        None => String::new(),
    };
    match by {
        By::Events => format!("{folder} (by events)"),
        By::Listing => format!("{folder} (listed every {every} s{because})"),
        By::Nothing => format!("{folder} (which is not there)"),
    }
}

/// A time as the person's clock shows it.
fn clock(at: Timestamp) -> String {
    let local = at.to_zoned(TimeZone::system());
    local.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
