//! What agencies send: NewsML, NITF, ninjs, articles in JSON.

use super::{blocks, parts_of, read_as};
use feedwright::{
    article::{Article, Origin},
    read::ReadError,
};

/// A news item of NewsML-G2 with these parts.
pub(super) fn news_item(item: &str, content: &str, set: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" \
         guid=\"urn:a:1\" xml:lang=\"en\"><itemMeta><itemClass qcode=\"ninat:text\"/>{item}</itemMeta>\
         <contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"
    )
}

pub(super) const PLAIN: &str =
    "<inlineData contenttype=\"text/plain\">The toll ends in May.</inlineData>";

/// A text in NITF with these parts.
pub(super) fn nitf(head: &str, body_head: &str, content: &str) -> String {
    format!(
        "<nitf><head>{head}</head><body><body.head>{body_head}</body.head>\
         <body.content>{content}</body.content><body.end><tagline>By us</tagline></body.end></body></nitf>"
    )
}

#[track_caller]
fn wire(source: &str) -> Article {
    read_as("a.xml", source).unwrap()
}

#[track_caller]
fn time(article: &Article) -> String {
    article.published.unwrap().to_string()
}

#[test]
fn everything_that_a_wire_states_is_taken_over() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles/");
    let case = |name: &str| std::fs::read([root, name].concat()).unwrap();
    // The name of the file does not matter.
    let article = read_as("a.txt", case("newsml-g2-with-nitf/article.xml")).unwrap();
    assert_eq!(article.origin, Origin::Authored);
    assert_eq!(
        article.title.as_deref(),
        Some("First electric ferry leaves Lindholm")
    );
    assert_eq!(article.site.as_deref(), Some("Norwire"));
    assert_eq!(
        article.modified.unwrap().to_string(),
        "2031-04-05T14:40:00Z"
    );
    assert_eq!(article.topics, ["shipping", "Lindholm"]);
    assert_eq!(
        article.image.as_deref(),
        Some("https://pictures.norwire.example/ferry.jpg")
    );
    assert_eq!(
        (article.url, article.draft, article.embargo),
        (None, false, None)
    );
    assert_eq!(article.notes, [""; 0]);
    for left_out in ["Jo Brandt", "EDITORS", "Reporting by"] {
        assert!(!article.text.plain.contains(left_out), "{left_out}");
    }

    let article = read_as("a", case("nitf-agency/article.xml")).unwrap();
    assert_eq!(
        article.url.as_deref(),
        Some("https://norwire.example/libraries-close")
    );
    assert_eq!(
        article.topics,
        ["Labour", "Strike", "libraries", "Ruth Okafor"]
    );
    assert_eq!(article.site.as_deref(), Some("Norwire"));
    assert_eq!(article.embargo.unwrap().to_string(), "2031-04-08T08:15:00Z");
    for left_out in ["Sam Reed", "EMBARGOED", "writes about work", "norwire-4471"] {
        assert!(!article.text.plain.contains(left_out), "{left_out}");
    }

    let article = read_as("a", case("ninjs-1/article.json")).unwrap();
    assert_eq!(
        article.url.as_deref(),
        Some("https://norwire.example/items/tram-9")
    );
    assert_eq!(
        article.image.as_deref(),
        Some("https://pictures.norwire.example/tram-m.jpg")
    );
    assert_eq!(article.site.as_deref(), Some("Norwire"));
    assert_eq!(article.topics, ["public transport", "Hartsea"]);

    let article = read_as("a", case("ninjs-3/article.json")).unwrap();
    assert_eq!(
        (article.url.as_deref(), article.site.as_deref()),
        (None, Some("Norwire"))
    );
    assert_eq!(
        article.image.as_deref(),
        Some("https://pictures.norwire.example/apfel.jpg")
    );
}

#[test]
fn a_message_gives_its_texts_by_their_names() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/articles/newsml-g2-message/article.xml"
    );
    let parts = parts_of("a.xml", std::fs::read(path).unwrap());
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["urn:norwire:bees-2", "urn:norwire:short-1"]);
    let picture = parts[0].1.image.as_deref();
    assert_eq!(picture, Some("https://pictures.norwire.example/bees.jpg"));
    assert_eq!(parts[1].1.image, None);
    // One text alone is the article, and the picture beside it is its picture.
    let item =
        news_item("", "<headline>Toll</headline>", PLAIN).replace("<?xml version=\"1.0\"?>", "");
    let picture = "<newsItem guid=\"p\"><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta><contentSet>\
         <remoteContent contenttype=\"image/png\"><altLoc>https://a.example/p.png</altLoc></remoteContent>\
         </contentSet></newsItem>";
    let article = wire(&format!(
        "<newsMessage><itemSet>{picture}{item}</itemSet></newsMessage>"
    ));
    assert_eq!(article.title.as_deref(), Some("Toll"));
    assert_eq!(article.image.as_deref(), Some("https://a.example/p.png"));
    let error = read_as(
        "a.xml",
        format!("<newsMessage><itemSet>{picture}</itemSet></newsMessage>"),
    );
    assert!(
        matches!(error, Err(ReadError::OtherKind { .. })),
        "{error:?}"
    );
}

