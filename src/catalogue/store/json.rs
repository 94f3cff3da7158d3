//! A digest as JSON, without its title and its body's text, which have columns
//! of their own.
//!
//! Most of a digest's values are positions in the body. They stand in lists,
//! without a name each, which halves what is written and read.

use crate::{
    entry::{Digest, Dropped, LeadQuote, Quotation, Speaker, Topic, TopicKind},
    text::{Block, BlockKind, Mark, MarkKind, Span, Text},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

/// A digest as it is written, borrowed.
#[derive(Serialize)]
struct Writing<'a> {
    byline: &'a [String],
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    image: Option<&'a str>,
    site: Option<&'a str>,
    #[serde(serialize_with = "blocks")]
    blocks: &'a [Block],
    dropped: &'a [Dropped],
    #[serde(serialize_with = "quotes")]
    quotes: &'a [Quotation],
    lead_quote: Option<&'a LeadQuote>,
    summary: &'a str,
    #[serde(serialize_with = "topics")]
    topics: &'a [Topic],
}

/// A digest as it is read. What an older one lacks is at its default.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Reading {
    byline: Vec<String>,
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
    language: Option<String>,
    url: Option<String>,
    image: Option<String>,
    site: Option<String>,
    blocks: Vec<BlockRow>,
    dropped: Vec<Dropped>,
    quotes: Vec<QuoteRow>,
    lead_quote: Option<LeadQuote>,
    summary: String,
    topics: Vec<TopicRow>,
}

type BlockRow = (BlockKind, u32, u32, Vec<MarkRow>);
type MarkRow = (MarkKind, u32, u32);
/// A topic; an older one is its label alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum TopicRow {
    Whole(String, TopicKind, Vec<String>),
    Label(String),
}

type QuoteRow = (Vec<(u32, u32)>, Option<Speaker>);

/// The JSON of a digest.
pub(super) fn write(digest: &Digest) -> String {
    // Taken apart field by field, so that none can be forgotten.
    let Digest {
        title: _,
        byline,
        published,
        modified,
        language,
        url,
        image,
        site,
        body: Text { plain: _, blocks },
        dropped,
        quotes,
        lead_quote,
        summary,
        topics,
    } = digest;
    let writing = Writing {
        byline,
        published: *published,
        modified: *modified,
        language: language.as_deref(),
        url: url.as_deref(),
        image: image.as_deref(),
        site: site.as_deref(),
        blocks,
        dropped,
        quotes,
        lead_quote: lead_quote.as_ref(),
        summary,
        topics,
    };
    serde_json::to_string(&writing).expect("a digest has no maps and no own writers")
}

fn blocks<S: Serializer>(blocks: &[Block], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(blocks.iter().map(|block| {
        let Block { kind, span, marks } = block;
        (kind, span.start, span.end, Marks(marks))
    }))
}

struct Marks<'a>(&'a [Mark]);

impl Serialize for Marks<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let marks = self.0.iter();
        to.collect_seq(marks.map(|Mark { span, kind }| (kind, span.start, span.end)))
    }
}

fn quotes<S: Serializer>(quotes: &[Quotation], to: S) -> Result<S::Ok, S::Error> {
    let quotes = quotes.iter();
    to.collect_seq(quotes.map(|Quotation { parts, speaker }| (Parts(parts), speaker)))
}

struct Parts<'a>(&'a [Span]);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|part| (part.start, part.end)))
    }
}

fn topics<S: Serializer>(topics: &[Topic], to: S) -> Result<S::Ok, S::Error> {
    let topics = topics.iter();
    to.collect_seq(topics.map(|Topic { label, kind, forms }| (label, kind, forms)))
}

/// The digest that `write` made this JSON of, without title and body.
pub(super) fn read(json: &str) -> serde_json::Result<Digest> {
    let reading: Reading = serde_json::from_str(json)?;
    let span = |start, end| Span { start, end };
    let mark = |(kind, start, end): MarkRow| Mark {
        span: span(start, end),
        kind,
    };
    let blocks = reading
        .blocks
        .into_iter()
        .map(|(kind, start, end, marks)| Block {
            kind,
            span: span(start, end),
            marks: marks.into_iter().map(mark).collect(),
        });
    let quotes = reading
        .quotes
        .into_iter()
        .map(|(parts, speaker)| Quotation {
            parts: parts
                .into_iter()
                .map(|(start, end)| span(start, end))
                .collect(),
            speaker,
        });
    Ok(Digest {
        title: String::new(),
        byline: reading.byline,
        published: reading.published,
        modified: reading.modified,
        language: reading.language,
        url: reading.url,
        image: reading.image,
        site: reading.site,
        body: Text {
            plain: String::new(),
            blocks: blocks.collect(),
        },
        dropped: reading.dropped,
        quotes: quotes.collect(),
        lead_quote: reading.lead_quote,
        summary: reading.summary,
        topics: reading
            .topics
            .into_iter()
            .map(|row| match row {
                TopicRow::Whole(label, kind, forms) => Topic { label, kind, forms },
                TopicRow::Label(label) => Topic::from(label),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_was_written() {
        let span = |start, end| Span { start, end };
        let mut body = Text::default();
        body.push(BlockKind::Heading(2), "A bridge");
        body.push(BlockKind::Paragraph, "“It is open,” said Ann Lee.");
        let depth = 1;
        body.push(
            BlockKind::ListItem {
                ordered: true,
                depth,
            },
            "Tolls",
        );
        body.blocks[1].marks = vec![
            Mark {
                span: span(13, 15),
                kind: MarkKind::Strong,
            },
            Mark {
                span: span(29, 36),
                kind: MarkKind::Link("https://a.example/?b&c".to_owned()),
            },
        ];
        let speaker = Some(Speaker("Ann Lee".to_owned()));
        let digest = Digest {
            site: Some("The Gazette".to_owned()),
            byline: vec!["Bo \"B\" Roe".to_owned()],
            published: Some(Timestamp::UNIX_EPOCH),
            language: Some("en".to_owned()),
            body,
            quotes: vec![Quotation {
                parts: vec![span(13, 15), span(16, 24)],
                speaker: speaker.clone(),
            }],
            lead_quote: Some(LeadQuote {
                quote: "It is open".to_owned(),
                speaker,
            }),
            summary: "A bridge\nis open.".to_owned(),
            topics: vec![Topic {
                label: "Antony Roe".to_owned(),
                kind: TopicKind::Person,
                forms: vec!["Roe".to_owned()],
            }],
            ..Digest::default()
        };
        let mut same = read(&write(&digest)).expect("it was just written");
        same.body.plain.clone_from(&digest.body.plain);
        assert_eq!(same, digest);
        assert_eq!(read("{}").expect("all may be lacking"), Digest::default());
        let older = read(r#"{"topics": ["Bridges"]}"#).expect("topics were labels");
        assert_eq!(older.topics, [Topic::from("Bridges")]);
    }
}
