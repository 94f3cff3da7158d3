//! `feedwright status`, in every state that there is.

use crate::program::{Daemon, Place, article, wait_for};
use feedwright::catalogue::store::Catalogue;
use rustix::process::Signal;
use serde_json::Value;
use std::{fs, path::Path};

/// What the program says of itself, and its exit code.
fn status(place: &Place) -> (Value, Option<i32>) {
    let ended = place.run(&["status", "--json"]);
    let lines: Vec<_> = ended.out.lines().collect();
    assert_eq!(lines.len(), 1, "{ended:?}");
    (serde_json::from_str(lines[0]).unwrap(), ended.code)
}

#[track_caller]
fn wait_for_status(place: &Place, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    wait_for(what, || is_so(&status(place).0));
    status(place).0
}

/// A daemon that has taken in what there is.
fn settled(place: &Place, entries: u64) -> Daemon {
    let daemon = place.daemon(&[]);
    wait_for_status(place, "the first pass", |status| {
        let is_its_own = status["pid"] == daemon.id();
        is_its_own && status["entries"] == entries && !status["last_pass"].is_null()
    });
    daemon
}

#[test]
fn where_nothing_ever_ran() {
    let place = Place::new();
    let (status, code) = status(&place);
    assert_eq!((&status["state"], code), (&"never".into(), Some(3)));
    assert!(status["entries"].is_null());
    let text = place.run(&["status"]);
    assert_eq!(text.code, Some(3));
    assert!(text.out.contains("does not run") && text.out.contains("no catalogue yet"));
    assert!(!place.path(".feedwright").exists());
}

#[test]
fn a_daemon_that_runs_is_told_with_all_it_has() {
    let place = Place::new();
    for name in ["a", "b", "c"] {
        place.write(&format!("watch/d/{name}.md"), &article(name, name));
    }
    let daemon = settled(&place, 3);
    let (told, code) = status(&place);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(told["state"], "running");
    assert_eq!(told["well"], true);
    assert_eq!(told["pid"], daemon.id());
    assert_eq!(told["watching"]["by"], "events");
    assert_eq!(told["pending"]["documents"], 0);
    assert!(told["feeds"].as_u64().unwrap() >= 2, "{told}");
    assert!(told["topics"].as_u64().unwrap() >= 1, "{told}");
    assert!(told["last_publish"]["documents"].as_u64().unwrap() >= 4);
    let folder = told["watch_folder"].as_str().unwrap();
    assert!(folder.ends_with("/watch"), "{folder}");
    let text = place.run(&["status"]);
    assert_eq!(text.code, Some(0));
    for words in [
        &format!("runs as process {} since ", daemon.id()),
        "(by events)",
        "3 entries",
    ] {
        assert!(text.out.contains(words), "{words} is not in:\n{}", text.out);
    }
    let keys: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
    let mut contract = [
        "catalogue_fault",
        "confinement",
        "entries",
        "faults",
        "faults_count",
        "feeds",
        "feeds_folder",
        "heard",
        "hubs",
        "last_pass",
        "last_publish",
        "left_alone",
        "left_out",
        "not_taken",
        "pending",
        "pid",
        "servers",
        "started",
        "state",
        "state_folder",
        "stopped",
        "topics",
        "version",
        "watch_folder",
        "watching",
        "well",
    ];
    contract.sort_unstable();
    assert_eq!(keys, contract);
}

