//! Queries as they are written: what is taken, and what is wrong with the rest.

use feedwright::catalogue::{Query, Reading, Typing};
use proptest::{prelude::*, sample::select};
use std::fmt::Write as _;

/// Queries with what is wrong with each below its place.
fn check(queries: &[&str]) -> String {
    let mut out = String::new();
    for query in queries {
        let error = Query::parse(query).expect_err(query);
        let wide = |text: &str| text.chars().count();
        let gap = " ".repeat(wide(&query[..error.span.start]));
        let carets = "^".repeat(wide(&query[error.span.clone()]).max(1));
        writeln!(out, "{query}\n{gap}{carets} {}", error.what).unwrap();
        writeln!(out, "  {}\n", error.help).unwrap();
    }
    out
}

#[test]
fn a_missing_part_is_shown_where_it_is_missing() {
    insta::assert_snapshot!(check(&[
        "",
        "  ",
        "AND",
        "tolls AND",
        "OR tolls",
        "tolls OR OR ice",
        "tolls AND OR ice",
        "NOT",
        "tolls NOT",
        "tolls AND NOT OR ice",
        "-AND",
        "tolls -",
        "tolls - ice",
        "tolls --ice",
        "(tolls -)",
        "()",
        "tolls ( ) ice",
        "(tolls",
        "(",
        "((tolls) ice",
        "(tolls AND) ice",
        "( OR tolls)",
        "tolls)",
        ")",
        "tolls (ice)) snow",
    ]));
}

#[test]
fn a_faulty_word_is_shown() {
    insta::assert_snapshot!(check(&[
        "\"port tolls",
        "tolls \"",
        "“port tolls\"",
        "«port",
        "tolls \"\" ice",
        "tolls \" !? \"",
        "port & tolls",
        "port && tolls",
        "port || tolls",
        "! tolls",
        "port — tolls",
        "*",
        "*olls",
        "to*ls",
        "tolls**",
        "\"port tol*\"",
        "title:*",
        "speaker:\"?\"",
    ]));
}

#[test]
fn a_faulty_field_is_shown() {
    insta::assert_snapshot!(check(&[
        "speker:Marlow",
        "tag:ice",
        "topics:ice",
        "lang:de",
        "https://example.org/a",
        "ice zone:alps",
        "título:é",
        "topic: ice",
        "topic:",
        "(topic:)",
        "topic:(ice OR snow)",
        "topic:\"\"",
        "folder:/",
        "folder:\"\"",
        "language:german",
        "language:d",
        "language:de-",
        "language:de*",
        "language:\"de at\"",
    ]));
}

#[test]
fn a_faulty_date_is_shown() {
    insta::assert_snapshot!(check(&[
        "date:yesterday",
        "date:2026-3",
        "date:2026-13",
        "date:2026-02-29",
        "date:0000-00",
        "date:01.03.2026",
        "date:2026-03-01T10:00",
        "date:>=",
        "date:>=today",
        "date:>>2026",
        "date:\">= 2026-13\"",
        "date:..",
        "date:2026-05..2026-01",
        "date:2026-01..2026-1",
        "date:2026-01...x",
        "after:",
        "after:>2026",
        "before:2026*",
        "before:soon",
    ]));
}

#[test]
fn a_query_that_is_too_long_or_too_deep_is_refused() {
    let deep = |depth: usize| format!("{}ice{}", "(".repeat(depth), ")".repeat(depth));
    let faults = [deep(31), "NOT ".repeat(31) + "ice", "é".repeat(2_100)];
    for (query, place) in faults.iter().zip([30..31, 120..123, 4_000..4_200]) {
        assert_eq!(Query::parse(query).unwrap_err().span, place);
    }
    assert!(Query::parse(&deep(30)).is_ok());
    assert!(Query::parse(&deep(1_300)).is_err());
    assert!(Query::parse(&"(ice)".repeat(800)).is_ok());
    // Neither counts in what stands beside it.
    assert!(Query::parse(&[deep(30), deep(30)].join(" -")).is_err());
    assert!(Query::parse(&[deep(30), deep(29)].join(" -")).is_ok());
}

#[test]
fn a_query_is_kept_as_it_was_written() {
    for query in [
        "tolls",
        " Port  tolls ",
        "-ice",
        "NOT ice",
        "and or not",
        "a AND (b OR -c) NOT d",
        "TITLE:\"Port tolls\" Speaker:Marlow",
        "10:30",
        "\"re: tolls\"",
        "“port tolls” «ice» „snow“ \"al\"*",
        "date:2026-01..2026-03 date:2026-01... date:...2026 date:<=2026 date:=2026",
        "date:9999-12-31 date:0001",
        "language:de_AT language:zh-Hant folder:a/b* after:2026 before:2027-01-01",
        "東京*\tनमस्ते\u{a0}ที่",
    ] {
        let parsed = Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(parsed.to_string(), query);
        let json = serde_json::to_string(&parsed).unwrap();
        assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), parsed);
    }
    let error = serde_json::from_str::<Query>("\"(ice\"").unwrap_err();
    assert!(error.to_string().contains("not closed"), "{error}");
}

