//! What happens to the catalogue: damaged, locked, asked for by two.

use super::{
    Fault,
    tools::{done, need, one, other},
};
use crate::{
    daemon::{Daemon, Launch},
    rng::Rng,
    table::Finding,
    world::World,
};
use std::{
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    vec![Box::new(Two), Box::new(Locked), Box::new(Damaged)]
}

struct Two;

impl Fault for Two {
    fn name(&self) -> &'static str {
        "two"
    }

    fn about(&self) -> &'static str {
        "a second daemon is started, or both at once: one works, the other says why not"
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        if rng.chance(50) {
            world.kill();
        }
        let acts = rng.between(0, 3);
        done(world.act(rng, acts))?;
        if world.daemon.is_none() {
            world.spawn(&Launch::default()).map_err(one)?;
        }
        thread::sleep(rng.moment(30));
        let first = world.daemon.take();
        world.spawn(&Launch::default()).map_err(one)?;
        let second = world.daemon.take();
        let acts = rng.between(1, 4);
        done(world.act(rng, acts))?;
        let (Some(mut first), Some(mut second)) = (first, second) else {
            return Err(other("they were not started"));
        };
        // One of them ends, and within its patience for a restart.
        for _ in 0..500 {
            let ended = match (first.ended(), second.ended()) {
                (None, None) => {
                    thread::sleep(Duration::from_millis(10));
                    continue;
                }
                (Some(_), Some(_)) => return Err(other("neither of two daemons stays")),
                (Some(status), None) => {
                    std::mem::swap(&mut first, &mut second);
                    status
                }
                (None, Some(status)) => status,
            };
            let said = second.said();
            if ended.code() != Some(1) || !said.contains("is held by") {
                return Err(other(format!("the second ended with {ended}: {said}")));
            }
            world.daemon = Some(first);
            world.hits += 1;
            return Ok(());
        }
        Err(other("two daemons run at once"))
    }
}

struct Locked;

impl Fault for Locked {
    fn name(&self) -> &'static str {
        "locked"
    }

    fn about(&self) -> &'static str {
        "the catalogue is locked for a while by somebody's sqlite3"
    }

    fn ready(&self) -> Result<(), String> {
        need(&["sqlite3"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let mut shell = Command::new("sqlite3");
        shell
            .arg(world.state().join("catalogue.db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut shell = done(shell.spawn())?;
        let kind = *rng.pick(&["IMMEDIATE", "EXCLUSIVE"]);
        if let (Some(stdin), Some(stdout)) = (&mut shell.stdin, &mut shell.stdout) {
            let begin = format!(".timeout 5000\nBEGIN {kind};\nSELECT 'locked';\n");
            done(stdin.write_all(begin.as_bytes()))?;
            let mut told = [0; 7];
            done(stdout.read_exact(&mut told))?;
        }
        world.say(format_args!("locked"));
        world.hits += 1;
        let acts = rng.between(1, 4);
        done(world.act(rng, acts))?;
        // Longer than anybody waits for a lock, now and then.
        let most = if rng.chance(10) { 12_000 } else { 1500 };
        thread::sleep(Duration::from_millis(rng.between(50, most)));
        let running = world.is_running();
        // Its input ends, and so does the lock.
        drop(shell.stdin.take());
        done(shell.wait())?;
        world.say(format_args!("not locked any more"));
        if running {
            Ok(())
        } else {
            Err(other(format!("a lock ended it: {}", world.said())))
        }
    }
}

struct Damaged;

impl Fault for Damaged {
    fn name(&self) -> &'static str {
        "damaged"
    }

    fn about(&self) -> &'static str {
        "the catalogue is damaged at random bytes, cut short, or lost after a kill"
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let acts = rng.between(0, 3);
        done(world.act(rng, acts))?;
        // Only what the feeds show can be known again: an article that was
        // withdrawn, or whose last state is not in the feeds, is not.
        world.settle()?;
        world.kill();
        world.forget_deleted();
        done(damage(&world.state().join("catalogue.db"), rng))?;
        world.say(format_args!("the catalogue is damaged"));
        world.hits += 1;
        world.spawn(&Launch::default()).map_err(one)?;
        let came_up = world.daemon.as_mut().map_or(Ok(()), Daemon::greeted);
        if let Err(words) = came_up {
            return Err(other(format!("a damaged catalogue keeps it down: {words}")));
        }
        let acts = rng.between(0, 2);
        done(world.act(rng, acts))
    }
}

fn damage(file: &Path, rng: &mut Rng) -> std::io::Result<()> {
    let mut db = fs::File::options().read(true).write(true).open(file)?;
    let length = db.metadata()?.len();
    match rng.below(6) {
        0 => db.set_len(rng.below(length)),
        1 => fs::remove_file(file),
        // The header.
        2 => {
            db.seek(SeekFrom::Start(rng.below(100)))?;
            db.write_all(&rng.next().to_le_bytes())
        }
        // Sectors of nothing, as a disk gives them.
        3 => {
            let at = rng.below(length.div_ceil(512)) * 512;
            db.seek(SeekFrom::Start(at))?;
            db.write_all(&[0; 4096])
        }
        _ => {
            for _ in 0..rng.between(1, 40) {
                db.seek(SeekFrom::Start(rng.below(length)))?;
                db.write_all(&rng.next().to_le_bytes()[..1])?;
            }
            Ok(())
        }
    }
}
