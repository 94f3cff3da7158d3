//! A disk in memory that can be cut off from power, and on which any call can
//! fail.
//!
//! It keeps what programs see apart from what a power cut leaves, and is as mean
//! as the real ones: without a flush any change of a name or of contents may be
//! lost, names may be there before their contents, and after a flush that failed
//! the next one succeeds and writes nothing.

use feedwright::publish::disk::{Disk, Kind, Look};
use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A call that fails, counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// This one, with this error of the system.
    Once(usize, i32),
    /// This one and all after it: the process is no more.
    Dead(usize),
    /// All that look whether something is there, with this error.
    Blind(i32),
}

/// What a power cut does to what was not flushed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Luck {
    /// Nothing of it is on the disk.
    Lost,
    /// All names are, and no contents.
    Hollow,
    /// All of it is.
    Kept,
    /// Each name and file by itself has another luck.
    Mixed(u64),
}

pub(crate) const LUCKS: [Luck; 5] = [
    Luck::Lost,
    Luck::Hollow,
    Luck::Kept,
    Luck::Mixed(1),
    Luck::Mixed(2),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder,
}

#[derive(Debug, Clone, Default)]
struct Inode {
    bytes: Vec<u8>,
    /// What a power cut leaves.
    durable: Vec<u8>,
    is_dirty: bool,
    modified: i64,
    device: u64,
}

#[derive(Debug, Clone, Default)]
struct State {
    names: BTreeMap<PathBuf, Node>,
    durable: BTreeMap<PathBuf, Node>,
    /// Names that changed, and that a flush would put onto the disk.
    dirty: BTreeSet<PathBuf>,
    files: Vec<Inode>,
    clock: i64,
}

#[derive(Debug, Default)]
pub(crate) struct Model {
    state: Mutex<State>,
    fault: Option<Fault>,
    calls: AtomicUsize,
    flushes_all: bool,
}

/// An open file or folder.
pub(crate) enum Open {
    File(usize),
    Folder(PathBuf),
}

/// Below this a file system of its own is mounted.
pub(crate) const MOUNT: &str = "/feeds/mounted";

impl Model {
    pub(crate) fn new(flushes_all: bool) -> Self {
        let model = Self {
            flushes_all,
            ..Self::default()
        };
        let mut state = model.state.lock().unwrap();
        for folder in ["/", "/feeds", MOUNT] {
            state.names.insert(folder.into(), Node::Folder);
        }
        state.durable = state.names.clone();
        drop(state);
        model
    }

    /// The same disk, on which this call fails.
    pub(crate) fn with(&self, fault: Option<Fault>) -> Self {
        Self {
            state: Mutex::new(self.state.lock().unwrap().clone()),
            fault,
            calls: AtomicUsize::new(0),
            flushes_all: self.flushes_all,
        }
    }

    /// How many calls there were.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// The disk after a power cut.
    pub(crate) fn cut(&self, luck: Luck) -> Self {
        let mut state = self.state.lock().unwrap().clone();
        let mut seed = 0;
        let mut draw = |sides: u64| {
            let Luck::Mixed(start) = luck else {
                unreachable!("nothing is drawn otherwise")
            };
            seed += 1;
            let mixed = (start << 32 | seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40 & (sides - 1)
        };
        // Also names whose flush failed may have got there.
        let names: BTreeSet<PathBuf> = state
            .names
            .keys()
            .chain(state.durable.keys())
            .cloned()
            .collect();
        for name in names {
            let kept = match luck {
                Luck::Lost => false,
                Luck::Hollow | Luck::Kept => true,
                Luck::Mixed(_) => draw(2) == 1,
            };
            if kept {
                match state.names.get(&name).copied() {
                    Some(node) => state.durable.insert(name, node),
                    None => state.durable.remove(&name),
                };
            }
        }
        for file in &mut state.files {
            let (bytes, durable) = (&file.bytes, &file.durable);
            if bytes != durable {
                file.durable = match luck {
                    Luck::Lost => durable.clone(),
                    Luck::Hollow => Vec::new(),
                    Luck::Kept => bytes.clone(),
                    Luck::Mixed(_) => match draw(4) {
                        0 => durable.clone(),
                        1 => bytes.clone(),
                        2 => vec![0; bytes.len()],
                        _ => bytes[..bytes.len() / 2].to_vec(),
                    },
                };
            }
            file.bytes.clone_from(&file.durable);
            file.is_dirty = false;
        }
        // What is in a folder that was lost is lost with it.
        let all = state.durable.clone();
        state.durable.retain(|name, _| {
            let mut above = name.ancestors().skip(1);
            above.all(|above| all.get(above) == Some(&Node::Folder))
        });
        state.names = state.durable.clone();
        state.dirty.clear();
        Self {
            state: Mutex::new(state),
            flushes_all: self.flushes_all,
            ..Self::default()
        }
    }

    /// All files, by their names.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let state = self.state.lock().unwrap();
        let files = state.names.iter().filter_map(|(name, node)| match node {
            Node::File(file) => Some((name.clone(), state.files[*file].bytes.clone())),
            Node::Folder => None,
        });
        files.collect()
    }

