//! What is served: the catalogue as it was published last, and the documents
//! that it becomes.

use super::{
    delta,
    document::{self, Document},
    health::Health,
    kept::Kept,
    live::News,
    metrics::Metrics,
};
use crate::{
    catalogue::{
        Due,
        store::{StoreError, View},
    },
    channel::Sheet,
    feed::{self, Edition, FeedError, Renderer, live::Choices},
};
use ipnet::IpNet;
use std::{
    cell::OnceCell,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};
use tokio::sync::watch;

/// What is served. The service tells it what was published, the server asks it
/// for documents.
pub struct Site {
    /// The catalogue's folder.
    folder: PathBuf,
    desk: Mutex<Desk>,
    interrupt: Mutex<Option<Interrupt>>,
    kept: Mutex<Kept>,
    terms: RwLock<Arc<Terms>>,
    news: watch::Sender<News>,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
}

/// Ends what the catalogue is asked just now.
type Interrupt = Box<dyn Fn() + Send>;

/// What documents are rendered at, by one at a time.
#[derive(Debug)]
struct Desk {
    view: Option<View>,
    renderer: Renderer,
    beside: Beside,
}

/// What stands beside the entries of many pages, and is the same until something
/// is published: finding it takes most of the time of a page.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) choices: OnceCell<Choices>,
}

/// What holds for all answers until the configuration changes.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) feed: feed::Settings,
    pub(super) trusted: Vec<IpNet>,
}

