//! The rounds of one fault.

use crate::{
    faults::Fault,
    options::Options,
    rng::Rng,
    table::{Finding, Kind, Row},
    world::{Set, World},
};
use std::{
    fs,
    path::PathBuf,
    process,
    time::{Duration, Instant},
};

/// Articles that are in the folder before the first round.
const FIRST: u64 = 10;

/// After so many rounds the program itself is asked about what it wrote.
const INSPECTED: u64 = 20;

pub(crate) const SETS: [(Set, &str); 2] = [(Set::Default, "default"), (Set::Small, "small")];

/// How often somebody is told how far it is.
const TOLD: Duration = Duration::from_secs(30);

/// Tries a fault with one set of the program's settings.
pub(crate) fn of(
    fault: &mut dyn Fault,
    (set, name): (Set, &'static str),
    rounds: u64,
    options: &Options,
) -> Row {
    let mut row = Row {
        fault: fault.name().to_owned(),
        ..Row::default()
    };
    let mut series = Series {
        fault,
        options,
        set,
        name,
        row: &mut row,
        places: 0,
    };
    series.run(rounds);
    row
}

/// The rounds of a fault with one set of settings.
struct Series<'a> {
    fault: &'a mut dyn Fault,
    options: &'a Options,
    set: Set,
    name: &'static str,
    row: &'a mut Row,
    places: u64,
}

impl Series<'_> {
    fn run(&mut self, rounds: u64) {
        let numbers: Vec<u64> = match self.options.only {
            Some(only) => vec![only],
            None => (0..rounds).collect(),
        };
        let start = Instant::now();
        let mut told = Instant::now();
        let mut world: Option<World> = None;
        let mut failed = 0;
        for (done, number) in numbers.iter().enumerate() {
            let last = done + 1 == numbers.len();
            let mut tried = match world.take() {
                Some(world) => Ok(world),
                None => self.place(*number),
            };
            let result = match &mut tried {
                Ok(world) => self.round(world, *number, last),
                Err(findings) => Err(std::mem::take(findings)),
            };
            self.row.rounds += 1;
            if let Err(findings) = result {
                failed += 1;
                self.failed(*number, &findings, tried.ok());
                if failed >= self.options.failures {
                    eprintln!("{}: enough failed", self.fault.name());
                    break;
                }
            } else {
                world = tried.ok();
            }
            if told.elapsed() >= TOLD {
                told = Instant::now();
                eprintln!(
                    "{} ({}): {} of {} rounds, {failed} failed, {:.1} s",
                    self.fault.name(),
                    self.name,
                    done + 1,
                    numbers.len(),
                    start.elapsed().as_secs_f64()
                );
            }
        }
        if let Some(world) = world {
            self.leave(world, self.options.keep);
        }
    }

    /// A new place, with the first articles in the feeds.
    fn place(&mut self, number: u64) -> Result<World, Vec<Finding>> {
        let other = |words: String| vec![Finding::new(Kind::Other, words)];
        let folder = self.folder();
        self.places += 1;
        fs::create_dir_all(&folder).map_err(|error| other(error.to_string()))?;
        let places = self.fault.prepare(&folder).map_err(other)?;
        let world = World::new(&self.options.binary, &folder, self.set, places);
        let mut world = world.map_err(|error| other(error.to_string()))?;
        world.model.apart = self.options.apart;
        let mut rng = self.rng("first", number);
        for _ in 0..FIRST {
            let dropped = world.drop_new(&mut rng);
            dropped.map_err(|error| other(error.to_string()))?;
        }
        match world.settle() {
            Ok(()) => Ok(world),
            Err(findings) => {
                self.leave(world, true);
                Err(findings)
            }
        }
    }

    fn folder(&self) -> PathBuf {
        let name = format!(
            "feedwright-campaign-{}-{}-{}-{}",
            process::id(),
            self.fault.name(),
            self.name,
            self.places
        );
        self.options.folder.join(name)
    }

    fn rng(&self, what: &str, number: u64) -> Rng {
        let what = format!("{} {} {what}", self.fault.name(), self.name);
        Rng::new(self.options.seed, &what, number)
    }

    fn round(&mut self, world: &mut World, number: u64, last: bool) -> Result<(), Vec<Finding>> {
        world.round(number);
        let mut rng = self.rng("round", number);
        self.fault.round(world, &mut rng)?;
        world.settle()?;
        if last || number % INSPECTED == INSPECTED - 1 {
            world.inspect()?;
        }
        Ok(())
    }

    fn failed(&mut self, number: u64, findings: &[Finding], world: Option<World>) {
        self.row.failed += 1;
        self.row.count(findings);
        let fault = self.fault.name();
        eprintln!("{fault}: round {number} failed");
        for finding in findings.iter().take(12) {
            eprintln!("  {:?}: {}", finding.kind, finding.words);
        }
        let again = format!(
            "--fault {fault} --seed {} --set {}",
            self.options.seed, self.name
        );
        eprintln!(
            "  again: {again} --only {number}, or with all before it: {again} --rounds {}",
            number + 1
        );
        if let Some(world) = world {
            eprintln!("  kept: {}", world.folder().display());
            self.leave(world, true);
        }
    }

    fn leave(&mut self, world: World, keep: bool) {
        self.row.articles += usize::try_from(world.articles()).unwrap_or(usize::MAX);
        self.row.hits += world.hits;
        self.row.documents += world.look.shelf().memory.documents;
        let folder = world.end(keep);
        self.fault.finish();
        if !keep {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
