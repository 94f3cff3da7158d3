//! Front matter: YAML between `---` lines, TOML between `+++` lines or a JSON
//! object, at the very top.

use super::{
    ReadError,
    meta::{self, Fields, Value},
};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

/// How deep lists and tables may nest. Real front matter has three levels;
/// hostile one would fill the stack.
const DEEPEST: usize = 16;

/// The longest front matter, in bytes. Parsers of YAML take the square of what is
/// hostile; ten thousand words of it are an article.
const LONGEST: usize = 64 * 1024;

const LONG_REMEDY: &str = "write the article behind it, and nothing else than fields into it";
const YAML_REMEDY: &str =
    "put a value with marks such as : or @ in quotation marks, and indent with spaces";
const JSON_REMEDY: &str = "write names and texts in quotation marks, and a comma between two";
const TOML_REMEDY: &str = "write every value as TOML wants it: texts in quotation marks";

/// From the source between the lines to fields; `None` when it has none.
type Parse = fn(&str) -> Result<Option<Fields>, ReadError>;

/// The fields of the front matter and the text behind it; `None` when there is
/// none. A first line `---` that nothing closes, or that prose follows, is a
/// line across the page.
pub(super) fn split(text: &str) -> Result<Option<(Fields, &str)>, ReadError> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (ends, parse): (&[&str], Parse) = match first.trim_end() {
        "---" => (&["---", "..."], yaml),
        "+++" => (&["+++"], toml),
        _ => return json(text),
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            if at > LONGEST {
                return too_long(&rest[..at]);
            }
            let body = &rest[at + line.len()..];
            return Ok(parse(&rest[..at])?.map(|fields| (fields, body)));
        }
        at += line.len();
    }
    Ok(None)
}

/// What is too long to be front matter is prose between two lines across the
/// page, or does not look like it.
fn too_long(source: &str) -> Result<Option<(Fields, &str)>, ReadError> {
    if !looks_like_fields(source) {
        return Ok(None);
    }
    Err(ReadError::FrontMatter {
        line: 1,
        cause: format!("it is longer than {} KB", LONGEST / 1024),
        remedy: LONG_REMEDY,
    })
}

/// The JSON object that a text begins with, and what follows it.
fn json(text: &str) -> Result<Option<(Fields, &str)>, ReadError> {
    let start = text.trim_start();
    let inside = start.strip_prefix('{').map(str::trim_start);
    // A template's call and a formula begin with a brace, too.
    if !inside.is_some_and(|inside| inside.starts_with('"')) {
        return Ok(None);
    }
    let mut values = serde_json::Deserializer::from_str(start).into_iter();
    match values.next() {
        Some(Ok(serde_json::Value::Object(object))) => {
            let rest = &start[values.byte_offset()..];
            Ok(Some((json_fields(object), rest)))
        }
        Some(Err(error)) => Err(ReadError::FrontMatter {
            line: error.line() + text[..text.len() - start.len()].matches('\n').count(),
            cause: error.to_string(),
            remedy: JSON_REMEDY,
        }),
        _ => Ok(None),
    }
}

fn json_fields(object: serde_json::Map<String, serde_json::Value>) -> Fields {
    let field = |(name, value): (String, _)| Some((meta::key(&name), json_value(value)?));
    object.into_iter().filter_map(field).collect()
}

/// The JSON parser has a depth limit of its own.
fn json_value(value: serde_json::Value) -> Option<Value> {
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Bool(truth) => Value::Text(truth.to_string()),
        serde_json::Value::Number(number) => Value::Text(number.to_string()),
        serde_json::Value::Array(items) => {
            Value::List(items.into_iter().filter_map(json_value).collect())
        }
        serde_json::Value::Object(object) => Value::Table(json_fields(object)),
    })
}

fn toml(source: &str) -> Result<Option<Fields>, ReadError> {
    let table: toml::Table = source.parse().map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = source.get(..start).unwrap_or(source);
        ReadError::FrontMatter {
            line: before.matches('\n').count() + 2,
            cause: error.message().lines().collect::<Vec<_>>().join(", "),
            remedy: TOML_REMEDY,
        }
    })?;
    Ok(Some(toml_fields(table)))
}

fn toml_fields(table: toml::Table) -> Fields {
    let field = |(name, value): (String, toml::Value)| (meta::key(&name), toml_value(value));
    table.into_iter().map(field).collect()
}

/// The TOML parser has a depth limit of its own.
fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(items) => Value::List(items.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => Value::Table(toml_fields(table)),
        toml::Value::Datetime(date) => Value::Text(date.to_string()),
        toml::Value::Boolean(truth) => Value::Text(truth.to_string()),
        toml::Value::Integer(number) => Value::Text(number.to_string()),
        toml::Value::Float(number) => Value::Text(number.to_string()),
    }
}

fn yaml(source: &str) -> Result<Option<Fields>, ReadError> {
    match simple(source) {
        Some(fields) => Ok(Some(fields)),
        None => parsed(source),
    }
}

/// The fields of YAML that has one `name: value` a line and no marks that could
/// mean anything in it: most front matter, in a tenth of the parser's time.
/// `None` leaves it to the parser.
fn simple(source: &str) -> Option<Fields> {
    let field = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        let text = match value.strip_prefix('"') {
            Some(rest) => rest
                .strip_suffix('"')
                .filter(|text| !text.contains(|c: char| c.is_control() || c == '"' || c == '\\')),
            None => Some(value).filter(|value| is_plain(value)),
        };
        let known = named && !is_null(name);
        Some((meta::key(name), Value::Text(text?.to_owned()))).filter(|_| known)
    };
    source.lines().map(field).collect()
}

