//! `feedwright status`: how things stand, for people and for programs.

use super::{Outcome, explain, say};
use crate::{
    config::{self, Config, ConfigError, Overrides},
    service::{
        By, Failing, Glance, Glanced, LastPass, LastPublish, Life, Overview, Refusal, Status,
        Watched, counted, duration, named, number, overview,
    },
};
use anyhow::Context as _;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A configuration with faults is told of, and is no reason to say nothing: it
/// may be what somebody looks for.
pub(super) fn status(overrides: &Overrides, json: bool) -> anyhow::Result<Outcome> {
    let folder = match config::load(overrides) {
        Ok(config) => config.service.state_folder,
        Err(error) => {
            say(&explain(&error));
            state_folder(overrides, &error)
        }
    };
    let folder = &std::path::absolute(&folder).unwrap_or(folder);
    let now = Timestamp::now();
    let seen = overview(folder, now).with_context(|| {
        format!(
            "cannot look into {}; run this as the user that runs feedwright",
            named(folder)
        )
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    if json {
        serde_json::to_writer(&mut out, &Json::new(&seen, folder))?;
        writeln!(out)?;
    } else {
        Page { out: &mut out, now }.print(&seen, folder)?;
    }
    out.flush()?;
    Ok(outcome(&seen))
}

/// The folder of the catalogue, as far as a faulty configuration tells.
fn state_folder(overrides: &Overrides, error: &ConfigError) -> PathBuf {
    let set = match error {
        ConfigError::Faulty { text, .. } => text.parse::<toml::Table>().ok(),
        _ => None,
    };
    let set = set
        .as_ref()
        .and_then(|table| table.get("state")?.get("folder")?.as_str());
    let file = overrides
        .config
        .as_deref()
        .unwrap_or(Path::new(config::FILE));
    let folder = match set {
        Some(folder) => folder.into(),
        None => Config::default().service.state_folder,
    };
    let given = overrides.state.clone().or_else(config::state_directory);
    given.unwrap_or_else(|| file.with_file_name(folder))
}

fn outcome(seen: &Overview) -> Outcome {
    match seen.life {
        Life::Running if is_well(seen) => Outcome::Fine,
        Life::Running | Life::Silent => Outcome::Failed,
        Life::Held(_) | Life::Stopped | Life::Killed | Life::Never => Outcome::NotRunning,
    }
}

/// Whether nothing failed, of what can be seen.
fn is_well(seen: &Overview) -> bool {
    let failing = seen
        .status
        .as_ref()
        .is_some_and(|status| status.faults.count > 0);
    !failing && seen.catalogue.is_ok() && refused(seen, Refusal::Faulty).next().is_none()
}

fn glance(seen: &Overview) -> Option<&Glance> {
    match &seen.catalogue {
        Ok(Glanced::Here(glance)) => Some(glance),
        _ => None,
    }
}

fn refused(seen: &Overview, kind: Refusal) -> impl Iterator<Item = (String, &str)> {
    let refused = glance(seen).map_or(&[][..], |glance| &glance.refused);
    let of_kind = refused.iter().filter(move |refused| refused.kind == kind);
    of_kind.map(|refused| (named(&refused.path), &*refused.reason))
}

fn running(seen: &Overview) -> Option<&Status> {
    let runs = matches!(seen.life, Life::Running | Life::Silent);
    seen.status.as_ref().filter(|_| runs)
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    /// "running", "silent", "held", "stopped", "killed" or "never".
    state: &'static str,
    /// Whether it runs and nothing failed.
    well: bool,
    /// The process that has the catalogue.
    pid: Option<u32>,
    version: Option<&'a str>,
    started: Option<Timestamp>,
    heard: Option<Timestamp>,
    stopped: Option<Timestamp>,
    watch_folder: Option<&'a str>,
    feeds_folder: Option<&'a str>,
    state_folder: String,
    watching: Option<&'a Watched>,
    entries: Option<usize>,
    feeds: Option<usize>,
    topics: Option<usize>,
    last_pass: Option<&'a LastPass>,
    last_publish: Option<&'a LastPublish>,
    pending: Pending<'a>,
    not_taken: Vec<JsonRefused<'a>>,
    left_out: Vec<JsonRefused<'a>>,
    /// Those that last; when it does not run, those that did at its end.
    faults: &'a [Failing],
    faults_count: usize,
    /// Why the catalogue cannot be read.
    catalogue_fault: Option<&'a str>,
}

#[derive(Serialize)]
struct Pending<'a> {
    /// What is being done.
    step: Option<&'a str>,
    since: Option<Timestamp>,
    done: usize,
    total: usize,
    /// Files that are being written, and the first of them.
    waiting: usize,
    waiting_for: &'a [String],
    /// Parts of feeds, pages and lists that are to be written.
    documents: usize,
    /// Decisions about topics.
    decisions: usize,
}

#[derive(Serialize)]
struct JsonRefused<'a> {
    path: String,
    reason: &'a str,
}

