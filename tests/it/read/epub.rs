//! Books.

use super::{packed::packed, read_as};
use feedwright::{
    article::Origin,
    read::{Books, Part, ReadError, Reading, Settings, read},
};
use std::path::Path;

const CONTAINER: &str = r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

const ABOUT: &str = r##"<dc:title>The Bridge Keepers</dc:title><dc:creator id="a">Nora Quist</dc:creator>
<dc:creator id="b" opf:role="ill">Per Lind</dc:creator><dc:creator id="c">Mo Tal</dc:creator>
<meta refines="#c" property="role">trl</meta><dc:language>en</dc:language><dc:date>2026-02-10</dc:date>
<dc:subject>bridges</dc:subject><meta property="dcterms:modified">2026-09-09T00:00:00Z</meta>"##;

const PAGES: &[(&str, &str)] = &[
    ("cover.xhtml", "<p>COVER</p>"),
    (
        "title.xhtml",
        r#"<section epub:type="titlepage"><h1>The Bridge Keepers</h1></section>"#,
    ),
    (
        "rights.xhtml",
        "<p>© 2026 Nora Quist. All rights reserved. ISBN 978-0-00-000000-2</p>",
    ),
    (
        "one.xhtml",
        r#"<p>The tower <a id="p1"/>stands<a epub:type="noteref" href="n.xhtml">1</a>.</p><p>It is old.</p>"#,
    ),
    (
        "two chapters.xhtml",
        "<script/><p>The bridge opens.</p><img src='b.png' alt='BRIDGE'/>",
    ),
    ("picture.xhtml", "<p><img src='c.png'/></p>"),
    ("extra.xhtml", "<p>EXTRA</p>"),
];

