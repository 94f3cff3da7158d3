//! The head of a document: what a sheet says of itself and of others, ready to
//! be laid out in any format.

use super::place::Place;
use crate::channel::{Part, Scope};
use jiff::Timestamp;

/// What a document says before its entries. All values have passed the border:
/// single lines, without characters that XML forbids.
#[derive(Debug, Clone)]
pub(super) struct Head<'a> {
    /// The channel's permanent id.
    pub(super) id: &'a str,
    /// What the channel is of.
    pub(super) scope: Scope,
    /// The name of the site.
    pub(super) site: &'a str,
    /// What the channel is called within the site; empty for the one of all
    /// entries.
    pub(super) name: &'a str,
    /// What it is called in a reader: the site, and what it is of.
    pub(super) title: String,
    pub(super) description: String,
    /// Who is named where an entry names nobody.
    pub(super) author: String,
    pub(super) language: Option<String>,
    /// When the newest change was.
    pub(super) updated: Timestamp,
    /// Where this document stands: for a copy at a former address, there.
    pub(super) place: Place<'a>,
    /// The channel's folder in the feeds folder, where the document belongs.
    pub(super) folder: &'a str,
    pub(super) part: Part,
    /// How many archive pages the channel has.
    pub(super) archives: u32,
}

impl Head<'_> {
    /// The path, in the feeds folder, of a document of a part of this channel.
    pub(super) fn path_of(&self, part: Part, name: &str) -> String {
        let folder = folder_of(self.folder, part);
        super::place::path(&folder, name)
    }

    /// The part with the entries that are older than those of this one.
    pub(super) fn older(&self) -> Option<Part> {
        let page = match self.part {
            Part::Current => self.archives,
            Part::Archive(page) => page.saturating_sub(1),
        };
        (page > 0).then_some(Part::Archive(page))
    }
}

/// The folder of the documents of a part of a channel.
pub(super) fn folder_of(channel: &str, part: Part) -> String {
    match part {
        Part::Current => channel.to_owned(),
        Part::Archive(page) => super::place::path(channel, &format!("archive/{page}")),
    }
}
