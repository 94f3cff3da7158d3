//! Calls of the system that fail, are late or are the last: `strace` puts the
//! fault into one call in so many, of a daemon that is started under it or that
//! runs already.

use super::{
    Fault,
    tools::{afterwards, done, goes_on, id, meanwhile, need, one, other, word},
};
use crate::{check, daemon::Launch, rng::Rng, table::Finding, world::World};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs, io,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What puts names in their place.
const RENAMES: &str = "rename,renameat,renameat2";

/// How long a call is waited for that is to be the last.
const TRIED: Duration = Duration::from_secs(5);

/// All calls by which something gets onto a disk.
const WRITES: [&str; 8] = [
    RENAMES,
    "pwrite64",
    "fsync,fdatasync",
    "syncfs",
    "mkdir,mkdirat",
    "unlink,unlinkat,rmdir",
    "ftruncate",
    "fchmod",
];

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    vec![
        Box::new(KilledAt {
            name: "kill-rename",
            about: "killed as it puts a document in its place (strace)",
            calls: &[RENAMES],
        }),
        Box::new(KilledAt {
            name: "kill-call",
            about: "killed at a write, flush, rename, mkdir or unlink (strace)",
            calls: &WRITES,
        }),
        Box::new(Failing {
            name: "enospc",
            about: "no space for one call in so many, for a while (strace)",
            errors: &["ENOSPC"],
            calls: &[
                RENAMES,
                "pwrite64",
                "fsync,fdatasync",
                "syncfs",
                "mkdir,mkdirat",
                "ftruncate",
            ],
        }),
        Box::new(Failing {
            name: "eio",
            about: "an error of the disk, reading as well, for a while (strace)",
            errors: &["EIO"],
            calls: &[
                RENAMES,
                "pwrite64",
                "pread64",
                "fsync,fdatasync",
                "syncfs",
                "mkdir,mkdirat",
                "unlink,unlinkat,rmdir",
                "ftruncate",
                "openat",
                "getdents64",
                "statx,newfstatat",
            ],
        }),
        Box::new(Failing {
            name: "erofs",
            about: "a file system that says it is read-only, for a while (strace)",
            errors: &["EROFS"],
            calls: &[
                RENAMES,
                "mkdir,mkdirat",
                "unlink,unlinkat,rmdir",
                "ftruncate",
                "fchmod",
            ],
        }),
        Box::new(Failing {
            name: "edquot",
            about: "a quota that is used up, for a while (strace)",
            errors: &["EDQUOT"],
            calls: &[RENAMES, "pwrite64", "fsync,fdatasync", "mkdir,mkdirat"],
        }),
        Box::new(Failing {
            name: "emfile",
            about: "too many open files, for a while (strace)",
            errors: &["EMFILE", "ENFILE"],
            calls: &["openat"],
        }),
        Box::new(Failing {
            name: "fsync",
            about: "what is written does not get onto the disk, for a while (strace)",
            errors: &["EIO", "ENOSPC"],
            calls: &["fsync,fdatasync", "syncfs", "fsync,fdatasync,syncfs"],
        }),
        Box::new(Slow),
    ]
}

/// In which of the calls it happens.
fn which(rng: &mut Rng) -> String {
    let first = match rng.below(6) {
        0..3 => 1,
        3..5 => rng.between(1, 4),
        _ => rng.between(1, 40),
    };
    match rng.below(4) {
        0 => format!("{first}"),
        1 => format!("{first}+{}", rng.between(2, 5)),
        _ => format!("{first}+"),
    }
}

struct KilledAt {
    name: &'static str,
    about: &'static str,
    calls: &'static [&'static str],
}

