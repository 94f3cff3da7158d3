//! The catalogue's rules, as records in and entries out.

use feedwright::{
    catalogue::{
        Found, Outcome, Record, Refusal,
        store::{Catalogue, Opened, Refused, StoreError},
    },
    entry::{Digest, Dropped, Entry, EntryId, LeadQuote, Topic},
    file::Stamp,
    text::{BlockKind, Text},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

/// A catalogue in a folder of its own.
pub(crate) struct Fixture {
    pub(crate) folder: TempDir,
    pub(crate) catalogue: Catalogue,
    /// Seconds since the tests' epoch; every record is a second later.
    pub(crate) now: i64,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let catalogue = Catalogue::open(folder.path()).unwrap();
        Self {
            folder,
            catalogue,
            now: 0,
        }
    }

    /// Closes the catalogue, as a kill would, and opens it again.
    pub(crate) fn reopen(self) -> Self {
        let Self {
            folder,
            catalogue,
            now,
        } = self;
        drop(catalogue);
        let catalogue = Catalogue::open(folder.path()).unwrap();
        Self {
            folder,
            catalogue,
            now,
        }
    }

    pub(crate) fn apply(&mut self, record: Record) -> Outcome {
        let mut outcomes = self.catalogue.apply(&[record]).unwrap();
        assert_eq!(outcomes.len(), 1);
        outcomes.remove(0)
    }

    pub(crate) fn found(&mut self, path: &str, digest: &Digest) -> Outcome {
        self.now += 1;
        let record = found(path, digest, self.now);
        self.apply(record)
    }

    pub(crate) fn gone(&mut self, path: &str) -> Outcome {
        self.apply(Record::Gone { path: path.into() })
    }

    fn refused(&mut self, path: &str, kind: Refusal) -> Outcome {
        self.apply(Record::Refused {
            path: path.into(),
            stamp: stamp(0),
            kind,
            reason: format!("{kind:?}"),
        })
    }

    pub(crate) fn end(&mut self) -> Outcome {
        self.now += 1;
        let at = at(self.now);
        self.apply(Record::End { at })
    }

    /// The ids that an end withdraws.
    fn withdrawn(&mut self) -> Vec<EntryId> {
        match self.end() {
            Outcome::Ended { withdrawn, .. } => withdrawn,
            other => panic!("an end gave {other:?}"),
        }
    }

    pub(crate) fn shown(&mut self) -> Vec<Entry> {
        let read = self.catalogue.newest(usize::MAX).unwrap();
        read.into_iter().map(Arc::unwrap_or_clone).collect()
    }

    /// The one entry that is shown.
    pub(crate) fn only(&mut self) -> Entry {
        let mut shown = self.shown();
        assert_eq!(shown.len(), 1, "{shown:#?}");
        shown.remove(0)
    }

    fn titles(&mut self) -> Vec<String> {
        self.shown().into_iter().map(|e| e.digest.title).collect()
    }

    fn id(&self, path: &str) -> EntryId {
        let id = self.catalogue.entry_at(Path::new(path)).unwrap();
        id.unwrap_or_else(|| panic!("{path} has no entry"))
    }
}

/// A time in the tests' own reckoning.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn stamp(number: u64) -> Stamp {
    Stamp {
        size: number,
        modified: 1,
        changed: 2,
        inode: u64::MAX,
    }
}

/// The file of an article: its bytes are taken to be what its digest says.
pub(crate) fn found(path: impl Into<PathBuf>, digest: &Digest, now: i64) -> Record {
    let bytes = serde_json::to_vec(digest).unwrap();
    found_with(path, digest, &bytes, now)
}

pub(crate) fn found_with(
    path: impl Into<PathBuf>,
    digest: &Digest,
    bytes: &[u8],
    now: i64,
) -> Record {
    Record::Found(Box::new(Found {
        path: path.into(),
        stamp: stamp(bytes.len() as u64),
        content: *blake3::hash(bytes).as_bytes(),
        digest: digest.clone(),
        at: at(now),
    }))
}

/// An article on its own subject, with this many of its ten paragraphs
/// rewritten.
pub(crate) fn rewritten(subject: &str, paragraphs: usize) -> Digest {
    let mut body = Text::default();
    for number in 0..10 {
        let version = if number < paragraphs { "new" } else { "old" };
        let sentence: Vec<String> = (0..30)
            .map(|word| format!("{subject}{version}{number}x{word}"))
            .collect();
        body.push(BlockKind::Paragraph, &sentence.join(" "));
    }
    Digest {
        title: format!("On {subject}"),
        summary: format!("About {subject}."),
        body,
        ..Digest::default()
    }
}

pub(crate) fn article(subject: &str) -> Digest {
    rewritten(subject, 0)
}

/// The article with one paragraph in ten rewritten.
fn edited(subject: &str) -> Digest {
    rewritten(subject, 1)
}

// A file seen for the first time.

