//! Parts of feeds as pages.

use super::*;

#[test]
fn a_page_leads_to_the_formats_and_to_older_and_newer_entries() {
    let site = SiteUrl::parse("https://example.org/feeds").ok();
    let (topic, folder) = ("Port Lorn", "topics/port-lorn");
    for (part, base, newer, older) in [
        (Part::Current, "../../", None, Some(3)),
        (Part::Archive(3), "../../../../", Some(4), Some(2)),
        (Part::Archive(1), "../../../../", Some(2), None),
    ] {
        for url in [None, site.as_ref()] {
            let mut head = head(Scope::Topic, topic, folder, part);
            head.place.url = url;
            let full = |path: &str| url.map_or(path.to_owned(), |url| url.join(path));
            let document = check(&page(&head, &[&card(&bridge())]));
            assert_eq!(read_back_before(&head, &before(&head)), Ok(()));
            assert_eq!(all(&document, "base", "href"), [base]);
            assert_eq!(
                all(&document, "head > link[rel=alternate]", "href"),
                FORMATS.map(|(name, ..)| full(&format!("topics/port-lorn/{name}")))
            );
            assert_eq!(
                all(&document, ".subscribe > a", "href"),
                FORMATS.map(|(name, ..)| format!("topics/port-lorn/{name}"))
            );
            let page = |page: Option<u32>| -> Vec<String> {
                let path = |page| format!("topics/port-lorn/archive/{page}/index.html");
                page.map(path).into_iter().collect()
            };
            for (relation, other) in [("prev", page(newer)), ("next", page(older))] {
                assert_eq!(all(&document, &format!("a[rel={relation}]"), "href"), other);
                let other: Vec<_> = other.iter().map(|path| full(path)).collect();
                let selector = format!("head > link[rel={relation}]");
                assert_eq!(all(&document, &selector, "href"), other);
            }
            let canonical = all(&document, "link[rel=canonical]", "href");
            assert_eq!(canonical.len(), usize::from(url.is_some()));
        }
    }
}

#[test]
fn an_archive_page_does_not_tell_how_many_came_after_it() {
    let one = head(Scope::All, "", "", Part::Archive(2));
    let later = Head {
        archives: 9,
        ..one.clone()
    };
    assert_eq!(page(&one, &[]), page(&later, &[]));
}

#[test]
fn the_first_page_names_the_site_once_and_others_lead_back_to_it() {
    let first = check(&page(&head(Scope::All, "", "", Part::Current), &[]));
    assert_eq!(texts(&first, "h1"), ["The Lorn Courier"]);
    assert!(all(&first, ".site a", "href").is_empty());
    assert!(all(&first, "base", "href").is_empty());
    assert_eq!(all(&first, ".skip", "href"), ["index.html#main"]);
    let other = check(&page(
        &head(Scope::Topic, "A", "topics/a", Part::Current),
        &[],
    ));
    assert_eq!(all(&other, ".site a", "href"), ["index.html"]);
    assert_eq!(all(&other, ".skip", "href"), ["topics/a/index.html#main"]);
}

#[test]
fn without_entries_a_page_says_what_to_do() {
    let words = |scope, part| {
        let document = check(&page(&head(scope, "A", "topics/a", part), &[]));
        texts(&document, ".empty").concat()
    };
    assert!(words(Scope::All, Part::Current).contains("Drop an article"));
    assert!(words(Scope::Search, Part::Current).contains("No article matches"));
    assert!(words(Scope::Topic, Part::Current).contains("The next article"));
    assert!(words(Scope::Topic, Part::Archive(4)).contains("Newer entries are in the feed itself"));
    let full = check(&page(
        &head(Scope::All, "", "", Part::Current),
        &[&card(&bridge())],
    ));
    assert!(texts(&full, ".empty").is_empty());
}

#[test]
fn a_page_of_fifty_entries_is_light() {
    let cards: Vec<String> = (0..50)
        .map(|at| {
            card(&Card {
                slug: &format!("bridge-{at}"),
                ..bridge()
            })
        })
        .collect();
    let cards: Vec<&str> = cards.iter().map(String::as_str).collect();
    let bytes = page(&head(Scope::All, "", "", Part::Current), &cards);
    check(&bytes);
    assert!(bytes.len() < 100_000, "{}", bytes.len());
}

#[test]
fn the_page_at_a_former_address_leads_to_the_new_one() {
    let mut head = head(Scope::Topic, "Port Lorn", "topics/port-lorn", Part::Current);
    "topics/port".clone_into(&mut head.place.folder);
    let document = check(&moved(&head));
    let refresh = all(&document, "meta[http-equiv=refresh]", "content");
    assert_eq!(refresh, ["0; url=topics/port-lorn/index.html"]);
    assert_eq!(
        all(&document, "main a", "href"),
        ["topics/port-lorn/index.html"]
    );
    assert_eq!(all(&document, "base", "href"), ["../../"]);
}
