//! Memory, threads and open files of the daemon over a million changes in its
//! folder, and over ten thousand reloads.
//!
//! ```sh
//! cargo bench --bench soak -- events 1000000
//! cargo bench --bench soak -- reload 10000
//! cargo bench --bench soak -- faulty 10000
//! ```
//!
//! Starts the real program (that at `$PROGRAM`, if it is set), and prints a table. Fails where threads or open
//! files grow, where the log does, or where the feeds do not show what is in
//! the folder. Without arguments, as `cargo bench` runs it, each is short. It
//! reads /proc, so it needs Linux.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers"
)]
#![allow(missing_docs, reason = "nobody imports it")]

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
fn main() {
    soak::main();
}

#[cfg(target_os = "linux")]
mod soak {
    use rustix::process::{Pid, Signal, kill_process};
    use std::{
        collections::BTreeMap,
        env,
        ffi::OsString,
        fs,
        process::{Child, Command, Stdio},
        thread,
        time::{Duration, Instant},
    };
    use tempfile::TempDir;

    /// How many names there are in the folder, and how many articles that they
    /// may hold: few enough that all have been there long before the end, so
    /// that what still grows then is a leak.
    const NAMES: usize = 300;
    const TEXTS: usize = 1_200;

    /// The page of an article that is edited to see whether all is done. Pages
    /// of entries are written last.
    const MARKER: &str = "feeds/entries/marker-0-of-the-soak.html";

    /// How long anything may take.
    const PATIENCE: Duration = Duration::from_mins(10);

    /// How many lines a table has.
    const ROWS: usize = 10;

    pub(super) fn main() {
        let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
        let number = |at: usize| args.get(at).and_then(|number| number.parse().ok());
        match args.first().map(String::as_str) {
            Some("events") => events(number(1).unwrap_or(1_000_000)),
            Some("reload") => reload(number(1).unwrap_or(10_000)),
            Some("faulty") => faulty(number(1).unwrap_or(10_000)),
            _ => {
                events(5_000);
                reload(200);
                faulty(200);
            }
        }
    }

