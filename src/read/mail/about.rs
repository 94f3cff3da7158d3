//! What the fields of a mail state about what it says.

use super::{
    forward,
    words::{ANSWERED, GATEWAYS, LABELS, NOBODY, PASSED_ON},
};
use crate::{dates, read::mime::Fields};
use jiff::Timestamp;

/// The longest name of a person, paper or list; what is longer is a sentence.
const LONGEST_NAME: usize = 60;

/// The longest mark of a mailing list at the start of a subject.
const LONGEST_TAG: usize = 30;

/// A part of an address this long, of letters and digits without joints, is the
/// reader's own key, not a page's name.
const KEY: usize = 20;

/// What is stated about a mail.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) url: Option<String>,
    /// How far its sender's clock is from UTC, as in `-0500`.
    pub(super) offset: Option<String>,
    /// Whether it answers another mail.
    pub(super) answer: bool,
}

impl About {
    pub(super) fn read(fields: &Fields) -> Self {
        let list = fields.text("list-id");
        let list = list
            .as_deref()
            .map(|list| list.split_once('<').unwrap_or((list, "")));
        let site = list.and_then(|(label, _)| list_name(label));
        let site = site.or_else(|| fields.text("organization").and_then(|name| person(&name)));
        let subject = fields.text("subject").unwrap_or_default();
        let sender = fields.person("from").and_then(|(name, _)| name);
        let byline = sender.as_deref().and_then(person);
        let byline = byline.filter(|name| Some(name) != site.as_ref());
        let date = fields.plain("date");
        Self {
            title: title(&subject, list),
            byline: byline.into_iter().collect(),
            published: date.as_deref().and_then(self::date),
            language: fields
                .plain("content-language")
                .as_deref()
                .and_then(language),
            site,
            url: fields.plain("archived-at").as_deref().and_then(archived),
            offset: date.as_deref().and_then(offset),
            answer: prefix(&subject).is_some_and(|(prefix, _)| ANSWERED.contains(&&*prefix)),
        }
    }

    /// Takes what is stated about the mail inside of this one; whoever passed it
    /// on did not write it.
    pub(super) fn pass_on(&mut self, inner: &forward::Inner) {
        if let Some(subject) = &inner.subject {
            self.title = title(subject, None).or(self.title.take());
        }
        let sender = inner.sender.as_deref().and_then(person);
        self.byline = sender.into_iter().collect();
        self.published = inner.published;
        self.site = None;
        self.url = None;
    }
}

/// A date as mails write it, their remarks in brackets left out.
fn date(text: &str) -> Option<Timestamp> {
    let bare = text.split('(').next().unwrap_or(text);
    dates::parse(bare).or_else(|| dates::parse(text))
}

/// The offset from UTC that a date ends with.
fn offset(date: &str) -> Option<String> {
    let bare = date.split('(').next().unwrap_or(date).trim_end();
    let zone = bare.rsplit(' ').next()?;
    let digits = zone.strip_prefix(['+', '-'])?;
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| zone.to_owned())
}

/// A subject without what programs and lists put before it.
fn title(subject: &str, list: Option<(&str, &str)>) -> Option<String> {
    let mut rest = subject.trim();
    loop {
        let lower = rest.to_lowercase();
        let gateway = GATEWAYS.iter().find(|mark| lower.starts_with(**mark));
        let after = if let Some(mark) = gateway {
            rest.get(mark.len()..)
        } else if let Some((name, after)) = prefix(rest) {
            let known = ANSWERED.contains(&&*name) || PASSED_ON.contains(&&*name);
            known.then_some(after).or_else(|| after_label(rest))
        } else {
            list.and_then(|list| after_tag(rest, list))
                .or_else(|| after_label(rest))
        };
        match after.map(str::trim_start) {
            Some(after) => rest = after,
            None => return (!rest.is_empty()).then(|| rest.to_owned()),
        }
    }
}

/// What a subject has before its first colon, in lower case and without
/// `[2]`, and what follows.
fn prefix(subject: &str) -> Option<(String, &str)> {
    let (before, after) = subject.split_once(':')?;
    let name = before.split(['[', '(']).next().unwrap_or(before).trim();
    let short = !name.is_empty() && name.chars().count() <= 14 && !name.contains(' ');
    // "ref: ..." in small letters may be anything; programs write capitals.
    let written = name.starts_with(char::is_uppercase) || matches!(name, "re" | "fwd" | "fw");
    (short && written).then(|| (name.to_lowercase(), after))
}

