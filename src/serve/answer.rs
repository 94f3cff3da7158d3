//! Answers: what is sent for a request.

use super::{
    conditional::Conditions,
    document::{Document, Label},
    encoding::{self, Encoding},
    live::Live,
};
use bytes::Bytes;
use hyper::{
    HeaderMap, Method, Response, StatusCode,
    body::{Body as HttpBody, Frame, SizeHint},
    header::{self, HeaderName, HeaderValue},
};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

pub(super) type Answer = Response<Body>;

/// What browsers may do with a page, whatever an article brought along.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self' data:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
);

/// The same for what is no page. Browsers that show feeds run none of it.
const STRICT: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Which kinds of answer a kind of document takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A feed: readers may keep it for as long as it says of itself.
    Feed,
    /// A page: browsers ask each time, since it is to show what is new.
    Page,
    /// What never changes under its name.
    Asset,
}

/// How long readers and caches may show a feed without asking again, in
/// seconds: what RSS feeds say in `ttl`.
const TTL: HeaderValue = HeaderValue::from_static("public, max-age=3600");

impl Kind {
    pub(super) fn of(media_type: &str) -> Self {
        if media_type.starts_with("text/html") {
            Self::Page
        } else {
            Self::Feed
        }
    }

    fn cache_control(self) -> HeaderValue {
        match self {
            Self::Feed => TTL,
            Self::Page => HeaderValue::from_static("no-cache"),
            Self::Asset => HeaderValue::from_static("public, max-age=31536000, immutable"),
        }
    }
}

/// A request for a document: how it wants it, and what it has of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'r> {
    pub(super) method: &'r Method,
    pub(super) headers: &'r HeaderMap,
}

impl<'r> Wish<'r> {
    /// The encoding to be sent.
    pub(super) fn encoding(self, label: &Label) -> Encoding {
        let header = list(self.headers, &header::ACCEPT_ENCODING);
        encoding::chosen(header.as_deref(), label.length)
    }

    /// Whether the client has it already.
    pub(super) fn has(self, label: &Label, encoding: Encoding) -> bool {
        let none_match = self.none_match();
        let conditions = Conditions {
            none_match: none_match.as_deref(),
            modified_since: text(self.headers, &header::IF_MODIFIED_SINCE),
        };
        conditions.has(label.validators(encoding))
    }

    /// The entity tags of the editions that the client has.
    pub(super) fn none_match(self) -> Option<std::borrow::Cow<'r, str>> {
        list(self.headers, &header::IF_NONE_MATCH)
    }

    /// The value of a header that is sent once, or the last of them.
    pub(super) fn header(self, name: &'static str) -> Option<&'r str> {
        text(self.headers, &HeaderName::from_static(name))
    }
}

/// The answer to those who have it.
pub(super) fn not_modified(label: &Label, encoding: Encoding, kind: Kind) -> Answer {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    describe(answer.headers_mut(), label, encoding, kind);
    answer
}

/// The answer with a whole document; `Err` where it has to be encoded first.
pub(super) fn whole(
    document: &Document,
    encoding: Encoding,
    kind: Kind,
    wish: Wish<'_>,
) -> Option<Answer> {
    let bytes = document.ready(encoding)?;
    let mut answer = Response::new(Body::of(bytes, wish.method));
    let headers = answer.headers_mut();
    describe(headers, &document.label, encoding, kind);
    content(headers, &document.label, encoding, bytes.len());
    date(headers, &document.label, wish);
    guard(headers, kind);
    Some(answer)
}

/// The answer with those entries only that the client does not have
/// (RFC 3229): `document` has them, `label` is of the whole.
pub(super) fn in_part(
    document: &Document,
    label: &Label,
    encoding: Encoding,
    wish: Wish<'_>,
) -> Option<Answer> {
    let bytes = document.ready(encoding)?;
    let mut answer = Response::new(Body::of(bytes, wish.method));
    *answer.status_mut() = StatusCode::from_u16(226).expect("a status code has three digits");
    let headers = answer.headers_mut();
    describe(headers, label, encoding, Kind::Feed);
    content(headers, label, encoding, bytes.len());
    date(headers, label, wish);
    guard(headers, Kind::Feed);
    headers.insert("im", HeaderValue::from_static("feed"));
    // A cache that does not know what this is would take it for the whole.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(answer)
}

/// What is said of an edition, sent or not.
fn describe(headers: &mut HeaderMap, label: &Label, encoding: Encoding, kind: Kind) {
    headers.insert(header::ETAG, label.etag(encoding).clone());
    let vary = match kind {
        Kind::Feed => HeaderValue::from_static("Accept-Encoding, A-IM"),
        Kind::Page | Kind::Asset => HeaderValue::from_static("Accept-Encoding"),
    };
    headers.insert(header::VARY, vary);
    headers.insert(header::CACHE_CONTROL, kind.cache_control());
    if kind == Kind::Feed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
    }
}

