//! `feedwright check`: all faults of the configuration at once, and what is
//! wrong with feeds.

mod feeds;
mod print;

pub(super) use feeds::check_feeds;
pub(super) use print::list_rules;

use super::{Outcome, explain, say};
use crate::config::{self, Overrides};

/// Checks the configuration and, if that is asked for, the feeds folder.
pub(super) fn check(overrides: &Overrides, feeds: bool, json: bool) -> anyhow::Result<Outcome> {
    match config::load(overrides) {
        Ok(config) => {
            let folders = &config.service;
            say(&format!(
                "the configuration is fine: watches {}, writes {}, remembers in {}",
                folders.watch_folder.display(),
                folders.feeds_folder.display(),
                folders.state_folder.display()
            ));
            if feeds {
                return check_feeds(std::slice::from_ref(&folders.feeds_folder), json);
            }
            Ok(Outcome::Fine)
        }
        Err(error) => {
            say(&explain(&error));
            Ok(Outcome::Misused)
        }
    }
}
