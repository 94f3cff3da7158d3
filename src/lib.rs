//! feedwright: articles dropped into a folder become digested feed entries.
//!
//! This is the map of the code. A file goes through the stages in this order,
//! and each stage knows only the nouns and the stages named for it in
//! `tests/it/layers.rs`:
//!
//! ```text
//! file event -> Change -> bytes -> Article -> Digest -> Catalogue -> Edition -> Publish
//!               watch      read       digest     catalogue    feed       publish
//! ```
//!
//! What the middle of that does, for a file of its own:
//!
//! ```
//! use feedwright::{digest, read};
//! use std::path::Path;
//!
//! let file = br#"# The bridge opens in May
//!
//! After two years the bridge across the Orra opens on May 4, the town council
//! decided on Monday.
//!
//! "Nobody should have to take the long way round for another winter," said Ada
//! Lindqvist, the mayor.
//! "#;
//! let reading = read::read(Path::new("bridge.md"), file, &read::Settings::default())?;
//! let article = reading.into_articles().next().expect("it is one article");
//! let digest = digest::digest(article, &digest::Settings::default());
//!
//! assert_eq!(digest.title, "The bridge opens in May");
//! let quotation = &digest.quotes[0];
//! assert_eq!(
//!     quotation.quote(&digest.body.plain),
//!     "Nobody should have to take the long way round for another winter"
//! );
//! assert_eq!(quotation.speaker.as_ref().unwrap().0, "Ada Lindqvist");
//! # Ok::<(), read::ReadError>(())
//! ```
//!
//! - `text`, `file`, `article`, `entry`, `channel` are the nouns: what stages hand
//!   to each other.
//! - `clock` is where time is asked for, by those who stand at the rim.
//! - `dates` tells which instant a written date means. Both `read` and `digest`
//!   meet dates; it knows no clock, so it never fills in a year.
//! - `watch` tells which files are ready and which are gone. It does not open
//!   them.
//! - `read` turns bytes into an `Article`. It knows no file, clock or network.
//! - `digest` finds boilerplate, quotations and their speakers, the lead quote,
//!   summary and topics. It cannot fail and knows no clock.
//! - `catalogue` gives each entry its id and dates, and keeps topics one across
//!   articles. The rules are pure; `catalogue::store` keeps them in SQLite.
//! - `feed` turns entries into documents. It knows no clock, so the same entries
//!   give the same bytes.
//! - `publish` puts documents where readers fetch them, and tells hubs.
//! - `serve` answers readers and browsers over HTTP, from a view of the
//!   catalogue.
//! - `config` reads the settings of all stages; `service` is the loop around
//!   them; `cli` is the person at the terminal.

pub mod article;
pub mod catalogue;
pub mod channel;
pub mod cli;
pub mod clock;
pub mod config;
pub mod dates;
pub mod digest;
pub mod entry;
pub mod feed;
pub mod file;
pub mod publish;
pub mod read;
pub mod serve;
pub mod service;
pub mod text;
pub mod watch;
