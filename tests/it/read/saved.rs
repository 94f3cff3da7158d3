//! Pages that browsers, crawlers and bookmarks keep as files of their own.

use super::read_as;
use feedwright::{
    article::Article,
    read::{Part, ReadError, Reading, Settings, read},
};
use flate2::{Compression, write::GzEncoder};
use std::{io::Write as _, path::Path};

const PAGE: &str = "<html><head><title>Saved</title></head><body><article>\
    <p>The council of the harbor town met on Tuesday to decide about the bridge.</p>\
    <p>It was cold, and the café was closed, so that nobody came to see the vote.</p>\
    </article></body></html>";

#[track_caller]
fn assert_page(article: &Article) {
    let text = &article.text.plain;
    assert!(
        text.contains("The council of the harbor town met"),
        "{text}"
    );
    assert!(text.contains("the café was closed"), "{text}");
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn printed(text: &str) -> String {
    let text = text.replace('=', "=3D").replace('é', "=C3=A9");
    text.replace("Tuesday", "Tues=\r\nday")
}

const ADDRESS: &str = "https://harbor.example/bridge";

fn chrome() -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\n\
         Subject: =?utf-8?Q?The=20bridge?=\r\nDate: Thu, 5 Dec 2024 16:15:00 -0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
         \tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n\
         ------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {ADDRESS}\r\n\r\n\
         {}\r\n------MultipartBoundary--x----\r\nContent-Type: text/html\r\n\
         Content-Location: https://ads.example/frame\r\n\r\n<p>Buy a boat.</p>\r\n\
         ------MultipartBoundary--x------\r\n",
        printed(PAGE)
    )
}

#[test]
fn the_page_in_a_file_of_chrome_is_read() {
    for name in ["a.mhtml", "a.mht", "a.txt"] {
        let article = read_as(name, chrome()).unwrap();
        assert_page(&article);
        assert!(!article.text.plain.contains("boat"));
        assert_eq!(article.url.as_deref(), Some(ADDRESS));
        // It was saved then, not published.
        assert_eq!(article.published, None);
        assert!(article.title.is_some());
    }
    // A download that broke off.
    let whole = chrome();
    let cut = &whole[..whole.find("so that nobody").unwrap()];
    assert!(
        read_as("a.mhtml", cut)
            .unwrap()
            .text
            .plain
            .contains("the café was closed")
    );
    let empty = whole.replace("text/html", "image/png");
    assert_eq!(
        read_as("a.mhtml", empty).unwrap_err().to_string(),
        "the saved web page is damaged: there is no page in it; get a whole copy of it"
    );
}

#[test]
fn the_page_in_a_file_of_internet_explorer_is_read() {
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(PAGE);
    let start = "From: \"Saved by Windows Internet Explorer 8\"\r\nSubject: The bridge\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
        \tboundary=\"----=_NextPart_000\"\r\nX-MimeOLE: Produced By Microsoft MimeOLE\r\n\r\n\
        This is a multi-part message in MIME format.\r\n\r\n------=_NextPart_000\r\n\
        Content-Type: text/html;\r\n\tcharset=\"Windows-1252\"\r\n\
        Content-Transfer-Encoding: 8bit\r\nContent-Location: http://harbor.example/\r\n\r\n";
    let bytes = [start.as_bytes(), &latin, b"\r\n------=_NextPart_000--\r\n"].concat();
    let article = read_as("a.mht", &bytes).unwrap();
    assert_page(&article);
    assert_eq!(article.url.as_deref(), Some("http://harbor.example/"));
    let local = bytes.windows(1).flatten().copied().collect::<Vec<u8>>();
    let local = String::from_utf8_lossy(&local).replace("http://harbor", "file:///c/harbor");
    assert_eq!(read_as("a.mht", local).unwrap().url, None);
}

/// A binary property list of dictionaries, texts and data, built by hand.
#[derive(Default)]
struct List(Vec<Vec<u8>>);

impl List {
    fn sized(kind: u8, length: usize, bytes: &[u8]) -> Vec<u8> {
        let mut object = match u8::try_from(length) {
            Ok(length) if length < 15 => vec![kind << 4 | length],
            _ => vec![kind << 4 | 0xf, 0x12],
        };
        if object.len() == 2 {
            object.extend(u32::try_from(length).unwrap().to_be_bytes());
        }
        object.extend(bytes);
        object
    }

    fn add(&mut self, object: Vec<u8>) -> u8 {
        self.0.push(object);
        u8::try_from(self.0.len() - 1).unwrap()
    }

    fn text(&mut self, text: &str) -> u8 {
        if text.is_ascii() {
            return self.add(Self::sized(5, text.len(), text.as_bytes()));
        }
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        self.add(Self::sized(6, units.len() / 2, &units))
    }

    fn data(&mut self, data: &[u8]) -> u8 {
        self.add(Self::sized(4, data.len(), data))
    }

