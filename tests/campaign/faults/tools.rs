//! What the faults are caused with: other programs, mounts, what the model
//! knows of what was lost.

use crate::{
    daemon::Daemon,
    rng::Rng,
    table::{Finding, Kind},
    world::World,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

pub(super) fn one(finding: Finding) -> Vec<Finding> {
    vec![finding]
}

pub(super) fn other(words: impl Into<String>) -> Vec<Finding> {
    vec![Finding::new(Kind::Other, words)]
}

/// What was to be done by the driver itself was done.
pub(super) fn done<T>(acted: io::Result<T>) -> Result<T, Vec<Finding>> {
    acted.map_err(|error| other(format!("the driver could not act: {error}")))
}

/// What is done in the folder while something is in the way, for up to so many
/// milliseconds more.
pub(super) fn meanwhile(world: &mut World, rng: &mut Rng, most: u64) -> Result<(), Vec<Finding>> {
    let acts = rng.between(1, 5);
    done(world.act(rng, acts))?;
    thread::sleep(Duration::from_millis(rng.between(20, most)));
    Ok(())
}

/// What is done when it is out of the way again.
pub(super) fn afterwards(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    if rng.chance(15) {
        world.kill();
    }
    if rng.chance(30) {
        done(world.act(rng, 1))?;
    }
    Ok(())
}

/// The daemon goes on, whatever happened to it.
pub(super) fn goes_on(world: &mut World, what: &str) -> Result<(), Vec<Finding>> {
    if world.is_running() {
        return Ok(());
    }
    let said = world.said();
    let last: Vec<&str> = said.lines().rev().take(4).collect();
    Err(other(format!("{what} ended it: {last:?}")))
}

/// The number of the daemon's process.
pub(super) fn id(world: &World) -> Result<String, Vec<Finding>> {
    match world.daemon.as_ref().map(Daemon::id) {
        Some(id) => Ok(id.to_string()),
        None => Err(other("there is no daemon")),
    }
}

/// Whether these programs are here.
pub(super) fn need(tools: &[&str]) -> Result<(), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    folders.push("/sbin".into());
    for tool in tools {
        if !folders.iter().any(|folder| folder.join(tool).exists()) {
            return Err(format!("{tool} is not installed"));
        }
    }
    Ok(())
}

/// Whether file systems may be mounted.
pub(super) fn need_root() -> Result<(), String> {
    if rustix::process::geteuid().is_root() {
        Ok(())
    } else {
        Err("mounting needs root".to_owned())
    }
}

/// Runs a program that has to succeed.
pub(super) fn run(words: &[&str]) -> io::Result<()> {
    let (name, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let output = Command::new(name)
        .args(arguments)
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{}: {said}", words.join(" "))))
}

/// A path as a word on a command line.
pub(super) fn word(path: &Path) -> &str {
    path.to_str().expect("the places have plain names")
}

/// A file system on an image of a disk: how it is made, and how mounted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Image {
    pub(super) make: &'static [&'static str],
    pub(super) options: &'static str,
}

/// Smaller than this, xfs is not made.
const IMAGE: u64 = 320 << 20;

impl Image {
    pub(super) const EXT4: Self = Self {
        make: &["mkfs.ext4", "-q", "-F"],
        options: "loop",
    };

    /// Whether there can be such.
    pub(super) fn ready(self) -> Result<(), String> {
        need_root()?;
        need(&["mount", "umount", self.make[0]])?;
        if Path::new("/dev/loop-control").exists() {
            Ok(())
        } else {
            Err("there are no loop devices".to_owned())
        }
    }

    /// Makes one in this file.
    pub(super) fn make(self, file: &Path) -> io::Result<()> {
        fs::File::create(file)?.set_len(IMAGE)?;
        run(&[self.make, &[word(file)]].concat())
    }

    pub(super) fn mount(self, file: &Path, at: PathBuf) -> io::Result<Mounted> {
        Mounted::new(at, &["-o", self.options, word(file)])
    }
}

/// A file system that is mounted while this is held.
pub(super) struct Mounted {
    pub(super) at: PathBuf,
}

impl Mounted {
    /// Mounts with these options, which say what and how.
    pub(super) fn new(at: PathBuf, options: &[&str]) -> io::Result<Self> {
        fs::create_dir_all(&at)?;
        let mut words = vec!["mount"];
        words.extend(options);
        words.push(word(&at));
        run(&words)?;
        Ok(Self { at })
    }

    pub(super) fn remount(&self, how: &str) -> io::Result<()> {
        run(&["mount", "-o", &format!("remount,{how}"), word(&self.at)])
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Somebody may still be leaving it.
        let start = Instant::now();
        while run(&["umount", word(&self.at)]).is_err() {
            if start.elapsed() > Duration::from_secs(5) {
                let _ = run(&["umount", "-l", word(&self.at)]);
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Writes into a folder until there is no room, and gives the file.
pub(super) fn fill(folder: &Path) -> io::Result<PathBuf> {
    use std::io::Write as _;
    let path = folder.join(".filler");
    let mut file = fs::File::create(&path)?;
    for size in [1 << 16, 1 << 12, 1] {
        let block = vec![b'x'; size];
        while file.write_all(&block).is_ok() {}
    }
    Ok(path)
}
