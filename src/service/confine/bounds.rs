//! What is left to the daemon, as the settings want it.
//!
//! The system knows folders by their numbers, not by their names: who may look
//! into a folder may not look into another one that takes its name. But people
//! remove `feeds/` for a fresh start, and disks go and come back, and the daemon
//! lives through that. So what it may do in a folder, it may do in the one that it
//! is in, unless that holds much that is none of its business (a home folder, or
//! one of the system): there the folder itself has to do.

use crate::{config::Config, serve::Address};
use std::{
    collections::BTreeSet,
    env,
    path::{Component, Path, PathBuf},
};

/// Folders at the top of the system that hold all kinds of things. Others there,
/// such as `/srv` or `/data`, are somebody's own, or for disks.
const OF_THE_SYSTEM: &[&str] = &[
    "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "opt", "proc", "root", "run",
    "sbin", "sys", "tmp", "usr", "var",
];

/// Those of them whose subfolders do so as well: `/var/lib`, `/home/ada`.
const DEEP: &[&str] = &["home", "run", "usr", "var"];

/// What a process may do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Folders, and single files, that may be read.
    read: BTreeSet<PathBuf>,
    /// Folders that may be written as well.
    written: BTreeSet<PathBuf>,
    /// Folders in which sockets may be made.
    sockets: BTreeSet<PathBuf>,
    /// Those of the folders that cannot be made again.
    pinned: BTreeSet<PathBuf>,
    /// Whether it may connect to others.
    connects: bool,
}

impl Bounds {
    /// What the daemon needs with these settings, read from this file. The
    /// folders are there, unless they are on a disk that is not.
    #[must_use]
    pub fn of(config: &Config, file: &Path) -> Self {
        Self::for_home(config, file, env::home_dir().as_deref())
    }

    fn for_home(config: &Config, file: &Path, home: Option<&Path>) -> Self {
        let mut bounds = Self {
            connects: !config.feed.hubs.is_empty(),
            ..Self::default()
        };
        let folders = &config.service;
        for folder in [&folders.feeds_folder, &folders.state_folder] {
            bounds.written.extend(around(folder, home));
        }
        // Editors make the file anew when they save it; the one that a link leads to
        // may be in another folder.
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let behind = file.canonicalize().ok();
        let read = [Some(&folders.watch_folder), Some(&file), behind.as_ref()];
        for path in read.into_iter().flatten() {
            bounds.read.extend(around(path, home));
        }
        for folder in [&folders.feeds_folder, &folders.state_folder] {
            if !bounds.may_write(folder) {
                bounds.pinned.insert(folder.clone());
                bounds.written.insert(folder.clone());
            }
        }
        for path in read.into_iter().flatten() {
            let is_there = path == &folders.watch_folder || path.exists();
            if is_there && !bounds.may_read(path) {
                bounds.pinned.insert(path.clone());
                bounds.read.insert(path.clone());
            }
        }
        for address in &config.serve.listen {
            if let Address::Unix(path) = address {
                bounds
                    .sockets
                    .extend(settled(path).parent().map(Path::to_owned));
            }
        }
        bounds
    }

    /// Why these settings ask for more than that, if they do.
    #[must_use]
    pub fn lacks(&self, config: &Config) -> Option<String> {
        let folders = &config.service;
        let reads = |path: &Path| self.may_read(&settled(path));
        let writes = |path: &Path| self.may_write(&settled(path));
        let mut wanted = vec![
            (
                "`folder` under `[watch]`",
                &folders.watch_folder,
                reads(&folders.watch_folder),
            ),
            (
                "`folder` under `[feeds]`",
                &folders.feeds_folder,
                writes(&folders.feeds_folder),
            ),
        ];
        for address in &config.serve.listen {
            if let Address::Unix(path) = address {
                let may = writes(path) || is_within(&self.sockets, &settled(path));
                wanted.push(("`listen` under `[serve]`", path, may));
            }
        }
        let lacking = wanted.into_iter().find(|(_, _, may)| !may);
        if let Some((setting, path, _)) = lacking {
            return Some(format!(
                "{setting} is {}, outside of what feedwright may still touch; start it anew to take \
                 this over",
                path.display()
            ));
        }
        (!self.connects && !config.feed.hubs.is_empty()).then(|| {
            "`hubs` under `[push]` names hubs, and feedwright has given up connecting to others, \
             since there were none; start it anew to take this over"
                .to_owned()
        })
    }