    /// Counts a call; whether it fails, and how.
    fn call(&self) -> io::Result<()> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        match self.fault {
            Some(Fault::Once(at, number)) if call == at => {
                Err(io::Error::from_raw_os_error(number))
            }
            Some(Fault::Dead(from)) if call >= from => Err(io::Error::from_raw_os_error(5)),
            _ => Ok(()),
        }
    }

    fn sight(&self) -> io::Result<()> {
        match self.fault {
            Some(Fault::Blind(number)) => Err(io::Error::from_raw_os_error(number)),
            _ => Ok(()),
        }
    }

    fn is_dead(&self) -> bool {
        matches!(self.fault, Some(Fault::Dead(from)) if self.calls() > from)
    }
}

fn device(path: &Path) -> u64 {
    if path.starts_with(MOUNT) { 2 } else { 1 }
}

fn gone() -> io::Error {
    io::Error::from_raw_os_error(2)
}

fn there() -> io::Error {
    io::Error::from_raw_os_error(17)
}

impl State {
    fn put(&mut self, path: &Path, node: Node) -> io::Result<()> {
        if self.names.get(path.parent().unwrap()) != Some(&Node::Folder) {
            return Err(gone());
        }
        self.names.insert(path.to_owned(), node);
        self.dirty.insert(path.to_owned());
        Ok(())
    }

    fn take(&mut self, path: &Path) -> Option<Node> {
        self.dirty.insert(path.to_owned());
        self.names.remove(path)
    }

    fn look(&self, path: &Path, node: Node) -> Look {
        let device = device(path);
        match node {
            Node::Folder => Look {
                kind: Kind::Folder,
                size: 0,
                modified: 0,
                device,
            },
            Node::File(file) => self.look_at(file),
        }
    }

    fn look_at(&self, file: usize) -> Look {
        let file = &self.files[file];
        Look {
            kind: Kind::File,
            size: file.bytes.len() as u64,
            modified: file.modified,
            device: file.device,
        }
    }

    /// Flushes what is chosen; a flush that fails takes it for flushed.
    fn flush(
        &mut self,
        done: bool,
        file: impl Fn(usize, u64) -> bool,
        name: impl Fn(&Path) -> bool,
    ) {
        for (number, inode) in self.files.iter_mut().enumerate() {
            if inode.is_dirty && file(number, inode.device) {
                inode.is_dirty = false;
                if done {
                    inode.durable.clone_from(&inode.bytes);
                }
            }
        }
        let chosen: Vec<PathBuf> = self.dirty.iter().filter(|one| name(one)).cloned().collect();
        for path in chosen {
            // What cannot be done anew is left to be flushed: names go through a
            // journal, which does not work again once it has failed.
            if done || matches!(self.names.get(&path), Some(Node::File(_))) {
                self.dirty.remove(&path);
            }
            if done {
                match self.names.get(&path).copied() {
                    Some(node) => self.durable.insert(path, node),
                    None => self.durable.remove(&path),
                };
            }
        }
    }
}

impl Disk for Model {
    type Open = Open;

