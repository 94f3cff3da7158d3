//! `feedwright config`: which settings hold and where each comes from, and what
//! an editor needs to know of the file.

use super::{Outcome, args::Source, explain, say};
use crate::config::{self, ConfigError, Effective, Origin, Overrides};
use serde::Serialize;
use std::io::{self, BufWriter, Write as _};

/// Values longer than this do not move the comments of the others to the right.
const WIDE: usize = 48;

/// Prints the settings that hold: for people as a file that means the same, for
/// programs an object a line.
pub(super) fn print(
    overrides: &Overrides,
    given: impl Fn(&str) -> Option<Source>,
    json: bool,
) -> anyhow::Result<Outcome> {
    let settings = match config::effective(overrides) {
        Ok(settings) => settings,
        Err(error) => return Ok(faulty(&error)),
    };
    let file = match &overrides.config {
        Some(file) => file.display().to_string(),
        None => config::FILE.to_owned(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut section = "";
    for setting in &settings {
        let origin = match setting.origin {
            Origin::Default => "default".to_owned(),
            Origin::File(line) => format!("{file}:{line}"),
            Origin::Given => match given(option(setting)) {
                Some(Source::Environment(name)) => format!("environment {name}"),
                _ => format!("argument --{}", option(setting)),
            },
            Origin::System => "environment STATE_DIRECTORY".to_owned(),
        };
        if json {
            serde_json::to_writer(&mut out, &Json::new(setting, &origin))?;
            writeln!(out)?;
            continue;
        }
        let feed = setting.section == "feed" && setting.key == "name";
        if setting.section != section || feed {
            if !section.is_empty() {
                lines.push((String::new(), String::new()));
            }
            section = setting.section;
            let header = if feed {
                format!("[[{section}]]")
            } else {
                format!("[{section}]")
            };
            lines.push((header, String::new()));
        }
        lines.push((format!("{} = {}", setting.key, setting.toml()), origin));
    }
    let lengths = lines.iter().map(|(line, _)| line.chars().count());
    let width = lengths.filter(|length| *length <= WIDE).max();
    let width = width.unwrap_or_default();
    for (line, origin) in lines {
        if origin.is_empty() {
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{line:width$}  # {origin}")?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Prints the schema of the file.
pub(super) fn print_schema() -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &config::schema())?;
    writeln!(out)?;
    out.flush()?;
    Ok(Outcome::Fine)
}

fn faulty(error: &ConfigError) -> Outcome {
    say(&explain(error));
    Outcome::Misused
}

/// The option that comes before a setting.
fn option(setting: &Effective) -> &'static str {
    match setting.key {
        "listen" => "listen",
        _ => setting.section,
    }
}

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
struct Json<'a> {
    section: &'a str,
    key: &'a str,
    value: &'a serde_json::Value,
    from: &'a str,
}

impl<'a> Json<'a> {
    fn new(setting: &'a Effective, from: &'a str) -> Self {
        Self {
            section: setting.section,
            key: setting.key,
            value: &setting.value,
            from,
        }
    }
}
