//! The arguments. Every flag can also be given by an environment variable.

mod decisions;

pub(super) use decisions::{Asking, Decision, Entries, EntriesDecision};

use crate::{
    config::Overrides,
    serve::{Address, AddressError},
};
use clap::{ArgMatches, Args as ClapArgs, Parser, Subcommand, ValueHint, parser::ValueSource};
use std::path::PathBuf;

/// Drop an article into a folder; a moment later it is in every subscriber's
/// feed reader, digested.
///
/// Watches a folder, digests each article file in it (the quotation that leads
/// it and who said it, a short summary, its topics), and keeps feeds and pages
/// up to date. Without a command it does `run`.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 something failed, 2 usage or configuration; 3 not running \
                  (`status`)."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) folders: Folders,
    /// Write man pages and completions for bash, zsh and fish into a folder, for packages
    #[arg(
        long,
        value_name = "DIR",
        hide_short_help = true,
        value_hint = ValueHint::DirPath
    )]
    pub(super) generate: Option<PathBuf>,
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
        #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
    },
    /// Make a configuration and the folders, to begin with
    ///
    /// Asks nothing, and changes nothing that is there.
    #[command(after_help = "Examples:\n  feedwright init\n  feedwright init ~/news")]
    Init {
        /// Where [default: here]
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
    /// Show the settings that hold, and where each comes from
    ///
    /// What is printed is a configuration file that means the same. An argument
    /// comes before an environment variable, that before the file, and the file
    /// before the default.
    #[command(after_help = "Examples:\n  feedwright config\n  \
                      feedwright config --json | jq -r 'select(.from != \"default\") | .key'\n  \
                      feedwright config schema > config.schema.json")]
    Config {
        #[command(subcommand)]
        what: Option<About>,
        /// Print one JSON object a line and setting
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
    },
    /// Show whether feedwright runs, what is pending, and what failed and why
    ///
    /// Works whether it runs, hangs or is stopped, and disturbs nothing.
    #[command(
        after_help = "Exit codes: 0 it runs and all is well; 1 something fails, or a file could not \
                      be taken; 2 usage\nor configuration; 3 it does not run. With --health: 0 it does \
                      its work; 1 it does not; 3 it does\nnot run.\n\nExamples:\n  \
                      feedwright status || echo \"have a look\"\n  \
                      feedwright status --health >/dev/null || echo \"it needs somebody\"\n  \
                      feedwright status --json | jq -r '.not_taken[].path'"
    )]
    Status {
        /// Print one JSON object
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
        /// Exit by whether it does its work, as /health says, whatever files could not be taken
        #[arg(long)]
        health: bool,
    },
    /// List the entries, or take some off the feeds
    #[command(
        override_usage = "feedwright entries [OPTIONS] [FILTER]...\n       feedwright entries <COMMAND>",
        after_help = "A filter is a query, as for feeds of your own: words, \"two words\", topic:, speaker:, \
                      title:, folder:,\nlanguage:, date:, with AND, OR, NOT and brackets.\n\nExamples:\n  \
                      feedwright entries\n  \
                      feedwright entries harbor 'date:>=2026-03'\n  \
                      feedwright entries --json | jq -r 'select(.state == \"retracted\") | .name'\n  \
                      feedwright entries show watch/article.md\n  \
                      feedwright entries retract watch/article.md"
    )]
    Entries {
        #[command(subcommand)]
        what: Option<Entries>,
        /// Only entries that this query finds
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// Print one JSON object a line and entry
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
    },
    /// List the topics of the feeds, or rename, merge and ban them
    #[command(
        override_usage = "feedwright topics [OPTIONS] [FILTER]...\n       feedwright topics <COMMAND>",
        after_help = "A topic is named by its label or by any other form that the list shows; case \
                      and punctuation\ndo not count. Where two have one label, its kind tells them \
                      apart: \"Orra (place)\".\n\nExamples:\n  feedwright topics\n  \
                      feedwright topics heat pump\n  \
                      feedwright topics rename \"Heat pump\" \"Heat pumps\"\n  \
                      feedwright topics merge Tolls Fees \"Road charges\"\n  \
                      feedwright topics ban Opinion"
    )]
    Topics {
        #[command(subcommand)]
        decision: Option<Decision>,
        /// Only topics with this in their label or another form
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// Print one JSON object a line and topic
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
    },
    /// List who is quoted by name, and how often
    #[command(
        after_help = "Examples:\n  feedwright speakers\n  feedwright speakers lindqvist\n  \
                      feedwright speakers --json | jq -r .speaker"
    )]
    Speakers {
        /// Only people with this in their name
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// Print one JSON object a line and speaker
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
    },
    /// Copy the catalogue into a file, also while feedwright runs
    ///
    /// The catalogue remembers which entry has which id and dates, and what was
    /// decided. The articles are in the watch folder, and the feeds are made of
    /// both.
    #[command(after_help = "Examples:\n  feedwright backup catalogue-monday.db\n\n\
                      To restore it, stop feedwright, put the file in place of the catalogue, and start it:\n  \
                      mv .feedwright .feedwright.old\n  \
                      mkdir -m 700 .feedwright\n  \
                      cp catalogue-monday.db .feedwright/catalogue.db")]
    Backup {
        /// The file, which is not there yet
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Check the configuration, and show all that is wrong with it
    ///
    /// With --feeds, feeds are checked as well: those in the feeds folder, or any
    /// RSS, Atom, JSON Feed or OPML files and folders of them, whoever wrote them.
    /// Errors are what readers refuse or misread; warnings are recommendations.
    #[command(
        override_usage = "feedwright check [OPTIONS]\n       feedwright check --feeds [--json] \
                          [PATH]...\n       feedwright check --feeds --rules",
        after_help = "Examples:\n  feedwright check\n  feedwright check --feeds\n  \
                      feedwright check --feeds other.xml archive/\n  \
                      feedwright check --feeds --json | jq -r .rule | sort | uniq -c\n\n\
                      Exit codes: 0 fine or warnings only, 1 errors in feeds, 2 usage or configuration."
    )]
    Check {
        /// Check feeds: of the feeds folder, or those given
        #[arg(long = "feeds", id = "of-feeds")]
        feeds: bool,
        /// Feed files, or folders of them
        #[arg(value_name = "PATH", requires = "of-feeds", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// Print one JSON object a line and finding
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
        /// List the rules for feeds
        #[arg(long, requires = "of-feeds", conflicts_with = "paths")]
        rules: bool,
        /// The folder that feeds are written to, which is --feeds for other commands
        // The id is that of the option of all commands, which it takes the place of.
        #[arg(
            long = "feeds-folder",
            id = "feeds",
            value_name = "DIR",
            value_hint = ValueHint::DirPath
        )]
        _folder: Option<PathBuf>,
    },
    /// Have the system keep feedwright running for you
    ///
    /// For a user, without rights of the system's owner; packages bring a service
    /// for the whole machine.
    Service {
        #[command(subcommand)]
        act: super::service::Act,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum About {
    /// Print a JSON Schema of config.toml, with which editors complete and check it
    #[command(
        after_help = "Example, for editors with Taplo or Even Better TOML, which heed the \
                      comment:\n  feedwright config schema > config.schema.json\n  \
                      sed -i '1i #:schema ./config.schema.json' config.toml"
    )]
    Schema,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Folders {
    /// The configuration [default: config.toml, if it is there]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        env = "FEEDWRIGHT_CONFIG",
        hide_env_values = true
    )]
    config: Option<PathBuf>,
    /// The folder that articles are dropped into
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        env = "FEEDWRIGHT_WATCH",
        hide_env_values = true
    )]
    watch: Option<PathBuf>,
    /// The folder that feeds are written to
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        env = "FEEDWRIGHT_FEEDS",
        hide_env_values = true
    )]
    feeds: Option<PathBuf>,
    /// The folder of the catalogue, which remembers what was published
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        env = "FEEDWRIGHT_STATE",
        hide_env_values = true
    )]
    state: Option<PathBuf>,
    /// Where the built-in server can be reached, such as 127.0.0.1:8060; "off" for no server
    ///
    /// Once for each address; :8060 is every address of this machine.
    #[arg(
        long,
        global = true,
        value_name = "ADDR",
        env = "FEEDWRIGHT_LISTEN",
        hide_env_values = true,
        value_parser = listen
    )]
    listen: Vec<Listen>,
}

