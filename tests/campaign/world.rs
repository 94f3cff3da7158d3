//! A place where articles are dropped and a daemon runs, through many rounds:
//! what was given an id in the first is there in the last.

use crate::{
    articles::Mark,
    check,
    daemon::{Daemon, Launch, Program},
    model::Model,
    reader::{Look, Reader, Sweep},
    table::{Finding, Kind},
};
use rustix::process::Signal;
use std::{
    fmt::Arguments,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// How long the feeds may take to show what is in the folder, once nothing is
/// in the way any more: longer than the slowest of all periods by which
/// something lost comes to light, but the listing every five minutes.
const CATCH_UP: Duration = Duration::from_secs(45);

/// How long what is shown may be wrong and become right by itself.
const SHOWN: Duration = Duration::from_secs(5);

/// Between two looks.
const SHORT: Duration = Duration::from_millis(4);

/// With more lines of warning than this in one round, a log is flooded.
const FLOOD: usize = 60;

/// What the program is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// As it comes. All entries are in the current feed at any time.
    Default,
    /// So that archives close often, and many feeds come and go.
    Small,
}

/// Where the folders lie, if not beside each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    pub(crate) watch: Option<PathBuf>,
    pub(crate) feeds: Option<PathBuf>,
    pub(crate) state: Option<PathBuf>,
}

/// The place, and everything known about it.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) model: Model,
    pub(crate) look: Look,
    pub(crate) daemon: Option<Daemon>,
    program: Program,
    places: Places,
    reader: Option<Reader>,
    journal: fs::File,
    /// Where in the log the round began.
    round_from: usize,
    /// Whether the daemon has settled since it was started: one that comes up
    /// takes files as they are, also those that are half written.
    calm: bool,
    /// How often the fault has happened.
    pub(crate) hits: u64,
    begun: Instant,
}

