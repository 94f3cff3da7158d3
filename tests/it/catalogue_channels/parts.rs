//! How channels are cut into parts.

use super::{one_by_one, settings};
use crate::catalogue::{Fixture, article, at, found};
use feedwright::{
    catalogue::{Due, Record},
    channel::Part,
    entry::Digest,
};

#[test]
fn the_older_half_of_a_full_part_becomes_an_archive_page() {
    let mut f = Fixture::with(settings(3, 5));
    one_by_one(&mut f, 5);
    f.publish();
    assert_eq!(f.sheet("", Part::Current).unwrap().archives, 0);
    assert_eq!(f.sheet("", Part::Archive(1)), None);
    f.found("5.md", &article("s5"));
    assert_eq!(f.sheet("", Part::Archive(1)), None, "not before the end");
    f.end();
    assert_eq!(f.current(""), ["s5", "s4", "s3"]);
    assert_eq!(f.part("", Part::Archive(1)), ["s2", "s1", "s0"]);
    let (channel, _) = f.channel("");
    let due = [Part::Current, Part::Archive(1), Part::Archive(2)];
    let due = due.map(|part| Due::Sheet { channel, part });
    let entry = Due::Entry(f.key("5.md"));
    assert_eq!(f.due(), [&due[..], &[entry]].concat());
    // The follower of the last page is there already, without entries.
    let follower = f.sheet("", Part::Archive(2)).unwrap();
    assert_eq!((follower.entries.len(), follower.archives), (0, 1));
    assert_eq!(f.sheet("", Part::Archive(3)), None);
}

#[test]
fn a_first_pass_in_any_order_is_cut_into_full_pages() {
    let mut f = Fixture::with(settings(3, 4));
    for number in [7, 2, 9, 0, 4, 1, 8, 3, 6, 5] {
        let digest = Digest {
            published: Some(at(number)),
            ..article(&format!("s{number}"))
        };
        f.found(&format!("{number}.md"), &digest);
    }
    assert_eq!(f.current(""), ["s9", "s8", "s7", "s6"], "while it goes on");
    f.end();
    assert_eq!(f.current(""), ["s9", "s8", "s7", "s6"]);
    assert_eq!(f.part("", Part::Archive(3)), ["s5", "s4"]);
    assert_eq!(f.part("", Part::Archive(1)), ["s1", "s0"]);
}

#[test]
fn an_entry_stays_in_its_page_whatever_date_it_gets() {
    let mut f = Fixture::with(settings(3, 2));
    one_by_one(&mut f, 6);
    f.publish();
    let pages = |f: &Fixture| [1, 2, 3, 4].map(|page| f.part("", Part::Archive(page)));
    let before = pages(&f);
    let dated = Digest {
        published: Some(at(5_000)),
        ..article("s1")
    };
    f.found("1.md", &dated);
    f.end();
    assert_eq!(pages(&f), before);
    let (channel, _) = f.channel("");
    let part = Part::Archive(2);
    assert_eq!(
        f.due(),
        [Due::Sheet { channel, part }, Due::Entry(f.key("1.md"))]
    );
}

#[test]
fn a_smaller_part_is_cut_at_once() {
    let mut f = Fixture::with(settings(3, 6));
    one_by_one(&mut f, 6);
    f.set(settings(3, 3));
    assert_eq!(f.current(""), ["s5", "s4"]);
    assert_eq!(f.part("", Part::Archive(2)), ["s3", "s2"]);
}

#[test]
fn a_withdrawn_entry_is_told_of_in_the_part_it_was_in() {
    let mut f = Fixture::with(settings(3, 2));
    one_by_one(&mut f, 4);
    let id = f.entry(f.key("0.md")).id;
    let key = f.key("0.md");
    f.publish();
    f.gone("0.md");
    f.end();
    let page = f.sheet("", Part::Archive(1)).unwrap();
    assert_eq!((page.entries.len(), page.deleted.len()), (0, 1));
    assert_eq!((&page.deleted[0].id, page.deleted[0].at), (&id, at(f.now)));
    assert_eq!(f.sheet("", Part::Current).unwrap().deleted, []);
    let (channel, _) = f.channel("");
    let part = Part::Archive(1);
    assert_eq!(f.due(), [Due::Sheet { channel, part }, Due::Entry(key)]);
    assert_eq!(f.catalogue.entry(key).unwrap(), None);
    assert_eq!(f.catalogue.slug(key).unwrap().as_deref(), Some("on-s0"));
    // It comes back to where it was.
    f.publish();
    f.found("again.md", &article("s0"));
    f.end();
    let page = f.sheet("", Part::Archive(1)).unwrap();
    assert_eq!((page.entries.len(), page.deleted.len()), (1, 0));
    assert_eq!(f.due(), [Due::Sheet { channel, part }, Due::Entry(key)]);
}

#[test]
fn a_part_tells_of_a_hundred_withdrawn_entries() {
    let mut f = Fixture::with(settings(3, 500));
    let articles = |numbers: std::ops::Range<i64>| -> Vec<Record> {
        let one = |number| {
            found(
                format!("{number}.md"),
                &article(&format!("s{number}")),
                number,
            )
        };
        numbers.map(one).collect()
    };
    f.catalogue.apply(&articles(0..130)).unwrap();
    f.end();
    for number in 0..120 {
        f.gone(&format!("{number}.md"));
        if number % 60 == 59 {
            f.end();
        }
    }
    let deleted = f.sheet("", Part::Current).unwrap().deleted;
    assert_eq!(deleted.len(), 100);
    assert_eq!((deleted[0].at, deleted[59].at), (at(f.now), at(f.now)));
    assert!(deleted[60].at < at(f.now));
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    let sql = "SELECT count(*) FROM deleted WHERE subject = 0";
    let kept: i64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 100, "the rest is forgotten");
}
