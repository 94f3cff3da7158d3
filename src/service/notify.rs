//! What the service manager is told: that the daemon is ready, how it goes, that
//! it goes on, and that it ends (systemd's `sd_notify(3)`, which others speak
//! too).
//!
//! The socket is had once, at the start: a process that has shut itself in could
//! not get it any more.

use std::{
    env, process,
    time::{Duration, Instant},
};

/// No sign of life comes sooner after another, whatever the manager wants.
const SHORT: Duration = Duration::from_millis(20);

/// Takes a message to the manager; tells whether it has arrived.
type Channel = Box<dyn Fn(&[u8]) -> bool + Send>;

/// The service manager, if there is one.
pub(super) struct Manager {
    channel: Option<Channel>,
    /// The time between two signs of life, if it wants any.
    every: Option<Duration>,
    /// When it gets the next one.
    next: Instant,
    /// What it was last told in words.
    words: String,
}

impl Manager {
    /// The one that the environment names.
    pub(super) fn from_env() -> Self {
        let of_this = |pid: String| pid.parse() == Ok(process::id());
        let number = |limit: String| limit.parse().ok();
        Self {
            channel: env::var_os("NOTIFY_SOCKET").and_then(|name| channel(&name)),
            // Whoever starts this process by another one may mean that one.
            every: env::var("WATCHDOG_PID")
                .map_or(true, of_this)
                .then(|| env::var("WATCHDOG_USEC").ok().and_then(number))
                .flatten()
                .map(|limit: u64| Duration::from_micros(limit / 2).max(SHORT)),
            next: Instant::now(),
            words: String::new(),
        }
    }

    /// Whether there is one.
    pub(super) fn is_there(&self) -> bool {
        self.channel.is_some()
    }

    /// Everything that may be asked of the daemon can be, also again after it
    /// has taken a configuration over.
    pub(super) fn ready(&self) {
        self.say("READY=1");
    }

    /// It takes a configuration over, and says when it is ready.
    pub(super) fn reloading(&self) {
        // The manager tells by it which of two comes first.
        self.say(&format!("RELOADING=1\nMONOTONIC_USEC={}", monotonic()));
    }

    /// It comes to its end.
    pub(super) fn stopping(&self) {
        self.say("STOPPING=1\nSTATUS=finishing what was begun");
    }

    /// How it goes, in a line for people.
    pub(super) fn tell(&mut self, words: String) {
        if words != self.words && self.say(&format!("STATUS={words}")) {
            self.words = words;
        }
    }

    /// It goes on. Only the loop itself may say so: one that hangs is silent, and
    /// that is how the manager knows.
    pub(super) fn go_on(&mut self, now: Instant) {
        if let Some(every) = self.every
            && now >= self.next
        {
            // One that was not taken is said again in time.
            let is_said = self.say("WATCHDOG=1");
            self.next = now + if is_said { every } else { every / 4 };
        }
    }

    /// When it wants the next sign of life.
    pub(super) fn next(&self) -> Option<Instant> {
        let wants = self.is_there().then_some(self.every).flatten();
        wants.map(|_| self.next)
    }

    fn say(&self, message: &str) -> bool {
        let channel = self.channel.as_ref();
        channel.is_some_and(|channel| channel(message.as_bytes()))
    }
}

/// The socket of this name: a path, or after an `@` a name that is no file's.
#[cfg(unix)]
fn channel(name: &std::ffi::OsStr) -> Option<Channel> {
    use std::os::unix::{
        ffi::OsStrExt as _,
        net::{SocketAddr, UnixDatagram},
    };
    /// A manager that takes nothing any more must not keep the loop from its work.
    const PATIENCE: Duration = Duration::from_secs(1);
    let address = match name.as_bytes() {
        #[cfg(target_os = "linux")]
        [b'@', name @ ..] => {
            use std::os::linux::net::SocketAddrExt as _;
            SocketAddr::from_abstract_name(name)
        }
        _ => SocketAddr::from_pathname(name),
    };
    let socket = UnixDatagram::unbound().ok()?;
    socket.connect_addr(&address.ok()?).ok()?;
    socket.set_write_timeout(Some(PATIENCE)).ok()?;
    Some(Box::new(move |message| socket.send(message).is_ok()))
}

/// Elsewhere there is none that is spoken to so.
#[cfg(not(unix))]
fn channel(_name: &std::ffi::OsStr) -> Option<Channel> {
    None
}

/// Microseconds by the clock that nobody sets.
fn monotonic() -> i64 {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let now = clock_gettime(ClockId::Monotonic);
        now.tv_sec * 1_000_000 + now.tv_nsec / 1_000
    }
    #[cfg(not(unix))]
    0
}
