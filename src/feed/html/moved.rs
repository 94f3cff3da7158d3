//! The page that is left where a feed's page was before the feed was renamed.

use super::{
    card::push_link,
    paths::{INDEX, Stand},
    shell::{self, Shell, push_meta, push_relation},
    text::push_language,
};
use crate::feed::{body::push_escaped, head::Head, place};

/// The page at a former address of a feed: the head's place is there, and its
/// folder is where the feed is now.
pub(in crate::feed) fn moved(head: &Head) -> Vec<u8> {
    let path = place::path(&head.place.folder, INDEX);
    let stand = Stand {
        url: head.place.url,
        path: &path,
    };
    let now = head.path_of(head.part, INDEX);
    let to = stand.full(&now);
    let mut more = String::new();
    push_relation(&mut more, "canonical", &to);
    push_meta(&mut more, "http-equiv", "refresh", &format!("0; url={to}"));
    let shell = Shell {
        stand,
        site: head.site,
        title: &head.title,
        description: "",
        list: None,
        more: &more,
        skip_to: "where it is now",
    };
    let mut out = shell.before();
    out.push_str("<div class=\"name\">\n<h1");
    push_language(&mut out, head.language.as_deref());
    out.push('>');
    push_escaped(&mut out, &head.title);
    out.push_str("</h1>\n<p class=\"about\">This feed has a new address: ");
    push_link(&mut out, &now, &head.title);
    out.push_str("</p>\n</div>\n");
    out.push_str(shell::AFTER);
    out.into_bytes()
}
