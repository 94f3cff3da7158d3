//! Memory, threads and open files of the daemon over a million events in its
//! folder, over a hundred thousand articles that come and go, over ten thousand
//! reloads, in a burst of files, and while its disk is full for long.
//!
//! ```sh
//! cargo bench --bench soak -- events 1000000
//! cargo bench --bench soak -- articles 100000
//! cargo bench --bench soak -- reload 10000
//! cargo bench --bench soak -- faulty 10000
//! cargo bench --bench soak -- burst 20000
//! cargo bench --bench soak -- full 3600
//! ```
//!
//! Starts the real program (that at `$PROGRAM`, if it is set), and prints a
//! table. Its events are those that the system tells whoever watches the folder:
//! that a file was made, written to, closed after that, renamed or removed; each
//! burst is small enough for the program's queue, so that it was told of all. It
//! notes one mark for a file, however many events there were since the last
//! look. Fails where threads or open files grow, where the log does, or where
//! the feeds do not show what is in the folder. Without arguments, as
//! `cargo bench` runs it, each is short, but for `full`, which mounts a disk
//! and so needs root. It reads /proc, so it needs Linux. With `TMPDIR=/dev/shm`
//! it does not wait for the disk.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers"
)]
#![allow(missing_docs, reason = "nobody imports it")]

#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod told;

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
fn main() {
    soak::main();
}

#[cfg(target_os = "linux")]
mod soak {
    use crate::{
        place::{Chance, Disk, NAMES, Soak},
        told::largest_burst,
    };
    use rustix::process::Signal;
    use std::{
        collections::{BTreeMap, BTreeSet},
        env, fs, thread,
        time::{Duration, Instant},
    };

    /// How many lines a table has.
    const ROWS: usize = 10;

    /// How many articles come back again and again: few enough that all have
    /// been there long before the end, so that what still grows then is a leak.
    const TEXTS: usize = 1_200;

    /// How many articles there are before the disk is full: enough that all
    /// caches are.
    const WARM: usize = 2_000;

    pub(super) fn main() {
        let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
        let number = |at: usize| args.get(at).and_then(|number| number.parse().ok());
        match args.first().map(String::as_str) {
            Some("events") => events(number(1).unwrap_or(1_000_000)),
            Some("articles") => articles(number(1).unwrap_or(100_000)),
            Some("reload") => reload(number(1).unwrap_or(10_000)),
            Some("faulty") => faulty(number(1).unwrap_or(10_000)),
            Some("burst") => burst(number(1).unwrap_or(20_000)),
            Some("full") => full(number(1).unwrap_or(600)),
            _ => {
                events(10_000);
                articles(1_000);
                reload(200);
                faulty(200);
                burst(500);
            }
        }
    }

