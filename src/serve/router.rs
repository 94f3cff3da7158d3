//! What an address means, and what is answered.

mod plain;

use super::{
    answer::{self, Answer, Kind, Wish},
    conditional, delta,
    document::Document,
    health::{self, Question},
    kept::Found,
    live::Live,
    metrics::{self, Cached},
    pages,
    site::{Site, Unshown},
};
use hyper::{
    HeaderMap, Method, StatusCode,
    header::{self, HeaderValue},
};
use percent_encoding::percent_decode_str;
use plain::{METHODS, not_found, preflight, unshown};
use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{sync::watch, task, time};

/// The page of a folder.
const INDEX: &str = "index.html";

/// No page may take longer to find; it keeps others waiting.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers requests.
pub(super) struct Router {
    pub(super) site: Arc<Site>,
    pub(super) closing: watch::Receiver<bool>,
    /// Documents are rendered for one request at a time: who comes while one is
    /// rendered most often wants the same.
    pub(super) rendering: tokio::sync::Mutex<()>,
}

impl Router {
    /// The answer to a request by somebody who may ask now. Where there is
    /// nothing to show, people are told so on a page.
    pub(super) async fn answer(
        &self,
        method: &Method,
        uri: &hyper::Uri,
        headers: &HeaderMap,
        root: Option<&str>,
    ) -> Answer {
        let answer = self.answer_in_words(method, uri, headers, root).await;
        let status = answer.status();
        let is_problem = status == StatusCode::NOT_FOUND || status.is_server_error();
        // Health is told in words of its own.
        let is_problem = is_problem && !uri.path().starts_with("/health");
        let accepted = Wish { method, headers }.header("accept");
        if !is_problem || !accepted.is_some_and(|types| types.contains("text/html")) {
            return answer;
        }
        let path = percent_decode_str(uri.path()).decode_utf8_lossy();
        let asked = pages::Asked {
            path: path.trim_start_matches('/').to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            published: self.site.published(),
            settings: self.site.settings(root),
        };
        answer::shown(answer, pages::problem(status, &asked).bytes, method)
    }

    async fn answer_in_words(
        &self,
        method: &Method,
        uri: &hyper::Uri,
        headers: &HeaderMap,
        root: Option<&str>,
    ) -> Answer {
        if *method == Method::OPTIONS {
            return preflight();
        }
        if *method != Method::GET && *method != Method::HEAD {
            let mut refused = answer::words(
                StatusCode::METHOD_NOT_ALLOWED,
                "Feeds and pages can be fetched, and nothing else.",
            );
            let headers = refused.headers_mut();
            headers.insert(header::ALLOW, HeaderValue::from_static(METHODS));
            // Whatever else it sends is not read.
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            return refused;
        }
        let wish = Wish { method, headers };
        let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else {
            return not_found();
        };
        let Some(path) = path.strip_prefix('/') else {
            return not_found();
        };
        match path {
            "live" => {
                if *method == Method::HEAD {
                    return answer::words(StatusCode::OK, "");
                }
                answer::live(Live::new(
                    self.site.news(),
                    self.closing.clone(),
                    self.site.metrics(),
                ))
            }
            "metrics" => {
                let form = metrics::Form::accepted(wish.header("accept"));
                let counted = Arc::clone(self.site.metrics());
                // It asks the catalogue and the system.
                let text = task::spawn_blocking(move || counted.render(form)).await;
                let text = text.unwrap_or_default();
                answer::told(StatusCode::OK, form.media_type(), text, method)
            }
            "health" => self.health(Question::Ready, wish),
            "health/live" => self.health(Question::Live, wish),
            path => {
                // Asked for first: meanwhile it may come to an end.
                let is_whole = self.site.health().is_whole();
                let answer = match self.page(path, uri.query(), wish, root).await {
                    Ok(Some(answer)) => answer,
                    Ok(None) => self.document(path, wish, root).await,
                    Err(error) => unshown(&error),
                };
                // There may be something when everything has been looked at once,
                // and a reader that is told 404 may give its feed up.
                let is_missing = answer.status() == StatusCode::NOT_FOUND;
                if is_missing && !is_whole && pages::may_be_there(path) {
                    return unshown(&Unshown::Coming);
                }
                answer
            }
        }
    }

