//! Connections: who may have one, and what is answered on it.

use super::{
    answer,
    asked::{Asked, Sent},
    limits::Limits,
    metrics::Method,
    router::Router,
    site::Terms,
};
use hyper::{
    Request, StatusCode, Version,
    body::{Body as _, Incoming},
    header::{self, HeaderName},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    cell::{Cell, RefCell},
    convert::Infallible,
    net::IpAddr,
    pin::pin,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    task,
};
use tokio_io_timeout::TimeoutStream;

/// So long a client may take to send the head of a request, or to send none on
/// a connection that it keeps.
const HEAD: Duration = Duration::from_secs(20);

/// So long a client may take nothing of what it is sent.
const STALLED: Duration = Duration::from_secs(20);

/// The head of a request has no more bytes than this.
const LONGEST_HEAD: usize = 16 * 1024;

/// And no more headers.
const HEADERS: usize = 64;

/// What all connections share.
pub(super) struct Shared {
    pub(super) router: Router,
    pub(super) limits: RefCell<Limits>,
    pub(super) open: Cell<usize>,
    pub(super) most: usize,
    pub(super) closing: watch::Receiver<bool>,
}

/// A connection, as it is counted.
struct Counted {
    shared: Rc<Shared>,
    client: Option<IpAddr>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.shared.open.set(self.shared.open.get() - 1);
        self.shared.router.site.metrics().http.open.down();
        if let Some(client) = self.client {
            self.shared.limits.borrow_mut().close(client);
        }
    }
}

/// Looks after a connection, unless there are too many.
pub(super) fn accept(
    stream: impl AsyncRead + AsyncWrite + 'static,
    peer: Option<IpAddr>,
    shared: &Rc<Shared>,
) {
    let counts = &shared.router.site.metrics().http;
    counts.accepted.count();
    // Dropped, a connection is closed.
    if shared.open.get() >= shared.most {
        return counts.refused.count();
    }
    let terms = shared.router.site.terms();
    // Behind a proxy there are many, whom it keeps from taking too much.
    let client = peer.filter(|peer| !Asked::is_trusted(*peer, &terms.trusted));
    if let Some(client) = client
        && !shared.limits.borrow_mut().open(client, Instant::now())
    {
        return counts.refused.count();
    }
    shared.open.set(shared.open.get() + 1);
    counts.open.up();
    let counted = Counted {
        shared: Rc::clone(shared),
        client,
    };
    task::spawn_local(connection(stream, peer, counted));
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + 'static,
    peer: Option<IpAddr>,
    counted: Counted,
) {
    let shared = &counted.shared;
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    let service = service_fn(|request| answer_counted(request, peer, shared));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LONGEST_HEAD)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut connection = pin!(connection);
    let mut closing = shared.closing.clone();
    // How a connection ended matters to nobody: a reader that hangs up is no
    // fault.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = closing.wait_for(|is_closing| *is_closing) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Answers a request, and counts it.
async fn answer_counted(
    request: Request<Incoming>,
    peer: Option<IpAddr>,
    shared: &Shared,
) -> Result<answer::Answer, Infallible> {
    let began = Instant::now();
    let method = Method::of(request.method().as_str());
    let answer = answer_to(request, peer, shared).await?;
    let counts = &shared.router.site.metrics().http;
    counts.answered(method, answer.status().as_u16(), began.elapsed());
    counts.sent.add(answer.body().size_hint().lower());
    Ok(answer)
}

async fn answer_to(
    request: Request<Incoming>,
    peer: Option<IpAddr>,
    shared: &Shared,
) -> Result<answer::Answer, Infallible> {
    let terms = shared.router.site.terms();
    let asked = asked(&request, peer, &terms);
    let client = asked
        .client
        .filter(|client| !Asked::is_trusted(*client, &terms.trusted));
    if let Some(client) = client {
        let allowed = shared.limits.borrow_mut().request(client, Instant::now());
        if let Err(after) = allowed {
            shared.router.site.metrics().http.limited.count();
            return Ok(answer::later(
                StatusCode::TOO_MANY_REQUESTS,
                after,
                "Too many requests. Feeds need not be fetched more often than every few minutes.",
            ));
        }
    }
    let hosts = request.headers().get_all(header::HOST).iter().count();
    if hosts > 1 || hosts < 1 && request.version() == Version::HTTP_11 {
        // RFC 9112, section 3.2.
        return Ok(answer::words(
            StatusCode::BAD_REQUEST,
            "A request has one Host header.",
        ));
    }
    // With a public address, documents are the same whatever address was asked.
    let root = asked.root.filter(|_| terms.feed.url.is_none());
    let (head, _) = request.into_parts();
    let router = &shared.router;
    Ok(router
        .answer(&head.method, &head.uri, &head.headers, root.as_deref())
        .await)
}

/// Who asks, and for what address of this server.
fn asked(request: &Request<impl Sized>, peer: Option<IpAddr>, terms: &Terms) -> Asked {
    let headers = request.headers();
    let authority = request
        .uri()
        .authority()
        .map(hyper::http::uri::Authority::as_str);
    let x = |name: &'static str| answer::text(headers, &HeaderName::from_static(name));
    let sent = Sent {
        host: authority.or_else(|| answer::text(headers, &header::HOST)),
        forwarded: answer::text(headers, &header::FORWARDED),
        x_for: x("x-forwarded-for"),
        x_host: x("x-forwarded-host"),
        x_proto: x("x-forwarded-proto"),
    };
    Asked::new(peer, &terms.trusted, sent)
}
