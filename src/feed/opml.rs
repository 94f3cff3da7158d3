//! `feeds.opml`: all feeds in one file, for a reader to import (OPML 2.0).
//!
//! It says nothing of when it was made, so it changes only when a feed is added
//! or renamed.

use super::{
    Settings, body,
    border::line,
    html::sort_key,
    place::{self, Place},
};
use crate::channel::{Channel, Scope};
use quick_xml::{Writer, events::BytesText, writer::ElementWriter};
use std::{collections::BTreeMap, io};

/// The document's name in the feeds folder.
pub(super) const NAME: &str = "feeds.opml";

/// Its media type.
pub(super) const MEDIA_TYPE: &str = "text/x-opml";

/// The feeds of a scope by what they are sorted by, name and folder.
type Outlines<'a> = BTreeMap<(String, String, &'a str), &'a Channel>;

/// The feeds, those of a scope together and in the order of their names, which
/// that of `channels` does not change.
pub(super) fn opml<'a>(
    settings: &Settings,
    channels: impl IntoIterator<Item = &'a Channel>,
) -> Vec<u8> {
    let place = Place {
        url: settings.url.as_ref(),
        folder: String::new(),
        query: "",
    };
    let mut scopes: BTreeMap<Scope, Outlines> = BTreeMap::new();
    for channel in channels {
        let outlines = scopes.entry(channel.scope).or_default();
        let name = line(&channel.name);
        outlines.insert((sort_key(&name), name, &channel.folder), channel);
    }
    let site = line(&settings.title);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, &place, &site, &scopes).expect("a vector takes whatever is written");
    let mut out = br#"<?xml version="1.0" encoding="utf-8"?>"#.to_vec();
    out.push(b'\n');
    out.extend(writer.into_inner());
    out.push(b'\n');
    out
}

type Out = Writer<Vec<u8>>;

