//! What a drop costs in the feed stage: both formats, read back.
#![allow(missing_docs, reason = "divan's macro makes public functions")]

use feedwright::{
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Renderer, Settings},
    text::{BlockKind, Mark, MarkKind, Span, Text},
};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// The default feed: 50 entries of 600 words.
#[divan::bench(args = [1, 50])]
fn render(bencher: divan::Bencher, count: u32) {
    let entries: Vec<Entry> = (0..count).map(entry).collect();
    let settings = Settings::default();
    bencher.bench(|| {
        feed::render(
            &settings,
            "tag:example.org,2024:feed",
            divan::black_box(&entries),
        )
        .expect("the entries are fit for a feed")
    });
}

/// The default feed when one more entry is dropped.
#[divan::bench]
fn render_one_more(bencher: divan::Bencher) {
    let entries: Vec<Arc<Entry>> = (0..51).map(|number| Arc::new(entry(number))).collect();
    let settings = Settings::default();
    let mut renderer = Renderer::default();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn = 1 - turn;
        renderer
            .render(&settings, "tag:example.org,2024:feed", &entries[turn..])
            .expect("the entries are fit for a feed")
    });
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