    /// Creates, edits, renames and deletes files, in bursts, until the system has
    /// told of so many events.
    fn events(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} events among {NAMES} names:\n");
        soak.head("changes");
        let mut files = BTreeMap::new();
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let (mut done, mut row) = (0, 1);
        while soak.events() < count as u64 {
            let left = count - usize::try_from(soak.events()).unwrap();
            let burst = 1 + chance.below(largest_burst().min(left.div_ceil(2)));
            for _ in 0..burst {
                let text = chance.below(TEXTS);
                soak.change(&mut files, &mut chance, text);
            }
            done += burst;
            soak.settle(done);
            if soak.events() >= (count * row / ROWS) as u64 {
                soak.row(done);
                row += 1;
            }
        }
        check(&soak, &files);
        soak.end();
    }

    /// So many changes in which articles come and go, and none comes back: what
    /// the catalogue remembers grows all the while.
    fn articles(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} changes among {NAMES} names, no article ever again:\n");
        soak.head("changes");
        let mut files = BTreeMap::new();
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let (mut done, mut row) = (0, 1);
        while done < count {
            // Each is seen before it is overwritten.
            let burst = (1 + chance.below(NAMES / 4)).min(count - done);
            for _ in 0..burst {
                done += 1;
                soak.change(&mut files, &mut chance, TEXTS + done);
            }
            soak.settle(done);
            if done >= count * row / ROWS {
                soak.row(done);
                row += 1;
            }
        }
        check(&soak, &files);
        soak.end();
    }

    /// Whether the feeds show what is in the folder.
    fn check(soak: &Soak, files: &BTreeMap<usize, usize>) {
        // One article in two files is one entry, and the marker one more.
        let texts: BTreeSet<_> = files.values().collect();
        let status = soak.status();
        assert_eq!(status["entries"], texts.len() + 1, "{status}");
        assert_eq!(status["faults_count"], 0, "{status}");
    }

    /// Sends SIGHUP, mostly while a pass goes on; now and then with another
    /// configuration, which is waited for.
    fn reload(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} times SIGHUP, while files change:\n");
        soak.head("signals");
        let mut files = BTreeMap::new();
        let mut chance = Chance(7);
        for done in 1..=count {
            if done % 3 == 0 {
                let text = chance.below(TEXTS);
                soak.change(&mut files, &mut chance, text);
            }
            if done % 50 == 0 {
                let title = format!("Title {done}");
                soak.write("config.toml", &format!("[site]\ntitle = '{title}'\n"));
                soak.signal(Signal::HUP);
                soak.wait_for("the new title", |soak| {
                    soak.read("feeds/rss.xml").contains(&title)
                });
            } else {
                soak.signal(Signal::HUP);
                thread::sleep(Duration::from_millis(1));
            }
            if done == 50 || done % (count / ROWS).max(1) == 0 {
                soak.row(done);
            }
        }
        soak.settle(count);
        soak.row(count);
        soak.end();
    }

    /// Sends SIGHUP with a configuration that has a fault.
    fn faulty(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} times SIGHUP with a faulty configuration:\n");
        soak.head("signals");
        soak.write("config.toml", "[site]\ncolor = 'red'\n");
        for done in 1..=count {
            soak.signal(Signal::HUP);
            thread::sleep(Duration::from_micros(500));
            if done == 50 || done % (count / ROWS).max(1) == 0 {
                soak.row(done);
            }
        }
        let lines = soak.read("log").matches("the configuration").count();
        assert!(lines <= 3, "{lines} lines in the log");
        fs::remove_file(soak.path("config.toml")).unwrap();
        soak.signal(Signal::HUP);
        soak.wait_for("the end of the fault", |soak| {
            soak.read("log").contains("well again")
        });
        soak.settle(count);
        soak.end();
    }

    /// Drops so many articles at once, and takes all of them away.
    fn burst(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} files in one burst, then none:\n");
        soak.head("files");
        for number in 0..count {
            soak.drop(&format!("watch/burst/{}/{number}.md", number % 97), number);
        }
        soak.row(count);
        soak.settle(2);
        soak.row(count);
        let status = soak.status();
        assert_eq!(status["entries"], count + 1, "{status}");
        assert_eq!(status["faults_count"], 0, "{status}");
        fs::remove_dir_all(soak.path("watch/burst")).unwrap();
        soak.settle(3);
        soak.row(0);
        let status = soak.status();
        assert_eq!(status["entries"], 1, "{status}");
        soak.end();
    }

    /// The disk of the feeds is full for so many seconds while articles keep
    /// coming; then it has room again, and nobody restarts anything.
    fn full(seconds: usize) {
        let disk = Disk::mount();
        let mut soak = Soak::start_with(Some(&disk));
        // As it is after a day's work: what still grows then is the fault's.
        for number in 0..WARM {
            soak.drop(&format!("watch/{}/early-{number}.md", number % 7), number);
            if number % 10 == 9 {
                soak.settle(2 + number);
            }
        }
        println!("\nthe disk of the feeds is full for {seconds} s while articles come:\n");
        soak.head("articles");
        disk.fill();
        let (start, mut count, mut row) = (Instant::now(), 0, 1);
        let seconds = Duration::from_secs(seconds as u64);
        while start.elapsed() < seconds {
            let late = format!("watch/{}/late-{count}.md", count % 7);
            soak.drop(&late, WARM + count);
            count += 1;
            thread::sleep(Duration::from_millis(500));
            if start.elapsed() >= seconds * row / 10 {
                soak.row(count);
                row += 1;
            }
        }
        let lines = soak.read("log").matches(" ERROR ").count();
        assert!(lines <= 3, "{lines} lines about it in the log");
        let status = soak.status();
        assert_ne!(status["faults_count"], 0, "{status}");
        disk.free();
        let freed = Instant::now();
        soak.settle(1);
        soak.row(count);
        println!(
            "\ncaught up {:.1} s after there was room again",
            freed.elapsed().as_secs_f64()
        );
        let status = soak.status();
        assert_eq!(status["entries"], WARM + count + 1, "{status}");
        assert_eq!(status["faults_count"], 0, "{status}");
        soak.end();
    }
}