#[test]
fn a_new_article_gets_an_id_and_the_dates_it_states() {
    let mut f = Fixture::new();
    let digest = Digest {
        published: Some(at(-1_000)),
        modified: Some(at(-500)),
        lead_quote: Some(LeadQuote {
            quote: "We start in May".to_owned(),
            speaker: None,
        }),
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &digest), Outcome::Added(f.id("a.md")));
    let entry = f.only();
    assert_eq!(entry.digest, digest);
    assert_eq!((entry.published, entry.updated), (at(-1_000), at(-500)));
    let hex = entry
        .id
        .0
        .strip_prefix("tag:feedwright.invalid,2026:")
        .unwrap();
    assert_eq!(hex.len(), 32);
}

#[test]
fn an_article_without_dates_is_published_when_it_was_first_seen() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let entry = f.only();
    assert_eq!((entry.published, entry.updated), (at(1), at(1)));
}

#[test]
fn a_modification_before_publication_does_not_count() {
    let mut f = Fixture::new();
    let digest = Digest {
        published: Some(at(-10)),
        modified: Some(at(-20)),
        ..article("harbor")
    };
    f.found("a.md", &digest);
    assert_eq!(f.only().updated, at(-10));
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let (before, revision) = (f.shown(), f.catalogue.revision().unwrap());
    assert_eq!(f.found("a.md", &article("harbor")), Outcome::Unchanged);
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.shown(), before);
    assert_eq!(f.catalogue.revision().unwrap(), revision);
}

#[test]
fn a_touched_file_only_gets_its_new_stamp() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Record::Found(mut touched) = found("a.md", &article("harbor"), 9) else {
        unreachable!()
    };
    touched.stamp.modified = 77;
    let before = f.shown();
    assert_eq!(f.apply(Record::Found(touched.clone())), Outcome::Unchanged);
    assert_eq!(f.shown(), before);
    let sources = f.catalogue.sources().unwrap();
    assert_eq!(sources[Path::new("a.md")], touched.stamp);
}

// Edits.

#[test]
fn an_edit_keeps_the_id_and_moves_updated_only() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    assert_eq!(
        f.found("a.md", &edited("harbor")),
        Outcome::Edited(before.id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    let after = f.only();
    assert_eq!((&after.id, after.published), (&before.id, before.published));
    assert_eq!(after.updated, at(3));
    assert_eq!(after.digest, edited("harbor"));
}

#[test]
fn an_edit_that_states_a_later_modification_takes_it() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let later = Digest {
        modified: Some(at(500)),
        ..edited("harbor")
    };
    f.found("a.md", &later);
    assert_eq!(f.only().updated, at(500));
    // One that was stated before is not news.
    let again = Digest {
        modified: Some(at(400)),
        ..rewritten("harbor", 2)
    };
    f.found("a.md", &again);
    // Nor does a clock that is behind it move the date back.
    assert_eq!(f.only().updated, at(501));
}

#[test]
fn an_edit_that_no_feed_shows_does_not_move_updated() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let (before, revision) = (f.only(), f.catalogue.revision().unwrap());
    let noisy = Digest {
        dropped: vec![Dropped {
            text: "Share".to_owned(),
            rule: "share".to_owned(),
        }],
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &noisy), Outcome::Unchanged);
    let after = f.only();
    assert_eq!((after.updated, &after.id), (before.updated, &before.id));
    assert_eq!(after.digest.dropped.len(), 1);
    assert_eq!(f.catalogue.revision().unwrap(), revision);
}

#[test]
fn an_edit_of_front_matter_alone_is_an_edit() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let tagged = Digest {
        topics: vec![Topic::from("Shipping")],
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &tagged), Outcome::Edited(f.id("a.md")));
    assert_eq!(f.only().updated, at(2));
}

#[test]
fn published_follows_the_date_that_is_stated() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let dated = |seconds| Digest {
        published: Some(at(seconds)),
        ..article("harbor")
    };
    f.found("a.md", &dated(-100));
    assert_eq!(f.only().published, at(-100));
    assert_eq!(f.only().updated, at(2));
    // Taking the date out does not unsay it.
    f.found("a.md", &article("harbor"));
    assert_eq!(f.only().published, at(-100));
    // A date to come is never after the last change.
    f.found("a.md", &dated(900));
    assert_eq!((f.only().published, f.only().updated), (at(900), at(900)));
}

#[test]
fn another_digest_of_the_same_file_is_no_edit() {
    let mut f = Fixture::new();
    f.apply(found_with("a.md", &article("harbor"), b"bytes", 1));
    let before = f.only();
    let better = Digest {
        summary: "A better summary.".to_owned(),
        ..article("harbor")
    };
    let revision = f.catalogue.revision().unwrap();
    let outcome = f.apply(found_with("a.md", &better, b"bytes", 50));
    assert_eq!(outcome, Outcome::Redigested(before.id.clone()));
    let after = f.only();
    assert_eq!(after.digest, better);
    assert_eq!((after.id, after.updated), (before.id, before.updated));
    assert!(
        f.catalogue.revision().unwrap() > revision,
        "feeds show the summary"
    );
}

