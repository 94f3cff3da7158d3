//! Charsets: what bytes are, whatever is said of them.

use super::{blocks, read_as};
use encoding_rs::Encoding;
use proptest::prelude::*;

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &str) {
    let article = read_as("a.txt", bytes).unwrap();
    assert_eq!(blocks(&article), [expected]);
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed, "{label} has no character for {text}");
    bytes.into_owned()
}

/// The text of a page in this charset whose head is `head`.
fn page(label: &str, head: &str, text: &str) -> String {
    let html = format!("{head}<p>{text}</p>");
    let article = read_as("a.html", encoded(label, &html)).unwrap();
    article.text.plain
}

const RUSSIAN: &str = "Сегодня с утра шёл дождь, и мы остались дома.";

#[test]
fn every_charset_of_the_project_is_recognized_without_a_declaration() {
    for (label, text) in [
        ("windows-1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        (
            "gb18030",
            "今天早上下雨了，所以我们带着雨伞出门，路上的人很少。",
        ),
        (
            "big5",
            "今天早上下雨了，所以我們帶著雨傘出門，路上的人很少。",
        ),
        (
            "shift_jis",
            "今日は朝から雨が降っていました。傘を持って出かけます。",
        ),
        (
            "euc-jp",
            "今日は朝から雨が降っていました。傘を持って出かけます。",
        ),
        ("iso-2022-jp", "今日は朝から雨が降っていました。"),
        (
            "euc-kr",
            "오늘은 아침부터 비가 내렸습니다. 우산을 들고 나갑니다.",
        ),
        (
            "windows-1253",
            "Σήμερα το πρωί έβρεχε και μείναμε όλοι στο σπίτι.",
        ),
        (
            "windows-1250",
            "Dziś rano padał deszcz, więc zostaliśmy w domu i piliśmy żółtą herbatę.",
        ),
    ] {
        check(encoded(label, text), text);
    }
}

#[test]
fn utf16_is_recognized_without_a_mark() {
    let plain = "Nothing but Latin letters, and one dash \u{2013} here.";
    for text in [plain, RUSSIAN] {
        check(
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
            text,
        );
        check(
            text.encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<_>>(),
            text,
        );
    }
}

#[test]
fn a_declared_charset_counts() {
    // Five letters are too few to tell windows-1251 from others.
    for head in [
        "<meta charset=\"windows-1251\">",
        "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1251'>",
        "<meta charset = windows-1251 />",
    ] {
        let head = format!("<html><head><title>x</title>{head}</head>");
        assert_eq!(page("windows-1251", &head, "Ёлка 7"), "Ёлка 7", "{head}");
    }
    let head = "<?xml version='1.0' encoding='iso-8859-2'?><html>";
    assert_eq!(page("iso-8859-2", head, "šaty a žába"), "šaty a žába");
    // Latin-1 is windows-1252 wherever it is declared.
    let head = "<html><meta charset=iso-8859-1>";
    assert_eq!(page("windows-1252", head, "“Café” – 5 €"), "“Café” – 5 €");
}

#[test]
fn a_declaration_that_the_bytes_contradict_does_not_count() {
    let text = "Zoë said it was “cold” in the café";
    let head = |label: &str| format!("<html><meta charset='{label}'>");
    for wrong in ["iso-8859-1", "shift_jis", "utf-16", "nonsense"] {
        assert_eq!(page("utf-8", &head(wrong), text), text, "{wrong}");
    }
    assert_eq!(page("windows-1252", &head("utf-8"), text), text);
    assert_eq!(page("koi8-r", &head("iso-8859-1"), RUSSIAN), RUSSIAN);
    let korean = "오늘은 아침부터 비가 내렸습니다.";
    assert_eq!(page("euc-kr", &head("shift_jis"), korean), korean);
    // A text that speaks of charsets declares none.
    let told = "Write <meta charset=koi8-r> into the café’s page";
    check(encoded("windows-1252", told), told);
}

#[test]
fn the_language_of_a_page_helps_to_tell_its_charset() {
    let text = "Şişli";
    assert_eq!(page("windows-1254", "<html lang='tr-TR'>", text), text);
}

/// `text` as somebody writes it down who takes its UTF-8 for windows-1252.
fn misread(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.into_owned()
        })
        .collect()
}

#[test]
fn misread_text_is_repaired() {
    for text in [
        "“We can’t wait,” said Zoë – the café was full.",
        "It can’t be.",
        "Fünf Äpfel kosten 2 €, größere mehr.",
        "Não há pão, só café à mão.",
        RUSSIAN,
        "今日は朝から雨が降っていました。",
        "It was 🌧 all day",
    ] {
        let once = misread(text);
        assert_ne!(once, text);
        check(&once, text);
        check(misread(&once), text);
    }
    check(
        "Cafe\u{301}s and clicheA\u{303}©s"
            .replace("e\u{301}", "A\u{303}©")
            .as_str(),
        "Cafés and clicheés",
    );
    check(misread("Zoe\u{308} met Jose\u{301}"), "Zoë met José");
    // What Latin-1 makes of it.
    check("\u{e2}\u{80}\u{9c}Yes\u{e2}\u{80}\u{9d}", "“Yes”");
    // The byte of the closing mark has no character, and spaces were folded.
    check(
        "â€œYes,â€ she said. â€œI canâ€™t.â€",
        "“Yes,” she said. “I can’t.”",
    );
    check(
        "CafÃ© Ã la carte: 5Â km, voilÃ©e",
        "Café à la carte: 5 km, voilée",
    );
}

#[test]
fn text_that_is_right_is_not_repaired() {
    for text in [
        "A SITUAÇÃO DA IRMÃ”, disse “NÃO” a avó: É A MÃE, NÃO A IRMÃ",
        "On many pages \"â€œ\" stands where a quotation mark was.",
        "Old pages show “â€™” and “Ã©” for what was an apostrophe, a naïve reader’s puzzle.",
        "déjà\u{a0}», dit-elle à “Zoë” – voilà",
        "Ô Canada, “là” été",
        "groß€ Preise: Äpfel für 2 €",
        "Nhà Ă Âu, Ê Đê và Ơ",
    ] {
        let folded = text.replace('\u{a0}', " ");
        check(text, &folded);
    }
    // One slip does not speak against a text that is right all over.
    let text =
        "Zoë, Jürgen, Renée and Søren met at the café. It can’t last, they said; itâ€™s over.";
    check(text, text);
}

#[test]
fn letters_and_their_accents_are_one() {
    check(
        "Zoe\u{308} and Jose\u{301} met in Malmo\u{308}",
        "Zoë and José met in Malmö",
    );
    check("и\u{306}ога", "йога");
    check("か\u{3099}っこう", "がっこう");
    check("\u{1112}\u{1161}\u{11ab}글", "한글");
    // Where there is no such letter the accent stays, and so do characters that
    // have an equal.
    check("x\u{301}y", "x\u{301}y");
    check(
        "5 \u{212b} of \u{fa19}, Zoe\u{308}",
        "5 \u{212b} of \u{fa19}, Zoë",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_as("a.txt", &bytes);
        let _ = read_as("a.html", [b"<meta charset=shift_jis>".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_text_that_was_misread_comes_back(words in "[a-zéèüßñ]{2,8}( [a-zà-öø-ÿ]{2,8}){2,6}") {
        prop_assume!(!words.is_ascii());
        // A line, since short lines of letters could be a menu.
        let text = format!("It was {words}, they said.");
        let article = read_as("a.txt", misread(&text)).unwrap();
        prop_assert_eq!(article.text.plain, text);
    }
}
