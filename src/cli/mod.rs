//! The person at the terminal: arguments in, exit code out.
//!
//! Data goes to standard output, everything else to standard error. Exit codes:
//! 0 fine, 1 something failed, 2 usage or configuration, and of `status` 3 not
//! running.

mod args;
mod asking;
mod backup;
mod build;
mod check;
mod digest;
mod entries;
mod generate;
mod init;
mod limits;
mod log;
mod page;
mod run;
mod service;
mod settings;
mod speakers;
mod status;
mod topics;

use crate::{
    config::{self, Config, ConfigError},
    service::in_full,
};
use args::{About, Args, Command, Entries, Source};
use clap::{CommandFactory as _, FromArgMatches as _};
use log::Floods;
use status::Judged;
use std::{io::Write as _, process::ExitCode};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Failed,
    Misused,
    NotRunning,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Failed => 1,
            Outcome::Misused => 2,
            Outcome::NotRunning => 3,
        })
    }
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let matches = Args::command().get_matches();
    let args = Args::from_arg_matches(&matches)
        .unwrap_or_else(|error| error.format(&mut Args::command()).exit());
    if let Some(folder) = args.generate {
        return ended(generate::generate(&folder));
    }
    let command = args.command.unwrap_or(Command::Run);
    log::start(match command {
        Command::Digest { .. } => Floods::Say,
        _ => Floods::Count,
    });
    limits::heed();
    let done = match command {
        Command::Run => with_config(&args.folders.into(), run::run),
        Command::Build => with_config(&args.folders.into(), |config, _| build::build(config)),
        Command::Digest {
            json,
            explain,
            paths,
        } => with_config(&args.folders.into(), |config, _| {
            if json {
                digest::print_json(&config, &paths)
            } else if explain {
                digest::print_explained(&config, &paths)
            } else {
                digest::print(&config, &paths)
            }
        }),
        Command::Topics {
            decision,
            filter,
            json,
        } => with_config(&args.folders.into(), |config, _| match decision {
            Some(decision) => topics::decide(config, decision),
            None => topics::list(&config, &filter.join(" "), json),
        }),
        Command::Entries { what, filter, json } => {
            with_config(&args.folders.into(), |config, _| match what {
                Some(Entries::Show { entry, json }) => entries::show(&config, &entry, json),
                Some(Entries::Decide(decision)) => entries::decide(config, decision),
                None => entries::list(&config, &filter.join(" "), json),
            })
        }
        Command::Speakers { filter, json } => with_config(&args.folders.into(), |config, _| {
            speakers::list(&config, &filter.join(" "), json)
        }),
        Command::Backup { file } => with_config(&args.folders.into(), |config, _| {
            backup::backup(&config, &file)
        }),
        Command::Init { folder } => init::init(args.folders.into(), folder),
        Command::Config {
            what: Some(About::Schema),
            ..
        } => settings::print_schema(),
        Command::Config { what: None, json } => {
            let given = |option: &str| Source::of(&matches, option);
            settings::print(&args.folders.into(), given, json)
        }
        Command::Status { json, health } => {
            let judged = if health {
                Judged::Daemon
            } else {
                Judged::Everything
            };
            status::status(&args.folders.into(), json, judged)
        }
        Command::Check { rules: true, .. } => check::list_rules(),
        Command::Check {
            feeds: true,
            paths,
            json,
            ..
        } if !paths.is_empty() => check::check_feeds(&paths, json),
        Command::Check { feeds, json, .. } => check::check(&args.folders.into(), feeds, json),
        Command::Service { act } => with_config(&args.folders.into(), |config, overrides| {
            service::service(&config, overrides, act)
        }),
    };
    log::tell_held(true);
    ended(done)
}

/// The exit code of a command, after what stopped it is said.
fn ended(done: anyhow::Result<Outcome>) -> ExitCode {
    done.unwrap_or_else(|error| {
        // A reader that has had enough (`| head`) is not a failure.
        if is_closed_pipe(&error) {
            return Outcome::Fine;
        }
        fail(&in_full(&error));
        Outcome::Failed
    })
    .into()
}

/// Loads the configuration for a command, or shows what is wrong with it.
fn with_config(
    overrides: &config::Overrides,
    command: impl FnOnce(Config, &config::Overrides) -> anyhow::Result<Outcome>,
) -> anyhow::Result<Outcome> {
    match config::load(overrides) {
        Ok(config) => command(config, overrides),
        Err(error) if log::is_journal() => {
            tracing::error!("{}", run::first_fault(&error));
            Ok(Outcome::Misused)
        }
        Err(error) => {
            say(&explain(&error));
            Ok(Outcome::Misused)
        }
    }
}

/// A configuration error in full, drawn with colors.
fn explain(error: &ConfigError) -> String {
    let summary = format!("{}: {error}", painted("error"));
    match error {
        ConfigError::Faulty { path, text, faults } => {
            format!("{}\n\n{summary}", config::render(path, text, faults))
        }
        _ => summary,
    }
}

/// Tells what went wrong: a journal as an error, which is looked for there.
fn fail(error: &str) {
    if log::is_journal() {
        tracing::error!("{error}");
    } else {
        say(&format!("{}: {error}", painted("error")));
    }
}

/// Prints to standard error, with colors where they are wanted.
fn say(text: &str) {
    // There is nobody to tell when standard error is closed.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Documents that were written: by name, or of many only how many they are.
fn documents(written: &[String]) -> String {
    const FEW: usize = 8;
    match written.len() {
        ..=FEW => written.join(", "),
        many => format!("{many} documents"),
    }
}

fn painted(word: &str) -> String {
    format!("\u{1b}[1;31m{word}\u{1b}[0m")
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