impl<'a> Json<'a> {
    fn new(seen: &'a Overview, state_folder: &Path) -> Self {
        let status = seen.status.as_ref();
        let runs = running(seen);
        let glance = glance(seen);
        let refused = |kind| {
            refused(seen, kind)
                .map(|(path, reason)| JsonRefused { path, reason })
                .collect()
        };
        let doing = runs.and_then(|status| status.doing.as_ref());
        Self {
            state: match seen.life {
                Life::Running => "running",
                Life::Silent => "silent",
                Life::Held(_) => "held",
                Life::Stopped => "stopped",
                Life::Killed => "killed",
                Life::Never => "never",
            },
            well: outcome(seen) == Outcome::Fine,
            pid: match &seen.life {
                Life::Held(holder) => holder.pid,
                _ => runs.map(|status| status.pid),
            },
            version: status.map(|status| &*status.version),
            started: status.map(|status| status.started),
            heard: status.map(|status| status.heard),
            stopped: status.and_then(|status| status.stopped),
            watch_folder: status.map(|status| &*status.watch_folder),
            feeds_folder: status.map(|status| &*status.feeds_folder),
            state_folder: named(state_folder),
            watching: runs.map(|status| &status.watching),
            entries: glance.map(|glance| glance.entries),
            feeds: glance.map(|glance| glance.feeds),
            topics: glance.map(|glance| glance.topics),
            last_pass: status.and_then(|status| status.last_pass.as_ref()),
            last_publish: status.and_then(|status| status.last_publish.as_ref()),
            pending: Pending {
                step: doing.map(|doing| &*doing.step),
                since: doing.map(|doing| doing.since),
                done: doing.map_or(0, |doing| doing.done),
                total: doing.map_or(0, |doing| doing.total),
                waiting: runs.map_or(0, |status| status.waiting.count),
                waiting_for: runs.map_or(&[], |status| &status.waiting.first),
                documents: glance.map_or(0, |glance| glance.due),
                decisions: glance.map_or(0, |glance| glance.decisions),
            },
            not_taken: refused(Refusal::Faulty),
            left_out: refused(Refusal::Draft),
            faults: status.map_or(&[], |status| &status.faults.first),
            faults_count: status.map_or(0, |status| status.faults.count),
            catalogue_fault: seen.catalogue.as_ref().err().map(|fault| &**fault),
        }
    }
}

/// The same for people.
struct Page<'a, W> {
    out: &'a mut W,
    now: Timestamp,
}

impl<W: Write> Page<'_, W> {
    fn print(&mut self, seen: &Overview, state_folder: &Path) -> io::Result<()> {
        self.head(seen)?;
        self.row("state", &named(state_folder))?;
        if let Some(status) = &seen.status {
            self.row("watching", &watching(status, running(seen).is_some()))?;
            self.row("feeds", &status.feeds_folder)?;
        }
        self.catalogue(seen)?;
        if let Some(status) = &seen.status {
            self.done(status)?;
        }
        self.pending(seen)?;
        if let Some(status) = &seen.status {
            self.faults(status, running(seen).is_some())?;
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
                "feedwright does not run; it was stopped at {}",
                since(status.stopped.unwrap_or(status.heard))
            ),
            (Life::Killed, Some(status)) => format!(
                "feedwright does not run; it ended without a word, killed or by a power cut, and \
                 was last heard of at {}",
                since(status.heard)
            ),
            _ => "feedwright does not run".to_owned(),
        };
        writeln!(self.out, "{line}")
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
            let waiting = &status.waiting;
            if waiting.count > 0 {
                let more = waiting.count - waiting.first.len();
                let more = if more > 0 {
                    format!(" and {} more", number(more as u64))
                } else {
                    String::new()
                };
                let being = if waiting.count == 1 {
                    "file is"
                } else {
                    "files are"
                };
                lines.push(format!(
                    "{} {being} being written: {}{more}",
                    number(waiting.count as u64),
                    waiting.first.join(", ")
                ));
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
