//! News for pages that are open: server-sent events (the WHATWG's HTML standard,
//! section 9.2), one after each publication.

use super::metrics::Metrics;
use crate::clock;
use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::{
    convert::Infallible,
    future::ready,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{sync::watch, time};

/// How often something is sent where there is nothing to tell: so that a client
/// that is gone is noticed, and proxies see that the connection is alive.
const HEARTBEAT: Duration = Duration::from_secs(25);

/// What was published last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct News {
    /// When the program started, in milliseconds since 1970: a page may be older.
    started: i64,
    /// How often anything was published since the program started.
    publication: u64,
}

impl News {
    /// Nothing was published yet.
    pub(super) fn new() -> Self {
        Self {
            started: clock::now().as_millisecond(),
            publication: 0,
        }
    }

    /// What it is told by, which is different each time.
    pub(super) fn name(self) -> String {
        format!("{:x}-{}", self.started, self.publication)
    }

    /// Takes note of a publication.
    pub(super) fn tell(&mut self) {
        self.publication += 1;
    }

    /// The event that tells a page of it: to look what is new.
    fn event(self) -> Bytes {
        let name = self.name();
        format!("event: published\nid: {name}\ndata: {name}\n\n").into()
    }
}

/// A stream of events, which ends with the server.
pub(super) struct Live {
    /// The next thing to send, and what comes after it.
    next: Pin<Box<dyn Future<Output = Option<Event>>>>,
}

/// Something to send, and where the next comes from.
type Event = (Bytes, Sources);

/// What a stream waits for.
struct Sources {
    /// It is counted for as long as somebody listens.
    _counted: Counted,
    news: watch::Receiver<News>,
    closing: watch::Receiver<bool>,
}

impl Live {
    /// A stream that ends when it is closing time.
    pub(super) fn new(
        news: watch::Receiver<News>,
        closing: watch::Receiver<bool>,
        metrics: &Arc<Metrics>,
    ) -> Self {
        metrics.http.live.up();
        let mut sources = Sources {
            _counted: Counted(Arc::clone(metrics)),
            news,
            closing,
        };
        let start = *sources.news.borrow_and_update();
        // A page that has lost its connection asks again after three seconds.
        let first = [b"retry: 3000\n\n", &*start.event()].concat();
        Self {
            next: Box::pin(ready(Some((first.into(), sources)))),
        }
    }
}

struct Counted(Arc<Metrics>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.http.live.down();
    }
}

impl Sources {
    async fn next(mut self) -> Option<Event> {
        let event = tokio::select! {
            _ = self.closing.wait_for(|is_closing| *is_closing) => return None,
            changed = self.news.changed() => {
                changed.ok()?;
                self.news.borrow_and_update().event()
            }
            () = time::sleep(HEARTBEAT) => Bytes::from_static(b":\n\n"),
        };
        Some((event, self))
    }
}

impl Body for Live {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.next.as_mut().poll(context).map(|sent| {
            let (bytes, sources) = sent?;
            self.next = Box::pin(sources.next());
            Some(Ok(Frame::data(bytes)))
        })
    }
}
