//! Limits of the process that would end it: they become errors like any other.

/// Lets a write past the limit of the size of files fail (`LimitFSIZE=` in a
/// systemd unit), which would kill the process with a signal. A pipe that nobody
/// reads does so already.
#[cfg(unix)]
pub(super) fn heed() {
    use tokio::signal::unix::{SignalKind, signal};
    // The number is the same on Linux, the BSDs and macOS.
    const FILE_TOO_LARGE: i32 = 25;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build();
    // Once taken, a signal stays so after the runtime is gone. Where it cannot
    // be taken there is nothing to be said: few set that limit.
    if let Ok(runtime) = runtime {
        let _ = runtime.block_on(async { signal(SignalKind::from_raw(FILE_TOO_LARGE)) });
    }
}

#[cfg(not(unix))]
pub(super) fn heed() {}
