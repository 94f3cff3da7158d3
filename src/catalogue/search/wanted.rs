//! What somebody asks to see of the archive.

use super::{Node, Place, Query, QueryError, Term, value};
use crate::entry::Topic;
use std::fmt::{self, Write as _};

/// What somebody asks to see: all entries but for what is set here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those that a query finds.
    pub query: Option<Query>,
    /// Those on a topic: its label, or the folder of its feed in the feeds
    /// folder.
    pub topic: Option<String>,
    /// Those that quote a speaker: the name, or the folder of the feed.
    pub speaker: Option<String>,
    /// Those of a folder: its path in the watch folder, or the folder of its
    /// feed.
    pub folder: Option<String>,
    /// Those in a language: a BCP 47 tag; `de` is `de-AT` as well.
    pub language: Option<String>,
}

impl Wanted {
    /// All that a query finds.
    #[must_use]
    pub fn by(query: Query) -> Self {
        Self {
            query: Some(query),
            ..Self::default()
        }
    }

    /// Whether it asks for anything but all entries.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The permanent id of the feed of what is wanted, in an archive whose feed
    /// of all entries has the id `root`.
    pub(in crate::catalogue) fn feed_id(&self, root: &str) -> String {
        let hash = blake3::hash(self.normalized().as_bytes()).to_hex();
        format!("{root}/search/{}", &hash[..24])
    }

    /// The query and the language in one; an error when there is no such
    /// language.
    pub(in crate::catalogue) fn node(&self) -> Result<Option<Node>, QueryError> {
        let language = self.language.as_deref().map(value::language_tag);
        let language = language
            .transpose()?
            .map(|tag| Node::Is(Term::Language(tag)));
        let query = self.query.as_ref().map(|query| query.root().clone());
        Ok(match (query, language) {
            (Some(Node::All(mut nodes)), Some(language)) => {
                nodes.push(language);
                Some(Node::All(nodes))
            }
            (Some(query), Some(language)) => Some(Node::All(vec![query, language])),
            (query, language) => query.or(language),
        })
    }

    /// The question in the one form that all ways to write it have: neither
    /// case, accents, gaps, nor the order of what is asked for counts. What
    /// readers know a search by is made of it, so it never changes.
    pub(in crate::catalogue) fn normalized(&self) -> String {
        let mut question = match self.node() {
            Ok(Some(node)) => node.normalized(),
            Ok(None) => String::new(),
            // There is nothing that this finds.
            Err(_) => "language:?".to_owned(),
        };
        let filters = [
            ("topic", &self.topic),
            ("speaker", &self.speaker),
            ("folder", &self.folder),
        ];
        for (name, value) in filters {
            if let Some(value) = value {
                let value = match name {
                    "folder" => value::path(value.trim_matches('/')),
                    _ => Topic::folded(value),
                };
                // Writing to a string cannot fail.
                write!(question, "\n{name}={}", quoted(&value)).expect("a string takes everything");
            }
        }
        question
    }
}

/// What is asked for in words, as somebody would call a feed of it.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self.query.as_ref().map(ToString::to_string);
        let query = query.iter().map(|query| query.trim());
        let filters = [&self.topic, &self.speaker, &self.folder, &self.language];
        let filters = filters.into_iter().flatten().map(|filter| filter.trim());
        for (at, part) in query.chain(filters).enumerate() {
            if at > 0 {
                f.write_str(" · ")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl Node {
    fn normalized(&self) -> String {
        match self {
            Self::All(_) => self.joined(" "),
            Self::Any(_) => self.joined(" OR "),
            Self::Not(node) => match &**node {
                Self::Not(node) => node.normalized(),
                node => format!("-{}", node.normalized()),
            },
            Self::Is(term) => term.normalized(),
        }
    }

    /// What belongs together, in order and each once.
    fn joined(&self, with: &str) -> String {
        let mut parts = Vec::new();
        self.parts(&mut parts);
        parts.sort_unstable();
        parts.dedup();
        match &parts[..] {
            [one] => one.clone(),
            _ => format!("({})", parts.join(with)),
        }
    }

    /// What is joined in the same way all the way down.
    fn parts(&self, to: &mut Vec<String>) {
        let is_all = matches!(self, Self::All(_));
        let (Self::All(nodes) | Self::Any(nodes)) = self else {
            return to.push(self.normalized());
        };
        for node in nodes {
            match node {
                Self::All(_) if is_all => node.parts(to),
                Self::Any(_) if !is_all => node.parts(to),
                node => to.push(node.normalized()),
            }
        }
    }
}

impl Term {
    fn normalized(&self) -> String {
        let star = |open: &bool| if *open { "*" } else { "" };
        match self {
            Self::Words { place, words, open } => {
                let place = match place {
                    None => "",
                    Some(Place::Title) => "title:",
                    Some(Place::Text) => "text:",
                    Some(Place::Topics) => "topic:",
                    Some(Place::Speakers) => "speaker:",
                };
                format!("{place}{}{}", quoted(words), star(open))
            }
            Self::Folder { path, open } => format!("folder:{}{}", quoted(path), star(open)),
            Self::Language(tag) => format!("language:{tag}"),
            Self::Published(range) => format!("date:{}..{}", range.start, range.end),
        }
    }
}

/// In quotation marks, without any that could be taken for the last.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
