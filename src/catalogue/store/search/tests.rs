//! What queries find, by example.

mod random;

use super::{Unindexed, WAITING, all};
use crate::{
    catalogue::{Query, search::Searched},
    entry::{Digest, Entry, LeadQuote, Quotation, Speaker, Topic},
    text::{BlockKind, Span, Text},
};
use rusqlite::Connection;

fn open() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(include_str!("../search.sql")).unwrap();
    db
}

fn index(db: &Connection, key: i64, entry: &Entry, folders: &[String]) -> rusqlite::Result<()> {
    let mut unindexed = Unindexed::default();
    unindexed.index(db, key, Searched::new(entry, folders))?;
    unindexed.write(db)
}

fn unindex(db: &Connection, key: i64) -> rusqlite::Result<()> {
    let mut unindexed = Unindexed::default();
    unindexed.unindex(db, key)?;
    unindexed.write(db)
}

fn query(written: &str) -> Query {
    Query::parse(written).unwrap_or_else(|error| panic!("{written:?}: {error}"))
}

fn entry(title: &str, text: &str, topics: &[&str], speakers: &[&str]) -> Entry {
    let mut body = Text::default();
    body.push(BlockKind::Paragraph, text);
    let quote = |speaker: &&str| Quotation {
        parts: vec![Span { start: 0, end: 0 }],
        speaker: Some(Speaker((*speaker).to_owned())),
    };
    Entry {
        published: "2026-03-15T12:00:00Z".parse().unwrap(),
        digest: Digest {
            title: title.to_owned(),
            body,
            topics: topics.iter().map(|topic| Topic::from(*topic)).collect(),
            quotes: speakers.iter().map(quote).collect(),
            ..Digest::default()
        },
        ..Entry::default()
    }
}

/// Whether these queries find an entry.
fn check(entry: &Entry, folders: &[&str], found: &[&str], not_found: &[&str]) {
    let db = open();
    let folders: Vec<_> = folders.iter().map(|folder| (*folder).to_owned()).collect();
    // Others on both sides.
    index(&db, 1, &Entry::default(), &[]).unwrap();
    index(&db, 7, entry, &folders).unwrap();
    index(&db, 8, &Entry::default(), &[]).unwrap();
    for (queries, expected) in [(found, true), (not_found, false)] {
        for written in queries {
            let query = query(written);
            assert_eq!(
                query.finds(&Searched::new(entry, &folders)),
                expected,
                "{written}"
            );
            assert_eq!(
                all(&db, &query).unwrap().contains(&7),
                expected,
                "{written}"
            );
        }
    }
}

#[test]
fn words_are_found_in_title_text_topics_and_speakers() {
    let mut article = entry(
        "Harbor tolls rise",
        "The port of Orra asks 3.5% more from May. O'Dell's café is closed.",
        &["Port fees", "Shipping lines"],
        &["Judith Marlow", "a spokesman"],
    );
    article.digest.lead_quote = Some(LeadQuote {
        quote: "It is not enough.".to_owned(),
        speaker: Some(Speaker("Émile Böll".to_owned())),
    });
    article.digest.topics[0].forms = vec!["Dues".to_owned()];
    check(
        &article,
        &[],
        &[
            "harbor",
            "HARBOR orra fees marlow",
            "harbour OR tolls",
            "\"port of orra\"",
            "o'dell",
            "“o’dell’s CAFE”",
            "\"3.5\"",
            "tol*",
            "\"port of or\"*",
            "title:tolls text:orra topic:fees speaker:marlow",
            "topic:dues",
            "speaker:\"judith marlow\"",
            "speaker:\"emile boll\"",
            "speaker:spokesman",
            "-title:orra",
            "-nothing",
            "NOT (nothing OR never)",
            "harbor -nothing",
            "nothing OR harbor tolls",
        ],
        &[
            "title:orra",
            "text:tolls",
            "tol",
            "\"of port\"",
            "\"tolls the\"",
            "\"fees shipping\"",
            "\"marlow a\"",
            "topic:marlow",
            "harbor -tolls",
            "-harbor",
            "NOT NOT nothing",
            "(nothing OR harbor) never",
            "text:\"not enough\"",
        ],
    );
}

#[test]
fn words_are_found_in_scripts_without_spaces() {
    check(
        &entry("東京で会議", "ประชุมที่กรุงเทพ วันนี้", &["气候变化"], &["李明"]),
        &[],
        &[
            "東京",
            "会議",
            "กรุงเทพ",
            "topic:气候",
            "变化",
            "speaker:李明",
            "東* 京",
        ],
        &["京東", "東会", "ที", "title:气候", "speaker:明李"],
    );
}

#[test]
fn operators_are_in_capitals_and_and_binds_more_closely() {
    check(
        &entry("Salt and pepper", "or not", &[], &[]),
        &[],
        &[
            "salt and pepper",
            "salt or not",
            "sugar milk OR salt",
            "salt OR sugar milk",
        ],
        &[
            "(sugar OR salt) milk",
            "sugar and pepper",
            "salt AND sugar OR milk",
        ],
    );
}