#[test]
fn a_file_rewritten_from_scratch_keeps_its_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    assert_eq!(
        f.found("a.md", &article("orchard")),
        Outcome::Edited(id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only().id, id);
}

// Copies.

#[test]
fn the_same_text_twice_is_one_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let before = f.only();
    assert_eq!(
        f.found("b.md", &article("harbor")),
        Outcome::Copied(before.id.clone())
    );
    // Another way of writing the same words, as an export to plain text has.
    let shouted = Digest {
        title: "ON HARBOR!".to_owned(),
        ..article("harbor")
    };
    assert_eq!(
        f.found("b.txt", &shouted),
        Outcome::Copied(before.id.clone())
    );
    f.end();
    assert_eq!(f.only(), before);
    // It stays as long as one of its files does.
    f.gone("a.md");
    f.gone("b.md");
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only(), before);
    f.gone("b.txt");
    assert_eq!(f.withdrawn(), [before.id]);
    assert_eq!(f.shown(), []);
}

#[test]
fn an_edit_of_the_first_copy_splits_the_others_off() {
    let mut f = Fixture::new();
    for path in ["a.md", "b.md", "c.md"] {
        f.found(path, &article("harbor"));
    }
    f.end();
    let old = f.only();
    let outcome = f.found("a.md", &edited("harbor"));
    let off = f.id("b.md");
    assert_eq!(
        outcome,
        Outcome::Split {
            edited: old.id.clone(),
            off: off.clone()
        }
    );
    f.end();
    assert_eq!((f.id("a.md"), f.id("c.md")), (old.id.clone(), off.clone()));
    assert_eq!(
        off.0,
        format!("{}-2", old.id),
        "the text's first id is taken"
    );
    let split = f.shown().into_iter().find(|e| e.id == off).unwrap();
    assert_eq!((split.digest, split.updated), (old.digest, old.updated));
}

#[test]
fn copies_edited_alike_stay_one_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("a.txt", &article("harbor"));
    f.end();
    let id = f.only().id;
    f.found("a.md", &edited("harbor"));
    f.found("a.txt", &edited("harbor"));
    f.end();
    assert_eq!(f.only().id, id);
    assert_eq!(f.id("a.txt"), id);
}

#[test]
fn copies_that_arrive_and_are_edited_in_one_go_keep_the_first_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let id = f.id("a.md");
    f.found("a.txt", &article("harbor"));
    f.found("a.md", &edited("harbor"));
    f.found("a.txt", &edited("harbor"));
    f.end();
    assert_eq!(f.only().id, id);
}

#[test]
fn an_edit_of_a_later_copy_is_a_new_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("harbor"));
    f.end();
    let old = f.only();
    let outcome = f.found("b.md", &edited("harbor"));
    assert_eq!(outcome, Outcome::Added(f.id("b.md")));
    f.end();
    assert_eq!(f.id("a.md"), old.id);
    assert_eq!(f.shown().into_iter().find(|e| e.id == old.id), Some(old));
}

#[test]
fn a_file_overwritten_with_another_entrys_text_joins_it() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let (harbor, orchard) = (f.id("a.md"), f.id("b.md"));
    assert_eq!(
        f.found("a.md", &article("orchard")),
        Outcome::Copied(orchard)
    );
    assert_eq!(f.withdrawn(), [harbor]);
}

// Moves.

/// Both orders in which a rename may be told.
fn rename(f: &mut Fixture, from: &str, to: &str, digest: &Digest, gone_first: bool) {
    if gone_first {
        f.gone(from);
        f.found(to, digest);
    } else {
        f.found(to, digest);
        f.gone(from);
    }
}

#[test]
fn a_rename_changes_nothing_that_is_shown() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let before = f.only();
        rename(&mut f, "a.md", "sub/b.md", &article("harbor"), gone_first);
        assert_eq!(f.withdrawn(), []);
        assert_eq!(f.only(), before);
        assert_eq!(f.id("sub/b.md"), before.id);
    }
}

#[test]
fn an_article_moved_and_edited_at_once_is_the_same() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("z.md", &article("orchard"));
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        rename(&mut f, "a.md", "b.md", &rewritten("harbor", 2), gone_first);
        assert_eq!(f.withdrawn(), [], "gone first: {gone_first}");
        assert_eq!(f.id("b.md"), id);
        let entry = f.shown().into_iter().find(|e| e.id == id).unwrap();
        assert_eq!(entry.digest, rewritten("harbor", 2));
        assert_eq!(entry.published, at(2));
        assert!(entry.updated > entry.published);
        assert_eq!(f.catalogue.count().unwrap(), 2);
    }
}

