//! Entries, whichever are asked for: the newest, those of a feed, those that a
//! search finds.

use super::{
    Choices, Hit, Question, Visit, beside,
    form::{Form, language},
    hit::{feed_path, push_hit, without_text},
    nothing,
    shell::{self, Shell, full, push_alternates, push_subscribe},
    words::{counted, grouped, push_marked, push_way},
};
use crate::{
    channel::{Channel, Scope},
    feed::{
        FeedError,
        border::line,
        html::{
            paths::encoded,
            shell::{push_relation, title_of},
            text::{push_all, push_attribute, push_element},
        },
        place,
    },
};
use std::{borrow::Cow, ops::Range};

/// Entries that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// What was asked for, as it was understood: the page and its feeds are of
    /// this.
    pub question: Question,
    /// The query as it was typed, if nothing has that and another one is shown.
    pub typed: Option<String>,
    /// The feed that this is, if that was asked for by its address.
    pub channel: Option<Channel>,
    /// A page of them, the newest first.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub count: Count,
    /// Where in the order of entries this page begins, if it is not the first:
    /// a cursor.
    pub after: Option<String>,
    /// Where the next page begins, if there may be one.
    pub older: Option<String>,
    /// The part of the feed that this is, where it is shown by parts.
    pub archive: Option<Archive>,
    /// What is wrong with the query as it was typed.
    pub fault: Option<Fault>,
    /// What entries can be narrowed down to.
    pub choices: Choices,
}

/// A part of a feed, and those beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Archive {
    /// Which page of the archive; nothing for the newest entries.
    pub page: Option<u32>,
    /// The page with newer entries, if that is one of the archive.
    pub newer: Option<u32>,
    /// The page with older ones, if there is any.
    pub older: Option<u32>,
}

/// How many entries there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
}

impl Default for Count {
    fn default() -> Self {
        Self::Exactly(0)
    }
}

/// Why a query cannot be answered as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the query.
    pub span: Range<usize>,
    /// What is wrong there.
    pub what: String,
    /// What mends it.
    pub help: String,
}

/// The page of these entries.
///
/// # Errors
///
/// When an entry's id is unfit for a feed.
pub fn listing(visit: Visit, listing: &Listing) -> Result<Vec<u8>, FeedError> {
    let title = listing.title();
    let mut more = String::new();
    let site = visit.site();
    let feed_title = title
        .as_ref()
        .map_or(site.clone(), |title| format!("{title} – {site}"));
    push_alternates(&mut more, visit, &feed_title, |name| listing.feed(name));
    if listing.is_first() && visit.settings.url.is_some() {
        push_relation(&mut more, "canonical", &full(visit, &listing.address(None)));
    }
    if let Some(older) = &listing.older {
        push_relation(&mut more, "next", &listing.address(Some(older)));
    }
    let description = line(&visit.settings.description);
    let as_typed = listing.as_typed();
    let shell = Shell {
        visit,
        title: title.clone(),
        description: if listing.is_front() { &description } else { "" },
        list: None,
        more: &more,
        skip_to: "the entries",
        form: Form {
            question: &as_typed,
            choices: Some(&listing.choices),
        },
        indexed: listing.is_front() || listing.channel.is_some(),
    };
    let mut out = shell.before();
    out.push_str("<div id=\"results\"");
    out.push_str(match listing.question.query.is_empty() {
        true if listing.is_front() && listing.is_first() => " class=\"front\"",
        true => "",
        false => " class=\"found\"",
    });
    if listing.is_first() {
        push_attribute(&mut out, "data-live", visit.published);
        push_attribute(&mut out, "data-at", &listing.address(None));
    }
    push_attribute(&mut out, "data-told", &listing.told());
    out.push_str(">\n");
    listing.push_name(&mut out, &site, &description);
    out.push_str("<div class=\"list\" id=\"list\">\n");
    let settings = without_text(visit.settings);
    for hit in &listing.hits {
        push_hit(&mut out, &settings, hit)?;
    }
    if listing.hits.is_empty() {
        nothing::push_nothing(&mut out, listing);
    }
    out.push_str("</div>\n");
    listing.push_pages(&mut out);
    if listing.is_front() {
        beside::push_ways(&mut out, &listing.choices);
    } else if listing.part().is_none() {
        out.push_str(beside::HELP);
    }
    out.push_str("</div>\n");
    out.push_str(shell::AFTER);
    Ok(out.into_bytes())
}

