//! `feedwright service`: what it writes, and what it has systemd do. A script of
//! the test's own stands for `systemctl`.

use crate::program::{Ended, Place, article, ended, wait_for};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

/// A home with a manager that notes what it is asked, and says what `says` does.
struct Home {
    place: Place,
}

impl Home {
    fn new(says: &str) -> Self {
        let place = Place::new();
        place.write("config.toml", "");
        let home = Self { place };
        home.manager(says);
        home
    }

    fn manager(&self, says: &str) {
        let script = format!("#!/bin/sh\necho \"$@\" >>\"$0.asked\"\n{says}\n");
        self.place.write("bin/systemctl", &script);
        let rights = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.place.path("bin/systemctl"), rights).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.command(arguments);
        let path = format!("{}:/usr/bin:/bin", self.place.path("bin").display());
        command
            .env("PATH", path)
            .env("HOME", self.place.path(""))
            .env("USER", "feedwright-test")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("FEEDWRIGHT_LISTEN");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        ended(&mut self.command(arguments))
    }

    fn unit(&self) -> PathBuf {
        self.place.path(".config/systemd/user/feedwright.service")
    }

    /// What the manager was asked, but for questions.
    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.place.path("bin/systemctl.asked"));
        let asked = asked.unwrap_or_default();
        let lines = asked.lines().filter(|line| !line.contains(" show "));
        lines.map(str::to_owned).collect()
    }
}

const INSTALLED: [&str; 3] = [
    "--user daemon-reload",
    "--user enable feedwright.service",
    "--user restart feedwright.service",
];

#[test]
fn a_unit_is_written_shown_and_started() {
    let home = Home::new("");
    let done = home.run(&["--watch", "in", "service", "install", "--yes"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let unit = fs::read_to_string(home.unit()).unwrap();
    let base = home.place.path("").canonicalize().unwrap();
    let start = format!(
        "ExecStart={} --watch {} run",
        env!("CARGO_BIN_EXE_feedwright"),
        base.join("in").display()
    );
    assert!(unit.lines().any(|line| line == start), "{start}:\n{unit}");
    let folder = format!("WorkingDirectory={}", base.display());
    let folder = folder.trim_end_matches('/');
    assert!(unit.lines().any(|line| line == folder), "{folder}:\n{unit}");
    // Everything was shown before.
    for line in unit.lines().chain(INSTALLED) {
        assert!(done.out.contains(line), "{line}:\n{}", done.out);
    }
    assert!(done.out.contains(&home.unit().display().to_string()));
    assert!(done.out.contains("loginctl enable-linger"), "{}", done.out);
    assert_eq!(home.asked(), INSTALLED);
}

#[test]
fn the_program_that_is_written_there_runs() {
    let home = Home::new("");
    home.place.write("watch/a.md", &article("A", "harbor"));
    fs::rename(
        home.place.path("config.toml"),
        home.place.path("my $et.toml"),
    )
    .unwrap();
    let given = ["--config", "my $et.toml", "--listen", "off"];
    let install = [&given[..], &["service", "install", "--yes"]].concat();
    assert_eq!(home.run(&install).code, Some(0));
    let unit = fs::read_to_string(home.unit()).unwrap();
    let start = unit
        .lines()
        .find_map(|line| line.strip_prefix("ExecStart="));
    // As systemd reads it, which the shell does but for its `$$`.
    let start = start.unwrap().replace("$$", "\\$");
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("exec {start}")])
        .current_dir("/");
    let _daemon = home.place.start(command.stdin(Stdio::null()));
    wait_for("the entry", || home.place.items().len() == 1);
}

#[test]
fn nobody_who_is_not_asked_is_given_a_service() {
    let home = Home::new("");
    let done = home.run(&["service", "install"]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("nothing is changed") && done.err.contains("--yes"));
    assert!(!home.unit().exists() && home.asked().is_empty());
}

#[test]
fn a_unit_of_somebody_else_is_left_alone() {
    let home = Home::new("");
    home.place
        .write(".config/systemd/user/feedwright.service", "[Service]\n");
    for act in ["install", "uninstall"] {
        let done = home.run(&["service", act, "--yes"]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("move it away first"), "{}", done.err);
    }
    assert_eq!(fs::read_to_string(home.unit()).unwrap(), "[Service]\n");
    assert!(home.asked().is_empty());
}

#[test]
fn what_is_installed_can_be_removed() {
    let home = Home::new("");
    let done = home.run(&["service", "uninstall", "--yes"]);
    assert_eq!(done.code, Some(0));
    assert!(done.err.contains("nothing to do"), "{}", done.err);
    home.run(&["service", "install", "--yes"]);
    let done = home.run(&["service", "uninstall", "--yes"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(!home.unit().exists());
    assert_eq!(
        home.asked()[3..],
        [
            "--user disable --now feedwright.service",
            "--user daemon-reload"
        ]
    );
    assert!(home.place.path("config.toml").exists());
}

#[test]
fn each_failure_names_its_remedy() {
    let home = Home::new("echo 'Failed to connect to bus: No medium found' >&2; exit 1");
    let done = home.run(&["service", "install", "--yes"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    for words in [
        "`systemctl --user daemon-reload` failed: Failed to connect to bus",
        "log in as the user",
        "XDG_RUNTIME_DIR",
    ] {
        assert!(done.err.contains(words), "{words}: {}", done.err);
    }
    home.manager("case $* in *restart*) echo 'Job failed.' >&2; exit 1;; esac");
    let done = home.run(&["service", "install", "--yes"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(
        done.err.contains("journalctl --user -eu feedwright"),
        "{}",
        done.err
    );
    fs::remove_file(home.place.path("bin/systemctl")).unwrap();
    let mut command = home.command(&["service", "install", "--yes"]);
    let done = ended(command.env("PATH", home.place.path("bin")));
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("there is no `systemctl`"), "{}", done.err);
}

#[test]
fn a_daemon_that_runs_already_is_in_the_way_unless_it_is_the_service() {
    let home = Home::new("");
    let daemon = home.place.daemon(&[]);
    wait_for("its status", || {
        home.place.run(&["status"]).out.contains("runs as process")
    });
    let done = home.run(&["service", "install", "--yes"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    let words = format!(
        "runs already, as process {}; stop that one first",
        daemon.id()
    );
    assert!(done.err.contains(&words), "{}", done.err);
    home.manager(&format!(
        "echo ActiveState=active; echo MainPID={}",
        daemon.id()
    ));
    let done = home.run(&["service", "install", "--yes"]);
    assert_eq!(done.code, Some(0), "{done:?}");
}

#[test]
fn it_is_told_how_the_service_stands() {
    let home = Home::new("");
    let done = home.run(&["service", "status"]);
    assert_eq!(done.code, Some(3), "{done:?}");
    assert!(
        done.out.contains("feedwright service install"),
        "{}",
        done.out
    );
    home.run(&["service", "install", "--yes"]);
    for (state, words, code) in [
        ("active", "it runs", 0),
        ("failed", "it was started and failed", 1),
        ("inactive", "it does not run", 3),
    ] {
        home.manager(&format!("echo ActiveState={state}; echo MainPID=0"));
        let done = home.run(&["service", "status"]);
        assert_eq!(done.code, Some(code), "{done:?}");
        assert!(done.out.contains(words), "{}", done.out);
        assert!(done.out.contains("feedwright status"), "{}", done.out);
    }
}
