//! Files that took the names of others that cannot be told of yet: told before
//! those, they would get their entries, and so they wait as long.

use crate::service::intake::Taken;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// The former names of files that have to wait.
#[derive(Default)]
pub(super) struct Late {
    /// Of those that are being written.
    settling: BTreeSet<PathBuf>,
    /// Of those that cannot be read for now.
    unread: BTreeSet<PathBuf>,
}

impl Late {
    /// Those of what was taken in while these were `written`. What cannot be read
    /// is waited for only if it still keeps entries.
    pub(super) fn of(
        taken: &[Taken],
        written: &BTreeSet<PathBuf>,
        moved: &BTreeMap<PathBuf, Vec<PathBuf>>,
        keeps: bool,
    ) -> Self {
        let mut late = Self::default();
        for taken in taken {
            let before = moved.get(taken.path()).into_iter().flatten().cloned();
            match taken {
                Taken::Unsettled(_) => late.settling.extend(before),
                taken if written.contains(taken.path()) => late.settling.extend(before),
                Taken::Failed(_) if keeps => late.unread.extend(before),
                Taken::Failed(_) | Taken::Told { .. } => {}
            }
        }
        late
    }

    /// Whether the file waits for one that is being written.
    pub(super) fn settles(&self, path: &Path) -> bool {
        self.settling.contains(path)
    }

    /// Whether the file waits for one that cannot be read.
    pub(super) fn is_unread(&self, path: &Path) -> bool {
        self.unread.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::intake::Failed;

    #[test]
    fn what_took_a_name_waits_for_the_file_that_had_it() {
        let path = || PathBuf::from("new.md");
        let moved = [(path(), vec!["old.md".into()])].into();
        let failed = || {
            Taken::Failed(Failed {
                path: path(),
                text: String::new(),
            })
        };
        let none = BTreeSet::new();
        let check = |taken: Taken, written: &BTreeSet<_>, keeps: bool, expected: [bool; 2]| {
            let late = Late::of(&[taken], written, &moved, keeps);
            let old = Path::new("old.md");
            assert_eq!([late.settles(old), late.is_unread(old)], expected);
            assert!(!late.settles(&path()) && !late.is_unread(&path()));
        };
        check(Taken::Unsettled(path()), &none, true, [true, false]);
        check(failed(), &none, true, [false, true]);
        check(failed(), &none, false, [false, false]);
        check(failed(), &[path()].into(), false, [true, false]);
    }
}
