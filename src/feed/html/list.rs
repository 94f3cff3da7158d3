//! The feeds of a scope on one page: by the alphabet, and folders as they lie
//! in each other.
//!
//! A list tells which feeds there are and nothing of what is in them, so that
//! it changes only when a feed is added or renamed.

use super::{
    card::push_link,
    page::push_formats,
    paths::{Stand, index_of},
    shell::{self, Shell, title_of},
    text::{push_all, push_attribute, push_element},
};
use crate::{
    channel::{Channel, Scope},
    feed::{Settings, body::push_escaped, border::line, place},
};
use std::collections::BTreeMap;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// From so many feeds on, a list is in groups by first letters: on a large
/// screen as many are seen at once.
const MANY: usize = 40;

/// The list of the feeds of a scope, which are those of it among `channels`.
pub(in crate::feed) fn list<'a>(
    settings: &Settings,
    scope: Scope,
    channels: impl IntoIterator<Item = &'a Channel>,
) -> Vec<u8> {
    let path = index_of(scope.folder());
    let stand = Stand {
        url: settings.url.as_ref(),
        path: &path,
    };
    let site = line(&settings.title);
    let title = title_of(scope);
    let shell = Shell {
        stand,
        site: &site,
        title: &format!("{title} – {site}"),
        description: "",
        list: Some(scope),
        more: "",
        skip_to: "the feeds",
    };
    let channels = channels.into_iter().filter(|one| one.scope == scope);
    let sorted: BTreeMap<_, _> = channels
        .map(|channel| {
            let name = line(&channel.name);
            ((sort_key(&name), name, &channel.folder), channel)
        })
        .collect();
    let feeds: Vec<Feed> = sorted
        .iter()
        .map(|((key, name, _), channel)| Feed { key, name, channel })
        .collect();

    let mut out = shell.before();
    out.push_str("<div class=\"name\">\n");
    push_element(&mut out, "h1", title);
    push_element(&mut out, "p class=\"about\"", about(scope));
    out.push_str("</div>\n");
    if feeds.is_empty() {
        out.push_str("<section class=\"empty\">\n<h2>None yet</h2>\n");
        push_element(&mut out, "p", how(scope));
        out.push_str("</section>\n");
    } else if scope == Scope::Folder {
        push_tree(&mut out, &feeds);
    } else if feeds.len() >= MANY {
        push_groups(&mut out, &feeds, stand);
    } else {
        push_feeds(&mut out, &feeds);
    }
    out.push_str(shell::AFTER);
    out.into_bytes()
}

pub(super) fn about(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "All entries.",
        Scope::Topic => "A feed for each topic.",
        Scope::Speaker => "A feed for each person who is quoted.",
        Scope::Folder => "A feed for each folder, with the folders in it.",
        Scope::Search => "A feed for each search.",
    }
}

/// How a feed of a scope comes about.
pub(super) fn how(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "Drop an article into the watch folder.",
        Scope::Topic => "A topic gets a feed when a few articles are about it.",
        Scope::Speaker => "A speaker gets a feed when a few articles quote them.",
        Scope::Folder => "A folder in the watch folder gets a feed when a few articles are in it.",
        Scope::Search => "Searches are set up in the configuration file, under [[feed]].",
    }
}

struct Feed<'a> {
    /// What it is sorted by.
    key: &'a str,
    name: &'a str,
    channel: &'a Channel,
}

/// The name as it stands in an alphabet: neither case nor accents count.
pub(in crate::feed) fn sort_key(name: &str) -> String {
    let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
    let key: String = letters.flat_map(char::to_lowercase).collect();
    key.trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// The group that a name stands in: its first letter in an alphabet.
fn group(key: &str) -> String {
    match key.chars().next() {
        Some(c) if c.is_numeric() => "0–9".to_owned(),
        // Ideographs are thousands, each of which would be a group.
        Some('\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..) | None => {
            "…".to_owned()
        }
        Some(c) => c.to_uppercase().collect(),
    }
}

fn push_groups(out: &mut String, feeds: &[Feed], stand: Stand) {
    let groups: Vec<&[Feed]> = feeds
        .chunk_by(|one, next| group(one.key) == group(next.key))
        .collect();
    out.push_str("<nav class=\"letters\" aria-label=\"Letters\">");
    for (at, feeds) in groups.iter().enumerate() {
        out.push_str("<a");
        push_attribute(out, "href", &stand.within(&format!("g{at}")));
        out.push('>');
        push_escaped(out, &group(feeds[0].key));
        out.push_str("</a>");
    }
    out.push_str("</nav>\n");
    for (at, feeds) in groups.iter().enumerate() {
        out.push_str("<section class=\"group\">\n");
        let start = format!("h2 id=\"g{at}\"");
        push_element(out, &start, &group(feeds[0].key));
        out.push('\n');
        push_feeds(out, feeds);
        out.push_str("</section>\n");
    }
}

fn push_feeds(out: &mut String, feeds: &[Feed]) {
    out.push_str("<ul class=\"feeds\">\n");
    for feed in feeds {
        out.push_str("<li>");
        push_feed(out, feed.channel, feed.name);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn push_feed(out: &mut String, channel: &Channel, name: &str) {
    let name = if name.is_empty() { "Unnamed" } else { name };
    out.push_str("<span class=\"feed\"><bdi>");
    push_link(out, &index_of(&channel.folder), name);
    out.push_str("</bdi><span class=\"formats\">");
    push_formats(out, |document| place::path(&channel.folder, document));
    out.push_str("</span></span>");
}

/// Folders in a folder, by what they are sorted by.
#[derive(Default)]
struct Tree<'a> {
    channel: Option<&'a Channel>,
    folders: BTreeMap<(String, &'a str), Tree<'a>>,
}

fn push_tree(out: &mut String, feeds: &[Feed]) {
    let mut root = Tree::default();
    for feed in feeds {
        let mut at = &mut root;
        for name in feed.name.split('/').filter(|name| !name.is_empty()) {
            at = at.folders.entry((sort_key(name), name)).or_default();
        }
        at.channel = Some(feed.channel);
    }
    push_all(out, &["<div class=\"tree\">\n"]);
    push_folders(out, &root);
    out.push_str("</div>\n");
}

fn push_folders(out: &mut String, tree: &Tree) {
    out.push_str("<ul class=\"feeds\">\n");
    for ((_, name), folder) in &tree.folders {
        out.push_str("<li>");
        match folder.channel {
            Some(channel) => push_feed(out, channel, name),
            None => push_element(out, "span class=\"feed\"", name),
        }
        if !folder.folders.is_empty() {
            out.push('\n');
            push_folders(out, folder);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}
