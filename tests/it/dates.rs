//! Which instants written dates mean, and which texts mean none.

use feedwright::dates;
use proptest::prelude::*;

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
        ("1000-01-01", "1000-01-01T00:00:00Z"),
        ("am 5. Dezember 2024", "2024-12-05T00:00:00Z"),
        ("5 Dec 2024 8 am", "2024-12-05T08:00:00Z"),
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
        "0001-01-01T00:00:00Z",
        "Dec 5 2024 +1:00",
        "Dec 5 2024 pm",
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_date_or_none(text in "[0-9a-zA-Z:/,. +-]{0,30}|\\PC{0,20}") {
        let _ = dates::parse(&text);
    }

    #[test]
    fn every_day_reads_the_same_in_every_form(year in 1900i16..2200, month in 1i8..=12, day in 1i8..=28) {
        let date = jiff::civil::date(year, month, day);
        let iso = dates::parse(&date.to_string());
        prop_assert!(iso.is_some());
        for form in ["%B %d, %Y", "%d %b %Y", "%A, %b. %-d, %Y", "%Y/%m/%d", "%d.%m.%Y"] {
            let written = date.strftime(form).to_string();
            prop_assert_eq!(dates::parse(&written), iso, "{}", written);
        }
    }
}
