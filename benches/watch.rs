//! What it costs to notice changes in the watch folder.
#![allow(missing_docs, reason = "divan's macro makes public functions")]

use feedwright::watch::{
    scan,
    settle::{Hint, Settler},
};
use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

fn main() {
    divan::main();
}

/// A look at all files of a folder, as at a start and every five minutes.
#[divan::bench(args = [100, 10_000])]
fn listing(bencher: divan::Bencher, files: usize) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for number in 0..files {
        let below = folder.path().join(format!("{}", number % 20));
        fs::create_dir_all(&below).expect("the folder is ours");
        fs::write(below.join(format!("{number}.md")), "text").expect("the folder is ours");
    }
    bencher.bench(|| {
        let listing = scan::list(folder.path(), folder.path(), &|_| {});
        assert_eq!(listing.files.len(), files);
    });
}

/// What is heard while files are copied in, until they are handed on.
#[divan::bench(args = [1, 10_000])]
fn settling(bencher: divan::Bencher, files: usize) {
    let paths: Vec<PathBuf> = (0..files)
        .map(|number| PathBuf::from(format!("watch/{}/{number}.md", number % 20)))
        .collect();
    let start = Instant::now();
    bencher.bench(|| {
        let mut settler = Settler::default();
        for path in &paths {
            for hint in [Hint::Growing, Hint::Complete] {
                settler.note(path.clone(), hint, start);
            }
        }
        let due = settler.take_due(start + Duration::from_mins(1));
        assert_eq!(due.files.len(), files);
    });
}
