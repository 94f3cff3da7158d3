//! Whether the daemon is well: for load balancers, service managers and people.
//!
//! *Live* is who goes on from one moment to the next; who is not had better be
//! started anew. *Ready* is who has looked at everything once and sees what
//! changes; to others no reader is sent. The reasons name no file: whoever may
//! ask is told no more than that.

use jiff::Timestamp;
use serde_json::json;
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How things stand, as the loop of the daemon tells it again and again.
#[derive(Debug)]
pub struct Health {
    /// When it began to be told.
    base: Instant,
    /// When it was last told, in milliseconds since then.
    heard: AtomicU64,
    told: Mutex<Told>,
}

/// What the loop tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether everything in the watch folder has been looked at once.
    pub is_whole: bool,
    /// By what the watch folder is watched; nothing while it is not there.
    pub watching: Option<&'static str>,
    /// What is being done, and of how many files how many.
    pub doing: Option<(String, usize, usize)>,
    /// How many things fail.
    pub faults: usize,
    /// When a pass last ended.
    pub last_pass: Option<Timestamp>,
    /// Whether it is about to end.
    pub is_ending: bool,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Does it go on?
    Live,
    /// Does it look after everything?
    Ready,
}

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For programs.
    Json,
    /// For people.
    Text,
}

impl Form {
    /// What a client gets that accepts this.
    #[must_use]
    pub fn accepted(accept: Option<&str>) -> Self {
        let accept = accept.unwrap_or_default().to_ascii_lowercase();
        if accept.contains("application/json") || accept.contains("health+json") {
            Self::Json
        } else {
            Self::Text
        }
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// 200, or 503 where it is not so.
    pub status: u16,
    /// The form that it is in.
    pub media_type: &'static str,
    /// What there is to say.
    pub body: String,
}

/// The loop looks around every second. What keeps it from that for so long is a
/// disk or a network folder that does not answer.
const SILENCE: Duration = Duration::from_secs(30);

impl Default for Health {
    fn default() -> Self {
        Self {
            base: Instant::now(),
            heard: AtomicU64::new(0),
            told: Mutex::default(),
        }
    }
}

impl Health {
    /// It is so now.
    pub fn tell(&self, told: Told) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
        let now = self.base.elapsed().as_millis();
        self.heard
            .store(now.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether readers may be sent here.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.wrong(Question::Ready).is_none()
    }

    /// Whether everything in the watch folder has been looked at once.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        // Asked with every request, so nothing is copied.
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.is_whole
    }

    /// What is answered to whoever asks.
    #[must_use]
    pub fn answer(&self, question: Question, form: Form) -> Answer {
        let told = self.told();
        let wrong = wrong(question, &told, self.silence());
        let status = if wrong.is_none() { 200 } else { 503 };
        let (media_type, body) = match form {
            Form::Json => ("application/health+json", in_json(&told, wrong.as_deref())),
            Form::Text => (
                "text/plain; charset=utf-8",
                in_words(question, &told, wrong.as_deref()),
            ),
        };
        Answer {
            status,
            media_type,
            body,
        }
    }

    fn wrong(&self, question: Question) -> Option<String> {
        wrong(question, &self.told(), self.silence())
    }

    fn told(&self) -> Told {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.clone()
    }

    fn silence(&self) -> Duration {
        let heard = Duration::from_millis(self.heard.load(Ordering::Relaxed));
        self.base.elapsed().saturating_sub(heard)
    }
}

/// Why it is not so, in words.
fn wrong(question: Question, told: &Told, silence: Duration) -> Option<String> {
    if silence > SILENCE {
        return Some(format!(
            "nothing was heard of the daemon's loop for {} seconds; a disk or a network folder \
             may not answer",
            silence.as_secs()
        ));
    }
    if question == Question::Live {
        return None;
    }
    if told.is_ending {
        return Some("feedwright is being stopped".to_owned());
    }
    if told.watching.is_none() && (told.is_whole || told.doing.is_none()) {
        return Some("the watch folder is not there".to_owned());
    }
    if told.is_whole {
        return None;
    }
    Some(match &told.doing {
        Some((step, _, 0)) => format!("the first pass is not done: {step}"),
        Some((step, done, total)) => {
            format!("the first pass is not done: {step}, {done} of {total}")
        }
        None if told.last_pass.is_some() => {
            "the first pass failed, and is tried again; `feedwright status` says why".to_owned()
        }
        None => "the first pass has not begun".to_owned(),
    })
}

