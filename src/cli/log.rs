//! The log on standard error: for a person at a terminal, or for a journal.

use crate::service;
use jiff::tz::TimeZone;
use std::{
    env, fmt,
    io::{IsTerminal as _, stderr},
    panic,
};
use tracing::Level;
use tracing_subscriber::fmt::{format::Writer, time::FormatTime};

/// Starts logging, once for the process.
pub(super) fn start() {
    let colors = stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let builder = tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(colors)
        .with_target(false)
        .with_max_level(Level::INFO);
    // The journal notes the time itself.
    if env::var_os("JOURNAL_STREAM").is_some() {
        builder.without_time().init();
    } else {
        builder.with_timer(LocalTime).init();
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("no message");
        tracing::error!("a fault of feedwright at {place}: {words}");
    }));
}

struct LocalTime;

impl FormatTime for LocalTime {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        let now = service::now().to_zoned(TimeZone::system());
        write!(writer, "{}", now.strftime("%Y-%m-%d %H:%M:%S"))
    }
}
