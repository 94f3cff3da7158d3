//! The built-in server, asked over real sockets.

mod addresses;
mod client;
mod documents;
mod hardening;
mod headers;
mod pages;

use crate::program::{Daemon, Place, article, wait_for};
use client::{Answer, Client};
use std::process::Command;

/// A daemon that serves, with these articles in its feeds.
struct Served {
    daemon: Daemon,
    place: Place,
    /// Where it can be reached.
    address: String,
}

impl Served {
    fn new(titles: &[&str]) -> Self {
        Self::with("", titles)
    }

    /// With these settings.
    fn with(config: &str, titles: &[&str]) -> Self {
        let place = Place::new();
        place.write("config.toml", config);
        for title in titles {
            place.write(&format!("watch/{title}.md"), &article(title, title));
        }
        Self::start(place, titles.len())
    }

    /// Serves what is in a place, and waits until so many articles are served.
    fn start(place: Place, articles: usize) -> Self {
        let daemon = place.start(&mut serving(&place));
        let address = address(&daemon);
        let served = Self {
            daemon,
            place,
            address,
        };
        wait_for("the articles to be served", || {
            let feed = served.get("/atom.xml");
            feed.status == 200 && feed.text().matches("<entry").count() == articles
        });
        served
    }

    fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// The answer to a request without further headers.
    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The answer to a request on a connection of its own.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.client().ask(method, path, headers)
    }

    /// Drops an article, and waits until it is served.
    fn drop_article(&self, title: &str) {
        self.place
            .write(&format!("watch/{title}.md"), &article(title, title));
        wait_for("the article to be served", || {
            self.get("/atom.xml").text().contains(title)
        });
    }
}

/// The command of a daemon that serves at a free port.
fn serving(place: &Place) -> Command {
    let mut command = place.command(&["--config", "config.toml"]);
    command.env("FEEDWRIGHT_LISTEN", "127.0.0.1:0");
    command
}

/// Where a daemon says that it can be reached.
fn address(daemon: &Daemon) -> String {
    let log = daemon.log();
    let at = log.rfind("http://").expect("it serves");
    let rest = &log[log[..at].rfind("read ").unwrap_or(at)..];
    let start = rest.find("http://").unwrap() + "http://".len();
    rest[start..].split('/').next().unwrap().to_owned()
}