#[test]
fn two_moved_and_edited_at_once_are_told_apart() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.found("b.md", &rewritten("harbor", 3));
        f.end();
        let (a, b) = (f.id("a.md"), f.id("b.md"));
        let moves = [
            ("b", "d", rewritten("harbor", 4)),
            ("a", "c", edited("harbor")),
        ];
        for (from, to, digest) in &moves {
            if gone_first {
                f.gone(&format!("{from}.md"));
            } else {
                f.found(&format!("{to}.md"), digest);
            }
        }
        for (from, to, digest) in &moves {
            if gone_first {
                f.found(&format!("{to}.md"), digest);
            } else {
                f.gone(&format!("{from}.md"));
            }
        }
        f.end();
        assert_eq!(
            (f.id("c.md"), f.id("d.md")),
            (a, b),
            "gone first: {gone_first}"
        );
        assert_eq!(f.catalogue.count().unwrap(), 2);
    }
}

#[test]
fn another_article_in_the_place_of_a_deleted_one_is_new() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let old = f.id("a.md");
        rename(&mut f, "a.md", "b.md", &article("orchard"), gone_first);
        assert_eq!(f.withdrawn(), std::slice::from_ref(&old));
        assert_ne!(f.only().id, old);
    }
}

#[test]
fn files_that_swap_names_keep_their_ids() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let before = f.shown();
    let (harbor, orchard) = (f.id("a.md"), f.id("b.md"));
    f.found("a.md", &article("orchard"));
    f.found("b.md", &article("harbor"));
    assert_eq!(f.withdrawn(), []);
    assert_eq!((f.id("a.md"), f.id("b.md")), (orchard, harbor));
    assert_eq!(f.shown(), before);
}

#[test]
fn numbered_files_that_all_move_up_keep_their_ids() {
    let subjects = ["harbor", "orchard", "library", "tram"];
    for forwards in [true, false] {
        let mut f = Fixture::new();
        for (number, subject) in subjects[1..].iter().enumerate() {
            f.found(&format!("{}.md", number + 1), &article(subject));
        }
        f.end();
        let before = f.shown();
        let ids: Vec<_> = (1..=3).map(|n| f.id(&format!("{n}.md"))).collect();
        // A new article is put in front, told from either end.
        let mut order: Vec<usize> = (0..4).collect();
        if !forwards {
            order.reverse();
        }
        for number in order {
            f.found(&format!("{}.md", number + 1), &article(subjects[number]));
        }
        assert_eq!(f.withdrawn(), [], "forwards: {forwards}");
        let now: Vec<_> = (2..=4).map(|n| f.id(&format!("{n}.md"))).collect();
        assert_eq!(now, ids);
        let shown = f.shown();
        assert_eq!(shown[0].digest.title, "On harbor");
        assert_eq!(shown[1..], before);
    }
}

#[test]
fn a_name_that_is_given_on_before_the_move_is_told_keeps_no_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    // What was put in its place is told of goes before the file itself, of which
    // the last is a kill.
    f.found("a.md", &article("orchard"));
    f.end();
    f.found("c.md", &article("library"));
    f.end();
    let mut f = f.reopen();
    assert_eq!(
        f.found("new/b.md", &article("harbor")),
        Outcome::Moved(before.id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.id("new/b.md"), before.id);
    let shown = f.shown();
    assert_eq!(shown.len(), 3);
    let entry = shown.iter().find(|entry| entry.id == before.id).unwrap();
    assert_eq!(entry.digest, before.digest);
    assert_eq!(entry.published, before.published);
    // Readers saw the other text under this id.
    assert!(entry.updated > before.updated);
    let other = shown.iter().find(|entry| entry.id == f.id("a.md")).unwrap();
    assert_eq!(other.digest, article("orchard"));
    // An id that nobody would get again.
    assert!(!other.id.0.contains("-2"), "{other:?}");
}

#[test]
fn an_entry_that_turned_out_to_be_another_takes_no_text_from_that() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    // Moved and edited, new name first: for a moment it is an entry of its own.
    f.found("b.md", &rewritten("harbor", 2));
    f.gone("a.md");
    f.end();
    assert_eq!(f.id("b.md"), id);
    // Moved again, and its name given on.
    f.found("b.md", &article("orchard"));
    f.found("c.md", &rewritten("harbor", 2));
    f.end();
    assert_eq!(f.id("c.md"), id);
    assert_ne!(f.id("b.md"), id);
    assert_eq!(f.catalogue.count().unwrap(), 2);
}

#[test]
fn a_text_that_was_overwritten_long_ago_is_a_new_entry() {
    for (ends, wait) in [(1, 62), (2, 62), (1, 9_999), (1, -9_999)] {
        let mut f = Fixture::new();
        f.now = 10_000;
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        f.found("a.md", &article("orchard"));
        f.end();
        f.now += wait;
        for _ in 1..ends {
            f.end();
        }
        f.found("b.md", &article("harbor"));
        f.end();
        assert_eq!(f.id("a.md"), id, "{ends} ends, {wait} seconds");
        assert_ne!(f.id("b.md"), id);
    }
}

#[test]
fn a_backup_of_the_old_text_does_not_take_the_id() {
    for backup_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        if backup_first {
            f.found("a.old.md", &article("harbor"));
        }
        f.found("a.md", &edited("harbor"));
        if !backup_first {
            f.found("a.old.md", &article("harbor"));
        }
        f.end();
        assert_eq!(f.id("a.md"), id);
        assert_ne!(f.id("a.old.md"), id);
    }
}

