//! Every call of publishing fails once, with every error; the process is killed
//! at every call; the power is cut at every call.

use super::model::{Fault, LUCKS, MOUNT, Model};
use feedwright::{
    feed::Document,
    publish::{
        Known, PublishError, clean_leftovers_on,
        files::{publish_on, remove_on},
    },
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// EINTR, EIO, ENOMEM, EACCES, ENFILE, EMFILE, EFBIG, ENOSPC, EROFS, EDQUOT.
const ERRORS: [i32; 10] = [4, 5, 12, 13, 23, 24, 27, 28, 30, 122];

const FOLDER: &str = "/feeds";

/// Documents before and after, and the names that go.
struct Case {
    disk: Model,
    known: Known,
    old: Vec<Document>,
    new: Vec<Document>,
    removed: Vec<String>,
}

impl Case {
    /// Some stay as they are, some change, some are new, one in a mount; `more`
    /// of all.
    fn new(flushes_all: bool, more: usize) -> Self {
        let document = |name: &str, text: &str| Document {
            name: name.to_owned(),
            media_type: "application/rss+xml",
            bytes: format!("{name} {text}").into_bytes(),
        };
        let mounted = Path::new(MOUNT).file_name().unwrap().to_str().unwrap();
        let changed = [
            "rss.xml".to_owned(),
            "topics/a/rss.xml".to_owned(),
            format!("{mounted}/rss.xml"),
        ];
        let changed: Vec<String> = changed
            .into_iter()
            .chain((0..more).map(|number| format!("folders/{number}/rss.xml")))
            .collect();
        let old: Vec<Document> = changed
            .iter()
            .map(|name| document(name, "old"))
            .chain([
                document("topics/same.xml", "same"),
                document("gone/b/rss.xml", "old"),
            ])
            .collect();
        let new: Vec<Document> = changed
            .iter()
            .map(|name| document(name, "new"))
            .chain([
                document("topics/same.xml", "same"),
                document("new/c/rss.xml", "new"),
            ])
            .collect();
        let disk = Model::new(flushes_all);
        let known = publish(&disk, &old, &Known::new()).unwrap();
        let removed = vec!["gone/b/rss.xml".to_owned()];
        Self {
            disk,
            known,
            old,
            new,
            removed,
        }
    }

    /// Publishes what is new, and removes what goes.
    fn publish(&self, disk: &Model) -> Result<Known, PublishError> {
        let known = publish(disk, &self.new, &self.known)?;
        remove_on(disk, Path::new(FOLDER), &self.removed)?;
        Ok(known)
    }

    /// Every document is the old one or the new one.
    fn check_either(&self, disk: &Model, when: &str) {
        let files = disk.files();
        let (old, new) = (by_path(&self.old), by_path(&self.new));
        for (path, bytes) in &files {
            if is_temporary(path) {
                continue;
            }
            let either = [old.get(path), new.get(path)];
            assert!(
                either.contains(&Some(bytes)),
                "{when}: {} is {bytes:?}",
                path.display()
            );
        }
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(
                files.contains_key(path),
                "{when}: {} is lost",
                path.display()
            );
        }
    }

    /// Every document is the new one, whatever a power cut does.
    fn check_new(&self, disk: &Model, when: &str) {
        for luck in LUCKS {
            let files = disk.cut(luck).files();
            assert_eq!(
                files,
                by_path(&self.new),
                "{when}, then a power cut ({luck:?})"
            );
        }
    }

    fn check_no_leftovers(disk: &Model, when: &str) {
        let left: Vec<PathBuf> = disk
            .files()
            .into_keys()
            .filter(|path| is_temporary(path))
            .collect();
        assert!(left.is_empty(), "{when}: {left:?}");
    }
}

fn publish(disk: &Model, documents: &[Document], known: &Known) -> Result<Known, PublishError> {
    let documents: Vec<&Document> = documents.iter().collect();
    let published = publish_on(disk, Path::new(FOLDER), &documents, known)?;
    let stamp = |one: feedwright::publish::Published| (one.name, (one.size, one.modified));
    Ok(published.into_iter().map(stamp).collect())
}

