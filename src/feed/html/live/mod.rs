//! Pages that only a server has: of whatever somebody asks for, of what there
//! is in lists, and of each entry with its quotations marked.
//!
//! They are rendered from values that are passed in, as everything here, and are
//! as the pages of the feeds folder but for three things. Their style and their
//! script are [assets](assets()) of their own, so that a browser keeps them.
//! They fetch nothing from other hosts: a picture is a link that can be
//! followed. And all that they can do can be done without the script, which
//! only saves the reader from asking: it searches while they type, and shows
//! new entries as they come.
//!
//! Every page names the root of the server as its base and what it links to
//! relative to that, so that it works below any address that a proxy has for it.

mod assets;
mod beside;
mod chart;
mod entry;
mod form;
mod hit;
mod listing;
mod nothing;
mod problem;
mod question;
mod shell;
mod subjects;
#[cfg(test)]
mod tests;
mod words;

pub use assets::{Asset, assets};
pub use entry::{Neighbor, Whole, entry};
pub use form::{Choice, Choices};
pub use hit::{Hit, Snippet};
pub use listing::{Archive, Count, Fault, Listing, listing};
pub use problem::{Problem, problem};
pub use question::Question;
pub use subjects::{Subject, Subjects, WEEKS, subjects};

use crate::feed::{Settings, border::line};

/// Who asks, and for what address.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// What documents are rendered with. The address in it is the public one or,
    /// without one, the one that was asked.
    pub settings: &'a Settings,
    /// The path that was asked for, after the first `/` and decoded.
    pub path: &'a str,
    /// The query that was asked, as it was sent: without `?`, and not decoded.
    pub query: &'a str,
    /// What news of the publication that the page shows are told by; a page that
    /// is told other news asks again.
    pub published: &'a str,
}

impl Visit<'_> {
    /// The name of the site.
    fn site(&self) -> String {
        let site = line(&self.settings.title);
        if site.is_empty() {
            "Untitled".to_owned()
        } else {
            site
        }
    }
}
