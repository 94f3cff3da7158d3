//! What is left out when there is too much.

use super::*;

#[test]
fn entries_keep_their_order() {
    let entries: Vec<_> = (0..9).map(|n| entry(n * 7 % 9, titled("A"))).collect();
    let seen = check(&Settings::default(), &entries);
    let expected: Vec<_> = entries.iter().map(|one| one.id.0.as_str()).collect();
    let atom = seen.feed.entries.iter().map(|one| one.id.as_str());
    assert_eq!(atom.collect::<Vec<_>>(), expected);
    let guids = seen
        .channel
        .items
        .iter()
        .map(|one| one.guid.as_ref().unwrap().value.as_str());
    assert_eq!(guids.collect::<Vec<_>>(), expected);
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
fn long_titles_and_many_topics_stay_whole() {
    let title = "Grüße \u{1f600} & more ".repeat(700).trim().to_owned();
    assert!(title.chars().count() > 10_000);
    let mut digest = titled(&title);
    digest.topics = (0..40).map(|n| Topic::from(format!("Topic {n}"))).collect();
    digest.topics.push(Topic::from("Topic 0"));
    digest.topics.push(Topic::from("  "));
    for max_topics in [50, 8, 0] {
        let settings = Settings {
            max_topics,
            ..Settings::default()
        };
        let seen = check(&settings, &[entry(1, digest.clone())]);
        assert_eq!(seen.channel.items[0].title.as_ref(), Some(&title));
        assert_eq!(seen.feed.entries[0].title.value, title);
        let shown = max_topics.min(40);
        assert_eq!(seen.channel.items[0].categories.len(), shown);
        assert_eq!(seen.feed.entries[0].categories.len(), shown);
    }
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
        topics: (0..200)
            .map(|n| Topic::from(format!("{n}{worst}")))
            .collect(),
        url: Some(format!("https://example.org/?{}", "&".repeat(8000))),
        body: text(&[(BlockKind::Paragraph, &worst)]),
        ..Digest::default()
    };
    let settings = Settings {
        title: worst.clone(),
        description: worst.clone(),
        author: Some(worst),
        ..with_site()
    };
    let seen = check(&settings, &[entry(1, digest.clone()), entry(2, digest)]);
    assert!(!seen.feed.entries.is_empty());

    let many: Vec<_> = (0..4_000).map(|n| entry(n, full())).collect();
    let seen = check(&with_site(), &many);
    let size = seen.atom.len().max(seen.rss.len());
    assert!(
        size > 3_000_000,
        "{size} bytes, {} entries",
        seen.feed.entries.len()
    );
    assert_eq!(seen.feed.entries.len(), seen.channel.items.len());
}
