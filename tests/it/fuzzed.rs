//! The fuzz targets, for seconds: on their corpus, on what was found before,
//! and on both after a fixed number of changes that are the same each time.

#[allow(unreachable_pub, reason = "it is a crate of its own for the fuzzer")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::{collections::BTreeSet, fs, path::PathBuf, thread};

/// How many changed inputs each target gets. All targets together take seconds
/// then, in a debug build.
const CHANGED: usize = 60;

macro_rules! tests {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name));
        })*

        /// The targets that are tested.
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

tests! {
    adoc bookmark docx epub gzip html json mail markdown mbox mhtml odt fodt org pdf plain rst rtf
    tar tex warc webarchive xml zip zstandard front_matter dates sentences quotations digest query
    names history config lint feed whole
}

fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "fuzz", name].iter().collect()
}

#[test]
fn every_target_is_tested_and_has_its_program_and_a_corpus() {
    let names: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, TESTED);
    let named: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let programs = fs::read_dir(folder("fuzz_targets")).unwrap();
    let programs = programs.map(|file| file.unwrap().path());
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    assert_eq!(programs.map(stem).collect::<BTreeSet<_>>(), named);
    let manifest = fs::read_to_string(folder("Cargo.toml")).unwrap();
    for name in names {
        let path = folder("fuzz_targets").join(format!("{name}.rs"));
        let program = fs::read_to_string(path).unwrap();
        assert!(
            program.contains(&format!("run(\"{name}\", bytes)")),
            "{name}"
        );
        assert!(
            manifest.contains(&format!("\nname = \"{name}\"\n")),
            "{name}"
        );
        assert!(!inputs("corpus", name).is_empty(), "{name}");
    }
    for found in fs::read_dir(folder("regressions")).unwrap() {
        let name = found.unwrap().file_name();
        assert!(
            named.contains(name.to_str().unwrap()),
            "{name:?} is no target"
        );
    }
}

/// The inputs of a target that are kept in this folder, by name.
fn inputs(kind: &str, target: &str) -> Vec<Vec<u8>> {
    let Ok(files) = fs::read_dir(folder(kind).join(target)) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn check(target: &str) {
    let mut kept = inputs("corpus", target);
    kept.extend(inputs("regressions", target));
    for input in &kept {
        run(target, input);
    }
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for turn in 0..CHANGED {
        let mut input = kept[turn % kept.len()].clone();
        for _ in 0..=chance.below(4) {
            change(&mut input, &kept, &mut chance);
        }
        run(target, &input);
    }
}

/// Runs a target, and shows the input when it fails.
fn run(target: &str, input: &[u8]) {
    struct Shown<'i>(&'i [u8]);
    impl Drop for Shown<'_> {
        fn drop(&mut self) {
            if thread::panicking() {
                eprintln!("the input was b\"{}\"", self.0.escape_ascii());
            }
        }
    }
    let _shown = Shown(input);
    targets::run(target, input);
}

/// Numbers that look like chance, and are always the same (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }

    /// A stretch of something this long.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(40) + 1)
    }
}

/// Bytes that mean something to most formats.
const TELLING: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\n",
    b"\r",
    b" ",
    b"<",
    b">",
    b"&",
    b"\"",
    b"'",
    b"(",
    b"[",
    b"{",
    b"}",
    b"\\",
    b"/",
    b":",
    b"=",
    b"-",
    b"0",
    b"-1",
    b"65536",
    b"4294967295",
    b"\xc2\xa0",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"\xef\xbb\xbf",
    b"\xef\xbf\xbe",
    b"\xf0\x9f\x98\x80",
    b"\xcc\x81",
];

/// Changes an input in one place.
fn change(input: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut Chance) {
    let place = chance.stretch(input.len());
    let new: Vec<u8> = match chance.below(5) {
        0 => Vec::new(),
        1 => input[place.clone()].repeat(2 + chance.below(8)),
        2 => {
            let other = &others[chance.below(others.len())];
            other[chance.stretch(other.len())].to_vec()
        }
        3 => TELLING[chance.below(TELLING.len())].to_vec(),
        _ => place
            .clone()
            .map(|_| u8::try_from(chance.below(256)).unwrap())
            .collect(),
    };
    input.splice(place, new);
}