#[test]
fn a_file_that_is_not_taken_and_one_that_is_left_out() {
    let place = Place::new();
    place.write("watch/good.md", &article("Good", "harbor"));
    place.write("watch/empty.txt", "");
    place.write(
        "watch/draft.md",
        "---\ntitle: D\ndraft: true\n---\n\nNot yet.\n",
    );
    let _daemon = settled(&place, 1);
    let (told, code) = status(&place);
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(told["well"], false);
    assert_eq!(told["not_taken"][0]["path"], "empty.txt");
    let reason = told["not_taken"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("the file is empty"), "{reason}");
    assert_eq!(told["left_out"][0]["path"], "draft.md");
    // The daemon does what it should, and starting it anew would mend no file.
    let health = place.run(&["status", "--health"]);
    assert_eq!(health.code, Some(0), "{health:?}");
    assert!(health.out.contains("empty.txt"), "{}", health.out);
    // A draft is nothing that failed.
    fs::remove_file(place.path("watch/empty.txt")).unwrap();
    wait_for("all well", || status(&place).1 == Some(0));
}

#[test]
fn what_is_left_alone_is_told_in_a_line_and_counted() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("watch/good.md", &article("Good", "harbor"));
    place.write("watch/.hidden", "");
    place.write("elsewhere.md", &article("Elsewhere", "market"));
    fs::create_dir(place.path("watch/links")).unwrap();
    for number in 0..1_000 {
        let link = format!("watch/links/{number:03}.md");
        symlink(place.path("elsewhere.md"), place.path(&link)).unwrap();
    }
    let _socket = std::os::unix::net::UnixListener::bind(place.path("watch/socket")).unwrap();
    let daemon = settled(&place, 1);
    let about = |told: &Value, name: &str| {
        let kinds = told["left_alone"].as_array().unwrap().clone();
        let is_it = |kind: &Value| {
            kind["first"][0]
                .as_str()
                .is_some_and(|first| first.ends_with(name))
        };
        kinds.into_iter().find(is_it).unwrap_or_default()
    };
    let (told, code) = status(&place);
    // Nothing of that has failed.
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(about(&told, "000.md")["count"], 1_000);
    assert_eq!(about(&told, "socket")["count"], 1);
    assert_eq!(about(&told, ".hidden")["count"], 1);
    let reason = about(&told, "000.md")["reason"].clone();
    assert!(reason.as_str().unwrap().contains("copy what they lead to"));
    let text = place.run(&["status"]).out;
    for words in [
        "left alone: 1,002 files and folders",
        "  .hidden: hidden files, ",
        "and 970 more: links, such as shortcuts, are not followed",
        "  socket: pipes, sockets and devices ",
    ] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    // Files of one's own making are no news.
    let news = || {
        let log = daemon.log();
        let lines = log.lines().filter(|line| line.contains("left alone"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(news().len(), 2, "{:#?}", news());
    assert!(news()[0].contains("and 997 more: links, such as shortcuts, "));
    symlink(place.path("elsewhere.md"), place.path("watch/later.md")).unwrap();
    wait_for("the link", || news().len() > 2);
    assert!(news()[2].contains("WARN left alone later.md: links, "));
    fs::remove_dir_all(place.path("watch/links")).unwrap();
    let told = wait_for_status(&place, "the end of the links", |told| {
        about(told, "later.md")["count"] == 1
    });
    assert_eq!(about(&told, "000.md"), Value::Null);

    // Who asks for a digest of the folder is told as well.
    let digested = place.run(&["digest", "--json", "watch"]);
    assert_eq!(digested.out.lines().count(), 1);
    assert!(
        digested.err.contains("left alone watch/later.md: links, "),
        "{}",
        digested.err
    );
    assert!(news().len() == 3);
}

#[test]
fn a_file_that_is_being_written_is_pending() {
    use std::io::Write as _;
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let _daemon = settled(&place, 1);
    let mut file = fs::File::create(place.path("watch/slow.md")).unwrap();
    file.write_all(b"Half").unwrap();
    let told = wait_for_status(&place, "the slow file", |status| {
        status["pending"]["waiting"] == 1
    });
    assert_eq!(told["pending"]["waiting_for"][0], "slow.md");
    let text = place.run(&["status"]);
    assert!(
        text.out.contains("1 file is being written: slow.md"),
        "{}",
        text.out
    );
    assert_eq!(text.code, Some(0));
}

#[test]
fn one_that_was_stopped_one_that_was_killed_and_one_that_hangs() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut daemon = settled(&place, 1);
    // Hanging or not, it is asked nothing, so an answer comes at once.
    daemon.signal(Signal::STOP);
    let (told, code) = status(&place);
    assert_eq!((&told["state"], code), (&"running".into(), Some(0)));
    assert_eq!(told["entries"], 1);
    daemon.signal(Signal::CONT);
    daemon.signal(Signal::TERM);
    daemon.end();
    let before = contents(&place.path(".feedwright"));
    let (told, code) = status(&place);
    assert_eq!((&told["state"], code), (&"stopped".into(), Some(3)));
    assert!(told["pid"].is_null() && told["stopped"].is_string());
    assert_eq!(told["entries"], 1);
    // Asking leaves no trace.
    assert_eq!(contents(&place.path(".feedwright")), before);

    let mut daemon = settled(&place, 1);
    daemon.signal(Signal::KILL);
    daemon.end();
    let (told, code) = status(&place);
    assert_eq!((&told["state"], code), (&"killed".into(), Some(3)));
    assert!(told["stopped"].is_null());
    let text = place.run(&["status"]);
    assert!(text.out.contains("ended without a word"), "{}", text.out);
    // And it starts as if nobody had asked.
    let _daemon = settled(&place, 1);
    assert_eq!(status(&place).1, Some(0));
}

/// All files of a folder, with what is in them.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = fs::read_dir(folder).unwrap();
    let mut found: Vec<_> = names
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn another_process_that_has_the_catalogue_is_named() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut daemon = settled(&place, 1);
    daemon.signal(Signal::KILL);
    daemon.end();
    // What the killed one told is not taken for the word of this one.
    let held = Catalogue::open(&place.path(".feedwright")).unwrap();
    let (told, code) = status(&place);
    assert_eq!((&told["state"], code), (&"held".into(), Some(3)));
    assert_eq!(told["pid"], std::process::id());
    assert_eq!(told["entries"], 1);
    drop(held);
    assert_eq!(status(&place).0["state"], "killed");
}

