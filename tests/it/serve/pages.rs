//! Pages that only the server has.

use super::Served;
use crate::program::{Place, article, wait_for};
use std::fs;

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// What stands between two marks for the first time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).map_or(text.len(), |at| at + start.len());
    text[from..].split(end).next().unwrap_or_default()
}

#[test]
fn a_search_is_a_page_and_a_feed_like_any_other() {
    let served = Served::new(&["harbor", "ferry"]);
    wait_for("the article to be found", || {
        served.get("/search?q=harbor").text().contains("1 entry")
    });
    let page = served.get("/search?q=%22the+harbor%22&language=");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<mark>"), "{}", page.text());
    assert!(page.text().contains("search/atom.xml?q=%22the+harbor%22"));
    assert_eq!(
        served
            .get("/search?q=zeppelin")
            .text()
            .matches("<article")
            .count(),
        0
    );
    // Half a query finds what it can, and tells what is wrong.
    let faulty = served.get("/search?q=harbor+(").text();
    assert!(faulty.contains("class=\"fault\"") && faulty.contains("<article"));

    let feed = served.get("/search/atom.xml?q=harbor");
    assert_eq!(feed.status, 200);
    assert!(
        feed.header("content-type")
            .starts_with("application/atom+xml")
    );
    let text = feed.text();
    assert_eq!(text.matches("<entry").count(), 1);
    let own = format!("http://{}/search/atom.xml?q=harbor", served.address);
    assert!(text.contains(&own), "{text}");
    let id = |path: &str| {
        let text = served.get(path).text();
        between(&text, "<id>", "</id>").to_owned()
    };
    assert_eq!(
        id("/search/atom.xml?q=harbor"),
        id("/search/atom.xml?q=HARBOR&topic=")
    );
    assert_ne!(
        id("/search/atom.xml?q=harbor"),
        id("/search/atom.xml?q=ferry")
    );
    assert_ne!(id("/search/atom.xml?q=harbor"), id("/atom.xml"));
    for name in ["rss.xml", "feed.json"] {
        assert_eq!(served.get(&format!("/search/{name}?q=harbor")).status, 200);
    }
    assert_eq!(served.get("/search/other.xml?q=harbor").status, 404);
}

#[test]
fn half_a_word_finds_what_begins_with_it_until_something_has_it() {
    let served = Served::new(&["harbor", "quays/harbors"]);
    let entries = |path: &str| served.get(path).text().matches("<article").count();
    wait_for("the articles to be found", || {
        entries("/search?q=harb*") == 2
    });
    let feed = |page: &str| {
        let page = served.get(page).text();
        format!(
            "/search/feed.json?{}",
            between(&page, "search/feed.json?", "\"")
        )
    };
    let items = |feed: &str| {
        let feed = served.get(feed).text();
        let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
        feed["items"].as_array().unwrap().len()
    };
    for typing in ["", "&typing=1"] {
        for (typed, understood, found) in [
            // Half a word, as it is or at the end of a phrase that is not closed.
            ("harb", "harb*", 2),
            ("%22the+harb", "%22the+harb%22*", 1),
            // A whole one is not taken for half of another.
            ("harbor", "harbor", 1),
            ("harb*", "harb*", 2),
            // Where nothing is found, what was typed is subscribed to.
            ("zeppelin", "zeppelin", 0),
            ("harbor+-harb", "harbor+-harb", 1),
        ] {
            let page = format!("/search?q={typed}{typing}");
            assert_eq!(entries(&page), found, "{page}");
            let feed = feed(&page);
            assert_eq!(feed, format!("/search/feed.json?q={understood}"), "{page}");
            assert_eq!(items(&feed), found, "{page}");
        }
    }
    // It holds within filters, and not in a feed that somebody has.
    let page = "/search?q=harb&folder=quays";
    assert_eq!(entries(page), 1);
    assert_eq!(feed(page), "/search/feed.json?q=harb*&amp;folder=quays");
    assert_eq!(items("/search/feed.json?q=harb"), 0);
    served
        .place
        .write("watch/harb.md", &article("harb", "harb is a word"));
    wait_for("the word itself", || entries("/search?q=harb") == 1);
    assert_eq!(feed("/search?q=harb"), "/search/feed.json?q=harb");
}

