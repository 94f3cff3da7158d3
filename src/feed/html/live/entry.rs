//! The page of one entry: its digest, and the full text with everything marked
//! that somebody is quoted as saying.

use super::{
    Question, Visit,
    form::Form,
    hit::{of_speaker, path, push_topics},
    shell::{self, Shell, stand, within},
    words::{counted, push_way},
};
use crate::{
    entry::{Digest, Entry, Quotation},
    feed::{
        Content, FeedError,
        body::{self, Manner, Pictures, push_escaped},
        border::{CleanEntry, line},
        html::{
            Card,
            card::push_facts,
            entry_page::{push_content, push_facts_for_programs},
            paths::is_elsewhere,
            text::{own_words, push_all, push_attribute, push_element, push_language},
        },
        marks::Said,
        page,
    },
    text::Block,
};
use std::{collections::BTreeMap, ops::Range};

/// An entry, and those beside it.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The next newer one.
    pub newer: Option<Neighbor<'a>>,
    /// The next older one.
    pub older: Option<Neighbor<'a>>,
}

/// An entry beside another.
#[derive(Debug, Clone, Copy)]
pub struct Neighbor<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// What it is called.
    pub title: &'a str,
}

/// The page of an entry.
///
/// # Errors
///
/// When its id is unfit for a feed.
pub fn entry(visit: Visit, whole: &Whole) -> Result<Vec<u8>, FeedError> {
    let clean = CleanEntry::new(visit.settings, whole.entry)?;
    let card = page::card(&clean);
    let site = visit.site();
    let mut more = String::new();
    push_facts_for_programs(&mut more, &card, stand(visit), &site, &path(card.slug));
    let shell = Shell {
        visit,
        title: Some(card.title.into()),
        description: card.summary,
        list: None,
        more: &more,
        skip_to: "the article",
        form: Form {
            question: &Question::default(),
            choices: None,
        },
        indexed: true,
    };
    let mut out = shell.before();
    out.push_str("<article class=\"whole\"");
    push_language(&mut out, card.language);
    out.push_str(">\n<h1>");
    push_escaped(&mut out, card.title);
    out.push_str("</h1>\n");
    push_facts(&mut out, &card);
    push_quote(&mut out, &card);
    if !card.summary.is_empty() {
        push_element(&mut out, "p class=\"summary\"", card.summary);
        out.push('\n');
    }
    push_topics(&mut out, &card);
    push_original(&mut out, &card);
    if visit.settings.content == Content::Full {
        push_text(&mut out, visit, &card, whole.entry, clean.url.as_deref());
    }
    out.push_str("</article>\n");
    push_neighbors(&mut out, whole);
    out.push_str(shell::AFTER);
    Ok(out.into_bytes())
}

/// Appends the quotation that leads the entry.
fn push_quote(out: &mut String, card: &Card) {
    let Some(quote) = &card.quote else { return };
    push_all(
        out,
        &["<figure class=\"quote", quote.size(), "\"><blockquote>"],
    );
    push_element(out, "p", quote.words);
    out.push_str("</blockquote>");
    if let Some(speaker) = quote.speaker {
        out.push_str("<figcaption>");
        push_way(out, &of_speaker(speaker, quote.feed), "", speaker);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
}

/// Appends the ways to where it appeared, and to its picture there.
fn push_original(out: &mut String, card: &Card) {
    let link = card.link.filter(|link| is_elsewhere(link));
    if link.is_none() && card.image.is_none() {
        return;
    }
    push_all(
        out,
        &["<div class=\"original\"", own_words(card.language), ">"],
    );
    if let Some(link) = link {
        out.push_str("<p>");
        push_way(out, link, "", "Read it where it appeared");
        out.push_str("</p>");
    }
    if let Some(image) = card.image {
        body::push_picture_link(out, image, "");
    }
    out.push_str("</div>\n");
}

/// Appends the full text, if there is any, and before it who is quoted.
fn push_text(out: &mut String, visit: Visit, card: &Card, entry: &Entry, base: Option<&str>) {
    let said = said(&entry.digest, card.language);
    let manner = Manner {
        base,
        pictures: Pictures::Linked,
        said: &said,
    };
    let mut text = String::new();
    body::push_text(&mut text, &entry.digest.body, manner);
    if text.is_empty() {
        return;
    }
    push_quoted(out, visit, &entry.digest, card.language);
    out.push_str("<div class=\"text\">");
    push_content(out, &text);
    out.push_str("</div>\n");
}

/// The stretches of the text that somebody is quoted with. Each that runs across
/// blocks is there once a block.
fn said(digest: &Digest, language: Option<&str>) -> Vec<Said> {
    let mut stretches = Vec::new();
    // Who was named last, and in which block.
    let mut named: Option<(String, usize)> = None;
    for (at, quotation) in digest.quotes.iter().enumerate() {
        let speaker = speaker(quotation);
        let mut pieces = pieces(digest, quotation).peekable();
        let mut start = format!("<q class=\"said\" id=\"q{}\">", at + 1);
        while let Some((block, range)) = pieces.next() {
            let mut after = String::new();
            if let (None, Some(speaker)) = (pieces.peek(), &speaker) {
                let is_named = named
                    .as_ref()
                    .is_some_and(|(name, of)| name == speaker && *of == block);
                push_who(&mut after, speaker, is_named, language);
                named = Some((speaker.clone(), block));
            }
            stretches.push(Said {
                at: range,
                start: std::mem::replace(&mut start, "<q class=\"said\">".to_owned()),
                after,
            });
        }
    }
    stretches
}

/// The parts of a quotation within blocks: which block, and where in the text.
fn pieces<'a>(
    digest: &'a Digest,
    quotation: &'a Quotation,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
    let body = &digest.body;
    quotation.parts.iter().flat_map(move |part| {
        let part = part.range();
        let is_past = |block: &Block| block.span.range().end <= part.start;
        let first = body.blocks.partition_point(is_past);
        let blocks = body.blocks[first..].iter().zip(first..);
        let end = part.end;
        let reached = blocks.take_while(move |(block, _)| block.span.range().start < end);
        reached.filter_map(move |(block, at)| {
            let block = block.span.range();
            let piece = part.start.max(block.start)..part.end.min(block.end);
            let is_any = piece.start < piece.end;
            is_any.then(|| (at, with_marks(&body.plain, &block, piece)))
        })
    })
}

