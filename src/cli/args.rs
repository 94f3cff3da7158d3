//! The arguments. Every flag can also be given by an environment variable.

use crate::config::Overrides;
use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Drop an article into a folder; a moment later it is in every subscriber's
/// feed reader, digested.
///
/// Watches a folder, digests each article file in it (the quotation that leads
/// it and who said it, a short summary, its topics), and keeps RSS and Atom
/// feeds up to date. Without a command it does `run`.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 something failed, 2 usage or configuration."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) folders: Folders,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Watch the folder and keep the feeds up to date until stopped
    ///
    /// Stops on Ctrl-C or SIGTERM; reads the configuration again on SIGHUP.
    Run,
    /// Bring the feeds up to date once, and exit
    ///
    /// For cron and CI. Exits with 1 when a file could not be taken; the feeds
    /// hold all the others.
    Build,
    /// Show what feedwright makes of articles, and touch nothing else
    #[command(
        after_help = "Examples:\n  feedwright digest article.md\n  feedwright digest --json articles/ \
                      | jq .lead_quote"
    )]
    Digest {
        /// Print one JSON object a line and file
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
        /// Say how each speaker is known, what is no quotation, and why the lead quote leads
        #[arg(long, conflicts_with = "json")]
        explain: bool,
        /// Article files, or folders of them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Check the configuration, and show all that is wrong with it
    Check,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Folders {
    /// The configuration [default: config.toml, if it is there]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "FEEDWRIGHT_CONFIG",
        hide_env_values = true
    )]
    config: Option<PathBuf>,
    /// The folder that articles are dropped into
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FEEDWRIGHT_WATCH",
        hide_env_values = true
    )]
    watch: Option<PathBuf>,
    /// The folder that feeds are written to
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FEEDWRIGHT_FEEDS",
        hide_env_values = true
    )]
    feeds: Option<PathBuf>,
    /// The folder of the catalogue, which remembers what was published
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FEEDWRIGHT_STATE",
        hide_env_values = true
    )]
    state: Option<PathBuf>,
}

impl From<Folders> for Overrides {
    fn from(folders: Folders) -> Self {
        Self {
            config: folders.config,
            watch: folders.watch,
            feeds: folders.feeds,
            state: folders.state,
        }
    }
}
