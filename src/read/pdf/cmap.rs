//! Tables from the codes of a font to text: the streams called `ToUnicode`
//! (ISO 32000, section 9.10.3).

use super::{
    Work,
    object::{Lexer, Object},
};

#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Stretches of codes, in order.
    ranges: Vec<Range>,
    /// How many bytes a code has; 0 when it is not said.
    pub(super) length: usize,
}

#[derive(Debug)]
struct Range {
    first: u32,
    last: u32,
    /// The text of the first code, in UTF-16; of the others, the last unit is
    /// higher by as much as the code is.
    text: Vec<u16>,
}

/// So many stretches are kept; there are 65,536 codes of two bytes.
const MOST_RANGES: usize = 70_000;

/// So many units of text may a code have. Ligatures have three.
const LONGEST: usize = 16;

impl CMap {
    pub(super) fn parse(bytes: &[u8], work: &Work) -> Self {
        let mut map = Self::default();
        // Its objects are small and many, and each is kept.
        work.spend(bytes.len() * 3);
        let mut lexer = Lexer::new(bytes, 0, work);
        let mut operands: Vec<Object> = Vec::new();
        loop {
            match lexer.object() {
                Some(Object::Word(word)) => {
                    map.take(&word, &operands);
                    operands.clear();
                }
                // Tables are to have a hundred lines, and some have them all.
                Some(object) if operands.len() < 3 * MOST_RANGES => operands.push(object),
                _ => break,
            }
        }
        map.ranges.sort_by_key(|range| range.first);
        map
    }

    fn take(&mut self, word: &[u8], operands: &[Object]) {
        match word {
            b"endcodespacerange" => {
                let lengths = operands
                    .iter()
                    .filter_map(|code| code.text().map(<[u8]>::len));
                self.length = self.length.max(lengths.max().unwrap_or(0));
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Object::Text(code), Object::Text(text)] = pair {
                        let code = number(code);
                        self.push(code, code, text);
                    }
                }
            }
            b"endbfrange" => {
                for line in operands.chunks_exact(3) {
                    match line {
                        [Object::Text(first), Object::Text(last), Object::Text(text)] => {
                            self.push(number(first), number(last), text);
                        }
                        [Object::Text(first), _, Object::Array(texts)] => {
                            for (code, text) in (number(first)..).zip(texts) {
                                self.push(code, code, text.text().unwrap_or_default());
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, first: u32, last: u32, text: &[u8]) {
        if self.ranges.len() < MOST_RANGES && first <= last {
            // Some writers give a single byte.
            let unit = |pair: &[u8]| pair.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte));
            let text = text.chunks(2).take(LONGEST).map(unit).collect();
            self.ranges.push(Range { first, last, text });
        }
    }

    /// The text of a code; `None` where the table has none, or none that is
    /// text.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let behind = self.ranges.partition_point(|range| range.first <= code);
        let range = self.ranges[..behind]
            .last()
            .filter(|range| code <= range.last)?;
        let mut units = range.text.clone();
        let higher = u16::try_from(code - range.first).ok()?;
        *units.last_mut()? = units.last()?.checked_add(higher)?;
        // Ghostscript writes the two letters of a ligature the wrong way round.
        if units.len() > 1 && units.iter().all(|unit| unit.trailing_zeros() >= 8) {
            units = units.iter().map(|unit| unit.swap_bytes()).collect();
        }
        let text = String::from_utf16(&units).ok()?;
        let private =
            |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c) || c == '\0' || c == '\u{fffd}';
        (!text.contains(private)).then_some(text)
    }
}

pub(super) fn number(code: &[u8]) -> u32 {
    let tail = &code[code.len().saturating_sub(4)..];
    tail.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}
