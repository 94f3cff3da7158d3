//! Mail: newsletters, press mails, articles that somebody passed on.
//!
//! A mail is an article. Of its parts the HTML is read, unless it says next to
//! nothing beside the plain text, and of a mail that was passed on the one
//! inside. When a mail is a cover note, that is, short and with documents, the
//! documents are the articles, and its fields tell what they do not state. The
//! documents that come with a longer mail are its own text once more, or are
//! for the desk; they are not read, which a note says.

mod about;
mod contents;
mod embargo;
mod ends;
mod forward;
mod hidden;
mod plain;
mod words;

pub(super) use words::DISCARDED;

use super::{
    Format, Input, ReadError, Reader, Reading,
    mime::{Beyond, Message},
    parts::Parts,
};
use crate::{
    article::{Article, Origin},
    text::Text,
};
use about::About;
use contents::Contents;
use embargo::Place;
use memchr::memmem;
use std::path::Path;

pub(super) const FORMAT: Format = Format {
    endings: &["eml", "emlx"],
    recognizes: is_mail,
    read: Reader::Many(|input| letter(input, bare(input.bytes))),
};

/// The most words of a cover note, its greeting and signature included. A press
/// release seldom has fewer than 200.
const COVER_NOTE: usize = 120;

/// The longest headline, in words; few are longer.
const HEADLINE: usize = 16;

/// The most documents of one mail that are looked at.
const DOCUMENTS: usize = 20;

/// How often a mail may have been passed on.
const PASSED_ON: usize = 8;

/// What articles come as, the best first: of two documents with one name, one is
/// the other's copy.
const ENDINGS: &[&str] = &[
    "docx", "odt", "rtf", "html", "htm", "md", "markdown", "txt", "pdf", "epub", "eml", "xml",
    "json", "mhtml", "mht",
];

/// How much of a file is searched for the fields that make it a mail.
const HEAD: usize = 16 << 10;

