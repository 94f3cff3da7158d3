//! What a hub's answer means. Pure.

use std::time::{Duration, SystemTime};

/// What came of telling a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It knows now.
    Told,
    /// It does not take it now; perhaps it says when to come again.
    Later {
        why: String,
        after: Option<Duration>,
    },
    /// It will never take this.
    Refused {
        why: String,
        /// Whether it would take nothing else either.
        all: bool,
    },
    /// It is to be told elsewhere.
    Moved(String),
}

/// What the hub said.
#[derive(Debug, Default)]
pub(super) struct Heard<'a> {
    pub(super) status: u16,
    /// What the status is called.
    pub(super) reason: &'a str,
    pub(super) location: Option<&'a str>,
    pub(super) retry_after: Option<&'a str>,
    pub(super) body: &'a str,
}

/// No hub is waited for longer than this because it said so.
const LONGEST_AFTER: Duration = Duration::from_hours(24);

/// How many characters of what a hub says are told on.
const SAID: usize = 120;

impl Answer {
    /// What this answer means, at this time.
    pub(super) fn of(heard: &Heard, now: SystemTime) -> Self {
        let why = heard.in_words();
        match heard.status {
            // With 303 it names a page to look at: it has taken it.
            200..=299 | 303 => Self::Told,
            301 | 302 | 307 | 308 => match heard.location {
                Some(to) => Self::Moved(to.to_owned()),
                None => Self::Refused { why, all: true },
            },
            // Too slow, too early, too often: that passes.
            408 | 425 | 429 => Self::later(why, heard, now),
            // What is wrong with the address, or with whoever asks, is so for
            // all else.
            401..=407 | 410 | 501 | 505 => Self::Refused { why, all: true },
            400..=499 => Self::Refused { why, all: false },
            _ => Self::later(why, heard, now),
        }
    }

    fn later(why: String, heard: &Heard, now: SystemTime) -> Self {
        let after = heard.retry_after.and_then(|said| after(said, now));
        Self::Later { why, after }
    }
}

impl Heard<'_> {
    /// What it said, on one line.
    fn in_words(&self) -> String {
        let mut words = format!("it answers {} {}", self.status, self.reason);
        words.truncate(words.trim_end().len());
        let lines = self.body.lines().map(str::trim);
        // A page for people begins with markup, and says no more than the
        // status.
        let said = lines.filter(|line| !line.is_empty()).take(1);
        let said: String = said.filter(|line| !line.starts_with('<')).collect();
        let said = said.chars().filter(|c| !c.is_control()).take(SAID);
        let said: String = said.collect();
        if !said.is_empty() {
            words = format!("{words}: {said}");
        }
        words
    }
}

/// How long to wait, as `Retry-After` says it: in seconds, or until a date.
fn after(said: &str, now: SystemTime) -> Option<Duration> {
    let said = said.trim();
    let wait = if let Ok(seconds) = said.parse() {
        Duration::from_secs(seconds)
    } else {
        let until = httpdate::parse_http_date(said).ok()?;
        until.duration_since(now).unwrap_or_default()
    };
    Some(wait.min(LONGEST_AFTER))
}

/// Where a hub at `from` says that it is now; nothing where that is no address.
pub(super) fn moved(from: &str, to: &str) -> Option<String> {
    if to.contains("://") {
        return Some(to.to_owned());
    }
    let host = from.find("://")? + 3;
    let path = from[host..]
        .find(['/', '?'])
        .map_or(from.len(), |at| host + at);
    let scheme = &from[..host - 2];
    match to.as_bytes() {
        [b'/', b'/', ..] => Some(format!("{scheme}{to}")),
        [b'/', ..] => Some(format!("{}{to}", &from[..path])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Answer {
        let heard = Heard {
            status,
            reason: "Reason",
            retry_after,
            body: "\n <!DOCTYPE html>",
            ..Heard::default()
        };
        Answer::of(
            &heard,
            SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777),
        )
    }

    #[test]
    fn what_passes_is_told_from_what_does_not() {
        for status in [200, 202, 204, 303] {
            assert_eq!(answer(status, None), Answer::Told);
        }
        for status in [408, 425, 429, 500, 502, 503, 504, 100, 304] {
            let why = format!("it answers {status} Reason");
            assert_eq!(answer(status, None), Answer::Later { why, after: None });
        }
        for (status, of_all) in [
            (400, false),
            (413, false),
            (422, false),
            (401, true),
            (403, true),
            (404, true),
            (405, true),
            (410, true),
            (501, true),
            (308, true),
        ] {
            let Answer::Refused { all, .. } = answer(status, None) else {
                panic!("{status}");
            };
            assert_eq!(all, of_all, "{status}");
        }
    }

    #[test]
    fn a_hub_says_when_to_come_again() {
        let after = |said| match answer(503, Some(said)) {
            Answer::Later { after, .. } => after.map(|after| after.as_secs()),
            other => panic!("{other:?}"),
        };
        assert_eq!(after(" 120 "), Some(120));
        assert_eq!(after("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        // That is past.
        assert_eq!(after("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(after("99999999999"), Some(86_400));
        assert_eq!(after("soon"), None);
        assert_eq!(after("-1"), None);
    }

    #[test]
    fn a_hub_is_quoted_with_one_short_line() {
        let said = |body: &str| {
            let heard = Heard {
                status: 400,
                reason: "Bad Request",
                body,
                ..Heard::default()
            };
            heard.in_words()
        };
        assert_eq!(said(""), "it answers 400 Bad Request");
        assert_eq!(said("<html>\nno"), "it answers 400 Bad Request");
        assert_eq!(
            said("\n no such\u{1b}[1m topic \nmore"),
            "it answers 400 Bad Request: no such[1m topic"
        );
        assert!(said(&"x".repeat(10_000)).len() < 200);
    }

    #[test]
    fn a_hub_may_move() {
        let to = |to| moved("https://hub.example:8443/a/b?c", to);
        assert_eq!(
            to("https://b.example/").as_deref(),
            Some("https://b.example/")
        );
        assert_eq!(to("//b.example/x").as_deref(), Some("https://b.example/x"));
        assert_eq!(to("/x?y").as_deref(), Some("https://hub.example:8443/x?y"));
        assert_eq!(to("x"), None);
        let bare = moved("http://hub", "/x");
        assert_eq!(bare.as_deref(), Some("http://hub/x"));
    }
}