impl Archive {
    const NONE: Self = Self {
        page: None,
        newer: None,
        older: None,
    };
}

impl Listing {
    /// Whether these are the newest of what was asked for, so that what comes is
    /// shown among them.
    fn is_first(&self) -> bool {
        self.after.is_none() && self.archive_page().is_none()
    }

    /// Whether all entries are asked for.
    pub(super) fn is_front(&self) -> bool {
        self.question.is_empty()
            && self
                .channel
                .as_ref()
                .is_none_or(|of| of.scope == Scope::All)
    }

    /// The feed that this is, as a part of the archive: that of all entries is
    /// none.
    pub(super) fn part(&self) -> Option<&Channel> {
        self.channel.as_ref().filter(|of| of.scope != Scope::All)
    }

    /// What was asked for, as it stands in the form.
    fn as_typed(&self) -> Cow<'_, Question> {
        match &self.typed {
            Some(typed) => Cow::Owned(Question {
                query: typed.clone(),
                ..self.question.clone()
            }),
            None => Cow::Borrowed(&self.question),
        }
    }

    /// What the page is called; nothing where it is as the site.
    fn title(&self) -> Option<Cow<'static, str>> {
        if let Some(channel) = self.part() {
            let name = line(&channel.name);
            return Some(if name.is_empty() {
                Cow::Borrowed("Unnamed")
            } else {
                name.into()
            });
        }
        if let Some(page) = self.archive_page() {
            return Some(format!("Older entries, page {page}").into());
        }
        if !self.question.query.is_empty() {
            return Some(format!("“{}”", line(&self.question.query)).into());
        }
        let filters = self.question.filters();
        let values = filters.iter().map(|(name, value, _)| shown(name, value));
        let values: Vec<String> = values.collect();
        (!values.is_empty()).then(|| values.join(" · ").into())
    }

    /// The address of a page of it, relative to the root.
    fn address(&self, after: Option<&str>) -> String {
        let Some(channel) = self.part() else {
            return self.question.address_after(after);
        };
        let mut query = String::new();
        super::question::push_pair(&mut query, "after", after.unwrap_or_default());
        let path = feed_path(&channel.folder);
        if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        }
    }

    /// The address of a page of the feed's archive.
    fn archived(&self, page: u32) -> String {
        let folder = self.channel.as_ref().map_or("", |channel| &channel.folder);
        feed_path(&place::path(folder, &format!("archive/{page}")))
    }

    /// Which page of an archive this is.
    fn archive_page(&self) -> Option<u32> {
        self.archive.and_then(|archive| archive.page)
    }

    /// The address of a document of the feed that has these entries.
    fn feed(&self, name: &str) -> String {
        match self.part() {
            Some(channel) => encoded(&place::path(&channel.folder, name)).into_owned(),
            None if self.question.is_empty() => name.to_owned(),
            None => self.question.feed(name),
        }
    }

    /// How many there are, in words.
    fn told(&self) -> String {
        match self.count {
            Count::Exactly(0) => "Nothing found".to_owned(),
            Count::Exactly(count) => counted(count, "entry", "entries"),
            Count::AtLeast(count) => format!("{} entries or more", grouped(count)),
        }
    }

    /// Appends what the page is called, what it is of, and how to get it.
    fn push_name(&self, out: &mut String, site: &str, description: &str) {
        out.push_str("<div class=\"name\">\n");
        if let Some(channel) = self.part() {
            out.push_str("<p class=\"kind\">");
            push_way(out, channel.scope.folder(), "", title_of(channel.scope));
            out.push_str("</p>\n");
        }
        match self.title() {
            Some(title) => push_element(out, "h1 dir=\"auto\"", &title),
            None => push_element(out, "h1 dir=\"auto\"", site),
        }
        if let Some(page) = self.archive_page() {
            push_element(
                out,
                "p class=\"about\"",
                &format!("Older entries, page {page}"),
            );
        } else if self.is_front() {
            if !description.is_empty() {
                push_element(out, "p class=\"about\" dir=\"auto\"", description);
            }
        } else {
            push_element(out, "p class=\"about\"", &self.told());
        }
        self.push_instead(out);
        self.push_filters(out);
        self.push_fault(out);
        let to = match (self.part(), self.question.is_empty()) {
            (None, false) => "Subscribe to this search",
            (Some(_), _) => "Subscribe to this feed",
            (None, true) => "Subscribe in a reader",
        };
        push_subscribe(out, to, |name| self.feed(name));
        out.push_str("</div>\n");
    }

    /// Appends what the entries are narrowed down to, and how to see more again.
    fn push_filters(&self, out: &mut String) {
        let filters = self.question.filters();
        if filters.is_empty() || self.part().is_some() {
            return;
        }
        out.push_str("<ul class=\"chosen\" aria-label=\"Filters in use\">");
        for (name, value, without) in filters {
            out.push_str("<li><a");
            push_attribute(out, "href", &without.address());
            push_all(
                out,
                &[
                    "><span class=\"told\">Remove the filter </span>",
                    name,
                    ": ",
                ],
            );
            push_element(out, "bdi", &shown(name, value));
            out.push_str("<span class=\"remove\" aria-hidden=\"true\">×</span></a></li>");
        }
        out.push_str("</ul>\n");
    }

    /// Appends why something else is shown than what was typed. Where that is
    /// faulty, this is told already.
    fn push_instead(&self, out: &mut String) {
        let (Some(typed), None) = (&self.typed, &self.fault) else {
            return;
        };
        out.push_str("<p class=\"about\">Nothing found for ");
        push_element(out, "q dir=\"auto\"", &line(typed));
        out.push_str(" itself, so the last word is taken for the beginning of one.</p>\n");
    }

    /// Appends what is wrong with the query, and where.
    fn push_fault(&self, out: &mut String) {
        let Some(fault) = &self.fault else { return };
        out.push_str("<div class=\"fault\"><p><code>");
        let typed = self.typed.as_ref().unwrap_or(&self.question.query);
        push_marked(out, typed, std::slice::from_ref(&fault.span));
        out.push_str("</code></p><p>");
        let mut what = fault.what.chars();
        let first: String = what
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        push_marked(
            out,
            &format!("{first}{}; {}.", what.as_str(), fault.help),
            &[],
        );
        if !self.hits.is_empty() {
            out.push_str(" Below is what was found without it.");
        }
        out.push_str("</p></div>\n");
    }

    /// Appends the ways to the other pages.
    fn push_pages(&self, out: &mut String) {
        let Archive { page, newer, older } = self.archive.unwrap_or(Archive::NONE);
        let is_first = self.after.is_none() && page.is_none();
        if is_first && self.older.is_none() && older.is_none() {
            return;
        }
        out.push_str("<nav class=\"pages\" aria-label=\"Pages\">");
        if !is_first {
            push_way(out, &self.address(None), "", "Newest");
        }
        if let Some(newer) = newer {
            push_way(out, &self.archived(newer), " rel=\"prev\"", "Newer");
        }
        let older = older.map(|page| self.archived(page));
        let more = self
            .older
            .as_deref()
            .map(|cursor| self.address(Some(cursor)));
        if let Some(older) = more.or(older) {
            let attributes = " class=\"older\" rel=\"next\"";
            push_way(out, &older, attributes, "Older");
        }
        out.push_str("</nav>\n");
    }
}

/// A filter's value as people read it.
fn shown(name: &str, value: &str) -> String {
    match name {
        "Language" => language(value),
        _ => line(value),
    }
}
