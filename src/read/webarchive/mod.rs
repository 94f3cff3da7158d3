//! Web pages that Safari saved as one file: a property list, binary or XML, of
//! the page and what it shows. Only the page is looked at.

mod binary;
mod xml;

use super::{Format, Input, ReadError, Reader, charset, html};
use crate::article::Article;
use memchr::memmem;

pub(super) const FORMAT: Format = Format {
    endings: &["webarchive"],
    recognizes: |bytes| is_list(bytes) && memmem::find(bytes, MAIN.as_bytes()).is_some(),
    read: Reader::One(read),
};

/// The entry that is the page.
const MAIN: &str = "WebMainResource";

/// What the page's entry says of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Resource {
    data: Option<Vec<u8>>,
    address: Option<String>,
    charset: Option<String>,
}

impl Resource {
    /// Takes an entry over, if it is one of those that matter.
    fn take(&mut self, key: &str, text: Option<String>, data: Option<Vec<u8>>) {
        match key {
            "WebResourceData" => self.data = data,
            "WebResourceURL" => self.address = text,
            "WebResourceTextEncodingName" => self.charset = text,
            _ => {}
        }
    }
}

/// Whether bytes are a property list.
pub(super) fn is_list(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let head = &start[..start.len().min(400)];
    start.starts_with(binary::MAGIC)
        || start.starts_with(b"<?xml") && memmem::find(head, b"<plist").is_some()
}

fn read(input: &Input) -> Result<Article, ReadError> {
    let damaged = |cause: &str| ReadError::Damaged {
        what: "the web archive of Safari",
        cause: cause.to_owned(),
    };
    let found = if input.bytes.starts_with(binary::MAGIC) {
        binary::resource(input.bytes)
    } else {
        xml::resource(input.bytes)
    };
    let page = found.ok_or_else(|| damaged("it ends too soon, or points past its end"))?;
    let data = page.data.ok_or_else(|| damaged("there is no page in it"))?;
    let mut article = html::page(&charset::decode_as(&data, page.charset.as_deref())?);
    let address = page
        .address
        .filter(|address| address.starts_with("https://") || address.starts_with("http://"));
    article.url = article.url.take().or(address);
    Ok(article)
}