#[test]
fn folder_language_and_date_are_found() {
    let mut article = entry("A", "b", &[], &[]);
    article.digest.language = Some("de-AT".to_owned());
    check(
        &article,
        &["Politik", "Politik/Länder (Süd)"],
        &[
            "folder:politik",
            "folder:/Politik/",
            "folder:\"politik/lander (sud)\"",
            "folder:pol*",
            "folder:politik/*",
            "language:de",
            "language:DE_at",
            "-language:en",
            "date:2026",
            "date:2026-03",
            "date:2026-03-15",
            "date:>=2026-03-15",
            "date:>2026-02",
            "date:<=2026-03",
            "date:<2026-04",
            "date:2026-01..2026-03",
            "date:2026-03..",
            "date:\"..2026-03\"",
            "after:2026-03-14",
            "before:2026-03-16",
            "after:2025 before:2027 a",
        ],
        &[
            "folder:poli",
            "folder:lander*",
            "folder:politik/l",
            "language:de-A",
            "language:en",
            "date:2025",
            "date:2026-02",
            "date:2026-03-14",
            "date:>2026-03",
            "date:<2026-03",
            "date:..2026-02",
            "after:2026-03",
            "before:2026-03",
            "before:2026-03-15",
        ],
    );
    check(
        &entry("A", "b", &[], &[]),
        &[],
        &["-language:de"],
        &["language:de", "folder:a*"],
    );
}

#[test]
fn an_entry_is_found_by_what_it_says_now() {
    let db = open();
    let found = |written: &str| all(&db, &query(written)).unwrap();
    index(&db, 1, &entry("One", "", &[], &[]), &["a".to_owned()]).unwrap();
    index(&db, 2, &entry("Two", "one", &[], &[]), &[]).unwrap();
    assert_eq!(found("one"), [1, 2]);
    index(&db, 1, &entry("Three", "", &[], &[]), &["b".to_owned()]).unwrap();
    assert_eq!(found("one"), [2]);
    assert_eq!(found("three"), [1]);
    assert_eq!(found("-one"), [1]);
    assert_eq!((found("folder:a"), found("folder:b")), (vec![], vec![1]));
    unindex(&db, 1).unwrap();
    unindex(&db, 1).unwrap();
    assert!(found("three").is_empty());
    assert_eq!(found("-nothing"), [2]);
    index(&db, 1, &entry("Three", "", &[], &[]), &[]).unwrap();
    assert_eq!(found("three"), [1]);
    db.execute("INSERT INTO search (search) VALUES ('optimize')", [])
        .unwrap();
    assert_eq!(found("-nothing"), [1, 2]);
}

#[test]
fn an_entry_waits_for_the_index_as_it_was_noted_last() {
    let db = open();
    let say = |title| Searched::new(&entry(title, "", &[], &[]), &[]);
    let found = |written: &str| all(&db, &query(written)).unwrap();
    let mut unindexed = Unindexed::default();
    unindexed.index(&db, 1, say("One")).unwrap();
    unindexed.index(&db, 1, say("Two")).unwrap();
    unindexed.index(&db, 2, say("Two")).unwrap();
    unindexed.unindex(&db, 2).unwrap();
    unindexed.write(&db).unwrap();
    assert_eq!((found("one"), found("two")), (vec![], vec![1]));
    let many: Vec<i64> = (1..).take(WAITING + 1).collect();
    for key in &many {
        unindexed.index(&db, *key, say("Three")).unwrap();
        assert!(unindexed.0.len() < WAITING);
    }
    unindexed.write(&db).unwrap();
    assert_eq!((found("two"), found("three")), (vec![], many));
}

#[test]
fn the_longest_and_the_deepest_query_are_answered() {
    let db = open();
    index(&db, 1, &entry("A", "", &[], &[]), &[]).unwrap();
    let long = |word: &str, between: &str| {
        let one = word.len() + between.len();
        vec![word; (4_000 + between.len()) / one].join(between)
    };
    let deep = |piece: &str, times: usize| {
        let closed = ")".repeat(times * piece.matches('(').count());
        format!("{}a{closed}", piece.repeat(times))
    };
    for (written, expected) in [
        (long("a", " "), true),
        (long("a", " OR "), true),
        (long("-b", " "), true),
        (format!("a {}", long("-b", " ").split_at(3_990).0), true),
        (long("-b", " OR "), true),
        (long("date:2026", " OR "), true),
        (long("-date:2025", " "), true),
        (format!("\"{}\"", "a ".repeat(1_999)), false),
        (deep("(", 30), true),
        (deep("(b OR (a -", 10), true),
        (deep("-(b OR (c ", 10), true),
        (deep("NOT ", 30), true),
        (deep("(date:2025 OR -(b ", 10), true),
    ] {
        let query = query(&written);
        let searched = Searched::new(&entry("A", "", &[], &[]), &[]);
        assert_eq!(query.finds(&searched), expected, "{written}");
        assert_eq!(!all(&db, &query).unwrap().is_empty(), expected, "{written}");
    }
}
