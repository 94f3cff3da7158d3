//! Queries as they are written: what is taken, and what is wrong with the rest.

use feedwright::catalogue::Query;
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
