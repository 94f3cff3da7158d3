//! Every filter gives back what went through it, whole or as far as there is
//! room.

use super::*;
use proptest::{collection::vec, prelude::*};
use std::{collections::HashMap, mem};

const ROOM: usize = 1 << 20;

fn decoded(name: &str, bytes: &[u8]) -> Vec<u8> {
    decode(name.as_bytes(), bytes, Parameters::default(), ROOM).expect("it is known")
}

#[test]
fn what_the_specification_shows_is_read() {
    // Section 7.4.4.2.
    let bytes = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
    let text = [45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
    assert_eq!(decoded("LZWDecode", &bytes), text);
    assert_eq!(decoded("LZW", &bytes), text);
}

#[test]
fn bytes_that_are_spelled_are_read() {
    for (name, spelled, text) in [
        ("ASCIIHexDecode", "46 65\n7272 79>7a7a", "Ferry"),
        ("AHx", "466", "F`"),
        (
            "ASCII85Decode",
            r"7V-U\Bk;?.F(&d!+CT@7DJsH2/0JkO+Du+>/c~>9jqo^",
            FERRY,
        ),
        ("A85", "7V-U\\Bk;?.\nF(&d! +CT@7DJsH2/0JkO+Du+>/c", FERRY),
        ("A85", "z9jqo^z", "\0\0\0\0Man \0\0\0\0"),
        ("A85", "9jqo^9", "Man "),
        ("A85", "9jqo^{9jqo^", "Man "),
        ("A85", "", ""),
    ] {
        let decoded = decoded(name, spelled.as_bytes());
        assert_eq!(String::from_utf8_lossy(&decoded), text, "{spelled}");
    }
}

const FERRY: &str = "Ferries sail at noon, or not.";

#[test]
fn runs_are_read() {
    let runs = b"\x02abc\xffd\x00e\x81f\x80never";
    let text = format!("abcdde{}", "f".repeat(128));
    assert_eq!(decoded("RunLengthDecode", runs), text.as_bytes());
    // Cut off in what is copied, and before what is repeated.
    assert_eq!(decoded("RL", b"\x05ab"), b"ab");
    assert_eq!(decoded("RL", b"\x00a\xf0"), b"a");
}

#[test]
fn what_is_damaged_is_read_up_to_there() {
    let mut text = Vec::new();
    flate2::read::ZlibEncoder::new(FERRY.repeat(99).as_bytes(), flate2::Compression::fast())
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(decoded("FlateDecode", &text), FERRY.repeat(99).as_bytes());
    text[0] = 0xff;
    assert_eq!(decoded("Fl", &text), FERRY.repeat(99).as_bytes());
    text.truncate(text.len() / 2);
    let half = decoded("Fl", &text);
    assert!(FERRY.repeat(99).as_bytes().starts_with(&half) && half.len() > 9);
    assert_eq!(decoded("Fl", b""), b"");
    // The code 300 before there are so many.
    assert_eq!(decoded("LZW", &packed(&[256, 97, 300, 98], true)), b"a");
    assert_eq!(decoded("LZW", &[0x80]), b"");
    assert_eq!(decoded("Crypt", b"abc"), b"abc");
    assert!(decode(b"DCTDecode", b"", Parameters::default(), ROOM).is_none());
}

/// How many bits the codes have that come when there are so many entries.
fn width(entries: usize, early: bool) -> usize {
    match entries + usize::from(early) {
        ..512 => 9,
        512..1024 => 10,
        1024..2048 => 11,
        _ => 12,
    }
}

/// Codes as LZW packs them. The table has its next entry after each but the
/// first behind a clear.
fn packed(codes: &[usize], early: bool) -> Vec<u8> {
    let (mut bits, mut entries, mut is_first) = (Vec::new(), 258, true);
    for code in codes {
        let width = width(entries, early);
        bits.extend((0..width).rev().map(|at| code >> at & 1 == 1));
        if *code == 256 {
            (entries, is_first) = (258, true);
        } else if !mem::take(&mut is_first) && entries < 4096 {
            entries += 1;
        }
    }
    let byte = |bits: &[bool]| {
        (0..8).fold(0, |byte, at| {
            byte << 1 | u8::from(bits.get(at) == Some(&true))
        })
    };
    bits.chunks(8).map(byte).collect()
}

/// Text in codes of LZW, with a clear wherever the table is full.
fn coded(text: &[u8]) -> Vec<usize> {
    let mut codes = vec![256];
    let mut table: HashMap<Vec<u8>, usize> = HashMap::new();
    let code_of = |table: &HashMap<Vec<u8>, usize>, word: &[u8]| match word {
        [byte] => Some(usize::from(*byte)),
        word => table.get(word).copied(),
    };
    let mut word: Vec<u8> = Vec::new();
    for byte in text {
        let longer = [&*word, &[*byte]].concat();
        if code_of(&table, &longer).is_some() {
            word = longer;
            continue;
        }
        codes.extend(code_of(&table, &word));
        table.insert(longer, 258 + table.len());
        word = vec![*byte];
        if table.len() == 4096 - 258 - 2 {
            codes.extend(code_of(&table, &word));
            codes.push(256);
            table.clear();
            word.clear();
        }
    }
    codes.extend(code_of(&table, &word));
    codes.push(257);
    codes
}

/// The differences that a row is stored as, by the PNG specification's filters.
fn predicted(kind: u8, row: &[u8], above: &[u8], pixel: usize) -> Vec<u8> {
    let of = |row: &[u8], at: Option<usize>| at.map_or(0, |at| i32::from(row[at]));
    let difference = |(at, byte): (usize, &u8)| {
        let before = at.checked_sub(pixel);
        let (a, b, c) = (of(row, before), of(above, Some(at)), of(above, before));
        let p = a + b - c;
        let nearest = [a, b, c].into_iter().min_by_key(|one| (p - one).abs());
        let guess = [0, a, b, a.midpoint(b), nearest.unwrap()][usize::from(kind)];
        byte.wrapping_sub(u8::try_from(guess).unwrap())
    };
    row.iter().enumerate().map(difference).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lzw_gives_back_what_went_in(
        letters in vec(0_u8..4, 0..20_000),
        step in 1_u8..80,
        early: bool,
        room in 0_usize..30_000,
    ) {
        let text: Vec<u8> = letters.iter().map(|letter| letter * step).collect();
        let parameters = Parameters { early, ..Parameters::default() };
        let bytes = packed(&coded(&text), early);
        let back = decode(b"LZWDecode", &bytes, parameters, ROOM).unwrap();
        prop_assert!(back == text);
        let part = decode(b"LZWDecode", &bytes, parameters, room).unwrap();
        prop_assert!(part == text[..text.len().min(room)]);
    }

    #[test]
    fn rows_come_back_from_their_differences(
        bytes in vec(any::<u8>(), 1..400),
        kinds in vec(0_u8..5, 400),
        columns in 1_usize..9,
        colors in 1_usize..5,
    ) {
        let length = columns * colors;
        let rows: Vec<&[u8]> = bytes.chunks_exact(length).collect();
        let mut above = vec![0; length];
        let mut stored = Vec::new();
        let mut sub = Vec::new();
        for (row, kind) in rows.iter().zip(&kinds) {
            stored.push(*kind);
            stored.extend(predicted(*kind, row, &above, colors));
            sub.extend(predicted(1, row, &above, colors));
            above = row.to_vec();
        }
        let parameters = Parameters { colors, columns, predictor: 15, ..Parameters::default() };
        prop_assert_eq!(unpredict(stored, parameters), rows.concat());
        let parameters = Parameters { predictor: 2, ..parameters };
        prop_assert_eq!(unpredict(sub.clone(), parameters), rows.concat());
        let parameters = Parameters { predictor: 1, ..parameters };
        prop_assert_eq!(unpredict(sub.clone(), parameters), sub);
    }

    #[test]
    fn no_filter_breaks_on_hostile_bytes(
        bytes in vec(any::<u8>(), 0..400),
        (predictor, colors, bits, columns) in (0_usize..16, 0_usize..5, 0_usize..17, 0_usize..9),
        early: bool,
    ) {
        let parameters = Parameters { predictor, colors, bits, columns, early };
        for name in ["Fl", "LZW", "AHx", "A85", "RL", "Crypt"] {
            prop_assert!(decode(name.as_bytes(), &bytes, parameters, 4096).is_some());
        }
    }
}
