//! Sentences, quotations and digests.

use super::{article, pieces};
use feedwright::{
    article::Article,
    digest::{self, Settings},
    entry::{Digest, Quotation},
    text::{BlockKind, Span, Text},
};

/// Those with tables, and one without.
const LANGUAGES: &[&str] = &[
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "zh", "th", "ar", "el", "", "xx",
];

/// Sentences stand in order, apart from each other, and leave out nothing but
/// white space.
pub(super) fn sentences(bytes: &[u8]) {
    let (language, rest) = pieces::choice(LANGUAGES, bytes);
    let text = String::from_utf8_lossy(rest);
    let mut end = 0;
    for span in digest::sentences::sentences(&text, language) {
        assert!(text[end..span.range().start].trim().is_empty());
        let words = span.of(&text);
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        end = span.range().end;
    }
    assert!(text[end..].trim().is_empty());
}

/// Quotations are words of the text, in order.
pub(super) fn quotations(bytes: &[u8]) {
    let (language, rest) = pieces::choice(LANGUAGES, bytes);
    let body = blocks(&String::from_utf8_lossy(rest));
    let walked = digest::walk(&body, language);
    check_quotations(&digest::quotations(&walked), &body);
}

fn check_quotations(quotations: &[Quotation], body: &Text) {
    let mut start = 0;
    for quotation in quotations {
        assert!(
            start <= quotation.span().start,
            "{quotation:?} comes too late"
        );
        start = quotation.span().start;
        let parts = &quotation.parts;
        assert!(
            parts.windows(2).all(|two| two[0].end <= two[1].start),
            "{parts:?}"
        );
        for part in parts {
            let words = body.plain.get(part.range());
            assert!(
                words.is_some_and(|words| !words.trim().is_empty()),
                "{part:?}"
            );
        }
        if let Some(speaker) = &quotation.speaker {
            assert!(!speaker.0.trim().is_empty());
        }
        assert!(!quotation.quote(&body.plain).is_empty());
    }
}

/// An article is digested, always the same, into what it says itself.
pub(super) fn digest(bytes: &[u8]) {
    let (language, rest) = pieces::choice(LANGUAGES, bytes);
    let text = blocks(&String::from_utf8_lossy(rest));
    let article = Article {
        language: Some(language.to_owned()).filter(|tag| !tag.is_empty()),
        text,
        ..Article::default()
    };
    digested(&article);
}

/// Digests an article and checks what comes out.
pub(super) fn digested(article: &Article) -> Digest {
    let settings = Settings::default();
    let (made, explanation) = digest::explained(article.clone(), &settings);
    let again = digest::digest(article.clone(), &settings);
    assert!(made == again, "the same article, another digest");

    let told = article
        .text
        .blocks
        .iter()
        .map(|block| article.text.of(block));
    let told: Vec<&str> = told.collect();
    for block in &made.body.blocks {
        let words = made.body.of(block);
        assert!(told.contains(&words), "{words:?} was made up");
    }
    article::text(&made.body);
    let body = &made.body.plain;
    assert!(!made.title.trim().is_empty());
    check_quotations(&made.quotes, &made.body);
    assert_eq!(explanation.speakers.len(), made.quotes.len());
    let cues = explanation.speakers.iter().filter_map(|known| known.cue);
    let rejected = explanation.rejected.iter().map(|rejected| rejected.words);
    for span in cues.chain(rejected) {
        assert!(body.get(span.range()).is_some(), "{span:?}");
    }
    if let Some(lead) = &made.lead_quote {
        let words = lead.quote.strip_suffix("[…]").unwrap_or(&lead.quote);
        let quotes = made.quotes.iter().map(|quotation| quotation.quote(body));
        let mut quotes = quotes.map(|quote| letters(&quote));
        assert!(
            quotes.any(|quote| quote.contains(&letters(words))),
            "{words:?}"
        );
    }
    check_summary(&made.summary, body, settings.summary_length);
    assert!(made.topics.len() <= settings.max_topics);
    for topic in &made.topics {
        assert!(!topic.label.trim().is_empty() && !topic.label.contains(article::is_bad));
    }
    made
}

/// A summary is a few stretches of the text, in their order.
fn check_summary(summary: &str, body: &str, most: usize) {
    // One sentence may be a quarter longer, since a cut reads worse.
    assert!(summary.len() <= most * 5 / 4, "{} bytes", summary.len());
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let (summary, body) = (dense(summary.trim_end_matches('…')), dense(body));
    let mut letters = body.chars();
    let in_order = summary.chars().all(|c| letters.any(|other| other == c));
    assert!(in_order, "{summary:?} is not in {body:?}");
    // Only where two stretches meet is something that the text does not have.
    let chars: Vec<char> = summary.chars().collect();
    let made_up = chars.windows(WINDOW).map(String::from_iter);
    let made_up = made_up
        .filter(|window| !body.contains(window.as_str()))
        .count();
    assert!(
        made_up <= 12 * (WINDOW - 1),
        "{summary:?} is not in {body:?}"
    );
}

/// So many letters are a stretch of the text.
const WINDOW: usize = 8;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text of blocks as readers give them: `# ` starts a heading, `> ` a quoted
/// block, `- ` an item, a blank line ends each.
fn blocks(source: &str) -> Text {
    let sound: String = source
        .chars()
        .map(|c| if article::is_bad(c) { ' ' } else { c })
        .collect();
    let mut text = Text::default();
    for block in sound.split("\n\n") {
        let kinds = [
            ("# ", BlockKind::Heading(1)),
            ("> ", BlockKind::Quote),
            (
                "- ",
                BlockKind::ListItem {
                    ordered: false,
                    depth: 0,
                },
            ),
            ("", BlockKind::Paragraph),
        ];
        let kind = kinds.into_iter().find_map(|(start, kind)| {
            let words = block.strip_prefix(start)?;
            Some((kind, words.split_whitespace().collect::<Vec<_>>().join(" ")))
        });
        if let Some((kind, words)) = kind.filter(|(_, words)| !words.is_empty()) {
            text.push(kind, &words);
        }
    }
    debug_assert!(
        text.blocks
            .iter()
            .all(|block| block.span != Span::new(0, 0))
    );
    text
}
