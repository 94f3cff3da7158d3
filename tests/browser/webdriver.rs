//! A browser, told what to do over `WebDriver` (a recommendation of the W3C).
//!
//! That is a handful of requests, so that they are written here. The crates for
//! it were tried: thirtyfour keeps the order of all JSON objects
//! (`preserve_order` of `serde_json`), so that the tests would run another program
//! than people do, and fantoccini brings three dozen others.

use crate::program::wait_for;
use serde_json::{Value, json};
use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Once,
    thread,
    time::Duration,
};
use ureq::Agent;

/// Under what name an element is told of.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What keys are called that write nothing.
pub(crate) const TAB: &str = "\u{E004}";
pub(crate) const ENTER: &str = "\u{E007}";
pub(crate) const DOWN: &str = "\u{E015}";

/// A headless Chromium with one page, and the program that drives it.
pub(crate) struct Browser {
    driver: Child,
    agent: Agent,
    /// The address that commands are sent to.
    session: String,
}

impl Browser {
    /// Starts one; nothing where none is installed, which is told. Where
    /// everything has to be tried (`CI=true`) that is a fault.
    pub(crate) fn start() -> Option<Self> {
        static TOLD: Once = Once::new();
        let chromium = ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| installed(name));
        let (Some(chromium), Some(driver)) = (chromium, installed("chromedriver")) else {
            assert!(
                !env::var("CI").is_ok_and(|value| value == "true"),
                "the browser's tests need chromium and chromedriver (Debian: chromium, chromium-driver)"
            );
            TOLD.call_once(|| {
                // Not by a macro: what these say is not shown when a test passes.
                let _ = writeln!(
                    std::io::stderr(),
                    "\n!!! NOT TRIED: the pages in a browser, which needs chromium and chromedriver \
                     (Debian: chromium, chromium-driver)"
                );
            });
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(driver.stdout.take().unwrap());
        let port = said.lines().find_map(|line| {
            let line = line.ok()?;
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)));
        let mut browser = Self {
            driver,
            agent: config.build().into(),
            session: format!(
                "http://127.0.0.1:{}/session",
                port.expect("it tells its port")
            ),
        };
        let capabilities = json!({
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {
                "binary": chromium,
                // The system's user may not use the sandbox, nor a small `/dev/shm`.
                "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
                    "--no-proxy-server", "--disable-gpu",
                    "--window-size=1200,900"],
            },
        });
        let asked = json!({"capabilities": {"alwaysMatch": capabilities}});
        let id = browser.ask("", &asked)["sessionId"].clone();
        browser.session = format!("{}/{}", browser.session, id.as_str().unwrap());
        Some(browser)
    }

    /// Opens an address.
    pub(crate) fn go(&self, address: &str) {
        self.ask("/url", &json!({"url": address}));
    }

    /// What a script says that runs in the page, a function's body.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.ask("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What an expression is, in the page, as text.
    pub(crate) fn text(&self, expression: &str) -> String {
        let value = self.run(&format!("return {expression}"));
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }

    /// What an expression is, in the page, for each element of a selector.
    pub(crate) fn all(&self, selector: &str, expression: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({selector:?})].map((one) => {expression})"
        );
        let found = self.run(&script);
        let text = |value: &Value| value.as_str().expect("it is text").to_owned();
        found.as_array().unwrap().iter().map(text).collect()
    }

    /// Waits until an expression is true in the page.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str, expression: &str) {
        wait_for(what, || {
            breathe();
            self.run(&format!("return !!({expression})")) == json!(true)
        });
    }

    /// Clicks at an element, as a mouse does: it has to be there to be seen.
    pub(crate) fn click(&self, selector: &str) {
        self.at(selector, "click", &json!({}));
    }

    /// Types into an element.
    pub(crate) fn write(&self, selector: &str, text: &str) {
        self.at(selector, "value", &json!({"text": text}));
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) fn press(&self, keys: &str) {
        let act = |kind: &str, key: char| json!({"type": kind, "value": key.to_string()});
        let strokes = keys
            .chars()
            .flat_map(|key| [act("keyDown", key), act("keyUp", key)]);
        let strokes: Vec<Value> = strokes.collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": strokes});
        self.ask("/actions", &json!({"actions": [keyboard]}));
    }

    /// Goes back, as by the button.
    pub(crate) fn back(&self) {
        self.ask("/back", &json!({}));
    }

    /// Tells the browser itself something (Chromium's protocol for developers).
    pub(crate) fn set(&self, command: &str, parameters: &Value) {
        let asked = json!({"cmd": command, "params": parameters});
        self.ask("/goog/cdp/execute", &asked);
    }

    /// What pages said at the console since this was asked last.
    pub(crate) fn console(&self) -> Vec<String> {
        let said = self.ask("/se/log", &json!({"type": "browser"}));
        let said = said.as_array().unwrap().iter();
        said.map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    }

    /// What pages have asked for since this was asked last.
    pub(crate) fn requests(&self) -> Vec<String> {
        let events = self.ask("/se/log", &json!({"type": "performance"}));
        let events = events.as_array().unwrap().iter().map(|event| {
            serde_json::from_str::<Value>(event["message"].as_str().unwrap()).unwrap()
        });
        let asked =
            events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
        let address = |event: Value| event["message"]["params"]["request"]["url"].clone();
        asked
            .map(|event| address(event).as_str().unwrap().to_owned())
            .collect()
    }

    /// Does something at an element. A page that follows what is published may
    /// put another in its place after it was found: then that one is meant.
    #[track_caller]
    fn at(&self, selector: &str, action: &str, parameters: &Value) {
        let wanted = json!({"using": "css selector", "value": selector});
        wait_for(selector, || {
            let found = self.ask("/element", &wanted);
            let element = found[ELEMENT].as_str().unwrap();
            match self.answer(&format!("/element/{element}/{action}"), parameters) {
                Ok(_) => true,
                Err(fault) if fault["error"] == "stale element reference" => false,
                Err(fault) => panic!("{selector}: {action}: {}", fault["message"]),
            }
        });
    }

    /// The answer to a command that has to work.
    #[track_caller]
    fn ask(&self, command: &str, parameters: &Value) -> Value {
        self.answer(command, parameters)
            .unwrap_or_else(|fault| panic!("{command} {parameters}: {}", fault["message"]))
    }

    /// The answer to a command, or what was wrong with it.
    fn answer(&self, command: &str, parameters: &Value) -> Result<Value, Value> {
        let address = format!("{}{command}", self.session);
        let request = self.agent.post(&address);
        let answer = request
            .content_type("application/json")
            .send(parameters.to_string());
        let mut answer = answer.expect("the driver answers");
        let body = answer
            .body_mut()
            .with_config()
            .limit(64 << 20)
            .read_to_string()
            .unwrap();
        let mut told: Value = serde_json::from_str(&body).unwrap();
        let told = told["value"].take();
        if answer.status().is_success() {
            Ok(told)
        } else {
            Err(told)
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends the browser, which would outlive the driver otherwise.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Leaves the browser time for what it is asked about.
pub(crate) fn breathe() {
    thread::sleep(Duration::from_millis(15));
}

/// Where a program is.
fn installed(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
