//! Hubs, as they are told: by a hub of our own that records, refuses, is slow or
//! away.

use crate::program::{Place, article, wait_for};
use feedwright::{
    feed::{self, HubUrl, SiteUrl},
    publish::websub::{Changed, Hubs, Pace},
};
use std::{
    collections::VecDeque,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// A hub that answers what it is told to.
struct Hub {
    address: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What was asked, and when: the path, and the topics.
    asked: Vec<(String, Vec<String>, Instant)>,
    /// The next answers; when there are none, 202.
    answers: VecDeque<String>,
    /// What is wrong with a request.
    faults: Vec<String>,
}

impl Hub {
    fn new() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn on(listener: TcpListener) -> Self {
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { address, state }
    }

    fn url(&self) -> HubUrl {
        HubUrl::parse(&self.address).unwrap()
    }

    /// Answers this to the next request that has no other answer yet.
    fn answer(&self, head: &str) {
        let answer = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n");
        self.state.lock().unwrap().answers.push_back(answer);
    }

    /// Does not answer the next request.
    fn hang(&self) {
        self.state.lock().unwrap().answers.push_back(String::new());
    }

    /// The topics of each request so far.
    fn asked(&self) -> Vec<Vec<String>> {
        let state = self.state.lock().unwrap();
        assert_eq!(state.faults, [""; 0]);
        state
            .asked
            .iter()
            .map(|(_, topics, _)| topics.clone())
            .collect()
    }

    /// All topics so far, each in a request of its own.
    fn topics(&self) -> Vec<String> {
        self.asked().concat()
    }

    #[track_caller]
    fn wait_for(&self, topics: &[&str]) {
        wait_for("the hub to be told", || self.topics().len() >= topics.len());
        assert_eq!(self.topics(), topics);
    }
}

/// Answers requests on a connection.
fn serve(stream: TcpStream, shared: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line == "\r\n" {
                break;
            }
            head.push(line.trim_end().to_owned());
        }
        let header = |name: &str| {
            let mut lines = head.iter().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map_or_else(String::new, |(_, value)| value.to_owned())
        };
        let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
        reader.read_exact(&mut body).unwrap();
        let body = String::from_utf8(body).unwrap();
        let mut state = shared.lock().unwrap();
        let mut first = head[0].split(' ');
        let (method, path) = (first.next().unwrap(), first.next().unwrap().to_owned());
        let fields: Vec<_> = body
            .split('&')
            .map(|one| one.split_once('=').unwrap())
            .collect();
        let of = |key: &str| -> Vec<String> {
            let values = fields.iter().filter(|(name, _)| *name == key);
            values
                .map(|(_, value)| value.replace("%3A", ":").replace("%2F", "/"))
                .collect()
        };
        let topics = of("hub.url");
        let agent = header("user-agent");
        if method != "POST"
            || header("content-type") != "application/x-www-form-urlencoded"
            || of("hub.mode") != ["publish"]
            || of("hub.topic") != topics
            || !agent.starts_with("feedwright/")
        {
            state.faults.push(format!("{head:?} {body}"));
        }
        state.asked.push((path, topics, Instant::now()));
        let accepted = || "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".to_owned();
        let answer = state.answers.pop_front().unwrap_or_else(accepted);
        drop(state);
        if answer.is_empty() {
            // Until the other side gives up.
            let _ = reader.read_line(&mut String::new());
            return;
        }
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Everything as soon as possible.
const AT_ONCE: Pace = Pace {
    gather: Duration::from_millis(1),
    spacing: Duration::ZERO,
    rest: Duration::ZERO,
    first_retry: Duration::from_millis(1),
    longest_retry: Duration::from_millis(4),
    timeout: Duration::from_mins(1),
};

fn start(hubs: &[HubUrl], pace: Pace) -> Hubs {
    let settings = feed::Settings {
        url: Some(SiteUrl::parse("https://example.org/feeds").unwrap()),
        hubs: hubs.to_vec(),
        ..feed::Settings::default()
    };
    Hubs::start(&settings, pace, |_| 0)
}

fn changed(name: &str, modified: i64) -> Changed {
    Changed {
        name: name.to_owned(),
        modified,
    }
}

const RSS: &str = "https://example.org/feeds/rss.xml";
const ATOM: &str = "https://example.org/feeds/atom.xml";
const TOPIC: &str = "https://example.org/feeds/topics/harbor/feed.json";

#[test]
fn each_feed_is_told_by_itself_and_pages_are_not() {
    let hub = Hub::new();
    let hubs = start(&[hub.url()], AT_ONCE);
    hubs.tell(&[
        changed("topics/harbor/feed.json", 1),
        changed("index.html", 2),
        changed("rss.xml", 3),
        changed("feeds.opml", 4),
        changed("atom.xml", 5),
    ]);
    hub.wait_for(&[ATOM, RSS, TOPIC]);
    wait_for("the hub's word", || hubs.seen()[0].told == 3);
    let seen = &hubs.seen()[0];
    assert_eq!((seen.owed, seen.failed, seen.refused), (0, 0, 0));
    assert!(seen.told_at.is_some() && seen.fault.is_none());
    assert_eq!(hubs.told_until(), [(hub.url(), 5)]);
    // A request for each: many hubs read no more than one.
    assert_eq!(hub.asked().len(), 3);
}

#[test]
fn what_changes_while_a_hub_is_away_is_told_once_when_it_is_back() {
    let hub = Hub::new();
    for _ in 0..3 {
        hub.answer("503 Service Unavailable\r\nRetry-After: 0");
    }
    hub.answer("429 Too Many Requests");
    hub.answer("200 OK");
    hub.hang();
    let hubs = start(
        &[hub.url()],
        Pace {
            timeout: Duration::from_millis(200),
            ..AT_ONCE
        },
    );
    hubs.tell(&[changed("rss.xml", 1)]);
    wait_for("a failure", || hubs.seen()[0].fault.is_some());
    for modified in 2..50 {
        hubs.tell(&[changed("rss.xml", modified)]);
    }
    wait_for("the hub's word", || {
        hubs.seen()[0].fault.is_none() && hubs.seen()[0].told == 1
    });
    hubs.tell(&[changed("rss.xml", 50)]);
    wait_for("the hub's last word", || hubs.seen()[0].owed == 0);
    let seen = &hubs.seen()[0];
    assert_eq!((seen.told, seen.refused), (2, 0));
    // Four that it did not take, and one that it did not answer.
    assert_eq!(seen.failed, 5);
    assert_eq!(hubs.told_until(), [(hub.url(), 50)]);
}

#[test]
fn a_hub_is_left_alone_for_as_long_as_it_asks() {
    let hub = Hub::new();
    hub.answer("503 Service Unavailable\r\nRetry-After: 1");
    let hubs = start(&[hub.url()], AT_ONCE);
    hubs.tell(&[changed("rss.xml", 1)]);
    hub.wait_for(&[RSS, RSS]);
    let state = hub.state.lock().unwrap();
    let waited = state.asked[1].2.duration_since(state.asked[0].2);
    assert!(waited >= Duration::from_secs(1), "{waited:?}");
}

#[test]
fn what_a_hub_refuses_is_told_once() {
    let hub = Hub::new();
    hub.answer("400 Bad Request");
    let hubs = start(&[hub.url()], AT_ONCE);
    hubs.tell(&[changed("atom.xml", 1), changed("rss.xml", 2)]);
    // That of the other is no fault of this one.
    hub.wait_for(&[ATOM, RSS]);
    wait_for("the hub's word", || hubs.seen()[0].told == 1);
    assert_eq!(hubs.seen()[0].refused, 1);
    assert_eq!(hubs.told_until(), [(hub.url(), 2)]);

    hub.answer("410 Gone");
    hubs.tell(&[changed("atom.xml", 3), changed("rss.xml", 4)]);
    wait_for("the refusal", || hubs.seen()[0].refused == 2);
    let fault = hubs.seen()[0].fault.clone().unwrap();
    let words = format!(
        "the hub {} refuses to be told that feeds changed: it answers 410 Gone; ",
        hub.address
    );
    assert!(fault.starts_with(&words), "{fault}");
    // It wants nothing else either; but when something changes it is asked.
    hubs.tell(&[changed("rss.xml", 5)]);
    wait_for("the hub's word", || hubs.seen()[0].told == 2);
    assert_eq!(hub.topics(), [ATOM, RSS, ATOM, RSS]);
    assert_eq!(hubs.seen()[0].fault, None);
}

#[test]
fn a_hub_that_refuses_everything_is_not_asked_for_each_feed() {
    let hub = Hub::new();
    for _ in 0..500 {
        hub.answer("400 Bad Request");
    }
    let hubs = start(&[hub.url()], AT_ONCE);
    let all: Vec<_> = (0..500)
        .map(|at| changed(&format!("topics/{at:03}/rss.xml"), at))
        .collect();
    hubs.tell(&all);
    wait_for("the end", || hubs.seen()[0].owed == 0);
    assert_eq!(hub.asked().len(), 16);
}

#[test]
fn a_hub_may_send_on_but_not_everywhere() {
    let (hub, other) = (Hub::new(), Hub::new());
    hub.answer(&format!(
        "308 Permanent Redirect\r\nLocation: {}a?b",
        other.address
    ));
    other.answer("307 Temporary Redirect\r\nLocation: /c");
    let hubs = start(&[hub.url()], AT_ONCE);
    hubs.tell(&[changed("rss.xml", 1)]);
    wait_for("the hub's word", || hubs.seen()[0].told == 1);
    let paths = |hub: &Hub| -> Vec<String> {
        let state = hub.state.lock().unwrap();
        state.asked.iter().map(|(path, ..)| path.clone()).collect()
    };
    assert_eq!(paths(&hub), ["/"]);
    assert_eq!(paths(&other), ["/a?b", "/c"]);
    let refused = |words: &str, times: u64| {
        wait_for("the refusal", || hubs.seen()[0].refused == times);
        let fault = hubs.seen()[0].fault.clone().unwrap();
        assert!(fault.contains(words), "{fault}");
    };
    hub.answer("302 Found\r\nLocation: http://hub.example.org/");
    hubs.tell(&[changed("rss.xml", 2)]);
    refused(
        "it sends to http://hub.example.org/, which is no hub's address",
        1,
    );
    for _ in 0..6 {
        hub.answer("301 Moved Permanently\r\nLocation: /again");
    }
    hubs.tell(&[changed("rss.xml", 3)]);
    refused("without end", 2);
    assert_eq!(paths(&hub).len(), 8);
}

#[test]
fn a_hub_cannot_send_without_end() {
    let hub = Hub::new();
    let long = "x".repeat(64 << 10);
    hub.answer(&format!("200 OK\r\nX-Long: {long}"));
    hub.state.lock().unwrap().answers.push_back(format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 999999999999\r\n\r\n{long}{long}{long}"
    ));
    let hubs = start(&[hub.url()], AT_ONCE);
    hubs.tell(&[changed("rss.xml", 1)]);
    wait_for("the refusal", || hubs.seen()[0].refused == 1);
    let seen = &hubs.seen()[0];
    assert_eq!(seen.failed, 1);
    let fault = seen.fault.clone().unwrap();
    assert!(
        fault.contains("400 Bad Request: xxx") && fault.len() < 500,
        "{fault}"
    );
}

