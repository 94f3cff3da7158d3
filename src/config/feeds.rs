//! `[[feed]]`: the feeds that the owner defines.

use super::{
    Config, Fault,
    settings::keys,
    strings,
    unknown::{fault_at, nearest},
    values::{kind, nonempty},
};
use crate::{catalogue::Query, catalogue::Search};
use std::{borrow::Cow, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What they are called in the file.
pub(super) const NAME: &str = "feed";

const EXAMPLE: &str = "name = \"Energy\" and query = \"energy OR topic:climate\"";

/// Takes all of them in; all that is wrong with them is given. `text` is the
/// file.
pub(super) fn take(
    name: &Spanned<Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    text: &str,
    config: &mut Config,
) -> Vec<Fault> {
    let feeds = match value.get_ref() {
        DeValue::Array(feeds) => feeds,
        DeValue::Table(table) => return vec![single(name, table)],
        other => return vec![no_feed(value.span(), other)],
    };
    let mut taken = Taken {
        text,
        names: Vec::new(),
        faults: Vec::new(),
    };
    for feed in feeds {
        match feed.get_ref() {
            DeValue::Table(table) => {
                let search = taken.feed(&feed.span(), table);
                config.feeds.searches.extend(search);
            }
            other => taken.faults.push(no_feed(feed.span(), other)),
        }
    }
    taken.faults
}

fn no_feed(span: Range<usize>, value: &DeValue<'_>) -> Fault {
    Fault {
        span,
        title: "`feed` cannot be this".to_owned(),
        label: format!("{} stands here", kind(value)),
        help: format!("write `[[feed]]` on a line of its own, and below it {EXAMPLE}"),
    }
}

/// `[feed]`, which may be meant for either.
fn single(name: &Spanned<Cow<'_, str>>, table: &DeTable<'_>) -> Fault {
    let is_feed = table.is_empty() || table.keys().any(|key| KEYS.contains(&&**key.get_ref()));
    Fault {
        span: name.span(),
        title: "`feed` is a list of feeds, not a section".to_owned(),
        label: "it stands in one pair of brackets".to_owned(),
        help: if is_feed {
            "write `[[feed]]`, once for each feed of your own"
        } else {
            "write `[feeds]` for what holds for all feeds, or `[[feed]]` for one of your own"
        }
        .to_owned(),
    }
}

pub(super) const KEYS: [&str; 2] = ["name", "query"];

struct Taken<'t> {
    text: &'t str,
    names: Vec<String>,
    faults: Vec<Fault>,
}

impl Taken<'_> {
    fn feed(&mut self, begin: &Range<usize>, table: &DeTable<'_>) -> Option<Search> {
        let unknown = |key: &&Spanned<Cow<'_, str>>| !KEYS.contains(&&**key.get_ref());
        self.faults
            .extend(table.keys().filter(unknown).map(unknown_here));
        let name = self.value(begin, table, "name", NAME_WANTED);
        let query = self.value(begin, table, "query", QUERY_WANTED);
        let name = name.and_then(|name| self.name(name));
        let query = query.and_then(|query| self.query(query));
        let (name, query) = (name?, query?);
        Some(Search { name, query })
    }

    fn value<'v>(
        &mut self,
        begin: &Range<usize>,
        table: &'v DeTable<'v>,
        key: &str,
        wanted: &str,
    ) -> Option<&'v Spanned<DeValue<'v>>> {
        let value = table.get(key);
        // One slip is one fault.
        let near = |other: &Spanned<Cow<'_, str>>| nearest(other.get_ref(), [key].into_iter());
        if value.is_none() && !table.keys().any(|other| near(other).is_some()) {
            self.faults.push(Fault {
                span: begin.clone(),
                title: format!("this feed has no `{key}`"),
                label: "it begins here".to_owned(),
                help: wanted.to_owned(),
            });
        }
        value
    }

    fn name(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let named = nonempty(value.get_ref()).filter(|name| name.contains(char::is_alphanumeric));
        let Some(name) = named else {
            self.faults.push(wrong("name", value, NAME_WANTED));
            return None;
        };
        let same = |before: &&String| Search::is_one_name(before, name);
        if let Some(before) = self.names.iter().find(same) {
            self.faults.push(Fault {
                span: value.span(),
                title: "two feeds have one name".to_owned(),
                label: format!("a feed above is called `{before}`"),
                help: "give one of them another name, since their address is made of it; case \
                       and punctuation do not count"
                    .to_owned(),
            });
            return None;
        }
        self.names.push(name.to_owned());
        Some(name.to_owned())
    }

    fn query(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Query> {
        let Some(written) = value.get_ref().as_str() else {
            self.faults.push(wrong("query", value, QUERY_WANTED));
            return None;
        };
        match Query::parse(written) {
            Ok(query) => Some(query),
            Err(error) => {
                let whole = value.span();
                let place = self.text.get(whole.clone());
                let place = place.and_then(|raw| strings::place(raw, written, &error.span));
                self.faults.push(Fault {
                    span: place.map_or(whole.clone(), |place| {
                        whole.start + place.start..whole.start + place.end
                    }),
                    title: "this query cannot be answered".to_owned(),
                    label: error.what,
                    help: error.help,
                });
                None
            }
        }
    }
}

const NAME_WANTED: &str = "write what it is called: name = \"Energy\"";
const QUERY_WANTED: &str = "write which entries are in it: query = \"energy OR topic:climate\"";

fn wrong(key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Fault {
    Fault {
        span: value.span(),
        title: format!("a feed's `{key}` cannot be this"),
        label: match value.get_ref().as_str().map(str::trim) {
            Some("") => "an empty text stands here".to_owned(),
            Some(_) => "there is no letter or digit in it".to_owned(),
            None => format!("{} stands here", kind(value.get_ref())),
        },
        help: wanted.to_owned(),
    }
}

fn unknown_here(key: &Spanned<Cow<'_, str>>) -> Fault {
    let elsewhere = || keys().find(|(_, other)| other == key.get_ref());
    let help = match (nearest(key.get_ref(), KEYS.into_iter()), elsewhere()) {
        (_, Some((section, key))) => {
            format!("`{key}` belongs under `[{section}]`, above the first `[[feed]]`")
        }
        (Some(near), _) => format!("did you mean `{near}`?"),
        _ => "a feed has name and query; other settings stand under a `[section]` above".to_owned(),
    };
    fault_at(key, "unknown setting", help)
}
