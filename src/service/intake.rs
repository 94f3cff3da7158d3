//! One file: opened, read, digested; or the reason why not.

use super::{
    contents::{Contents, contents},
    notes::{is_passing, name_of, remedy},
    tell::named,
};
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
    fs,
    io::{self, ErrorKind},
    iter,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
};

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
    /// It cannot be read for now.
    Failed(Failed),
}

/// Something that cannot be read for now.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) path: PathBuf,
    /// The words for it.
    pub(super) text: String,
}

impl Failed {
    /// What failed for this reason, which may pass by itself.
    pub(super) fn new(task: &str, path: PathBuf, error: &io::Error) -> Self {
        let text = format!(
            "cannot {task} {}: {error}; what is known of it stays as it was; {}",
            name_of(&path),
            remedy(error)
        );
        Self { path, text }
    }
}

impl Taken {
    /// The file.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Told { records, .. } => records.first().map_or(Path::new(""), Record::path),
            Self::Unsettled(path) => path,
            Self::Failed(failed) => &failed.path,
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
            Err(error) => match (scan::look(root, &path), error.kind()) {
                // Another one may have taken its place this moment.
                (Ok(There::File { .. }), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
                (Ok(There::File { .. }) | Err(_), _) if is_passing(&error) => {
                    return Taken::Failed(Failed::new("read", path, &error));
                }
                (Ok(There::File { stamp, .. }), _) => {
                    return refused(path, stamp, unreadable(&error));
                }
                // It may have been moved this moment.
                _ => return Taken::Unsettled(path),
            },
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
    Refused::faulty(format!("it cannot be read: {error}; {}", remedy(error)))
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
    if let Some(note) = digest::note(&read.made) {
        tracing::warn!(path = named(path), "{}: {note}", named(path));
    }
    // A writer may be as far ahead as clocks and time zones go.
    let ahead = read.made.published.map(|at| at.duration_since(now));
    if ahead.is_some_and(|ahead| ahead > SignedDuration::from_hours(24)) {
        tracing::warn!(
            path = named(path),
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
            tracing::warn!(path = named(path), "{}: {note}", named(path));
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
