//! What entries are in, as numbers.

use super::TopicId;
use crate::channel::Scope;

/// What a feed may be of: all entries, a topic, a speaker, a folder or a
/// search, whether it has a feed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Subject(pub(super) i64);

/// How many bits of a subject are its scope.
const BITS: u32 = 3;

impl Subject {
    /// All entries.
    pub(super) const ALL: Self = Self(0);

    /// The subject of a scope with this key.
    pub(super) fn new(scope: Scope, key: i64) -> Self {
        Self(key << BITS | code(scope))
    }

    pub(super) fn topic(TopicId(key): TopicId) -> Self {
        Self::new(Scope::Topic, key)
    }

    /// Its key among those of its scope.
    pub(super) fn key(self) -> i64 {
        self.0 >> BITS
    }

    pub(super) fn scope(self) -> Scope {
        scope(self.0 & ((1 << BITS) - 1))
    }

    pub(super) fn is_topic(self) -> bool {
        self.scope() == Scope::Topic
    }

    /// Whether feeds show of an entry that it is in this.
    pub(super) fn is_shown(self) -> bool {
        matches!(self.scope(), Scope::Topic | Scope::Speaker)
    }
}

/// The scope with this number in the database.
pub(super) fn scope(number: i64) -> Scope {
    let scope = Scope::ALL.into_iter().find(|scope| code(*scope) == number);
    scope.unwrap_or(Scope::All)
}

/// The number of a scope in the database.
pub(super) fn code(scope: Scope) -> i64 {
    match scope {
        Scope::All => 0,
        Scope::Topic => 1,
        Scope::Speaker => 2,
        Scope::Folder => 3,
        Scope::Search => 4,
    }
}
