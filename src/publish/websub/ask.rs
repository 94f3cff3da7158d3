//! Asking a hub over HTTP.

use super::{
    Pace,
    answer::{Answer, Heard, moved},
};
use crate::feed::HubUrl;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{
    fmt::Write as _,
    io::{self, Read as _},
    time::SystemTime,
};
use ureq::{
    Agent, Body, Error,
    http::{Response, header},
};

/// How often a hub may send on to another place.
const REDIRECTS: usize = 5;

/// No more is read of what a hub answers, in bytes: only its first line is ever
/// shown.
const LONGEST_ANSWER: u64 = 16 << 10;

/// The whole head of an answer, in bytes.
const LONGEST_HEAD: usize = 16 << 10;

const FORM: &str = "application/x-www-form-urlencoded";

/// What stands in a form as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Who asks this hub. A hub near by is asked without the proxy that the
/// environment names for the internet.
pub(super) fn agent(hub: &HubUrl, pace: &Pace) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(pace.timeout))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(LONGEST_HEAD)
        .max_idle_connections(1)
        .user_agent(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION"),
            " (+",
            env!("CARGO_PKG_REPOSITORY"),
            ")"
        ));
    let config = if hub.is_near() {
        config.proxy(None)
    } else {
        config
    };
    config.build().into()
}

/// Tells a hub that these topics changed.
pub(super) fn publish(agent: &Agent, hub: &HubUrl, topics: &[String]) -> Answer {
    let form = form(topics);
    let mut at = hub.as_str().to_owned();
    for _ in 0..=REDIRECTS {
        let sent = agent
            .post(&at)
            .header(header::CONTENT_TYPE, FORM)
            .send(&form);
        let answer = match sent {
            Ok(response) => heard(response),
            Err(error) => Answer::Later {
                why: in_words(&error),
                after: None,
            },
        };
        let Answer::Moved(to) = answer else {
            return answer;
        };
        // It may send to no place that could not be set, such as one without
        // encryption.
        let target = moved(&at, &to).and_then(|to| HubUrl::parse(&to).ok());
        let target = target.filter(|target| hub.is_near() || !target.is_near());
        let Some(target) = target else {
            let why = format!("it sends to {to:.200}, which is no hub's address");
            return Answer::Refused { why, all: true };
        };
        target.as_str().clone_into(&mut at);
    }
    let why = "it sends from one place to the next without end".to_owned();
    Answer::Refused { why, all: true }
}

/// What is sent. Hubs of the recommendation look for `hub.topic`, older ones for
/// `hub.url`.
fn form(topics: &[String]) -> String {
    let mut form = "hub.mode=publish".to_owned();
    for topic in topics {
        let topic = utf8_percent_encode(topic, PLAIN);
        // Writing to a string cannot fail.
        let _ = write!(form, "&hub.url={topic}&hub.topic={topic}");
    }
    form
}

fn heard(response: Response<Body>) -> Answer {
    let (head, mut body) = response.into_parts();
    let header = |name| head.headers.get(name)?.to_str().ok();
    let mut said = Vec::new();
    // What cannot be read is not shown.
    let _ = body.as_reader().take(LONGEST_ANSWER).read_to_end(&mut said);
    let heard = Heard {
        status: head.status.as_u16(),
        reason: head.status.canonical_reason().unwrap_or_default(),
        location: header(header::LOCATION),
        retry_after: header(header::RETRY_AFTER),
        body: &String::from_utf8_lossy(&said),
    };
    Answer::of(&heard, SystemTime::now())
}

fn in_words(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "it does not answer in time".to_owned(),
        Error::HostNotFound => "there is no machine of that name".to_owned(),
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            "nothing listens there".to_owned()
        }
        Error::Io(error) => error.to_string(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_each_topic_under_both_names() {
        let topics = [
            "https://example.org/a b/rss.xml?x=1&y",
            "https://example.org/ö",
        ];
        assert_eq!(
            form(&topics.map(str::to_owned)),
            "hub.mode=publish\
             &hub.url=https%3A%2F%2Fexample.org%2Fa%20b%2Frss.xml%3Fx%3D1%26y\
             &hub.topic=https%3A%2F%2Fexample.org%2Fa%20b%2Frss.xml%3Fx%3D1%26y\
             &hub.url=https%3A%2F%2Fexample.org%2F%C3%B6\
             &hub.topic=https%3A%2F%2Fexample.org%2F%C3%B6"
        );
    }
}
