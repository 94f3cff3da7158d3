//! The campaign: the real program, a folder in which articles are dropped,
//! edited, renamed, deleted and brought back at random, and a fault that
//! happens at random instants; round after round in one place, with a reader
//! that looks at the feeds all the while.
//!
//! After each round, what is published is held against a model of what was
//! done: every article has one entry, under the id that it was first given, in
//! its last edition, with dates that do not move, and no entry is without its
//! article; every document was whole whenever it was looked at; archives are
//! complete; and a second build writes nothing.
//!
//! Not one of the tests that `cargo test` runs by itself, since it takes hours
//! and some faults need root:
//!
//! ```text
//! cargo test --test campaign -- --list
//! cargo test --test campaign -- --fault kill --rounds 1000 --seed 1
//! cargo test --test campaign -- --all --rounds 100 --kills 1000 --jobs 8
//! ```

#![allow(clippy::print_stdout, reason = "the table is for whoever runs it")]

mod acts;
mod articles;
mod check;
mod daemon;
mod documents;
mod faults;
mod jobs;
mod memory;
mod model;
mod options;
mod reader;
mod rng;
mod rounds;
mod table;
mod ways;
mod world;

use options::{Options, Wanted};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(Wanted::Rounds(options)) => options,
        Ok(Wanted::List) => {
            list();
            return ExitCode::SUCCESS;
        }
        Err(words) => {
            eprintln!("{words}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    run(&options)
}

fn list() {
    for fault in faults::all() {
        let skipped = fault.ready().err();
        let skipped = skipped.map_or(String::new(), |why| format!(" (skipped here: {why})"));
        println!("{:<16} {}{skipped}", fault.name(), fault.about());
    }
}

fn run(options: &Options) -> ExitCode {
    let rows = jobs::run(options);
    if rows.is_empty() {
        eprintln!("there is no such fault; --list shows all");
        return ExitCode::from(2);
    }
    println!("{}", table::render(&rows));
    if rows.iter().all(table::Row::is_clean) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
