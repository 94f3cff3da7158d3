//! OpenDocument texts, packed and flat.

use super::{blocks, packed::packed, read_as};
use feedwright::{
    article::Article,
    read::ReadError,
    text::{BlockKind, MarkKind},
};
use std::{fs, path::Path};

const KIND: &str = "application/vnd.oasis.opendocument.text";

const STYLES: &str = r#"
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="Own" style:family="paragraph" style:default-outline-level="3"/>
<style:style style:name="Illustration" style:family="paragraph"/>
<style:style style:name="Strong_20_Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
"#;

const AUTOMATIC: &str = r#"
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T3" style:family="text" style:parent-style-name="Strong_20_Emphasis"><style:text-properties fo:font-weight="400"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>
<text:list-level-style-bullet text:level="2"/><text:list-level-style-number text:level="3" style:num-format=""/></text:list-style>
"#;

fn content(body: &str) -> String {
    format!(
        "<office:document-content><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn document(body: &str) -> Vec<u8> {
    // The styles of headers have the names of others in the text.
    let page = AUTOMATIC.replace("Title", "Quotations");
    packed(&[
        ("mimetype", KIND),
        ("content.xml", &content(body)),
        (
            "styles.xml",
            &format!(
                "<d><office:styles>{STYLES}</office:styles><office:automatic-styles>{page}\
                 </office:automatic-styles><office:master-styles><style:header><text:p>HEADER\
                 </text:p></style:header></office:master-styles></d>"
            ),
        ),
        (
            "meta.xml",
            "<d><meta:initial-creator>Ada Holm</meta:initial-creator><dc:creator>Per Lind</dc:creator>\
             <meta:creation-date>2020-01-01T00:00:00</meta:creation-date><dc:language>en</dc:language>\
             <meta:keyword>ports</meta:keyword><meta:keyword>ferries</meta:keyword></d>",
        ),
    ])
}

fn flat(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><office:document xmlns:office="x" office:mimetype="{KIND}"><office:meta><dc:title>Untitled</dc:title></office:meta><office:styles>{STYLES}</office:styles><office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:master-styles><text:p>HEADER</text:p></office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"#
    )
}

/// Both ways of writing a document say the same.
#[track_caller]
fn read(body: &str) -> Article {
    let packed = read_as("a.odt", document(body)).unwrap();
    let flat = read_as("a.fodt", flat(body)).unwrap();
    assert_eq!(packed.text, flat.text);
    assert_eq!(packed.title, flat.title);
    packed
}

#[track_caller]
fn line(inside: &str) -> String {
    read(&format!("<text:p>{inside}</text:p>")).text.plain
}

#[test]
fn styles_tell_what_paragraphs_are() {
    let article = read(
        r#"<text:p text:style-name="P1">The Harbor</text:p>
        <text:h text:outline-level="2">Part</text:h>
        <text:p text:style-name="Own">Smaller</text:p>
        <text:p>Body.</text:p>
        <text:p text:style-name="Quotations">Quoted.</text:p>
        <text:p text:style-name="Preformatted_20_Text">let a = 1;</text:p>
        <text:p text:style-name="Preformatted_20_Text"><text:s text:c="2"/>let  b;</text:p>
        <text:p text:style-name="Illustration">Picture 1: a ship</text:p>
        <text:p text:style-name="P2">HIDDEN</text:p>"#,
    );
    assert_eq!(article.title.as_deref(), Some("The Harbor"));
    let kinds: Vec<_> = article.text.blocks.iter().map(|block| block.kind).collect();
    let expected = [
        BlockKind::Heading(2),
        BlockKind::Heading(3),
        BlockKind::Paragraph,
        BlockKind::Quote,
        BlockKind::Code,
    ];
    assert_eq!(kinds, expected);
    let texts = [
        "Part",
        "Smaller",
        "Body.",
        "Quoted.",
        "let a = 1;\n  let b;",
    ];
    assert_eq!(blocks(&article), texts);
}

