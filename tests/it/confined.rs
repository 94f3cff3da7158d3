//! What a process that has shut itself in may do, and what it may not: tried in
//! one that does nothing else, and on the daemon.

use crate::{
    daemon::shown,
    program::{Daemon, Place, article, wait_for},
};
use feedwright::{
    config,
    service::confine::{self, Bounds, Held},
};
use rustix::process::{Pid, Signal};
use std::{
    collections::BTreeMap,
    env, fs, io,
    net::{TcpListener, TcpStream},
    os::{
        linux::net::SocketAddrExt as _,
        unix::net::{SocketAddr, UnixListener, UnixStream},
    },
    path::Path,
    process::Command,
};

/// Where the process that is shut in finds its place. The test that has it is that
/// process; everywhere else it is none.
const INSIDE: &str = "FEEDWRIGHT_TEST_SHUT_IN";

/// How it went, in the words of the system.
fn told<T>(done: io::Result<T>) -> String {
    done.map_or_else(|error| format!("{:?}", error.kind()), |_| "done".to_owned())
}

#[test]
fn the_process_that_is_shut_in() {
    let Some(base) = env::var_os(INSIDE) else {
        return;
    };
    let base = Path::new(&base);
    let file = base.join("settings/config.toml");
    let overrides = config::Overrides {
        config: Some(file.clone()),
        ..config::Overrides::default()
    };
    let config = config::load(&overrides).unwrap();
    let held = confine::shut_in(&Bounds::of(&config, &file));
    eprintln!("\nheld = {held:?}");
    let say = |what: &str, done: String| eprintln!("{what} = {done}");
    let path = |name: &str| base.join(name);
    say("read an article", told(fs::read(path("in/watch/a.md"))));
    say("list the articles", told(fs::read_dir(path("in/watch"))));
    say(
        "write an article",
        told(fs::write(path("in/watch/a.md"), "")),
    );
    say("add an article", told(fs::write(path("in/watch/b.md"), "")));
    say(
        "remove an article",
        told(fs::remove_file(path("in/watch/a.md"))),
    );
    say("read settings", told(fs::read(&file)));
    say("write settings", told(fs::write(&file, "")));
    say(
        "make feeds",
        told(fs::create_dir_all(path("out/feeds/topics/x"))),
    );
    say(
        "write feeds",
        told(fs::write(path("out/feeds/topics/x/a.xml"), "")),
    );
    let moved = fs::rename(path("out/feeds/topics/x/a.xml"), path("out/feeds/b.xml"));
    say("move feeds", told(moved));
    say("remove feeds", told(fs::remove_dir_all(path("out/feeds"))));
    say("make feeds again", told(fs::create_dir(path("out/feeds"))));
    say(
        "write feeds again",
        told(fs::write(path("out/feeds/a.xml"), "")),
    );
    say("write state", told(fs::write(path("out/state/x"), "")));
    say("read a secret", told(fs::read(path("secret/key"))));
    say("list secrets", told(fs::read_dir(path("secret"))));
    say("write a secret", told(fs::write(path("secret/key"), "")));
    say("read by a link", told(fs::read(path("out/link"))));
    say("read passwords", told(fs::read("/etc/passwd")));
    say("read other processes", told(fs::read("/proc/1/status")));
    say("read its own", told(fs::read("/proc/self/status")));
    say(
        "read the time zone",
        told(fs::read_dir("/usr/share/zoneinfo")),
    );
    say("run a program", told(Command::new("/bin/true").status()));
    say("listen", told(TcpListener::bind("127.0.0.1:0")));
    let port: u16 = env::var("PORT").unwrap().parse().unwrap();
    say("connect", told(TcpStream::connect(("127.0.0.1", port))));
    let name = SocketAddr::from_abstract_name(base.to_str().unwrap()).unwrap();
    say(
        "reach an abstract socket",
        told(UnixStream::connect_addr(&name)),
    );
    let outside = Pid::from_raw(env::var("OUTSIDE").unwrap().parse().unwrap()).unwrap();
    let signaled = rustix::process::test_kill_process(outside);
    say("signal", told(signaled.map_err(io::Error::from)));
    let socket = UnixListener::bind(path("run/http.sock"));
    say("make its socket", told(socket));
    say(
        "remove its socket",
        told(fs::remove_file(path("run/http.sock"))),
    );
    say(
        "write beside its socket",
        told(fs::write(path("run/x"), "")),
    );
}