    /// The answer to those who watch over the daemon.
    fn health(&self, question: Question, wish: Wish<'_>) -> Answer {
        let form = health::Form::accepted(wish.header("accept"));
        let told = self.site.health().answer(question, form);
        let status = StatusCode::from_u16(told.status).unwrap_or_default();
        answer::told(status, told.media_type, told.body, wish.method)
    }

    /// The answer to a request for a page that only the server has, or for a
    /// part of one.
    async fn page(
        &self,
        path: &str,
        query: Option<&str>,
        wish: Wish<'_>,
        root: Option<&str>,
    ) -> Result<Option<Answer>, Unshown> {
        if let Some(asset) = pages::asset(path) {
            return Ok(Some(self.send(asset, Kind::Asset, wish).await?));
        }
        if !pages::is_page(path) {
            return Ok(None);
        }
        let site = Arc::clone(&self.site);
        let asked = pages::Asked {
            path: path.to_owned(),
            query: query.unwrap_or_default().to_owned(),
            published: site.published(),
            settings: site.settings(root),
        };
        let has_begun = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&has_begun);
        let mut page = task::spawn_blocking(move || {
            site.ask(|view, beside| {
                begun.store(true, Ordering::Relaxed);
                pages::page(view, beside, &asked)
            })
        });
        let page = if let Ok(page) = time::timeout(PATIENCE, &mut page).await {
            page.unwrap_or(Err(Unshown::Closed))?
        } else {
            if has_begun.load(Ordering::Relaxed) {
                self.site.interrupt();
            }
            let page = page.await.unwrap_or(Err(Unshown::Closed));
            page.map_err(|_| Unshown::Slow)?
        };
        let Some(page) = page else {
            return Ok(None);
        };
        let kind = Kind::of(page.media_type);
        let document = Arc::new(Document::new(page.media_type, page.bytes, None, None));
        let mut answer = self.send(document, kind, wish).await?;
        if answer.status() == StatusCode::OK {
            *answer.status_mut() = page.status;
        }
        Ok(Some(answer))
    }

    /// Sends a document that nobody keeps.
    async fn send(
        &self,
        document: Arc<Document>,
        kind: Kind,
        wish: Wish<'_>,
    ) -> Result<Answer, Unshown> {
        let encoding = wish.encoding(&document.label);
        if wish.has(&document.label, encoding) {
            return Ok(answer::not_modified(&document.label, encoding, kind));
        }
        if document.ready(encoding).is_none() {
            let encoded = Arc::clone(&document);
            let done = task::spawn_blocking(move || encoded.prepare(encoding).map(drop));
            done.await
                .unwrap_or_else(|_| Err(std::io::Error::other("it failed")))?;
        }
        answer::whole(&document, encoding, kind, wish).ok_or(Unshown::Closed)
    }

    /// The answer to a request for a document of the feeds folder.
    async fn document(&self, path: &str, wish: Wish<'_>, root: Option<&str>) -> Answer {
        let name = match path {
            "" => Cow::Borrowed(INDEX),
            folder if folder.ends_with('/') => Cow::Owned(format!("{folder}{INDEX}")),
            name => Cow::Borrowed(name),
        };
        match self.find(&name, wish, root).await {
            Ok(Some(answer)) => answer,
            Ok(None) => self.folder(path).await,
            Err(error) => unshown(&error),
        }
    }

    /// Leads to the page of a folder, if it is the folder that was named.
    async fn folder(&self, path: &str) -> Answer {
        if path.is_empty() || path.ends_with('/') {
            return not_found();
        }
        let index = format!("{path}/{INDEX}");
        let site = Arc::clone(&self.site);
        let is_there =
            task::spawn_blocking(move || site.ask(|view, _| Ok(view.document(&index)?.is_some())));
        match is_there.await {
            Ok(Ok(true)) => {
                let last = path.rsplit('/').next().unwrap_or(path);
                let last =
                    percent_encoding::utf8_percent_encode(last, percent_encoding::NON_ALPHANUMERIC);
                answer::moved(&format!("{last}/"))
            }
            Ok(Err(error)) => unshown(&error),
            _ => not_found(),
        }
    }

    async fn find(
        &self,
        name: &str,
        wish: Wish<'_>,
        root: Option<&str>,
    ) -> Result<Option<Answer>, Unshown> {
        let key = root.unwrap_or_default();
        let kept = self.site.kept().find(key, name);
        let document = match kept {
            Some(Found { label, document }) => {
                let encoding = wish.encoding(&label);
                let kind = Kind::of(label.media_type);
                if wish.has(&label, encoding) {
                    self.site.metrics().http.cache.of(Cached::Hit).count();
                    return Ok(Some(answer::not_modified(&label, encoding, kind)));
                }
                document
            }
            None => None,
        };
        let at_hand = if document.is_some() {
            Cached::Hit
        } else {
            Cached::Miss
        };
        self.site.metrics().http.cache.of(at_hand).count();
        let document = match document {
            Some(document) => document,
            None => match self.render(name, root).await? {
                Some(document) => document,
                None => return Ok(None),
            },
        };
        let label = &document.label;
        let encoding = wish.encoding(label);
        let kind = Kind::of(label.media_type);
        if wish.has(label, encoding) {
            return Ok(Some(answer::not_modified(label, encoding, kind)));
        }
        if let Some(answer) = self.in_part(&document, name, wish, root).await? {
            return Ok(Some(answer));
        }
        if document.ready(encoding).is_none() {
            self.encode(&document, name, key, encoding).await?;
        }
        Ok(answer::whole(&document, encoding, kind, wish))
    }

    /// Renders a document, unless somebody did while this waited for its turn.
    async fn render(
        &self,
        name: &str,
        root: Option<&str>,
    ) -> Result<Option<Arc<Document>>, Unshown> {
        let _turn = self.rendering.lock().await;
        let key = root.unwrap_or_default();
        let kept = self.site.kept().find(key, name);
        if let Some(document) = kept.and_then(|found| found.document) {
            return Ok(Some(document));
        }
        let (site, name, root) = (
            Arc::clone(&self.site),
            name.to_owned(),
            root.map(str::to_owned),
        );
        let rendered = task::spawn_blocking(move || site.render(root.as_deref(), &name));
        rendered.await.unwrap_or(Err(Unshown::Closed))
    }

    /// Encodes a document for the first who wants it so.
    async fn encode(
        &self,
        document: &Arc<Document>,
        name: &str,
        root: &str,
        encoding: super::encoding::Encoding,
    ) -> Result<(), Unshown> {
        let encoded = Arc::clone(document);
        let done = task::spawn_blocking(move || encoded.prepare(encoding).map(drop));
        done.await
            .unwrap_or_else(|_| Err(std::io::Error::other("it failed")))?;
        self.site.kept().grown(root, name, document);
        Ok(())
    }

    /// The answer to a reader that has an earlier edition of a feed, and takes
    /// what is new by itself.
    async fn in_part(
        &self,
        document: &Document,
        name: &str,
        wish: Wish<'_>,
        root: Option<&str>,
    ) -> Result<Option<Answer>, Unshown> {
        let label = &document.label;
        if label.listed.is_none()
            || !delta::is_welcome(wish.header("a-im"), wish.header("user-agent"))
        {
            return Ok(None);
        }
        let key = root.unwrap_or_default();
        let tags = wish.none_match().unwrap_or_default();
        let known = conditional::opaque(&tags).find_map(|tag| {
            let kept = self.site.kept();
            kept.edition(key, name, tag)
                .map(|edition| edition.listed.clone())
        });
        let Some(known) = known.filter(|_| Kind::of(label.media_type) == Kind::Feed) else {
            return Ok(None);
        };
        let encoding = wish.encoding(label);
        let (site, name, root) = (
            Arc::clone(&self.site),
            name.to_owned(),
            root.map(str::to_owned),
        );
        let rendered = task::spawn_blocking(move || {
            let part = site.render_rest(root.as_deref(), &name, &known)?;
            if let Some(part) = &part {
                part.prepare(encoding)?;
            }
            Ok(part)
        });
        let part = rendered.await.unwrap_or(Err(Unshown::Closed))?;
        Ok(part.and_then(|part| answer::in_part(&part, label, encoding, wish)))
    }
}
