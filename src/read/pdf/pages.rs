//! The pages, in order, with what they inherit (ISO 32000, section 7.7.3).

use super::{
    file::File,
    object::{Dict, Object},
};
use std::collections::BTreeSet;

/// An article has no more pages than this; a thick novel has 1,500.
pub(super) const MOST_PAGES: usize = 2000;

/// What pages take over from the nodes above them.
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// The pages' dictionaries; one more than `MOST_PAGES` when there are more.
pub(super) fn pages(file: &File) -> Vec<Dict> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let root = match file.top("Root") {
        Some(Object::Dict(catalog)) => catalog.get("Pages").cloned(),
        _ => None,
    };
    // Nodes still to be looked at, the next one last. A node that was seen is
    // not looked at again, so that circles end.
    let mut open: Vec<(Object, Dict)> = Vec::new();
    open.extend(root.map(|root| (root, Dict::default())));
    while let Some((node, above)) = open.pop() {
        if let Object::Ref(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let Object::Dict(node) = file.resolve(&node) else {
            continue;
        };
        let node = inheriting(&node, &above);
        match file.value(&node, "Kids") {
            Some(Object::Array(kids)) if !node.is("Type", "Page") => {
                let mut inherited = Dict::default();
                for key in INHERITED {
                    if let Some(value) = node.get(key) {
                        inherited.insert(key.as_bytes(), value.clone());
                    }
                }
                for kid in kids.into_iter().rev() {
                    // What is inherited is copied for each of them.
                    if !file.work().spend(64) {
                        return pages;
                    }
                    open.push((kid, inherited.clone()));
                }
            }
            _ => pages.push(node),
        }
        if pages.len() > MOST_PAGES {
            break;
        }
    }
    if pages.is_empty() {
        let loose = file.loose_pages();
        let loose = loose
            .into_iter()
            .filter_map(|number| match file.get(number) {
                Some(Object::Dict(page)) => Some(page),
                _ => None,
            });
        pages.extend(loose.take(MOST_PAGES + 1));
    }
    pages
}

fn inheriting(node: &Dict, above: &Dict) -> Dict {
    let mut node = node.clone();
    for key in INHERITED {
        if let (None, Some(value)) = (node.get(key), above.get(key)) {
            node.insert(key.as_bytes(), value.clone());
        }
    }
    node
}

/// What a page's content is: its streams, one behind the other.
pub(super) fn content(file: &File, page: &Dict) -> Vec<u8> {
    let Some(contents) = page.get("Contents") else {
        return Vec::new();
    };
    let streams = match (contents, file.resolve(contents)) {
        (_, Object::Array(streams)) => streams,
        (one, _) => vec![one.clone()],
    };
    let mut content = Vec::new();
    for stream in streams {
        if let Object::Ref(number) = stream
            && let Some((_, bytes)) = file.stream(number)
        {
            content.extend_from_slice(&bytes);
            content.push(b'\n');
        }
    }
    content
}
