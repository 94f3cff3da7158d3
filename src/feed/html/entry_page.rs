//! The page of one entry: its digest, and the full text.

use super::{
    card::{Card, push_digest, push_facts, push_picture, stamp},
    paths::{INDEX, Stand, is_elsewhere, push_href},
    shell::{self, Shell, push_meta, push_relation},
    text::{own_words, push_all, push_language},
};
use crate::feed::{Settings, body::push_escaped, border::line};

/// The path in the feeds folder of the page of the entry with this slug.
pub(in crate::feed) fn path(slug: &str) -> String {
    format!("entries/{slug}.html")
}

/// The page of an entry.
pub(in crate::feed) fn entry_page(settings: &Settings, card: &Card) -> Vec<u8> {
    let path = path(card.slug);
    let stand = Stand {
        url: settings.url.as_ref(),
        path: &path,
    };
    let site = line(&settings.title);
    let mut more = String::new();
    push_facts_for_programs(&mut more, card, stand, &site, &path);
    let shell = Shell {
        stand,
        site: &site,
        title: &format!("{} – {site}", card.title),
        description: card.summary,
        list: None,
        more: &more,
        skip_to: "the article",
    };
    let mut out = shell.before();
    out.push_str("<article class=\"whole\"");
    push_language(&mut out, card.language);
    out.push_str(">\n<h1>");
    push_escaped(&mut out, card.title);
    out.push_str("</h1>\n");
    push_facts(&mut out, card);
    push_digest(&mut out, card);
    push_picture(&mut out, card.image, "eager");
    if let Some(content) = card.content {
        out.push_str("<div class=\"text\">");
        push_content(&mut out, content);
        out.push_str("</div>\n");
    }
    let own_words = own_words(card.language);
    if let Some(link) = card.link.filter(|link| is_elsewhere(link)) {
        push_all(&mut out, &["<p class=\"original\"", own_words, "><a"]);
        push_href(&mut out, link);
        out.push_str(">Read it where it appeared</a></p>\n");
    }
    out.push_str("</article>\n<nav class=\"pages\" aria-label=\"Pages\"><a href=\"");
    push_all(
        &mut out,
        &[INDEX, "\">All entries</a></nav>\n", shell::AFTER],
    );
    out.into_bytes()
}

/// Appends what search engines and others who show links want to know. `path` is
/// that of the entry's own page.
pub(super) fn push_facts_for_programs(
    out: &mut String,
    card: &Card,
    stand: Stand,
    site: &str,
    path: &str,
) {
    // An article that appeared elsewhere belongs there.
    match card.link.filter(|link| is_elsewhere(link)) {
        Some(link) => push_relation(out, "canonical", link),
        None if stand.url.is_some() => push_relation(out, "canonical", &stand.full(path)),
        None => {}
    }
    for author in &card.authors {
        push_meta(out, "name", "author", author);
    }
    let mut property = |name: &str, content: &str| push_meta(out, "property", name, content);
    property("og:type", "article");
    property("og:title", card.title);
    property("og:site_name", site);
    if !card.summary.is_empty() {
        property("og:description", card.summary);
    }
    if let Some(image) = card.image {
        property("og:image", image);
    }
    if stand.url.is_some() {
        property("og:url", &stand.full(path));
    }
    property("article:published_time", &stamp(card.published));
    if card.updated > card.published {
        property("article:modified_time", &stamp(card.updated));
    }
    for topic in &card.topics {
        property("article:tag", topic.label);
    }
}

/// Appends the full text with its headings below the page's own, without gaps
/// between their levels, and with what is too wide in a box that scrolls.
pub(super) fn push_content(out: &mut String, content: &str) {
    // A `<` is always the start of a tag: everything else is escaped.
    let used = [1, 2, 3, 4, 5, 6].map(|level| content.contains(&format!("<h{level}")));
    let mut rest = content;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        let (tag, after) = tag.split_at(end);
        push_tag(out, tag, used);
        rest = after;
    }
    out.push_str(rest);
}

fn push_tag(out: &mut String, tag: &str, used: [bool; 6]) {
    let name = tag.trim_matches(['<', '>', '/']);
    let name = name.split([' ', '/']).next().unwrap_or_default();
    match (name, name.as_bytes()) {
        (_, [b'h', digit @ b'1'..=b'6']) => {
            let above = usize::from(digit - b'1');
            let outer = used[..above].iter().filter(|used| **used).count();
            let level = (outer + 2).min(6).to_string();
            let start = tag.find(name).unwrap_or_default();
            let rest = &tag[start + name.len()..];
            push_all(out, &[&tag[..start], "h", &level, rest]);
        }
        ("table", _) if tag.starts_with("</") => push_all(out, &[tag, "</section>"]),
        ("table", _) => {
            let scroll = "<section class=\"scroll\" tabindex=\"0\" aria-label=\"Table\">";
            push_all(out, &[scroll, tag]);
        }
        ("img", _) => {
            let rest = tag.strip_prefix("<img").unwrap_or_default();
            let lazy = "<img loading=\"lazy\" decoding=\"async\" referrerpolicy=\"no-referrer\"";
            push_all(
                out,
                &[lazy, rest.trim_end_matches(['/', '>']).trim_end(), ">"],
            );
        }
        _ => out.push_str(tag),
    }
}