/// A book of these pages, with what its description says beside the usual.
fn book(about: &str, pages: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut manifest = r#"<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>"#.to_owned();
    let mut spine = r#"<itemref idref="nav"/>"#.to_owned();
    for (at, (name, _)) in pages.iter().enumerate() {
        let href = name.replace(' ', "%20");
        let item =
            format!(r#"<item id="i{at}" href="text/{href}" media-type="application/xhtml+xml"/>"#);
        manifest += &item;
        let linear = if *name == "extra.xhtml" { "no" } else { "yes" };
        let page = format!(r#"<itemref idref="i{at}" linear="{linear}"/>"#);
        // A page that comes again is read once.
        spine += &page.repeat(2);
    }
    let description = format!(
        r#"<package><metadata>{about}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine>
        <guide><reference type="cover" href="text/cover.xhtml#top"/><reference type="text" href="text/one.xhtml"/></guide></package>"#
    );
    let pages: Vec<(String, String)> = pages
        .iter()
        .map(|(name, body)| {
            let page = format!(
                "<?xml version='1.0'?><html xmlns:epub='x'><head><title/></head><body>{body}</body></html>"
            );
            (format!("OEBPS/text/{name}"), page)
        })
        .collect();
    let labels = r#"<ncx><navMap><navPoint><navLabel><text>One:
        The Tower</text></navLabel><content src="text/one.xhtml#p1"/></navPoint>
        <navPoint><navLabel><text>Later</text></navLabel><content src="text/one.xhtml#p2"/></navPoint></navMap></ncx>"#;
    let nav = r#"<html><body><nav epub:type="landmarks"><ol><li><a href="text/two%20chapters.xhtml">Start</a></li></ol></nav>
        <nav epub:type="toc"><ol><li><a href="text/two%20chapters.xhtml">Two</a></li></ol></nav></body></html>"#;
    let mut members = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", description.as_str()),
        ("OEBPS/toc.ncx", labels),
        ("OEBPS/nav.xhtml", nav),
    ];
    members.extend(
        pages
            .iter()
            .map(|(name, page)| (name.as_str(), page.as_str())),
    );
    members.extend(more);
    packed(&members)
}

fn chapters(bytes: &[u8]) -> Vec<Part> {
    let settings = Settings {
        books: Books::Chapters,
    };
    match read(Path::new("a.epub"), bytes, &settings).unwrap() {
        Reading::Parts(parts) => parts,
        Reading::Article(_) => panic!("a book is read by its chapters"),
    }
}

#[test]
fn a_book_is_one_article() {
    let article = read_as("a.zip", book(ABOUT, PAGES, &[])).unwrap();
    assert_eq!(article.title.as_deref(), Some("The Bridge Keepers"));
    assert_eq!(article.byline, ["Nora Quist"]);
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.topics, ["bridges"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-02-10T00:00:00Z"
    );
    assert_eq!(article.modified, None);
    assert_eq!(article.origin, Origin::Authored);
    assert_eq!(
        article.text.plain,
        "The tower stands.\n\nIt is old.\n\nThe bridge opens."
    );
}

#[test]
fn a_book_is_an_article_a_chapter() {
    let parts = chapters(&book(ABOUT, PAGES, &[]));
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(
        names,
        ["OEBPS/text/one.xhtml", "OEBPS/text/two chapters.xhtml"]
    );
    let first = parts[0].article.as_ref().unwrap();
    assert_eq!(first.title.as_deref(), Some("One: The Tower"));
    assert_eq!(first.byline, ["Nora Quist"]);
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(first.site.as_deref(), Some("The Bridge Keepers"));
    assert_eq!(first.text.plain, "The tower stands.\n\nIt is old.");
    let second = parts[1].article.as_ref().unwrap();
    assert_eq!(second.title.as_deref(), Some("Two"));
}

#[test]
fn what_programs_write_for_want_of_better_is_not_taken_over() {
    let about = "<dc:title>Unknown</dc:title><dc:creator>Unknown</dc:creator><dc:date>0101-01-01T00:00:00+00:00</dc:date>";
    let article = read_as("a.epub", book(about, PAGES, &[])).unwrap();
    assert_eq!((article.title, article.published), (None, None));
    assert_eq!(article.byline, [""; 0]);
    let about = r#"<dc:title>T</dc:title><dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">1999-05-05</dc:date>"#;
    let article = read_as("a.epub", book(about, PAGES, &[])).unwrap();
    assert_eq!(
        article.published.unwrap().to_string(),
        "1999-05-05T00:00:00Z"
    );
}

#[test]
fn faults_are_told() {
    #[track_caller]
    fn check(bytes: &[u8], told: &str) {
        let error = read_as("a.epub", bytes).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    let method = |name: &str| {
        format!(
            r#"<encryption><EncryptedData><EncryptionMethod Algorithm="{name}"/></EncryptedData></encryption>"#
        )
    };
    let encrypted = |name: &str| {
        let xml = method(name);
        book(ABOUT, PAGES, &[("META-INF/encryption.xml", xml.as_str())])
    };
    check(
        &encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"),
        "an EPUB book is protected",
    );
    let fonts = encrypted("http://www.idpf.org/2008/embedding");
    assert!(read_as("a.epub", fonts).is_ok());

    check(b"Text.", "in spite of its name");
    let kind = ("mimetype", "application/epub+zip");
    check(&packed(&[kind]), "META-INF/container.xml is missing");
    check(
        &packed(&[kind, ("META-INF/container.xml", "<container/>")]),
        "names no book",
    );
    check(
        &packed(&[kind, ("META-INF/container.xml", CONTAINER)]),
        "OEBPS/book.opf is missing",
    );
    assert_eq!(
        read_as("a.epub", book(ABOUT, &PAGES[..3], &[])).unwrap_err(),
        ReadError::NoText
    );
    let whole = book(ABOUT, PAGES, &[]);
    for length in (100..whole.len()).step_by(97) {
        let error = read_as("a.epub", &whole[..length]).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{length}: {error}"
        );
    }
    // Each page small, all of them together a bomb.
    let page = " ".repeat(5 << 20);
    let names: Vec<String> = (0..8).map(|at| format!("{at}.xhtml")).collect();
    let pages: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), page.as_str()))
        .collect();
    check(&book(ABOUT, &pages, &[]), "unpacks to more than 32 MB");
    // Marks that never end, by the hundred thousand.
    let hostile = format!("<p>Text.</p>{}", "<a noteref".repeat(100_000));
    let article = read_as("a.epub", book(ABOUT, &[("a.xhtml", &hostile)], &[])).unwrap();
    assert!(article.text.plain.starts_with("Text."));
}
