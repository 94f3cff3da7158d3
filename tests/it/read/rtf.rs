//! RTF.

use super::{blocks, read_as};
use feedwright::{
    article::{Article, Origin},
    read::ReadError,
    text::{BlockKind, MarkKind},
};
use proptest::prelude::*;

const HEAD: &str = r"{\rtf1\ansi\ansicpg1252\deff0
{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset204{\*\falt Other;}Times CYR;}{\f2\fnil\fcharset2 Symbol;}
{\f3\fnil\fcharset128 MS Mincho;}{\f4\fmodern\fcharset254 Terminal;}}
{\colortbl;\red0\green0\blue0;}
{\stylesheet{\ql Normal;}{\s1\b\sbasedon0 heading 1;}{\s2\outlinelevel1 Our part;}{\s3\sbasedon2 Ours;}
{\s4 Title;}{\s5 Quote;}{\s6\ls1 Our bullets;}{\*\cs10\b Strong;}{\*\cs11 Source Text;}}
{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc23{\leveltext\'01\u8226 ?;}}{\listlevel\levelnfc0}\listid77}
{\list{\listlevel\levelnfc0}\listid78}{\list{\listlevel\levelnfc255}\listid79}}
{\*\listoverridetable{\listoverride\listid77\listoverridecount0\ls1}{\listoverride\listid78\ls2}{\listoverride\listid79\ls3}}
{\info{\title Untitled}{\author Ada Holm}{\operator user}{\keywords ports, ferries}{\creatim\yr2020\mo1\dy1}{\doccomm COMMENT}}
{\*\generator Some Writer 1.0;}{\header\pard HEADER\par}{\footerr PAGE \chpgn}
";

/// A document with this body, which ends its last paragraph with the file.
#[track_caller]
fn read(body: impl AsRef<[u8]>) -> Article {
    let bytes = [HEAD.as_bytes(), body.as_ref(), b"}"].concat();
    read_as("a.rtf", bytes).unwrap()
}

#[track_caller]
fn check(body: &str, text: &str) {
    assert_eq!(read(body).text.plain, text, "{body}");
}

fn kinds(article: &Article) -> Vec<BlockKind> {
    article.text.blocks.iter().map(|block| block.kind).collect()
}

#[test]
fn what_the_head_states_is_no_text() {
    let article = read(r"\pard Text.\par");
    assert_eq!(article.text.plain, "Text.");
    assert_eq!(article.title, None);
    assert_eq!(article.byline, ["Ada Holm"]);
    assert_eq!(article.topics, ["ports", "ferries"]);
    assert_eq!(article.published, None);
    assert_eq!(article.origin, Origin::Authored);
}

#[test]
fn bytes_become_characters_by_their_font() {
    check(r"caf\'e9 \'93so\'94 \'80", "café “so” €");
    check(r"{\f1 \'cc\'ee\'f1\'ea\'e2\'e0} \'cc", "Москва Ì");
    check(r"{\f2 a\'62\'b7} a", "αβ• a");
    // A character of two bytes, the second of which is a letter.
    check(r"{\f3 \'93\'8c\'8b\'9e \'83A\'83B}", "東京 アィ");
    check(r"{\f4 \'81\'84}", "üä");
    let raw = [b"caf".as_slice(), b"\xe9 ", br"{\f1 ", b"\xcc\xee}"].concat();
    assert_eq!(read(raw).text.plain, "café Мо");
    let page = br"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}}\f0 \'cc\'ee}";
    assert_eq!(read_as("a.rtf", page).unwrap().text.plain, "Мо");
    let mac = br"{\rtf1\mac caf\'8e}";
    assert_eq!(read_as("a.rtf", mac).unwrap().text.plain, "café");
}

#[test]
fn characters_as_numbers_hide_what_stands_for_them() {
    check(r"\u8220?so\u8221\'94 \uc0\u233 e", "“so” ée");
    check(r"{\uc2\u26481 ab\u20140 cd}e\u233 ff", "東京eéf");
    check(r"a\u-10179?\u-8704?", "a😀");
    check(r"a\uc0 \u55357\uc1 \u56832\'3f!", "a😀!");
    // Half a character is none.
    check(r"a\u55357?b\u56832?c", "abc");
    check(r"{\f2\u-3999?}", "α");
    check(r"{\upr{ansi}{\*\ud{\u322?\'f3d\u378?}}}", "łódź");
    check(
        r"a\~b\_c\-d\emdash e\lquote f\rquote\tab g\{\}\\",
        "a b-cd—e‘f’ g{}\\",
    );
}

#[test]
fn styles_and_lists_tell_what_paragraphs_are() {
    let article = read(
        r"\pard\s4 The Harbor\par\pard\s2 Part\par\pard\s3 Smaller\par\pard\outlinelevel4 Fifth\par
        \pard\plain Body.\par\pard\s5 Quoted.\par
        {\listtext\f2\'b7\tab}\pard\ls1\ilvl0 a\par\pard\ls1\ilvl1 b\par\pard\ls2 c\par\pard\ls3 none\par
        \pard\s6 by style\par\pard\s6\ls0 out of it\par
        \pard{\pntext\'b7\tab}{\*\pn\pnlvlblt\pnf2{\pntxtb\'b7}}old\par {\pntext\'b7\tab}older\par
        \pard{\*\pn\pnlvlbody\pndec}numbered\par\pard 2.\tab typed\par",
    );
    assert_eq!(article.title.as_deref(), Some("The Harbor"));
    let list = |ordered, depth| BlockKind::ListItem { ordered, depth };
    let expected = [
        BlockKind::Heading(2),
        BlockKind::Heading(2),
        BlockKind::Heading(5),
        BlockKind::Paragraph,
        BlockKind::Quote,
        list(false, 0),
        list(true, 1),
        list(true, 0),
        BlockKind::Paragraph,
        list(false, 0),
        BlockKind::Paragraph,
        list(false, 0),
        list(false, 0),
        list(true, 0),
        list(true, 0),
    ];
    assert_eq!(kinds(&article), expected);
    assert_eq!(blocks(&article)[14], "typed");
    // The last paragraph need not end.
    let article = read(r"\pard Text.\par\pard\s1 Last");
    assert_eq!(kinds(&article)[1], BlockKind::Heading(1));
}

#[test]
fn looks_end_with_their_group() {
    let article = read(
        r#"A {\b bold} {\i it\i0 al} {\cs10 strong} {\cs11 code}, {\b x\plain y} {\field{\*\fldinst{HYPERLINK "https://example.org/a" \\o "tip"}}{\fldrslt{\ul a link}}}."#,
    );
    let marks: Vec<_> = article.text.blocks[0]
        .marks
        .iter()
        .map(|mark| (mark.kind.clone(), mark.span.of(&article.text.plain)))
        .collect();
    let expected = [
        (MarkKind::Strong, "bold"),
        (MarkKind::Emphasis, "it"),
        (MarkKind::Strong, "strong"),
        (MarkKind::Code, "code"),
        (MarkKind::Strong, "x"),
        (MarkKind::Link("https://example.org/a".to_owned()), "a link"),
    ];
    assert_eq!(marks, expected);
    assert_eq!(article.text.plain, "A bold ital strong code, xy a link.");
}

#[test]
fn what_nobody_wrote_is_left_out() {
    check(r"a{\v HIDDEN}b{\deleted GONE}{\revised new}", "abnew");
    check(r"a{\deleted\par}b\par", "ab");
    check(
        r"{\*\unknown TEXT {\b MORE}}a{\*\bkmkstart place}b{\xe\v entry}",
        "ab",
    );
    check(
        r"a{\annotation{\pard COMMENT}}{\*\annotation COMMENT}b",
        "ab",
    );
    check(
        r"{\field{\*\fldinst PAGE}{\fldrslt 12}}a{\field{\*\fldinst DATE}{\fldrslt Monday}}",
        "aMonday",
    );
    check(
        r"a{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 0100}}b",
        "ab",
    );
    // Bytes as they are may be anything, also braces.
    check("a{\\pict\\bin6 }}}{{{}b\\bin3 }{\\c", "abc");
    check(
        r"{\object{\*\objdata 0105}{\result a picture}}",
        "a picture",
    );
    check(r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}}}c", "c");
}

#[test]
fn boxes_and_notes_do_not_break_the_text() {
    let note = r"{\super\chftn{\footnote\pard\plain\chftn  A note.\par}}";
    let shape = r"{\shp{\*\shpinst\shpleft0{\sp{\sn n}{\sv 1}}{\shptxt\pard In the box.\par}}{\shprslt AGAIN}}";
    check(
        &format!(r"One{note} two{shape} three.\par End.\par"),
        "One two three.\n\nIn the box.\n\nEnd.\n\nA note.",
    );
}

#[test]
fn tables_are_rows_of_cells() {
    let article = read(
        r"Before.\par\trowd\cellx1\cellx2\pard\intbl Year\cell Ships\cell\row
        \trowd\cellx1\cellx2\pard\intbl 2026\cell 12\par or so\cell\row\pard After.\par",
    );
    assert_eq!(
        blocks(&article),
        ["Before.", "Year\tShips\n2026\t12 or so", "After."]
    );
    assert_eq!(kinds(&article)[1], BlockKind::Table);
    let nested = read(
        r"\pard\intbl a\par\pard\intbl\itap2 in\nestcell ner\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}
        \pard\intbl\cell b\cell\row",
    );
    assert_eq!(blocks(&nested), ["a in ner\tb"]);
}

#[test]
fn line_ends_of_the_file_are_none_of_the_text() {
    check("One\r\n two\\line three\\\nFour", "One two three\n\nFour");
}

#[test]
fn a_document_is_known_by_its_content() {
    let bytes = [HEAD.as_bytes(), b"Text.}\0\0\n"].concat();
    for name in ["a.txt", "a.doc", "a"] {
        assert_eq!(read_as(name, &bytes).unwrap().text.plain, "Text.");
    }
    assert_eq!(
        read_as("a.txt", "\u{feff}\n{\\rtf1 Text.}")
            .unwrap()
            .text
            .plain,
        "Text."
    );
    let told = read_as("a.rtf", "Text.").unwrap_err().to_string();
    assert!(told.contains("in spite of its name"), "{told}");
}

#[test]
fn faults_are_told() {
    let whole = [HEAD.as_bytes(), br"\pard Some {\b text}.\par}"].concat();
    for length in 6..whole.len() {
        let error = read_as("a.rtf", &whole[..length]).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{length}: {error}"
        );
    }
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    let told = read_as("a.rtf", deep).unwrap_err().to_string();
    assert!(told.contains("is nested deeper than 1000 levels"), "{told}");
    let empty = read_as("a.rtf", HEAD.to_owned() + "}").unwrap_err();
    assert_eq!(empty, ReadError::NoText);
    // Fonts by the ten thousand, and as many changes between them.
    let mut fonts = String::new();
    for at in 0..20_000 {
        let font = format!(r"{{\f{at}\fcharset0 A;}}");
        fonts += &font;
    }
    let changes = r"\f7 \'e9\b ".repeat(20_000);
    let many = format!(r"{{\rtf1\ansicpg1251{{\fonttbl{fonts}}}{changes}}}");
    assert!(read_as("a.rtf", many).is_ok());
    // Numbers that are too long, words that are, styles based on each other.
    check(r"a\u99999999999999?b\b99999999999\fs-1\uc-5\f-3 c", "abc");
    check(&format!("a\\{} b", "x".repeat(50)), "axxxxxxxxxx b");
    let circle = r"{\rtf1{\stylesheet{\s1\sbasedon2 A;}{\s2\sbasedon1 B;}}\s1 Text.}";
    assert_eq!(read_as("a.rtf", circle).unwrap().text.plain, "Text.");
}