#[test]
fn a_damaged_catalogue_is_told_and_left_as_it_is() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    let file = place.path(".feedwright/catalogue.db");
    fs::write(
        &file,
        "no database at all, but long enough to look like one",
    )
    .unwrap();
    let (told, code) = status(&place);
    assert_eq!(code, Some(3));
    let fault = told["catalogue_fault"].as_str().unwrap();
    assert!(fault.contains("catalogue.db"), "{fault}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("no database at all"));
}

#[test]
fn a_damaged_status_is_no_status() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut daemon = settled(&place, 1);
    daemon.signal(Signal::TERM);
    daemon.end();
    let file = place.path(".feedwright/daemon.status");
    // What is left looks like a status: only its checksum tells.
    let text = fs::read_to_string(&file).unwrap();
    let damaged = text.replacen("\"started\":\"2", "\"started\":\"1", 1);
    assert_ne!(damaged, text);
    fs::write(&file, damaged).unwrap();
    let (told, code) = status(&place);
    assert_eq!((&told["state"], code), (&"never".into(), Some(3)));
    assert_eq!(told["entries"], 1);
    let _daemon = settled(&place, 1);
    wait_for("its status", || status(&place).1 == Some(0));
}

#[test]
fn a_faulty_configuration_does_not_hide_the_daemon() {
    let place = Place::new();
    place.write("config.toml", "[state]\nfolder = 'kept'\n");
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = settled(&place, 1);
    place.write(
        "config.toml",
        "[state]\nfolder = 'kept'\n[site]\ncolor = 1\n",
    );
    daemon.signal(Signal::HUP);
    let told = wait_for_status(&place, "the fault", |status| status["faults_count"] == 1);
    assert_eq!(told["state"], "running");
    assert_eq!(told["faults"][0]["about"], "configuration");
    let ended = place.run(&["status"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("unknown setting"), "{}", ended.err);
    assert!(
        ended.out.contains("config.toml:4: unknown setting"),
        "{}",
        ended.out
    );
}

#[test]
fn another_folder_that_is_not_there_is_told_until_it_is_back() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let _daemon = settled(&place, 1);
    place.rename("watch", "elsewhere");
    let told = wait_for_status(&place, "the fault", |status| status["faults_count"] == 1);
    assert_eq!(told["faults"][0]["about"], "watch-folder");
    assert_eq!(told["watching"]["by"], "nothing");
    assert_eq!(told["entries"], 1);
    place.rename("elsewhere", "watch");
    wait_for("all well", || status(&place).1 == Some(0));
}

