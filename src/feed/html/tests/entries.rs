//! Entries: as cards, and on pages of their own.

use super::*;

#[test]
fn a_card_shows_the_digest_and_leads_to_the_text() {
    let html = card(&bridge());
    let document = Document::fragment(&*html);
    assert_eq!(read_back(&bridge(), &html), Ok(()));
    assert_eq!(
        all(&document, "a", "href"),
        [
            "https://www.news.example/bridge?a=1&b=2",
            "speakers/ilse-brandt/index.html",
            "topics/roads-bridges/index.html",
        ]
    );
    assert_eq!(
        texts(&document, ".facts > *"),
        [
            "5 Dec 2024 08:10 UTC",
            "Updated 6 Dec 2024",
            "news.example",
            "Ada Nordholm, Piet O'Hara"
        ]
    );
    assert_eq!(
        all(&document, "time", "datetime"),
        ["2024-12-05T08:10:00Z", "2024-12-06T09:30:00Z"]
    );
    assert!(!html.contains("All of it."));
}

#[test]
fn what_a_card_lacks_takes_no_room() {
    let bare = Card {
        title: "A",
        ..Card::default()
    };
    let html = card(&bare);
    assert_eq!(read_back(&bare, &html), Ok(()));
    for absent in [
        "<figure", "<ul", "<img", "summary", "byline", "<a ", "UTC", "Updated",
    ] {
        assert!(!html.contains(absent), "{absent}");
    }
}

#[test]
fn a_change_on_the_day_itself_is_not_told() {
    let card_of = |updated| {
        card(&Card {
            updated: time(updated),
            ..bridge()
        })
    };
    assert!(!card_of("2024-12-05T23:59:59Z").contains("Updated"));
    assert!(card_of("2024-12-06T00:00:00Z").contains("Updated"));
}

#[test]
fn a_card_tells_its_language_and_which_way_it_runs() {
    let of = |language| {
        let html = card(&Card {
            language,
            ..bridge()
        });
        let document = Document::fragment(html);
        let one = |selector, attribute| all(&document, selector, attribute).join("");
        [
            one("article", "lang"),
            one(".body", "dir"),
            one(".facts", "lang"),
        ]
    };
    assert_eq!(of(Some("he")), ["he", "rtl", "en"]);
    assert_eq!(of(Some("de-AT")), ["de-AT", "ltr", "en"]);
    assert_eq!(of(Some("en-GB")), ["en-GB", "ltr", ""]);
    assert_eq!(of(None), ["", "auto", "en"]);
}

#[test]
fn a_card_that_says_something_else_is_noticed() {
    let html = card(&bridge());
    for (one, other) in [
        ("It was ready.", "It was not."),
        ("Harbor bridge", "Harbour bridge"),
        (
            "The bridge is open again.",
            "The bridge is <b>open</b> again.",
        ),
        ("a=1&amp;b=2", "a=1"),
        ("class=\"quote", "onclick=\"a\" class=\"quote"),
        ("</article>", "</article><script>a</script>"),
        ("Port Lorn", ""),
    ] {
        assert!(html.contains(one), "{one}");
        let other = html.replace(one, other);
        assert!(read_back(&bridge(), &other).is_err(), "{other}");
    }
}

#[test]
fn the_page_of_an_entry_has_the_text_below_the_digest() {
    let content = "<h1>One &lt;h1&gt;</h1><p>Text</p><h4 class=\"a\">Two</h4>\
                   <table><tr><td>1</td></tr></table>\
                   <p><img src=\"https://news.example/a.jpg\" alt=\"A bridge\"/></p>";
    let settings = Settings {
        title: "The Lorn Courier".to_owned(),
        url: SiteUrl::parse("https://example.org/feeds").ok(),
        ..Settings::default()
    };
    let own = Card {
        link: Some("entries/harbor-bridge.html"),
        content: Some(content),
        ..bridge()
    };
    let document = check(&entry_page(&settings, &own));
    let path = entry_path(own.slug);
    assert_eq!(path, "entries/harbor-bridge.html");
    assert_eq!(all(&document, "base", "href"), ["../"]);
    assert_eq!(
        all(&document, "link[rel=canonical]", "href"),
        [format!("https://example.org/feeds/{path}")]
    );
    assert_eq!(texts(&document, "h1"), [own.title]);
    assert_eq!(texts(&document, ".text h2"), ["One <h1>"]);
    assert_eq!(texts(&document, ".text h3.a"), ["Two"]);
    assert_eq!(
        texts(&document, ".text .scroll[tabindex] > table td"),
        ["1"]
    );
    assert_eq!(all(&document, ".text img", "alt"), ["A bridge"]);
    assert_eq!(all(&document, "meta[name=author]", "content"), own.authors);
    for (property, value) in [
        ("og:title", own.title),
        ("og:type", "article"),
        ("og:site_name", "The Lorn Courier"),
        ("article:published_time", "2024-12-05T08:10:00Z"),
        ("article:modified_time", "2024-12-06T09:30:00Z"),
    ] {
        let selector = format!("meta[property=\"{property}\"]");
        assert_eq!(all(&document, &selector, "content"), [value]);
    }
    // One that appeared elsewhere belongs there.
    let document = check(&entry_page(&settings, &bridge()));
    let there = [bridge().link.unwrap_or_default()];
    assert_eq!(all(&document, "link[rel=canonical]", "href"), there);
    assert_eq!(all(&document, ".original a", "href"), there);
}