#[test]
fn a_hub_that_hangs_is_in_nobodys_way() {
    let (slow, quick) = (Hub::new(), Hub::new());
    slow.hang();
    let hubs = start(&[slow.url(), quick.url()], AT_ONCE);
    hubs.tell(&[changed("rss.xml", 1)]);
    slow.wait_for(&[RSS]);
    quick.wait_for(&[RSS]);
    hubs.tell(&[changed("atom.xml", 2)]);
    quick.wait_for(&[RSS, ATOM]);
    wait_for("the hub's word", || hubs.seen()[1].told == 2);
    // What it did not answer, it is told again at the next start.
    assert_eq!(hubs.told_until(), [(slow.url(), 0), (quick.url(), 2)]);
    let start = Instant::now();
    hubs.stop(Duration::from_millis(100));
    assert!(start.elapsed() < AT_ONCE.timeout / 2);
}

#[test]
fn the_last_is_told_before_an_end() {
    let hub = Hub::new();
    let hubs = start(
        &[hub.url()],
        Pace {
            gather: Duration::from_hours(1),
            ..AT_ONCE
        },
    );
    hubs.tell(&[changed("atom.xml", 1), changed("rss.xml", 2)]);
    hubs.stop(Duration::from_mins(1));
    assert_eq!(hub.topics(), [ATOM, RSS]);
    assert_eq!(hubs.told_until(), [(hub.url(), 2)]);
}

