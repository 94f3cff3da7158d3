//! Files that are refused, that hold articles, or that are gone.

use super::{apply::Pass, place::Touch, rows, sources};
use crate::{
    catalogue::{Outcome, Refusal, rules::Key},
    file::Stamp,
};
use rusqlite::Result;
use std::path::Path;

impl Pass<'_> {
    pub(super) fn refused(
        &mut self,
        path: &Path,
        stamp: Stamp,
        kind: Refusal,
        reason: &str,
    ) -> Result<Outcome> {
        let source = sources::find(self.db, path)?;
        let entry = source.as_ref().and_then(|source| source.here.as_ref());
        match (&source, entry, kind) {
            (Some(source), _, Refusal::Faulty) => {
                sources::refuse(self.db, source.seq, stamp, reason)?;
            }
            (Some(source), entry, Refusal::Draft) => {
                sources::delete(self.db, source.seq)?;
                sources::insert(self.db, path, None, stamp, None, Some((kind, reason)))?;
                if let Some(here) = entry {
                    self.depart(here.entry, path)?;
                }
            }
            (None, ..) => sources::insert(self.db, path, None, stamp, None, Some((kind, reason)))?,
        }
        Ok(Outcome::Refused)
    }

    pub(super) fn holds(&mut self, path: &Path, stamp: Stamp) -> Result<Outcome> {
        self.gone(path)?;
        sources::insert(self.db, path, None, stamp, None, None)?;
        // It was taken for a folder if they were told first.
        for entry in sources::below(self.db, path)? {
            self.touch(entry, Touch::default());
        }
        Ok(Outcome::Unchanged)
    }

    pub(super) fn gone(&mut self, path: &Path) -> Result<Outcome> {
        let Some(source) = sources::find(self.db, path)? else {
            return Ok(Outcome::Unchanged);
        };
        sources::delete(self.db, source.seq)?;
        if let Some(here) = source.here {
            self.depart(here.entry, path)?;
        }
        Ok(Outcome::Gone)
    }

    /// Notes that an entry has lost a file, perhaps its last.
    pub(super) fn depart(&mut self, entry: Key, path: &Path) -> Result<()> {
        self.departed = true;
        self.touch(entry, Touch::default());
        rows::depart(self.db, entry, path)
    }
}
