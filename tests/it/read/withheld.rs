//! What agencies do not want published, or not yet.

use super::{
    read_as,
    wires::{PLAIN, news_item, nitf},
};

/// The end of the embargo in every sample that has one.
const TEN: Option<&str> = Some("2031-04-05T10:00:00Z");

#[track_caller]
fn check(source: &str, draft: bool, embargo: Option<&str>, noted: &str) {
    let name = if source.starts_with('{') {
        "a.json"
    } else {
        "a.xml"
    };
    let article = read_as(name, source).unwrap();
    let until = article.embargo.map(|until| until.to_string());
    assert_eq!(
        (article.draft, until.as_deref()),
        (draft, embargo),
        "{source}"
    );
    let note = article
        .notes
        .first()
        .map(String::as_str)
        .unwrap_or_default();
    assert!(
        note.contains(noted) && note.is_empty() == noted.is_empty(),
        "{note}"
    );
}

#[test]
fn newsml_g2_and_nitf_are_held_back_as_they_ask() {
    let g2 = |item: &str| news_item(item, "", PLAIN);
    check(&g2("<pubStatus qcode=\"stat:usable\"/>"), false, None, "");
    check(
        &g2("<pubStatus qcode=\"stat:canceled\"/>"),
        true,
        None,
        "its sender canceled it",
    );
    check(
        &g2("<pubStatus uri=\"http://cv.iptc.org/newscodes/pubstatusg2/withheld\"/>"),
        true,
        None,
        "its sender withholds it",
    );
    check(
        &g2("<embargoed>2031-04-05T12:00:00+02:00</embargoed>"),
        false,
        TEN,
        "",
    );
    check(&g2("<embargoed/>"), true, None, "without a time");
    check(
        &g2("<embargoed>after the speech</embargoed>"),
        true,
        None,
        "embargo 'after the speech' is not a date",
    );
    // A notice that takes a text back does not repeat it.
    check(
        &news_item("<pubStatus qcode=\"stat:canceled\"/>", "", ""),
        true,
        None,
        "canceled",
    );

    let data = |attribute: &str, release: &str| {
        let head = format!("<docdata{attribute}>{release}</docdata>");
        nitf(&head, "", "<p>The toll ends in May.</p>")
    };
    let release = "<date.release norm=\"20310405T120000+0200\"/>";
    check(&data("", release), false, TEN, "");
    check(
        &data(" management-status=\"embargoed\"", release),
        false,
        TEN,
        "",
    );
    check(
        &data(" management-status=\"embargoed\"", ""),
        true,
        None,
        "without a time",
    );
    check(
        &data(" management-status=\"canceled\"", release),
        true,
        None,
        "canceled",
    );
}

#[test]
fn ninjs_and_newsml_1_are_held_back_as_they_ask() {
    let ninjs = |fields: &str| {
        format!(
            "{{\"uri\": \"urn:a\", \"type\": \"text\", \"versioncreated\": \"2031-04-01T00:00:00Z\", \"body_text\": \"The toll ends.\", {fields}}}"
        )
    };
    check(&ninjs("\"pubstatus\": \"usable\""), false, None, "");
    check(
        &ninjs("\"pubstatus\": \"withheld\""),
        true,
        None,
        "withholds",
    );
    check(
        &ninjs("\"pubStatus\": \"canceled\""),
        true,
        None,
        "canceled",
    );
    check(
        &ninjs("\"embargoed\": \"2031-04-05T10:00:00Z\""),
        false,
        TEN,
        "",
    );

    let newsml_1 = |status: &str| {
        format!(
            "<NewsML><NewsItem><NewsManagement>{status}</NewsManagement><NewsComponent><ContentItem>\
             <DataContent>The toll ends in May.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
        )
    };
    check(
        &newsml_1(
            "<Status FormalName=\"Embargoed\"/><StatusWillChange><FutureStatus FormalName=\"Usable\"/>\
             <DateAndTime>20310405T100000Z</DateAndTime></StatusWillChange>",
        ),
        false,
        TEN,
        "",
    );
    check(
        &newsml_1("<Status FormalName=\"Canceled\"/>"),
        true,
        None,
        "canceled",
    );
}
