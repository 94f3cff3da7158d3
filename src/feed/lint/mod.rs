//! Our own judge of feeds: bytes in, findings out.
//!
//! It judges what any program wrote, not only ours, so it trusts nothing: what
//! a file is, it tells from the content; what is not well-formed is named and,
//! where that is possible, read past. Time and memory grow with the file's
//! length alone, however it is nested or doubled.
//!
//! The rules are data, in `rules`; each names the paper that it follows. A
//! format is one file that says where they are broken, and one line in
//! `recognized`. [`lint`] judges a file by itself; [`lint_together`] judges
//! the files of a folder by each other.

mod archives;
mod atom;
mod atom_values;
mod dates;
mod facts;
mod html;
mod json;
mod json_tree;
mod opml;
mod report;
mod rss;
mod rss_values;
mod rules;
mod source;
mod together;
mod values;
mod xml;
mod xml_names;
mod xml_read;
mod xml_tag;

pub use report::{Finding, More};
pub use rules::{Level, Rule, all as rules};
pub use together::{Together, leftover, lint_together};

use facts::Facts;
use report::Report;
use rules::file;

/// What a file is, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Linted {
    /// What it is; `None` when it is no feed.
    pub kind: Option<Kind>,
    /// What is wrong, in the order of the file.
    pub findings: Vec<Finding>,
    /// What was left out, since it broke the same rule again and again.
    pub more: Vec<More>,
    /// What it says of itself and of others, for [`lint_together`].
    facts: Facts,
}

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS 0.91 to 2.0.
    Rss,
    /// RSS 0.90 and 1.0, which are RDF.
    Rdf,
    /// Atom 1.0, a feed or a single entry.
    Atom,
    /// JSON Feed.
    Json,
    /// OPML, a list of feeds.
    Opml,
}

impl Kind {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Rdf => "RSS 1.0",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
            Self::Opml => "OPML",
        }
    }
}

/// Some aggregators stop reading there.
const LARGEST: usize = super::LARGEST_DOCUMENT;

/// What is fetched every hour should not be larger, in bytes.
const NORMAL: usize = 512 * 1024;

/// Judges a file by itself.
///
/// ```
/// use feedwright::feed::{Kind, lint};
///
/// let linted = lint(b"<rss version=\"2.0\"><channel><title>News</title></channel></rss>");
/// assert_eq!(linted.kind, Some(Kind::Rss));
/// let names: Vec<_> = linted.findings.iter().map(|found| found.rule.name).collect();
/// assert!(names.contains(&"rss-channel-link"), "{names:?}");
/// ```
#[must_use]
pub fn lint(bytes: &[u8]) -> Linted {
    let mut report = Report::default();
    let mut facts = Facts::default();
    let text = source::decoded(bytes, &mut report);
    if bytes.len() >= LARGEST {
        report.add(&file::SIZE, 0, &format!("{} bytes", bytes.len()));
    } else if bytes.len() > NORMAL {
        report.add(&file::LARGE, 0, &format!("{} bytes", bytes.len()));
    }
    let kind = match text.trim_start().as_bytes().first() {
        None => {
            report.add(&file::EMPTY, 0, "");
            None
        }
        Some(b'{' | b'[') => json::check(&text, &mut report, &mut facts),
        _ => {
            source::check_characters(&text, &mut report);
            if !text.starts_with("<?xml") {
                report.add(&rules::xml::DECLARATION, 0, "it is missing");
            }
            let tree = xml_read::read(&text, &mut report);
            let kind = recognized(&tree);
            match kind {
                // What is not there may be in the part that could not be read.
                _ if !tree.is_whole => {}
                Some(Kind::Rss) => rss::check(&tree, &mut report, &mut facts),
                Some(Kind::Atom) => atom::check(&tree, &mut report, &mut facts),
                Some(Kind::Opml) => opml::check(&tree, &mut report),
                Some(Kind::Rdf) => report.add(&file::RDF, tree.root_at(), ""),
                _ if !report.has(&rules::xml::MALFORMED) => {
                    let name = tree.root().map_or("", |root| root.name);
                    report.add(&file::UNKNOWN, tree.root_at(), name);
                }
                _ => {}
            }
            kind
        }
    };
    let (findings, more) = report.finish(&text, &mut facts);
    Linted {
        kind,
        findings,
        more,
        facts,
    }
}

/// What an XML document is, by its root.
fn recognized(tree: &xml::Tree) -> Option<Kind> {
    let root = tree.root()?;
    match (root.space, root.name) {
        (_, "rss") => Some(Kind::Rss),
        (xml::Space::Atom, "feed" | "entry") => Some(Kind::Atom),
        (_, "opml") => Some(Kind::Opml),
        (_, "RDF") => Some(Kind::Rdf),
        _ => None,
    }
}

/// Whether this looks like something that [`lint`] has rules for. For those who
/// look through folders: a page for people or a picture is no faulty feed.
#[must_use]
pub fn is_feed_like(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let start = String::from_utf8_lossy(start).replace('\0', "");
    let known = ["<rss", "<feed", "<opml", "<rdf:RDF", "<entry", ":feed"];
    let is_json = start
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{')
        && start.contains("jsonfeed.org");
    is_json || known.iter().any(|root| start.contains(root))
}
