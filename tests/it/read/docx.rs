//! Word documents.

use super::{packed::packed, read_as};
use feedwright::{
    article::{Article, Origin},
    read::ReadError,
    text::{BlockKind, MarkKind},
};
use std::{fs, path::Path};

const RELATIONS: &str = r#"<Relationships>
<Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/>
</Relationships>"#;

const PARTS: &str = r#"<Relationships>
<Relationship Id="s" Type="x/styles" Target="styles.xml"/>
<Relationship Id="n" Type="x/numbering" Target="/word/numbering.xml"/>
<Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/>
<Relationship Id="l" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/>
<Relationship Id="j" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>
</Relationships>"#;

const STYLES: &str = r#"<w:styles>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Our headline"/><w:basedOn w:val="Base"/></w:style>
<w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
<w:style w:styleId="Bullets"><w:name w:val="Our bullets"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Source"><w:name w:val="Source Code"/></w:style>
<w:style w:styleId="Legend"><w:name w:val="caption"/></w:style>
<w:style w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"#;

const NOTES: &str = r#"<w:footnotes>
<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>SEPARATOR</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>The second note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>The first note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>A deleted note.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"#;

/// A document with this body, and these properties.
fn document(body: &str, properties: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        (
            "word/document.xml",
            &format!("<w:document><w:body>{body}</w:body></w:document>"),
        ),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
        (
            "docProps/core.xml",
            &format!("<cp:coreProperties>{properties}</cp:coreProperties>"),
        ),
    ])
}

#[track_caller]
fn read(body: &str) -> Article {
    read_as("a.docx", document(body, "")).unwrap()
}

/// The kinds and texts of the blocks that a body comes to.
#[track_caller]
fn blocks(body: &str) -> Vec<(BlockKind, String)> {
    let text = read(body).text;
    let blocks = text.blocks.iter();
    blocks
        .map(|block| (block.kind, text.of(block).to_owned()))
        .collect()
}

/// A paragraph of one run, with these properties.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn style(id: &str) -> String {
    format!(r#"<w:pStyle w:val="{id}"/>"#)
}

/// The one paragraph that these runs come to.
#[track_caller]
fn line(runs: &str) -> String {
    let article = read(&format!("<w:p>{runs}</w:p>"));
    assert_eq!(article.text.blocks.len(), 1, "{}", article.text.plain);
    article.text.plain
}

