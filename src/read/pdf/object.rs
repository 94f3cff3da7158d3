//! The objects that a PDF is written in, and how they are spelled (ISO 32000,
//! section 7.3).

use super::Work;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// The object of this number, wherever it is.
    Ref(u32),
    /// An operator in the content of a page, or a word of the file's structure.
    Word(Vec<u8>),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dict(BTreeMap<Vec<u8>, Object>);

/// Arrays and dictionaries are in each other so deep at most; writers need four
/// or five.
const DEEPEST: usize = 40;

/// So many objects may be in one; the widths of all Chinese characters are
/// 30,000. An object takes many times the memory of its spelling.
const MOST_INSIDE: usize = 300_000;

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A number that counts something.
    pub(super) fn count(&self) -> Option<usize> {
        let number = self.number()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is checked to be in range"
        )]
        (0.0..=f64::from(u32::MAX))
            .contains(&number)
            .then_some(number as usize)
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}

impl Dict {
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.0.get(key.as_bytes())
    }

    pub(super) fn insert(&mut self, key: &[u8], value: Object) {
        self.0.insert(key.to_vec(), value);
    }

    pub(super) fn is(&self, key: &str, name: &str) -> bool {
        self.get(key).and_then(Object::name) == Some(name.as_bytes())
    }
}

/// Reads objects out of bytes.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    work: &'a Work,
    /// How many objects were met in the current one.
    inside: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, work: &'a Work) -> Self {
        Self {
            bytes,
            at: at.min(bytes.len()),
            work,
            inside: 0,
        }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at.min(self.bytes.len());
    }

    /// The next object; `None` at the end, and where none can be read.
    pub(super) fn object(&mut self) -> Option<Object> {
        let start = self.at;
        self.inside = 0;
        let object = self.nested(0);
        let read = self.at - start + 1;
        self.work.spend(read).then_some(object?)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.inside += 1;
        if depth > DEEPEST || self.inside > MOST_INSIDE {
            return None;
        }
        self.skip_white();
        let byte = *self.bytes.get(self.at)?;
        match byte {
            b'(' => self.text().map(Object::Text),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dict(depth).map(Object::Dict)
            }
            b'<' => self.hexadecimal().map(Object::Text),
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'[' => {
                self.at += 1;
                let mut array = Vec::new();
                loop {
                    self.skip_white();
                    if *self.bytes.get(self.at)? == b']' {
                        self.at += 1;
                        return Some(Object::Array(array));
                    }
                    match self.nested(depth + 1)? {
                        Object::Word(word) if word == b"R" => reference(&mut array)?,
                        Object::Word(_) => return None,
                        object => array.push(object),
                    }
                }
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(Object::Number(self.number())),
            // Closing brackets that open nothing, and braces, are words alone.
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += 1;
                Some(Object::Word(vec![byte]))
            }
            _ => Some(match self.regular() {
                b"null" => Object::Null,
                b"true" => Object::Bool(true),
                b"false" => Object::Bool(false),
                word => Object::Word(word.to_vec()),
            }),
        }
    }

    /// The entries of a dictionary, up to and with its `>>`.
    fn dict(&mut self, depth: usize) -> Option<Dict> {
        let mut dict = Dict::default();
        let mut key: Option<Vec<u8>> = None;
        let mut values = Vec::new();
        loop {
            self.skip_white();
            let end = self.bytes.get(self.at)? == &b'>';
            let object = if end { None } else { self.nested(depth + 1) };
            match object {
                // A name is a key, unless a key stands before it alone.
                Some(Object::Name(name)) if key.is_none() || !values.is_empty() => {
                    dict.take(key.replace(name), &mut values);
                }
                Some(Object::Word(word)) if word == b"R" => reference(&mut values)?,
                Some(Object::Word(_)) => return None,
                Some(object) => values.push(object),
                None if end => {
                    self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                    dict.take(key, &mut values);
                    return Some(dict);
                }
                None => return None,
            }
        }
    }

    fn text(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut open = 1;
        self.at += 1;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                }
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = byte - b'0';
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(digit @ b'0'..=b'7') => {
                            code = code.wrapping_mul(8).wrapping_add(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push(code);
            }
            other => text.push(other),
        }
        Some(())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let length = memchr::memchr(b'>', rest)?;
        self.at += length + 1;
        Some(hexadecimal(&rest[..length]))
    }

    /// A name, whose first slash was read.
    fn name(&mut self) -> Vec<u8> {
        let spelled = self.regular();
        let mut name = Vec::with_capacity(spelled.len());
        let mut at = 0;
        while let Some(byte) = spelled.get(at) {
            let digits = (*byte == b'#')
                .then(|| spelled.get(at + 1..at + 3))
                .flatten();
            let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
            let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            name.push(code.unwrap_or(*byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        name
    }

    fn number(&mut self) -> f64 {
        let spelled = self.regular();
        let text = std::str::from_utf8(spelled).unwrap_or_default();
        // Some writers put two signs, or a minus into the middle; others read
        // those as well as they can.
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        let digits = text.trim_start_matches(['+', '-']);
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.');
        let digits = &digits[..end.unwrap_or(digits.len())];
        sign * digits.parse::<f64>().unwrap_or(0.0)
    }

    /// The bytes up to the next white space or delimiter.
    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|b| is_white(*b) || is_delimiter(*b));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    pub(super) fn skip_white(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            if *byte == b'%' {
                let rest = &self.bytes[self.at..];
                let end = memchr::memchr2(b'\n', b'\r', rest);
                self.at += end.unwrap_or(rest.len());
            } else if is_white(*byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }
}

impl Dict {
    /// Takes the last of the values for a key.
    fn take(&mut self, key: Option<Vec<u8>>, values: &mut Vec<Object>) {
        if let (Some(key), Some(value)) = (key, values.pop()) {
            self.0.insert(key, value);
        }
        values.clear();
    }
}

/// Makes `12 0 R` of its two numbers.
fn reference(objects: &mut Vec<Object>) -> Option<()> {
    objects.pop()?.number()?;
    let number = objects.pop()?.count()?;
    objects.push(Object::Ref(u32::try_from(number).ok()?));
    Some(())
}

/// The bytes that hexadecimal digits mean; what is none is left out.
pub(super) fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let pair = |pair: &[u8]| pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
    digits.chunks(2).map(pair).collect()
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}
