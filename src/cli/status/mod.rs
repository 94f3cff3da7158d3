//! `feedwright status`: how things stand, for people and for programs.

mod json;
mod page;
mod server;

use super::{Outcome, explain, say};
use crate::{
    clock,
    config::{self, Config, ConfigError, Overrides},
    service::{By, Glance, Glanced, Life, Overview, Refusal, Status, named, overview},
};
use anyhow::Context as _;
use json::Json;
use page::Page;
use server::Answer;
use std::{
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

/// What the exit code tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// All that somebody should look at, down to a file that was not taken.
    Everything,
    /// Whether the daemon does its work, as its server answers at `/health`: for
    /// who starts it anew otherwise, which helps no file.
    Daemon,
}

/// A configuration with faults is told of, and is no reason to say nothing: it
/// may be what somebody looks for.
pub(super) fn status(overrides: &Overrides, json: bool, judged: Judged) -> anyhow::Result<Outcome> {
    let folder = match config::load(overrides) {
        Ok(config) => config.service.state_folder,
        Err(error) => {
            say(&explain(&error));
            state_folder(overrides, &error)
        }
    };
    let folder = &std::path::absolute(&folder).unwrap_or(folder);
    let now = clock::now();
    let seen = overview(folder, now).with_context(|| {
        format!(
            "cannot look into {}; run this as the user that runs feedwright",
            named(folder)
        )
    })?;
    let servers = servers(&seen);
    let mut out = BufWriter::new(io::stdout().lock());
    if json {
        serde_json::to_writer(&mut out, &Json::new(&seen, &servers, folder))?;
        writeln!(out)?;
    } else {
        let page = Page {
            out: &mut out,
            now,
            servers: &servers,
        };
        page.print(&seen, folder)?;
    }
    out.flush()?;
    Ok(outcome(&seen, &servers, judged))
}

/// Where the server of a daemon that runs listens, and what it says there.
type Servers = [(String, Answer)];

fn servers(seen: &Overview) -> Vec<(String, Answer)> {
    let addresses = running(seen).map_or(&[][..], |status| &status.addresses);
    let asked = addresses.iter();
    asked
        .map(|address| (address.clone(), server::ask(address)))
        .collect()
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

fn outcome(seen: &Overview, servers: &Servers, judged: Judged) -> Outcome {
    let is_fine = || match judged {
        Judged::Everything => {
            let is_silent = |(_, answer): &(_, Answer)| matches!(answer, Answer::Silent(_));
            is_well(seen) && !servers.iter().any(is_silent)
        }
        Judged::Daemon => is_ready(seen, servers),
    };
    match seen.life {
        Life::Running if is_fine() => Outcome::Fine,
        Life::Running | Life::Silent => Outcome::Failed,
        Life::Held(_) | Life::Stopped | Life::Killed | Life::Never => Outcome::NotRunning,
    }
}

/// Whether the daemon looked at everything and sees what changes. Its servers say
/// so; without any, the last pass and the watch do.
fn is_ready(seen: &Overview, servers: &Servers) -> bool {
    if !servers.is_empty() {
        return servers.iter().all(|(_, answer)| *answer == Answer::Ready);
    }
    seen.status.as_ref().is_some_and(|status| {
        let last = status.last_pass.as_ref();
        status.watching.by != By::Nothing && last.is_some_and(|pass| !pass.failed)
    })
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
