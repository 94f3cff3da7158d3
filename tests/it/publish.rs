//! Documents in, files out.

use feedwright::{
    feed::Document,
    publish::{Known, PublishError, Published, clean_leftovers, is_untouched, remove},
};
use std::{fs, path::Path};

fn edition(documents: &[(&str, &str)]) -> Vec<Document> {
    let document = |(name, text): &(&str, &str)| Document {
        name: (*name).to_owned(),
        media_type: "application/rss+xml",
        bytes: text.as_bytes().to_vec(),
    };
    documents.iter().map(document).collect()
}

fn publish(folder: &Path, documents: &[Document]) -> Result<Vec<Published>, PublishError> {
    publish_after(&[], folder, documents)
}

/// Publishes when `known` is what was published before.
fn publish_after(
    known: &[Published],
    folder: &Path,
    documents: &[Document],
) -> Result<Vec<Published>, PublishError> {
    let known = known.iter();
    let known: Known = known
        .map(|one| (one.name.clone(), (one.size, one.modified)))
        .collect();
    feedwright::publish::publish(folder, &documents.iter().collect::<Vec<_>>(), &known)
}

fn written(published: &[Published]) -> Vec<&str> {
    let written = published.iter().filter(|one| one.written);
    written.map(|one| &*one.name).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_folder_is_made_and_holds_the_documents_only() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/feeds");
    let edition = edition(&[("rss.xml", "one"), ("topics/roads/rss.xml", "two")]);
    let published = publish(&folder, &edition).unwrap();
    assert_eq!(written(&published), ["rss.xml", "topics/roads/rss.xml"]);
    assert_eq!(names(&folder), ["rss.xml", "topics"]);
    assert_eq!(
        fs::read(folder.join("topics/roads/rss.xml")).unwrap(),
        b"two"
    );
}

#[cfg(unix)]
#[test]
fn an_unchanged_document_is_not_touched() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let stamp = |name: &str| {
        let data = fs::metadata(folder.path().join(name)).unwrap();
        (
            data.ino(),
            data.mtime(),
            data.mtime_nsec(),
            data.ctime(),
            data.ctime_nsec(),
        )
    };
    let first = publish(
        folder.path(),
        &edition(&[("rss.xml", "one"), ("atom.xml", "two")]),
    )
    .unwrap();
    let before = (stamp("rss.xml"), stamp("atom.xml"));
    let published = publish_after(
        &first,
        folder.path(),
        &edition(&[("rss.xml", "one"), ("atom.xml", "new")]),
    )
    .unwrap();
    assert_eq!(written(&published), ["atom.xml"]);
    assert_eq!(published.len(), 2);
    assert_eq!(stamp("rss.xml"), before.0);
    assert_ne!(
        stamp("atom.xml").0,
        before.1.0,
        "the file was written into, not replaced"
    );
    assert_eq!(fs::read(folder.path().join("atom.xml")).unwrap(), b"new");
}

#[cfg(unix)]
#[test]
fn whoever_has_the_old_document_open_keeps_it_whole() {
    use std::io::Read;
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), &edition(&[("rss.xml", "the old one")])).unwrap();
    let mut open = fs::File::open(folder.path().join("rss.xml")).unwrap();
    publish(folder.path(), &edition(&[("rss.xml", "new")])).unwrap();
    let mut text = String::new();
    open.read_to_string(&mut text).unwrap();
    assert_eq!(text, "the old one");
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_what_it_leads_to_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (other, document) = (folder.path().join("other"), folder.path().join("rss.xml"));
    fs::write(&other, "same").unwrap();
    std::os::unix::fs::symlink(&other, &document).unwrap();
    publish(folder.path(), &edition(&[("rss.xml", "same")])).unwrap();
    assert!(fs::symlink_metadata(&document).unwrap().is_file());
    publish(folder.path(), &edition(&[("rss.xml", "new")])).unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"same");
}

#[cfg(unix)]
#[test]
fn everybody_may_read_a_document() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), &edition(&[("rss.xml", "one")])).unwrap();
    let mode = fs::metadata(folder.path().join("rss.xml"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o644);
}

#[test]
fn leftovers_of_ours_are_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str| fs::write(folder.path().join(name), "x").unwrap();
    fs::create_dir_all(folder.path().join("topics")).unwrap();
    for name in [
        ".feedwright-Ab12cD.tmp",
        "topics/.feedwright-Zz9.tmp",
        "rss.xml",
        ".feedwright-.tmp",
        "a.tmp",
        ".htaccess",
    ] {
        put(name);
    }
    assert_eq!(clean_leftovers(folder.path()).unwrap(), 2);
    assert_eq!(
        names(folder.path()),
        [
            ".feedwright-.tmp",
            ".htaccess",
            "a.tmp",
            "rss.xml",
            "topics"
        ]
    );
    assert!(names(&folder.path().join("topics")).is_empty());
    assert_eq!(
        clean_leftovers(&folder.path().join("not there")).unwrap(),
        0
    );
}

