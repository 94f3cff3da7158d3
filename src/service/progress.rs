//! How far a long pass is: a bar on a terminal, a line now and then elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{IsTerminal as _, stderr},
    time::{Duration, Instant},
};

/// A pass over fewer files than this is over before anybody could read a word
/// about it.
const LONG: usize = 500;

/// The time between two lines.
const LINES: Duration = Duration::from_secs(2);

pub(super) struct Progress {
    done: usize,
    total: usize,
    bar: Option<ProgressBar>,
    said: Instant,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        let bar = (total >= LONG && stderr().is_terminal()).then(|| {
            let target = ProgressDrawTarget::stderr();
            let style =
                ProgressStyle::with_template("  digesting {bar:40} {pos} of {len}, {eta} left");
            let bar = ProgressBar::with_draw_target(Some(total as u64), target);
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self {
            done: 0,
            total,
            bar,
            said: Instant::now(),
        }
    }

    pub(super) fn add(&mut self, files: usize) {
        self.done += files;
        if let Some(bar) = &self.bar {
            bar.inc(files as u64);
        } else if self.total >= LONG && self.said.elapsed() >= LINES {
            self.said = Instant::now();
            tracing::info!("digested {} of {} files", self.done, self.total);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        } else if self.total >= LONG {
            tracing::info!("digested {} of {} files", self.done, self.total);
        }
    }
}
