//! What articles state about themselves.

use super::{blocks, read_as};
use feedwright::read::ReadError;

#[test]
fn front_matter_is_read_in_every_form() {
    let yaml = "---\n# a comment\nTitle: 'The bridge: a story'\ndate: 2024-12-05\nlastmod: 2024-12-06 10:00:00 +0100\n\
        authors:\n  - name: Ida Voss\n    email: x@example.org\n  - Per Lind\ntags: [Harbor, 'swing bridge', harbor]\n\
        lang: de_AT\ncanonical: https://example.org/b\ncover:\n  image: b.jpg\ndraft: true\nweight: 10\nempty:\n---\nCold.\n";
    let toml = "+++\ntitle = \"The bridge: a story\"\ndate = 2024-12-05\nupdated = 2024-12-06T10:00:00+01:00\n\
        draft = true\n[taxonomies]\ntags = [\"Harbor\", \"swing bridge\"]\n[extra]\nauthor = \"Ida Voss and Per Lind\"\n\
        lang = \"de-at\"\nurl = \"https://example.org/b\"\ncover = \"b.jpg\"\n+++\nCold.\n";
    let json = "{\n  \"title\": \"The bridge: a story\", \"date\": \"2024-12-05\",\n  \
        \"lastmod\": \"2024-12-06T10:00:00+01:00\", \"authors\": [\"Ida Voss\", {\"name\": \"Per Lind\"}],\n  \
        \"tags\": [\"Harbor\", \"swing bridge\"], \"lang\": \"de-AT\", \"draft\": true,\n  \
        \"canonical\": \"https://example.org/b\", \"params\": {\"cover\": {\"image\": \"b.jpg\"}}, \"empty\": null\n}\nCold.\n";
    for source in [yaml, toml, json] {
        for source in [
            source.to_owned(),
            source.replace('\n', "\r\n"),
            format!("\u{feff}{source}"),
        ] {
            let article = read_as("a.md", &source).unwrap();
            assert_eq!(article.title.as_deref(), Some("The bridge: a story"));
            assert_eq!(
                article.published.unwrap().to_string(),
                "2024-12-05T00:00:00Z"
            );
            assert_eq!(
                article.modified.unwrap().to_string(),
                "2024-12-06T09:00:00Z"
            );
            assert_eq!(article.byline, ["Ida Voss", "Per Lind"]);
            assert_eq!(article.topics, ["Harbor", "swing bridge"]);
            assert_eq!(article.language.as_deref(), Some("de-AT"));
            assert_eq!(article.url.as_deref(), Some("https://example.org/b"));
            assert_eq!(article.image.as_deref(), Some("b.jpg"));
            assert!(article.draft);
            assert_eq!(article.notes, [""; 0]);
            assert_eq!(blocks(&article), ["Cold."]);
        }
    }
    let article = read_as("a.txt", yaml).unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge: a story"));
}

#[test]
fn front_matter_values_stay_as_spelled() {
    for (value, title) in [
        ("no", Some("no")),
        ("1.10", Some("1.10")),
        ("007", Some("007")),
        ("2024-12-05", Some("2024-12-05")),
        ("'null'", Some("null")),
        ("", None),
        ("~", None),
        (">\n  Folded\n  lines", Some("Folded lines")),
    ] {
        let article = read_as("a.md", format!("---\ntitle: {value}\n---\nText.")).unwrap();
        assert_eq!(article.title.as_deref(), title, "{value}");
    }
}

#[test]
fn bylines_are_split_into_names() {
    for (stated, names) in [
        ("Ida Voss", &["Ida Voss"][..]),
        (
            "By Ida Voss, Per Lind, and Mo Tal",
            &["Ida Voss", "Per Lind", "Mo Tal"],
        ),
        ("Ida Voss & Per Lind", &["Ida Voss", "Per Lind"]),
        ("Ida Voss, Staff Writer", &["Ida Voss"]),
        ("Voss, Ida", &["Voss, Ida"]),
        ("Ida Voss <ida@example.org>", &["Ida Voss"]),
        (
            "[Marks and Sons, Ida Voss, Ida Voss]",
            &["Marks and Sons", "Ida Voss"],
        ),
        ("{name: Ida Voss}", &["Ida Voss"]),
        ("''", &[]),
    ] {
        let article = read_as("a.md", format!("---\nauthor: {stated}\n---\nText.")).unwrap();
        assert_eq!(article.byline, names, "{stated}");
    }
}

