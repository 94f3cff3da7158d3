//! A seal on the database, made when it is closed in order and taken off when
//! it is opened: a file beside it with the hash of its bytes.
//!
//! No seal means that whoever had it was killed, or lost its power. A seal that
//! does not fit means that a disk lost or changed something since, or that
//! another program wrote to it.

use super::StoreError;
use rusqlite::{Connection, config::DbConfig};
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

/// The seal's file in the catalogue's folder.
const NAME: &str = "catalogue.seal";

/// How the database was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// Closed in order, and as it was then.
    Whole,
    /// Closed in order, and another one since.
    Broken,
    /// Not closed.
    Missing,
}

/// Takes the seal off, for good before anything is written, and tells how it
/// was.
pub(super) fn take(file: &Path) -> Result<Seal, StoreError> {
    let path = path_of(file);
    let kept = match fs::read_to_string(&path) {
        Ok(kept) => kept,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Seal::Missing),
        // What cannot be read fits nothing.
        Err(_) => String::new(),
    };
    let is_whole = is_alone(file) && hash(file).is_ok_and(|hash| hash == kept.trim());
    remove(file)?;
    Ok(if is_whole { Seal::Whole } else { Seal::Broken })
}

/// Takes the seal off: somebody is going to write to the database.
pub(super) fn remove(file: &Path) -> Result<(), StoreError> {
    let path = path_of(file);
    match fs::remove_file(&path) {
        Ok(()) => sync_folder(&path).map_err(StoreError::io(&path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io(&path)(error)),
    }
}

/// Closes the database, and seals it. Where that cannot be, it stays without
/// one: it is then looked through when it is opened again.
pub(super) fn close(db: Connection, file: &Path) {
    // Who reads it now may go on for hours.
    let _ = db.busy_timeout(Duration::from_millis(100));
    let moved = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    // All that closing still had to move may be moved by a later one.
    let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    let closed = db.close().is_ok();
    // 0 is not busy.
    if closed && moved == Ok(0_i64) && is_alone(file) {
        let _ = put(file);
    }
}

/// Whether all that was written is in the database itself.
fn is_alone(file: &Path) -> bool {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).map_or(true, |log| log.len() == 0)
}

fn put(file: &Path) -> io::Result<()> {
    let path = path_of(file);
    let new = path.with_extension("seal.new");
    let mut seal = File::create(&new)?;
    writeln!(seal, "{}", hash(file)?)?;
    seal.sync_all()?;
    fs::rename(&new, &path)?;
    sync_folder(&path)
}

fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(file)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

fn path_of(file: &Path) -> PathBuf {
    file.with_file_name(NAME)
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Elsewhere folders cannot be opened, and need not be.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
