//! The style and the script of the pages, under names that follow from what is
//! in them: whoever has one never has to ask for it again.

use crate::feed::html::shell::STYLE;
use std::sync::LazyLock;

/// Something that pages are made of beside their own bytes.
#[derive(Debug)]
pub struct Asset {
    /// Its path on the server. The same path always has the same bytes.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The looks of what only a server shows; the rest is as everywhere.
const LIVE_STYLE: &str = include_str!("live.css");

const SCRIPT: &str = include_str!("live.js");

static ASSETS: LazyLock<[Asset; 2]> = LazyLock::new(|| {
    [
        asset("style", "css", "text/css", &[STYLE, LIVE_STYLE].concat()),
        asset("script", "js", "text/javascript", SCRIPT),
    ]
});

/// The style, and the script.
#[must_use]
pub fn assets() -> &'static [Asset; 2] {
    &ASSETS
}

fn asset(name: &str, ending: &str, media_type: &'static str, text: &str) -> Asset {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    Asset {
        name: format!("assets/{name}-{}.{ending}", &hash[..16]),
        media_type,
        bytes: text.as_bytes().to_vec(),
    }
}
