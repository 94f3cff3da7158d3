//! `feedwright check`: all faults of the configuration at once.

use super::{Outcome, explain, say};
use crate::config::{self, Overrides};

pub(super) fn check(overrides: &Overrides) -> Outcome {
    match config::load(overrides) {
        Ok(config) => {
            let folders = &config.service;
            say(&format!(
                "the configuration is fine: watches {}, writes {}, remembers in {}",
                folders.watch_folder.display(),
                folders.feeds_folder.display(),
                folders.state_folder.display()
            ));
            Outcome::Fine
        }
        Err(error) => {
            say(&explain(&error));
            Outcome::Misused
        }
    }
}
