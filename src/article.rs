//! What reading a file yields: an article as its file states it.
//!
//! Nothing here is guessed. What the file does not say is absent; what can be
//! learnt from the text itself (a headline in its first line, a byline in the
//! bio at its foot) is for `digest` to find.

use crate::text::Text;
use jiff::Timestamp;

/// The longest headline, in letters; a longer one is cut. Agencies write some of
/// 200, and those that read as two sentences come to 250.
pub const LONGEST_TITLE: usize = 300;

/// The longest name of an author, a topic or a site, in letters; a longer one is
/// cut. A court with its chamber has 120.
pub const LONGEST_NAME: usize = 200;

/// An article as its file states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its headline, where markup or front matter gives it.
    pub title: Option<String>,
    /// The authors' names, in order.
    pub byline: Vec<String>,
    /// When it was published. A date without a time is midnight UTC.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Its language as a BCP 47 tag.
    pub language: Option<String>,
    /// Where it was published, as an absolute URL.
    pub url: Option<String>,
    /// Its lead picture, as the file writes it.
    pub image: Option<String>,
    /// The topics that it states for itself, in order.
    pub topics: Vec<String>,
    /// Whether it asks not to be published yet.
    pub draft: bool,
    /// Before when it asks not to be published.
    pub embargo: Option<Timestamp>,
    /// The name of the site or paper that it appeared in.
    pub site: Option<String>,
    /// How its text came about, which tells what may be in it.
    pub origin: Origin,
    /// Remarks for its author about what the file states but cannot be taken
    /// over, such as a date that is none; each with its remedy.
    pub notes: Vec<String>,
    /// Everything it says, boilerplate included.
    pub text: Text,
}

/// How an article's text came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// Pasted or scraped, perhaps: menus, captions and the like may be in it,
    /// and nothing but its lines tells them apart.
    #[default]
    Pasted,
    /// Written or sent as an article: all of it is meant.
    Authored,
    /// Taken out of a page by its markup: most of what is not the story is
    /// gone.
    Extracted,
}
