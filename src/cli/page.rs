//! A digest as people read it at the terminal.

use crate::{
    digest::{Score, Weighed, explain::Explanation},
    entry::Digest,
    service::{inspect::Inspected, named},
};
use std::io::{self, Write};

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// Prints what was made of a file, and why where that was asked; of its topics
/// the first `most`, as entries do.
pub(super) fn print(
    out: &mut impl Write,
    inspected: &Inspected<(Digest, Option<Explanation>)>,
    most: usize,
) -> io::Result<()> {
    let path = match &inspected.part {
        Some(part) => &inspected.path.join(part),
        None => &inspected.path,
    };
    writeln!(out, "{DIM}{}{PLAIN}", named(path))?;
    let (digest, explanation) = match &inspected.digest {
        Ok((digest, explanation)) => (digest, explanation.as_ref()),
        Err(error) => return writeln!(out, "  not taken: {error}\n"),
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
    let topics = digest.topics.iter().map(|topic| &*topic.label);
    let topics: Vec<_> = topics.take(most).collect();
    if !topics.is_empty() {
        writeln!(out, "\n  {BOLD}Topics{PLAIN}  {}", topics.join(", "))?;
    }
    let body = &digest.body.plain;
    let quotations = digest.quotes.iter().enumerate().map(|(at, quotation)| {
        let speaker = quotation.speaker.as_ref();
        let speaker = speaker.map_or("?", |speaker| &*speaker.0);
        let why = explanation.map_or_else(String::new, |explanation| {
            let known = explanation.speakers[at];
            let cue = known.cue.map(|cue| format!(": {}", folded(cue.of(body))));
            format!(" {DIM}(by {}{}){PLAIN}", known.by, cue.unwrap_or_default())
        });
        format!("{speaker}: “{}”{why}", quotation.quote(body))
    });
    section(out, "Quotations", quotations)?;
    if let Some(explanation) = explanation {
        let rejected = explanation.rejected.iter().map(|rejected| {
            let words = folded(rejected.words.of(body));
            format!("“{words}” {DIM}({}){PLAIN}", rejected.why)
        });
        section(out, "No quotations", rejected)?;
        section(out, "Weighed to lead", leads(explanation).into_iter())?;
    }
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

/// The best that each quotation offers to lead, the best of all first, and why.
fn leads(explanation: &Explanation) -> Vec<String> {
    let sum = |weighed: &Weighed| weighed.verdict.as_ref().map_or(f32::MIN, Score::sum);
    let mut best: Vec<&Weighed> = explanation
        .leads
        .chunk_by(|one, other| one.place == other.place)
        // The first among equals, which is the one that leads.
        .filter_map(|of| {
            of.iter()
                .rev()
                .max_by(|one, other| sum(one).total_cmp(&sum(other)))
        })
        .collect();
    best.sort_by(|one, other| sum(other).total_cmp(&sum(one)));
    let line = |weighed: &Weighed| {
        let why = match &weighed.verdict {
            Ok(score) => {
                let terms = score
                    .terms()
                    .map(|(term, worth)| format!("{term} {worth:+.1}"));
                let terms: Vec<_> = terms.collect();
                let least = if score.is_enough() {
                    ""
                } else {
                    ", not enough"
                };
                format!("{:.1}{least}: {}", score.sum(), terms.join(", "))
            }
            Err(unfit) => format!("no: {unfit}"),
        };
        format!("“{}” {DIM}({why}){PLAIN}", weighed.quote)
    };
    best.into_iter().map(line).collect()
}

/// Text on one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