/// Whether YAML reads a value without marks around it as it is spelled.
fn is_plain(value: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || " .,;:/+-_'()".contains(c);
    value.starts_with(char::is_alphanumeric)
        && value.chars().all(harmless)
        && !value.ends_with([' ', ':'])
        && !value.contains(": ")
        && !is_null(value)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Reads the parser's events rather than deserializing: every value stays as it
/// is spelled, so that `title: no` and `title: 1.10` are texts.
fn parsed(source: &str) -> Result<Option<Fields>, ReadError> {
    let mut reader = Yaml {
        parser: Parser::new_from_str(source),
        line: 1,
    };
    let value = loop {
        match reader.next() {
            Ok(Event::StreamStart | Event::DocumentStart(..)) => {}
            Ok(event) => break reader.value(event, 0),
            Err(error) => break Err(error),
        }
    };
    // The rest is read as well: an error may follow a good first value.
    let rest = value.and_then(|value| {
        while !matches!(reader.next()?, Event::StreamEnd) {}
        Ok(value)
    });
    match rest {
        Ok(Some(Value::Table(fields))) => Ok(Some(fields)),
        // Comments only.
        Ok(None) => Ok(Some(Fields::new())),
        Ok(Some(_)) => Ok(None),
        Err(_) if !looks_like_fields(source) => Ok(None),
        Err(fault) => Err(ReadError::FrontMatter {
            line: fault.line + 1,
            cause: fault.cause,
            remedy: YAML_REMEDY,
        }),
    }
}

/// Whether the first line with something on it is `name: ...` or a comment.
fn looks_like_fields(source: &str) -> bool {
    let line = source.lines().find(|line| !line.trim().is_empty());
    let name = line.and_then(|line| line.split_once(':'));
    line.is_some_and(|line| line.starts_with('#'))
        || name.is_some_and(|(name, _)| !name.contains(' ') && name.len() <= meta::LONGEST_KEY)
}

struct Yaml<'s> {
    parser: Parser<'s, StrInput<'s>>,
    /// Where the last event began.
    line: usize,
}

/// What is wrong with the YAML, and in which of its lines.
struct Fault {
    line: usize,
    cause: String,
}

impl From<ScanError> for Fault {
    fn from(error: ScanError) -> Self {
        Self {
            line: error.marker().line(),
            cause: error.info().clone(),
        }
    }
}

impl<'s> Yaml<'s> {
    fn next(&mut self) -> Result<Event<'s>, Fault> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.line = span.start.line();
                Ok(event)
            }
            Some(Err(error)) => Err(error.into()),
            None => Ok(Event::StreamEnd),
        }
    }

    /// The value that `event` begins; `None` for null and for what is named
    /// elsewhere (aliases).
    fn value(&mut self, event: Event<'s>, depth: usize) -> Result<Option<Value>, Fault> {
        if depth > DEEPEST {
            return Err(Fault {
                line: self.line,
                cause: format!("more than {DEEPEST} levels"),
            });
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let null = style == ScalarStyle::Plain && is_null(&text);
                Ok((!null).then(|| Value::Text(text.into_owned())))
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => return Ok(Some(Value::List(items))),
                        event => items.extend(self.value(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut fields = Fields::new();
                loop {
                    let name = match self.next()? {
                        Event::MappingEnd => return Ok(Some(Value::Table(fields))),
                        event => self.value(event, depth + 1)?,
                    };
                    let event = self.next()?;
                    let value = self.value(event, depth + 1)?;
                    if let (Some(Value::Text(name)), Some(value)) = (name, value) {
                        fields.push((meta::key(&name), value));
                    }
                }
            }
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of front matter, told to be simple or not.
    const LINES: &[(&str, bool)] = &[
        ("title: A bridge opens", true),
        ("title: \"Toll: 3 % of it, # no more\"", true),
        ("Pub-Date: 2031-04-05T06:07:08Z", true),
        ("author: Zoë O'Hara (Ost), Per Lind; Mo", true),
        ("date_2: 12:30", true),
        ("draft: no", true),
        ("null: x", false),
        ("title: null", false),
        ("title: ~", false),
        ("title:", false),
        ("title: ", false),
        ("title: a: b", false),
        ("title: a #b", false),
        ("title: ends with:", false),
        ("title: \"a \\\"b\\\"\"", false),
        ("title: \"a\" b", false),
        ("title: \"", false),
        ("title: 'a'", false),
        ("title: [a, b]", false),
        ("title: &a b", false),
        ("title: |", false),
        ("tags:\n  - a\n  - b", false),
        ("title: a\n  goes on", false),
        ("a b: c", false),
        ("# a: b", false),
    ];

    #[test]
    fn simple_front_matter_is_what_the_parser_makes_of_it() {
        for (first, one) in LINES {
            for (second, other) in LINES {
                let source = format!("{first}\n{second}\n");
                let fields = simple(&source);
                assert_eq!(fields.is_some(), *one && *other, "{source}");
                if let Some(fields) = fields {
                    let parsed = parsed(&source).expect("it is sound");
                    assert_eq!(parsed.as_ref(), Some(&fields), "{source}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_simple_is_what_the_parser_makes_of_it(
            source in "((title|Date|a-b|n): [a-zN0-9 .,;:/+'()_\"é-]{1,12}\n){1,3}"
        ) {
            if let Some(fields) = simple(&source) {
                let parsed = parsed(&source).map_err(|_| source.clone());
                assert_eq!(parsed, Ok(Some(fields)), "{source}");
            }
        }
    }
}
