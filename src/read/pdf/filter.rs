//! What streams are compressed and spelled with (ISO 32000, section 7.4).
//!
//! Every decoder stops at the limit that it is given, and gives what it has
//! where its input is damaged: half a page is better than none.

use super::object::{hexadecimal, is_white};
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// The parameters of a filter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameters {
    pub(super) predictor: usize,
    pub(super) colors: usize,
    pub(super) bits: usize,
    pub(super) columns: usize,
    pub(super) early: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            predictor: 1,
            colors: 1,
            bits: 8,
            columns: 1,
            early: true,
        }
    }
}

/// What a filter of this name makes of `bytes`; `None` when it is one for
/// pictures.
pub(super) fn decode(
    name: &[u8],
    bytes: &[u8],
    parameters: Parameters,
    limit: usize,
) -> Option<Vec<u8>> {
    match name {
        b"FlateDecode" | b"Fl" => Some(unpredict(inflate(bytes, limit), parameters)),
        b"LZWDecode" | b"LZW" => {
            let decoded = lzw(bytes, parameters.early, limit);
            Some(unpredict(decoded, parameters))
        }
        b"ASCIIHexDecode" | b"AHx" => {
            let end = memchr::memchr(b'>', bytes).unwrap_or(bytes.len());
            Some(hexadecimal(&bytes[..end]))
        }
        b"ASCII85Decode" | b"A85" => Some(ascii85(bytes, limit)),
        b"RunLengthDecode" | b"RL" => Some(run_lengths(bytes, limit)),
        // The filter that leaves everything as it is.
        b"Crypt" => Some(bytes.to_vec()),
        _ => None,
    }
}

fn inflate(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut inflated = Vec::new();
    let read = ZlibDecoder::new(bytes)
        .take(limit as u64)
        .read_to_end(&mut inflated);
    if read.is_err() && inflated.is_empty() {
        // Its header or its first bytes are wrong; the rest may be sound.
        let bytes = bytes.get(2..).unwrap_or_default();
        let decoder = DeflateDecoder::new(bytes).take(limit as u64);
        // An error is met where the damage is; what comes before it is kept.
        let _ = { decoder }.read_to_end(&mut inflated);
    }
    inflated
}

/// Undoes the differences that rows were stored as.
fn unpredict(bytes: Vec<u8>, parameters: Parameters) -> Vec<u8> {
    let Parameters {
        predictor,
        colors,
        bits,
        columns,
        ..
    } = parameters;
    let pixel = (colors * bits).div_ceil(8).max(1);
    let row = (colors * bits * columns).div_ceil(8).max(1);
    match predictor {
        10.. => unpredict_png(&bytes, pixel, row),
        // Only whole bytes occur where text is.
        2 if bits == 8 => {
            let mut bytes = bytes;
            for row in bytes.chunks_mut(row) {
                for at in pixel..row.len() {
                    row[at] = row[at].wrapping_add(row[at - pixel]);
                }
            }
            bytes
        }
        _ => bytes,
    }
}

fn unpredict_png(bytes: &[u8], pixel: usize, length: usize) -> Vec<u8> {
    let mut decoded: Vec<u8> = Vec::with_capacity(bytes.len());
    for row in bytes.chunks(length + 1) {
        let start = decoded.len();
        let above = |decoded: &[u8], at: usize| match start.checked_sub(length) {
            Some(above) => decoded[above + at],
            None => 0,
        };
        for (at, byte) in row[1..].iter().enumerate() {
            let left = if at < pixel {
                0
            } else {
                decoded[start + at - pixel]
            };
            let up = above(&decoded, at);
            let corner = if at < pixel {
                0
            } else {
                above(&decoded, at - pixel)
            };
            let predicted = match row[0] {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            decoded.push(byte.wrapping_add(predicted));
        }
    }
    decoded
}

/// The neighbor that is nearest to left + up - corner.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i32::from(left) + i32::from(up) - i32::from(corner);
    let distance = |byte: u8| (estimate - i32::from(byte)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

fn lzw(bytes: &[u8], early: bool, limit: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const MOST: usize = 4096;
    let mut decoded: Vec<u8> = Vec::new();
    // Where in `decoded` the entries from 258 on are; they are all there.
    let mut entries: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let (mut held, mut bits) = (0usize, 0);
    let mut width = 9;
    for byte in bytes {
        held = held << 8 | usize::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = held >> bits;
        held &= (1 << bits) - 1;
        if code == END || decoded.len() >= limit {
            break;
        }
        if code == CLEAR {
            entries.clear();
            last = None;
            width = 9;
            continue;
        }
        let start = decoded.len();
        if code < CLEAR {
            decoded.push(u8::try_from(code).unwrap_or_default());
        } else {
            let next = last.map(|(at, length)| (at, length + 1));
            let entry = entries.get(code - END - 1).copied();
            // The one code that may come before its entry is whole.
            let entry = entry.or(next.filter(|_| code - END - 1 == entries.len()));
            let Some((at, length)) = entry else { break };
            for from in at..at + length {
                decoded.push(decoded[from]);
            }
        }
        if let Some((at, length)) = last
            && entries.len() < MOST - END - 1
        {
            entries.push((at, length + 1));
        }
        last = Some((start, decoded.len() - start));
        let size = entries.len() + END + 1 + usize::from(early);
        width = match size {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    decoded.truncate(limit);
    decoded
}

fn ascii85(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut group = Vec::with_capacity(5);
    for byte in bytes.iter().filter(|byte| !is_white(**byte)) {
        match byte {
            b'z' if group.is_empty() => decoded.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => break,
        }
        if group.len() == 5 {
            decoded.extend_from_slice(&base85(&group));
            group.clear();
        }
        if decoded.len() >= limit {
            break;
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        decoded.extend_from_slice(&base85(&group)[..kept]);
    }
    decoded
}

fn base85(digits: &[u32]) -> [u8; 4] {
    let add = |sum: u32, digit: &u32| sum.wrapping_mul(85).wrapping_add(*digit);
    digits.iter().fold(0, add).to_be_bytes()
}

fn run_lengths(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = bytes;
    while let Some((length, behind)) = rest.split_first() {
        let length = usize::from(*length);
        if length == 128 || decoded.len() >= limit {
            break;
        }
        if length < 128 {
            let copied = &behind[..behind.len().min(length + 1)];
            decoded.extend_from_slice(copied);
            rest = &behind[copied.len()..];
        } else {
            let Some((byte, behind)) = behind.split_first() else {
                break;
            };
            decoded.resize(decoded.len() + 257 - length, *byte);
            rest = behind;
        }
    }
    decoded
}

#[cfg(test)]
mod tests;