    /// What may be read.
    pub fn read(&self) -> impl Iterator<Item = &PathBuf> {
        self.read.iter()
    }

    /// What may be written.
    pub fn written(&self) -> impl Iterator<Item = &PathBuf> {
        self.written.iter()
    }

    /// Where sockets may be made.
    pub(super) fn sockets(&self) -> impl Iterator<Item = &PathBuf> {
        self.sockets.iter()
    }

    /// Folders that are out of reach when they are made again.
    pub(super) fn pinned(&self) -> impl Iterator<Item = &PathBuf> {
        self.pinned.iter()
    }

    /// Whether this may be written.
    #[must_use]
    pub fn may_write(&self, path: &Path) -> bool {
        is_within(&self.written, path)
    }

    /// Whether this may be read.
    #[must_use]
    pub fn may_read(&self, path: &Path) -> bool {
        self.may_write(path) || is_within(&self.read, path)
    }

    /// Whether it may connect to others.
    #[must_use]
    pub fn may_connect(&self) -> bool {
        self.connects
    }
}

fn is_within(folders: &BTreeSet<PathBuf>, path: &Path) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// The path without links, as far as there is something.
fn settled(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let Some(there) = path.ancestors().find(|path| path.exists()) else {
        return path;
    };
    let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
    match there.canonicalize() {
        Ok(there) if rest.as_os_str().is_empty() => there,
        Ok(there) => there.join(rest),
        Err(_) => path,
    }
}

/// The folders around this one, of which it stays within reach when it is made
/// again, or the disk that it is on comes back. None where they hold too much.
fn around(folder: &Path, home: Option<&Path>) -> Vec<PathBuf> {
    let Some(parent) = folder.parent() else {
        return Vec::new();
    };
    let Some(there) = parent.ancestors().find(|path| path.is_dir()) else {
        return Vec::new();
    };
    let mut found = vec![there];
    // Where a disk is mounted later on, or anew, what was there is hidden.
    if there != parent {
        found.extend(there.parent());
    }
    found.extend(mounted_in(there));
    found.retain(|path| !is_wide(path, home));
    if found.contains(&there) || there != parent {
        found.into_iter().map(Path::to_owned).collect()
    } else {
        // The disk may come back, but the folder must stay the same.
        Vec::new()
    }
}

/// The folder in which the disk is mounted that this folder is on; none if that is
/// the system's own.
fn mounted_in(folder: &Path) -> Option<&Path> {
    let disk = |path: &Path| device(path);
    let this = disk(folder)?;
    let outer = folder.ancestors().find(|path| disk(path) != Some(this))?;
    Some(outer)
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|found| found.dev())
}

#[cfg(not(unix))]
fn device(_path: &Path) -> Option<u64> {
    None
}

