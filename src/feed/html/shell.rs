//! What all pages have around what they are there for.

use super::{
    card::push_link,
    paths::{INDEX, Stand, index_of},
    text::{push_all, push_attribute, push_element},
};
use crate::channel::Scope;

/// The looks of every page.
pub(super) const STYLE: &str = include_str!("style.css");

/// A quotation mark in the page's color, and so no question for an icon to the
/// site.
pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20\
    viewBox='0%200%2032%2032'%3E%3Crect%20width='32'%20height='32'%20rx='7'%20\
    fill='%230b5a6b'/%3E%3Cpath%20fill='%23fff'%20d='M14%209c-4%201-7%204-7%209v5h7v-7h-3\
    c0-2%201-4%203-4zm11%200c-4%201-7%204-7%209v5h7v-7h-3c0-2%201-4%203-4z'/%3E%3C/svg%3E";

/// Browsers are told to keep to what pages promise, whatever an article brought
/// along.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; \
    form-action 'none'";

/// What stands around a page.
pub(super) struct Shell<'a> {
    pub(super) stand: Stand<'a>,
    /// The name of the site.
    pub(super) site: &'a str,
    /// What browsers call the page.
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// The scope whose list the page is.
    pub(super) list: Option<Scope>,
    /// Elements for the document's head.
    pub(super) more: &'a str,
    /// What the page is there for, in a word, for those who want to get there
    /// without hearing all before it.
    pub(super) skip_to: &'a str,
}

impl Shell<'_> {
    /// Everything up to what the page is there for.
    pub(super) fn before(&self) -> String {
        let mut out = String::with_capacity(16 * 1024);
        out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        push_meta(&mut out, "http-equiv", "Content-Security-Policy", POLICY);
        let base = self.stand.base();
        if !base.is_empty() {
            out.push_str("<base");
            push_attribute(&mut out, "href", &base);
            out.push_str(">\n");
        }
        let viewport = "width=device-width, initial-scale=1";
        push_meta(&mut out, "name", "viewport", viewport);
        push_element(&mut out, "title", self.title);
        out.push('\n');
        if !self.description.is_empty() {
            push_meta(&mut out, "name", "description", self.description);
        }
        push_meta(&mut out, "name", "color-scheme", "light dark");
        push_meta(&mut out, "name", "referrer", "no-referrer");
        push_meta(&mut out, "name", "generator", "feedwright");
        push_all(&mut out, &["<link rel=\"icon\" href=\"", ICON, "\">\n"]);
        out.push_str(self.more);
        push_all(&mut out, &["<style>\n", STYLE, "</style>\n</head>\n"]);
        self.push_masthead(&mut out);
        out
    }

    fn push_masthead(&self, out: &mut String) {
        out.push_str("<body>\n<a class=\"skip\"");
        push_attribute(out, "href", &self.stand.within("main"));
        push_all(out, &[">Skip to ", self.skip_to, "</a>\n"]);
        out.push_str("<header class=\"masthead\">\n");
        // The first page has the site's name as its heading.
        if self.stand.path != INDEX {
            out.push_str("<bdi class=\"site\">");
            push_link(out, INDEX, self.site);
            out.push_str("</bdi>\n");
        }
        out.push_str("<nav aria-label=\"Feeds\">");
        for scope in LISTED {
            out.push_str("<a");
            push_attribute(out, "href", &index_of(scope.folder()));
            if self.list == Some(scope) {
                out.push_str(" aria-current=\"page\"");
            }
            push_all(out, &[">", title_of(scope), "</a>"]);
        }
        out.push_str("</nav>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }
}

/// The end of every page.
pub(super) const AFTER: &str = "</main>\n<footer class=\"foot\"><a href=\"feeds.opml\">All feeds \
    in one file</a>, to import into a reader</footer>\n</body>\n</html>\n";

/// The scopes that have lists, in the order of the ways to them.
pub(super) const LISTED: [Scope; 4] = [Scope::Topic, Scope::Speaker, Scope::Folder, Scope::Search];

/// What a list of the feeds of a scope is called.
pub(super) fn title_of(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "Everything",
        Scope::Topic => "Topics",
        Scope::Speaker => "Speakers",
        Scope::Folder => "Folders",
        Scope::Search => "Searches",
    }
}

/// Appends a `meta` element. `kind` is the attribute that names what it says.
pub(super) fn push_meta(out: &mut String, kind: &str, name: &str, content: &str) {
    push_all(out, &["<meta ", kind, "=\"", name, "\""]);
    push_attribute(out, "content", content);
    out.push_str(">\n");
}

/// Appends a `link` element of the document's head.
pub(super) fn push_relation(out: &mut String, relation: &str, to: &str) {
    push_all(out, &["<link rel=\"", relation, "\""]);
    push_attribute(out, "href", to);
    out.push_str(">\n");
}
