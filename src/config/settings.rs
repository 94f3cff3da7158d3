//! The table of settings, and how a file is checked against it.

use super::{
    Config, Fault,
    topics::{self, Wrong},
};
use crate::{feed, read::Books, watch::Mode};
use jiff::SignedDuration;
use std::{ops::Range, path::PathBuf, time::Duration};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One setting.
struct Setting {
    section: &'static str,
    key: &'static str,
    take: Take,
}

/// Takes a value in.
enum Take {
    /// One value; or says what it has to be.
    One(fn(&mut Config, &DeValue<'_>) -> Result<(), String>),
    /// Many in one; or says what is wrong with them.
    Many(fn(&mut Config, &Spanned<DeValue<'_>>) -> Result<(), Vec<Wrong>>),
}

/// Every setting. `config.toml` shows them all with their defaults.
const SETTINGS: &[Setting] = &[
    setting("site", "title", |c, v| {
        text(v).map(|text| c.feed.title = text)
    }),
    setting("site", "description", |c, v| {
        words(v).map(|text| c.feed.description = text)
    }),
    setting("site", "url", |c, v| address(v, c)),
    setting("site", "author", |c, v| {
        words(v).map(|text| c.feed.author = some(text))
    }),
    setting("site", "language", |c, v| {
        language(v).map(|tag| c.feed.language = tag)
    }),
    setting("watch", "folder", |c, v| {
        folder(v).map(|path| c.service.watch_folder = path)
    }),
    setting("watch", "mode", |c, v| {
        mode(v).map(|mode| c.watch.mode = mode)
    }),
    setting("watch", "poll-interval", |c, v| {
        duration(v).map(|time| c.watch.poll_interval = time)
    }),
    setting("watch", "max-file-size", |c, v| {
        size(v).map(|bytes| c.service.max_file_size = bytes)
    }),
    setting("feeds", "folder", |c, v| {
        folder(v).map(|path| c.service.feeds_folder = path)
    }),
    setting("feeds", "max-entries", |c, v| {
        number(v, 1, 1000).map(|number| c.feed.max_entries = number)
    }),
    setting("read", "books", |c, v| {
        books(v).map(|books| c.read.books = books)
    }),
    setting("digest", "summary-length", |c, v| {
        number(v, 80, 5000).map(|number| c.digest.summary_length = number)
    }),
    setting("topics", "max", |c, v| {
        number(v, 0, 50).map(|number| {
            c.digest.show_topics(number);
            c.feed.max_topics = number;
        })
    }),
    many("topics", "alias", topics::alias),
    many("topics", "never", topics::never),
    many("topics", "always-if", topics::always_if),
    setting("state", "folder", |c, v| {
        folder(v).map(|path| c.service.state_folder = path)
    }),
];

const fn setting(
    section: &'static str,
    key: &'static str,
    take: fn(&mut Config, &DeValue<'_>) -> Result<(), String>,
) -> Setting {
    let take = Take::One(take);
    Setting { section, key, take }
}

const fn many(
    section: &'static str,
    key: &'static str,
    take: fn(&mut Config, &Spanned<DeValue<'_>>) -> Result<(), Vec<Wrong>>,
) -> Setting {
    let take = Take::Many(take);
    Setting { section, key, take }
}

/// What a setting was called, and what it is called now.
const MOVED: &[(&str, &str)] = &[("max-topics", "`max` under `[topics]`")];

/// Every setting's section and key, in the order of the documentation.
pub fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    SETTINGS
        .iter()
        .map(|setting| (setting.section, setting.key))
}

pub(super) fn parse(text: &str) -> Result<Config, Vec<Fault>> {
    // Editors on Windows begin a file with a mark that TOML does not know; it
    // is three bytes, which every place moves by.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let (root, errors) = DeTable::parse_recoverable(&text[mark..]);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| syntax(error, text.len()))
        .collect();
    let mut config = Config::default();
    if faults.is_empty() {
        sections(root.get_ref(), &mut config, &mut faults);
    }
    if faults.is_empty()
        && let Some(DeValue::Table(section)) = root.get_ref().get("topics").map(Spanned::get_ref)
    {
        let idle = topics::idle(section, &config).into_iter();
        faults.extend(idle.map(|(key, wrong)| fault("topics", key, wrong)));
    }
    if faults.is_empty() {
        return Ok(config);
    }
    for fault in &mut faults {
        fault.span = fault.span.start + mark..fault.span.end + mark;
    }
    faults.sort_by_key(|fault| fault.span.start);
    Err(faults)
}

fn sections(root: &DeTable<'_>, config: &mut Config, faults: &mut Vec<Fault>) {
    for (name, value) in root {
        let known = SETTINGS
            .iter()
            .any(|setting| setting.section == name.get_ref());
        match value.get_ref() {
            DeValue::Table(table) if known => {
                for (key, value) in table {
                    faults.extend(take(name.get_ref(), key, value, config));
                }
            }
            value if known => faults.push(Fault {
                span: name.span(),
                title: format!("`{}` is a section, not a setting", name.get_ref()),
                label: format!("{} stands here", kind(value)),
                help: format!("write `[{}]` on a line of its own", name.get_ref()),
            }),
            DeValue::Table(_) => faults.push(unknown_section(name)),
            _ => faults.push(unknown_key(None, name)),
        }
    }
}

/// Takes a setting in; all that is wrong with it is given.
fn take(
    section: &str,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    config: &mut Config,
) -> Vec<Fault> {
    let named = |setting: &&Setting| setting.section == section && setting.key == key.get_ref();
    let Some(setting) = SETTINGS.iter().find(named) else {
        return vec![unknown_key(Some(section), key)];
    };
    let wrong = match setting.take {
        Take::One(take) => match take(config, value.get_ref()) {
            Ok(()) => return Vec::new(),
            Err(help) => vec![Wrong {
                span: value.span(),
                label: format!("{} stands here", kind(value.get_ref())),
                help,
            }],
        },
        Take::Many(take) => take(config, value).err().unwrap_or_default(),
    };
    let fault = |wrong| fault(section, setting.key, wrong);
    wrong.into_iter().map(fault).collect()
}

fn fault(section: &str, key: &str, wrong: Wrong) -> Fault {
    Fault {
        span: wrong.span,
        title: format!("`{section}.{key}` cannot be this"),
        label: wrong.label,
        help: wrong.help,
    }
}

/// What a value is, in words for people who know no TOML.
pub(super) fn kind(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "text in quotation marks".to_owned(),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(is) => format!("`{is}`"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn syntax(error: &toml::de::Error, end: usize) -> Fault {
    let span = error.span().unwrap_or(end..end);
    // An empty place at the very end cannot be pointed at.
    let span = if span.is_empty() {
        span.start..(span.start + 1).min(end)
    } else {
        span
    };
    Fault {
        span,
        title: "this is not TOML".to_owned(),
        label: error.message().to_owned(),
        help: if error.message() == "duplicate key" {
            "it stands above already; leave one of the two out".to_owned()
        } else {
            "a setting is written `key = \"text\"` or `key = 5`, under its `[section]`".to_owned()
        },
    }
}

fn unknown_section(name: &Spanned<std::borrow::Cow<'_, str>>) -> Fault {
    let sections = || SETTINGS.iter().map(|setting| setting.section);
    let mut all: Vec<_> = sections().collect();
    all.dedup();
    let help = match nearest(name.get_ref(), sections()) {
        Some(near) => format!("did you mean `[{near}]`?"),
        None => format!("the sections are {}", all.join(", ")),
    };
    fault_at(name, "unknown section", help)
}

fn unknown_key(section: Option<&str>, name: &Spanned<std::borrow::Cow<'_, str>>) -> Fault {
    let here = || {
        let settings = SETTINGS.iter();
        let here = settings.filter(move |setting| Some(setting.section) == section);
        here.map(|setting| setting.key)
    };
    let is_moved = |(old, _): &&(&str, &str)| *old == name.get_ref();
    if let Some((_, now)) = MOVED.iter().find(is_moved) {
        let help = format!("write {now}: it has moved there");
        return fault_at(name, "unknown setting", help);
    }
    let elsewhere = SETTINGS
        .iter()
        .find(|setting| setting.key == name.get_ref());
    let help = match (nearest(name.get_ref(), here()), elsewhere, section) {
        (_, Some(other), _) => format!("`{}` belongs under `[{}]`", other.key, other.section),
        (Some(near), ..) => format!("did you mean `{near}`?"),
        (None, None, Some(section)) => {
            format!("[{section}] has {}", here().collect::<Vec<_>>().join(", "))
        }
        (None, None, None) => match nearest(name.get_ref(), keys().map(|(_, key)| key)) {
            Some(near) => format!("did you mean `{near}`? It stands under a `[section]`"),
            None => "every setting stands under a `[section]`".to_owned(),
        },
    };
    fault_at(name, "unknown setting", help)
}

fn fault_at(name: &Spanned<std::borrow::Cow<'_, str>>, what: &str, help: String) -> Fault {
    Fault {
        span: name.span(),
        title: format!("{what} `{}`", name.get_ref()),
        label: "not known".to_owned(),
        help,
    }
}

/// The most alike of some names, if it is alike enough to be a slip.
fn nearest<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// `foldr` for `folder` is at .95, `maxtopics` for `max-topics` at .98;
    /// words that have nothing to do with each other stay below .7.
    const ALIKE: f64 = 0.8;
    let alike = |other: &str| strsim::jaro_winkler(name, other);
    let nearest = others.max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(nearest) >= ALIKE).then_some(nearest)
}

fn string<'a>(value: &'a DeValue<'_>, wanted: &str) -> Result<&'a str, String> {
    value
        .as_str()
        .map(str::trim)
        .ok_or_else(|| wanted.to_owned())
}

fn words(value: &DeValue<'_>) -> Result<String, String> {
    string(value, "write text in quotation marks").map(str::to_owned)
}

fn text(value: &DeValue<'_>) -> Result<String, String> {
    let text = words(value)?;
    if text.is_empty() {
        return Err("write at least a word in quotation marks".to_owned());
    }
    Ok(text)
}

/// The text of a value, if there is any.
pub(super) fn nonempty<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn folder(value: &DeValue<'_>) -> Result<PathBuf, String> {
    let wanted = "write a folder in quotation marks, such as \"watch\" or \"/srv/articles\"";
    match string(value, wanted)? {
        "" => Err(wanted.to_owned()),
        path => Ok(path.into()),
    }
}

fn address(value: &DeValue<'_>, config: &mut Config) -> Result<(), String> {
    let wanted = "write the address that readers fetch the feeds from, such as \
                  \"https://example.org/feeds\", or \"\" for none";
    config.feed.url = match string(value, wanted)? {
        "" => None,
        url => Some(feed::Settings::parse_url(url).map_err(|_| wanted.to_owned())?),
    };
    Ok(())
}

fn language(value: &DeValue<'_>) -> Result<Option<String>, String> {
    let wanted = "write a language tag such as \"en\" or \"de-AT\", or \"\" for none";
    match string(value, wanted)? {
        "" => Ok(None),
        tag => feed::Settings::parse_language(tag)
            .map(Some)
            .map_err(|_| wanted.to_owned()),
    }
}

fn mode(value: &DeValue<'_>) -> Result<Mode, String> {
    let wanted = "write \"auto\", or \"poll\" for folders that other machines write to";
    match string(value, wanted)? {
        "auto" => Ok(Mode::Auto),
        "poll" => Ok(Mode::Poll),
        _ => Err(wanted.to_owned()),
    }
}

fn books(value: &DeValue<'_>) -> Result<Books, String> {
    let wanted = "write \"whole\", or \"chapters\" for an article from each chapter";
    match string(value, wanted)? {
        "whole" => Ok(Books::Whole),
        "chapters" => Ok(Books::Chapters),
        _ => Err(wanted.to_owned()),
    }
}

fn duration(value: &DeValue<'_>) -> Result<Duration, String> {
    let range = Duration::from_millis(100)..=Duration::from_hours(24);
    let wanted = || "write a time between \"100ms\" and \"24h\", such as \"2s\"".to_owned();
    let parsed: Option<SignedDuration> = string(value, "").map_err(|_| wanted())?.parse().ok();
    let time = parsed.and_then(|time| Duration::try_from(time).ok());
    time.filter(|time| range.contains(time)).ok_or_else(wanted)
}

fn size(value: &DeValue<'_>) -> Result<u64, String> {
    let wanted = "write a size between \"1 KB\" and \"1 GB\", such as \"10 MB\"";
    let text = string(value, wanted)?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: Option<u64> = text[..digits].parse().ok();
    let unit = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "b" | "" => 1,
        "kb" | "k" => 1_000,
        "mb" | "m" => 1_000_000,
        "gb" | "g" => 1_000_000_000,
        _ => 0,
    };
    let bytes = number.and_then(|number| number.checked_mul(unit));
    let sound: Range<u64> = 1_000..1_000_000_001;
    bytes
        .filter(|bytes| sound.contains(bytes))
        .ok_or_else(|| wanted.to_owned())
}

fn number(value: &DeValue<'_>, least: usize, most: usize) -> Result<usize, String> {
    let integer = value.as_integer();
    let parsed =
        integer.and_then(|integer| usize::from_str_radix(integer.as_str(), integer.radix()).ok());
    let sound = parsed.filter(|number| (least..=most).contains(number));
    sound.ok_or_else(|| format!("write a whole number from {least} to {most}"))
}