    fn look(&self, path: &Path) -> io::Result<Look> {
        self.call()?;
        self.sight()?;
        let state = self.state.lock().unwrap();
        let node = *state.names.get(path).ok_or_else(gone)?;
        Ok(state.look(path, node))
    }

    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        self.call()?;
        self.sight()?;
        Ok(self.state.lock().unwrap().names.get(path) == Some(&Node::Folder))
    }

    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        self.call()?;
        let state = self.state.lock().unwrap();
        let Some(Node::File(file)) = state.names.get(path) else {
            return Err(gone());
        };
        let bytes = &state.files[*file].bytes;
        Ok(bytes[..limit.min(bytes.len())].to_vec())
    }

    fn create(&self, path: &Path) -> io::Result<Open> {
        self.call()?;
        let mut state = self.state.lock().unwrap();
        if state.names.contains_key(path) {
            return Err(there());
        }
        let file = state.files.len();
        state.put(path, Node::File(file))?;
        state.files.push(Inode {
            device: device(path),
            ..Inode::default()
        });
        Ok(Open::File(file))
    }

    fn write(&self, file: &mut Open, bytes: &[u8]) -> io::Result<()> {
        let called = self.call();
        if self.is_dead() {
            return called;
        }
        let Open::File(file) = file else {
            return Err(gone());
        };
        let mut state = self.state.lock().unwrap();
        state.clock += 1;
        let clock = state.clock;
        let file = &mut state.files[*file];
        let written = if called.is_ok() {
            bytes.len()
        } else {
            bytes.len() / 2
        };
        file.bytes.extend(&bytes[..written]);
        file.is_dirty = true;
        file.modified = clock;
        called
    }

    fn open_to_all(&self, _file: &Open) -> io::Result<()> {
        self.call()
    }

    fn look_at(&self, file: &Open) -> io::Result<Look> {
        self.call()?;
        let state = self.state.lock().unwrap();
        Ok(match file {
            Open::File(file) => state.look_at(*file),
            Open::Folder(path) => state.look(path, Node::Folder),
        })
    }

    fn flush(&self, open: &Open) -> io::Result<()> {
        let called = self.call();
        if !self.is_dead() {
            let mut state = self.state.lock().unwrap();
            match open {
                Open::File(file) => state.flush(called.is_ok(), |one, _| one == *file, |_| false),
                Open::Folder(path) => {
                    let is_in = |one: &Path| one.parent() == Some(path);
                    state.flush(called.is_ok(), |_, _| false, is_in);
                }
            }
        }
        called
    }

    fn can_flush_all(&self, _folder: &Open) -> bool {
        self.flushes_all
    }

    fn flush_all(&self, folder: &Open) -> io::Result<()> {
        let called = self.call();
        if !self.is_dead() {
            let Open::Folder(path) = folder else {
                return Err(gone());
            };
            let of = device(path);
            let mut state = self.state.lock().unwrap();
            state.flush(
                called.is_ok(),
                |_, on| on == of,
                |one| device(one.parent().unwrap()) == of,
            );
        }
        called
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        let mut state = self.state.lock().unwrap();
        let node = state.take(from).ok_or_else(gone)?;
        state.put(to, node)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        let mut state = self.state.lock().unwrap();
        match state.names.get(path) {
            Some(Node::File(_)) => state.take(path).map(|_| ()).ok_or_else(gone),
            Some(Node::Folder) => Err(io::Error::from_raw_os_error(21)),
            None => Err(gone()),
        }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        let mut state = self.state.lock().unwrap();
        if state.names.contains_key(path) {
            return Err(there());
        }
        state.put(path, Node::Folder)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        let mut state = self.state.lock().unwrap();
        if state.names.keys().any(|one| one.parent() == Some(path)) {
            return Err(io::Error::from_raw_os_error(39));
        }
        state.take(path).map(|_| ()).ok_or_else(gone)
    }

    fn open_folder(&self, path: &Path) -> io::Result<Open> {
        self.call()?;
        let state = self.state.lock().unwrap();
        match state.names.get(path) {
            Some(Node::Folder) => Ok(Open::Folder(path.to_owned())),
            _ => Err(gone()),
        }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        self.call()?;
        let state = self.state.lock().unwrap();
        let inside = state
            .names
            .iter()
            .filter(|(one, _)| one.parent() == Some(path));
        let named = inside.map(|(one, node)| {
            let kind = if *node == Node::Folder {
                Kind::Folder
            } else {
                Kind::File
            };
            (one.file_name().unwrap().to_owned(), kind)
        });
        Ok(named.collect())
    }
}
