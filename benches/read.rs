//! How long reading takes: a Markdown article of 600 words, as plain text, and in
//! a web page with what pages have around it.

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

/// The same article in a page with 600 links, 200 teasers and 30 KB of scripts.
fn page() -> String {
    let mut html = String::from(
        "<!doctype html><html lang=en><head><title>The bridge stays | The Courier</title>\
         </head><body class='single has-sidebar'><nav class=menu><ul>",
    );
    for number in 0..600 {
        write!(
            html,
            "<li class='menu-item'><a href='/section/{number}'>Section</a></li>"
        )
        .unwrap();
    }
    html.push_str("</ul></nav><main><article><h1>The bridge stays</h1><div class=entry-content>");
    for paragraph in article().split("\n\n").skip(1) {
        write!(
            html,
            "<p class='text'>{paragraph}</p><div class='ad-slot'></div>"
        )
        .unwrap();
    }
    html.push_str("</div></article></main><aside>");
    for number in 0..200 {
        write!(
            html,
            "<div class='card card--small'><a href='/story/{number}'><h3>Another story</h3></a>\
             <p>It is told in a line or two, so that somebody may want to read it.</p></div>"
        )
        .unwrap();
    }
    write!(
        html,
        "</aside><script>{}</script></body></html>",
        "var x = 1;\n".repeat(3000)
    )
    .unwrap();
    html
}

#[divan::bench]
fn html(bencher: Bencher) {
    let text = page();
    let path = Path::new("a.html");
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
