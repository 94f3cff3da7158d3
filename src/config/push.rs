//! `[push]`: who is told when feeds change.

use super::{Config, topics::Wrong, values::kind};
use crate::feed;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The section's name in the file.
pub(super) const NAME: &str = "push";

/// The setting in it.
pub(super) const HUBS: &str = "hubs";

/// More are a list that was pasted: each is told of everything.
const MOST: usize = 8;

const WANTED: &str = "write the addresses of hubs in a list, such as \
    [\"https://pubsubhubbub.appspot.com/\"], or [] for none";

/// `hubs = ["https://hub.example.org/"]`
pub(super) fn hubs(config: &mut Config, value: &Spanned<DeValue<'_>>) -> Result<(), Vec<Wrong>> {
    let DeValue::Array(hubs) = value.get_ref() else {
        return Err(vec![wrong(value, WANTED)]);
    };
    let mut faults = Vec::new();
    for value in hubs {
        let hub = value
            .get_ref()
            .as_str()
            .map(|given| feed::Settings::parse_hub(given.trim()));
        match hub {
            Some(Ok(hub)) if config.feed.hubs.contains(&hub) => faults.push(Wrong {
                span: value.span(),
                label: "it stands in the list already".to_owned(),
                help: "leave one of the two out".to_owned(),
            }),
            Some(Ok(hub)) => config.feed.hubs.push(hub),
            Some(Err(_)) => faults.push(Wrong {
                span: value.span(),
                label: "this is no address of a hub".to_owned(),
                help: "write it in full, with https and without a password; http is for a hub in \
                       your own network only"
                    .to_owned(),
            }),
            None => faults.push(wrong(value, WANTED)),
        }
    }
    if hubs.len() > MOST {
        faults.push(Wrong {
            span: value.span(),
            label: format!("{} hubs stand here", hubs.len()),
            help: format!("name {MOST} at most: each is told of every change"),
        });
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// What is wrong with the hubs in view of other settings: those have been taken
/// in and are sound each for itself.
pub(super) fn idle(section: &DeTable<'_>, config: &Config) -> Option<(&'static str, Wrong)> {
    if config.feed.hubs.is_empty() || config.feed.url.is_some() {
        return None;
    }
    let wrong = Wrong {
        span: section.get(HUBS)?.span(),
        label: "hubs fetch feeds by their public address, and there is none".to_owned(),
        help: "write it as `url` under `[site]`, or leave the hubs out".to_owned(),
    };
    Some((HUBS, wrong))
}

fn wrong(value: &Spanned<DeValue<'_>>, wanted: &str) -> Wrong {
    Wrong {
        span: value.span(),
        label: format!("{} stands here", kind(value.get_ref())),
        help: wanted.to_owned(),
    }
}
