//! The server: sockets, connections, and how they end.

use super::{
    Settings, Site,
    connection::{Shared, accept},
    listen::{self, Address, Bound},
    router::Router,
};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io,
    rc::Rc,
    sync::Arc,
    thread,
    time::Duration,
};
use tokio::{
    runtime,
    sync::{mpsc, watch},
    task::{self, LocalSet},
    time,
};

/// So many connections are open at once at most.
const CONNECTIONS: usize = 8 * 1024;

/// Answers under way have so long to be sent when the program ends.
const DRAIN: Duration = Duration::from_secs(3);

/// How often an address is tried that something else has.
const AGAIN: Duration = Duration::from_secs(5);

/// How long no connection is taken when there are no descriptors for it.
const BREATH: Duration = Duration::from_millis(100);

/// The server, running.
#[derive(Debug)]
pub struct Server {
    commands: mpsc::UnboundedSender<Command>,
    thread: Option<thread::JoinHandle<()>>,
    addresses: Vec<Address>,
}

enum Command {
    Listen(Vec<Address>),
    Stop,
}

impl Server {
    /// Begins to serve. An address that cannot be had is told of, and tried
    /// until it can. Sockets that the service manager listens on take the place
    /// of those of the settings.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(settings: &Settings, site: Arc<Site>) -> io::Result<Self> {
        let mut sockets = Sockets::default();
        let mut handed = listen::handed_over();
        if settings.listen.is_empty() {
            handed.clear();
        }
        let is_handed = !handed.is_empty();
        sockets
            .bound
            .extend(handed.into_iter().map(|bound| (None, bound)));
        if !is_handed {
            sockets.want(&settings.listen);
        }
        let addresses = sockets
            .bound
            .iter()
            .map(|(_, bound)| bound.address())
            .collect();
        let (commands, receiver) = mpsc::unbounded_channel();
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(2)
            .thread_keep_alive(Duration::from_secs(10))
            .build()?;
        let thread = thread::Builder::new()
            .name("serve".to_owned())
            .spawn(move || {
                let serving = serve(site, sockets, receiver, is_handed);
                LocalSet::new().block_on(&runtime, serving);
                // What is still being rendered is waited for by nobody.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            commands,
            thread: Some(thread),
            addresses,
        })
    }

    /// Where it could be reached when it started.
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// Takes other addresses over.
    pub fn listen(&self, settings: &Settings) {
        // A server that has failed has said so.
        let _ = self.commands.send(Command::Listen(settings.listen.clone()));
    }

    /// Takes no more requests, and ends when what is being sent has arrived, or
    /// after a few seconds.
    pub fn end(&self) {
        let _ = self.commands.send(Command::Stop);
    }
}

impl Drop for Server {
    /// Waits for its end.
    fn drop(&mut self) {
        self.end();
        if let Some(thread) = self.thread.take() {
            // One that has failed has said so.
            let _ = thread.join();
        }
    }
}

/// The sockets that listen, and those that are to.
#[derive(Debug, Default)]
struct Sockets {
    /// With the address of the settings that each is for.
    bound: Vec<(Option<Address>, Bound)>,
    missing: Vec<Address>,
    /// Those of which it was told that they cannot be had.
    told: Vec<Address>,
}

impl Sockets {
    fn want(&mut self, addresses: &[Address]) {
        self.missing = addresses.to_vec();
        self.told.retain(|told| addresses.contains(told));
        self.bind();
    }

    /// Tries to get what is missing.
    fn bind(&mut self) {
        let missing = std::mem::take(&mut self.missing);
        for address in missing {
            match address.bind() {
                Ok(bound) => {
                    if self.told.contains(&address) {
                        tracing::info!("the server can be reached at {address} now");
                        self.told.retain(|told| *told != address);
                    }
                    self.bound.push((Some(address), bound));
                }
                Err(error) => {
                    if !self.told.contains(&address) {
                        tracing::error!("{}", explain(&address, &error));
                        self.told.push(address.clone());
                    }
                    self.missing.push(address);
                }
            }
        }
    }
}

fn explain(address: &Address, error: &io::Error) -> String {
    let remedy = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there, perhaps another feedwright: stop that one, or start \
             this one with `--listen 127.0.0.1:8061` or the like (`listen` under `[serve]`); \"\" is \
             no server"
        }
        io::ErrorKind::PermissionDenied => {
            "write another port or place as `listen` under `[serve]`: ports below 1024 are for root, \
             and a socket needs a folder that may be written"
        }
        io::ErrorKind::AddrNotAvailable => {
            "this machine has no such address: write one that it has as `listen` under `[serve]`, \
             such as \"127.0.0.1:8060\""
        }
        _ => "check `listen` under `[serve]`",
    };
    format!(
        "the server cannot listen on {address}: {error}; {remedy}; it is tried again, and feeds are \
         written meanwhile"
    )
}

