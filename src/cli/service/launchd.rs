//! An agent of the user's own for launchd, on macOS.

use super::plan::{MARK, Plan, Run, Step, Told};
use anyhow::Context as _;
use std::{env, path::Path};

const LABEL: &str = "org.feedwright";

pub(super) fn plan(run: &Run) -> anyhow::Result<Plan> {
    let home = env::home_dir().context("there is no home folder to write the agent into")?;
    let file = home
        .join("Library/LaunchAgents")
        .join(format!("{LABEL}.plist"));
    let log = home.join("Library/Logs/feedwright.log");
    let session = format!("gui/{}", user());
    let agent = format!("{session}/{LABEL}");
    let manager = |words: &[&str]| Step::new(["launchctl"].iter().chain(words).copied());
    let name = file.display().to_string();
    Ok(Plan {
        text: agent_file(run, &log),
        install: vec![
            manager(&["bootout", &agent]).if_any(),
            manager(&["enable", &agent]),
            manager(&["bootstrap", &session, &name]),
        ],
        uninstall: vec![manager(&["bootout", &agent])],
        forget: Vec::new(),
        question: manager(&["print", &agent]),
        read,
        remedy: |_| {
            "log in at the machine itself as the user whom it is for; `launchctl error` explains \
             numbers"
                .to_owned()
        },
        log: format!("tail -F '{}'", log.display()),
        always: None,
        file,
    })
}

#[cfg(unix)]
fn user() -> u32 {
    rustix::process::getuid().as_raw()
}

#[cfg(not(unix))]
fn user() -> u32 {
    0
}

fn agent_file(run: &Run, log: &Path) -> String {
    let words = run.words.iter().map(|word| escaped(word));
    let words: Vec<_> = words.collect();
    let words = words.join("</string>\n        <string>");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- feedwright for this user, {MARK}. -->\n\
         <plist version=\"1.0\">\n\
         <dict>\n    \
             <key>Label</key>\n    \
             <string>{LABEL}</string>\n    \
             <key>ProgramArguments</key>\n    \
             <array>\n        \
                 <string>{words}</string>\n    \
             </array>\n    \
             <key>WorkingDirectory</key>\n    \
             <string>{}</string>\n    \
             <key>RunAtLoad</key>\n    \
             <true/>\n    \
             <key>KeepAlive</key>\n    \
             <dict>\n        \
                 <key>SuccessfulExit</key>\n        \
                 <false/>\n    \
             </dict>\n    \
             <key>ProcessType</key>\n    \
             <string>Background</string>\n    \
             <key>StandardErrorPath</key>\n    \
             <string>{}</string>\n\
         </dict>\n\
         </plist>\n",
        escaped(&run.folder),
        escaped(&log.display().to_string())
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

/// Reads how the agent is described.
fn read(said: &str) -> (Told, Option<u32>) {
    let value = |name: &str| {
        let mut lines = said
            .lines()
            .filter_map(|line| line.trim().split_once(" = "));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let process = value("pid").and_then(|pid| pid.parse().ok());
    let exited =
        value("last exit code").is_some_and(|code| code != "0" && code != "(never exited)");
    match (value("state"), process) {
        (Some("running"), process) => (Told::Runs, process),
        _ if exited => (Told::Failed, None),
        _ => (Told::Stopped, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::{Reader, events::Event};

    #[test]
    fn the_agent_is_sound_and_says_what_is_to_be_run() {
        let run = Run {
            words: ["/opt/a & b", "--watch", "/Users/ada/<new>", "run"]
                .map(str::to_owned)
                .into(),
            folder: "/Users/ada/news".to_owned(),
        };
        let agent = agent_file(&run, Path::new("/Users/ada/Library/Logs/feedwright.log"));
        let mut reader = Reader::from_str(&agent);
        let (mut depth, mut texts) = (0, vec![String::new()]);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => depth += 1,
                Event::End(_) => {
                    depth -= 1;
                    texts.push(String::new());
                }
                Event::Text(text) => texts
                    .last_mut()
                    .unwrap()
                    .push_str(text.decode().unwrap().trim()),
                Event::GeneralRef(name) => {
                    let name = name.decode().unwrap();
                    texts.last_mut().unwrap().extend(["&", &name, ";"]);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        let texts: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(
            texts[..9],
            [
                "Label",
                "org.feedwright",
                "ProgramArguments",
                "/opt/a&amp;b",
                "--watch",
                "/Users/ada/&lt;new&gt;",
                "run",
                "WorkingDirectory",
                "/Users/ada/news",
            ]
        );
        assert!(agent.contains(MARK));
    }

    #[test]
    fn what_the_manager_says_is_understood() {
        let said = "org.feedwright = {\n\tactive count = 1\n\tstate = running\n\n\tpid = 42\n}\n";
        assert_eq!(read(said), (Told::Runs, Some(42)));
        let said = "x = {\n\tstate = not running\n\tlast exit code = 1\n}\n";
        assert_eq!(read(said), (Told::Failed, None));
        let said = "x = {\n\tstate = not running\n\tlast exit code = 0\n}\n";
        assert_eq!(read(said), (Told::Stopped, None));
    }
}
