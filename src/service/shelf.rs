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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_there_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = FileShelf::new(folder.path().to_owned());
        assert_eq!(shelf.get(0, 1), None);
        let one = shelf.put(b"one").unwrap();
        let two = shelf.put(b"two!").unwrap();
        assert_eq!(shelf.get(one, 3).unwrap(), b"one");
        let three = shelf.put(b"").unwrap();
        assert_eq!(shelf.get(two, 4).unwrap(), b"two!");
        assert_eq!(shelf.get(three, 0).unwrap(), b"");
        assert_eq!(shelf.get(two, 5), None, "there is no more");
        assert_eq!(
            folder.path().read_dir().unwrap().count(),
            0,
            "it has no name"
        );
    }

    #[test]
    fn without_a_folder_nothing_is_laid_anywhere() {
        let mut shelf = FileShelf::new("/no/such/folder".into());
        assert_eq!(shelf.put(b"one"), None);
        assert_eq!(shelf.get(0, 3), None);
    }
}
