//! Compressed files and archives: what is in them, and what must not get out.

use super::read_as;
use feedwright::read::{Part, ReadError, Reading, Settings, read};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use std::{
    fmt::Write as _,
    io::{Cursor, Write},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const COLD: &str = "It was cold on the pier, and nobody came.";
const WARM: &str = "It was warm on the pier, and everybody came.";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, kind, bytes) in members {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
        header[148..156].copy_from_slice(b"        ");
        header[156] = *kind;
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: usize = header.iter().map(|byte| usize::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        archive.extend_from_slice(&header);
        archive.extend_from_slice(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

fn parts(name: &str, bytes: &[u8]) -> Vec<Part> {
    match read(Path::new(name), bytes, &Settings::default()).unwrap() {
        Reading::Parts(parts) => parts,
        Reading::Article(article) => panic!("an article: {article:?}"),
    }
}

/// Names and what is said under them.
fn told(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let line = |part: Part| match part.article {
        Ok(article) => (part.name, article.text.plain),
        Err(error) => (part.name, error.to_string()),
    };
    parts(name, bytes).into_iter().map(line).collect()
}

#[track_caller]
fn refused(name: &str, bytes: &[u8]) -> String {
    let read = read(Path::new(name), bytes, &Settings::default());
    read.unwrap_err().to_string()
}

#[test]
fn what_is_compressed_is_read_under_its_inner_name() {
    let marked = "# The pier\n\nIt was *cold* on the pier.";
    for (name, bytes) in [
        ("pier.md.gz", gzip(marked.as_bytes())),
        ("PIER.MD.GZ", gzip(marked.as_bytes())),
        ("pier.md.zst", zstandard(marked.as_bytes())),
        // Saved as it came over the network, where gzip is no file format.
        ("pier.md", gzip(marked.as_bytes())),
        ("pier.md.gz.zst", zstandard(&gzip(marked.as_bytes()))),
    ] {
        let reading = read(Path::new(name), &bytes, &Settings::default()).unwrap();
        let Reading::Article(article) = reading else {
            panic!("{name} is not one article");
        };
        let said = &article.text.plain;
        assert!(said.ends_with("It was cold on the pier."), "{name}: {said}");
    }
    let mut encoder = flate2::GzBuilder::new()
        .filename("pier.md")
        .write(Vec::new(), Compression::best());
    encoder.write_all(marked.as_bytes()).unwrap();
    let named = read_as("download.gz", encoder.finish().unwrap()).unwrap();
    assert_eq!(named.text.plain, "It was cold on the pier.");
    let text = read_as("pier.txt.gz", gzip(marked.as_bytes())).unwrap();
    assert!(text.text.plain.contains("*cold*"));
}

#[test]
fn files_compressed_piece_by_piece_are_one() {
    let halves = [&COLD.as_bytes()[..20], &COLD.as_bytes()[20..]];
    let gz = [gzip(halves[0]), gzip(halves[1])].concat();
    let skipped = b"\x53\x2a\x4d\x18\x04\0\0\0junk".to_vec();
    let zst = [zstandard(halves[0]), skipped, zstandard(halves[1])].concat();
    for (name, bytes) in [("a.gz", gz), ("a.zst", zst)] {
        assert_eq!(read_as(name, bytes).unwrap().text.plain, COLD);
    }
}

#[test]
fn cut_compressed_files_are_damaged() {
    let mut long = String::new();
    for day in 0..200 {
        writeln!(long, "{COLD} It was day {day}.\n").unwrap();
    }
    for (name, bytes) in [
        ("a.txt.gz", gzip(long.as_bytes())),
        ("a.txt.zst", zstandard(long.as_bytes())),
    ] {
        for length in [11, bytes.len() / 2, bytes.len() - 5] {
            let told = refused(name, &bytes[..length]);
            assert!(
                told.contains("is damaged") && told.contains("; get a whole copy"),
                "{told}"
            );
        }
    }
}

#[test]
fn members_of_archives_are_parts() {
    let page = "<html><body><p>It was cold.</p></body></html>";
    let bytes = zip(&[
        ("week/", b""),
        ("week/cold.txt", COLD.as_bytes()),
        ("/../week/./warm.md", WARM.as_bytes()),
        ("week\\page.html", page.as_bytes()),
        ("week/page_files/ad.html", page.as_bytes()),
        ("week/page_files/style.css", b"p {}"),
        ("week/photo.jpg", b"\xff\xd8\xff\xe0"),
        ("week/photo", b"\xff\xd8\xff\xe0"),
        ("__MACOSX/week/._cold.txt", b"\0\x05\x16\x07"),
        (".git/notes.txt", COLD.as_bytes()),
        ("week/.DS_Store", b"\0\0\0\x01"),
        ("week/table.csv", b"a,b"),
        ("week/empty.txt", b" "),
    ]);
    let told = told("week.zip", &bytes);
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "week/cold.txt",
        "week/warm.md",
        "week/page.html",
        "week/table.csv",
        "week/empty.txt",
    ];
    assert_eq!(names, expected);
    assert_eq!((&*told[0].1, &*told[1].1), (COLD, WARM));
    assert!(told[4].1.contains("is empty"), "{}", told[4].1);
}

#[test]
fn archives_in_archives_are_flattened() {
    let inner = zip(&[("cold.txt", COLD.as_bytes()), ("warm.txt", WARM.as_bytes())]);
    let packed = tar(&[
        ("monday.zip", b'0', &inner),
        ("warm.txt", b'0', WARM.as_bytes()),
    ]);
    for (name, bytes) in [("week.tar.gz", gzip(&packed)), ("week.tgz", gzip(&packed))] {
        let told = told(name, &bytes);
        let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["monday.zip/cold.txt", "monday.zip/warm.txt", "warm.txt"]
        );
    }
}

#[test]
fn tar_archives_have_long_names_and_twins() {
    let long = format!("{}/cold.txt", "a-rather-long-folder".repeat(8));
    let record = format!(" path={long}\n");
    let record = format!("{}{record}", record.len() + 3);
    let bytes = tar(&[
        ("long", b'L', long.as_bytes()),
        ("cut.txt", b'0', COLD.as_bytes()),
        ("pax", b'x', record.as_bytes()),
        ("cut.txt", b'0', WARM.as_bytes()),
        ("folder/", b'5', b""),
        ("link", b'2', b""),
        ("last.txt", b'0', WARM.as_bytes()),
    ]);
    let told = told("a.tar", &bytes);
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [long.as_str(), &format!("{long} (2)"), "last.txt"]);
    assert_eq!((&*told[0].1, &*told[1].1), (COLD, WARM));
    let cut = refused("a.tar", &bytes[..bytes.len() - 1024 - 500]);
    assert!(cut.contains("ends too soon"), "{cut}");
}

