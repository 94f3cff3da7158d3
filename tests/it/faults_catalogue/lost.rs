//! The catalogue is lost.

use super::*;

#[test]
fn a_removed_state_folder_changes_no_byte_of_the_feeds() {
    let place = lived();
    let before = documents(&place);
    assert!(
        before.contains_key("archive/2/atom.xml"),
        "{:?}",
        before.keys()
    );
    assert!(
        before
            .keys()
            .any(|name| name.starts_with("topics/") && name.contains("archive"))
    );
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    let ended = build(&place);
    assert!(ended.err.contains("13 entries"), "{ended:?}");
    assert_same(&before, &documents(&place), "no state folder");
    // What comes then is a new entry, and what is edited keeps its id.
    let last = place.item("Report 13").unwrap();
    let text = fs::read_to_string(place.path("watch/north/13.md")).unwrap();
    place.write(
        "watch/north/13.md",
        &text.replace("begins in May", "begins in July"),
    );
    place.write("watch/new.md", &article("New", "tunnel"));
    build(&place);
    assert_eq!(place.titles()[0], "New");
    assert_eq!(place.item("Report 13").unwrap().id, last.id);
}

#[test]
fn one_format_tells_enough_when_a_disk_has_damaged_another() {
    let place = lived();
    let before = documents(&place);
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    for name in ["atom.xml", "archive/1/atom.xml", "archive/2/rss.xml"] {
        let length = before[name].len();
        fs::write(place.path(&format!("feeds/{name}")), vec![0; length]).unwrap();
    }
    build(&place);
    assert_same(&before, &documents(&place), "zeroed documents");
}

#[test]
fn a_feed_that_was_empty_when_the_catalogue_was_lost_goes_on() {
    let place = Place::new();
    for number in 0..3 {
        let text = article(&format!("Report {number}"), &format!("bridge {number}"));
        place.write(&format!("watch/city/{number}.md"), &text);
        place.write(
            &format!("watch/{number}.md"),
            &text.replace("bridge", "tunnel"),
        );
    }
    build(&place);
    fs::remove_dir_all(place.path("watch/city")).unwrap();
    build(&place);
    let empty = fs::read_to_string(place.path("feeds/folders/city/atom.xml")).unwrap();
    assert!(!empty.contains("<entry>"));
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    build(&place);
    place.write("watch/city/new.md", &article("New", "ferry"));
    build(&place);
    let feed = fs::read_to_string(place.path("feeds/folders/city/atom.xml")).unwrap();
    assert!(
        feed.contains("<title>New</title>") || feed.contains(">New</title>"),
        "{feed}"
    );
}

#[test]
fn an_article_that_was_edited_while_the_catalogue_was_lost_keeps_its_id() {
    let place = lived();
    let before = place.items();
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    let path = place.path("watch/north/13.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("begins in May", "begins in July")).unwrap();
    // Another one has next to no words in common with what it was, but its
    // address.
    let path = place.path("watch/1.md");
    let path = if path.exists() {
        path
    } else {
        place.path("watch/north/1.md")
    };
    let other = article("Other words", "tunnel").replace(
        "date: 2026-03-04",
        "date: 2026-03-04\nurl: https://paper.example/1",
    );
    let pages = documents(&place);
    let old = pages
        .values()
        .find(|page| page.contains("https://paper.example/1\""))
        .cloned();
    assert!(old.is_some());
    fs::write(&path, other).unwrap();
    build(&place);
    let after = place.items();
    assert_eq!(before.len(), after.len());
    let ids = |items: &[crate::program::Item]| -> Vec<String> {
        items.iter().map(|item| item.id.clone()).collect()
    };
    assert_eq!(ids(&before), ids(&after));
    let all = documents(&place);
    let titles = all
        .iter()
        .filter(|(name, text)| name.ends_with("atom.xml") && text.contains("Other words"));
    // In the archive, under its old id.
    assert!(titles.count() > 0);
    let page = all.values().find(|page| {
        page.contains("<title xml:lang=\"en\">Other words") || page.contains("<title>Other words")
    });
    assert!(page.is_some());
}