/// Why something cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unshown {
    /// The catalogue is being opened, or is out of order.
    #[error("the catalogue is not open")]
    Closed,
    /// It is, or may be, about to be written for the first time.
    #[error("it is not written yet")]
    Coming,
    #[error("it takes too long")]
    Slow,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error("there is no memory for it: {0}")]
    Memory(#[from] std::io::Error),
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// The site of the catalogue in this folder. Nothing is shown before
    /// [`Site::show`].
    #[must_use]
    pub fn new(
        folder: PathBuf,
        feed: feed::Settings,
        trusted: Vec<IpNet>,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            metrics,
            health: Arc::default(),
            folder,
            desk: Mutex::new(Desk {
                view: None,
                renderer: Renderer::default(),
                beside: Beside::default(),
            }),
            interrupt: Mutex::default(),
            kept: Mutex::default(),
            terms: RwLock::new(Arc::new(Terms { feed, trusted })),
            news: watch::channel(News::new()).0,
        }
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Whether all is well.
    #[must_use]
    pub fn health(&self) -> &Arc<Health> {
        &self.health
    }

    /// Takes other settings over.
    pub fn set(&self, feed: feed::Settings, trusted: Vec<IpNet>) {
        let desk = self.desk();
        let mut terms = self.terms.write().unwrap_or_else(PoisonError::into_inner);
        if terms.feed != feed {
            self.kept().clear();
        }
        *terms = Arc::new(Terms { feed, trusted });
        drop(desk);
    }

    /// Goes on showing what there is now, whatever is changed, until
    /// [`Site::show`].
    pub fn hold(&self) {
        let mut desk = self.desk();
        if let Some(view) = &mut desk.view
            && let Err(error) = view.hold()
        {
            tracing::debug!("the server's view of the catalogue cannot be held: {error}");
        }
    }

    /// Shows nothing until [`Site::show`], and leaves the catalogue alone.
    pub fn close(&self) {
        self.desk().view = None;
    }

    /// Shows what there is now. These documents were written anew or removed.
    pub fn show<'n>(&self, changed: impl Iterator<Item = &'n str>) {
        let mut desk = self.desk();
        desk.beside = Beside::default();
        match &mut desk.view {
            Some(view) => view.release(),
            None => match View::open(&self.folder) {
                Ok(view) => {
                    let interrupter = view.as_ref().map(View::interrupter);
                    let interrupt = interrupter.map(|one| Box::new(move || one.interrupt()) as _);
                    *self
                        .interrupt
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner) = interrupt;
                    desk.view = view;
                    self.kept().clear();
                }
                Err(error) => {
                    tracing::error!("the server shows nothing until the next change: {error}");
                }
            },
        }
        let any = self.kept().forget(changed);
        drop(desk);
        if any {
            self.news.send_modify(News::tell);
        }
    }

    /// What the news of the last publication were told by.
    pub(super) fn published(&self) -> String {
        self.news.borrow().name()
    }

    pub(super) fn news(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }

    pub(super) fn terms(&self) -> Arc<Terms> {
        let terms = self.terms.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&terms)
    }

    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends what the catalogue is asked just now: it fails.
    pub(super) fn interrupt(&self) {
        let interrupt = self.interrupt.lock();
        if let Some(interrupt) = &*interrupt.unwrap_or_else(PoisonError::into_inner) {
            interrupt();
        }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the catalogue, as it was published last. It may take a while: others
    /// may ask as well.
    pub(super) fn ask<T>(
        &self,
        question: impl FnOnce(&View, &Beside) -> Result<T, Unshown>,
    ) -> Result<T, Unshown> {
        let desk = self.desk();
        let view = desk.view.as_ref().ok_or(Unshown::Closed)?;
        view.at_once(|view| question(view, &desk.beside))
    }

    /// Renders a document and keeps it; nothing if there is none of this name.
    /// `root` is the address of this server that was asked, where documents
    /// depend on it.
    pub(super) fn render(
        &self,
        root: Option<&str>,
        name: &str,
    ) -> Result<Option<Arc<Document>>, Unshown> {
        let mut desk = self.desk();
        let settings = self.settings(root);
        let Desk { view, renderer, .. } = &mut *desk;
        let view = view.as_ref().ok_or(Unshown::Closed)?;
        view.at_once(|view| {
            let Some((written, due)) = view.document(name)? else {
                return Ok(None);
            };
            if written.size == u64::MAX {
                return Err(Unshown::Coming);
            }
            let (edition, sheet) = match due {
                Due::Gone(_) => return Ok(None),
                Due::Sheet { channel, part } => {
                    let Some(sheet) = view.sheet(channel, part)? else {
                        return Ok(None);
                    };
                    let edition = lay_out(view, renderer, &settings, &sheet)?;
                    (edition, Some(sheet))
                }
                Due::Lists => {
                    let lists = feed::lists(&settings, &view.channels()?);
                    (Edition::from_iter(lists), None)
                }
                Due::Entry(key) => {
                    let entry = view.entry(key)?;
                    let page = entry.map(|entry| feed::entry_page(&settings, &entry));
                    (page.transpose()?.flatten().into_iter().collect(), None)
                }
            };
            let mut found = None;
            for rendered in edition.documents {
                let is_asked = rendered.name == name;
                // The other formats were rendered with it.
                let modified = match view.document(&rendered.name)? {
                    Some((written, _)) => document::time(written.modified),
                    None => continue,
                };
                let listed = sheet.as_ref().map(|sheet| sheet.entries.clone());
                let media_type = rendered.media_type;
                let link = sheet
                    .as_ref()
                    .and_then(|sheet| feed::link_header(&settings, sheet.part, &rendered.name));
                let document = Document::new(media_type, rendered.bytes, modified, listed);
                let document = Arc::new(document.linked(link.as_deref()));
                let root = root.unwrap_or_default();
                self.kept().keep(root, &rendered.name, &document);
                if is_asked {
                    found = Some(document);
                }
            }
            Ok(found)
        })
    }

    /// Renders a document with those entries only that are not in this list as
    /// they are now. Nothing if there is no such document, or it would not be
    /// smaller.
    pub(super) fn render_rest(
        &self,
        root: Option<&str>,
        name: &str,
        known: &[crate::channel::Listed],
    ) -> Result<Option<Document>, Unshown> {
        let mut desk = self.desk();
        let settings = self.settings(root);
        let Desk { view, renderer, .. } = &mut *desk;
        let view = view.as_ref().ok_or(Unshown::Closed)?;
        view.at_once(|view| {
            let Some((_, Due::Sheet { channel, part })) = view.document(name)? else {
                return Ok(None);
            };
            let sheet = view.sheet(channel, part)?;
            let Some(rest) = sheet.and_then(|sheet| delta::rest(sheet, known)) else {
                return Ok(None);
            };
            let edition = lay_out(view, renderer, &settings, &rest)?;
            let mut documents = edition.documents.into_iter();
            let rendered = documents.find(|rendered| rendered.name == name);
            Ok(rendered.map(|one| Document::new(one.media_type, one.bytes, None, None)))
        })
    }

    /// What documents are rendered with.
    pub(super) fn settings(&self, root: Option<&str>) -> feed::Settings {
        let mut settings = self.terms().feed.clone();
        if settings.url.is_none() {
            settings.url = root.and_then(|root| feed::Settings::parse_url(root).ok());
        }
        settings
    }
}

/// Renders a sheet, with the entries that the renderer does not have.
fn lay_out(
    view: &View,
    renderer: &mut Renderer,
    settings: &feed::Settings,
    sheet: &Sheet,
) -> Result<Edition, Unshown> {
    // The second time for full texts that there turns out to be room for.
    for _ in 0..2 {
        let missing = renderer.missing(settings, sheet);
        if missing.is_empty() {
            break;
        }
        for listed in missing {
            if let Some(entry) = view.entry(listed.key)? {
                // One that cannot be shown costs only itself; the log has it from
                // when it was published.
                let _ = renderer.take(settings, listed, &entry);
            }
        }
    }
    Ok(renderer.sheet(settings, sheet)?)
}
