//! What the value of a setting may be; each says what is wanted in its place.

use super::Config;
use crate::{feed, read::Books, serve::Address, watch::Mode};
use ipnet::IpNet;
use jiff::SignedDuration;
use std::{ops::Range, path::PathBuf, time::Duration};
use toml::de::DeValue;

fn string<'a>(value: &'a DeValue<'_>, wanted: &str) -> Result<&'a str, String> {
    value
        .as_str()
        .map(str::trim)
        .ok_or_else(|| wanted.to_owned())
}

pub(super) fn words(value: &DeValue<'_>) -> Result<String, String> {
    string(value, "write text in quotation marks").map(str::to_owned)
}

pub(super) fn text(value: &DeValue<'_>) -> Result<String, String> {
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

pub(super) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn folder(value: &DeValue<'_>) -> Result<PathBuf, String> {
    let wanted = "write a folder in quotation marks, such as \"watch\" or \"/srv/articles\"";
    match string(value, wanted)? {
        "" => Err(wanted.to_owned()),
        path => Ok(path.into()),
    }
}

pub(super) fn address(value: &DeValue<'_>, config: &mut Config) -> Result<(), String> {
    let wanted = "write the address that readers fetch the feeds from, such as \
                  \"https://example.org/feeds\", or \"\" for none";
    config.feed.url = match string(value, wanted)? {
        "" => None,
        url => Some(feed::Settings::parse_url(url).map_err(|_| wanted.to_owned())?),
    };
    Ok(())
}

pub(super) fn language(value: &DeValue<'_>) -> Result<Option<String>, String> {
    let wanted = "write a language tag such as \"en\" or \"de-AT\", or \"\" for none";
    match string(value, wanted)? {
        "" => Ok(None),
        tag => feed::Settings::parse_language(tag)
            .map(Some)
            .map_err(|_| wanted.to_owned()),
    }
}

pub(super) fn mode(value: &DeValue<'_>) -> Result<Mode, String> {
    let wanted = "write \"auto\", or \"poll\" for folders that other machines write to";
    match string(value, wanted)? {
        "auto" => Ok(Mode::Auto),
        "poll" => Ok(Mode::Poll),
        _ => Err(wanted.to_owned()),
    }
}

pub(super) fn books(value: &DeValue<'_>) -> Result<Books, String> {
    let wanted = "write \"whole\", or \"chapters\" for an article from each chapter";
    match string(value, wanted)? {
        "whole" => Ok(Books::Whole),
        "chapters" => Ok(Books::Chapters),
        _ => Err(wanted.to_owned()),
    }
}

pub(super) fn duration(value: &DeValue<'_>) -> Result<Duration, String> {
    let range = Duration::from_millis(100)..=Duration::from_hours(24);
    let wanted = || "write a time between \"100ms\" and \"24h\", such as \"2s\"".to_owned();
    let parsed: Option<SignedDuration> = string(value, "").map_err(|_| wanted())?.parse().ok();
    let time = parsed.and_then(|time| Duration::try_from(time).ok());
    time.filter(|time| range.contains(time)).ok_or_else(wanted)
}

pub(super) fn size(value: &DeValue<'_>) -> Result<u64, String> {
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

pub(super) fn number(value: &DeValue<'_>, least: usize, most: usize) -> Result<usize, String> {
    let integer = value.as_integer();
    let parsed =
        integer.and_then(|integer| usize::from_str_radix(integer.as_str(), integer.radix()).ok());
    let sound = parsed.filter(|number| (least..=most).contains(number));
    sound.ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

pub(super) fn content(value: &DeValue<'_>) -> Result<feed::Content, String> {
    let wanted = "write \"full\", or \"digest\" to leave the articles' text out";
    match string(value, wanted)? {
        "full" => Ok(feed::Content::Full),
        "digest" => Ok(feed::Content::Digest),
        _ => Err(wanted.to_owned()),
    }
}

pub(super) fn date(value: &DeValue<'_>) -> Result<feed::Date, String> {
    let wanted = "write \"stated\", or \"arrived\" for the time when an article was dropped";
    match string(value, wanted)? {
        "stated" => Ok(feed::Date::Stated),
        "arrived" => Ok(feed::Date::Arrived),
        _ => Err(wanted.to_owned()),
    }
}

pub(super) fn choice(value: &DeValue<'_>) -> Result<bool, String> {
    let wanted = "write true or false, without quotation marks";
    value.as_bool().ok_or_else(|| wanted.to_owned())
}

/// One text, or a list of some.
fn strings<'v>(value: &'v DeValue<'_>, wanted: &str) -> Result<Vec<&'v str>, String> {
    let Some(list) = value.as_array() else {
        return string(value, wanted).map(|one| vec![one]);
    };
    let one = |value: &'v toml::Spanned<DeValue<'_>>| string(value.get_ref(), wanted);
    list.iter().map(one).collect()
}

pub(super) fn listen(value: &DeValue<'_>) -> Result<Vec<Address>, String> {
    let wanted = "write an address with a port, such as \"127.0.0.1:8060\", or \"[::]:8060\" for all \
                  of this machine, or a socket such as \"unix:/run/feedwright.sock\"; several as a \
                  list; \"\" for no server";
    let given = strings(value, wanted)?;
    let given = given.into_iter().filter(|address| !address.is_empty());
    let parse = |address| Address::parse(address).map_err(|_| wanted.to_owned());
    given.map(parse).collect()
}

pub(super) fn proxies(value: &DeValue<'_>) -> Result<Vec<IpNet>, String> {
    let wanted = "write the addresses or networks of your proxies, such as [\"127.0.0.1\", \
                  \"10.0.0.0/8\"], or [] for none";
    let parse = |given: &str| {
        let address = || {
            given
                .parse()
                .ok()
                .map(|address: std::net::IpAddr| address.into())
        };
        let network: Option<IpNet> = given.parse().ok().or_else(address);
        network.ok_or_else(|| wanted.to_owned())
    };
    strings(value, wanted)?.into_iter().map(parse).collect()
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
