//! Who may import whom: read off the source, so that it stays true.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Every module at the top of the library, and what it may import of ours.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("clock", &[]),
    ("dates", &[]),
    ("file", &[]),
    ("article", &["text"]),
    ("entry", &["text"]),
    ("channel", &["entry"]),
    ("watch", &["file"]),
    ("read", &["article", "dates", "text"]),
    ("digest", &["article", "dates", "entry", "text"]),
    ("catalogue", &["channel", "entry", "file", "text"]),
    ("feed", &["channel", "entry", "text"]),
    ("publish", &["clock", "feed"]),
    (
        "serve",
        &["catalogue", "channel", "clock", "entry", "feed", "text"],
    ),
    // `config` takes no more of a stage than its `Settings`.
    (
        "config",
        &[
            "catalogue",
            "read",
            "digest",
            "feed",
            "publish",
            "serve",
            "watch",
            "service",
        ],
    ),
    (
        "service",
        &[
            "article",
            "catalogue",
            "channel",
            "clock",
            "config",
            "digest",
            "entry",
            "feed",
            "file",
            "publish",
            "read",
            "serve",
            "text",
            "watch",
        ],
    ),
    // `digest` for one file at the terminal needs no catalogue and no loop, and
    // `check` for a feed nothing but its rules. Of `serve` it names addresses.
    (
        "cli",
        &[
            "article", "clock", "config", "digest", "entry", "feed", "read", "serve", "service",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// The only places that may touch files, network, clock or environment.
const RIM: &[&str] = &[
    "clock",
    "watch/scan",
    "watch/events",
    "catalogue/store",
    "publish",
    "serve",
    "config",
    "service",
    "cli",
    "main",
];

/// What touching the outside looks like in source.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::time::SystemTime",
    "std::time::Instant",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "tokio::",
    "rusqlite",
    "File::open",
    "fs::",
];

#[test]
fn modules_import_only_what_stands_below_them() {
    let mut wrong = BTreeSet::new();
    for (module, source) in sources() {
        let top = module.split('/').next().unwrap();
        let allowed = LAYERS.iter().find(|(name, _)| *name == top);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{module} stands in no layer"));
        for name in imports(&source) {
            let known = LAYERS.iter().any(|(layer, _)| *layer == name);
            if known && name != top && !allowed.contains(&name.as_str()) {
                wrong.insert(format!("{module} imports {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_rim_touches_the_outside() {
    let mut wrong = BTreeSet::new();
    for (module, source) in sources() {
        let at_rim = |rim: &str| module == rim || module.starts_with(&format!("{rim}/"));
        if RIM.iter().any(|rim| at_rim(rim)) {
            continue;
        }
        for word in OUTSIDE.iter().filter(|word| source.contains(**word)) {
            wrong.insert(format!("{module} uses {word}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn config_takes_only_settings_from_the_stages() {
    for (module, source) in sources()
        .into_iter()
        .filter(|(module, _)| module.starts_with("config"))
    {
        for stage in [
            "catalogue",
            "read",
            "digest",
            "feed",
            "publish",
            "watch",
            "service",
        ] {
            for place in source.split(&format!("{stage}::")).skip(1) {
                let values = [
                    "Settings", "Mode", "Books", "Content", "Date", "Search", "Query",
                ];
                assert!(
                    values.iter().any(|value| place.starts_with(value)),
                    "{module} takes {stage}::{} from a stage, but only its settings are config's",
                    place
                        .split(|c: char| !c.is_alphanumeric())
                        .next()
                        .unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    let seen = |source: &str| imports(source).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("use crate::feed::Edition;"), ["feed"]);
    assert_eq!(
        seen("use crate::{article::Article, entry::{Digest, Topic}};"),
        ["article", "entry"]
    );
    assert_eq!(seen("let x = crate::read::read(b);"), ["read"]);
    assert_eq!(seen("feedwright::cli::main()"), ["cli"]);
    assert_eq!(
        seen("/// See [`crate::feed`].\n// crate::publish\n"),
        [""; 0]
    );
}

/// The modules of ours that a source names, by their first segment.
fn imports(source: &str) -> BTreeSet<String> {
    let code = without_comments(source);
    let mut found = BTreeSet::new();
    for start in ["crate::", "feedwright::"] {
        for rest in code.split(start).skip(1) {
            match rest.strip_prefix('{') {
                Some(group) => found.extend(first_segments(group)),
                None => found.extend(segment(rest)),
            }
        }
    }
    found
}

/// The first segments of the items of a group that was just opened.
fn first_segments(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (1, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' => {
                if depth == 1 {
                    found.extend(segment(group[start..at].trim()));
                    start = at + 1;
                }
                depth -= i32::from(c == '}');
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn segment(path: &str) -> Option<String> {
    let name = path
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn without_comments(source: &str) -> String {
    let code = |line: &&str| !line.trim_start().starts_with("//");
    source
        .lines()
        .filter(code)
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Every source file by its module's path, without the tests at its foot.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().with_extension("");
                let name = name.to_str().unwrap().replace('\\', "/");
                let name = name.strip_suffix("/mod").unwrap_or(&name).to_owned();
                let source = fs::read_to_string(&path).unwrap();
                let code = source.split("#[cfg(test)]").next().unwrap();
                found.insert(name, without_comments(code));
            }
        }
    }
    found
}
