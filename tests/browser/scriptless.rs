//! Without JavaScript, as some people set their browser.

use crate::newsroom::Newsroom;
use serde_json::json;

#[test]
fn everything_but_what_is_live_works_without_a_script() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        browser.set(
            "Emulation.setScriptExecutionDisabled",
            &json!({"value": true}),
        );
        newsroom.go("");
        browser.write("#q", "ferry\n");
        newsroom.wait(&["bridge opens", "ferry"]);
        assert_eq!(
            newsroom.path(),
            "search?q=ferry&topic=&speaker=&folder=&language="
        );
        assert!(!browser.all("#list mark", "one.textContent").is_empty());
        // Filters are sent with the search.
        browser.click(".filters summary");
        browser.click("select[name=folder] option[value='town/council']");
        browser.click(".box button");
        newsroom.wait(&["bridge opens"]);
        // And are taken back by links.
        browser.click(".chosen a");
        newsroom.wait(&["bridge opens", "ferry"]);
        browser.click(".topics a[href='topics/ferries/']");
        newsroom.wait(&["bridge opens", "ferry"]);
        assert_eq!(newsroom.path(), "topics/ferries/");
        browser.click(".card h2 a");
        assert_eq!(
            newsroom.path(),
            "entries/the-harbor-bridge-opens-before-time"
        );
        assert_eq!(browser.all("q.said", "one.textContent").len(), 1);
        browser.click("nav a[href=speakers]");
        browser.click(".subjects a");
        assert!(
            newsroom.path().starts_with("speakers/"),
            "{}",
            newsroom.path()
        );
        assert!(!newsroom.headlines().is_empty());
    });
}
