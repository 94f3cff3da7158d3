//! A unit of the user's own for systemd. It is the packaged one, with the program
//! and the folder as they are here.

use super::plan::{MARK, Plan, Run, Step, Told};
use anyhow::Context as _;
use std::{env, path::PathBuf};

/// The unit of the packages: what it says of restarts and rights holds here, too.
const PACKAGED: &str = include_str!("../../../packaging/systemd/user/feedwright.service");

const UNIT: &str = "feedwright.service";

pub(super) fn plan(run: &Run) -> anyhow::Result<Plan> {
    let settings = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let settings = settings.filter(|folder| folder.is_absolute());
    let settings = settings
        .or_else(|| Some(env::home_dir()?.join(".config")))
        .context("there is no home folder to write the unit into; set HOME")?;
    let manager = |words: &[&str]| Step::new(["systemctl", "--user"].iter().chain(words).copied());
    let user = env::var_os("USER").unwrap_or_default();
    Ok(Plan {
        file: settings.join("systemd/user").join(UNIT),
        text: unit(run),
        install: vec![
            manager(&["daemon-reload"]),
            manager(&["enable", UNIT]),
            manager(&["restart", UNIT]),
        ],
        uninstall: vec![manager(&["disable", "--now", UNIT])],
        forget: vec![manager(&["daemon-reload"])],
        question: manager(&["show", "--property=ActiveState,MainPID", UNIT]),
        read,
        remedy,
        log: "journalctl --user -eu feedwright".to_owned(),
        always: Some((
            "loginctl enable-linger",
            PathBuf::from("/var/lib/systemd/linger").join(user),
        )),
    })
}

fn unit(run: &Run) -> String {
    let words: Vec<_> = run.words.iter().map(|word| quoted(word)).collect();
    let mut unit = format!("# feedwright for this user, {MARK}.\n");
    // What stands above its first section is about the packaged one.
    let lines = PACKAGED.lines().skip_while(|line| !line.starts_with('['));
    for line in lines {
        let line = match line.split_once('=') {
            Some(("ExecStart", _)) => format!("ExecStart={}", words.join(" ")),
            Some(("WorkingDirectory", _)) => {
                format!("WorkingDirectory={}", run.folder.replace('%', "%%"))
            }
            _ => line.to_owned(),
        };
        unit.push_str(&line);
        unit.push('\n');
    }
    unit
}

/// A word of a command line, as systemd reads it (systemd.service(5)).
fn quoted(word: &str) -> String {
    let mut quoted = String::new();
    for c in word.chars() {
        match c {
            '%' | '$' => quoted.push(c),
            '"' | '\\' => quoted.push('\\'),
            _ => {}
        }
        quoted.push(c);
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.:[]@,+=%$".contains(c);
    if quoted.chars().all(is_plain) {
        quoted
    } else {
        format!("\"{quoted}\"")
    }
}

/// Reads the properties of the unit.
fn read(said: &str) -> (Told, Option<u32>) {
    let value = |name: &str| {
        let mut lines = said.lines().filter_map(|line| line.split_once('='));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let told = match value("ActiveState") {
        Some("active" | "reloading" | "activating") => Told::Runs,
        Some("failed") => Told::Failed,
        _ => Told::Stopped,
    };
    let process = value("MainPID").and_then(|pid| pid.parse().ok());
    (told, process.filter(|pid| *pid != 0))
}

fn remedy(said: &str) -> String {
    if said.contains("bus") || said.contains("XDG_RUNTIME_DIR") {
        "no services of yours are kept in this session, as after `su` or `sudo`: log in as the user \
         whom they are for, or give `loginctl enable-linger` for them and `export \
         XDG_RUNTIME_DIR=/run/user/$(id -u)`; for the whole machine there is the unit of the packages"
            .to_owned()
    } else {
        "`journalctl --user -eu feedwright` shows why, if it was started".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &[&str], folder: &str) -> Run {
        Run {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            folder: folder.to_owned(),
        }
    }

    #[test]
    fn the_unit_is_the_packaged_one_with_what_is_here() {
        let words = [
            "/opt/feed wright",
            "--config",
            "/home/ada/50%/\"new$\\s.toml",
            "run",
        ];
        let unit = unit(&run(&words, "/home/ada/50% news"));
        assert!(unit.starts_with(
            "# feedwright for this user, written by `feedwright service install`.\n[Unit]\n"
        ));
        for line in [
            "ExecStart=\"/opt/feed wright\" --config \"/home/ada/50%%/\\\"new$$\\\\s.toml\" run",
            "WorkingDirectory=/home/ada/50%% news",
            "Type=notify",
            "WatchdogSec=2min",
            "RestartPreventExitStatus=2",
            "NoNewPrivileges=yes",
            "WantedBy=default.target",
        ] {
            assert!(unit.lines().any(|there| there == line), "{line}:\n{unit}");
        }
        assert!(
            !unit.contains("%h") && !unit.contains("/usr/bin/feedwright"),
            "{unit}"
        );
    }

    #[test]
    fn what_the_manager_says_is_understood() {
        assert_eq!(
            read("ActiveState=active\nMainPID=42\n"),
            (Told::Runs, Some(42))
        );
        assert_eq!(
            read("MainPID=0\nActiveState=failed\n"),
            (Told::Failed, None)
        );
        assert_eq!(read("ActiveState=inactive\n"), (Told::Stopped, None));
        assert_eq!(read(""), (Told::Stopped, None));
    }
}
