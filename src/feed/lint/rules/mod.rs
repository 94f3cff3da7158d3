//! The rules: what is wrong, what mends it, and which paper says so.
//!
//! A rule is a line of a table, one table a format; names are stable, since
//! people write them into scripts.

pub(super) mod atom;
pub(super) mod file;
pub(super) mod folder;
pub(super) mod html;
pub(super) mod json;
pub(super) mod opml;
pub(super) mod rss;
pub(super) mod xml;

/// What a good feed keeps to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, which never changes.
    pub name: &'static str,
    /// How bad it is to break it.
    pub level: Level,
    /// What is wrong where it is broken.
    pub wrong: &'static str,
    /// What mends it.
    pub help: &'static str,
    /// Who says so, and where.
    pub paper: &'static str,
}

/// How bad it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is recommended.
    Warning,
    /// Readers may refuse the feed, or take it for what it is not.
    Error,
}

impl Level {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A table of rules: for each a name in the code, its own name, its level and
/// paper, what is wrong, and what mends it.
macro_rules! rules {
    ($($key:ident $name:literal $level:ident $paper:literal: $wrong:literal => $help:literal;)*) => {
        $(pub(in crate::feed::lint) static $key: super::Rule = super::Rule {
            name: $name,
            level: super::Level::$level,
            wrong: $wrong,
            help: $help,
            paper: $paper,
        };)*
        pub(super) static ALL: &[&super::Rule] = &[$(&$key),*];
    };
}
use rules;

/// All rules, format by format.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        file::ALL,
        xml::ALL,
        html::ALL,
        rss::ALL,
        atom::ALL,
        json::ALL,
        opml::ALL,
        folder::ALL,
    ];
    tables.into_iter().flatten().copied()
}
