//! Which instants written dates mean, and which texts mean none.

use feedwright::dates::{
    self, DateError, Label,
    Label::{AsOf, Modified, Published},
};
use proptest::prelude::*;

/// A text that is a date, with the language it is in when that matters, and the
/// instant.
#[track_caller]
fn check_all(table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (language, text, instant) in table {
        let date = dates::parse_in(text, language).map(|date| date.to_string());
        let instant = (!instant.is_empty()).then_some(*instant);
        if date.as_deref() != instant {
            wrong.push(format!("{language} '{text}': {date:?}, not {instant:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DAY: &str = "2024-12-05T00:00:00Z";
const QUARTER_PAST_FOUR: &str = "2024-12-05T16:15:00Z";

#[test]
fn dates_of_machines_are_read() {
    check_all(&[
        ("", "2024-12-05", DAY),
        ("", "2024-12-05T16:15:00Z", QUARTER_PAST_FOUR),
        ("", "2024-12-05T16:15:00.5+01:00", "2024-12-05T15:15:00.5Z"),
        ("", "2024-12-05T16:15:00-0500", "2024-12-05T21:15:00Z"),
        ("", "2024-12-05 16:15", QUARTER_PAST_FOUR),
        ("", "2024-12-05 16:15:00 +0100", "2024-12-05T15:15:00Z"),
        ("", "2024-12-05 16:15 UTC", QUARTER_PAST_FOUR),
        (
            "",
            "2024-12-05T16:15+01:00[Europe/Berlin]",
            "2024-12-05T15:15:00Z",
        ),
        ("", "20241205", DAY),
        ("", "20241205T161500Z", QUARTER_PAST_FOUR),
        ("", "20241205T161500+0100", "2024-12-05T15:15:00Z"),
        ("", "20241205T1615Z", QUARTER_PAST_FOUR),
        ("", "2024-W49-4", DAY),
        (
            "",
            "Thu, 05 Dec 2024 16:15:00 +0100",
            "2024-12-05T15:15:00Z",
        ),
        (
            "",
            "Thu, 05 Dec 2024 16:15:00 +0100 (CET)",
            "2024-12-05T15:15:00Z",
        ),
        ("", "Thu, 5 Dec 2024 16:15:00 GMT", QUARTER_PAST_FOUR),
        ("", "Thu, 05 Dec 24 16:15:00 GMT", QUARTER_PAST_FOUR),
        ("", "Thu Dec  5 16:15:00 2024", QUARTER_PAST_FOUR),
        ("", "Thu Dec 05 16:15:00 +0000 2024", QUARTER_PAST_FOUR),
        (
            "",
            "Thu Dec 05 2024 16:15:00 GMT+0100",
            "2024-12-05T15:15:00Z",
        ),
        ("", "05-Dec-2024", DAY),
        ("", "1000-01-01", "1000-01-01T00:00:00Z"),
    ]);
}

#[test]
fn english_dates_are_read() {
    check_all(&[
        ("", "December 5, 2024", DAY),
        ("", "DECEMBER 5, 2024", DAY),
        ("", "Dec. 5, 2024", DAY),
        ("", "Dec 5th, 2024", DAY),
        ("", "5 December 2024", DAY),
        ("", "the 5th of December 2024", DAY),
        ("", "December the 5th, 2024", DAY),
        ("", "Thursday, December 5, 2024", DAY),
        ("", "Thu, 05 Dec 2024", DAY),
        ("", "Published: December 5, 2024", DAY),
        (
            "",
            "First published on Thu 5 Dec 2024 16.15 GMT",
            QUARTER_PAST_FOUR,
        ),
        ("", "Thursday 5 December 2024 at 16:15", QUARTER_PAST_FOUR),
        ("", "Dec. 5, 2024, 4:15 p.m. ET", "2024-12-05T21:15:00Z"),
        ("", "July 5, 2024 4:15pm ET", "2024-07-05T20:15:00Z"),
        (
            "",
            "July 5, 2024 4:15 PM Eastern Time",
            "2024-07-05T20:15:00Z",
        ),
        ("", "July 5, 2024 4.15pm BST", "2024-07-05T15:15:00Z"),
        ("", "July 5, 2024 16:15 (UTC+2)", "2024-07-05T14:15:00Z"),
        ("", "December 5, 2024 at 4 p.m. EST", "2024-12-05T21:00:00Z"),
        ("", "December 5, 2024 12:05 AM", "2024-12-05T00:05:00Z"),
        (
            "",
            "0415 GMT (1215 HKT) December 5, 2024",
            "2024-12-05T04:15:00Z",
        ),
        (
            "",
            "December, 5 2024, 1:15 pm PT (4:15 pm ET)",
            "2024-12-05T21:15:00Z",
        ),
        ("", "December 5, 2024 at noon", "2024-12-05T12:00:00Z"),
        ("", "4:15 p.m. - Dec 5, 2024", QUARTER_PAST_FOUR),
        ("", "5 Dec 2024 8 am", "2024-12-05T08:00:00Z"),
        // The day is certain where the zone is not.
        ("", "December 5, 2024 4:15 IST", DAY),
    ]);
}

#[test]
fn dates_of_other_languages_are_read() {
    check_all(&[
        ("", "5. Dezember 2024", DAY),
        ("", "am 5. Dezember 2024", DAY),
        ("", "Donnerstag, den 5. Dezember 2024", DAY),
        ("", "Do., 5. Dez. 2024", DAY),
        (
            "",
            "Donnerstag, 5. Dezember 2024, 16:15 Uhr",
            QUARTER_PAST_FOUR,
        ),
        ("", "5. Dezember 2024 um 16.15 Uhr", QUARTER_PAST_FOUR),
        ("", "05.12.2024, 16:15 Uhr MEZ", "2024-12-05T15:15:00Z"),
        ("", "Veröffentlicht am 05.12.2024", DAY),
        ("", "5. Jänner 2024", "2024-01-05T00:00:00Z"),
        ("", "5 maerz 2024", "2024-03-05T00:00:00Z"),
        ("", "le 5 décembre 2024", DAY),
        ("", "jeudi 5 décembre 2024 à 16h15", QUARTER_PAST_FOUR),
        ("", "Publié le 5 déc. 2024 à 16 h 15", QUARTER_PAST_FOUR),
        ("", "1er août 2024", "2024-08-01T00:00:00Z"),
        ("", "mar. 5 mars 2024", "2024-03-05T00:00:00Z"),
        ("", "5 FEVRIER 2024", "2024-02-05T00:00:00Z"),
        ("", "5 de diciembre de 2024", DAY),
        ("", "jueves, 5 de diciembre del 2024", DAY),
        (
            "",
            "Publicado el 5 dic. 2024 a las 4:15 p. m.",
            QUARTER_PAST_FOUR,
        ),
        ("", "mar 5 nov 2024", "2024-11-05T00:00:00Z"),
        ("", "5 dicembre 2024", DAY),
        (
            "",
            "giovedì 5 dicembre 2024, alle ore 16.15",
            QUARTER_PAST_FOUR,
        ),
        ("", "1º maggio 2024", "2024-05-01T00:00:00Z"),
        ("", "5 de dezembro de 2024 às 16h15", QUARTER_PAST_FOUR),
        ("", "Quinta-feira, 5 de Dezembro de 2024", DAY),
        ("", "5 december 2024 om 16.15 uur", QUARTER_PAST_FOUR),
        ("", "donderdag 5 dec. 2024", DAY),
        ("", "5 декабря 2024 г.", DAY),
        (
            "",
            "5 декабря 2024 года, 16:15 (МСК)",
            "2024-12-05T13:15:00Z",
        ),
        ("", "четверг, 5 дек 2024 в 16:15", QUARTER_PAST_FOUR),
        ("", "5 грудня 2024 року", DAY),
        ("", "5 grudnia 2024 r., godz. 16.15", QUARTER_PAST_FOUR),
        ("", "5 listopada 2024", "2024-11-05T00:00:00Z"),
        ("hr", "5. listopada 2024.", "2024-10-05T00:00:00Z"),
        ("", "čtvrtek 5. prosince 2024 v 16:15", QUARTER_PAST_FOUR),
        ("", "den 5 december 2024 kl. 16.15", QUARTER_PAST_FOUR),
        ("", "torsdag d. 5. december 2024", DAY),
        ("", "5. desember 2024", DAY),
        ("", "5. joulukuuta 2024 klo 16.15", QUARTER_PAST_FOUR),
        ("", "5 Aralık 2024 Perşembe", DAY),
        ("", "2024. december 5., csütörtök", DAY),
        ("", "5 decembrie 2024", DAY),
        ("", "5 de desembre de 2024", DAY),
        ("", "1 d'abril de 2024", "2024-04-01T00:00:00Z"),
        ("", "5 Δεκεμβρίου 2024", DAY),
        ("", "5 Desember 2024", DAY),
        ("", "ngày 5 tháng 12 năm 2024", DAY),
        ("", "2024年12月5日", DAY),
        ("", "2024年12月5日（木）16時15分", QUARTER_PAST_FOUR),
        ("", "2024年12月5日 午後4:15", QUARTER_PAST_FOUR),
        (
            "",
            "2024 年 12 月 5 日 星期四 下午4时15分",
            QUARTER_PAST_FOUR,
        ),
        (
            "",
            "2024년 12월 5일 목요일 오후 4시 15분",
            QUARTER_PAST_FOUR,
        ),
        ("", "입력 2024. 12. 05. 오후 4:15", QUARTER_PAST_FOUR),
    ]);
}

#[test]
fn digits_are_read_in_the_order_of_their_language() {
    check_all(&[
        ("", "05.12.2024", DAY),
        ("", "5. 12. 2024", DAY),
        ("", "2024/12/05", DAY),
        ("", "2024.12.05", DAY),
        ("", "25/12/2024", "2024-12-25T00:00:00Z"),
        ("", "12/25/2024", "2024-12-25T00:00:00Z"),
        ("", "05/05/2024", "2024-05-05T00:00:00Z"),
        ("", "05/12/2024", ""),
        ("en", "05/12/2024", ""),
        ("en-CA", "05/12/2024", ""),
        ("ja", "05/12/2024", ""),
        ("en-US", "12/05/2024", DAY),
        ("en_us", "12-05-2024", DAY),
        ("en-GB", "05/12/2024", DAY),
        ("fr", "05/12/2024 à 16h15", QUARTER_PAST_FOUR),
        ("nl", "05-12-2024", DAY),
        ("pt-BR", "05/12/2024", DAY),
        ("en-US", "25/12/2024", "2024-12-25T00:00:00Z"),
        // A weekday or an American zone settles it as well.
        ("", "Thursday, 12/05/2024", DAY),
        ("", "Thursday 05/12/2024", DAY),
        ("", "12/05/2024 4:15 PM ET", "2024-12-05T21:15:00Z"),
    ]);
}

#[test]
fn dates_are_never_invented() {
    for text in [
        "",
        "December 5",
        "5 December",
        "le 5 décembre",
        "2024",
        "2024-12",
        "December 2024",
        "12/2024",
        "05.12.24",
        "12-05",
        "Friday, December 5, 2024",
        "vendredi 5 décembre 2024",
        "Fri, 05 Dec 2024 16:15:00 GMT",
        "February 30, 2024",
        "2024-02-30",
        "31.11.2024",
        "2024年13月5日",
        "foo",
        "now",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "Dec 5 2024 +1:00",
        "Dec 5 2024 pm",
        "December 5, 2024 foo",
        "December 5, 2024 25:00",
        "December 5, 2024 13:00 pm",
        "Dec Dec 5 2024",
        "5 6 2024",
        "2024 December",
        "1733414400",
        "202412051",
        "5",
        "December 99999, 2024",
        "December 5, 02024",
        "Dec 5, 2024 - Dec 6, 2024",
        "/2024/12/05/",
        "1.5.12.2024",
        "5.12.2024.1",
        // Neither is the day on which it was published.
        "Updated Dec. 5, 2024, 4:15 p.m. ET",
        "Mis à jour le 5 décembre 2024",
        "Photo taken December 5, 2024",
    ] {
        assert_eq!(dates::parse(text), None, "{text}");
    }
}

#[test]
fn what_is_wrong_with_a_date_is_told() {
    let check = |text: &str, told: &str| {
        let error = dates::check(text, "").unwrap_err();
        assert_eq!(error.to_string(), told, "{text}");
    };
    check("December 5", "it has no year");
    check("le 5 décembre, 16h15", "it is not a date that can be read");
    check("next week", "it is not a date that can be read");
    check(
        "Friday, December 5, 2024",
        "it was not a Friday but a Thursday",
    );
    check(
        "05/12/2024",
        "its day and month can be taken for each other",
    );
    assert_eq!(dates::check("5 mai", "fr"), Err(DateError::NoYear));
    assert!(dates::check("2024-12-05", "").is_ok());
}

#[test]
fn dates_are_found_beside_other_things() {
    let check = |line: &str, found: &[(Label, &str)]| {
        let stated: Vec<(Label, String)> = dates::find(line, "")
            .map(|stated| (stated.label, stated.at.to_string()))
            .collect();
        let stated: Vec<(Label, &str)> = stated.iter().map(|(l, at)| (*l, &**at)).collect();
        assert_eq!(stated, found, "{line}");
    };
    check(
        "By Ida Voss | December 5, 2024 | 5 min read",
        &[(Label::None, DAY)],
    );
    check(
        "Updated Dec. 5, 2024, 4:15 p.m. ET",
        &[(Modified, "2024-12-05T21:15:00Z")],
    );
    check("Stand: 05.12.2024, 16:15 Uhr", &[(AsOf, QUARTER_PAST_FOUR)]);
    check(
        "Publié le 3 mars 2024 à 08h00, mis à jour le 5 décembre 2024 à 16h15",
        &[
            (Published, "2024-03-03T08:00:00Z"),
            (Modified, QUARTER_PAST_FOUR),
        ],
    );
    check(
        "Posted by Ida Voss in Harbor News on Thursday, December 5, 2024 (3 comments)",
        &[(Published, DAY)],
    );
    check(
        "First published 3 March 2024. Last updated 5 December 2024.",
        &[(Published, "2024-03-03T00:00:00Z"), (Modified, DAY)],
    );
    check(
        "Actualizado: 5 dic 2024 - 16:15 h",
        &[(Modified, QUARTER_PAST_FOUR)],
    );
    check("ELLERY, Dec. 5, 2024 – A fox", &[(Label::None, DAY)]);
    check(
        "发布时间：2024年12月5日 16:15 来源：港口报",
        &[(Published, QUARTER_PAST_FOUR)],
    );
    check(
        "最終更新 2024/12/05 16:15",
        &[(Modified, QUARTER_PAST_FOUR)],
    );
    // Neither a picture's date, nor a day that is not the one it is said to be.
    check("The bridge in a photo taken on December 5, 2024", &[]);
    check("Foto: Ada Holm, 5. Dezember 2024", &[]);
    check("Friday, December 5, 2024", &[]);
    check("https://example.org/2024/12/05/bridge", &[]);
    check("IMG_20241205_161500.jpg, order 20241205", &[]);
    check("The year 2024, of which nothing is known", &[]);
    check("In December 2024 there were 5 of 1,205", &[]);
}

#[test]
fn a_line_that_consists_of_a_date_is_told_from_one_that_holds_one() {
    let label = |line: &str| dates::stated(line, "").map(|stated| stated.label);
    assert_eq!(
        label("Last updated on December 5, 2024"),
        Some(Label::Modified)
    );
    assert_eq!(
        label("Mise à jour : 5 décembre 2024"),
        Some(Label::Modified)
    );
    assert_eq!(
        label("Mise en ligne le 5 décembre 2024"),
        Some(Label::Published)
    );
    assert_eq!(label("Опубликовано 5 декабря 2024"), Some(Label::Published));
    assert_eq!(label("5 December 2024"), Some(Label::None));
    assert_eq!(label("Ida Voss, 5 December 2024"), None);
    assert_eq!(label("Photo: 5 December 2024"), None);
    assert_eq!(label("5 December"), None);
    let exact = |line: &str| dates::stated(line, "").unwrap().is_exact;
    assert!(exact("Dec. 5, 2024, 4:15 p.m. ET"));
    assert!(!exact("Dec. 5, 2024, 4:15 p.m."));
    assert!(!exact("Dec. 5, 2024"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_date_or_none(
        text in "[0-9a-zA-Z:/,. +-]{0,30}|\\PC{0,20}|([0-9]{1,4}|[-/.:年月 T]|Dec|mars|Updated|pm|ET){0,12}",
        language in "(en|de|hr|zh)?(-[A-Z]{2})?",
    ) {
        let _ = dates::check(&text, &language);
        let _ = dates::stated(&text, &language);
        // What stands alone in a line is found in it.
        if dates::stated(&text, &language).is_some() {
            prop_assert!(dates::find(&text, &language).count() <= 1);
        }
    }

    #[test]
    fn every_day_reads_the_same_in_every_form(year in 1900i16..2200, month in 1i8..=12, day in 1i8..=28) {
        let date = jiff::civil::date(year, month, day);
        let iso = dates::parse(&date.to_string());
        prop_assert!(iso.is_some());
        for form in [
            "%B %d, %Y", "%d %b %Y", "%A, %b. %-d, %Y", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d",
            "%Y年%-m月%-d日", "%-d. %-m. %Y", "%d-%b-%Y", "%G-W%V-%u", "%a %b %e 00:00:00 %Y",
        ] {
            let written = date.strftime(form).to_string();
            prop_assert_eq!(dates::parse(&written), iso, "{}", written);
        }
        for (form, language) in [("%m/%d/%Y", "en-US"), ("%d/%m/%Y", "es"), ("%d-%m-%Y", "nl")] {
            let written = date.strftime(form).to_string();
            prop_assert_eq!(dates::parse_in(&written, language), iso, "{}", written);
        }
    }
}
