//! Without a mouse.

use crate::{
    newsroom::Newsroom,
    webdriver::{DOWN, ENTER, TAB},
};

#[test]
fn everything_is_reached_by_keys() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        // What the next key goes to, which has to be seen.
        let focused = || {
            let seen = browser.text(
                "(() => {
                   const one = document.activeElement, box = one.getBoundingClientRect();
                   const style = getComputedStyle(one);
                   const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                   return `${isSeen && box.width > 2 && box.top >= 0 && box.bottom <= innerHeight}`;
                 })()",
            );
            let text =
                browser.text("document.activeElement.textContent || document.activeElement.id");
            assert_eq!(seen, "true", "{text} has the focus, which is not seen");
            text
        };
        browser.press(TAB);
        assert_eq!(focused(), "Skip to the entries");
        let mut passed = Vec::new();
        while passed.last().is_none_or(|last| last != "q") {
            browser.press(TAB);
            passed.push(focused());
            assert!(passed.len() < 20, "{passed:?}");
        }
        assert!(passed.iter().any(|one| one == "Topics"), "{passed:?}");
        browser.press("timetable");
        newsroom.wait(&["ferry"]);
        // Filters open by a key and are chosen by keys.
        browser.press(TAB);
        assert_eq!(focused(), "Search");
        browser.press(TAB);
        assert_eq!(focused(), "Filters");
        browser.press(ENTER);
        browser.wait("the filters", "document.querySelector('.filters').open");
        browser.press(TAB);
        assert!(focused().starts_with("Any"));
        browser.press(&[DOWN, ENTER].concat());
        newsroom.wait(&[]);
        browser.back();
        newsroom.wait(&["bridge opens", "ferry", "Brücke", "orchard"]);

        // Past all that, straight to the entries.
        browser.press(TAB);
        assert_eq!(focused(), "Skip to the entries");
        browser.press(ENTER);
        let mut passed = Vec::new();
        while passed
            .last()
            .is_none_or(|last| last != "The ferry keeps its winter timetable")
        {
            browser.press(TAB);
            passed.push(focused());
            assert!(passed.len() < 40, "{passed:?}");
        }
        assert!(!passed.iter().any(|one| one == "q"), "{passed:?}");
        browser.press(ENTER);
        browser.wait("the entry", "document.querySelector('article.whole h1')");
        assert_eq!(
            newsroom.path(),
            "entries/the-ferry-keeps-its-winter-timetable"
        );
    });
}
