//! From the text of a query to its tree.

use super::{
    Node, QueryError, Term, fault,
    value::{self, Field, Value},
};
use std::{iter::Peekable, ops::Range, vec};

/// Nobody writes more by hand. What the database makes of it grows with it.
pub(super) const LONGEST: usize = 4_000;

/// Nobody reads more. `SQLite` stops at a hundred.
const DEEPEST: usize = 30;

pub(super) fn parse(written: &str) -> Result<Node, QueryError> {
    if written.len() > LONGEST {
        let what = format!("the query has {} bytes", written.len());
        let help = format!("write at most {LONGEST}, or make two feeds of it");
        return Err(fault(
            written.ceil_char_boundary(LONGEST)..written.len(),
            what,
            help,
        ));
    }
    let tokens = Lexer { written, at: 0 }.tokens()?;
    if tokens.is_empty() {
        let what = "the query asks for nothing";
        return Err(fault(0..written.len(), what, "write a word to look for"));
    }
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        before: None,
        depth: 0,
    };
    let root = parser.any()?;
    match parser.tokens.next() {
        None => Ok(root),
        // All else is taken in.
        Some((_, span)) => {
            let what = "no parenthesis is open that this one could close";
            Err(fault(span, what, "leave it out, or open one before"))
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Minus,
    Is(Term),
}

impl Token {
    fn written(&self) -> &'static str {
        match self {
            Self::Open => "`(`",
            Self::Close => "`)`",
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
            Self::Minus => "minus",
            Self::Is(_) => "a word",
        }
    }
}

type Placed = (Token, Range<usize>);

struct Lexer<'q> {
    written: &'q str,
    at: usize,
}

impl<'q> Lexer<'q> {
    fn tokens(mut self) -> Result<Vec<Placed>, QueryError> {
        let mut tokens = Vec::new();
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let start = self.at;
            let Some(first) = self.rest().chars().next() else {
                return Ok(tokens);
            };
            let token = match first {
                '(' => self.sign(Token::Open),
                ')' => self.sign(Token::Close),
                '-' => self.minus()?,
                _ => self.word()?,
            };
            tokens.push((token, start..self.at));
        }
    }

    fn rest(&self) -> &'q str {
        &self.written[self.at..]
    }

    fn sign(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn minus(&mut self) -> Result<Token, QueryError> {
        let sign = self.at..self.at + 1;
        self.at += 1;
        match self.rest().chars().next() {
            Some('-') => {
                let what = "two minus signs stand here";
                Err(fault(sign.start..sign.end + 1, what, "write one of them"))
            }
            None | Some(')') => Err(lone_minus(sign)),
            Some(c) if c.is_whitespace() => Err(lone_minus(sign)),
            Some(_) => Ok(Token::Minus),
        }
    }

    /// An operator, a word, a phrase, or a field and its value.
    fn word(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let end = self.bare_end();
        let written = &self.written[start..end];
        match written {
            "AND" | "OR" | "NOT" => {
                self.at = end;
                return Ok(match written {
                    "AND" => Token::And,
                    "OR" => Token::Or,
                    _ => Token::Not,
                });
            }
            _ => {}
        }
        let field = match written.split_once(':') {
            Some((name, _)) if is_name(name) => {
                let span = start..start + name.len();
                let field = value::field(name, &span)?;
                self.at = span.end + 1;
                Some((field, name))
            }
            _ => None,
        };
        let value = self.value(field)?;
        value::term(field.map(|(field, _)| field), &value).map(Token::Is)
    }

    /// Where what stands here without quotation marks ends.
    fn bare_end(&self) -> usize {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || closing(c).is_some();
        self.rest()
            .find(ends)
            .map_or(self.written.len(), |length| self.at + length)
    }

    fn value(&mut self, field: Option<(Field, &str)>) -> Result<Value<'q>, QueryError> {
        let start = self.at;
        let first = self.rest().chars().next();
        if let Some((first, closing)) = first.and_then(|c| Some((c, closing(c)?))) {
            return self.quoted(first, closing);
        }
        let end = self.bare_end();
        let written = &self.written[start..end];
        if let Some((field, name)) = field
            && written.is_empty()
        {
            let example = field.example();
            let span = start - name.len() - 1..start;
            let what = format!("nothing stands right after `{name}:`");
            let help = if first == Some('(') {
                format!("write the field before each of these, such as `{name}:{example}`")
            } else {
                format!("write what to look for without a space, such as `{name}:{example}`")
            };
            return Err(fault(span, what, help));
        }
        self.at = end;
        let text = written.strip_suffix('*').unwrap_or(written);
        if let Some(star) = text.find('*').or_else(|| text.is_empty().then_some(0)) {
            let what = "a star may only stand at the end of a word";
            let help = "write how the word begins, and the star right after it: `energ*`";
            return Err(fault(start + star..start + star + 1, what, help));
        }
        Ok(Value {
            text,
            span: start..start + text.len(),
            star: (text.len() < written.len()).then_some(start + text.len()),
        })
    }

    fn quoted(&mut self, first: char, closing: &[char]) -> Result<Value<'q>, QueryError> {
        let open = self.at..self.at + first.len_utf8();
        self.at = open.end;
        let Some(length) = self.rest().find(closing) else {
            let what = "this quotation mark is not closed";
            let help = format!("write `{}` after the last word of the phrase", closing[0]);
            return Err(fault(open, what, help));
        };
        let span = open.end..open.end + length;
        let text = &self.written[span.clone()];
        let mark = self.rest()[length..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.at = span.end + mark;
        if text.ends_with('*') {
            let what = "the star counts for nothing within quotation marks";
            let help = format!(
                "write it behind them: `\"{}\"*`",
                text.trim_end_matches('*')
            );
            return Err(fault(span.end - 1..span.end, what, help));
        }
        let star = self.rest().starts_with('*').then_some(self.at);
        self.at += usize::from(star.is_some());
        let span = if text.trim().is_empty() {
            open.start..span.end + mark
        } else {
            span
        };
        Ok(Value { text, span, star })
    }
}

