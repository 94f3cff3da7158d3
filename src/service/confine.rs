//! Shutting in: what the daemon does not need, it gives up for good once it has
//! opened what it does, so that no article, however it was made, can have it read
//! or send out what is none of its business.
//!
//! `bounds` says what is left to it, from the settings alone; the system holds it
//! to that (Linux by Landlock). What it cannot hold is left to the unit file.

mod bounds;
#[cfg(target_os = "linux")]
mod landlock;

pub use bounds::Bounds;

use std::fmt;

/// How far the system holds a process to its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In everything.
    Fully,
    /// In what this version of the system knows how to.
    Partly,
    /// In nothing.
    Not,
}

impl Held {
    /// What there is to say of it, in a line.
    #[must_use]
    pub fn told(self, bounds: &Bounds) -> String {
        match self {
            Self::Fully => format!("shut in: {bounds}"),
            Self::Partly => format!("shut in as far as this system can: {bounds}"),
            Self::Not => "not shut in: this system has no Landlock".to_owned(),
        }
    }
}

/// Shuts this thread in, and all that it starts from now on. Threads that run
/// already go free, so there should be none.
#[must_use]
pub fn shut_in(bounds: &Bounds) -> Held {
    #[cfg(target_os = "linux")]
    {
        landlock::shut_in(bounds).unwrap_or_else(|error| {
            tracing::warn!("feedwright cannot shut itself in, and runs on without: {error}");
            Held::Not
        })
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = bounds;
        Held::Not
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |folders: &mut dyn Iterator<Item = &std::path::PathBuf>| {
            let named: Vec<_> = folders.map(|path| super::named(path)).collect();
            named.join(", ")
        };
        let writes = list(&mut self.written());
        let reads = list(&mut self.read().filter(|path| !self.may_write(path)));
        write!(f, "it may write in {writes}, ")?;
        if !reads.is_empty() {
            write!(f, "read in {reads}, ")?;
        }
        f.write_str(if self.may_connect() {
            "and connect to hubs"
        } else {
            "and connect to nobody"
        })?;
        let pinned = list(&mut self.pinned());
        if !pinned.is_empty() {
            write!(
                f,
                "; should one of these be removed and made again, start feedwright anew: {pinned}"
            )?;
        }
        Ok(())
    }
}
