//! `config.toml` as a new owner gets it: every setting with its default, and
//! what it is for.

use std::collections::HashMap;

/// The file of the repository, so that there is one text.
pub const SAMPLE: &str = include_str!("../../config.toml");

/// What the comment above each setting says, by section and key.
pub(super) fn descriptions() -> HashMap<(&'static str, &'static str), String> {
    let mut described = HashMap::new();
    let (mut section, mut comment) = ("", String::new());
    for line in SAMPLE.lines() {
        if let Some(words) = line.strip_prefix('#') {
            if !comment.is_empty() {
                comment.push(' ');
            }
            comment.push_str(words.trim());
            continue;
        }
        let comment = std::mem::take(&mut comment);
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, _)) = line.split_once(" = ") {
            described.insert((section, key), comment);
        }
    }
    described
}
