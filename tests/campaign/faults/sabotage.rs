//! Faults of the feeds themselves, put there by hand: the campaign has to find
//! each of them, or its zeros mean nothing.

use super::{
    Fault,
    tools::{done, other},
};
use crate::{
    check,
    reader::Sweep,
    rng::Rng,
    table::{Finding, Kind},
    world::World,
};
use std::{fs, path::Path};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    vec![Box::new(Sabotage)]
}

struct Sabotage;

/// What is done to a document, and as what it must be found.
type Trick = (&'static str, fn(&str) -> Option<String>, Kind);

const FORMATS: [(&str, [Trick; 6]); 2] = [
    (
        "atom.xml",
        [
            ("cut", |text| Some(cut(text)), Kind::Malformed),
            ("emptied", |_| Some(String::new()), Kind::Malformed),
            ("doubled", |text| double(text, "entry"), Kind::Doubled),
            ("left out", |text| leave_out(text, "entry"), Kind::Lost),
            ("renamed", |text| other_id(text, "entry", "id"), Kind::Id),
            ("dated", |text| other_date(text), Kind::Other),
        ],
    ),
    (
        "rss.xml",
        [
            ("cut", |text| Some(cut(text)), Kind::Malformed),
            (
                "garbled",
                |text| Some(text.replacen("</title>", "</titl>", 1)),
                Kind::Malformed,
            ),
            ("doubled", |text| double(text, "item"), Kind::Doubled),
            ("left out", |text| leave_out(text, "item"), Kind::Lost),
            ("renamed", |text| other_id(text, "item", "guid"), Kind::Id),
            (
                "foreign",
                |text| Some(text.replacen(" edition ", " impression ", 9)),
                Kind::Other,
            ),
        ],
    ),
];

fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(text.len() * 2 / 3)].to_owned()
}

/// The first entry, with its tags.
fn first<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = text.find(&format!("<{name}>"))?;
    let close = format!("</{name}>");
    let end = text[start..].find(&close)? + start + close.len();
    Some(&text[start..end])
}

fn double(text: &str, name: &str) -> Option<String> {
    let entry = first(text, name)?;
    Some(text.replacen(entry, &format!("{entry}{entry}"), 1))
}

fn leave_out(text: &str, name: &str) -> Option<String> {
    Some(text.replacen(first(text, name)?, "", 1))
}

fn other_id(text: &str, name: &str, id: &str) -> Option<String> {
    let entry = first(text, name)?;
    let changed = entry.replacen(&format!("</{id}>"), &format!("0</{id}>"), 1);
    Some(text.replacen(entry, &changed, 1))
}

fn other_date(text: &str) -> Option<String> {
    let entry = first(text, "entry")?;
    let at = entry.find("<updated>")? + "<updated>".len();
    let changed = format!("{}1999{}", &entry[..at], &entry[at + 4..]);
    Some(text.replacen(entry, &changed, 1))
}

impl Fault for Sabotage {
    fn name(&self) -> &'static str {
        "sabotage"
    }

    fn about(&self) -> &'static str {
        "no fault of the program: feeds are broken by hand, and that must be found"
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        let acts = rng.between(0, 3);
        done(world.act(rng, acts))?;
        world.settle()?;
        world.stop().map_err(|finding| vec![finding])?;
        let (name, tricks) = rng.pick(&FORMATS);
        let (trick, change, kind) = rng.pick(tricks);
        let path = world.feeds().join(name);
        let whole = done(fs::read_to_string(&path))?;
        let Some(broken) = change(&whole) else {
            return Ok(());
        };
        world.say(format_args!("{name} is {trick}"));
        world.hits += 1;
        done(replace(&path, &broken))?;
        // Both by what is seen at any time, and by what is seen at rest.
        world.look.sweep(Sweep::All);
        let mut found = check::whole(world);
        found.extend(std::mem::take(&mut world.look.shelf().memory.findings));
        done(replace(&path, &whole))?;
        world.look.sweep(Sweep::All);
        world.look.shelf().memory.findings.clear();
        if found.iter().any(|finding| finding.kind == *kind) {
            Ok(())
        } else {
            Err(other(format!(
                "{name} was {trick}, and nobody noticed: {found:?}"
            )))
        }
    }
}

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_file_name(".sabotage");
    fs::write(&beside, text)?;
    fs::rename(beside, path)
}
