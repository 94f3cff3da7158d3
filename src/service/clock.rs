//! What time it is.

use jiff::Timestamp;
use std::time::SystemTime;

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
