//! The border of reading: what holds for every article and every reason that
//! leaves it, whatever the format.

use super::{ReadError, Reading, charset, meta};
use crate::article::Article;

/// Nobody reads more of a reason, in bytes: it is one line of a log. A damaged
/// file may have a name of megabytes in it.
const LONGEST_REASON: usize = 200;

/// Lets through what was read, without what neither a feed nor a log may hold.
pub(super) fn pass(read: Result<Reading, ReadError>) -> Result<Reading, ReadError> {
    match read {
        Ok(Reading::Article(mut found)) => {
            article(&mut found);
            Ok(Reading::Article(found))
        }
        Ok(Reading::Parts(mut parts)) => {
            for part in &mut parts {
                match &mut part.article {
                    Ok(found) => article(found),
                    Err(error) => reason(error),
                }
            }
            Ok(Reading::Parts(parts))
        }
        Err(mut error) => {
            reason(&mut error);
            Err(error)
        }
    }
}

/// What is stated is on one line, and has characters that show. An address with
/// a line end in it, or worse, was cut out of something else.
fn article(article: &mut Article) {
    let is_whole = |address: &String| !address.contains(char::is_control);
    article.url = article.url.take().filter(is_whole);
    article.image = article.image.take().filter(is_whole);
    for stated in [&mut article.title, &mut article.language, &mut article.site] {
        stated.iter_mut().for_each(line);
        stated.take_if(|text| text.is_empty());
    }
    for stated in [&mut article.byline, &mut article.topics, &mut article.notes] {
        stated.iter_mut().for_each(line);
        stated.retain(|text| !text.is_empty());
    }
}

/// Parsers cite what they stumble over, and that may be anything.
fn reason(error: &mut ReadError) {
    match error {
        ReadError::FrontMatter { cause, .. } | ReadError::Damaged { cause, .. } => shorten(cause),
        ReadError::OtherKind { what, .. } => shorten(what),
        _ => {}
    }
}

fn shorten(text: &mut String) {
    if text.len() > LONGEST_REASON {
        text.truncate(text.floor_char_boundary(LONGEST_REASON));
        text.push('…');
    }
    line(text);
}

fn line(text: &mut String) {
    if text.contains(char::is_control) || text.contains(charset::is_forbidden) {
        *text = meta::tidy(text);
    }
}
