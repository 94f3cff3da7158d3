//! One process at a time: a lock on a file beside the database, which says who
//! holds it.

use super::{Holder, StoreError};
use std::{
    env,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::Path,
    process, thread,
    time::{Duration, Instant},
};

/// The lock's file. It stays when the lock is given up: removing it would let
/// two processes lock two files of one name.
const NAME: &str = "catalogue.lock";

/// How long to wait for a holder that is about to end: a restart starts the new
/// process while the old one is still closing its files.
const PATIENCE: Duration = Duration::from_secs(1);

const PAUSE: Duration = Duration::from_millis(20);

/// Takes the lock, which is held until the file is closed, even by a kill.
pub(super) fn take(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(NAME);
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(&path).map_err(StoreError::io(&path))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Held {
                    folder: folder.to_owned(),
                    holder: holder(&mut file),
                });
            }
            Err(TryLockError::Error(source)) => return Err(StoreError::io(&path)(source)),
        }
    }
    // That the name is missing does not weaken the lock, so a full disk is no
    // reason to stop here.
    let command: Vec<_> = env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let _ = file
        .set_len(0)
        .and_then(|()| writeln!(file, "{}\n{}", process::id(), command.join(" ")));
    Ok(file)
}

/// Who has the catalogue in this folder, if anybody has. Whoever wants it at this
/// very moment has to try twice.
///
/// # Errors
///
/// When the lock's file cannot be looked at.
pub fn holder_of(folder: &Path) -> Result<Option<Holder>, StoreError> {
    let path = folder.join(NAME);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(&path)(error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Ok(Some(holder(&mut file))),
        Err(TryLockError::Error(source)) => Err(StoreError::io(&path)(source)),
    }
}

/// Who wrote the lock's file. Nothing is known where the system keeps others
/// from reading a locked file, or before the holder has written its name.
fn holder(file: &mut File) -> Holder {
    let mut text = Vec::new();
    // A name is short; what is longer was not written by us.
    let _ = file.take(4096).read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text);
    let mut lines = text.lines();
    Holder {
        pid: lines.next().and_then(|pid| pid.trim().parse().ok()),
        command: lines.next().unwrap_or_default().to_owned(),
    }
}
