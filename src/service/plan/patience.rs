//! How long what is gone waits for what may have become of it.

use std::time::{Duration, Instant};

/// How long at most: where files come faster than they settle, there is always
/// one that may be it.
const LONGEST: Duration = Duration::from_secs(2);

/// Since when something waits, if it does.
#[derive(Debug, Default)]
pub(in crate::service) struct Patience(Option<Instant>);

impl Patience {
    /// Whether it is to be waited on, given whether there is still something to
    /// wait for.
    pub(super) fn lasts(&mut self, is_any: bool, now: Instant) -> bool {
        let since = *self.0.get_or_insert(now);
        let lasts = is_any && now.saturating_duration_since(since) <= LONGEST;
        if !lasts {
            self.0 = None;
        }
        lasts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_when_there_is_nothing_to_wait_for_or_after_two_seconds() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut patience = Patience::default();
        assert!(!patience.lasts(false, at(0)));
        assert!(patience.lasts(true, at(5_000)));
        assert!(patience.lasts(true, at(6_000)));
        assert!(patience.lasts(true, at(7_000)));
        assert!(!patience.lasts(true, at(7_001)));
        // What is gone next has the same time.
        assert!(patience.lasts(true, at(7_002)));
        assert!(!patience.lasts(false, at(8_000)));
        assert!(patience.lasts(true, at(9_500)));
        assert!(patience.lasts(true, at(11_500)));
    }
}
