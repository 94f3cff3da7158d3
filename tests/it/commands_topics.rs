//! `feedwright topics`: what a person does with the registry.

use crate::program::{Place, says};
use std::fs;

/// An article that states these topics, and tells of nothing else.
pub(crate) fn tagged(title: &str, topics: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-04\ntags: [{topics}]\n---\n\n\
         It rained on {title}, and then it did not rain any more until it was late.\n"
    )
}

/// Three articles, and their feeds.
fn town() -> Place {
    let place = Place::new();
    place.write("watch/a.md", &tagged("Monday", "Tolls, The harbor"));
    place.write("watch/b.md", &tagged("Tuesday", "Fees, The harbor"));
    place.write("watch/c.md", &tagged("Wednesday", "The harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    place
}

fn feeds(place: &Place) -> String {
    let read = |name| fs::read_to_string(place.path("feeds").join(name)).unwrap();
    read("rss.xml") + &read("atom.xml")
}

/// How often the feeds name a topic, both together.
fn named(place: &Place, topic: &str) -> usize {
    feeds(place)
        .matches(&format!(">{topic}</category>"))
        .count()
        + feeds(place).matches(&format!("label=\"{topic}\"")).count()
}

/// The list without the topics that the articles happen to have besides.
fn list(place: &Place, arguments: &[&str]) -> String {
    let ended = place.run(&[&["topics"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let known = |line: &&str| {
        ["harbor", "Tolls", "Fees", "Charges"]
            .iter()
            .any(|word| line.contains(word))
    };
    ended
        .out
        .lines()
        .filter(known)
        .fold(String::new(), |all, line| all + line.trim() + "\n")
}

#[test]
fn topics_are_listed_by_how_many_entries_show_them() {
    let place = town();
    assert_eq!(
        list(&place, &[]),
        "3  other         The harbor\n1  other         Fees\n1  other         Tolls\n"
    );
    assert_eq!(list(&place, &["TOLL"]), "1  other         Tolls\n");
    let ended = place.run(&["topics", "zeppelins"]);
    says(
        &ended,
        0,
        &[
            "no topic has \"zeppelins\" in its name",
            "lists all",
            "--help",
        ],
    );
    assert_eq!(ended.out, "");
    let ended = place.run(&["topics", "--json", "harbor"]);
    let line: serde_json::Value = serde_json::from_str(ended.out.trim()).unwrap();
    let contract = serde_json::json!({
        "topic": "The harbor", "kind": "other", "articles": 3, "forms": [],
        "feed": "topics/the-harbor", "banned": false,
    });
    assert_eq!(line, contract);
}

#[test]
fn a_topic_is_renamed_merged_banned_and_allowed() {
    let place = town();
    let before = place.items();
    let ended = place.run(&["topics", "rename", "the HARBOR", "Port  of Lorn", "--yes"]);
    says(
        &ended,
        0,
        &[
            "The harbor becomes Port of Lorn: 3 entries change",
            "done; wrote 25 documents",
        ],
    );
    assert_eq!(
        (named(&place, "The harbor"), named(&place, "Port of Lorn")),
        (0, 6)
    );
    // A later article still means it.
    place.write("watch/d.md", &tagged("Thursday", "The harbor, Tolls"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(
        (named(&place, "The harbor"), named(&place, "Port of Lorn")),
        (0, 8)
    );
    assert_eq!(
        list(&place, &["harbor"]),
        "4  other         Port of Lorn  = The harbor\n"
    );

    let ended = place.run(&["topics", "merge", "tolls", "Fees", "-y"]);
    says(
        &ended,
        0,
        &["Tolls becomes Fees, for good: 2 entries change", "done"],
    );
    assert_eq!((named(&place, "Tolls"), named(&place, "Fees")), (0, 6));
    says(
        &place.run(&["topics", "merge", "Tolls", "Fees", "-y"]),
        0,
        &["are the topic Fees already"],
    );

    says(
        &place.run(&["topics", "ban", "Fees", "-y"]),
        0,
        &["Fees is shown nowhere: 3 entries change"],
    );
    assert_eq!(named(&place, "Fees"), 0);
    assert_eq!(
        list(&place, &["fees"]),
        "banned  other         Fees  = Tolls\n"
    );
    says(
        &place.run(&["topics", "ban", "Fees", "-y"]),
        0,
        &["banned already"],
    );
    says(
        &place.run(&["topics", "allow", "Tolls", "-y"]),
        0,
        &["Fees is shown again: 3 entries change"],
    );
    assert_eq!(named(&place, "Fees"), 6);

    // No entry is another for it, and nothing is left to do.
    let items = place.items();
    assert_eq!(items[items.len() - 3..], before[..]);
    let ended = place.run(&["build"]);
    assert!(
        ended.err.contains("the feeds were up to date"),
        "{}",
        ended.err
    );
}

#[test]
fn nothing_is_changed_unasked() {
    let place = town();
    let before = feeds(&place);
    for decision in [
        &["rename", "Tolls", "Charges"][..],
        &["merge", "Tolls", "Fees"],
        &["ban", "Tolls"],
    ] {
        let ended = place.run(&[&["topics"], decision].concat());
        says(
            &ended,
            2,
            &["1 entry changes", "nothing is changed", "--yes"],
        );
    }
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(feeds(&place), before);
    assert_eq!(list(&place, &["Tolls"]), "1  other         Tolls\n");
}

#[test]
fn a_name_that_is_not_known_gets_the_nearest() {
    let place = town();
    says(
        &place.run(&["topics", "ban", "Tols", "-y"]),
        1,
        &["did you mean \"Tolls\"?"],
    );
    says(
        &place.run(&["topics", "ban", "harbour", "-y"]),
        1,
        &["did you mean \"The harbor\"?"],
    );
    says(
        &place.run(&["topics", "allow", "zzz", "-y"]),
        1,
        &["no topic is called \"zzz\"", "lists them"],
    );
    says(
        &place.run(&["topics", "merge", "Tolls", "Fes", "-y"]),
        1,
        &["did you mean \"Fees\"?"],
    );
    says(
        &place.run(&["topics", "rename", "Tolls", "fees", "-y"]),
        1,
        &[
            "fees means the topic Fees (other) already",
            "`feedwright topics merge \"Tolls (other)\" \"Fees (other)\"`",
        ],
    );
    for no_label in [" ", "", "!?"] {
        says(
            &place.run(&["topics", "rename", "Tolls", no_label, "-y"]),
            1,
            &["a label has at least a letter or digit"],
        );
        says(
            &place.run(&["topics", "ban", no_label, "-y"]),
            1,
            &["the name of a topic has at least a letter or digit"],
        );
    }
    says(
        &place.run(&["topics", "rename", "Tolls", "Tolls", "-y"]),
        0,
        &["called Tolls already"],
    );
    says(
        &place.run(&["topics", "merge", "Tolls", "-y"]),
        2,
        &["merge"],
    );
}

#[test]
fn what_is_asked_says_what_is_meant() {
    let place = town();
    says(
        &place.run(&["topics", "merge", "Tolls", "Fees", "The harbor"]),
        2,
        &["Tolls, Fees become The harbor, for good: 2 entries change"],
    );
    says(
        &place.run(&["topics", "merge", "Tolls", "Fees", "Road charges"]),
        1,
        &[
            "called \"Road charges\"",
            "merge into one that is listed and rename that",
        ],
    );
    says(&place.run(&["topics", "ban", "The harbor", "-y"]), 0, &[]);
    says(
        &place.run(&["topics", "merge", "Tolls", "The harbor"]),
        2,
        &["Tolls becomes The harbor, which is banned and stays so, for good"],
    );
    says(
        &place.run(&["topics", "rename", "Tolls", "Dues", "-y"]),
        0,
        &[],
    );
    says(
        &place.run(&["topics", "ban", "toll", "-y"]),
        1,
        &["did you mean \"Dues\" (also Tolls)?"],
    );
}

#[test]
fn arguments_stand_in_any_order_and_a_filter_has_several_words() {
    let place = town();
    assert_eq!(
        list(&place, &["the", "harbor"]),
        "3  other         The harbor\n"
    );
    // Not a decision: nothing is done.
    says(
        &place.run(&["topics", "bann", "Tolls"]),
        0,
        &["no topic has \"bann Tolls\" in its name", "ban them"],
    );
    says(
        &place.run(&["topics", "--state", ".feedwright", "ban", "Tolls", "-y"]),
        0,
        &["Tolls is shown nowhere: 1 entry changes"],
    );
    assert_eq!(list(&place, &["tolls"]), "banned  other         Tolls\n");
    let fresh = Place::new();
    assert_eq!(fresh.run(&["build"]).code, Some(0));
    says(&fresh.run(&["topics"]), 0, &["no entry shows a topic yet"]);
}

#[test]
fn a_name_in_the_configuration_holds_for_topics_that_are_known() {
    let place = Place::new();
    let article = |title, body| format!("---\ntitle: {title}\ndate: 2026-03-04\n---\n\n{body}\n");
    let inspected = "The European Maritime Safety Board (EMSB) inspected nine ships of the EMSB \
                     list, and the European Maritime Safety Board found faults on four.";
    place.write("watch/a.md", &article("Nine ships", inspected));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(named(&place, "European Maritime Safety Board"), 2);
    place.write(
        "config.toml",
        "[topics]\nalias = { EMSB = 'Safety board' }\n",
    );
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(named(&place, "European Maritime Safety Board"), 0);
    assert_eq!(named(&place, "Safety board"), 2);
}

#[test]
fn without_a_catalogue_there_is_nothing_to_list_and_nothing_made() {
    let place = Place::new();
    for arguments in [&["topics"][..], &["topics", "ban", "X", "-y"]] {
        says(
            &place.run(arguments),
            1,
            &[
                "there is no catalogue in",
                ".feedwright",
                "feedwright build",
            ],
        );
    }
    assert!(!place.path(".feedwright").exists() && !place.path("feeds").exists());
}

#[test]
fn the_owners_rules_hold_for_entries() {
    let place = town();
    place.write(
        "config.toml",
        "[topics]\nmax = 2\nalias = { 'the harbor' = 'Port of Lorn' }\nnever = ['Fees']\n\
         always-if = { 'did not rain' = 'Weather' }\n",
    );
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(
        (named(&place, "The harbor"), named(&place, "Port of Lorn")),
        (0, 4)
    );
    // The first article states two topics already, but a rule is a rule.
    assert_eq!((named(&place, "Weather"), named(&place, "Fees")), (6, 0));
    let ended = place.run(&["digest", "--json", "watch/b.md"]);
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(line["topics"][0], "Port of Lorn");
    assert_eq!(line["topics"][1], "Weather");
    assert!(line["topics"].as_array().unwrap().len() <= 6);
    let page = place.run(&["digest", "watch/b.md"]).out;
    assert!(page.contains("Topics  Port of Lorn, Weather\n"), "{page}");
}

#[test]
fn an_alias_holds_for_a_topic_that_is_known_already() {
    let place = Place::new();
    for (name, title) in [("a", "Monday"), ("b", "Tuesday"), ("c", "Wednesday")] {
        place.write(&format!("watch/{name}.md"), &tagged(title, "Heat pump"));
    }
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(named(&place, "Heat pump"), 6);
    // Without the rule, an "s" more makes no other topic.
    let rule = "[topics]\nalias = { 'Heat pump' = 'Heat pumps' }\n";
    place.write("config.toml", rule);
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(
        (named(&place, "Heat pump"), named(&place, "Heat pumps")),
        (0, 6)
    );
    let feed = |slug: &str| fs::read(place.path(&format!("feeds/topics/{slug}/rss.xml"))).unwrap();
    assert_eq!(feed("heat-pump"), feed("heat-pumps"));
    assert!(
        place
            .run(&["build"])
            .err
            .contains("the feeds were up to date")
    );
}

#[test]
fn feeds_that_show_none_of_it_are_not_touched() {
    let place = Place::new();
    place.write("config.toml", "[feeds]\nmax-entries = 1\n");
    place.write("watch/a.md", &tagged("Monday", "Tolls"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    place.write("watch/b.md", &tagged("Tuesday", "Fees"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.titles(), ["Tuesday"]);
    let written = || {
        ["rss.xml", "atom.xml"].map(|name| {
            fs::metadata(place.path("feeds").join(name))
                .unwrap()
                .modified()
                .unwrap()
        })
    };
    let before = written();
    let ended = place.run(&["topics", "rename", "Tolls", "Charges", "-y"]);
    says(
        &ended,
        0,
        &[
            "Tolls becomes Charges: 1 entry changes",
            // The page of the archive that it is in, and its own.
            "done; wrote archive/1/rss.xml, archive/1/atom.xml, archive/1/feed.json, \
             archive/1/index.html, entries/monday.html",
        ],
    );
    assert_eq!(written(), before);
    let ended = place.run(&["topics", "rename", "Fees", "Duties", "-y"]);
    says(&ended, 0, &["done; wrote rss.xml, atom.xml"]);
    assert_ne!(written(), before);
}
