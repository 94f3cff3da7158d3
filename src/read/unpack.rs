//! Unpacking what is compressed, within limits.
//!
//! A few bytes can unpack to more than a machine holds, so nothing is unpacked
//! but through here.

use super::{Input, ReadError};
use std::io::{self, Read};

/// So much may come out of a file and all files inside of it: ten times the
/// largest that is read by default, which text compresses to, halved for what
/// else is in archives, and still an amount that a small machine can hold.
pub(super) const ROOM: usize = 64_000_000;

/// The same in words.
pub(super) const BEYOND_ROOM: &str = "unpacks to more than 64 MB";

/// Nothing that people write compresses better than this; a table of a million
/// equal rows comes to 150, bombs begin at 1,000.
const RATIO: usize = 200;

/// What unpacks to so little may compress as well as it likes.
const HARMLESS: usize = 1_000_000;

/// What helps against all of these.
pub(super) const REMEDY: &str = "put in the articles themselves";

/// Reads all of `unpacked`, which decompresses `packed` bytes. `what` is the
/// format, with its article.
pub(super) fn unpack(
    input: &Input,
    unpacked: impl Read,
    packed: usize,
    what: &'static str,
) -> Result<Vec<u8>, ReadError> {
    let likely = packed.saturating_mul(RATIO).max(HARMLESS);
    let limit = input.room.get().min(likely);
    let mut bytes = Vec::new();
    let read = unpacked.take(limit as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > limit && limit == likely {
        // An archive with such a thing in it has nothing that is wanted.
        input.room.set(0);
        return Err(ReadError::TooMuch {
            what,
            limit: format!("unpacks to more than {RATIO} times its size"),
            remedy: REMEDY,
        });
    }
    // What is broken took its time to unpack as well.
    input.take_room(bytes.len(), what)?;
    read.map(|_| bytes).map_err(|error| damaged(what, &error))
}

/// What a decompressor's error says to whoever dropped the file.
fn damaged(what: &'static str, error: &io::Error) -> ReadError {
    let cause = match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too soon".to_owned(),
        _ => "what is compressed in it is not whole".to_owned(),
    };
    ReadError::Damaged { what, cause }
}
