//! The real program: started in every way that a fault asks for, signaled,
//! killed, and listened to.

use rustix::process::{Pid, Signal, kill_process};
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long anything may take before it is given up. Not a measure of speed:
/// the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// What it says last when it has come up.
pub(crate) const GREETING: &str = "stop       Ctrl-C";

const PAUSE: Duration = Duration::from_millis(2);

/// How the program is started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Launch {
    /// What stands before it on the command line. It must become the program,
    /// or leave it as the direct child.
    pub(crate) wrapper: Vec<OsString>,
    pub(crate) environment: Vec<(OsString, OsString)>,
}

impl Launch {
    pub(crate) fn under<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let wrapper = words.into_iter().map(|word| word.as_ref().into()).collect();
        Self {
            wrapper,
            ..Self::default()
        }
    }
}

/// Where the program runs, and which.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) binary: PathBuf,
    /// The folder that it is started in.
    pub(crate) folder: PathBuf,
}

impl Program {
    pub(crate) fn command(&self, launch: &Launch, arguments: &[&str]) -> Command {
        let mut words = launch.wrapper.iter().cloned();
        let mut command = match words.next() {
            Some(first) => {
                let mut command = Command::new(first);
                command.args(words).arg(&self.binary);
                command
            }
            None => Command::new(&self.binary),
        };
        command
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FEEDWRIGHT_") {
                command.env_remove(name);
            }
        }
        command
            .env_remove("STATE_DIRECTORY")
            .env("FEEDWRIGHT_LISTEN", "off")
            .env("RUST_BACKTRACE", "0")
            .envs(launch.environment.iter().cloned());
        command
    }

    /// Runs it to its end; gives its status and what it said.
    pub(crate) fn run(&self, arguments: &[&str]) -> io::Result<(ExitStatus, String)> {
        let output = self.command(&Launch::default(), arguments).output()?;
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok((output.status, said))
    }

    /// Starts the daemon. It may not have come up yet.
    pub(crate) fn start(&self, launch: &Launch, log: &Path) -> io::Result<Daemon> {
        let file = fs::OpenOptions::new().create(true).append(true).open(log)?;
        let from = file.metadata()?.len();
        let child = self
            .command(launch, &["run"])
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()?;
        Ok(Daemon {
            child,
            log: log.to_owned(),
            from: usize::try_from(from).unwrap_or(usize::MAX),
        })
    }
}

/// The daemon; killed when dropped.
#[derive(Debug)]
pub(crate) struct Daemon {
    child: Child,
    log: PathBuf,
    /// Where in the log it began.
    from: usize,
}

impl Daemon {
    /// What it has said.
    pub(crate) fn said(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(log.get(self.from..).unwrap_or_default()).into_owned()
    }

    /// Waits until it has greeted.
    ///
    /// # Errors
    ///
    /// What it said when it ended before, or when patience did.
    pub(crate) fn greeted(&mut self) -> Result<(), String> {
        let start = Instant::now();
        while !self.said().contains(GREETING) {
            if let Some(status) = self.ended() {
                return Err(format!("it ended with {status}: {}", self.said()));
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("it does not come up: {}", self.said()));
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = Pid::from_child(&self.child);
        // It may have ended by itself.
        let _ = kill_process(id, signal);
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> Option<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.ended() {
                return Some(status);
            }
            thread::sleep(PAUSE);
        }
        None
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
