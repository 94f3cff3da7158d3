//! Atom 1.0 (RFC 4287): feeds, and single entries.

use super::{
    archives,
    atom_values::{self as check, Alternates},
    facts::{EntryFacts, Facts, Place, hash, hash_of_all},
    html,
    report::Report,
    rss,
    rules::{Rule, atom as rules},
    values,
    xml::{Space, Tree},
};
use std::collections::{BTreeMap, BTreeSet};

/// What a feed may hold, and whether once only.
const IN_FEED: &[(&str, bool)] = &[
    ("author", false),
    ("category", false),
    ("contributor", false),
    ("generator", true),
    ("icon", true),
    ("id", true),
    ("link", false),
    ("logo", true),
    ("rights", true),
    ("subtitle", true),
    ("title", true),
    ("updated", true),
    ("entry", false),
];

/// The same for an entry.
const IN_ENTRY: &[(&str, bool)] = &[
    ("author", false),
    ("category", false),
    ("content", true),
    ("contributor", false),
    ("id", true),
    ("link", false),
    ("published", true),
    ("rights", true),
    ("source", true),
    ("summary", true),
    ("title", true),
    ("updated", true),
];

/// The entries that were seen so far.
#[derive(Default)]
struct Seen {
    /// By id, when they were changed.
    dates: BTreeSet<(String, Option<i64>)>,
    /// By id, their last change and place.
    newest: BTreeMap<String, Option<i64>>,
    changed: Option<i64>,
}

pub(super) fn check(tree: &Tree, report: &mut Report, facts: &mut Facts) {
    rss::check_languages(tree, report);
    let is_entry = tree.root().is_some_and(|root| root.name == "entry");
    let mut seen = Seen::default();
    if is_entry {
        let entry = check_entry(tree, 0, false, None, &mut seen, report);
        facts.entries.extend(entry);
        return;
    }
    let at = tree.root_at();
    check::children(tree, 0, IN_FEED, report);
    let id = check_id(tree, 0, &rules::FEED_ID, report);
    required(tree, 0, "title", &rules::FEED_TITLE, report);
    let updated = check_date(tree, 0, "updated", Some(&rules::FEED_UPDATED), report);
    let has_author = tree.named(0, Space::Atom, "author").next().is_some();
    check_common(tree, 0, report);
    for name in ["icon", "logo"] {
        for of in tree.named(0, Space::Atom, name) {
            check::address(tree, of, report);
        }
    }
    check::generator(tree, 0, report);
    archives::check(tree, 0, report, facts);
    let mut links = tree.named(0, Space::Atom, "link");
    let names_site = links.any(|link| {
        check::rel(tree, link) == "alternate"
            && tree
                .attribute(link, "href")
                .is_some_and(|href| values::is_web(&href.value))
    });
    if names_site && facts.link("self").is_none() {
        report.add(&rules::SELF_LINK, at, "");
    }
    archives::check_hubs(tree, 0, names_site, report, facts);
    for entry in tree.named(0, Space::Atom, "entry") {
        let entry = check_entry(tree, entry, has_author, id.as_deref(), &mut seen, report);
        facts.entries.extend(entry);
    }
    if let (Some(updated), Some(changed)) = (updated, seen.changed)
        && updated < changed
    {
        let of = tree.named(0, Space::Atom, "updated").next().unwrap_or(0);
        report.add(&rules::STALE, tree.elements[of].at, "");
    }
    for deleted in tree.named(0, Space::Tombstone, "deleted-entry") {
        check_deleted(tree, deleted, &seen, report);
    }
}