fn by_path(documents: &[Document]) -> BTreeMap<PathBuf, Vec<u8>> {
    let pairs = documents.iter().map(|document| {
        let path = Path::new(FOLDER).join(&document.name);
        (path, document.bytes.clone())
    });
    pairs.collect()
}

fn is_temporary(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "tmp")
}

/// One document at a time flushed, many flushed together, and many on a disk
/// that cannot do that.
fn cases() -> [Case; 3] {
    [
        Case::new(true, 0),
        Case::new(true, 20),
        Case::new(false, 20),
    ]
}

#[test]
fn without_a_fault_all_is_new_and_on_the_disk() {
    for case in cases() {
        let disk = case.disk.with(None);
        let known = case.publish(&disk).unwrap();
        case.check_new(&disk, "published");
        // Nothing is left to do.
        let calls = disk.calls();
        assert_eq!(publish(&disk, &case.new, &known).unwrap(), known);
        assert!(calls > disk.calls() - calls);
    }
}

#[test]
fn any_call_fails_with_any_error_and_the_next_try_mends_it() {
    for case in cases() {
        // What the error is makes no difference to how many there are.
        let errors = if case.new.len() < 20 {
            &ERRORS[..]
        } else {
            &ERRORS[1..2]
        };
        for number in errors.iter().copied() {
            for call in 0.. {
                let when = format!("call {call} failed with error {number}");
                let disk = case.disk.with(Some(Fault::Once(call, number)));
                let result = case.publish(&disk);
                if disk.calls() <= call {
                    assert!(result.is_ok());
                    break;
                }
                case.check_either(&disk, &when);
                for luck in LUCKS {
                    case.check_either(&disk.cut(luck), &format!("{when}, then power ({luck:?})"));
                }
                if result.is_err() {
                    let calls = disk.calls();
                    Case::check_no_leftovers(&disk, &when);
                    case.publish(&disk)
                        .unwrap_or_else(|error| panic!("{when}: {error}"));
                    assert!(disk.calls() > calls);
                }
                case.check_new(&disk, &when);
            }
        }
    }
}

#[test]
fn a_folder_that_cannot_be_looked_at_is_not_taken_for_a_file() {
    for case in cases() {
        let disk = case.disk.with(Some(Fault::Blind(5)));
        let error = case.publish(&disk).unwrap_err();
        let PublishError::Refused { source, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(source.raw_os_error(), Some(5), "{error}");
        case.check_either(&disk, "nothing can be looked at");
    }
}

#[test]
fn after_a_kill_at_any_call_the_next_process_completes_it() {
    for case in cases() {
        for call in 0.. {
            let when = format!("killed at call {call}");
            let killed = case.disk.with(Some(Fault::Dead(call)));
            let result = case.publish(&killed);
            if killed.calls() <= call {
                assert!(result.is_ok());
                break;
            }
            case.check_either(&killed, &when);
            let next = killed.with(None);
            clean_leftovers_on(&next, Path::new(FOLDER)).unwrap();
            Case::check_no_leftovers(&next, &when);
            case.publish(&next).unwrap();
            case.check_new(&next, &when);
        }
    }
}

#[test]
fn a_power_cut_at_any_call_leaves_the_old_or_the_new() {
    for case in cases() {
        for call in 0.. {
            let off = case.disk.with(Some(Fault::Dead(call)));
            let result = case.publish(&off);
            if off.calls() <= call {
                assert!(result.is_ok());
                break;
            }
            for luck in LUCKS {
                let when = format!("power cut at call {call} ({luck:?})");
                let next = off.cut(luck);
                case.check_either(&next, &when);
                clean_leftovers_on(&next, Path::new(FOLDER)).unwrap();
                case.publish(&next).unwrap();
                case.check_new(&next, &when);
            }
        }
    }
}