    /// The program: that of this build, or another one that is to be measured.
    fn program() -> OsString {
        env::var_os("PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_feedwright").into())
    }

    /// Creates, edits, renames and deletes files, in bursts.
    fn events(count: usize) {
        let mut soak = Soak::start();
        println!("\n{count} changes among {NAMES} names:\n");
        soak.head("changes");
        let mut files: BTreeMap<usize, usize> = BTreeMap::new();
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let (mut done, mut row) = (0, 0);
        while done < count {
            let burst = 1 + chance.below((count / 25).max(500)).min(count - done - 1);
            for _ in 0..burst {
                soak.change(&mut files, &mut chance);
            }
            done += burst;
            soak.settle(done);
            if done >= count * row / ROWS {
                soak.row(done);
                row = done * ROWS / count + 1;
            }
        }
        soak.row(done);
        // One article in two files is one entry, and the marker one more.
        let mut texts: Vec<_> = files.values().collect();
        texts.sort_unstable();
        texts.dedup();
        let status = soak.status();
        assert_eq!(status["entries"], texts.len() + 1, "{status}");
        assert_eq!(status["faults_count"], 0, "{status}");
        soak.end();
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
                soak.change(&mut files, &mut chance);
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
        fs::remove_file(soak.folder.path().join("config.toml")).unwrap();
        soak.signal(Signal::HUP);
        soak.wait_for("the end of the fault", |soak| {
            soak.read("log").contains("well again")
        });
        soak.settle(count);
        soak.end();
    }

    /// The program, its folder, and what it took at the beginning.
    struct Soak {
        folder: TempDir,
        child: Child,
        started: Instant,
        first: Option<Taken>,
    }

    /// What a process has.
    #[derive(Debug, Clone, Copy)]
    struct Taken {
        /// Resident memory now and at most, in KB.
        memory: u64,
        peak: u64,
        threads: u64,
        files: usize,
        /// CPU time, in hundredths of a second.
        cpu: u64,
    }

    impl Soak {
        fn start() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("watch")).unwrap();
            let log = fs::File::create(folder.path().join("log")).unwrap();
            let child = Command::new(program())
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
                .unwrap();
            let mut soak = Self {
                folder,
                child,
                started: Instant::now(),
                first: None,
            };
            soak.wait_for("the greeting", |soak| soak.read("log").contains("Ctrl-C"));
            // All threads there ever are.
            for name in 0..20 {
                soak.write(&format!("watch/warm/{name}.md"), &article(name));
            }
            soak.settle(0);
            fs::remove_dir_all(soak.folder.path().join("watch/warm")).unwrap();
            soak.settle(1);
            soak
        }

        fn write(&self, name: &str, text: &str) {
            let path = self.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
        }

        fn signal(&self, signal: Signal) {
            kill_process(Pid::from_child(&self.child), signal).unwrap();
        }

        fn status(&self) -> serde_json::Value {
            let output = Command::new(program())
                .args(["status", "--json"])
                .current_dir(self.folder.path())
                .output()
                .unwrap();
            serde_json::from_slice(&output.stdout).unwrap()
        }

        /// One change in the folder: a new file, another article in one, another
        /// name, or none any more.
        fn change(&self, files: &mut BTreeMap<usize, usize>, chance: &mut Chance) {
            let path = |name: usize| {
                self.folder
                    .path()
                    .join(format!("watch/{}/{name}.md", name % 7))
            };
            let name = chance.below(NAMES);
            let other = chance.below(NAMES);
            match (files.contains_key(&name), chance.below(4)) {
                (true, 0) => {
                    fs::remove_file(path(name)).unwrap();
                    files.remove(&name);
                }
                (true, 1) if name != other => {
                    fs::create_dir_all(path(other).parent().unwrap()).unwrap();
                    fs::rename(path(name), path(other)).unwrap();
                    let text = files.remove(&name).unwrap();
                    files.insert(other, text);
                }
                _ => {
                    let text = chance.below(TEXTS);
                    self.write(&format!("watch/{}/{name}.md", name % 7), &article(text));
                    files.insert(name, text);
                }
            }
        }

        /// Waits until all that was done so far is in the feeds.
        fn settle(&mut self, number: usize) {
            let title = format!("Marker {number} of the soak");
            self.write(
                "watch/marker.md",
                &format!("# {title}\n\nThe tide gauge number {number} was read.\n"),
            );
            self.wait_for("the marker", |soak| soak.read(MARKER).contains(&title));
            self.wait_for("the end of the pass", |soak| {
                let status = soak.status();
                status["pending"]["step"].is_null() && status["pending"]["documents"] == 0
            });
        }

        #[track_caller]
        fn wait_for(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
            let start = Instant::now();
            while !is_so(self) {
                assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
                let ended = self.child.try_wait().unwrap();
                assert!(ended.is_none(), "it ended: {ended:?}\n{}", self.read("log"));
                thread::sleep(Duration::from_millis(3));
            }
        }

        fn taken(&self) -> Taken {
            let id = self.child.id();
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
            let field = |name: &str| -> u64 {
                let line = status.lines().find(|line| line.starts_with(name)).unwrap();
                line.split_whitespace().nth(1).unwrap().parse().unwrap()
            };
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
            let (_, stat) = stat.rsplit_once(") ").unwrap();
            let times = stat.split(' ').skip(11).take(2);
            Taken {
                memory: field("VmRSS:"),
                peak: field("VmHWM:"),
                threads: field("Threads:"),
                files: fs::read_dir(format!("/proc/{id}/fd")).unwrap().count(),
                cpu: times.map(|time| time.parse::<u64>().unwrap()).sum(),
            }
        }

        fn head(&mut self, what: &str) {
            println!(
                "| {what} | memory, MB | peak, MB | threads | open files | CPU, s | wall, s | log lines |"
            );
            println!("|---|---|---|---|---|---|---|---|");
            self.first = Some(self.taken());
            self.row(0);
        }

        fn row(&self, done: usize) {
            let Taken {
                memory,
                peak,
                threads,
                files,
                cpu,
            } = self.taken();
            let mb = |kb: u64| kb as f64 / 1024.0;
            let lines = self.read("log").lines().count();
            println!(
                "| {done} | {:.1} | {:.1} | {threads} | {files} | {:.1} | {:.0} | {lines} |",
                mb(memory),
                mb(peak),
                cpu as f64 / 100.0,
                self.started.elapsed().as_secs_f64(),
            );
        }

        /// Compares what it has with what it had, and ends it.
        fn end(mut self) {
            let (first, last) = (self.first.unwrap(), self.taken());
            // A thread of the pool that does the passes ends when it is idle for
            // long, and one more may do a pass.
            assert!(last.threads <= first.threads + 1, "{first:?} {last:?}");
            assert!(last.files <= first.files + 3, "{first:?} {last:?}");
            self.signal(Signal::TERM);
            let status = self.child.wait().unwrap();
            assert_eq!(status.code(), Some(0));
            println!("\n{}", self.read("log").lines().last().unwrap_or_default());
        }
    }

    impl Drop for Soak {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// Xorshift: the same changes each time.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % end as u64).unwrap()
        }
    }

    /// An article that has little in common with those of other numbers.
    fn article(number: usize) -> String {
        let mut chance = Chance((number as u64 + 1).wrapping_mul(0x2545_F491_4F6C_DD1D));
        for _ in 0..8 {
            chance.below(2);
        }
        let mut words = |count: usize| {
            let word = |_| {
                let syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti"];
                (0..3)
                    .map(|_| syllables[chance.below(8)])
                    .collect::<String>()
            };
            (0..count).map(word).collect::<Vec<_>>().join(" ")
        };
        let (first, second, third) = (words(18), words(16), words(20));
        format!(
            "---\ntitle: Report {number} {}\ndate: 2026-03-04\n---\n\n\
             The council met about it on Tuesday: {first}.\n\n\
             \"We will have {second} before the winter,\" said Mayor Ada Lindqvist.\n\n\
             Afterwards {third}.\n",
            words(2)
        )
    }
}
