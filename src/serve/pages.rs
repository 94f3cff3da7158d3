//! Pages that only the server has, and what they are made of: what an address
//! asks for, found in the catalogue and handed to what renders it.

mod found;
mod lists;

use super::{
    document::Document,
    site::{Beside, Unshown},
};
use crate::{
    catalogue::{
        Due,
        store::{Slugged, View},
    },
    channel::{Channel, Listed, Part, Scope},
    clock,
    entry::Entry,
    feed::{
        self,
        live::{self, Problem, Question, Visit},
    },
};
use hyper::StatusCode;
use std::sync::{Arc, OnceLock};

/// What is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The path after the first `/`, decoded.
    pub(super) path: String,
    /// The query as it was sent: without the `?`, not decoded.
    pub(super) query: String,
    /// What the news of the last publication were told by, from before the
    /// catalogue is asked.
    pub(super) published: String,
    /// What documents are rendered with. The address in it is the public one or,
    /// without one, the one that was asked.
    pub(super) settings: feed::Settings,
}

/// A page, or a part of one.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The media type of pages.
const HTML: &str = "text/html";

/// The page of a folder.
const INDEX: &str = "index.html";

/// Lists for people, by their paths.
const LISTS: [Scope; 4] = [Scope::Topic, Scope::Speaker, Scope::Folder, Scope::Search];

