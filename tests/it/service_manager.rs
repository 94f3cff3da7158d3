//! What a service manager hears: a socket of the test's own stands for
//! systemd's.

use crate::program::{Daemon, Place, article, ended, wait_for};
use rustix::process::Signal;
use std::{
    fs,
    os::unix::net::UnixDatagram,
    process::Command,
    time::{Duration, Instant},
};

/// The manager, and what it has heard.
struct Manager {
    socket: UnixDatagram,
    heard: Vec<String>,
}

impl Manager {
    fn of(socket: UnixDatagram) -> Self {
        socket.set_nonblocking(true).unwrap();
        let heard = Vec::new();
        Self { socket, heard }
    }

    /// A manager for this place, and a command that tells it.
    fn new(place: &Place) -> (Self, Command) {
        let name = place.path("notify");
        let manager = Self::of(UnixDatagram::bind(&name).unwrap());
        let mut command = place.command(&[]);
        command.env("NOTIFY_SOCKET", name);
        (manager, command)
    }

    /// Everything that was heard so far.
    fn listen(&mut self) -> &[String] {
        let mut message = [0; 4096];
        while let Ok(length) = self.socket.recv(&mut message) {
            let text = str::from_utf8(&message[..length]).unwrap();
            self.heard.push(text.to_owned());
        }
        &self.heard
    }

    #[track_caller]
    fn wait_for(&mut self, words: &str) {
        wait_for(words, || {
            self.listen().iter().any(|told| told.contains(words))
        });
    }

    fn count(&mut self, words: &str) -> usize {
        let told = self.listen().iter();
        told.filter(|told| told.starts_with(words)).count()
    }
}

/// What there is besides words for people and signs of life.
fn turns(told: &[String]) -> Vec<&str> {
    let told = told.iter().filter_map(|told| told.lines().next());
    told.filter(|told| !told.starts_with("STATUS=") && !told.starts_with("WATCHDOG="))
        .collect()
}

fn stop(daemon: &mut Daemon) {
    daemon.signal(Signal::TERM);
    assert!(daemon.end().success());
}

#[test]
fn it_is_told_each_turn_in_order() {
    let place = Place::new();
    place.write("config.toml", "");
    for name in ["a", "b"] {
        place.write(&format!("watch/{name}.md"), &article(name, name));
    }
    let (mut manager, mut command) = Manager::new(&place);
    let mut daemon = place.start(&mut command);
    manager.wait_for("STATUS=2 entries");
    assert_eq!(manager.heard[0], "STATUS=opening the catalogue");
    assert_eq!(turns(&manager.heard), ["READY=1"]);

    // Seen to be ready again whether the configuration is taken or not.
    daemon.signal(Signal::HUP);
    wait_for("the reload", || turns(manager.listen()).len() == 3);
    place.write("config.toml", "[site]\ncolor = 'red'\n");
    daemon.signal(Signal::HUP);
    manager.wait_for("STATUS=2 entries; 1 thing fails: see `feedwright status`");
    place.write("config.toml", "");
    daemon.signal(Signal::HUP);
    wait_for("the last reload", || turns(manager.listen()).len() == 7);
    let times: Vec<u64> = manager
        .heard
        .iter()
        .filter_map(|told| told.strip_prefix("RELOADING=1\nMONOTONIC_USEC="))
        .map(|time| time.parse().unwrap())
        .collect();
    assert!(times.len() == 3 && times.is_sorted(), "{times:?}");

    stop(&mut daemon);
    let turn = ["RELOADING=1", "READY=1"];
    let all = [&["READY=1"], &turn[..], &turn, &turn, &["STOPPING=1"]].concat();
    assert_eq!(turns(manager.listen()), all);
    // No sign of life was asked for.
    assert_eq!(manager.count("WATCHDOG"), 0);
}

