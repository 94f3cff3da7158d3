//! Entries in, what a feed reader sees out.

use feedwright::{
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Edition, FeedError, Settings, SiteUrl},
    text::{BlockKind, Mark, MarkKind, Span, Text},
};
use jiff::Timestamp;
use proptest::prelude::*;
use quick_xml::{NsReader, events::Event, name::ResolveResult};

const FEED: &str = "tag:example.org,2024:feed";

/// A rendered feed as text, and as the crates read it.
struct Seen {
    rss: String,
    atom: String,
    channel: rss::Channel,
    feed: atom_syndication::Feed,
}

fn check(settings: &Settings, entries: &[Entry]) -> Seen {
    let edition = feed::render(settings, FEED, entries).unwrap();
    let again = feed::render(settings, FEED, entries).unwrap();
    assert_eq!(edition, again, "the same entries give other bytes");
    let Edition { documents } = edition;
    let names: Vec<_> = documents
        .iter()
        .map(|one| (one.name.as_str(), one.media_type))
        .collect();
    assert_eq!(
        names,
        [
            ("rss.xml", "application/rss+xml"),
            ("atom.xml", "application/atom+xml")
        ]
    );
    let text = |at: usize| String::from_utf8(documents[at].bytes.clone()).unwrap();
    let (rss, atom) = (text(0), text(1));
    for xml in [&rss, &atom] {
        assert!(xml.len() < feed::LARGEST_DOCUMENT);
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
        well_formed(xml);
    }
    Seen {
        channel: rss::Channel::read_from(rss.as_bytes()).unwrap(),
        feed: atom_syndication::Feed::read_from(atom.as_bytes()).unwrap(),
        rss,
        atom,
    }
}

/// One entry, all settings at their default.
fn check_one(digest: Digest) -> Seen {
    check(&Settings::default(), &[entry(1, digest)])
}

/// The HTML of an entry's full text.
fn html_of(body: Text) -> String {
    let seen = check_one(Digest {
        title: "T".to_owned(),
        body,
        ..Digest::default()
    });
    seen.channel.items[0].content.clone().unwrap()
}

