//! What the watch folder can do to the daemon: every fault of it that needs no
//! rights of the system's owner.

mod disks;
mod kinds;
mod moments;
mod names;
mod rights;

use crate::{
    daemon::{not_shown, shown},
    program::{Daemon, Place, article, wait_for},
};
use feedwright::{
    catalogue::{Record, store::Catalogue},
    watch::scan::{self, There},
};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write as _,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{PermissionsExt as _, symlink},
        net::UnixListener,
    },
    path::Path,
    process::{Command, Stdio},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// Waits until the daemon has dealt with everything that was done before: a
/// removal is believed no sooner than any other sign that a file is gone.
#[track_caller]
fn settled(place: &Place) {
    place.write("watch/marker.md", &article("Marker", "lighthouse"));
    shown(place, "Marker");
    fs::remove_file(place.path("watch/marker.md")).unwrap();
    not_shown(place, "Marker");
}

/// Does something while a subscriber looks all the while, who misses none of
/// the entries that are there before, and sees none twice.
#[track_caller]
fn while_read(place: &Place, act: impl FnOnce()) {
    let before: BTreeSet<_> = ids(place);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let now = ids(place);
                let missing: Vec<_> = before.difference(&now).collect();
                if !missing.is_empty() {
                    return Err(format!("{missing:?} vanished"));
                }
            }
            Ok(())
        });
        let acted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act));
        stop.store(true, Ordering::Relaxed);
        let read = reader.join().unwrap();
        assert_eq!(read, Ok(()), "{}", log(place));
        acted.unwrap();
    });
}

fn ids(place: &Place) -> BTreeSet<String> {
    place.items().into_iter().map(|item| item.id).collect()
}

fn log(place: &Place) -> String {
    fs::read_to_string(place.path("log")).unwrap()
}

fn set_rights(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Writes a file as if long ago, so that a listing does not wait for its writer.
fn write_old(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    let then = SystemTime::now() - Duration::from_hours(1);
    file.set_modified(then).unwrap();
}

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}
