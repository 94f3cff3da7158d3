//! Settings: what is read, what is refused, and in which words.

use feedwright::{
    config::{self, Config, ConfigError, Overrides, keys, load, parse},
    feed,
};
use std::{fs, path::Path};

/// The faults of a file, drawn without colors.
fn faults(text: &str) -> String {
    let faults = parse(text).unwrap_err();
    anstream::adapter::strip_str(&config::render("config.toml", text, &faults)).to_string()
}

#[test]
fn the_file_in_the_repository_shows_every_default() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(parse(&text).unwrap(), Config::default());
    let mut section = String::new();
    let mut shown = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            shown.push((section.clone(), key.to_owned()));
        }
    }
    let all: Vec<_> = keys()
        .map(|(section, key)| (section.to_owned(), key.to_owned()))
        .collect();
    assert_eq!(shown, all);
}

#[test]
fn the_readme_names_every_setting() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    for (section, key) in keys() {
        assert!(
            readme.contains(&format!("`{section}.{key}`")),
            "{section}.{key}"
        );
    }
}

#[test]
fn nothing_at_all_means_the_defaults() {
    assert_eq!(parse("").unwrap(), Config::default());
    assert_eq!(parse("\u{feff}# nothing\r\n").unwrap(), Config::default());
}

#[test]
fn values_are_taken_over() {
    let config = parse(
        "[site]\ntitle = 'T'\nurl = 'https://example.org/f/'\nlanguage = 'de-AT'\n\
         [watch]\nmode = 'poll'\npoll-interval = '500ms'\nmax-file-size = '2 KB'\n\
         [feeds]\nmax-entries = 7\ncontent = 'digest'\ndate = 'arrived'\ntombstones = true\n\
         [topics]\nmax = 0\nmin-articles = 1\n\
         alias = { 'U.S.' = 'United States', US = 'United States' }\nnever = ['Opinion']\n\
         always-if.'heat pump' = 'Energy'\n",
    )
    .unwrap();
    assert_eq!(config.feed.title, "T");
    assert_eq!(
        config.feed.url.as_ref().map(ToString::to_string).as_deref(),
        Some("https://example.org/f/")
    );
    assert_eq!(config.feed.language.as_deref(), Some("de-AT"));
    assert_eq!(config.watch.mode, feedwright::watch::Mode::Poll);
    assert_eq!(config.watch.poll_interval.as_millis(), 500);
    assert_eq!(config.service.max_file_size, 2_000);
    assert_eq!(config.feed.max_topics, 0);
    assert_eq!((config.feeds.max_entries, config.feeds.max_topics), (7, 0));
    assert_eq!(config.feeds.min_articles, 1);
    assert_eq!(config.feed.content, feed::Content::Digest);
    assert_eq!(config.feed.date, feed::Date::Arrived);
    assert!(config.feed.tombstones);
    assert_eq!(config.digest.max_topics, 0);
    assert_ne!(config.digest.topics, Config::default().digest.topics);
}

#[test]
fn a_table_of_topics_may_have_lines_of_its_own() {
    let inline = parse("[topics]\nalias = { US = 'United States', EU = 'European Union' }\n");
    let lines = parse("[topics.alias]\nUS = 'United States'\nEU = 'European Union'\n");
    let broken =
        parse("[topics]\nalias = {\n  US = 'United States',\n  EU = 'European Union',\n}\n");
    assert!(inline.is_ok());
    assert_eq!(inline, lines);
    assert_eq!(inline, broken);
}

#[test]
fn more_topics_are_kept_than_shown() {
    let config = parse("[topics]\nmax = 3\n").unwrap();
    assert_eq!((config.feed.max_topics, config.digest.max_topics), (3, 7));
    let config = Config::default();
    assert_eq!((config.feed.max_topics, config.digest.max_topics), (8, 12));
}

#[test]
fn faults_among_topics_are_shown_in_their_places() {
    insta::assert_snapshot!(faults(
        "[digest]\nmax-topics = 5\n[topics]\nmax = 51\n\
         alias = { US = 'United States', 'U.S.' = 'America', a = 'b', b = 'c', c = 'a', EU = 5 }\n\
         never = ['Opinion', '', 3]\nalways-if = { '?' = 'Questions', 'heat pump' = ['Energy'] }\n",
    ));
    insta::assert_snapshot!(faults(
        "[topics]\nalias = 'US'\nnever = 'Opinion'\nallways-if = {}\n"
    ));
    insta::assert_snapshot!(faults(
        "[topics]\nalias = { U.S = 'America', US = '---' }\nnever = ['!?', true]\n\
         always-if = { 'heat pump' = '-' }\n"
    ));
}

