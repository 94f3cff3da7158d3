//! Archives of articles: what is the same for all of their formats.
//!
//! People put up archives of what they have: a folder of saved pages, notes
//! from another program, a newsroom's week. Articles are taken out, and what
//! only belongs to them is left where it is.

mod tar;
mod zip;

pub(super) use self::{tar::FORMAT as TAR, zip::FORMAT as ZIP};

use super::{Input, Part, ReadError, Reading, unpack::REMEDY};
use crate::article::Article;
use std::{collections::BTreeMap, path::Path};

/// So many files may be in an archive: twice what a blog that wrote something
/// every day of fifteen years exports.
const MOST_MEMBERS: usize = 10_000;

/// Files that go with articles, and are none themselves.
const COMPANIONS: &[&str] = &[
    "css", "js", "mjs", "map", "svg", "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp",
    "ico", "heic", "avif", "mp3", "m4a", "ogg", "flac", "wav", "mp4", "mov", "webm", "mkv", "avi",
    "ttf", "otf", "woff", "woff2", "eot", "db", "ini", "sfv", "md5", "sha256",
];

/// The articles of an archive, as they are found.
struct Articles<'a> {
    input: &'a Input<'a>,
    /// What the archive is, with its article.
    what: &'static str,
    parts: Vec<Part>,
    /// How often each name was met.
    names: BTreeMap<String, usize>,
}

impl<'a> Articles<'a> {
    fn new(input: &'a Input<'a>, what: &'static str) -> Self {
        Self {
            input,
            what,
            parts: Vec::new(),
            names: BTreeMap::new(),
        }
    }

    /// Reads a member, or keeps the reason why it cannot be read.
    fn add(
        &mut self,
        name: &str,
        bytes: Result<impl AsRef<[u8]>, ReadError>,
    ) -> Result<(), ReadError> {
        let read = bytes.and_then(|bytes| self.input.inner(Path::new(name), bytes.as_ref()));
        match read {
            Ok(Reading::Article(article)) => self.push(name, Ok(*article)),
            Ok(Reading::Parts(parts)) => {
                for part in parts {
                    self.push(&format!("{name}/{}", part.name), part.article);
                }
            }
            // Then this is no archive of articles at all.
            Err(error) if self.input.room.get() == 0 => return Err(error),
            // Pictures and the like whose names do not tell that they are.
            Err(ReadError::Binary { what }) if what != "binary data" => {}
            Err(error) => self.push(name, Err(error)),
        }
        if self.parts.len() > MOST_MEMBERS {
            return Err(too_many(self.what));
        }
        Ok(())
    }

    /// Keeps a part, under a name that no other has: archives may hold a file
    /// twice.
    fn push(&mut self, name: &str, article: Result<Article, ReadError>) {
        let mut free = name.to_owned();
        while let Some(count) = self.names.get_mut(&free) {
            *count += 1;
            free = format!("{name} ({count})");
        }
        self.names.insert(free.clone(), 1);
        self.parts.push(Part {
            name: free,
            article,
        });
    }

    /// What is in the archive. When nothing can be read for one reason, that is
    /// said once.
    fn finish(self) -> Result<Reading, ReadError> {
        let Some(first) = self.parts.first() else {
            return Err(ReadError::NoArticle { what: self.what });
        };
        match &first.article {
            Err(error) if self.parts.iter().all(|p| p.article.as_ref() == Err(error)) => {
                Err(error.clone())
            }
            _ => Ok(Reading::Parts(self.parts)),
        }
    }
}

/// Why an archive of so many files is not read.
fn too_many(what: &'static str) -> ReadError {
    ReadError::TooMuch {
        what,
        limit: format!("holds more than {MOST_MEMBERS} files"),
        remedy: REMEDY,
    }
}

/// The name of a member as that of a part: a path that leads nowhere else.
/// `None` for what is not looked at: what systems and programs put beside the
/// files, and what belongs to saved pages.
fn member(name: &str) -> Option<String> {
    // Old programs for Windows write its paths.
    let separators = |c: char| c == '/' || c == '\\';
    let clean = |part: &str| part.replace(char::is_control, " ").trim().to_owned();
    let parts: Vec<String> = name.split(separators).map(clean).collect();
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty() && *part != "." && *part != "..")
        .collect();
    let (file, folders) = parts.split_last()?;
    let hidden = parts.iter().any(|part| part.starts_with('.'));
    let aside = |folder: &&str| {
        // Browsers name the folder of a page's parts so, in their language.
        let pages = [
            "_files",
            "-files",
            "-Dateien",
            "_fichiers",
            "_archivos",
            ".files",
        ];
        *folder == "__MACOSX" || pages.iter().any(|end| folder.ends_with(end))
    };
    let ending = Path::new(file)
        .extension()
        .and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let companion = COMPANIONS.contains(&ending.as_str());
    let listed = hidden || companion || folders.iter().any(aside);
    (!listed).then(|| parts.join("/"))
}
