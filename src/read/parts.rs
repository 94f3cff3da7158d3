//! The articles in a file that holds several.

use super::{Part, ReadError, Reading, meta};
use crate::article::Article;
use std::collections::BTreeMap;

/// The longest name; an id that is longer is somebody's joke.
const LONGEST: usize = 300;

/// The parts of a file, each with a name of its own.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<Part>,
    /// Every name that is taken, and how often it was asked for.
    names: BTreeMap<String, usize>,
}

impl Parts {
    /// Takes in an article, named by the first of these ids that has something
    /// in it: best one that stays when the file is written anew.
    pub(super) fn push(&mut self, ids: &[Option<&str>], article: Result<Article, ReadError>) {
        let names = ids.iter().flatten().map(|id| name(id));
        let name = names.into_iter().find(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| "article".to_owned());
        let mut unlike = name.clone();
        while self.names.contains_key(&unlike) {
            // A file of a hundred thousand alike is not gone through for each.
            let asked = self.names.entry(name.clone()).or_default();
            *asked += 1;
            unlike = format!("{name}-{asked}");
        }
        self.names.insert(unlike.clone(), 1);
        self.parts.push(Part {
            name: unlike,
            article,
        });
    }

    /// All of them; an error where there is none.
    pub(super) fn reading(self, none: ReadError) -> Result<Reading, ReadError> {
        if self.parts.is_empty() {
            Err(none)
        } else {
            Ok(Reading::Parts(self.parts))
        }
    }
}

/// An id as a name: `https://a.example/b?c` is `https:/a.example/b?c`. Nothing
/// in it can lead out of the file.
fn name(id: &str) -> String {
    let id = meta::tidy(id);
    let end = id
        .char_indices()
        .nth(LONGEST)
        .map_or(id.len(), |(at, _)| at);
    let parts = id[..end].split(['/', '\\']).map(str::trim);
    let parts = parts.filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}
