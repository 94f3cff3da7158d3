//! One file: opened, read, digested; or the reason why not.

use super::tell::named;
use crate::{
    article::Article,
    catalogue::{Found, Record, Refusal},
    config::Config,
    digest,
    entry::Digest,
    file::Stamp,
    read::{self, Reading},
    watch::scan::{self, There},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    fs::{self, File as Opened, Metadata},
    io::{self, Read as _},
    iter,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// File times are as coarse as the kernel's tick, up to 10 ms: a file that was
/// changed this shortly before it was read may change again without showing it.
const COARSE: Duration = Duration::from_millis(20);

/// A time of modification that no file has, for those that may change without
/// showing it.
pub(super) const UNCERTAIN: i64 = i64::MIN;

/// How often a file that changes while it is read is read again at once.
const TRIES: usize = 3;

/// What came of a file.
pub(super) enum Taken {
    /// Something for the catalogue.
    Told {
        records: Vec<Record>,
        /// When it has to be looked at again: an embargo ends.
        again: Option<(PathBuf, Timestamp)>,
    },
    /// It changes or vanishes while it is read; it has to be looked at later.
    Unsettled(PathBuf),
}

impl Taken {
    /// The file.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Told { records, .. } => records.first().map_or(Path::new(""), Record::path),
            Self::Unsettled(path) => path,
        }
    }

    fn told(record: Record) -> Self {
        Self::Told {
            records: vec![record],
            again: None,
        }
    }
}

/// Takes in the file at `path`, relative to the watch folder.
pub(super) fn take_in(config: &Config, path: PathBuf, at: Timestamp) -> Taken {
    let root = &config.service.watch_folder;
    let limit = config.service.max_file_size;
    let refused = |path, stamp, refused: Refused| {
        let Refused { kind, reason } = refused;
        Taken::told(Record::Refused {
            path,
            stamp,
            kind,
            reason,
        })
    };
    for _ in 0..TRIES {
        match contents(|| scan::open_below(root, &path), limit) {
            Ok(Contents::Whole(bytes, stamp)) => {
                let file = File {
                    path,
                    stamp,
                    content: *blake3::hash(&bytes).as_bytes(),
                    at,
                };
                let understood = caught(config, &file.path, &bytes, digest::digest);
                return file.told(understood);
            }
            Ok(Contents::TooLarge(stamp)) => return refused(path, stamp, too_large(stamp, limit)),
            Ok(Contents::Changing) => {}
            Err(error) => {
                return match scan::look(root, &path) {
                    Ok(There::File { stamp, .. }) => refused(path, stamp, unreadable(&error)),
                    // It may have been moved this moment.
                    _ => Taken::Unsettled(path),
                };
            }
        }
    }
    Taken::Unsettled(path)
}