/// What is said of an edition that is sent. Who has it knows the rest, and may
/// have asked a thousand times.
fn content(headers: &mut HeaderMap, label: &Label, encoding: Encoding, length: usize) {
    headers.insert(header::CONTENT_TYPE, media_type(label.media_type));
    headers.insert(header::CONTENT_LENGTH, length.into());
    if let Some(link) = &label.link {
        headers.insert(header::LINK, link.clone());
    }
    if Kind::of(label.media_type) == Kind::Feed {
        expose(headers);
    }
    if let Some(name) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
}

/// Says when an edition came to be, unless the client has one of the same second:
/// libcurl, and newsboat with it, would take this one for the same whatever its
/// tag says, and throw it away.
fn date(headers: &mut HeaderMap, label: &Label, wish: Wish<'_>) {
    let known = Conditions {
        none_match: None,
        modified_since: text(wish.headers, &header::IF_MODIFIED_SINCE),
    };
    let is_known = known.has(label.validators(Encoding::Identity));
    if let Some(date) = label.last_modified.as_ref().filter(|_| !is_known) {
        headers.insert(header::LAST_MODIFIED, date.clone());
    }
}

/// Programs in browsers may read feeds, wherever they come from.
pub(super) const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// And what is said of them.
fn expose(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Link, IM"),
    );
}

/// What browsers are told to keep to.
pub(super) fn guard(headers: &mut HeaderMap, kind: Kind) {
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    let policy = match kind {
        Kind::Page => POLICY,
        Kind::Feed | Kind::Asset => STRICT,
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
}

/// A media type with what browsers need to know of the text.
fn media_type(name: &'static str) -> HeaderValue {
    HeaderValue::from_static(match name {
        "text/html" => "text/html; charset=utf-8",
        "application/rss+xml" => "application/rss+xml; charset=utf-8",
        "application/atom+xml" => "application/atom+xml; charset=utf-8",
        "text/x-opml" => "text/x-opml; charset=utf-8",
        "text/css" => "text/css; charset=utf-8",
        "text/javascript" => "text/javascript; charset=utf-8",
        "text/plain" => "text/plain; charset=utf-8",
        other => other,
    })
}

/// A short answer in words.
pub(super) fn words(status: StatusCode, text: impl Into<String>) -> Answer {
    let text = text.into() + "\n";
    let mut answer = Response::new(Body::Whole(Some(text.into())));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type("text/plain"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    guard(headers, Kind::Feed);
    answer
}

/// An answer that holds at this moment.
pub(super) fn told(
    status: StatusCode,
    name: &'static str,
    text: impl Into<Bytes>,
    method: &Method,
) -> Answer {
    let text = text.into();
    let length = text.len();
    let mut answer = Response::new(Body::of(&text, method));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type(name));
    headers.insert(header::CONTENT_LENGTH, length.into());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    guard(headers, Kind::Feed);
    answer
}

/// The answer to those who are to ask again, after this time.
pub(super) fn later(status: StatusCode, after: Duration, text: impl Into<String>) -> Answer {
    let mut answer = words(status, text);
    let seconds = after.as_millis().div_ceil(1000).max(1);
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, seconds.into());
    answer
}

/// The same answer with a page instead of words; one that has a page already
/// stays as it is.
pub(super) fn shown(mut answer: Answer, page: Vec<u8>, method: &Method) -> Answer {
    let plain = media_type("text/plain");
    if answer.headers().get(header::CONTENT_TYPE) != Some(&plain) {
        return answer;
    }
    let bytes = bytes::Bytes::from(page);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type("text/html"));
    headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    guard(headers, Kind::Page);
    *answer.body_mut() = Body::of(&bytes, method);
    answer
}

/// The answer that leads elsewhere, for good.
pub(super) fn moved(to: &str) -> Answer {
    let mut answer = words(StatusCode::PERMANENT_REDIRECT, to);
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

/// The answer with news as they come.
pub(super) fn live(live: Live) -> Answer {
    let mut answer = Response::new(Body::Live(live));
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would hold events back until there are many of them.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    guard(headers, Kind::Feed);
    answer
}

/// The text of a header that is sent once, or the last of them.
pub(super) fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()
}

/// The text of a header that is a list, which may be sent in pieces.
fn list<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<std::borrow::Cow<'h, str>> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    let mut all = std::borrow::Cow::Borrowed(first);
    for more in values {
        let all = all.to_mut();
        all.push(',');
        all.push_str(more.to_str().ok()?);
    }
    Some(all)
}

/// What is sent.
pub(super) enum Body {
    /// These bytes; nothing once they were sent.
    Whole(Option<Bytes>),
    /// News, as they come.
    Live(Live),
}

impl Body {
    pub(super) fn empty() -> Self {
        Self::Whole(None)
    }

    /// These bytes, which those who ask for the head alone are not sent.
    pub(super) fn of(bytes: &Bytes, method: &Method) -> Self {
        Self::Whole((*method != Method::HEAD).then(|| bytes.clone()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Live(live) => Pin::new(live).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
            }
            Self::Live(_) => SizeHint::default(),
        }
    }
}
