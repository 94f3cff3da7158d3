//! What queries find, against a plain evaluator and by example.

use super::{all, behind, index, matches, unindex};
use crate::{
    catalogue::{
        Query,
        rules::Key,
        search::{Node, Place, Searched, Term},
    },
    entry::{Digest, Entry, LeadQuote, Quotation, Speaker, Topic},
    text::{BlockKind, Span, Text},
};
use jiff::Timestamp;
use proptest::{prelude::*, sample::select};
use rusqlite::Connection;

fn open() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(include_str!("../search.sql")).unwrap();
    db
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
            assert_eq!(matches(&db, &query, 7).unwrap(), expected, "{written}");
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
    assert!(!matches(&db, &query("-nothing"), 1).unwrap());
    index(&db, 1, &entry("Three", "", &[], &[]), &[]).unwrap();
    assert_eq!(found("three"), [1]);
    db.execute("INSERT INTO search (search) VALUES ('optimize')", [])
        .unwrap();
    assert_eq!(found("-nothing"), [1, 2]);
}

#[test]
fn entries_that_are_not_noted_are_known() {
    let db = open();
    db.execute_batch(include_str!("../schema_1.sql")).unwrap();
    for (key, withdrawn) in [(1, None), (2, Some(5)), (3, None), (4, None)] {
        db.execute(
            "INSERT INTO entry VALUES (?1, ?1, 1, 0, 0, 0, NULL, ?2, NULL, x'', x'', x'')",
            (key, withdrawn),
        )
        .unwrap();
    }
    assert_eq!(behind(&db, 9).unwrap(), [1, 3, 4]);
    assert_eq!(behind(&db, 2).unwrap(), [1, 3]);
    index(&db, 3, &Entry::default(), &[]).unwrap();
    assert_eq!(behind(&db, 9).unwrap(), [1, 4]);
    unindex(&db, 3).unwrap();
    assert_eq!(behind(&db, 9).unwrap(), [1, 3, 4]);
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
        assert_eq!(matches(&db, &query, 1).unwrap(), expected, "{written}");
        assert_eq!(!all(&db, &query).unwrap().is_empty(), expected, "{written}");
    }
}

/// Whether a query finds an entry: as it is explained, word by word.
fn finds(node: &Node, entry: &Entry, folders: &[String]) -> bool {
    let digest = &entry.digest;
    match node {
        Node::All(nodes) => nodes.iter().all(|node| finds(node, entry, folders)),
        Node::Any(nodes) => nodes.iter().any(|node| finds(node, entry, folders)),
        Node::Not(node) => !finds(node, entry, folders),
        Node::Is(Term::Words { place, words, open }) => {
            let mut texts = vec![
                (Place::Title, &digest.title),
                (Place::Text, &digest.body.plain),
            ];
            texts.extend(
                digest
                    .topics
                    .iter()
                    .map(|topic| (Place::Topics, &topic.label)),
            );
            let speakers = digest
                .quotes
                .iter()
                .filter_map(|quote| quote.speaker.as_ref());
            texts.extend(speakers.map(|speaker| (Place::Speakers, &speaker.0)));
            texts
                .iter()
                .any(|(at, text)| place.is_none_or(|place| place == *at) && has(text, words, *open))
        }
        Node::Is(Term::Folder { path, open }) => folders
            .iter()
            .any(|folder| folder == path || *open && folder.starts_with(path.as_str())),
        Node::Is(Term::Language(tag)) => digest
            .language
            .as_ref()
            .is_some_and(|language| language == tag || language.starts_with(&format!("{tag}-"))),
        Node::Is(Term::Published(range)) => range.contains(&entry.published.as_microsecond()),
    }
}

/// The texts of these tests have words that `Searched` has tests for.
fn has(text: &str, phrase: &str, open: bool) -> bool {
    let phrase: Vec<_> = phrase.split(' ').collect();
    let text = text.to_lowercase().replace('é', "e").replace('\'', " ");
    let text = text.replace('東', " 東 ").replace('京', " 京 ");
    let text: Vec<_> = text.split_whitespace().collect();
    let (last, first) = phrase.split_last().unwrap();
    text.windows(phrase.len()).any(|there| {
        let ends = there.last().unwrap();
        there.starts_with(first) && (ends == last || open && ends.starts_with(last))
    })
}

const WORDS: &[&str] = &[
    "heat",
    "pump",
    "Pumps",
    "énergie",
    "Judith",
    "marlow",
    "a",
    "an",
    "東",
    "京",
    "東京",
    "ที่",
    "हिन्दी",
    "2026",
    "o'dell",
];