#[test]
fn the_server_is_asked_whether_it_answers() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut command = place.command(&[]);
    let socket = format!("unix:{}", place.path("socket").display());
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", &socket));
    let told = wait_for_status(&place, "the server", |status| {
        status["servers"][0]["ready"] == true
    });
    assert_eq!(told["servers"][0]["address"], socket);
    assert_eq!(told["servers"][0]["answers"], true);
    assert_eq!(told["hubs"].as_array().map(Vec::len), Some(0));
    let text = place.run(&["status"]);
    assert_eq!(text.code, Some(0));
    let words = format!("  server     {socket} (answers)");
    assert!(text.out.contains(&words), "{}", text.out);
    fs::rename(place.path("watch"), place.path("away")).unwrap();
    let told = wait_for_status(&place, "the missing folder", |status| {
        status["servers"][0]["ready"] == false
    });
    assert_eq!(
        told["servers"][0]["reason"],
        "the watch folder is not there"
    );
    fs::rename(place.path("away"), place.path("watch")).unwrap();
    // Nobody answers where it says that it listens.
    fs::remove_file(place.path("socket")).unwrap();
    let (told, code) = status(&place);
    assert_eq!(
        (&told["servers"][0]["answers"], code),
        (&false.into(), Some(1))
    );
    daemon.signal(Signal::TERM);
}

#[test]
fn health_is_the_daemon_and_not_what_it_is_given() {
    let health = |place: &Place| place.run(&["status", "--health"]).code;
    let place = Place::new();
    assert_eq!(health(&place), Some(3));
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/empty.txt", "");
    let mut command = place.command(&[]);
    let socket = format!("unix:{}", place.path("socket").display());
    let mut daemon = place.start(command.env("FEEDWRIGHT_LISTEN", &socket));
    wait_for("the first pass", || health(&place) == Some(0));
    assert_eq!(status(&place).1, Some(1));
    place.rename("watch", "away");
    wait_for("the missing folder", || health(&place) == Some(1));
    place.rename("away", "watch");
    wait_for("the folder", || health(&place) == Some(0));
    // Readers get nothing where it says that it listens.
    place.rename("socket", "moved");
    assert_eq!(health(&place), Some(1));
    daemon.signal(Signal::TERM);
    daemon.end();
    assert_eq!(health(&place), Some(3));
}

#[test]
fn without_a_server_health_is_the_watch_and_the_last_pass() {
    let health = |place: &Place| place.run(&["status", "--health"]).code;
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    wait_for("the first pass", || health(&place) == Some(0));
    assert!(!status(&place).0["last_pass"].is_null());
    place.rename("watch", "away");
    wait_for("the missing folder", || health(&place) == Some(1));
    place.rename("away", "watch");
    wait_for("the folder", || health(&place) == Some(0));
    // A folder where the feed of all belongs: no pass comes to its end.
    fs::remove_file(place.path("feeds/atom.xml")).unwrap();
    place.write("feeds/atom.xml/in/the/way", "");
    place.write("watch/b.md", &article("B", "market"));
    wait_for("a pass that fails", || health(&place) == Some(1));
    drop(daemon);
}
