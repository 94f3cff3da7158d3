//! What holds whatever the bytes are.

use super::read_as;
use feedwright::{
    article::Article,
    read::{Reading, Settings, read},
    text::BlockKind,
};
use proptest::prelude::*;
use std::{collections::BTreeSet, path::Path};

/// What holds for every article, whatever the bytes were.
pub(super) fn assert_sound(article: &Article) {
    let text = &article.text;
    assert!(!text.blocks.is_empty());
    let joined: Vec<&str> = text.blocks.iter().map(|block| text.of(block)).collect();
    let said: Vec<&str> = joined
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    assert_eq!(said.join("\n\n"), text.plain);
    for block in &text.blocks {
        let words = text.of(block);
        if block.kind == BlockKind::Picture {
            assert!(words.is_empty() && block.marks.len() == 1, "{block:?}");
            assert!(block.span.contains(block.marks[0].span));
            continue;
        }
        assert!(!words.trim().is_empty(), "{block:?}");
        if !matches!(block.kind, BlockKind::Code | BlockKind::Table) {
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
            "= ",
            "====\n",
            "----\n",
            "|===\n",
            "|",
            ".. note::\n   ",
            "::\n\n    ",
            "`a <",
            ">`_",
            "#+begin_quote\n",
            "#+TITLE: ",
            ":a:\n",
            "\\begin{quote}",
            "\\emph{",
            "}",
            "\\'e",
            "%%",
            "==",
            "<p>",
            "<table><tr><td>",
            "<img src=a.jpg alt=b>",
            "<a href='//x.example/a'>",
            "<time datetime=2026-03-04>",
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

/// The same for formats that hold others.
fn wrappings() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "From: Ada Holm <ada@a.example>\n",
        "Message-ID: <1@a.example>\n",
        "MIME-Version: 1.0\n",
        "Subject: =?utf-8?Q?a=C3?= =?utf-8?Q?=BC?=\n",
        "Subject: Fwd: [a] ",
        "Date: Thu, 5 Dec 2024 16:15:00 +0000\n",
        "Snapshot-Content-Location: https://a.example/\n",
        "Content-Type: multipart/mixed; boundary=b\n",
        "Content-Type: multipart/alternative; boundary=\"c\"\n",
        "Content-Type: multipart/related; start=\"<1>\"; boundary=d\n",
        "Content-Type: message/rfc822\n",
        "Content-Type: text/html; charset=latin1\n",
        "Content-Type: text/plain; format=flowed\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "Content-Disposition: attachment; filename*=utf-8''a%2Emd\n",
        "--b\n",
        "--b--\n",
        "--c\n",
        "--c--\n",
        "--d\n",
        "\n",
        "\r\n\r\n",
        "=C3=BC=\n",
        "SXQgd2FzIGNvbGQu\n",
        "> It was cold. \n",
        "-- \n",
        "* item\n",
        "---------- Forwarded message ---------\n",
        "From: Ada Date: Thu, 5 Dec 2024 Subject: Ä: To: b\n",
        "Unsubscribe <https://a.example/>\n",
        "Dear all,\n",
        "Sperrfrist: 5. Dezember 2024\n",
        "<p style='display:none'>",
        "</p>",
        "<img width=1 height=1>",
        "It was cold in the harbor, \u{201c}she\u{201d} said.\n",
        "From - Thu Dec  5 16:15:00 2024\n",
        ">From there.\n",
        "X-Mozilla-Status: 0009\n",
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "Content-Length: 60\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Transfer-Encoding: chunked\r\n",
        "5\r\n",
        "bplist00",
        "WebMainResource",
        "<?xml version='1.0'?><plist>",
        "<dict>",
        "</dict>",
        "<key>WebResourceData</key>",
        "<data>",
        "</data>",
        "[InternetShortcut]\n",
    ]);
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
        for name in ["a.txt", "a.md", "a.org", "a.adoc", "a.rst", "a.tex", "a.html"] {
            match read_as(name, &text) {
                Ok(article) => assert_sound(&article),
                Err(reason) => prop_assert!(reason.to_string().contains("; ")),
            }
        }
    }

    #[test]
    fn any_wrapping_gives_sound_articles_or_reasons(source in wrappings()) {
        for name in ["a.eml", "a.mbox", "a.mhtml", "a.webarchive", "a.warc", "a"] {
            let reading = read(Path::new(name), source.as_bytes(), &Settings::default());
            let Ok(reading) = reading else { continue };
            if let Reading::Parts(parts) = &reading {
                let names: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
                prop_assert_eq!(names.len(), parts.len());
                prop_assert!(!parts.is_empty() && !names.contains(""));
            }
            reading.into_articles().for_each(|article| assert_sound(&article));
        }
    }

    #[test]
    fn plain_text_loses_no_letter(text in "[a-zA-ZäöüÄß,.“” \n]{1,300}") {
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        if let Ok(article) = read_as("a.txt", &text) {
            prop_assert_eq!(letters(&article.text.plain), letters(&text));
        }
    }
}
