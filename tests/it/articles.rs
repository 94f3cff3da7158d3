//! Articles in, digests out: one folder a case, `tests/articles/<name>/`, with
//! the article and the digest that it must give.
//!
//! `UPDATE=1 cargo test articles` writes the digests anew; look at the
//! difference before it is committed.

use feedwright::{
    article::Article,
    digest,
    entry::Digest,
    read::{self, Part, Reading},
};
use serde::Serialize;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A digest as it is compared: everything that a subscriber gets, in an order
/// that is good to read.
#[derive(Serialize)]
struct Shown<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'d str>,
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
        let found = all_shown(&read_in(&article_in(&folder)));
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
        let bytes = fs::read(&path).unwrap();
        // What has no markup says what its file says, letter by letter.
        let plain = path.extension().is_some_and(|ending| ending == "txt");
        for article in read_in(&path).into_articles() {
            let source = match str::from_utf8(&bytes) {
                Ok(text) if plain => fold(text),
                _ => fold(&article.text.plain),
            };
            let digest = digest::digest(article, &digest::Settings::default());
            for quotation in &digest.quotes {
                for part in &quotation.parts {
                    let words = fold(part.of(&digest.body.plain));
                    assert!(source.contains(&words), "{}: {words}", path.display());
                }
            }
        }
    }
}

/// Every case, in order; there is at least one.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let entries = fs::read_dir(root).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let read = |path: &Path| cfg!(feature = "pdf") || !path.join("article.pdf").exists();
    folders.retain(|path| path.is_dir() && read(path));
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

fn read_in(path: &Path) -> Reading {
    let bytes = fs::read(path).unwrap();
    read::read(path, &bytes, &read::Settings::default()).unwrap()
}

/// A file's digest as JSON; a list of them, if it holds several articles.
fn all_shown(reading: &Reading) -> String {
    let digest = |article: &Article| digest::digest(article.clone(), &digest::Settings::default());
    let json = match reading {
        Reading::Article(article) => {
            serde_json::to_string_pretty(&shown(None, &digest(article))).unwrap()
        }
        Reading::Parts(parts) => {
            let read = |part: &Part| match &part.article {
                Ok(article) => {
                    serde_json::to_string_pretty(&shown(Some(&part.name), &digest(article)))
                        .unwrap()
                }
                Err(error) => format!(
                    "{{ \"part\": {:?}, \"error\": {:?} }}",
                    part.name,
                    error.to_string()
                ),
            };
            format!(
                "[{}]",
                parts.iter().map(read).collect::<Vec<_>>().join(",\n")
            )
        }
    };
    json + "\n"
}

fn shown<'d>(part: Option<&'d str>, digest: &'d Digest) -> Shown<'d> {
    let body = &digest.body;
    Shown {
        part,
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
    }
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