#[test]
fn styles_tell_what_paragraphs_are() {
    let body = [
        p(&style("Titel"), "The Harbor"),
        p(&style("berschrift2"), "Part"),
        p(&style("Own"), "Smaller"),
        p(r#"<w:outlineLvl w:val="0"/>"#, "By its outline"),
        p(&style("Round"), "Body."),
        p(&style("Zitat"), "Quoted."),
        p(&style("Source"), "let a = 1;"),
        p(&style("Source"), "  let b = 2;"),
        p(&style("Legend"), "Figure 1: a ship"),
    ];
    let article = read(&body.concat());
    assert_eq!(article.title.as_deref(), Some("The Harbor"));
    assert_eq!(article.origin, Origin::Authored);
    let expected = [
        (BlockKind::Heading(2), "Part"),
        (BlockKind::Heading(3), "Smaller"),
        (BlockKind::Heading(1), "By its outline"),
        (BlockKind::Paragraph, "Body."),
        (BlockKind::Quote, "Quoted."),
        (BlockKind::Code, "let a = 1;\n  let b = 2;"),
    ];
    assert_eq!(
        blocks(&body.concat()),
        expected.map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn the_headline_is_a_title_or_the_first_heading() {
    #[track_caller]
    fn check(lines: &[(&str, &str)], title: Option<&str>, text: &str) {
        let body: String = lines
            .iter()
            .map(|(role, line)| match *role {
                "" => p("", line),
                "title" => p(&style("Titel"), line),
                level => p(&format!(r#"<w:outlineLvl w:val="{level}"/>"#), line),
            })
            .collect();
        let article = read(&body);
        assert_eq!(article.title.as_deref(), title);
        assert_eq!(article.text.plain, text);
    }
    check(
        &[("title", "One"), ("title", "headline"), ("", "A.")],
        Some("One headline"),
        "A.",
    );
    check(
        &[("", "Kicker"), ("title", "T"), ("0", "H"), ("", "A.")],
        Some("T"),
        "Kicker\n\nH\n\nA.",
    );
    check(&[("0", "H"), ("", "A."), ("0", "I")], Some("H"), "A.\n\nI");
    check(&[("1", "H"), ("", "A."), ("0", "I")], None, "H\n\nA.\n\nI");
    check(
        &[("", "Press release"), ("0", "H"), ("", "A.")],
        Some("H"),
        "Press release\n\nA.",
    );
    // A part's heading, not the headline.
    check(
        &[("", "Line"), ("0", "H"), ("", "A."), ("0", "I")],
        None,
        "Line\n\nH\n\nA.\n\nI",
    );
    let both = "Too late.\n\nH\n\nA.";
    check(&[("", "Too late."), ("0", "H"), ("", "A.")], None, both);
    check(
        &[("", "Line"), ("", "A."), ("0", "H")],
        None,
        "Line\n\nA.\n\nH",
    );
}

#[test]
fn lists_are_numbered_or_not_level_by_level() {
    let item = |list: u8, level: u8| {
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#)
    };
    let body = [
        p(&item(1, 0), "a"),
        p(&item(1, 1), "b"),
        p(&item(2, 0), "c"),
        p(&item(3, 0), "no sign"),
        p(&style("Bullets"), "by style"),
        p(&(style("Bullets") + &item(0, 0)), "out of it"),
        p("", "•\ttyped"),
    ];
    let list = |ordered, depth| BlockKind::ListItem { ordered, depth };
    let expected = [
        (list(false, 0), "a"),
        (list(true, 1), "b"),
        (list(true, 0), "c"),
        (BlockKind::Paragraph, "no sign"),
        (list(false, 0), "by style"),
        (BlockKind::Paragraph, "out of it"),
        (list(false, 0), "typed"),
    ];
    assert_eq!(
        blocks(&body.concat()),
        expected.map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn tracked_changes_are_accepted() {
    let deleted = r"<w:del><w:r><w:delText>OLD </w:delText></w:r></w:del>";
    let moved = r"<w:moveFrom><w:r><w:t>MOVED</w:t></w:r></w:moveFrom>";
    let inserted = format!("<w:ins>{}</w:ins>", r("new "));
    assert_eq!(
        line(&(r("A ") + deleted + &inserted + moved + &r("text."))),
        "A new text."
    );
    let body = [
        p(r"<w:rPr><w:del/></w:rPr>", "One "),
        p("", "paragraph."),
        p(
            r"<w:pPrChange><w:pPr><w:pStyle w:val='Zitat'/></w:pPr></w:pPrChange>",
            "Another.",
        ),
    ];
    let expected = ["One paragraph.", "Another."];
    assert_eq!(
        blocks(&body.concat()),
        expected.map(|text| (BlockKind::Paragraph, text.to_owned()))
    );
    let row = |properties: &str, text: &str| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>",
            p("", text)
        )
    };
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("<w:del/>", "gone"),
        row("", "kept")
    );
    assert_eq!(
        blocks(&table),
        [(BlockKind::Table, "kept\tkept".to_owned())]
    );
}

#[test]
fn what_nobody_wrote_is_left_out() {
    let hidden = r"<w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r>";
    let by_style = r#"<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>HIDDEN</w:t></w:r>"#;
    let shown = r#"<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>"#;
    assert_eq!(line(&[hidden, by_style, shown].concat()), "shown");
    let control = |property: &str| {
        format!(
            "<w:sdt><w:sdtPr>{property}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p("", "In it.")
        )
    };
    let contents = r#"<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>"#;
    let body = control(contents) + &control("<w:showingPlcHdr/>") + &p("", "Text.");
    assert_eq!(read(&body).text.plain, "Text.");
    assert_eq!(read(&control("")).text.plain, "In it.");
    let comment = r#"<w:commentRangeStart w:id="0"/>"#.to_owned()
        + &r("a")
        + r#"<w:r><w:commentReference w:id="0"/></w:r>"#;
    assert_eq!(line(&comment), "a");
}

#[test]
fn fields_show_their_results() {
    let part = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let field = |instruction: &str, result: &str| {
        let instruction = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
        part("begin") + &instruction + &part("separate") + &r(result) + &part("end")
    };
    let page = field(" PAGE ", "12");
    let simple = r#"<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>"#;
    assert_eq!(
        line(&(r("On ") + &field("DATE", "Monday") + &page + simple)),
        "On Monday"
    );
    let address = " HYPERLINK &quot;https://example.org/?a=1&amp;amp;b=2&quot; \\o &quot;tip&quot;";
    let article = read(&format!("<w:p>{}</w:p>", field(address, "a link")));
    let kind = &article.text.blocks[0].marks[0].kind;
    assert_eq!(
        *kind,
        MarkKind::Link("https://example.org/?a=1&amp;b=2".to_owned())
    );
    // An index entry has no result; its words are in the text already.
    let entry = part("begin") + "<w:r><w:instrText>XE \"ship\"</w:instrText></w:r>" + &part("end");
    assert_eq!(line(&(r("A ship") + &entry + &r("."))), "A ship.");
    let within = field("HYPERLINK \\l \"place\"", "here");
    assert_eq!(
        read(&format!("<w:p>{within}</w:p>")).text.blocks[0].marks,
        []
    );
}

#[test]
fn links_and_emphasis_are_marks() {
    let bold = r#"<w:r><w:rPr><w:rStyle w:val="Fett"/></w:rPr><w:t>bold</w:t></w:r>"#;
    let italic = r#"<w:r><w:rPr><w:i/><w:b w:val="false"/></w:rPr><w:t>italic</w:t></w:r>"#;
    let link = format!(r#"<w:hyperlink r:id="l" w:anchor="b">{bold}{italic}</w:hyperlink>"#);
    let article = read(&format!("<w:p>{}{link}</w:p>", r("A ")));
    let marks: Vec<_> = article.text.blocks[0]
        .marks
        .iter()
        .map(|mark| (mark.kind.clone(), mark.span.of(&article.text.plain)))
        .collect();
    let expected = [
        (
            MarkKind::Link("https://example.org/a#b".to_owned()),
            "bolditalic",
        ),
        (MarkKind::Strong, "bold"),
        (MarkKind::Emphasis, "italic"),
    ];
    assert_eq!(marks, expected);
    let script = format!(
        r#"<w:p><w:hyperlink r:id="j">{}</w:hyperlink></w:p>"#,
        r("x")
    );
    assert_eq!(read(&script).text.blocks[0].marks, []);
}

#[test]
fn characters_that_have_elements_of_their_own() {
    let runs = r#"<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:noBreakHyphen/><w:t>ed</w:t>
        <w:tab/><w:t>a</w:t><w:br/><w:t>b &amp; c&#8230;</w:t><w:sym w:font="Symbol" w:char="F061"/>
        <w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Wingdings" w:char="F0B6"/></w:r>"#;
    assert_eq!(line(runs), "coop-ed a b & c…α→");
    // Two line breaks set paragraphs apart, for those who know no other way.
    let two = "<w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r>";
    assert_eq!(
        read(&format!("<w:p>{two}</w:p>")).text.plain,
        "One.\n\nTwo."
    );
    // Without being told otherwise, Word shows no white space at the ends.
    assert_eq!(line("<w:r><w:t> a </w:t><w:t>b</w:t></w:r>"), "ab");
    let greek = r#"<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>&#xF062;</w:t></w:r>"#;
    assert_eq!(line(greek), "β");
    let initial = p(r#"<w:framePr w:dropCap="drop"/>"#, "T") + &p("", "he ship.");
    assert_eq!(read(&initial).text.plain, "The ship.");
}

#[test]
fn text_boxes_stand_behind_their_paragraph_once() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", p("", "In the box."));
    let both = format!(
        "<mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    );
    let body = format!(
        "<w:p>{}<w:r><w:rPr><w:b/></w:rPr>{both}<w:t>bold</w:t></w:r></w:p>",
        r("Before, ")
    );
    let article = read(&body);
    assert_eq!(article.text.plain, "Before, bold\n\nIn the box.");
    assert_eq!(article.text.blocks[0].marks.len(), 1);
}

#[test]
fn notes_stand_at_the_end_in_the_order_of_their_marks() {
    let mark = |id: u8| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = format!("<w:p>{}{}{}{}</w:p>", r("One"), mark(2), r(" two"), mark(1));
    let note = BlockKind::ListItem {
        ordered: true,
        depth: 0,
    };
    let expected = [
        (BlockKind::Paragraph, "One two"),
        (note, "The first note."),
        (note, "The second note."),
    ];
    assert_eq!(
        blocks(&body),
        expected.map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn tables_for_the_layout_are_none() {
    let cell = |text: &str| format!("<w:tc>{text}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let data = [
        row(&[cell(&p("", "Year")), cell(&p("", "Ships"))]),
        row(&[cell(&p("", "2026")), cell(&(p("", "12") + &p("", "or so")))]),
    ];
    assert_eq!(
        blocks(&table(&data)),
        [(BlockKind::Table, "Year\tShips\n2026\t12 or so".to_owned())]
    );
    let column = [row(&[cell(&p("", "One."))]), row(&[cell(&p("", "Two."))])];
    assert_eq!(read(&table(&column)).text.plain, "One.\n\nTwo.");
    let long = p("", &"Many words. ".repeat(30)) + &p("", &"And more. ".repeat(30));
    let story = [row(&[cell(&long), cell(&p("", "Contact"))])];
    let kinds: Vec<_> = blocks(&table(&story))
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(kinds, [BlockKind::Paragraph; 3]);
}

#[test]
fn properties_are_taken_over_where_they_are_meant() {
    #[track_caller]
    fn check(properties: &str, text: &str, title: Option<&str>, byline: &[&str]) {
        let body: String = text.lines().map(|line| p("", line)).collect();
        let article = read_as("a.docx", document(&body, properties)).unwrap();
        assert_eq!(article.title.as_deref(), title, "{properties}");
        assert_eq!(article.byline, byline, "{properties}");
        // When the file was made is not when the text was published.
        assert_eq!((article.published, article.modified), (None, None));
    }
    let text = "The harbor of Vellmar opened.\nA ferry came.";
    let title = |title: &str| {
        format!("<dc:title>{title}</dc:title><dcterms:created>2020-01-01</dcterms:created>")
    };
    check(
        &title("Vellmar Harbor Opened"),
        text,
        Some("Vellmar Harbor Opened"),
        &[],
    );
    check(&title("Microsoft Word - Document1"), text, None, &[]);
    check(&title("harbor_opened_final.docx"), text, None, &[]);
    check(&title("Quarterly Report of the Board"), text, None, &[]);
    check(&title("Press"), text, None, &[]);
    let headed = "The Harbor That Nobody Ever Wanted\nA ferry came.";
    let found = Some("The Harbor That Nobody Ever Wanted");
    check(
        &title("The Harbor That Nobody Ever Wanted"),
        headed,
        found,
        &[],
    );
    check(&title("The Harbor That Nobody…"), headed, found, &[]);
    let author = |name: &str| format!("<dc:creator>{name}</dc:creator>");
    check(&author("Ada Holm"), text, None, &["Ada Holm"]);
    check(
        &author("Ada Holm; Per Lind"),
        text,
        None,
        &["Ada Holm", "Per Lind"],
    );
    for nobody in [
        "python-docx",
        "user",
        "Microsoft Office User",
        "aholm",
        "Admin Admin",
        "Vellmar Ltd",
    ] {
        check(&author(nobody), text, None, &[]);
    }
    // The text itself knows better.
    check(&author("Ada Holm"), "By Per Lind\nA ferry came.", None, &[]);
    let words = "<cp:keywords>ports; ferries, ships</cp:keywords><dc:subject>Vellmar</dc:subject>";
    let article = read_as("a.docx", document(&p("", "Text."), words)).unwrap();
    assert_eq!(article.topics, ["ports", "ferries", "ships", "Vellmar"]);
}

#[test]
fn a_document_is_known_by_its_content() {
    let bytes = document(&p("", "Text."), "");
    assert_eq!(read_as("a.txt", &bytes).unwrap().text.plain, "Text.");
    let told = read_as("a.docx", "Text.").unwrap_err().to_string();
    assert_eq!(
        told,
        "a Word document is damaged: it is no document of this kind in spite of its name; get a whole copy of it"
    );
}

#[test]
fn faults_are_told() {
    #[track_caller]
    fn check(bytes: &[u8], told: &str) {
        let error = read_as("a.docx", bytes).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    let sound = document(&p("", "Text."), "");
    // From where it is known to be a document at all.
    let name = b"word/document.xml";
    let known = sound.windows(name.len()).position(|part| part == name);
    for length in (known.unwrap() + name.len()..sound.len()).step_by(61) {
        let error = read_as("a.docx", &sound[..length]).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{length}: {error}"
        );
    }
    check(&document("", ""), "there is no text");
    check(&document("<w:p><w:r>", ""), "is damaged");
    check(&packed(&[("word/document.xml", "")]), "there is no text");
    check(
        &packed(&[("word/styles.xml", "")]),
        "word/document.xml is missing",
    );
    // No entity is ever expanded.
    let doctype = r#"<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"#;
    let bomb = format!(
        "{doctype}<w:document><w:p>{}</w:p></w:document>",
        r("x&b;&c;y")
    );
    let article = read_as("a.docx", packed(&[("word/document.xml", &bomb)])).unwrap();
    assert_eq!(article.text.plain, "xy");
    let deep = "<w:sdt>".repeat(100_000);
    check(&document(&deep, ""), "is nested deeper than 1000 levels");
    let bomb = " ".repeat(33 << 20);
    check(&document(&bomb, ""), "unpacks to more than 32 MB");
    let huge = format!(r#"<w:p w:a="{}">{}</w:p>"#, "x".repeat(4 << 20), r("Text."));
    assert_eq!(read(&huge).text.plain, "Text.");
    let attributes = r#" w:a="1""#.repeat(100_000);
    assert_eq!(
        read(&format!("<w:p{attributes}>{}</w:p>", r("Text.")))
            .text
            .plain,
        "Text."
    );
}

#[test]
fn a_password_is_told_and_an_old_document_refused() {
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.resize(1024, 0);
    let old = read_as("a.doc", &ole).unwrap_err().to_string();
    assert_eq!(
        old,
        "an old Word document cannot be read yet; save the article as text or Markdown"
    );
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let locked = read_as("a.docx", &ole).unwrap_err().to_string();
    assert_eq!(
        locked,
        "a Word document is protected by a password; save it without one"
    );
}

#[test]
fn the_sample_document_is_damaged_wherever_it_is_cut() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let bytes = fs::read(root.join("docx-tracked-changes/article.docx")).unwrap();
    for length in (1..bytes.len()).step_by(173) {
        assert!(read_as("a.docx", &bytes[..length]).is_err(), "{length}");
        // A byte that is another: an article or a reason, but no panic.
        let mut other = bytes.clone();
        other[length] ^= 0x55;
        let _ = read_as("a.docx", &other);
    }
}
