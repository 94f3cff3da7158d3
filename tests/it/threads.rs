//! The threads of the daemon, which are always the same ones.

use crate::{
    daemon::shown,
    program::{Place, article},
};
use std::{collections::BTreeSet, fs};

/// The threads of the daemon that are called so.
fn threads(id: u32, name: &str) -> BTreeSet<String> {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let tasks = tasks.map(|task| task.unwrap().path());
    // One that has just ended has no name any more.
    let named = tasks.filter(|task| {
        let called = fs::read_to_string(task.join("comm")).unwrap_or_default();
        called.trim_end() == name
    });
    named.map(|task| task.display().to_string()).collect()
}

/// Each thread has heap of its own, which it keeps: with as many threads as
/// there may be passes waiting, that of all of them fills.
#[test]
fn one_thread_does_all_passes() {
    let place = Place::new();
    let mut command = place.command(&[]);
    let daemon = place.start(command.env("RAYON_NUM_THREADS", "1"));
    let mut seen = BTreeSet::new();
    for number in 0..40 {
        // The feeds show it before the pass has ended, so that the next one
        // begins as soon as it has.
        let title = format!("Report {number}");
        place.write(
            &format!("watch/{}.md", number % 5),
            &article(&title, &title),
        );
        shown(&place, &title);
        seen.extend(threads(daemon.id(), "tokio-rt-worker"));
    }
    // That of the loop, that of the passes, and that of rayon, which a pass starts
    // and which is called as it is.
    assert_eq!(seen.len(), 3, "{seen:?}");
}
