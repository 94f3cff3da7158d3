//! What is answered where there is no document.

use crate::serve::{
    answer::{self, Answer},
    site::Unshown,
};
use hyper::{
    StatusCode,
    header::{self, HeaderValue},
};
use std::time::Duration;

/// What readers may ask for.
pub(super) const METHODS: &str = "GET, HEAD, OPTIONS";

/// Readers that come while the catalogue is being opened come again after this.
const SOON: Duration = Duration::from_secs(5);

/// The answer to a browser that asks whether a program from elsewhere may read
/// feeds.
pub(super) fn preflight() -> Answer {
    let mut answer = hyper::Response::new(answer::Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, answer::ANYBODY);
    for (name, value) in [
        (header::ALLOW, METHODS),
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "If-None-Match, If-Modified-Since, A-IM",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

pub(super) fn not_found() -> Answer {
    answer::words(
        StatusCode::NOT_FOUND,
        "There is nothing at this address. The newest articles are at the root of this server.",
    )
}

pub(super) fn unshown(error: &Unshown) -> Answer {
    match error {
        Unshown::Closed => {}
        Unshown::Coming => {
            return answer::later(
                StatusCode::SERVICE_UNAVAILABLE,
                SOON,
                "This may be made just now. Come back in a few seconds.",
            );
        }
        Unshown::Slow => {
            return answer::later(
                StatusCode::SERVICE_UNAVAILABLE,
                SOON,
                "This takes too long to find. Ask for less, or come back later.",
            );
        }
        error => tracing::error!("the server cannot show a document: {error}"),
    }
    answer::later(
        StatusCode::SERVICE_UNAVAILABLE,
        SOON,
        "The catalogue is not open at this moment. Come back in a few seconds.",
    )
}
