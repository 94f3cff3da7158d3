//! Mailboxes: which of their mails are articles, and how they are named.

use super::read_as;
use feedwright::read::{Part, ReadError, Reading, Settings, read};
use std::path::Path;

fn parts(name: &str, bytes: &[u8]) -> Vec<Part> {
    match read(Path::new(name), bytes, &Settings::default()).unwrap() {
        Reading::Parts(parts) => parts,
        Reading::Article(article) => panic!("one article: {article:?}"),
    }
}

const MAILBOX: &str = "From ada@a.example Thu Dec  5 16:15:00 2024\n\
    From: Ada Holm <ada@a.example>\nMessage-ID: <1/x@a.example>\nSubject: One\n\n\
    It was cold.\n>From here on, nobody.\n>>From there.\n\nFrom now on it is 2024 or 12:15.\n\n\
    From - Fri Dec  6 08:00:00 2024\nX-Mozilla-Status: 0009\nSubject: Deleted\n\nGone.\n\n\
    From - Fri Dec  6 08:00:00 2024\nX-Gmail-Labels: =?utf-8?Q?Wichtig,Entw=C3=BCrfe?=\n\
    Subject: Draft\n\nNot yet.\n\n\
    From - Fri Dec  6 08:00:00 2024\nX-Mozilla-Status: 0001\nSubject: Two\n\nIt was warm.\n\n\
    From - Fri Dec  6 09:00:00 2024\nSubject: Empty\n\n\n";

#[test]
fn every_mail_of_a_mailbox_is_an_article() {
    for source in [MAILBOX.to_owned(), MAILBOX.replace('\n', "\r\n")] {
        for name in ["a.mbox", "a.txt", "Inbox"] {
            let found = parts(name, source.as_bytes());
            assert_eq!(found.len(), 3, "{found:#?}");
            assert_eq!(found[0].name, "1_x@a.example");
            let first = found[0].article.as_ref().unwrap();
            assert_eq!(first.title.as_deref(), Some("One"));
            assert_eq!(
                first.text.plain.split("\n\n").collect::<Vec<_>>(),
                [
                    "It was cold.",
                    "From here on, nobody.",
                    "From there.",
                    "From now on it is 2024 or 12:15."
                ]
            );
            let second = &found[1];
            assert_eq!(second.name.len(), 32);
            assert_eq!(
                second.article.as_ref().unwrap().title.as_deref(),
                Some("Two")
            );
            assert_eq!(found[2].article, Err(ReadError::NoText));
        }
    }
    let twice = format!("{MAILBOX}\n{MAILBOX}");
    let found = parts("a.mbox", twice.as_bytes());
    assert_eq!(found[3].name, "1_x@a.example-2");
}

#[test]
fn a_mailbox_has_a_limit() {
    let one = "From - Fri Dec  6 08:00:00 2024\nSubject: S\n\nText.\n\n";
    let reason = read_as("a.mbox", one.repeat(10_001)).unwrap_err();
    assert_eq!(
        reason.to_string(),
        "the mailbox holds more than 10000 mails; split it, and put in the parts"
    );
}

#[test]
fn what_only_looks_like_a_mailbox_is_read_as_what_it_is() {
    let text = "From here on it is 12:15 in 2024.\nNobody: came.\n";
    let article = read_as("a.txt", text).unwrap();
    assert!(
        article.text.plain.starts_with("From here on"),
        "{article:?}"
    );
    let mail = "Message-ID: <1@a.example>\nFrom: Ada Holm <ada@a.example>\n\nIt was cold.\n";
    assert_eq!(read_as("a.mbox", mail).unwrap().byline, ["Ada Holm"]);
    let named = read_as("a.mbox", "It was cold.\n");
    assert_eq!(named, Err(ReadError::NoText));
}
