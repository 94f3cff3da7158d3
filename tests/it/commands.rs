//! The other commands: build, digest, check, and what they say.

use crate::program::{Place, article};
use std::{collections::BTreeMap, fs, path::Path};

#[test]
fn build_makes_the_feeds_once_and_touches_nothing_the_second_time() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/d/b.md", &article("B", "market"));
    let first = place.run(&["build"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(
        first.err.contains("2 entries; wrote 11 documents"),
        "{}",
        first.err
    );
    assert_eq!(first.out, "");
    #[cfg(unix)]
    let before = ["rss.xml", "atom.xml"]
        .map(|name| crate::program::touched(&place.path("feeds").join(name)));
    let second = place.run(&["build"]);
    assert!(
        second.err.contains("the feeds were up to date"),
        "{}",
        second.err
    );
    #[cfg(unix)]
    assert_eq!(
        before,
        ["rss.xml", "atom.xml"]
            .map(|name| crate::program::touched(&place.path("feeds").join(name)))
    );
}

#[test]
fn build_reports_what_it_could_not_take_and_keeps_the_rest() {
    let place = Place::new();
    place.write("watch/good.md", &article("Good", "harbor"));
    place.write("watch/empty.txt", "");
    place.write(
        "watch/draft.md",
        "---\ntitle: D\ndraft: true\n---\n\nNot yet.\n",
    );
    fs::write(
        place.path("watch/program.txt"),
        b"\x7fELF\x02\x01\x01\0\0\0\0\0",
    )
    .unwrap();
    place.write("config.toml", "[watch]\nmax-file-size = '2 KB'\n");
    place.write("watch/large.txt", &"Long words. ".repeat(1000));
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for word in [
        "1 entry; wrote",
        "not taken: empty.txt: ",
        "left out: draft.md: ",
        "not taken: program.txt: ",
        "not taken: large.txt: it has 12000 bytes",
        "max-file-size",
    ] {
        assert!(ended.err.contains(word), "{word} is not in:\n{}", ended.err);
    }
    assert_eq!(place.titles(), ["Good"]);
    assert!(place.path("watch/empty.txt").exists());
    // They are reported again as long as they lie there, and no longer.
    assert_eq!(place.run(&["build"]).code, Some(1));
    for name in ["empty.txt", "program.txt", "large.txt"] {
        fs::remove_file(place.path("watch").join(name)).unwrap();
    }
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn the_same_articles_give_the_same_feeds_anywhere() {
    let feeds = [(); 2].map(|()| {
        let place = Place::new();
        for number in (0..30).rev() {
            place.write(
                &format!("watch/{number}.md"),
                &article(&format!("N{number}"), "harbor"),
            );
        }
        assert_eq!(place.run(&["build"]).code, Some(0));
        files(&place.path("feeds"))
    });
    assert_eq!(feeds[0], feeds[1]);
}

/// A stranger's first run must leave the checkout as it was.
#[test]
fn the_feeds_in_the_repository_are_those_of_its_articles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = Place::new();
    for file in fs::read_dir(root.join("watch")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), place.path("watch").join(file.file_name())).unwrap();
    }
    fs::copy(root.join("config.toml"), place.path("config.toml")).unwrap();
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let made = files(&place.path("feeds"));
    for (name, bytes) in &made {
        assert!(
            fs::read(root.join("feeds").join(name)).is_ok_and(|kept| kept == *bytes),
            "feeds/{name} is not what the articles in watch/ give; `cargo run -- build` makes it anew"
        );
    }
    let kept = files(&root.join("feeds"));
    assert!(made.keys().eq(kept.keys()), "{:?}", kept.keys());
}