/// Who gave an option its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Argument,
    /// The variable of this name.
    Environment(&'static str),
}

impl Source {
    /// Who gave this option of all commands its value, if anybody did.
    pub(super) fn of(matches: &ArgMatches, option: &str) -> Option<Self> {
        let variable = match option {
            "config" => "FEEDWRIGHT_CONFIG",
            "watch" => "FEEDWRIGHT_WATCH",
            "feeds" => "FEEDWRIGHT_FEEDS",
            "state" => "FEEDWRIGHT_STATE",
            _ => "FEEDWRIGHT_LISTEN",
        };
        match matches.value_source(option)? {
            ValueSource::CommandLine => Some(Self::Argument),
            ValueSource::EnvVariable => Some(Self::Environment(variable)),
            _ => None,
        }
    }
}

/// An address to listen on, or none.
#[derive(Debug, Clone)]
struct Listen(Option<Address>);

fn listen(given: &str) -> Result<Listen, AddressError> {
    match given {
        "" | "off" => Ok(Listen(None)),
        address => Address::parse(address).map(|address| Listen(Some(address))),
    }
}

impl From<Folders> for Overrides {
    fn from(folders: Folders) -> Self {
        Self {
            config: folders.config,
            watch: folders.watch,
            feeds: folders.feeds,
            state: folders.state,
            listen: (!folders.listen.is_empty())
                .then(|| folders.listen.into_iter().filter_map(|one| one.0).collect()),
        }
    }
}
