//! When a pass that failed is tried again, and what its failure is about.

use super::faults::About;
use crate::{catalogue::store::StoreError, feed::FeedError, publish::PublishError};
use std::time::Duration;

/// How long to wait before what failed is tried again: short enough that a disk
/// which has room again is noticed soon.
const RETRY: Duration = Duration::from_secs(5);

/// A pass that failed is tried again after so many times what it took, if that
/// is longer: trying costs a twentieth of the CPU at most.
const COSTLY: u32 = 20;

/// But after no more than this.
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// How long to wait until what failed in a pass that took so long is tried
/// again.
pub(super) fn rest(took: Duration, fault: Option<&anyhow::Error>) -> Duration {
    let fault = fault.and_then(|fault| fault.downcast_ref());
    // To wait for somebody who has the catalogue locked costs nothing.
    if fault.is_some_and(StoreError::is_locked) {
        return RETRY;
    }
    (took * COSTLY).clamp(RETRY, LONGEST_RETRY)
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
