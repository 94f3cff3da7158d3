//! Whatever way entries are found, they are those that a plain look at all of
//! them finds.

use super::{Count, Cursor, Hits, Kept, Measures, find, newest, scope::Subjects};
use crate::{
    catalogue::{
        Found, Query, Record, Settings, TopicDecision, TopicId, Wanted,
        store::{Catalogue, FILE, members::Position, query::many, schema},
    },
    entry::{Digest, Quotation, Speaker, Topic, TopicKind},
    file::Stamp,
    text::{BlockKind, Span, Text},
};
use jiff::Timestamp;
use proptest::{prelude::*, sample::select};
use rusqlite::Connection;
use tempfile::TempDir;

const WORDS: [&str; 8] = [
    "harbor", "hare", "toll", "tolls", "ferry", "été", "東京", "o'dell",
];
const TOPICS: [&str; 3] = ["Old town", "Trams", "Night buses"];
const SPEAKERS: [&str; 2] = ["Ada Lindqvist", "Otto Falk"];
const FOLDERS: [&str; 4] = ["", "News/", "News/Old/", "Sport/"];

#[derive(Debug, Clone)]
struct Article {
    title: Vec<&'static str>,
    text: Vec<&'static str>,
    topics: Vec<&'static str>,
    speaker: Option<&'static str>,
    language: Option<&'static str>,
    day: i64,
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize, Article),
    Remove(usize),
    End,
    Ban(i64),
}

fn article() -> impl Strategy<Value = Article> {
    let words = |most| prop::collection::vec(select(&WORDS[..]), 0..most);
    (
        words(3),
        words(9),
        prop::sample::subsequence(&TOPICS[..], 0..3),
        prop::option::of(select(&SPEAKERS[..])),
        prop::option::of(select(&["de", "de-AT", "en"][..])),
        0..40_i64,
    )
        .prop_map(|(title, text, topics, speaker, language, day)| Article {
            title,
            text,
            topics,
            speaker,
            language,
            day,
        })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (0..8_usize, article()).prop_map(|(file, article)| Step::Write(file, article)),
        2 => (0..8_usize).prop_map(Step::Remove),
        2 => Just(Step::End),
        1 => (1..5_i64).prop_map(Step::Ban),
    ];
    prop::collection::vec(step, 1..40)
}

fn record(step: &Step, nth: i64) -> Record {
    let at = Timestamp::from_second(1_800_000_000 + nth).unwrap();
    let path = |file: &usize| format!("{}{file}.md", FOLDERS[file % FOLDERS.len()]).into();
    match step {
        Step::Write(file, article) => {
            let mut body = Text::default();
            // No two articles are taken for one.
            let text = format!("Number {nth} of {nth}th. {}", article.text.join(" "));
            body.push(BlockKind::Paragraph, &text);
            let quotes = article.speaker.iter().map(|speaker| Quotation {
                parts: vec![Span::new(0, 6)],
                speaker: Some(Speaker((*speaker).to_owned())),
            });
            let topics = article.topics.iter().map(|label| Topic {
                label: (*label).to_owned(),
                kind: TopicKind::Concept,
                forms: Vec::new(),
            });
            let published = Timestamp::from_second(1_700_000_000 + article.day * 86_400);
            let digest = Digest {
                title: format!("{} {nth}", article.title.join(" ")),
                published: published.ok(),
                language: article.language.map(str::to_owned),
                quotes: quotes.collect(),
                topics: topics.collect(),
                body,
                ..Digest::default()
            };
            Record::Found(Box::new(Found {
                path: path(file),
                stamp: Stamp {
                    size: 1,
                    modified: nth,
                    changed: nth,
                    inode: 1,
                },
                content: *blake3::hash(&nth.to_le_bytes()).as_bytes(),
                digest,
                at,
            }))
        }
        Step::Remove(file) => Record::Gone { path: path(file) },
        Step::End => Record::End { at },
        Step::Ban(topic) => Record::Topics(TopicDecision::Ban {
            topic: TopicId(*topic),
        }),
    }
}

const ASKED: &[&str] = &[
    "harbor",
    "har*",
    "h*",
    "tolls",
    "\"toll harbor\"",
    "title:ferry",
    "title:h*",
    "ete",
    "京",
    "\"o dell\"",
    "number",
    "n*",
    "topic:trams",
    "speaker:falk",
    "language:de",
    "language:de-at",
    "folder:news",
    "date:2023-11-20..",
    "nothing",
    "t* h*",
    "-number",
];