/// As others tell their health: the draft for `application/health+json`, with
/// what we have besides.
fn in_json(told: &Told, wrong: Option<&str>) -> String {
    let status = match wrong {
        Some(_) => "fail",
        None if told.faults > 0 => "warn",
        None => "pass",
    };
    let mut json = json!({
        "status": status,
        "version": env!("CARGO_PKG_VERSION"),
        "watching": told.watching,
        "faults": told.faults,
        "last_pass": told.last_pass,
    });
    if let Some(wrong) = wrong {
        json["output"] = wrong.into();
    }
    format!("{json}\n")
}

fn in_words(question: Question, told: &Told, wrong: Option<&str>) -> String {
    if let Some(wrong) = wrong {
        return format!("not well: {wrong}\n");
    }
    if question == Question::Live {
        return "alive\n".to_owned();
    }
    let by = match told.watching {
        Some("events") => ", and new ones are noticed at once",
        _ => ", and new ones are noticed at the next listing",
    };
    let faults = match told.faults {
        0 => String::new(),
        1 => "\n1 thing fails; `feedwright status` says what".to_owned(),
        many => format!("\n{many} things fail; `feedwright status` says which"),
    };
    format!("well: all articles were looked at{by}{faults}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::ZERO;

    fn well() -> Told {
        Told {
            is_whole: true,
            watching: Some("events"),
            last_pass: Some(Timestamp::UNIX_EPOCH),
            ..Told::default()
        }
    }

    #[track_caller]
    fn says(told: &Told, silence: Duration, words: &str) {
        let wrong = wrong(Question::Ready, told, silence).unwrap_or_default();
        assert!(wrong.contains(words), "{words:?} is not in {wrong:?}");
    }

    #[test]
    fn ready_is_who_has_looked_at_all_and_sees_what_changes() {
        assert_eq!(wrong(Question::Ready, &well(), SOON), None);
        says(
            &Told {
                watching: None,
                ..well()
            },
            SOON,
            "the watch folder is not there",
        );
        says(
            &Told {
                is_ending: true,
                ..well()
            },
            SOON,
            "stopped",
        );
        says(&well(), 2 * SILENCE, "for 60 seconds");
        let mut first = Told {
            is_whole: false,
            ..well()
        };
        says(&first, SOON, "the first pass failed");
        first.last_pass = None;
        says(&first, SOON, "has not begun");
        first.doing = Some(("taking in files".to_owned(), 3, 90));
        says(&first, SOON, "not done: taking in files, 3 of 90");
        first.doing = Some(("looking for changes".to_owned(), 0, 0));
        says(&first, SOON, "not done: looking for changes");
    }

    #[test]
    fn live_is_who_goes_on() {
        let away = Told::default();
        assert_eq!(wrong(Question::Live, &away, SOON), None);
        assert!(wrong(Question::Live, &away, 2 * SILENCE).is_some());
    }

    #[test]
    fn it_is_told_to_programs_and_to_people() {
        let health = Health::default();
        health.tell(Told {
            faults: 2,
            ..well()
        });
        let answer = health.answer(Question::Ready, Form::Json);
        assert_eq!(
            (answer.status, answer.media_type),
            (200, "application/health+json")
        );
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(
            (&told["status"], &told["faults"]),
            (&"warn".into(), &2.into())
        );
        let answer = health.answer(Question::Ready, Form::Text);
        assert!(answer.body.starts_with("well: ") && answer.body.contains("\n2 things fail"));
        health.tell(Told {
            watching: None,
            ..well()
        });
        let answer = health.answer(Question::Ready, Form::accepted(Some("application/json")));
        assert_eq!(answer.status, 503);
        assert!(
            answer
                .body
                .contains("\"output\":\"the watch folder is not there\"")
        );
        assert!(answer.body.contains("\"status\":\"fail\""));
        let answer = health.answer(Question::Live, Form::accepted(Some("*/*")));
        assert_eq!((answer.status, &*answer.body), (200, "alive\n"));
    }
}