    fn dictionary(&mut self, entries: &[(u8, u8)]) -> u8 {
        let keys = entries.iter().map(|(key, _)| *key);
        let all: Vec<u8> = keys
            .chain(entries.iter().map(|(_, value)| *value))
            .collect();
        self.add(Self::sized(0xd, entries.len(), &all))
    }

    fn finish(self, root: u8) -> Vec<u8> {
        let mut bytes = b"bplist00".to_vec();
        let mut table = Vec::new();
        for object in &self.0 {
            table.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
            bytes.extend(object);
        }
        let start = bytes.len() as u64;
        bytes.extend(table);
        bytes.extend([0, 0, 0, 0, 0, 0, 4, 1]);
        bytes.extend((self.0.len() as u64).to_be_bytes());
        bytes.extend(u64::from(root).to_be_bytes());
        bytes.extend(start.to_be_bytes());
        bytes
    }
}

fn safari(page: &[u8], charset: &str) -> Vec<u8> {
    let mut list = List::default();
    let entries = [
        (list.text("WebResourceData"), list.data(page)),
        (list.text("WebResourceURL"), list.text(ADDRESS)),
        (list.text("WebResourceTextEncodingName"), list.text(charset)),
        (list.text("WebResourceFrameName"), list.text("Hauptstück")),
    ];
    let main = list.dictionary(&entries);
    let key = list.text("WebMainResource");
    let root = list.dictionary(&[(key, main)]);
    list.finish(root)
}

#[test]
fn the_page_in_a_binary_file_of_safari_is_read() {
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(PAGE);
    for name in ["a.webarchive", "a"] {
        let article = read_as(name, safari(&latin, "windows-1252")).unwrap();
        assert_page(&article);
        assert_eq!(article.url.as_deref(), Some(ADDRESS));
    }
    assert_page(&read_as("a", safari(PAGE.as_bytes(), "UTF-8")).unwrap());
}

#[test]
fn the_page_in_an_xml_file_of_safari_is_read() {
    let data = "PGh0bWw+PHA+VGhlIGNvdW5jaWwgb2YgdGhlIGhhcmJvciB0\n\t\tb3duIG1ldCBvbiBUdWVzZGF5IHRvIGRl\
        Y2lkZS48L3A+PC9odG1sPg==";
    let source = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST \
         1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n\
         <dict>\n<key>WebMainResource</key>\n<dict>\n<key>WebResourceData</key>\n<data>\n{data}\n\
         </data>\n<key>WebResourceResponse</key><dict><key>WebResourceURL</key><string>no</string>\
         </dict><key>WebResourceURL</key>\n<string>{ADDRESS}?a=1&amp;b=2</string>\n</dict>\n\
         <key>WebSubresources</key><array/></dict>\n</plist>\n"
    );
    let article = read_as("a.webarchive", &source).unwrap();
    assert!(
        article
            .text
            .plain
            .contains("The council of the harbor town met")
    );
    assert_eq!(article.url, Some(format!("{ADDRESS}?a=1&b=2")));
    let cut = &source[..source.find("WebResourceURL").unwrap()];
    assert!(matches!(
        read_as("a.webarchive", cut).unwrap_err(),
        ReadError::Damaged { .. }
    ));
}

#[test]
fn broken_files_of_safari_are_refused() {
    let whole = safari(PAGE.as_bytes(), "UTF-8");
    for end in 8..whole.len() {
        let cut = read_as("a.webarchive", &whole[..end]);
        assert!(cut.is_err(), "{end}");
    }
    // Every byte of what tells where things are, changed.
    for at in whole.len() - 120..whole.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut changed = whole.clone();
            changed[at] = value;
            if let Ok(article) = read_as("a.webarchive", &changed) {
                assert!(!article.text.plain.is_empty());
            }
        }
    }
}

fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0-{kind}>\r\n{fields}\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(address: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n");
    let target = format!("WARC-Target-URI: {address}\r\nContent-Type: application/http\r\n");
    record("response", &target, &[head.as_bytes(), body].concat())
}

