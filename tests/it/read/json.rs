//! Articles in JSON that is not the press's own.

use super::{blocks, parts_of, read_as};
use feedwright::{
    article::Origin,
    read::{ReadError, Reading, Settings, read},
};
use std::path::Path;

#[test]
fn an_articles_objects_in_json_are_read_alone_and_in_rows() {
    let article = |name: &str, body: &str| {
        format!(
            "{{\"@type\": \"NewsArticle\", \"headline\": \"{name}\", \"url\": \"https://a.example/{name}\", \"articleBody\": \"{body}\"}}"
        )
    };
    let (one, two) = (
        article("one", "Text <1>."),
        article("two", "<p>A</p><p>B &amp; C</p>"),
    );
    assert_eq!(blocks(&read_as("a.txt", &one).unwrap()), ["Text <1>."]);
    let both = |source: String| {
        let parts = parts_of("a.json", source);
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["https:/a.example/one", "https:/a.example/two"]);
        assert_eq!(blocks(&parts[1].1), ["A", "B & C"]);
        assert_eq!(parts[1].1.origin, Origin::Authored);
    };
    both(format!("[{one}, {{\"@type\": \"Person\"}}, {two}]"));
    both(format!("{one}\n{two}\n"));
    both(format!("{{\"total\": 2, \"items\": [{one}, {two}]}}"));
    // A description of an article is none.
    let bare = "{\"@type\": \"NewsArticle\", \"headline\": \"one\"}";
    assert!(matches!(
        read_as("a.json", bare),
        Err(ReadError::OtherKind { .. })
    ));
    // A text that begins like JSON is a text.
    let text = "[Photo] The toll ends.";
    assert_eq!(blocks(&read_as("a.txt", text).unwrap()), [text]);
    let text = "{\"title\": \"Toll\"}\n\nThe toll ends.";
    assert!(read_as("a.txt", text).is_ok());
}

#[test]
fn articles_as_programs_export_them_are_read() {
    let json = |source: &str| read_as("a.json", source).unwrap();
    let fetched = json(
        r#"{"title": "Toll &amp; bridge", "author": "Ada Holm; Per Lind", "hostname": "a.example",
            "date": "2031-04-05", "tags": "tolls,bridges", "image": "https://a.example/b.jpg",
            "url": "https://a.example/toll", "language": "en", "raw_text": "The toll",
            "text": "The toll ends in May.\n\nNobody pays it."}"#,
    );
    assert_eq!(fetched.title.as_deref(), Some("Toll & bridge"));
    assert_eq!(fetched.byline, ["Ada Holm", "Per Lind"]);
    assert_eq!(
        fetched.published.unwrap().to_string(),
        "2031-04-05T00:00:00Z"
    );
    assert_eq!(fetched.topics, ["tolls", "bridges"]);
    assert_eq!(fetched.url.as_deref(), Some("https://a.example/toll"));
    assert_eq!(
        blocks(&fetched),
        ["The toll ends in May.", "Nobody pays it."]
    );
    // It may have come from a page with all its menus.
    assert_eq!(fetched.origin, Origin::Pasted);
    let post = |status: &str| {
        json(&format!(
            r#"{{"id": 12, "date": "2031-04-05T12:00:00", "date_gmt": "2031-04-05T10:00:00",
                "status": "{status}", "link": "https://a.example/?p=12", "author": 3, "tags": [4, 5],
                "title": {{"rendered": "Toll &#8211; ended"}},
                "content": {{"rendered": "<p>The toll ends.</p>\n<p>In May.</p>", "protected": false}},
                "excerpt": {{"rendered": "<p>Short</p>"}}}}"#
        ))
    };
    let published = post("publish");
    assert_eq!(published.title.as_deref(), Some("Toll – ended"));
    assert_eq!(
        published.published.unwrap().to_string(),
        "2031-04-05T10:00:00Z"
    );
    assert_eq!(blocks(&published), ["The toll ends.", "In May."]);
    assert_eq!((published.byline.len(), published.topics.len()), (0, 0));
    assert_eq!(
        (published.origin, published.draft),
        (Origin::Authored, false)
    );
    assert!(post("private").draft);
    for other in [
        r#"{"name": "toll", "version": "1.0", "description": "Counts tolls."}"#,
        r#"{"title": "Toll", "text": "A text of nobody and no time."}"#,
        r#"{"title": "Toll", "date": "2031-04-05"}"#,
        "{}",
        "[]",
        "[1, 2]",
        "null",
    ] {
        let refused = read_as("a.json", other);
        assert!(
            matches!(refused, Err(ReadError::OtherKind { .. })),
            "{other}"
        );
    }
}

#[test]
fn one_broken_line_of_many_costs_itself() {
    let line = |name: &str| {
        format!("{{\"title\": \"{name}\", \"date\": \"2031-04-05\", \"text\": \"Text.\"}}")
    };
    let source = [&line("one"), "{\"title\": \"cut", &line("three"), "", "7"].join("\n");
    let reading = read(
        Path::new("a.jsonl"),
        source.as_bytes(),
        &Settings::default(),
    );
    let Ok(Reading::Parts(parts)) = reading else {
        panic!("{reading:?}");
    };
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["one", "line-2", "three"]);
    let broken = parts[1].article.as_ref().unwrap_err().to_string();
    assert!(broken.starts_with("the JSON file is damaged: "), "{broken}");
}
