//! Charsets, line ends, and plain text in blocks.

use super::{blocks, markdown::check_markdown, read_as};

#[track_caller]
fn check_text(source: &str, expected: &[&str]) {
    let article = read_as("a.txt", source).unwrap();
    assert_eq!(blocks(&article), expected, "{source:?}");
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
fn a_hyphen_at_a_line_end_belongs_to_its_word() {
    check_text(
        "Der Gemeinderat von Altweiler hat am Donnerstag den Architekten Karl-\n\
         Heinz Brunner beauftragt, die Haupt- und die Nebenhalle sowie die Ost-\n\
         und Westtribüne zu sanieren, was noch in diesem Jahr beginnen soll, wie\n\
         es hieß.",
        &[
            "Der Gemeinderat von Altweiler hat am Donnerstag den Architekten Karl-Heinz Brunner \
             beauftragt, die Haupt- und die Nebenhalle sowie die Ost- und Westtribüne zu \
             sanieren, was noch in diesem Jahr beginnen soll, wie es hieß.",
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
