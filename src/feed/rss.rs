//! RSS 2.0, with content, Dublin Core, Media RSS and Atom's self link, as the
//! RSS Advisory Board's profile recommends.

use super::{
    Format,
    border::{CleanEntry, CleanFeed},
    wire::{self, Laid},
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
    write,
};

/// Minutes for which a reader may keep what it fetched. An hour is what most
/// readers wait anyway, and polling more often is for conditional requests.
const TTL: &str = "60";

fn write(feed: &CleanFeed, entries: &[&CleanEntry]) -> Result<Laid, String> {
    let channel = channel(feed, entries);
    let bytes = channel
        .write_to(Vec::new())
        .map_err(|error| error.to_string())?;
    // The profile recommends these references in plain text: more readers
    // decode them once than `&amp;` and `&lt;`.
    let references = [("&amp;", "&#x26;"), ("&lt;", "&#x3C;")];
    let laid = wire::finish(&bytes, "item", &references);
    let back = Channel::read_from(laid.bytes.as_slice()).map_err(|error| error.to_string())?;
    if back == channel {
        return Ok(laid);
    }
    let differs = channel
        .items
        .iter()
        .zip(&back.items)
        .find(|(one, other)| one != other);
    let place = differs.and_then(|(item, _)| item.guid.as_ref());
    Err(match place {
        Some(guid) => format!("the item {} differs", guid.value),
        None => "the channel differs".to_owned(),
    })
}

fn channel(feed: &CleanFeed, entries: &[&CleanEntry]) -> Channel {
    let mut channel = Channel {
        title: feed.title.clone(),
        // RSS wants a link, in a registered scheme. Without a site there is
        // none to give; the feed's id is a valid one (`tag:`) that leads
        // readers nowhere else, while an empty link is refused by validators
        // and resolved against the reader's own address by some readers.
        link: feed.url.map_or(feed.id, |url| url.as_str()).to_owned(),
        description: feed.description.clone(),
        language: feed.language.clone(),
        last_build_date: Some(date(feed.updated)),
        ttl: Some(TTL.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some(env!("CARGO_PKG_NAME").to_owned()),
        items: entries.iter().map(|entry| item(entry, feed)).collect(),
        ..Channel::default()
    };
    if let Some(url) = feed.url {
        let link = [
            ("href", url.join(FORMAT.name)),
            ("rel", "self".to_owned()),
            ("type", FORMAT.media_type.to_owned()),
        ];
        extend(&mut channel.extensions, "atom", "link", link);
    }
    channel.namespaces = namespaces(feed);
    channel
}

/// The namespaces that the feed uses, and no others.
fn namespaces(feed: &CleanFeed) -> BTreeMap<String, String> {
    let any = |uses: fn(&CleanEntry) -> bool| feed.entries.iter().any(|entry| uses(entry));
    let all = [
        ("atom", "http://www.w3.org/2005/Atom", feed.url.is_some()),
        (
            "content",
            "http://purl.org/rss/1.0/modules/content/",
            !feed.entries.is_empty(),
        ),
        (
            "dc",
            "http://purl.org/dc/elements/1.1/",
            any(has_dublin_core),
        ),
        (
            "media",
            "http://search.yahoo.com/mrss/",
            any(|entry| entry.image.is_some()),
        ),
    ];
    let used = all.into_iter().filter(|(_, _, used)| *used);
    used.map(|(prefix, name, _)| (prefix.to_owned(), name.to_owned()))
        .collect()
}

fn has_dublin_core(entry: &CleanEntry) -> bool {
    !entry.authors.is_empty() || entry.language.is_some()
}

fn item(entry: &CleanEntry, feed: &CleanFeed) -> Item {
    let mut item = Item {
        title: Some(entry.title.clone()),
        link: entry.url.clone(),
        description: Some(entry.digest.clone()),
        content: Some(entry.content().to_owned()),
        guid: Some(Guid {
            value: entry.id().to_owned(),
            permalink: false,
        }),
        pub_date: Some(date(entry.published)),
        categories: entry
            .topics
            .iter()
            .map(|topic| Category {
                name: topic.clone(),
                domain: feed.topic_scheme(),
            })
            .collect(),
        ..Item::default()
    };
    if has_dublin_core(entry) {
        // `author` would have to be an e-mail address.
        item.dublin_core_ext = Some(DublinCoreExtension {
            creators: entry.authors.clone(),
            languages: entry.language.iter().cloned().collect(),
            ..DublinCoreExtension::default()
        });
    }
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
