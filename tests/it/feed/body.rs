//! An entry as HTML.

use super::*;

/// The HTML of an entry's full text.
fn html_of(body: Text) -> String {
    let seen = check_one(Digest {
        title: "T".to_owned(),
        body,
        ..Digest::default()
    });
    seen.channel.items[0].content.clone().unwrap()
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
fn a_table_keeps_its_cells() {
    let mut body = text(&[(BlockKind::Table, "Town\tVotes\nHolm & Lind\t<12>")]);
    let cells = "<tr><td>Holm &amp; Lind</td><td>&lt;12&gt;</td></tr></tbody></table>";
    assert_eq!(
        html_of(body.clone()),
        format!("<table><tbody><tr><td>Town</td><td>Votes</td></tr>{cells}")
    );
    body.blocks[0].marks.push(Mark {
        span: Span::new(0, 10),
        kind: MarkKind::Header,
    });
    assert_eq!(
        html_of(body),
        format!("<table><thead><tr><th>Town</th><th>Votes</th></tr></thead><tbody>{cells}")
    );
}

#[test]
fn a_picture_is_shown_if_readers_can_fetch_it() {
    let mut body = text(&[(BlockKind::Paragraph, "Before.")]);
    for address in [
        "https://example.org/a.jpg?b&c=\"",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "a.jpg",
        "",
    ] {
        body.push_picture(address.to_owned(), "The \"new\" bridge <b>".to_owned());
    }
    body.push(BlockKind::Paragraph, "After.");
    assert_eq!(body.plain, "Before.\n\nAfter.");
    assert_eq!(
        html_of(body),
        "<p>Before.</p><p><img src=\"https://example.org/a.jpg?b&amp;c=%22\" \
         alt=\"The &quot;new&quot; bridge &lt;b&gt;\"/></p><p>After.</p>"
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
fn relative_links_and_pictures_lead_where_the_article_is() {
    let body = marked("go", &[("go", MarkKind::Link("../b?c".to_owned()))]);
    let digest = Digest {
        title: "T".to_owned(),
        url: Some("https://news.example/x/y/z".to_owned()),
        image: Some("/i.jpg".to_owned()),
        body,
        ..Digest::default()
    };
    let seen = check_one(digest);
    let item = &seen.channel.items[0];
    let href = "<p><a href=\"https://news.example/x/b?c\">go</a></p>";
    assert_eq!(item.content.as_deref(), Some(href));
    let media = &item.extensions["media"]["thumbnail"][0].attrs;
    assert_eq!(media["url"], "https://news.example/i.jpg");
}
