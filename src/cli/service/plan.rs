//! What is written and done for a service, and how the manager answers: the same
//! for all of them.

use super::Refused;
use crate::config::Overrides;
use anyhow::Context as _;
use std::{
    env, fmt, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Stands in every file that is written, so that one of somebody else's is told
/// from it.
pub(super) const MARK: &str = "written by `feedwright service install`";

/// What is to be kept running.
#[derive(Debug)]
pub(super) struct Run {
    /// The program and its arguments; paths are absolute.
    pub(super) words: Vec<String>,
    /// The folder that it is started in, where it looks for its settings.
    pub(super) folder: String,
}

impl Run {
    /// This program as it is started now.
    pub(super) fn new(overrides: &Overrides) -> anyhow::Result<Self> {
        let program = env::current_exe().context("the system does not tell where feedwright is")?;
        let mut words = vec![text(&program)?];
        for (flag, path) in [
            ("--config", &overrides.config),
            ("--watch", &overrides.watch),
            ("--feeds", &overrides.feeds),
            ("--state", &overrides.state),
        ] {
            if let Some(path) = path {
                words.push(flag.to_owned());
                words.push(text(&std::path::absolute(path)?)?);
            }
        }
        if let Some(addresses) = &overrides.listen {
            let mut given: Vec<_> = addresses.iter().map(ToString::to_string).collect();
            if given.is_empty() {
                given.push("off".to_owned());
            }
            for address in given {
                words.extend(["--listen".to_owned(), address]);
            }
        }
        words.push("run".to_owned());
        let folder = env::current_dir().context("the system does not tell which folder this is")?;
        let folder = text(&folder)?;
        Ok(Self { words, folder })
    }
}

/// A path that can be written into a line.
fn text(path: &Path) -> anyhow::Result<String> {
    let text = path
        .to_str()
        .filter(|path| !path.contains(char::is_control));
    let text = text.with_context(|| {
        format!(
            "{} has characters in its name that no service can be given; rename it",
            path.display()
        )
    })?;
    Ok(text.to_owned())
}

/// A command of the manager's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    words: Vec<String>,
    /// Whether it matters that it is done.
    is_needed: bool,
}

impl Step {
    pub(super) fn new<S: Into<String>>(words: impl IntoIterator<Item = S>) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
            is_needed: true,
        }
    }

    /// One that fails where there is nothing to do.
    pub(super) fn if_any(mut self) -> Self {
        self.is_needed = false;
        self
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.words.iter().enumerate() {
            let between = if at == 0 { "" } else { " " };
            let quote = if word.contains(' ') { "'" } else { "" };
            write!(f, "{between}{quote}{word}{quote}")?;
        }
        Ok(())
    }
}

/// How the manager says that it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Runs,
    Failed,
    Stopped,
}

/// How a service is made of it.
pub(super) struct Plan {
    pub(super) file: PathBuf,
    pub(super) text: String,
    pub(super) install: Vec<Step>,
    /// What stops it, while there is the file.
    pub(super) uninstall: Vec<Step>,
    /// What is to be done when there is no file any more.
    pub(super) forget: Vec<Step>,
    /// The question how it stands, and what the answer means: also which process
    /// it is.
    pub(super) question: Step,
    pub(super) read: fn(&str) -> (Told, Option<u32>),
    /// What helps, by what the manager said.
    pub(super) remedy: fn(&str) -> String,
    /// The command that shows its log.
    pub(super) log: String,
    /// The command that keeps it running while nobody is logged in, and the file
    /// that tells that somebody has given it.
    pub(super) always: Option<(&'static str, PathBuf)>,
}

impl Plan {
    /// Why the file is left alone, if it is not of our making.
    pub(super) fn foreign(&self) -> Option<Refused> {
        let there = fs::read_to_string(&self.file).ok()?;
        (!there.contains(MARK)).then(|| {
            Refused::failed(format!(
                "nothing is changed: {} is there, and was not {MARK}; move it away first",
                self.file.display()
            ))
        })
    }

    /// Does what is to be done, up to the first thing that fails.
    pub(super) fn take(&self, steps: &[Step]) -> Result<(), Refused> {
        for step in steps {
            match self.said(step) {
                Err(refused) if step.is_needed => return Err(refused),
                _ => {}
            }
        }
        Ok(())
    }

    /// How it stands.
    pub(super) fn ask(&self) -> Result<Told, Refused> {
        Ok((self.read)(&self.said(&self.question)?).0)
    }

    /// The process that it runs as.
    pub(super) fn process(&self) -> Option<u32> {
        (self.read)(&self.said(&self.question).ok()?).1
    }

    /// The command that would keep it running always, unless that was given.
    pub(super) fn always(&self) -> Option<&'static str> {
        let (command, sign) = self.always.as_ref()?;
        (!sign.exists()).then_some(command)
    }

    /// What a command of the manager's prints.
    fn said(&self, step: &Step) -> Result<String, Refused> {
        let program = &step.words[0];
        let output = Command::new(program).args(&step.words[1..]).output();
        let output = output.map_err(|error| {
            Refused::failed(match error.kind() {
                io::ErrorKind::NotFound => format!(
                    "there is no `{program}`: services of this machine are not kept by it; have \
                     `feedwright run` started by what does that here"
                ),
                _ => format!("cannot run `{step}`: {error}"),
            })
        })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim();
        Err(Refused::failed(format!(
            "`{step}` failed: {said}\n{}",
            (self.remedy)(said)
        )))
    }
}
