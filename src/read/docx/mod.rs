//! Word documents: .docx and .docm.
//!
//! What a reader of the printed document sees, without what the printer adds:
//! headers, footers, page numbers, tables of contents. Tracked changes are as
//! if accepted; comments and hidden text are left out, and so are pictures,
//! which are inside of the file where no feed can show them. Footnotes stand at
//! the end.

mod body;
mod numbering;
mod paragraph;
mod styles;

use super::{
    Format, Input, ReadError, Reader,
    elements::{Elements, Piece},
    manuscript::Properties,
    package::{self, Package},
};
use crate::article::Article;
use memchr::memmem;
use std::collections::BTreeMap;

const WHAT: &str = "a Word document";

pub(super) const FORMAT: Format = Format {
    endings: &["docx", "docm", "dotx", "dotm"],
    recognizes: |bytes| is_encrypted(bytes) || package::holds(bytes, MEMBERS),
    read: Reader::One(read),
};

/// One of these is in every Word document; the first can have another name.
const MEMBERS: &[&str] = &["word/document.xml", "word/styles.xml", "word/settings.xml"];

/// How files of old Office versions begin, and new ones with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether this is a document of today's Office with a password: an archive in
/// an old container, as a stream of a well-known name in UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(OLE) && memmem::find(bytes, &name).is_some()
}

fn read(input: &Input) -> Result<Article, ReadError> {
    if is_encrypted(input.bytes) {
        return Err(ReadError::Encrypted { what: WHAT });
    }
    let mut package = Package::open(input.bytes, WHAT)?;
    let top = Relations::of(&mut package, "")?;
    let main = top.target("/officeDocument");
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let parts = Parts::read(&mut package, &main)?;
    let core = top.target("/core-properties");
    let core = core.unwrap_or_else(|| "docProps/core.xml".to_owned());
    let properties = match package.text(&core)? {
        // They are worth no refusal.
        Some(xml) => Properties::read(&xml, WHAT).unwrap_or_default(),
        None => Properties::default(),
    };
    let manuscript = body::read(&parts)?;
    Ok(manuscript.finish(&properties))
}

/// The parts of a document that text comes out of.
struct Parts {
    body: String,
    /// Footnotes, endnotes; the text and where its links lead.
    notes: Vec<(String, Relations)>,
    relations: Relations,
    styles: styles::Styles,
    numbering: numbering::Numbering,
}

impl Parts {
    fn read(package: &mut Package, main: &str) -> Result<Self, ReadError> {
        let relations = Relations::of(package, main)?;
        let body = package.needed(main)?;
        let mut part = |kind: &str| match relations.target(kind) {
            Some(name) => Ok((package.text(&name)?.unwrap_or_default(), name)),
            None => Ok::<_, ReadError>(Default::default()),
        };
        let (styles, _) = part("/styles")?;
        let (numbering, _) = part("/numbering")?;
        let notes = [part("/footnotes")?, part("/endnotes")?];
        let mut found = Vec::new();
        for (xml, name) in notes {
            if !xml.is_empty() {
                found.push((xml, Relations::of(package, &name)?));
            }
        }
        let styles = styles::Styles::read(&styles)?;
        Ok(Self {
            body,
            notes: found,
            relations,
            numbering: numbering::Numbering::read(&numbering, &styles)?,
            styles,
        })
    }
}

/// Where a part of the document points to, by id.
#[derive(Default)]
struct Relations(BTreeMap<String, Relation>);

struct Relation {
    kind: String,
    target: String,
}

impl Relations {
    /// Those of a part; of the whole package for the empty name.
    fn of(package: &mut Package, part: &str) -> Result<Self, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(xml) = package.text(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Self::default());
        };
        let mut elements = Elements::new(&xml, WHAT);
        let mut found = BTreeMap::new();
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            let stated = (
                element.get("Id"),
                element.get("Type"),
                element.get("Target"),
            );
            if let (Some(id), Some(kind), Some(target)) = stated {
                let external = element.get("TargetMode");
                let target = match external.as_deref() {
                    Some("External") => target,
                    _ => package::join(folder, &target),
                };
                found.insert(id, Relation { kind, target });
            }
        }
        Ok(Self(found))
    }

    /// The target of the relation whose kind ends like this; the rest of it
    /// differs between editions of the standard.
    fn target(&self, kind: &str) -> Option<String> {
        let mut relations = self.0.values();
        let found = relations.find(|relation| relation.kind.ends_with(kind));
        found.map(|relation| relation.target.clone())
    }

    fn by_id(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|relation| relation.target.as_str())
    }
}
