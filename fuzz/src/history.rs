//! What becomes of the catalogue, whatever happens to the folder and the clock.

use super::place::{Place, found, set, stamp};
use feedwright::{
    catalogue::{Outcome, Record, Refusal, Settings, TopicDecision, TopicId},
    channel::Part,
    entry::{Digest, Entry, EntryId, Topic},
    text::{BlockKind, Text},
};
use jiff::Timestamp;
use std::{collections::BTreeSet, sync::Arc};

const PATHS: &[&str] = &["a.md", "b.md", "n/c.md", "n/d.md", "N/e.md", "box.mbox/1"];
const SUBJECTS: &[&str] = &["harbor", "orchard", "library", "tram"];

/// So many records are a history; each takes a transaction.
const LONGEST: usize = 40;

/// Records follow from the bytes, two for each: what happens, and to what.
/// Whatever they are, an entry is shown for as long as it has a file, once, and
/// a catalogue that is opened again is as it was.
pub(super) fn history(bytes: &[u8]) {
    let mut place = Place::new();
    place.apply(&[set(Settings {
        max_entries: 3,
        ..Settings::default()
    })]);
    let mut at = Timestamp::UNIX_EPOCH;
    for pair in bytes.chunks_exact(2).take(LONGEST) {
        if let Some(record) = step(pair[0], usize::from(pair[1]), &mut at) {
            apply(&mut place, &record);
        } else {
            let before = shown(&place);
            place = place.reopened();
            assert!(shown(&place) == before, "another catalogue after a restart");
        }
    }
    apply(&mut place, &Record::End { at });
}

/// Applies a record and checks what is shown then.
fn apply(place: &mut Place, record: &Record) {
    let outcome = place.apply(std::slice::from_ref(record));
    assert_eq!(outcome.len(), 1);
    let shown = shown(place);
    let ids: BTreeSet<&EntryId> = shown.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), shown.len(), "an entry is there twice");
    let slugs: BTreeSet<&String> = shown.iter().map(|entry| &entry.slug).collect();
    assert_eq!(slugs.len(), shown.len(), "two entries have one name");
    assert!(shown.iter().all(|entry| entry.published <= entry.updated));
    if let Record::Found(found) = record {
        let id = place.catalogue.entry_at(&found.path);
        let id = id
            .expect("the catalogue is whole")
            .expect("it was just found");
        assert!(ids.contains(&id), "an article is not shown");
        let revision = place.catalogue.revision().expect("the catalogue is whole");
        let again = place.apply(std::slice::from_ref(record));
        assert_eq!(again, [Outcome::Unchanged], "of the same file again");
        let now = place.catalogue.revision().expect("the catalogue is whole");
        assert_eq!(now, revision);
    }
    if let Record::End { .. } = record {
        at_an_end(place, &ids);
    }
}

fn shown(place: &Place) -> Vec<Arc<Entry>> {
    let shown = place.catalogue.newest(usize::MAX);
    shown.expect("the catalogue is whole")
}

/// Every entry has a file, every file that holds an article has an entry, and
/// each is in one part of the feed of all.
fn at_an_end(place: &Place, ids: &BTreeSet<&EntryId>) {
    let sources = place.catalogue.sources().expect("the catalogue is whole");
    let entry = |path| {
        place
            .catalogue
            .entry_at(path)
            .expect("the catalogue is whole")
    };
    let linked: BTreeSet<EntryId> = sources.keys().filter_map(|path| entry(path)).collect();
    assert_eq!(linked.iter().collect::<BTreeSet<_>>(), *ids);
    let part = |part| {
        place
            .catalogue
            .sheet(1, part)
            .expect("the catalogue is whole")
    };
    let archives = (1..).map_while(|page| part(Part::Archive(page)));
    let parts = part(Part::Current).into_iter().chain(archives);
    let listed: Vec<i64> = parts
        .flat_map(|sheet| sheet.entries)
        .map(|listed| listed.key)
        .collect();
    let once: BTreeSet<&i64> = listed.iter().collect();
    assert_eq!((once.len(), listed.len()), (ids.len(), ids.len()));
}

/// What two bytes stand for; `None` is that the program ends and starts again.
fn step(what: u8, which: usize, at: &mut Timestamp) -> Option<Record> {
    let path = PATHS[which % PATHS.len()];
    Some(match what.wrapping_sub(b'a') {
        0..12 => found(path, article(what, which / PATHS.len()), *at),
        12..16 => Record::Gone { path: path.into() },
        16..19 => Record::End { at: *at },
        19 => Record::Refused {
            path: path.into(),
            stamp: stamp(which as u64),
            kind: [Refusal::Faulty, Refusal::Draft][which / PATHS.len() % 2],
            reason: "it is empty".to_owned(),
        },
        20 => Record::Holds {
            path: "box.mbox".into(),
            stamp: stamp(which as u64),
        },
        21 => Record::Topics(decision(which)),
        22 => return None,
        // A clock may be set to anything, and goes on from there.
        _ => {
            let far = 1_i64 << (which % 38);
            let seconds = at.as_second() + if what.is_multiple_of(2) { far } else { -far };
            *at = Timestamp::from_second(seconds).unwrap_or_default();
            Record::End { at: *at }
        }
    })
}

/// An article on some subject, more or less of it rewritten.
fn article(what: u8, version: usize) -> Digest {
    let subject = SUBJECTS[usize::from(what) % SUBJECTS.len()];
    let mut body = Text::default();
    for number in 0..6 {
        let form = if number < version % 7 { "new" } else { "old" };
        let words = (0..12).map(|word| format!("{subject}{form}{number}x{word}"));
        body.push(BlockKind::Paragraph, &words.collect::<Vec<_>>().join(" "));
    }
    Digest {
        title: format!("On the {subject}"),
        topics: vec![Topic::from(subject), Topic::from("Lorn")],
        published: (version % 3 == 1).then_some(Timestamp::UNIX_EPOCH),
        body,
        ..Digest::default()
    }
}

fn decision(which: usize) -> TopicDecision {
    let topic = |number: usize| TopicId(i64::try_from(number % 6).unwrap_or_default());
    match which % 4 {
        0 => TopicDecision::Rename {
            topic: topic(which / 4),
            label: ["Harbor", "lorn", "Trams"][which / 24 % 3].to_owned(),
        },
        1 => TopicDecision::Merge {
            from: vec![topic(which / 4)],
            into: topic(which / 24),
        },
        2 => TopicDecision::Ban {
            topic: topic(which / 4),
        },
        _ => TopicDecision::Allow {
            topic: topic(which / 4),
        },
    }
}
