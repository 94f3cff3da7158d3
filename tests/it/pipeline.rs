//! Any file at all, from its bytes to the feeds.

use feedwright::{
    article::Article,
    channel::{Channel, Listed, Part, Scope, Sheet},
    digest::{self, digest},
    entry::{Entry, EntryId},
    feed,
    read::{self, Reading, read},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};
use walkdir::WalkDir;

/// What articles are made of, and what gets into them on the way.
const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "„",
    "—",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    ".",
    ",",
    "?",
    "!",
    "…",
    "...",
    "said ",
    "he said",
    "Ada Lindqvist",
    "Mayor Lindqvist",
    "the mayor ",
    "told reporters",
    "according to ",
    "The bridge opens in May",
    "U.S. ",
    "Dr. ",
    "No. 5",
    "Share this article",
    "By Ines Falk",
    "March 3, 2026",
    "Published ",
    "Advertisement",
    "# ",
    "> ",
    "- ",
    "* ",
    "```\n",
    "[link](javascript:x)",
    "<script>x</script>",
    "&amp;",
    "]]>",
    "\u{0}",
    "\u{b}",
    "\u{202e}",
    "\u{feff}",
    "\u{ffff}",
    "\u{1f600}",
    "---\n",
    "title: x\n",
    "+++\n",
    "議会は「新しい橋」を",
    "שלום",
    "e\u{301}",
    "ﬁ",
    "ß",
    "İ",
];

/// One sound file of every format, with its name.
fn samples() -> &'static [(String, Vec<u8>)] {
    static SAMPLES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
        let files = WalkDir::new(root).sort_by_file_name().into_iter();
        let files = files
            .filter_map(Result::ok)
            .map(walkdir::DirEntry::into_path);
        let articles = files.filter(|path| path.file_stem().is_some_and(|stem| stem == "article"));
        articles
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read(path).unwrap())
            })
            .collect()
    })
}

/// Puts bytes through all pure stages, and checks what must hold for any.
fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(reading) = read(Path::new(name), bytes, &read::Settings::default()) else {
        return Ok(());
    };
    if let Reading::Parts(parts) = &reading {
        prop_assert!(!parts.is_empty());
        let mut names = BTreeSet::new();
        for part in parts {
            prop_assert!(
                part.name
                    .split('/')
                    .all(|part| !matches!(part, "" | "." | ".."))
            );
            prop_assert!(names.insert(&part.name), "{} is there twice", part.name);
        }
    }
    reading.into_articles().try_for_each(check_article)
}

fn check_article(article: Article) -> Result<(), TestCaseError> {
    let told: Vec<String> = article
        .text
        .blocks
        .iter()
        .map(|block| article.text.of(block).to_owned())
        .collect();
    let made = digest(article.clone(), &digest::Settings::default());
    prop_assert_eq!(
        &made,
        &digest(article, &digest::Settings::default()),
        "the same input, another digest"
    );

    let body = &made.body.plain;
    prop_assert!(!made.title.trim().is_empty());
    for block in &made.body.blocks {
        prop_assert!(
            told.iter().any(|told| told == made.body.of(block)),
            "a block was made up"
        );
    }
    for quotation in &made.quotes {
        prop_assert!(!quotation.parts.is_empty());
        for part in &quotation.parts {
            prop_assert!(
                body.is_char_boundary(part.start as usize)
                    && body.is_char_boundary(part.end as usize)
            );
            prop_assert!(!part.of(body).trim().is_empty());
        }
    }

    let at = Timestamp::UNIX_EPOCH;
    let entry = Entry {
        id: EntryId("tag:example.org,2026:a".to_owned()),
        published: at,
        updated: at,
        digest: made,
        ..Entry::default()
    };
    let channel = Channel {
        id: "tag:example.org,2026:f".to_owned(),
        scope: Scope::All,
        name: String::new(),
        folder: String::new(),
        former: Vec::new(),
    };
    let sheet = Sheet {
        channel: Arc::new(channel),
        part: Part::Current,
        archives: 0,
        entries: vec![Listed { key: 1, version: 1 }],
        deleted: Vec::new(),
    };
    let edition = feed::render(&feed::Settings::default(), &sheet, &[Arc::new(entry)]);
    let edition = edition.map_err(|error| TestCaseError::fail(error.to_string()))?;
    for document in edition.documents {
        let text = String::from_utf8(document.bytes).unwrap();
        let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        prop_assert!(!text.contains(forbidden));
        match &*document.name {
            "rss.xml" => prop_assert_eq!(
                rss::Channel::read_from(text.as_bytes())
                    .unwrap()
                    .items
                    .len(),
                1
            ),
            "atom.xml" => {
                let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
                prop_assert_eq!(feed.entries.len(), 1);
            }
            "feed.json" => {
                let feed: serde_json::Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(feed["items"].as_array().unwrap().len(), 1);
            }
            "index.html" => prop_assert!(text.contains("</article>")),
            other => prop_assert!(false, "nobody looked at {other}"),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_sound_feeds_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check("a.txt", &bytes)?;
        check("a.md", &bytes)?;
    }

    #[test]
    fn damaged_files_give_sound_feeds_or_a_reason(
        sample in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        cut in prop::option::of(any::<prop::sample::Index>()),
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..9),
        renamed in any::<bool>(),
    ) {
        let (name, bytes) = &samples()[sample.index(samples().len())];
        let (other, _) = &samples()[other.index(samples().len())];
        let mut bytes = bytes.clone();
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
        for (at, byte) in wrong {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        check(if renamed { other } else { name }, &bytes)?;
    }

    #[test]
    fn anything_like_an_article_gives_sound_feeds(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..120)) {
        let text = pieces.concat();
        check("a.txt", text.as_bytes())?;
        check("a.md", text.as_bytes())?;
        let words = pieces.join(" ");
        check("a.txt", words.as_bytes())?;
    }

    #[test]
    fn any_text_gives_sound_feeds(text in "\\PC{0,400}", breaks in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let mut chars: Vec<char> = text.chars().collect();
        for place in breaks {
            if !chars.is_empty() {
                let at = place.index(chars.len());
                chars.insert(at, '\n');
            }
        }
        check("a.md", chars.into_iter().collect::<String>().as_bytes())?;
    }
}
