//! HTML: web pages, and pieces of HTML inside other formats.
//!
//! [`page`] finds the article in a web page, [`fragment`] takes all of a piece
//! of HTML that was written as an article.

use super::{Format, Input, ReadError, Reader, blocks::Builder, charset, raw_html};
use crate::{
    article::{Article, Origin},
    text::{BlockKind, Text},
};

pub(super) const FORMAT: Format = Format {
    endings: &["html", "htm", "xhtml"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    Ok(page(&charset::decode(input.bytes)?))
}

/// The article in a web page, with what the page states of it.
pub(super) fn page(html: &str) -> Article {
    Article {
        origin: Origin::Extracted,
        text: fragment(html),
        ..Article::default()
    }
}

/// All text of a piece of HTML, in blocks: a mail's, a book's chapter, a feed's
/// content. Menus and the like are not looked for.
pub(super) fn fragment(html: &str) -> Text {
    let mut builder = Builder::with_capacity(html.len() / 2);
    for paragraph in raw_html::paragraphs(html) {
        builder.open(BlockKind::Paragraph);
        builder.write(&paragraph);
    }
    builder.finish()
}
