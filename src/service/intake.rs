//! One file: opened, read, digested; or the reason why not.

use super::tell::named;
use crate::{
    catalogue::{Found, Record, Refusal},
    config::Config,
    digest,
    entry::Digest,
    file::Stamp,
    read,
    watch::scan,
};
use jiff::Timestamp;
use std::{
    fs,
    io::{self, Read as _},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// File times are as coarse as the kernel's tick, up to 10 ms: a file that was
/// changed this shortly before it was read may change again without showing it.
const COARSE: Duration = Duration::from_millis(20);

/// How often a file that changes while it is read is read again at once.
const TRIES: usize = 3;

/// What came of a file.
pub(super) enum Taken {
    /// Something for the catalogue.
    Told(Record),
    /// It changes while it is read; it has to be looked at later.
    Unsettled(PathBuf),
}

/// Takes in the file at `path`, relative to the watch folder.
pub(super) fn take_in(config: &Config, path: PathBuf, at: Timestamp) -> Taken {
    let full = config.service.watch_folder.join(&path);
    let limit = config.service.max_file_size;
    let refused = |path, stamp, refused: Refused| {
        let Refused { kind, reason } = refused;
        Taken::Told(Record::Refused {
            path,
            stamp,
            kind,
            reason,
        })
    };
    for _ in 0..TRIES {
        match contents(&full, limit) {
            Ok(Contents::Whole(bytes, stamp)) => {
                return match understand(config, &path, &bytes) {
                    Ok(digest) => {
                        let content = *blake3::hash(&bytes).as_bytes();
                        let found = Found {
                            path,
                            stamp,
                            content,
                            digest,
                            at,
                        };
                        Taken::Told(Record::Found(Box::new(found)))
                    }
                    Err(reason) => refused(path, stamp, reason),
                };
            }
            Ok(Contents::TooLarge(stamp)) => return refused(path, stamp, too_large(stamp, limit)),
            Ok(Contents::Changing) => {}
            Err(error) => {
                // What is not there any more has no stamp.
                return match scan::look(&config.service.watch_folder, &path) {
                    Ok(Some(stamp)) => refused(path, stamp, unreadable(&error)),
                    _ => Taken::Told(Record::Gone { path }),
                };
            }
        }
    }
    Taken::Unsettled(path)
}

/// Digests a file that somebody names, drafts included.
pub(super) fn digest_file(config: &Config, path: &Path) -> Result<Digest, String> {
    // A link that somebody names is meant.
    let real = fs::canonicalize(path).map_err(|error| unreadable(&error).reason)?;
    for _ in 0..TRIES {
        match contents(&real, config.service.max_file_size) {
            Ok(Contents::Whole(bytes, _)) => {
                return match caught(config, path, &bytes) {
                    Ok((_, digest)) => Ok(digest),
                    Err(refused) => Err(refused.reason),
                };
            }
            Ok(Contents::TooLarge(stamp)) => {
                return Err(too_large(stamp, config.service.max_file_size).reason);
            }
            Ok(Contents::Changing) => {}
            Err(error) => return Err(unreadable(&error).reason),
        }
    }
    Err("it changes while it is read; try again when it is finished".to_owned())
}

/// Why a file is not published.
struct Refused {
    kind: Refusal,
    reason: String,
}

impl Refused {
    fn faulty(reason: impl Into<String>) -> Self {
        Self {
            kind: Refusal::Faulty,
            reason: reason.into(),
        }
    }
}

fn too_large(stamp: Stamp, limit: u64) -> Refused {
    Refused::faulty(format!(
        "it has {} bytes, more than the {limit} allowed; raise `max-file-size` under `[watch]`, \
         or shorten it",
        stamp.size
    ))
}

fn unreadable(error: &io::Error) -> Refused {
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "check its name",
        io::ErrorKind::PermissionDenied => "let the user that feedwright runs as read it",
        _ => "check the disk, or put the file there again",
    };
    Refused::faulty(format!("it cannot be read: {error}; {remedy}"))
}

enum Contents {
    Whole(Vec<u8>, Stamp),
    TooLarge(Stamp),
    /// It was not the same before and after.
    Changing,
}

fn contents(path: &Path, limit: u64) -> io::Result<Contents> {
    let (mut file, before) = scan::open(path)?;
    if before.size > limit {
        return Ok(Contents::TooLarge(before));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.size).unwrap_or(0) + 1);
    file.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    let after = scan::stamp(&file.metadata()?);
    if after != before || bytes.len() as u64 != after.size {
        return Ok(Contents::Changing);
    }
    Ok(Contents::Whole(bytes, doubtful(after)))
}

/// A stamp that no listing will equal, if the file may still change without
/// its times showing it.
fn doubtful(stamp: Stamp) -> Stamp {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let age = now.as_nanos().cast_signed() - i128::from(stamp.modified.max(stamp.changed));
    if age < COARSE.as_nanos().cast_signed() {
        return Stamp {
            modified: i64::MIN,
            ..stamp
        };
    }
    stamp
}

/// The digest of a file that is to be published.
fn understand(config: &Config, path: &Path, bytes: &[u8]) -> Result<Digest, Refused> {
    let (draft, digest) = caught(config, path, bytes)?;
    if draft {
        let reason = "it is a draft; take `draft` out of its front matter to publish it";
        return Err(Refused {
            kind: Refusal::Draft,
            reason: reason.to_owned(),
        });
    }
    Ok(digest)
}

/// Whether it is a draft, and its digest. A panic costs this article only.
fn caught(config: &Config, path: &Path, bytes: &[u8]) -> Result<(bool, Digest), Refused> {
    let understood = panic::catch_unwind(AssertUnwindSafe(|| {
        let article = read::read(path, bytes, &read::Settings::default())?;
        for note in &article.notes {
            tracing::warn!("{}: {note}", named(path));
        }
        Ok((article.draft, digest::digest(article, &config.digest)))
    }));
    match understood {
        Ok(understood) => {
            understood.map_err(|error: read::ReadError| Refused::faulty(error.to_string()))
        }
        // The panic hook has told where it happened.
        Err(_) => Err(Refused::faulty(
            "feedwright failed on it, which is a fault of feedwright; please report it with the file",
        )),
    }
}
