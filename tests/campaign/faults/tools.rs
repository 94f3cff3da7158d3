//! What the faults are caused with: other programs, mounts, what the model
//! knows of what was lost.

use crate::table::{Finding, Kind};
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