/// What is made of something typed: the query as it stands then, what is wrong.
fn read(typed: &str, typing: Typing) -> (String, String) {
    let Reading { query, fault } = Query::read(typed, typing);
    let query = query.map_or_else(|| "nothing".to_owned(), |query| query.to_string());
    // What was mended is left as a gap.
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    (query, fault.map_or_else(String::new, |fault| fault.what))
}

#[test]
fn the_last_word_that_is_typed_may_go_on() {
    for (typed, is) in [
        ("h", "h*"),
        ("harbor t", "harbor t*"),
        ("harbor ", "harbor"),
        ("harbor*", "harbor*"),
        ("\"harbor toll\"", "\"harbor toll\""),
        ("o'd", "o'd*"),
        ("été", "été*"),
        ("e\u{301}te\u{301}", "e\u{301}te\u{301}*"),
        ("東", "東*"),
        ("title:ha", "title:ha*"),
        ("folder:pol", "folder:pol*"),
        ("language:de", "language:de"),
        ("date:2026", "date:2026"),
        ("harbor OR f", "harbor OR f*"),
        ("harbor -f", "harbor -f"),
        ("NOT f", "NOT f"),
        ("(harbor f)", "(harbor f)"),
        ("(harbor) f.", "(harbor) f."),
    ] {
        assert_eq!(
            read(typed, Typing::Going),
            (is.to_owned(), String::new()),
            "{typed}"
        );
        let (done, _) = read(typed, Typing::Done);
        assert_eq!(done, typed.trim(), "{typed}");
    }
}

#[test]
fn half_a_query_finds_what_it_can_and_tells_what_is_wrong() {
    let mut out = String::new();
    for typed in [
        "harbor \"toll bri",
        "\"",
        "harbor AND",
        "OR harbor",
        "harbor -",
        "harbor OR OR toll",
        "(harbor toll",
        "harbor) toll",
        "()",
        "speker:Marlow",
        "https://example.org/a",
        "topic:",
        "topic: ice",
        "ice language:d",
        "ice date:2026-0",
        "harbor & toll",
        "*",
        "har*bor",
        "!? &",
        "“harbor toll",
        "--ice",
    ] {
        let (query, fault) = read(typed, Typing::Going);
        writeln!(out, "{typed}\n  {query}\n  {fault}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn whatever_is_typed_is_answered() {
    for typed in [
        "ice ".repeat(300_000),
        "(".repeat(1_000_000),
        "\"".repeat(99),
        "-".repeat(5_000),
        "a ".repeat(5_000),
        "title:".repeat(700),
        "ﷺ".repeat(5_000),
        "\u{301}".repeat(3_000),
    ] {
        for typing in [Typing::Going, Typing::Done] {
            let Reading { query, fault } = Query::read(&typed, typing);
            assert!(fault.is_some());
            let written = query.map(|query| query.to_string()).unwrap_or_default();
            assert!(written.split_whitespace().count() <= 64, "{written}");
        }
    }
    assert_eq!(read("", Typing::Going), read(" \n", Typing::Done));
    assert_eq!(
        read("", Typing::Going),
        ("nothing".to_owned(), String::new())
    );
}

proptest! {
    #[test]
    fn what_is_sound_is_read_as_it_is_written(
        pieces in prop::collection::vec(
            select(&["AND", "OR", "NOT", "(", ")", "\"", "“", "”", "-", "*", ":", " ", " ",
                "title:", "date:", "2026", "a", "東", "e\u{301}", "ﬁ", "\n", "\0", "\u{301}"][..]),
            0..24,
        ),
    ) {
        let typed = pieces.concat();
        let done = Query::read(&typed, Typing::Done);
        let strict = Query::parse(&typed);
        prop_assert_eq!(done.fault.is_some(), strict.is_err() && !typed.trim().is_empty());
        if let Ok(query) = strict {
            prop_assert_eq!(done.query, Some(query));
        }
        // What is mended is sound, and so is what goes on.
        if let Some(query) = Query::read(&typed, Typing::Going).query {
            prop_assert!(Query::parse(&query.to_string()).is_ok());
        }
    }
}

#[test]
fn an_owner_may_ask_for_more_than_a_visitor() {
    let long = "ice ".repeat(65);
    assert!(Query::parse(&long).is_ok());
    let phrase = format!("\"{}\"", long.trim());
    let (query, _) = read(&phrase, Typing::Done);
    assert_eq!(query.split(' ').count(), 64);
    let (query, fault) = read(&long, Typing::Done);
    assert_eq!(query.split(' ').count(), 64);
    assert_eq!(fault, "it asks for 65 words at once");
}