#[test]
fn bylines_of_wires_name_people() {
    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let content = format!("<creditline>Norwire</creditline><by>{line}</by>");
        assert_eq!(
            wire(&news_item("", &content, PLAIN)).byline,
            expected,
            "{line}"
        );
    }
    check("By JANE DOE", &["Jane Doe"]);
    check(
        "BY ADA HOLM-LIND AND J.R. O'NEIL",
        &["Ada Holm-Lind", "J.R. O'Neil"],
    );
    check(
        "By Ada Holm and Per Lind, Norwire",
        &["Ada Holm", "Per Lind"],
    );
    check("Von Christa Berg, nw", &["Christa Berg"]);
    check("ADA MCKENNA/NW", &["Ada McKenna"]);
    // Where it is not certain how a name is written, it stays.
    check("By MARIA DE LA CRUZ", &["MARIA DE LA CRUZ"]);
    check("By DICK VAN DYKE", &["DICK VAN DYKE"]);
    check("", &[]);
    let line = |line: &str| wire(&nitf("", line, "<p>The toll ends.</p>")).byline;
    assert_eq!(
        line(
            "<byline><person>ADA HOLM</person><person>PER LIND</person><byttl>Staff</byttl></byline>"
        ),
        ["Ada Holm", "Per Lind"]
    );
    assert_eq!(
        line("<byline>By Ada Holm<byttl>Chief reporter</byttl></byline>"),
        ["Ada Holm"]
    );
    assert_eq!(
        line("<byline><byttl>By Ada Holm</byttl></byline>"),
        ["Ada Holm"]
    );
    let creators = "<creator type=\"cpnat:organisation\"><name>Norwire</name></creator>\
         <creator qcode=\"x:1\"><name>Ada Holm</name></creator>";
    assert_eq!(wire(&news_item("", creators, PLAIN)).byline, ["Ada Holm"]);
}

#[test]
fn a_dateline_opens_the_text_unless_it_does_so_itself() {
    #[track_caller]
    fn check(dateline: &str, text: &str, expected: &str) {
        let head = format!("<dateline>{dateline}</dateline>");
        let article = wire(&nitf("", &head, &format!("<p>{text}</p>")));
        assert_eq!(blocks(&article), [expected], "{dateline}");
    }
    check(
        "BERLIN (NW) -",
        "The toll ends.",
        "BERLIN (NW) — The toll ends.",
    );
    check(
        "BERLIN (NW)",
        "Berlin (NW) - The toll ends.",
        "Berlin (NW) - The toll ends.",
    );
    check(
        "<story.date norm=\"20310405\">April 5</story.date>",
        "The toll ends.",
        "The toll ends.",
    );
    let source = nitf(
        "",
        "<dateline>BERLIN</dateline>",
        "<p>A <a href=\"https://a.example\">link</a>.</p><p>B</p>",
    );
    let article = wire(&source);
    assert_eq!(blocks(&article), ["BERLIN — A link.", "B"]);
    for mark in article.text.blocks.iter().flat_map(|block| &block.marks) {
        assert_eq!(mark.span.of(&article.text.plain), "link");
    }
}

#[test]
fn dates_in_the_compact_form_are_read() {
    let issued = |norm: &str| {
        let head = format!("<docdata><date.issue norm=\"{norm}\"/></docdata>");
        wire(&nitf(&head, "", "<p>The toll ends.</p>"))
    };
    assert_eq!(time(&issued("20310405T101500Z")), "2031-04-05T10:15:00Z");
    assert_eq!(
        time(&issued("20310405T101500+0100")),
        "2031-04-05T09:15:00Z"
    );
    assert_eq!(time(&issued("20310405T1015-05:00")), "2031-04-05T15:15:00Z");
    assert_eq!(time(&issued("20310405")), "2031-04-05T00:00:00Z");
    assert_eq!(
        time(&issued("2031-04-05T10:15:00Z")),
        "2031-04-05T10:15:00Z"
    );
    let broken = issued("20311345T99");
    assert_eq!(broken.published, None);
    assert!(
        broken.notes[0].contains("20311345T99"),
        "{:?}",
        broken.notes
    );
}

