//! JSON Feed 1.1, and 1 where they differ.

use super::{
    Kind, dates,
    facts::{EntryFacts, Facts, Place, hash, hash_of_all},
    html,
    json_tree::{self, Is, Value},
    report::Report,
    rules::{atom, file, json as rules},
    source::Text,
    values::{self, Address},
};
use std::collections::BTreeSet;

/// What a value may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Html,
    Plain,
    Address,
    /// An address that may be relative where feeds are read from disk.
    Page,
    Date,
    Language,
    Authors,
    Author,
    Tags,
    Attachments,
    Bool,
    /// Judged by itself.
    Own,
}

const IN_FEED: &[(&str, Form)] = &[
    ("version", Form::Own),
    ("title", Form::Plain),
    ("home_page_url", Form::Address),
    ("feed_url", Form::Address),
    ("description", Form::Text),
    ("user_comment", Form::Text),
    ("next_url", Form::Page),
    ("icon", Form::Address),
    ("favicon", Form::Address),
    ("authors", Form::Authors),
    ("author", Form::Author),
    ("language", Form::Language),
    ("expired", Form::Bool),
    ("hubs", Form::Own),
    ("items", Form::Own),
];

const IN_ITEM: &[(&str, Form)] = &[
    ("id", Form::Own),
    ("url", Form::Address),
    ("external_url", Form::Address),
    ("title", Form::Plain),
    ("content_html", Form::Html),
    ("content_text", Form::Text),
    ("summary", Form::Text),
    ("image", Form::Address),
    ("banner_image", Form::Address),
    ("date_published", Form::Date),
    ("date_modified", Form::Date),
    ("authors", Form::Authors),
    ("author", Form::Author),
    ("tags", Form::Tags),
    ("language", Form::Language),
    ("attachments", Form::Attachments),
];

const VERSION: &str = "https://jsonfeed.org/version/1.1";
const OLD: &str = "https://jsonfeed.org/version/1";

pub(super) fn check(text: &str, report: &mut Report, facts: &mut Facts) -> Option<Kind> {
    let feed = json_tree::read(text, report)?;
    let version = feed.get("version");
    let named = version
        .and_then(Value::text)
        .map(|text| text.value.as_str());
    let is_ours = named.is_some_and(|named| named.contains("jsonfeed.org"));
    if !is_ours && feed.get("items").is_none() {
        report.add(&file::UNKNOWN, feed.at, feed.name());
        return None;
    }
    let at = version.map_or(feed.at, |version| version.at);
    match named {
        Some(VERSION) => {}
        Some(OLD) => report.add(&rules::OLD, at, OLD),
        other => report.add(&rules::VERSION, at, other.unwrap_or_default()),
    }
    let is_new = named != Some(OLD);
    members(&feed, IN_FEED, is_new, report);
    if feed.get("title").is_none() {
        report.add(&rules::TITLE, feed.at, "");
    }
    let address = |key| {
        let value = feed.get(key)?;
        Some((Place::new(value.at), value.text()?.trimmed().to_owned()))
    };
    for (rel, key) in [("self", "feed_url"), ("next", "next_url")] {
        facts
            .links
            .extend(address(key).map(|(place, to)| (rel, place, to)));
    }
    let on_web = address("home_page_url").is_some_and(|(_, home)| values::is_web(&home));
    match (address("feed_url"), address("next_url")) {
        (None, _) if on_web => report.add(&rules::FEED_URL, feed.at, ""),
        (Some((_, own)), Some((place, next))) if own == next => {
            report.add(&rules::NEXT_URL, place.at, &next);
        }
        _ => {}
    }
    if let Some(hubs) = feed.get("hubs") {
        let hubs = list(hubs, report);
        if let Some(first) = hubs.first()
            && address("feed_url").is_none()
            && !on_web
        {
            report.add(&atom::HUB_SELF, first.at, "");
        }
        for hub in hubs {
            let url = hub.get("url").and_then(Value::text);
            if let Some(url) = url.filter(|url| !values::is_web(url.trimmed())) {
                report.add(&atom::HUB_ADDRESS, hub.at, url.trimmed());
            }
            for key in ["type", "url"] {
                if hub.get(key).and_then(Value::text).is_none() {
                    report.add(&rules::TYPE, hub.at, &format!("a hub without {key}"));
                }
            }
        }
    }
    match feed.get("items").map(|items| &items.is) {
        Some(Is::List(items)) => {
            let mut ids = BTreeSet::new();
            for item in items {
                facts
                    .entries
                    .extend(check_item(item, is_new, &mut ids, report));
            }
        }
        _ => report.add(&rules::ITEMS, feed.at, ""),
    }
    Some(Kind::Json)
}