// Going and coming back.

#[test]
fn a_deleted_article_is_withdrawn_at_the_end() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    assert_eq!(f.gone("a.md"), Outcome::Gone);
    assert_eq!(f.catalogue.count().unwrap(), 1, "not before the end");
    assert_eq!(f.withdrawn(), [id]);
    assert_eq!((f.shown(), f.catalogue.count().unwrap()), (vec![], 0));
    assert_eq!(f.gone("a.md"), Outcome::Unchanged);
}

#[test]
fn an_article_brought_back_has_its_id_and_dates() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    f.found("c.md", &article("library"));
    f.end();
    let before = f.shown();
    let id = f.id("a.md");
    f.gone("a.md");
    f.end();
    assert_eq!(
        f.found("elsewhere.md", &article("harbor")),
        Outcome::Revived(id)
    );
    f.end();
    assert_eq!(f.shown(), before, "and its old place in the order");
}

#[test]
fn an_article_brought_back_edited_is_the_same() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    f.gone("a.md");
    f.end();
    assert_eq!(
        f.found("new.md", &rewritten("harbor", 2)),
        Outcome::Revived(id)
    );
    assert_eq!(f.only().updated, at(4));
}

#[test]
fn at_its_old_path_an_article_is_known_by_less() {
    for (path, same) in [("a.md", true), ("b.md", false)] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        f.gone("a.md");
        f.end();
        f.found(path, &rewritten("harbor", 5));
        assert_eq!(f.id(path) == id, same, "{path}");
    }
}

#[test]
fn an_id_is_never_given_twice() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let first = f.id("a.md");
    f.found("a.md", &edited("harbor"));
    f.end();
    f.found("b.md", &article("harbor"));
    f.end();
    assert_eq!(f.id("a.md"), first);
    assert_eq!(f.id("b.md").0, format!("{first}-2"));
}

// Refused files.

#[test]
fn a_refused_file_is_reported_and_remembered() {
    let mut f = Fixture::new();
    for path in ["b.bin", "a.bin"] {
        assert_eq!(f.refused(path, Refusal::Faulty), Outcome::Refused);
    }
    assert_eq!(f.withdrawn(), []);
    let refused = ["a.bin", "b.bin"].map(|path| Refused {
        path: path.into(),
        kind: Refusal::Faulty,
        reason: "Faulty".to_owned(),
    });
    assert_eq!(f.catalogue.refused().unwrap(), refused);
    assert_eq!(f.catalogue.sources().unwrap().len(), 2);
    assert_eq!(f.shown(), []);
    f.gone("a.bin");
    let outcome = f.found("b.bin", &article("harbor"));
    assert_eq!(outcome, Outcome::Added(f.id("b.bin")));
    assert_eq!(f.catalogue.refused().unwrap(), []);
}

#[test]
fn an_entry_outlives_a_moment_in_which_its_file_is_empty() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    f.refused("a.md", Refusal::Faulty);
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only(), before);
    assert_eq!(f.catalogue.refused().unwrap().len(), 1);
    assert_eq!(f.found("a.md", &article("harbor")), Outcome::Unchanged);
    assert_eq!(f.catalogue.refused().unwrap(), []);
    assert_eq!(f.only(), before);
    f.refused("a.md", Refusal::Faulty);
    f.gone("a.md");
    assert_eq!(f.withdrawn(), [before.id]);
}

#[test]
fn a_draft_is_withdrawn_and_published_again_under_its_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    f.refused("a.md", Refusal::Draft);
    assert_eq!(f.withdrawn(), std::slice::from_ref(&id));
    assert_eq!(f.catalogue.refused().unwrap()[0].kind, Refusal::Draft);
    assert_eq!(
        f.found("a.md", &rewritten("harbor", 4)),
        Outcome::Revived(id)
    );
}

// Order.

#[test]
fn newest_arrivals_come_first_then_newest_dates() {
    let dated = |subject, days: i64| Digest {
        published: Some(at(days * 86_400)),
        ..article(subject)
    };
    let mut f = Fixture::new();
    f.found("a.md", &dated("harbor", -3));
    f.found("b.md", &dated("orchard", -1));
    f.found("c.md", &dated("library", -2));
    f.end();
    // An old article that arrives later is news all the same.
    f.found("d.md", &dated("tram", -900));
    f.end();
    let order = ["On tram", "On orchard", "On library", "On harbor"];
    assert_eq!(f.titles(), order);
    let two = f.shown()[..2].to_vec();
    let newest = f.catalogue.newest(2).unwrap();
    assert_eq!(
        newest
            .into_iter()
            .map(Arc::unwrap_or_clone)
            .collect::<Vec<_>>(),
        two
    );
    // An edit moves nothing up.
    f.found("a.md", &dated("harbor", -3));
    f.found(
        "c.md",
        &Digest {
            published: Some(at(-2 * 86_400)),
            ..edited("library")
        },
    );
    f.end();
    assert_eq!(f.titles(), order);
}