/// What a path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place<'a> {
    /// The newest entries, or those that a search finds.
    Search,
    /// A document of the feed that a search is.
    Feed(&'a str),
    /// The subjects of a scope.
    List(Scope),
    /// The entry of this name.
    Entry(&'a str),
    /// The page of a feed, or of a part of its archive: its folder.
    Folder(&'a str),
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Option<Self> {
        if let Some(document) = path.strip_prefix("search/").filter(|rest| !rest.is_empty()) {
            let known = matches!(document, "rss.xml" | "atom.xml" | "feed.json");
            return known.then_some(Self::Feed(document));
        }
        if matches!(path, "" | "search" | "search/" | INDEX) {
            return Some(Self::Search);
        }
        if let Some(entry) = path.strip_prefix("entries/") {
            let slug = entry.strip_suffix(".html").unwrap_or(entry);
            let is_slug = !slug.is_empty() && !slug.contains('/');
            return is_slug.then_some(Self::Entry(slug));
        }
        let folder = path.strip_suffix(INDEX).unwrap_or(path);
        let bare = folder.strip_suffix('/').unwrap_or(folder);
        if let Some(scope) = LISTS.into_iter().find(|scope| scope.folder() == bare) {
            return Some(Self::List(scope));
        }
        (folder.ends_with('/')).then_some(Self::Folder(bare))
    }
}

/// What a page is made of beside its own bytes, by path: styles and scripts.
pub(super) fn asset(path: &str) -> Option<Arc<Document>> {
    static READY: OnceLock<Vec<(String, Arc<Document>)>> = OnceLock::new();
    let ready = READY.get_or_init(|| {
        let assets = live::assets().iter();
        let document = |asset: &live::Asset| {
            let document = Document::new(asset.media_type, asset.bytes.clone(), None, None);
            (asset.name.clone(), Arc::new(document))
        };
        assets.map(document).collect()
    });
    let found = ready.iter().find(|(name, _)| name == path);
    found.map(|(_, document)| Arc::clone(document))
}

/// What there is at the root of a feeds folder, and which folders there are.
const DOCUMENTS: [&str; 4] = ["rss.xml", "atom.xml", "feed.json", "feeds.opml"];
const FOLDERS: [&str; 2] = ["archive", "entries"];

/// Whether a feeds folder may have something at this path, whatever articles
/// there are.
pub(super) fn may_be_there(path: &str) -> bool {
    let Some((folder, name)) = path.split_once('/') else {
        return DOCUMENTS.contains(&path);
    };
    let is_list = |scope: &Scope| scope.folder() == folder;
    !name.is_empty() && (FOLDERS.contains(&folder) || LISTS.iter().any(is_list))
}

/// Whether the server has a page of its own at this path.
pub(super) fn is_page(path: &str) -> bool {
    Place::of(path).is_some()
}

/// The page that is asked for, from what was published last; nothing where the
/// document of that name is to be shown instead.
pub(super) fn page(view: &View, beside: &Beside, asked: &Asked) -> Result<Option<Page>, Unshown> {
    let Some(place) = Place::of(&asked.path) else {
        return Ok(None);
    };
    let visit = asked.visit();
    let now = clock::now();
    match place {
        Place::Search => {
            let question = Question::parse(&asked.query);
            found::page(view, beside, visit, now, question, None).map(Some)
        }
        Place::Feed(document) => {
            let question = Question::parse(&asked.query);
            found::feed(view, visit, document, &question)
        }
        Place::List(scope) => lists::page(view, visit, now, scope).map(Some),
        Place::Entry(slug) => entry(view, visit, slug).map(Some),
        Place::Folder(folder) => {
            let name = format!("{folder}/{INDEX}");
            let Some((_, Due::Sheet { channel, part })) = view.document(&name)? else {
                return Ok(None);
            };
            let Some(sheet) = view.sheet(channel, part)? else {
                return Ok(None);
            };
            match (part, sheet.channel.scope) {
                (Part::Current, Scope::Topic | Scope::Speaker | Scope::Folder) => {
                    let channel = Channel::clone(&sheet.channel);
                    let question = of_channel(&channel);
                    found::page(view, beside, visit, now, question, Some(channel)).map(Some)
                }
                _ => found::sheet(view, beside, visit, now, &sheet).map(Some),
            }
        }
    }
}

/// The page that says why there is nothing to show.
pub(super) fn problem(status: StatusCode, asked: &Asked) -> Page {
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::Unknown,
        StatusCode::GONE => Problem::Withdrawn,
        StatusCode::TOO_MANY_REQUESTS => Problem::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => Problem::Busy,
        _ => Problem::Fault,
    };
    html(status, live::problem(asked.visit(), problem))
}

impl Asked {
    fn visit(&self) -> Visit<'_> {
        Visit {
            settings: &self.settings,
            path: &self.path,
            query: &self.query,
            published: &self.published,
        }
    }
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Page {
    Page {
        status,
        media_type: HTML,
        bytes,
    }
}

/// What is asked for where the feed of a subject is.
fn of_channel(channel: &Channel) -> Question {
    let mut question = Question::default();
    let field = match channel.scope {
        Scope::Topic => &mut question.topic,
        Scope::Speaker => &mut question.speaker,
        _ => &mut question.folder,
    };
    channel.name.clone_into(field);
    question
}

/// The page of an entry.
fn entry(view: &View, visit: Visit, slug: &str) -> Result<Page, Unshown> {
    let (listed, entry) = match view.by_slug(slug)? {
        Slugged::Here { listed, entry } => (listed, entry),
        Slugged::Gone(_) => {
            let bytes = live::problem(visit, Problem::Withdrawn);
            return Ok(html(StatusCode::GONE, bytes));
        }
        Slugged::Unknown => {
            let bytes = live::problem(visit, Problem::Unknown);
            return Ok(html(StatusCode::NOT_FOUND, bytes));
        }
    };
    let beside = view.neighbors(listed.key)?;
    let entry_of = |listed: Option<Listed>| {
        let entry = listed.map(|listed| view.entry(listed.key)).transpose();
        entry.map(Option::flatten)
    };
    let (newer, older) = (entry_of(beside.newer)?, entry_of(beside.older)?);
    let whole = live::Whole {
        entry: &entry,
        newer: newer.as_deref().map(beside_it),
        older: older.as_deref().map(beside_it),
    };
    Ok(html(StatusCode::OK, live::entry(visit, &whole)?))
}

fn beside_it(entry: &Entry) -> live::Neighbor<'_> {
    live::Neighbor {
        slug: &entry.slug,
        title: &entry.digest.title,
    }
}
