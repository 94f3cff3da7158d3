//! Whatever the values are, they come out as text.

use super::*;
use proptest::prelude::*;

/// A value in every place where one can be.
fn filled(text: &str) -> Card<'_> {
    Card {
        title: text,
        quote: Some(Quote {
            words: text,
            speaker: Some(text),
            feed: Some(text),
        }),
        summary: text,
        topics: vec![Topic {
            label: text,
            feed: Some("topics/a"),
        }],
        authors: vec![text],
        site: Some(text),
        ..bridge()
    }
}

fn check_awkward(text: &str) {
    let filled = filled(text);
    let html = card(&filled);
    assert_eq!(read_back(&filled, &html), Ok(()));
    let mut head = head(Scope::Topic, text, "topics/a", Part::Current);
    head.title = format!("{text} ");
    text.clone_into(&mut head.description);
    head.site = text;
    assert_eq!(read_back_before(&head, &before(&head)), Ok(()));
}

#[test]
fn awkward_values_come_out_as_text() {
    let long = "A very long headline ".repeat(500);
    let controls: String = (0..0xa0).map(char::from).collect();
    for text in [
        "<script>alert(\"1\")</script></title></style><!-- ]]> <![CDATA[",
        "\" onclick=\"alert(1)\" '> &amp; &lt;b&gt; &#38; &nbsp;",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202e}\u{200f}(1)",
        "\u{1f469}\u{200d}\u{1f680} \u{1d4d0} e\u{301} \u{fffd}\u{feff}",
        "\r\n\u{85}\u{2028}x\u{ffff}",
        &controls,
        &long,
    ] {
        check_awkward(text);
        let filled = Card {
            link: None,
            ..filled(text)
        };
        let document = check(&entry_page(&Settings::default(), &filled));
        assert_eq!(
            document.select("meta[property=\"article:tag\"]").length(),
            1
        );
        let topic = channel(Scope::Topic, &format!("a {text}"), "topics/a?b#c%20\"d\"");
        let document = check(&list(&Settings::default(), Scope::Topic, [&topic]));
        let page = &all(&document, ".feeds bdi a", "href")[0];
        assert_eq!(page, "topics/a%3Fb%23c%2520%22d%22/index.html");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_as_it_was_written(
        text in prop_oneof![any::<String>(), "[<>&\"'/a-z !-]{1,40}"],
    ) {
        if !text.trim().is_empty() {
            check_awkward(&text);
        }
    }
}
