//! `feedwright speakers`: who is quoted by name.

use crate::program::{Place, says};

fn quoting(title: &str, who: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-04\n---\n\n\
         The council met about the {title} in the evening, and many came to hear it.\n\n\
         \"We will have the {title} before the winter comes,\" said {who}.\n\n\
         \"Nobody has to wait any longer for it,\" said a spokesman for the town.\n"
    )
}

#[test]
fn speakers_are_listed_by_how_often_they_are_quoted() {
    let place = Place::new();
    for (file, title, who) in [
        ("a", "harbor", "Mayor Ada Lindqvist"),
        ("b", "market", "Ada Lindqvist"),
        ("c", "bridge", "Mayor Ada Lindqvist"),
        ("d", "school", "Otto Brandt"),
    ] {
        place.write(&format!("watch/{file}.md"), &quoting(title, who));
    }
    assert_eq!(place.run(&["build"]).code, Some(0));
    let list = place.run(&["speakers"]);
    assert_eq!(list.code, Some(0));
    let lines: Vec<_> = list.out.lines().collect();
    assert_eq!(
        lines,
        [
            "quotations  entries  name",
            "         3        3  Ada Lindqvist",
            "         1        1  Otto Brandt",
        ]
    );
    let json = place.run(&["speakers", "--json", "LINDQVIST"]).out;
    let line: serde_json::Value = serde_json::from_str(&json).unwrap();
    let contract = serde_json::json!({
        "speaker": "Ada Lindqvist", "quotations": 3, "articles": 3,
        "feed": "speakers/ada-lindqvist",
    });
    assert_eq!(line, contract);
    let none = place.run(&["speakers", "nobody"]);
    says(
        &none,
        0,
        &["nobody with \"nobody\" in their name", "lists all"],
    );
    assert_eq!(none.out, "");
    // What is off the feeds is quoted by nobody.
    assert_eq!(
        place.run(&["entries", "retract", "d.md", "-y"]).code,
        Some(0)
    );
    assert!(!place.run(&["speakers"]).out.contains("Otto"));
}
