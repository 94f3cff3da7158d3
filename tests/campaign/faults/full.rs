//! Disks that are full, have no inodes left, or cannot be written to for a
//! while: small file systems in memory.

use super::{
    Fault,
    tools::{Mounted, afterwards, done, fill, meanwhile, need, need_root, one, other},
};
use crate::{
    rng::Rng,
    table::Finding,
    world::{Places, World},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let disk = |name, about, on, how| -> Box<dyn Fault> {
        Box::new(Disk {
            name,
            about,
            on,
            how,
            mounted: Vec::new(),
        })
    };
    vec![
        disk(
            "full-feeds",
            "the disk of the feeds is full, and has room again",
            On::Feeds,
            How::Full,
        ),
        disk(
            "full-state",
            "the disk of the catalogue is full, and has room again",
            On::State,
            How::Full,
        ),
        disk(
            "full-both",
            "the disk of both is full, and has room again",
            On::Both,
            How::Full,
        ),
        disk(
            "inodes-feeds",
            "the disk of the feeds has no inodes left, and has some again",
            On::Feeds,
            How::NoInodes,
        ),
        disk(
            "inodes-both",
            "the disk of both has no inodes left, and has some again",
            On::Both,
            How::NoInodes,
        ),
        disk(
            "read-only",
            "the disk of the feeds turns read-only, and writable again",
            On::Feeds,
            How::ReadOnly,
        ),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Feeds,
    State,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Full,
    NoInodes,
    ReadOnly,
}

struct Disk {
    name: &'static str,
    about: &'static str,
    on: On,
    how: How,
    mounted: Vec<Mounted>,
}

/// Room for the feeds and the catalogue of some hundred articles, and no more
/// than takes a moment to fill.
const SIZE: &str = "size=96m,nr_inodes=20000";

impl Fault for Disk {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        need_root()?;
        need(&["mount", "umount"])
    }

    fn prepare(&mut self, folder: &Path) -> Result<Places, String> {
        let at = folder.join("disk");
        let mounted = Mounted::new(at.clone(), &["-t", "tmpfs", "-o", SIZE, "none"]);
        self.mounted = vec![mounted.map_err(|error| error.to_string())?];
        let feeds = (self.on != On::State).then(|| at.join("feeds"));
        let state = (self.on != On::Feeds).then(|| at.join("state"));
        Ok(Places {
            feeds,
            state,
            ..Places::default()
        })
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        let Some(disk) = self.mounted.first() else {
            return Err(other("nothing is mounted"));
        };
        world.start().map_err(one)?;
        let acts = rng.between(0, 2);
        done(world.act(rng, acts))?;
        let fault = done(self.how.cause(disk, rng))?;
        world.say(format_args!("{} begins", self.name));
        world.hits += 1;
        meanwhile(world, rng, 400)?;
        // It may be killed, but comes up only when there is room.
        if rng.chance(15) {
            world.kill();
            let acts = rng.between(0, 2);
            done(world.act(rng, acts))?;
        }
        done(fault.end(disk))?;
        world.say(format_args!("{} is over", self.name));
        afterwards(world, rng)
    }

    fn finish(&mut self) {
        self.mounted.clear();
    }
}

/// What is in the way.
enum Cause {
    Filler(PathBuf),
    Files(PathBuf),
    ReadOnly,
}

impl How {
    fn cause(self, disk: &Mounted, rng: &mut Rng) -> io::Result<Cause> {
        match self {
            Self::Full => {
                let filler = fill(&disk.at)?;
                // Room for some of what is written, and not for all.
                if rng.chance(60) {
                    let file = fs::File::options().write(true).open(&filler)?;
                    let room = rng.between(1, 60) * 4096;
                    file.set_len(file.metadata()?.len().saturating_sub(room))?;
                }
                Ok(Cause::Filler(filler))
            }
            Self::NoInodes => {
                let folder = disk.at.join(".files");
                fs::create_dir_all(&folder)?;
                let mut number = 0_u64;
                while fs::File::create(folder.join(number.to_string())).is_ok() {
                    number += 1;
                }
                let spared = rng.below(12).min(number);
                for number in 0..spared {
                    fs::remove_file(folder.join(number.to_string()))?;
                }
                Ok(Cause::Files(folder))
            }
            Self::ReadOnly => {
                // Not while something is being written: then it is refused.
                let mut tried = disk.remount("ro");
                for _ in 0..50 {
                    if tried.is_ok() {
                        break;
                    }
                    thread::sleep(Duration::from_millis(10));
                    tried = disk.remount("ro");
                }
                tried.map(|()| Cause::ReadOnly)
            }
        }
    }
}

impl Cause {
    fn end(self, disk: &Mounted) -> io::Result<()> {
        match self {
            Self::Filler(file) => fs::remove_file(file),
            Self::Files(folder) => fs::remove_dir_all(folder),
            Self::ReadOnly => disk.remount("rw"),
        }
    }
}
