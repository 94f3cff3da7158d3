//! What the system says when it does not let a folder be watched.

use notify::ErrorKind;
use std::io;

/// Why a folder cannot be watched by events.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WatchError(String);

/// The numbers by which the system says that a limit is reached: "too many open
/// files", in the system and in the program, and "no space left on device". They
/// send people to look at their disks.
const LIMITS: [i32; 3] = [23, 24, 28];

/// Whether the system gives no more of what it has enough of at other times.
pub(super) fn is_limit(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::MaxFilesWatch => true,
        ErrorKind::Io(io) => {
            io.raw_os_error().is_some_and(|code| LIMITS.contains(&code))
                || io.kind() == io::ErrorKind::OutOfMemory
        }
        _ => false,
    }
}

/// What the system meant, and what helps.
pub(super) fn explain(error: &notify::Error) -> WatchError {
    let text = match &error.kind {
        ErrorKind::MaxFilesWatch => WATCHES.to_owned(),
        ErrorKind::Io(io) if io.raw_os_error() == Some(28) => WATCHES.to_owned(),
        ErrorKind::Io(io) if matches!(io.raw_os_error(), Some(23 | 24)) => INSTANCES.to_owned(),
        ErrorKind::Io(io) => io.to_string(),
        ErrorKind::PathNotFound => "the folder is not there".to_owned(),
        _ => error.to_string(),
    };
    WatchError(text)
}

const WATCHES: &str = "the system's limit on watched folders is reached; raise it with \
    `sysctl fs.inotify.max_user_watches=524288`";

const INSTANCES: &str = "the system's limit on watching programs, or this program's on open files, \
    is reached; raise it with `sysctl fs.inotify.max_user_instances=512` or `ulimit -n 4096`";

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Error;

    #[test]
    fn a_limit_is_told_from_other_faults_and_with_what_raises_it() {
        let io = |number| Error::io(io::Error::from_raw_os_error(number));
        for (error, limit, words) in [
            (
                Error::new(ErrorKind::MaxFilesWatch),
                true,
                "max_user_watches",
            ),
            (io(28), true, "max_user_watches"),
            (io(23), true, "max_user_instances"),
            (io(24), true, "ulimit -n"),
            (io(12), true, "memory"),
            (io(13), false, "ermission denied"),
            (Error::path_not_found(), false, "not there"),
            (Error::generic("odd"), false, "odd"),
        ] {
            let told = explain(&error).to_string();
            assert_eq!(is_limit(&error.kind), limit, "{told}");
            assert!(told.contains(words), "{told}");
            assert!(!told.contains("No space"), "{told}");
        }
    }
}
