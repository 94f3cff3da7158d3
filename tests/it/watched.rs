//! Those who watch over the daemon: its health and its metrics.

use crate::program::{Daemon, Place, article, wait_for};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
};

/// A daemon with a server, and where that is.
fn serving(place: &Place) -> (Daemon, String) {
    let mut command = place.command(&[]);
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", "127.0.0.1:0"));
    let log = daemon.log();
    let (_, rest) = log.split_once("http://127.0.0.1:").unwrap();
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (daemon, format!("127.0.0.1:{port}"))
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

fn get(address: &str, path: &str, accept: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head[9..12].parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}

/// What Prometheus sends.
const OPEN_METRICS: &str = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3";

/// The samples, by their name and labels.
fn samples(address: &str) -> BTreeMap<String, f64> {
    let answer = get(address, "/metrics", OPEN_METRICS);
    assert_eq!(answer.status, 200);
    assert!(answer.body.ends_with("\n# EOF\n"));
    let samples = answer.body.lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (name, value) = line.rsplit_once(' ').unwrap();
        (name.to_owned(), value.parse().unwrap())
    };
    let all: Vec<(String, f64)> = samples.map(sample).collect();
    let count = all.len();
    let all = BTreeMap::from_iter(all);
    assert_eq!(all.len(), count, "a sample stands there twice");
    all
}

/// A number of things.
fn whole(value: f64) -> i64 {
    value.to_string().parse().unwrap()
}

#[track_caller]
fn wait_until_ready(address: &str) {
    wait_for("the daemon to be ready", || {
        get(address, "/health", "*/*").status == 200
    });
}

#[test]
fn ready_is_the_daemon_that_has_looked_at_all_and_sees_what_changes() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let (_daemon, address) = serving(&place);
    wait_until_ready(&address);
    let answer = get(&address, "/health", "*/*");
    assert!(answer.head.contains("content-type: text/plain"));
    assert!(answer.head.contains("cache-control: no-store"));
    assert!(
        answer.body.starts_with("well: all articles were looked at"),
        "{}",
        answer.body
    );
    fs::rename(place.path("watch"), place.path("away")).unwrap();
    wait_for("the missing folder", || {
        get(&address, "/health", "*/*").status == 503
    });
    let answer = get(&address, "/health", "application/json");
    assert!(
        answer
            .head
            .contains("content-type: application/health+json")
    );
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(told["status"], "fail");
    assert_eq!(told["output"], "the watch folder is not there");
    assert_eq!(get(&address, "/health/live", "*/*").status, 200);
    let samples_away = samples(&address);
    assert!(samples_away["feedwright_ready"] < 0.5);
    assert!(samples_away["feedwright_watch_mode{mode=\"nothing\"}"] > 0.5);
    fs::rename(place.path("away"), place.path("watch")).unwrap();
    wait_until_ready(&address);
    // It tells nobody where files lie.
    let text = get(&address, "/metrics", OPEN_METRICS).body;
    let folder = place.path("watch");
    assert!(!text.contains(folder.parent().unwrap().to_str().unwrap()));
}

#[test]
fn what_becomes_of_articles_is_counted() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/empty.txt", "");
    let (_daemon, address) = serving(&place);
    wait_until_ready(&address);
    let count = |samples: &BTreeMap<String, f64>, name: &str| {
        let name = format!("feedwright_{name}");
        let value = samples.get(&name);
        whole(*value.unwrap_or_else(|| panic!("{name} is not in {samples:#?}")))
    };
    let articles = |what: &str| {
        let samples = samples(&address);
        count(&samples, &format!("articles_total{{result=\"{what}\"}}"))
    };
    assert_eq!(articles("added"), 1);
    assert_eq!(articles("refused"), 1);
    let first = samples(&address);
    assert_eq!(count(&first, "drop_to_publish_seconds_count"), 0);
    assert_eq!(count(&first, "digest_seconds_count"), 2);
    assert_eq!(count(&first, "entries"), 1);
    assert_eq!(count(&first, "feeds"), 1);
    assert_eq!(count(&first, "files_refused"), 1);
    assert_eq!(count(&first, "watch_mode{mode=\"events\"}"), 1);
    assert!(count(&first, "rescans_total") >= 1);
    assert!(count(&first, "documents_written_total") >= 4);

    place.write("watch/b.md", &article("B", "market"));
    wait_for("the new one", || articles("added") == 2);
    place.rename("watch/b.md", "watch/c.md");
    wait_for("the move", || articles("moved") == 1);
    place.write("watch/a.md", &article("A", "harbor bridge"));
    wait_for("the edit", || articles("edited") == 1);
    fs::remove_file(place.path("watch/c.md")).unwrap();
    wait_for("the withdrawal", || articles("withdrawn") == 1);
    wait_for("the pass to be over", || {
        let samples = samples(&address);
        count(&samples, "drop_to_publish_seconds_count") == 2
    });
    wait_for("the catalogue to be asked again", || {
        count(&samples(&address), "entries") == 1
    });
    let last = samples(&address);
    assert!(count(&last, "pass_seconds_count") >= 4);
    assert!(count(&last, "passes_total{result=\"done\"}") >= 4);
    for (earlier, later) in [
        (
            "process_start_time_seconds",
            "feedwright_last_pass_timestamp_seconds",
        ),
        (
            "process_start_time_seconds",
            "feedwright_last_publish_timestamp_seconds",
        ),
    ] {
        assert!(last[earlier] < last[later], "{later}");
    }
    #[cfg(target_os = "linux")]
    assert!(last["process_resident_memory_bytes"] > 1e6 && last["process_open_fds"] > 3.0);
}

