//! The log on standard error: for a person at a terminal, or for a journal.
//!
//! One event is one line, whatever names and titles hold; and a flood of one
//! kind of line is told by its first few and a count.

#[cfg(unix)]
mod journal;

use crate::{
    clock,
    service::{Flood, Held, number},
};
use jiff::tz::TimeZone;
use std::{
    env, fmt,
    io::{IsTerminal as _, stderr},
    panic,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    time::Instant,
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    Layer,
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer, time::FormatTime},
    layer::{Context, SubscriberExt as _},
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

/// How many lines of one kind are logged in a minute, if they are warnings or
/// errors: a person reads the first few.
const WARNINGS: usize = 20;

/// And if they are not: more than any newsroom drops articles.
const WORDS: usize = 2_000;

/// How long a line may be, in characters. Journals cut at 48 KB, people earlier.
const LONG: usize = 2_000;

static FLOOD: OnceLock<Mutex<Flood<Key>>> = OnceLock::new();

/// What is done with a flood of lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Floods {
    /// They are counted.
    Count,
    /// They are said: somebody has asked for them.
    Say,
}

/// Starts logging, once for the process.
pub(super) fn start(floods: Floods) {
    let journal = is_journal();
    let colors = stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let dam = (floods == Floods::Count).then_some(Dam);
    let fields = journal.then(journal_fields).flatten();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(stderr)
        .with_ansi(colors)
        // A closed standard error must not end the program.
        .log_internal_errors(false)
        .event_format(Line { journal });
    tracing_subscriber::registry()
        .with(LevelFilter::INFO)
        .with(dam)
        .with(fields.is_none().then_some(lines))
        .with(fields)
        .init();
    panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("no message");
        tracing::error!("a fault of feedwright at {place}: {words}");
    }));
}

/// Whether standard error is a journal's: it says so by naming the very file
/// (systemd.exec(5)), so that a program with its output elsewhere is not taken
/// in.
#[cfg(unix)]
pub(super) fn is_journal() -> bool {
    let named = env::var("JOURNAL_STREAM").unwrap_or_default();
    let file = rustix::fs::fstat(stderr());
    file.is_ok_and(|file| named == format!("{}:{}", file.st_dev, file.st_ino))
}

#[cfg(not(unix))]
pub(super) fn is_journal() -> bool {
    false
}

/// The journal, where it takes more than lines.
#[cfg(unix)]
fn journal_fields() -> Option<journal::Journal> {
    use std::os::fd::AsFd as _;
    journal::Journal::behind(stderr().as_fd())
}

#[cfg(not(unix))]
fn journal_fields() -> Option<LevelFilter> {
    None
}

/// Tells how many lines were held back, when it is time for that, and in any
/// case at the `end`.
pub(super) fn tell_held(end: bool) {
    let held = flood().take_held(Instant::now(), end);
    for Held { kind, count, last } in held {
        let lines = if count == 1 { "line" } else { "lines" };
        let count = number(count);
        if kind.is_warning {
            tracing::warn!(
                "and {count} more {lines} like this (`feedwright status` shows what fails and what \
                 is not in the feeds); the last: {last}"
            );
        } else {
            tracing::info!("and {count} more {lines} like this; the last: {last}");
        }
    }
}

fn flood() -> MutexGuard<'static, Flood<Key>> {
    let flood = FLOOD.get_or_init(Mutex::default);
    flood.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where in the program a line comes from, which is what tells kinds of lines
/// apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key {
    file: Option<&'static str>,
    line: Option<u32>,
    is_warning: bool,
}

impl Key {
    fn of(metadata: &Metadata<'static>) -> Self {
        Self {
            file: metadata.file(),
            line: metadata.line(),
            is_warning: *metadata.level() <= Level::WARN,
        }
    }
}

/// Holds back what would flood the log.
struct Dam;

impl<S: Subscriber> Layer<S> for Dam {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let metadata = event.metadata();
        // What is said about the flood is no part of it.
        if metadata.target() == module_path!() {
            return true;
        }
        let kind = Key::of(metadata);
        let most = if kind.is_warning { WARNINGS } else { WORDS };
        flood().admit(kind, most, Instant::now(), || words(event))
    }
}

/// What an event says, on one line.
fn words(event: &Event<'_>) -> String {
    let mut words = Words(String::new());
    event.record(&mut words);
    words.0
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() != "message" {
            return;
        }
        self.0.push_str(&escaped(&format!("{value:?}")));
    }
}

/// A text on one line, which ends where it gets too long.
fn escaped(text: &str) -> String {
    let mut line = String::new();
    let mut chars = text.chars();
    for c in chars.by_ref().take(LONG) {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

/// A journal's number for a level (syslog(3)).
fn priority(level: Level) -> u8 {
    match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        _ => 7,
    }
}

/// Time, level and words, on one line.
struct Line {
    /// Whether a journal takes it, which notes the time itself and wants the
    /// level in its own way (sd-daemon(3)).
    journal: bool,
}

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let level = *event.metadata().level();
        let color = match level {
            Level::ERROR => 31,
            Level::WARN => 33,
            Level::INFO => 32,
            _ => 34,
        };
        if self.journal {
            write!(writer, "<{}>", priority(level))?;
        } else {
            LocalTime.format_time(&mut writer)?;
            writer.write_char(' ')?;
        }
        if writer.has_ansi_escapes() {
            write!(writer, "\u{1b}[{color}m{level:>5}\u{1b}[0m ")?;
        } else {
            write!(writer, "{level:>5} ")?;
        }
        writeln!(writer, "{}", words(event))
    }
}

struct LocalTime;

impl FormatTime for LocalTime {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        let now = clock::now().to_zoned(TimeZone::system());
        write!(writer, "{}", now.strftime("%Y-%m-%d %H:%M:%S"))
    }
}