/// Judges an item. What others may contradict is only told of one with an id.
fn check_item(
    item: &Value,
    is_new: bool,
    ids: &mut BTreeSet<String>,
    report: &mut Report,
) -> Option<EntryFacts> {
    if !matches!(item.is, Is::Object(_)) {
        wrong(item, "an object", report);
        return None;
    }
    members(item, IN_ITEM, is_new, report);
    if item
        .get("content_html")
        .or(item.get("content_text"))
        .is_none()
    {
        report.add(&rules::CONTENT, item.at, "");
    }
    let date = |key| {
        let text = item.get(key)?.text()?;
        dates::rfc_3339(text.trimmed()).map(jiff::Timestamp::as_second)
    };
    let (published, updated) = (date("date_published"), date("date_modified"));
    if let (Some(published), Some(updated)) = (published, updated)
        && updated < published
    {
        let at = item.get("date_modified").map_or(item.at, |value| value.at);
        report.add(&rules::ORDER, at, "");
    }
    let id = check_id(item, ids, report)?;
    let text = |key| item.get(key).and_then(Value::text);
    let tags = match item.get("tags").map(|tags| &tags.is) {
        Some(Is::List(tags)) => tags.as_slice(),
        _ => &[],
    };
    let tags = tags.iter().filter_map(Value::text).map(|tag| &*tag.value);
    Some(EntryFacts {
        place: Place::new(item.at),
        id: hash(&id),
        title: text("title").map(|title| hash(title.trimmed())),
        link: text("url").map(|url| hash(url.trimmed())),
        published,
        updated,
        categories: Some(hash_of_all(tags)),
    })
}

fn check_id(item: &Value, ids: &mut BTreeSet<String>, report: &mut Report) -> Option<String> {
    let Some(id) = item.get("id") else {
        report.add(&rules::ID, item.at, "");
        return None;
    };
    let Some(text) = id.text() else {
        report.add(&rules::ID_STRING, id.at, id.name());
        return None;
    };
    if text.trimmed().is_empty() {
        report.add(&rules::ID, id.at, "");
        return None;
    }
    if !values::is_tag(&text.value) {
        report.add(&atom::TAG, id.at, &text.value);
    }
    if !ids.insert(text.value.clone()) {
        report.add(&rules::UNIQUE, id.at, &text.value);
    }
    Some(text.trimmed().to_owned())
}

/// Judges the members of an object by a table.
fn members(of: &Value, known: &[(&str, Form)], is_new: bool, report: &mut Report) {
    let Is::Object(members) = &of.is else { return };
    for (key, at, value) in members {
        match known.iter().find(|(name, _)| *name == key.value) {
            Some((_, form)) => check_value(&key.value, value, *form, is_new, report),
            None if key.value.starts_with('_') => {}
            None => report.add(&rules::UNKNOWN, *at, &key.value),
        }
    }
}

fn check_value(key: &str, value: &Value, form: Form, is_new: bool, report: &mut Report) {
    match form {
        Form::Own => {}
        Form::Bool if matches!(value.is, Is::Bool) => {}
        Form::Bool => wrong(value, "true or false", report),
        Form::Authors => {
            for author in list(value, report) {
                check_author(author, report);
            }
        }
        Form::Author => {
            if is_new {
                report.add(&rules::AUTHOR, value.at, "");
            }
            check_author(value, report);
        }
        Form::Tags => {
            for tag in list(value, report) {
                if tag.text().is_none() {
                    wrong(tag, "a string", report);
                }
            }
        }
        Form::Attachments => {
            for attachment in list(value, report) {
                check_attachment(attachment, report);
            }
        }
        _ => match value.text() {
            None => wrong(value, "a string", report),
            Some(text) => match form {
                Form::Html => html::check(text, report),
                Form::Plain => html::check_plain(text, report),
                Form::Address | Form::Page => {
                    let is_good = match values::address(&text.value) {
                        Address::Absolute => true,
                        Address::Relative => form == Form::Page && !text.trimmed().is_empty(),
                        Address::Broken => false,
                    };
                    if !is_good {
                        report.add(
                            &rules::ADDRESS,
                            value.at,
                            &format!("{key}: {:?}", text.value),
                        );
                    }
                }
                Form::Date if dates::rfc_3339(text.trimmed()).is_none() => {
                    report.add(&rules::DATE, value.at, &text.value);
                }
                Form::Language if !values::is_language(&text.value) => {
                    report.add(&rules::LANGUAGE, value.at, &text.value);
                }
                _ => {}
            },
        },
    }
}

fn check_author(author: &Value, report: &mut Report) {
    let known = ["name", "url", "avatar"];
    let Is::Object(_) = author.is else {
        return wrong(author, "an object", report);
    };
    let has = |key: &&str| author.get(key).and_then(Value::text).is_some();
    if !known.iter().any(has) {
        report.add(&rules::AUTHOR_EMPTY, author.at, "");
    }
    for key in ["url", "avatar"] {
        if let Some(value) = author.get(key) {
            check_value(key, value, Form::Address, true, report);
        }
    }
}

fn check_attachment(attachment: &Value, report: &mut Report) {
    let text = |key| attachment.get(key).and_then(Value::text).map(Text::trimmed);
    let url = text("url");
    if !url.is_some_and(|url| values::address(url) == Address::Absolute) {
        report.add(&rules::ATTACHMENT, attachment.at, "url");
    }
    if !text("mime_type").is_some_and(values::is_media_type) {
        report.add(&rules::ATTACHMENT, attachment.at, "mime_type");
    }
    for key in ["size_in_bytes", "duration_in_seconds"] {
        if let Some(value) = attachment.get(key)
            && !matches!(value.is, Is::Number)
        {
            wrong(value, "a number", report);
        }
    }
}

fn list<'a>(value: &'a Value, report: &mut Report) -> &'a [Value] {
    if let Is::List(values) = &value.is {
        values
    } else {
        wrong(value, "a list", report);
        &[]
    }
}

fn wrong(value: &Value, meant: &str, report: &mut Report) {
    let detail = format!("{} where {meant} is meant", value.name());
    report.add(&rules::TYPE, value.at, &detail);
}
