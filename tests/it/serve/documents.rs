//! Which documents there are, and that they are those of the feeds folder.

use super::{Client, Served, address, serving};
use crate::program::{Place, article, wait_for};
use std::{collections::BTreeSet, fs};

#[test]
fn the_documents_are_those_of_the_folder() {
    let place = Place::new();
    place.write(
        "config.toml",
        "[site]\nurl = \"https://news.example/feeds\"\n[topics]\nmin-articles = 1\n[feeds]\nmax-entries = 2\n",
    );
    for at in 0..7 {
        let title = format!("harbor {at}");
        place.write(&format!("watch/south/{title}.md"), &article(&title, &title));
    }
    let served = Served::start(place, 2);
    let root = served.place.path("feeds");
    let mut folders = vec![root.clone()];
    let mut documents = 0;
    while let Some(folder) = folders.pop() {
        for found in fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
            // The server has pages of its own.
            if path
                .extension()
                .is_some_and(|extension| extension == "html")
            {
                assert_eq!(served.get(&format!("/{name}")).status, 200, "{name}");
                continue;
            }
            let answer = served.get(&format!("/{name}"));
            assert_eq!(answer.status, 200, "{name}");
            assert!(answer.body == fs::read(&path).unwrap(), "{name} differs");
            documents += 1;
        }
    }
    assert!(documents > 30, "{documents}");
}

#[test]
fn nothing_but_documents_can_be_fetched() {
    let served = Served::new(&["harbor"]);
    served.place.write("feeds/secret.txt", "not a document");
    served.place.write("secret.txt", "outside");
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/topics/../../secret.txt",
        "/topics/..",
        "/./rss.xml",
        "/rss.xml/",
        "/rss.xml%00",
        "/%ff",
        "/%",
        "/config.toml",
        "/.feedwright/catalogue.db",
        "/rss.xml/../rss.xml",
        "*",
    ] {
        let answer = served.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.text().contains("passwd") && !answer.text().contains("outside"));
    }
    // A file that is swapped under its name is not what was published.
    fs::remove_file(served.place.path("feeds/rss.xml")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", served.place.path("feeds/rss.xml")).unwrap();
    assert!(served.get("/rss.xml").text().contains("<rss"));
}

#[test]
fn a_folder_leads_to_its_page() {
    let served = Served::with("[topics]\nmin-articles = 1\n", &["harbor"]);
    let topics = served.get("/feeds.opml").text();
    let at = topics.find("/topics/").expect("there is a topic");
    let topic = topics[at..].split("/atom.xml").next().unwrap();
    let topic = topic.split("/rss.xml").next().unwrap();
    let moved = served.get(topic);
    assert_eq!(moved.status, 308);
    let last = topic.rsplit('/').next().unwrap();
    assert_eq!(moved.header("location"), format!("{last}/"));
    assert_eq!(served.get(&format!("{topic}/")).status, 200);
    assert_eq!(served.get("/topics/nothing").status, 404);
}

#[test]
fn what_may_come_is_not_missing_before_everything_was_looked_at() {
    let place = Place::new();
    place.write("config.toml", "[topics]\nmin-articles = 1\n");
    for at in 0..80 {
        let title = format!("harbor {at}");
        place.write(&format!("watch/south/{title}.md"), &article(&title, &title));
    }
    let daemon = place.start(&mut serving(&place));
    let address = address(&daemon);
    let mut told = BTreeSet::new();
    // While the articles are read, and until the last of these is there.
    wait_for("the feeds", || {
        let mut client = Client::new(&address);
        assert_eq!(client.ask("GET", "/nothing.xml", &[]).status, 404);
        let paths = [
            "/folders/south/rss.xml",
            "/atom.xml",
            "/feeds.opml",
            "/folders/south",
        ];
        let answers = paths.map(|path| client.ask("GET", path, &[]));
        for answer in &answers {
            let after = answer.header("retry-after");
            assert_eq!(answer.status == 503, !after.is_empty());
        }
        let statuses = answers.map(|answer| answer.status);
        told.extend(statuses);
        statuses == [200, 200, 200, 308]
    });
    // On a busy machine it may be over before anybody asks.
    let expected = BTreeSet::from([200, 308, 503]);
    assert!(told.is_subset(&expected), "{told:?}");
    // Then it is known what there is.
    wait_for("the end of the first pass", || {
        let mut client = Client::new(&address);
        client.ask("GET", "/folders/north/rss.xml", &[]).status == 404
    });
}

#[test]
fn what_is_withdrawn_goes() {
    let served = Served::new(&["harbor", "bridge"]);
    fs::remove_file(served.place.path("watch/harbor.md")).unwrap();
    wait_for("the article to go", || {
        !served.get("/atom.xml").text().contains("harbor")
    });
    assert!(served.get("/atom.xml").text().contains("bridge"));
}

#[test]
fn what_is_renamed_is_there_all_the_while() {
    let served = Served::new(&["harbor", "bridge"]);
    let mut client = served.client();
    for round in 0..20 {
        let (from, to) = if round % 2 == 0 {
            ("harbor", "pier")
        } else {
            ("pier", "harbor")
        };
        served
            .place
            .rename(&format!("watch/{from}.md"), &format!("watch/{to}.md"));
        for _ in 0..10 {
            let feed = client.ask("GET", "/atom.xml", &[]).text();
            assert_eq!(feed.matches("<entry").count(), 2, "{feed}");
        }
    }
}
