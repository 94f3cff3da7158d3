//! What time it is, and how long the program has worked.
//!
//! Time is asked for here and nowhere else: the libraries' own ways to ask panic
//! where the system's clock is set past the year 9999.

use jiff::Timestamp;
use std::time::{Duration, SystemTime};

/// The time by the system's clock, which may be set to anything: past the year
/// 9999, which no feed can write, it is the last moment of that.
#[must_use]
pub fn now() -> Timestamp {
    let now = SystemTime::now();
    let end = if now < SystemTime::UNIX_EPOCH {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::try_from(now).unwrap_or(end)
}

/// The processor's time that all threads of the program have used; nothing where
/// the system does not tell.
#[must_use]
pub fn worked() -> Option<Duration> {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        clock_gettime(ClockId::ProcessCPUTime).try_into().ok()
    }
    #[cfg(not(unix))]
    None
}
