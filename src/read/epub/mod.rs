//! EPUB: books, and magazines that are made like them.
//!
//! A book is a web site in an archive, with a list of its pages in order. What
//! is no text of the book is left out where the book itself says so: cover,
//! title page, table of contents, and the page with the rights.

mod chapter;
mod package_document;

use super::{
    Books, Format, Input, Part, ReadError, Reader, Reading,
    elements::{Elements, Piece},
    meta::{self, Value},
    package::{self, Package},
};
use crate::{
    article::{Article, Origin},
    text::Text,
};
use chapter::Chapter;
use package_document::{Item, PackageDocument};
use std::collections::{BTreeMap, BTreeSet};

const WHAT: &str = "an EPUB book";

/// Where an archive says which of its members describes the book.
const CONTAINER: &str = "META-INF/container.xml";

pub(super) const FORMAT: Format = Format {
    endings: &["epub"],
    recognizes: |bytes| {
        package::states(bytes, "application/epub+zip") || package::holds(bytes, &[CONTAINER])
    },
    read: Reader::Many(read),
};

fn read(input: &Input) -> Result<Reading, ReadError> {
    let mut package = Package::open(input.bytes, WHAT)?;
    if is_encrypted(&mut package)? {
        return Err(ReadError::Encrypted { what: WHAT });
    }
    let container = package.needed(CONTAINER)?;
    let path = described_in(&container)?;
    let book = PackageDocument::read(&package.needed(&path)?, &path)?;
    let labels = labels(&mut package, &book)?;
    let mut about = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    meta::take_over(fields(&book), &mut about);
    let mut chapters = Vec::new();
    let mut known = BTreeSet::new();
    for item in book.pages() {
        if !known.insert(&item.path) {
            continue;
        }
        // A page that the archive does not have is missed by no program.
        let Some(page) = package.text(&item.path)? else {
            continue;
        };
        let label = labels.get(&item.path).map(String::as_str);
        chapters.extend(Chapter::read(&item.path, &page, label));
    }
    if chapters.is_empty() {
        return Err(ReadError::NoText);
    }
    Ok(match input.settings.books {
        Books::Whole => Reading::Article(Box::new(whole(about, &chapters))),
        Books::Chapters => {
            let part = |chapter: Chapter| Part {
                name: chapter.path.clone(),
                article: Ok(alone(&about, chapter)),
            };
            Reading::Parts(chapters.into_iter().map(part).collect())
        }
    })
}

/// The book as one article.
fn whole(about: Article, chapters: &[Chapter]) -> Article {
    let mut text = Text::default();
    let repeated = |line: &str| {
        let title = about.title.as_deref().unwrap_or_default();
        title.to_lowercase() == line.to_lowercase()
    };
    for (at, chapter) in chapters.iter().enumerate() {
        let (headline, rest) = chapter.split();
        match headline {
            Some(headline) if at == 0 && repeated(&headline) => append(&mut text, &rest),
            _ => append(&mut text, &chapter.text),
        }
    }
    Article { text, ..about }
}

/// A chapter as an article of its own.
fn alone(about: &Article, chapter: Chapter) -> Article {
    let (headline, rest) = chapter.split();
    // A chapter of headings alone keeps them as its text.
    let has_rest = rest.plain.contains(char::is_alphanumeric);
    Article {
        title: headline.or(chapter.label),
        text: if has_rest { rest } else { chapter.text },
        site: about.title.clone(),
        ..about.clone()
    }
}

/// Appends a text to another, with its marks.
fn append(text: &mut Text, more: &Text) {
    for block in &more.blocks {
        text.push(block.kind, more.of(block));
        let moved = text.blocks.last_mut().expect("a block was just pushed");
        let start = moved.span.start;
        moved.marks.clone_from(&block.marks);
        for mark in &mut moved.marks {
            mark.span.start = mark.span.start - block.span.start + start;
            mark.span.end = mark.span.end - block.span.start + start;
        }
    }
}

/// What a book states about itself, by the names that `meta` knows.
fn fields(book: &PackageDocument) -> meta::Fields {
    let list = |texts: &[String]| Value::List(texts.iter().cloned().map(Value::Text).collect());
    let mut fields = vec![
        ("authors".to_owned(), list(&book.creators)),
        ("keywords".to_owned(), list(&book.subjects)),
    ];
    let mut state = |name: &str, text: &str| {
        if !text.is_empty() {
            fields.push((name.to_owned(), Value::Text(text.to_owned())));
        }
    };
    state("title", &book.title);
    state("date", &book.date);
    state("lang", &book.language);
    fields
}

/// Whether more than fonts is scrambled: then the book can be read only where
/// it was bought.
fn is_encrypted(package: &mut Package) -> Result<bool, ReadError> {
    let Some(xml) = package.text("META-INF/encryption.xml")? else {
        return Ok(false);
    };
    let fonts = [
        "http://www.idpf.org/2008/embedding",
        "http://ns.adobe.com/pdf/enc#RC",
    ];
    let mut elements = Elements::new(&xml, WHAT);
    while let Some(piece) = elements.next()? {
        if let Piece::Start(element) = piece
            && element.name() == "EncryptionMethod"
            && let Some(method) = element.get("Algorithm")
            && !fonts.contains(&method.as_str())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The member that describes the book.
fn described_in(container: &str) -> Result<String, ReadError> {
    let mut elements = Elements::new(container, WHAT);
    while let Some(piece) = elements.next()? {
        if let Piece::Start(element) = piece
            && element.name() == "rootfile"
            && let Some(path) = element.get("full-path")
        {
            return Ok(path);
        }
    }
    Err(ReadError::Damaged {
        what: WHAT,
        cause: format!("{CONTAINER} names no book in it"),
    })
}

/// What the table of contents calls each page; the first of several names.
fn labels(
    package: &mut Package,
    book: &PackageDocument,
) -> Result<BTreeMap<String, String>, ReadError> {
    let mut found = BTreeMap::new();
    for Item { path, .. } in book.contents() {
        let Some(xml) = package.text(path)? else {
            continue;
        };
        // A broken table of contents is worth no refusal.
        let _ = package_document::labels(&xml, path, &mut found);
    }
    Ok(found)
}
