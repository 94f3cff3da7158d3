//! Publishing: put the documents where readers fetch them.
//!
//! What the documents say is the business of `feed`. Whatever goes wrong here
//! leaves readers with what they had: the documents of the last edition.

mod error;
pub mod files;

pub use error::PublishError;
pub use files::{Published, clean_leftovers, is_untouched, publish, remove, untouched};
