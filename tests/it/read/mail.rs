//! Mails and mailboxes.

use super::{blocks, read_as};
use feedwright::{
    article::{Article, Origin},
    read::{Part, ReadError, Reading, Settings, read},
    text::BlockKind,
};
use std::path::Path;

/// A mail with these fields and this body, its lines ended as mails have them.
fn mail(fields: &str, body: &str) -> Vec<u8> {
    let source = format!("Message-ID: <1@harbor.example>\n{fields}\n\n{body}");
    source.replace('\n', "\r\n").into_bytes()
}

fn article(bytes: impl AsRef<[u8]>) -> Article {
    read_as("a.eml", bytes).unwrap()
}

fn parts(name: &str, bytes: &[u8]) -> Vec<Part> {
    match read(Path::new(name), bytes, &Settings::default()).unwrap() {
        Reading::Parts(parts) => parts,
        Reading::Article(article) => panic!("one article: {article:?}"),
    }
}

fn reason(bytes: impl AsRef<[u8]>) -> ReadError {
    read_as("a.eml", bytes).unwrap_err()
}

/// A paragraph that is longer than a cover note.
fn long() -> String {
    let sentence = "The harbor council met on Tuesday to decide about the old swing bridge. ";
    sentence.repeat(12)
}

const FROM: &str = "From: Ada Holm <ada@harbor.example>\nSubject: The bridge stays";

