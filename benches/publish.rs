//! What it costs to put documents where readers fetch them, on the disk of the
//! folder for temporary files (`TMPDIR`).
#![allow(missing_docs, reason = "divan's macro makes public functions")]

use feedwright::{
    feed::Document,
    publish::{self, Known},
};
use std::{fs, io::Write as _, path::Path};

fn main() {
    divan::main();
}

/// The documents of one feed, another edition each time, synced.
#[divan::bench(args = [4, 40])]
fn documents(bencher: divan::Bencher, count: usize) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut edition = 0;
    bencher.bench_local(|| {
        edition += 1;
        let documents: Vec<Document> = (0..count).map(|at| document(at, edition)).collect();
        let documents: Vec<&Document> = documents.iter().collect();
        publish::publish(folder.path(), &documents, &Known::new()).expect("the folder is ours")
    });
}

/// The least that replacing the same files takes: each written, synced, renamed.
#[divan::bench(args = [4, 40])]
fn bare(bencher: divan::Bencher, count: usize) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut edition = 0;
    bencher.bench_local(|| {
        edition += 1;
        for at in 0..count {
            let document = document(at, edition);
            let path = folder.path().join(document.name.replace('/', "-"));
            replace(&path, &document.bytes);
        }
    });
}

/// Documents that are as they were: a look at each.
#[divan::bench(args = [4, 40])]
fn unchanged(bencher: divan::Bencher, count: usize) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let documents: Vec<Document> = (0..count).map(|at| document(at, 1)).collect();
    let documents: Vec<&Document> = documents.iter().collect();
    let publish = |known: &Known| {
        publish::publish(folder.path(), &documents, known).expect("the folder is ours")
    };
    let known: Known = publish(&Known::new())
        .into_iter()
        .map(|one| (one.name, (one.size, one.modified)))
        .collect();
    bencher.bench_local(|| {
        let published = publish(divan::black_box(&known));
        assert!(published.iter().all(|one| !one.written));
    });
}

/// A document of 200 KB, as a full feed has.
fn document(at: usize, edition: u32) -> Document {
    let line = format!("edition {edition} of document {at}, with what else is in it\n");
    Document {
        name: format!("topics/{}/{}.xml", at / 4, at % 4),
        media_type: "application/xml",
        bytes: line.repeat(200_000 / line.len()).into_bytes(),
    }
}

fn replace(path: &Path, bytes: &[u8]) {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new).expect("the folder is ours");
    file.write_all(bytes).expect("the disk has room");
    file.sync_all().expect("the disk works");
    fs::rename(new, path).expect("the folder is ours");
}
