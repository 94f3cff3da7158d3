//! Addresses: which ones a feed may carry, and in what form.
//!
//! Readers resolve relative addresses badly or not at all, and a
//! `javascript:` link runs in some of them, so only absolute addresses of a
//! few schemes pass. Those that do are cleaned as browsers clean them, so that
//! no reader can see another address than the one judged here.

use super::body;
use core::{
    fmt::Write as _,
    net::{Ipv4Addr, Ipv6Addr},
};

/// No address is longer, in bytes. Browsers and servers give up well before.
const LONGEST: usize = 8 * 1024;

/// An absolute web address, fit for any attribute or element; `None` when it
/// is anything else.
pub(super) fn web(given: &str) -> Option<String> {
    let given = stripped(given)?;
    let (scheme, rest) = given.split_once(':')?;
    let scheme = ["https", "http"]
        .into_iter()
        .find(|known| scheme.eq_ignore_ascii_case(known))?;
    let after = rest.strip_prefix("//")?;
    let authority = after.split(['/', '?', '#', '\\']).next()?;
    let odd = |c: char| c.is_whitespace() || must_be_encoded(c) || c == '%';
    let is_fit = !authority.contains(odd) && is_place(authority.rsplit('@').next()?);
    // Browsers take it for a slash, which ends the host.
    let path = match after[authority.len()..].strip_prefix('\\') {
        Some(path) => format!("/{path}"),
        None => after[authority.len()..].to_owned(),
    };
    is_fit.then(|| encoded(&format!("{scheme}://{authority}{path}")))
}

/// Whether this is a host, perhaps with a port, as browsers read it. What they
/// cannot read they take for a relative address, or refuse.
fn is_place(place: &str) -> bool {
    let (host, port) = match place.rfind(':') {
        Some(at) if !place[at..].contains(']') => (&place[..at], &place[at + 1..]),
        _ => (place, ""),
    };
    if !port.is_empty() && port.parse::<u16>().is_err() {
        return false;
    }
    if let Some(inner) = host.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap_or_default();
        return inner.parse::<Ipv6Addr>().is_ok();
    }
    let bare = host.strip_suffix('.').unwrap_or(host);
    let last = bare.rsplit('.').next().unwrap_or_default();
    // A host that ends with a number is an address in numbers.
    let digits = last.bytes().all(|byte| byte.is_ascii_digit()) && !last.is_empty();
    if digits || last.starts_with("0x") || last.starts_with("0X") {
        return bare.parse::<Ipv4Addr>().is_ok();
    }
    !bare.is_empty() && !host.contains(['[', ']', ':'])
}

/// An address that a link in an entry may go to: on the web, or of a mailbox.
pub(super) fn link(given: &str) -> Option<String> {
    web(given).or_else(|| {
        let given = stripped(given)?;
        let (scheme, mailbox) = given.split_once(':')?;
        let known = scheme.eq_ignore_ascii_case("mailto") && mailbox.contains('@');
        known.then(|| encoded(&format!("mailto:{mailbox}")))
    })
}

/// The address that a relative one means in an article from `base`, which is a
/// web address (RFC 3986, section 5.2); an absolute one as it is.
pub(super) fn resolved(base: Option<&str>, given: &str) -> String {
    let given = given.trim_matches(|c: char| c <= ' ');
    let (Some(base), false) = (base, given.is_empty() || has_scheme(given)) else {
        return given.to_owned();
    };
    let base = until(base, &['#']);
    let page = until(base, &['?']);
    let (scheme, host) = page.split_once("://").unwrap_or(("https", page));
    let origin = &page[..page.len() - host.len() + until(host, &['/']).len()];
    let path = &page[origin.len()..];
    match given.as_bytes() {
        [b'/', b'/', ..] => format!("{scheme}:{given}"),
        [b'/', ..] => format!("{origin}{}", without_dots(given)),
        [b'?', ..] => format!("{page}{given}"),
        [b'#', ..] => format!("{base}{given}"),
        _ => {
            let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
            format!("{origin}{}", without_dots(&format!("{folder}{given}")))
        }
    }
}

/// Whether a colon comes before anything that a scheme cannot stand before.
fn has_scheme(given: &str) -> bool {
    until(given, &['/', '?', '#']).contains(':')
}

/// Up to the first of these characters.
fn until<'a>(text: &'a str, ends: &[char]) -> &'a str {
    text.split(ends).next().unwrap_or_default()
}

/// A path, perhaps with a query, with its `.` and `..` followed.
fn without_dots(path: &str) -> String {
    let (path, rest) = path.split_at(until(path, &['?', '#']).len());
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(kept.pop()),
            part => kept.push(part),
        }
    }
    let names_folder = path.ends_with("/.") || path.ends_with("/..");
    let end = if names_folder && kept.last().is_none_or(|last| !last.is_empty()) {
        "/"
    } else {
        ""
    };
    let start = if kept.is_empty() && names_folder {
        ""
    } else {
        "/"
    };
    format!("{start}{}{end}{rest}", kept.join("/"))
}

/// Whether this is an absolute IRI (RFC 3987) in the form that an id has:
/// compared character by character, so nothing in it may need cleaning.
pub(super) fn is_iri(given: &str) -> bool {
    let Some((scheme, rest)) = given.split_once(':') else {
        return false;
    };
    let in_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(in_scheme)
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || must_be_encoded(c))
}