/// The quotation marks of all languages.
const MARKS: &[char] = &[
    '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '\'', '「', '」', '『', '』', '《',
    '》',
];

/// A stretch of a block with the quotation marks around it, so that what is told
/// of it comes after them. French sets a space within.
fn with_marks(plain: &str, block: &Range<usize>, piece: Range<usize>) -> Range<usize> {
    let is_gap = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let (Some(before), Some(after)) = (
        plain.get(block.start..piece.start),
        plain.get(piece.end..block.end),
    ) else {
        return piece;
    };
    let bare = before.strip_suffix(is_gap).unwrap_or(before);
    let start = match (before.strip_suffix(MARKS), bare.strip_suffix(['«', '»'])) {
        (Some(rest), _) | (None, Some(rest)) => block.start + rest.len(),
        (None, None) => piece.start,
    };
    let bare = after.strip_prefix(is_gap).unwrap_or(after);
    let end = match (after.strip_prefix(MARKS), bare.strip_prefix(['«', '»'])) {
        (Some(rest), _) | (None, Some(rest)) => block.end - rest.len(),
        (None, None) => piece.end,
    };
    start..end
}

fn speaker(quotation: &Quotation) -> Option<String> {
    let name = line(body::shortened(&quotation.speaker.as_ref()?.0));
    (!name.is_empty()).then_some(name)
}

/// Appends who said what ends here. Where the one before it in the same block
/// was said by the same, only those who hear the page are told again.
fn push_who(out: &mut String, speaker: &str, is_named: bool, language: Option<&str>) {
    let class = if is_named { "told" } else { "who" };
    push_all(out, &[" <span class=\"", class, "\">"]);
    push_all(
        out,
        &[
            "<span class=\"told\"",
            own_words(language),
            ">(said by </span>",
        ],
    );
    push_element(out, "bdi", speaker);
    out.push_str("<span class=\"told\">)</span></span>");
}

/// Appends who is quoted, how often, and where first.
fn push_quoted(out: &mut String, visit: Visit, digest: &Digest, language: Option<&str>) {
    let mut order: Vec<(String, usize)> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (at, quotation) in digest.quotes.iter().enumerate() {
        let Some(speaker) = speaker(quotation) else {
            continue;
        };
        let shown = pieces(digest, quotation).next().is_some();
        if !shown {
            continue;
        }
        let count = counts.entry(speaker.clone()).or_default();
        *count += 1;
        if *count == 1 {
            order.push((speaker, at + 1));
        }
    }
    if order.is_empty() {
        return;
    }
    push_all(
        out,
        &["<section class=\"quoted\"", own_words(language), ">\n"],
    );
    out.push_str("<h2>Quoted here</h2>\n<ul>\n");
    for (speaker, first) in order {
        let count = counts.get(&speaker).copied().unwrap_or(1);
        out.push_str("<li><bdi>");
        push_way(out, &of_speaker(&speaker, None), "", &speaker);
        out.push_str("</bdi> <a class=\"times\"");
        push_attribute(out, "href", &within(visit, &format!("q{first}")));
        push_all(
            out,
            &[
                ">",
                &counted(count, "quotation", "quotations"),
                "</a></li>\n",
            ],
        );
    }
    out.push_str("</ul>\n</section>\n");
}

/// Appends the ways to the entries beside this one.
fn push_neighbors(out: &mut String, whole: &Whole) {
    out.push_str("<nav class=\"neighbors\" aria-label=\"Other entries\">\n");
    for (beside, class, name) in [
        (&whole.newer, "newer", "Newer"),
        (&whole.older, "older", "Older"),
    ] {
        let Some(neighbor) = beside else { continue };
        push_all(out, &["<a class=\"", class, "\""]);
        push_attribute(out, "href", &path(neighbor.slug));
        push_all(out, &["><span class=\"kind\">", name, "</span> "]);
        push_element(out, "bdi", &line(neighbor.title));
        out.push_str("</a>\n");
    }
    push_way(out, "./", " class=\"all\"", "All entries");
    out.push_str("\n</nav>\n");
}