/// What follows "Press release:" and the like, if anything does.
fn after_label(subject: &str) -> Option<&str> {
    let (label, after) = subject.split_once(':')?;
    let label = label.trim().to_lowercase();
    (LABELS.contains(&&*label) && after.contains(char::is_alphanumeric)).then_some(after)
}

/// What follows a mailing list's own mark.
fn after_tag<'s>(subject: &'s str, (label, id): (&str, &str)) -> Option<&'s str> {
    let (tag, after) = subject.strip_prefix('[')?.split_once(']')?;
    let tag = tag.trim().to_lowercase();
    let short = !tag.is_empty() && tag.len() <= LONGEST_TAG;
    let names = [label.to_lowercase(), id.to_lowercase()];
    let named = names
        .iter()
        .any(|name| name.contains(&tag) || tag.contains(name.trim()) && !name.trim().is_empty());
    (short && named).then_some(after)
}

/// The name of a list, unless a program made it.
fn list_name(label: &str) -> Option<String> {
    let name = label.trim().trim_matches('"').trim();
    let made = name.contains(|c: char| c.is_ascii_digit()) || name.contains(['@', '.']);
    (!made && name.len() > 2 && name.chars().count() <= LONGEST_NAME).then(|| name.to_owned())
}

/// Whose name it is that a mail states as its sender's; none for machines.
pub(super) fn person(sender: &str) -> Option<String> {
    let name = sender.split(['<', '[', '(']).next().unwrap_or(sender);
    let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | ' ' | ',');
    let name = name.trim_matches(quotes);
    // "Ada Holm via The List" and "Ada Holm from The Harbor Letter".
    let lower = name.to_lowercase();
    let joint = [" via ", " from ", " | ", " @ ", " - ", " bei "];
    let cut = joint.iter().filter_map(|joint| lower.find(joint)).min();
    // A change of length in small letters is no place to cut at.
    let name = cut
        .filter(|_| lower.len() == name.len())
        .map_or(name, |cut| &name[..cut]);
    let name = name.trim_matches(quotes);
    let words = || name.split([' ', '-', '_', '.']);
    let nobody = words().any(|word| NOBODY.contains(&&*word.to_lowercase()))
        || NOBODY.contains(&&*name.to_lowercase());
    let sound = name.contains(char::is_alphabetic)
        && !name.contains(['@', '/'])
        && name.chars().count() <= LONGEST_NAME;
    if nobody || !sound {
        return None;
    }
    // Directories write "Holm, Ada".
    Some(match name.split_once(", ") {
        Some((last, first)) if !last.contains(' ') && !first.contains([' ', ',', '.']) => {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    })
}

/// A language's tag, its case as BCP 47 has it.
pub(super) fn language(tag: &str) -> Option<String> {
    let first = tag.split(',').next()?.trim();
    let mut parts = first.split(['-', '_']);
    let main = parts.next()?;
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    if !letters(main, &[2, 3]) {
        return None;
    }
    let region = parts.next_back().filter(|region| letters(region, &[2]));
    let main = main.to_ascii_lowercase();
    Some(match region {
        Some(region) => format!("{main}-{}", region.to_ascii_uppercase()),
        None => main,
    })
}

/// The address in `Archived-At: <https://...>`.
fn archived(field: &str) -> Option<String> {
    let address = field.split('<').next_back()?.split('>').next()?.trim();
    public(address)
}

/// An address that leads everybody to the same page. Newsletters write such that
/// tell who followed them.
pub(super) fn public(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("://")?;
    let (page, query) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
    let (host, path) = page.split_once('/')?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let plain = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_graphic() && !"<>\"\\^`{|}".contains(c))
    };
    let campaign = query
        .split(['&', '#'])
        .all(|field| field.is_empty() || field.starts_with("utm_"));
    let tracker = host.split('.').any(|label| TRACKERS.contains(&label));
    let key = path
        .split(['/', '-', '_', '.', '='])
        .any(|part| part.len() >= KEY && part.contains(|c: char| c.is_ascii_digit()));
    let certain = web
        && campaign
        && !tracker
        && !key
        && path.len() > 1
        && host.contains('.')
        && plain(host)
        && plain(path);
    certain.then(|| format!("{}://{page}", scheme.to_ascii_lowercase()))
}

/// Labels of hosts that count who follows a link.
#[rustfmt::skip]
const TRACKERS: &[&str] = &[
    "click", "clicks", "track", "tracking", "trk", "link", "links", "email", "mail", "mailing",
    "go", "r", "t", "url", "lnk", "mandrillapp", "sendgrid", "list-manage", "ct", "e", "em", "elink",
    "nl", "news-mailer", "safelinks", "urldefense", "mailchi",
];
