//! Rules for feeds: each is broken by one change to a good feed, which breaks
//! that rule, there, and no other.

mod atom;
mod folder;
mod hostile;
mod json;
mod opml;
mod own;
mod rss;
mod xml;

use crate::program::Place;
use feedwright::feed::{self, Kind, Linted};
use std::{collections::BTreeSet, fs, path::Path};

/// A rule; the line where it is broken; what of the good feed is changed; and
/// into what.
type Case = (&'static str, usize, &'static str, &'static str);

/// The good feed of a format.
fn good(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/feeds")
        .join(name);
    fs::read_to_string(path).unwrap()
}

/// The rules that are broken, and the lines where they are.
fn broken(linted: &Linted) -> Vec<(&'static str, usize)> {
    let findings = linted.findings.iter();
    findings
        .map(|finding| (finding.rule.name, finding.line))
        .collect()
}

fn check_cases(name: &str, cases: &[Case]) {
    let good = good(name);
    let mut wrong = Vec::new();
    for (rule, line, from, to) in cases {
        assert_eq!(
            good.matches(from).count(),
            1,
            "{rule}: {from} is not there once"
        );
        let bad = good.replace(from, to);
        let seen = broken(&feed::lint(bad.as_bytes()));
        if seen != [(*rule, *line)] {
            wrong.push(format!("{rule} at {line}: {from} -> {to}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is as good as the good feed.
fn check_good(name: &str, changes: &[(&str, &str)]) {
    let good = good(name);
    for (from, to) in changes {
        assert_eq!(good.matches(from).count(), 1, "{from} is not there once");
        let seen = broken(&feed::lint(good.replace(from, to).as_bytes()));
        assert_eq!(seen, [], "{from} -> {to}");
    }
}

#[test]
fn good_feeds_break_no_rule() {
    for (name, kind) in [
        ("rss.xml", Kind::Rss),
        ("atom.xml", Kind::Atom),
        ("feed.json", Kind::Json),
        ("feeds.opml", Kind::Opml),
    ] {
        let linted = feed::lint(good(name).as_bytes());
        assert_eq!(linted.kind, Some(kind));
        assert_eq!(broken(&linted), [], "{name}");
        let windows = feed::lint(good(name).replace('\n', "\r\n").as_bytes());
        assert_eq!(broken(&windows), [], "{name}");
        assert!(feed::is_feed_like(good(name).as_bytes()));
    }
}

#[test]
fn every_rule_is_broken_by_a_case() {
    let tables = [
        atom::CASES,
        json::CASES,
        opml::CASES,
        rss::CASES,
        xml::CASES,
    ];
    let cases = tables.into_iter().flatten().map(|(rule, ..)| *rule);
    let alone = [xml::ALONE, folder::RULES].into_iter().flatten().copied();
    let broken: BTreeSet<_> = cases.chain(alone).collect();
    let known: BTreeSet<_> = feed::rules().map(|rule| rule.name).collect();
    assert_eq!(broken, known);
    assert_eq!(
        known.len(),
        feed::rules().count(),
        "two rules have one name"
    );
}

#[test]
fn rules_speak_plainly() {
    for rule in feed::rules() {
        let is_kebab = rule
            .name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(is_kebab, "{}", rule.name);
        for text in [rule.wrong, rule.help] {
            assert!(
                !text.is_empty() && !text.ends_with('.') && !text.contains('\n'),
                "{text}"
            );
        }
        assert!(!rule.paper.is_empty());
    }
}

#[test]
fn the_place_is_told_in_lines_and_characters() {
    let xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\"><head/>\n<body>é🌉<outline/></body></opml>\n";
    let linted = feed::lint(xml.as_bytes());
    let found = &linted.findings[0];
    assert_eq!(
        (found.rule.name, found.line, found.column),
        ("opml-text", 3, 9)
    );
}

#[test]
fn a_rule_broken_everywhere_is_told_ten_times_and_counted() {
    let outline = "<outline/>\n".repeat(47);
    let xml = good("feeds.opml").replace("</body>", &format!("{outline}</body>"));
    let linted = feed::lint(xml.as_bytes());
    assert_eq!(linted.findings.len(), 10);
    assert_eq!((linted.more.len(), linted.more[0].count), (1, 37));
}

#[test]
fn findings_are_printed_for_people_and_for_programs() {
    let place = Place::new();
    place.write("good.xml", &good("rss.xml"));
    place.write(
        "bad.xml",
        &good("rss.xml").replace("<ttl>60</ttl>", "<ttl>an hour</ttl>"),
    );
    place.write(
        "warned.json",
        &good("feed.json").replace("\"language\": \"en\"", "\"language\": \"\""),
    );
    let ended = place.run(&["check", "--feeds", "good.xml"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""));
    assert!(
        ended
            .err
            .contains("1 feed file checked: 0 errors, 0 warnings"),
        "{}",
        ended.err
    );

    let ended = place.run(&["check", "--feeds", "good.xml", "bad.xml", "warned.json"]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(
        ended.out,
        "bad.xml:14:5: error[rss-ttl]: ttl is no number of minutes: an hour\n  \
         help: write a whole number such as `60` (RSS 2.0, ttl)\n\
         warned.json:8:15: warning[json-language]: this cannot be a language tag\n  \
         help: write one such as `en` or `pt-BR` (JSON Feed 1.1, language; BCP 47 2.1)\n"
    );
    assert!(
        ended
            .err
            .contains("3 feed files checked: 1 error, 1 warning"),
        "{}",
        ended.err
    );

    let ended = place.run(&["check", "--feeds", "--json", "warned.json"]);
    assert_eq!(ended.code, Some(0));
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(line["path"], "warned.json");
    assert_eq!((&line["line"], &line["column"]), (&8.into(), &15.into()));
    assert_eq!(
        (&line["level"], &line["rule"]),
        (&"warning".into(), &"json-language".into())
    );

    assert_eq!(place.run(&["check", "--feeds", "none.xml"]).code, Some(1));
    assert_eq!(place.run(&["check", "good.xml"]).code, Some(2));
    let rules = place.run(&["check", "--feeds", "--rules"]);
    assert!(
        rules.out.contains("error[rss-guid-unique]"),
        "{}",
        rules.out
    );
}

#[test]
fn without_a_path_the_feeds_folder_is_checked() {
    let place = Place::new();
    place.write("out/rss.xml", &good("rss.xml").replace("<ttl>60", "<ttl>x"));
    for arguments in [
        &["--feeds", "out", "check", "--feeds"][..],
        &["check", "--feeds", "out"],
    ] {
        let ended = place.run(arguments);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(
            ended.out.contains("rss.xml:14:5: error[rss-ttl]"),
            "{}",
            ended.out
        );
    }
    let ended = place
        .command(&["check"])
        .env("FEEDWRIGHT_FEEDS", "out")
        .output()
        .unwrap();
    assert!(ended.status.success() && ended.stdout.is_empty());
    place.write("config.toml", "[site]\ntitel = 1\n");
    assert_eq!(place.run(&["check", "--feeds"]).code, Some(2));
    // Feeds of others do not care for it.
    assert_eq!(place.run(&["check", "--feeds", "out"]).code, Some(1));
}
