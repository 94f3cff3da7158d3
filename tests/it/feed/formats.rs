//! An entry says the same in every format, whatever is in it.

use super::*;
use ammonia::Builder;
use dom_query::Document;
use std::collections::HashSet;

/// What a reader takes from a format.
#[derive(Debug, PartialEq)]
struct Told {
    id: String,
    title: String,
    link: Option<String>,
    published: Timestamp,
    authors: Vec<String>,
    topics: Vec<String>,
    language: Option<String>,
    image: Option<String>,
    content: String,
}

impl Told {
    fn by_rss(item: &rss::Item) -> Self {
        let core = item.dublin_core_ext.as_ref().unwrap();
        let media = item.extensions.get("media");
        let date = item.pub_date.as_deref().unwrap();
        let date = jiff::fmt::rfc2822::parse(date).unwrap();
        Self {
            id: item.guid.as_ref().unwrap().value.clone(),
            title: item.title.clone().unwrap(),
            link: item.link.clone(),
            published: date.timestamp(),
            authors: core.creators.clone(),
            topics: item.categories.iter().map(|one| one.name.clone()).collect(),
            language: core.languages.first().cloned(),
            image: media.map(|media| media["thumbnail"][0].attrs["url"].clone()),
            content: item.content.clone().unwrap(),
        }
    }

    fn by_atom(entry: &atom_syndication::Entry) -> Self {
        let media = entry.extensions.get("media");
        let content = entry.content.as_ref().unwrap();
        assert_eq!(content.lang, entry.title.lang);
        assert_eq!(content.lang, entry.summary.as_ref().unwrap().lang);
        Self {
            id: entry.id.clone(),
            title: entry.title.value.clone(),
            link: entry.links.first().map(|link| link.href.clone()),
            published: time(&entry.published.unwrap().to_rfc3339()),
            authors: entry.authors.iter().map(|one| one.name.clone()).collect(),
            topics: entry
                .categories
                .iter()
                .map(|one| one.term.clone())
                .collect(),
            language: content.lang.clone(),
            image: media.map(|media| media["thumbnail"][0].attrs["url"].clone()),
            content: content.value.clone().unwrap(),
        }
    }

    fn by_json(item: &Value) -> Self {
        let text = |name: &str| item.get(name).map(|one| one.as_str().unwrap().to_owned());
        let list = |name: &str| item.get(name).and_then(Value::as_array).cloned();
        let texts = |name: &str, pick: fn(&Value) -> &Value| {
            let list = list(name).unwrap_or_default();
            let texts = list
                .iter()
                .map(|one| pick(one).as_str().unwrap().to_owned());
            texts.collect()
        };
        Self {
            id: text("id").unwrap(),
            title: text("title").unwrap(),
            link: text("url"),
            published: time(&text("date_published").unwrap()),
            authors: texts("authors", |one| &one["name"]),
            topics: texts("tags", |one| one),
            language: text("language"),
            image: text("image"),
            content: text("content_html").unwrap(),
        }
    }
}

/// Every format says the same of each entry.
pub(super) fn agree(seen: &Seen) {
    let items = seen.items["items"].as_array().unwrap();
    assert_eq!(items.len(), seen.feed.entries.len());
    assert_eq!(items.len(), seen.channel.items.len());
    let atom = seen.feed.entries.iter();
    for ((json, rss), atom) in items.iter().zip(&seen.channel.items).zip(atom) {
        let told = Told::by_json(json);
        assert_eq!(told, Told::by_rss(rss));
        assert_eq!(told, Told::by_atom(atom));
        let modified = json["date_modified"].as_str().unwrap();
        assert_eq!(time(modified), time(&atom.updated.to_rfc3339()));
        assert!(time(modified) >= told.published);
        let schemes: HashSet<_> = atom.categories.iter().map(|one| &one.scheme).collect();
        assert!(schemes.len() <= 1);
        let domains: HashSet<_> = rss.categories.iter().map(|one| &one.domain).collect();
        assert_eq!(domains, schemes);
        let summary = atom.summary.as_ref().map(|one| &one.value);
        assert_eq!(rss.description.as_ref(), summary);
    }
    let feed = &seen.items;
    assert_eq!(feed["title"], seen.channel.title);
    assert_eq!(feed["title"], seen.feed.title.value.as_str());
    let language = feed.get("language").and_then(Value::as_str);
    assert_eq!(language, seen.channel.language.as_deref());
    assert_eq!(language, seen.feed.lang.as_deref());
    let built = seen.channel.last_build_date.as_deref().unwrap();
    let built = jiff::fmt::rfc2822::parse(built).unwrap().timestamp();
    assert_eq!(built, time(&seen.feed.updated.to_rfc3339()));
    assert_eq!(
        feed["authors"][0]["name"],
        seen.feed.authors[0].name.as_str()
    );
}

/// HTML as a browser reads and writes it.
fn read_back(html: &str) -> String {
    Document::fragment(html).html().to_string()
}

