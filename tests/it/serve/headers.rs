//! Each rule of HTTP that readers rely on.

use super::{Answer, Served};
use std::io::Read as _;

const FORMATS: [(&str, &str); 4] = [
    ("/rss.xml", "application/rss+xml; charset=utf-8"),
    ("/atom.xml", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json"),
    ("/feeds.opml", "text/x-opml; charset=utf-8"),
];

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answer.header("content-encoding") {
        "" => bytes.clone_from(&answer.body),
        "gzip" => {
            let mut reader = flate2::read::GzDecoder::new(&answer.body[..]);
            reader.read_to_end(&mut bytes).unwrap();
        }
        "br" => brotli::BrotliDecompress(&mut &answer.body[..], &mut bytes).unwrap(),
        "zstd" => bytes = zstd::decode_all(&answer.body[..]).unwrap(),
        other => panic!("nobody asked for {other}"),
    }
    bytes
}

#[test]
fn documents_say_what_they_are() {
    let served = Served::new(&["harbor"]);
    for (path, media_type) in FORMATS {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), media_type);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cache-control"), "public, max-age=3600");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
        assert!(!answer.header("date").is_empty());
    }
    let page = served.get("/");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-cache");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(
        !policy.contains("http:") && !policy.contains("https:"),
        "{policy}"
    );
    assert_eq!(page.header("access-control-allow-origin"), "");
}

#[test]
fn the_feed_says_the_same_time_as_its_header() {
    let served = Served::new(&["harbor"]);
    let ttl = served.get("/rss.xml").text();
    let ttl = ttl
        .split("<ttl>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let seconds = ttl.parse::<u32>().unwrap() * 60;
    let age = served.get("/rss.xml").header("cache-control").to_owned();
    assert_eq!(age, format!("public, max-age={seconds}"));
}

#[test]
fn each_encoding_has_its_own_strong_tag_and_says_the_same() {
    let served = Served::new(&["harbor", "bridge"]);
    for (path, _) in FORMATS {
        let plain = served.get(path);
        let mut tags = vec![plain.header("etag").to_owned()];
        for (accept, encoding) in [
            ("gzip", "gzip"),
            ("br", "br"),
            ("zstd", "zstd"),
            ("gzip;q=0.5, br;q=0.9", "br"),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, zstd;q=0", "gzip"),
        ] {
            let answer = served.ask("GET", path, &[("Accept-Encoding", accept)]);
            assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
            assert!(answer.header("vary").contains("Accept-Encoding"));
            assert!(answer.body.len() < plain.body.len());
            assert_eq!(decoded(&answer), plain.body, "{path} in {encoding}");
            tags.push(answer.header("etag").to_owned());
        }
        assert!(
            tags.iter()
                .all(|tag| tag.starts_with('"') && tag.ends_with('"'))
        );
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4, "{tags:?}");
        let same = served.ask(
            "GET",
            path,
            &[("Accept-Encoding", "identity;q=0.1, deflate")],
        );
        assert_eq!(same.header("etag"), plain.header("etag"));
        assert_eq!(
            plain.header("vary").split(',').next(),
            Some("Accept-Encoding")
        );
    }
}

#[test]
fn who_has_it_gets_no_body() {
    let served = Served::new(&["harbor"]);
    for (path, _) in FORMATS {
        for encoding in ["identity", "gzip", "br", "zstd"] {
            let accept = ("Accept-Encoding", encoding);
            let whole = served.ask("GET", path, &[accept]);
            let (tag, date) = (whole.header("etag"), whole.header("last-modified"));
            let weak = format!("W/{tag}");
            let list = format!("\"other\", {tag}");
            for known in [tag, &weak, &list, "*"] {
                let answer = served.ask("GET", path, &[accept, ("If-None-Match", known)]);
                assert_eq!(answer.status, 304, "{path} {known}");
                assert_eq!(answer.header("etag"), tag);
                for name in ["date", "vary", "cache-control"] {
                    assert!(!answer.header(name).is_empty(), "{name}");
                }
                assert_eq!(answer.header("content-length"), "");
            }
            let answer = served.ask("GET", path, &[accept, ("If-Modified-Since", date)]);
            assert_eq!(answer.status, 304);
            // A new edition of the same second says no date: some programs would
            // take it for the one that they have.
            let headers = [
                accept,
                ("If-None-Match", "\"other\""),
                ("If-Modified-Since", date),
            ];
            assert_eq!(
                served.ask("GET", path, &headers).header("last-modified"),
                ""
            );
            // The tag is the better witness, whichever way it speaks.
            for (tag, status) in [("\"other\"", 200), (tag, 304)] {
                let headers = [accept, ("If-None-Match", tag), ("If-Modified-Since", date)];
                assert_eq!(served.ask("GET", path, &headers).status, status);
            }
            let old = ("If-Modified-Since", "Sat, 05 Nov 1994 08:49:37 GMT");
            assert_eq!(served.ask("GET", path, &[accept, old]).status, 200);
            let headers = [accept, ("If-None-Match", tag), old];
            assert_eq!(served.ask("GET", path, &headers).status, 304);
        }
    }
    for page in ["/", "/topics", "/search?q=harbor"] {
        let tag = served.get(page).header("etag").to_owned();
        let answer = served.ask("GET", page, &[("If-None-Match", &tag)]);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{page}");
    }
    // The tag of one encoding is none of another.
    let gzip = served.ask("GET", "/rss.xml", &[("Accept-Encoding", "gzip")]);
    let known = ("If-None-Match", gzip.header("etag"));
    assert_eq!(served.ask("GET", "/rss.xml", &[known]).status, 200);
}

