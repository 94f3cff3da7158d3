//! Web pages that a browser saved as one file: a mail of the page and what it
//! shows.

use super::{
    Format, Input, ReadError, Reader, html,
    mime::{Fields, Message, Part},
};
use crate::article::Article;

pub(super) const FORMAT: Format = Format {
    endings: &["mhtml", "mht"],
    recognizes,
    read: Reader::One(read),
};

/// What browsers write into the first fields, and mail programs do not.
fn recognizes(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let plausible = start.first().is_some_and(u8::is_ascii_alphabetic)
        && (start.starts_with(b"From: ") || start.starts_with(b"MIME-Version: "));
    if !plausible {
        return false;
    }
    let fields = Fields::of(start);
    let sender = fields.plain("from").unwrap_or_default().to_lowercase();
    // Chrome, Opera and Internet Explorer, in their languages.
    let saved = [
        "<saved by ",
        "\"saved by ",
        "\"gespeichert von ",
        "\"enregistré par ",
    ];
    let related = fields
        .value("content-type")
        .is_some_and(|kind| kind == "multipart/related");
    fields.plain("snapshot-content-location").is_some()
        || saved.iter().any(|start| sender.starts_with(start))
        || related && fields.plain("x-mimeole").is_some() && fields.plain("to").is_none()
}

fn read(input: &Input) -> Result<Article, ReadError> {
    let bytes = input.bytes.trim_ascii_start();
    let message = Message::read(bytes);
    let fields = &message.root().fields;
    let location = fields.plain("snapshot-content-location");
    let page = page(&message, location.as_deref()).ok_or_else(|| ReadError::Damaged {
        what: "the saved web page",
        cause: "there is no page in it".to_owned(),
    })?;
    let mut article = html::page(&page.text()?);
    let own = page.fields.plain("content-location");
    let address = location.or(own).filter(|address| is_web(address));
    article.url = article.url.take().or(address);
    // The date is when the page was saved, not when it was published.
    article.title = article.title.take().or_else(|| fields.text("subject"));
    // Pictures that are parts of this file have no address outside of it.
    article.image = article
        .image
        .take()
        .filter(|image| !image.starts_with("cid:"));
    Ok(article)
}

/// The page among the parts: the one that is named as the start, else the one
/// with the page's own address, else the first that is a page.
fn page<'p, 'm>(message: &'p Message<'m>, location: Option<&str>) -> Option<&'p Part<'m>> {
    let kinds = ["text/html", "application/xhtml+xml"];
    let is_page = |part: &&Part| kinds.contains(&&*part.kind);
    let mut pages = message.parts().filter(is_page);
    let start = message.root().fields.parameter("content-type", "start");
    let is = |part: &&Part, field: &str, value: Option<&str>| {
        value.is_some() && part.fields.plain(field).as_deref() == value
    };
    message
        .parts()
        .filter(is_page)
        .find(|part| is(part, "content-id", start.as_deref()))
        .or_else(|| {
            let mut pages = message.parts().filter(is_page);
            pages.find(|part| is(part, "content-location", location))
        })
        .or_else(|| pages.next())
}

/// Whether an address is one of the web.
fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
