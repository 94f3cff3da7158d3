//! OpenDocument texts: .odt, and .fodt, which is the same in one XML file.
//!
//! As with Word documents, what a reader of the printed text sees without what
//! the printer adds; see `docx`.

mod body;
mod styles;

use super::{
    Format, Input, ReadError, Reader, charset,
    manuscript::Properties,
    package::{self, Package},
};
use crate::article::Article;
use memchr::memmem;

pub(super) const WHAT: &str = "an OpenDocument text";

const KIND: &str = "application/vnd.oasis.opendocument.text";

/// How far into a flat document its kind is stated. Namespaces stand before it.
const HEAD: usize = 8000;

pub(super) const FORMAT: Format = Format {
    endings: &["odt", "fodt", "ott"],
    recognizes: |bytes| package::states(bytes, KIND) || is_flat(bytes),
    read: Reader::One(read),
};

fn is_flat(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let bare = head.strip_prefix(charset::UTF8_BOM).unwrap_or(head);
    bare.trim_ascii_start().starts_with(b"<")
        && memmem::find(head, b"<office:document ").is_some()
        && memmem::find(head, KIND.as_bytes()).is_some()
}

fn read(input: &Input) -> Result<Article, ReadError> {
    if is_flat(input.bytes) {
        let xml = charset::decode(input.bytes)?;
        let mut styles = styles::Styles::default();
        styles.read(&xml, styles::Which::All)?;
        let properties = properties(Some(&xml));
        return Ok(body::read(&xml, &styles)?.finish(&properties));
    }
    let mut package = Package::open(input.bytes, WHAT)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") || package.has("encrypted-package") {
        return Err(ReadError::Encrypted { what: WHAT });
    }
    let mut styles = styles::Styles::default();
    if let Some(xml) = package.text("styles.xml")? {
        styles.read(&xml, styles::Which::Named)?;
    }
    let content = package.needed("content.xml")?;
    styles.read(&content, styles::Which::All)?;
    let properties = properties(package.text("meta.xml")?.as_deref());
    Ok(body::read(&content, &styles)?.finish(&properties))
}

/// What the document states about itself; broken statements are worth no
/// refusal.
fn properties(xml: Option<&str>) -> Properties {
    xml.and_then(|xml| Properties::read(xml, WHAT).ok())
        .unwrap_or_default()
}
