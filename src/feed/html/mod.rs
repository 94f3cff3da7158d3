//! Pages for people: the same entries as in the feeds, to be read in a browser.
//!
//! A page asks nothing of anybody: no script, no font, no style sheet of its
//! own. The pictures of articles are all that a browser fetches from elsewhere.
//!
//! Pages link to each other relative to the feeds folder, which each names as
//! its base, and with `index.html` written out. So they work from disk and at
//! any address, and what an entry looks like is the same on every page: it is
//! written once, as a [`card`](card()).
//!
//! What a page says depends on its own feed alone. The ways to the other feeds
//! are the same on all of them: the lists, one a scope, which are there even
//! while they are empty, so that no page changes when a feed is added elsewhere.

mod card;
mod entry_page;
mod list;
pub mod live;
mod moved;
mod page;
mod paths;
mod read_back;
mod shell;
#[cfg(test)]
mod tests;
mod text;

pub(super) use card::{Card, Quote, Topic, card};
pub(super) use entry_page::{entry_page, path as entry_path};
pub(super) use list::{list, sort_key};
pub(super) use moved::moved;
#[cfg(test)]
pub(super) use page::page;
pub(super) use page::{after, before, nothing};
pub(super) use read_back::{read_back, read_back_before};
