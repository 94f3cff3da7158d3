//! Files in, articles or reasons out.

use feedwright::{
    article::Article,
    dates,
    read::{ReadError, Settings, read},
    text::{BlockKind, MarkKind},
};
use proptest::prelude::*;
use std::path::Path;

/// The only call into the code.
fn read_as(name: &str, bytes: impl AsRef<[u8]>) -> Result<Article, ReadError> {
    read(Path::new(name), bytes.as_ref(), &Settings::default())
}

fn blocks(article: &Article) -> Vec<&str> {
    let text = &article.text;
    text.blocks.iter().map(|block| text.of(block)).collect()
}

#[track_caller]
fn check_text(source: &str, expected: &[&str]) {
    let article = read_as("a.txt", source).unwrap();
    assert_eq!(blocks(&article), expected, "{source:?}");
}

/// One line a block: its kind, its text, its marks.
fn outline(source: &str) -> String {
    let article = read_as("a.md", source).unwrap();
    let text = &article.text;
    let mut lines = Vec::new();
    for block in &text.blocks {
        let kind = match block.kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::ListItem { ordered, depth } => {
                format!("{}{depth}", if ordered { "ol" } else { "ul" })
            }
            BlockKind::Quote => "q".to_owned(),
            BlockKind::Code => "code".to_owned(),
            _ => "?".to_owned(),
        };
        let mut line = format!("{kind} {}", text.of(block).replace('\n', "⏎"));
        for mark in &block.marks {
            let kind = match &mark.kind {
                MarkKind::Emphasis => "em".to_owned(),
                MarkKind::Strong => "strong".to_owned(),
                MarkKind::Code => "code".to_owned(),
                MarkKind::Link(address) => format!("a {address}"),
                _ => "?".to_owned(),
            };
            line += &format!(" [{kind}: {}]", mark.span.of(&text.plain));
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[track_caller]
fn check_markdown(source: &str, expected: &[&str]) {
    assert_eq!(outline(source), expected.join("\n"), "{source:?}");
}

#[test]
fn charsets_are_recognized() {
    let said = "„Grüße“, said Zoë – in the café.";
    let utf16 = |unit: fn(u16) -> [u8; 2]| said.encode_utf16().flat_map(unit).collect::<Vec<_>>();
    let (low, high) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
    let windows = b"\x84Gr\xfc\xdfe\x93, said Zo\xeb \x96 in the caf\xe9.".to_vec();
    let cases = [
        ("UTF-8", said.as_bytes().to_vec()),
        (
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", said.as_bytes()].concat(),
        ),
        ("UTF-16 LE with a mark", [b"\xff\xfe", &low[..]].concat()),
        ("UTF-16 BE with a mark", [b"\xfe\xff", &high[..]].concat()),
        ("windows-1252", windows),
    ];
    for (charset, bytes) in cases {
        let article = read_as("a.txt", bytes).unwrap();
        assert_eq!(blocks(&article), [said], "{charset}");
    }
    let plain = "Nothing but Latin letters, and one dash \u{2013} here.";
    let unmarked: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(blocks(&read_as("a.txt", unmarked).unwrap()), [plain]);
    // Shift JIS, EUC-KR and KOI8-R, each a sentence long.
    let cases = [
        (
            encoding_rs::SHIFT_JIS,
            "今日は朝から雨が降っていました。傘を持って出かけます。",
        ),
        (
            encoding_rs::EUC_KR,
            "오늘은 아침부터 비가 내렸습니다. 우산을 들고 나갑니다.",
        ),
        (
            encoding_rs::KOI8_R,
            "Сегодня с утра шёл дождь, и мы остались дома.",
        ),
    ];
    for (encoding, text) in cases {
        let (bytes, ..) = encoding.encode(text);
        let article = read_as("a.txt", bytes).unwrap();
        assert_eq!(blocks(&article), [text], "{}", encoding.name());
    }
}

#[test]
fn damaged_utf8_keeps_its_sound_letters() {
    let mut bytes = "Zoë und Jürgen hören die Flöte, sagte Renée."
        .as_bytes()
        .to_vec();
    bytes.extend(b" Ende\xc3");
    let article = read_as("a.txt", &bytes).unwrap();
    let text = &article.text.plain;
    assert!(
        text.starts_with("Zoë und Jürgen hören die Flöte, sagte Renée. Ende"),
        "{text}"
    );
}

#[test]
fn every_line_end_ends_a_line() {
    for end in [
        "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}",
    ] {
        check_text(
            &format!("Show More{end}error: Alert{end}"),
            &["Show More", "error: Alert"],
        );
        check_text(&format!("One.{end}{end}Two."), &["One.", "Two."]);
    }
}

#[test]
fn no_forbidden_character_gets_through() {
    check_text("A\u{1}B\u{1b}C\u{7f}D\u{fffe}E\u{feff}F", &["ABCDEF"]);
    // Latin-1 that was windows-1252.
    check_text("\u{93}Yes\u{94}, he\u{92}d", &["“Yes”, he’d"]);
    check_markdown("A&#1;B &#xFFFF;C", &["p AB C"]);
    let article = read_as("a.md", "---\ntitle: \"A\\u0001B\"\n---\nText.").unwrap();
    assert_eq!(article.title.as_deref(), Some("AB"));
}

#[test]
fn white_space_folds() {
    check_text(
        "  One\u{a0} two\t\tthree \u{2009}“four”  \n",
        &["One two three “four”"],
    );
    check_text("demo\u{ad}cracy", &["democracy"]);
    check_text("One.\n \u{a0}\t\nTwo.", &["One.", "Two."]);
}

#[test]
fn adjacent_lines_of_scraped_text_stay_apart() {
    check_text(
        "Ida Voss\nIda Voss is a journalist who covers harbors and the people in them.\nShow More",
        &[
            "Ida Voss",
            "Ida Voss is a journalist who covers harbors and the people in them.",
            "Show More",
        ],
    );
    // Headlines of about equal length, as in a menu.
    check_text(
        "Harbor Council Votes to Close the Old Swing Bridge for Repair\n\
         Seven Things to Know About the New Ferry Timetable This Week\n\
         Opinion: Why the Lighthouse Deserves Better Than a Gift Shop",
        &[
            "Harbor Council Votes to Close the Old Swing Bridge for Repair",
            "Seven Things to Know About the New Ferry Timetable This Week",
            "Opinion: Why the Lighthouse Deserves Better Than a Gift Shop",
        ],
    );
    check_text(
        "Roses are red\nviolets are blue\nsugar is sweet",
        &["Roses are red", "violets are blue", "sugar is sweet"],
    );
}

#[test]
fn hard_wrapped_paragraphs_are_joined() {
    let wrapped = "Harbor town votes on bridge\n\n\
        The council of the harbor town met on Tuesday evening to decide what\n\
        should become of the swing bridge, which has not swung since the well-\n\
        known storm of last autumn.\n\
        A second paragraph without a blank line begins here and is long enough\n\
        to be wrapped as well.\n\n\
        Ida Voss\n";
    check_text(
        wrapped,
        &[
            "Harbor town votes on bridge",
            "The council of the harbor town met on Tuesday evening to decide what should become of \
         the swing bridge, which has not swung since the well-known storm of last autumn.",
            "A second paragraph without a blank line begins here and is long enough to be wrapped as \
         well.",
            "Ida Voss",
        ],
    );
}

#[test]
fn stated_header_lines_are_no_text() {
    let article = read_as(
        "a.txt",
        "Title: The bridge stays\nBy: Ida Voss and Per Lind\nDate: March 3, 2026\n\nIt was cold.",
    )
    .unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge stays"));
    assert_eq!(article.byline, ["Ida Voss", "Per Lind"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-03-03T00:00:00Z"
    );
    assert_eq!(blocks(&article), ["It was cold."]);
    // These are not certain to be the article's own.
    for source in [
        "By: all means\n\nIt was cold.",
        "Date: next Tuesday\n\nIt was cold.",
        "Title: The bridge\nWeather: cold\n\nIt was cold.",
    ] {
        let article = read_as("a.txt", source).unwrap();
        assert_eq!(article.title, None, "{source}");
        assert!(article.byline.is_empty(), "{source}");
        assert_eq!(article.text.plain, source.replace("\nW", "\n\nW"));
    }
}

#[test]
fn markdown_becomes_blocks_and_marks() {
    check_markdown(
        "Text *with **both*** and `code`, a\n[link *in*](https://example.org/?a=1) .\n\n\
         ## Part two {#two}\n\n> Set apart,\n> twice.\n\n- one\n- two\n  1. deep\n\n  more\n\n\
         ```rust\n\nfn main() {\n    x();\n}\n```\n",
        &[
            "p Text with both and code, a link in . [em: with both] [strong: both] [code: code] \
             [a https://example.org/?a=1: link in] [em: in]",
            "h2 Part two",
            "q Set apart, twice.",
            "ul0 one",
            "ul0 two",
            "ol1 deep",
            "p more",
            "code fn main() {⏎    x();⏎}",
        ],
    );
}

#[test]
fn markdown_leaves_no_marks_in_the_text() {
    check_markdown(
        "A note[^1] here.\n\n[^1]: The *note*.",
        &["p A note here.", "p The note. [em: note]"],
    );
    check_markdown("- [x] done\n- [ ] open", &["ul0 done", "ul0 open"]);
    check_markdown("~~gone~~ <b>bold</b> a<br>b", &["p gone bold a b"]);
    check_markdown("[[Some page|words]] and [[Page]].", &["p words and Page."]);
    check_markdown("> [!NOTE]\n> Mind this.", &["q Mind this."]);
    check_markdown(
        "Before.\n\n{{< figure src=\"a.jpg\" >}}\n\nAfter.",
        &["p Before.", "p After."],
    );
    check_markdown(
        "| Town | Votes |\n|---|--:|\n| Holm | 12 |\n| *Lind* | 7 |\n\nAfter.",
        &["code Town  Votes⏎Holm  12⏎Lind  7", "p After."],
    );
}

#[test]
fn raw_html_gives_its_text_only() {
    check_markdown(
        "<p align=\"center\">Quiet &amp; cold, &ldquo;she&rdquo; said.</p>\n\nAfter.",
        &["p Quiet & cold, “she” said.", "p After."],
    );
    check_markdown(
        "<script>\nalert('x');\n\nmore()\n</script>\n\nOne <script>alert(1)</script>two.\n\n\
         <!-- hidden -->\n\n<figure><img src=a.jpg><figcaption>A cat</figcaption></figure>\n\n\
         <iframe src=\"https://example.org\"></iframe>",
        &["p One two."],
    );
}

#[test]
fn pictures_are_not_text() {
    let source =
        "![A cat](cat.jpg)\n\nText ![inline](b.png) here, [![badge](c.svg)](https://d.example).";
    let article = read_as("a.md", source).unwrap();
    assert_eq!(article.image.as_deref(), Some("cat.jpg"));
    assert_eq!(outline(source), "p Text here, .");
    let article = read_as("a.md", format!("---\nimage: own.jpg\n---\n{source}")).unwrap();
    assert_eq!(article.image.as_deref(), Some("own.jpg"));
}

#[test]
fn the_first_heading_is_the_headline() {
    let title = |source: &str| {
        let article = read_as("a.md", source).unwrap();
        (article.title.clone(), article.text.plain)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        title("# The *bridge*\n\nCold."),
        (some("The bridge"), "Cold.".into())
    );
    assert_eq!(
        title("The bridge\n===\nCold."),
        (some("The bridge"), "Cold.".into())
    );
    assert_eq!(title("Cold.\n\n# Bridge"), (None, "Cold.\n\nBridge".into()));
    assert_eq!(
        title("---\ntitle: A\n---\n# A\n\nCold."),
        (some("A"), "Cold.".into())
    );
    assert_eq!(
        title("---\ntitle: A\n---\n# B\n\nCold."),
        (some("A"), "B\n\nCold.".into())
    );
}

#[test]
fn front_matter_is_read_in_every_form() {
    let yaml = "---\n# a comment\nTitle: 'The bridge: a story'\ndate: 2024-12-05\nlastmod: 2024-12-06 10:00:00 +0100\n\
        authors:\n  - name: Ida Voss\n    email: x@example.org\n  - Per Lind\ntags: [Harbor, 'swing bridge', harbor]\n\
        lang: de_AT\ncanonical: https://example.org/b\ncover:\n  image: b.jpg\ndraft: true\nweight: 10\nempty:\n---\nCold.\n";
    let toml = "+++\ntitle = \"The bridge: a story\"\ndate = 2024-12-05\nupdated = 2024-12-06T10:00:00+01:00\n\
        draft = true\n[taxonomies]\ntags = [\"Harbor\", \"swing bridge\"]\n[extra]\nauthor = \"Ida Voss and Per Lind\"\n\
        lang = \"de-at\"\nurl = \"https://example.org/b\"\ncover = \"b.jpg\"\n+++\nCold.\n";
    for source in [yaml, toml] {
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
            "date '05/12/2024' is not a date that can be read; write it like 2024-12-05",
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

#[test]
fn what_is_no_article_is_refused_with_a_reason() {
    #[track_caller]
    fn check(name: &str, bytes: &[u8], told: &str) {
        assert_eq!(
            read_as(name, bytes).unwrap_err().to_string(),
            told,
            "{name}"
        );
    }
    let empty = "the file is empty; write the article into it";
    check("a.txt", b"", empty);
    check("a.md", b" \n\t\r\n", empty);
    check("a.txt", "\u{feff}\u{a0}\n".as_bytes(), empty);
    let bare =
        "there is no text in the file besides its headline and pictures; write the article into it";
    check("a.md", b"---\ntitle: A\n---\n", bare);
    check("a.md", b"# A\n\n![cat](cat.jpg)\n\n---\n", bare);
    let binary = |what| {
        format!("the file seems to be {what}, not text; save the article as text or Markdown")
    };
    check("a.txt", b"%PDF-1.7\n%\xe2\xe3", &binary("a PDF document"));
    check(
        "a.md",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        &binary("a picture"),
    );
    check("a.txt", b"PK\x03\x04\x14\0some", &binary("a ZIP archive"));
    check("a", b"\x7fELF\x02\x01\x01\0", &binary("a program"));
    check("a.txt", b"text with\0a NUL in it", &binary("binary data"));
    check(
        "a.txt",
        b"\x01\x02\x03\xff\xfd\x04\x05 x",
        &binary("binary data"),
    );
    let other = |what| format!("{what} cannot be read yet; save the article as text or Markdown");
    check("a.txt", b"<!DOCTYPE html><p>Text", &other("HTML"));
    check("a.md", b"\xef\xbb\xbf\n<HTML lang=en>", &other("HTML"));
    check("a.html", b"Text.", &other("HTML"));
    check("a.txt", b"{\\rtf1\\ansi Text}", &other("RTF"));
    check(
        "a.zip",
        b"PK\x03\x04\x14\0word/document.xml",
        &other("a Word document"),
    );
    check("A.DOCX", b"Text.", &other("a Word document"));
    check("a.rss", b"<?xml version='1.0'?><rss/>", &other("XML"));
}

#[test]
fn text_without_a_known_ending_is_text() {
    for name in [
        "notes",
        "notes.text",
        "notes.TXT",
        "notes.final",
        ".hidden",
        "a.b/c",
    ] {
        let article = read_as(name, "It was *cold*.").unwrap();
        assert_eq!(article.text.plain, "It was *cold*.", "{name}");
    }
    assert_eq!(
        read_as("NOTES.MD", "It was *cold*.").unwrap().text.plain,
        "It was cold."
    );
}

#[test]
fn dates_are_read_and_never_invented() {
    for (text, instant) in [
        ("2024-12-05", "2024-12-05T00:00:00Z"),
        ("2024-12-05T16:15:00Z", "2024-12-05T16:15:00Z"),
        ("2024-12-05T16:15:00.5+01:00", "2024-12-05T15:15:00.5Z"),
        ("2024-12-05T16:15:00-0500", "2024-12-05T21:15:00Z"),
        ("2024-12-05 16:15", "2024-12-05T16:15:00Z"),
        ("2024-12-05 16:15:00 +0100", "2024-12-05T15:15:00Z"),
        ("2024-12-05 16:15 UTC", "2024-12-05T16:15:00Z"),
        ("Thu, 05 Dec 2024 16:15:00 +0100", "2024-12-05T15:15:00Z"),
        ("Thu, 5 Dec 2024 16:15:00 GMT", "2024-12-05T16:15:00Z"),
        ("December 5, 2024", "2024-12-05T00:00:00Z"),
        ("Dec. 5, 2024", "2024-12-05T00:00:00Z"),
        ("5 December 2024", "2024-12-05T00:00:00Z"),
        ("the 5th of December 2024", "2024-12-05T00:00:00Z"),
        ("Thursday, December 5, 2024", "2024-12-05T00:00:00Z"),
        ("Thursday 5 December 2024 at 16:15", "2024-12-05T16:15:00Z"),
        ("Dec. 5, 2024, 4:15 p.m. ET", "2024-12-05T21:15:00Z"),
        ("July 5, 2024 4:15pm ET", "2024-07-05T20:15:00Z"),
        ("December 5, 2024 at 4 p.m. EST", "2024-12-05T21:00:00Z"),
        ("December 5, 2024 12:05 AM", "2024-12-05T00:05:00Z"),
        ("4:15 p.m. - Dec 5, 2024", "2024-12-05T16:15:00Z"),
        ("5. Dezember 2024", "2024-12-05T00:00:00Z"),
        (
            "Donnerstag, 5. Dezember 2024, 16:15 Uhr",
            "2024-12-05T16:15:00Z",
        ),
        ("05.12.2024", "2024-12-05T00:00:00Z"),
        ("2024/12/05", "2024-12-05T00:00:00Z"),
        ("25/12/2024", "2024-12-25T00:00:00Z"),
        ("12/25/2024", "2024-12-25T00:00:00Z"),
    ] {
        let date = dates::parse(text).map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some(instant), "{text}");
    }
    for text in [
        "",
        "December 5",
        "5 December",
        "2024",
        "2024-12",
        "December 2024",
        "05/12/2024",
        "05.12.24",
        "12-05",
        "Friday, December 5, 2024",
        "Fri, 05 Dec 2024 16:15:00 GMT",
        "February 30, 2024",
        "2024-02-30",
        "foo",
        "now",
        "yesterday",
        "December 5, 2024 foo",
        "December 5, 2024 25:00",
        "December 5, 2024 13:00 pm",
        "Dec Dec 5 2024",
        "5 6 2024",
        "2024 December",
        "December 5, 2024 4:15 IST",
        "1733414400",
        "5",
        "December 99999, 2024",
        "December 5, 02024",
    ] {
        assert_eq!(dates::parse(text), None, "{text}");
    }
}

/// What holds for every article, whatever the bytes were.
fn assert_sound(article: &Article) {
    let text = &article.text;
    assert!(!text.blocks.is_empty());
    let joined: Vec<&str> = text.blocks.iter().map(|block| text.of(block)).collect();
    assert_eq!(joined.join("\n\n"), text.plain);
    for block in &text.blocks {
        let words = text.of(block);
        assert!(!words.trim().is_empty(), "{block:?}");
        if block.kind != BlockKind::Code {
            assert_eq!(
                words.split_whitespace().collect::<Vec<_>>().join(" "),
                words
            );
        }
        let mut last = (0, u32::MAX);
        for mark in &block.marks {
            assert!(block.span.contains(mark.span), "{mark:?} in {block:?}");
            assert!(!mark.span.of(&text.plain).is_empty());
            let place = (mark.span.start, u32::MAX - mark.span.end);
            assert!(
                last.0 == 0 && last.1 == u32::MAX || last <= place,
                "{:?}",
                block.marks
            );
            last = place;
        }
    }
    let bad = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{fffe}';
    let stated = [
        &article.title,
        &article.image,
        &article.url,
        &article.language,
    ];
    let all = stated
        .into_iter()
        .flatten()
        .chain(&article.byline)
        .chain(&article.topics);
    for line in all {
        assert!(!line.contains(bad) && !line.is_empty(), "{line:?}");
    }
    assert!(!text.plain.contains(bad), "{:?}", text.plain);
}

/// Pieces that mean something to a reader, so that chance meets the borders.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "---\n",
            "+++\n",
            "title: ",
            "tags: [",
            "]",
            "'",
            "\"",
            "\n",
            "\n\n",
            "\r\n",
            "# ",
            "- ",
            "1. ",
            "> ",
            "*",
            "**",
            "`",
            "```\n",
            "[",
            "](",
            ")",
            "![",
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "<br>",
            "<script>",
            "</script>",
            "| a |",
            "|---|",
            "[^1]",
            "[^1]: ",
            "&#1;",
            "&amp;",
            "&",
            "{{<",
            ">}}",
            "\u{a0}",
            "\u{2028}",
            "\u{85}",
            "\u{93}",
            "\u{feff}",
            "\u{ad}",
            "\t",
            "    ",
            "[[",
            "]]",
            "  \n",
            "\u{fffe}",
            "~~",
            "\u{1}",
            "Title: ",
            "Date: March 3, 2026\n",
            "\u{200b}",
        ])
        .prop_map(str::to_owned),
        "[a-zA-ZäöüÄß,.“”„ ]{0,30}",
        "\\PC{0,8}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_an_article_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.md", "a"] {
            if let Ok(article) = read_as(name, &bytes) {
                assert_sound(&article);
            }
        }
    }

    #[test]
    fn any_text_gives_a_sound_article_or_a_reason(text in pieces()) {
        for name in ["a.txt", "a.md"] {
            match read_as(name, &text) {
                Ok(article) => assert_sound(&article),
                Err(reason) => prop_assert!(reason.to_string().contains("; ")),
            }
        }
    }

    #[test]
    fn plain_text_loses_no_letter(text in "[a-zA-ZäöüÄß,.“” \n]{1,300}") {
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        if let Ok(article) = read_as("a.txt", &text) {
            prop_assert_eq!(letters(&article.text.plain), letters(&text));
        }
    }

    #[test]
    fn any_text_is_a_date_or_none(text in "[0-9a-zA-Z:/,. +-]{0,30}|\\PC{0,20}") {
        let _ = dates::parse(&text);
    }
}
