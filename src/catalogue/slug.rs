//! The names of topics, entries and feeds in addresses.

use crate::entry::Topic;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::char::is_combining_mark;

/// The name of a topic in addresses, which stays when its label changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(pub String);

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The `nth` slug, from 1, for a topic with this folded label. Two labels never
/// have one slug, so that none has to be looked for: no letter is left out but
/// with a hash in its place, and an underscore is in no label.
pub(super) fn slug(label: &str, nth: usize) -> Slug {
    /// Folders may have names of 255 bytes.
    const LONGEST: usize = 100;
    let mut slug = String::with_capacity(label.len());
    let mut whole = label.len() <= LONGEST;
    for c in label[..label.floor_char_boundary(LONGEST)].chars() {
        match c {
            ' ' => slug.push('-'),
            '.' => slug.push(c),
            c if c.is_alphanumeric() || is_combining_mark(c) => slug.push(c),
            _ => whole = false,
        }
    }
    if slug.starts_with('.') || slug.is_empty() {
        slug.insert_str(0, "topic");
        whole = false;
    }
    if !whole {
        let hash = blake3::hash(label.as_bytes()).to_hex();
        slug = format!("{slug}_{}", &hash[..8]);
    }
    Slug(if nth > 1 {
        format!("{slug}_{nth}")
    } else {
        slug
    })
}

/// The slug of an entry with this title, as far as it is free. It is cut at a
/// word's end: an address is read, and typed.
pub(super) fn of_title(title: &str) -> Slug {
    const LONGEST: usize = 80;
    let mut folded = Topic::folded(title);
    if folded.len() > LONGEST {
        let end = folded.floor_char_boundary(LONGEST);
        // A script without spaces, or one endless word, is cut anywhere.
        let word = if folded[end..].starts_with(' ') {
            None
        } else {
            folded[..end].rfind(' ')
        };
        folded.truncate(word.unwrap_or(end));
    }
    if folded.contains(char::is_alphanumeric) {
        slug(&folded, 1)
    } else {
        Slug("untitled".to_owned())
    }
}

/// Names that no file may have on Windows, with or without an ending.
pub(super) fn is_reserved(slug: &str) -> bool {
    let stem = slug.split('.').next().unwrap_or_default();
    match stem.strip_prefix("com").or(stem.strip_prefix("lpt")) {
        Some(number) => number.len() == 1 && number.contains(char::is_numeric),
        None => matches!(stem, "con" | "prn" | "aux" | "nul"),
    }
}

/// A path as file systems compare it that do not tell case apart. Some take
/// more letters for the same than others: here all are that any does.
pub(super) fn without_case(path: &str) -> String {
    path.to_uppercase().to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::entry::Topic;

    #[test]
    fn titles_are_cut_at_a_words_end() {
        let slug = |title: &str| super::of_title(title).0;
        assert_eq!(slug("Harbor: a new pier"), "harbor-a-new-pier");
        let long = slug(&"harbor ".repeat(30));
        assert!(long.ends_with("harbor") && long.len() <= 80, "{long}");
        assert!(slug(&"港".repeat(100)).len() <= 80);
        assert_eq!(slug(&"x".repeat(300)), "x".repeat(80));
        let exact = format!("{} end", "x".repeat(80));
        assert_eq!(slug(&exact), "x".repeat(80));
        assert_eq!(slug("!?"), "untitled");
    }

    #[test]
    fn names_that_are_no_files_everywhere_are_known() {
        for name in ["con", "aux.2", "com1", "lpt9"] {
            assert!(super::is_reserved(name), "{name}");
        }
        for name in ["conference", "com", "com10", "nulls", "company"] {
            assert!(!super::is_reserved(name), "{name}");
        }
        let same = |a, b| super::without_case(a) == super::without_case(b);
        assert!(same("λόγος", "λόγοσ") && same("straße", "STRASSE") && !same("a", "b"));
    }

    #[test]
    fn slugs_are_readable_in_any_script_and_differ() {
        let slug = |label: &str, nth| super::slug(&Topic::folded(label), nth).0;
        for (label, is) in [
            ("Human rights", "human-rights"),
            ("São Tomé & Príncipe", "são-tomé-príncipe"),
            ("U.S.-led talks", "us-led-talks"),
            ("Київ", "київ"),
            ("हिन्दी", "हिन्दी"),
            ("Web 2.0", "web-2.0"),
        ] {
            assert_eq!(slug(label, 1), is, "{label}");
        }
        assert_eq!(slug("Orra", 2), "orra_2");
        let long = "ab ".repeat(90);
        let odd = [
            "C",
            "C++",
            "C#",
            "!?",
            "/",
            "..",
            &long,
            &(long.clone() + "c"),
        ];
        let slugs: Vec<String> = odd.map(|label| slug(label, 1)).to_vec();
        for (at, slug) in slugs.iter().enumerate() {
            assert!(!slugs[..at].contains(slug), "{slug}");
            assert!(!slug.starts_with('.') && !slug.contains('/') && slug.len() < 120);
        }
    }
}