#[test]
fn a_hub_catches_up_with_what_was_written_since_it_was_told() {
    let hub = Hub::new();
    let settings = feed::Settings {
        url: Some(SiteUrl::parse("https://example.org/feeds").unwrap()),
        hubs: vec![hub.url()],
        ..feed::Settings::default()
    };
    let hubs = Hubs::start(&settings, AT_ONCE, |_| 7);
    hubs.catch_up(&[
        changed("atom.xml", 7),
        changed("rss.xml", 8),
        changed("index.html", 9),
    ]);
    hub.wait_for(&[RSS]);
}

/// A daemon's folder, whose hub is this one.
fn place(hub: &str) -> Place {
    let place = Place::new();
    place.write(
        "config.toml",
        &format!("[site]\nurl = \"https://example.org/feeds\"\n[push]\nhubs = [\"{hub}\"]\n"),
    );
    place
}

const MAIN: [&str; 3] = [ATOM, "https://example.org/feeds/feed.json", RSS];

#[test]
fn the_daemon_tells_its_hub_what_it_has_written() {
    let hub = Hub::new();
    let place = place(&hub.address);
    let _daemon = place.daemon(&[]);
    wait_for("the empty feeds", || hub.topics().len() == 3);
    assert_eq!(hub.topics(), MAIN);
    place.write("watch/a.md", &article("A", "harbor"));
    wait_for("the news", || hub.topics().len() == 6);
    assert_eq!(hub.topics()[3..], MAIN);
    // They are in place before the hub is told.
    assert_eq!(place.titles(), ["A"]);
    for (name, words) in [
        (
            "atom.xml",
            format!("<link href=\"{}\" rel=\"hub\"", hub.address),
        ),
        (
            "rss.xml",
            format!("<atom:link href=\"{}\" rel=\"hub\"", hub.address),
        ),
        (
            "feed.json",
            format!("\"type\": \"WebSub\",\n      \"url\": \"{}\"", hub.address),
        ),
    ] {
        let text = fs::read_to_string(place.path("feeds").join(name)).unwrap();
        assert!(text.contains(&words), "{words} is not in:\n{text}");
    }
    // Nothing is wrong with them.
    let checked = place.run(&["check", "--feeds", "feeds"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

#[cfg(unix)]
#[test]
fn what_a_hub_was_not_told_is_told_after_a_restart() {
    use rustix::process::Signal;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // Nobody listens there for now.
    drop(listener);
    let place = place(&format!("http://{address}/"));
    place.write("watch/a.md", &article("A", "harbor"));
    let status = || -> serde_json::Value {
        serde_json::from_str(&place.run(&["status", "--json"]).out).unwrap()
    };
    for signal in [Signal::KILL, Signal::TERM] {
        let mut daemon = place.daemon(&[]);
        // The first time they are new, the second time they were left.
        wait_for("the hub's failure", || {
            let told = status();
            let is_its_own = told["pid"] == daemon.id();
            is_its_own && told["faults"][0]["about"] == "hub" && told["hubs"][0]["owed"] == 3
        });
        let log = daemon.log();
        let words = format!(
            "cannot tell the hub http://{address}/ that feeds changed: nothing listens there"
        );
        assert!(log.contains(&words), "{log}");
        let start = Instant::now();
        daemon.signal(signal);
        daemon.end();
        assert!(start.elapsed() < Duration::from_secs(20));
        // It does not become well because nobody asks any more.
        assert!(!daemon.log().contains("well again"), "{}", daemon.log());
    }
    let hub = Hub::on(TcpListener::bind(address).unwrap());
    let mut daemon = place.daemon(&[]);
    wait_for("the hub to be told", || hub.topics().len() >= 3);
    assert_eq!(hub.topics(), MAIN);
    wait_for("the hub's word", || status()["hubs"][0]["owed"] == 0);
    assert_eq!(status()["faults_count"], 0);
    daemon.signal(Signal::TERM);
    daemon.end();
    // It knows all that there is, and is told what is new alone.
    let mut daemon = place.daemon(&[]);
    place.write("watch/b.md", &article("B", "market"));
    wait_for("the news", || hub.topics().len() >= 6);
    daemon.signal(Signal::TERM);
    daemon.end();
    assert_eq!(hub.topics().len(), 6);
}

#[test]
fn the_server_names_the_hub_in_a_header() {
    let hub = Hub::new();
    let place = place(&hub.address);
    let mut command = place.command(&[]);
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", "127.0.0.1:0"));
    let log = daemon.log();
    let (_, rest) = log.split_once("http://127.0.0.1:").unwrap();
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let head = |path: &str| {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        write!(
            stream,
            "HEAD {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut head = String::new();
        stream.read_to_string(&mut head).unwrap();
        head
    };
    // When the hub is told, it can fetch what it is told of.
    wait_for("the empty feeds", || hub.topics().len() == 3);
    for name in ["atom.xml", "rss.xml", "feed.json"] {
        let head = head(&format!("/{name}"));
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        let own = format!(
            "\r\nlink: <https://example.org/feeds/{name}>; rel=\"self\"; type=\"application/"
        );
        let named = format!(", <{}>; rel=\"hub\"\r\n", hub.address);
        assert!(head.contains(&own) && head.contains(&named), "{head}");
    }
    assert!(!head("/index.html").contains("\r\nlink:"));
}