#[test]
fn what_is_pending_is_told() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let (mut manager, mut command) = Manager::new(&place);
    let _daemon = place.start(&mut command);
    manager.wait_for("STATUS=1 entry");
    let _growing = fs::File::create(place.path("watch/slow.md")).unwrap();
    manager.wait_for("STATUS=1 entry; 1 file pending");
    place.rename("watch", "elsewhere");
    manager.wait_for("1 thing fails");
}

#[test]
fn a_loop_that_hangs_is_silent() {
    const LIMIT: Duration = Duration::from_millis(400);
    let place = Place::new();
    place.write("config.toml", "");
    let (mut manager, mut command) = Manager::new(&place);
    command.env("WATCHDOG_USEC", LIMIT.as_micros().to_string());
    let daemon = place.start(&mut command);
    let start = Instant::now();
    wait_for("signs of life", || manager.count("WATCHDOG") > 8);
    // Twice in the limit, and not all the time.
    assert!(start.elapsed() > 7 * LIMIT / 2, "{:?}", start.elapsed());

    // A configuration that never comes stands for a disk that does not answer.
    let pipe = place.path("config.toml");
    fs::remove_file(&pipe).unwrap();
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    daemon.signal(Signal::HUP);
    manager.wait_for("RELOADING");
    let before = manager.count("WATCHDOG");
    std::thread::sleep(4 * LIMIT);
    assert_eq!(manager.count("WATCHDOG"), before);

    // As soon as it goes on, that is heard.
    drop(fs::OpenOptions::new().write(true).open(&pipe).unwrap());
    wait_for("the next sign", || manager.count("WATCHDOG") > before);
    assert_eq!(
        turns(manager.listen()),
        ["READY=1", "RELOADING=1", "READY=1"]
    );
}

#[test]
fn signs_of_life_are_only_for_whom_they_are_asked_of() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let (mut manager, mut command) = Manager::new(&place);
    command
        .env("WATCHDOG_USEC", "50000")
        .env("WATCHDOG_PID", std::process::id().to_string());
    let _daemon = place.start(&mut command);
    manager.wait_for("STATUS=1 entry");
    assert_eq!(manager.count("WATCHDOG"), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_socket_may_have_no_file() {
    use std::os::{linux::net::SocketAddrExt as _, unix::net::SocketAddr};
    let place = Place::new();
    let name = format!("feedwright-test-{}", place.path("").display());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let mut manager = Manager::of(UnixDatagram::bind_addr(&address).unwrap());
    let mut command = place.command(&[]);
    let mut daemon = place.start(command.env("NOTIFY_SOCKET", format!("@{name}")));
    manager.wait_for("READY=1");
    stop(&mut daemon);
    manager.wait_for("STOPPING=1");
}

#[test]
fn without_one_or_with_one_that_is_gone_it_runs_all_the_same() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    for name in ["", "/nowhere/at/all", "relative", "@"] {
        let mut command = place.command(&[]);
        command
            .env("NOTIFY_SOCKET", name)
            .env("WATCHDOG_USEC", "1000");
        let mut daemon = place.start(&mut command);
        wait_for("the entry", || place.items().len() == 1);
        stop(&mut daemon);
        assert!(!daemon.log().contains("ERROR"), "{}", daemon.log());
    }
    // One that goes away while it runs.
    let (manager, mut command) = Manager::new(&place);
    command.env("WATCHDOG_USEC", "1000");
    let mut daemon = place.start(&mut command);
    drop(manager);
    place.write("watch/b.md", &article("B", "market"));
    wait_for("the other entry", || place.items().len() == 2);
    stop(&mut daemon);
}

#[test]
fn commands_that_are_no_daemon_tell_nothing() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let (mut manager, command) = Manager::new(&place);
    for name in ["build", "status", "check"] {
        let mut once = place.command(&[name]);
        once.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        assert_eq!(ended(&mut once).code.unwrap() % 3, 0);
    }
    assert_eq!(manager.listen().len(), 0);
}