/// Without the white space that browsers take out before they look at the
/// scheme; `None` when other control characters are left.
fn stripped(given: &str) -> Option<String> {
    let ends = given.trim_matches(|c: char| c <= ' ');
    if ends.len() > LONGEST {
        return None;
    }
    let inner: String = ends
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    (!inner.contains(char::is_control)).then_some(inner)
}

/// A path, which is none of an address yet, as it is written in one.
pub(super) fn of_path(path: &str) -> String {
    let path = path.replace('%', "%25");
    encoded(&path.replace('?', "%3F").replace('#', "%23"))
}

/// An address without what no address may have: it is written as browsers ask
/// for it.
pub(super) fn encoded(address: &str) -> String {
    let odd = |c: char| c.is_whitespace() || must_be_encoded(c) || matches!(c, '[' | ']' | '%');
    if !address.contains(odd) {
        return address.to_owned();
    }
    // Brackets stand around the numbers of a host, and nowhere else.
    let host = address.find("://").map_or(0, |at| at + 3);
    let host_ends = host + until(&address[host..], &['/', '?', '#']).len();
    let mut out = String::with_capacity(address.len() + 16);
    for (at, c) in address.char_indices() {
        let is_bare = match c {
            '[' | ']' => at > host_ends,
            '%' => !is_escape(&address.as_bytes()[at..]),
            c => c.is_whitespace() || must_be_encoded(c),
        };
        if is_bare {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                write!(out, "%{byte:02X}").expect("a string takes everything");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// An absolute address in ASCII, as it goes over the wire (RFC 3987, section
/// 3.1). A name of a machine in other letters stays: it has a form of its own.
pub(super) fn uri(address: &str) -> String {
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = host + until(&address[host..], &['/', '?', '#']).len();
    let mut out = address[..path].to_owned();
    for c in address[path..].chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string cannot fail.
            write!(out, "%{byte:02X}").expect("a string takes everything");
        }
    }
    out
}

/// Whether an escaped byte stands here.
fn is_escape(bytes: &[u8]) -> bool {
    let [b'%', digits @ ..] = bytes else {
        return false;
    };
    digits.len() > 1 && digits[..2].iter().all(u8::is_ascii_hexdigit)
}

/// What RFC 3987 allows nowhere in an IRI, white space and controls aside.
fn must_be_encoded(c: char) -> bool {
    matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') || body::is_no_character(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_web_addresses_pass() {
        let same = |url: &str| assert_eq!(web(url).as_deref(), Some(url));
        same("https://example.org");
        same("http://example.org:8080/a?b=1&c=2#d");
        same("https://example.org/größe");
        same("https://me@example.org.:/a:b@c%5D");
        same("http://[2001:db8::1]:8080/a%20b");
        let odd = "https://example.org/a[1]?b=100%&c=%4&d=%zz#[e]\u{1fffe}";
        let plain = "https://example.org/a%5B1%5D?b=100%25&c=%254&d=%25zz#%5Be%5D%F0%9F%BF%BE";
        assert_eq!(web(odd).as_deref(), Some(plain));
        assert_eq!(web(plain).as_deref(), Some(plain));
        same("http://127.0.0.1/");
        same("https://example.4ad/");
        for bad in [
            "",
            "/a",
            "a",
            "//example.org/a",
            "https:",
            "https://",
            "https:///a",
            "https:a",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://a b/",
            "https://<b>/",
            "ftp://example.org",
            "https://:80/",
            "https://example.org:a/",
            "https://example.org:80:80/",
            "https://example.org:70000/",
            "https://[::1",
            "https://[1]/",
            "https://a]/",
            "https://1.2.3.256/",
            "https://a.0x1/",
            "\u{1}\u{0}",
            "https://exa\u{0}mple.org/",
            "mailto:a@example.org",
        ] {
            assert_eq!(web(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn addresses_are_cleaned_as_browsers_clean_them() {
        let clean = |url: &str| web(url).unwrap_or_default();
        assert_eq!(
            clean(" HTTPS://example.org/a\tb\n "),
            "https://example.org/ab"
        );
        assert_eq!(
            clean("https://example.org/a b\"<c>"),
            "https://example.org/a%20b%22%3Cc%3E"
        );
        assert_eq!(
            clean("https://example.org\\a\\b"),
            "https://example.org/a%5Cb"
        );
        assert_eq!(
            clean("https://example.org/\u{3000}"),
            "https://example.org/%E3%80%80"
        );
        assert_eq!(
            link("MailTo:desk@example.org").as_deref(),
            Some("mailto:desk@example.org")
        );
        assert_eq!(link("vbscript:x"), None);
    }

    #[test]
    fn relative_addresses_mean_what_the_article_means() {
        // From RFC 3986, section 5.4, with a web address as the base.
        for (given, meant) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g?y/../x#s", "http://a/b/c/g?y/../x#s"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("", ""),
        ] {
            assert_eq!(
                resolved(Some("http://a/b/c/d;p?q"), given),
                meant,
                "{given:?}"
            );
        }
        assert_eq!(resolved(Some("https://a"), "g"), "https://a/g");
        assert_eq!(resolved(None, "g"), "g");
    }

    #[test]
    fn ids_are_absolute_iris() {
        assert!(is_iri("tag:example.org,2024:a/b"));
        assert!(is_iri("urn:uuid:60a76c80-d399-11d9-b91c-0003939e0af6"));
        for bad in [
            "",
            "a",
            "tag:",
            ":a",
            "1a:b",
            "tag:a b",
            "tag:a\u{0}",
            "tag:<a>",
        ] {
            assert!(!is_iri(bad), "{bad:?}");
        }
    }
}
