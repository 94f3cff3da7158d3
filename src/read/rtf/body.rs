//! The walk through an RTF file.

use super::{
    super::{
        ReadError,
        manuscript::{Field, Manuscript, Paragraph},
    },
    WHAT,
    destinations::KNOWN,
    state::{Ending, ParagraphState, State, Target},
    tables::{Head, OpenStyle},
    text,
    tokens::{Token, Tokens},
};
use crate::article::Article;

/// How deep groups may be nested; word processors stay below a hundred.
const DEEPEST: usize = 1000;

pub(super) fn read(bytes: &[u8]) -> Result<Article, ReadError> {
    let mut walk = Walk {
        head: Head::default(),
        out: Manuscript::default(),
        state: State::default(),
        outer: Vec::new(),
        paragraph: Paragraph::default(),
        place: Place::default(),
        around: Vec::new(),
        fields: Vec::new(),
        bytes: Vec::new(),
        surrogate: None,
        skipped: 0,
        entry: 0,
        style: OpenStyle::default(),
        default_font: 0,
        notes: 0,
        fresh: false,
        ignorable: false,
    };
    for token in Tokens::new(bytes) {
        walk.token(token)?;
        // What follows the document is no part of it.
        if walk.outer.is_empty() {
            return Ok(walk.finish());
        }
    }
    Err(ReadError::Damaged {
        what: WHAT,
        cause: "it ends too soon".to_owned(),
    })
}

/// Where in a table paragraphs go.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) table: bool,
    pub(super) row: bool,
    pub(super) cell: bool,
}

/// A field whose end has not been met.
#[derive(Default)]
pub(super) struct OpenField {
    pub(super) instruction: String,
    /// Its result has begun, and is to be treated like this.
    pub(super) result: Option<Field>,
}

pub(super) struct Walk {
    pub(super) head: Head,
    pub(super) out: Manuscript,
    pub(super) state: State,
    /// The states of the groups around this one.
    pub(super) outer: Vec<State>,
    pub(super) paragraph: Paragraph,
    pub(super) place: Place,
    /// What a text box or note interrupts.
    pub(super) around: Vec<(Paragraph, Place)>,
    pub(super) fields: Vec<OpenField>,
    /// Text that is not decoded yet: a character may take several bytes.
    pub(super) bytes: Vec<u8>,
    /// The first half of a character that is written as two numbers.
    pub(super) surrogate: Option<u16>,
    /// How many characters are still passed over, since they only stand for one
    /// that was written as a number.
    pub(super) skipped: usize,
    /// The font or list whose entry in its table is being read.
    pub(super) entry: i32,
    pub(super) style: OpenStyle,
    pub(super) default_font: i32,
    pub(super) notes: usize,
    /// The group has just begun.
    pub(super) fresh: bool,
    /// The group may be passed over by whoever does not know its first word.
    pub(super) ignorable: bool,
}

impl Walk {
    fn token(&mut self, token: Token) -> Result<(), ReadError> {
        let fresh = std::mem::take(&mut self.fresh);
        match token {
            Token::Open => {
                self.flush();
                self.skipped = 0;
                if self.outer.len() == DEEPEST {
                    return Err(ReadError::TooMuch {
                        what: WHAT,
                        limit: format!("is nested deeper than {DEEPEST} levels"),
                        remedy: "save it anew, as text or Markdown",
                    });
                }
                let mut inner = self.state.inner();
                if self.state.ending == Ending::Styles {
                    inner.ending = Ending::Style;
                    inner.plain(0);
                    self.style = OpenStyle::default();
                }
                self.outer.push(std::mem::replace(&mut self.state, inner));
                self.fresh = true;
                self.ignorable = false;
            }
            Token::Close => {
                self.flush();
                self.skipped = 0;
                self.close();
            }
            Token::Symbol(b'*') if fresh => {
                self.ignorable = true;
                self.fresh = true;
            }
            Token::Word("ud", None) if fresh => self.word("ud", None),
            _ if self.state.target == Target::Nowhere => {}
            Token::Word(name, number) => {
                if self.skipped > 0 && name != "u" {
                    self.skipped -= 1;
                    return Ok(());
                }
                let ignorable = std::mem::take(&mut self.ignorable);
                if ignorable && fresh && !KNOWN.contains(&name) {
                    self.state.target = Target::Nowhere;
                } else {
                    self.word(name, number);
                }
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Hex(byte) => self.text(&[byte]),
            Token::Text(text) => self.text(text),
        }
        Ok(())
    }

    fn text(&mut self, text: &[u8]) {
        let passed = self.skipped.min(text.len());
        self.skipped -= passed;
        self.bytes.extend_from_slice(&text[passed..]);
    }

    fn symbol(&mut self, symbol: u8) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match symbol {
            b'\\' | b'{' | b'}' => self.bytes.push(symbol),
            b'~' => self.character("\u{a0}"),
            b'_' => self.character("-"),
            b'\t' => self.character("\t"),
            b'\r' | b'\n' => self.word("par", None),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if name == "u" {
            self.unicode(number.unwrap_or_default());
            return;
        }
        if let Some(shown) = text::shown(name) {
            self.character(shown);
            return;
        }
        self.flush();
        if self.destination(name) || self.entry(name, number) {
            return;
        }
        let on = number != Some(0);
        let value = number.unwrap_or_default();
        let state = &mut self.state;
        match name {
            "ansicpg" => self.head.page = number.filter(|page| *page > 0),
            "mac" => self.head.page = Some(10000),
            "pc" => self.head.page = Some(437),
            "pca" => self.head.page = Some(850),
            "deff" => {
                self.default_font = value;
                state.font = value;
            }
            "uc" => state.fallback = usize::try_from(value).unwrap_or(1).min(16),
            "f" => state.font = value,
            "cs" => state.text_style = number,
            "plain" => state.plain(self.default_font),
            "b" => state.strong = on,
            "i" => state.emphasis = on,
            "v" => state.hidden = on,
            "deleted" => state.deleted = on,
            "pard" => state.paragraph = ParagraphState::default(),
            "s" => state.paragraph.style = value,
            "outlinelevel" => state.paragraph.outline = number,
            "ls" => state.paragraph.list = number,
            "ilvl" => state.paragraph.level = u8::try_from(value).unwrap_or_default().min(8),
            "intbl" => state.paragraph.in_table = on,
            "par" | "sect" => self.end_paragraph(),
            "cell" | "nestcell" => {
                self.state.paragraph.in_table = true;
                self.end_paragraph();
                self.place.cell &= name == "nestcell";
            }
            "row" => {
                self.place.row = false;
                self.place.cell = false;
            }
            _ => {}
        }
    }
}
