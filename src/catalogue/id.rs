//! When are two texts the same, when are they alike, and what id does an entry
//! get?
//!
//! Only words count: neither case, punctuation, markup nor line ends. So the
//! same article as plain text, as Markdown, and from a Windows editor is one.

use crate::entry::{Digest, EntryId};

/// How many shingles a sketch keeps. The estimate's standard error is then
/// 0.06 at a likeness of one half: enough to tell an edited article from
/// another one, in 256 bytes.
const SKETCH: usize = 64;

/// Half as many again: so many hashes below a bound are nearly always enough.
const SKETCH_AND_HALF: u32 = 96;

/// How many words make a shingle. Single words are shared by any two articles
/// on one subject; three in a row are seldom chance.
const SHINGLE: usize = 3;

/// Texts with fewer shingles than this say too little to be called alike: two
/// notices of five words may share four of them and be about different things.
const MIN_SHINGLES: usize = 8;

/// The identity of a text: equal for two texts with the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint(pub(super) [u8; 16]);

/// The smallest hashes of a text's shingles, ascending (a bottom-k `MinHash`
/// sketch), by which likeness is estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch(Vec<u32>);

/// What identifies an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) content: [u8; 32],
    pub(super) fingerprint: Fingerprint,
    pub(super) sketch: Sketch,
}

impl Identity {
    /// The identity of an article with this digest, from a file whose bytes
    /// hash to `content`.
    pub(super) fn of(digest: &Digest, content: [u8; 32]) -> Self {
        let length = digest.title.len() + digest.body.plain.len();
        let mut words = Words::with_capacity(length);
        words.read(&digest.title);
        words.read(&digest.body.plain);
        // A page of pictures or signs has no words, and is not the same as
        // every other such page.
        let same = match words.plain() {
            [] => blake3::hash(&content),
            plain => blake3::hash(plain),
        };
        let mut fingerprint = [0; 16];
        fingerprint.copy_from_slice(&same.as_bytes()[..16]);
        Self {
            content,
            fingerprint: Fingerprint(fingerprint),
            sketch: Sketch::of(&words.hashes),
        }
    }
}

/// The `nth` id, from 1, for an article first found with this text.
///
/// A tag URI (RFC 4151). The authority is under `.invalid`, which RFC 2606
/// reserves: nobody else can own it, and an id must follow neither the host
/// that the feeds happen to lie on nor the article's title or path. Since it
/// is made from the text, a catalogue that was lost and is built anew gives
/// articles that were never edited their old ids.
pub(super) fn entry_id(Fingerprint(bytes): Fingerprint, nth: usize) -> EntryId {
    let text = u128::from_be_bytes(bytes);
    let id = format!("tag:feedwright.invalid,2026:{text:032x}");
    EntryId(if nth > 1 { format!("{id}-{nth}") } else { id })
}

impl Fingerprint {
    /// The text that an id was made from, if it says so.
    pub(super) fn of_id(id: &EntryId) -> Option<Self> {
        let text = id.0.split_once(",2026:")?.1.get(..32)?;
        Some(Self(u128::from_str_radix(text, 16).ok()?.to_be_bytes()))
    }
}

impl Sketch {
    fn of(words: &[u64]) -> Self {
        // Hashes are evenly spread, so that the smallest are found below a
        // bound that half as many again as are wanted should keep, and few are
        // sorted. A text that repeats itself may have too few below it.
        let share = u32::MAX / u32::try_from(words.len()).unwrap_or(u32::MAX).max(1);
        let bound = share.saturating_mul(SKETCH_AND_HALF);
        let mut smallest = shingles(words, bound);
        if smallest.len() < SKETCH && bound < u32::MAX {
            smallest = shingles(words, u32::MAX);
        }
        smallest.truncate(SKETCH);
        Self(smallest)
    }

    /// The estimated share of shingles that two texts have in common, of all
    /// that either has (Jaccard), or nothing when one is too short to tell.
    pub(super) fn likeness(&self, other: &Self) -> Option<f64> {
        if self.0.len().min(other.0.len()) < MIN_SHINGLES {
            return None;
        }
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut shared, mut seen) = (0_u32, 0_u32);
        while (seen as usize) < SKETCH {
            let (a, b) = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (a, b) => (a.copied(), b.copied()),
            };
            // The smaller one is next in the union; a missing one is largest.
            let order = a
                .map_or((1, 0), |a| (0, *a))
                .cmp(&b.map_or((1, 0), |b| (0, *b)));
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
            shared += u32::from(order.is_eq());
            seen += 1;
        }
        Some(f64::from(shared) / f64::from(seen))
    }

    /// As bytes to be stored, four to a hash.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// What `to_bytes` made these bytes of.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let (hashes, _) = bytes.as_chunks::<4>();
        Self(
            hashes
                .iter()
                .map(|hash| u32::from_le_bytes(*hash))
                .collect(),
        )
    }
}

