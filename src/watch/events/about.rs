//! What the system's words for an event mean here.

use super::TELLS_CLOSES;
use crate::watch::{scan, settle::Hint};
use notify::{
    EventKind,
    event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode},
};
use std::{fs, path::Path};

/// What an event is about.
pub(super) enum About {
    File(Hint),
    /// A file appeared.
    Created,
    Folder,
    /// Something was renamed to this, file or folder.
    Arrived,
}

/// What an event of this kind is about, if it says anything.
pub(super) fn about(kind: EventKind) -> Option<About> {
    Some(match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => About::File(Hint::Complete),
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            About::Folder
        }
        EventKind::Create(_) => About::Created,
        EventKind::Modify(ModifyKind::Metadata(_)) => About::File(Hint::Seen),
        EventKind::Remove(_) => About::File(Hint::Removed),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) => About::File(Hint::Vanished),
        // `Both` repeats a `From` and a `To`.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) | EventKind::Access(_) => {
            return None;
        }
        // `To`, and systems that do not tell which it was.
        EventKind::Modify(ModifyKind::Name(_)) => About::Arrived,
        EventKind::Modify(_) => About::File(Hint::Growing),
        EventKind::Any | EventKind::Other => return None,
    })
}

/// The event does not tell a file from a folder that was renamed into place. A
/// link to a folder is none.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// An empty file is about to be written, and its close will come. One with
/// something in it has got another name, and is whole already; one with several
/// names may be closed under another.
pub(super) fn created(path: &Path) -> Hint {
    let empty = fs::symlink_metadata(path).is_ok_and(|metadata| {
        metadata.is_file() && metadata.len() == 0 && !scan::is_linked(&metadata)
    });
    if TELLS_CLOSES && empty {
        Hint::Growing
    } else {
        Hint::Seen
    }
}
