//! Reading: entries, and pages of every kind, by day and by night.

use crate::newsroom::Newsroom;
use serde_json::json;

#[test]
fn an_entry_shows_who_said_what() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        let lead = browser.text(
            "document.querySelector('#e-the-ferry-keeps-its-winter-timetable figure').textContent",
        );
        assert!(
            lead.starts_with("People plan their whole week") && lead.ends_with("Ilse Brandt"),
            "{lead}"
        );
        browser.click("#e-the-ferry-keeps-its-winter-timetable h2 a");
        browser.wait("the entry", "document.querySelector('article.whole')");
        assert_eq!(
            newsroom.path(),
            "entries/the-ferry-keeps-its-winter-timetable"
        );
        assert_eq!(
            browser.text("document.querySelector('h1').textContent"),
            "The ferry keeps its winter timetable"
        );
        let said = browser.all(".text q.said", "one.textContent");
        assert_eq!(
            said,
            [
                "\"People plan their whole week around this boat, and we will not change it under them,\"",
                "\"You cannot run an island on promises,\"",
            ]
        );
        assert_eq!(
            browser.all(".text .who bdi", "one.textContent"),
            ["Ilse Brandt", "Piet Harmsen"]
        );
        assert_eq!(
            browser.all(".quoted bdi", "one.textContent"),
            ["Ilse Brandt", "Piet Harmsen"]
        );
        // What a person reads as marked is.
        let looks = |selector: &str| {
            let style = format!("getComputedStyle(document.querySelector({selector:?}))");
            browser.text(&format!(
                "{style}.backgroundColor + {style}.textDecoration + {style}.borderBottom"
            ))
        };
        assert_ne!(looks(".text q.said"), looks(".text p"));
        browser.click(".quoted a.times");
        browser.wait(
            "the place",
            "document.querySelector(':target')?.matches('q.said')",
        );
        // From entry to entry, and back to all.
        browser.click(".neighbors .newer");
        browser.wait(
            "the newer one",
            "document.title.startsWith('The harbor bridge opens')",
        );
        browser.click(".neighbors .all");
        newsroom.wait(&["bridge opens", "ferry", "Brücke", "orchard"]);
    });
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_of_an_article_runs() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        for (path, has) in [
            ("", ".card"),
            ("search?q=ferry", "mark"),
            ("search?q=ferry+(", ".fault"),
            ("topics", ".subjects"),
            ("speakers", ".subjects"),
            ("folders", ".subjects"),
            ("searches", "h1"),
            ("topics/ferries/", ".card"),
            ("speakers/ilse-brandt/", ".card"),
            ("folders/town/", ".card"),
            (
                "entries/the-harbor-bridge-opens-before-time",
                "article.whole",
            ),
        ] {
            newsroom.go(path);
            browser.wait(path, &format!("document.querySelector({has:?})"));
            assert_eq!(browser.text("typeof window.mischief"), "undefined");
        }
        // The picture of an article is a link, for those who want to see it.
        let pictures = browser.all("a[href^='https://pictures.example/']", "one.rel");
        assert!(!pictures.is_empty());
        assert_eq!(browser.all("img", "one.src"), [""; 0]);
        // Nor could a page do it if somebody got something into it.
        let tried = browser.run(
            "return fetch('https://elsewhere.example/').then(() => 'fetched', (fault) => fault.name)",
        );
        assert_eq!(tried, "TypeError");
        let said = browser.console();
        assert!(
            said.iter()
                .all(|line| line.contains("Content Security Policy"))
                && !said.is_empty(),
            "{said:?}"
        );
    });
}

#[test]
fn pages_are_light_by_day_and_dark_by_night() {
    Newsroom::visit(|newsroom| {
        let browser = &newsroom.browser;
        let light = |color: &str| {
            browser.run(&format!(
                "const hex = getComputedStyle(document.querySelector('.card .summary') ?? document.body).color;
                 const back = getComputedStyle(document.body).backgroundColor;
                 const parts = ({color}).match(/[\\d.]+/g).map(Number).map((part) => {{
                   const share = part / 255;
                   return share <= .04045 ? share / 12.92 : ((share + .055) / 1.055) ** 2.4;
                 }});
                 return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];"
            ))
            .as_f64()
            .unwrap()
        };
        for path in [
            "",
            "search?q=ferry",
            "topics",
            "entries/the-ferry-keeps-its-winter-timetable",
        ] {
            let mut grounds = Vec::new();
            for scheme in ["light", "dark"] {
                let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
                browser.set("Emulation.setEmulatedMedia", &json!({"features": features}));
                newsroom.go(path);
                let (ink, paper) = (light("hex"), light("back"));
                // Contrast as WCAG 2.2 defines it, and asks for.
                let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
                assert!(contrast > 4.5, "{path}, {scheme}: {contrast}");
                grounds.push(paper);
            }
            assert!(grounds[0] > 0.8 && grounds[1] < 0.1, "{path}: {grounds:?}");
        }
    });
}
