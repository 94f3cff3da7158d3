//! What a small, fixed run costs, in instructions: a change that makes the program
//! slower is seen when it is made, not when somebody feels it.
//!
//! Valgrind counts the same on a busy machine as on an idle one, within one in ten
//! thousand. The figures are those of one compiler and of a program without
//! optimization, as the tests are built: with another there is nothing to compare
//! with, and the test says so. A change that is meant to cost more, or that costs
//! less, writes the figure that the test prints into [`FIGURES`].

use super::program::Place;
use std::{
    fmt::Write as _,
    fs,
    process::{Command, Stdio},
};

/// The compiler that the figures are from.
const COMPILER: &str = "1.95.0";

/// Millions of instructions: of a first pass over the articles, and of a pass that
/// finds nothing new.
const FIGURES: [(&str, f64); 2] = [("first pass", 1760.0), ("second pass", 30.0)];

/// So far from its figure a count may be, as a part of it.
const TOLERANCE: f64 = 0.05;

/// How many articles there are.
const ARTICLES: usize = 40;

/// Where the paragraphs of the articles are from.
const SAMPLES: [&str; 5] = [
    include_str!("../../watch/ferry-captain.md"),
    include_str!("../../watch/glacier-station.txt"),
    include_str!("../../watch/night-train-returns.txt"),
    include_str!("../../watch/seed-library.md"),
    include_str!("../../watch/swing-bridge-vote.md"),
];

/// Articles of twelve paragraphs, each in an order of its own.
fn write_articles(place: &Place) {
    let paragraphs: Vec<&str> = SAMPLES
        .iter()
        .flat_map(|sample| sample.split("\n\n"))
        .filter(|paragraph| paragraph.len() > 120 && !paragraph.starts_with("---"))
        .collect();
    for number in 0..ARTICLES {
        let mut text = format!(
            "---\ntitle: Report {number} of the valley\ndate: 2026-03-{:02}\nauthor: Writer {}\n---\n",
            number % 28 + 1,
            number % 7
        );
        for at in 0..12 {
            let which = (number * 5 + at * (number % 6 + 1)) % paragraphs.len();
            write!(text, "\n{}\n", paragraphs[which].trim()).unwrap();
        }
        place.write(&format!("watch/{number:02}.md"), &text);
    }
}

/// How many millions of instructions `feedwright build` takes.
fn cost(place: &Place) -> f64 {
    let program = place.command(&["build"]);
    let counted = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no"])
        .arg("--cachegrind-out-file=/dev/null")
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(place.path(""))
        .env("RAYON_NUM_THREADS", "1")
        .env("FEEDWRIGHT_LISTEN", "off")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&counted.stderr);
    assert!(counted.status.success(), "{said}");
    assert!(said.contains(&format!("{ARTICLES} entries")), "{said}");
    let count = said.lines().find(|line| line.contains("refs:"));
    let count = count.and_then(|line| line.rsplit(' ').next());
    let count = count.unwrap_or_else(|| panic!("Valgrind says: {said}"));
    count.replace(',', "").parse::<f64>().unwrap() / 1e6
}

/// Why nothing can be compared here.
fn missing() -> Option<String> {
    let version = |program| {
        let said = Command::new(program).arg("--version").output().ok()?;
        String::from_utf8(said.stdout).ok()
    };
    if version("valgrind").is_none() {
        return Some("there is no valgrind, which counts instructions".to_owned());
    }
    if !cfg!(debug_assertions) {
        return Some("the figures are those of a program without optimization".to_owned());
    }
    let compiler = version("rustc").unwrap_or_default();
    let name = compiler.split(' ').nth(1).unwrap_or("none");
    (name != COMPILER).then(|| format!("the figures are of Rust {COMPILER}, not {name}"))
}

#[test]
fn a_small_run_costs_what_it_did() {
    if let Some(reason) = missing() {
        // Those who read the log see that nothing was compared.
        fs::write("/dev/stderr", format!("skipped: {reason}\n")).ok();
        return;
    }
    let place = Place::new();
    write_articles(&place);
    let mut wrong = String::new();
    for (name, figure) in FIGURES {
        let count = cost(&place);
        if (count / figure - 1.0).abs() > TOLERANCE {
            writeln!(
                wrong,
                "{name}: {count:.0} million instructions, {:+.1} % from {figure:.0}",
                (count / figure - 1.0) * 100.0
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
