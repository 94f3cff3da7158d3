//! Readers, one by one.

use super::{article, pieces};
use feedwright::{
    article::Article,
    read::{self, Books, ReadError, Reading, Settings},
};
use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A file whose text is in its bytes as they are: what comes out is not much
/// more than what went in. A byte may be a character of three in another
/// charset, and may be told in a note or a table as well.
pub(super) fn text(name: &str, bytes: &[u8]) {
    reading(name, bytes, 50 * bytes.len() + 10_000);
}

/// A file that has something compressed in it.
pub(super) fn unpacked(name: &str, bytes: &[u8]) {
    reading(name, bytes, 64_000_000);
}

/// A document in an archive. The input has the members one after the other,
/// since hardly any change to an archive leaves one.
pub(super) fn packed(name: &str, bytes: &[u8]) {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (member, content) in pieces::files(bytes) {
        // Two of one name are refused, and so are names that are too long.
        if archive.start_file(member, stored).is_ok() {
            archive.write_all(content).expect("memory takes everything");
        }
    }
    let archive = archive.finish().expect("memory takes everything");
    text(name, archive.get_ref());
}

fn reading(name: &str, bytes: &[u8], most: usize) {
    let read = |bytes: &[u8], books| read::read(Path::new(name), bytes, &Settings { books });
    let whole = read(bytes, Books::Whole);
    check(&whole, most);
    if let Some(saved) = as_windows_saves(name, bytes) {
        let saved = read(&saved, Books::Whole);
        assert_eq!(saved.ok(), whole.ok(), "line ends change what is read");
    } else {
        let again = read(bytes, Books::Whole);
        assert!(again == whole, "the same bytes, another article");
    }
    // Nothing else asks what books become.
    if name == "a.epub" {
        check(&read(bytes, Books::Chapters), most);
    }
}

/// Formats of lines.
const LINES: &[&str] = &[
    "a.adoc", "a.eml", "a.html", "a.json", "a.md", "a.mbox", "a.mhtml", "a.org", "a.rst", "a.tex",
    "a.txt", "a.xml",
];

/// The same text with other line ends; of every second input, since each way to
/// read a file twice takes its time.
fn as_windows_saves(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    let is_one =
        LINES.contains(&name) && bytes.len().is_multiple_of(2) && !text.contains(['\r', '\0']);
    is_one.then(|| text.replace('\n', "\r\n").into_bytes())
}

/// Checks what came out of a file: no more than so many bytes of text.
fn check(reading: &Result<Reading, ReadError>, most: usize) {
    let one = |article: &Article| {
        article::check(article);
        article.text.plain.len()
    };
    let size = match reading {
        Ok(Reading::Article(article)) => one(article),
        Ok(Reading::Parts(parts)) => {
            assert!(!parts.is_empty());
            let mut names = BTreeSet::new();
            for part in parts {
                let sound = |piece: &str| !matches!(piece, "" | "." | "..");
                assert!(part.name.split('/').all(sound), "{:?}", part.name);
                assert!(!part.name.contains(char::is_control), "{:?}", part.name);
                assert!(names.insert(&part.name), "{:?} is there twice", part.name);
            }
            let articles = parts.iter().map(|part| part.article.as_ref());
            articles.map(|part| part.map_or_else(reason, one)).sum()
        }
        Err(error) => reason(error),
    };
    assert!(size <= most, "{size} bytes of text");
}

/// Checks the reason why there is no article, which has no text.
fn reason(error: &ReadError) -> usize {
    let told = error.to_string();
    assert!(told.contains("; "), "{told:?} has no remedy");
    assert!(!told.contains(char::is_control), "{told:?}");
    0
}

/// Front matter in all three notations: what is written as text stays as it is
/// written, and any source at all gives an article or the line of its fault.
pub(super) fn front_matter(bytes: &[u8]) {
    let (mark, rest) = pieces::choice(&["---", "+++", ""], bytes);
    let source = String::from_utf8_lossy(rest);
    let file = format!("{mark}\n{source}\n{mark}\n\nIt was cold.\n");
    let reading = read::read(Path::new("a.md"), file.as_bytes(), &Settings::default());
    check(&reading, 50 * file.len() + 10_000);
    if let Err(ReadError::FrontMatter { line, .. }) = reading {
        // More than line ends are read as such.
        let breaks = [
            '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
        ];
        let lines = file.matches(breaks).count() + 1;
        assert!((1..=lines).contains(&line), "line {line} of {lines}");
    }
    // Others are composed, or stand for what was meant in another charset.
    let stays =
        |c: char| c.is_ascii() || matches!(c, '\u{a0}'..='\u{2ff}' | '‐'..='⁞' | '一'..='\u{9fff}');
    if source.len() <= SHORT && source.chars().all(stays) {
        values(&source);
    }
}

/// Whatever limits there are, so much is taken over whole.
const SHORT: usize = 200;

fn values(source: &str) {
    let mut lines = source.lines();
    let title = lines.next().unwrap_or_default();
    let topics: Vec<&str> = lines.collect();
    let quoted = |text: &str| serde_json::to_string(text).expect("a string is a value");
    let list = serde_json::to_string(&topics).expect("strings are values");
    let mut sources = vec![
        format!("---\ntitle: {}\ntags: {list}\n---\nA.\n", quoted(title)),
        format!("{{\"title\": {}, \"tags\": {list}}}\n\nA.\n", quoted(title)),
    ];
    // TOML wants this one escaped, and JSON does not escape it.
    if !source.contains('\u{7f}') {
        sources.push(format!(
            "+++\ntitle = {}\ntags = {list}\n+++\nA.\n",
            quoted(title)
        ));
    }
    let tidy = |text: &str| {
        // What no text may hold is taken out of words; white space parts them.
        let is_dropped = |c: &char| article::is_bad(*c) && !c.is_whitespace();
        let sound: String = text.chars().filter(|c| !is_dropped(c)).collect();
        sound.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for source in sources {
        let reading = read::read(Path::new("a.md"), source.as_bytes(), &Settings::default());
        let Ok(Reading::Article(article)) = reading else {
            panic!("{source:?} gives {reading:?}");
        };
        assert_eq!(article.title.unwrap_or_default(), tidy(title), "{source:?}");
        for topic in article.topics {
            assert!(
                topics.iter().any(|one| tidy(one).contains(&topic)),
                "{topic:?}"
            );
        }
    }
}
