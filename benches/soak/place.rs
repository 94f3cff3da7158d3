//! The program at work in a folder of its own, and what it takes.

use crate::told::Told;
use rustix::process::{Pid, Signal, kill_process};
use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How many names there are in the folder.
pub(super) const NAMES: usize = 300;

/// The folders that they are in.
const FOLDERS: usize = 7;

/// The page of an article that is edited to see whether all is done. Pages
/// of entries are written last.
const MARKER: &str = "entries/marker-0-of-the-soak.html";

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// The program: that of this build, or another one that is to be measured.
fn program() -> OsString {
    env::var_os("PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_feedwright").into())
}

/// The program, its folder, and what it took at the beginning.
pub(super) struct Soak {
    folder: TempDir,
    /// Where documents lie.
    feeds: PathBuf,
    child: Child,
    started: Instant,
    first: Option<Taken>,
    told: Told,
}

/// What a process has.
#[derive(Debug, Clone, Copy)]
struct Taken {
    /// Resident memory now and at most, in KB, and what of it is no file: heap
    /// and stacks.
    memory: u64,
    peak: u64,
    heap: u64,
    threads: u64,
    files: usize,
    /// CPU time, in hundredths of a second.
    cpu: u64,
}

impl Soak {
    pub(super) fn start() -> Self {
        Self::start_with(None)
    }

    /// With feeds on another disk.
    pub(super) fn start_with(disk: Option<&Disk>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in 0..FOLDERS {
            fs::create_dir_all(folder.path().join(format!("watch/{name}"))).unwrap();
        }
        let told = Told::about(&folder.path().join("watch"));
        let feeds = disk.map_or_else(
            || folder.path().join("feeds"),
            |disk| disk.at().join("feeds"),
        );
        if disk.is_some() {
            let config = format!("[feeds]\nfolder = '{}'\n", feeds.display());
            fs::write(folder.path().join("config.toml"), config).unwrap();
        }
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new(program())
            .current_dir(folder.path())
            .env("FEEDWRIGHT_LISTEN", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut soak = Self {
            folder,
            feeds,
            child,
            started: Instant::now(),
            first: None,
            told,
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

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts the article of this number there.
    pub(super) fn drop(&self, name: &str, number: usize) {
        self.write(name, &article(number));
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A document of the feeds.
    pub(super) fn document(&self, name: &str) -> String {
        fs::read_to_string(self.feeds.join(name)).unwrap_or_default()
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    pub(super) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    pub(super) fn status(&self) -> serde_json::Value {
        let output = Command::new(program())
            .args(["status", "--json"])
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// One change in the folder: a new file, another article in one, which is
    /// `text`, another name, or none any more.
    pub(super) fn change(
        &self,
        files: &mut BTreeMap<usize, usize>,
        chance: &mut Chance,
        text: usize,
    ) {
        let path = |name: usize| {
            let name = format!("watch/{}/{name}.md", name % FOLDERS);
            self.folder.path().join(name)
        };
        let name = chance.below(NAMES);
        let other = chance.below(NAMES);
        match (files.contains_key(&name), chance.below(4)) {
            (true, 0) => {
                fs::remove_file(path(name)).unwrap();
                files.remove(&name);
            }
            (true, 1) if name != other => {
                fs::rename(path(name), path(other)).unwrap();
                let text = files.remove(&name).unwrap();
                files.insert(other, text);
            }
            _ => {
                fs::write(path(name), article(text)).unwrap();
                files.insert(name, text);
            }
        }
    }

    /// Waits until all that was done so far is in the feeds.
    pub(super) fn settle(&mut self, number: usize) {
        let title = format!("Marker {number} of the soak");
        self.write(
            "watch/marker.md",
            &format!("# {title}\n\nThe tide gauge number {number} was read.\n"),
        );
        self.wait_for("the marker", |soak| soak.document(MARKER).contains(&title));
        self.wait_for("the end of the pass", |soak| {
            let status = soak.status();
            status["pending"]["step"].is_null() && status["pending"]["documents"] == 0
        });
    }

    #[track_caller]
    pub(super) fn wait_for(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
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
            heap: field("RssAnon:"),
            threads: field("Threads:"),
            files: fs::read_dir(format!("/proc/{id}/fd")).unwrap().count(),
            cpu: times.map(|time| time.parse::<u64>().unwrap()).sum(),
        }
    }

    pub(super) fn head(&mut self, what: &str) {
        println!(
            "| {what} | events | memory, MB | of it heap | peak, MB | threads | open files | CPU, s | wall, s | log lines |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|");
        self.first = Some(self.taken());
        self.told.forget();
        self.row(0);
    }

    pub(super) fn row(&self, done: usize) {
        let Taken {
            memory,
            peak,
            heap,
            threads,
            files,
            cpu,
        } = self.taken();
        let mb = |kb: u64| kb as f64 / 1024.0;
        let lines = self.read("log").lines().count();
        println!(
            "| {done} | {} | {:.1} | {:.1} | {:.1} | {threads} | {files} | {:.1} | {:.0} | {lines} |",
            self.events(),
            mb(memory),
            mb(heap),
            mb(peak),
            cpu as f64 / 100.0,
            self.started.elapsed().as_secs_f64(),
        );
    }

    /// How many events there were in the watch folder since the table began.
    pub(super) fn events(&self) -> u64 {
        self.told.count()
    }

    /// Compares what it has with what it had, and ends it.
    pub(super) fn end(mut self) {
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
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, end: usize) -> usize {
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

/// A small disk in memory; unmounted when dropped.
pub(super) struct Disk(TempDir);

impl Disk {
    pub(super) fn mount() -> Self {
        let disk = Self(tempfile::tempdir().unwrap());
        let mount = ["-t", "tmpfs", "-o", "size=256m", "none"];
        let mounted = Command::new("mount").args(mount).arg(disk.at()).status();
        assert!(mounted.unwrap().success(), "mounting needs root");
        disk
    }

    pub(super) fn at(&self) -> &Path {
        self.0.path()
    }

    /// Leaves no room on it.
    pub(super) fn fill(&self) {
        let mut file = File::create(self.at().join("filler")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    pub(super) fn free(&self) {
        fs::remove_file(self.at().join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.at()).status();
    }
}
