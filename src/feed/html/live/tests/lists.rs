//! Lists of what entries are about.

use super::*;
use jiff::Timestamp;

fn subject(label: &str, feed: Option<&str>) -> Subject {
    let mut weeks = [0; WEEKS];
    (weeks[0], weeks[24], weeks[25]) = (1, 40, 2);
    Subject {
        label: label.to_owned(),
        feed: feed.map(str::to_owned),
        entries: 43,
        newest: "2026-11-20T10:00:00Z".parse().expect("it is a time"),
        weeks,
    }
}

fn list(scope: Scope, subjects: Vec<Subject>) -> Subjects {
    Subjects {
        scope,
        filter: String::new(),
        total: subjects.len(),
        subjects,
        page: 1,
        goes_on: false,
    }
}

fn shown(of: &Subjects) -> Document {
    let settings = settings();
    let visit = visit(&settings, of.scope.folder(), "");
    check(visit, &subjects(visit, of))
}

#[test]
fn a_list_tells_how_much_there_is_and_leads_to_it() {
    let document = shown(&list(
        Scope::Topic,
        vec![
            subject("Roads & <b>", Some("topics/roads")),
            subject("A b", None),
        ],
    ));
    assert_eq!(texts(&document, ".subjects bdi"), ["Roads & <b>", "A b"]);
    assert_eq!(
        all(&document, ".subjects a", "href"),
        [
            "topics/roads/",
            "topics/roads/atom.xml",
            "search?topic=A+b",
            "search/atom.xml?topic=A+b"
        ]
    );
    assert_eq!(texts(&document, ".subjects .count")[0], "43 entries");
    assert_eq!(
        all(&document, ".chart", "aria-label")[0],
        "43 entries in the last 26 weeks, at most 40 in one; this week 2"
    );
    // A week with one of forty is to be seen as well.
    assert_eq!(
        all(&document, ".chart path", "d")[0],
        "M2 20V18M98 20V0M102 20V18"
    );
    assert_eq!(all(&document, "[aria-current]", "href"), ["topics"]);
}

#[test]
fn a_long_list_is_on_pages_and_can_be_shortened() {
    let of = Subjects {
        filter: "Brü".to_owned(),
        page: 2,
        goes_on: true,
        ..list(Scope::Speaker, vec![subject("Brücke", None)])
    };
    let document = shown(&of);
    assert_eq!(
        all(&document, ".pages a", "href"),
        [
            "speakers?filter=Br%C3%BC",
            "speakers?filter=Br%C3%BC&page=3"
        ]
    );
    assert_eq!(all(&document, "#filter", "value"), ["Brü"]);
    assert!(Subjects::has("Große Brücke", "brucke") && !Subjects::has("Boot", "brü"));
    let none = shown(&Subjects {
        filter: "x".to_owned(),
        ..list(Scope::Speaker, Vec::new())
    });
    assert_eq!(all(&none, ".empty a", "href"), ["speakers"]);
    for scope in [Scope::Topic, Scope::Speaker, Scope::Folder, Scope::Search] {
        let document = shown(&list(scope, Vec::new()));
        assert_eq!(texts(&document, ".empty h2"), ["None yet"]);
    }
}

#[test]
fn a_page_of_a_list_is_light() {
    let subjects: Vec<Subject> = (0..80)
        .map(|at| {
            let mut one = subject(
                &format!("A name of usual length {at}"),
                Some(&format!("speakers/a-name-of-usual-length-{at}")),
            );
            one.weeks = [7; WEEKS];
            one.newest = Timestamp::UNIX_EPOCH;
            one
        })
        .collect();
    let settings = settings();
    let visit = visit(&settings, "speakers", "");
    let page = super::subjects(visit, &list(Scope::Speaker, subjects)).len();
    let assets: usize = assets().iter().map(|asset| asset.bytes.len()).sum();
    assert!(page + assets < 100_000, "{page} and {assets}");
}
