//! `feedwright service`: feedwright kept running by the system, for a user who has
//! no rights of the system's owner.
//!
//! One file is written, which is shown before, and the manager of the user's
//! services is told of it: systemd, or launchd on macOS.

mod launchd;
mod plan;
mod systemd;

use super::{
    Outcome,
    args::Asking,
    asking::{Refused, ask},
    say,
};
use crate::{
    clock,
    config::{Config, Overrides},
    service::{Life, overview},
};
use anyhow::Context as _;
use clap::Subcommand;
use plan::{Plan, Told};
use std::{
    fs,
    io::{Write as _, stdout},
};

/// What is to be done.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Act {
    /// Have feedwright started now and at each login, with these folders and settings
    ///
    /// Shows the file that it writes, and asks before it does.
    #[command(after_help = "Examples:\n  feedwright service install\n  \
                      feedwright --config ~/news/config.toml service install")]
    Install {
        #[command(flatten)]
        asking: Asking,
    },
    /// Stop it, and have it started no more; articles, feeds and settings stay
    Uninstall {
        #[command(flatten)]
        asking: Asking,
    },
    /// Show whether the system keeps it running
    ///
    /// How it goes with articles and feeds is what `feedwright status` shows.
    #[command(
        after_help = "Exit codes: 0 it is kept running, 1 something failed, 3 it does not run."
    )]
    Status,
}

pub(super) fn service(config: &Config, overrides: &Overrides, act: Act) -> anyhow::Result<Outcome> {
    let done = match act {
        Act::Install { asking } => install(config, overrides, asking)?,
        Act::Uninstall { asking } => uninstall(overrides, asking)?,
        Act::Status => return status(overrides),
    };
    Ok(done
        .err()
        .map_or(Outcome::Fine, |Refused { why, outcome }| {
            say(&why);
            outcome
        }))
}

/// The plan for this system.
fn plan(overrides: &Overrides) -> anyhow::Result<Plan> {
    let run = plan::Run::new(overrides)?;
    if cfg!(target_os = "macos") {
        launchd::plan(&run)
    } else if cfg!(unix) {
        systemd::plan(&run)
    } else {
        anyhow::bail!(
            "on this system feedwright installs no service; have `feedwright run` started at login"
        )
    }
}

fn install(
    config: &Config,
    overrides: &Overrides,
    asking: Asking,
) -> anyhow::Result<Result<(), Refused>> {
    let plan = plan(overrides)?;
    if let Some(refused) = plan.foreign() {
        return Ok(Err(refused));
    }
    // Two would be in each other's way, and the service the one that gives up.
    if let Ok(seen) = overview(&config.service.state_folder, clock::now())
        && let (Life::Running, Some(status)) = (&seen.life, &seen.status)
        && plan.process() != Some(status.pid)
    {
        let pid = status.pid;
        return Ok(Err(Refused::failed(format!(
            "nothing is changed: feedwright runs already, as process {pid}; stop that one first"
        ))));
    }
    let mut out = stdout();
    writeln!(out, "{}:\n", plan.file.display())?;
    for line in plan.text.lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(out, "\nThis file is written, and then this is done:\n")?;
    for step in &plan.install {
        writeln!(out, "    {step}")?;
    }
    writeln!(out)?;
    if let Err(refused) = ask(asking) {
        return Ok(Err(refused));
    }
    let folder = plan.file.parent().unwrap_or(&plan.file);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&plan.file, &plan.text));
    written.with_context(|| format!("cannot write {}", plan.file.display()))?;
    if let Err(failed) = plan.take(&plan.install) {
        return Ok(Err(failed));
    }
    writeln!(out, "feedwright runs, and is started at each login")?;
    writeln!(out, "  {:<33} how it goes", "feedwright status")?;
    writeln!(out, "  {:<33} its log", plan.log)?;
    if let Some(always) = plan.always() {
        writeln!(
            out,
            "  {always:<33} to have it run while nobody is logged in, too"
        )?;
    }
    Ok(Ok(()))
}

fn uninstall(overrides: &Overrides, asking: Asking) -> anyhow::Result<Result<(), Refused>> {
    let plan = plan(overrides)?;
    if let Some(refused) = plan.foreign() {
        return Ok(Err(refused));
    }
    if !plan.file.exists() {
        return Ok(Err(Refused::needless(format!(
            "there is no {}: nothing to do",
            plan.file.display()
        ))));
    }
    let mut out = stdout();
    writeln!(
        out,
        "feedwright is stopped, and {} is removed; articles, feeds and settings stay",
        plan.file.display()
    )?;
    if let Err(refused) = ask(asking) {
        return Ok(Err(refused));
    }
    // What cannot be stopped may be none that runs; the file is in the way of
    // nothing then.
    let stopped = plan.take(&plan.uninstall);
    fs::remove_file(&plan.file)
        .with_context(|| format!("cannot remove {}", plan.file.display()))?;
    let forgotten = stopped.and_then(|()| plan.take(&plan.forget));
    if forgotten.is_ok() {
        writeln!(out, "done")?;
    }
    Ok(forgotten)
}

fn status(overrides: &Overrides) -> anyhow::Result<Outcome> {
    let plan = plan(overrides)?;
    let mut out = stdout();
    if !plan.file.exists() {
        writeln!(
            out,
            "feedwright is no service of yours; `feedwright service install` makes it one"
        )?;
        return Ok(Outcome::NotRunning);
    }
    writeln!(out, "{}", plan.file.display())?;
    let told = match plan.ask() {
        Ok(told) => told,
        Err(Refused { why, outcome }) => {
            say(&why);
            return Ok(outcome);
        }
    };
    let (words, outcome) = match told {
        Told::Runs => ("  it runs", Outcome::Fine),
        Told::Failed => ("  it was started and failed", Outcome::Failed),
        Told::Stopped => ("  it does not run", Outcome::NotRunning),
    };
    writeln!(out, "{words}")?;
    writeln!(out, "  {:<33} how it goes", "feedwright status")?;
    writeln!(out, "  {:<33} its log", plan.log)?;
    if let Some(always) = plan.always() {
        writeln!(
            out,
            "  {always:<33} to have it run while nobody is logged in, too"
        )?;
    }
    Ok(outcome)
}
