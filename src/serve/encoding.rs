//! Content codings: which of them a client takes, and what a document is in
//! each.

use std::io::{self, Write as _};

/// A way in which the bytes of a document are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard (RFC 8878).
    Zstandard,
    /// Gzip (RFC 1952).
    Gzip,
    /// As they are.
    Identity,
}

/// Less than this does not get smaller by what a packet would notice.
const SMALL: usize = 256;

/// How much work Brotli takes, of 11.
const BROTLI: u32 = 5;

/// The largest window of Brotli, as a power of two.
const BROTLI_WINDOW: u32 = 22;

/// How much work Zstandard takes, of 22.
const ZSTANDARD: i32 = 9;

/// How much work gzip takes, of 9.
const GZIP: u32 = 6;

impl Encoding {
    /// All of them, the smallest first.
    pub(super) const ALL: [Self; 4] = [Self::Brotli, Self::Zstandard, Self::Gzip, Self::Identity];

    /// How many there are besides the bytes as they are.
    pub(super) const COUNT: usize = Self::ALL.len() - 1;

    /// Its place among all of them.
    pub(super) fn index(self) -> usize {
        self as usize
    }

    /// Its name in headers; nothing for the bytes as they are.
    pub(super) fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Brotli => "br",
            Self::Zstandard => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => return None,
        })
    }

    /// What an entity tag ends with: a strong one differs between encodings.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Brotli => "-br",
            Self::Zstandard => "-zst",
            Self::Gzip => "-gz",
            Self::Identity => "",
        }
    }

    /// The bytes in this encoding.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub(super) fn encode(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => brotli(bytes),
            Self::Zstandard => zstd::bulk::compress(bytes, ZSTANDARD),
            Self::Gzip => gzip(bytes),
            Self::Identity => Ok(bytes.to_vec()),
        }
    }
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI, BROTLI_WINDOW);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP));
    writer.write_all(bytes)?;
    writer.finish()
}

/// The encoding to send a client that has this `Accept-Encoding` (RFC 9110,
/// section 12.5.3): of those that it likes best, the smallest. Without the
/// header it takes anything, but programs that do not say so often mean nothing
/// but the bytes as they are. A client that refuses everything gets these too,
/// since it may have meant something else.
pub(super) fn chosen(header: Option<&str>, length: usize) -> Encoding {
    let Some(header) = header else {
        return Encoding::Identity;
    };
    let mut named: [Option<u16>; Encoding::ALL.len()] = [None; Encoding::ALL.len()];
    let mut others = None;
    for item in header.split(',') {
        let (name, rest) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight(rest);
        let name = name.trim();
        if name == "*" {
            others = Some(weight);
        }
        let is_named = |encoding: &Encoding| {
            let own = encoding.name().unwrap_or("identity");
            own.eq_ignore_ascii_case(name) || own == "gzip" && name.eq_ignore_ascii_case("x-gzip")
        };
        if let Some(at) = Encoding::ALL.iter().position(is_named) {
            named[at] = Some(weight);
        }
    }
    let weight_of = |at: usize, encoding: Encoding| {
        // The bytes as they are may be sent unless that is ruled out, but after
        // whatever is asked for.
        let unnamed = match (others, encoding) {
            (Some(weight), _) => weight,
            (None, Encoding::Identity) => 1,
            (None, _) => 0,
        };
        named[at].unwrap_or(unnamed)
    };
    let identity = weight_of(Encoding::Identity.index(), Encoding::Identity);
    if length < SMALL && identity > 0 {
        return Encoding::Identity;
    }
    let weighed = Encoding::ALL.into_iter().enumerate();
    let weighed = weighed.map(|(at, encoding)| (weight_of(at, encoding), encoding));
    // Of equal ones the last is taken.
    let best = weighed.rev().max_by_key(|(weight, _)| *weight);
    best.filter(|(weight, _)| *weight > 0)
        .map_or(Encoding::Identity, |(_, encoding)| encoding)
}

/// The weight among parameters, in thousandths; what is none counts in full.
fn weight(parameters: &str) -> u16 {
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then_some(value.trim())
    });
    let Some(value) = value else { return 1000 };
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits = part.bytes().chain(*b"000").take(3);
    let part = digits.fold(0, |sum, digit| {
        sum * 10 + u16::from(digit.saturating_sub(b'0').min(9))
    });
    match whole {
        "0" => part,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding::*, *};

    #[test]
    fn a_client_gets_what_it_asks_for() {
        for (header, expected) in [
            (None, Identity),
            (Some(""), Identity),
            (Some("gzip"), Gzip),
            (Some("gzip, deflate, br, zstd"), Brotli),
            (Some("gzip, deflate, zstd"), Zstandard),
            (Some("br;q=0.5, gzip;q=0.8"), Gzip),
            (Some("GZIP ; Q=1.0"), Gzip),
            (Some("x-gzip"), Gzip),
            (Some("br;q=0, *"), Zstandard),
            (Some("identity, gzip;q=0.5"), Identity),
            (Some("deflate"), Identity),
            (Some("*;q=0"), Identity),
            (Some("gzip;q=0.001, identity;q=0"), Gzip),
        ] {
            assert_eq!(chosen(header, 1000), expected, "{header:?}");
        }
        assert_eq!(chosen(Some("gzip"), 100), Identity);
        assert_eq!(chosen(Some("gzip, identity;q=0"), 100), Gzip);
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same() {
        let bytes = "She said: \"It holds.\" ".repeat(500).into_bytes();
        let mut gunzipped = Vec::new();
        let gzip = Gzip.encode(&bytes).unwrap();
        io::copy(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut gunzipped).unwrap();
        assert_eq!(gunzipped, bytes);
        let mut plain = Vec::new();
        let brotli = Brotli.encode(&bytes).unwrap();
        brotli::BrotliDecompress(&mut &brotli[..], &mut plain).unwrap();
        assert_eq!(plain, bytes);
        let zstandard = Zstandard.encode(&bytes).unwrap();
        assert_eq!(zstd::bulk::decompress(&zstandard, 1 << 20).unwrap(), bytes);
    }
}