#[test]
fn names_in_an_old_charset_are_read() {
    let name = |bytes: &[u8]| {
        let mut archive = zip(&[("gr--e.txt", COLD.as_bytes())]);
        let places: Vec<usize> = memchr::memmem::find_iter(&archive, "gr--e").collect();
        for at in places {
            archive[at + 2..at + 4].copy_from_slice(bytes);
        }
        told("a.zip", &archive).remove(0).0
    };
    assert_eq!(name(b"\x81\xe1"), "grüße.txt");
    assert_eq!(name("ü".as_bytes()), "grüe.txt");
}

#[test]
fn protected_and_damaged_members_cost_only_themselves() {
    let sound = zip(&[("a.txt", COLD.as_bytes()), ("b.txt", WARM.as_bytes())]);
    // Bit 0 of a file's flags, in both of its headers, says that it is encrypted.
    let set = |archive: &[u8], head: &[u8], at: usize, nth: usize, value: u8| {
        let mut archive = archive.to_vec();
        let place = memchr::memmem::find_iter(&archive, head).nth(nth).unwrap();
        archive[place + at] |= value;
        archive
    };
    let locked = set(&set(&sound, b"PK\x03\x04", 6, 0, 1), b"PK\x01\x02", 8, 0, 1);
    let all = set(
        &set(&locked, b"PK\x03\x04", 6, 1, 1),
        b"PK\x01\x02",
        8,
        1,
        1,
    );
    let found = told("a.zip", &locked);
    assert!(
        found[0].1.contains("protected by a password"),
        "{}",
        found[0].1
    );
    assert_eq!(found[1].1, WARM);
    assert!(matches!(
        read(Path::new("a.zip"), &all, &Settings::default()),
        Err(ReadError::Encrypted { .. })
    ));

    let mut torn = sound.clone();
    let at = memchr::memmem::find(&torn, b"a.txt").unwrap() + 5;
    torn[at..at + 8].fill(0xff);
    let found = told("a.zip", &torn);
    assert!(found[0].1.contains("damaged"), "{}", found[0].1);
    assert_eq!(found[1].1, WARM);

    for length in [4, 30, sound.len() / 2, sound.len() - 3] {
        let told = refused("a.zip", &sound[..length]);
        assert!(told.contains("the ZIP archive is damaged"), "{told}");
    }
}

