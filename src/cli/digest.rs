//! `feedwright digest`: what feedwright makes of articles, for people and for
//! programs.

use super::Outcome;
use crate::{
    config::Config,
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
pub(super) fn print(config: &Config, json: bool, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    // JSON is never colored, and looking for colors costs more than printing.
    let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(if json {
        Box::new(io::stdout().lock())
    } else {
        Box::new(anstream::stdout().lock())
    });
    let mut outcome = Outcome::Fine;
    inspect(config, paths, |inspected| {
        if inspected.digest.is_err() {
            outcome = Outcome::Failed;
        }
        if json {
            print_json(&mut out, &inspected)
        } else {
            print_text(&mut out, &inspected)
        }
    })?;
    out.flush()?;
    Ok(outcome)
}

fn print_json(out: &mut impl Write, inspected: &Inspected) -> io::Result<()> {
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
            topics: digest.topics.iter().map(|topic| &*topic.0).collect(),
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

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

fn print_text(out: &mut impl Write, inspected: &Inspected) -> io::Result<()> {
    let path = match &inspected.part {
        Some(part) => &inspected.path.join(part),
        None => &inspected.path,
    };
    writeln!(out, "{DIM}{}{PLAIN}", named(path))?;
    let digest = match &inspected.digest {
        Ok(digest) => digest,
        Err(error) => return writeln!(out, "  not an article to publish: {error}\n"),
    };
    writeln!(out, "{BOLD}{}{PLAIN}", digest.title)?;
    let date = digest
        .published
        .map(|at| at.strftime("%Y-%m-%d").to_string());
    let byline = (!digest.byline.is_empty()).then(|| format!("by {}", digest.byline.join(", ")));
    let facts: Vec<_> = [byline, digest.site.clone(), date, digest.language.clone()]
        .into_iter()
        .flatten()
        .collect();
    if !facts.is_empty() {
        writeln!(out, "{}", facts.join(" · "))?;
    }
    if let Some(lead) = &digest.lead_quote {
        let speaker = lead
            .speaker
            .as_ref()
            .map_or("speaker not told", |speaker| &*speaker.0);
        writeln!(out, "\n  “{}”\n    — {speaker}", lead.quote)?;
    }
    if !digest.summary.is_empty() {
        writeln!(out, "\n  {}", digest.summary)?;
    }
    if !digest.topics.is_empty() {
        let topics: Vec<_> = digest.topics.iter().map(|topic| &*topic.0).collect();
        writeln!(out, "\n  {BOLD}Topics{PLAIN}  {}", topics.join(", "))?;
    }
    section(
        out,
        "Quotations",
        digest.quotes.iter().map(|quotation| {
            let speaker = quotation
                .speaker
                .as_ref()
                .map_or("?", |speaker| &*speaker.0);
            format!("{speaker}: “{}”", quotation.quote(&digest.body.plain))
        }),
    )?;
    section(
        out,
        "Left out",
        digest
            .dropped
            .iter()
            .map(|dropped| format!("{} {DIM}({}){PLAIN}", dropped.text, dropped.rule)),
    )?;
    writeln!(out)
}

fn section(
    out: &mut impl Write,
    title: &str,
    lines: impl ExactSizeIterator<Item = String>,
) -> io::Result<()> {
    if lines.len() > 0 {
        writeln!(out, "\n  {BOLD}{title}{PLAIN}")?;
    }
    for line in lines {
        writeln!(out, "  - {line}")?;
    }
    Ok(())
}
