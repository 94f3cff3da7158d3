//! All tests that go through the public API or the program, in one binary.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "the tests' names say what they hold")]

mod catalogue;
mod feed;
mod dates;
mod layers;
mod read;
mod watch;
mod publish;
