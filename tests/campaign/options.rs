//! What is asked for on the command line.

use crate::world::Set;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
--fault NAME     the fault to try, or several with commas between them
--all            all of them
--rounds N       how many rounds of each [20]
--kills N        how many rounds of being killed, if not as many
--jobs N         how many faults are tried at the same time [1]; rounds wait more
                 than they work, so four for each processor is not too many
--seed N         what chance follows from [1]
--set NAME       only with these settings of the program: default or small
--only N         only this round, in a place of its own
--failures N     how many failed rounds end a fault's rounds [3]
--bin PATH       another build of the program
--folder DIR     where places are made [the system's folder for such]
--apart          no article is moved and edited before that was seen
--keep           keep all places, not only those of failed rounds
--list           show the faults";

/// What to do.
pub(crate) enum Wanted {
    Rounds(Options),
    List,
}

#[derive(Debug)]
pub(crate) struct Options {
    /// All, when empty.
    pub(crate) faults: Vec<String>,
    pub(crate) rounds: u64,
    pub(crate) kills: Option<u64>,
    pub(crate) jobs: u64,
    pub(crate) seed: u64,
    pub(crate) set: Option<Set>,
    pub(crate) only: Option<u64>,
    pub(crate) failures: u64,
    pub(crate) binary: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) keep: bool,
    pub(crate) apart: bool,
}

/// Reads the arguments.
///
/// # Errors
///
/// In words, what is wrong with them.
pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let mut options = Options {
        faults: Vec::new(),
        rounds: 20,
        kills: None,
        jobs: 1,
        seed: 1,
        set: None,
        only: None,
        failures: 3,
        binary: env!("CARGO_BIN_EXE_feedwright").into(),
        folder: std::env::temp_dir(),
        keep: false,
        apart: false,
    };
    let mut asked = false;
    let mut arguments = arguments;
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{name} needs a value"));
        match &*name {
            "--list" => return Ok(Wanted::List),
            "--apart" => options.apart = true,
            "--keep" => options.keep = true,
            "--all" => asked = true,
            "--fault" => {
                asked = true;
                let names = value()?;
                options.faults.extend(names.split(',').map(str::to_owned));
            }
            "--kills" => options.kills = Some(number(&value()?)?),
            "--jobs" => options.jobs = number(&value()?)?.max(1),
            "--rounds" => options.rounds = number(&value()?)?,
            "--seed" => options.seed = number(&value()?)?,
            "--failures" => options.failures = number(&value()?)?,
            "--only" => options.only = Some(number(&value()?)?),
            "--bin" => options.binary = value()?.into(),
            "--folder" => options.folder = value()?.into(),
            "--set" => {
                options.set = Some(match &*value()? {
                    "default" => Set::Default,
                    "small" => Set::Small,
                    other => return Err(format!("there are no settings called {other}")),
                });
            }
            _ => return Err(format!("{name} is not known")),
        }
    }
    if !asked {
        return Err("which fault?".to_owned());
    }
    let whole = std::path::absolute(&options.binary);
    options.binary = whole.map_err(|error| error.to_string())?;
    Ok(Wanted::Rounds(options))
}

fn number(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is not a number"))
}
