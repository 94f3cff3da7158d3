//! Where the server can be reached, and by what address documents name it.

use super::{Client, Served, address, serving};
use crate::program::{Place, article, wait_for};
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    os::unix::net::UnixStream,
};

/// The address by which a feed names itself.
fn own_address(feed: &str) -> &str {
    let at = feed.find("rel=\"self\"").expect("it names itself");
    let link = &feed[feed[..at].rfind('<').unwrap()..];
    let start = link.find("href=\"").unwrap() + "href=\"".len();
    link[start..].split('"').next().unwrap()
}

#[test]
fn links_have_the_address_that_was_asked() {
    let served = Served::new(&["harbor"]);
    let own = |headers: &[(&str, &str)]| {
        own_address(&served.ask("GET", "/atom.xml", headers).text()).to_owned()
    };
    assert_eq!(own(&[]), format!("http://{}/atom.xml", served.address));
    assert_eq!(
        own(&[("Host", "News.Example:80")]),
        "http://news.example:80/atom.xml"
    );
    let forwarded = ("Forwarded", "for=192.0.2.1;proto=https;host=feeds.example");
    assert_eq!(own(&[forwarded]), "https://feeds.example/atom.xml");
    let x = [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "a.example"),
    ];
    assert_eq!(own(&x), "https://a.example/atom.xml");
    // What is no address is none, and is not in documents.
    for host in ["<b>", "a b", "\"", "a/../b"] {
        let answer = served.ask("GET", "/atom.xml", &[("Host", host)]);
        assert!(
            answer.status == 400 || !answer.text().contains("rel=\"self\""),
            "{host}"
        );
    }
    let served = Served::with("[serve]\ntrusted-proxies = []\n", &["harbor"]);
    let answer = served.ask("GET", "/atom.xml", &[forwarded]);
    assert_eq!(
        own_address(&answer.text()),
        format!("http://{}/atom.xml", served.address)
    );
    let served = Served::with("[site]\nurl = \"https://news.example/x\"\n", &["harbor"]);
    let answer = served.ask("GET", "/atom.xml", &[forwarded]);
    assert_eq!(
        own_address(&answer.text()),
        "https://news.example/x/atom.xml"
    );
}

#[test]
fn feeds_that_are_served_pass_every_rule() {
    let served = Served::with("[topics]\nmin-articles = 1\n", &["harbor", "bridge"]);
    for name in ["rss.xml", "atom.xml", "feed.json", "feeds.opml"] {
        served.place.write(
            &format!("fetched/{name}"),
            &served.get(&format!("/{name}")).text(),
        );
    }
    let ended = served.place.run(&["check", "--feeds", "fetched"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let all = ended.out + &ended.err;
    assert!(all.contains("0 errors, 0 warnings"), "{all}");
}

#[test]
fn a_port_that_is_taken_is_tried_until_it_is_free() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let place = Place::new();
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    let mut command = place.command(&[]);
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", &port));
    wait_for("the feeds", || place.titles() == ["harbor"]);
    let log = daemon.log();
    let line = log.lines().find(|line| line.contains(&port)).unwrap();
    assert!(
        line.contains("another program listens there") && line.contains("`listen`"),
        "{line}"
    );
    drop(taken);
    wait_for("the server", || daemon.log().contains("can be reached"));
    assert_eq!(Client::new(&port).ask("GET", "/rss.xml", &[]).status, 200);
    assert_eq!(daemon.log().matches(&port).count(), 2, "{}", daemon.log());
}

#[test]
fn a_socket_takes_the_place_of_a_killed_one() {
    let place = Place::new();
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    place.write("config.toml", "[serve]\nlisten = \"unix:run.sock\"\n");
    let ask = || {
        let mut stream = UnixStream::connect(place.path("run.sock")).unwrap();
        stream
            .write_all(b"GET /atom.xml HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: news.example\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let start = || {
        let mut command = place.command(&[]);
        place.start(command.env_remove("FEEDWRIGHT_LISTEN"))
    };
    drop(start());
    assert!(place.path("run.sock").exists());
    let mut daemon = start();
    wait_for("the feeds", || ask().starts_with("HTTP/1.1 200"));
    // Who comes by a socket is a web server, and is believed.
    assert_eq!(own_address(&ask()), "http://news.example/atom.xml");
    daemon.signal(rustix::process::Signal::TERM);
    assert!(daemon.end().success());
    assert!(!place.path("run.sock").exists());
}

#[test]
fn addresses_are_changed_while_it_runs() {
    let place = Place::new();
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    let port = || {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().to_string()
    };
    let (first, second) = (port(), port());
    place.write("config.toml", &format!("[serve]\nlisten = {first:?}\n"));
    let mut command = place.command(&[]);
    let daemon = place.start(command.env_remove("FEEDWRIGHT_LISTEN"));
    wait_for("the feeds", || {
        Client::new(&first).ask("GET", "/rss.xml", &[]).status == 200
    });
    place.write("config.toml", &format!("[serve]\nlisten = [{second:?}]\n"));
    daemon.signal(rustix::process::Signal::HUP);
    wait_for("the second address", || {
        std::net::TcpStream::connect(&second).is_ok()
    });
    wait_for("the end of the first", || {
        std::net::TcpStream::connect(&first).is_err()
    });
    assert_eq!(Client::new(&second).ask("GET", "/rss.xml", &[]).status, 200);
}

#[test]
fn a_socket_of_the_service_manager_is_taken() {
    let place = Place::new();
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    let program = place.command(&[]);
    // The shell stands for systemd: it listens nowhere, but hands on what does.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().to_string();
    let mut command = std::process::Command::new("sh");
    command
        .args([
            "-c",
            "exec 3<&0 0</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\"",
        ])
        .arg(program.get_program())
        .current_dir(place.path(""))
        .stdin(std::os::fd::OwnedFd::from(listener));
    let daemon = place.start(&mut command);
    assert!(daemon.log().contains(&port), "{}", daemon.log());
    wait_for("the feeds", || {
        Client::new(&port).ask("GET", "/rss.xml", &[]).status == 200
    });
}

#[test]
fn every_address_can_be_asked() {
    let place = Place::new();
    place.write("watch/harbor.md", &article("harbor", "harbor"));
    place.write("config.toml", "");
    let mut command = serving(&place);
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", "[::1]:0"));
    let served = address(&daemon);
    assert!(served.starts_with("[::1]:"), "{served}");
    wait_for("the feeds", || {
        Client::new(&served).ask("GET", "/rss.xml", &[]).status == 200
    });
}
