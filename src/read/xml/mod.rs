//! XML: the press's formats and feeds.
//!
//! A file is parsed once, and its root element tells what it is: one line in
//! `VOCABULARIES` for each. Other XML is refused by name.

mod atom;
mod element;
mod newsml;
mod newsml_1;
mod nitf;
mod rss;
mod source;
mod tree;

use super::{Format, Input, ReadError, Reader, Reading, html};
use element::Element;
use tree::Tree;

pub(super) const FORMAT: Format = Format {
    endings: &["xml", "rss", "atom", "rdf", "nitf", "newsml"],
    recognizes,
    read: Reader::Many(read),
};

/// What a root element stands for.
struct Vocabulary {
    roots: &'static [&'static str],
    /// How its namespace begins, for names that others use as well.
    space: &'static str,
    read: fn(Element) -> Result<Reading, ReadError>,
}

#[rustfmt::skip]
const VOCABULARIES: &[Vocabulary] = &[
    Vocabulary { roots: &["newsItem", "newsMessage", "packageItem"], space: "", read: newsml::read },
    Vocabulary { roots: &["NewsML"], space: "", read: newsml_1::read },
    Vocabulary { roots: &["nitf"], space: "", read: |root| Ok(nitf::read(root)) },
    Vocabulary { roots: &["rss"], space: "", read: rss::read },
    Vocabulary { roots: &["RDF"], space: "http://www.w3.org/1999/02/22-rdf-syntax-ns", read: rss::read },
    Vocabulary { roots: &["feed", "entry"], space: "http://www.w3.org/2005/Atom", read: atom::read },
    Vocabulary { roots: &["feed"], space: "", read: atom::read },
];

/// What is read, for those who put in something else.
const REMEDY: &str = "of XML, news in NewsML and NITF, and feeds in RSS and Atom are read";

fn vocabulary(root: &str, space: &str) -> Option<&'static Vocabulary> {
    VOCABULARIES
        .iter()
        .find(|known| known.roots.contains(&root) && space.starts_with(known.space))
}

fn recognizes(bytes: &[u8]) -> bool {
    source::root(bytes).is_some_and(|(root, space)| vocabulary(&root, &space).is_some())
}

fn read(input: &Input) -> Result<Reading, ReadError> {
    let text = source::decode(input.bytes)?;
    let tree = Tree::parse(text.trim_start())?;
    let Some(root) = tree.root() else {
        return Err(ReadError::OtherKind {
            what: "XML without an element".to_owned(),
            remedy: REMEDY,
        });
    };
    if root.name().eq_ignore_ascii_case("html") {
        return Ok(Reading::Article(Box::new(html::page(&text))));
    }
    match vocabulary(root.name(), root.space()) {
        Some(known) => (known.read)(root),
        None => Err(ReadError::OtherKind {
            what: format!("XML with the root element <{}>", shortened(root.name())),
            remedy: REMEDY,
        }),
    }
}

/// A name as it can be shown: hostile ones have no end.
fn shortened(name: &str) -> &str {
    name.char_indices()
        .nth(40)
        .map_or(name, |(at, _)| &name[..at])
}
