//! The table of settings, and how a file is checked against it.

use super::{
    Config, Fault, feeds, push,
    topics::{self, Wrong},
    unknown::{unknown_key, unknown_section},
    values::{
        address, books, choice, content, date, duration, folder, kind, language, listen, mode,
        number, proxies, size, some, text, words,
    },
};
use std::borrow::Cow;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One setting.
pub(super) struct Setting {
    pub(super) section: &'static str,
    pub(super) key: &'static str,
    /// As far as an editor can tell; `take` knows better.
    pub(super) accepts: Accepts,
    take: Take,
}

/// What kind of value a setting takes.
pub(super) enum Accepts {
    /// Text, which may be empty.
    Text,
    /// Text that is not.
    Word,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A whole number from the first to the second.
    Number(usize, usize),
    /// Yes or no.
    Choice,
    /// A text, or a list of some.
    TextOrList,
    /// A list of texts that are not empty.
    Words,
    /// Texts by texts.
    Pairs,
}

/// Takes a value in.
enum Take {
    /// One value; or says what it has to be.
    One(fn(&mut Config, &DeValue<'_>) -> Result<(), String>),
    /// Many in one; or says what is wrong with them.
    Many(fn(&mut Config, &Spanned<DeValue<'_>>) -> Result<(), Vec<Wrong>>),
}

/// Every setting. `config.toml` shows them all with their defaults.
pub(super) const SETTINGS: &[Setting] = &[
    setting("site", "title", Accepts::Word, |c, v| {
        text(v).map(|text| c.feed.title = text)
    }),
    setting("site", "description", Accepts::Text, |c, v| {
        words(v).map(|text| c.feed.description = text)
    }),
    setting("site", "url", Accepts::Text, |c, v| address(v, c)),
    setting("site", "author", Accepts::Text, |c, v| {
        words(v).map(|text| c.feed.author = some(text))
    }),
    setting("site", "language", Accepts::Text, |c, v| {
        language(v).map(|tag| c.feed.language = tag)
    }),
    setting("watch", "folder", Accepts::Word, |c, v| {
        folder(v).map(|path| c.service.watch_folder = path)
    }),
    setting(
        "watch",
        "mode",
        Accepts::OneOf(&["auto", "poll"]),
        |c, v| mode(v).map(|mode| c.watch.mode = mode),
    ),
    setting("watch", "poll-interval", Accepts::Word, |c, v| {
        duration(v).map(|time| c.watch.poll_interval = time)
    }),
    setting("watch", "max-file-size", Accepts::Word, |c, v| {
        size(v).map(|bytes| c.service.max_file_size = bytes)
    }),
    setting("feeds", "folder", Accepts::Word, |c, v| {
        folder(v).map(|path| c.service.feeds_folder = path)
    }),
    setting("feeds", "max-entries", Accepts::Number(1, 1000), |c, v| {
        number(v, 1, 1000).map(|number| {
            c.feeds.max_entries = number;
        })
    }),
    setting(
        "feeds",
        "content",
        Accepts::OneOf(&["full", "digest"]),
        |c, v| content(v).map(|content| c.feed.content = content),
    ),
    setting(
        "feeds",
        "date",
        Accepts::OneOf(&["stated", "arrived"]),
        |c, v| date(v).map(|date| c.feed.date = date),
    ),
    setting("feeds", "tombstones", Accepts::Choice, |c, v| {
        choice(v).map(|choice| c.feed.tombstones = choice)
    }),
    setting("serve", "listen", Accepts::TextOrList, |c, v| {
        listen(v).map(|addresses| c.serve.listen = addresses)
    }),
    setting("serve", "trusted-proxies", Accepts::TextOrList, |c, v| {
        proxies(v).map(|networks| c.serve.trusted = networks)
    }),
    setting(
        "read",
        "books",
        Accepts::OneOf(&["whole", "chapters"]),
        |c, v| books(v).map(|books| c.read.books = books),
    ),
    setting(
        "digest",
        "summary-length",
        Accepts::Number(80, 5000),
        |c, v| number(v, 80, 5000).map(|number| c.digest.summary_length = number),
    ),
    setting("topics", "max", Accepts::Number(0, 50), |c, v| {
        number(v, 0, 50).map(|number| {
            c.digest.show_topics(number);
            c.feed.max_topics = number;
            c.feeds.max_topics = number;
        })
    }),
    setting(
        "topics",
        "min-articles",
        Accepts::Number(1, 1000),
        |c, v| number(v, 1, 1000).map(|number| c.feeds.min_articles = number),
    ),
    many("topics", "alias", Accepts::Pairs, topics::alias),
    many("topics", "never", Accepts::Words, topics::never),
    many("topics", "always-if", Accepts::Pairs, topics::always_if),
    many(push::NAME, push::HUBS, Accepts::Words, push::hubs),
    setting("state", "folder", Accepts::Word, |c, v| {
        folder(v).map(|path| c.service.state_folder = path)
    }),
];

const fn setting(
    section: &'static str,
    key: &'static str,
    accepts: Accepts,
    take: fn(&mut Config, &DeValue<'_>) -> Result<(), String>,
) -> Setting {
    Setting {
        section,
        key,
        accepts,
        take: Take::One(take),
    }
}

const fn many(
    section: &'static str,
    key: &'static str,
    accepts: Accepts,
    take: fn(&mut Config, &Spanned<DeValue<'_>>) -> Result<(), Vec<Wrong>>,
) -> Setting {
    Setting {
        section,
        key,
        accepts,
        take: Take::Many(take),
    }
}

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
        .map(|error| syntax(error, &text[mark..]))
        .collect();
    let mut config = Config::default();
    if faults.is_empty() {
        sections(root.get_ref(), &text[mark..], &mut config, &mut faults);
    }
    if faults.is_empty() {
        let section = |name| match root.get_ref().get(name).map(Spanned::get_ref) {
            Some(DeValue::Table(section)) => Some(section),
            _ => None,
        };
        let idle = section("topics").map(|section| topics::idle(section, &config));
        let idle = idle.into_iter().flatten();
        faults.extend(idle.map(|(key, wrong)| fault("topics", key, wrong)));
        let idle = section(push::NAME).and_then(|section| push::idle(section, &config));
        faults.extend(idle.map(|(key, wrong)| fault(push::NAME, key, wrong)));
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

fn sections(root: &DeTable<'_>, text: &str, config: &mut Config, faults: &mut Vec<Fault>) {
    for (name, value) in root {
        if name.get_ref() == feeds::NAME {
            faults.extend(feeds::take(name, value, text, config));
            continue;
        }
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
                help: match value {
                    DeValue::Array(_) if name.get_ref() == "feeds" => {
                        "write `[feeds]` for all feeds, or `[[feed]]` for one of your own"
                            .to_owned()
                    }
                    _ => format!("write `[{}]` on a line of its own", name.get_ref()),
                },
            }),
            DeValue::Table(_) => faults.push(unknown_section(name)),
            DeValue::Array(tables) if tables.iter().any(|table| table.get_ref().is_table()) => {
                faults.push(unknown_section(name));
            }
            _ => faults.push(unknown_key(None, name)),
        }
    }
}

/// Takes a setting in; all that is wrong with it is given.
fn take(
    section: &str,
    key: &Spanned<Cow<'_, str>>,
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

fn syntax(error: &toml::de::Error, text: &str) -> Fault {
    let end = text.len();
    let span = error.span().unwrap_or(end..end);
    // The parser goes by bytes, and may point into a character.
    let span = text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end);
    // An empty place at the very end cannot be pointed at.
    let span = if span.is_empty() {
        span.start..text.ceil_char_boundary((span.start + 1).min(end))
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