fn well_formed(xml: &str) {
    let mut reader = NsReader::from_str(xml);
    let mut depth = 0;
    loop {
        let (name, event) = reader.read_resolved_event().unwrap();
        assert!(
            !matches!(name, ResolveResult::Unknown(_)),
            "an unbound prefix"
        );
        match event {
            Event::Start(tag) => {
                depth += 1;
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value;
                    quick_xml::escape::unescape(str::from_utf8(&value).unwrap()).unwrap();
                }
            }
            Event::End(_) => depth -= 1,
            Event::GeneralRef(one) if !one.is_char_ref() => {
                let name = one.decode().unwrap();
                assert!(
                    ["amp", "lt", "gt", "quot", "apos"].contains(&&*name),
                    "&{name};"
                );
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let bad = xml.chars().find(|c| is_forbidden(*c) || *c == '\r');
    assert_eq!(bad, None);
}

/// By XML 1.0.
fn is_forbidden(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Feeds do without the other controls as well.
fn is_dropped(c: char) -> bool {
    is_forbidden(c) || matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

fn entry(number: u32, digest: Digest) -> Entry {
    Entry {
        id: EntryId(format!("tag:example.org,2024:{number}")),
        published: time("2024-12-05T08:00:00Z"),
        updated: time("2024-12-06T09:30:00Z"),
        digest,
    }
}

fn time(written: &str) -> Timestamp {
    written.parse().unwrap()
}

fn titled(title: &str) -> Digest {
    Digest {
        title: title.to_owned(),
        summary: "The council met.".to_owned(),
        ..Digest::default()
    }
}

fn text(blocks: &[(BlockKind, &str)]) -> Text {
    let mut text = Text::default();
    for (kind, words) in blocks {
        text.push(*kind, words);
    }
    text
}

/// One paragraph, with marks on the stretches given by their words.
fn marked(paragraph: &str, marks: &[(&str, MarkKind)]) -> Text {
    let mut body = text(&[(BlockKind::Paragraph, paragraph)]);
    for (words, kind) in marks {
        let start = paragraph.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        body.blocks[0].marks.push(Mark {
            span,
            kind: kind.clone(),
        });
    }
    body
}

fn with_site() -> Settings {
    Settings {
        url: Some(SiteUrl::parse("https://example.org/feeds").unwrap()),
        ..Settings::default()
    }
}

/// An entry with something in every field.
fn full() -> Digest {
    Digest {
        title: "Harbor bridge <reopens> & stays".to_owned(),
        byline: vec!["Ada Nordholm".to_owned(), "Piet O'Hara".to_owned()],
        language: Some("en".to_owned()),
        url: Some("https://news.example/bridge?a=1&b=2".to_owned()),
        image: Some("https://news.example/bridge.jpg?w=9&h=4".to_owned()),
        lead_quote: Some(LeadQuote {
            quote: "We opened it a week early.".to_owned(),
            speaker: Some(Speaker("Mayor Ilse Brandt".to_owned())),
        }),
        summary: "The bridge is open again. Buses use it from Monday.".to_owned(),
        topics: vec![
            Topic("Roads & bridges".to_owned()),
            Topic("Port Lorn".to_owned()),
        ],
        body: text(&[
            (BlockKind::Paragraph, "The bridge is open again."),
            (BlockKind::Heading(2), "What is next"),
            (BlockKind::Paragraph, "Buses use it from Monday, if 2 < 3."),
        ]),
        ..Digest::default()
    }
}

#[test]
fn rss_as_a_subscriber_gets_it() {
    let seen = check(&with_site(), &[entry(1, full())]);
    insta::assert_snapshot!("rss", seen.rss);
}

#[test]
fn atom_as_a_subscriber_gets_it() {
    let seen = check(&with_site(), &[entry(1, full())]);
    insta::assert_snapshot!("atom", seen.atom);
}

#[test]
fn both_formats_tell_the_same() {
    let seen = check(&with_site(), &[entry(1, full())]);
    let (item, atom) = (&seen.channel.items[0], &seen.feed.entries[0]);
    assert_eq!(item.guid.as_ref().unwrap().value, atom.id);
    assert!(!item.guid.as_ref().unwrap().permalink);
    assert_eq!(item.title.as_deref(), Some(atom.title.value.as_str()));
    assert_eq!(item.link.as_deref(), Some(atom.links[0].href.as_str()));
    assert_eq!(
        item.description,
        atom.summary.as_ref().map(|one| one.value.clone())
    );
    assert_eq!(item.content, atom.content.as_ref().unwrap().value);
    let names: Vec<_> = atom.authors.iter().map(|one| &one.name).collect();
    let creators: Vec<_> = item
        .dublin_core_ext
        .as_ref()
        .unwrap()
        .creators
        .iter()
        .collect();
    assert_eq!(creators, names);
    let terms: Vec<_> = atom.categories.iter().map(|one| &one.term).collect();
    let names: Vec<_> = item.categories.iter().map(|one| &one.name).collect();
    assert_eq!(names, terms);
}

#[test]
fn entries_keep_their_order_and_the_last_are_capped() {
    let entries: Vec<_> = (0..9).map(|n| entry(n * 7 % 9, titled("A"))).collect();
    let settings = Settings {
        max_entries: 5,
        ..Settings::default()
    };
    let seen = check(&settings, &entries);
    let expected: Vec<_> = entries[..5].iter().map(|one| one.id.0.as_str()).collect();
    let atom: Vec<_> = seen
        .feed
        .entries
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(atom, expected);
    let guids = seen
        .channel
        .items
        .iter()
        .map(|one| one.guid.as_ref().unwrap().value.as_str());
    assert_eq!(guids.collect::<Vec<_>>(), expected);
}

#[test]
fn dates_are_the_entries_own() {
    let mut entries = [
        entry(1, titled("A")),
        entry(2, titled("B")),
        entry(3, titled("C")),
    ];
    entries[1].updated = time("2025-01-02T03:04:05.678Z");
    entries[2].published = time("1843-06-01T00:00:00Z");
    let seen = check(&Settings::default(), &entries);
    assert_eq!(
        seen.channel.last_build_date.as_deref(),
        Some("Thu, 02 Jan 2025 03:04:05 GMT")
    );
    assert_eq!(seen.feed.updated.to_rfc3339(), "2025-01-02T03:04:05+00:00");
    let dates: Vec<_> = seen
        .channel
        .items
        .iter()
        .map(|one| one.pub_date.as_deref().unwrap())
        .collect();
    assert_eq!(dates[0], "Thu, 05 Dec 2024 08:00:00 GMT");
    assert_eq!(dates[2], "Thu, 01 Jun 1843 00:00:00 GMT");
    let first = &seen.feed.entries[0];
    assert_eq!(
        first.published.unwrap().to_rfc3339(),
        "2024-12-05T08:00:00+00:00"
    );
    assert_eq!(first.updated.to_rfc3339(), "2024-12-06T09:30:00+00:00");
}

#[test]
fn the_farthest_dates_still_have_four_digits() {
    let mut entries = [entry(1, titled("A")), entry(2, titled("B"))];
    (entries[0].published, entries[0].updated) = (Timestamp::MIN, Timestamp::MIN);
    (entries[1].published, entries[1].updated) = (Timestamp::MAX, Timestamp::MAX);
    let seen = check(&Settings::default(), &entries);
    assert_eq!(
        seen.feed.entries[0].updated.to_rfc3339(),
        "0001-01-01T00:00:00+00:00"
    );
    assert!(
        seen.channel.items[1]
            .pub_date
            .as_ref()
            .unwrap()
            .contains(" 9999 ")
    );
}

#[test]
fn without_entries_the_feed_is_still_one() {
    let seen = check(&Settings::default(), &[]);
    assert!(seen.channel.items.is_empty() && seen.feed.entries.is_empty());
    assert!(
        seen.atom
            .contains("<updated>1970-01-01T00:00:00+00:00</updated>")
    );
}

#[test]
fn without_a_site_no_address_is_made_up() {
    let mut digest = full();
    (digest.url, digest.image) = (None, Some("/bridge.jpg".to_owned()));
    let seen = check_one(digest);
    assert_eq!(seen.channel.link, FEED);
    assert!(seen.channel.extensions.is_empty());
    assert_eq!(seen.channel.items[0].link, None);
    assert!(seen.feed.links.is_empty() && seen.feed.entries[0].links.is_empty());
    assert!(!seen.rss.contains("media:") && !seen.atom.contains("media"));
    assert!(!seen.rss.contains("xmlns:atom"));
    assert_eq!(seen.feed.entries[0].categories[0].scheme, None);
}

#[test]
fn the_site_address_gets_its_slash() {
    for given in ["https://example.org/feeds", "https://example.org/feeds/"] {
        let settings = Settings {
            url: Some(Settings::parse_url(given).unwrap()),
            ..Settings::default()
        };
        let seen = check(&settings, &[]);
        let links: Vec<_> = seen
            .feed
            .links
            .iter()
            .map(|one| (one.rel.as_str(), one.href.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("self", "https://example.org/feeds/atom.xml"),
                ("alternate", "https://example.org/feeds/")
            ]
        );
        assert_eq!(seen.channel.link, "https://example.org/feeds/");
        let own = &seen.channel.extensions["atom"]["link"][0].attrs;
        assert_eq!(own["href"], "https://example.org/feeds/rss.xml");
    }
}

#[test]
fn unfit_settings_are_refused_with_the_remedy() {
    for bad in [
        "",
        "example.org",
        "/feeds/",
        "ftp://example.org/",
        "https://example.org/?a=b",
    ] {
        let error = Settings::parse_url(bad).unwrap_err().to_string();
        assert!(error.contains("https://example.org/feeds/"), "{error}");
    }
    assert_eq!(Settings::parse_language("pt_BR").unwrap(), "pt-BR");
    for bad in ["", "e", "english please", "en-", "1a"] {
        let error = Settings::parse_language(bad).unwrap_err().to_string();
        assert!(error.contains("pt-BR"), "{error}");
    }
}

#[test]
fn an_unfit_id_is_an_error_that_names_it() {
    let mut entries = [entry(1, titled("A")), entry(1, titled("B"))];
    let error = feed::render(&Settings::default(), FEED, &entries).unwrap_err();
    assert_eq!(
        error,
        FeedError::SameId {
            id: entries[0].id.0.clone()
        }
    );
    for id in ["", "no-scheme", "tag:a b", "tag:\u{1}"] {
        id.clone_into(&mut entries[1].id.0);
        let error = feed::render(&Settings::default(), FEED, &entries).unwrap_err();
        assert_eq!(error, FeedError::Id { id: id.to_owned() });
    }
}

#[test]
fn forbidden_characters_are_gone_everywhere() {
    let mut all: String = (0..0xa0_u8).map(char::from).collect();
    all.push_str("\u{fffe}\u{ffff}\u{fffd}\u{feff}\u{1fffe}\u{202e}end");
    let mut digest = full();
    for field in [
        &mut digest.title,
        &mut digest.summary,
        &mut digest.byline[0],
        &mut digest.topics[0].0,
    ] {
        field.clone_from(&all);
    }
    digest.lead_quote = Some(LeadQuote {
        quote: all.clone(),
        speaker: Some(Speaker(all.clone())),
    });
    digest.body = text(&[(BlockKind::Code, &all)]);
    digest.url = Some(format!("https://example.org/{all}"));
    digest.language = Some(all.clone());
    let seen = check(
        &Settings {
            title: all.clone(),
            ..with_site()
        },
        &[entry(1, digest)],
    );
    let item = &seen.channel.items[0];
    assert_eq!(item.title.as_deref().unwrap(), line(&all));
    assert_eq!(seen.feed.title.value, line(&all));
    assert_eq!(item.link, None);
    let content = item.content.as_ref().unwrap();
    assert!(
        content.contains(&format!("<pre><code>{}</code></pre>", escaped(&all))),
        "{content}"
    );
}

#[test]
fn text_is_escaped_exactly_once() {
    for awkward in [
        "a < b && c > d",
        "already &amp; escaped &lt;b&gt; &#38; &nbsp;",
        "]]> and <![CDATA[ x ]]>",
        "<script>alert(\"1\")</script>",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{200f}(1)\u{200e}",
        "\u{1f469}\u{200d}\u{1f680} \u{1d4d0} e\u{301}",
        "quotes ' and \" and “these”",
        "<!-- -- --> <?xml?>",
    ] {
        let mut digest = titled(awkward);
        digest.summary = awkward.to_owned();
        digest.byline = vec![awkward.to_owned()];
        digest.topics = vec![Topic(awkward.to_owned())];
        digest.body = text(&[(BlockKind::Paragraph, awkward)]);
        let seen = check(&with_site(), &[entry(1, digest)]);
        let (item, atom) = (&seen.channel.items[0], &seen.feed.entries[0]);
        assert_eq!(item.title.as_deref(), Some(awkward));
        assert_eq!(atom.title.value, awkward);
        assert_eq!(atom.authors[0].name, awkward);
        assert_eq!(item.dublin_core_ext.as_ref().unwrap().creators, [awkward]);
        assert_eq!(item.categories[0].name, awkward);
        assert_eq!(atom.categories[0].label.as_deref(), Some(awkward));
        let escaped = escaped(awkward);
        let digest = format!("<p>{escaped}</p><p>{escaped}</p>");
        assert_eq!(item.description.as_deref(), Some(digest.as_str()));
        assert_eq!(
            item.content.as_deref(),
            Some(format!("{digest}<hr><p>{escaped}</p>").as_str())
        );
    }
}

#[test]
fn plain_text_in_rss_has_the_references_of_the_profile() {
    let seen = check_one(titled("R&D: <b> & \"co\" isn't"));
    assert!(
        seen.rss
            .contains("<title>R&#x26;D: &#x3C;b&gt; &#x26; \"co\" isn't</title>")
    );
    assert!(
        seen.atom
            .contains("<title>R&amp;D: &lt;b&gt; &amp; \"co\" isn't</title>")
    );
}

#[test]
fn the_digest_comes_before_the_full_text() {
    let seen = check_one(full());
    let (digest, content) = (
        seen.rss.find("<description><![").unwrap(),
        seen.rss.find("<content:encoded>").unwrap(),
    );
    assert!(digest < content);
    let item = &seen.channel.items[0];
    let digest = item.description.as_ref().unwrap();
    assert_eq!(
        digest,
        "<blockquote><p>We opened it a week early.</p>\
         <footer>— <cite>Mayor Ilse Brandt</cite></footer></blockquote>\
         <p>The bridge is open again. Buses use it from Monday.</p>\
         <p>Roads &amp; bridges · Port Lorn</p>"
    );
    assert!(
        item.content
            .as_ref()
            .unwrap()
            .starts_with(&format!("{digest}<hr><p>The bridge"))
    );
}

#[test]
fn an_entry_with_nothing_in_it_shows_its_title() {
    let seen = check_one(Digest {
        title: "Only <this>".to_owned(),
        ..Digest::default()
    });
    assert_eq!(
        seen.channel.items[0].content.as_deref(),
        Some("<p>Only &lt;this&gt;</p>")
    );
    let seen = check_one(Digest {
        title: "\u{1} ".to_owned(),
        ..Digest::default()
    });
    assert_eq!(seen.feed.entries[0].title.value, "Untitled");
}

#[test]
fn long_titles_and_many_topics_stay_whole() {
    let title = "Grüße \u{1f600} & more ".repeat(700).trim().to_owned();
    assert!(title.chars().count() > 10_000);
    let mut digest = titled(&title);
    digest.topics = (0..40).map(|n| Topic(format!("Topic {n}"))).collect();
    digest.topics.push(Topic("Topic 0".to_owned()));
    digest.topics.push(Topic("  ".to_owned()));
    let seen = check_one(digest);
    assert_eq!(seen.channel.items[0].title.as_ref(), Some(&title));
    assert_eq!(seen.feed.entries[0].title.value, title);
    assert_eq!(seen.channel.items[0].categories.len(), 40);
    assert_eq!(seen.feed.entries[0].categories.len(), 40);
}

#[test]
fn the_site_is_named_where_the_article_names_nobody() {
    let digests = [full(), titled("Anonymous")];
    let entries: Vec<_> = (1..)
        .zip(digests)
        .map(|(n, digest)| entry(n, digest))
        .collect();
    let seen = check(
        &Settings {
            author: Some("The Lorn Desk".to_owned()),
            ..Settings::default()
        },
        &entries,
    );
    assert_eq!(seen.feed.authors[0].name, "The Lorn Desk");
    assert_eq!(seen.feed.entries[0].authors.len(), 2);
    assert_eq!(seen.feed.entries[1].authors[0].name, "The Lorn Desk");
    assert_eq!(
        seen.channel.items[1]
            .dublin_core_ext
            .as_ref()
            .unwrap()
            .creators,
        ["The Lorn Desk"]
    );
    let seen = check(&Settings::default(), &entries);
    assert_eq!(seen.feed.authors[0].name, "Articles");
    assert!(seen.feed.entries[1].authors.is_empty());
}

#[test]
fn languages_are_told_where_they_differ() {
    let language = |tag: &str| Digest {
        language: Some(tag.to_owned()),
        ..titled("A")
    };
    let entries = [
        entry(1, language("en")),
        entry(2, language("de")),
        entry(3, language("he")),
    ];
    let settings = Settings {
        language: Some("en".to_owned()),
        ..Settings::default()
    };
    let seen = check(&settings, &entries);
    assert_eq!(seen.channel.language.as_deref(), Some("en"));
    assert_eq!(seen.feed.lang.as_deref(), Some("en"));
    assert_eq!(seen.feed.entries[0].title.lang, None);
    assert_eq!(seen.feed.entries[1].title.lang.as_deref(), Some("de"));
    assert_eq!(
        seen.feed.entries[1]
            .content
            .as_ref()
            .unwrap()
            .lang
            .as_deref(),
        Some("de")
    );
    assert_eq!(
        seen.channel.items[1]
            .dublin_core_ext
            .as_ref()
            .unwrap()
            .languages,
        ["de"]
    );
    assert!(seen.channel.items[0].dublin_core_ext.is_none());
    let hebrew = seen.channel.items[2].content.as_ref().unwrap();
    assert_eq!(
        hebrew,
        "<div dir=\"rtl\" lang=\"he\"><p>The council met.</p></div>"
    );

    let seen = check(&Settings::default(), &entries[1..2]);
    assert_eq!(
        seen.channel.language.as_deref(),
        Some("de"),
        "the language that all share"
    );
    let seen = check(&Settings::default(), &entries);
    assert_eq!(seen.channel.language, None);
}

#[test]
fn lists_are_grouped_by_kind_and_depth() {
    let item = |ordered, depth| BlockKind::ListItem { ordered, depth };
    let html = html_of(text(&[
        (item(false, 0), "a"),
        (item(false, 1), "b"),
        (item(true, 1), "c"),
        (item(false, 0), "d"),
        (BlockKind::Paragraph, "e"),
        (item(true, 3), "f"),
        (item(true, 0), "g"),
    ]));
    assert_eq!(
        html,
        "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ul><p>e</p>\
         <ol><li>f</li><li>g</li></ol>"
    );
}

#[test]
fn blocks_become_the_elements_of_their_kind() {
    let html = html_of(text(&[
        (BlockKind::Heading(0), "a"),
        (BlockKind::Heading(9), "b"),
        (BlockKind::Quote, "c"),
        (BlockKind::Quote, "d"),
        (BlockKind::Paragraph, ""),
        (BlockKind::Code, "if a < b {\r\n\te()\r}"),
    ]));
    assert_eq!(
        html,
        "<h1>a</h1><h6>b</h6><blockquote><p>c</p><p>d</p></blockquote>\
         <pre><code>if a &lt; b {\n\te()\n}</code></pre>"
    );
}

#[test]
fn marks_nest_even_where_they_overlap() {
    use MarkKind::{Code, Emphasis, Link, Strong};
    let html = html_of(marked(
        "one two three",
        &[("one two", Strong), ("two three", Emphasis)],
    ));
    assert_eq!(
        html,
        "<p><strong>one <em>two</em></strong><em> three</em></p>"
    );
    let html = html_of(marked(
        "one two three",
        &[
            ("one two three", Emphasis),
            ("two", Emphasis),
            ("two", Code),
        ],
    ));
    assert_eq!(html, "<p><em>one <code>two</code> three</em></p>");
    let to = |n| Link(format!("https://example.org/?a={n}&b"));
    let html = html_of(marked(
        "one two three",
        &[("one two", to(1)), ("two three", to(2))],
    ));
    assert_eq!(
        html,
        "<p><a href=\"https://example.org/?a=1&amp;b\">one two</a> three</p>"
    );
}

#[test]
fn a_mark_that_does_not_fit_its_block_is_not_shown() {
    let mut body = text(&[(BlockKind::Paragraph, "größe"), (BlockKind::Paragraph, "b")]);
    for (start, end) in [(3, 4), (0, 9), (2, 2), (4, 1), (90, 99)] {
        let span = Span { start, end };
        body.blocks[0].marks.push(Mark {
            span,
            kind: MarkKind::Strong,
        });
    }
    assert_eq!(html_of(body), "<p>größe</p><p>b</p>");
}

#[test]
fn only_absolute_links_of_known_schemes_stay() {
    for bad in [
        "javascript:alert(1)",
        " JaVaScript:x",
        "java\tscript:x",
        "data:text/html,x",
        "/a",
        "a.html",
        "#a",
        "//example.org/a",
        "https:a",
        "",
    ] {
        assert_eq!(
            html_of(marked("go", &[("go", MarkKind::Link(bad.to_owned()))])),
            "<p>go</p>",
            "{bad:?}"
        );
    }
    for (good, href) in [
        (
            "https://example.org/a b?c=\"d\"&e",
            "https://example.org/a%20b?c=%22d%22&amp;e",
        ),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
    ] {
        let html = html_of(marked("go", &[("go", MarkKind::Link(good.to_owned()))]));
        assert_eq!(html, format!("<p><a href=\"{href}\">go</a></p>"));
    }
}

#[test]
fn a_picture_is_media_and_no_enclosure() {
    let seen = check_one(full());
    let media = &seen.channel.items[0].extensions["media"];
    let url = "https://news.example/bridge.jpg?w=9&h=4";
    assert_eq!(media["content"][0].attrs["url"], url);
    assert_eq!(media["thumbnail"][0].attrs["url"], url);
    assert_eq!(
        seen.feed.entries[0].extensions["media"]["thumbnail"][0].attrs["url"],
        url
    );
    assert!(!seen.rss.contains("enclosure"));
}

#[test]
fn the_oldest_full_texts_give_way_in_a_large_feed() {
    let long = "Words & words. ".repeat(2000);
    let digest = || Digest {
        body: text(&[(BlockKind::Paragraph, &long)]),
        ..titled("A")
    };
    let entries: Vec<_> = (0..50).map(|n| entry(n, digest())).collect();
    let seen = check(&Settings::default(), &entries);
    assert!(seen.rss.len() < 512 * 1024 && seen.atom.len() < 512 * 1024);
    assert!(
        seen.atom.len() > 400 * 1024,
        "only {} bytes are used",
        seen.atom.len()
    );
    let is_whole = |item: &rss::Item| item.content != item.description;
    let whole = seen
        .channel
        .items
        .iter()
        .take_while(|item| is_whole(item))
        .count();
    assert!(whole > 5);
    assert!(!seen.channel.items[whole..].iter().any(is_whole));
    assert_eq!(seen.channel.items.len(), 50);
}

#[test]
fn one_giant_text_does_not_cost_the_others_theirs() {
    let body = |size: usize| text(&[(BlockKind::Paragraph, &"w ".repeat(size))]);
    let digests = [body(4_000_000), body(100)].map(|body| Digest {
        body,
        ..titled("A")
    });
    let entries: Vec<_> = (0..)
        .zip(digests)
        .map(|(n, digest)| entry(n, digest))
        .collect();
    let seen = check(&Settings::default(), &entries);
    assert_eq!(
        seen.channel.items[0].content.as_deref(),
        Some("<p>The council met.</p>")
    );
    assert!(
        seen.channel.items[1]
            .content
            .as_ref()
            .unwrap()
            .contains("<hr>")
    );
}

#[test]
fn no_document_reaches_five_million_bytes() {
    let worst = "<&\">'".repeat(30_000);
    let digest = Digest {
        title: worst.clone(),
        byline: (0..200).map(|n| format!("{n}{worst}")).collect(),
        summary: worst.clone(),
        lead_quote: Some(LeadQuote {
            quote: worst.clone(),
            speaker: Some(Speaker(worst.clone())),
        }),
        topics: (0..200).map(|n| Topic(format!("{n}{worst}"))).collect(),
        url: Some(format!("https://example.org/?{}", "&".repeat(8000))),
        body: text(&[(BlockKind::Paragraph, &worst)]),
        ..Digest::default()
    };
    let settings = Settings {
        title: worst.clone(),
        description: worst.clone(),
        author: Some(worst),
        max_entries: usize::MAX,
        ..with_site()
    };
    let seen = check(&settings, &[entry(1, digest.clone()), entry(2, digest)]);
    assert!(!seen.feed.entries.is_empty());

    let many: Vec<_> = (0..20_000).map(|n| entry(n, full())).collect();
    let seen = check(
        &Settings {
            max_entries: usize::MAX,
            ..with_site()
        },
        &many,
    );
    let size = seen.atom.len().max(seen.rss.len());
    assert!(
        size > 3_000_000,
        "{size} bytes, {} entries",
        seen.feed.entries.len()
    );
    assert_eq!(seen.feed.entries.len(), seen.channel.items.len());
}

/// What a single line must read as: an independent account of it.
fn line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_dropped(*c)).collect();
    let breaks = [' ', '\t', '\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let words: Vec<_> = kept.split(breaks).filter(|word| !word.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

fn escaped(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace(['\r', '\u{85}'], "\n");
    let text: String = text.chars().filter(|c| !is_dropped(*c)).collect();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Strings that are likely to trip a writer of XML or HTML.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "&",
            "<",
            ">",
            "]]>",
            "<![CDATA[",
            "&amp;",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "\u{b}",
            "\u{ffff}",
            "\u{feff}",
            "\u{202e}",
            "\u{a0}",
            "\u{3000}",
            "\u{85}",
            "\u{2028}",
            "\"",
            "'",
            "--",
            "x",
            " ",
            "https://a/",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn any_digest() -> impl Strategy<Value = Digest> {
    let many = || prop::collection::vec(awkward(), 0..4);
    let maybe = || prop::option::of(awkward());
    let fields = (
        awkward(),
        many(),
        maybe(),
        maybe(),
        maybe(),
        awkward(),
        many(),
    );
    (fields, maybe(), maybe(), any_text()).prop_map(|(fields, quote, speaker, body)| {
        let (title, byline, language, url, image, summary, topics) = fields;
        let lead_quote = quote.map(|quote| LeadQuote {
            quote,
            speaker: speaker.map(Speaker),
        });
        let topics = topics.into_iter().map(Topic).collect();
        Digest {
            title,
            byline,
            language,
            url,
            image,
            summary,
            topics,
            lead_quote,
            body,
            ..Digest::default()
        }
    })
}

fn any_text() -> impl Strategy<Value = Text> {
    let kind = prop_oneof![
        Just(BlockKind::Paragraph),
        Just(BlockKind::Quote),
        Just(BlockKind::Code),
        any::<u8>().prop_map(BlockKind::Heading),
        (any::<bool>(), 0..5_u8)
            .prop_map(|(ordered, depth)| BlockKind::ListItem { ordered, depth }),
    ];
    let mark = prop_oneof![
        Just(MarkKind::Emphasis),
        Just(MarkKind::Strong),
        Just(MarkKind::Code),
        awkward().prop_map(MarkKind::Link),
        Just(MarkKind::Link("https://example.org/a?b&c".to_owned())),
    ];
    let marks = prop::collection::vec((0..30_u32, 0..30_u32, mark), 0..5);
    prop::collection::vec((kind, awkward(), marks), 0..6).prop_map(|blocks| {
        let mut text = Text::default();
        for (kind, words, marks) in blocks {
            text.push(kind, &words);
            let block = text.blocks.last_mut().unwrap();
            let from = block.span.start;
            block.marks = marks
                .into_iter()
                .map(|(start, end, kind)| Mark {
                    span: Span {
                        start: from + start,
                        end: from + end,
                    },
                    kind,
                })
                .collect();
        }
        text
    })
}

/// HTML whose elements nest, checked as XML: of the elements in entries only
/// `hr` has no end tag.
fn nests(html: &str) {
    well_formed(&format!("<r>{}</r>", html.replace("<hr>", "")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn whatever_an_entry_holds_reads_back_equal(
        digests in prop::collection::vec(any_digest(), 0..3),
        title in awkward(),
        author in prop::option::of(awkward()),
        language in prop::option::of(awkward()),
        has_site in any::<bool>(),
    ) {
        let site = if has_site { with_site() } else { Settings::default() };
        let settings = Settings { title: title.clone(), author, language, ..site };
        let entries: Vec<_> = (1..).zip(digests).map(|(n, digest)| entry(n, digest)).collect();
        let seen = check(&settings, &entries);
        prop_assert_eq!(&seen.feed.title.value, &line(&title));
        prop_assert_eq!(&seen.channel.title, &line(&title));
        for ((one, item), atom) in entries.iter().zip(&seen.channel.items).zip(&seen.feed.entries) {
            let title = Some(line(&one.digest.title)).filter(|title| !title.is_empty());
            let title = title.unwrap_or_else(|| "Untitled".to_owned());
            prop_assert_eq!(item.title.as_ref(), Some(&title));
            prop_assert_eq!(&atom.title.value, &title);
            let mut topics: Vec<String> = Vec::new();
            for topic in one.digest.topics.iter().map(|topic| line(&topic.0)) {
                if !topic.is_empty() && !topics.contains(&topic) {
                    topics.push(topic);
                }
            }
            let terms: Vec<_> = atom.categories.iter().map(|one| one.term.clone()).collect();
            prop_assert_eq!(&terms, &topics);
            let names: Vec<_> = item.categories.iter().map(|one| one.name.clone()).collect();
            prop_assert_eq!(&names, &topics);
            let summary = format!("<p>{}</p>", escaped(one.digest.summary.trim()));
            let html = item.description.as_ref().unwrap();
            prop_assert!(one.digest.summary.trim().is_empty() || html.contains(&summary));
            nests(html);
            nests(item.content.as_ref().unwrap());
            prop_assert_eq!(item.content.as_ref(), atom.content.as_ref().unwrap().value.as_ref());
        }
    }
}
