//! Work in proportion: an article that is twice as long asks for twice the work,
//! whatever it consists of.
//!
//! Work is counted in stretches of the program's own code that it passes without
//! a jump, by Valgrind, so that a busy machine counts the same as an idle one.
//! Where there is no Valgrind nothing can be counted, and the test says so.
//! `tests/judges/work.py` tries far more kinds of articles, in every format.

use super::program::Place;
use std::{
    fs,
    process::{Command, Stdio},
    thread,
};

/// The sizes that are compared, in bytes: what the second half of the largest
/// adds to the work, against what the second half of the middle one adds. So what
/// any article costs does not count.
const SIZES: [usize; 3] = [24_000, 48_000, 96_000];

/// So many times the work is as good as twice: the kinds below come to between
/// 1.99 and 2.01, and the square would be four times. A square that is a
/// thirtieth of all work at the largest size is seen. One that is not makes an
/// article of 10 MB cost four times what it should at most.
const PROPORTION: f64 = 2.05;

/// What an article consists of, over and over.
const KINDS: &[(&str, &str)] = &[
    ("one letter", "a"),
    ("digits", "1"),
    ("newlines", "a\n\n"),
    ("quote marks", "\"word “word "),
    ("brackets", "![CDATA["),
    ("said", "said he said. "),
    ("comments in one line", "%%a "),
];

/// Where marks are nested, their number grows with the size.
fn nested(size: usize) -> String {
    ">".repeat(size / 2) + &" a\n".repeat(size / 6)
}

/// How many stretches of code the program passes for this article.
fn work(text: &str) -> f64 {
    let place = Place::new();
    place.write("a.md", text);
    let program = place.command(&["digest", "--json", "a.md"]);
    let counted = Command::new("valgrind")
        .args(["--tool=none", "--stats=yes"])
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(place.path(""))
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&counted.stderr);
    let count = said.lines().find_map(|line| {
        let (before, _) = line.split_once(" event checks")?;
        before.rsplit(' ').next()
    });
    let count = count.unwrap_or_else(|| panic!("Valgrind says: {said}"));
    count.replace(',', "").parse().unwrap()
}

/// What tells that the work for some kind of articles outgrows their size.
fn outgrown(name: &str, make: impl Fn(usize) -> String) -> Option<String> {
    let [small, middle, large] = SIZES.map(|size| work(&make(size)));
    let times = (large - middle) / (middle - small);
    (times > PROPORTION).then(|| format!("{name}: {times:.2} times the work for twice the size"))
}

#[test]
fn work_is_in_proportion_to_the_size() {
    let version = Command::new("valgrind").arg("--version").output();
    if version.is_err() {
        // Those who read the log see that nothing was counted.
        let skipped = "skipped: there is no valgrind, which counts the work";
        fs::write("/dev/stderr", format!("{skipped}\n")).ok();
        return;
    }
    let found: Vec<String> = thread::scope(|scope| {
        let kinds = KINDS.iter().map(|(name, unit)| {
            let make = move |size: usize| unit.repeat(size / unit.len());
            scope.spawn(move || outgrown(name, make))
        });
        let mut counts: Vec<_> = kinds.collect();
        counts.push(scope.spawn(move || outgrown("nested quotes", nested)));
        counts
            .into_iter()
            .filter_map(|count| count.join().unwrap())
            .collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}