impl Fault for KilledAt {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        need(&["strace"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.stop().map_err(one)?;
        let acts = rng.between(2, 5);
        done(world.act(rng, acts))?;
        let calls = rng.pick(self.calls);
        let most = *rng.pick(&[2, 4, 10, 60]);
        let nth = rng.between(1, most);
        let inject = format!("inject={calls}:signal=KILL:when={nth}");
        let trace = format!("trace={calls}");
        let (output, _) = trace_file(world);
        let launch = Launch::under([
            "strace",
            "-D",
            "-f",
            "-qq",
            "-o",
            word(&output),
            "-e",
            &trace,
            "-e",
            &inject,
        ]);
        world.spawn(&launch).map_err(one)?;
        let acts = rng.between(0, 4);
        done(world.act(rng, acts))?;
        // Until it happens, or there is nothing left to happen to.
        let start = Instant::now();
        while world.is_running() && start.elapsed() < TRIED {
            if check::whole(world).is_empty() {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        world.hits += u64::from(!world.is_running());
        world.kill();
        if rng.chance(30) {
            done(world.act(rng, 1))?;
        }
        Ok(())
    }
}

struct Failing {
    name: &'static str,
    about: &'static str,
    errors: &'static [&'static str],
    calls: &'static [&'static str],
}

impl Fault for Failing {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        need(&["strace"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let (calls, error) = (rng.pick(self.calls), rng.pick(self.errors));
        let how = format!("inject={calls}:error={error}:when={}", which(rng));
        let tracer = Tracer::attach(world, calls, &how)?;
        meanwhile(world, rng, 300)?;
        tracer.detach(world)?;
        goes_on(world, &how)?;
        afterwards(world, rng)
    }
}

struct Slow;

impl Fault for Slow {
    fn name(&self) -> &'static str {
        "slow-disk"
    }

    fn about(&self) -> &'static str {
        "every flush takes up to 0.2 s, and it is killed meanwhile (strace)"
    }

    fn ready(&self) -> Result<(), String> {
        need(&["strace"])
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let calls = "fsync,fdatasync,syncfs";
        let delay = rng.between(5_000, 200_000);
        let how = format!("inject={calls}:delay_enter={delay}");
        let tracer = Tracer::attach(world, calls, &how)?;
        meanwhile(world, rng, 800)?;
        if rng.chance(50) {
            world.kill();
        }
        tracer.detach(world)
    }
}

/// `strace`, attached to the daemon.
struct Tracer {
    process: Child,
    /// Where it tells of each call.
    output: PathBuf,
}

impl Tracer {
    fn attach(world: &mut World, calls: &str, how: &str) -> Result<Self, Vec<Finding>> {
        let id = id(world)?;
        world.say(format_args!("strace {how}"));
        let trace = format!("trace={calls}");
        let mut command = Command::new("strace");
        let (output, emptied) = trace_file(world);
        done(emptied)?;
        command.args(["-f", "-qq", "-o", word(&output), "-p", &id]);
        command.args(["-e", &trace, "-e", how]);
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let tracer = Self {
            process: done(command.spawn())?,
            output,
        };
        // Attached when the kernel says so.
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            if is_traced(&id) {
                return Ok(tracer);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Err(other("strace does not attach"))
    }

    /// The fault is over; the daemon goes on.
    fn detach(mut self, world: &mut World) -> Result<(), Vec<Finding>> {
        world.say(format_args!("no strace"));
        let _ = kill_process(Pid::from_child(&self.process), Signal::INT);
        done(self.process.wait())?;
        let told = fs::read_to_string(&self.output).unwrap_or_default();
        let marks = ["(INJECTED)", "(DELAYED)"];
        let hit = |line: &&str| marks.iter().any(|mark| line.contains(mark));
        world.hits += told.lines().filter(hit).count() as u64;
        Ok(())
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        let process = &mut self.process;
        if process.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = kill_process(Pid::from_child(process), Signal::INT);
            let _ = process.wait();
        }
    }
}

/// Where `strace` tells what it did; emptied.
fn trace_file(world: &World) -> (PathBuf, io::Result<()>) {
    let path = world.folder().join("trace");
    let emptied = fs::write(&path, "");
    (path, emptied)
}

/// Whether all threads of a process have a tracer.
fn is_traced(id: &str) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else {
        return false;
    };
    let is_traced = |thread: fs::DirEntry| {
        let status = fs::read_to_string(thread.path().join("status"));
        status.is_ok_and(|status| !status.contains("TracerPid:\t0\n"))
    };
    threads.flatten().all(is_traced)
}