/// Pieces that mean something to the reader.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "{",
            "}",
            "\\par ",
            "\\'e9",
            "\\'",
            "\\u233 ?",
            "\\u55357 ",
            "\\bin3 ",
            "\\*",
            "\\pard",
            "\\cell ",
            "\\row ",
            "\\intbl ",
            "{\\field",
            "{\\*\\fldinst ",
            "{\\fldrslt ",
            "HYPERLINK ",
            "{\\fonttbl{\\f1\\fcharset128 A;}}",
            "\\f1 ",
            "{\\stylesheet{\\s1 Title;}}",
            "\\s1 ",
            "{\\footnote ",
            "{\\shptxt ",
            "{\\info{\\title ",
            "\\uc0 ",
            "\\uc9 ",
            "\\deleted ",
            "\\v ",
            "{\\upr",
            "{\\*\\ud ",
            "{\\*\\pn\\pnlvlblt}",
            "\\tab ",
            "\\ ",
            "\n",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Zäö .]{0,12}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_groups_give_an_article_or_a_reason(text in pieces(), closed in 0_usize..20) {
        let document = format!("{{\\rtf1 {text}{}", "}".repeat(closed));
        match read_as("a.rtf", document) {
            Ok(article) => super::any::assert_sound(&article),
            Err(reason) => prop_assert!(reason.to_string().contains("; ")),
        }
    }
}
