//! `feeds.opml`: all feeds in one file, for a reader to import (OPML 2.0).

use super::{
    Settings,
    body::push_escaped,
    place::{Place, path},
};
use crate::channel::Channel;

/// The document's name in the feeds folder.
pub(super) const NAME: &str = "feeds.opml";

/// Its media type.
pub(super) const MEDIA_TYPE: &str = "text/x-opml";

/// The feeds, in the order of their names.
pub(super) fn opml<'a>(
    settings: &Settings,
    channels: impl IntoIterator<Item = &'a Channel>,
) -> Vec<u8> {
    let place = Place {
        url: settings.url.as_ref(),
        folder: String::new(),
    };
    let mut out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\"><head/><body>\n"
            .to_owned();
    for channel in channels {
        out.push_str("<outline type=\"rss\" text=\"");
        push_escaped(&mut out, &channel.name.replace('"', "”"));
        out.push_str("\" xmlUrl=\"");
        push_escaped(&mut out, &place.to(&path(&channel.folder, "rss.xml")));
        out.push_str("\"/>\n");
    }
    out.push_str("</body></opml>\n");
    out.into_bytes()
}
