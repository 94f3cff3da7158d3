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

/// An address with a line end in it, or worse, was cut out of something else.
fn article(article: &mut Article) {
    let is_whole = |address: &String| !address.contains(char::is_control);
    article.url = article.url.take().filter(is_whole);
    article.image = article.image.take().filter(is_whole);
}

/// Parsers cite what they stumble over, and that may be anything.
fn reason(error: &mut ReadError) {
    match error {
        ReadError::FrontMatter { cause, .. } | ReadError::Damaged { cause, .. } => line(cause),
        ReadError::OtherKind { what, .. } => line(what),
        _ => {}
    }
}

fn line(text: &mut String) {
    if text.len() > LONGEST_REASON {
        text.truncate(text.floor_char_boundary(LONGEST_REASON));
        text.push('…');
    }
    if text.contains(char::is_control) || text.contains(charset::is_forbidden) {
        *text = meta::tidy(text);
    }
}
