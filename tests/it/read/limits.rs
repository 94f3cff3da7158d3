//! What exceeds the limits is cut where a reader would, and told.

use super::read_as;
use feedwright::{
    article::Article,
    digest::{self, MOST_QUOTATIONS},
    text::MarkKind,
};

/// Reads what is to be noted once.
#[track_caller]
fn noted(name: &str, source: &str, told: &str) -> Article {
    let article = read_as(name, source).unwrap();
    let notes = &article.notes;
    assert!(notes.len() == 1 && notes[0].contains(told), "{notes:?}");
    article
}

#[test]
fn a_long_headline_is_cut_at_a_word() {
    let title = "The harbor bridge opens, ".repeat(40);
    let article = read_as("a.md", format!("---\ntitle: \"{title}\"\n---\n\nText.\n")).unwrap();
    let cut = article.title.unwrap();
    let (words, rest) = title.split_at(cut.len() - "…".len());
    assert!(
        cut == format!("{words}…") && rest.starts_with([' ', ',']),
        "{cut}"
    );
    assert!((290..=300).contains(&cut.chars().count()), "{cut}");
    // One that has no words is cut as well, between letters.
    let article = read_as("a.md", format!("# {}\n\nText.\n", "é".repeat(5000))).unwrap();
    assert_eq!(article.title.unwrap().chars().count(), 300);
    // As many letters as are allowed stay.
    let title = "ж".repeat(300);
    let article = read_as("a.md", format!("# {title}\n\nText.\n")).unwrap();
    assert_eq!(article.title.unwrap(), title);
    // A headline that is found in the text is no other.
    let line = format!("The {} opens\n\n", "harbor".repeat(100));
    let story = "The mayor opened the new bridge on Monday, and spoke of its toll.\n\n";
    let article = read_as("a.txt", line + &story.repeat(5)).unwrap();
    let digest = digest::digest(article, &digest::Settings::default());
    assert_eq!(digest.title.chars().count(), 300, "{}", digest.title);
}

#[test]
fn a_hundred_authors_and_topics_are_taken() {
    let names: Vec<String> = (0..150).map(|at| format!("Ada N{at}")).collect();
    let source = format!("---\nauthors: [{}]\n---\n\nText.\n", names.join(", "));
    let article = noted("a.md", &source, "names 150 authors, of which the first 100");
    assert_eq!(article.byline, names[..100]);
    let source = format!("---\ntags: [{}]\n---\n\nText.\n", names.join(", "));
    let article = noted("a.md", &source, "names 150 topics, of which the first 100");
    assert_eq!(article.topics, names[..100]);
    let long = "Harbor ".repeat(100);
    let source = format!("---\nauthor: {long}\ntags: [{long}]\n---\n\nText.\n");
    let article = read_as("a.md", source).unwrap();
    let is_short = |name: &String| name.chars().count() <= 200 && name.ends_with("Harbor…");
    assert!(article.byline.iter().all(is_short) && article.topics.iter().all(is_short));
}

#[test]
fn what_stands_behind_the_longest_text_is_left_out() {
    let whole = "The toll ends. ".repeat(700_000);
    let article = noted("a.txt", &whole, "more than 10 MB of text");
    let plain = &article.text.plain;
    assert!(whole.starts_with(plain.as_str()) && plain.len() > 9_999_900);
    assert!(plain.len() <= 10_000_000 && plain.ends_with(|c: char| !c.is_whitespace()));
    let many = "a\n\n".repeat(100_001);
    let article = noted("a.txt", &many, "more than 100000 paragraphs");
    assert_eq!(article.text.blocks.len(), 100_000);
    assert!(article.text.plain.ends_with('a'));
    let article = read_as("a.txt", "a\n\n".repeat(100_000)).unwrap();
    assert!(article.notes.is_empty(), "{:?}", article.notes);
}

