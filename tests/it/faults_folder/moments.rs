//! What happens while somebody looks.

use super::*;

#[test]
fn a_new_folder_with_files_at_once_is_taken_whole_and_watched() {
    let place = Place::new();
    place.write("config.toml", "[feeds]\nmax-entries = 100\n");
    let _daemon = place.daemon(&[]);
    let mut titles = 0;
    for round in 0..5 {
        for inner in ["a", "a/b", "a/b/c"] {
            for file in 0..4 {
                titles += 1;
                let title = format!("T{titles}");
                place.write(
                    &format!("watch/{round}/{inner}/{file}.md"),
                    &article(&title, &title),
                );
            }
        }
    }
    wait_for("all", || place.items().len() == titles);
    place.write("watch/3/a/b/c/late.md", &article("Late", "ferry"));
    shown(&place, "Late");
}

#[test]
fn a_file_written_in_pieces_is_seen_whole_or_not_at_all() {
    let place = Place::new();
    // What is there in the beginning is taken as it is.
    place.write("watch/zero.md", &article("Zero", "lighthouse"));
    let _daemon = place.daemon(&[]);
    shown(&place, "Zero");
    let files = ["one.md", "new/two.md", "new/in/three.md"];
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let feed = fs::read_to_string(place.path("feeds/atom.xml")).unwrap_or_default();
                for entry in feed.split("<entry>").skip(1) {
                    assert!(entry.contains("begins in May"), "{entry}");
                }
            }
        });
        let writers = files.map(|name| {
            let path = place.path("watch").join(name);
            scope.spawn(move || {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let text = article(name, name);
                // Emptied and written anew once it is there.
                for _ in 0..2 {
                    let mut file = File::create(&path).unwrap();
                    for piece in text.as_bytes().chunks(100) {
                        file.write_all(piece).unwrap();
                        thread::sleep(Duration::from_millis(30));
                    }
                }
            })
        });
        for writer in writers {
            writer.join().unwrap();
        }
        wait_for("all", || place.items().len() == files.len() + 1);
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
}

#[test]
fn a_file_that_changes_while_it_is_read_is_never_a_mixture() {
    use std::os::unix::fs::FileExt as _;
    let place = Place::new();
    let body = |letter: char| {
        let word: String = [letter; 8].iter().collect();
        let parts = (100..700).map(|number| {
            format!("The {word} of part {number} was seen in the harbor on Tuesday.")
        });
        let parts = parts.collect::<Vec<_>>().join("\n\n");
        format!("---\ntitle: Same\ndate: 2026-03-04\n---\n\n{parts}\n")
    };
    let path = place.path("watch/same.md");
    fs::write(&path, body('a')).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "Same");
    let letters = || {
        let feed = fs::read_to_string(place.path("feeds/atom.xml")).unwrap();
        let words = feed.split("The ").filter(|part| part.contains(" of part "));
        let words = words.filter_map(|part| part.chars().next());
        words.collect::<BTreeSet<char>>()
    };
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let letters = letters();
                assert_eq!(letters.len(), 1, "{letters:?}");
            }
        });
        // Overwritten in place with as many bytes, so that neither size nor, for
        // a moment, time tells of it.
        let mut dice = Dice(362_436_069_362_436_069);
        for round in 0..60 {
            let text = body(['b', 'c', 'd'][round % 3]);
            let file = File::options().write(true).open(&path).unwrap();
            for (piece, at) in text.as_bytes().chunks(4096).zip((0..).step_by(4096)) {
                file.write_at(piece, at).unwrap();
                // What was closed before is read meanwhile.
                if round % 2 == 0 {
                    thread::sleep(Duration::from_millis(2));
                }
            }
            drop(file);
            thread::sleep(Duration::from_millis([0, 1, 8, 30][dice.below(4)]));
        }
        fs::write(&path, body('e')).unwrap();
        wait_for("the last text", || letters() == BTreeSet::from(['e']));
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
    assert_eq!(shown(&place, "Same"), id);
}

#[test]
fn what_is_made_and_removed_at_once_is_nothing() {
    let place = Place::new();
    let daemon = place.daemon(&[]);
    for number in 0..200 {
        let path = place.path(&format!("watch/{number}.md"));
        fs::write(&path, "").unwrap();
        fs::remove_file(path).unwrap();
        fs::create_dir(place.path("watch/d")).unwrap();
        fs::remove_dir(place.path("watch/d")).unwrap();
    }
    settled(&place);
    assert_eq!(place.titles(), [""; 0]);
    let log = daemon.log();
    assert!(!log.contains("ERROR") && !log.contains("cannot"), "{log}");
}

/// A daemon for which the system sets this limit, until a file `raise` is made;
/// none where a user may not have limits of his own.
fn limited(place: &Place, limit: &str) -> Option<Daemon> {
    let own = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", script]);
        command
    };
    let file = format!("/proc/sys/user/{limit}");
    let tried = own(&format!("echo 9 > {file}"))
        .stderr(Stdio::null())
        .status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this system gives its users no limits of their own");
        return None;
    }
    let script = format!(
        "echo 0 > {file}
        (for n in $(seq 900); do
            sleep 0.1; if [ -e raise ]; then echo 9999 > {file}; exit; fi
        done) &
        exec {}",
        env!("CARGO_BIN_EXE_feedwright")
    );
    let mut command = own(&script);
    command
        .current_dir(place.path(""))
        .env_remove("STATE_DIRECTORY")
        .env("FEEDWRIGHT_LISTEN", "off")
        .stdin(Stdio::null());
    Some(place.start(&mut command))
}

#[test]
fn without_watches_the_folder_is_listed_until_there_are_some() {
    for (limit, remedy) in [
        ("max_inotify_watches", "fs.inotify.max_user_watches"),
        ("max_inotify_instances", "fs.inotify.max_user_instances"),
    ] {
        let place = Place::new();
        place.write("watch/d/a.md", &article("A", "harbor"));
        let Some(daemon) = limited(&place, limit) else {
            return;
        };
        shown(&place, "A");
        place.write("watch/d/b.md", &article("B", "market"));
        shown(&place, "B");
        let said = |words: &str| daemon.log().matches(words).count();
        assert_eq!(said(remedy), 1, "{}", daemon.log());
        fs::write(place.path("raise"), "").unwrap();
        wait_for("events", || said("INFO well again after") == 1);
        let start = Instant::now();
        place.write("watch/d/e/c.md", &article("C", "ferry"));
        shown(&place, "C");
        place.write("watch/d/e/d.md", &article("D", "station"));
        shown(&place, "D");
        assert_eq!(said("ERROR"), 1, "{} {:?}", daemon.log(), start.elapsed());
    }
}
