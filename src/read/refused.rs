//! What is recognized, but not read, by the endings of its names.
//!
//! A format that is read never gets here: `FORMATS` is asked first.

use super::ReadError;

/// Why a file of this ending is not read; `None` when nothing is known against
/// it.
pub(super) fn reason(ending: &str) -> Option<ReadError> {
    let what = |table: &[(&[&str], &'static str)]| {
        let row = table.iter().find(|(endings, _)| endings.contains(&ending));
        row.map(|(_, what)| *what)
    };
    what(BINARY)
        .map(|what| ReadError::Binary { what })
        .or_else(|| what(UNSUPPORTED).map(|what| ReadError::Unsupported { what }))
}

/// Data that hold no text, or none in the open.
const BINARY: &[(&[&str], &str)] = &[
    (&["bin"], "binary data"),
    (&["utf-32"], "text in UTF-32"),
    (&["pdf"], "a PDF document"),
    (&["ps", "eps"], "a PostScript document"),
    (&["bz2", "xz", "7z", "rar"], "an archive"),
    (
        &[
            "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp", "ico", "heic", "avif",
        ],
        "a picture",
    ),
    (&["mp3", "m4a", "ogg", "flac", "wav"], "a sound recording"),
    (&["mp4", "mov", "webm", "mkv", "avi"], "a video"),
    (&["elf", "exe", "dll", "so", "class", "wasm"], "a program"),
    (&["sqlite", "db"], "a database"),
    (&["ttf", "otf", "woff", "woff2"], "a font"),
];

/// Documents and text whose markup would end up in the feed.
const UNSUPPORTED: &[(&[&str], &str)] = &[
    (&["msg"], "mail of Outlook"),
    (&["doc", "ole"], "an old Word document"),
    (&["pages"], "a Pages document"),
    (
        &["xlsx", "xls", "ods", "pptx", "ppt", "odp"],
        "an office document",
    ),
    (&["yaml", "yml", "toml", "ini", "csv", "tsv"], "a data file"),
    (&["css", "js", "svg"], "a part of a web page"),
];
