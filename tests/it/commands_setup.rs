//! `feedwright init` and `feedwright config`.

use crate::program::{Place, article, ended, says};
use feedwright::config::{Config, parse};
use std::fs;

#[test]
fn init_makes_what_a_first_use_needs_and_says_what_to_do_next() {
    let place = Place::new();
    let ended = place.run(&["init", "new/news"]);
    says(
        &ended,
        0,
        &[
            "made  new/news/config.toml",
            "made  new/news/watch",
            "made  new/news/feeds",
            "cd new/news && feedwright",
            "an article into new/news/watch",
            "feeds/index.html",
        ],
    );
    assert_eq!(ended.out, "");
    let text = fs::read_to_string(place.path("new/news/config.toml")).unwrap();
    assert_eq!(parse(&text).unwrap(), Config::default());
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/config.toml");
    assert_eq!(text, fs::read_to_string(sample).unwrap());
    // It is enough to run.
    place.write("new/news/watch/a.md", &article("A", "harbor"));
    let mut build = place.command(&["build"]);
    assert_eq!(
        crate::program::ended(build.current_dir(place.path("new/news"))).code,
        Some(0)
    );
    assert!(place.path("new/news/feeds/rss.xml").exists());
}

#[test]
fn init_changes_nothing_that_is_there() {
    let place = Place::new();
    place.write("config.toml", "[feeds]\nfolder = 'out'\n");
    place.write("watch/a.md", "Mine.\n");
    let ended = place.run(&["init"]);
    says(
        &ended,
        0,
        &[
            "kept  config.toml",
            "kept  watch",
            "made  out",
            "already",
            "with    feedwright\n",
        ],
    );
    let read = |name| fs::read_to_string(place.path(name)).unwrap();
    assert_eq!(read("config.toml"), "[feeds]\nfolder = 'out'\n");
    assert_eq!(read("watch/a.md"), "Mine.\n");
    assert!(place.path("out").is_dir() && !place.path("feeds").exists());
    says(
        &place.run(&["init"]),
        0,
        &["kept  config.toml", "kept  watch", "kept  out"],
    );
    place.write("config.toml", "[feeds]\nfoldr = 'out'\n");
    says(
        &place.run(&["init"]),
        2,
        &["did you mean `folder`?", "config.toml has 1 fault"],
    );
    place.write("file", "");
    says(
        &place.run(&["init", "file"]),
        1,
        &["cannot make file", "choose another folder"],
    );
}

#[test]
fn config_tells_where_each_setting_comes_from() {
    let place = Place::new();
    place.write(
        "etc/set.toml",
        "[site]\ntitle = \"A \\\"b\\\"\"\n\n[feeds]\nmax-entries = 0x10\n[topics.alias]\nUS = 'United States'\n\
         [[feed]]\nname = 'Harbor'\nquery = '''\nharbor\n'''\n",
    );
    let mut command = place.command(&["config", "--config", "etc/set.toml", "--watch", "in"]);
    let shown = ended(command.env("FEEDWRIGHT_STATE", "kept"));
    assert_eq!(shown.code, Some(0), "{shown:?}");
    let line = |key: &str| {
        let start = format!("{key} = ");
        let mut lines = shown.out.lines().filter(|line| line.starts_with(&start));
        lines
            .next()
            .unwrap_or_else(|| panic!("{key} is not in:\n{}", shown.out))
            .to_owned()
    };
    for (key, value, origin) in [
        ("title", "\"A \\\"b\\\"\"", "etc/set.toml:2"),
        ("max-entries", "16", "etc/set.toml:5"),
        ("alias", "{ \"US\" = \"United States\" }", "etc/set.toml:6"),
        ("min-articles", "3", "default"),
        ("listen", "\"\"", "environment FEEDWRIGHT_LISTEN"),
        ("name", "\"Harbor\"", "etc/set.toml:9"),
        ("query", "\"harbor\\n\"", "etc/set.toml:10"),
    ] {
        let line = line(key);
        let (before, after) = line.split_once("  # ").unwrap();
        assert_eq!(before.trim_end(), format!("{key} = {value}"));
        assert_eq!(after, origin, "{key}");
    }
    let columns: std::collections::BTreeSet<_> = shown
        .out
        .lines()
        .filter_map(|line| line.find("  # "))
        .collect();
    assert!(
        columns.len() < 8,
        "the comments are not aligned:\n{}",
        shown.out
    );
    for folder in [
        "folder = \"in\" # argument --watch",
        "folder = \"etc/feeds\" # default",
        "folder = \"kept\" # environment FEEDWRIGHT_STATE",
    ] {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.out.lines().any(|line| words(line) == folder),
            "{folder}: {}",
            shown.out
        );
    }
    // It is a file, and means the same.
    let mut config = parse(&shown.out).unwrap();
    let file = fs::read_to_string(place.path("etc/set.toml")).unwrap();
    let mut set = parse(&file).unwrap();
    (config.service, config.serve) = (set.service.clone(), set.serve.clone());
    set.feeds.searched = config.feeds.searched;
    assert_eq!(config, set);
}

#[test]
fn config_prints_a_line_for_programs() {
    let place = Place::new();
    place.write("config.toml", "[topics]\nmax = 5\nnever = ['Opinion']\n");
    let shown = place.run(&["config", "--json"]);
    let lines: Vec<serde_json::Value> = shown
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), feedwright::config::keys().count());
    for expected in [
        serde_json::json!({"section": "topics", "key": "max", "value": 5, "from": "config.toml:2"}),
        serde_json::json!({"section": "topics", "key": "never", "value": ["Opinion"], "from": "config.toml:3"}),
        serde_json::json!({"section": "read", "key": "books", "value": "whole", "from": "default"}),
    ] {
        assert!(
            lines.contains(&expected),
            "{expected} is not in {}",
            shown.out
        );
    }
    let schema = place.run(&["config", "schema"]).out;
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema, feedwright::config::schema());
    place.write("config.toml", "[topics]\nmax = 99\n");
    let faulty = place.run(&["config"]);
    says(&faulty, 2, &["from 0 to 50"]);
    assert_eq!(faulty.out, "");
}
