//! Clients that mean harm, or know no better.

use super::{Client, Served};
use std::io::{Read as _, Write as _};

#[test]
fn nothing_can_be_done_but_fetching() {
    let served = Served::new(&["harbor"]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        let answer = served.ask(method, "/rss.xml", &[("Content-Length", "0")]);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    }
    // A body that never comes is not waited for.
    let answer = served.ask("POST", "/rss.xml", &[("Content-Length", "1000000000")]);
    assert_eq!(answer.status, 405);
}

#[test]
fn requests_that_are_none_are_refused() {
    let served = Served::new(&["harbor"]);
    let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(100_000));
    let many = format!(
        "GET / HTTP/1.1\r\nHost: a\r\n{}\r\n",
        "X: y\r\n".repeat(1000)
    );
    let folded = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG";
    for request in [
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost a\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03",
        &long,
        &many,
        folded,
    ] {
        let mut client = served.client();
        client.send(request);
        client.send("\r\n\r\n");
        let answer = client.read(false);
        let status = answer.map_or(400, |answer| answer.status);
        assert!(
            matches!(status, 400 | 414 | 431 | 505 | 200),
            "{request:.40}: {status}"
        );
    }
    assert_eq!(served.get("/rss.xml").status, 200);
    assert!(
        !served.daemon.log().contains("panicked"),
        "{}",
        served.daemon.log()
    );
}

#[test]
fn a_request_needs_one_host() {
    let served = Served::new(&["harbor"]);
    for (request, status) in [
        ("GET /rss.xml HTTP/1.1\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /rss.xml HTTP/1.0\r\n\r\n", 200),
    ] {
        let mut client = served.client();
        client.send(request);
        assert_eq!(client.read(false).unwrap().status, status, "{request}");
    }
}

#[test]
fn a_greedy_client_is_told_to_wait() {
    let served = Served::with("[serve]\ntrusted-proxies = []\n", &["harbor"]);
    let mut client = served.client();
    let refused = (0..2000).find_map(|_| {
        let answer = client.ask("GET", "/rss.xml", &[("If-None-Match", "*")]);
        (answer.status != 304).then_some(answer)
    });
    let refused = refused.expect("somebody stops it");
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    // Behind a web server it is one of many, who get theirs.
    let served = Served::new(&["harbor"]);
    let greedy = ("X-Forwarded-For", "192.0.2.1");
    let mut client = served.client();
    let known = ("If-None-Match", "*");
    let stopped = (0..2000).any(|_| client.ask("GET", "/rss.xml", &[greedy, known]).status == 429);
    assert!(stopped);
    let other = ("X-Forwarded-For", "192.0.2.2");
    assert_eq!(client.ask("GET", "/rss.xml", &[other, known]).status, 304);
}

#[test]
fn one_client_has_no_more_than_its_connections() {
    let served = Served::with("[serve]\ntrusted-proxies = []\n", &["harbor"]);
    let mut open: Vec<Client> = (0..128).map(|_| served.client()).collect();
    // All of them are counted when the last was answered.
    for client in &mut open {
        assert!(matches!(
            client.ask("GET", "/rss.xml", &[]).status,
            200 | 429
        ));
    }
    let mut more = served.client();
    more.send("GET /rss.xml HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(more.read(false).is_none());
    drop(open);
    crate::program::wait_for("a free place", || {
        let mut client = served.client();
        client.send("GET /rss.xml HTTP/1.1\r\nHost: a\r\n\r\n");
        client.read(false).is_some()
    });
}

#[test]
fn what_is_being_sent_arrives_before_the_end() {
    let mut served = Served::new(&["harbor"]);
    let mut idle = served.client();
    assert_eq!(idle.ask("GET", "/rss.xml", &[]).status, 200);
    let mut live = served.client();
    live.send("GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
    while live.line().trim() != "event: published" {}
    served.daemon.signal(rustix::process::Signal::TERM);
    assert!(served.daemon.end().success());
    assert!(idle.read(false).is_none());
    let mut rest = String::new();
    while let line = live.line()
        && !line.is_empty()
    {
        rest += &line;
    }
    // The stream is ended in order, with the chunk that says so.
    assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
}

#[test]
fn news_come_as_they_are_published() {
    let served = Served::new(&["harbor"]);
    let mut live = served.client();
    live.send("GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(live.line().contains("200"));
    let next = |live: &mut Client| {
        while live.line().trim() != "event: published" {}
        live.line().trim().strip_prefix("id: ").unwrap().to_owned()
    };
    // A page says which news it is as new as.
    let first = next(&mut live);
    assert!(
        served
            .get("/")
            .text()
            .contains(&format!("data-live=\"{first}\""))
    );
    served.drop_article("bridge");
    let second = next(&mut live);
    assert_ne!(first, second);
    let page = served.get("/").text();
    assert!(page.contains(&format!("data-live=\"{second}\"")) && page.contains("bridge"));
}

#[test]
fn a_flood_of_connections_leaves_room_for_others() {
    let served = Served::new(&["harbor"]);
    // Each has sent the beginning of a request, and sends no more.
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(&served.address).unwrap();
            stream
                .write_all(b"GET /rss.xml HTTP/1.1\r\nHost: a\r\nX-")
                .unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(served.get("/rss.xml").status, 200);
    }
    served.drop_article("bridge");
    let mut none = [0];
    for mut stream in slow {
        stream.set_nonblocking(true).unwrap();
        // Nobody has been answered, and nobody been closed yet.
        assert!(stream.read(&mut none).is_err());
    }
}