#[test]
fn what_cannot_be_taken_over_is_noted() {
    let article = read_as(
        "a.md",
        "---\ndate: 05/12/2024\nurl: /posts/bridge\nlang: Elvish tongue\nsource: The Harbor Wire\n---\nText.",
    )
    .unwrap();
    assert_eq!(
        (article.published, article.url, article.language),
        (None, None, None)
    );
    assert_eq!(
        article.notes,
        [
            "date '05/12/2024' is not taken: its day and month can be taken for each other; write \
             it like 2024-12-05",
            "language 'Elvish tongue' is not a language tag; write it like en or de-AT",
            "url '/posts/bridge' is not an absolute address; write it like https://example.org/article",
        ]
    );
    for hidden in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        "ftp://a.example",
    ] {
        let article = read_as("a.md", format!("---\nurl: '{hidden}'\n---\nText.")).unwrap();
        assert_eq!(article.url, None, "{hidden}");
    }
    let article = read_as("a.md", "---\npublished: false\n---\nText.").unwrap();
    assert!(article.draft && article.notes.is_empty());
}

#[test]
fn the_stated_language_settles_the_order_of_a_date() {
    let dated = |source: &str| {
        let article = read_as("a.md", format!("---\n{source}\n---\nText.")).unwrap();
        (
            article.published.map(|at| at.to_string()),
            article.notes.join(""),
        )
    };
    let day = |day: &str| (Some(format!("{day}T00:00:00Z")), String::new());
    assert_eq!(dated("date: 05/12/2024\nlang: fr"), day("2024-12-05"));
    assert_eq!(dated("date: 05/12/2024\nlang: en-US"), day("2024-05-12"));
    assert_eq!(
        dated("date: Friday, December 5, 2024"),
        (
            None,
            "date 'Friday, December 5, 2024' is not taken: it was not a Friday but a Thursday; \
             write it like 2024-12-05"
                .to_owned()
        )
    );
}

#[test]
fn a_line_across_the_page_is_no_front_matter() {
    for (source, plain) in [
        ("---\nNever closed.", "Never closed."),
        (
            "---\n\nJust prose, nothing else.\n\n---\n\nMore.",
            "Just prose, nothing else.\n\nMore.",
        ),
        ("---\n---\nText.", "Text."),
        ("---\n# only a comment\n---\nText.", "Text."),
    ] {
        let article = read_as("a.md", source).unwrap();
        assert_eq!(article.text.plain, plain, "{source}");
    }
}

#[test]
fn broken_front_matter_is_refused_with_its_line() {
    for (source, line) in [
        ("---\nlang: en\ntitle: Bridge: a story\n---\nText.", 3),
        ("---\ntitle: 'Bridge\n---\nText.", 3),
        ("+++\nlang = \"en\"\ntitle = Bridge\n+++\nText.", 3),
    ] {
        let error = read_as("a.md", source).unwrap_err();
        let told = error.to_string();
        let wanted = format!("the front matter is broken in line {line}: ");
        assert!(told.starts_with(&wanted), "{source:?}: {told}");
        assert!(
            told.contains("; ") && told.contains("quotation marks"),
            "{told}"
        );
        assert!(!told.contains('\n'), "{told}");
        assert!(matches!(error, ReadError::FrontMatter { .. }));
    }
    let deep = format!(
        "---\ntitle: {}{}\n---\nText.",
        "[".repeat(60),
        "]".repeat(60)
    );
    assert!(matches!(
        read_as("a.md", deep),
        Err(ReadError::FrontMatter { .. })
    ));
}
