//! What the loop tells the service manager.

use super::Loop;
use crate::service::{
    status::LastPass,
    tell::{counted, number},
};
use std::time::Instant;

impl Loop {
    /// That it goes on, and now and then how it goes.
    ///
    /// It is the loop that says so: while a disk that does not answer keeps it
    /// from its work, the manager hears nothing.
    pub(super) fn tell_manager(&mut self) {
        let now = Instant::now();
        self.manager.go_on(now);
        if self.manager.is_there() && self.status_file.is_time(now) {
            self.count_entries();
            self.manager.tell(self.in_a_line());
        }
    }

    /// How many entries there are, if that may have changed.
    fn count_entries(&mut self) {
        let at = self
            .status
            .last_pass
            .as_ref()
            .map(|LastPass { at, .. }| *at);
        if let Some(worker) = &self.idle
            && self.counted_at != at
            && let Ok(entries) = worker.count()
        {
            self.entries = entries;
            self.counted_at = at;
        }
    }

    fn in_a_line(&self) -> String {
        let mut words = Vec::new();
        if self.is_whole {
            words.push(counted(self.entries, "entry", "entries"));
        } else {
            let doing = self.activity.now().map(|doing| match doing.total {
                0 => doing.step,
                total => format!(
                    "{}, {} of {}",
                    doing.step,
                    number(doing.done as u64),
                    number(total as u64)
                ),
            });
            let doing = doing.unwrap_or_else(|| "not begun".to_owned());
            words.push(format!("the first pass: {doing}"));
        }
        let pending = self.waiting().len() + self.unread.len();
        if pending > 0 {
            words.push(format!("{} pending", counted(pending, "file", "files")));
        }
        match self.faults.count() {
            0 => {}
            1 => words.push("1 thing fails: see `feedwright status`".to_owned()),
            many => words.push(format!("{many} things fail: see `feedwright status`")),
        }
        words.join("; ")
    }
}
