//! An RTF file as a stream of groups, control words, and bytes of text.

/// The longest name of a control word, with room to spare.
const LONGEST_WORD: usize = 40;

/// What comes next in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// `\b0` is the word `b` with the number 0.
    Word(&'b str, Option<i32>),
    /// `\~`, `\*`, and the like.
    Symbol(u8),
    /// A byte of text, written in hexadecimal.
    Hex(u8),
    /// Bytes of text, without ends of lines.
    Text(&'b [u8]),
}

/// The tokens of a file.
pub(super) struct Tokens<'b>(&'b [u8]);

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let bytes = self.0;
        let first = *bytes.first()?;
        if first == b'\'' {
            let digits = bytes.get(1..3).and_then(|hex| str::from_utf8(hex).ok());
            let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            // What is no number is left to be text.
            self.0 = &bytes[if byte.is_some() { 3 } else { 1 }..];
            return Some(byte.map_or(Token::Text(b""), Token::Hex));
        }
        if !first.is_ascii_alphabetic() {
            self.0 = &bytes[1..];
            return Some(Token::Symbol(first));
        }
        let letter = |byte: &&u8| byte.is_ascii_alphabetic();
        let length = bytes.iter().take(LONGEST_WORD).take_while(letter).count();
        let (name, rest) = bytes.split_at(length);
        let minus = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[minus..].iter();
        let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        let mut end = 0;
        if digits > 0 {
            end = minus + digits;
            let written = str::from_utf8(&rest[..end]).unwrap_or_default();
            // A number that is too long for any use is none.
            number = Some(written.parse().unwrap_or_default());
        }
        // One space belongs to the word.
        end += usize::from(rest.get(end) == Some(&b' '));
        self.0 = &rest[end..];
        let name = str::from_utf8(name).unwrap_or_default();
        if let ("bin", Some(length)) = (name, number) {
            let length = usize::try_from(length).unwrap_or_default();
            self.0 = &self.0[length.min(self.0.len())..];
        }
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let (first, rest) = self.0.split_first()?;
            match first {
                b'{' => {
                    self.0 = rest;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.0 = rest;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.0 = rest;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.0 = rest,
                _ => {
                    // One look at each byte: a line end may be near, and a brace
                    // at the file's end.
                    let text =
                        |byte: &&u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.0.iter().take_while(text).count();
                    let (text, rest) = self.0.split_at(length);
                    self.0 = rest;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}