/// What it could do with these settings; nothing where the system has no Landlock,
/// or one that is too old to hold it in everything.
fn tried(settings: &str) -> Option<BTreeMap<String, String>> {
    let place = Place::new();
    let base = place.path("").canonicalize().unwrap();
    place.write(
        "settings/config.toml",
        &format!(
            "[watch]\nfolder = '../in/watch'\n[feeds]\nfolder = '../out/feeds'\n\
             [state]\nfolder = '../out/state'\n[serve]\nlisten = 'unix:{}'\n{settings}",
            base.join("run/http.sock").display()
        ),
    );
    for name in ["in/watch/a.md", "out/feeds/rss.xml", "secret/key"] {
        place.write(name, "x");
    }
    for name in ["out/state", "run"] {
        fs::create_dir_all(base.join(name)).unwrap();
    }
    std::os::unix::fs::symlink(base.join("secret/key"), base.join("out/link")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let name = SocketAddr::from_abstract_name(base.to_str().unwrap()).unwrap();
    let _abstract = UnixListener::bind_addr(&name).unwrap();
    let process = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "confined::the_process_that_is_shut_in",
            "--nocapture",
        ])
        .env(INSIDE, &base)
        .env("PORT", port.to_string())
        .env("OUTSIDE", std::process::id().to_string())
        .output()
        .unwrap();
    let out = String::from_utf8(process.stderr).unwrap();
    let lines = out.lines().filter_map(|line| line.split_once(" = "));
    let told: BTreeMap<_, _> = lines
        .map(|(what, how)| (what.to_owned(), how.to_owned()))
        .collect();
    if told["held"] != format!("{:?}", Held::Fully) {
        eprintln!(
            "NOT TRIED: this system holds a process to its bounds: {}",
            told["held"]
        );
        return None;
    }
    assert_eq!(fs::read_to_string(base.join("secret/key")).unwrap(), "x");
    assert_eq!(fs::read_to_string(base.join("in/watch/a.md")).unwrap(), "x");
    Some(told)
}

#[test]
fn nothing_is_left_to_it_but_what_it_needs() {
    let Some(mut told) = tried("") else { return };
    told.remove("held");
    let may = [
        "read an article",
        "list the articles",
        "read settings",
        "make feeds",
        "write feeds",
        "move feeds",
        "make feeds again",
        "remove feeds",
        "write feeds again",
        "write state",
        "read its own",
        "read the time zone",
        "listen",
        "make its socket",
        "remove its socket",
    ];
    for (what, how) in told {
        let should = if may.contains(&&*what) {
            "done"
        } else {
            "PermissionDenied"
        };
        assert_eq!(how, should, "{what}");
    }
}

#[test]
fn who_has_hubs_may_connect() {
    let settings =
        "[site]\nurl = 'https://news.example/'\n[push]\nhubs = ['https://hub.example/']\n";
    let Some(told) = tried(settings) else { return };
    assert_eq!(told["connect"], "done");
    assert_eq!(told["read a secret"], "PermissionDenied");
    assert_eq!(told["read passwords"], "PermissionDenied");
}

/// Whether this daemon is held to its bounds.
fn is_held(daemon: &Daemon) -> bool {
    wait_for("a word about it", || daemon.log().contains("shut in"));
    let held = !daemon.log().contains("not shut in");
    if !held {
        eprintln!("NOT TRIED: this system has no Landlock");
    }
    held
}

#[test]
fn every_thread_of_the_daemon_is_shut_in() {
    let place = Place::new();
    for number in 0..50 {
        let name = format!("N{number}");
        place.write(&format!("watch/{name}.md"), &article(&name, &name));
    }
    let mut command = place.command(&[]);
    let daemon = place.start(command.env("FEEDWRIGHT_LISTEN", "127.0.0.1:0"));
    wait_for("the entries", || place.items().len() == 50);
    if !is_held(&daemon) {
        return;
    }
    // Who shuts itself in gains no rights by running others; each thread tells that
    // of itself.
    let of_this = |process: &str| -> Vec<String> {
        let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
        tasks
            .map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap())
            .map(|status| {
                let line = |name| status.lines().find(|line: &&str| line.starts_with(name));
                format!(
                    "{} {}",
                    line("Name:").unwrap(),
                    line("NoNewPrivs:").unwrap()
                )
            })
            .collect()
    };
    if of_this("self").iter().all(|task| task.ends_with('1')) {
        eprintln!("NOT TRIED: the test itself is shut in");
        return;
    }
    let threads = of_this(&daemon.id().to_string());
    // The loop, its runtime, the server, the digests, the events.
    assert!(threads.len() >= 5, "{threads:?}");
    let free: Vec<_> = threads.iter().filter(|told| !told.ends_with('1')).collect();
    assert!(free.is_empty(), "{free:?}");
}

