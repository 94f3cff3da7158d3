//! The page of the built-in server in a real browser, used as people use it.
//!
//! It needs Chromium and its driver, and says so where they are not installed.
//! What a page looks like to programs that judge pages is left to
//! `tests/judges/pages.py`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod keyboard;
mod live;
mod newsroom;
#[path = "../it/program.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod program;
mod reading;
mod scriptless;
mod searching;
mod webdriver;
