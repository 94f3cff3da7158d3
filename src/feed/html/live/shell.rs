//! What all pages of a server have around what they are there for.

use super::{Visit, assets, form};
use crate::{
    channel::Scope,
    feed::html::{
        card::push_link,
        paths::{Stand, encoded},
        shell::{ICON, push_meta, push_relation, title_of},
        text::{push_all, push_attribute, push_element},
    },
};
use std::borrow::Cow;

/// The lists that lead on, in their order.
const LISTED: [Scope; 4] = [Scope::Topic, Scope::Speaker, Scope::Folder, Scope::Search];

/// The root of the server, relative to itself.
const ROOT: &str = "./";

/// What stands around a page.
pub(super) struct Shell<'a> {
    pub(super) visit: Visit<'a>,
    /// What browsers call the page, before the name of the site.
    pub(super) title: Option<Cow<'a, str>>,
    pub(super) description: &'a str,
    /// The scope whose list the page is.
    pub(super) list: Option<Scope>,
    /// Elements for the document's head.
    pub(super) more: &'a str,
    /// What the page is there for, in a word.
    pub(super) skip_to: &'a str,
    /// The form that searches.
    pub(super) form: form::Form<'a>,
    /// Whether search engines may list the page: a search is no page of theirs.
    pub(super) indexed: bool,
}

impl Shell<'_> {
    /// Everything up to what the page is there for.
    pub(super) fn before(&self) -> String {
        let site = self.visit.site();
        let mut out = String::with_capacity(32 * 1024);
        out.push_str(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<base",
        );
        push_attribute(&mut out, "href", &base(self.visit.path));
        out.push_str(">\n");
        let viewport = "width=device-width, initial-scale=1";
        push_meta(&mut out, "name", "viewport", viewport);
        match &self.title {
            Some(title) => push_element(&mut out, "title", &format!("{title} – {site}")),
            None => push_element(&mut out, "title", &site),
        }
        out.push('\n');
        if !self.description.is_empty() {
            push_meta(&mut out, "name", "description", self.description);
        }
        if !self.indexed {
            push_meta(&mut out, "name", "robots", "noindex");
        }
        push_meta(&mut out, "name", "color-scheme", "light dark");
        push_meta(&mut out, "name", "referrer", "no-referrer");
        push_meta(&mut out, "name", "generator", "feedwright");
        push_all(&mut out, &["<link rel=\"icon\" href=\"", ICON, "\">\n"]);
        let [style, script] = assets();
        push_relation(&mut out, "stylesheet", &style.name);
        out.push_str(self.more);
        push_all(
            &mut out,
            &[
                "<script src=\"",
                &script.name,
                "\" defer></script>\n</head>\n",
            ],
        );
        self.push_masthead(&mut out, &site);
        out
    }

    fn push_masthead(&self, out: &mut String, site: &str) {
        out.push_str("<body>\n<a class=\"skip\"");
        push_attribute(out, "href", &within(self.visit, "main"));
        push_all(out, &[">Skip to ", self.skip_to, "</a>\n"]);
        out.push_str("<header class=\"masthead\">\n<bdi class=\"site\">");
        push_link(out, ROOT, site);
        out.push_str("</bdi>\n<nav aria-label=\"Lists\">");
        for scope in LISTED {
            out.push_str("<a");
            push_attribute(out, "href", scope.folder());
            if self.list == Some(scope) {
                out.push_str(" aria-current=\"page\"");
            }
            push_all(out, &[">", title_of(scope), "</a>"]);
        }
        out.push_str("</nav>\n");
        self.form.push(out);
        out.push_str("</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }
}

/// The end of every page.
pub(super) const AFTER: &str = "</main>\n<footer class=\"foot\"><a href=\"feeds.opml\">All feeds \
    in one file</a>, to import into a reader</footer>\n</body>\n</html>\n";

/// The root of the server as seen from a path.
fn base(path: &str) -> String {
    match path.matches('/').count() {
        0 => ROOT.to_owned(),
        depth => "../".repeat(depth),
    }
}

/// The address of a place in the page itself. It names the page, since it would
/// be at the root otherwise.
pub(super) fn within(visit: Visit, id: &str) -> String {
    let path = match visit.path {
        "" => Cow::Borrowed(ROOT),
        path => encoded(path),
    };
    if visit.query.is_empty() {
        format!("{path}#{id}")
    } else {
        format!("{path}?{}#{id}", visit.query)
    }
}

/// Where the page stands.
pub(super) fn stand(visit: Visit<'_>) -> Stand<'_> {
    Stand {
        url: visit.settings.url.as_ref(),
        path: visit.path,
    }
}

/// Appends the formats that can be subscribed to, for programs. `address` makes
/// that of a document of the feed, which is an address already.
pub(super) fn push_alternates(
    out: &mut String,
    visit: Visit,
    title: &str,
    address: impl Fn(&str) -> String,
) {
    for (name, format, media_type) in crate::feed::html::page::FORMATS {
        push_all(out, &["<link rel=\"alternate\" type=\"", media_type, "\""]);
        push_attribute(out, "title", &format!("{title} ({format})"));
        push_attribute(out, "href", &full(visit, &address(name)));
        out.push_str(">\n");
    }
}

/// An address in full where that is possible, given one relative to the root.
pub(super) fn full(visit: Visit, address: &str) -> String {
    match &visit.settings.url {
        Some(url) => url.join(address.strip_prefix(ROOT).unwrap_or(address)),
        None => address.to_owned(),
    }
}

/// Appends links to the formats that can be subscribed to.
pub(super) fn push_subscribe(out: &mut String, to: &str, address: impl Fn(&str) -> String) {
    push_all(out, &["<p class=\"subscribe\">", to]);
    for (name, format, media_type) in crate::feed::html::page::FORMATS {
        out.push_str(" <a class=\"format\"");
        push_attribute(out, "href", &address(name));
        push_all(out, &[" type=\"", media_type, "\">", format, "</a>"]);
    }
    out.push_str("</p>\n");
}
