//! Addresses: which ones a feed may carry, and in what form.
//!
//! Readers resolve relative addresses badly or not at all, and a
//! `javascript:` link runs in some of them, so only absolute addresses of a
//! few schemes pass. Those that do are cleaned as browsers clean them, so that
//! no reader can see another address than the one judged here.

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
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let odd = |c: char| c.is_whitespace() || must_be_encoded(c) || c == '%';
    if host.is_empty() || authority.contains(odd) {
        return None;
    }
    Some(encoded(&format!("{scheme}:{rest}")))
}

/// Hosts that answer with a picture of nothing, to count who asks. Those below
/// them do as well.
const COUNTING_HOSTS: &[&str] = &[
    "2o7.net",
    "addthis.com",
    "adnxs.com",
    "atdmt.com",
    "bat.bing.com",
    "chartbeat.net",
    "doubleclick.net",
    "feedsportal.com",
    "google-analytics.com",
    "googlesyndication.com",
    "googletagmanager.com",
    "imrworldwide.com",
    "list-manage.com",
    "omtrdc.net",
    "pixel.wp.com",
    "quantserve.com",
    "scorecardresearch.com",
    "sitemeter.com",
    "statcounter.com",
    "stats.wordpress.com",
    "vgwort.de",
    "webtrekk.net",
    "xiti.com",
];

/// Parts of paths, such as names of files, that pictures of nothing have.
const COUNTING_PATHS: &[&str] = &[
    "1x1",
    "beacon",
    "blank",
    "clear",
    "count",
    "counter",
    "open",
    "pixel",
    "spacer",
    "tr",
    "track",
    "tracker",
    "tracking",
    "transparent",
    "utm",
    "webbug",
];

/// Whether a picture's address, which is one of the web, is that of a picture
/// that shows nothing and counts readers. What its page says of its size is
/// known only when that is read, and Markdown and mail have no sizes.
pub(super) fn is_beacon(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let lower = until(rest, &['#']).to_ascii_lowercase();
    let (place, query) = lower.split_once('?').unwrap_or((&lower, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = until(host, &[':']);
    let below = |known: &&str| {
        let above = host.strip_suffix(*known);
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    };
    if COUNTING_HOSTS.iter().any(below) {
        return true;
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let (name, kind) = file.rsplit_once('.').unwrap_or((file, ""));
    // Photographs are no GIFs, and "blank.jpg" may be a sheet of paper.
    let nothing = matches!(kind, "gif" | "png" | "" | "php" | "aspx" | "ashx");
    let sized = query
        .split('&')
        .filter(|pair| matches!(*pair, "w=1" | "h=1" | "width=1" | "height=1" | "size=1x1"));
    nothing && COUNTING_PATHS.contains(&name) || sized.count() > 0
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

/// An address without what no address may have.
pub(super) fn encoded(address: &str) -> String {
    if !address.contains(|c: char| c.is_whitespace() || must_be_encoded(c)) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_whitespace() || must_be_encoded(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push('%');
                out.extend(
                    char::from_digit(u32::from(byte >> 4), 16).map(|c| c.to_ascii_uppercase()),
                );
                out.extend(
                    char::from_digit(u32::from(byte & 15), 16).map(|c| c.to_ascii_uppercase()),
                );
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// What RFC 3987 allows nowhere in an IRI, white space and controls aside.
fn must_be_encoded(c: char) -> bool {
    matches!(
        c,
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{fffe}' | '\u{ffff}'
    )
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
            "\u{1}\u{0}",
            "https://exa\u{0}mple.org/",
            "mailto:a@example.org",
        ] {
            assert_eq!(web(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn pictures_that_count_readers_are_told_by_their_addresses() {
        for beacon in [
            "https://pixel.wp.com/b.gif?blog=1",
            "https://stats.g.doubleclick.net/a.jpg",
            "https://news.example/images/1x1.gif",
            "https://news.example/img/spacer.GIF?v=2#a",
            "https://mail.news.example/track/open.php?u=1",
            "https://www.social.example/tr?id=1&ev=PageView",
            "https://news.example/i?w=1&h=1",
        ] {
            assert!(is_beacon(beacon), "{beacon}");
        }
        for picture in [
            "https://news.example/a.jpg?w=100&h=1000",
            "https://news.example/open.jpg",
            "https://news.example/pixel/bridge.png",
            "https://notdoubleclick.net/bridge.gif",
            "https://news.example",
        ] {
            assert!(!is_beacon(picture), "{picture}");
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
