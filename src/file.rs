//! What can be told of a file without opening it.

use serde::{Deserialize, Serialize};

/// What can be told of a file without opening it, to notice that it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Time of last modification, in nanoseconds since 1970.
    pub modified: i64,
    /// Time of last change of the file or its metadata, likewise; 0 where the
    /// system has none.
    pub changed: i64,
    /// The file's number in its file system; 0 where the system has none.
    pub inode: u64,
}
