//! Looking for something.

use crate::{newsroom::Newsroom, program::wait_for, webdriver::ENTER};
use std::collections::BTreeSet;

#[test]
fn entries_are_found_while_somebody_types() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        newsroom.wait(&["bridge opens", "ferry", "Brücke", "orchard"]);
        browser.write("#q", "ferr");
        newsroom.wait(&["bridge opens", "ferry"]);
        assert_eq!(newsroom.path(), "search?q=ferr");
        let marked = || browser.all("#list mark", "one.textContent.toLowerCase()");
        assert!(!marked().is_empty());
        assert!(
            marked().iter().all(|word| word.starts_with("ferr")),
            "{:?}",
            marked()
        );
        // What stands in the box is not disturbed.
        browser.write("#q", "y timetable");
        newsroom.wait(&["ferry"]);
        assert_eq!(
            browser.text("document.getElementById('q').value"),
            "ferry timetable"
        );
        assert_eq!(browser.text("document.activeElement.id"), "q");
        browser.wait(
            "a word about it",
            "document.getElementById('told').textContent === '1 entry'",
        );
        browser.run("document.getElementById('q').select()");
        browser.write("#q", "zeppelin");
        newsroom.wait(&[]);
        let told = browser.text("document.getElementById('results').textContent");
        assert!(told.contains("Nothing found"), "{told}");
        assert!(newsroom.is_same_page(), "it was loaded anew");
        browser.back();
        newsroom.wait(&["bridge opens", "ferry", "Brücke", "orchard"]);
    });
}

#[test]
fn entries_are_narrowed_down() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        let all = ["bridge opens", "ferry", "Brücke", "orchard"];
        browser.click(".filters summary");
        for (field, value, found) in [
            ("topic", "Ferries", &["bridge opens", "ferry"][..]),
            ("speaker", "Ilse Brandt", &["bridge opens", "ferry"]),
            ("folder", "town", &["bridge opens", "ferry", "Brücke"]),
            ("folder", "town/council", &["bridge opens"]),
            ("language", "de", &["Brücke"]),
        ] {
            browser.click(&format!("select[name={field}] option[value={value:?}]"));
            newsroom.wait(found);
            assert_eq!(browser.all(".chosen a", "one.textContent").len(), 1);
            // And back again.
            browser.click(&format!("select[name={field}] option[value='']"));
            newsroom.wait(&all);
        }
        assert!(newsroom.is_same_page(), "it was loaded anew");
        // Two at once, and a search within them.
        browser.click("select[name=folder] option[value=town]");
        newsroom.wait(&["bridge opens", "ferry", "Brücke"]);
        browser.click("select[name=topic] option[value=Bridges]");
        newsroom.wait(&["bridge opens", "Brücke"]);
        browser.write("#q", "monday");
        newsroom.wait(&["bridge opens"]);
        assert_eq!(newsroom.path(), "search?q=monday&topic=Bridges&folder=town");
        // What is chosen is shown, and taken back by a click.
        browser.click(".chosen li:first-child a");
        newsroom.wait(&["bridge opens"]);
        assert!(
            newsroom.path().ends_with("?q=monday&folder=town"),
            "{}",
            newsroom.path()
        );
    });
}

#[test]
fn a_search_is_subscribed_to() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        browser.write("#q", "ferry");
        newsroom.wait(&["bridge opens", "ferry"]);
        let to = browser.text("document.querySelector('.subscribe').textContent");
        assert!(to.starts_with("Subscribe to this search"), "{to}");
        let feeds = browser.all(".subscribe a", "one.href");
        assert_eq!(feeds.len(), 3);
        // A reader that is given the address of the page finds the same.
        let announced = browser.all("link[rel=alternate]", "one.href");
        assert_eq!(announced, feeds);
        let fetched = |address: &str| {
            let mut answer = ureq::get(address).call().unwrap();
            answer.body_mut().read_to_string().unwrap()
        };
        let shown: BTreeSet<String> = newsroom.headlines().into_iter().collect();
        for (feed, end) in feeds.iter().zip(["rss.xml", "atom.xml", "feed.json"]) {
            assert!(feed.ends_with(&format!("search/{end}?q=ferry")), "{feed}");
            assert_eq!(titles(end, &fetched(feed)), shown, "{feed}");
        }
        newsroom.place.write(
            "watch/again.md",
            "---\ntitle: A second ferry is hired\n---\n\nIt comes in May, from the yard at Velm.\n",
        );
        for (feed, end) in feeds.iter().zip(["rss.xml", "atom.xml", "feed.json"]) {
            wait_for("what is new in the feed", || {
                titles(end, &fetched(feed)).contains("A second ferry is hired")
            });
        }
    });
}

#[test]
fn half_a_word_is_subscribed_to_as_what_it_finds() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        let found = ["bridge opens", "ferry"];
        let typed = || browser.text("document.getElementById('q').value");
        let is_so = |when: &str| {
            newsroom.wait(&found);
            assert_eq!(typed(), "ferr", "{when}");
            assert_eq!(newsroom.path(), "search?q=ferr", "{when}");
            for feed in browser.all(".subscribe a, link[rel=alternate]", "one.href") {
                assert!(feed.ends_with("?q=ferr*"), "{when}: {feed}");
            }
            let said = browser.text("document.querySelector('.name').textContent");
            assert!(
                said.contains("Nothing found for ferr itself"),
                "{when}: {said}"
            );
        };
        browser.write("#q", "ferr");
        is_so("while it is typed");
        let fetched = {
            let feed = browser.text("document.querySelector('.subscribe a').href");
            let mut answer = ureq::get(&feed).call().unwrap();
            answer.body_mut().read_to_string().unwrap()
        };
        let shown: BTreeSet<String> = newsroom.headlines().into_iter().collect();
        assert_eq!(titles("rss.xml", &fetched), shown);
        let before = "document.getElementById('results').before = true";
        browser.run(before);
        browser.press(ENTER);
        browser.wait(
            "another answer",
            "document.getElementById('results').before !== true",
        );
        is_so("once it is sent");
        assert!(newsroom.is_same_page(), "it was loaded anew");
        newsroom.go("search?q=ferr");
        is_so("when it is loaded again");
        // What comes is looked for in the same way, and stays what it was.
        newsroom.place.write(
            "watch/ferr.md",
            "---\ntitle: Ferr is a village\n---\n\nNobody knew that it was there.\n",
        );
        newsroom.wait(&["Ferr", "bridge opens", "ferry"]);
    });
}

/// The titles of a feed's entries, as a parser for its format reads them.
fn titles(name: &str, feed: &str) -> BTreeSet<String> {
    match name {
        "rss.xml" => {
            let channel = rss::Channel::read_from(feed.as_bytes()).unwrap();
            let items = channel.items.into_iter();
            items.map(|item| item.title.unwrap()).collect()
        }
        "atom.xml" => {
            let feed = atom_syndication::Feed::read_from(feed.as_bytes()).unwrap();
            let entries = feed.entries.into_iter();
            entries.map(|entry| entry.title.value).collect()
        }
        _ => {
            let feed: serde_json::Value = serde_json::from_str(feed).unwrap();
            let items = feed["items"].as_array().unwrap().iter();
            items
                .map(|item| item["title"].as_str().unwrap().to_owned())
                .collect()
        }
    }
}