#[test]
fn rules_about_topics_that_others_leave_without_effect_are_faults() {
    insta::assert_snapshot!(faults(
        "[topics]\nalias = { 'U.S.' = 'United States', EN = 'Energy' }\n\
         never = ['US', 'Energy']\nalways-if = { 'heat pump' = 'EN', tolls = 'Fees' }\n"
    ));
    // Other spellings of one name are none.
    let sound = "[topics]\nalias = { us = 'US', 'U.S.' = 'US' }\nnever = ['US', 'u.s.']\n";
    assert!(parse(sound).is_ok());
}

#[test]
fn hubs_that_cannot_be_told_are_shown_in_their_places() {
    let shown = faults(
        "[site]\nurl = 'https://example.org/f'\n[push]\nhubs = [\n  'https://hub.example/',\n  \
         'http://hub.example/',\n  'https://me:word@hub.example/',\n  7,\n  \
         'https://hub.example/',\n]\n",
    );
    let places = ["6:3", "7:3", "8:3", "9:3"];
    for place in places {
        assert!(shown.contains(&format!("config.toml:{place}")), "{shown}");
    }
    assert_eq!(shown.matches("`push.hubs` cannot be this").count(), 4);
    assert!(
        shown.contains("with https and without a password"),
        "{shown}"
    );
    assert!(shown.contains("it stands in the list already"), "{shown}");
    // A hub fetches what it is told of.
    let shown = faults("[push]\nhubs = ['https://hub.example/']\n");
    assert!(shown.contains("config.toml:2:8"), "{shown}");
    assert!(shown.contains("`url` under `[site]`"), "{shown}");
    let shown = faults("[push]\nhubs = 'https://hub.example/'\n");
    assert!(shown.contains("in a list"), "{shown}");
    let many = ["'http://10.0.0.1/'"; 9].join(", ");
    let shown = faults(&format!(
        "[site]\nurl = 'https://a.example/'\n[push]\nhubs = [{many}]\n"
    ));
    assert!(shown.contains("name 8 at most"), "{shown}");
}

#[test]
fn hubs_near_by_need_no_encryption() {
    let config = parse(
        "[site]\nurl = 'https://example.org/f'\n[push]\nhubs = ['http://localhost:9/', 'http://hub/']\n",
    );
    let hubs: Vec<_> = config
        .unwrap()
        .feed
        .hubs
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(hubs, ["http://localhost:9/", "http://hub/"]);
}

#[test]
fn all_faults_are_shown_together_each_with_its_remedy() {
    insta::assert_snapshot!(faults(
        "[site]\ntitel = \"T\"\nurl = \"example.org\"\nlanguage = 5\n\
         [wacth]\nfolder = \"w\"\n[feeds]\nmax-entries = 0\nmax-topics = 3\n\
         [watch]\nmode = \"sometimes\"\npoll-interval = \"2 moons\"\nmax-file-size = \"big\"\n\
         [digest]\nnonsense = 1\n",
    ));
}

#[test]
fn what_is_not_toml_is_shown_with_its_place() {
    insta::assert_snapshot!(faults("[site]\ntitle = Articles\n[feeds\n"));
}

#[test]
fn a_setting_outside_of_its_section_is_told_where_it_belongs() {
    insta::assert_snapshot!(faults("max-entries = 5\nfeeds = 'x'\n"));
}

#[test]
fn a_fault_behind_a_byte_order_mark_is_shown_in_its_place() {
    let text = "\u{feff}[site]\ntitel = 'T'\n";
    let faults = parse(text).unwrap_err();
    assert_eq!(&text[faults[0].span.clone()], "titel");
}

#[test]
fn a_named_file_that_is_missing_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let config = Some(folder.path().join("none.toml"));
    let error = load(&Overrides {
        config,
        ..Overrides::default()
    })
    .unwrap_err();
    assert!(matches!(error, ConfigError::Unreadable { .. }));
    assert!(error.to_string().contains("none.toml"), "{error}");
}

#[test]
fn folders_are_relative_to_the_file_and_arguments_win() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, "[feeds]\nfolder = 'out'\n[state]\nfolder = '/abs'\n").unwrap();
    let overrides = Overrides {
        config: Some(file),
        watch: Some("given".into()),
        ..Overrides::default()
    };
    let service = load(&overrides).unwrap().service;
    assert_eq!(service.watch_folder, Path::new("given"));
    assert_eq!(service.feeds_folder, folder.path().join("out"));
    assert_eq!(service.state_folder, Path::new("/abs"));
}