/// The hashes of shingles up to `bound`, ascending, each once.
fn shingles(words: &[u64], bound: u32) -> Vec<u32> {
    let mut hashes: Vec<u32> = Vec::with_capacity(2 * SKETCH);
    for shingle in words.windows(SHINGLE.min(words.len()).max(1)) {
        let hash = shingle.iter().fold(0, |hash, word| mix(hash, *word));
        let hash = (hash >> 32) as u32;
        if hash <= bound {
            hashes.push(hash);
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Adds to a hash: a turn, so that order counts, and a multiplication.
fn mix(hash: u64, more: u64) -> u64 {
    (hash.rotate_left(23) ^ more).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The words of a text: joined by spaces, and hashed one by one.
struct Words {
    /// Long enough from the start, so that nothing is measured on the way.
    plain: Vec<u8>,
    /// How much of it is written.
    end: usize,
    hashes: Vec<u64>,
}

/// How many letters are read at a time: most words are one step.
const STEP: usize = 8;

/// An ASCII letter or digit in lower case; 0 for all other bytes. Without a
/// branch, so that the compiler folds many bytes at a time.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
fn folded(byte: u8) -> u8 {
    // Digits have this bit already.
    let lower = byte | 0x20;
    let letter = (lower.wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
    lower * u8::from(letter)
}

impl Words {
    /// For texts of so many bytes in all. Those of no character become more
    /// than twice as many: in lower case, and with spaces around it.
    fn with_capacity(bytes: usize) -> Self {
        Self {
            plain: vec![0; 2 * (bytes + STEP)],
            end: 0,
            hashes: Vec::with_capacity(bytes / 5),
        }
    }

    fn plain(&self) -> &[u8] {
        &self.plain[..self.end]
    }

    fn read(&mut self, text: &str) {
        let mut letters = vec![0; text.len() + STEP];
        for (letter, byte) in letters.iter_mut().zip(text.bytes()) {
            *letter = folded(byte);
        }
        let (mut at, mut start, mut word) = (0, self.end, 0);
        while at < text.len() {
            let step = letters[at..].first_chunk::<STEP>();
            let step = step.expect("a step stands past the end");
            self.plain[self.end..][..STEP].copy_from_slice(step);
            let (count, step) = before_zero(*step);
            if count > 0 {
                word = mix(word, step);
                self.end += count;
                at += count;
                if count == STEP {
                    continue;
                }
            }
            let Some(byte) = text.as_bytes().get(at) else {
                break;
            };
            if byte.is_ascii() {
                self.end_word(&mut start, &mut word);
                at += 1;
            } else {
                let c = text[at..].chars().next();
                let c = c.expect("a character starts where the last one ended");
                self.character(c, &mut start, &mut word);
                at += c.len_utf8();
            }
        }
        self.end_word(&mut start, &mut word);
    }

    fn character(&mut self, c: char, start: &mut usize, word: &mut u64) {
        let lone = stands_alone(c);
        if lone || !c.is_alphanumeric() {
            self.end_word(start, word);
        }
        if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                self.end += c.encode_utf8(&mut self.plain[self.end..]).len();
                *word = mix(*word, u64::from(c));
            }
        }
        if lone {
            self.end_word(start, word);
        }
    }

    /// Ends the word that began at `start`, if it has a letter.
    fn end_word(&mut self, start: &mut usize, word: &mut u64) {
        if self.end > *start {
            self.hashes.push(*word);
            self.plain[self.end] = b' ';
            self.end += 1;
            (*start, *word) = (self.end, 0);
        }
    }
}

/// How many bytes there are before the first 0, and they alone as a number;
/// none may have its top bit set.
fn before_zero(bytes: [u8; STEP]) -> (usize, u64) {
    let number = u64::from_le_bytes(bytes);
    // Borrowing sets the top bits of bytes that are 0; only the lowest counts.
    let zeros = number.wrapping_sub(0x0101_0101_0101_0101) & 0x8080_8080_8080_8080;
    let first = zeros & zeros.wrapping_neg();
    let below = (first >> 7).wrapping_sub(1);
    (first.trailing_zeros() as usize / 8, number & below)
}

/// Whether a letter counts as a word, because its script writes no spaces
/// between words: Thai and Lao, Burmese, Khmer, kana, Chinese characters.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{BlockKind, Text};

    fn identity(title: &str, body: &str) -> Identity {
        let mut text = Text::default();
        text.push(BlockKind::Paragraph, body);
        let digest = Digest {
            title: title.to_owned(),
            body: text,
            ..Digest::default()
        };
        Identity::of(&digest, *blake3::hash(body.as_bytes()).as_bytes())
    }

    /// A number that looks like chance (`splitmix64`).
    fn scattered(number: u64) -> u64 {
        let hash = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }

    /// A paragraph of invented words, another for every seed.
    fn paragraph(seed: u64, words: u64) -> String {
        let word = |at| format!("w{} ", scattered(seed * 1_000 + at) % 400);
        (0..words).map(word).collect()
    }

    fn likeness(a: &[u64], b: &[u64]) -> f64 {
        let body = |seeds: &[u64]| seeds.iter().map(|s| paragraph(*s, 80)).collect::<String>();
        let (a, b) = (identity("", &body(a)), identity("", &body(b)));
        a.sketch.likeness(&b.sketch).expect("both are long enough")
    }

    #[test]
    fn only_words_make_a_text_the_same() {
        let plain = identity("Bridge opens", "It’s open, the mayor said.\n\nAt last.");
        let other = identity(
            "BRIDGE OPENS",
            "It's open,\r\nthe mayor said.\r\n\r\nAt last!",
        );
        assert_eq!(plain.fingerprint, other.fingerprint);
        let changed = identity("Bridge opens", "It is open, the mayor said.\n\nAt last.");
        assert_ne!(plain.fingerprint, changed.fingerprint);
        let apart = identity("", "to day");
        assert_ne!(apart.fingerprint, identity("", "today").fingerprint);
    }

    #[test]
    fn texts_without_words_differ_by_their_bytes() {
        assert_ne!(
            identity("", "* * *").fingerprint,
            identity("", "---").fingerprint
        );
    }

    #[test]
    fn the_estimate_is_near_the_true_share_of_shingles() {
        // Eight paragraphs of 80 words, of which some are replaced: with n of 8
        // kept the true share is about n / (16 - n).
        let all = [1, 2, 3, 4, 5, 6, 7, 8];
        for kept in 0..=8_u8 {
            let mut edited: Vec<u64> = (11..=18).collect();
            edited[..usize::from(kept)].copy_from_slice(&all[..usize::from(kept)]);
            let truth = f64::from(kept) / f64::from(16 - kept);
            let estimate = likeness(&all, &edited);
            assert!(
                (estimate - truth).abs() < 0.15,
                "{kept}: {estimate} for {truth}"
            );
        }
    }

    /// The bytes that are hashed make the ids, which must never change.
    #[test]
    fn words_are_joined_by_one_space_in_lower_case() {
        let mut words = Words::with_capacity(80);
        words.read("Zoë’s CO-OPERATION: 1,000 İ議会x");
        let plain = str::from_utf8(words.plain()).expect("it is text");
        assert_eq!(plain, "zoë s co operation 1 000 i\u{307} 議 会 x ");
        assert_eq!(words.hashes.len(), plain.split_whitespace().count());
    }

    #[test]
    fn short_texts_are_never_called_alike() {
        let (a, b) = (
            identity("", "Notice: office shut Monday"),
            identity("", "Notice: office shut Friday"),
        );
        assert_eq!(a.sketch.likeness(&b.sketch), None);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        let a = identity("", "議会は新しい橋の建設を承認した。市長は歓迎した。");
        let b = identity("", "議会は新しい橋の建設を承認した。市長は喜んだ。");
        let likeness = a.sketch.likeness(&b.sketch).expect("long enough");
        assert!((0.5..1.0).contains(&likeness), "{likeness}");
    }

    #[test]
    fn ids_are_tag_uris() {
        let id = entry_id(Fingerprint([0xab; 16]), 1);
        assert_eq!(
            id.0,
            format!("tag:feedwright.invalid,2026:{}", "ab".repeat(16))
        );
        assert!(entry_id(Fingerprint([0xab; 16]), 2).0.ends_with("ab-2"));
    }
}
