//! Addresses in pages.

use super::text::push_attribute;
use crate::feed::{SiteUrl, address, place};
use std::{borrow::Cow, fmt::Write as _};

/// The name of a page in its folder.
pub(super) const INDEX: &str = "index.html";

/// Where a page stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand<'a> {
    /// The public address of the feeds folder.
    pub(super) url: Option<&'a SiteUrl>,
    /// The page's path in the feeds folder.
    pub(super) path: &'a str,
}

impl Stand<'_> {
    /// The feeds folder as seen from the page; nothing where it stands in that
    /// itself.
    pub(super) fn base(self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// The address of a document for programs: some of them know no base, so in
    /// full where that is possible.
    pub(super) fn full(self, path: &str) -> String {
        let path = encoded(path);
        match self.url {
            Some(url) => address::encoded(&url.join(&path)),
            None => path.into_owned(),
        }
    }

    /// The address of a place in the page itself. It names the page, since it
    /// would be in the feeds folder otherwise.
    pub(super) fn within(self, id: &str) -> String {
        format!("{}#{id}", encoded(self.path))
    }
}

/// The path of the page of a folder, which may be the feeds folder: "".
pub(super) fn index_of(folder: &str) -> String {
    place::path(folder, INDEX)
}

/// A path as an address relative to the feeds folder.
pub(super) fn encoded(path: &str) -> Cow<'_, str> {
    let is_special =
        |c: char| matches!(c, '%' | '?' | '#' | '"' | '\\') || c.is_whitespace() || c.is_control();
    // What comes before a colon would be taken for a scheme (RFC 3986, 4.2).
    let first = path.split('/').next().unwrap_or_default();
    let has_scheme = first.contains(':');
    if !has_scheme && !path.contains(is_special) {
        return Cow::Borrowed(path);
    }
    let mut out = String::from(if has_scheme { "./" } else { "" });
    for c in path.chars() {
        if is_special(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(address::encoded(&out))
}

/// Appends ` href="…"` for an address as entries have them: in full, or a path
/// in the feeds folder.
pub(super) fn push_href(out: &mut String, link: &str) {
    if is_elsewhere(link) {
        push_attribute(out, "href", link);
    } else {
        push_attribute(out, "href", &encoded(link));
    }
}

/// Whether an address is a full one.
pub(super) fn is_elsewhere(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

/// The host of a full address, as people name a site.
pub(super) fn host(link: &str) -> Option<&str> {
    let rest = link.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses_that_mean_them() {
        for (path, address) in [
            (
                "topics/human-rights/index.html",
                "topics/human-rights/index.html",
            ),
            ("topics/größe/橋", "topics/größe/橋"),
            ("a b/c%20d?e#f", "a%20b/c%2520d%3Fe%23f"),
            ("\"<\\\u{1}", "%22%3C%5C%01"),
            ("javascript:alert(1)", "./javascript:alert(1)"),
            ("a/b:c", "a/b:c"),
        ] {
            assert_eq!(encoded(path), address);
        }
    }

    #[test]
    fn a_site_is_named_by_its_host() {
        assert_eq!(
            host("https://www.news.example:8080/a"),
            Some("news.example")
        );
        assert_eq!(host("http://a@b.example?c"), Some("b.example"));
        assert_eq!(host("https://"), None);
    }
}
