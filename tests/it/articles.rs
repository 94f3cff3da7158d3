//! Articles in, digests out: one folder a case, `tests/articles/<name>/`, with
//! the article and the digest that it must give.
//!
//! `UPDATE=1 cargo test articles` writes the digests anew; look at the
//! difference before it is committed.

use feedwright::{digest, entry::Digest, read};
use serde::Serialize;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A digest as it is compared: everything that a subscriber gets, in an order
/// that is good to read.
#[derive(Serialize)]
struct Shown<'d> {
    title: &'d str,
    byline: &'d [String],
    published: Option<String>,
    language: Option<&'d str>,
    body: Vec<&'d str>,
    dropped: Vec<ShownDropped<'d>>,
    quotes: Vec<ShownQuote>,
    lead_quote: Option<ShownQuote>,
    summary: &'d str,
    topics: Vec<String>,
}

#[derive(Serialize)]
struct ShownDropped<'d> {
    text: &'d str,
    rule: &'d str,
}

#[derive(Serialize)]
struct ShownQuote {
    quote: String,
    speaker: Option<String>,
}

#[test]
fn every_article_gives_the_digest_beside_it() {
    let mut wrong = Vec::new();
    let update = env::var_os("UPDATE").is_some_and(|value| value == "1");
    for folder in folders() {
        let digest = digest_of(&article_in(&folder));
        let found = shown(&digest);
        let file = folder.join("digest.json");
        if update {
            fs::write(&file, &found).unwrap();
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        match fs::read_to_string(&file) {
            Ok(expected) if expected == found => {}
            Ok(expected) => wrong.push(format!("{name}:\n{}", difference(&expected, &found))),
            Err(_) => wrong.push(format!("{name}: no digest.json; write it with UPDATE=1")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_quotation_is_verbatim_in_its_article() {
    for folder in folders() {
        let path = article_in(&folder);
        let source = fold(&fs::read_to_string(&path).unwrap());
        let digest = digest_of(&path);
        for quotation in &digest.quotes {
            for part in &quotation.parts {
                let words = fold(part.of(&digest.body.plain));
                assert!(source.contains(&words), "{}: {words}", path.display());
            }
        }
    }
}

/// Every case, in order; there is at least one.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let entries = fs::read_dir(root).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

/// The one file in the folder that is named `article.*`.
fn article_in(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_stem().is_some_and(|stem| stem == "article"));
    assert_eq!(files.len(), 1, "articles in {}", folder.display());
    files.remove(0)
}

fn digest_of(path: &Path) -> Digest {
    let bytes = fs::read(path).unwrap();
    let article = read::read(path, &bytes, &read::Settings::default()).unwrap();
    let article = article.into_articles().next().unwrap();
    digest::digest(article, &digest::Settings::default())
}

fn shown(digest: &Digest) -> String {
    let body = &digest.body;
    let shown = Shown {
        title: &digest.title,
        byline: &digest.byline,
        published: digest.published.map(|date| date.to_string()),
        language: digest.language.as_deref(),
        body: body.blocks.iter().map(|block| body.of(block)).collect(),
        dropped: digest
            .dropped
            .iter()
            .map(|dropped| ShownDropped {
                text: &dropped.text,
                rule: &dropped.rule,
            })
            .collect(),
        quotes: digest
            .quotes
            .iter()
            .map(|quotation| ShownQuote {
                quote: quotation.quote(&body.plain),
                speaker: quotation.speaker.as_ref().map(ToString::to_string),
            })
            .collect(),
        lead_quote: digest.lead_quote.as_ref().map(|lead| ShownQuote {
            quote: lead.quote.clone(),
            speaker: lead.speaker.as_ref().map(ToString::to_string),
        }),
        summary: &digest.summary,
        topics: digest.topics.iter().map(ToString::to_string).collect(),
    };
    serde_json::to_string_pretty(&shown).unwrap() + "\n"
}

/// The lines that only one of the two has.
fn difference(expected: &str, found: &str) -> String {
    let without = |one: &str, other: &str, sign: char| -> Vec<String> {
        let other: Vec<&str> = other.lines().collect();
        let only = one.lines().filter(|line| !other.contains(line));
        only.map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = without(expected, found, '-');
    lines.extend(without(found, expected, '+'));
    if lines.is_empty() {
        lines.push("the same lines in another order".to_owned());
    }
    lines.join("\n")
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
