//! What the catalogue costs: a first pass over many articles, one article
//! dropped later, and what a service asks after each.
//!
//! `cargo bench --bench catalogue`; the times are wall times and include the
//! disk, since durable commits are what is measured.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![allow(missing_docs, reason = "the benchmarks' names say what they measure")]

use divan::{Bencher, counter::ItemsCount};
use feedwright::{
    catalogue::{
        Due, Found, Placed, Record, TopicDecision,
        store::{Catalogue, Visitor},
    },
    channel::Part,
    entry::{Digest, LeadQuote, Quotation, Speaker, Topic, TopicKind},
    file::Stamp,
    text::{BlockKind, Span, Text},
};
use jiff::Timestamp;
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// One of an article's twelve topics: persons and places that many articles
/// have, and phrases of which most are its own.
fn topic(number: u64, at: u64) -> Topic {
    let scattered = (number * 12 + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let (label, kind) = match at {
        0..3 => {
            let (first, last) = (scattered % 300, scattered % 2_003);
            (format!("First{first} Last{last}"), TopicKind::Person)
        }
        3..6 => (format!("Place {}", scattered % 500), TopicKind::Place),
        _ => (
            format!("Phrase {}", scattered % 1_000_000),
            TopicKind::Concept,
        ),
    };
    Topic {
        label,
        kind,
        forms: Vec::new(),
    }
}

/// An article of 600 words in twelve paragraphs, eight of them quotations.
fn found(number: u64) -> Record {
    let mut body = Text::default();
    let mut quotes = Vec::new();
    for paragraph in 0..12 {
        let start = body.plain.len();
        let word = |at: u64| {
            format!(
                "word{} ",
                (number * 7_919 + paragraph * 131 + at * at) % 5_000
            )
        };
        let words: String = (0..50).map(word).collect();
        body.push(BlockKind::Paragraph, words.trim_end());
        if paragraph < 8 {
            quotes.push(Quotation {
                parts: vec![Span::new(start + 10, start + 90)],
                speaker: Some(Speaker(format!("Speaker {paragraph}"))),
            });
        }
    }
    let at = Timestamp::from_second(1_700_000_000 + i64::try_from(number).unwrap()).unwrap();
    let digest = Digest {
        title: format!("Article number {number}"),
        byline: vec!["Ada Writer".to_owned()],
        published: Some(at),
        language: Some("en".to_owned()),
        lead_quote: Some(LeadQuote {
            quote: quotes[0].quote(&body.plain),
            speaker: quotes[0].speaker.clone(),
        }),
        summary: body.plain[..300].to_owned(),
        topics: (0..12).map(|at| topic(number, at)).collect(),
        quotes,
        body,
        ..Digest::default()
    };
    Record::Found(Box::new(Found {
        path: format!("folder-{}/article-{number}.md", number % 10).into(),
        stamp: Stamp {
            size: 4_000 + number,
            modified: 1,
            changed: 2,
            inode: number,
        },
        content: *blake3::hash(&number.to_le_bytes()).as_bytes(),
        digest,
        at,
    }))
}

/// The same for a town's paper: 4 of the first topics are among 40 that every
/// tenth article has, one of 2,000 that few have, and the rest its own; it
/// quotes 2 of 10 people by name.
fn of_the_town(number: u64, rare: bool) -> Record {
    let Record::Found(mut found) = found(number) else {
        unreachable!("it is an article");
    };
    let label = |at: u64| match at {
        0..4 => format!("Common {}", (number * 7 + at * 11) % 40),
        4 if rare => format!("Rare {}", number % 1_940),
        _ => format!("Phrase {number} {at}"),
    };
    found.digest.topics = (0..12)
        .map(|at| Topic {
            label: label(at),
            kind: TopicKind::Concept,
            forms: Vec::new(),
        })
        .collect();
    for (at, quote) in found.digest.quotes.iter_mut().enumerate() {
        let who = (usize::try_from(number).unwrap() + at % 2 * 3) % 10;
        quote.speaker = Some(Speaker(format!("Ada {}", PEOPLE[who])));
    }
    let lead = found.digest.quotes[0].speaker.clone();
    found.digest.lead_quote.as_mut().unwrap().speaker = lead;
    Record::Found(found)
}

const PEOPLE: [&str; 10] = [
    "Falk", "Holm", "Brandt", "Stahl", "Marlow", "Price", "Berg", "Arantes", "Jintao", "Lorn",
];

/// A catalogue of a town's articles with all their feeds, published.
fn town(count: u64) -> (TempDir, Catalogue) {
    let folder = TempDir::new().unwrap();
    let mut catalogue = Catalogue::open(folder.path()).unwrap();
    let settings = Record::Settings(Box::default());
    catalogue.apply(&[settings]).unwrap();
    for first in (0..count).step_by(256) {
        let some = first..(first + 256).min(count);
        let records: Vec<Record> = some.map(|number| of_the_town(number, true)).collect();
        catalogue.apply(&records).unwrap();
    }
    catalogue.apply(&[end()]).unwrap();
    publish(&mut catalogue);
    (folder, catalogue)
}

/// What a service asks after a drop; returns how many entries it was told.
fn publish(catalogue: &mut Catalogue) -> usize {
    let due = catalogue.due(usize::MAX).unwrap();
    let mut listed = 0;
    for due in &due {
        if let Due::Sheet {
            channel,
            part: Part::Current,
        } = due
        {
            let sheet = catalogue.sheet(*channel, Part::Current).unwrap().unwrap();
            listed += sheet.entries.len();
        }
    }
    let done: Vec<_> = due
        .into_iter()
        .map(|due| Placed::new(due, Vec::new()))
        .collect();
    catalogue.published(&done, &[]).unwrap();
    listed
}

#[divan::bench(args = [1_000, 100_000], sample_count = 200, sample_size = 1)]
fn a_drop_and_its_sheets_among(bencher: Bencher<'_, '_>, count: u64) {
    let (_folder, mut catalogue) = town(count);
    let mut number = count;
    bencher
        .with_inputs(|| {
            number += 1;
            [of_the_town(number, false), end()]
        })
        .bench_local_values(|records| {
            catalogue.apply(&records).unwrap();
            publish(&mut catalogue)
        });
}

fn end() -> Record {
    Record::End {
        at: Timestamp::from_second(1_800_000_000).unwrap(),
    }
}

/// A catalogue of this many articles.
fn filled(count: u64) -> (TempDir, Catalogue) {
    let folder = TempDir::new().unwrap();
    let mut catalogue = Catalogue::open(folder.path()).unwrap();
    let records: Vec<Record> = (0..count).map(found).chain([end()]).collect();
    for batch in records.chunks(256) {
        catalogue.apply(batch).unwrap();
    }
    (folder, catalogue)
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn first_pass_of_10_000(bencher: Bencher<'_, '_>) {
    let records: Vec<Record> = (0..10_000).map(found).chain([end()]).collect();
    bencher
        .counter(ItemsCount::new(10_000_usize))
        .with_inputs(|| {
            let folder = TempDir::new().unwrap();
            let catalogue = Catalogue::open(folder.path()).unwrap();
            (folder, catalogue)
        })
        .bench_local_values(|(folder, mut catalogue)| {
            for batch in records.chunks(256) {
                catalogue.apply(batch).unwrap();
            }
            (folder, catalogue)
        });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn second_pass_of_10_000(bencher: Bencher<'_, '_>) {
    let (_folder, mut catalogue) = filled(10_000);
    let records: Vec<Record> = (0..10_000).map(found).chain([end()]).collect();
    bencher
        .counter(ItemsCount::new(10_000_usize))
        .bench_local(|| {
            for batch in records.chunks(256) {
                catalogue.apply(batch).unwrap();
            }
        });
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn one_article_more(bencher: Bencher<'_, '_>) {
    let (_folder, mut catalogue) = filled(10_000);
    let mut number = 10_000;
    bencher
        .with_inputs(|| {
            number += 1;
            [found(number), end()]
        })
        .bench_local_values(|records| catalogue.apply(&records).unwrap());
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn one_article_more_after_many_were_deleted(bencher: Bencher<'_, '_>) {
    let (_folder, mut catalogue) = filled(10_000);
    let gone = |number| match found(number) {
        Record::Found(found) => Record::Gone { path: found.path },
        other => other,
    };
    let all: Vec<Record> = (0..1_000).map(gone).chain([end()]).collect();
    catalogue.apply(&all).unwrap();
    let mut number = 10_000;
    bencher
        .with_inputs(|| {
            number += 1;
            [found(number), end()]
        })
        .bench_local_values(|records| catalogue.apply(&records).unwrap());
}

#[divan::bench(sample_count = 100)]
fn newest_50_of_10_000(bencher: Bencher<'_, '_>) {
    let (_folder, catalogue) = filled(10_000);
    bencher.bench_local(|| catalogue.newest(50).unwrap());
}

#[divan::bench(sample_count = 20)]
fn sources_of_10_000(bencher: Bencher<'_, '_>) {
    let (_folder, catalogue) = filled(10_000);
    bencher.bench_local(|| catalogue.sources().unwrap());
}

#[divan::bench(sample_count = 20)]
fn opening_with_10_000(bencher: Bencher<'_, '_>) {
    let (folder, catalogue) = filled(10_000);
    drop(catalogue);
    bencher.bench_local(|| Catalogue::open(folder.path()).unwrap());
}

#[divan::bench(sample_count = 20)]
fn topics_of_10_000(bencher: Bencher<'_, '_>) {
    let (folder, _catalogue) = filled(10_000);
    let visitor = Visitor::open(folder.path()).unwrap().unwrap();
    bencher.bench_local(|| visitor.topics(8).unwrap());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn renaming_what_twenty_entries_show(bencher: Bencher<'_, '_>) {
    let (folder, mut catalogue) = filled(10_000);
    let visitor = Visitor::open(folder.path()).unwrap().unwrap();
    let topic = visitor.called("Place 7").unwrap()[0].id;
    let mut label = "Place 7".to_owned();
    bencher
        .with_inputs(|| {
            label.push('!');
            let label = label.clone();
            [Record::Topics(TopicDecision::Rename { topic, label })]
        })
        .bench_local_values(|records| catalogue.apply(&records).unwrap());
}
