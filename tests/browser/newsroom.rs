//! A newsroom: the daemon over a folder with articles, and a person at a browser
//! who looks at its page.

use crate::{
    program::{Daemon, Place, wait_for},
    webdriver::{Browser, breathe},
};
use std::fs;

/// The daemon at work, and the browser.
pub(crate) struct Newsroom {
    pub(crate) browser: Browser,
    pub(crate) place: Place,
    /// The address of the page.
    pub(crate) root: String,
    _daemon: Daemon,
}

const CONFIG: &str = "[site]\ntitle = \"The Lorn Courier\"\n[topics]\nmin-articles = 1\n";

/// Articles by path, the newest last.
const ARTICLES: &[(&str, &str)] = &[
    (
        "archive/orchard.md",
        r#"---
title: An orchard is planted behind the depot
date: 2026-01-04
tags: [Gardens]
author: Wim Terstegge
---

Forty pear trees stand behind the tram depot since Saturday.

"A tree that nobody waters in its first summer is firewood, so we have drawn up a list," said Odalys Fenn, who drives line three.
"#,
    ),
    (
        "town/bruecke.md",
        r"---
title: Die Brücke am Hafen öffnet im Mai
date: 2026-02-10
tags: [Bridges]
lang: de
---

Die Brücke über den Hafen ist nach elf Monaten fast fertig, teilte die Stadt mit.

„Wir haben lange genug gewartet, und die Fähre ist im Winter keine Hilfe“, sagte Käthe Überlinger, die das Amt leitet.
",
    ),
    (
        "town/ferry.md",
        r#"---
title: The ferry keeps its winter timetable
date: 2026-03-02
tags: [Ferries]
author: Jo Lindqvist
---

The ferry across the bay runs every forty minutes until the end of March, the harbor office said.

"People plan their whole week around this boat, and we will not change it under them," said Ilse Brandt, the captain. She has steered it for nine years.

The office had thought of an hourly timetable. "You cannot run an island on promises," Piet Harmsen said.
"#,
    ),
    (
        "town/council/bridge.md",
        r#"---
title: The harbor bridge opens before time
date: 2026-03-04
tags: [Bridges, Ferries]
author: Jo Lindqvist
---

The bridge over the inner harbor opens on Monday, two months before time.

"Nobody in this town should have to take the long way round for another winter," said Ilse Brandt, who leads the works.

![The quay](https://pictures.example/quay.jpg)

Buses run from Monday, and the ferry rests. <script>window.mischief = true</script>
"#,
    ),
];

impl Newsroom {
    /// Has somebody do something at a browser, who sees no fault at its console,
    /// and nothing that is fetched from elsewhere. Where no browser is installed
    /// nobody does.
    pub(crate) fn visit(does: impl FnOnce(&Self)) {
        let Some(browser) = Browser::start() else {
            return;
        };
        let place = Place::new();
        place.write("config.toml", CONFIG);
        let mut command = place.command(&["--config", "config.toml"]);
        let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", "127.0.0.1:0"));
        let log = daemon.log();
        let at = log.find("http://").expect("it serves");
        let root = log[at..].split_whitespace().next().unwrap().to_owned();
        let newsroom = Self {
            browser,
            place,
            root,
            _daemon: daemon,
        };
        // One after the other, so that it is known which is the newest.
        for (at, (path, text)) in ARTICLES.iter().enumerate() {
            newsroom.place.write(&format!("watch/{path}"), text);
            wait_for("the article", || newsroom.place.titles().len() == at + 1);
        }
        let browser = &newsroom.browser;
        newsroom.go("");
        // What is on disk is served a moment later.
        wait_for("the page", || {
            let is_whole = browser.all("#list > .card", "one.id").len() == ARTICLES.len();
            if !is_whole {
                newsroom.go("");
            }
            is_whole
        });
        // Whatever is done, it is done in this page, unless another is opened.
        browser.run("window.since = 'the start'");
        does(&newsroom);
        newsroom.judge();
    }

    fn judge(&self) {
        let said = self.browser.console();
        assert!(said.is_empty(), "at the console: {said:#?}");
        let asked = self.browser.requests();
        assert!(asked.iter().any(|address| address.starts_with(&self.root)));
        let elsewhere =
            |address: &&String| !address.starts_with(&self.root) && !address.starts_with("data:");
        let elsewhere: Vec<&String> = asked.iter().filter(elsewhere).collect();
        assert!(elsewhere.is_empty(), "asked elsewhere: {elsewhere:#?}");
    }

    /// Opens a page, by its path.
    pub(crate) fn go(&self, path: &str) {
        self.browser.go(&format!("{}{path}", self.root));
    }

    /// Whether it is still the page that was opened first.
    pub(crate) fn is_same_page(&self) -> bool {
        self.browser.text("window.since") == "the start"
    }

    /// The headlines of the cards on the page.
    pub(crate) fn headlines(&self) -> Vec<String> {
        self.browser.all("#list > .card h2", "one.textContent")
    }

    /// Waits until these are the headlines, in short: a word of each.
    #[track_caller]
    pub(crate) fn wait(&self, words: &[&str]) {
        let mut shown = Vec::new();
        let start = std::time::Instant::now();
        wait_for(&format!("{words:?}"), || {
            breathe();
            shown = self.headlines();
            assert!(
                start.elapsed().as_secs() < 20,
                "{shown:#?} instead of {words:?}"
            );
            shown.len() == words.len()
                && shown
                    .iter()
                    .zip(words)
                    .all(|(line, word)| line.contains(word))
        });
    }

    /// The path of the page that is open.
    pub(crate) fn path(&self) -> String {
        let address = self.browser.text("location.href");
        address.replacen(&self.root, "", 1)
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.place.path(&format!("watch/{file}"))).unwrap();
    }
}
