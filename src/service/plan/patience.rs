//! How long what is gone waits for what may have become of it.

use std::time::{Duration, Instant};

/// How long at most: where files come faster than they settle, there is always
/// one that may be it. What changes while it is read is looked at again sooner.
const LONGEST: Duration = Duration::from_secs(3);

/// How often it may be looked for at least, however long that takes: passes may be
/// held up for seconds, and nobody looks meanwhile.
const LOOKS: usize = 3;

/// Since when something waits, if it does, and how often it was found to wait.
#[derive(Debug, Default)]
pub(in crate::service) struct Patience(Option<(Instant, usize)>);

impl Patience {
    /// Whether it is to be waited on, given whether there is still something to
    /// wait for.
    pub(in crate::service) fn lasts(&mut self, is_any: bool, now: Instant) -> bool {
        let (since, looks) = self.0.unwrap_or((now, 0));
        let is_short = now.saturating_duration_since(since) <= LONGEST;
        let lasts = is_any && (is_short || looks < LOOKS);
        self.0 = lasts.then_some((since, looks + 1));
        lasts
    }

    /// Whether something waits.
    pub(in crate::service) fn is_begun(&self) -> bool {
        self.0.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_when_there_is_nothing_to_wait_for_or_after_three_seconds() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut patience = Patience::default();
        assert!(!patience.lasts(false, at(0)));
        assert!(patience.lasts(true, at(5_000)));
        assert!(patience.lasts(true, at(6_000)));
        assert!(patience.lasts(true, at(8_000)));
        assert!(!patience.lasts(true, at(8_001)));
        assert!(!patience.is_begun());
        // What is gone next has the same time.
        assert!(patience.lasts(true, at(8_002)));
        assert!(patience.is_begun());
        assert!(!patience.lasts(false, at(9_000)));
        assert!(!patience.is_begun());
        assert!(patience.lasts(true, at(10_500)));
        assert!(patience.lasts(true, at(13_500)));
    }

    #[test]
    fn patience_outlasts_a_pass_that_is_held_up() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut patience = Patience::default();
        assert!(patience.lasts(true, at(0)));
        assert!(patience.lasts(true, at(5)));
        assert!(patience.lasts(true, at(6)));
        assert!(!patience.lasts(true, at(7)));
    }
}
