//! RSS 2.0, with content, Dublin Core, Media RSS, Atom's links and the history
//! of RFC 5005, as the RSS Advisory Board's profile recommends.

use super::{
    Format,
    border::{CleanEntry, Extent},
    check,
    head::{Frame, Uses},
    wire::{self, Around, Laid},
};
use jiff::{Timestamp, fmt::rfc2822};
use rss::{
    Category, Channel, Guid, Item,
    extension::{Extension, ExtensionMap, dublincore::DublinCoreExtension},
};
use std::collections::BTreeMap;

pub(super) const FORMAT: Format = Format {
    name: "rss.xml",
    media_type: "application/rss+xml",
    extent: Extent::Full,
    fragment,
    between: "",
    around,
};

/// Minutes for which a reader may keep what it fetched. An hour is what most
/// readers wait anyway, and polling more often is for conditional requests.
const TTL: &str = "60";

fn fragment(entry: &CleanEntry, extent: Extent) -> Result<String, String> {
    let alone = Channel {
        namespaces: namespaces(entry.uses(), []),
        items: vec![item(entry, extent)],
        ..Channel::default()
    };
    written(&alone)?.entry()
}

fn around(frame: &Frame, _any: bool) -> Result<Around, String> {
    Around::split(written(&channel(frame))?.bytes, "\n  </channel>")
}

/// Writes a channel and reads it back.
fn written(channel: &Channel) -> Result<Laid, String> {
    let bytes = channel
        .write_to(Vec::new())
        .map_err(|error| error.to_string())?;
    // The profile recommends these references in plain text: more readers
    // decode them once than `&amp;` and `&lt;`.
    let references = [("&amp;", "&#x26;"), ("&lt;", "&#x3C;")];
    let laid = wire::finish(&bytes, "item", &references);
    check::well_formed(&laid.bytes)?;
    let back = Channel::read_from(laid.bytes.as_slice()).map_err(|error| error.to_string())?;
    if back == *channel {
        return Ok(laid);
    }
    Err(
        match channel.items.first().and_then(|item| item.guid.as_ref()) {
            Some(guid) => format!("the item {} differs", guid.value),
            None => "the channel differs".to_owned(),
        },
    )
}

/// A channel without its items.
fn channel(frame: &Frame) -> Channel {
    let head = &frame.head;
    let mut channel = Channel {
        title: head.title.clone(),
        // RSS wants a link, in a registered scheme. Without a site there is
        // none to give; the feed's id is a valid one (`tag:`) that leads
        // readers nowhere else, while an empty link is refused by validators
        // and resolved against the reader's own address by some readers.
        link: head.home().unwrap_or_else(|| head.id.to_owned()),
        description: head.description.clone(),
        language: head.language.clone(),
        last_build_date: Some(date(head.updated)),
        ttl: Some(TTL.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some(env!("CARGO_PKG_NAME").to_owned()),
        ..Channel::default()
    };
    let links = head.links(FORMAT.name);
    let atom = (!links.is_empty()).then_some(("atom", "http://www.w3.org/2005/Atom"));
    for (rel, href) in links {
        let link = [
            ("href", href),
            ("rel", rel.to_owned()),
            ("type", FORMAT.media_type.to_owned()),
        ];
        extend(&mut channel.extensions, "atom", "link", link);
    }
    for hub in head.hubs {
        let link = [("href", hub.to_string()), ("rel", "hub".to_owned())];
        extend(&mut channel.extensions, "atom", "link", link);
    }
    let history = head.is_archive().then_some(super::HISTORY);
    if history.is_some() {
        extend(&mut channel.extensions, super::HISTORY.0, "archive", []);
    }
    channel.namespaces = namespaces(frame.uses, [atom, history].into_iter().flatten());
    channel
}

/// The namespaces that are used, and no others.
fn namespaces(
    uses: Uses,
    others: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> BTreeMap<String, String> {
    let of_entries = [
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let of_entries = of_entries.into_iter().filter(|_| uses.entries);
    let media = uses.media.then_some(super::MEDIA);
    let all = of_entries.chain(media).chain(others);
    all.map(|(prefix, name)| (prefix.to_owned(), name.to_owned()))
        .collect()
}

fn item(entry: &CleanEntry, extent: Extent) -> Item {
    let mut item = Item {
        title: Some(entry.title.clone()),
        link: entry.link.clone(),
        description: Some(entry.digest.clone()),
        content: Some(entry.content(extent).to_owned()),
        guid: Some(Guid {
            value: entry.id.to_owned(),
            permalink: false,
        }),
        pub_date: Some(date(entry.published)),
        categories: entry
            .topics
            .iter()
            .map(|topic| Category {
                name: topic.label.clone(),
                domain: entry.topic_scheme.clone(),
            })
            .collect(),
        // `author` would have to be an e-mail address.
        dublin_core_ext: Some(DublinCoreExtension {
            creators: entry.authors.clone(),
            languages: entry.language.iter().cloned().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    };
    if let Some(image) = &entry.image {
        // Not an enclosure: readers download these, and they need a length.
        let content = [("url", image.clone()), ("medium", "image".to_owned())];
        extend(&mut item.extensions, "media", "content", content);
        let thumbnail = [("url", image.clone())];
        extend(&mut item.extensions, "media", "thumbnail", thumbnail);
    }
    item
}

/// Adds an empty element of a namespace that the crate does not know.
fn extend(
    extensions: &mut ExtensionMap,
    prefix: &str,
    name: &str,
    attributes: impl IntoIterator<Item = (&'static str, String)>,
) {
    let element = Extension {
        name: format!("{prefix}:{name}"),
        attrs: attributes
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
        ..Extension::default()
    };
    let of_prefix = extensions.entry(prefix.to_owned()).or_default();
    of_prefix.entry(name.to_owned()).or_default().push(element);
}

/// RFC 822 with a four-digit year. In GMT, as HTTP writes it: RFC 2822's own
/// form for UTC (`-0000`) says that the zone is unknown.
fn date(time: Timestamp) -> String {
    rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .expect("the border lets only years from 1 to 9999 through")
}