/// Whether bytes begin with the fields that every mail has, some of which
/// nobody writes by hand.
fn is_mail(bytes: &[u8]) -> bool {
    let bytes = bare(bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    let (mut sender, mut made) = (false, false);
    for line in head.split(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else {
            return false;
        };
        let name = line[..colon].to_ascii_lowercase();
        if !name
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        {
            return false;
        }
        sender |= name == b"from" || name == b"sender";
        made |= MADE.contains(&&name[..]);
    }
    sender && made
}

/// Fields that programs write.
const MADE: &[&[u8]] = &[
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"delivered-to",
    b"dkim-signature",
    b"x-mailer",
];

/// A mail without what mailboxes put before it: a line `From ...`, or how many
/// bytes follow.
fn bare(bytes: &[u8]) -> &[u8] {
    let bytes = bytes
        .strip_prefix(super::charset::UTF8_BOM)
        .unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let (first, rest) = match memchr::memchr(b'\n', bytes) {
        Some(end) => (bytes[..end].trim_ascii(), &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    if first.starts_with(b"From ") {
        return rest;
    }
    // Apple Mail writes the mail's length, and its own notes behind it. The length
    // is right only until some program changes the line ends.
    if first.is_empty() || !first.iter().all(u8::is_ascii_digit) {
        return bytes;
    }
    let notes = memmem::rfind(rest, b"<!DOCTYPE plist");
    let notes = notes.and_then(|at| memmem::rfind(&rest[..at], b"<?xml"));
    &rest[..notes.unwrap_or(rest.len())]
}

/// Reads a mail.
pub(super) fn letter(input: &Input, bytes: &[u8]) -> Result<Reading, ReadError> {
    let message = Message::read(bytes);
    if let Some(beyond) = message.beyond {
        return Err(ReadError::TooMuch {
            what: "the mail",
            limit: match beyond {
                Beyond::Depth => "has mails in mails in mails".to_owned(),
                Beyond::Parts => format!("has more than {} parts", super::mime::MOST_PARTS),
            },
            remedy: "save what is meant as a file of its own",
        });
    }
    part(input, &message, 0)
}

/// Reads the mail that begins with the part `at` of a message.
fn part(input: &Input, message: &Message, at: usize) -> Result<Reading, ReadError> {
    let contents = Contents::gather(message, at)?;
    let mut about = About::read(&message.part(at).fields);
    about.language = about
        .language
        .or_else(|| about::language(contents.language.as_deref()?));
    let mut text = Text::default();
    for shown in &contents.texts {
        text.append(shown);
    }
    let (text, page) = meant(text, &mut about);
    about.url = about.url.or_else(|| about::public(&page?));
    let documents = documents(message, &contents.attached);
    let said = text.plain.split_whitespace().count();
    let mut mail = Article {
        origin: Origin::Authored,
        text,
        ..Article::default()
    };
    state(&mut mail, &about);
    keep_embargo(&mut mail, &mut about);
    if documents.is_empty() {
        return Ok(Reading::Article(Box::new(mail)));
    }
    if said > COVER_NOTE {
        for (name, _) in documents {
            mail.notes.push(format!(
                "the attached file '{name}' is not read, since the mail is an article itself; \
                 save the file into the folder to have it read, too"
            ));
        }
        return Ok(Reading::Article(Box::new(mail)));
    }
    attached(input, message, &documents, mail, &about)
}

/// What is meant of a mail's text: the mail inside, without what is around it.
/// And the page that it offers to be read as.
fn meant(mut text: Text, about: &mut About) -> (Text, Option<String>) {
    for _ in 0..PASSED_ON {
        let Some(inner) = forward::inner(&text) else {
            break;
        };
        let before = text.retain(|at| at < inner.from);
        let after = forward::from(&text, inner.text);
        let words = |text: &Text| text.plain.split_whitespace().count();
        if about.answer && words(&before) > 0 || words(&after) == 0 {
            // An answer is above what it answers.
            text = before;
            break;
        }
        if words(&before) > words(&after) {
            break;
        }
        about.pass_on(&inner);
        text = after;
    }
    let trimmed = ends::trim(&text);
    (trimmed.text, trimmed.page)
}

/// Takes over the embargo that a mail states, and its line out of the text.
fn keep_embargo(mail: &mut Article, about: &mut About) {
    let offset = about.offset.as_deref();
    let Some((found, place)) = embargo::find(about.title.as_deref(), &mail.text, offset) else {
        return;
    };
    mail.embargo = found.until;
    if found.until.is_none() {
        // An embargo that cannot be read must not be broken.
        mail.draft = true;
        mail.notes.push(format!(
            "the end of the embargo, '{}', is not a date that can be read; write it like \
             'Embargo: 2024-12-05 10:00 +0100', or remove its line",
            found.words
        ));
        return;
    }
    match place {
        Place::Subject if found.rest.contains(' ') => {
            about.title = Some(found.rest.to_owned());
            mail.title.clone_from(&about.title);
        }
        Place::Subject => {}
        Place::Block(line) => mail.text = mail.text.retain(|at| at != line),
    }
}

/// Fills in what an article does not state.
fn state(article: &mut Article, about: &About) {
    let missing =
        |value: &Option<String>, stated: &Option<String>| value.clone().or(stated.clone());
    article.title = missing(&article.title, &about.title);
    article.language = missing(&article.language, &about.language);
    article.site = missing(&article.site, &about.site);
    article.url = missing(&article.url, &about.url);
    article.published = article.published.or(about.published);
    if article.byline.is_empty() {
        article.byline.clone_from(&about.byline);
    }
}

/// Whether a document begins with a line that may be its headline.
fn has_headline(text: &Text) -> bool {
    let first = text.blocks.iter().find(|block| !block.span.is_empty());
    let line = first.map_or("", |block| text.of(block));
    let words = line.split_whitespace().count();
    (3..=HEADLINE).contains(&words) && !line.ends_with(['.', ',', ':', ';'])
}

/// What may not be published yet according to its cover note.
fn withhold(article: &mut Article, note: &Article) {
    article.embargo = article.embargo.max(note.embargo);
    article.draft |= note.draft;
    article.notes.extend_from_slice(&note.notes);
}

/// The documents among the parts that come with a mail, by name; of those with
/// one name but for its ending, the best.
fn documents(message: &Message, attached: &[usize]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for at in attached {
        let part = message.part(*at);
        let mail = part.kind == "message/rfc822";
        let name = part.file_name().unwrap_or_default();
        // A name is a name, wherever its sender had the file.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        let mut name = name.to_owned();
        if mail && rank(&name).is_none() {
            let subject = part
                .inside
                .first()
                .and_then(|at| message.part(*at).fields.text("subject"));
            let subject = subject
                .unwrap_or_else(|| "mail".to_owned())
                .replace(['/', '\\'], "-");
            name = subject + ".eml";
        }
        let Some(place) = rank(&name) else { continue };
        let stem = |name: &str| name.rsplit_once('.').map(|(stem, _)| stem.to_lowercase());
        let same = |(known, _): &(String, usize)| !mail && stem(known) == stem(&name);
        match found.iter().position(same) {
            Some(known) if rank(&found[known].0) > Some(place) => found[known] = (name, *at),
            None if found.len() < DOCUMENTS => found.push((name, *at)),
            _ => {}
        }
    }
    found
}

fn rank(name: &str) -> Option<usize> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    ENDINGS.iter().position(|known| *known == ending)
}

/// The documents of a cover note, or the note where they say less than it does.
fn attached(
    input: &Input,
    message: &Message,
    documents: &[(String, usize)],
    mut mail: Article,
    about: &About,
) -> Result<Reading, ReadError> {
    let said = contents::letters(&mail.text);
    let mut found: Vec<(String, Article)> = Vec::new();
    let mut reasons: Vec<(&str, ReadError)> = Vec::new();
    for (name, at) in documents {
        let inside = &message.part(*at).inside;
        let reading = match inside.first() {
            Some(first) => part(input, message, *first),
            None => input.inner(Path::new(name), &message.part(*at).bytes()),
        };
        match reading {
            Ok(Reading::Article(article)) => found.push((name.clone(), *article)),
            Ok(Reading::Parts(parts)) => {
                let articles = parts.into_iter().filter_map(|part| {
                    let article = part.article.ok()?;
                    Some((format!("{name}/{}", part.name), article))
                });
                found.extend(articles);
            }
            Err(reason) => reasons.push((name, reason)),
        }
    }
    found.retain(|(_, article)| contents::letters(&article.text) > said);
    if found.is_empty() {
        return match reasons.into_iter().next() {
            Some((_, reason)) if said == 0 => Err(reason),
            Some((name, reason)) => {
                let note = format!("the attached file '{name}' is not read: {reason}");
                mail.notes.push(note);
                Ok(Reading::Article(Box::new(mail)))
            }
            None => Ok(Reading::Article(Box::new(mail))),
        };
    }
    if found.len() == 1
        && let Some((_, mut article)) = found.pop()
    {
        // Its own first line is a better headline than "Our text, as promised".
        let headed = article.title.is_none() && has_headline(&article.text);
        state(&mut article, about);
        if headed {
            article.title = None;
        }
        withhold(&mut article, &mail);
        return Ok(Reading::Article(Box::new(article)));
    }
    let mut parts = Parts::default();
    for (name, mut article) in found {
        // One subject is no headline for several.
        let title = article.title.take();
        state(&mut article, about);
        article.title = title;
        withhold(&mut article, &mail);
        parts.push(&[Some(&name)], Ok(article));
    }
    parts.reading(ReadError::NoText)
}