fn lone_minus(sign: Range<usize>) -> QueryError {
    let what = "nothing stands right after this minus";
    let help = "write it directly before what is not wanted: `-word`";
    fault(sign, what, help)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '_')
}

/// The marks that close what this one opens. Word processors put typographic
/// ones for those that are on the keyboard.
pub(super) fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '“' | '”' | '„' | '‟' => Some(&['”', '“', '‟']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        _ => None,
    }
}

struct Parser {
    tokens: Peekable<vec::IntoIter<Placed>>,
    /// What stands before the next token.
    before: Option<Placed>,
    depth: usize,
}

impl Parser {
    fn take(&mut self) -> Option<Placed> {
        let token = self.tokens.next();
        self.before.clone_from(&token);
        token
    }

    fn next_is(&mut self, wanted: &Token) -> bool {
        self.tokens.peek().is_some_and(|(token, _)| token == wanted)
    }

    fn any(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.all()?];
        while self.next_is(&Token::Or) {
            self.take();
            nodes.push(self.all()?);
        }
        Ok(joined(nodes, Node::Any))
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.one()?];
        loop {
            match self.tokens.peek() {
                Some((Token::And, _)) => drop(self.take()),
                None | Some((Token::Or | Token::Close, _)) => break,
                Some(_) => {}
            }
            nodes.push(self.one()?);
        }
        Ok(joined(nodes, Node::All))
    }

    fn one(&mut self) -> Result<Node, QueryError> {
        let before = self.before.clone();
        let Some((token, span)) = self.take() else {
            return Err(missing(before, None));
        };
        match token {
            Token::Is(term) => Ok(Node::Is(term)),
            Token::Not | Token::Minus => {
                self.deeper(&span)?;
                let node = self.one()?;
                self.depth -= 1;
                Ok(Node::Not(Box::new(node)))
            }
            Token::Open => {
                self.deeper(&span)?;
                let node = if self.next_is(&Token::Close) {
                    let end = self.take().map_or(span.end, |(_, close)| close.end);
                    let what = "nothing stands between these parentheses";
                    let help = "write what belongs together in them, or leave them out";
                    return Err(fault(span.start..end, what, help));
                } else {
                    self.any()?
                };
                if self.take().is_none() {
                    let what = "this parenthesis is not closed";
                    return Err(fault(span, what, "write `)` where it ends"));
                }
                self.depth -= 1;
                Ok(node)
            }
            Token::And | Token::Or | Token::Close => Err(missing(before, Some((token, span)))),
        }
    }

    fn deeper(&mut self, at: &Range<usize>) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let what = format!("more than {DEEPEST} parentheses and NOTs are within each other");
        Err(fault(at.clone(), what, "write it with fewer"))
    }
}

/// What is wrong where a word should stand, but the second token does; after
/// the first.
fn missing(before: Option<Placed>, found: Option<Placed>) -> QueryError {
    const LITERAL: &str = "in small letters or quotation marks it is a word itself";
    match (before, found) {
        (Some((Token::Open, _)) | None, Some((token @ (Token::And | Token::Or), span))) => {
            let token = token.written();
            let what = format!("nothing stands before this {token}");
            fault(
                span,
                what,
                format!("write what it joins on both sides; {LITERAL}"),
            )
        }
        (Some((token, span)), found) if !matches!(token, Token::Open | Token::Is(_)) => {
            let token = token.written();
            let what = match found {
                Some((found, _)) => format!("{} stands after this {token}", found.written()),
                None => format!("nothing stands after this {token}"),
            };
            fault(span, what, format!("write a word after it; {LITERAL}"))
        }
        (Some((_, open)), None) => {
            let what = "this parenthesis is not closed";
            fault(open, what, "write what belongs together, and `)` after it")
        }
        (_, found) => {
            let span = found.map_or(0..0, |(_, span)| span);
            let what = "no parenthesis is open that this one could close";
            fault(span, what, "leave it out, or open one before")
        }
    }
}

fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 {
        nodes.remove(0)
    } else {
        join(nodes)
    }
}