fn some_words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(WORDS), 0..=most).prop_map(|words| words.join(" "))
}

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn some_entry() -> impl Strategy<Value = (Entry, Vec<String>)> {
    let names = || prop::collection::vec(some_words(2), 0..3);
    let language = prop::option::of(select(vec!["de", "de-at", "en"]));
    let folders = prop::collection::vec(select(vec!["a", "a/b", "energie"]), 0..3);
    let text = (some_words(4), some_words(8), names(), names());
    (text, language, folders, 0..36_i64).prop_map(
        |((title, text, topics, speakers), language, folders, months)| {
            let mut entry = entry(&title, &text, &strs(&topics), &strs(&speakers));
            entry.digest.language = language.map(str::to_owned);
            entry.published = Timestamp::from_second(1_735_689_600 + months * 1_314_000).unwrap();
            (entry, folders.into_iter().map(str::to_owned).collect())
        },
    )
}

fn some_query() -> impl Strategy<Value = String> {
    let word = || select(WORDS);
    let field = select(vec!["", "title:", "text:", "topic:", "speaker:"]);
    let phrase = prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "));
    let rest = select(vec![
        "folder:a",
        "folder:a/b",
        "folder:e*",
        "language:de",
        "language:de-AT",
        "date:2025",
        "date:2025-07",
        "date:>2025-06-15",
        "date:2025-11..2026-02",
        "before:2026",
    ]);
    let term = prop_oneof![
        3 => (field.clone(), word()).prop_map(|(field, word)| format!("{field}{word}")),
        1 => (field.clone(), select(vec!["h", "pu", "ju", "東", "a"]))
            .prop_map(|(field, word)| format!("{field}{word}*")),
        1 => (field, phrase).prop_map(|(field, phrase)| format!("{field}\"{phrase}\"")),
        2 => rest.prop_map(str::to_owned),
    ];
    term.prop_recursive(5, 24, 3, |inner| {
        let joined = |with: &'static str| {
            prop::collection::vec(inner.clone(), 2..4).prop_map(move |all| all.join(with))
        };
        let bare = prop_oneof![joined(" OR "), joined(" AND "), joined(" ")];
        prop_oneof![
            4 => bare.prop_map(|query| format!("({query})")),
            1 => inner.clone().prop_map(|query| format!("-{query}")),
            1 => inner.prop_map(|query| format!("NOT {query}")),
        ]
    })
    .prop_map(|query| query.replace("--", "-NOT "))
}

/// Pieces of queries, sound and not.
fn some_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "\"",
        "“",
        "»",
        "-",
        "*",
        ":",
        " ",
        "title:",
        "date:",
        "folder:",
        "language:",
        "2026",
        "-03",
        "..",
        ">=",
        "/",
        "a",
        "東",
        "e\u{301}",
        "'",
        "{",
        "^",
        "+",
        "\\",
        "\n",
        "\0",
        "NEAR(",
        "ﬁ",
    ];
    prop_oneof![
        prop::collection::vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn the_database_finds_what_a_plain_evaluator_does(
        entries in prop::collection::vec(some_entry(), 1..12),
        queries in prop::collection::vec(some_query(), 1..12),
    ) {
        let db = open();
        for (key, (entry, folders)) in (1..).zip(&entries) {
            index(&db, key, entry, folders).unwrap();
        }
        for written in &queries {
            let query = query(written);
            let expected: Vec<Key> = (1..)
                .zip(&entries)
                .filter(|(_, (entry, folders))| finds(query.root(), entry, folders))
                .map(|(key, _)| key)
                .collect();
            prop_assert_eq!(&all(&db, &query).unwrap(), &expected, "{}", written);
            let searched = entries.iter().map(|(entry, folders)| Searched::new(entry, folders));
            let at_hand: Vec<Key> = (1..)
                .zip(searched)
                .filter(|(_, searched)| query.finds(searched))
                .map(|(key, _)| key)
                .collect();
            prop_assert_eq!(&at_hand, &expected, "{}", written);
            let each: Vec<Key> = (1..)
                .take(entries.len())
                .filter(|key| matches(&db, &query, *key).unwrap())
                .collect();
            prop_assert_eq!(&each, &expected, "{}", written);
        }
    }

    #[test]
    fn whatever_is_asked_is_answered_or_refused_in_a_place(written in some_text()) {
        match Query::parse(&written) {
            Ok(query) => {
                let db = open();
                index(&db, 1, &entry("a", "b", &[], &[]), &[]).unwrap();
                let found = matches(&db, &query, 1).unwrap();
                prop_assert_eq!(query.finds(&Searched::new(&entry("a", "b", &[], &[]), &[])), found);
                prop_assert_eq!(!all(&db, &query).unwrap().is_empty(), found);
                prop_assert_eq!(query.to_string(), written);
            }
            Err(error) => {
                prop_assert!(written.get(error.span.clone()).is_some(), "{:?}", error);
                prop_assert!(written.is_empty() || !error.span.is_empty(), "{:?}", error);
            }
        }
    }
}
