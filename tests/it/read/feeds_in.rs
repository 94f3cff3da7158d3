//! Feeds as files: RSS, Atom, JSON Feed.

use super::{blocks, parts_of, read_as};
use feedwright::article::Article;

fn rss(item: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Post</title><link>https://post.example/</link>\
         <item>{item}</item></channel></rss>"
    )
}

#[track_caller]
fn first(source: &str) -> Article {
    parts_of("a.xml", source).remove(0).1
}

fn names(parts: &[(String, Article)]) -> Vec<&str> {
    parts.iter().map(|(name, _)| name.as_str()).collect()
}

fn case(name: &str) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles/");
    std::fs::read([root, name].concat()).unwrap()
}

#[test]
fn everything_that_a_feed_states_is_taken_over() {
    let parts = parts_of("a", case("rss-file-full-text/article.xml"));
    assert_eq!(
        names(&parts),
        [
            "https:/upland.example/?p=1204",
            "https:/upland.example/road"
        ]
    );
    let (_, article) = &parts[0];
    assert_eq!(article.url.as_deref(), Some("https://upland.example/sheep"));
    assert_eq!(
        article.image.as_deref(),
        Some("https://upland.example/sheep-large.jpg")
    );
    assert_eq!(article.topics, ["Farming", "Energy"]);
    assert_eq!(article.site.as_deref(), Some("The Upland Post"));
    assert!(!article.text.plain.contains("appeared first on"));
    let (_, short) = &parts[1];
    assert_eq!(
        blocks(short),
        ["Snow has closed the road to the pass until Monday."]
    );
    assert_eq!(
        (short.language.as_deref(), short.published),
        (Some("en-GB"), None)
    );

    let parts = parts_of("a", case("atom-file-xhtml/article.atom"));
    assert_eq!(names(&parts), ["tag:clockwork.example,2031:tower"]);
    let (_, article) = &parts[0];
    assert_eq!(
        article.url.as_deref(),
        Some("https://clockwork.example/blog/tower.html")
    );
    assert_eq!(
        article.image.as_deref(),
        Some("https://clockwork.example/blog/tower.jpg")
    );
    assert_eq!(article.topics, ["Clocks"]);
    assert_eq!(article.site.as_deref(), Some("Clockwork & Gears"));
    assert_eq!(
        article.modified.unwrap().to_string(),
        "2031-04-14T12:00:00Z"
    );

    let parts = parts_of("a", case("json-feed/article.json"));
    assert_eq!(names(&parts), ["https:/notes.example/2031/crane", "7"]);
    assert_eq!(
        parts[0].1.url.as_deref(),
        Some("https://notes.example/2031/crane")
    );
    assert_eq!(
        parts[0].1.image.as_deref(),
        Some("https://notes.example/crane.jpg")
    );
    assert_eq!(parts[0].1.topics, ["harbour", "cranes"]);
    assert_eq!(parts[0].1.site.as_deref(), Some("Harbour Notes"));
    assert_eq!(parts[1].1.byline, ["Sol Reyes"]);
}

#[test]
fn old_kinds_of_rss_are_read() {
    let rdf = "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel rdf:about=\"https://a.example/\"><title>A</title><dc:language>de</dc:language></channel>\
         <item rdf:about=\"https://a.example/1\"><title>Eins</title><link>https://a.example/1</link>\
         <description>Der Zoll endet.</description><dc:date>2031-04-05T10:00:00Z</dc:date>\
         <dc:creator>Ada Holm</dc:creator><dc:subject>Zoll</dc:subject></item></rdf:RDF>";
    let article = first(rdf);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2031-04-05T10:00:00Z"
    );
    assert_eq!(
        (&article.byline[..], &article.topics[..]),
        (&["Ada Holm".to_owned()][..], &["Zoll".to_owned()][..])
    );
    assert_eq!(
        (article.language.as_deref(), article.site.as_deref()),
        (Some("de"), Some("A"))
    );
    let old = "<rss version=\"0.91\"><channel><title>A</title><item><title>One</title>\
         <link>https://a.example/1</link><description>The toll ends.</description></item></channel></rss>";
    assert_eq!(blocks(&first(old)), ["The toll ends."]);
    let draft = "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>A</title><entry><title>One</title>\
         <link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/1\"/><id>x</id>\
         <issued>2031-04-05T10:00:00Z</issued><modified>2031-04-06T10:00:00Z</modified>\
         <content type=\"text/html\" mode=\"escaped\">&lt;p&gt;The toll ends.&lt;/p&gt;</content></entry></feed>";
    let article = first(draft);
    assert_eq!(blocks(&article), ["The toll ends."]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2031-04-05T10:00:00Z"
    );
}

