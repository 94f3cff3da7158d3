//! The bytes of a file, whole and of one moment.

use crate::{file::Stamp, watch::scan};
use std::{
    fs::{File, Metadata},
    io::{self, Read as _},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// File times are as coarse as the kernel's tick, up to 10 ms: a file that was
/// changed this shortly before it was read may change again without showing it.
pub(super) const COARSE: Duration = Duration::from_millis(20);

/// A time of modification that no file has, for those that may change without
/// showing it.
pub(super) const UNCERTAIN: i64 = i64::MIN;

/// What is in a file.
pub(super) enum Contents {
    Whole(Vec<u8>, Stamp),
    TooLarge(Stamp),
    /// It was not the same before and after.
    Changing,
}

/// Reads a file that `open` opens, if it is no larger than the limit.
pub(super) fn contents(
    open: impl Fn() -> io::Result<(File, Metadata)>,
    limit: u64,
) -> io::Result<Contents> {
    let (mut file, metadata) = open()?;
    let mut before = scan::stamp(&metadata);
    if let Some(wait) = indistinct(&metadata) {
        // After that, every change shows.
        thread::sleep(wait);
        (file, before) = open().map(|(file, metadata)| (file, scan::stamp(&metadata)))?;
    }
    if before.size > limit {
        return Ok(Contents::TooLarge(before));
    }
    let mut bytes = Vec::new();
    let size = usize::try_from(before.size).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(size.saturating_add(1))?;
    file.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    let after = scan::stamp(&file.metadata()?);
    if after != before || bytes.len() as u64 != after.size {
        return Ok(Contents::Changing);
    }
    Ok(Contents::Whole(bytes, doubtful(after)))
}

/// How long to wait until a further change of this file would show in its times,
/// if it was written over just now. A file that has just been made is not waited
/// for: of that there is no old half to be mixed with a new one.
fn indistinct(metadata: &Metadata) -> Option<Duration> {
    let modified = metadata.modified().ok()?;
    let wait = COARSE.checked_sub(modified.elapsed().ok()?)?;
    let made = metadata.created().ok();
    let whole_life = made.and_then(|made| modified.duration_since(made).ok());
    (whole_life.is_none_or(|life| life >= COARSE)).then_some(wait)
}

/// A stamp that no listing will equal, if the file may still change without
/// its times showing it.
fn doubtful(stamp: Stamp) -> Stamp {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let age = |time: i64| (now.as_nanos().cast_signed() - i128::from(time)).unsigned_abs();
    // A time that is far in the future says as much as one in the past: the next
    // change gives the file another one.
    if age(stamp.modified).min(age(stamp.changed)) < COARSE.as_nanos() {
        return Stamp {
            modified: UNCERTAIN,
            ..stamp
        };
    }
    stamp
}

#[cfg(test)]
mod tests;
