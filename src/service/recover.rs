//! What the catalogue has lost is taken over from the published feeds, so that
//! no subscriber sees an entry twice because a disk failed.

mod sheets;

use super::{
    pass::Report,
    plan::{Fresh, Work},
    retracted,
    tell::{counted, named},
    worker::{Digests, Worker},
};
use crate::{
    catalogue::{
        Recovered, RecoveredChannel, RecoveredEntry, RecoveredPart,
        store::{Catalogue, Opened},
    },
    channel::Scope,
    config::Config,
    entry::EntryId,
    feed::{self, Date, PublishedCard, PublishedEntry, PublishedHead, published},
    watch::scan,
};
use sheets::{beginning, documents, page_cards, sheet};
use std::{collections::BTreeSet, fs, path::Path};

/// No feed is looked for further down than this in the feeds folder.
const DEEPEST: usize = 64;

impl Worker {
    /// Looks through the catalogue where an error may come from damage; where it
    /// is damaged, goes on with a new one.
    pub(super) fn mend(&mut self) -> anyhow::Result<()> {
        if !self.catalogue.is_doubted() {
            return Ok(());
        }
        let is_new = self.catalogue.mend()?;
        if let Err(error) = take_over(&self.config, &mut self.catalogue) {
            // To be done again: without it articles would get other ids.
            self.catalogue.doubt();
            return Err(error);
        }
        self.known = self.catalogue.sources()?.into_iter().collect();
        self.prepared = false;
        self.push.forget();
        if is_new {
            self.digests = Digests::Outdated;
        }
        let id = feed::new_id(&self.config.feed);
        self.feed_id = self.catalogue.meta_once("feed-id", &id)?;
        Ok(())
    }

    /// What is to be done, whatever else is asked for, while entries that were
    /// taken over wait for their files: a look at all of them.
    pub(super) fn recovering_work(&self, asked: &Work) -> anyhow::Result<Option<Work>> {
        if !self.catalogue.is_recovering()? {
            return Ok(None);
        }
        // It takes files as they are and waits for no writer, but what comes
        // later is waited for: all folders get their watches.
        if let Work::All { watcher, .. } | Work::Some { watcher, .. } = asked
            && let Some(watcher) = watcher
        {
            let root = &self.config.service.watch_folder;
            scan::list(root, Path::new(""), &|folder| watcher.watch(folder));
        }
        Ok(Some(Work::All {
            fresh: Fresh::Take,
            growing: BTreeSet::new(),
            watcher: None,
        }))
    }

    /// Whether a pass that has taken in all that it could may withdraw what it
    /// did not find: not while entries that were taken over may have files that
    /// could not be looked at.
    pub(super) fn may_end(&self, report: &Report) -> anyhow::Result<bool> {
        let is_left = !report.waiting.is_empty()
            || !report.unsettled.is_empty()
            || !self.notes.places.is_empty()
            || !self.unread.is_empty();
        if !is_left || !self.catalogue.is_recovering()? {
            return Ok(true);
        }
        tracing::warn!(
            "some of the watch folder cannot be read yet; until it can, the feeds stay as they are, \
             since what is there may be what they show"
        );
        Ok(false)
    }

    /// Tells of feeds on the disk that nothing is in any more.
    pub(super) fn tell_unclaimed(&mut self) -> anyhow::Result<()> {
        let left = self.catalogue.take_unclaimed()?;
        if let [first, ..] = &left[..] {
            tracing::warn!(
                "of the feeds that were published, {} have no articles now, {first} among them; they \
                 stay as they are until one comes: remove their folders if none will, or give topics \
                 the names that they had, with `feedwright topics`",
                left.len()
            );
        }
        Ok(())
    }
}

