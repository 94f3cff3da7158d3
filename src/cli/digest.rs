//! `feedwright digest`: what feedwright makes of articles, for people and for
//! programs.

use super::{Outcome, page};
use crate::{
    article::Article,
    config::Config,
    digest::{self, Settings},
    entry::Digest,
    service::{
        inspect::{Inspected, inspect},
        named,
    },
};
use serde::Serialize;
use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

/// Prints the digests of all files in `paths`, in order.
pub(super) fn print(config: &Config, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let out = BufWriter::new(anstream::stdout().lock());
    let make = |article, settings: &_| (digest::digest(article, settings), None);
    let note = |(digest, _): &(Digest, _)| digest::note(digest);
    print_each(config, paths, (make, note), out, |out, inspected| {
        page::print(out, inspected, config.feed.max_topics)
    })
}

/// The same, with the reasons for what is quoted.
pub(super) fn print_explained(config: &Config, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let out = BufWriter::new(anstream::stdout().lock());
    let make = |article, settings: &_| {
        let (digest, explanation) = digest::explained(article, settings);
        (digest, Some(explanation))
    };
    let note = |(digest, _): &(Digest, _)| digest::note(digest);
    print_each(config, paths, (make, note), out, |out, inspected| {
        page::print(out, inspected, config.feed.max_topics)
    })
}

/// The same, for programs: an object a line.
pub(super) fn print_json(config: &Config, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    // JSON is never colored, and looking for colors costs more than printing.
    let out = BufWriter::new(io::stdout().lock());
    let make = (digest::digest, digest::note);
    print_each(config, paths, make, out, print_line)
}

fn print_each<T: Send, W: Write>(
    config: &Config,
    paths: &[PathBuf],
    (make, note): (
        impl Fn(Article, &Settings) -> T + Sync,
        impl Fn(&T) -> Option<String>,
    ),
    mut out: W,
    print: impl Fn(&mut W, &Inspected<T>) -> io::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    inspect(config, paths, make, |inspected| {
        match &inspected.digest {
            Ok(made) => {
                if let Some(note) = note(made) {
                    tracing::warn!("{}: {note}", named(&inspected.path));
                }
            }
            Err(_) => outcome = Outcome::Failed,
        }
        print(&mut out, &inspected)
    })?;
    out.flush()?;
    Ok(outcome)
}

fn print_line(out: &mut impl Write, inspected: &Inspected<Digest>) -> io::Result<()> {
    let path = inspected.path.to_string_lossy();
    let part = inspected.part.as_deref();
    match &inspected.digest {
        Ok(digest) => serde_json::to_writer(&mut *out, &Json::new(&path, part, digest))?,
        Err(error) => {
            let path = &path;
            serde_json::to_writer(&mut *out, &JsonError { path, part, error })?;
        }
    }
    writeln!(out)
}
/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    path: &'a str,
    /// Only where the file holds several articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    title: &'a str,
    byline: &'a [String],
    published: Option<String>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<&'a str>,
    body: &'a str,
    dropped: Vec<JsonDropped<'a>>,
    quotes: Vec<JsonQuotation<'a>>,
    lead_quote: Option<JsonLeadQuote<'a>>,
    summary: &'a str,
    /// All that were ranked, of which entries show the first.
    topics: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonDropped<'a> {
    text: &'a str,
    rule: &'a str,
}

#[derive(Serialize)]
struct JsonQuotation<'a> {
    quote: String,
    parts: Vec<&'a str>,
    speaker: Option<&'a str>,
    /// In Unicode code points of the body, as are `end`.
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct JsonLeadQuote<'a> {
    quote: &'a str,
    speaker: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonError<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    error: &'a str,
}

impl<'a> Json<'a> {
    fn new(path: &'a str, part: Option<&'a str>, digest: &'a Digest) -> Self {
        let body = &digest.body.plain;
        let mut points = CodePoints {
            body,
            bytes: 0,
            points: 0,
        };
        let quotes = digest.quotes.iter().map(|quotation| {
            let span = quotation.span();
            JsonQuotation {
                quote: quotation.quote(body),
                parts: quotation.parts.iter().map(|part| part.of(body)).collect(),
                speaker: quotation.speaker.as_ref().map(|speaker| &*speaker.0),
                start: points.at(span.start as usize),
                end: points.at(span.end as usize),
            }
        });
        Self {
            path,
            part,
            title: &digest.title,
            byline: &digest.byline,
            published: digest.published.map(|at| at.to_string()),
            language: digest.language.as_deref(),
            url: digest.url.as_deref(),
            image: digest.image.as_deref(),
            site: digest.site.as_deref(),
            body,
            dropped: digest
                .dropped
                .iter()
                .map(|dropped| JsonDropped {
                    text: &dropped.text,
                    rule: &dropped.rule,
                })
                .collect(),
            quotes: quotes.collect(),
            lead_quote: digest.lead_quote.as_ref().map(|lead| JsonLeadQuote {
                quote: &lead.quote,
                speaker: lead.speaker.as_ref().map(|speaker| &*speaker.0),
            }),
            summary: &digest.summary,
            topics: digest.topics.iter().map(|topic| &*topic.label).collect(),
        }
    }
}

/// Counts code points up to places that mostly come in order.
struct CodePoints<'a> {
    body: &'a str,
    bytes: usize,
    points: usize,
}

impl CodePoints<'_> {
    fn at(&mut self, bytes: usize) -> usize {
        if bytes < self.bytes {
            (self.bytes, self.points) = (0, 0);
        }
        self.points += self.body[self.bytes..bytes].chars().count();
        self.bytes = bytes;
        self.points
    }
}
