//! The address that was asked for: what a client typed, whatever stands between
//! it and this server.
//!
//! A proxy tells it in `Forwarded` (RFC 7239), or in the `X-Forwarded-` headers
//! that were there before. Anybody can send these, so they count only from
//! addresses that the owner trusts.

use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// What a request says of where it was sent to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sent<'a> {
    /// `Host`, or the authority of the request's target.
    pub(super) host: Option<&'a str>,
    /// The last `Forwarded` header, which the nearest proxy wrote.
    pub(super) forwarded: Option<&'a str>,
    /// The last `X-Forwarded-For`.
    pub(super) x_for: Option<&'a str>,
    /// The last `X-Forwarded-Host`.
    pub(super) x_host: Option<&'a str>,
    /// The last `X-Forwarded-Proto`.
    pub(super) x_proto: Option<&'a str>,
}

/// Who asks, and for what address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Who asks; nothing where that cannot be told.
    pub(super) client: Option<IpAddr>,
    /// The root of the server as the client sees it, such as
    /// `https://news.example.org/`; nothing where the request does not say.
    pub(super) root: Option<String>,
}

/// A name of a host has no more characters (RFC 1035, section 2.3.4), and a port
/// takes a few.
const LONGEST_HOST: usize = 262;

impl Asked {
    /// Whether this address is of somebody who is trusted.
    pub(super) fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
        let address = address.to_canonical();
        trusted.iter().any(|network| network.contains(&address))
    }

    /// What a request from this peer asks for. A peer without an address is
    /// one on a Unix socket: a proxy on this machine, which is trusted.
    pub(super) fn new(peer: Option<IpAddr>, trusted: &[IpNet], sent: Sent) -> Self {
        let is_trusted = |address: IpAddr| Self::is_trusted(address, trusted);
        let plain = || Self {
            client: peer,
            root: root(Some("http"), sent.host),
        };
        if !peer.is_none_or(is_trusted) {
            return plain();
        }
        if let Some(header) = sent.forwarded {
            // Each proxy appends what it was asked, so that the last that none
            // of the trusted ones wrote for another is the client's.
            let elements: Vec<Element> = split(header, ',').map(Element::parse).collect();
            let is_proxy = |element: &&Element| element.client.is_some_and(is_trusted);
            let skipped = elements.iter().rev().take_while(is_proxy).count();
            let at = elements.len().saturating_sub(skipped + 1);
            let Some(element) = elements.get(at) else {
                return plain();
            };
            return Self {
                client: element.client.or(peer),
                root: root(
                    Some(element.proto.as_deref().unwrap_or("http")),
                    element.host.as_deref().or(sent.host),
                ),
            };
        }
        let clients: Vec<IpAddr> = sent.x_for.map_or_else(Vec::new, |header| {
            split(header, ',').filter_map(address).collect()
        });
        let client = clients.iter().rev().find(|address| !is_trusted(**address));
        let last = |header: Option<&str>| {
            let last = header?.rsplit(',').next()?.trim();
            (!last.is_empty()).then(|| last.to_owned())
        };
        let host = last(sent.x_host);
        let proto = last(sent.x_proto);
        Self {
            client: client.or(clients.first()).copied().or(peer),
            root: root(
                Some(proto.as_deref().unwrap_or("http")),
                host.as_deref().or(sent.host),
            ),
        }
    }
}

/// The root of a server; nothing for what is no address of one.
fn root(scheme: Option<&str>, host: Option<&str>) -> Option<String> {
    let scheme = match scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("https") => "https",
        Some(scheme) if scheme.eq_ignore_ascii_case("http") => "http",
        _ => return None,
    };
    let host = host.filter(|host| is_host(host))?;
    Some(format!("{scheme}://{}/", host.to_ascii_lowercase()))
}

/// Whether this names a host, with a port or without: what comes from outside
/// goes into documents.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => ("v6", port),
            _ => return false,
        },
        None => match host.find(':') {
            Some(at) => host.split_at(at),
            None => (host, ""),
        },
    };
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|digits| digits.parse::<u16>().is_ok());
    let is_named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    host.len() <= LONGEST_HOST && is_port && !name.is_empty() && name.chars().all(is_named)
}

/// What one proxy tells.
#[derive(Debug, Default)]
struct Element {
    client: Option<IpAddr>,
    host: Option<String>,
    proto: Option<String>,
}

impl Element {
    fn parse(element: &str) -> Self {
        let mut parsed = Self::default();
        for pair in split(element, ';') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let value = unquoted(value.trim());
            match &*name.trim().to_ascii_lowercase() {
                "for" => parsed.client = address(&value),
                "host" => parsed.host = Some(value),
                "proto" => parsed.proto = Some(value),
                _ => {}
            }
        }
        parsed
    }
}

