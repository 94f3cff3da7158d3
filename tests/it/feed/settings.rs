//! What the settings change.

use super::*;

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
    assert_eq!(seen.feed.entries[1].authors[0].name, "Articles");
}

#[test]
fn the_paper_is_named_for_what_none_of_its_authors_signed() {
    let settings = Settings {
        author: Some("The Lorn Desk".to_owned()),
        ..Settings::default()
    };
    for (byline, author) in [
        (vec![], "Lorn Gazette"),
        (vec!["Ann Lee".to_owned()], "Ann Lee"),
    ] {
        let digest = Digest {
            site: Some("Lorn Gazette".to_owned()),
            byline,
            ..titled("A")
        };
        let seen = check(&settings, &[entry(1, digest)]);
        assert_eq!(seen.feed.entries[0].authors.len(), 1);
        assert_eq!(seen.feed.entries[0].authors[0].name, author);
    }
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
    assert_eq!(seen.feed.entries[0].title.lang.as_deref(), Some("en"));
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
