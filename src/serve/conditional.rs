//! Conditional requests (RFC 9110, section 13): has the client this already?

use std::time::{Duration, SystemTime};

/// What tells one edition of a document from another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Validators<'a> {
    /// The opaque part of its strong entity tag.
    pub(super) etag: &'a str,
    /// When it came to be as it is, if that can be told.
    pub(super) modified: Option<SystemTime>,
}

/// What a client says of the edition that it has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Conditions<'a> {
    /// `If-None-Match`.
    pub(super) none_match: Option<&'a str>,
    /// `If-Modified-Since`.
    pub(super) modified_since: Option<&'a str>,
}

impl Conditions<'_> {
    /// Whether the client has this edition, so that a `GET` need not send it.
    /// An entity tag is the better witness: where one is given, the date does
    /// not count.
    pub(super) fn has(&self, current: Validators) -> bool {
        if let Some(list) = self.none_match {
            return names(list, current.etag);
        }
        let since = self.modified_since.map(str::trim);
        let since = since.and_then(|date| httpdate::parse_http_date(date).ok());
        // Dates count whole seconds.
        let modified = current.modified.map(whole_seconds);
        since
            .zip(modified)
            .is_some_and(|(since, modified)| modified <= since)
    }
}

/// Whether a list of entity tags names this one, compared weakly as
/// `If-None-Match` asks: a cache on the way may have made a strong one weak.
fn names(list: &str, etag: &str) -> bool {
    tags(list).any(|tag| tag == Tag::Any || tag == Tag::Opaque(etag))
}

/// The opaque parts of the entity tags in a list.
pub(super) fn opaque(list: &str) -> impl Iterator<Item = &str> {
    tags(list).filter_map(|tag| match tag {
        Tag::Opaque(tag) => Some(tag),
        Tag::Any => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tag<'a> {
    /// `*`, whatever there is.
    Any,
    Opaque(&'a str),
}

/// The entity tags of a list, up to where it is none.
fn tags(list: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let start = rest.trim_start_matches([' ', '\t', ',']);
        if let Some(after) = start.strip_prefix('*') {
            rest = after;
            return Some(Tag::Any);
        }
        let quoted = start.strip_prefix("W/").unwrap_or(start);
        // A comma may stand within the quotation marks, these themselves not.
        let (tag, after) = quoted.strip_prefix('"')?.split_once('"')?;
        rest = after;
        Some(Tag::Opaque(tag))
    })
}

/// A time without the part of a second that HTTP's dates cannot say.
fn whole_seconds(time: SystemTime) -> SystemTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + Duration::from_secs(since.unwrap_or_default().as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(none_match: Option<&str>, modified_since: Option<&str>) -> bool {
        let conditions = Conditions {
            none_match,
            modified_since,
        };
        // 1994-11-06 08:49:37.6
        conditions.has(Validators {
            etag: "a,b",
            modified: Some(SystemTime::UNIX_EPOCH + Duration::from_millis(784_111_777_600)),
        })
    }

    #[test]
    fn an_entity_tag_is_found_in_a_list() {
        for (list, is_there) in [
            ("\"a,b\"", true),
            ("W/\"a,b\"", true),
            ("\"x\", W/\"y\" ,\"a,b\"", true),
            (",, \"a,b\"", true),
            ("*", true),
            ("\"a\", \"b\"", false),
            ("a,b", false),
            ("\"a,b", false),
            ("\"x\" junk \"a,b\"", false),
            ("\"A,B\"", false),
            ("", false),
        ] {
            assert_eq!(has(Some(list), None), is_there, "{list}");
        }
    }

    #[test]
    fn a_date_counts_where_no_entity_tag_is_given() {
        for (date, has_it) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("Sunday, 06-Nov-94 08:49:37 GMT", true),
            ("Sun Nov  6 08:49:37 1994", true),
            ("Sun, 06 Nov 1994 08:49:38 GMT", true),
            ("Sun, 06 Nov 1994 08:49:36 GMT", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(has(None, Some(date)), has_it, "{date}");
        }
        let later = Some("Mon, 07 Nov 1994 08:49:37 GMT");
        let earlier = Some("Sat, 05 Nov 1994 08:49:37 GMT");
        assert!(!has(Some("\"other\""), later));
        assert!(has(Some("\"a,b\""), earlier));
        assert!(!has(None, None));
    }
}
