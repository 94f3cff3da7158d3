//! Pages that only the server has, and what they are made of.

use super::{document::Document, site::Unshown};
use crate::{catalogue::store::View, feed};
use hyper::StatusCode;

/// What is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The path after the first `/`, decoded.
    pub(super) path: String,
    /// The query as it was sent: without the `?`, not decoded.
    pub(super) query: String,
    /// What documents are rendered with. The address in it is the public one or,
    /// without one, the one that was asked.
    pub(super) settings: feed::Settings,
}

/// A page, or a part of one.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// What a page is made of beside its own bytes, by path: styles and scripts.
pub(super) fn asset(_path: &str) -> Option<Document> {
    None
}

/// Whether the server has a page of its own at this path.
pub(super) fn is_page(_path: &str) -> bool {
    false
}

#[expect(clippy::unnecessary_wraps, reason = "pages are going to ask the view")]
/// The page that is asked for, from what was published last; nothing where the
/// document of that name is to be shown instead.
pub(super) fn page(_view: &View, asked: &Asked) -> Result<Option<Page>, Unshown> {
    tracing::debug!("no page for {}?{}", asked.path, asked.query);
    let _ = &asked.settings;
    Ok(None)
}
