//! What random queries find in random entries, against a plain evaluator.

use super::{super::all, entry, index, open, query};
use crate::{
    catalogue::{
        Query,
        rules::Key,
        search::{Node, Place, Searched, Term},
    },
    entry::Entry,
};
use jiff::Timestamp;
use proptest::{prelude::*, sample::select};

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
        }
    }

    #[test]
    fn whatever_is_asked_is_answered_or_refused_in_a_place(written in some_text()) {
        match Query::parse(&written) {
            Ok(query) => {
                let db = open();
                index(&db, 1, &entry("a", "b", &[], &[]), &[]).unwrap();
                let found = query.finds(&Searched::new(&entry("a", "b", &[], &[]), &[]));
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