#[test]
fn authors_are_names() {
    let byline =
        |author: &str| first(&rss(&format!("{author}<description>Text.</description>"))).byline;
    assert_eq!(
        byline("<author>ada@post.example (Ada Holm)</author>"),
        ["Ada Holm"]
    );
    assert_eq!(
        byline("<author>Ada Holm and Per Lind</author>"),
        ["Ada Holm", "Per Lind"]
    );
    assert_eq!(
        byline("<author>Ada Holm &lt;ada@post.example&gt;</author>"),
        ["Ada Holm"]
    );
    assert_eq!(byline("<author>ada@post.example</author>"), [""; 0]);
    assert_eq!(
        byline("<dc:creator>Holm, A., Lind, P.-K., Tal, M. O.</dc:creator>"),
        ["A. Holm", "P.-K. Lind", "M. O. Tal"]
    );
    assert_eq!(
        byline("<dc:creator>Holm, Ada</dc:creator><dc:creator>Lind, Per</dc:creator>"),
        ["Ada Holm", "Per Lind"]
    );
    // A prefix that nobody declares means what it mostly does.
    assert_eq!(byline("<dc:creator>Ada Holm</dc:creator>"), ["Ada Holm"]);
}

#[test]
fn texts_of_feeds_are_html_or_plain_as_they_are() {
    #[track_caller]
    fn check(item: &str, expected: &[&str]) {
        assert_eq!(blocks(&first(&rss(item))), expected, "{item}");
    }
    check(
        "<description>One &amp;amp; two&amp;nbsp;three</description>",
        &["One & two three"],
    );
    check(
        "<description>Caf&eacute; &amp; bar, a&nbsp;b</description>",
        &["Café & bar, a b"],
    );
    check(
        "<description>One\n  goes on\n \nTwo, 1 &lt; 2</description>",
        &["One goes on", "Two, 1 < 2"],
    );
    check(
        "<media:group><media:description>Of the film</media:description></media:group>",
        &["Of the film"],
    );
    check(
        "<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>",
        &["One", "Two"],
    );
    check(
        "<description>AT & T; fish & chips</description>",
        &["AT & T; fish & chips"],
    );
    check(
        "<description>Short</description><content:encoded> </content:encoded>",
        &["Short"],
    );
    check(
        "<description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>",
        &["Long"],
    );
    check(
        "<media:description>Of the film</media:description><description>Short</description>",
        &["Short"],
    );
    let atom = |content: &str| {
        let entry = format!("<entry><id>a</id><title>T</title>{content}</entry>");
        first(&format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">{entry}</feed>"
        ))
    };
    assert_eq!(
        blocks(&atom("<content>Write &lt;b&gt; so</content>")),
        ["Write <b> so"]
    );
    assert_eq!(
        blocks(&atom(
            "<content type=\"html\">a &lt;b&gt;c&lt;/b&gt;</content>"
        )),
        ["a c"]
    );
    assert_eq!(
        blocks(&atom("<summary>S</summary><content src=\"x\"/>")),
        ["S"]
    );
    assert_eq!(
        blocks(&atom(
            "<content type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:p>a<x:br/>b</x:p></x:div></content>"
        )),
        ["a b"]
    );
}

#[test]
fn articles_in_a_feed_have_names_of_their_own() {
    let item = |inside: &str| format!("<item>{inside}<description>Text.</description></item>");
    let items = [
        item("<guid>a</guid>"),
        item("<guid>a</guid>"),
        item("<guid> </guid><link>https://a.example//../b/</link>"),
        item("<title>A &amp; B</title>"),
        item(""),
        item("<guid>../../etc/passwd</guid>"),
        item("<guid>/</guid>"),
    ];
    let source = format!("<rss><channel>{}</channel></rss>", items.concat());
    assert_eq!(
        names(&parts_of("a.rss", source)),
        [
            "a",
            "a-2",
            "https:/a.example/b",
            "A & B",
            "article",
            "etc/passwd",
            "article-2"
        ]
    );
}

