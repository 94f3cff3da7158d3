//! What a drop costs in the feed stage.
#![allow(missing_docs, reason = "divan's macro makes public functions")]

use feedwright::{
    channel::{Channel, Listed, Part, Scope, Sheet},
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Renderer, Settings},
    text::{BlockKind, Mark, MarkKind, Span, Text},
};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// All of a sheet for the first time: 50 entries of 600 words.
#[divan::bench(args = [1, 50])]
fn first_time(bencher: divan::Bencher, count: u32) {
    let (sheet, entries) = sheet(count);
    let entries: Vec<Arc<Entry>> = entries.into_iter().map(|(_, entry)| entry).collect();
    let settings = Settings::default();
    bencher.bench(|| {
        feed::render(&settings, &sheet, divan::black_box(&entries))
            .expect("the entries are fit for a feed")
    });
}

/// All documents of a sheet whose entries are kept.
#[divan::bench(args = [1, 50])]
fn again(bencher: divan::Bencher, count: u32) {
    let (sheet, entries) = sheet(count);
    let settings = Settings::default();
    let mut renderer = Renderer::default();
    renderer.missing(&settings, &sheet);
    assert!(renderer.take_all(&settings, &entries).is_empty());
    bencher.bench(|| {
        renderer
            .sheet(&settings, divan::black_box(&sheet))
            .expect("the entries are fit for a feed")
    });
}

/// An entry that is new, by itself: what it becomes in every document.
#[divan::bench]
fn fresh_entry(bencher: divan::Bencher) {
    let settings = Settings::default();
    let mut renderer = Renderer::default();
    let entry = entry(1);
    let mut version = 0;
    bencher.bench_local(|| {
        version += 1;
        renderer
            .take(
                &settings,
                Listed { key: 1, version },
                divan::black_box(&entry),
            )
            .expect("the entry is fit for a feed");
    });
}

/// A sheet, and its entries.
fn sheet(count: u32) -> (Sheet, Vec<(Listed, Arc<Entry>)>) {
    let entries: Vec<_> = (0..count)
        .map(|number| {
            let key = number.into();
            (Listed { key, version: 1 }, Arc::new(entry(number)))
        })
        .collect();
    let channel = Channel {
        id: "tag:example.org,2024:feed".to_owned(),
        scope: Scope::All,
        name: String::new(),
        folder: String::new(),
        former: Vec::new(),
    };
    let sheet = Sheet {
        channel: Arc::new(channel),
        part: Part::Current,
        archives: 3,
        entries: entries.iter().map(|(listed, _)| *listed).collect(),
        deleted: Vec::new(),
    };
    (sheet, entries)
}

/// An article of 600 words in 12 paragraphs, each with a link and quotation
/// marks.
fn entry(number: u32) -> Entry {
    let sentence = "The council's new bridge, \"a week early\", opened on Monday. ";
    let mut body = Text::default();
    for _ in 0..12 {
        body.push(BlockKind::Paragraph, sentence.repeat(5).trim());
        let block = body.blocks.last_mut().expect("a block was just pushed");
        let start = block.span.range().start;
        block.marks = vec![Mark {
            span: Span::new(start, start + 11),
            kind: MarkKind::Link("https://example.org/council?page=2&all".to_owned()),
        }];
    }
    Entry {
        id: EntryId(format!("tag:example.org,2024:{number}")),
        published: jiff::Timestamp::UNIX_EPOCH,
        updated: jiff::Timestamp::UNIX_EPOCH,
        digest: Digest {
            title: format!("The bridge & its {number} friends"),
            byline: vec!["Ada Nordholm".to_owned()],
            language: Some("en".to_owned()),
            url: Some(format!("https://news.example/{number}")),
            lead_quote: Some(LeadQuote {
                quote: "We opened it a week early.".to_owned(),
                speaker: Some(Speaker("Mayor Ilse Brandt".to_owned())),
            }),
            summary: sentence.repeat(5),
            topics: (0..8).map(|n| Topic::from(format!("Topic {n}"))).collect(),
            body,
            ..Digest::default()
        },
        ..Entry::default()
    }
}