#[test]
fn archives_without_articles_are_refused_once() {
    let none = zip(&[("a.png", b"\x89PNG\r\n\x1a\n"), ("style.css", b"p {}")]);
    for bytes in [none, zip(&[])] {
        let told = refused("a.zip", &bytes);
        assert_eq!(
            told,
            "there is no article in the ZIP archive; put articles into it"
        );
    }
    let empty = zip(&[("a.txt", b" "), ("b.txt", b"\n")]);
    assert!(refused("a.zip", &empty).contains("is empty"));
    let table = zip(&[
        ("[Content_Types].xml", b"<a/>"),
        ("xl/workbook.xml", b"<a/>"),
    ]);
    assert!(refused("a.zip", &table).contains("an office document"));
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b'a'; 70_000_000];
    let bomb = gzip(&zeros);
    let told = refused("a.txt.gz", &bomb);
    assert!(told.contains("200 times its size; put in"), "{told}");
    let told = refused(
        "a.zip",
        &zip(&[("a.txt", COLD.as_bytes()), ("b.txt", &zeros)]),
    );
    assert!(told.contains("200 times its size; put in"), "{told}");
    let told = refused("a.txt.zst", &zstandard(&zeros));
    assert!(told.contains("times its size"), "{told}");

    // A frame that wants a window of a terabyte.
    let told = refused("a.zst", b"\x28\xb5\x2f\xfd\x00\xf0\x01\0\0");
    assert!(told.contains("64 MB"), "{told}");

    // Harmless one by one, and too much together.
    let some = vec![b'a'; 999_999];
    let names: Vec<String> = (0..80).map(|n| format!("{n}.zip")).collect();
    let inner = zip(&[("a.bin", &some)]);
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &*inner)).collect();
    let told = refused("a.zip", &zip(&members));
    assert!(told.contains("64 MB"), "{told}");
}

#[test]
fn archives_are_not_read_without_end() {
    let mut nested = zip(&[("a.txt", COLD.as_bytes())]);
    for _ in 0..8 {
        nested = zip(&[("a.zip", &nested)]);
    }
    let told = refused("a.zip", &nested);
    assert!(told.contains("archives in archives"), "{told}");

    let names: Vec<String> = (0..10_001).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"Cold."[..])).collect();
    let told = refused("a.zip", &zip(&members));
    assert!(told.contains("more than 10000 files"), "{told}");

    // An end that states more files than there is memory for.
    let mut end = zip(&[]);
    let mut wide = b"PK\x03\x04PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0".to_vec();
    for number in [u64::MAX / 64, u64::MAX / 64, u64::MAX / 2, 0] {
        wide.extend_from_slice(&number.to_le_bytes());
    }
    wide.extend_from_slice(b"PK\x06\x07\0\0\0\0\x04\0\0\0\0\0\0\0\x01\0\0\0");
    end[8..20].fill(0xff);
    wide.extend_from_slice(&end);
    let told = refused("a.zip", &wide);
    assert!(told.contains("more than 10000 files"), "{told}");
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    // Both entries of the list lead to the first file.
    let mut archive = zip(&[("a.txt", COLD.as_bytes()), ("b.txt", COLD.as_bytes())]);
    let second = memchr::memmem::rfind(&archive, b"PK\x01\x02").unwrap();
    archive[second + 42..second + 46].fill(0);
    let told = refused("a.zip", &archive);
    assert!(told.contains("lie over each other"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_gives_articles_or_a_reason(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in any::<prop::sample::Index>(),
    ) {
        let text = COLD.repeat(30);
        let members = [("cold.txt", text.as_bytes()), ("warm.md", WARM.as_bytes())];
        let archive = zip(&members);
        let packed = tar(&members.map(|(name, bytes)| (name, b'0', bytes)));
        for whole in [gzip(&packed), zstandard(&archive), archive, packed] {
            let mut bytes = whole;
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            for length in [bytes.len(), end.index(bytes.len())] {
                let read = read(Path::new("a"), &bytes[..length], &Settings::default());
                if let Err(reason) = read {
                    prop_assert!(reason.to_string().contains("; "));
                }
            }
        }
    }
}
