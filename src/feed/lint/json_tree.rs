//! JSON, read strictly, with the place of every value: `serde_json` tells none.

use super::{report::Report, rules::json as rules, source::Text};

/// Deeper than any feed; extensions may nest, but a reader's stack is short.
const DEEPEST: usize = 64;

#[derive(Default)]
pub(super) struct Value {
    pub(super) at: usize,
    pub(super) is: Is,
}

#[derive(Default)]
pub(super) enum Is {
    #[default]
    Null,
    Bool,
    Number,
    Text(Text),
    List(Vec<Value>),
    Object(Vec<(Text, usize, Value)>),
}

impl Value {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        let Is::Object(members) = &self.is else {
            return None;
        };
        let found = members.iter().find(|(known, ..)| known.value == key);
        found.map(|(_, _, value)| value)
    }

    pub(super) fn text(&self) -> Option<&Text> {
        match &self.is {
            Is::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self.is {
            Is::Null => "null",
            Is::Bool => "true or false",
            Is::Number => "a number",
            Is::Text(_) => "a string",
            Is::List(_) => "a list",
            Is::Object(_) => "an object",
        }
    }
}

/// Reads a document; `None` when it cannot be read.
pub(super) fn read(text: &str, report: &mut Report) -> Option<Value> {
    let mut reader = Reader {
        text,
        at: 0,
        report,
    };
    let read = reader.value(0).and_then(|value| {
        reader.skip();
        if reader.at == text.len() {
            Ok(value)
        } else {
            Err("something behind the end")
        }
    });
    match read {
        Ok(value) => Some(value),
        Err(fault) => {
            let at = reader.at;
            report.add(&rules::MALFORMED, at, fault);
            None
        }
    }
}

struct Reader<'a, 'r> {
    text: &'a str,
    at: usize,
    report: &'r mut Report,
}

type Read<T> = Result<T, &'static str>;

impl Reader<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        self.skip();
        if depth > DEEPEST {
            return Err("nested too deeply");
        }
        let at = self.at;
        let is = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Is::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Value { at, is })
    }

    fn object(&mut self, depth: usize) -> Read<Is> {
        self.at += 1;
        let mut members: Vec<(Text, usize, Value)> = Vec::new();
        let mut keys = std::collections::BTreeSet::new();
        self.skip();
        if self.takes(b'}') {
            return Ok(Is::Object(members));
        }
        loop {
            self.skip();
            let at = self.at;
            if self.peek() != Some(b'"') {
                return Err("a key is missing");
            }
            let key = self.string()?;
            if !keys.insert(key.value.clone()) {
                self.report.add(&rules::DOUBLED, at, &key.value);
            }
            self.skip();
            if !self.takes(b':') {
                return Err("a colon is missing");
            }
            let value = self.value(depth + 1)?;
            members.push((key, at, value));
            self.skip();
            if self.takes(b'}') {
                return Ok(Is::Object(members));
            }
            if !self.takes(b',') {
                return Err("a comma is missing");
            }
        }
    }

    fn list(&mut self, depth: usize) -> Read<Is> {
        self.at += 1;
        let mut values = Vec::new();
        self.skip();
        if self.takes(b']') {
            return Ok(Is::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            self.skip();
            if self.takes(b']') {
                return Ok(Is::List(values));
            }
            if !self.takes(b',') {
                return Err("a comma is missing");
            }
        }
    }

    fn string(&mut self) -> Read<Text> {
        self.at += 1;
        let mut text = Text::default();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find(['"', '\\']).ok_or("a string has no end")?;
            let plain = &rest[..end];
            if let Some(at) = plain.bytes().position(|byte| byte < b' ') {
                self.at += at;
                return Err("a control character in a string");
            }
            if !plain.is_empty() {
                text.push(plain, self.at);
            }
            self.at += end;
            if self.takes(b'"') {
                break;
            }
            let at = self.at;
            let meant = self.escape()?;
            text.push(meant.encode_utf8(&mut [0; 4]), at);
        }
        let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if let Some(found) = text.value.find(is_odd) {
            self.report.add(&rules::CONTROL, text.at(found), "");
        }
        Ok(text)
    }

    fn escape(&mut self) -> Read<char> {
        self.at += 2;
        let known = match self.text.as_bytes().get(self.at - 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.hex()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or("half a surrogate pair");
                }
                if !(self.takes(b'\\') && self.takes(b'u')) {
                    return Err("half a surrogate pair");
                }
                let second = self.hex()?;
                let second = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
                let second = second.ok_or("half a surrogate pair")?;
                let meant = 0x1_0000 + ((first - 0xd800) << 10) + second;
                return char::from_u32(meant).ok_or("half a surrogate pair");
            }
            _ => {
                self.at -= 2;
                return Err("an escape that JSON does not know");
            }
        };
        Ok(known)
    }

    fn hex(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let digits = digits.ok_or("an escape that JSON does not know")?;
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| "an escape that JSON does not know")
    }

    fn number(&mut self) -> Read<Is> {
        let digits = |reader: &mut Self| {
            let from = reader.at;
            while reader.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                reader.at += 1;
            }
            if reader.at > from {
                Ok(())
            } else {
                Err("a number without digits")
            }
        };
        self.takes(b'-');
        if !self.takes(b'0') {
            digits(self)?;
        }
        if self.takes(b'.') {
            digits(self)?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _sign = self.takes(b'+') || self.takes(b'-');
            digits(self)?;
        }
        Ok(Is::Number)
    }

    fn word(&mut self) -> Read<Is> {
        let words = [("true", Is::Bool), ("false", Is::Bool), ("null", Is::Null)];
        for (word, is) in words {
            if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(is);
            }
        }
        Err("no value")
    }
}