#[test]
fn texts_are_found_however_they_are_put_in() {
    #[track_caller]
    fn check(set: &str, expected: &[&str]) {
        assert_eq!(blocks(&wire(&news_item("", "", set))), expected, "{set}");
    }
    let data =
        |kind: &str, data: &str| format!("<inlineData contenttype=\"{kind}\">{data}</inlineData>");
    check(
        &data("text/plain", "One &amp; two.\n\nThree."),
        &["One & two.", "Three."],
    );
    check(
        &data("text/html", "<![CDATA[<p>One</p><p>Two</p>]]>"),
        &["One", "Two"],
    );
    check(
        &data("text/html", "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;"),
        &["One", "Two"],
    );
    check(
        &data("application/xhtml+xml", "<p xmlns=\"x\">One</p>"),
        &["One"],
    );
    // Of two the better one, and none from what is a picture in letters.
    check(
        &(data("text/plain", "One")
            + "<inlineXML><nitf><body><body.content><p>One</p><p>Two</p></body.content></body></nitf></inlineXML>"),
        &["One"],
    );
    check(
        &(data("image/png;base64", "aGVsbG8=") + PLAIN),
        &["The toll ends in May."],
    );
    // Whole texts in HTML inside of NITF, and entities that nobody declares.
    let inside = nitf(
        "",
        "",
        "<![CDATA[<p>One&eacute; two</p><p>Three</p>]]><p>Caf&eacute; &foo; &#x201C;x&#8221;</p>",
    );
    assert_eq!(
        blocks(&wire(&inside)),
        ["Oneé two", "Three", "Café &foo; “x”"]
    );
    // Spaces for which a prefix stands, and one that stands for nothing.
    let prefixed = "<h:nitf xmlns:h=\"http://iptc.org/std/NITF/2006-10-18/\"><h:body><h:body.content>\
         <h:p>One <x:em>two</x:em></h:p></h:body.content></h:body></h:nitf>";
    assert_eq!(blocks(&wire(prefixed)), ["One two"]);
}

#[test]
fn ninjs_gives_the_body_with_most_of_its_form() {
    let item = |bodies: &str| {
        let source = format!(
            "{{\"uri\": \"urn:a\", \"type\": \"text\", \"pubstatus\": \"usable\", {bodies}}}"
        );
        read_as("a.json", source).unwrap()
    };
    let one = item("\"body_text\": \"plain\", \"body_xhtml\": \"<p>A</p><p>B</p>\"");
    assert_eq!(blocks(&one), ["A", "B"]);
    let two = item(
        "\"bodies\": [{\"role\": \"ttnitf\", \"contenttype\": \"application/xml\", \"value\": \"<X/>\"}, {\"contenttype\": \"text/plain\", \"value\": \"2 < 3\\n\\nB\"}]",
    );
    assert_eq!(blocks(&two), ["2 < 3", "B"]);
    let generations = [
        "\"headline\": \"Toll\"",
        "\"headline_main\": \"Toll\", \"headline_short\": \"T\"",
        "\"headlines\": [{\"role\": \"main\", \"value\": \"Toll\"}]",
        "\"headlines\": [{\"value\": \"Toll\"}]",
    ];
    for headline in generations {
        let article = item(&format!("\"body_text\": \"The toll ends.\", {headline}"));
        assert_eq!(article.title.as_deref(), Some("Toll"), "{headline}");
    }
    let picture = "{\"uri\": \"urn:p\", \"type\": \"picture\", \"pubstatus\": \"usable\", \"description_text\": \"A cat\"}";
    assert!(matches!(
        read_as("a.json", picture),
        Err(ReadError::OtherKind { .. })
    ));
}

#[test]
fn the_charset_is_the_declared_one_unless_the_bytes_say_otherwise() {
    let content = "<p>Größe, „so“ – Zoë.</p>";
    let source = [
        "<?xml version=\"1.0\" encoding='iso-8859-1'?>\n",
        &nitf("", "", content),
    ]
    .concat();
    let expected = ["Größe, „so“ – Zoë."];
    assert_eq!(blocks(&wire(&source)), expected);
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(&source);
    assert_eq!(blocks(&read_as("a.xml", windows).unwrap()), expected);
}

#[test]
fn an_archives_repetitions_are_read_once() {
    let head = "<docdata><identified-content><person>Okafor, Ruth</person><org value=\"NW\">Norwire</org>\
         <classifier type=\"descriptor\">Tolls</classifier><classifier type=\"tree\">Top/News</classifier>\
         </identified-content></docdata>";
    let lines = "<byline class=\"print_byline\">By ADA HOLM</byline>\
         <byline class=\"normalized_byline\">Holm, Ada</byline>";
    let content = "<block class=\"lead_paragraph\"><p>One.</p></block><block class=\"full_text\"><p>One.</p><p>Two.</p></block>";
    let article = wire(&nitf(head, lines, content));
    assert_eq!(blocks(&article), ["One.", "Two."]);
    assert_eq!(article.byline, ["Ada Holm"]);
    assert_eq!(article.topics, ["Ruth Okafor", "Norwire", "Tolls"]);
}