#[test]
fn a_pass_that_is_killed_and_resumed_is_one_arrival() {
    let dated = |subject, seconds| Digest {
        published: Some(at(seconds)),
        ..article(subject)
    };
    let mut f = Fixture::new();
    f.found("a.md", &dated("harbor", -1));
    let mut f = f.reopen();
    f.found("b.md", &dated("orchard", -2));
    f.end();
    assert_eq!(f.titles(), ["On harbor", "On orchard"]);
}

#[test]
fn the_revision_moves_with_what_feeds_show() {
    let mut f = Fixture::new();
    let mut last = f.catalogue.revision().unwrap();
    let mut moved = |f: &Fixture| {
        let now = f.catalogue.revision().unwrap();
        std::mem::replace(&mut last, now) != now
    };
    f.found("a.md", &article("harbor"));
    assert!(moved(&f), "added");
    f.end();
    assert!(!moved(&f), "an end of nothing");
    f.found("b.md", &article("harbor"));
    f.refused("c.md", Refusal::Faulty);
    f.gone("a.md");
    f.end();
    assert!(!moved(&f), "a move, and a refused file");
    f.gone("b.md");
    assert!(!moved(&f), "not gone for good");
    f.end();
    assert!(moved(&f), "withdrawn");
    f.found("b.md", &article("harbor"));
    assert!(moved(&f), "revived");
}

// The store.

#[test]
fn what_was_applied_is_there_after_a_kill() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let (before, id) = (f.shown(), f.id("a.md"));
    f.gone("a.md");
    let mut f = f.reopen();
    assert_eq!(f.shown(), before, "no end was told yet");
    f.found("c.md", &edited("harbor"));
    let mut f = f.reopen();
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.id("c.md"), id);
    assert_eq!(f.catalogue.count().unwrap(), 2);
}

#[test]
fn an_overwritten_text_is_remembered_over_a_kill() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    f.found("a.md", &article("orchard"));
    let mut f = f.reopen();
    assert_eq!(
        f.found("b.md", &article("harbor")),
        Outcome::Moved(before.id.clone())
    );
    f.end();
    assert_eq!(f.shown()[1], before);
    assert_eq!(f.shown()[0].id, f.id("a.md"));
}

#[test]
fn a_second_opener_is_told_who_holds_the_catalogue() {
    let f = Fixture::new();
    let error = Catalogue::open(f.folder.path()).unwrap_err();
    let StoreError::Held { holder, .. } = &error else {
        panic!("{error}")
    };
    if cfg!(unix) {
        assert_eq!(holder.pid, Some(std::process::id()));
        assert!(error.to_string().contains(&std::process::id().to_string()));
    }
    let mut f = f.reopen();
    assert_eq!(f.shown(), []);
}

#[test]
fn a_newer_catalogue_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("catalogue.db");
    drop(Catalogue::open(folder.path()).unwrap());
    let db = rusqlite::Connection::open(&file).unwrap();
    db.pragma_update(None, "user_version", 4_000).unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    let error = Catalogue::open(folder.path()).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 4_000, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("newer program"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_digest_from_before_a_field_was_added_is_read() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    let sql = "UPDATE digest SET digest = json_remove(digest, '$.summary', '$.url')";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    drop(db);
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let digest = catalogue.newest(1).unwrap().remove(0).digest.clone();
    assert_eq!(
        digest,
        Digest {
            summary: String::new(),
            ..article("harbor")
        }
    );
}

#[test]
fn what_an_owner_writes_with_another_tool_is_read() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let before = f.only();
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    db.execute("UPDATE digest SET title = 'By hand'", [])
        .unwrap();
    let after = f.catalogue.newest(1).unwrap().remove(0);
    assert_eq!(after.digest.title, "By hand");
    assert_eq!(after.id, before.id);
}

#[test]
fn a_damaged_row_is_told_rather_than_shown() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    db.execute("UPDATE digest SET digest = 'not JSON'", [])
        .unwrap();
    drop(db);
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let Opened::SetAside { to, .. } = catalogue.opened() else {
        panic!("{:?}", catalogue.opened());
    };
    assert!(to.exists());
    assert_eq!(catalogue.newest(1).unwrap(), []);
}

#[test]
fn records_that_cannot_all_be_applied_change_nothing() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let (before, revision) = (f.shown(), f.catalogue.revision().unwrap());
    // The entry at b.md cannot be read, so the second record fails.
    f.found("b.md", &article("orchard"));
    let id = f.id("b.md").0;
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    let sql = "UPDATE digest SET digest = '!' WHERE entry = (SELECT key FROM entry WHERE id = ?1)";
    assert_eq!(db.execute(sql, [id]).unwrap(), 1);
    let records = [
        Record::Gone {
            path: "a.md".into(),
        },
        found("b.md", &edited("orchard"), 9),
    ];
    f.catalogue.apply(&records).unwrap_err();
    assert_eq!(f.id("a.md"), before[0].id);
    assert_eq!(
        f.catalogue.revision().unwrap(),
        revision + 1,
        "b.md was added"
    );
}

