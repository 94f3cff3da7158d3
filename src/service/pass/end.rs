//! Whether a pass ends what was told so far: then entries that have lost their
//! files are withdrawn.
//!
//! What became of such a file may be in one that nobody has read yet, whether a
//! stop or a fault has left that, it cannot be read for now, or has to wait. So
//! its entry stays until all that is bound to be read soon has been.

use crate::{
    service::{Report, plan::Plan, worker::Worker},
    watch::scan::{self, There},
};
use std::{mem, path::Path, time::Instant};

/// What entries that have lost their files may wait for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    /// There are none, or nobody looks again.
    Nothing,
    /// Files that could not be read to their end.
    Unsettled,
    /// Files that are to be read later.
    Others,
}

impl Worker {
    /// What there is to wait for before this is carried out. From then on there
    /// may be entries that have lost their files.
    pub(super) fn awaited(&mut self, plan: &Plan) -> Awaited {
        let is_any_lost = mem::replace(&mut self.is_open, true) || !plan.gone.is_empty();
        if !is_any_lost || !plan.is_patient {
            Awaited::Nothing
        } else if plan.awaits {
            Awaited::Others
        } else {
            Awaited::Unsettled
        }
    }

    /// Whether a pass, in which all was read or not, ends what was told.
    pub(super) fn ends(&mut self, is_whole: bool, awaited: Awaited, report: &Report) -> bool {
        let ends = is_whole && !self.keeps_entries();
        let waits = match awaited {
            Awaited::Nothing => false,
            Awaited::Unsettled => !report.unsettled.is_empty(),
            Awaited::Others => true,
        };
        !self.mercy.lasts(ends && waits, Instant::now()) && ends
    }

    /// Whether what has lost its file may be in one that cannot be read for now.
    fn keeps_entries(&mut self) -> bool {
        let root = &self.config.service.watch_folder;
        self.unread.retain(|path| {
            let is_gone = matches!(
                scan::look(root, path),
                Ok(There::Nothing | There::LeftAlone(_))
            );
            path == Path::new("") || !is_gone
        });
        self.unread.keeps_entries(Instant::now())
    }
}
