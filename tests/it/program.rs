//! The real program on a temporary folder: what tests of the daemon and of the
//! commands have in common.

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long anything may take before a test gives up on it. Not a measure of
/// speed: the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// A folder with `watch/`, and the program to run on it.
pub(crate) struct Place {
    folder: TempDir,
}

/// An entry as a subscriber sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) published: String,
    pub(crate) updated: String,
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(place.path("watch")).unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedwright"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FEEDWRIGHT_") {
                command.env_remove(name);
            }
        }
        // Many run at once; those that are to serve say where.
        command
            .env_remove("STATE_DIRECTORY")
            .env("FEEDWRIGHT_LISTEN", "off");
        command
    }

    /// The program without the right of the system's owner to pass over those
    /// of files; nothing where he who runs the tests cannot give that up.
    #[cfg(unix)]
    pub(crate) fn bounded(&self, arguments: &[&str]) -> Option<Command> {
        const RIGHTS: &str = "-dac_override,-dac_read_search";
        let program = self.command(arguments);
        if !rustix::process::geteuid().is_root() {
            return Some(program);
        }
        let bounded = || {
            let mut command = Command::new("setpriv");
            command.args(["--bounding-set", RIGHTS, "--inh-caps", RIGHTS]);
            command
        };
        let tried = bounded().arg("true").stderr(Stdio::null()).status();
        if !tried.is_ok_and(|status| status.success()) {
            eprintln!("not tried: to this user everything is allowed");
            return None;
        }
        let mut command = bounded();
        command
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for (name, _) in program.get_envs() {
            command.env_remove(name);
        }
        Some(command)
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(&mut self.command(arguments))
    }

    /// The entries of the Atom feed; none when there is no feed yet. Panics
    /// when a feed on disk is not whole, or RSS and Atom do not agree.
    pub(crate) fn items(&self) -> Vec<Item> {
        let Ok(bytes) = fs::read(self.path("feeds/atom.xml")) else {
            return Vec::new();
        };
        let feed =
            atom_syndication::Feed::read_from(&bytes[..]).expect("the feed on disk is whole");
        let items: Vec<_> = feed
            .entries()
            .iter()
            .map(|entry| Item {
                id: entry.id().to_owned(),
                title: entry.title().as_str().to_owned(),
                published: entry.published().unwrap().to_rfc3339(),
                updated: entry.updated().to_rfc3339(),
            })
            .collect();
        let ids: BTreeSet<_> = items.iter().map(|item| &item.id).collect();
        assert_eq!(ids.len(), items.len(), "an entry stands twice in {items:?}");
        items
    }

    /// The entry with this title, if there is one.
    pub(crate) fn item(&self, title: &str) -> Option<Item> {
        self.items().into_iter().find(|item| item.title == title)
    }

    /// The titles, in order of the feed.
    pub(crate) fn titles(&self) -> Vec<String> {
        self.items().into_iter().map(|item| item.title).collect()
    }

    /// Starts the daemon, and waits until it has greeted.
    pub(crate) fn daemon(&self, arguments: &[&str]) -> Daemon {
        self.start(&mut self.command(arguments))
    }

    /// Starts a command that becomes the daemon, and waits until it has greeted.
    pub(crate) fn start(&self, command: &mut Command) -> Daemon {
        const GREETED: &str = "stop       Ctrl-C";
        let log = self.path("log");
        let before = fs::read_to_string(&log).unwrap_or_default();
        let file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let child = command.stdout(Stdio::null()).stderr(file).spawn().unwrap();
        let daemon = Daemon { child, log };
        wait_for("the greeting", || {
            daemon.log().matches(GREETED).count() > before.matches(GREETED).count()
        });
        daemon
    }
}

/// A daemon at work; killed when dropped.
pub(crate) struct Daemon {
    child: Child,
    log: PathBuf,
}

impl Daemon {
    /// Everything it has said so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let mut status = None;
        wait_for("the end of the daemon", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program ended with this code, and said these words.
#[track_caller]
pub(crate) fn says(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!(ended.code, Some(code), "{ended:?}");
    for word in words {
        assert!(ended.err.contains(word), "{word} is not in:\n{}", ended.err);
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let err = thread::spawn(move || {
        let mut err = String::new();
        stderr.read_to_string(&mut err).unwrap();
        err
    });
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    let code = child.wait().unwrap().code();
    Ended {
        code,
        out,
        err: err.join().unwrap(),
    }
}

/// An article about `what`: the same text for the same word, and texts that
/// have little in common for two of them.
pub(crate) fn article(title: &str, what: &str) -> String {
    let sentence = |number: u32| {
        let words = (0..14_u32).map(|place| {
            let seed = format!("{what} {number} {place}");
            let hash = seed.bytes().fold(2_166_136_261_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
            });
            let syllable = |shift: u32| {
                ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti"][(hash >> shift & 7) as usize]
            };
            format!("{}{}{}", syllable(3), syllable(9), syllable(15))
        });
        let text = words.collect::<Vec<_>>().join(" ");
        text[..1].to_uppercase() + &text[1..]
    };
    format!(
        "---\ntitle: {title}\ndate: 2026-03-04\n---\n\n\
         The council met about the {what} on Tuesday. {}. {}.\n\n\
         \"We will have the {what} before the winter comes,\" said Mayor Ada Lindqvist. \"{}.\"\n\n\
         {}. {}. Work on the {what} begins in May.\n",
        sentence(1),
        sentence(2),
        sentence(3),
        sentence(4),
        sentence(5)
    )
}

/// The file's number, size and time, to tell whether it was touched.
#[cfg(unix)]
pub(crate) fn touched(path: &Path) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).unwrap();
    (
        metadata.ino(),
        metadata.size(),
        metadata.mtime(),
        metadata.mtime_nsec(),
    )
}
