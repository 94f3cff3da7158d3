//! What is put in is what is read.

use super::*;
use proptest::prelude::*;

/// Feeds do without the other controls as well.
fn is_dropped(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let is_none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) % 0x10000 >= 0xfffe;
    c.is_control() && !is_space || is_none
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
        &mut digest.topics[0].label,
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
        digest.topics = vec![Topic::from(awkward)];
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
        let topics = topics.into_iter().map(Topic::from).collect();
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
        Just(BlockKind::Table),
        Just(BlockKind::Picture),
        any::<u8>().prop_map(BlockKind::Heading),
        (any::<bool>(), 0..5_u8)
            .prop_map(|(ordered, depth)| BlockKind::ListItem { ordered, depth }),
    ];
    let mark = prop_oneof![
        Just(MarkKind::Emphasis),
        Just(MarkKind::Strong),
        Just(MarkKind::Code),
        Just(MarkKind::Header),
        awkward().prop_map(MarkKind::Link),
        (awkward(), awkward()).prop_map(|(address, alt)| MarkKind::Picture { address, alt }),
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
        let title = Some(line(&title)).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| "Untitled".to_owned());
        prop_assert_eq!(&seen.feed.title.value, &title);
        prop_assert_eq!(&seen.channel.title, &title);
        formats::agree(&seen);
        for ((one, item), atom) in entries.iter().zip(&seen.channel.items).zip(&seen.feed.entries) {
            let title = Some(line(&one.digest.title)).filter(|title| !title.is_empty());
            let title = title.unwrap_or_else(|| "Untitled".to_owned());
            prop_assert_eq!(item.title.as_ref(), Some(&title));
            prop_assert_eq!(&atom.title.value, &title);
            let mut topics: Vec<String> = Vec::new();
            for topic in one.digest.topics.iter().map(|topic| line(&topic.label)) {
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
            formats::is_clean(item.content.as_ref().unwrap());
            nests(html);
            nests(item.content.as_ref().unwrap());
        }
    }
}
