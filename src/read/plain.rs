//! Plain text: pasted, scraped, written in an editor.
//!
//! There is no markup, so the blocks are all that is read; headline, byline and
//! date stand between boilerplate and are for `digest` to find. Only what is
//! stated as such counts here: front matter, or lines such as `Title: ...` at
//! the top.

use super::{Format, Input, ReadError, Reader, blocks::Builder, charset, front_matter, meta, wrap};
use crate::{
    article::Article,
    text::{BlockKind, Text},
};

pub(super) const FORMAT: Format = Format {
    endings: &["txt", "text"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    let text = charset::decode(input.bytes)?;
    let mut article = Article::default();
    // What looks like broken front matter is text here: plain text makes no
    // promise to follow rules.
    let body = match front_matter::split(&text) {
        Ok(Some((fields, body))) => {
            meta::take_over(fields, &mut article);
            body
        }
        Ok(None) | Err(_) => header(&text, &mut article),
    };
    article.text = blocks(body);
    if article.text.blocks.is_empty() {
        let blank = text.trim().is_empty();
        return Err(if blank {
            ReadError::Empty
        } else {
            ReadError::NoText
        });
    }
    Ok(article)
}

/// Takes over lines such as `Title: ...` at the very top, and returns what
/// follows them.
///
/// Every line up to the first blank one must be of this kind, and a headline or
/// a date must be among them, since "By: ..." alone may be anything.
fn header<'t>(text: &'t str, article: &mut Article) -> &'t str {
    let mut rest = text.trim_start_matches('\n');
    let mut fields = Vec::new();
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if line.trim().is_empty() {
            break;
        }
        let field = line
            .split_once(':')
            .filter(|(_, value)| value.starts_with([' ', '\t']) && !value.trim().is_empty())
            .filter(|(key, _)| key.len() <= meta::LONGEST_KEY);
        let Some((key, value)) = field else {
            return text;
        };
        fields.push((meta::key(key), meta::Value::Text(value.trim().to_owned())));
        rest = after;
    }
    if meta::is_header(&fields) {
        meta::take_over(fields, article);
        rest
    } else {
        text
    }
}

/// The blocks of a text that has no markup.
pub(super) fn blocks(text: &str) -> Text {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n').map(str::trim) {
        // A file of blank lines takes no memory.
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let groups: Vec<&[&str]> = lines
        .split(|line| line.is_empty())
        .filter(|group| !group.is_empty())
        .collect();
    let column = wrap::column(&groups);
    let mut builder = Builder::with_capacity(text.len() + groups.len());
    for group in groups {
        builder.open(BlockKind::Paragraph);
        let mut before: Option<&str> = None;
        for line in group {
            match (before, column) {
                (None, _) => {}
                (Some(last), Some(column)) if wrap::is_full(last, line, column) => {
                    builder.write(wrap::joint(last, line));
                }
                (Some(_), _) => builder.open(BlockKind::Paragraph),
            }
            builder.write(line);
            before = Some(line);
        }
    }
    builder.finish()
}