/// The owner's feeds of a file: names, and queries as they were written.
fn searches(text: &str) -> Vec<(String, String)> {
    let feeds = parse(text)
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
        .feeds;
    let searches = feeds.searches.into_iter();
    searches
        .map(|search| (search.name, search.query.to_string()))
        .collect()
}

#[test]
fn feeds_of_the_owner_are_taken_over_in_their_order() {
    let text = "[[feed]]\nname = ' Tolls '\nquery = 'port tolls'\n\
                [[feed]]\nquery = \"speaker:\\\"Judith Marlow\\\" -topic:ice\"\nname = 'A'\n";
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(name, query): &(&str, &str)| ((*name).to_owned(), (*query).to_owned());
        pairs.iter().map(owned).collect()
    };
    let expected = [
        ("Tolls", "port tolls"),
        ("A", "speaker:\"Judith Marlow\" -topic:ice"),
    ];
    assert_eq!(searches(text), pairs(&expected));
    assert_eq!(
        searches("feed = [{ name = 'A', query = 'b' }]"),
        pairs(&[("A", "b")])
    );
    // Accents make another name; the address has them.
    let two = "[[feed]]\nname = 'Elan'\nquery = 'a'\n[[feed]]\nname = 'Élan'\nquery = 'a'\n";
    assert_eq!(searches(two).len(), 2);
}

#[test]
fn the_examples_of_feeds_in_the_file_of_the_repository_are_sound() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let text = fs::read_to_string(path).unwrap();
    let examples: Vec<_> = text
        .lines()
        .skip_while(|line| *line != "# [[feed]]")
        .map(|line| line.trim_start_matches("# ").trim_start_matches('#'))
        .collect();
    assert_eq!(searches(&examples.join("\n")).len(), 2);
}

#[test]
fn faults_among_feeds_are_shown_in_their_places() {
    insta::assert_snapshot!(faults(
        "[feeds]\ncontent = 'all'\ndate = 2026-03-01\ntombstones = 'yes'\ndate-of = 1\n\
         [topics]\nmin-articles = 0\nmin-article = 2\n"
    ));
    insta::assert_snapshot!(faults(
        "[[feed]]\nname = 'Tolls'\nqeury = 'tolls'\nmax-entries = 3\n\
         [[feed]]\nquery = 5\nname = ''\n[[feed]]\nname = '---'\nquery = ''\n\
         [[feed]]\nname = 'TOLLS!'\nquery = 'a'\ncolor = 'red'\n[[feed]]\n"
    ));
    insta::assert_snapshot!(faults("[feed]\nname = 'Tolls'\n"));
    insta::assert_snapshot!(faults("[feed]\nmax-entries = 4\n"));
    insta::assert_snapshot!(faults("feed = 'tolls'\n[[feeds]]\nname = 'a'\n"));
    insta::assert_snapshot!(faults("feed = ['tolls']\n[[fead]]\nname = 'a'\n"));
}

#[test]
fn a_faulty_query_is_shown_in_its_place() {
    let queries = [
        "'tolls AND'",
        "'speker:Marlow tolls'",
        r#""title:\"port tolls""#,
        r#""\u00e9nergie \U0001f600 (a OR\tb""#,
        "'date:>=2026-13'",
        "\"\"\"\n  énergie \\\n    AND  \\\"heat pump\\\" language:german\n\"\"\"",
        "'''\n\nalps\n  date:2026-02-30\n'''",
    ];
    let feeds = queries.iter().enumerate();
    let text: Vec<_> = feeds
        .map(|(at, query)| format!("[[feed]]\nname = '{at}'\nquery = {query}\n"))
        .collect();
    insta::assert_snapshot!(faults(&text.concat()));
}

#[test]
fn a_place_in_a_query_is_found_however_the_string_is_written() {
    for (written, place) in [
        ("'a nofield:b'", "nofield"),
        ("\"a nofield:b\"", "nofield"),
        (r#""\"\u00e9\" a\\b nofield:b""#, "nofield"),
        (r#""a \\ nofield:b""#, r"\\"),
        (r#""\t\x61\e[a] no\u0066ield:b""#, r"no\u0066ield"),
        ("'''\r\na\r\nnofield:b'''", "nofield"),
        ("'''a 'b' nofield:b'''", "nofield"),
        ("\"\"\"\na \\\n   \n  nofield:b\"\"\"", "nofield"),
        ("\"\"\"a \\  \r\n\tnofield:b\"\"\"\"", "nofield"),
        ("' '", " "),
        ("''", "''"),
    ] {
        let text = format!("\u{feff}[[feed]]\nname = 'é'\nquery = {written}\n");
        let faults = parse(&text).unwrap_err();
        assert_eq!(&text[faults[0].span.clone()], place, "{written}");
    }
}
