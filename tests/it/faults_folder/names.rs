//! Files with several names, and names that change their files.

use super::*;

#[test]
fn an_edit_through_one_of_two_names_is_an_edit_of_both() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/z.md", &article("Z", "market"));
    fs::hard_link(place.path("watch/a.md"), place.path("watch/b.md")).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    for (name, title) in [("a.md", "Once"), ("b.md", "Twice")] {
        place.write(&format!("watch/{name}"), &article(title, "harbor"));
        assert_eq!(shown(&place, title), id);
        settled(&place);
        assert_eq!(place.items().len(), 2, "{}", log(&place));
    }
    // A further name, and the end of the first one.
    fs::hard_link(place.path("watch/b.md"), place.path("watch/c.md")).unwrap();
    while_read(&place, || {
        settled(&place);
        fs::remove_file(place.path("watch/a.md")).unwrap();
        settled(&place);
    });
    assert_eq!(shown(&place, "Twice"), id);
}

#[test]
fn an_edit_through_a_name_that_is_removed_at_once_is_one() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    fs::hard_link(place.path("watch/a.md"), place.path("watch/b.md")).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    wait_for("both", || log(&place).contains("same article at b.md"));
    place.write("watch/b.md", &article("Once", "harbor"));
    place.rename("watch/b.md", "gone.md");
    assert_eq!(shown(&place, "Once"), id);
    fs::hard_link(place.path("watch/a.md"), place.path("watch/c.md")).unwrap();
    wait_for("both", || log(&place).contains("same article at c.md"));
    place.write("watch/c.md", &article("Twice", "harbor"));
    fs::remove_file(place.path("watch/c.md")).unwrap();
    assert_eq!(shown(&place, "Twice"), id);
    settled(&place);
    assert_eq!(place.items().len(), 1);
}

#[test]
fn a_file_whose_name_is_given_on_takes_its_entry_along() {
    let place = Place::new();
    let text = |title: &str, end: &str| {
        let common = article(title, "harbor");
        format!("{common}\n{}\n", article("More", end).replace("---", ""))
    };
    place.write("watch/a.md", &text("A", "market"));
    place.write("watch/z.md", &article("Z", "station"));
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    while_read(&place, || {
        for (step, (from, to)) in [("a.md", "b.md"), ("b.md", "new/c.md"), ("new/c.md", "0.md")]
            .into_iter()
            .enumerate()
        {
            fs::create_dir_all(place.path("watch/new")).unwrap();
            place.rename(&format!("watch/{from}"), &format!("watch/{to}"));
            // Half the words are the same, so it could be an edit.
            let title = format!("New {step}");
            place.write(
                &format!("watch/{from}"),
                &text(&title, &format!("ferry {step}")),
            );
            assert_ne!(shown(&place, &title), id);
            settled(&place);
            assert_eq!(shown(&place, "A"), id, "{}", log(&place));
        }
    });
    assert_eq!(place.items().len(), 5);
}

#[test]
fn a_name_that_is_given_on_time_and_again_takes_no_entry_along() {
    let place = Place::new();
    let build = |name: &str, title: &str, what: &str| {
        place.write(name, &article(title, what));
        let ended = place.run(&["build"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        place.item(title).unwrap().id
    };
    build("watch/a.md", "A", "harbor");
    let id = build("watch/a.md", "B", "market");
    place.rename("watch/a.md", "watch/z.md");
    assert_ne!(build("watch/a.md", "C", "station"), id);
    assert_eq!(place.item("B").unwrap().id, id);
}

#[test]
fn moves_all_over_the_place_are_seen_by_nobody() {
    moves("");
}

#[test]
fn moves_in_a_polled_folder_are_seen_by_nobody() {
    moves("[watch]\nmode = 'poll'\npoll-interval = '100ms'\n");
}

fn moves(config: &str) {
    const FILES: usize = 12;
    let place = Place::new();
    place.write("config.toml", config);
    for number in 0..FILES {
        place.write(
            &format!("watch/d{}/{number}.md", number % 3),
            &article(&format!("N{number}"), &format!("harbor {number}")),
        );
    }
    let _daemon = place.daemon(&[]);
    wait_for("all", || place.items().len() == FILES);
    let mut dice = Dice(88_172_645_463_325_252);
    let root = place.path("watch");
    let folders = || -> Vec<_> {
        let entries = fs::read_dir(&root).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    while_read(&place, || {
        for step in 0..150 {
            let all = folders();
            let from = &all[dice.below(all.len())];
            if dice.below(5) == 0 {
                fs::rename(from, root.join(format!("e{step}"))).unwrap();
            } else if let Some(file) = fs::read_dir(from).unwrap().next() {
                let file = file.unwrap();
                let to = all[dice.below(all.len())].join(file.file_name());
                fs::rename(file.path(), to).unwrap();
            }
            // Faster than they are taken in, at times.
            thread::sleep(Duration::from_millis([0, 1, 5, 20][dice.below(4)]));
        }
        settled(&place);
    });
    // What a move out of the folder takes away is withdrawn, and back again
    // when it comes back.
    let before = ids(&place);
    let folder = folders()
        .into_iter()
        .find(|folder| fs::read_dir(folder).unwrap().next().is_some())
        .unwrap();
    fs::rename(&folder, place.path("outside")).unwrap();
    wait_for("the withdrawal", || place.items().len() < FILES);
    fs::rename(place.path("outside"), root.join("back")).unwrap();
    wait_for("the return", || ids(&place) == before);
}

/// An article `A` whose file the catalogue knows to be gone, while nobody has
/// said what became of it: the daemon was killed before.
fn with_an_article_that_lost_its_file() -> (Place, String) {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/b.md", &article("B", "market"));
    let daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    shown(&place, "B");
    drop(daemon);
    fs::remove_file(place.path("watch/a.md")).unwrap();
    let path = "a.md".into();
    let mut catalogue = Catalogue::open(&place.path(".feedwright")).unwrap();
    catalogue.apply(&[Record::Gone { path }]).unwrap();
    (place, id)
}

#[test]
fn what_lost_its_file_is_not_withdrawn_before_a_file_that_may_be_it_is_read() {
    let (place, id) = with_an_article_that_lost_its_file();
    // So young that a listing leaves it to its writer for a while.
    let text = article("Later", "harbor");
    place.write("watch/c.md", &format!("{text}\nMore comes in June.\n"));
    while_read(&place, || {
        let _daemon = place.daemon(&[]);
        assert_eq!(shown(&place, "Later"), id);
    });
    assert!(!log(&place).contains("withdrew"), "{}", log(&place));
}

#[test]
fn what_lost_its_file_waits_not_for_ever_for_one_that_is_being_written() {
    let (place, id) = with_an_article_that_lost_its_file();
    let mut file = File::create(place.path("watch/c.md")).unwrap();
    let _daemon = place.daemon(&[]);
    wait_for("the end of A", || {
        file.write_all(b"More. ").unwrap();
        !ids(&place).contains(&id)
    });
    assert!(place.item("B").is_some());
}