fn query() -> impl Strategy<Value = String> {
    let term = (select(&["", "", "", "-"][..]), select(ASKED))
        .prop_map(|(sign, term)| format!("{sign}{term}").replace("--", ""));
    let all = prop::collection::vec(term, 1..4).prop_map(|terms| terms.join(" "));
    prop::collection::vec(all, 1..3).prop_map(|parts| parts.join(" OR "))
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let none_or = |of: &[&str]| {
        let of: Vec<String> = of.iter().map(|name| (*name).to_owned()).collect();
        prop::option::weighted(0.25, select(of))
    };
    (
        prop::option::weighted(0.9, query()),
        none_or(&["old TOWN", "Trams", "topics/night-buses", "Unheard of"]),
        none_or(&["Ada Lindqvist", "speakers/otto-falk"]),
        none_or(&["News", "folders/news", "News/Old"]),
        none_or(&["de", "EN", "xx-yy", "?"]),
    )
        .prop_map(|(query, topic, speaker, folder, language)| Wanted {
            query: query.map(|query| Query::parse(&query).unwrap()),
            topic,
            speaker,
            folder,
            language,
        })
}

/// Measures under which small catalogues are treated as large ones are.
fn measures() -> impl Strategy<Value = Measures> {
    let number = |most: usize| 0..=most;
    let read = prop_oneof![number(3), Just(1_000)];
    let first = (number(6), number(300), read, 1..8_usize);
    let rest = (number(3), number(4), number(10), number(100));
    (first, rest).prop_map(
        |((newest, much, read, read_at_most), (few, sure_of, counted, costly))| Measures {
            newest,
            much,
            read,
            read_at_most,
            few,
            sure_of,
            counted,
            costly,
        },
    )
}

/// What a plain look at all entries finds.
fn plainly(db: &Connection, wanted: &Wanted) -> Vec<Position> {
    let (Ok(node), Some(subjects)) = (wanted.node(), Subjects::of(db, wanted).unwrap()) else {
        return Vec::new();
    };
    let sql = "
        SELECT m.generation, m.placed, m.entry, e.subjects, s.folders
        FROM member m JOIN entry e ON e.key = m.entry LEFT JOIN search_entry s ON s.entry = e.key
        WHERE subject = 0";
    let all = many(db, sql, [], |row| {
        let crate::catalogue::store::members::SubjectsColumn(of) = row.get(3)?;
        Ok((Position::read(row, 0)?, of, row.get(4)?))
    });
    let mut found: Vec<Position> = all
        .unwrap()
        .into_iter()
        .filter(|(at, of, folders): &(Position, _, Option<String>)| {
            let searched = newest::searched(db, at.entry, folders.clone(), 8).unwrap();
            subjects.are_among(of) && node.as_ref().is_none_or(|node| node.finds(&searched))
        })
        .map(|(at, _, _)| at)
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found
}

/// All pages, one after the other.
fn leafed_through(db: &Connection, kept: &mut Kept, wanted: &Wanted, limit: usize) -> Vec<Hits> {
    let mut pages: Vec<Hits> = Vec::new();
    loop {
        let after: Option<Cursor> = pages.last().and_then(|page| page.next);
        // A place is the same when it was in an address.
        let after = after.map(|after| after.to_string().parse().unwrap());
        let page = find(db, kept, wanted, after, limit).unwrap();
        let ends = page.next.is_none();
        pages.push(page);
        assert!(pages.len() < 200, "it never ends");
        if ends {
            return pages;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn pages_are_those_of_a_plain_look(
        history in steps(),
        asked in prop::collection::vec((wanted(), 1..6_usize), 1..10),
        measures in measures(),
        is_searched in prop::bool::weighted(0.85),
    ) {
        let folder = TempDir::new().unwrap();
        let mut catalogue = Catalogue::open(folder.path()).unwrap();
        let settings = Settings { searched: is_searched, min_articles: 2, ..Settings::default() };
        catalogue.apply(&[Record::Settings(Box::new(settings))]).unwrap();
        let db = schema::look_into(&folder.path().join(FILE)).unwrap().unwrap();
        let mut kept = Kept { measures, ..Kept::default() };
        // What is kept between questions follows what happens between them.
        let part = history.len().div_ceil(4);
        let mut nth = 0;
        for steps in history.chunks(part) {
            for step in steps {
                nth += 1;
                catalogue.apply(&[record(step, nth)]).unwrap();
            }
            for (wanted, limit) in &asked {
                let expected = plainly(&db, wanted);
                let pages = leafed_through(&db, &mut kept, wanted, *limit);
                let keys: Vec<i64> = pages
                    .iter()
                    .flat_map(|page| page.entries.iter().map(|listed| listed.key))
                    .collect();
                let same: Vec<i64> = expected.iter().map(|at| at.entry).collect();
                prop_assert_eq!(keys, same, "{:?}", wanted);
                for page in &pages {
                    prop_assert!(page.entries.len() <= *limit);
                    match page.count {
                        Count::Exactly(count) => prop_assert_eq!(count, expected.len()),
                        Count::AtLeast(count) => prop_assert!(count <= expected.len()),
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_no_cursor_is_told() {
    for written in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1..2", " 1.2.3"] {
        assert!(written.parse::<Cursor>().is_err(), "{written}");
    }
    let cursor: Cursor = "7.-12.3".parse().unwrap();
    assert_eq!(cursor.to_string(), "7.-12.3");
}