#[test]
fn what_is_no_catalogue_is_kept() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("catalogue.db");
    let open = || Catalogue::open(folder.path()).unwrap_err().to_string();
    fs::write(&file, "Dear diary, today nothing happened.\n".repeat(200)).unwrap();
    let before = fs::read(&file).unwrap();
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let Opened::SetAside { to, .. } = catalogue.opened() else {
        panic!("{:?}", catalogue.opened());
    };
    assert_eq!(fs::read(to).unwrap(), before);
    drop(catalogue);

    fs::remove_file(&file).unwrap();
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    assert!(open().contains("another program's"), "{}", open());
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Catalogue::open(&file.join("state")).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let state = folder.path().join("a/state");
    drop(Catalogue::open(&state).unwrap());
    let mode = fs::metadata(&state).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn what_is_kept_once_stays() {
    let mut f = Fixture::new();
    assert_eq!(f.catalogue.meta_once("feed", "first").unwrap(), "first");
    assert_eq!(f.catalogue.meta_once("feed", "second").unwrap(), "first");
    assert_eq!(f.catalogue.meta("version").unwrap(), None);
    f.catalogue.set_meta("version", "7").unwrap();
    f.catalogue.set_meta("version", "8").unwrap();
    let f = f.reopen();
    assert_eq!(f.catalogue.meta("version").unwrap().as_deref(), Some("8"));
}

#[cfg(unix)]
#[test]
fn names_may_be_any_bytes() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let path = PathBuf::from(OsStr::from_bytes(b"caf\xe9\n.txt"));
    let record = found(path.clone(), &article("harbor"), 1);
    let json = serde_json::to_string(&record).unwrap();
    let mut f = Fixture::new();
    f.apply(serde_json::from_str(&json).unwrap());
    let id = f.catalogue.entry_at(&path).unwrap().unwrap();
    assert!(f.catalogue.sources().unwrap().contains_key(&path));
    let mut f = f.reopen();
    f.apply(Record::Gone { path: path.clone() });
    assert_eq!(f.withdrawn(), [id]);
    f.apply(Record::Refused {
        path: path.clone(),
        stamp: stamp(3),
        kind: Refusal::Faulty,
        reason: "empty".to_owned(),
    });
    let refused = f.catalogue.refused().unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!((&refused[0].path, &*refused[0].reason), (&path, "empty"));
}

#[test]
fn a_stamp_comes_back_as_it_was() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let sources = f.catalogue.sources().unwrap();
    assert_eq!(sources[Path::new("a.md")].inode, u64::MAX);
}

// Properties.

/// A step of a made-up history: few paths and texts, so that they meet.
#[derive(Debug, Clone)]
enum Step {
    Write {
        path: u8,
        subject: u8,
        rewritten: usize,
        stated: Option<i64>,
    },
    Remove {
        path: u8,
    },
    Refuse {
        path: u8,
        kind: Refusal,
    },
    End,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let write = (
        0..5_u8,
        0..3_u8,
        0..10_usize,
        proptest::option::of(-9..9_i64),
    )
        .prop_map(|(path, subject, rewritten, stated)| Step::Write {
            path,
            subject,
            rewritten,
            stated,
        });
    let kind = prop_oneof![Just(Refusal::Faulty), Just(Refusal::Draft)];
    let step = prop_oneof![
        6 => write,
        3 => (0..5_u8).prop_map(|path| Step::Remove { path }),
        1 => (0..5_u8, kind).prop_map(|(path, kind)| Step::Refuse { path, kind }),
        3 => Just(Step::End),
    ];
    proptest::collection::vec(step, 1..40)
}

fn record(step: &Step, now: i64) -> Record {
    match step {
        Step::Write {
            path,
            subject,
            rewritten: some,
            stated,
        } => {
            let digest = Digest {
                published: stated.map(at),
                modified: stated.map(|stated| at(2 * stated)),
                ..rewritten(&format!("s{subject}"), *some)
            };
            found(format!("{path}.md"), &digest, now)
        }
        Step::Remove { path } => Record::Gone {
            path: format!("{path}.md").into(),
        },
        Step::Refuse { path, kind } => Record::Refused {
            path: format!("{path}.md").into(),
            stamp: stamp(0),
            kind: *kind,
            reason: "no article".to_owned(),
        },
        Step::End => Record::End { at: at(now) },
    }
}

