//! Files that were compressed one by one: gzip and Zstandard.
//!
//! What is inside is read as if it had been dropped itself, under its name
//! without `.gz` or `.zst`.

use super::{
    Format, Input, ReadError, Reader, Reading,
    unpack::{BEYOND_ROOM, REMEDY, unpack},
};
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

pub(super) const GZIP: Format = Format {
    endings: &["gz", "tgz"],
    // The third byte is the method, and deflate the only one there is.
    recognizes: |bytes| bytes.starts_with(b"\x1f\x8b\x08"),
    read: Reader::Many(gzip),
};

pub(super) const ZSTANDARD: Format = Format {
    endings: &["zst", "tzst"],
    recognizes: |bytes| bytes.starts_with(FRAME),
    read: Reader::Many(zstandard),
};

const FRAME: &[u8] = b"\x28\xb5\x2f\xfd";

/// Zstandard goes back so far at its strongest usual setting. The decoder keeps
/// as much in memory, and frames may ask for terabytes.
const LARGEST_WINDOW: u64 = 32 << 20;

fn gzip(input: &Input) -> Result<Reading, ReadError> {
    const WHAT: &str = "the gzip file";
    // Logs and archives are often several files, one behind the other.
    let decoder = MultiGzDecoder::new(input.bytes);
    let stated = decoder.header().and_then(|header| header.filename());
    let stated = stated.and_then(|name| std::str::from_utf8(name).ok());
    let name = name(input.name, stated);
    let bytes = unpack(input, decoder, input.bytes.len(), WHAT)?;
    input.inner(&name, &bytes)
}

fn zstandard(input: &Input) -> Result<Reading, ReadError> {
    const WHAT: &str = "the Zstandard file";
    let mut frames = Frames {
        rest: input.bytes,
        frame: None,
        window: Window::Fits,
    };
    let bytes = unpack(input, &mut frames, input.bytes.len(), WHAT);
    if frames.window == Window::TooLarge {
        return Err(ReadError::TooMuch {
            what: WHAT,
            limit: BEYOND_ROOM.to_owned(),
            remedy: REMEDY,
        });
    }
    input.inner(&name(input.name, None), &bytes?)
}

/// What the file inside is called: the name without the ending that tells of
/// compression. When nothing is left that tells what it is, as `stated` inside.
/// A page that came compressed over the network may have been saved as it came,
/// with no such ending.
fn name(path: &Path, stated: Option<&str>) -> PathBuf {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let inner = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("gz" | "zst") => path.with_extension(""),
        Some("tgz" | "tzst") => path.with_extension("tar"),
        _ => path.to_owned(),
    };
    match stated {
        Some(stated) if inner.extension().is_none() => PathBuf::from(stated),
        _ => inner,
    }
}

/// The content of Zstandard frames, one behind the other.
struct Frames<'a> {
    /// What no decoder has begun with.
    rest: &'a [u8],
    frame: Option<StreamingDecoder<&'a [u8], FrameDecoder>>,
    window: Window,
}

#[derive(PartialEq, Eq)]
enum Window {
    Fits,
    TooLarge,
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.rest = frame.get_ref();
                self.frame = None;
            }
            if let Some(skipped) = skippable(self.rest) {
                let rest = self.rest.get(skipped..);
                self.rest = rest.ok_or(io::ErrorKind::UnexpectedEof)?;
            } else if self.rest.is_empty() {
                return Ok(0);
            } else {
                let window = window(self.rest).ok_or(io::ErrorKind::InvalidData)?;
                if window > LARGEST_WINDOW {
                    self.window = Window::TooLarge;
                    return Err(io::ErrorKind::OutOfMemory.into());
                }
                self.frame = Some(StreamingDecoder::new(self.rest).map_err(io::Error::other)?);
            }
        }
    }
}

/// How long the frame at the start is, when it is one that holds no content
/// (RFC 8878, section 3.1.2).
fn skippable(bytes: &[u8]) -> Option<usize> {
    let (head, length) = bytes.get(..8)?.split_at(4);
    let skippable = head[0] & 0xf0 == 0x50 && head[1..] == [0x2a, 0x4d, 0x18];
    let length = u32::from_le_bytes(length.try_into().ok()?);
    (skippable).then_some(usize::try_from(length).ok()? + 8)
}

/// How far back the frame at the start goes (RFC 8878, section 3.1.1.1). The
/// decoder does not check it for the first frame that it gets.
fn window(bytes: &[u8]) -> Option<u64> {
    let rest = bytes.strip_prefix(FRAME)?;
    let (descriptor, rest) = rest.split_first()?;
    let single = descriptor & 0x20 != 0;
    if !single {
        let exponent = rest.first()? >> 3;
        let mantissa = u64::from(rest.first()? & 7);
        let base = 1u64 << (10 + exponent);
        return Some(base + base / 8 * mantissa);
    }
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let (size, more) = [(1, 0), (2, 256), (4, 0), (8, 0)][usize::from(descriptor >> 6)];
    let size = rest.get(dictionary..dictionary + size)?;
    let size = size
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    size.checked_add(more)
}