/// Whether a folder holds much that is nothing to feedwright.
fn is_wide(folder: &Path, home: Option<&Path>) -> bool {
    // A service may have a home that is nobody's: `/`.
    if home.is_some_and(|home| home != Path::new("/") && home.starts_with(folder)) {
        return true;
    }
    let mut names = folder.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    match (names.next(), names.next(), names.next()) {
        (None, ..) => true,
        (Some(top), None, _) => OF_THE_SYSTEM.contains(&&*top),
        (Some(top), Some(_), None) => DEEP.contains(&&*top),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_holds_much_else_is_not_given() {
        let home = Path::new("/home/ada");
        for (folder, wide) in [
            ("/", true),
            ("/home", true),
            ("/home/ada", true),
            ("/home/bea", true),
            ("/home/ada/news", false),
            ("/etc", true),
            ("/etc/feedwright", false),
            ("/var/lib", true),
            ("/var/lib/feedwright", false),
            ("/srv", false),
            ("/mnt", false),
            ("/data", false),
            ("/tmp", true),
            ("/tmp/x", false),
            ("/run/media/ada", false),
        ] {
            assert_eq!(is_wide(Path::new(folder), Some(home)), wide, "{folder}");
        }
        let nobodys = Some(Path::new("/"));
        assert!(!is_wide(Path::new("/var/lib/feedwright"), nobodys));
        assert!(is_wide(Path::new("/"), nobodys));
        let dotted = Path::new("/opt/site/home");
        assert!(is_wide(dotted, Some(Path::new("/opt/site/home/of/it"))));
    }

    fn config(base: &Path) -> Config {
        let mut config = Config::default();
        let folders = &mut config.service;
        folders.watch_folder = base.join("in/watch");
        folders.feeds_folder = base.join("out/feeds");
        folders.state_folder = base.join("out/.feedwright");
        for folder in [&folders.watch_folder, &folders.feeds_folder] {
            fs::create_dir_all(folder).unwrap();
        }
        config
    }

    fn listed(paths: &BTreeSet<PathBuf>, base: &Path) -> Vec<String> {
        let below = paths.iter().map(|path| path.strip_prefix(base).unwrap());
        below.map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn folders_may_be_made_again_where_nothing_else_is_beside_them() {
        let place = tempfile::tempdir().unwrap();
        let base = &place.path().canonicalize().unwrap();
        let config = config(base);
        let bounds = Bounds::for_home(&config, &base.join("config.toml"), None);
        assert_eq!(listed(&bounds.written, base), ["out"]);
        assert_eq!(listed(&bounds.read, base), ["", "in"]);
        assert!(bounds.pinned.is_empty());
        assert!(!bounds.may_connect());

        // In somebody's home they are what they are.
        let home = base.join("out");
        let bounds = Bounds::for_home(&config, &base.join("in/c.toml"), Some(&home));
        assert_eq!(
            listed(&bounds.written, base),
            ["out/.feedwright", "out/feeds"]
        );
        assert_eq!(listed(&bounds.read, base), ["in"]);
        assert_eq!(
            listed(&bounds.pinned, base),
            ["out/.feedwright", "out/feeds"]
        );
    }

    #[test]
    fn a_disk_that_is_not_there_yet_may_come() {
        let place = tempfile::tempdir().unwrap();
        let base = &place.path().canonicalize().unwrap();
        let mut config = config(base);
        config.service.watch_folder = base.join("disks/one/news/watch");
        fs::create_dir_all(base.join("disks/one")).unwrap();
        let bounds = Bounds::for_home(&config, &base.join("out/c.toml"), None);
        assert_eq!(listed(&bounds.read, base), ["disks", "disks/one", "out"]);
    }

    #[test]
    fn settings_that_ask_for_more_are_told() {
        let place = tempfile::tempdir().unwrap();
        let base = &place.path().canonicalize().unwrap();
        let config = config(base);
        let bounds = Bounds::for_home(&config, &base.join("in/c.toml"), None);
        let lacks = |change: &dyn Fn(&mut Config)| {
            let mut config = config.clone();
            change(&mut config);
            bounds.lacks(&config).unwrap_or_default()
        };
        assert_eq!(lacks(&|_| ()), "");
        assert_eq!(
            lacks(&|config| config.service.watch_folder = base.join("in/a/b")),
            ""
        );
        assert_eq!(
            lacks(&|config| config.service.feeds_folder = base.join("out/public")),
            ""
        );
        let far = lacks(&|config| config.service.watch_folder = "/elsewhere".into());
        assert!(
            far.starts_with("`folder` under `[watch]` is /elsewhere, outside"),
            "{far}"
        );
        // What is read is not written.
        let read = lacks(&|config| config.service.feeds_folder = base.join("in/feeds"));
        assert!(read.starts_with("`folder` under `[feeds]` is "), "{read}");
        let socket = |name: &str| Address::Unix(base.join(name));
        assert_eq!(
            lacks(&|config| config.serve.listen = vec![socket("out/x.sock")]),
            ""
        );
        let far = lacks(&|config| config.serve.listen = vec![socket("x.sock")]);
        assert!(far.starts_with("`listen` under `[serve]` is "), "{far}");
        // A link out is seen through.
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/usr", base.join("in/link")).unwrap();
            let out = lacks(&|config| config.service.watch_folder = base.join("in/link/share"));
            assert!(out.contains("outside"), "{out}");
        }
    }
}
