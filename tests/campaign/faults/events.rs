//! What keeps events from being told: a queue that overflows, no watches left, a
//! watch folder that is mounted over or moved away.

use super::{
    Fault,
    tools::{Mounted, done, need, need_root, one, other},
};
use crate::{daemon::GREETING, rng::Rng, table::Finding, world::World};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    thread,
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let fault = |name, about, needs, how| -> Box<dyn Fault> {
        Box::new(Events {
            name,
            about,
            needs,
            how,
        })
    };
    vec![
        fault(
            "overflow",
            "the queue of events overflows in a burst of files and folders",
            Needs::Root,
            overflow,
        ),
        fault(
            "watches",
            "the system has no watches left, and has some again",
            Needs::Machine,
            watches,
        ),
        fault(
            "mounted-over",
            "another disk is mounted over the watch folder, and taken away",
            Needs::Mounts,
            mounted_over,
        ),
        fault(
            "root-away",
            "the watch folder is moved away and comes back",
            Needs::Nothing,
            root_away,
        ),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    Root,
    /// All of it: other programs feel it as well.
    Machine,
    Mounts,
}

type How = fn(&mut World, &mut Rng) -> Result<(), Vec<Finding>>;

struct Events {
    name: &'static str,
    about: &'static str,
    needs: Needs,
    how: How,
}

impl Fault for Events {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        match self.needs {
            Needs::Nothing => Ok(()),
            Needs::Root | Needs::Machine => need_root(),
            Needs::Mounts => need_root().and_then(|()| need(&["mount", "umount"])),
        }
    }

    fn disturbs(&self) -> bool {
        self.needs == Needs::Machine
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        (self.how)(world, rng)
    }
}

/// A limit of the system that is another one while this is held; one at a time,
/// or one would take another's for what it was before.
struct Limit {
    path: PathBuf,
    before: String,
    /// Locked.
    _only: File,
}

impl Limit {
    fn set(name: &str, value: u64) -> io::Result<Self> {
        let path = Path::new("/proc/sys/fs/inotify").join(name);
        let only = File::create(std::env::temp_dir().join("feedwright-campaign.lock"))?;
        only.lock()?;
        let before = fs::read_to_string(&path)?;
        fs::write(&path, value.to_string())?;
        Ok(Self {
            path,
            before,
            _only: only,
        })
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.path, &self.before) {
            eprintln!(
                "{} was {} and could not be set back: {error}",
                self.path.display(),
                self.before.trim()
            );
        }
    }
}

/// How many watches there are in the system.
fn watches_in_use() -> u64 {
    let mut count = 0;
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let files = fs::read_dir(process.path().join("fdinfo"));
        for file in files.into_iter().flatten().flatten() {
            let told = fs::read_to_string(file.path()).unwrap_or_default();
            count += told
                .lines()
                .filter(|line| line.starts_with("inotify"))
                .count() as u64;
        }
    }
    count
}

fn overflow(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.stop().map_err(one)?;
    {
        let _limit = done(Limit::set("max_queued_events", 32))?;
        world.start().map_err(one)?;
    }
    world.say(format_args!("a burst"));
    world.hits += 1;
    let noise = world.watch().join(format!("noise{}", rng.below(1000)));
    let size = rng.between(200, 2000);
    thread::scope(|scope| {
        let burst = scope.spawn(|| {
            for number in 0..size {
                let folder = noise.join((number % 7).to_string());
                fs::create_dir_all(&folder)?;
                // An empty file that goes at once is nothing to anybody.
                let file = folder.join(format!("{number}.md"));
                File::create(&file)?;
                fs::remove_file(file)?;
            }
            fs::remove_dir_all(&noise)
        });
        let acts = rng.between(3, 10);
        done(world.act(rng, acts))?;
        // In a folder that came while events were lost.
        done(world.drop_new(rng))?;
        done(
            burst
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("it panicked"))),
        )
    })?;
    let acts = rng.between(0, 3);
    done(world.act(rng, acts))
}

fn watches(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    let limited = rng.chance(50);
    if limited {
        world.stop().map_err(one)?;
    }
    {
        let room = rng.below(5);
        let _limit = done(Limit::set("max_user_watches", watches_in_use() + room))?;
        world.start().map_err(one)?;
        for number in 0..8 {
            let folder = world.watch().join(format!("empty{number}/inner"));
            done(fs::create_dir_all(folder))?;
        }
        thread::sleep(rng.moment(300));
    }
    let acts = rng.between(1, 6);
    done(world.act(rng, acts))?;
    for number in 0..8 {
        let folder = world.watch().join(format!("empty{number}"));
        done(fs::remove_dir_all(folder))?;
    }
    // Once in a row. It may have ended meanwhile, and is told of as failing when
    // the program stops.
    let said = world.said();
    let said = said.rsplit(GREETING).next().unwrap_or_default();
    let words = "cannot be watched by events";
    let complaints = said.lines().filter(|line| line.contains(" ERROR "));
    let told = complaints.filter(|line| line.contains(words)).count();
    world.hits += u64::from(told > 0);
    if told > 1 {
        return Err(other(format!("it says {told} times: {words}")));
    }
    Ok(())
}

fn mounted_over(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))?;
    if rng.chance(20) {
        world.kill();
    }
    world.say(format_args!("mounted over"));
    world.hits += 1;
    let mounted = done(Mounted::new(
        world.watch(),
        &["-t", "tmpfs", "-o", "size=1m", "none"],
    ))?;
    world.start().map_err(one)?;
    thread::sleep(rng.moment(2500));
    if rng.chance(20) {
        world.kill();
    }
    drop(mounted);
    world.say(format_args!("taken away"));
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))
}

fn root_away(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))?;
    let root = world.watch();
    let aside = root.with_file_name("aside");
    world.say(format_args!("the root is away"));
    world.hits += 1;
    done(fs::rename(&root, &aside))?;
    if rng.chance(50) {
        thread::sleep(rng.moment(1500));
    }
    // An empty one in its place for a while.
    if rng.chance(50) {
        done(fs::create_dir(&root))?;
        thread::sleep(rng.moment(1500));
        done(fs::remove_dir(&root))?;
    }
    done(fs::rename(&aside, &root))?;
    world.say(format_args!("the root is back"));
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))
}
