//! Any file at all, from its bytes to the feeds.

use super::{digest, feed, pieces};
use feedwright::{
    entry::{Entry, EntryId},
    read::{self, Settings},
};
use std::path::Path;

const NAMES: &[&str] = &[
    "a.txt", "a.md", "a.html", "a.eml", "a.xml", "a.json", "a.rtf", "a.tex", "a.org", "a.rst",
    "a.adoc", "a.mbox", "a.mhtml", "a.fodt", "a.warc", "a",
];

/// Whatever a file is, each article in it gives feeds that read back, and in
/// which the judge of feeds finds no error.
pub(super) fn whole(bytes: &[u8]) {
    let (name, rest) = pieces::choice(NAMES, bytes);
    let Ok(reading) = read::read(Path::new(name), rest, &Settings::default()) else {
        return;
    };
    // More of them say no more.
    let articles = reading.into_articles().take(3);
    let entry = |(number, article)| Entry {
        id: EntryId(format!("tag:example.org,2026:{number}")),
        slug: format!("slug-{number}"),
        digest: digest::digested(&article),
        ..Entry::default()
    };
    feed::rendered((0..).zip(articles).map(entry).collect());
}
