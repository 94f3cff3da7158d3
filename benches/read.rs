//! How long reading takes: a Markdown article of 600 words, and as plain text.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use divan::{Bencher, counter::BytesCount};
use feedwright::read::{Settings, read};
use std::{fmt::Write, path::Path};

fn main() {
    divan::main();
}

/// Front matter and twelve paragraphs of fifty words, with the marks that
/// articles have.
fn article() -> String {
    let mut text = String::from(
        "---\ntitle: \"The bridge stays, for now\"\ndate: 2026-03-03T08:00:00Z\n\
         author: Ida Voss\ntags: [harbor, bridges]\nlang: en\n---\n\n",
    );
    for number in 0..12 {
        writeln!(
            text,
            "“We have waited for this bridge longer than for any ship,” said Marta Quill, who \
             keeps the *harbor log* in its {number}th year. The council met on Tuesday, and the \
             [minutes](https://example.org/minutes/{number}) show that it took seven hours, two \
             of which went by before anybody spoke about the money that was missing.\n"
        )
        .unwrap();
    }
    text
}

#[divan::bench]
fn markdown(bencher: Bencher) {
    let text = article();
    let path = Path::new("a.md");
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        read(
            path,
            divan::black_box(text.as_bytes()),
            &Settings::default(),
        )
        .unwrap()
    });
}

#[divan::bench]
fn plain(bencher: Bencher) {
    let text = article();
    let path = Path::new("a.txt");
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        read(
            path,
            divan::black_box(text.as_bytes()),
            &Settings::default(),
        )
        .unwrap()
    });
}