#[test]
fn lists_are_numbered_or_not_level_by_level() {
    let item = |inside: &str| format!("<text:list-item>{inside}</text:list-item>");
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    let list = |inside: &str| format!("<text:list>{inside}</text:list>");
    let inner = list(&item(&(p("b") + &list(&item(&p("c"))))));
    let body = format!(
        r#"<text:list text:style-name="L1">{}{}</text:list>{}"#,
        item(&(p("a") + &p("more of it") + &inner)),
        item(r#"<text:h text:outline-level="1">Numbered heading</text:h>"#),
        list(&item(&p("d"))),
    );
    let article = read(&body);
    let list = |ordered, depth| BlockKind::ListItem { ordered, depth };
    let kinds: Vec<_> = article.text.blocks.iter().map(|block| block.kind).collect();
    let expected = [
        list(true, 0),
        BlockKind::Paragraph,
        list(false, 1),
        list(false, 2),
        BlockKind::Heading(1),
        list(false, 0),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn what_nobody_wrote_is_left_out() {
    let comment =
        "<office:annotation><dc:creator>E</dc:creator><text:p>COMMENT</text:p></office:annotation>";
    assert_eq!(line(&format!("a{comment}b")), "ab");
    assert_eq!(
        line(r#"a<text:span text:style-name="T2">HIDDEN</text:span>b"#),
        "ab"
    );
    assert_eq!(line("a <text:page-number>3</text:page-number> b"), "a b");
    assert_eq!(line("a <text:date>Monday</text:date>"), "a Monday");
    assert_eq!(
        line("a<text:placeholder>&lt;NAME&gt;</text:placeholder>"),
        "a"
    );
    let ruby = "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>";
    assert_eq!(line(ruby), "東京");
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>OLD</text:p>
        </text:deletion></text:changed-region></text:tracked-changes>
        <text:table-of-content><text:index-body><text:p>CONTENTS</text:p></text:index-body></text:table-of-content>
        <text:section text:display="none"><text:p>HIDDEN</text:p></text:section>
        <text:p>HIDDEN<text:hidden-paragraph text:is-hidden="true"/></text:p>
        <text:section><text:p>new<text:change text:change-id="1"/> text.</text:p></text:section>"#;
    assert_eq!(read(body).text.plain, "new text.");
}

#[test]
fn looks_are_marks() {
    let article = read(
        r#"<text:p>A <text:a xlink:href="https://example.org/a">link <text:span text:style-name="Strong_20_Emphasis">bold</text:span></text:a> <text:span text:style-name="T1">it<text:span text:style-name="T3">al</text:span></text:span> <text:a xlink:href="file:///a">top</text:a></text:p>"#,
    );
    let marks: Vec<_> = article.text.blocks[0]
        .marks
        .iter()
        .map(|mark| (mark.kind.clone(), mark.span.of(&article.text.plain)))
        .collect();
    let expected = [
        (
            MarkKind::Link("https://example.org/a".to_owned()),
            "link bold",
        ),
        (MarkKind::Strong, "bold"),
        (MarkKind::Emphasis, "ital"),
    ];
    assert_eq!(marks, expected);
}

#[test]
fn white_space_counts_where_it_has_elements() {
    assert_eq!(
        line("a\n  b<text:tab/>c<text:s text:c=\"9\"/>d<text:line-break/>e"),
        "a b c d e"
    );
    // A few bytes may not ask for gigabytes.
    assert_eq!(line(r#"a<text:s text:c="4000000000"/>b"#), "a b");
}

#[test]
fn boxes_notes_and_tables() {
    let note = |text: &str| {
        format!(
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        )
    };
    let frame = "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box><svg:title>TITLE</svg:title></draw:frame>";
    let body = format!(
        "<text:p>One{} two{frame} three.</text:p><text:p>End.</text:p>",
        note("A note.")
    );
    assert_eq!(
        read(&body).text.plain,
        "One two three.\n\nIn the box.\n\nEnd.\n\nA note."
    );
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let table = format!(
        "<table:table><table:table-header-rows><table:table-row>{}{}</table:table-row></table:table-header-rows>\
         <table:table-row>{}<table:covered-table-cell/></table:table-row></table:table>",
        cell("Year"),
        cell("Ships"),
        cell("none")
    );
    assert_eq!(blocks(&read(&table)), ["Year\tShips\nnone\t"]);
}

#[test]
fn the_first_author_is_taken_over() {
    let article = read_as("a.odt", document("<text:p>Text.</text:p>")).unwrap();
    assert_eq!(article.byline, ["Ada Holm"]);
    assert_eq!(article.topics, ["ports", "ferries"]);
    assert_eq!((article.published, article.modified), (None, None));
    assert_eq!(article.language, None);
}

#[test]
fn faults_are_told() {
    #[track_caller]
    fn check(bytes: &[u8], told: &str) {
        let error = read_as("a.odt", bytes).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    check(b"Text.", "in spite of its name");
    check(&document(""), "there is no text");
    check(&packed(&[("mimetype", KIND)]), "content.xml is missing");
    check(
        &packed(&[
            ("mimetype", KIND),
            ("content.xml", "<office:document-content/>"),
        ]),
        "holds no text document",
    );
    let manifest = r#"<m><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></m>"#;
    let locked = packed(&[
        ("mimetype", KIND),
        ("content.xml", "\u{1}"),
        ("META-INF/manifest.xml", manifest),
    ]);
    check(&locked, "is protected by a password");
    check(
        &document(&"<text:section>".repeat(5000)),
        "is nested deeper",
    );
    let whole = flat("<text:p>Text.</text:p>");
    let cut = whole.find("</text:p>").unwrap();
    check(&whole.as_bytes()[..cut], "ends too soon");
    // Known by its content.
    assert_eq!(read_as("a.txt", &whole).unwrap().text.plain, "Text.");
    assert_eq!(
        read_as("a.zip", document("<text:p>Text.</text:p>"))
            .unwrap()
            .text
            .plain,
        "Text."
    );
}

#[test]
fn the_sample_document_is_damaged_wherever_it_is_cut() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let bytes = fs::read(root.join("odt-footnotes-and-list/article.odt")).unwrap();
    for length in (100..bytes.len()).step_by(151) {
        let error = read_as("a.odt", &bytes[..length]).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{length}: {error}"
        );
    }
}
