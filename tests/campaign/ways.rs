//! The ways in which files come into a folder and are saved.

use crate::{rng::Rng, world::World};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    thread,
};

/// Writes a file that was not there, at this place in the watch folder, in one
/// of the ways that people do.
pub(crate) fn put(world: &World, rng: &mut Rng, place: &Path, text: &str) -> io::Result<()> {
    let path = world.watch().join(place);
    fs::create_dir_all(parent(&path))?;
    match rng.below(5) {
        0 => {
            // From elsewhere on the same disk.
            let outside = world.outside().join("moved-in");
            fs::write(&outside, text)?;
            fs::rename(outside, path)
        }
        1 => {
            // As downloads come.
            let part = PathBuf::from(format!("{}.part", path.display()));
            fs::write(&part, text)?;
            thread::sleep(rng.moment(5));
            fs::rename(part, path)
        }
        2 if world.is_calm() => in_pieces(rng, &path, text),
        _ => fs::write(path, text),
    }
}

/// How a file that is there is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Through a hidden file that is renamed over it.
    AsGnome,
    /// The old one is moved away, a new one written, and the old one deleted.
    AsVim,
    /// In place, slowly.
    InPieces,
    /// In place.
    AtOnce,
}

impl Way {
    /// One of them; none in which a file is half written for a while, unless
    /// the daemon waits for it to be whole.
    pub(crate) fn pick(rng: &mut Rng, calm: bool) -> Self {
        match rng.below(4) {
            0 => Self::AsGnome,
            1 => Self::AsVim,
            2 if calm => Self::InPieces,
            _ => Self::AtOnce,
        }
    }

    pub(crate) fn save(self, rng: &mut Rng, path: &Path, text: &str) -> io::Result<()> {
        match self {
            Self::AsGnome => {
                let hidden = parent(path).join(".goutputstream-7Q2X");
                fs::write(&hidden, text)?;
                fs::rename(hidden, path)
            }
            Self::AsVim => {
                let backup = PathBuf::from(format!("{}~", path.display()));
                fs::rename(path, &backup)?;
                fs::write(path, text)?;
                fs::remove_file(backup)
            }
            Self::InPieces => in_pieces(rng, path, text),
            Self::AtOnce => fs::write(path, text),
        }
    }
}

fn in_pieces(rng: &mut Rng, path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    let (head, tail) = text.as_bytes().split_at(text.len() / 2);
    file.write_all(head)?;
    thread::sleep(rng.moment(20));
    file.write_all(tail)
}

pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}