#[test]
fn links_and_pictures_beyond_the_most_leave_the_text() {
    let links = "[a](https://a.example/b) ".repeat(20_005);
    let article = noted(
        "a.md",
        &links,
        "20000 links and stretches of emphasis; 5 of them",
    );
    assert_eq!(article.text.plain.split(' ').count(), 20_005);
    assert_eq!(article.text.blocks[0].marks.len(), 20_000);
    let pictures = "![a](https://a.example/b.png)\n\nText.\n\n".repeat(1_001);
    let article = noted("a.md", &pictures, "1000 pictures; 1 of them");
    assert_eq!(article.text.blocks.len(), 2 * 1_001 - 1);
    let long = format!(
        "![{}](b.png) [a](https://a.example/{})",
        "a ".repeat(2000),
        "b".repeat(9000)
    );
    let article = read_as("a.md", long + " text").unwrap();
    let marks: Vec<_> = article
        .text
        .blocks
        .iter()
        .flat_map(|block| &block.marks)
        .collect();
    assert!(
        matches!(&marks[..], [mark] if matches!(&mark.kind, MarkKind::Picture { alt, .. } if alt.chars().count() <= 1000))
    );
}

#[test]
fn front_matter_is_no_book() {
    let long = "Word and word. ".repeat(5000);
    let fields = format!("---\ntitle: A toll\nsummary: {long}\n---\n\nText.\n");
    let error = read_as("a.md", fields).unwrap_err().to_string();
    assert!(
        error.contains("line 1: it is longer than 64 KB;"),
        "{error}"
    );
    // Prose between two lines across the page is none.
    let prose = format!("---\n\n{long}\n\n---\n\nText.\n");
    let article = read_as("a.md", prose).unwrap();
    assert!(article.text.plain.starts_with("Word and") && article.text.plain.ends_with("Text."));
}

#[test]
fn addresses_and_tags_are_no_longer_than_they_can_be() {
    let long = "b".repeat(9000);
    let source = format!("---\nurl: https://a.example/{long}\nimage: {long}\n---\n\nText.\n");
    let article = noted("a.md", &source, "more than 8192 bytes");
    assert_eq!((article.url, article.image), (None, None));
    let tag = "en".to_owned() + &"-abcdefgh".repeat(10);
    let article = read_as("a.md", format!("---\nlang: {tag}\n---\n\nText.\n")).unwrap();
    assert_eq!(article.language, None);
}

#[test]
fn a_message_shows_no_more_of_a_file_than_a_line_holds() {
    for field in ["date", "lang", "url"] {
        let source = format!("---\n{field}: \"{}\"\n---\n\nText.\n", "word ".repeat(9000));
        let article = read_as("a.md", source).unwrap();
        assert!(
            article.notes.len() == 1 && article.notes[0].len() < 300,
            "{field}"
        );
    }
    let element = "b".repeat(9000);
    for source in [
        format!("<?xml version=\"1.0\"?><{element}>Text</{element}>"),
        format!("<nitf><{element}>Text"),
    ] {
        let error = read_as("a.xml", source).unwrap_err().to_string();
        assert!(error.len() < 400, "{error}");
    }
}

#[test]
fn quotations_beyond_the_most_are_not_collected() {
    let said = "\"We shall open the bridge to everybody in May,\" said Ann Lee. "
        .repeat(MOST_QUOTATIONS + 10);
    let article = read_as("a.md", said).unwrap();
    let digest = digest::digest(article, &digest::Settings::default());
    assert_eq!(digest.quotes.len(), MOST_QUOTATIONS);
    let note = digest::note(&digest).unwrap();
    assert!(note.contains("first 5000 quotations"), "{note}");
    let few = read_as("b.md", "\"We shall open it,\" said Ann Lee.").unwrap();
    let few = digest::digest(few, &digest::Settings::default());
    assert_eq!((few.quotes.len(), digest::note(&few)), (1, None));
    assert!(digest.lead_quote.is_some());
}

#[test]
fn a_text_of_marks_is_refused_before_it_takes_the_memory_of_a_machine() {
    let marks = "*a ".repeat(2_000_001);
    let error = read_as("a.md", &marks).unwrap_err().to_string();
    assert!(error.contains("more than 2000000 marks"), "{error}");
    let article = read_as("a.txt", &marks).unwrap();
    assert!(article.text.plain.starts_with("*a *a"));
}
