//! What the owner decides at the terminal, about entries and topics.

use clap::{Args as ClapArgs, Subcommand, ValueHint};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Entries {
    /// Show all that is known of an entry
    #[command(
        after_help = "Examples:\n  feedwright entries show watch/article.md\n  \
                      feedwright entries show the-bridge-opens-in-may"
    )]
    Show {
        /// Its id, its file, or its name in addresses
        #[arg(value_name = "ENTRY", value_hint = ValueHint::FilePath)]
        entry: String,
        /// Print one JSON object
        #[arg(long, env = "FEEDWRIGHT_JSON", value_parser = clap::builder::FalseyValueParser::new())]
        json: bool,
    },
    #[command(flatten)]
    Decide(EntriesDecision),
}

/// What the owner decides about entries. It holds whatever becomes of their
/// files.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EntriesDecision {
    /// Take entries off the feeds although their files stay
    ///
    /// They stay off when the file is changed, renamed or moved. Readers that heed
    /// it are told, as of withdrawn articles; `restore` undoes it.
    #[command(
        after_help = "Examples:\n  feedwright entries retract watch/article.md\n  \
                      feedwright entries retract the-bridge-opens-in-may"
    )]
    Retract {
        /// Their ids, their files, or their names in addresses
        #[arg(value_name = "ENTRY", required = true, value_hint = ValueHint::FilePath)]
        entries: Vec<String>,
        #[command(flatten)]
        asking: Asking,
    },
    /// Put entries into the feeds again, with the ids and dates that they had
    #[command(after_help = "Example:\n  feedwright entries restore watch/article.md")]
    Restore {
        /// Their ids, their files, or their names in addresses
        #[arg(value_name = "ENTRY", required = true, value_hint = ValueHint::FilePath)]
        entries: Vec<String>,
        #[command(flatten)]
        asking: Asking,
    },
}

/// What the owner decides about topics. It holds for the entries there are and
/// for those to come, and comes before what articles say.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Decision {
    /// Give a topic another label
    ///
    /// Articles that use the old one still mean it; renaming back undoes it.
    #[command(after_help = "Example:\n  feedwright topics rename \"Heat pump\" \"Heat pumps\"")]
    Rename {
        /// The topic
        old: String,
        /// Its new label
        new: String,
        #[command(flatten)]
        asking: Asking,
    },
    /// Make several topics one
    ///
    /// This cannot be undone: nothing tells afterwards what was meant by what.
    #[command(
        override_usage = "feedwright topics merge [OPTIONS] <FROM>... <INTO>",
        after_help = "Example, after which both are \"Road charges\":\n  \
                      feedwright topics merge Tolls \"Road charges\""
    )]
    Merge {
        /// The topics that end, and behind them the one that stays; all are on the list
        #[arg(required = true, num_args = 2.., value_names = ["FROM", "INTO"])]
        topics: Vec<String>,
        #[command(flatten)]
        asking: Asking,
    },
    /// Show a topic in no entry
    ///
    /// Entries show the next best instead; `allow` undoes it.
    #[command(after_help = "Example:\n  feedwright topics ban Opinion")]
    Ban {
        /// The topic
        topic: String,
        #[command(flatten)]
        asking: Asking,
    },
    /// Show a topic again that was banned
    #[command(after_help = "Example:\n  feedwright topics allow Opinion")]
    Allow {
        /// The topic
        topic: String,
        #[command(flatten)]
        asking: Asking,
    },
}

#[derive(Debug, Clone, Copy, ClapArgs)]
pub(in crate::cli) struct Asking {
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}
