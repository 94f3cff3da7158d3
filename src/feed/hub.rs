//! Hubs: who tells subscribers that a feed changed (`WebSub`, a W3C
//! recommendation), and how feeds name them.

use super::{Format, Settings, SettingsError, SiteUrl, address, atom, json, rss};
use crate::channel::Part;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;

/// The formats that readers subscribe to. The page is for people.
const TOPICS: [Format; 3] = [rss::FORMAT, atom::FORMAT, json::FORMAT];

/// The address of a hub: absolute, on the web, and without a password, since
/// everybody reads it in the feeds.
///
/// What is told to a hub is not secret, but who listens on the way can pass for
/// it and keep the news to himself. So `http` is for hubs near by: on this
/// machine, at a private address, or under a name that is none on the internet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HubUrl(String);

impl HubUrl {
    /// Checks an address.
    ///
    /// # Errors
    ///
    /// When it is not an absolute address that a hub may have.
    pub fn parse(given: &str) -> Result<Self, SettingsError> {
        let refused = || SettingsError::Hub {
            given: given.to_owned(),
        };
        let url = address::web(given).ok_or_else(refused)?;
        let has_more = url.contains('#') || authority(&url).contains('@');
        if has_more || (url.starts_with("http:") && !is_near(host(&url))) {
            return Err(refused());
        }
        Ok(Self(url))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name or number of its machine.
    #[must_use]
    pub fn host(&self) -> &str {
        host(&self.0)
    }

    /// Whether it is on this machine or in the network around it.
    #[must_use]
    pub fn is_near(&self) -> bool {
        is_near(self.host())
    }
}

impl fmt::Display for HubUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The value of the `Link` header (RFC 8288) of a document that stands in a part
/// of a feed, by its name in the feeds folder; nothing for what nobody
/// subscribes to. Where there are hubs, a subscriber must find them and the
/// document's own address there (`WebSub`, section 4).
#[must_use]
pub fn link_header(settings: &Settings, part: Part, name: &str) -> Option<String> {
    let url = settings.url.as_ref()?;
    if settings.hubs.is_empty() || part != Part::Current {
        return None;
    }
    let format = topic_format(name)?;
    let own = address_of(url, name);
    let own = format!("<{own}>; rel=\"self\"; type=\"{}\"", format.media_type);
    let hubs = settings.hubs.iter();
    let hubs = hubs.map(|hub| format!("<{hub}>; rel=\"hub\""));
    let header = [own].into_iter().chain(hubs).collect::<Vec<_>>().join(", ");
    // Headers have no other letters.
    header.is_ascii().then_some(header)
}

/// The address of a document that readers subscribe to, by its name in the
/// feeds folder; nothing for others, and where feeds have no address.
#[must_use]
pub fn topic(settings: &Settings, name: &str) -> Option<String> {
    topic_format(name)?;
    let url = settings.url.as_ref()?;
    Some(address_of(url, name))
}

/// Hubs compare addresses letter by letter, so there is one form of them for
/// documents, headers and hubs.
fn address_of(url: &SiteUrl, name: &str) -> String {
    address::uri(&url.join(&address::of_path(name)))
}

fn topic_format(name: &str) -> Option<Format> {
    let file = name.rsplit('/').next().unwrap_or_default();
    TOPICS.into_iter().find(|format| format.name == file)
}

fn authority(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host of an address that was checked, without a port; numbers of IPv6
/// without their brackets.
fn host(url: &str) -> &str {
    let place = authority(url);
    let place = place.rsplit('@').next().unwrap_or_default();
    if let Some(inner) = place.strip_prefix('[') {
        return inner.split(']').next().unwrap_or_default();
    }
    place.split(':').next().unwrap_or_default()
}

/// Names that are never any on the internet: RFC 6761, 6762, 8375, and what
/// ICANN keeps free for private use.
const LOCAL: [&str; 4] = ["localhost", "local", "home.arpa", "internal"];

fn is_near(host: &str) -> bool {
    match host.parse() {
        Ok(IpAddr::V4(number)) => is_near_v4(number),
        Ok(IpAddr::V6(number)) => is_near_v6(number),
        Err(_) => {
            let name = host.trim_end_matches('.').to_ascii_lowercase();
            let below = |zone: &&str| name == **zone || name.ends_with(&format!(".{zone}"));
            // A name without a dot is one of the network around, such as that
            // of a container.
            !name.contains('.') || LOCAL.iter().any(below)
        }
    }
}

fn is_near_v4(number: Ipv4Addr) -> bool {
    number.is_loopback() || number.is_private() || number.is_link_local()
}

fn is_near_v6(number: Ipv6Addr) -> bool {
    let mapped = number.to_ipv4_mapped().is_some_and(is_near_v4);
    mapped || number.is_loopback() || number.is_unique_local() || number.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hubs_are_on_the_web_or_near_by() {
        for fit in [
            "https://hub.example.org",
            "https://hub.example.org/a?b=c",
            "https://192.0.2.1:8443/",
            "http://localhost:8080/",
            "http://hub:8080/",
            "http://hub.local/",
            "http://hub.home.arpa./",
            "http://127.0.0.2/",
            "http://10.1.2.3/",
            "http://[::1]:8080/",
            "http://[fd00::1]/",
            "http://[::ffff:192.168.1.1]/",
        ] {
            assert_eq!(HubUrl::parse(fit).unwrap().as_str(), fit);
        }
        for unfit in [
            "",
            "hub.example.org",
            "http://hub.example.org/",
            "http://192.0.2.1/",
            "http://[2001:db8::1]/",
            "http://local.example.org/",
            "http://notlocalhost.example/",
            "https://me:secret@hub.example.org/",
            "http://localhost@hub.example.org/",
            "https://hub.example.org/#a",
            "ftp://localhost/",
        ] {
            let error = HubUrl::parse(unfit).unwrap_err();
            assert!(error.to_string().contains("is not a hub"), "{error}");
        }
    }

    #[test]
    fn only_feeds_are_subscribed_to() {
        let mut settings = Settings {
            url: Some(SiteUrl::parse("https://example.org/feeds").unwrap()),
            ..Settings::default()
        };
        let name = "topics/größe 100%/atom.xml";
        assert_eq!(link_header(&settings, Part::Current, name), None);
        settings.hubs = ["https://a.example/", "https://b.example/"]
            .map(|hub| HubUrl::parse(hub).unwrap())
            .to_vec();
        let header = link_header(&settings, Part::Current, name).unwrap();
        assert_eq!(
            header,
            "<https://example.org/feeds/topics/gr%C3%B6%C3%9Fe%20100%25/atom.xml>; rel=\"self\"; \
             type=\"application/atom+xml\", <https://a.example/>; rel=\"hub\", \
             <https://b.example/>; rel=\"hub\""
        );
        assert_eq!(link_header(&settings, Part::Archive(1), name), None);
        for name in ["index.html", "feeds.opml", "entries/a.html", "xrss.xml"] {
            assert_eq!(link_header(&settings, Part::Current, name), None);
            assert_eq!(topic(&settings, name), None);
        }
        assert_eq!(
            topic(&settings, "rss.xml").as_deref(),
            Some("https://example.org/feeds/rss.xml")
        );
        settings.url = None;
        assert_eq!(topic(&settings, "rss.xml"), None);
    }
}