impl World {
    /// A new place in this folder, which must be empty but for places.
    pub(crate) fn new(binary: &Path, folder: &Path, set: Set, places: Places) -> io::Result<Self> {
        let feeds = places.feeds.clone().unwrap_or_else(|| folder.join("feeds"));
        let watch = places.watch.clone().unwrap_or_else(|| folder.join("watch"));
        let state = places.state.clone();
        let state = state.unwrap_or_else(|| folder.join(".feedwright"));
        fs::create_dir_all(&watch)?;
        fs::create_dir_all(folder.join("outside"))?;
        let limits = match set {
            Set::Default => "",
            Set::Small => {
                "max-entries = 6\n[topics]\nmin-articles = 2\n[[feed]]\nname = 'Tram'\nquery = 'tramways'\n"
            }
        };
        let config = format!(
            "[watch]\nfolder = '{}'\n[state]\nfolder = '{}'\n[feeds]\nfolder = '{}'\n{limits}",
            watch.display(),
            state.display(),
            feeds.display()
        );
        fs::write(folder.join("config.toml"), config)?;
        let look = Look::new(feeds, set == Set::Default);
        Ok(Self {
            model: Model::default(),
            reader: Some(Reader::start(look.clone())),
            look,
            daemon: None,
            program: Program {
                binary: binary.to_owned(),
                folder: folder.to_owned(),
            },
            places: Places {
                watch: Some(watch),
                ..places
            },
            journal: fs::File::create(folder.join("journal"))?,
            round_from: 0,
            calm: true,
            hits: 0,
            begun: Instant::now(),
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.program.folder
    }

    pub(crate) fn watch(&self) -> PathBuf {
        self.places.watch.clone().unwrap_or_default()
    }

    pub(crate) fn feeds(&self) -> PathBuf {
        let beside = || self.folder().join("feeds");
        self.places.feeds.clone().unwrap_or_else(beside)
    }

    pub(crate) fn state(&self) -> PathBuf {
        let beside = || self.folder().join(".feedwright");
        self.places.state.clone().unwrap_or_else(beside)
    }

    /// A folder on the disk of the watch folder, and not in it.
    pub(crate) fn outside(&self) -> PathBuf {
        let beside = self.watch().with_file_name("outside");
        if beside.is_dir() {
            beside
        } else {
            self.folder().join("outside")
        }
    }

    /// Writes into the journal what is done.
    pub(crate) fn say(&mut self, what: Arguments<'_>) {
        let at = self.begun.elapsed().as_secs_f64();
        let _ = writeln!(self.journal, "{at:9.3} {what}");
    }

    /// Somebody takes the article away: it may be missing from now on.
    pub(crate) fn unsteady(&self, mark: &Mark) {
        self.look.shelf().memory.steady.remove(mark);
    }

    /// One article has taken the place of another.
    pub(crate) fn replaced(&self, new: &Mark, old: Mark) {
        self.look.shelf().memory.replaced.insert(new.clone(), old);
    }

    /// Whether a file may be written slowly, and is not taken before it is
    /// whole.
    pub(crate) fn is_calm(&self) -> bool {
        self.calm || self.daemon.is_none()
    }

    /// A round begins.
    pub(crate) fn round(&mut self, number: u64) {
        self.say(format_args!("round {number}"));
        self.round_from = self.log().len();
    }

    /// What the daemons have said since the round began.
    pub(crate) fn said(&self) -> String {
        let log = self.log();
        log.get(self.round_from..).unwrap_or_default().to_owned()
    }

    fn log(&self) -> String {
        let log = fs::read(self.log_file()).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    fn log_file(&self) -> PathBuf {
        self.folder().join("log")
    }

    /// Starts the daemon, unless it runs, and waits until it has come up.
    pub(crate) fn start(&mut self) -> Result<(), Finding> {
        self.start_as(&Launch::default())
    }

    pub(crate) fn start_as(&mut self, launch: &Launch) -> Result<(), Finding> {
        if self.daemon.is_some() {
            return Ok(());
        }
        self.spawn(launch)?;
        let greeted = self.daemon.as_mut().map_or(Ok(()), Daemon::greeted);
        greeted.map_err(|words| {
            self.daemon = None;
            Finding::new(Kind::Other, words)
        })
    }

    /// Starts the daemon without waiting.
    pub(crate) fn spawn(&mut self, launch: &Launch) -> Result<(), Finding> {
        self.say(format_args!("start {:?}", launch.wrapper));
        self.calm = false;
        let daemon = self.program.start(launch, &self.log_file());
        let failed = |error| Finding::new(Kind::Other, format!("it cannot be started: {error}"));
        self.daemon = Some(daemon.map_err(failed)?);
        Ok(())
    }

    /// Kills the daemon, and looks at what it leaves.
    pub(crate) fn kill(&mut self) {
        self.say(format_args!("kill"));
        if let Some(daemon) = &mut self.daemon {
            daemon.signal(Signal::KILL);
            daemon.end();
        }
        self.daemon = None;
        self.look.sweep(Sweep::All);
    }

    /// Stops the daemon as a service manager does.
    pub(crate) fn stop(&mut self) -> Result<(), Finding> {
        self.say(format_args!("stop"));
        let Some(mut daemon) = self.daemon.take() else {
            return Ok(());
        };
        daemon.signal(Signal::TERM);
        match daemon.end() {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(Finding::new(
                Kind::Other,
                format!("told to stop, it ended with {status}"),
            )),
            None => Err(Finding::new(Kind::Other, "it does not stop")),
        }
    }

    /// Whether the daemon is there still.
    pub(crate) fn is_running(&mut self) -> bool {
        let daemon = self.daemon.as_mut();
        daemon.is_some_and(|daemon| daemon.ended().is_none())
    }

    /// Waits until the feeds show what is in the folder, starting the daemon if
    /// there is none, and holds all that is seen then against the model.
    ///
    /// # Errors
    ///
    /// All that is not as it has to be.
    pub(crate) fn settle(&mut self) -> Result<(), Vec<Finding>> {
        self.start().map_err(|finding| vec![finding])?;
        self.catch_up()
    }

    /// As [`World::settle`], for a daemon that has to be there.
    ///
    /// # Errors
    ///
    /// All that is not as it has to be.
    pub(crate) fn catch_up(&mut self) -> Result<(), Vec<Finding>> {
        let start = Instant::now();
        loop {
            let findings = check::whole(self);
            if findings.is_empty() {
                break;
            }
            if !self.is_running() {
                let said = self.said();
                let last: Vec<&str> = said.lines().rev().take(3).collect();
                let words = format!("the daemon ended by itself: {last:?}");
                return Err(vec![Finding::new(Kind::Other, words)]);
            }
            // An id that was given does not go away by waiting.
            let healing = findings.iter().any(|one| one.kind != Kind::Id);
            if start.elapsed() > if healing { CATCH_UP } else { SHOWN } {
                self.say(format_args!("given up"));
                return Err(findings);
            }
            thread::sleep(SHORT.min(start.elapsed()));
        }
        self.say(format_args!("all is well"));
        self.model.all_known();
        self.calm = true;
        let marks = self.model.live.keys().cloned().collect();
        self.look.shelf().memory.steady = marks;
        self.complaints()
    }

    /// What was seen meanwhile, and what the log should not have.
    fn complaints(&mut self) -> Result<(), Vec<Finding>> {
        self.look.sweep(Sweep::All);
        let mut findings: Vec<Finding> = {
            let mut shelf = self.look.shelf();
            std::mem::take(&mut shelf.memory.findings)
                .into_iter()
                .collect()
        };
        let said = self.said();
        if let Some(line) = said.lines().find(|line| line.contains("panicked")) {
            findings.push(Finding::new(Kind::Other, line));
        }
        let loud = |line: &&str| line.contains(" WARN ") || line.contains(" ERROR ");
        let warnings = said.lines().filter(loud).count();
        if warnings > FLOOD {
            let words = format!("{warnings} lines of warning in one round");
            findings.push(Finding::new(Kind::Other, words));
        }
        if findings.is_empty() {
            Ok(())
        } else {
            Err(findings)
        }
    }

    /// Waits until the daemon has told of this file.
    ///
    /// # Errors
    ///
    /// When it does not.
    pub(crate) fn told_of(&self, file: &Path) -> Result<(), Vec<Finding>> {
        let start = Instant::now();
        while !self.said().contains(&*file.to_string_lossy()) {
            if start.elapsed() > CATCH_UP {
                let words = format!("nothing is told of {}", file.display());
                return Err(vec![Finding::new(Kind::Other, words)]);
            }
            thread::sleep(SHORT);
        }
        Ok(())
    }

    /// Stops the daemon, and asks the program itself about what it wrote: a
    /// second build writes nothing, and the feeds pass its own check.
    ///
    /// # Errors
    ///
    /// All that is not as it has to be.
    pub(crate) fn inspect(&mut self) -> Result<(), Vec<Finding>> {
        self.stop().map_err(|finding| vec![finding])?;
        check::program(&self.program, &self.feeds())?;
        let findings = check::whole(self);
        if findings.is_empty() {
            self.complaints()
        } else {
            Err(findings)
        }
    }

    /// How many articles there have been.
    pub(crate) fn articles(&self) -> u64 {
        self.model.made
    }

    /// The catalogue is lost: what is not in the feeds now cannot be known.
    pub(crate) fn forget_deleted(&mut self) {
        self.model.deleted.clear();
        self.look.shelf().memory.forget_pages();
    }

    /// Ends the daemon and the reader. Of what lies on a disk that will be taken
    /// away, copies are kept if asked for.
    pub(crate) fn end(mut self, keep: bool) -> PathBuf {
        self.daemon = None;
        self.reader = None;
        let folder = self.folder().to_owned();
        for away in [&self.places.feeds, &self.places.state] {
            if let Some(away) = away.as_ref().filter(|_| keep) {
                let _ = Command::new("cp").arg("-a").arg(away).arg(&folder).status();
            }
        }
        folder
    }
}
