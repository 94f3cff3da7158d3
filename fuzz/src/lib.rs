//! What must hold whatever comes in: one function for each fuzz target.
//!
//! Each takes any bytes and panics where something does not hold. The targets
//! in `fuzz_targets` call them for hours; `tests/it/fuzzed.rs` includes this
//! file and calls them for seconds, on the corpus, on what was found before and
//! on both after a fixed number of changes.

mod article;
mod catalogue;
mod config;
mod dates;
mod digest;
mod feed;
mod history;
mod pieces;
mod place;
mod read;
mod whole;

/// A target: its name, which is that of its folders, and what it calls.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("adoc", |bytes| read::text("a.adoc", bytes)),
    ("bookmark", |bytes| read::text("a.url", bytes)),
    ("docx", |bytes| read::packed("a.docx", bytes)),
    ("epub", |bytes| read::packed("a.epub", bytes)),
    ("gzip", |bytes| read::unpacked("a.gz", bytes)),
    ("html", |bytes| read::text("a.html", bytes)),
    ("json", |bytes| read::text("a.json", bytes)),
    ("mail", |bytes| read::text("a.eml", bytes)),
    ("markdown", |bytes| read::text("a.md", bytes)),
    ("mbox", |bytes| read::text("a.mbox", bytes)),
    ("mhtml", |bytes| read::text("a.mhtml", bytes)),
    ("odt", |bytes| read::packed("a.odt", bytes)),
    ("fodt", |bytes| read::text("a.fodt", bytes)),
    ("org", |bytes| read::text("a.org", bytes)),
    ("pdf", |bytes| read::unpacked("a.pdf", bytes)),
    ("plain", |bytes| read::text("a.txt", bytes)),
    ("rst", |bytes| read::text("a.rst", bytes)),
    ("rtf", |bytes| read::text("a.rtf", bytes)),
    ("tar", |bytes| read::unpacked("a.tar", bytes)),
    ("tex", |bytes| read::text("a.tex", bytes)),
    ("warc", |bytes| read::unpacked("a.warc", bytes)),
    ("webarchive", |bytes| read::text("a.webarchive", bytes)),
    ("xml", |bytes| read::text("a.xml", bytes)),
    ("zip", |bytes| read::unpacked("a.zip", bytes)),
    ("zstandard", |bytes| read::unpacked("a.zst", bytes)),
    ("front_matter", read::front_matter),
    ("dates", dates::dates),
    ("sentences", digest::sentences),
    ("quotations", digest::quotations),
    ("digest", digest::digest),
    ("query", catalogue::query),
    ("names", catalogue::names),
    ("history", history::history),
    ("config", config::config),
    ("lint", feed::lint),
    ("feed", feed::feed),
    ("whole", whole::whole),
];

/// Calls what a target calls.
///
/// # Panics
///
/// When something does not hold, or there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    let (_, target) = target.expect("every target stands in the table");
    target(bytes);
}