/// The entry that each file has.
fn linked(f: &Fixture) -> BTreeMap<PathBuf, EntryId> {
    let paths: BTreeSet<PathBuf> = f.catalogue.sources().unwrap().into_keys().collect();
    let link = |path: PathBuf| {
        let id = f.catalogue.entry_at(&path).unwrap()?;
        Some((path, id))
    };
    paths.into_iter().filter_map(link).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_a_sound_catalogue(steps in steps()) {
        let mut f = Fixture::new();
        let mut last: BTreeMap<EntryId, Entry> = BTreeMap::new();
        for (now, step) in (1..).zip(steps.iter().chain([&Step::End])) {
            let record = record(step, now);
            f.apply(record.clone());
            let shown = f.shown();
            let ids: BTreeSet<&EntryId> = shown.iter().map(|entry| &entry.id).collect();
            prop_assert_eq!(ids.len(), shown.len(), "an id twice");
            prop_assert_eq!(f.catalogue.count().unwrap(), shown.len());
            for entry in &shown {
                prop_assert!(entry.published <= entry.updated);
                if let Some(before) = last.get(&entry.id)
                    && before.digest == entry.digest
                    && !matches!(record, Record::Found(_))
                {
                    prop_assert_eq!(before, entry, "dates moved without a change");
                }
            }
            if let Record::Found(found) = &record {
                let revision = f.catalogue.revision().unwrap();
                prop_assert_eq!(f.apply(record.clone()), Outcome::Unchanged);
                prop_assert_eq!(f.catalogue.revision().unwrap(), revision);
                prop_assert_eq!(&f.shown(), &shown);
                let id = f.catalogue.entry_at(&found.path).unwrap();
                prop_assert!(id.is_some_and(|id| ids.contains(&id)));
            }
            if let Record::End { .. } = record {
                let linked: BTreeSet<EntryId> = linked(&f).into_values().collect();
                let shown: BTreeSet<EntryId> = shown.iter().map(|e| e.id.clone()).collect();
                prop_assert_eq!(shown, linked, "shown without a file, or the other way round");
            }
            last = shown.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        }
    }

    #[test]
    fn edits_to_new_texts_never_change_an_id(edits in proptest::collection::vec((0..4_usize, 0..11_usize), 1..20)) {
        let mut f = Fixture::new();
        let subjects = ["harbor", "orchard", "library", "tram"];
        for subject in subjects {
            f.found(&format!("{subject}.md"), &article(subject));
        }
        f.end();
        let before = linked(&f);
        for (turn, (which, some)) in edits.into_iter().enumerate() {
            // However much is rewritten: the file's name is what stays.
            let mut digest = rewritten(subjects[which], some);
            digest.body.push(BlockKind::Paragraph, &format!("turn{turn}"));
            f.found(&format!("{}.md", subjects[which]), &digest);
            if turn % 3 == 0 {
                f.end();
            }
            prop_assert_eq!(&linked(&f), &before);
        }
    }

    #[test]
    fn files_may_trade_names_in_any_way_and_order(
        places in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        new in any::<bool>(),
    ) {
        // Five articles at the first five of eight paths go to any five of
        // them; perhaps a sixth article comes.
        let path = |place: usize| format!("{place}.md");
        let subject = |number: usize| article(&format!("s{number}"));
        let mut f = Fixture::new();
        for number in 0..5 {
            f.found(&path(number), &subject(number));
        }
        f.end();
        let before = f.shown();
        let ids: Vec<EntryId> = (0..5).map(|number| f.id(&path(number))).collect();
        let count = 5 + usize::from(new);
        for place in order {
            match places[..count].iter().position(|taken| *taken == place) {
                Some(number) => drop(f.found(&path(place), &subject(number))),
                None => drop(f.gone(&path(place))),
            }
        }
        prop_assert_eq!(f.withdrawn(), []);
        let now: Vec<EntryId> = places[..5].iter().map(|place| f.id(&path(*place))).collect();
        prop_assert_eq!(now, ids);
        prop_assert_eq!(&f.shown()[usize::from(new)..], &before);
    }

    #[test]
    fn the_same_records_give_the_same_catalogue(steps in steps(), cuts in 1..7_usize) {
        let records: Vec<Record> = (1..).zip(&steps).map(|(now, step)| record(step, now)).collect();
        let json = serde_json::to_string(&records).unwrap();
        let sent: Vec<Record> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&records, &sent);
        let (mut one, mut other) = (Fixture::new(), Fixture::new());
        let outcomes = one.catalogue.apply(&records).unwrap();
        let mut others = Vec::new();
        for some in sent.chunks(cuts) {
            others.extend(other.catalogue.apply(some).unwrap());
            other = other.reopen();
        }
        prop_assert_eq!(outcomes, others);
        prop_assert_eq!(one.shown(), other.shown());
        prop_assert_eq!(linked(&one), linked(&other));
        prop_assert_eq!(one.catalogue.refused().unwrap(), other.catalogue.refused().unwrap());
    }
}

#[test]
fn a_save_through_another_file_keeps_the_id() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let before = f.only();
        // An editor writes beside it, and the daemon is quick.
        f.found("a.md.tmp", &rewritten("harbor", 2));
        f.end();
        if gone_first {
            f.gone("a.md.tmp");
        }
        f.found("a.md", &rewritten("harbor", 2));
        f.end();
        f.gone("a.md.tmp");
        f.end();
        let after = f.only();
        assert_eq!(after.id, before.id, "gone first: {gone_first}");
        assert_eq!(after.digest, rewritten("harbor", 2));
    }
}
