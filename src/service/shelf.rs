//! A shelf for the renderer: a file without a name, which is gone with it.

use crate::feed::Shelf;
use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

/// A file in this folder, made when something is laid there.
#[derive(Debug)]
pub(super) struct FileShelf {
    folder: PathBuf,
    file: Option<File>,
    end: u64,
}

impl FileShelf {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            file: None,
            end: 0,
        }
    }
}

impl Shelf for FileShelf {
    fn put(&mut self, bytes: &[u8]) -> Option<u64> {
        if self.file.is_none() {
            self.file = tempfile::tempfile_in(&self.folder).ok();
        }
        let file = self.file.as_mut()?;
        let at = self.end;
        file.seek(SeekFrom::Start(at)).ok()?;
        // A full disk is no fault here: what does not fit is made anew.
        file.write_all(bytes).ok()?;
        self.end += bytes.len() as u64;
        Some(at)
    }

    fn get(&mut self, at: u64, length: usize) -> Option<Vec<u8>> {
        let file = self.file.as_mut()?;
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}
