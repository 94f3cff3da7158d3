//! What feedwright itself renders breaks no rule.

use super::broken;
use feedwright::{
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Settings, SiteUrl},
    text::{BlockKind, Text},
};
use std::{fs, path::Path, sync::Arc};

/// Titles and texts that other feed makers stumble over.
fn awkward() -> Vec<String> {
    let controls: String = (0..0xa0).filter_map(char::from_u32).collect();
    [
        &controls,
        "]]> ]]]]> <![CDATA[",
        "AT&T's \"a < b\" & 'c > d'",
        "\u{202e}right to left\u{202c} \u{fffe}\u{ffff}\u{fdd0}",
        "🌉 \u{10ffff} e\u{301}",
        &"Long ".repeat(2000),
        "",
        "   \n\n ",
        "<script>alert(1)",
        "javascript:alert(1)",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn entry(number: usize, words: &str) -> Entry {
    let mut body = Text::default();
    body.push(BlockKind::Heading(2), words);
    body.push(BlockKind::Paragraph, words);
    body.push(BlockKind::Code, words);
    body.push(BlockKind::Table, &words.replace(' ', "\t"));
    for address in [
        "/relative.png",
        "javascript:a()",
        "https://harbor.example/a b.png",
    ] {
        body.push_picture(address.to_owned(), words.to_owned());
    }
    Entry {
        id: EntryId(format!("tag:harbor.example,2024:{number}")),
        published: "2024-12-05T08:00:00Z".parse().unwrap(),
        updated: "2024-12-06T09:30:00Z".parse().unwrap(),
        digest: Digest {
            title: words.to_owned(),
            byline: vec![words.to_owned(), "Ada Nordholm".to_owned()],
            language: Some(["ar", "en", "zh-Hant"][number % 3].to_owned()),
            url: number
                .is_multiple_of(2)
                .then(|| format!("https://harbor.example/{words}?a=1&b=2")),
            image: Some("/lead.png?a=1&b=\"2\"".to_owned()),
            lead_quote: Some(LeadQuote {
                quote: words.to_owned(),
                speaker: Some(Speaker(words.to_owned())),
            }),
            summary: words.to_owned(),
            topics: (0..40)
                .map(|n| Topic::from(format!("{words} {n}")))
                .collect(),
            body,
            ..Digest::default()
        },
        ..Entry::default()
    }
}

#[test]
fn our_own_feeds_break_no_rule() {
    let entries: Vec<_> = awkward()
        .iter()
        .enumerate()
        .map(|(number, words)| entry(number, words))
        .collect();
    let site = SiteUrl::parse("https://harbor.example/feeds/").unwrap();
    for url in [None, Some(site)] {
        for entries in [&entries[..], &[]] {
            let settings = Settings {
                url: url.clone(),
                ..Settings::default()
            };
            let sheet = crate::feed::sheet(entries.len());
            let entries: Vec<_> = entries.iter().cloned().map(Arc::new).collect();
            let edition = feed::render(&settings, &sheet, &entries).unwrap();
            let mut linted = Vec::new();
            let documents = edition.documents.into_iter();
            for document in documents.filter(|one| one.media_type != "text/html") {
                let one = feed::lint(&document.bytes);
                assert_eq!(broken(&one), [], "{}: {:#?}", document.name, one.findings);
                assert!(one.kind.is_some());
                linted.push((document.name, one));
            }
            assert_eq!(feed::lint_together(&linted), []);
        }
    }
}

#[test]
fn the_feeds_in_the_repository_break_no_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds");
    let mut count = 0;
    for file in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap_or_default();
        if feed::is_feed_like(&bytes) {
            count += 1;
            // They name no site, so no reader elsewhere can find them.
            let mut broken = broken(&feed::lint(&bytes));
            broken.retain(|(rule, _)| *rule != "opml-relative-address");
            assert_eq!(broken, []);
        }
    }
    assert!(count > 1);
}
