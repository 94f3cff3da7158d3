//! Limits that are lowered while it runs, and errors of the disk at random
//! (`libfiu`).

use super::{
    Fault,
    tools::{afterwards, done, goes_on, id, meanwhile, need, one, run, word},
};
use crate::{daemon::Launch, rng::Rng, table::Finding, world::World};
use std::fs;

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let limit = |name, about, of| -> Box<dyn Fault> { Box::new(Limit { name, about, of }) };
    vec![
        limit(
            "nofile",
            "no more files may be opened, for a while (RLIMIT_NOFILE)",
            Of::Files,
        ),
        limit(
            "fsize",
            "no file may become larger, for a while (RLIMIT_FSIZE)",
            Of::Size,
        ),
        Box::new(Random),
    ]
}

#[derive(Clone, Copy)]
enum Of {
    Files,
    Size,
}

struct Limit {
    name: &'static str,
    about: &'static str,
    of: Of,
}

impl Fault for Limit {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        need(&["prlimit"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let id = id(world)?;
        let (option, low, high) = match self.of {
            Of::Files => {
                let open = done(fs::read_dir(format!("/proc/{id}/fd")))?.count() as u64;
                ("nofile", open + rng.below(6), "1024")
            }
            Of::Size => ("fsize", rng.below(64) * 512, "unlimited"),
        };
        let set = |to: &str| run(&["prlimit", "--pid", &id, &format!("--{option}={to}:")]);
        world.say(format_args!("{option} is {low}"));
        done(set(&low.to_string()))?;
        world.hits += 1;
        meanwhile(world, rng, 300)?;
        goes_on(world, &format!("{option} {low}"))?;
        done(set(high))?;
        world.say(format_args!("{option} is as before"));
        afterwards(world, rng)
    }
}

/// Calls that fail, or do less than was asked for. Not those that threads wake
/// each other with.
const POINTS: [&str; 10] = [
    "posix/io/rw/pwrite",
    "posix/io/rw/pwrite/reduce",
    "posix/io/rw/pread",
    "posix/io/rw/pread/reduce",
    "posix/io/rw/ftruncate",
    "posix/io/sync/*",
    "posix/io/oc/open",
    "posix/io/dir/opendir",
    "posix/io/dir/rename",
    "posix/io/dir/unlink",
];

/// EIO, ENOSPC, EDQUOT.
const ERRORS: [u32; 3] = [5, 28, 122];

struct Random;

impl Fault for Random {
    fn name(&self) -> &'static str {
        "random-io"
    }

    fn about(&self) -> &'static str {
        "calls fail or are cut short at random, several kinds at once (fiu-run)"
    }

    fn ready(&self) -> Result<(), String> {
        need(&["fiu-run", "fiu-ctrl"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        let pipes = world.folder().join("fiu");
        let launch = Launch::under(["fiu-run", "-x", "-f", word(&pipes)]);
        if rng.chance(10) {
            world.kill();
        }
        world.start_as(&launch).map_err(one)?;
        let id = id(world)?;
        if !pipes.with_file_name(format!("fiu-{id}.in")).exists() {
            // One that was started without it.
            world.kill();
            return Ok(());
        }
        let control = |command: &str| run(&["fiu-ctrl", "-f", word(&pipes), "-c", command, &id]);
        let mut on = Vec::new();
        for _ in 0..rng.between(1, 3) {
            let point = *rng.pick(&POINTS);
            let percent = rng.between(2, 60);
            let error = rng.pick(&ERRORS);
            let command = format!(
                "enable_random name={point},failinfo={error},probability={}.{:02}",
                percent / 100,
                percent % 100
            );
            world.say(format_args!("{command}"));
            done(control(&command))?;
            on.push(point);
            world.hits += 1;
        }
        meanwhile(world, rng, 300)?;
        goes_on(world, &format!("{on:?}"))?;
        for point in on {
            done(control(&format!("disable name={point}")))?;
        }
        world.say(format_args!("all calls work again"));
        Ok(())
    }
}
