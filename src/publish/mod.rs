//! Publishing: put the documents where readers fetch them.
//!
//! What the documents say is the business of `feed`. Whatever goes wrong here
//! leaves readers with what they had: the documents of the last edition.

pub mod files;

pub use files::{PublishError, Published, clean_leftovers, is_untouched, publish, remove};
