//! Files in, articles or reasons out.

mod any;
mod archives;
mod charset;
mod docx;
mod epub;
mod feeds_in;
mod front_matter;
mod hostile;
mod html;
mod html_any;
mod html_meta;
mod json;
mod light;
mod limits;
mod mail;
mod mailbox;
mod markdown;
mod odt;
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod rtf;
mod saved;
mod text;
mod wires;
mod withheld;

use feedwright::{
    article::Article,
    dates,
    read::{Part, ReadError, Reading, Settings, read},
};
use std::path::Path;

/// The only call into the code.
pub(super) fn read_as(name: &str, bytes: impl AsRef<[u8]>) -> Result<Article, ReadError> {
    let reading = read(Path::new(name), bytes.as_ref(), &Settings::default())?;
    Ok(reading.into_articles().next().unwrap())
}

/// All articles in a file, each with its name in it.
pub(super) fn parts_of(name: &str, bytes: impl AsRef<[u8]>) -> Vec<(String, Article)> {
    let reading = read(Path::new(name), bytes.as_ref(), &Settings::default()).unwrap();
    let Reading::Parts(parts) = reading else {
        panic!("{name} holds one article");
    };
    let readable = |part: Part| (part.name, part.article.unwrap());
    parts.into_iter().map(readable).collect()
}

fn blocks(article: &Article) -> Vec<&str> {
    let text = &article.text;
    text.blocks.iter().map(|block| text.of(block)).collect()
}

#[test]
fn what_is_no_article_is_refused_with_a_reason() {
    #[track_caller]
    fn check(name: &str, bytes: &[u8], told: &str) {
        assert_eq!(
            read_as(name, bytes).unwrap_err().to_string(),
            told,
            "{name}"
        );
    }
    let empty = "the file is empty; write the article into it";
    check("a.txt", b"", empty);
    check("a.md", b" \n\t\r\n", empty);
    check("a.txt", "\u{feff}\u{a0}\n".as_bytes(), empty);
    let bare =
        "there is no text in the file besides its headline and pictures; write the article into it";
    check("a.md", b"---\ntitle: A\n---\n", bare);
    check("a.md", b"# A\n\n![cat](cat.jpg)\n\n---\n", bare);
    let binary = |what| {
        format!("the file seems to be {what}, not text; save the article as text or Markdown")
    };
    check(
        "a.md",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        &binary("a picture"),
    );
    check("a", b"\x7fELF\x02\x01\x01\0", &binary("a program"));
    check("a.txt", b"text with\0a NUL in it", &binary("binary data"));
    check(
        "a.txt",
        b"\x01\x02\x03\xff\xfd\x04\x05 x",
        &binary("binary data"),
    );
    let other = |what| format!("{what} cannot be read yet; save the article as text or Markdown");
    let none = |what| format!("it is {what}, which is not read; ");
    check(
        "a.rss",
        b"<?xml version='1.0'?><rss/>",
        "there is no article in the feed; put articles into it",
    );
    check(
        "a.txt",
        b"<?xml version='1.0'?><svg><text>Toll</text></svg>",
        &(none("XML with the root element <svg>")
            + "of XML, news in NewsML and NITF, and feeds in RSS and Atom are read"),
    );
    let json = "of JSON, news in ninjs, articles as schema.org describes them, JSON Feed, and objects with a \
         title, a text and a date, author or url are read";
    check(
        "a.json",
        b"{\"name\": \"package\", \"version\": \"1.0\"}",
        &(none("JSON of another kind") + json),
    );
    check("a.pages", b"Text.", &other("a Pages document"));
}

#[test]
fn text_without_a_known_ending_is_text() {
    for name in [
        "notes",
        "notes.text",
        "notes.TXT",
        "notes.final",
        ".hidden",
        "a.b/c",
    ] {
        let article = read_as(name, "It was *cold*.").unwrap();
        assert_eq!(article.text.plain, "It was *cold*.", "{name}");
    }
    assert_eq!(
        read_as("NOTES.MD", "It was *cold*.").unwrap().text.plain,
        "It was cold."
    );
}

#[test]
fn every_sample_article_is_read_without_a_remark() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples: Vec<_> = std::fs::read_dir(root.join("watch"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(samples.len() >= 5);
    for path in samples {
        let article = read_as(path.to_str().unwrap(), std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(article.notes, [""; 0], "{}", path.display());
        // A feed made from them must not depend on the clock.
        let lines = article.text.plain.lines();
        let said = lines.filter_map(|line| dates::parse(line.strip_prefix("Published ")?));
        let dated = article.published.is_some() || said.count() == 1;
        assert!(dated, "{} states no date", path.display());
    }
}