#[test]
fn fields_tell_title_byline_date_site_and_language() {
    let fields = "From: \"Ada Holm via The Harbor Letter\" <ada@harbor.example>\n\
        Subject: =?utf-8?Q?Re:_[Harbor]_The_br=C3=BCcke_st?=\n =?utf-8?Q?ays?=\n\
        Date: Thu, 5 Dec 2024 16:15:00 -0500 (EST)\n\
        List-Id: The Harbor Letter <letter.harbor.example>\n\
        Content-Language: de-at\n\
        Archived-At: <https://harbor.example/letters/12>";
    let article = article(mail(fields, "It was cold."));
    assert_eq!(article.title.as_deref(), Some("The brücke stays"));
    assert_eq!(article.byline, ["Ada Holm"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2024-12-05T21:15:00Z"
    );
    assert_eq!(article.site.as_deref(), Some("The Harbor Letter"));
    assert_eq!(article.language.as_deref(), Some("de-AT"));
    assert_eq!(
        article.url.as_deref(),
        Some("https://harbor.example/letters/12")
    );
    assert_eq!(article.origin, Origin::Authored);
    assert_eq!(blocks(&article), ["It was cold."]);
}

#[test]
fn what_programs_put_before_subjects_is_no_headline() {
    let title = |subject: &str| {
        let fields = format!("From: ada@harbor.example\nSubject: {subject}");
        article(mail(&fields, "It was cold.")).title.unwrap()
    };
    for (subject, expected) in [
        ("Fwd: WG: AW: The bridge", "The bridge"),
        ("RE[2]: The bridge", "The bridge"),
        ("[EXTERNAL] TR: The bridge", "The bridge"),
        ("Bridge: a history", "Bridge: a history"),
        ("[Update] The bridge", "[Update] The bridge"),
        ("Vote: yes", "Vote: yes"),
        ("Fwd: Press release: The bridge", "The bridge"),
        ("Pressemitteilung:", "Pressemitteilung:"),
        // Cut inside a character, as old programs do.
        (
            "=?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZSB2b24gZGVyIEJyw7xja2U=?=",
            "Grüße von der Brücke",
        ),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?iso-2022-jp?B?GyRCNjYkTk9DGyhC?=", "橋の話"),
        ("=?nonsense?Q?a?= b", "a b"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b", "ab"),
    ] {
        assert_eq!(title(subject), expected, "{subject}");
    }
}

#[test]
fn only_somebodys_name_is_a_byline() {
    let byline = |sender: &str| {
        let fields = format!("From: {sender}\nSubject: The bridge");
        article(mail(&fields, "It was cold.")).byline.join("; ")
    };
    for (sender, expected) in [
        ("Ada Holm <ada@harbor.example>", "Ada Holm"),
        ("\"Holm, Ada\" <ada@harbor.example>", "Ada Holm"),
        ("'Ada Holm' via Press <list@harbor.example>", "Ada Holm"),
        (
            "Port of Lindhavn <press@harbor.example>",
            "Port of Lindhavn",
        ),
        ("Ida von Holm <ida@harbor.example>", "Ida von Holm"),
        ("ada@harbor.example (Ada Holm)", "Ada Holm"),
        (
            "=?iso-8859-1?Q?J=FCrgen_Lind?= <j@harbor.example>",
            "Jürgen Lind",
        ),
        ("Harbor Newsletter <ada@harbor.example>", ""),
        ("noreply@harbor.example", ""),
        ("No-Reply <ada@harbor.example>", ""),
        ("\"ada@harbor.example\" <ada@harbor.example>", ""),
    ] {
        assert_eq!(byline(sender), expected, "{sender}");
    }
}

#[test]
fn raw_letters_in_fields_and_bodies_are_read() {
    let mut bytes = b"Message-ID: <1@a.example>\nFrom: J\xfcrgen Lind <j@a.example>\n\
        Subject: Die Br\xfccke\n\nSch\xf6n war es, s\xfc\xdf und gr\xfcn."
        .to_vec();
    let found = article(&bytes);
    assert_eq!(found.title.as_deref(), Some("Die Brücke"));
    assert_eq!(found.byline, ["Jürgen Lind"]);
    assert_eq!(blocks(&found), ["Schön war es, süß und grün."]);
    // A charset that is stated without looking.
    bytes = mail(
        &format!("{FROM}\nContent-Type: text/plain; charset=iso-8859-1"),
        "Schön war es.",
    );
    assert_eq!(blocks(&article(bytes)), ["Schön war es."]);
    let stated = format!("{FROM}\nContent-Type: text/plain; charset=\"koi8-r\"");
    bytes = mail(&stated, "");
    bytes.extend(b"\xf7 \xd0\xcf\xd2\xd4\xd5.");
    assert_eq!(blocks(&article(bytes)), ["В порту."]);
}

fn alternative(plain: &str, html: &str) -> Vec<u8> {
    mail(
        &format!(
            "{FROM}\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"=_b\""
        ),
        &format!(
            "preamble\n--=_b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--=_b\n\
             Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
             {html}\n--=_b--\nepilogue\n"
        ),
    )
}

#[test]
fn html_is_preferred_unless_it_says_nothing() {
    let both = alternative(
        "It was cold.",
        "<p>It was <b>cold</b> in the caf=C3=A9.</p>",
    );
    assert_eq!(blocks(&article(both)), ["It was cold in the café."]);
    let pictures = alternative(
        "It was cold on the bridge, and nobody came.",
        "<img src=3D\"cid:1\"><p>Hi</p>",
    );
    assert_eq!(
        blocks(&article(pictures)),
        ["It was cold on the bridge, and nobody came."]
    );
}

#[test]
fn what_html_hides_is_not_read() {
    let source = "<html lang=3Dde><body>\
        <div style=3D\"display: none !important; max-height:0\">Preview <div>here</div> \
        &#847;&#8204;&nbsp;</div><!-- <p style=3D\"display:none\"> -->\
        <p>It was cold.</p><img src=3D\"https://t.example/o\" width=3D1 height=3D1>\
        <p>&#847; &#8204; &nbsp;</p></body></html>";
    let found = article(alternative("It was.", source));
    assert_eq!(blocks(&found), ["It was cold."]);
    assert_eq!(found.language.as_deref(), Some("de"));
}

#[test]
fn what_newsletters_put_around_the_text_is_not_read() {
    let body = "View this email in your browser\n\nDear readers,\n\n\
        The council said that everybody may unsubscribe from its letters.\n\n\
        It was cold.\n\n\
        Facebook | Twitter\n\n\
        You are receiving this email because you signed up.\n\n\
        Our mailing address is:\n\nHarbor Letter\n\n1 Pier Road\n\nLindhavn\n\n\
        Unsubscribe <https://l.example/u> | Manage preferences";
    assert_eq!(
        blocks(&article(mail(FROM, body))),
        [
            "The council said that everybody may unsubscribe from its letters.",
            "It was cold."
        ]
    );
    let german = "Wird diese E-Mail nicht richtig dargestellt? Hier klicken.\n\n\
        Sehr geehrte Damen und Herren,\n\nEs war kalt am Hafen.\n\n\
        Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.\n\nImpressum | Abmelden";
    assert_eq!(
        blocks(&article(mail(FROM, german))),
        ["Es war kalt am Hafen."]
    );
    let notice = "Unsubscribe";
    assert_eq!(blocks(&article(mail(FROM, notice))), ["Unsubscribe"]);
}

#[test]
fn plain_text_is_unwrapped_and_unsigned() {
    let flowed = format!("{FROM}\nContent-Type: text/plain; format=flowed");
    let body = "The council of the harbor \ntown met on Tuesday.\n\n > not quoted\n\n\
        > It was \n> cold, she said.\n\n-- \nAda Holm\nHarbor Letter\n";
    let found = article(mail(&flowed, body));
    assert_eq!(
        blocks(&found),
        [
            "The council of the harbor town met on Tuesday.",
            "> not quoted",
            "It was cold, she said."
        ]
    );
    assert_eq!(found.text.blocks[2].kind, BlockKind::Quote);
    let joined = format!("{FROM}\nContent-Type: text/plain; format=flowed; delsp=yes");
    assert_eq!(
        blocks(&article(mail(&joined, "Har \nbor town.\n"))),
        ["Harbor town."]
    );
    let listed =
        "It says:\n\n* first <https://a.example/1>\n* second\nhttps://a.example/2\n------\n";
    assert_eq!(
        blocks(&article(mail(FROM, listed))),
        ["It says:", "first", "second"]
    );
}

#[test]
fn the_mail_that_was_passed_on_is_the_article() {
    #[track_caller]
    fn check(fields: &str, body: &str) {
        let found = article(mail(fields, body));
        assert_eq!(
            blocks(&found),
            ["It was cold in the harbor.", "Nobody came."],
            "{body}"
        );
        assert_eq!(found.title.as_deref(), Some("The bridge stays"));
        assert_eq!(found.byline, ["Ada Holm"]);
        assert_eq!(
            found
                .published
                .map(|date| date.to_string()[..10].to_owned())
                .as_deref(),
            Some("2024-12-05")
        );
    }
    let fields = "From: Per Lind <per@a.example>\nSubject: Fwd: The bridge stays\n\
        Date: Fri, 6 Dec 2024 08:00:00 +0000";
    let text = "It was cold in the harbor.\n\nNobody came.";
    check(
        fields,
        &format!(
            "FYI\n\n---------- Forwarded message ---------\nFrom: Ada Holm <ada@a.example>\n\
             Date: Thu, Dec 5, 2024 at 4:15 PM\nSubject: The bridge stays\n\
             To: Per Lind <per@a.example>\n\n\n{text}\n"
        ),
    );
    check(
        fields,
        "Begin forwarded message:\n\n> From: Ada Holm <ada@a.example>\n\
         > Subject: The bridge stays\n> Date: December 5, 2024 at 16:15:00 GMT\n\
         > To: Per Lind <per@a.example>\n> \n> It was cold in the harbor.\n> \n> Nobody came.\n",
    );
    check(
        "From: Per Lind <per@a.example>\nSubject: WG: The bridge stays",
        &format!(
            "-------- Weitergeleitete Nachricht --------\nBetreff: \tThe bridge stays\n\
             Datum: \tThu, 5 Dec 2024 16:15:00 +0100\nVon: \tAda Holm <ada@a.example>\n\
             An: \tPer Lind <per@a.example>\n\n{text}\n"
        ),
    );
    check(
        "From: Per Lind <per@a.example>\nSubject: WG: The bridge stays",
        &format!(
            "Zur Info.\n\nVon: Ada Holm <ada@a.example>\n\
             Gesendet: Donnerstag, 5. Dezember 2024 16:15\nAn: Per Lind\n\
             Betreff: The bridge stays\n\n{text}\n"
        ),
    );
    // Two hands, the fields in one line as HTML may have them.
    check(
        "From: Mo Tal <mo@a.example>\nSubject: Fwd: Fwd: The bridge stays",
        &format!(
            "---------- Forwarded message ---------\nFrom: Per Lind\nSubject: Fwd: The bridge\n\n\
             ---------- Forwarded message --------- From: Ada Holm <ada@a.example> \
             Date: Thu, 5 Dec 2024 Subject: The bridge stays To: Per Lind\n\n{text}\n"
        ),
    );
}

#[test]
fn an_answer_is_above_what_it_answers() {
    let fields = "From: Per Lind <per@a.example>\nSubject: RE: The bridge stays";
    let body = "It was warm.\n\nFrom: Ada Holm\nSent: Thursday, December 5, 2024 4:15 PM\n\
        To: Per Lind\nSubject: The bridge stays\n\nIt was cold in the harbor.";
    let found = article(mail(fields, body));
    assert_eq!(blocks(&found), ["It was warm."]);
    assert_eq!(found.byline, ["Per Lind"]);
}

fn mixed(body: &str, attached: &str) -> Vec<u8> {
    mail(
        &format!(
            "{FROM}\nDate: Thu, 5 Dec 2024 16:15:00 +0000\nContent-Type: multipart/mixed; boundary=b"
        ),
        &format!("--b\n\n{body}\n{attached}--b--\n"),
    )
}

fn document(name: &str, text: &str) -> String {
    format!(
        "--b\nContent-Type: application/octet-stream\n\
         Content-Disposition: attachment; {name}\n\n{text}\n"
    )
}

#[test]
fn the_document_of_a_cover_note_is_the_article() {
    let one = document(
        "filename*=utf-8''Br%C3%BCcke.md",
        &format!("Cold. {}", long()),
    );
    let found = article(mixed("Dear editors, please find it attached.", &one));
    assert!(found.text.plain.starts_with("Cold."), "{found:?}");
    assert_eq!(found.title.as_deref(), Some("The bridge stays"));
    assert_eq!(found.byline, ["Ada Holm"]);
    assert!(found.published.is_some());
    // What the document states itself counts more.
    let stated = document("filename=a.md", &format!("# Bridge\n\n{}", long()));
    assert_eq!(
        article(mixed("See below.", &stated)).title.as_deref(),
        Some("Bridge")
    );
    let headed = document(
        "filename=a.txt",
        &format!("The bridge closes\n\n{}", long()),
    );
    assert_eq!(article(mixed("See below.", &headed)).title, None);
    // A longer mail is an article itself.
    let found = article(mixed(&long().repeat(2), &one));
    assert!(found.text.plain.starts_with("The harbor"));
    assert_eq!(
        found.notes,
        [
            "the attached file 'Brücke.md' is not read, since the mail is an article itself; \
          save the file into the folder to have it read, too"
        ]
    );
    // So is one that says more than what comes with it, and pictures are none.
    let short = document("filename=a.md", "See above.");
    let picture = document("filename=a.jpg", &long());
    let found = article(mixed("It was cold in the harbor.", &(short + &picture)));
    assert_eq!(blocks(&found), ["It was cold in the harbor."]);
    let broken = document("filename=a.txt", "%PDF-1.7");
    let found = article(mixed("It was cold.", &broken));
    assert_eq!(found.notes.len(), 1, "{:?}", found.notes);
}

#[test]
fn several_documents_are_several_articles() {
    let three = document("filename=a.txt", &format!("One. {}", long()))
        + &document("filename=a.md", &format!("One. {}", long()))
        + &document("filename=\"b/c.md\"", &format!("Two. {}", long()));
    let found = parts("a.eml", &mixed("Two of them.", &three));
    let names: Vec<&str> = found.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["a.md", "c.md"]);
    let second = found[1].article.as_ref().unwrap();
    assert_eq!(
        (second.title.as_ref(), &second.byline[..]),
        (None, &["Ada Holm".to_owned()][..])
    );
}

#[test]
fn a_mail_inside_a_mail_is_the_article() {
    let inner = format!(
        "--b\nContent-Type: message/rfc822\n\nFrom: Ida Voss <ida@a.example>\n\
         Subject: Ferries\nContent-Type: multipart/alternative; boundary=c\n\n\
         --c\n\n{}\n--c--\n",
        long()
    );
    let found = article(mixed("FYI", &inner));
    assert_eq!(found.title.as_deref(), Some("Ferries"));
    assert_eq!(found.byline, ["Ida Voss"]);
}

#[test]
fn signed_mail_is_read_and_sealed_mail_refused() {
    let signed = mail(
        &format!(
            "{FROM}\nContent-Type: multipart/signed; boundary=s; protocol=\"application/pgp-signature\""
        ),
        "--s\nContent-Type: text/plain\n\nIt was cold.\n--s\nContent-Type: application/pgp-signature\n\nxxx\n--s--\n",
    );
    assert_eq!(blocks(&article(signed)), ["It was cold."]);
    let clear = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIt was cold.\n- -- dashed\n\
        -----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n";
    assert_eq!(blocks(&article(mail(FROM, clear)))[0], "It was cold.");
    for kind in [
        "multipart/encrypted; boundary=e",
        "application/pkcs7-mime; smime-type=enveloped-data",
    ] {
        let sealed = mail(
            &format!("{FROM}\nContent-Type: {kind}"),
            "--e\n\nx\n--e--\n",
        );
        assert_eq!(
            reason(sealed),
            ReadError::Encrypted { what: "the mail" },
            "{kind}"
        );
    }
    let inline = "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n";
    assert_eq!(
        reason(mail(FROM, inline)),
        ReadError::Encrypted { what: "the mail" }
    );
}

#[test]
fn a_number_above_a_mail_cuts_nothing_off() {
    let text = "+0100\n\nIt was cold on the quay, and nobody came to see the pier.\n";
    for number in ["+0100", "12", "99999"] {
        let lines = text.replace("+0100", number);
        let one = article(&lines);
        let read = blocks(&one);
        assert!(
            read.last().unwrap().ends_with("to see the pier."),
            "{read:?}"
        );
        let other = article(lines.replace('\n', "\r\n"));
        assert_eq!(blocks(&other), read);
    }
}

#[test]
fn a_mail_is_recognized_whatever_its_name() {
    let bytes = mail(FROM, "It was cold.");
    assert_eq!(
        read_as("a.txt", &bytes).unwrap().title.as_deref(),
        Some("The bridge stays")
    );
    let notes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple\">\n\
                 <plist version=\"1.0\"><dict></dict></plist>\n";
    let apple = [
        format!("{}\n", bytes.len()).as_bytes(),
        &bytes,
        notes.as_bytes(),
    ]
    .concat();
    let unix = String::from_utf8(apple.clone()).unwrap().replace('\r', "");
    for apple in [apple, unix.into_bytes()] {
        assert_eq!(blocks(&read_as("1.emlx", apple).unwrap()), ["It was cold."]);
    }
    // Somebody may write such lines.
    let text = "From: the desk\nSubject: cold\n\nIt was cold.";
    assert!(
        read_as("a.txt", text)
            .unwrap()
            .text
            .plain
            .contains("the desk")
    );
}

#[test]
fn an_embargo_is_kept() {
    let until = |line: &str| {
        let found = article(mail(
            FROM,
            &format!("Press release\n\n{line}\n\nIt was cold."),
        ));
        (
            found.embargo.map(|until| until.to_string()),
            found.draft,
            found.text.plain,
        )
    };
    let without = "Press release\n\nIt was cold.".to_owned();
    for (line, expected) in [
        (
            "Embargoed until 5 December 2024, 00:01 GMT",
            "2024-12-05T00:01:00Z",
        ),
        (
            "*** EMBARGO: 2024-12-05 10:00 +0100 ***",
            "2024-12-05T09:00:00Z",
        ),
        (
            "STRICTLY EMBARGOED UNTIL Thursday, December 5, 2024 at 6:00 a.m. ET",
            "2024-12-05T11:00:00Z",
        ),
        ("Sperrfrist: 05.12.2024, 10:00 Uhr", "2024-12-05T10:00:00Z"),
        (
            "Sperrfrist bis zum 5. Dezember 2024",
            "2024-12-05T00:00:00Z",
        ),
    ] {
        assert_eq!(
            until(line),
            (Some(expected.to_owned()), false, without.clone()),
            "{line}"
        );
    }
    let (end, draft, _) = until("Embargoed until Friday the 13th, noon");
    assert_eq!((end, draft), (None, true));
    for line in [
        "Embargo lifted",
        "Sperrfrist: keine",
        "Embargoes on 2 ports were lifted in 2024.",
    ] {
        let (end, draft, text) = until(line);
        assert_eq!((end, draft), (None, false), "{line}");
        assert!(text.contains(line));
    }
    let fields = "From: Ada Holm <ada@a.example>\nSubject: Sperrfrist 5. Dezember 2024, 10:00 Uhr: Die Brücke";
    let found = article(mail(fields, "It was cold."));
    assert_eq!(found.embargo.unwrap().to_string(), "2024-12-05T10:00:00Z");
    assert_eq!(found.title.as_deref(), Some("Die Brücke"));
    // Where no zone is told, it is the sender's.
    let sent = |offset: &str, line: &str| {
        let fields = format!("{FROM}\nDate: Wed, 4 Dec 2024 08:00:00 {offset}");
        let found = article(mail(&fields, &format!("{line}\n\nIt was cold.")));
        found.embargo.unwrap().to_string()
    };
    assert_eq!(
        sent("-0500 (EST)", "Embargo: December 5, 2024, 6 a.m."),
        "2024-12-05T11:00:00Z"
    );
    assert_eq!(
        sent("-0500", "Embargo: December 5, 2024"),
        "2024-12-05T05:00:00Z"
    );
    assert_eq!(
        sent("-0500", "Embargo: 2024-12-05 10:00 +0100"),
        "2024-12-05T09:00:00Z"
    );
    // The document of a cover note is under its note's embargo.
    let note = "Sperrfrist: 05.12.2024\n\nAnbei unser Text.";
    let found = article(mixed(note, &document("filename=a.md", &long())));
    assert!(found.text.plain.starts_with("The harbor") && found.embargo.is_some());
}

#[test]
fn broken_mails_cost_only_themselves() {
    // Base64 that ends too soon.
    let cut = mail(
        &format!("{FROM}\nContent-Transfer-Encoding: base64"),
        "SXQgd2FzIGNvbGQuIE5vYm9keSBj",
    );
    assert_eq!(blocks(&article(cut)), ["It was cold. Nobody c"]);
    // A boundary that is not the announced one, and none at all.
    let kind = format!("{FROM}\nContent-Type: multipart/mixed; boundary=wrong");
    let wrong = mail(
        &kind,
        "--right\nContent-Type: text/plain\n\nIt was cold.\n--right--\n",
    );
    assert_eq!(blocks(&article(wrong)), ["It was cold."]);
    assert_eq!(reason(mail(&kind, "It was cold.\n")), ReadError::NoText);
    // An inner one that is never closed.
    let open = mail(
        &format!("{FROM}\nContent-Type: multipart/mixed; boundary=b"),
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nOne.\n--b\n\nTwo.\n",
    );
    assert_eq!(blocks(&article(open)), ["One.", "Two."]);
    // No empty line, so no body.
    assert_eq!(reason(mail(FROM, "").trim_ascii_end()), ReadError::NoText);
}

#[test]
fn hostile_mails_cost_bounded_time() {
    let nested = |at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
    let deep: String = (0..10_000).map(nested).collect();
    assert_eq!(
        reason(format!("{FROM}\nMIME-Version: 1.0\n{deep}")).to_string(),
        "the mail has mails in mails in mails; save what is meant as a file of its own"
    );
    let letters = "Content-Type: message/rfc822\n\n".repeat(10_000);
    assert!(matches!(
        reason(format!("{FROM}\nMIME-Version: 1.0\n{letters}")),
        ReadError::TooMuch { .. }
    ));
    let many = mail(
        &format!("{FROM}\nContent-Type: multipart/mixed; boundary=b"),
        &"--b\n\nx\n".repeat(10_000),
    );
    assert!(matches!(reason(many), ReadError::TooMuch { .. }));
    let fields = "X-A: b\n".repeat(100_000);
    let found = article(format!("{FROM}\nMIME-Version: 1.0\n{fields}\nIt was cold."));
    assert_eq!(blocks(&found), ["It was cold."]);
    // Encoded words, tags, comments and quotes without an end.
    let words = format!(
        "From: a@b.example\nSubject: {}",
        "=?aa?q?x ".repeat(100_000)
    );
    article(mail(&words, "It was cold."));
    for open in ["<a\"", "<div style='display:none'>", "<!--", "<b "] {
        let html = format!("{FROM}\nContent-Type: text/html");
        article(mail(
            &html,
            &format!("<p>It was cold.</p>{}", open.repeat(50_000)),
        ));
    }
}