#[test]
fn a_temporary_file_is_named_as_leftovers_are() {
    // A folder where the document should be: staging works, replacing does not.
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("rss.xml");
    fs::create_dir(&taken).unwrap();
    let error = publish(folder.path(), &edition(&[("rss.xml", "one")])).unwrap_err();
    let words = error.to_string();
    assert!(
        words.contains(taken.to_str().unwrap()) && words.contains("move it away"),
        "{words}"
    );
    assert_eq!(
        names(folder.path()),
        ["rss.xml"],
        "the temporary file stays"
    );
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error_with_a_remedy() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("feeds");
    fs::write(&file, "mine").unwrap();
    for folder in [file.clone(), file.join("inner")] {
        let error = publish(&folder, &edition(&[("rss.xml", "one")])).unwrap_err();
        let words = error.to_string();
        assert!(words.contains(file.to_str().unwrap()), "{words}");
        assert!(
            words.contains("a file is where a folder should be"),
            "{words}"
        );
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn when_one_document_cannot_be_written_none_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), &edition(&[("rss.xml", "old")])).unwrap();
    fs::write(folder.path().join("topics"), "a file").unwrap();
    let next = edition(&[("rss.xml", "new"), ("topics/roads.xml", "new")]);
    assert!(publish(folder.path(), &next).is_err());
    assert_eq!(fs::read(folder.path().join("rss.xml")).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["rss.xml", "topics"]);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("feeds");
    for name in ["../rss.xml", "/rss.xml", "a/../../rss.xml", "", "."] {
        let error = publish(&folder, &edition(&[(name, "one")])).unwrap_err();
        assert!(matches!(error, PublishError::Name { .. }), "{name:?}");
    }
    assert!(names(root.path()).is_empty());
}

#[test]
fn many_documents_are_published_as_few_are() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("feeds");
    let names: Vec<String> = (0..60).map(|n| format!("topics/{n}/rss.xml")).collect();
    let texts: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "one")).collect();
    let first = publish(&folder, &edition(&texts)).unwrap();
    assert_eq!(written(&first), names);
    let second = publish_after(&first, &folder, &edition(&texts)).unwrap();
    assert!(written(&second).is_empty());
    let mut changed = texts.clone();
    changed[7].1 = "two";
    let published = publish_after(&second, &folder, &edition(&changed)).unwrap();
    assert_eq!(written(&published), ["topics/7/rss.xml"]);
    assert_eq!(fs::read(folder.join("topics/7/rss.xml")).unwrap(), b"two");
    assert_eq!(clean_leftovers(&folder).unwrap(), 0);
}

#[test]
fn what_somebody_changed_is_told_from_what_nobody_did() {
    let folder = tempfile::tempdir().unwrap();
    let published = publish(folder.path(), &edition(&[("a/rss.xml", "one")])).unwrap();
    let Published {
        name,
        size,
        modified,
        ..
    } = &published[0];
    let untouched = || is_untouched(folder.path(), name, *size, *modified);
    assert!(untouched());
    let again = publish_after(&published, folder.path(), &edition(&[("a/rss.xml", "one")]));
    let again = again.unwrap();
    assert_eq!((again[0].size, again[0].modified), (*size, *modified));
    fs::write(folder.path().join(name), "longer").unwrap();
    assert!(!untouched());
    fs::remove_file(folder.path().join(name)).unwrap();
    assert!(!untouched());
}

#[test]
fn removed_documents_take_their_empty_folders_along() {
    let folder = tempfile::tempdir().unwrap();
    let all = [
        ("searches/a/rss.xml", "one"),
        ("searches/a/archive/1/rss.xml", "two"),
        ("searches/b/rss.xml", "three"),
        ("rss.xml", "four"),
    ];
    publish(folder.path(), &edition(&all)).unwrap();
    let gone = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        remove(folder.path(), &names).unwrap();
    };
    gone(&["searches/a/rss.xml"]);
    assert_eq!(names(&folder.path().join("searches/a")), ["archive"]);
    gone(&["searches/a/archive/1/rss.xml", "searches/never/rss.xml"]);
    assert_eq!(names(&folder.path().join("searches")), ["b"]);
    gone(&["searches/b/rss.xml"]);
    assert_eq!(names(folder.path()), ["rss.xml"]);
    assert!(matches!(
        remove(folder.path(), &["../x".to_owned()]).unwrap_err(),
        PublishError::Name { .. }
    ));
}
