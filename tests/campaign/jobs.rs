//! Several faults at the same time: a round waits for the program most of the
//! while. Every fault has its own places and its own daemons.

use crate::{
    faults,
    options::Options,
    rounds::{self, SETS},
    table::Row,
    world::Set,
};
use std::{
    sync::{Mutex, PoisonError},
    thread,
};

/// A fault, by its place among all, with one set of the program's settings.
struct Job {
    fault: usize,
    set: (Set, &'static str),
    rounds: u64,
}

/// Tries the faults that are asked for; gives a row for each, in their order.
pub(crate) fn run(options: &Options) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut beside = Vec::new();
    let mut alone = Vec::new();
    for (number, fault) in faults::all().iter().enumerate() {
        let name = fault.name();
        if !options.faults.is_empty() && !options.faults.iter().any(|wanted| wanted == name) {
            continue;
        }
        let skipped = fault.ready().err();
        if let Some(why) = &skipped {
            eprintln!("{name}: skipped: {why}");
        } else {
            let jobs = if fault.disturbs() {
                &mut alone
            } else {
                &mut beside
            };
            jobs.extend(shared_out(number, name, options));
        }
        rows.push(Row {
            fault: name.to_owned(),
            skipped,
            ..Row::default()
        });
    }
    // The longest first, so that nobody waits for it in the end.
    beside.sort_by_key(|job: &Job| job.rounds);
    for (jobs, at_once) in [(beside, options.jobs), (alone, 1)] {
        for done in work(jobs, at_once, options) {
            let row = rows.iter_mut().find(|row| row.fault == done.fault);
            row.expect("each job is of one of them").add(&done);
        }
    }
    rows
}

/// The rounds of a fault: half of them with either settings.
fn shared_out(fault: usize, name: &str, options: &Options) -> Vec<Job> {
    let sets = SETS.iter();
    let sets: Vec<_> = sets
        .filter(|(set, _)| options.set.is_none_or(|only| only == *set))
        .collect();
    let kills = options.kills.filter(|_| name == "kill");
    let mut rest = kills.unwrap_or(options.rounds);
    let mut jobs = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        let rounds = rest.div_ceil((sets.len() - number) as u64);
        rest -= rounds;
        jobs.push(Job {
            fault,
            set: **set,
            rounds,
        });
    }
    jobs
}

/// Does the last of the jobs first, so many at the same time.
fn work(jobs: Vec<Job>, at_once: u64, options: &Options) -> Vec<Row> {
    let jobs = Mutex::new(jobs);
    let rows = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).pop();
                while let Some(job) = next() {
                    let mut fault = faults::all().swap_remove(job.fault);
                    let row = rounds::of(&mut *fault, job.set, job.rounds, options);
                    let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
                    rows.push(row);
                }
            });
        }
    });
    rows.into_inner().unwrap_or_else(PoisonError::into_inner)
}