#[test]
fn wrong_charsets_and_broken_feeds_are_read_as_far_as_they_are_sound() {
    let said = "Größe, Zoë – 5 €";
    let source = |charset: &str| {
        let body = rss(&format!("<description>{said}</description>"));
        format!("<?xml version=\"1.0\" encoding=\"{charset}\"?>\n{body}")
    };
    let of = |bytes: &[u8]| blocks(&parts_of("a.xml", bytes).remove(0).1).join("|");
    // Converted on its way.
    assert_eq!(of(source("iso-8859-1").as_bytes()), said);
    assert_eq!(
        of(&[b"\xef\xbb\xbf", source("utf-16").as_bytes()].concat()),
        said
    );
    // As it says; what it does not say; in two bytes.
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(said);
    let in_windows = |charset: &str| {
        let source = source(charset);
        let (before, after) = source.split_once(said).unwrap();
        [before.as_bytes(), &windows, after.as_bytes()].concat()
    };
    assert_eq!(of(&in_windows("windows-1252")), said);
    assert_eq!(of(&in_windows("utf-8")), said);
    let wide: Vec<u8> = source("utf-16")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(of(&[b"\xff\xfe", &wide[..]].concat()), said);
    let error = read_as("a.xml", &source("utf-8").as_bytes()[..150]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("it ends before its element <rss> does"),
        "{error}"
    );
    // An item that is never closed ends with its channel.
    let open = "<rss><channel><item><description>One <b>two</description></channel></rss>";
    assert_eq!(of(open.as_bytes()), "One two");
}

#[test]
fn a_feed_of_many_articles_is_read_at_once() {
    let item = "<item><guid>https://a.example/x</guid><description>&lt;p&gt;Text &amp;amp; more.&lt;/p&gt;</description></item>";
    let source = format!("<rss><channel>{}</channel></rss>", item.repeat(5_000));
    let parts = parts_of("a.rss", source);
    assert_eq!(parts.len(), 5_000);
    assert_eq!(parts[4_999].0, "https:/a.example/x-5000");
}

#[test]
fn what_an_export_holds_besides_published_articles_stays_there() {
    let item = |kind: &str, status: &str, text: &str| {
        format!(
            "<item><title>{kind} {status}</title><wp:post_type>{kind}</wp:post_type>\
             <wp:status>{status}</wp:status><content:encoded><![CDATA[{text}]]></content:encoded>\
             <excerpt:encoded><![CDATA[]]></excerpt:encoded></item>"
        )
    };
    let text = "One <em>and</em>\r\nmore.\r\n\r\n[caption id=\"x\"]<img src=\"a.jpg\"> A cat[/caption]\r\n\r\n\
         <h2>Two</h2>\r\n\r\nThree.";
    let source = [
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"><channel>",
        &item("post", "publish", text),
        &item("post", "draft", "Text."),
        &item("attachment", "inherit", "Text."),
        &item("nav_menu_item", "publish", "Text."),
        &item(
            "page",
            "publish",
            "<!-- wp:paragraph -->\n<p>A</p>\n\n<p>B</p>",
        ),
        "</channel></rss>",
    ];
    let parts = parts_of("a.xml", source.concat());
    assert_eq!(
        names(&parts),
        ["post publish", "post draft", "page publish"]
    );
    let drafts: Vec<bool> = parts.iter().map(|(_, article)| article.draft).collect();
    assert_eq!(drafts, [false, true, false]);
    assert_eq!(blocks(&parts[0].1), ["One and more.", "Two", "Three."]);
    assert_eq!(blocks(&parts[2].1), ["A", "B"]);
}

#[test]
fn drafts_and_settings_of_blogs_are_told_from_posts() {
    let entry = |id: &str, inside: &str| {
        format!("<entry><id>{id}</id><content>Text.</content>{inside}</entry>")
    };
    let kind = |kind: &str| {
        let start = "http://schemas.google.com/blogger/2008/kind#";
        format!(
            "<category scheme=\"http://schemas.google.com/g/2005#kind\" term=\"{start}{kind}\"/>"
        )
    };
    let draft = "<app:control><app:draft>yes</app:draft></app:control>";
    let source = [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:blogger=\"http://schemas.google.com/blogger/2018\">",
        &entry("a", &kind("post")),
        &entry("b", &kind("settings")),
        &entry("c", &(kind("post") + draft)),
        &entry(
            "d",
            "<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>",
        ),
        &entry(
            "e",
            "<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>",
        ),
        "</feed>",
    ];
    let parts = parts_of("a.xml", source.concat());
    assert_eq!(names(&parts), ["a", "c", "d"]);
    let drafts: Vec<bool> = parts.iter().map(|(_, article)| article.draft).collect();
    assert_eq!(drafts, [false, true, true]);
    assert_eq!(parts[0].1.topics, [""; 0]);
}
