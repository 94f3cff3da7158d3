//! A part of a feed as a page: its newest entries, or a page of its archive.

use super::{
    paths::{INDEX, Stand, encoded, index_of},
    shell::{self, Shell, push_relation, title_of},
    text::{push_all, push_attribute, push_element, push_language},
};
use crate::{
    channel::{Part, Scope},
    feed::{body::push_escaped, head::Head, place},
};

/// The formats that can be subscribed to: the document, what it is called, and
/// its media type.
pub(super) const FORMATS: [(&str, &str, &str); 3] = [
    ("rss.xml", "RSS", "application/rss+xml"),
    ("atom.xml", "Atom", "application/atom+xml"),
    ("feed.json", "JSON Feed", "application/feed+json"),
];

/// A part of a feed as a page, with these cards.
#[cfg(test)]
pub(in crate::feed) fn page(head: &Head, cards: &[&str]) -> Vec<u8> {
    let mut out = before(head);
    if cards.is_empty() {
        out.push_str(&nothing(head));
    }
    push_all(&mut out, cards);
    out.push_str(&after(head));
    out.into_bytes()
}

/// What stands before the cards.
pub(in crate::feed) fn before(head: &Head) -> String {
    let path = place::path(&head.place.folder, INDEX);
    let stand = stand(head, &path);
    let mut more = String::new();
    push_relations(&mut more, head, stand);
    let shell = Shell {
        stand,
        site: head.site,
        title: &title(head),
        description: &head.description,
        list: None,
        more: &more,
        skip_to: "the entries",
    };
    let mut out = shell.before();
    push_name(&mut out, head);
    out
}

/// What stands where the cards would, if there is none.
pub(in crate::feed) fn nothing(head: &Head) -> String {
    let mut out = String::from("<section class=\"empty\">\n<h2>");
    out.push_str(match (head.part, head.scope) {
        (Part::Current, Scope::All) => {
            "Nothing here yet</h2>\n<p>Drop an article into the watch folder: a web page, a text, a \
             document, a mail. A moment later its digest is here, and in every reader that \
             subscribes to the feed above.</p>\n"
        }
        (Part::Current, Scope::Search) => {
            "Nothing here yet</h2>\n<p>No article matches this search so far. The first one that \
             does will be here a moment after it arrives.</p>\n"
        }
        (Part::Current, _) => {
            "Nothing here now</h2>\n<p>The next article will be here a moment after it \
             arrives.</p>\n"
        }
        (Part::Archive(_), _) => {
            "Nothing here yet</h2>\n<p>Newer entries are in the feed itself. The oldest of them \
             come here when it is full.</p>\n"
        }
    });
    out.push_str("</section>\n");
    out
}

/// What stands after the cards.
pub(in crate::feed) fn after(head: &Head) -> String {
    let mut out = String::new();
    let (newer, older) = (head.newer(), head.older());
    if head.part != Part::Current || older.is_some() {
        out.push_str("<nav class=\"pages\" aria-label=\"Pages\">");
        let link = |out: &mut String, part, attributes: &str, text: &str| {
            out.push_str("<a");
            push_attribute(out, "href", &encoded(&head.path_of(part, INDEX)));
            push_all(out, &[attributes, ">", text, "</a>"]);
        };
        if head.part != Part::Current {
            link(&mut out, Part::Current, "", "Newest");
        }
        if let Some(part) = newer {
            link(&mut out, part, " rel=\"prev\"", "Newer");
        }
        if let Some(part) = older {
            link(&mut out, part, " class=\"older\" rel=\"next\"", "Older");
        }
        out.push_str("</nav>\n");
    }
    out.push_str(shell::AFTER);
    out
}

fn stand<'a>(head: &Head<'a>, path: &'a str) -> Stand<'a> {
    Stand {
        url: head.place.url,
        path,
    }
}

/// What browsers call the page.
pub(super) fn title(head: &Head) -> String {
    match head.part {
        Part::Current => head.title.clone(),
        Part::Archive(page) => format!("{} – older entries, page {page}", head.title),
    }
}

/// What the page is called on itself, which cannot be nothing.
pub(super) fn name<'h>(head: &'h Head) -> &'h str {
    let name = match head.scope {
        Scope::All => head.site,
        _ => head.name,
    };
    if name.is_empty() { &head.title } else { name }
}

/// The addresses of the formats, for programs. Who subscribes wants what is
/// new, from whichever page.
pub(super) fn formats(head: &Head) -> Vec<String> {
    let stand = stand(head, "");
    let address = |(name, ..): (&str, _, _)| stand.full(&head.path_of(Part::Current, name));
    FORMATS.map(address).to_vec()
}

/// Appends the ways to the other formats and parts, for programs.
fn push_relations(out: &mut String, head: &Head, stand: Stand) {
    if stand.url.is_some() {
        let own = head.path_of(head.part, INDEX);
        push_relation(out, "canonical", &stand.full(&own));
    }
    for ((_, format, media_type), address) in FORMATS.into_iter().zip(formats(head)) {
        push_all(out, &["<link rel=\"alternate\" type=\"", media_type, "\""]);
        push_attribute(out, "title", &format!("{} ({format})", head.title));
        push_attribute(out, "href", &address);
        out.push_str(">\n");
    }
    for (relation, part) in [("prev", head.newer()), ("next", head.older())] {
        if let Some(part) = part {
            push_relation(out, relation, &stand.full(&head.path_of(part, INDEX)));
        }
    }
}

/// Appends what the feed is called, what it is of, and how to get it.
fn push_name(out: &mut String, head: &Head) {
    out.push_str("<div class=\"name\">\n");
    let of_all = head.scope == Scope::All;
    if !of_all {
        out.push_str("<p class=\"kind\"><a");
        push_attribute(out, "href", &index_of(head.scope.folder()));
        push_all(out, &[">", title_of(head.scope), "</a></p>\n"]);
    }
    out.push_str("<h1");
    // The owner named the site, but topics have the entries' language.
    let language = head.language.as_deref().filter(|_| !of_all);
    push_language(out, language);
    out.push('>');
    push_escaped(out, name(head));
    out.push_str("</h1>\n");
    if let Part::Archive(page) = head.part {
        push_element(
            out,
            "p class=\"about\"",
            &format!("Older entries, page {page}"),
        );
    } else if !head.description.is_empty() {
        push_element(out, "p class=\"about\" dir=\"auto\"", &head.description);
    }
    out.push_str("<p class=\"subscribe\">Subscribe in a reader");
    push_formats(out, |name| head.path_of(Part::Current, name));
    out.push_str("</p>\n</div>\n");
}

/// Appends links to a feed's documents, given their paths by name.
pub(super) fn push_formats(out: &mut String, path: impl Fn(&str) -> String) {
    for (name, format, media_type) in FORMATS {
        out.push_str(" <a class=\"format\"");
        push_attribute(out, "href", &encoded(&path(name)));
        push_all(out, &[" type=\"", media_type, "\">", format, "</a>"]);
    }
}