#[test]
fn what_can_be_chosen_is_as_it_was_published_last() {
    let served = Served::new(&["harbor"]);
    let choice = "<option value=\"Zeppelins\">Zeppelins (";
    let has = |path: &str, entries: u32| {
        let page = served.get(path).text();
        page.contains(&format!("{choice}{entries})"))
    };
    assert!(!served.get("/").text().contains(choice));
    for (at, title) in ["pier", "quay"].into_iter().enumerate() {
        let tagged = article(title, title).replace("date:", "tags: [Zeppelins]\ndate:");
        served.place.write(&format!("watch/{title}.md"), &tagged);
        let entries = u32::try_from(at + 1).unwrap();
        for path in ["/", "/search?q=harbor"] {
            wait_for("the topic to be chosen", || has(path, entries));
        }
    }
    fs::remove_file(served.place.path("watch/quay.md")).unwrap();
    wait_for("the topic to shrink", || has("/", 1));
}

#[test]
fn what_a_page_is_made_of_is_kept_for_ever_and_nothing_else_may_run() {
    let served = Served::new(&["harbor"]);
    let page = served.get("/");
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"));
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    let text = page.text();
    for (start, media_type) in [
        ("<link rel=\"stylesheet\" href=\"", "text/css"),
        ("<script src=\"", "text/javascript"),
    ] {
        let path = between(&text, start, "\"");
        let asset = served.get(&format!("/{path}"));
        assert_eq!(asset.status, 200, "{path}");
        assert!(asset.header("content-type").starts_with(media_type));
        assert!(asset.header("cache-control").contains("immutable"));
    }
    assert_eq!(served.get("/assets/style-0000000000000000.css").status, 404);
    for path in [
        "/topics",
        "/speakers",
        "/folders",
        "/searches",
        "/topics/",
        "/topics/index.html",
    ] {
        let list = served.get(path);
        assert_eq!(list.status, 200, "{path}");
        assert!(list.text().contains("<h1>"), "{path}");
    }
}

#[test]
fn an_entry_has_a_page_until_it_is_withdrawn() {
    let place = Place::new();
    place.write("config.toml", "");
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    place.write("watch/ferry.md", &article("ferry", "ferry"));
    let served = Served::start(place, 2);
    let found = served.get("/search?q=title:harbor").text();
    let path = between(&found, "<h2><a href=\"", "\"").to_owned();
    assert!(path.starts_with("entries/"), "{path}");
    let page = served.get(&format!("/{path}"));
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("<q class=\"said\" id=\"q1\">"), "{text}");
    assert!(text.contains("Ada Lindqvist"), "{text}");
    assert_eq!(served.get(&format!("/{path}.html")).status, 200);

    fs::remove_file(served.place.path("watch/harbor.md")).unwrap();
    wait_for("the entry to be withdrawn", || {
        served.get(&format!("/{path}")).status == 410
    });
    let gone = served.ask("GET", &format!("/{path}"), &[BROWSER]);
    assert!(gone.text().contains("withdrawn"));
    let missing = served.ask("GET", "/entries/never-was", &[BROWSER]);
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("There is nothing here"));
}

#[test]
fn people_are_told_on_a_page_what_programs_are_told_in_words() {
    let served = Served::new(&["harbor"]);
    let page = served.ask("GET", "/a/b/c?d=%22%3Cb%3E", &[BROWSER]);
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("<base href=\"../../\">"));
    assert!(!page.text().contains("<b>"));
    let words = served.get("/a/b/c");
    assert_eq!(words.status, 404);
    assert!(words.header("content-type").starts_with("text/plain"));
    let head = served.ask("HEAD", "/a/b/c", &[BROWSER]);
    assert!(head.body.is_empty());
}
