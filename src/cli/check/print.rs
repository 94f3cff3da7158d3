//! Findings as `rustc` and `ripgrep` print theirs, so that editors can jump to
//! them; or an object a line, for programs.

use crate::{
    cli::{Outcome, say},
    feed::{self, Finding, Level, Linted, Rule},
    service::named,
};
use serde::Serialize;
use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Prints findings, and counts them.
pub(super) struct Printer {
    out: Box<dyn Write>,
    json: bool,
    files: usize,
    errors: usize,
    warnings: usize,
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    level: &'a str,
    rule: &'a str,
    message: &'a str,
    detail: &'a str,
    help: &'a str,
    paper: &'a str,
    /// How many more findings of this rule in this file are left out; only
    /// behind the last that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

impl Printer {
    pub(super) fn new(json: bool) -> Self {
        let out: Box<dyn Write> = if json {
            Box::new(BufWriter::new(io::stdout()))
        } else {
            Box::new(BufWriter::new(anstream::stdout()))
        };
        Self {
            out,
            json,
            files: 0,
            errors: 0,
            warnings: 0,
        }
    }

    /// Prints all that is wrong with a file.
    pub(super) fn print(&mut self, path: &Path, linted: &Linted) -> io::Result<()> {
        self.files += 1;
        for (at, finding) in linted.findings.iter().enumerate() {
            let rest = &linted.findings[at + 1..];
            let is_last = !rest.iter().any(|other| other.rule == finding.rule);
            let more = linted.more.iter().find(|more| more.rule == finding.rule);
            let more = more.filter(|_| is_last).map(|more| more.count);
            self.put(path, finding, more)?;
        }
        Ok(())
    }

    /// Prints one finding.
    pub(super) fn print_finding(&mut self, path: &Path, finding: &Finding) -> io::Result<()> {
        self.put(path, finding, None)
    }

    fn put(&mut self, path: &Path, finding: &Finding, more: Option<usize>) -> io::Result<()> {
        let Finding {
            rule,
            line,
            column,
            detail,
        } = finding;
        let count = 1 + more.unwrap_or_default();
        match rule.level {
            Level::Error => self.errors += count,
            Level::Warning => self.warnings += count,
        }
        let Rule {
            name,
            level,
            wrong,
            help,
            paper,
        } = rule;
        if self.json {
            let json = Json {
                path: &path.to_string_lossy(),
                line: *line,
                column: *column,
                level: level.name(),
                rule: name,
                message: wrong,
                detail,
                help,
                paper,
                more,
            };
            serde_json::to_writer(&mut self.out, &json)?;
            return writeln!(self.out);
        }
        let path = named(path);
        let color = color(*level);
        let level = level.name();
        let detail = match detail.as_str() {
            "" => String::new(),
            detail => format!(": {detail}"),
        };
        writeln!(
            self.out,
            "{BOLD}{path}:{line}:{column}:{PLAIN} {color}{level}[{name}]{PLAIN}: {wrong}{detail}\n  \
             help: {help} ({paper})"
        )?;
        match more {
            Some(more) => writeln!(self.out, "  and {more} more in this file"),
            None => Ok(()),
        }
    }

    /// Says how many there were, and whether that is a failure.
    pub(super) fn finish(mut self) -> anyhow::Result<Outcome> {
        self.out.flush()?;
        let of = |count, one, many| format!("{count} {}", if count == 1 { one } else { many });
        let files = of(self.files, "feed file", "feed files");
        let (errors, warnings) = (
            of(self.errors, "error", "errors"),
            of(self.warnings, "warning", "warnings"),
        );
        say(&format!("{files} checked: {errors}, {warnings}"));
        Ok(match self.errors {
            0 => Outcome::Fine,
            _ => Outcome::Failed,
        })
    }
}

fn color(level: Level) -> &'static str {
    match level {
        Level::Error => RED,
        Level::Warning => YELLOW,
    }
}

/// Prints all rules for feeds.
pub(in crate::cli) fn list_rules() -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    for rule in feed::rules() {
        let (color, level) = (color(rule.level), rule.level.name());
        writeln!(
            out,
            "{color}{level}[{}]{PLAIN}: {} ({})\n  help: {}",
            rule.name, rule.wrong, rule.paper, rule.help
        )?;
    }
    out.flush()?;
    Ok(Outcome::Fine)
}