#[test]
fn requests_are_counted() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let (_daemon, address) = serving(&place);
    wait_until_ready(&address);
    for path in ["/rss.xml", "/rss.xml", "/nothing-here.xml"] {
        get(&address, path, "*/*");
    }
    let seen = samples(&address);
    let requests = |code: &str| {
        let name = format!("feedwright_http_requests_total{{method=\"GET\",code=\"{code}\"}}");
        seen.get(&name).copied().unwrap_or_default()
    };
    assert!(requests("200") >= 3.0 && requests("404") > 0.5, "{seen:#?}");
    assert!(seen["feedwright_http_cache_requests_total{result=\"hit\"}"] >= 1.0);
    assert!(seen["feedwright_http_sent_bytes_total"] > 1_000.0);
    // This one.
    assert!(
        (seen["feedwright_http_connections_open"] - 1.0).abs() < 0.5,
        "{seen:#?}"
    );
    assert!(seen["feedwright_http_request_seconds_count"] >= 4.0);
    // Somebody who listens for news.
    let mut live = TcpStream::connect(&address).unwrap();
    write!(live, "GET /live HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let listeners = || whole(samples(&address)["feedwright_http_live_clients"]);
    wait_for("the listener", || listeners() == 1);
    drop(live);
    place.write("watch/b.md", &article("B", "market"));
    wait_for("the listener's end", || listeners() == 0);
}

#[test]
fn who_does_not_know_openmetrics_gets_the_form_before_it() {
    let place = Place::new();
    let (_daemon, address) = serving(&place);
    let open = get(&address, "/metrics", OPEN_METRICS);
    let media_type = "content-type: application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert!(open.head.contains(media_type), "{}", open.head);
    let plain = get(&address, "/metrics", "text/html,*/*;q=0.8");
    let media_type = "content-type: text/plain; version=0.0.4; charset=utf-8";
    assert!(plain.head.contains(media_type), "{}", plain.head);
    assert!(
        plain
            .body
            .contains("# TYPE feedwright_articles_total counter\n")
    );
    assert!(!plain.body.contains("# EOF") && !plain.body.contains("# UNIT"));
    let names = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.rsplit_once(' ').unwrap().0.to_owned())
            .collect()
    };
    let (open, plain) = (names(&open.body), names(&plain.body));
    assert!(open.is_subset(&plain), "{:?}", open.difference(&plain));
}

#[test]
fn the_dashboard_and_the_alerts_ask_for_metrics_that_there_are() {
    let place = Place::new();
    let (_daemon, address) = serving(&place);
    wait_until_ready(&address);
    let text = get(&address, "/metrics", "*/*").body;
    // A histogram is asked for by the names of its samples.
    let known: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .flat_map(|line| {
            let (name, kind) = line.split_once(' ').unwrap();
            let ends: &[&str] = if kind == "histogram" {
                &["_bucket", "_count", "_sum"]
            } else {
                &[""]
            };
            ends.iter().map(move |end| format!("{name}{end}"))
        })
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging");
    for file in ["grafana/feedwright.json", "prometheus/alerts.yml"] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'));
        let asked = words.filter(|word| {
            word.starts_with("feedwright_") || word.starts_with("process_") && word.len() > 9
        });
        let asked: BTreeSet<&str> = asked.collect();
        assert!(asked.len() > 5, "{file}");
        for name in asked {
            assert!(known.contains(name), "{file} asks for {name}");
        }
    }
}
