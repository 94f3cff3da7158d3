//! Faults of the disk under the feeds, and of the limits of the process.

mod calls;
mod model;
#[cfg(unix)]
mod program;
