//! `feedwright run`: the daemon.

use super::{Outcome, explain, say};
use crate::{
    config::{self, Config, Overrides},
    service::{Service, Signal},
};
use anyhow::Context as _;
use std::{fmt::Write as _, path::Path};
use tokio::sync::mpsc;

pub(super) fn run(config: Config, overrides: &Overrides) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .enable_io()
        .build()
        .context("the system gives no threads")?;
    let service = Service::open(config)?;
    say(&greeting(service.config(), service.count()?));
    runtime.block_on(async {
        let signals = signals()?;
        let reload = || config::load(overrides).map_err(|error| plain(&explain(&error)));
        service.run(reload, signals).await
    })?;
    tracing::info!("stopped");
    Ok(Outcome::Fine)
}

/// What a person wants to know when the daemon starts.
fn greeting(config: &Config, entries: usize) -> String {
    let folders = &config.service;
    let address = |name: &str| match &config.feed.url {
        Some(url) => format!("{url}{name}"),
        None => file_url(&folders.feeds_folder.join(name)),
    };
    format!(
        "feedwright {}\n  \
         watching   {}\n  \
         feeds      {} ({entries} {})\n  \
         read       {}\n  \
         subscribe  {}\n             {}\n  \
         stop       Ctrl-C",
        env!("CARGO_PKG_VERSION"),
        folders.watch_folder.display(),
        folders.feeds_folder.display(),
        if entries == 1 { "entry" } else { "entries" },
        address("index.html"),
        address("rss.xml"),
        address("atom.xml"),
    )
}

/// The address of a local file (RFC 8089).
fn file_url(path: &Path) -> String {
    let mut url = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(*byte));
            }
            // Writing to a string cannot fail.
            _ => write!(url, "%{byte:02X}").expect("a string takes everything"),
        }
    }
    url
}

/// The signals of the system, as the service understands them.
#[cfg(unix)]
fn signals() -> anyhow::Result<mpsc::Receiver<Signal>> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).context("the system lets no signal be listened to");
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut hangup = listen(SignalKind::hangup())?;
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(async move {
        loop {
            let signal = tokio::select! {
                Some(()) = interrupt.recv() => Signal::Stop,
                Some(()) = terminate.recv() => Signal::Stop,
                Some(()) = hangup.recv() => Signal::Reload,
                else => return,
            };
            if sender.send(signal).await.is_err() {
                return;
            }
        }
    });
    Ok(receiver)
}

/// Ctrl-C, where there is nothing else.
#[cfg(not(unix))]
fn signals() -> anyhow::Result<mpsc::Receiver<Signal>> {
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            // The service is gone already when nobody listens.
            let _ = sender.send(Signal::Stop).await;
        }
    });
    Ok(receiver)
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
