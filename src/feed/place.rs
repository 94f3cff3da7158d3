//! Where a document stands, and how others are named from there.
//!
//! With a public address every other document is named in full, as readers
//! need it. Without one, feeds are read from disk, and other documents are
//! named relative to the one that names them.

use super::{SiteUrl, address};

/// Where a document stands.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    /// The public address of the feeds folder.
    pub(super) url: Option<&'a SiteUrl>,
    /// The document's folder in the feeds folder: no `/` at its ends, and empty
    /// for the feeds folder itself.
    pub(super) folder: String,
    /// The query that documents of this folder are asked for with; empty for
    /// those that need none.
    pub(super) query: &'a str,
}

impl Place<'_> {
    /// How to name a document or folder, given its path in the feeds folder: in
    /// full, or relative to this place. A folder's path ends with `/`; the empty
    /// one is the feeds folder.
    pub(super) fn to(&self, path: &str) -> String {
        let own = path.strip_prefix(&*self.folder);
        let is_own = own.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut path = address::of_path(path);
        if is_own && !self.query.is_empty() {
            path.push('?');
            path.push_str(self.query);
        }
        let path = &path;
        if let Some(url) = self.url {
            return url.join(path);
        }
        let depth = self.folder.split('/').filter(|part| !part.is_empty());
        let relative = "../".repeat(depth.count()) + path;
        // An empty reference would mean the document itself.
        if relative.is_empty() {
            "./".to_owned()
        } else {
            relative
        }
    }
}

/// The path of a document in a folder of the feeds folder, which may be that
/// itself: "".
pub(super) fn path(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
