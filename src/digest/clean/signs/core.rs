//! What the story is about, by its words: those that several of its paragraphs
//! have.

use super::real;
use crate::digest::clean::lines::Line;

/// Words of this many letters tell what a text is about.
const TELLING: usize = 5;

/// A paragraph of this many words is looked at for what the story is about.
const CORE: usize = 15;

/// A word is the story's when so many other paragraphs have it.
const OTHERS: u32 = 2;

/// How many places a word has to itself, so that few share theirs by chance.
const ROOM: usize = 4;

/// For each line, the share of its telling words that are the story's.
pub(super) fn shares(lines: &[Line]) -> Vec<f32> {
    let words: Vec<Vec<u32>> = lines.iter().map(|line| telling(line.text)).collect();
    let is_core = |line: &Line| line.is_prose() && line.words >= CORE;
    let total: usize = words.iter().map(Vec::len).sum();
    let room = (total * ROOM).next_power_of_two();
    let place = |word: u32| word as usize & (room - 1);
    // For each place how many paragraphs have its word, and the last of them.
    let mut known = vec![(0_u32, usize::MAX); room];
    for (at, words) in words.iter().enumerate() {
        if !is_core(&lines[at]) {
            continue;
        }
        for word in words {
            let (paragraphs, last) = &mut known[place(*word)];
            if *last != at {
                (*paragraphs, *last) = (*paragraphs + 1, at);
            }
        }
    }
    let share = |(line, words): (&Line, &Vec<u32>)| {
        let own = u32::from(is_core(line));
        let shared = words
            .iter()
            .filter(|word| known[place(**word)].0 >= own + OTHERS);
        real(shared.count()) / real(words.len().max(1))
    };
    lines.iter().zip(&words).map(share).collect()
}

/// The telling words of a line, as hashes (FNV-1a) without case.
pub(in crate::digest::clean) fn telling(text: &str) -> Vec<u32> {
    const BASIS: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let mut found = Vec::with_capacity(text.len() / 12);
    let (mut hash, mut letters) = (BASIS, 0);
    for byte in text.as_bytes() {
        let folded = FOLDED[usize::from(*byte)];
        if folded != 0 {
            hash = (hash ^ u32::from(folded)).wrapping_mul(PRIME);
            letters += 1;
            continue;
        }
        if letters >= TELLING {
            found.push(hash ^ (hash >> 15));
        }
        (hash, letters) = (BASIS, 0);
    }
    if letters >= TELLING {
        found.push(hash ^ (hash >> 15));
    }
    found
}

/// Each byte of a word without case; 0 for those that are of none.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            0x80.. => byte,
            _ if byte.is_ascii_alphanumeric() => byte | 0x20,
            _ => 0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};
