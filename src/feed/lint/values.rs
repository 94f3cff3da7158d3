//! Values that several formats have: addresses, language tags, media types.

use super::super::{address, language};

/// What an address is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    Absolute,
    Relative,
    /// Neither, such as one with a space in it.
    Broken,
}

/// Judges an address (RFC 3986; characters beyond ASCII are let pass).
pub(super) fn address(given: &str) -> Address {
    let given = given.trim();
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    if given.contains(is_odd) {
        return Address::Broken;
    }
    if !has_scheme(given) {
        return Address::Relative;
    }
    let scheme = given.split(':').next().unwrap_or_default();
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    if is_web && address::web(given).is_none() {
        return Address::Broken;
    }
    Address::Absolute
}

/// Whether an address names its scheme.
pub(super) fn has_scheme(given: &str) -> bool {
    let Some((scheme, _)) = given.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether this is the full address of something on the web.
pub(super) fn is_web(given: &str) -> bool {
    let given = given.trim();
    address::web(given).is_some() && address(given) == Address::Absolute
}

/// Whether this is an absolute IRI, fit to be an id.
pub(super) fn is_iri(given: &str) -> bool {
    address::is_iri(given)
}

/// Whether a `tag:` URI has an authority, a date, and a specific (RFC 4151).
pub(super) fn is_tag(given: &str) -> bool {
    let read = || {
        let (entity, _) = given.strip_prefix("tag:")?.split_once(':')?;
        let (authority, date) = entity.split_once(',')?;
        let is_authority = |c: char| c.is_alphanumeric() || "-._@".contains(c);
        let mut parts = date.split('-');
        let lengths = [4, 2, 2].into_iter();
        let is_date = date.len() <= 10
            && lengths.zip(parts.by_ref()).all(|(length, part)| {
                part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
            });
        let fits = !authority.is_empty() && authority.chars().all(is_authority);
        (fits && is_date && parts.next().is_none()).then_some(())
    };
    !given.starts_with("tag:") || read().is_some()
}

pub(super) fn is_language(given: &str) -> bool {
    // Unlike a person's, a program's tag has hyphens and no spaces.
    language::language(given).is_some_and(|tag| tag == given)
}

/// Whether this is a media type, perhaps with parameters.
pub(super) fn is_media_type(given: &str) -> bool {
    let bare = given.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        !part.is_empty() && part.chars().all(allowed)
    };
    bare.split_once('/')
        .is_some_and(|(kind, part)| is_token(kind) && is_token(part))
}

/// Whether this begins with an e-mail address: `a@b.org (Name)`.
pub(super) fn is_mail(given: &str) -> bool {
    let mail = given.split_ascii_whitespace().next().unwrap_or_default();
    let mail = mail.trim_start_matches("mailto:");
    mail.split_once('@').is_some_and(|(name, host)| {
        let is_odd = |c: char| c.is_control() || "()<>,;:\\\"[]@".contains(c);
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !name.contains(is_odd)
            && !host.contains(is_odd)
    })
}

/// What the entities that feeds use most mean.
pub(super) fn entity(name: &str) -> Option<char> {
    const KNOWN: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
    ];
    let found = KNOWN.iter().find(|(known, _)| *known == name);
    found.map(|(_, meant)| *meant)
}
