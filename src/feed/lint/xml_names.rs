//! The namespaces that feeds use, and names that are taken for theirs.

use super::xml::Space;

/// The prefix that feeds give a namespace, its name, and what it is to us.
const SPACES: &[(&str, &str, Space)] = &[
    ("atom", "http://www.w3.org/2005/Atom", Space::Atom),
    (
        "content",
        "http://purl.org/rss/1.0/modules/content/",
        Space::Content,
    ),
    ("dc", "http://purl.org/dc/elements/1.1/", Space::DublinCore),
    (
        "fh",
        "http://purl.org/syndication/history/1.0",
        Space::History,
    ),
    ("media", "http://search.yahoo.com/mrss/", Space::Media),
    (
        "at",
        "http://purl.org/atompub/tombstones/1.0",
        Space::Tombstone,
    ),
    ("xhtml", "http://www.w3.org/1999/xhtml", Space::Xhtml),
    ("xml", "http://www.w3.org/XML/1998/namespace", Space::Xml),
    (
        "slash",
        "http://purl.org/rss/1.0/modules/slash/",
        Space::Other,
    ),
    (
        "sy",
        "http://purl.org/rss/1.0/modules/syndication/",
        Space::Other,
    ),
    (
        "itunes",
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        Space::Other,
    ),
    (
        "thr",
        "http://purl.org/syndication/thread/1.0",
        Space::Other,
    ),
];

/// What a namespace is to us.
pub(super) fn space(name: &str) -> Option<Space> {
    let found = SPACES.iter().find(|(_, known, _)| *known == name);
    found.map(|(_, _, space)| *space)
}

/// Whether a prefix is bound to nearly the name that it usually has.
pub(super) fn is_mistaken(prefix: &str, name: &str) -> bool {
    let usual = SPACES.iter().find(|(usual, ..)| *usual == prefix);
    usual.is_some_and(|(_, meant, _)| is_nearly(meant, name))
}

/// Whether two names of namespaces are one to a person, and two to a program.
fn is_nearly(meant: &str, given: &str) -> bool {
    let bare = |name: &str| {
        let name = name
            .trim()
            .trim_end_matches(['/', '#'])
            .to_ascii_lowercase();
        name.replace("https://", "http://")
            .replace("://www.", "://")
    };
    meant != given && bare(meant) == bare(given)
}
