//! Damaged and hostile files of structured formats.

use super::{
    any::assert_sound,
    blocks, read_as,
    wires::{PLAIN, news_item, nitf},
};
use feedwright::{
    article::Article,
    read::{Reading, Settings, read},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, path::Path};

#[track_caller]
fn whole_text(source: &str) -> Article {
    read_as("a.xml", source).unwrap()
}

#[test]
fn damaged_and_hostile_files_are_refused_in_time() {
    #[track_caller]
    fn refused(name: &str, source: &str, told: &str) {
        let error = read_as(name, source).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    let whole = news_item("", "<headline>Toll</headline>", PLAIN);
    for end in [whole.len() - 5, whole.len() / 2, 150] {
        refused("a.xml", &whole[..end], "the XML file is damaged");
    }
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a0 \"lol\">");
    for level in 1..30 {
        let inner = format!("&a{};", level - 1).repeat(10);
        laughs.extend([format!("<!ENTITY a{level} \"{inner}\">")]);
    }
    laughs.push_str("]>");
    let article = whole_text(&(laughs + &nitf("", "", "<p>Ha &a29;</p>")));
    assert_eq!(blocks(&article), ["Ha &a29;"]);
    let deep = |count: usize| "<p>".repeat(count);
    refused("a.xml", &nitf("", "", &deep(100_000)), "more than 200 deep");
    refused("a.json", &"[".repeat(10_000), "the JSON file is damaged");
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    refused("a.txt", &deep, "recursion limit");
    refused(
        "a.xml",
        &format!("<rss>{}</rss>", "<a/>".repeat(1_000_001)),
        "elements",
    );
    // Ends that are mixed up or missing lose no text.
    let mixed = nitf("", "", "<p>One <em>two</p></em><p>Three</q></p>");
    assert_eq!(blocks(&whole_text(&mixed)), ["One two", "Three"]);
    // Nine megabytes in one line, in a text and in an attribute.
    let long = "The toll ends. ".repeat(600_000);
    let article = whole_text(&nitf("", "", &format!("<p class=\"{long}\">{long}</p>")));
    assert_eq!(article.text.plain.len(), long.trim_end().len());
}

/// What holds for every file that is read, and that each has a reason that is
/// not.
fn check(name: &str, source: &str) {
    match read(Path::new(name), source.as_bytes(), &Settings::default()) {
        Ok(Reading::Article(article)) => sound(&article),
        Ok(Reading::Parts(parts)) => {
            let names: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
            assert_eq!(names.len(), parts.len());
            for part in &parts {
                assert!(
                    part.name
                        .split('/')
                        .all(|piece| !piece.is_empty() && piece != "..")
                );
                assert!(!part.name.contains(char::is_control), "{:?}", part.name);
                match &part.article {
                    Ok(article) => sound(article),
                    Err(reason) => assert!(reason.to_string().contains("; ")),
                }
            }
        }
        Err(reason) => assert!(reason.to_string().contains("; "), "{reason}"),
    }
}

/// What is not to be published need not have a text.
fn sound(article: &Article) {
    if !article.draft || !article.text.blocks.is_empty() {
        assert_sound(article);
    }
}

/// Elements of all vocabularies, whole and broken, in any order.
#[rustfmt::skip]
const XML: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"x\"?>", "<rss>", "</rss>", "<channel>", "<item>", "</item>",
    "<title>", "</title>", "<description>", "</description>", "<content:encoded>", "<dc:creator>",
    "<guid>", "</guid>", "<category/>", "<media:content medium='image' url='a.jpg'/>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='b'>", "<entry>", "</entry>", "</feed>",
    "<content type='xhtml'>", "<content type='html'>", "</content>", "<link href='?x'/>", "<id>", "</id>",
    "<nitf>", "<head>", "<docdata management-status='x'>", "<date.release norm='20310405'/>", "</head>",
    "<body>", "<body.head>", "<hedline>", "<hl1>", "<byline>", "<person>", "<dateline>", "<abstract>",
    "</body.head>", "<body.content>", "<block class='full_text'>", "<block class='lead_paragraph'>", "<p>",
    "</p>", "<hl2>", "<bq>", "<media media-type='image'><media-reference source='a'/>", "</media>",
    "<newsMessage>", "<newsItem guid='a'>", "</newsItem>", "<itemMeta>", "<pubStatus qcode='stat:withheld'/>",
    "<contentMeta>", "<headline xml:lang='de'>", "<by>", "<contentSet>", "<inlineXML>", "<inlineData>",
    "<remoteContent contenttype='image/x' href='b'/>", "<NewsML>", "<NewsItem>", "<NewsLines>", "<HeadLine>",
    "<ContentItem>", "<DataContent>", "<![CDATA[", "]]>", "<!--", "-->", "<br/>", "</", "<", ">", "&amp;",
    "&lt;p&gt;", "&nbsp;", "&#1;", "&#x110000;", "&", ";", "<x:y xmlns:x='z'", " a=\"", "\"", "'", "/>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<?pi ?>", "\u{feff}", "\u{1}",
];

/// The same for JSON.
#[rustfmt::skip]
const JSON: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\n", "\"uri\":", "\"pubstatus\":", "\"canceled\"", "\"headline\":", "\"bodies\":",
    "\"body_html\":", "\"body_text\":", "\"value\":", "\"byline\":", "\"@type\":", "\"NewsArticle\"", "\"articleBody\":",
    "\"title\":", "\"text\":", "\"date\":", "\"2031-04-05\"", "\"url\":", "\"https://a.example/b\"", "\"items\":",
    "\"version\":", "\"https://jsonfeed.org/version/1.1\"", "\"id\":", "\"content_html\":", "\"<p>A</p>\"", "null",
    "true", "-1e9", "\"\\u0001\"", "\"\\ud800\"", "\"A\"", "{\"title\":\"A\",\"url\":\"https://a.example\",\"text\":\"B\"}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_of_xml_give_articles_or_a_reason(
        pieces in proptest::collection::vec(
            prop_oneof![proptest::sample::select(XML).prop_map(str::to_owned), "[a-zA-Z .,“”]{0,20}", "\\PC{0,4}"],
            0..40,
        ),
    ) {
        for name in ["a.xml", "a"] {
            check(name, &pieces.concat());
        }
        // Most of it never ends its root, which is a fault by itself.
        for root in ["rss", "nitf", "newsItem", "newsMessage", "NewsML", "feed"] {
            check("a.xml", &format!("<{root}>{}</{root}>", pieces.concat()));
        }
    }

    #[test]
    fn any_pieces_of_json_give_articles_or_a_reason(
        pieces in proptest::collection::vec(
            prop_oneof![proptest::sample::select(JSON).prop_map(str::to_owned), "\"[a-zA-Z <>&]{0,9}\""],
            0..30,
        ),
        fields in proptest::collection::vec((proptest::sample::select(JSON), proptest::sample::select(JSON)), 0..9),
    ) {
        check("a.json", &pieces.concat());
        let sound = |(name, value): &(&str, &str)| {
            let value = if value.ends_with(':') || value.len() < 2 { "\"A b.\"" } else { value };
            name.ends_with(':').then(|| [name, value].concat())
        };
        let object = fields.iter().filter_map(sound).collect::<Vec<_>>().join(",");
        check("a.json", &format!("{{{object}}}"));
        check("a.json", &format!("[{{{object}}}]"));
    }
}