/// Judges an entry. What others may contradict is only told of one with an id.
fn check_entry(
    tree: &Tree,
    entry: usize,
    has_author: bool,
    feed: Option<&str>,
    seen: &mut Seen,
    report: &mut Report,
) -> Option<EntryFacts> {
    let at = tree.elements[entry].at;
    check::children(tree, entry, IN_ENTRY, report);
    let id = check_id(tree, entry, &rules::ENTRY_ID, report);
    required(tree, entry, "title", &rules::ENTRY_TITLE, report);
    let updated = check_date(tree, entry, "updated", Some(&rules::ENTRY_UPDATED), report);
    let published = check_date(tree, entry, "published", None, report);
    if let (Some(published), Some(updated)) = (published, updated)
        && updated < published
    {
        let of = tree
            .named(entry, Space::Atom, "updated")
            .next()
            .unwrap_or(entry);
        report.add(&rules::ORDER, tree.elements[of].at, "");
    }
    let of_source = tree
        .named(entry, Space::Atom, "source")
        .any(|source| tree.named(source, Space::Atom, "author").next().is_some());
    let own = tree.named(entry, Space::Atom, "author").next().is_some();
    if !(has_author || own || of_source) {
        report.add(&rules::AUTHOR, at, "");
    }
    let alternates = check_common(tree, entry, report);
    let content = tree.named(entry, Space::Atom, "content").next();
    let needs_summary = content.is_some_and(|content| check::content(tree, content, report));
    if content.is_none() && alternates.is_empty() {
        report.add(&rules::CONTENT, at, "");
    }
    if needs_summary && tree.named(entry, Space::Atom, "summary").next().is_none() {
        report.add(&rules::SUMMARY, at, "");
    }
    seen.changed = seen.changed.max(updated);
    let id = id?;
    if feed == Some(id.as_str()) {
        report.add(&rules::FEED_ENTRY_ID, at, &id);
    }
    if !seen.dates.insert((id.clone(), updated)) {
        report.add(&rules::UNIQUE, at, &id);
    }
    let newest = seen.newest.entry(id.clone()).or_default();
    *newest = (*newest).max(updated);
    let title = tree.named(entry, Space::Atom, "title").next();
    // What HTML means as text is for a reader to say.
    let title = title.filter(|of| check::text_type(tree, *of) == "text");
    let mut terms = Vec::new();
    for category in tree.named(entry, Space::Atom, "category") {
        terms.extend(tree.attribute(category, "term").map(|term| &*term.value));
    }
    Some(EntryFacts {
        place: Place::new(at),
        id: hash(&id),
        title: title.map(|of| hash(tree.text(of).trimmed())),
        link: alternates.first.map(|link| hash(link.trim())),
        published,
        updated,
        categories: Some(hash_of_all(terms.into_iter())),
    })
}

/// What feeds and entries have in common.
fn check_common<'a>(tree: &'a Tree, of: usize, report: &mut Report) -> Alternates<'a> {
    for child in tree.children(of) {
        let element = &tree.elements[child];
        if element.space != Space::Atom {
            continue;
        }
        match element.name {
            "title" | "subtitle" | "summary" | "rights" => check::text(tree, child, report),
            "author" | "contributor" => check::person(tree, child, report),
            "category" => check::category(tree, child, report),
            _ => {}
        }
    }
    check::check_links(tree, of, report)
}

fn check_id(tree: &Tree, of: usize, rule: &'static Rule, report: &mut Report) -> Option<String> {
    let Some(element) = tree.named(of, Space::Atom, "id").next() else {
        report.add(rule, tree.elements[of].at, "");
        return None;
    };
    let text = tree.text(element);
    let id = text.trimmed();
    let at = tree.elements[element].at;
    if !values::is_iri(id) {
        report.add(&rules::ID, at, id);
    } else if !values::is_tag(id) {
        report.add(&rules::TAG, at, id);
    }
    (!id.is_empty()).then(|| id.to_owned())
}

fn required(tree: &Tree, of: usize, name: &'static str, rule: &'static Rule, report: &mut Report) {
    if tree.named(of, Space::Atom, name).next().is_none() {
        report.add(rule, tree.elements[of].at, "");
    }
}

fn check_date(
    tree: &Tree,
    of: usize,
    name: &'static str,
    missing: Option<&'static Rule>,
    report: &mut Report,
) -> Option<i64> {
    let Some(element) = tree.named(of, Space::Atom, name).next() else {
        if let Some(rule) = missing {
            report.add(rule, tree.elements[of].at, "");
        }
        return None;
    };
    check::date(tree, element, report)
}

/// A tombstone, which is one for what was changed last before it.
fn check_deleted(tree: &Tree, of: usize, seen: &Seen, report: &mut Report) {
    let at = tree.elements[of].at;
    let value = |name| tree.attribute(of, name).map(|one| one.value.trim());
    let (id, when) = (value("ref"), value("when"));
    if !id.is_some_and(values::is_iri) {
        report.add(
            &rules::DELETED,
            at,
            &format!("ref={:?}", id.unwrap_or_default()),
        );
    }
    let at_time = when.and_then(super::dates::rfc_3339);
    if at_time.is_none() {
        report.add(
            &rules::DELETED,
            at,
            &format!("when={:?}", when.unwrap_or_default()),
        );
    }
    let newest = id.and_then(|id| seen.newest.get(id));
    if let (Some(Some(updated)), Some(when)) = (newest, at_time)
        && *updated <= when.as_second()
    {
        report.add(&rules::DELETED_THERE, at, id.unwrap_or_default());
    }
}

/// The plain text of a title that is not text.
pub(super) fn check_html(tree: &Tree, of: usize, report: &mut Report) {
    html::check(&tree.text(of), report);
}
