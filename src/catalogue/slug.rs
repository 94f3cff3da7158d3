//! The names of topics in addresses.

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

#[cfg(test)]
mod tests {
    use crate::entry::Topic;

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