/// Makes something of the articles in a file that somebody names, drafts
/// included. Each comes with its name in the file, if that holds several.
pub(super) fn digest_file<T>(
    config: &Config,
    path: &Path,
    make: impl Fn(Article, &digest::Settings) -> T,
) -> Result<Vec<Named<T>>, String> {
    // A link that somebody names is meant.
    let real = fs::canonicalize(path).map_err(|error| unreadable(&error).reason)?;
    for _ in 0..TRIES {
        match contents(|| scan::open(&real), config.service.max_file_size) {
            Ok(Contents::Whole(bytes, _)) => {
                let understood = caught(config, path, &bytes, make);
                let understood = understood.map_err(|refused| refused.reason)?;
                let digest = |read: Result<Read<T>, Refused>| match read {
                    Ok(read) => Ok(read.made),
                    Err(refused) => Err(refused.reason),
                };
                return Ok(match understood {
                    Understood::Article(read) => vec![(None, Ok(read.made))],
                    Understood::Parts(parts) => parts
                        .into_iter()
                        .map(|(name, read)| (Some(name), digest(read)))
                        .collect(),
                });
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

/// An article's name among others in its file, if it has one, and what was made
/// of it or why nothing was.
pub(super) type Named<T> = (Option<String>, Result<T, String>);

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

fn contents(open: impl Fn() -> io::Result<(Opened, Metadata)>, limit: u64) -> io::Result<Contents> {
    let (mut file, metadata) = open()?;
    let mut before = scan::stamp(&metadata);
    if let Some(wait) = indistinct(&metadata) {
        // After that, every change shows.
        thread::sleep(wait);
        (file, before) = open().map(|(file, metadata)| (file, scan::stamp(&metadata)))?;
    }
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

/// How long to wait until a further change of this file would show in its times,
/// if it was written over just now. A file that has just been made is not waited
/// for: of that there is no old half to be mixed with a new one.
fn indistinct(metadata: &Metadata) -> Option<Duration> {
    let modified = metadata.modified().ok()?;
    let wait = COARSE.checked_sub(modified.elapsed().ok()?)?;
    let made = metadata.created().ok();
    let whole_life = made.and_then(|made| modified.duration_since(made).ok());
    (whole_life.is_none_or(|life| life >= COARSE)).then_some(wait)
}

/// A stamp that no listing will equal, if the file may still change without
/// its times showing it.
fn doubtful(stamp: Stamp) -> Stamp {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let age = |time: i64| (now.as_nanos().cast_signed() - i128::from(time)).unsigned_abs();
    // A time that is far in the future says as much as one in the past: the next
    // change gives the file another one.
    if age(stamp.modified).min(age(stamp.changed)) < COARSE.as_nanos() {
        return Stamp {
            modified: UNCERTAIN,
            ..stamp
        };
    }
    stamp
}

/// A file that was looked at.
struct File {
    path: PathBuf,
    stamp: Stamp,
    /// Hash of its bytes.
    content: [u8; 32],
    at: Timestamp,
}

impl File {
    /// What the catalogue is told of it.
    fn told(self, understood: Result<Understood<Digest>, Refused>) -> Taken {
        let mut again: Option<Timestamp> = None;
        let mut wait = |read: &Result<Read<Digest>, Refused>| {
            let embargo = read.as_ref().ok().and_then(|read| read.embargo);
            if let Some(until) = embargo.filter(|until| *until > self.at) {
                again = Some(again.map_or(until, |before| before.min(until)));
            }
        };
        let records = match understood {
            Ok(Understood::Parts(parts)) => {
                let holder = Record::Holds {
                    path: self.path.clone(),
                    stamp: self.stamp,
                };
                let parts = parts.into_iter().map(|(name, read)| {
                    wait(&read);
                    let mut hash = blake3::Hasher::new();
                    hash.update(&self.content).update(name.as_bytes());
                    self.record(self.path.join(name), *hash.finalize().as_bytes(), read)
                });
                iter::once(holder).chain(parts).collect()
            }
            Ok(Understood::Article(read)) => {
                let read = Ok(*read);
                wait(&read);
                vec![self.record(self.path.clone(), self.content, read)]
            }
            Err(refused) => vec![self.record(self.path.clone(), self.content, Err(refused))],
        };
        Taken::Told {
            records,
            again: again.map(|until| (self.path, until)),
        }
    }

    /// What the catalogue is told of one article in it.
    fn record(
        &self,
        path: PathBuf,
        content: [u8; 32],
        read: Result<Read<Digest>, Refused>,
    ) -> Record {
        let stamp = self.stamp;
        match read.and_then(|read| to_publish(read, &path, self.at)) {
            Ok(digest) => Record::Found(Box::new(Found {
                path,
                stamp,
                content,
                digest,
                at: self.at,
            })),
            Err(Refused { kind, reason }) => Record::Refused {
                path,
                stamp,
                kind,
                reason,
            },
        }
    }
}

/// The digest of an article that may be published now.
fn to_publish(read: Read<Digest>, path: &Path, now: Timestamp) -> Result<Digest, Refused> {
    let withheld = |reason| Refused {
        kind: Refusal::Draft,
        reason,
    };
    if read.draft {
        return Err(withheld(
            "it asks not to be published: it is a draft, or its sender withholds it; take `draft` \
             out of its front matter to publish it"
                .to_owned(),
        ));
    }
    if let Some(until) = read.embargo.filter(|until| *until > now) {
        return Err(withheld(format!(
            "it is under embargo until {until}, and published then by itself"
        )));
    }
    // A writer may be as far ahead as clocks and time zones go.
    let ahead = read.made.published.map(|at| at.duration_since(now));
    if ahead.is_some_and(|ahead| ahead > SignedDuration::from_hours(24)) {
        tracing::warn!(
            "{}: it says that it was published on {}, which is still to come on {now}; check its date, \
             or this machine's clock",
            named(path),
            read.made.published.unwrap_or(now).strftime("%Y-%m-%d")
        );
    }
    Ok(read.made)
}

/// What is in a file.
enum Understood<T> {
    Article(Box<Read<T>>),
    /// Each with its name in the file.
    Parts(Vec<(String, Result<Read<T>, Refused>)>),
}

/// An article that was read, and what was made of it: its digest.
struct Read<T> {
    draft: bool,
    embargo: Option<Timestamp>,
    made: T,
}

/// Reads what is in a file and digests it with `make`. A panic costs this file
/// only.
fn caught<T>(
    config: &Config,
    path: &Path,
    bytes: &[u8],
    make: impl Fn(Article, &digest::Settings) -> T,
) -> Result<Understood<T>, Refused> {
    let digest = |path: &Path, article: Article| {
        for note in &article.notes {
            tracing::warn!("{}: {note}", named(path));
        }
        Read {
            draft: article.draft,
            embargo: article.embargo,
            made: make(article, &config.digest),
        }
    };
    let faulty = |error: read::ReadError| Refused::faulty(error.to_string());
    let understood = panic::catch_unwind(AssertUnwindSafe(|| {
        Ok(match read::read(path, bytes, &config.read)? {
            Reading::Article(article) => Understood::Article(Box::new(digest(path, *article))),
            Reading::Parts(parts) => Understood::Parts(
                parts
                    .into_iter()
                    .map(|part| {
                        let path = path.join(&part.name);
                        let read = part.article.map(|article| digest(&path, article));
                        (part.name, read.map_err(faulty))
                    })
                    .collect(),
            ),
        })
    }));
    match understood {
        Ok(understood) => understood.map_err(faulty),
        // The panic hook has told where it happened.
        Err(_) => Err(Refused::faulty(
            "feedwright failed on it, which is a fault of feedwright; please report it with the file",
        )),
    }
}

#[cfg(test)]
mod tests;