fn write(
    out: &mut Out,
    place: &Place,
    site: &str,
    scopes: &BTreeMap<Scope, Outlines>,
) -> io::Result<()> {
    let opml = out
        .create_element("opml")
        .with_attribute(("version", "2.0"));
    opml.write_inner_content(|out| {
        out.create_element("head").write_inner_content(|out| {
            let title = out.create_element("title");
            title.write_text_content(BytesText::new(site))?;
            let docs = out.create_element("docs");
            docs.write_text_content(BytesText::new("http://opml.org/spec2.opml"))?;
            Ok(())
        })?;
        out.create_element("body").write_inner_content(|out| {
            for (scope, outlines) in scopes {
                let Some(name) = group(*scope) else {
                    write_feeds(out, place, site, outlines)?;
                    continue;
                };
                let outline = named(out, name);
                outline.write_inner_content(|out| write_feeds(out, place, site, outlines))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// What the feeds of a scope are called together; the feed of all entries
/// stands by itself.
fn group(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::All => None,
        Scope::Topic => Some("Topics"),
        Scope::Speaker => Some("Speakers"),
        Scope::Folder => Some("Folders"),
        Scope::Search => Some("Searches"),
    }
}

fn write_feeds(out: &mut Out, place: &Place, site: &str, outlines: &Outlines) -> io::Result<()> {
    for ((_, name, _), channel) in outlines {
        let name = if name.is_empty() { site } else { name };
        let document = |document: &str| place.to(&place::path(&channel.folder, document));
        let outline = named(out, name).with_attributes([
            ("type", "rss"),
            ("xmlUrl", &*document("rss.xml")),
            ("htmlUrl", &*document("index.html")),
        ]);
        outline.write_empty()?;
    }
    Ok(())
}

/// An outline. Readers show its text, or else its title.
fn named<'w>(out: &'w mut Out, name: &str) -> ElementWriter<'w, Vec<u8>> {
    debug_assert!(
        !name.contains(body::is_dropped),
        "names have passed the border"
    );
    let outline = out.create_element("outline");
    outline.with_attributes([("text", name), ("title", name)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{SiteUrl, check};
    use quick_xml::{Reader, events::Event};

    fn channel(scope: Scope, name: &str, folder: &str) -> Channel {
        Channel {
            id: format!("tag:example.org,2024:{folder}"),
            scope,
            name: name.to_owned(),
            folder: folder.to_owned(),
            former: Vec::new(),
        }
    }

    /// The outlines, each as how many others it is in and its attributes.
    fn check(settings: &Settings, channels: &[Channel]) -> Vec<(usize, Vec<String>)> {
        let bytes = opml(settings, channels);
        assert_eq!(check::well_formed(&bytes), Ok(()));
        let text = String::from_utf8(bytes.clone()).expect("it is UTF-8");
        assert_eq!(
            opml(settings, channels.iter().rev()),
            bytes,
            "the order counts"
        );
        let mut reader = Reader::from_str(&text);
        let (mut depth, mut seen) = (0, Vec::new());
        loop {
            let event = reader.read_event().expect("it is well-formed");
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if tag.name().as_ref() == b"outline" {
                        let value = |one: quick_xml::events::attributes::Attribute| {
                            let raw = str::from_utf8(&one.value).expect("it is UTF-8");
                            quick_xml::escape::unescape(raw)
                                .expect("it is escaped")
                                .into_owned()
                        };
                        let values = tag.attributes().map(|one| value(one.expect("it is fit")));
                        seen.push((depth - 2, values.collect()));
                    }
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
                Event::End(_) => depth -= 1,
                Event::Eof => return seen,
                _ => {}
            }
        }
    }

    #[test]
    fn feeds_stand_by_scope_and_name_with_both_addresses() {
        let channels = [
            channel(Scope::Topic, "zinc", "topics/zinc"),
            channel(Scope::Topic, "Ärzte", "topics/ärzte"),
            channel(Scope::Speaker, "Ada Nordholm", "speakers/ada-nordholm"),
            channel(Scope::All, "", ""),
        ];
        let is = |seen: Vec<(usize, Vec<String>)>, expected: &[(usize, &[&str])]| {
            let seen: Vec<_> = seen
                .iter()
                .map(|(depth, values)| (*depth, values.iter().map(String::as_str).collect()))
                .collect::<Vec<(usize, Vec<&str>)>>();
            let expected: Vec<_> = expected.iter().map(|(d, v)| (*d, v.to_vec())).collect();
            assert_eq!(seen, expected);
        };
        let mut settings = Settings::default();
        let zinc = ["topics/zinc/rss.xml", "topics/zinc/index.html"];
        let arzte = ["topics/ärzte/rss.xml", "topics/ärzte/index.html"];
        let ada = [
            "speakers/ada-nordholm/rss.xml",
            "speakers/ada-nordholm/index.html",
        ];
        is(
            check(&settings, &channels),
            &[
                (0, &["Articles", "Articles", "rss", "rss.xml", "index.html"]),
                (0, &["Topics", "Topics"]),
                (1, &["Ärzte", "Ärzte", "rss", arzte[0], arzte[1]]),
                (1, &["zinc", "zinc", "rss", zinc[0], zinc[1]]),
                (0, &["Speakers", "Speakers"]),
                (1, &["Ada Nordholm", "Ada Nordholm", "rss", ada[0], ada[1]]),
            ],
        );
        settings.url = SiteUrl::parse("https://example.org/feeds").ok();
        let rss = "https://example.org/feeds/rss.xml";
        let page = "https://example.org/feeds/index.html";
        is(
            check(&settings, &channels[3..]),
            &[(0, &["Articles", "Articles", "rss", rss, page])],
        );
        assert!(check(&settings, &[]).is_empty());
    }

    #[test]
    fn names_come_through_as_they_are() {
        let awkward = "R&D <b> \"it's\" &amp; ]]> \u{5e9}\u{200f} \u{1f6a2}";
        let dirty = format!(" \u{0}\u{b}{awkward}\r\n\u{ffff}\u{85}x\u{1b} ");
        let topic = channel(Scope::Topic, &dirty, "topics/r&d \"x\"");
        let seen = check(&Settings::default(), &[topic]);
        let clean = format!("{awkward} x");
        assert_eq!(seen[1].1[..2], [clean.clone(), clean]);
        assert_eq!(seen[1].1[3], "topics/r&d%20%22x%22/rss.xml");
    }
}
