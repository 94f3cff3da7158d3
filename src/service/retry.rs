//! When a pass that failed is tried again, and what its failure is about.

use super::faults::About;
use crate::{catalogue::store::StoreError, clock, feed::FeedError, publish::PublishError};
use std::time::{Duration, Instant};

/// How long to wait before what failed is tried again: short enough that a disk
/// which has room again is noticed soon.
const RETRY: Duration = Duration::from_secs(5);

/// A pass that failed is tried again after so many times what it cost, if that
/// is longer: trying costs a twentieth of the CPU at most.
const COSTLY: u32 = 20;

/// But after no more than this.
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// When a pass began, and how long the program had worked by then.
#[derive(Clone, Copy)]
pub(super) struct Began {
    at: Instant,
    worked: Option<Duration>,
}

impl Began {
    pub(super) fn new(at: Instant) -> Self {
        let worked = clock::worked();
        Self { at, worked }
    }

    /// How long it took.
    pub(super) fn took(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.at)
    }

    /// How long it kept a processor busy: on one that others keep busy as well, it
    /// took longer than that.
    pub(super) fn cost(&self, now: Instant) -> Duration {
        let worked = |before| Some(clock::worked()?.saturating_sub(before));
        let worked = self.worked.and_then(worked);
        let took = self.took(now);
        worked.map_or(took, |worked| worked.min(took))
    }
}

/// How long to wait until what failed in a pass that cost so much is tried
/// again.
pub(super) fn rest(cost: Duration, fault: Option<&anyhow::Error>) -> Duration {
    let fault = fault.and_then(|fault| fault.downcast_ref());
    // To wait for somebody who has the catalogue locked costs nothing.
    if fault.is_some_and(StoreError::is_locked) {
        return RETRY;
    }
    (cost * COSTLY).clamp(RETRY, LONGEST_RETRY)
}

/// What an error of a pass is about.
pub(super) fn about(fault: &anyhow::Error) -> About {
    if fault.is::<StoreError>() {
        About::Catalogue
    } else if fault.is::<PublishError>() {
        About::Feeds
    } else if fault.is::<FeedError>() {
        About::Documents
    } else {
        About::WatchFolder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::store::Catalogue;

    #[test]
    fn what_costs_much_is_tried_less_often() {
        let second = Duration::from_secs(1);
        assert_eq!(rest(second / 100, None), RETRY);
        assert_eq!(rest(2 * second, None), 40 * second);
        assert_eq!(rest(30 * second, None), LONGEST_RETRY);
    }

    #[test]
    fn time_in_which_nothing_was_done_is_no_cost() {
        let then = Instant::now();
        let (began, now) = (Began::new(then), then + Duration::from_hours(1));
        assert_eq!(began.took(now), Duration::from_hours(1));
        let expected = cfg!(not(unix)) || began.cost(now) < Duration::from_mins(1);
        assert!(expected, "{:?}", began.cost(now));
        assert_eq!(Began::new(now).cost(now), Duration::ZERO);
    }

    #[test]
    fn to_wait_for_a_lock_is_no_cost() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = Catalogue::open(folder.path()).unwrap();
        let other = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let error = catalogue.set_meta("key", "value").unwrap_err();
        assert!(error.is_locked(), "{error}");
        let error = anyhow::Error::from(error).context("a pass");
        assert_eq!(rest(Duration::from_secs(2), Some(&error)), RETRY);
    }
}