/// A crawl with pages in every coding, each name once.
fn crawl() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let page = PAGE.as_bytes();
    let (first, rest) = page.split_at(100);
    let chunks = [
        b"64;x=y\r\n",
        first,
        b"\r\n",
        format!("{:X}\r\n", rest.len()).as_bytes(),
        rest,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not here.</p>";
    vec![
        record("warcinfo", "", b"software: own\r\n"),
        record(
            "request",
            "WARC-Target-URI: http://a.example/\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        answer("http://a.example/plain", html, page),
        answer(
            "<http://a.example//packed/>",
            &format!("{html}Content-Encoding: gzip\r\n"),
            &packed(page),
        ),
        answer(
            "http://a.example/chunks",
            &format!("{html}Transfer-Encoding: chunked\r\n"),
            &chunks,
        ),
        answer(
            "http://a.example/unchunked",
            &format!("{html}Transfer-Encoding: chunked\r\n"),
            page,
        ),
        answer("http://a.example/plain", html, page),
        answer(
            "http://a.example/a.png",
            "Content-Type: image/png\r\n",
            b"\x89PNG",
        ),
        answer(
            "http://a.example/empty",
            html,
            b"<html><script>1</script></html>",
        ),
        record(
            "response",
            "WARC-Target-URI: http://a.example/missing\r\n",
            missing,
        ),
        record(
            "revisit",
            "WARC-Target-URI: http://a.example/again\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "resource",
            "WARC-Target-URI: http://a.example/own\r\nContent-Type: text/html\r\n",
            page,
        ),
        record("metadata", "", b"fetchTimeMs: 1\r\n"),
    ]
}

const NAMES: [&str; 6] = [
    "a.example/plain",
    "a.example/packed",
    "a.example/chunks",
    "a.example/unchunked",
    "a.example/plain-2",
    "a.example/own",
];

fn parts(name: &str, bytes: &[u8]) -> Vec<Part> {
    match read(Path::new(name), bytes, &Settings::default()).unwrap() {
        Reading::Parts(parts) => parts,
        Reading::Article(article) => panic!("one article: {article:?}"),
    }
}

#[test]
fn every_page_of_a_web_archive_is_an_article() {
    let whole = crawl().concat();
    // Each record is packed by itself.
    let members: Vec<u8> = crawl().iter().flat_map(|record| packed(record)).collect();
    for (name, bytes) in [
        ("a.warc", &whole),
        ("a.warc.gz", &members),
        ("a.txt", &packed(&whole)),
    ] {
        let found = parts(name, bytes);
        let names: Vec<&str> = found.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, NAMES, "{name}");
        for part in &found {
            let article = part.article.as_ref().unwrap();
            assert_page(article);
            assert!(
                article
                    .url
                    .as_ref()
                    .unwrap()
                    .starts_with("http://a.example/")
            );
            assert_eq!(article.published, None);
        }
    }
}

#[test]
fn a_web_archive_that_breaks_off_keeps_its_pages() {
    let mut whole = crawl().concat();
    whole.truncate(whole.len() - 150);
    for bytes in [whole.clone(), packed(&whole)] {
        let found = parts("a.warc", &bytes);
        let last = found.last().unwrap();
        assert_eq!((found.len(), last.name.as_str()), (NAMES.len(), "end"));
        assert_eq!(
            last.article.as_ref().unwrap_err().to_string(),
            "the web archive is damaged: its record 12 cannot be read (the file ends); \
             get a whole copy of it"
        );
    }
    for bytes in [
        &b"WARC/1.0\r\n"[..],
        b"WARC/1.0\r\nContent-Length: x\r\n\r\n",
        b"WARC/",
    ] {
        assert!(matches!(
            read_as("a.warc", bytes),
            Err(ReadError::Damaged { .. })
        ));
    }
    let none = record("warcinfo", "", b"software: own\r\n");
    assert_eq!(read_as("a.warc", none), Err(ReadError::NoText));
}

#[test]
fn bombs_in_a_web_archive_are_refused() {
    let bomb = packed(&vec![b' '; 40 << 20]);
    let html = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let found = parts("a.warc", &answer("http://a.example/", html, &bomb));
    assert_eq!(
        found[0].article.as_ref().unwrap_err().to_string(),
        "a page in the web archive unpacks to more than 16 MB; save its article by itself"
    );
    // The length that a record states is not believed before it is read.
    let head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\n";
    assert!(matches!(
        read_as("a.warc", head),
        Err(ReadError::Damaged { .. })
    ));
}

#[test]
fn bookmarks_are_refused_with_a_reason() {
    let mut list = List::default();
    let entry = (list.text("URL"), list.text(ADDRESS));
    let root = list.dictionary(&[entry]);
    let xml = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE plist><plist><dict><key>URL</key><string>{ADDRESS}</string></dict></plist>"
    );
    let windows = format!("[InternetShortcut]\r\nURL={ADDRESS}\r\n");
    let linux = format!("[Desktop Entry]\nType=Link\nURL={ADDRESS}\n");
    for (name, bytes) in [
        ("a.url", windows.as_bytes()),
        ("a.txt", windows.as_bytes()),
        ("a.webloc", xml.as_bytes()),
        ("a", &list.finish(root)),
        ("a.desktop", linux.as_bytes()),
        (
            "bookmarks.html",
            b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<dl><dt>A</dl>",
        ),
    ] {
        let reason = read_as(name, bytes).unwrap_err();
        assert_eq!(reason, ReadError::Bookmark, "{name}");
    }
    let program = "[Desktop Entry]\nType=Application\nName=Editor\n";
    assert_ne!(
        read_as("a.desktop", program).unwrap_err(),
        ReadError::Bookmark
    );
}
