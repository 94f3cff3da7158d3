//! The links in the documents lead somewhere.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn links_of_documents_lead_to_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = documents(root);
    assert!(documents.contains(&root.join("README.md")));
    let mut broken = Vec::new();
    for document in &documents {
        let text = fs::read_to_string(document).unwrap();
        for link in links(&text) {
            if let Err(cause) = follow(root, document, &link) {
                let document = document.strip_prefix(root).unwrap().display();
                broken.push(format!("{document}: {link}: {cause}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let follow = |link: &str| follow(root, &root.join("README.md"), link);
    assert_eq!(follow("LICENSE-MIT"), Ok(()));
    assert_eq!(follow("#your-first-feed"), Ok(()));
    assert_eq!(follow("https://example.org/no#matter"), Ok(()));
    assert_eq!(follow("LICENSE-GPL"), Err("no such file"));
    assert_eq!(follow("#no-such-heading"), Err("no such heading"));
    assert_eq!(follow("CHANGELOG.md#no-such"), Err("no such heading"));
    assert_eq!(follow("/LICENSE-MIT"), Err("not below this project"));
    assert_eq!(
        links("See [a](b), ![c](d) and <https://e.org>."),
        ["b", "d", "https://e.org"]
    );
    assert_eq!(anchor("`--listen`, or: Why?"), "--listen-or-why");
}

/// Follows a link of a document, if it does not leave the project.
fn follow(root: &Path, document: &Path, link: &str) -> Result<(), &'static str> {
    if link.contains("://") || link.starts_with("mailto:") {
        return Ok(());
    }
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    let target = match path {
        "" => document.to_owned(),
        path if path.starts_with('/') => return Err("not below this project"),
        path => document.parent().unwrap_or(root).join(path),
    };
    if !target.exists() {
        return Err("no such file");
    }
    let known = || headings(&fs::read_to_string(&target).unwrap()).contains(heading);
    if heading.is_empty() || known() {
        Ok(())
    } else {
        Err("no such heading")
    }
}

fn links(text: &str) -> Vec<String> {
    let links = Parser::new_ext(text, Options::all()).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    links.map(String::from).collect()
}

/// The anchors that a document's headings have where it is shown.
fn headings(text: &str) -> BTreeSet<String> {
    let (mut found, mut heading) = (BTreeSet::new(), None);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => {
                found.extend(heading.take().map(|text| anchor(&text)));
            }
            (Event::Text(part) | Event::Code(part), Some(text)) => text.push_str(&part),
            _ => {}
        }
    }
    found
}

/// The anchor of a heading, as forges make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c => c.is_alphanumeric().then_some(c),
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// The documents at the top, and of folders that have one of their own.
fn documents(root: &Path) -> Vec<PathBuf> {
    let folders = ["", "fuzz", "packaging", "examples", "tests/judges"].map(|name| root.join(name));
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}