#[test]
fn a_head_says_what_a_get_would() {
    let served = Served::new(&["harbor"]);
    for path in ["/", "/rss.xml", "/nothing", "/topics"] {
        for accept in ["identity", "gzip"] {
            let accept = ("Accept-Encoding", accept);
            let (head, get) = (
                served.ask("HEAD", path, &[accept]),
                served.ask("GET", path, &[accept]),
            );
            assert_eq!(head.status, get.status, "{path}");
            let without_date = |answer: &Answer| {
                let headers = answer.headers().filter(|(name, _)| *name != "date");
                headers
                    .map(|(a, b)| (a.to_owned(), b.to_owned()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(without_date(&head), without_date(&get), "{path}");
        }
    }
    // Nothing follows on the head: the next answer on the connection is read
    // where it begins.
    let mut client = served.client();
    assert_eq!(client.ask("HEAD", "/rss.xml", &[]).status, 200);
    assert_eq!(client.ask("GET", "/feed.json", &[]).status, 200);
}

#[test]
fn tags_and_dates_outlive_a_restart() {
    let mut served = Served::new(&["harbor", "bridge"]);
    let known = |served: &Served| {
        FORMATS.map(|(path, _)| {
            let answer = served.ask("GET", path, &[("Accept-Encoding", "gzip")]);
            (
                answer.header("etag").to_owned(),
                answer.header("last-modified").to_owned(),
            )
        })
    };
    // The address is in the documents, and another port is another address.
    let host = ("Host", "news.example");
    let tag = served
        .ask("GET", "/atom.xml", &[host])
        .header("etag")
        .to_owned();
    let dates = known(&served).map(|(_, date)| date);
    served.daemon.signal(rustix::process::Signal::TERM);
    assert!(served.daemon.end().success());
    let served = Served::start(served.place, 2);
    assert_eq!(served.ask("GET", "/atom.xml", &[host]).header("etag"), tag);
    assert_eq!(known(&served).map(|(_, date)| date), dates);
    let answer = served.ask("GET", "/atom.xml", &[host, ("If-None-Match", &tag)]);
    assert_eq!(answer.status, 304);
}

#[test]
fn what_changes_is_served_anew() {
    let served = Served::new(&["harbor"]);
    let before = served.get("/atom.xml");
    let untouched = served.get("/feeds.opml");
    served.drop_article("bridge");
    let headers = [("If-None-Match", before.header("etag"))];
    let after = served.ask("GET", "/atom.xml", &headers);
    assert_eq!(after.status, 200);
    assert!(after.text().contains("bridge"));
    let headers = [("If-None-Match", untouched.header("etag"))];
    assert_eq!(served.ask("GET", "/feeds.opml", &headers).status, 304);
}

#[test]
fn a_reader_that_asks_for_news_gets_these_alone() {
    // When feeds are born, the entries that name them change.
    let served = Served::with("[topics]\nmin-articles = 100\n", &["harbor"]);
    for (path, entry) in [
        ("/rss.xml", "<item>"),
        ("/atom.xml", "<entry"),
        ("/feed.json", "\"content_html\""),
    ] {
        let first = served.ask(
            "GET",
            path,
            &[("A-IM", "feed"), ("Accept-Encoding", "gzip")],
        );
        assert_eq!(first.status, 200);
        let title = format!("bridge in {}", &path[1..]);
        served.drop_article(&title);
        let known = ("If-None-Match", first.header("etag"));
        let ask = [("A-IM", "feed"), ("Accept-Encoding", "gzip"), known];
        let news = served.ask("GET", path, &ask);
        assert_eq!(news.status, 226, "{path}");
        assert_eq!(news.header("im"), "feed");
        assert_eq!(news.header("cache-control"), "no-store");
        let text = String::from_utf8(decoded(&news)).unwrap();
        assert_eq!(text.matches(entry).count(), 1, "{text}");
        assert!(text.contains(&title) && !text.contains("harbor"));
        // The tag is that of the whole, as it is now.
        let whole = served.ask("GET", path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(whole.header("etag"), news.header("etag"));
        assert!(whole.header("vary").contains("A-IM"));
        let ask = [
            ("A-IM", "feed"),
            ("Accept-Encoding", "gzip"),
            ("If-None-Match", news.header("etag")),
        ];
        assert_eq!(served.ask("GET", path, &ask).status, 304);
        // Others get the whole, and so does who has an edition that nobody knows.
        assert_eq!(served.ask("GET", path, &[known]).status, 200);
        let ask = [("A-IM", "feed"), ("If-None-Match", "\"0123456789abcdef\"")];
        assert_eq!(served.ask("GET", path, &ask).status, 200);
    }
}

#[test]
fn programs_in_browsers_may_ask_conditionally() {
    let served = Served::new(&["harbor"]);
    let headers = [
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
    ];
    let answer = served.ask("OPTIONS", "/atom.xml", &headers);
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("If-None-Match")
    );
    assert!(
        served
            .get("/atom.xml")
            .header("access-control-expose-headers")
            .contains("ETag")
    );
}
