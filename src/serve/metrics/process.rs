//! What the system tells of the process, where it tells anything.

use std::fs;

/// How things stand with the process.
#[derive(Debug, Default)]
pub(super) struct Process {
    /// In bytes.
    pub(super) resident: Option<u64>,
    pub(super) open_files: Option<usize>,
    /// How many it may have open.
    pub(super) most_files: Option<u64>,
    pub(super) threads: Option<u64>,
    /// What it has used of the processors.
    pub(super) cpu_seconds: Option<f64>,
}

/// In what units Linux tells times of processes, in every build of it there is
/// for the machines that this program runs on.
const TICKS_A_SECOND: f64 = 100.0;

/// How things stand with this process.
pub(super) fn look() -> Process {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    Process {
        resident: number_after(&status, "VmRSS:").map(|kib| kib << 10),
        open_files: fs::read_dir("/proc/self/fd").ok().map(|open| {
            // One is open for this look.
            open.count().saturating_sub(1)
        }),
        most_files: number_after(&limits, "Max open files"),
        threads: number_after(&status, "Threads:"),
        cpu_seconds: cpu_seconds(&stat),
    }
}

/// The first number after these words, which begin a line.
fn number_after(text: &str, words: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(words))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The times in user and system mode. Before them stands the program's name,
/// with whatever is in it.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    let ticks = next()? + next()?;
    Some(ticks as f64 / TICKS_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linux_tells_is_understood() {
        let status = "Name:\tfeed\nVmRSS:\t   12345 kB\nThreads:\t7\n";
        assert_eq!(number_after(status, "VmRSS:"), Some(12_345));
        assert_eq!(number_after(status, "VmSwap:"), None);
        let limits = "Max open files            1024                 1048576              files";
        assert_eq!(number_after(limits, "Max open files"), Some(1_024));
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 100 0 0 0 150 75 0 0 20 0 3 0 1 1 1 1";
        assert_eq!(cpu_seconds(stat), Some(2.25));
        assert_eq!(cpu_seconds(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_seen() {
        let process = look();
        assert!(process.resident > Some(1 << 20), "{process:?}");
        assert!(process.open_files > Some(2) && process.threads > Some(0));
        assert!(process.most_files.is_some() && process.cpu_seconds.is_some());
    }
}
