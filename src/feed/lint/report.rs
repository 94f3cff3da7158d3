//! Where findings are gathered: each with its place, none too often.

use super::{facts::Facts, rules::Rule};
use std::collections::BTreeMap;

/// Something that is wrong with a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What of it is wrong, such as the value; empty when the rule says all.
    pub detail: String,
}

/// Findings that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// The rule that they break.
    pub rule: &'static Rule,
    /// How many there are.
    pub count: usize,
}

/// A file that breaks a rule everywhere says so this often; who mends the first
/// ten mends all.
const MOST: usize = 10;

/// No detail is longer, in bytes.
const LONGEST: usize = 120;

/// The findings of a file, while it is judged.
#[derive(Default)]
pub(super) struct Report {
    findings: Vec<(usize, &'static Rule, String)>,
    /// By the rule's name, how often it is broken.
    counts: BTreeMap<&'static str, (usize, &'static Rule)>,
}

impl Report {
    /// Notes that a rule is broken at this byte.
    pub(super) fn add(&mut self, rule: &'static Rule, at: usize, detail: &str) {
        let (count, _) = self.counts.entry(rule.name).or_insert((0, rule));
        *count += 1;
        if *count <= MOST {
            self.findings.push((at, rule, shortened(detail)));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn has(&self, rule: &Rule) -> bool {
        self.counts.contains_key(rule.name)
    }

    /// All of it, in the order of the file; and the places among the facts are
    /// told in lines and columns as well.
    pub(super) fn finish(mut self, text: &str, facts: &mut Facts) -> (Vec<Finding>, Vec<More>) {
        self.findings.sort_by_key(|(at, rule, _)| (*at, rule.name));
        let mut places = Places::new(text);
        let place = |(at, rule, detail)| {
            let (line, column) = places.of(at);
            Finding {
                rule,
                line,
                column,
                detail,
            }
        };
        let findings = self.findings.into_iter().map(place).collect();
        facts.place(&mut Places::new(text));
        let more = self.counts.into_values().filter(|(count, _)| *count > MOST);
        let more = more.map(|(count, rule)| More {
            rule,
            count: count - MOST,
        });
        (findings, more.collect())
    }
}

/// Lines and columns of places that come in order, found in one walk.
pub(super) struct Places<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            column: 1,
        }
    }

    /// The line and column of a byte that is not before the last one asked for.
    pub(super) fn of(&mut self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at).max(self.at);
        let passed = &self.text[self.at..at];
        let lines = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        let last = passed.rfind('\n').map_or(passed, |end| &passed[end + 1..]);
        if lines > 0 {
            self.column = 1;
        }
        self.line += lines;
        self.column += last.chars().count();
        self.at = at;
        (self.line, self.column)
    }
}

/// On one line, and not too long to be read.
fn shortened(detail: &str) -> String {
    let end = detail.floor_char_boundary(LONGEST);
    let mut line: String = detail[..end]
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if end < detail.len() {
        line.push('…');
    }
    line
}
