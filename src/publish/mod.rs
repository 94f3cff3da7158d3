//! Publishing: put the documents where readers fetch them.
//!
//! What the documents say is the business of `feed`. Whatever goes wrong here
//! leaves readers with what they had: the documents of the last edition.

pub mod disk;
mod error;
pub mod files;
mod made;
mod temporary;
pub mod websub;

pub use error::PublishError;
pub use files::{Known, Published, is_untouched, make_folder, publish, remove, untouched};
pub use temporary::{clean_leftovers, clean_leftovers_on};