#[test]
fn the_daemon_reads_nothing_that_lies_elsewhere() {
    let (place, elsewhere) = (Place::new(), Place::new());
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("config.toml", "");
    elsewhere.write("config.toml", "[site]\ntitle = 'Elsewhere'\n");
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    if !is_held(&daemon) {
        return;
    }
    // Nothing but its bounds keeps it from that file.
    fs::remove_file(place.path("config.toml")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path("config.toml"), place.path("config.toml")).unwrap();
    daemon.signal(Signal::HUP);
    wait_for("the fault", || {
        daemon
            .log()
            .contains("cannot read the configuration config.toml: Permission denied")
    });
    // The one that is started with it may.
    drop(daemon);
    let daemon = place.daemon(&[]);
    elsewhere.write("config.toml", "[site]\ntitle = 'Later'\n");
    daemon.signal(Signal::HUP);
    wait_for("the new title", || {
        fs::read_to_string(place.path("feeds/atom.xml"))
            .is_ok_and(|feed| feed.contains(">Later</title>"))
    });
}

#[test]
fn what_is_made_again_is_as_good_as_before() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    // Moved away, so that no number of a folder is used again.
    for name in ["watch", "feeds"] {
        place.rename(name, &format!("{name}-before"));
    }
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/b.md", &article("B", "market"));
    shown(&place, "A");
    shown(&place, "B");
    assert!(!daemon.log().contains("denied"), "{}", daemon.log());
}

#[test]
fn settings_that_lead_out_are_told_and_not_taken_over() {
    let (place, elsewhere) = (Place::new(), Place::new());
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("config.toml", "");
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    if !is_held(&daemon) {
        return;
    }
    let folder = elsewhere.path("watch");
    place.write(
        "config.toml",
        &format!("[watch]\nfolder = '{}'\n", folder.display()),
    );
    daemon.signal(Signal::HUP);
    let fault = format!(
        "`folder` under `[watch]` is {}, outside of what feedwright may still touch; start it anew",
        folder.display()
    );
    wait_for("the fault", || daemon.log().contains(&fault));
    place.write(
        "config.toml",
        "[site]\nurl = 'https://news.example/'\n[push]\nhubs = ['https://hub.example/']\n",
    );
    daemon.signal(Signal::HUP);
    wait_for("the hub", || seen(&place).contains("`hubs` under `[push]`"));
    // A folder beside the one before is within reach.
    place.write("other/b.md", &article("B", "market"));
    place.write("config.toml", "[watch]\nfolder = 'other'\n");
    daemon.signal(Signal::HUP);
    shown(&place, "B");
}

fn seen(place: &Place) -> String {
    place.run(&["status"]).out
}

#[test]
fn it_is_told_how_far_it_is_shut_in() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut command = place.command(&[]);
    let base = place.path("").canonicalize().unwrap();
    let daemon = place.start(command.env("HOME", "/"));
    shown(&place, "A");
    if !is_held(&daemon) {
        return;
    }
    let bounds = format!("it may write in {}, and connect to nobody", base.display());
    let line = |log: &str| {
        let line = log.lines().find(|line| line.contains("shut in"));
        line.unwrap_or_default().to_owned()
    };
    assert!(line(&daemon.log()).ends_with(&bounds), "{}", daemon.log());
    wait_for("the status", || {
        seen(&place).contains("  confined   shut in")
    });
    let told = seen(&place);
    assert!(told.contains(&bounds), "{told}");
    drop(daemon);

    // In a home the folders are held on to themselves, which is told.
    let mut command = place.command(&[]);
    fs::remove_file(place.path("log")).unwrap();
    let daemon = place.start(command.env("HOME", &base));
    wait_for("a word about it", || daemon.log().contains("shut in"));
    let told = line(&daemon.log());
    let watch = base.join("watch");
    let words = "should one of these be removed and made again, start feedwright anew: ";
    let (_, pinned) = told.split_once(words).unwrap();
    assert!(pinned.contains(watch.to_str().unwrap()), "{told}");
    assert!(
        told.contains(&format!("read in {}, ", watch.display())),
        "{told}"
    );
    place.write("watch/b.md", &article("B", "market"));
    shown(&place, "B");
}
