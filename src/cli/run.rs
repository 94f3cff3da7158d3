//! `feedwright run`: the daemon.

use super::{Outcome, log, say};
use crate::{
    clock,
    config::{self, Config, ConfigError, Overrides},
    serve::Address,
    service::{
        Farewell, Glance, Glanced, Refusal, Service, Signal, Tally,
        confine::{self, Bounds, Held},
        counted, duration, overview,
    },
};
use anyhow::Context as _;
use std::{fmt::Write as _, fs, path::Path, time::Duration};
use tokio::sync::mpsc;

/// How long the one thread that does the passes is kept while there is none to
/// do. Passes are done one at a time, and each thread has heap of its own that
/// it seldom gives back: were each pass done by whichever thread is free, that of
/// all of them would fill.
const KEPT: Duration = Duration::from_hours(24);

pub(super) fn run(config: Config, overrides: &Overrides) -> anyhow::Result<Outcome> {
    let mut bounds = Bounds::default();
    let mut held = Held::Not;
    let file = overrides.config.as_deref();
    let file = file.unwrap_or(Path::new(config::FILE));
    let service = Service::open(config, |config| {
        bounds = Bounds::of(config, file);
        held = confine::shut_in(&bounds);
        held.told(&bounds)
    })?;
    // Only what was started after that is shut in as well.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(1)
        .thread_keep_alive(KEPT)
        .enable_time()
        .enable_io()
        .build()
        .context("the system gives no threads")?;
    // Before the greeting: whoever has read it may stop it.
    let signals = {
        let _runtime = runtime.enter();
        signals()?
    };
    say(&greeting(
        service.config(),
        service.count()?,
        service.addresses(),
    ));
    tracing::info!("{}", service.confinement());
    let state_folder = service.config().service.state_folder.clone();
    let farewell = runtime.block_on(async {
        let reload = || {
            let config = config::load(overrides).map_err(|error| first_fault(&error))?;
            match bounds.lacks(&config).filter(|_| held != Held::Not) {
                Some(lacking) => Err(lacking),
                None => Ok(config),
            }
        };
        tokio::spawn(tell_held());
        service.run(reload, signals).await
    })?;
    log::tell_held(true);
    let seen = overview(&state_folder, clock::now());
    let glance = match seen.map(|seen| seen.catalogue) {
        Ok(Ok(Glanced::Here(glance))) => glance,
        _ => Glance::default(),
    };
    tracing::info!("{}", last_words(&farewell, &glance));
    Ok(Outcome::Fine)
}

/// Tells now and then what the log held back.
async fn tell_held() {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    loop {
        tick.tick().await;
        log::tell_held(false);
    }
}

/// What is wrong with a configuration, on one line.
pub(super) fn first_fault(error: &ConfigError) -> String {
    let ConfigError::Faulty { path, text, faults } = error else {
        return error.to_string();
    };
    let Some(fault) = faults.first() else {
        return error.to_string();
    };
    let before = text.get(..fault.span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let more = match faults.len() {
        1 => String::new(),
        many => format!(" (and {} more)", counted(many - 1, "fault", "faults")),
    };
    format!(
        "{path}:{line}: {}: {}; {}{more}; `feedwright check` shows it",
        fault.title, fault.label, fault.help
    )
}

/// What was done, and what is left.
fn last_words(farewell: &Farewell, glance: &Glance) -> String {
    let Farewell {
        status,
        files,
        embargoes,
    } = farewell;
    let end = status.stopped.unwrap_or(status.heard);
    let ran = end.duration_since(status.started).unsigned_abs();
    let mut words = format!(
        "stopped after {}: {}, {}",
        duration(ran),
        Tally {
            refused: 0,
            ..status.tally
        },
        counted(status.documents, "document written", "documents written")
    );
    let mut left = Vec::new();
    for (count, one, many) in [
        (*files, "file", "files"),
        (glance.due, "feed or page", "feeds and pages"),
        (glance.decisions, "decision", "decisions"),
        (*embargoes, "file under embargo", "files under embargo"),
    ] {
        if count > 0 {
            left.push(counted(count, one, many));
        }
    }
    if left.is_empty() {
        words.push_str("; nothing is left to do");
    } else {
        // Writing to a string cannot fail.
        let _ = write!(words, "; left for the next start: {}", left.join(", "));
    }
    let refused = glance.refused.iter();
    let refused = refused
        .filter(|refused| refused.kind == Refusal::Faulty)
        .count();
    if refused > 0 {
        let files = counted(refused, "file that was", "files that were");
        let _ = write!(words, "; not in the feeds: {files} not taken");
    }
    match (&status.faults.first[..], status.faults.count) {
        ([], _) => {}
        ([fault, ..], 1) => {
            let _ = write!(words, "; failing: {}", fault.text);
        }
        ([fault, ..], count) => {
            let _ = write!(words, "; {count} things fail, the first: {}", fault.text);
        }
    }
    if refused > 0 || status.faults.count > 1 {
        words.push_str("; `feedwright status` says why");
    }
    words
}

/// What a person wants to know when the daemon starts.
fn greeting(config: &Config, entries: usize, addresses: &[Address]) -> String {
    let folders = &config.service;
    let served = addresses.iter().find_map(root);
    let address = |name: &str| match (&config.feed.url, &served) {
        (Some(_), _) | (None, None) => public(config, name),
        (None, Some(root)) => format!("{root}{name}"),
    };
    let page = page(config, addresses);
    let watched = folders.watch_folder.display();
    let greeting = format!(
        "feedwright {}\n  \
         watching   {watched}\n  \
         feeds      {} ({})\n  \
         open       {page}\n  \
         subscribe  {}\n             {}\n  \
         stop       Ctrl-C",
        env!("CARGO_PKG_VERSION"),
        folders.feeds_folder.display(),
        counted(entries, "entry", "entries"),
        address("rss.xml"),
        address("atom.xml"),
    );
    if entries > 0 || !is_empty(&folders.watch_folder) {
        return greeting;
    }
    format!(
        "{greeting}\n\n\
         The folder is empty. Put an article into {watched}:\n\
         a text, a saved page, a mail, a Word file, a PDF. A moment later it is at\n\
         {page}\n"
    )
}

/// Whether nobody has put anything into the watch folder yet.
fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut files| files.next().is_none())
}

/// Where somebody at this machine reads what is there.
pub(super) fn page(config: &Config, addresses: &[Address]) -> String {
    let served = addresses.iter().find_map(root);
    served.unwrap_or_else(|| public(config, "index.html"))
}

/// The address of a document where no server of ours shows it.
fn public(config: &Config, name: &str) -> String {
    let file = config.service.feeds_folder.join(name);
    match &config.feed.url {
        Some(url) => format!("{url}{name}"),
        None => file_url(&std::path::absolute(&file).unwrap_or(file)),
    }
}

/// The address of the server, for somebody at this machine.
fn root(address: &Address) -> Option<String> {
    match address {
        Address::Tcp(address) if address.ip().is_unspecified() => {
            Some(format!("http://localhost:{}/", address.port()))
        }
        Address::Tcp(address) => Some(format!("http://{address}/")),
        Address::Unix(_) => None,
    }
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
