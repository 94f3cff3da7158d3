//! What holds for every article.

use feedwright::{
    article::Article,
    text::{Block, BlockKind, Text},
};

/// Checks what digesting and feeds rely on.
pub(super) fn check(article: &Article) {
    // What is not to be published need not have a text.
    assert!(article.draft || article.text.plain.contains(char::is_alphanumeric));
    text(&article.text);
    let stated = [
        &article.title,
        &article.image,
        &article.url,
        &article.language,
        &article.site,
    ];
    let stated = stated.into_iter().flatten();
    for line in stated.chain(&article.byline).chain(&article.topics) {
        assert!(!line.is_empty() && !line.contains(is_bad), "{line:?}");
        assert!(!line.contains(['\n', '\t']), "{line:?}");
    }
    for note in &article.notes {
        assert!(!note.contains(char::is_control), "{note:?}");
    }
}

/// Checks a text: its blocks are all of it, and marks are within their blocks.
pub(super) fn text(text: &Text) {
    assert!(!text.plain.contains(is_bad), "{:?}", text.plain);
    let words = text.blocks.iter().map(|block| text.of(block));
    let joined: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
    assert_eq!(joined.join("\n\n"), text.plain);
    let mut end = 0;
    for block in &text.blocks {
        assert!(end <= block.span.start, "{block:?} overlaps the one before");
        end = block.span.end;
        if block.kind == BlockKind::Picture {
            assert!(block.span.is_empty() && block.marks.len() == 1, "{block:?}");
            assert!(block.span.contains(block.marks[0].span));
        } else {
            worded(text, block);
        }
    }
}

fn worded(text: &Text, block: &Block) {
    let words = text.of(block);
    assert!(!words.trim().is_empty(), "{block:?}");
    if !matches!(block.kind, BlockKind::Code | BlockKind::Table) {
        let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words, folded);
    }
    let place = |mark: &feedwright::text::Mark| (mark.span.start, u32::MAX - mark.span.end);
    assert!(block.marks.is_sorted_by_key(place), "{:?}", block.marks);
    for mark in &block.marks {
        assert!(block.span.contains(mark.span), "{mark:?} in {block:?}");
        assert!(!mark.span.of(&text.plain).is_empty());
    }
}

/// What no text may hold: nothing shows it, and XML forbids it or advises
/// against it.
pub(super) fn is_bad(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(
            c,
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}'
        )
}
