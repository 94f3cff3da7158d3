//! Tar archives, mostly compressed ones: `.tar.gz`, `.tar.zst`.

use super::{Articles, MOST_MEMBERS, member, too_many};
use crate::read::{Format, Input, ReadError, Reader, Reading};

pub(in crate::read) const FORMAT: Format = Format {
    endings: &["tar"],
    recognizes: |bytes| bytes.get(257..262) == Some(b"ustar") && checked(bytes),
    read: Reader::Many(read),
};

const WHAT: &str = "the tar archive";

/// Headers and the files behind them begin at multiples of this.
const BLOCK: usize = 512;

fn read(input: &Input) -> Result<Reading, ReadError> {
    let damaged = |cause: &str| ReadError::Damaged {
        what: WHAT,
        cause: cause.to_owned(),
    };
    let mut articles = Articles::new(input, WHAT);
    let mut rest = input.bytes;
    // A name too long for its header, which a member before it brings.
    let mut long: Option<String> = None;
    let mut members = 0;
    while let Some((header, behind)) = rest.split_at_checked(BLOCK) {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        if !checked(header) {
            return Err(damaged("a header in it is wrong"));
        }
        members += 1;
        if members > MOST_MEMBERS {
            return Err(too_many(WHAT));
        }
        let size = number(&header[124..136]).ok_or_else(|| damaged("a size in it is wrong"))?;
        let content = behind.get(..size);
        let content = content.ok_or_else(|| damaged("it ends too soon"))?;
        // The last block may be cut where the file ends.
        rest = &behind[size.next_multiple_of(BLOCK).min(behind.len())..];
        match header[156] {
            b'L' => long = Some(text(content)),
            b'x' => long = pax_path(content).or(long),
            b'0' | 0 => {
                let name = long.take().unwrap_or_else(|| name(header));
                if let Some(name) = member(&name).filter(|_| !name.ends_with('/')) {
                    articles.add(&name, Ok(content))?;
                }
            }
            _ => long = None,
        }
    }
    articles.finish()
}

/// Whether the sum of the header's bytes is what it says.
fn checked(header: &[u8]) -> bool {
    let Some(header) = header.get(..BLOCK) else {
        return false;
    };
    // The sum's own place counts as spaces.
    let sum = |range: std::ops::Range<usize>| header[range].iter().map(|b| usize::from(*b));
    let sum = sum(0..148).chain(sum(156..BLOCK)).sum::<usize>() + 8 * usize::from(b' ');
    number(&header[148..156]) == Some(sum)
}

/// A number in octal digits.
fn number(field: &[u8]) -> Option<usize> {
    let digits = std::str::from_utf8(field).ok()?;
    let digits = digits.trim_matches([' ', '\0']);
    usize::from_str_radix(digits, 8).ok()
}

fn name(header: &[u8]) -> String {
    let (name, prefix) = (text(&header[..100]), text(&header[345..500]));
    // GNU's own form has other fields where the prefix is.
    if header[257..263] == *b"ustar\0" && !prefix.is_empty() {
        format!("{prefix}/{name}")
    } else {
        name
    }
}

/// The text up to the first NUL.
fn text(field: &[u8]) -> String {
    let end = memchr::memchr(0, field).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// The path among the records `27 path=a/long/name\n` of an extended header.
fn pax_path(content: &[u8]) -> Option<String> {
    let content = std::str::from_utf8(content).ok()?;
    let records = content.lines().filter_map(|line| line.split_once(' '));
    let mut paths = records.filter_map(|(_, record)| record.strip_prefix("path="));
    paths.next_back().map(str::to_owned)
}
