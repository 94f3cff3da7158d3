//! Articles made from a seed: each has a mark in its headline by which it is
//! told from all others, a text that no other is like, somebody who is quoted,
//! and topics that it shares with others.

use crate::rng::Rng;
use std::fmt::Write as _;

/// How many sentences an article has. An edit rewrites one of them, so that
/// even two edits and a move leave the text far more like than unlike.
const SENTENCES: u64 = 10;

const WORDS: u64 = 14;

const SPEAKERS: [&str; 5] = [
    "Ada Lindqvist",
    "Tomas Reyer",
    "Judith Marlow",
    "Piet Aalders",
    "Noor Haddad",
];

const TAGS: [&str; 6] = [
    "Harbor",
    "Tramways",
    "Schools",
    "Lighthouse",
    "Orchards",
    "Winter fair",
];

const SYLLABLES: [&str; 32] = [
    "ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "vel", "dor", "gan", "hul", "pim", "zet",
    "wor", "fen", "cla", "bri", "sto", "qua", "nel", "mar", "tus", "ova", "ith", "ryl", "esk",
    "und", "oam", "pex", "jal", "hib",
];

/// The formats that articles are dropped in.
pub(crate) const ENDINGS: [&str; 3] = ["md", "txt", "html"];

/// What tells articles apart: in each one's headline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Mark(pub(crate) String);

impl Mark {
    pub(crate) fn of(number: u64) -> Self {
        Self(format!("mk{number:05}"))
    }
}

/// The mark and the edition that a headline tells.
pub(crate) fn told(headline: &str) -> Option<(Mark, u32)> {
    let mut words = headline.split_whitespace().rev();
    let edition = words.next()?.parse().ok()?;
    if words.next()? != "edition" {
        return None;
    }
    let mark = words.next()?;
    mark.starts_with("mk")
        .then(|| (Mark(mark.to_owned()), edition))
}

/// The text of an article: what follows from its seed, in this edition.
pub(crate) fn text(mark: &Mark, seed: u64, edition: u32, ending: &str) -> String {
    let sentence = |number: u64| sentence(seed, number, edition);
    let mut rng = Rng::new(seed, "article", 0);
    let headline = format!(
        "{} {} {} edition {edition}",
        word(&mut rng, true),
        word(&mut rng, false),
        mark.0
    );
    let speaker = rng.pick(&SPEAKERS);
    let tag = rng.pick(&TAGS);
    let dated = rng.chance(50);
    let day = rng.between(1, 28);
    let paragraphs = [
        format!("{} {} {}", sentence(0), sentence(1), sentence(2)),
        format!(
            "\"{}\" said {speaker}. \"{}\"",
            sentence(3).replace('.', ","),
            sentence(4)
        ),
        format!("{} {} {}", sentence(5), sentence(6), sentence(7)),
        format!("{} {}", sentence(8), sentence(9)),
    ];
    match ending {
        "md" => {
            let date = if dated {
                format!("date: 2026-03-{day:02}\n")
            } else {
                String::new()
            };
            format!(
                "---\ntitle: {headline}\n{date}tags: [{tag}]\n---\n\n{}\n",
                paragraphs.join("\n\n")
            )
        }
        "html" => {
            let mut body = String::new();
            for paragraph in paragraphs {
                let _ = writeln!(body, "<p>{paragraph}</p>");
            }
            format!(
                "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{headline}</title>\
                 <meta property=\"article:tag\" content=\"{tag}\"></head>\n\
                 <body><article><h1>{headline}</h1>\n{body}</article></body></html>\n"
            )
        }
        _ => format!("{headline}\n\n{}\n", paragraphs.join("\n\n")),
    }
}

/// A sentence as it stands in this edition: each edition rewrites the next.
fn sentence(seed: u64, number: u64, edition: u32) -> String {
    // Edition 1 is the first; sentence n is rewritten by editions n + 2,
    // n + 2 + SENTENCES, ...
    let rewritten = (u64::from(edition) + SENTENCES - 2).saturating_sub(number) / SENTENCES;
    let mut rng = Rng::new(seed, "sentence", number * 1000 + rewritten);
    let mut text = String::new();
    for place in 0..WORDS {
        if place > 0 {
            text.push(' ');
        }
        text.push_str(&word(&mut rng, place == 0));
    }
    text.push('.');
    text
}

fn word(rng: &mut Rng, capital: bool) -> String {
    let mut word = String::new();
    for _ in 0..rng.between(2, 4) {
        word.push_str(rng.pick::<&str>(&SYLLABLES));
    }
    if capital {
        word[..1].make_ascii_uppercase();
    }
    word
}
