//! A document as it is served: one edition of it, in every encoding.

use super::{conditional::Validators, encoding::Encoding};
use crate::channel::Listed;
use bytes::Bytes;
use hyper::header::HeaderValue;
use std::{
    io,
    sync::OnceLock,
    time::{Duration, SystemTime},
};

/// One edition of a document, which never changes.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) label: Label,
    bytes: Bytes,
    /// What it is in each encoding, from when it is first asked for so.
    encoded: [OnceLock<Bytes>; Encoding::COUNT],
}

/// What is known of an edition without its bytes.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// Its media type, for the header.
    pub(super) media_type: &'static str,
    /// How many bytes it has.
    pub(super) length: usize,
    /// When it came to be; nothing where that cannot be told.
    pub(super) modified: Option<SystemTime>,
    /// The header for that.
    pub(super) last_modified: Option<HeaderValue>,
    /// The entity tag in each encoding, with its quotation marks.
    etags: [HeaderValue; Encoding::COUNT + 1],
    /// The entries in it, by which it is compared with an earlier edition.
    pub(super) listed: Option<Vec<Listed>>,
    /// The `Link` header: where subscribers hear of changes.
    pub(super) link: Option<HeaderValue>,
}

/// How many characters of a hash an entity tag has: with 64 bits, two editions
/// of a document do not meet.
const ETAG: usize = 16;

impl Document {
    /// The edition with these bytes.
    pub(super) fn new(
        media_type: &'static str,
        bytes: impl Into<Bytes>,
        modified: Option<SystemTime>,
        listed: Option<Vec<Listed>>,
    ) -> Self {
        let bytes = bytes.into();
        let hash = blake3::hash(&bytes).to_hex();
        let etag = |encoding: Encoding| {
            let etag = format!("\"{}{}\"", &hash[..ETAG], encoding.mark());
            HeaderValue::from_str(&etag).expect("letters and digits are fit for a header")
        };
        let date = modified.map(httpdate::fmt_http_date);
        let label = Label {
            media_type,
            length: bytes.len(),
            modified,
            last_modified: date.and_then(|date| HeaderValue::from_str(&date).ok()),
            etags: Encoding::ALL.map(etag),
            listed,
            link: None,
        };
        let encoded = Default::default();
        Self {
            label,
            bytes,
            encoded,
        }
    }

    /// The same with a `Link` header.
    pub(super) fn linked(mut self, link: Option<&str>) -> Self {
        self.label.link = link.and_then(|link| HeaderValue::from_str(link).ok());
        self
    }

    /// How many bytes it holds, with those of its encodings.
    pub(super) fn size(&self) -> usize {
        let encoded = self.encoded.iter().filter_map(OnceLock::get);
        self.bytes.len() + encoded.map(Bytes::len).sum::<usize>()
    }

    /// What is sent in this encoding, if it was sent so before.
    pub(super) fn ready(&self, encoding: Encoding) -> Option<&Bytes> {
        match self.encoded.get(encoding.index()) {
            Some(encoded) => encoded.get(),
            None => Some(&self.bytes),
        }
    }

    /// What is sent in this encoding. It takes some milliseconds the first time.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub(super) fn prepare(&self, encoding: Encoding) -> io::Result<&Bytes> {
        let Some(encoded) = self.encoded.get(encoding.index()) else {
            return Ok(&self.bytes);
        };
        if let Some(bytes) = encoded.get() {
            return Ok(bytes);
        }
        let bytes = encoding.encode(&self.bytes)?;
        Ok(encoded.get_or_init(|| bytes.into()))
    }
}

impl Label {
    /// The entity tag in this encoding, for the header.
    pub(super) fn etag(&self, encoding: Encoding) -> &HeaderValue {
        &self.etags[encoding.index()]
    }

    /// What tells this edition in this encoding from others.
    pub(super) fn validators(&self, encoding: Encoding) -> Validators<'_> {
        let etag = self.etag(encoding).to_str().unwrap_or_default();
        Validators {
            etag: etag.trim_matches('"'),
            modified: self.modified,
        }
    }

    /// The part of the entity tags that all encodings share.
    pub(super) fn stem(&self) -> &str {
        self.validators(Encoding::Identity).etag
    }
}

/// What all encodings share of an entity tag.
pub(super) fn stem(etag: &str) -> &str {
    etag.split('-').next().unwrap_or(etag)
}

/// The time of a file, given in nanoseconds since 1970.
pub(super) fn time(nanoseconds: i64) -> Option<SystemTime> {
    let since = u64::try_from(nanoseconds).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_nanos(since))
}
