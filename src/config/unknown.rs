//! What is not known, and what may be meant by it.

use super::{
    Fault, feeds,
    settings::{SETTINGS, keys},
};
use std::borrow::Cow;
use toml::Spanned;

/// What a setting was called, and what it is called now.
const MOVED: &[(&str, &str)] = &[("max-topics", "`max` under `[topics]`")];

pub(super) fn unknown_section(name: &Spanned<Cow<'_, str>>) -> Fault {
    let sections = || SETTINGS.iter().map(|setting| setting.section);
    let mut all: Vec<_> = sections().collect();
    all.dedup();
    let help = match nearest(name.get_ref(), sections().chain([feeds::NAME])) {
        Some(feeds::NAME) => "did you mean `[[feed]]`, for a feed of your own?".to_owned(),
        Some(near) => format!("did you mean `[{near}]`?"),
        None => format!("the sections are {}", all.join(", ")),
    };
    fault_at(name, "unknown section", help)
}

pub(super) fn unknown_key(section: Option<&str>, name: &Spanned<Cow<'_, str>>) -> Fault {
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

pub(super) fn fault_at(name: &Spanned<Cow<'_, str>>, what: &str, help: String) -> Fault {
    Fault {
        span: name.span(),
        title: format!("{what} `{}`", name.get_ref()),
        label: "not known".to_owned(),
        help,
    }
}

/// The most alike of some names, if it is alike enough to be a slip.
pub(super) fn nearest<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// `foldr` for `folder` is at .95, `maxtopics` for `max-topics` at .98;
    /// words that have nothing to do with each other stay below .7.
    const ALIKE: f64 = 0.8;
    let alike = |other: &str| strsim::jaro_winkler(name, other);
    let nearest = others.max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(nearest) >= ALIKE).then_some(nearest)
}