/// Says how the catalogue was found, and takes over from the feeds what it does
/// not know. Tells whether all that it knows of articles is in doubt.
pub(super) fn take_over(config: &Config, catalogue: &mut Catalogue) -> anyhow::Result<bool> {
    let state = config.service.state_folder.display();
    match catalogue.opened() {
        Opened::SetAside { to, fault } => tracing::error!(
            "the catalogue in {state} was damaged ({fault}); it is kept as {}, and a new one is \
             made from the watch folder and the published feeds: entries keep their ids and dates, \
             but what was decided with `feedwright topics` is to be decided again; check the disk",
            to.display()
        ),
        Opened::Altered => tracing::warn!(
            "the catalogue in {state} is not as feedwright left it: another program or the disk \
             has changed it; it is whole, and all articles are digested again"
        ),
        Opened::Unclosed => {
            tracing::info!("feedwright was not stopped in order; the catalogue is whole");
        }
        _ => {}
    }
    let altered = *catalogue.opened() == Opened::Altered;
    let folder = &config.service.feeds_folder;
    let is_new = matches!(catalogue.opened(), Opened::New | Opened::SetAside { .. });
    if is_new {
        retracted::take_over(config, catalogue)?;
    }
    let mut is_known = true;
    for entry in sheet(folder, "")
        .map(|(_, entries)| entries)
        .unwrap_or_default()
    {
        is_known &= catalogue.knows(&entry.id)?;
    }
    if is_known && !is_new {
        return Ok(altered);
    }
    let recovered = read_back(config);
    let entries = counted(recovered.entries.len(), "entry", "entries");
    let feeds = counted(recovered.channels.len(), "feed", "feeds");
    let before = catalogue.revision()?;
    catalogue.recover(recovered)?;
    if catalogue.revision()? != before {
        let text = format!(
            "what was published in {} is taken over: {entries} and {feeds} keep their ids, dates \
             and addresses",
            named(folder)
        );
        // A fresh checkout is no fault.
        if is_new {
            tracing::info!("{text}");
        } else {
            tracing::warn!("{text}; the catalogue did not know of it");
        }
    }
    Ok(altered)
}

/// All that the feeds folder tells.
fn read_back(config: &Config) -> Recovered {
    let folder = &config.service.feeds_folder;
    let mut recovered = Recovered::default();
    let Some((head, current)) = any_sheet(folder) else {
        return recovered;
    };
    let mut all = RecoveredChannel {
        scope: Scope::All.into(),
        name: String::new(),
        id: head.id.clone(),
        folder: String::new(),
        former: Vec::new(),
        pages: Vec::new(),
        parts: vec![part(0, &head)],
        documents: documents(folder, "", 0),
    };
    let mut seen = BTreeSet::new();
    let mut page = 1;
    while folder.join(format!("archive/{page}")).is_dir() {
        let at = format!("archive/{page}");
        all.documents.extend(documents(folder, &at, page));
        if let Some((head, entries)) = sheet(folder, &at) {
            // The one after the last is there without entries.
            if head.is_archive || !entries.is_empty() {
                all.parts.push(part(page, &head));
                all.pages.push(EntryId(head.newest.unwrap_or_default()));
            }
            let cards = page_cards(folder, &at);
            recovered.add(config, entries, &cards, &mut seen);
        } else {
            all.pages.push(EntryId::default());
            tracing::error!(
                "{} cannot be read; articles in it that were edited get new ids",
                folder.join(&at).display()
            );
        }
        page += 1;
    }
    recovered.add(config, current, &page_cards(folder, ""), &mut seen);
    for scope in Scope::ALL.into_iter().filter(|scope| *scope != Scope::All) {
        add_feeds(
            &mut recovered,
            folder,
            scope,
            &head.title,
            scope.folder(),
            0,
        );
    }
    gather_moved(&mut recovered.channels);
    // JSON does not tell it, but the others begin with it.
    if all.id.is_empty() {
        let root = |one: &RecoveredChannel| {
            let root = one.id.strip_suffix(&one.folder)?;
            Some(root.trim_end_matches('/').to_owned())
        };
        let root = recovered.channels.iter().find_map(root);
        all.id = root.unwrap_or_else(|| feed::new_id(&config.feed));
    }
    recovered.feed = Some(all.id.clone());
    recovered.channels.insert(0, all);
    recovered
}

/// The current part of the feed of all entries, or, where it cannot be read, a
/// part without entries.
fn any_sheet(folder: &Path) -> Option<(PublishedHead, Vec<PublishedEntry>)> {
    sheet(folder, "").or_else(|| {
        let (head, _) = sheet(folder, "archive/1")?;
        Some((head, Vec::new()))
    })
}