/// All files in a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for one in fs::read_dir(inner).unwrap() {
            let path = one.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                files.insert(name.to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn digest_prints_a_line_for_each_file_in_the_order_given() {
    let place = Place::new();
    place.write("b.md", &article("B", "harbor"));
    place.write("d/a.md", &article("A", "market"));
    place.write("d/e/none.txt", "");
    let ended = place.run(&["digest", "--json", "b.md", "missing.md", "d"]);
    assert_eq!(ended.code, Some(1));
    let lines: Vec<serde_json::Value> = ended
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let paths: Vec<_> = lines
        .iter()
        .map(|line| line["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["b.md", "missing.md", "d/a.md", "d/e/none.txt"]);
    assert_eq!(lines[0]["title"], "B");
    assert_eq!(lines[0]["published"], "2026-03-04T00:00:00Z");
    let names: Vec<_> = lines[0].as_object().unwrap().keys().collect();
    let mut contract = [
        "path",
        "title",
        "byline",
        "published",
        "language",
        "url",
        "image",
        "body",
        "dropped",
        "quotes",
        "lead_quote",
        "summary",
        "topics",
    ];
    contract.sort_unstable();
    assert_eq!(names, contract);
    for line in &lines[1..] {
        assert_eq!(line.get("error").is_some(), line["path"] != "d/a.md");
    }
    assert!(!place.path(".feedwright").exists() && !place.path("feeds").exists());
}

#[test]
fn quotations_stand_where_the_digest_says() {
    let place = Place::new();
    place.write("a.txt", "Überschrift der Meldung\n\n“Çà et là — naïve,” said Zoë Ångström. “Fin de l’été, déjà vu here.”\n");
    let ended = place.run(&["digest", "--json", "a.txt"]);
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let body: Vec<char> = line["body"].as_str().unwrap().chars().collect();
    let quotes = line["quotes"].as_array().unwrap();
    assert!(!quotes.is_empty());
    for quote in quotes {
        let place = |key: &str| usize::try_from(quote[key].as_u64().unwrap()).unwrap();
        let text: String = body[place("start")..place("end")].iter().collect();
        let parts = quote["parts"].as_array().unwrap();
        assert!(text.starts_with(parts[0].as_str().unwrap()));
        assert!(text.ends_with(parts.last().unwrap().as_str().unwrap()));
    }
}

#[test]
fn digest_for_people_is_readable() {
    let place = Place::new();
    place.write(
        "a.md",
        "---\ntitle: The bridge opens in May\nauthor: Ines Falk\ndate: 2026-03-04\n---\n\n\
         The town council of Hollin voted on Tuesday to open the new bridge in May.\n\n\
         \"Nobody should have to take the long way round,\" said Mayor Ada Lindqvist.\n\n\
         Share this article\n\n\
         The bridge cost four million crowns and replaces a ferry that ran for sixty years. \
         The ferry's last trip is planned for the first Sunday in June.\n",
    );
    let ended = place.run(&["digest", "a.md"]);
    assert_eq!(ended.code, Some(0));
    insta::assert_snapshot!(ended.out);
}

#[test]
fn digest_explains_itself() {
    let place = Place::new();
    place.write(
        "a.md",
        "# The ferry stops\n\n\
         \"Nobody asked the island before the plan was made,\" said Mira Tallberg, who runs a shop.\n\n\
         \"We grew up with that boat and its captain,\" she said.\n\n\
         \"A boat is a road that moves.\"\n\n\
         Her book \"The Last Ferry\" is out, and the \"old\" boat is for sale.\n",
    );
    let ended = place.run(&["digest", "--explain", "a.md"]);
    assert_eq!(ended.code, Some(0));
    insta::assert_snapshot!(ended.out);
    assert_eq!(
        place.run(&["digest", "--explain", "--json", "a.md"]).code,
        Some(2)
    );
}

#[test]
fn check_tells_of_all_faults_and_exits_with_2() {
    let place = Place::new();
    assert_eq!(place.run(&["check"]).code, Some(0));
    place.write(
        "config.toml",
        "[site]\ntitel = 1\n[feeds]\nmax-entries = -1\n",
    );
    for command in ["check", "build", "run"] {
        let ended = place.run(&[command]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        for word in [
            "did you mean `title`?",
            "from 1 to 1000",
            "config.toml:2",
            "has 2 faults",
        ] {
            assert!(ended.err.contains(word), "{word} is not in:\n{}", ended.err);
        }
    }
    assert_eq!(place.run(&["check", "--config", "none.toml"]).code, Some(2));
    assert_eq!(place.run(&["bild"]).code, Some(2));
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stays_on_its_line() {
    let place = Place::new();
    place.write("watch/a\nerror: b\u{1b}[2J.txt", "");
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .err
            .contains("a\\nerror: b\\u{1b}[2J.txt: the file is empty"),
        "{}",
        ended.err
    );
}

#[test]
fn a_feeds_folder_that_cannot_be_had_is_named_with_cause_and_remedy() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("feeds", "a file");
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(1));
    let error = ended
        .err
        .lines()
        .find(|line| line.starts_with("error"))
        .unwrap();
    for word in [
        "/feeds",
        "a file is where a folder should be",
        "choose another folder",
    ] {
        assert!(error.contains(word), "{word} is not in: {error}");
    }
    assert_eq!(
        error.matches("os error").count(),
        1,
        "the cause is said twice: {error}"
    );
    // It is made up for once the way is free.
    fs::remove_file(place.path("feeds")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.titles(), ["A"]);
}

#[test]
fn a_file_is_no_watch_folder() {
    let place = Place::new();
    place.write("a.md", &article("A", "harbor"));
    let ended = place.run(&["run", "--watch", "a.md"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("a.md is a file; name the folder"),
        "{}",
        ended.err
    );
}

#[test]
fn flags_come_from_the_environment_too() {
    let place = Place::new();
    place.write("in/a.md", &article("A", "harbor"));
    let mut command = place.command(&["build"]);
    command
        .env("FEEDWRIGHT_WATCH", "in")
        .env("FEEDWRIGHT_FEEDS", "out")
        .env("STATE_DIRECTORY", place.path("state"));
    let ended = crate::program::ended(&mut command);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(place.path("out/rss.xml").exists() && place.path("state").exists());
    assert!(!place.path(".feedwright").exists());
    // An argument wins over the environment.
    let mut command = place.command(&["build", "--feeds", "third"]);
    command
        .env("FEEDWRIGHT_WATCH", "in")
        .env("FEEDWRIGHT_FEEDS", "out")
        .env("FEEDWRIGHT_STATE", "s");
    assert_eq!(crate::program::ended(&mut command).code, Some(0));
    assert!(place.path("third/rss.xml").exists());
}

#[test]
fn help_is_what_the_readme_shows() {
    let place = Place::new();
    let help = place.run(&["--help"]).out;
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for line in help.lines().filter(|line| !line.trim().is_empty()) {
        assert!(
            readme.contains(line.trim_end()),
            "README.md lacks this line of --help:\n{line}"
        );
    }
}

#[test]
fn what_is_in_the_way_of_one_feed_stops_no_other() {
    let place = Place::new();
    for name in ["a", "b", "c"] {
        place.write(&format!("watch/d/{name}.md"), &article(name, "harbor"));
    }
    fs::create_dir_all(place.path("feeds/rss.xml/mine")).unwrap();
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("rss.xml") && ended.err.contains("move it away"),
        "{}",
        ended.err
    );
    let before = files(&place.path("feeds"));
    for name in ["folders/d/rss.xml", "feeds.opml", "entries/a.html"] {
        assert!(before.contains_key(name), "{name}: {:?}", before.keys());
    }
    fs::remove_dir_all(place.path("feeds/rss.xml")).unwrap();
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended
            .err
            .contains("wrote rss.xml, atom.xml, feed.json, index.html in"),
        "{}",
        ended.err
    );
}