/// A sanitizer of the usual strictness finds nothing to take away. Two
/// attributes are all that it would have to be told of: those that lay out
/// right-to-left text, and that mark a link as a topic's.
pub(super) fn is_clean(html: &str) {
    let mut sanitizer = Builder::default();
    sanitizer
        .link_rel(None)
        .add_generic_attributes(["dir"])
        .add_tag_attributes("a", ["rel"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny);
    let clean = sanitizer.clean(html).to_string();
    assert_eq!(read_back(&clean), read_back(html));
}

fn awkward() -> Vec<Digest> {
    let all: String = (0..=0x10_ffff_u32)
        .step_by(0x3f)
        .chain(0..0x100)
        .filter_map(char::from_u32)
        .collect();
    let of = |words: &str| Digest {
        title: words.to_owned(),
        byline: vec![words.to_owned(), "Ada Nordholm".to_owned()],
        summary: words.to_owned(),
        lead_quote: Some(LeadQuote {
            quote: words.to_owned(),
            speaker: Some(Speaker(words.to_owned())),
        }),
        topics: vec![Topic::from(words), Topic::from("Port Lorn")],
        body: text(&[
            (BlockKind::Heading(2), words),
            (BlockKind::Paragraph, words),
            (BlockKind::Table, words),
            (BlockKind::Code, words),
        ]),
        ..full()
    };
    let mut digests: Vec<Digest> = [
        &*all,
        "]]> and <![CDATA[ x ]]>",
        "R&amp;D &lt;b&gt; &#38; &nbsp; &copy",
        "<b>HTML</b> in a <script>alert(\"title\")</script>",
        "<svg onload=alert(1)><style>*{}</style>",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{200f}(1)\u{200e} \u{202e}abc\u{202c}",
        "\u{1f469}\u{200d}\u{1f680} \u{1d4d0} \u{20000} e\u{301}",
        "",
    ]
    .into_iter()
    .map(of)
    .collect();
    let title = "Grüße & <more> ".repeat(700);
    digests.push(titled(&title));
    digests.push(Digest {
        topics: (0..40).map(|n| Topic::from(format!("Topic {n}"))).collect(),
        language: Some("ar".to_owned()),
        ..full()
    });
    for address in [
        "/relative?a=b&c",
        "../up",
        "https://",
        "http://[::1",
        "javascript:alert(1)",
        "data:text/html,<script>",
        "//news.example/x",
        "https://news.example/\"onclick=\"a",
        "mailto:desk@news.example",
        "",
    ] {
        let mut body = text(&[(BlockKind::Paragraph, "Go there now.")]);
        body.blocks[0].marks.push(Mark {
            span: Span::new(3, 8),
            kind: MarkKind::Link(address.to_owned()),
        });
        body.push_picture(address.to_owned(), address.to_owned());
        digests.push(Digest {
            url: Some(address.to_owned()),
            image: Some(address.to_owned()),
            body,
            ..full()
        });
    }
    let item = |depth| BlockKind::ListItem {
        ordered: depth % 2 == 0,
        depth,
    };
    let deep: Vec<_> = (0..200).map(|depth| (item(depth), "<li>")).collect();
    digests.push(Digest {
        body: text(&deep),
        ..titled("Deep")
    });
    digests.push(Digest::default());
    digests
}

#[test]
fn awkward_entries_say_the_same_in_every_format() {
    let digests = (1..).zip(awkward());
    let mut entries: Vec<_> = digests.map(|(n, digest)| entry(n, digest)).collect();
    for entry in &mut entries {
        entry.slug = format!("s-{}", &entry.id.0[21..]);
        entry.topic_feeds = vec![Some("topics/a".to_owned())];
        entry.speaker_feed = Some("speakers/b".to_owned());
    }
    // The updates of some were told wrong.
    entries[3].updated = time("2020-01-01T00:00:00Z");
    for settings in [with_site(), Settings::default()] {
        let seen = check(&settings, &entries);
        assert_eq!(seen.channel.items.len(), entries.len());
        agree(&seen);
        for item in &seen.channel.items {
            is_clean(item.content.as_ref().unwrap());
            assert!(!item.content.as_ref().unwrap().contains("javascript"));
        }
    }
}

#[test]
fn a_feed_says_its_date_as_the_owner_wants() {
    let mut entry = entry(1, full());
    for (arrived, updated) in [
        ("2025-02-01T10:00:00Z", "2025-02-01T10:00:00Z"),
        ("2024-12-05T09:00:00Z", "2024-12-06T09:30:00Z"),
    ] {
        entry.arrived = time(arrived);
        let settings = Settings {
            date: Date::Arrived,
            ..with_site()
        };
        let seen = check(&settings, std::slice::from_ref(&entry));
        agree(&seen);
        let item = &seen.items["items"][0];
        assert_eq!(item["date_published"], arrived);
        assert_eq!(item["date_modified"], updated);
        let seen = check(&with_site(), std::slice::from_ref(&entry));
        assert_eq!(
            seen.items["items"][0]["date_published"],
            "2024-12-05T08:00:00Z"
        );
    }
}

#[test]
fn a_feed_of_digests_leaves_the_texts_out() {
    let settings = Settings {
        content: Content::Digest,
        ..with_site()
    };
    let seen = check(&settings, &[entry(1, full())]);
    agree(&seen);
    let item = &seen.channel.items[0];
    assert_eq!(item.content, item.description);
    for document in [&seen.rss, &seen.atom, &seen.json, &seen.html] {
        assert!(!document.contains("if 2"));
    }
}