async fn serve(
    site: Arc<Site>,
    mut sockets: Sockets,
    mut commands: mpsc::UnboundedReceiver<Command>,
    is_handed: bool,
) {
    let (close, closing) = watch::channel(false);
    let shared = Rc::new(Shared {
        router: Router {
            site,
            closing: closing.clone(),
            rendering: tokio::sync::Mutex::default(),
        },
        limits: RefCell::default(),
        open: Cell::new(0),
        most: most_connections(),
        closing,
    });
    let mut listeners: HashMap<Option<Address>, Vec<task::JoinHandle<()>>> = HashMap::new();
    loop {
        for (address, bound) in sockets.bound.drain(..) {
            let listening = task::spawn_local(listen(bound, Rc::clone(&shared)));
            listeners.entry(address).or_default().push(listening);
        }
        let next = tokio::select! {
            next = commands.recv() => next,
            () = time::sleep(AGAIN), if !sockets.missing.is_empty() => {
                sockets.bind();
                continue;
            }
        };
        match next {
            Some(Command::Listen(addresses)) if !is_handed => {
                for (address, tasks) in &mut listeners {
                    if address
                        .as_ref()
                        .is_none_or(|address| !addresses.contains(address))
                    {
                        for task in tasks.drain(..) {
                            task.abort();
                        }
                    }
                }
                listeners.retain(|_, tasks| !tasks.is_empty());
                // The sockets of those that were ended close when they are next
                // looked at.
                task::yield_now().await;
                let has = |address: &Address| listeners.contains_key(&Some(address.clone()));
                let new: Vec<Address> = addresses.into_iter().filter(|one| !has(one)).collect();
                sockets.want(&new);
            }
            Some(Command::Listen(_)) => {}
            Some(Command::Stop) | None => break,
        }
    }
    for tasks in listeners.into_values() {
        for task in tasks {
            task.abort();
        }
    }
    close.send_replace(true);
    let drained = async {
        while shared.open.get() > 0 {
            time::sleep(Duration::from_millis(5)).await;
        }
    };
    // Who has not taken it by then does not want it.
    let _ = time::timeout(DRAIN, drained).await;
}

/// How many connections there may be: half of the descriptors of the process,
/// which needs the others for files.
fn most_connections() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        // Each process may have as many as its system lets it ask for.
        let wanted = Rlimit {
            current: maximum,
            maximum,
        };
        let _ = setrlimit(Resource::Nofile, wanted);
        let current = getrlimit(Resource::Nofile).current;
        let half = current.map_or(u64::MAX, |current| current / 2);
        CONNECTIONS.min(usize::try_from(half).unwrap_or(CONNECTIONS))
    }
    #[cfg(not(unix))]
    CONNECTIONS
}

/// Takes connections until it is aborted.
async fn listen(bound: Bound, shared: Rc<Shared>) {
    match bound {
        Bound::Tcp(listener) => match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => loop {
                match listener.accept().await {
                    Ok((stream, peer)) => {
                        // Answers are written whole; there is nothing to collect.
                        let _ = stream.set_nodelay(true);
                        accept(stream, Some(peer.ip()), &shared);
                    }
                    Err(error) => rest(&error).await,
                }
            },
            Err(error) => tracing::error!("the server cannot listen: {error}"),
        },
        #[cfg(unix)]
        Bound::Unix(listener, path) => match tokio::net::UnixListener::from_std(listener) {
            Ok(listener) => {
                let _removed = Removed(path);
                loop {
                    match listener.accept().await {
                        Ok((stream, _)) => accept(stream, None, &shared),
                        Err(error) => rest(&error).await,
                    }
                }
            }
            Err(error) => tracing::error!("the server cannot listen: {error}"),
        },
    }
}

/// Waits after a connection could not be taken: one that was closed again costs
/// nothing, but without descriptors the next one fails at once.
async fn rest(error: &io::Error) {
    if error.kind() != io::ErrorKind::ConnectionAborted {
        tracing::debug!("a connection could not be taken: {error}");
        time::sleep(BREATH).await;
    }
}

/// A socket's file, which is removed when nobody listens there any more.
#[cfg(unix)]
struct Removed(Option<std::path::PathBuf>);

#[cfg(unix)]
impl Drop for Removed {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}