/// The pieces between these characters, where they stand in no quotation marks.
fn split(list: &str, between: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    list.split(move |c: char| {
        let was_escaped = is_escaped;
        is_escaped = is_quoted && c == '\\' && !was_escaped;
        if c == '"' && !was_escaped {
            is_quoted = !is_quoted;
        }
        c == between && !is_quoted
    })
    .map(str::trim)
    .filter(|piece| !piece.is_empty())
}

/// What a quoted string says (RFC 9110, section 5.6.4); a token is as it is.
fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    let Some(inner) = inner else {
        return value.to_owned();
    };
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        out.extend(if c == '\\' {
            characters.next()
        } else {
            Some(c)
        });
    }
    out
}

/// The address in what names a client, with a port or without.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim();
    if let Ok(socket) = node.parse::<SocketAddr>() {
        return Some(socket.ip().to_canonical());
    }
    let bare = node.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
    let address: IpAddr = bare.unwrap_or(node).parse().ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: Option<&str>, sent: Sent, client: Option<&str>, root: Option<&str>) {
        let trusted = ["127.0.0.0/8", "::1/128", "10.0.0.0/8"].map(|net| net.parse().unwrap());
        let parse = |address: &str| address.parse().unwrap();
        let asked = Asked::new(peer.map(parse), &trusted, sent);
        assert_eq!(asked.client, client.map(parse));
        assert_eq!(asked.root.as_deref(), root);
    }

    fn host(host: &str) -> Sent<'_> {
        Sent {
            host: Some(host),
            ..Sent::default()
        }
    }

    #[test]
    fn without_a_proxy_it_is_the_host() {
        let peer = "192.0.2.1";
        for (name, root) in [
            ("News.Example.org", Some("http://news.example.org/")),
            (
                "news.example.org:8060",
                Some("http://news.example.org:8060/"),
            ),
            ("[::1]:8060", Some("http://[::1]:8060/")),
            ("192.0.2.7", Some("http://192.0.2.7/")),
            ("", None),
            ("a b", None),
            ("a/b", None),
            ("user@a", None),
            ("a:b", None),
            ("a:99999", None),
            ("[zz]", None),
            ("\"><script>", None),
        ] {
            check(Some(peer), host(name), Some(peer), root);
        }
        check(Some(peer), Sent::default(), Some(peer), None);
        check(Some(peer), host(&"a".repeat(300)), Some(peer), None);
    }

    #[test]
    fn a_trusted_proxy_tells_what_it_was_asked() {
        let sent = |forwarded| Sent {
            forwarded: Some(forwarded),
            ..host("backend:8060")
        };
        for (forwarded, client, root) in [
            (
                "for=192.0.2.60;proto=https;host=news.example.org",
                "192.0.2.60",
                "https://news.example.org/",
            ),
            (
                "For=\"[2001:db8::17]:4711\"; Proto=HTTPS; Host=\"news.example.org:8443\"",
                "2001:db8::17",
                "https://news.example.org:8443/",
            ),
            // Only what trusted proxies appended counts.
            (
                "for=1.2.3.4;host=evil.example, for=192.0.2.60;host=news.example.org;proto=https, \
                 for=10.1.1.1;host=inner.example",
                "192.0.2.60",
                "https://news.example.org/",
            ),
            ("for=192.0.2.60", "192.0.2.60", "http://backend:8060/"),
            (
                "for=unknown;host=a.example",
                "127.0.0.1",
                "http://a.example/",
            ),
            (
                "for=\"a,b;c\";host=a.example",
                "127.0.0.1",
                "http://a.example/",
            ),
        ] {
            check(Some("127.0.0.1"), sent(forwarded), Some(client), Some(root));
            // From anybody else it is but words.
            let peer = Some("198.51.100.1");
            check(peer, sent(forwarded), peer, Some("http://backend:8060/"));
        }
        let forwarded = sent("host=\"<b>\";proto=https");
        check(Some("127.0.0.1"), forwarded, Some("127.0.0.1"), None);
        let forwarded = sent("host=a.example;proto=gopher");
        check(Some("127.0.0.1"), forwarded, Some("127.0.0.1"), None);
        check(
            None,
            sent("host=a.example"),
            None,
            Some("http://a.example/"),
        );
    }

    #[test]
    fn older_headers_say_the_same() {
        let sent = Sent {
            x_for: Some("1.2.3.4, 192.0.2.60, 10.0.0.2"),
            x_host: Some("news.example.org"),
            x_proto: Some("https"),
            ..host("backend:8060")
        };
        let root = Some("https://news.example.org/");
        check(Some("::ffff:127.0.0.1"), sent, Some("192.0.2.60"), root);
        let peer = Some("192.0.2.1");
        check(peer, sent, peer, Some("http://backend:8060/"));
    }
}