impl Recovered {
    /// Adds the entries of a sheet, newest first, which are newer than those
    /// before.
    fn add(
        &mut self,
        config: &Config,
        entries: Vec<PublishedEntry>,
        cards: &[PublishedCard],
        seen: &mut BTreeSet<String>,
    ) {
        let same = cards.len() == entries.len();
        for (at, entry) in entries.into_iter().enumerate().rev() {
            let card = cards.get(at).filter(|_| same);
            if !seen.insert(entry.id.clone()) {
                continue;
            }
            let arrived = match config.feed.date {
                Date::Arrived => entry.published,
                Date::Stated => entry.published.min(entry.updated),
            };
            self.entries.push(RecoveredEntry {
                id: EntryId(entry.id),
                slug: card
                    .map(|card| card.slug.clone())
                    .filter(|slug| !slug.is_empty()),
                title: entry.title,
                text: entry.text,
                url: entry.url,
                arrived,
                published: entry.published,
                updated: entry.updated,
                names: card.map(|card| card.feeds.clone()).unwrap_or_default(),
            });
        }
    }
}

/// Adds the feeds in a folder of the feeds folder, and in those in it.
fn add_feeds(
    recovered: &mut Recovered,
    root: &Path,
    scope: Scope,
    site: &str,
    folder: &str,
    depth: usize,
) {
    let Ok(below) = fs::read_dir(root.join(folder)) else {
        return;
    };
    let below = below.filter_map(Result::ok);
    let below = below.filter(|one| one.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = below
        .filter_map(|one| one.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    for name in names {
        let at = format!("{folder}/{name}");
        let head =
            beginning(&root.join(&at).join("atom.xml")).and_then(|text| published::head(&text));
        let Some(head) = head else { continue };
        let name = head.title.strip_prefix(site).unwrap_or(&head.title);
        let name = name.trim_start_matches(": ").to_owned();
        let mut channel = RecoveredChannel {
            scope: scope.into(),
            name,
            parts: vec![part(0, &head)],
            id: head.id,
            folder: at.clone(),
            former: Vec::new(),
            pages: Vec::new(),
            documents: documents(root, &at, 0),
        };
        let index = beginning(&root.join(&at).join("index.html"));
        if index.is_some_and(|page| published::is_moved(&page)) {
            channel.former.push(at.clone());
        }
        let mut page = 1;
        while root.join(&at).join(format!("archive/{page}")).is_dir() {
            let archive = format!("{at}/archive/{page}");
            channel.documents.extend(documents(root, &archive, page));
            let text = beginning(&root.join(&archive).join("atom.xml"));
            let head = text.and_then(|text| published::head(&text));
            if let Some(head) = head.filter(|head| head.is_archive) {
                channel.parts.push(part(page, &head));
                channel.pages.push(EntryId(head.newest.unwrap_or_default()));
            }
            page += 1;
        }
        recovered.channels.push(channel);
        if scope == Scope::Folder && depth < DEEPEST {
            add_feeds(recovered, root, scope, site, &at, depth + 1);
        }
    }
}

/// What the head of a document tells of a part of a feed.
fn part(page: u32, head: &PublishedHead) -> RecoveredPart {
    let withdrawn = head.withdrawn.iter();
    let withdrawn = withdrawn.map(|(id, at)| (EntryId(id.clone()), *at));
    RecoveredPart {
        page,
        updated: head.updated,
        withdrawn: withdrawn.collect(),
    }
}

/// Joins what stands at former addresses to the feed that moved from there.
fn gather_moved(channels: &mut Vec<RecoveredChannel>) {
    let (moved, mut stay): (Vec<_>, Vec<_>) = std::mem::take(channels)
        .into_iter()
        .partition(|one| !one.former.is_empty());
    for one in moved {
        if let Some(now) = stay.iter_mut().find(|now| now.id == one.id) {
            now.former.extend(one.former);
            now.documents.extend(one.documents);
        }
    }
    *channels = stay;
}
