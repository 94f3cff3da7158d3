//! The head of a document: what a sheet says of itself and of others, ready to
//! be laid out in any format.

use super::{
    FeedError, HubUrl, Settings, address,
    border::{self, said},
    language::language,
    place::{Place, path},
};
use crate::channel::{Deleted, Part, Scope, Sheet};
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
    /// When the newest change was; 1970 when there was none, since a date must
    /// be there and the clock is not known.
    pub(super) updated: Timestamp,
    /// Where this document stands: for a copy at a former address, there.
    pub(super) place: Place<'a>,
    /// The channel's folder in the feeds folder, where the document belongs.
    pub(super) folder: &'a str,
    pub(super) part: Part,
    /// Who tells subscribers when this document changes; nobody does of an
    /// archive page, which does not, and none without an address.
    pub(super) hubs: &'a [HubUrl],
    /// How many archive pages the channel has.
    pub(super) archives: u32,
}

/// What stands around the entries of a document.
#[derive(Debug, Clone)]
pub(super) struct Frame<'a> {
    pub(super) head: Head<'a>,
    /// Which entries were withdrawn, if the document is to say.
    pub(super) deleted: &'a [Deleted],
    /// What the entries need of the root.
    pub(super) uses: Uses,
}

/// What entries need of the root of their document: the vocabularies that they
/// take words from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// RSS's `content` and Dublin Core, which every entry uses.
    pub(super) entries: bool,
    /// Media RSS, for pictures.
    pub(super) media: bool,
}

/// What an entry adds to the head of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub(super) id: String,
    pub(super) language: Option<String>,
    pub(super) updated: Timestamp,
    pub(super) uses: Uses,
}

/// What a feed is called, as single lines.
pub(super) struct Names {
    site: String,
    name: String,
}

impl Names {
    pub(super) fn new(settings: &Settings, sheet: &Sheet) -> Self {
        Self {
            site: said(&settings.title),
            name: said(&sheet.channel.name),
        }
    }
}

impl<'a> Frame<'a> {
    /// The frame of a sheet with these entries, where it belongs.
    pub(super) fn new(
        settings: &'a Settings,
        sheet: &'a Sheet,
        names: &'a Names,
        entries: &[&About],
    ) -> Result<Self, FeedError> {
        let channel = &*sheet.channel;
        if !address::is_iri(&channel.id) {
            let id = channel.id.clone();
            return Err(FeedError::Id { id });
        }
        let (site, name) = (&*names.site, &*names.name);
        let title = match (site, name) {
            ("", "") => "Untitled".to_owned(),
            (only, "") | ("", only) => only.to_owned(),
            (site, name) => format!("{site}: {name}"),
        };
        // A withdrawal is a change too; else the feed would seem to go back.
        let changes = entries.iter().map(|entry| entry.updated);
        let withdrawn = sheet.deleted.iter().map(|one| border::clamped(one.at));
        let mut uses = Uses::default();
        for entry in entries {
            uses.add(entry.uses);
        }
        let head = Head {
            id: &channel.id,
            scope: channel.scope,
            site,
            name,
            title,
            description: said(&settings.description),
            author: border::author(settings),
            language: match &settings.language {
                Some(tag) => language(tag),
                None => shared_language(entries),
            },
            updated: changes.chain(withdrawn).max().unwrap_or_default(),
            place: Place {
                url: settings.url.as_ref(),
                folder: folder_of(&channel.folder, sheet.part),
                query: &settings.asked,
            },
            folder: &channel.folder,
            part: sheet.part,
            hubs: match (sheet.part, &settings.url) {
                (Part::Current, Some(_)) => &settings.hubs,
                _ => &[],
            },
            archives: sheet.archives,
        };
        Ok(Self {
            head,
            deleted: if settings.tombstones {
                &sheet.deleted
            } else {
                &[]
            },
            uses,
        })
    }

    /// The same for a copy of the document in another folder.
    pub(super) fn at(&self, folder: &str) -> Self {
        let mut copy = self.clone();
        folder.clone_into(&mut copy.head.place.folder);
        copy
    }
}

impl Head<'_> {
    /// Whether this is a copy of the document in a folder that the channel had
    /// before.
    pub(super) fn is_moved(&self) -> bool {
        self.place.folder != folder_of(self.folder, self.part)
    }

    /// The path, in the feeds folder, of a document of a part of this channel.
    /// Without a name it is that of the folder.
    pub(super) fn path_of(&self, part: Part, name: &str) -> String {
        match folder_of(self.folder, part) {
            // The feeds folder itself has the empty path.
            folder if folder.is_empty() => name.to_owned(),
            folder => format!("{folder}/{name}"),
        }
    }

    /// The part with the entries that are older than those of this one.
    pub(super) fn older(&self) -> Option<Part> {
        let page = match self.part {
            Part::Current => self.archives,
            Part::Archive(page) => page.saturating_sub(1),
        };
        (page > 0).then_some(Part::Archive(page))
    }

    /// The part with the next newer entries, for archive pages. The newest one
    /// names the page that will be there when it is full, since it cannot
    /// change then.
    pub(super) fn newer(&self) -> Option<Part> {
        match self.part {
            Part::Archive(page) if self.is_archive() => Some(Part::Archive(page + 1)),
            _ => None,
        }
    }

    /// Whether this is an archive page, and not what stands in the place of the
    /// next one until that is full.
    pub(super) fn is_archive(&self) -> bool {
        matches!(self.part, Part::Archive(page) if page <= self.archives)
    }

    /// The address of the channel's page, for people: a whole one, which there
    /// is only with a site.
    pub(super) fn home(&self) -> Option<String> {
        self.place.url?;
        Some(self.place.to(&self.path_of(self.part, "")))
    }

    /// The links to documents of one name (RFC 5005): what each is, and where.
    pub(super) fn links(&self, name: &str) -> Vec<(&'static str, String)> {
        let own = self.place.url.map(|_| self.part);
        let current = matches!(self.part, Part::Archive(_)).then_some(Part::Current);
        let parts = [
            ("self", own),
            ("current", current),
            ("prev-archive", self.older()),
            ("next-archive", self.newer()),
        ];
        let link = |(rel, part): (_, Option<Part>)| {
            let to = self.place.to(&self.path_of(part?, name));
            // By this address subscribers ask the hub for the document.
            let is_topic = rel == "self" && !self.hubs.is_empty();
            Some((rel, if is_topic { address::uri(&to) } else { to }))
        };
        parts.into_iter().filter_map(link).collect()
    }
}

impl Uses {
    pub(super) fn add(&mut self, other: Uses) {
        self.entries |= other.entries;
        self.media |= other.media;
    }
}

/// The folder of the documents of a part of a channel.
pub(super) fn folder_of(channel: &str, part: Part) -> String {
    match part {
        Part::Current => channel.to_owned(),
        Part::Archive(page) => path(channel, &format!("archive/{page}")),
    }
}

/// The language that all entries share.
fn shared_language(entries: &[&About]) -> Option<String> {
    let mut tags = entries.iter().map(|entry| entry.language.as_ref());
    let first = tags.next()??;
    tags.all(|tag| tag == Some(first)).then(|| first.clone())
}
