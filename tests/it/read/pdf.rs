//! PDF: what its pages say, in the order that they are read.

use super::{blocks, read_as};
use feedwright::{article::Article, text::BlockKind};
use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;
use std::{fmt::Write as _, io::Write as _};

const SENTENCE: &str = "It was cold on the pier when the boat came in.";

/// A PDF of these objects, counted from 1; the first is the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    file.extend_from_slice(b"trailer\n<</Root 1 0 R/Info 4 0 R>>\n%%EOF\n");
    file
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    let packed = encoder.finish().unwrap();
    let length = packed.len();
    let mut stream = format!("<<{dict}/Filter/FlateDecode/Length {length}>>stream\n").into_bytes();
    stream.extend_from_slice(&packed);
    stream.extend_from_slice(b"\nendstream");
    stream
}

/// A document with these contents of pages, and what is stated of it.
fn document(pages: &[&str], info: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", 5 + 2 * n))
        .collect();
    let font =
        |name| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{}]/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R/B {}>>>>>>",
            kids.join(" "),
            font("Helvetica-Bold")
        )
        .into_bytes(),
        font("Helvetica").into_bytes(),
        format!("<<{info}>>").into_bytes(),
    ];
    for (nth, page) in pages.iter().enumerate() {
        let content = 6 + 2 * nth;
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R>>").into_bytes());
        objects.push(stream("", page.as_bytes()));
    }
    file(&objects)
}

/// Shows lines from a place on downwards.
fn column(left: u32, top: u32, size: u32, lines: &[&str]) -> String {
    let mut content = format!("BT /F {size} Tf {} TL 1 0 0 1 {left} {top} Tm\n", size + 2);
    for line in lines {
        writeln!(content, "({line}) Tj T*").unwrap();
    }
    content + "ET\n"
}

fn read(pages: &[&str]) -> Article {
    read_as("a.pdf", document(pages, "")).unwrap()
}

#[track_caller]
fn refused(bytes: &[u8]) -> String {
    read_as("a.pdf", bytes).unwrap_err().to_string()
}

#[test]
fn lines_are_joined_to_paragraphs() {
    let page = column(
        50,
        700,
        10,
        &[
            "The council of the island met on Monday, and it decided that the",
            "ferry will sail through the winter. It has not for nine years, and",
            "many had left.",
            "Oskar Brandvik runs the only shop. He said that a winter with no",
            "ferry was a winter without fresh bread.",
        ],
    );
    let article = read(&[&page]);
    assert_eq!(
        blocks(&article),
        [
            "The council of the island met on Monday, and it decided that the ferry will sail \
             through the winter. It has not for nine years, and many had left.",
            "Oskar Brandvik runs the only shop. He said that a winter with no ferry was a winter \
             without fresh bread.",
        ]
    );
    assert_eq!(article.language.as_deref(), Some("en-GB"));
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The council of the island met on",
        "Monday, and it decided that the",
        "ferry will sail through the win-",
        "ter. It has not for nine years, and",
        "those who could had left the is-",
        "land for the mainland, with re-",
        "gret. Nobody asked the",
    ];
    let right = [
        "cod, said Henrik Aas, who is a",
        "fisherman. He then read from a",
        "statement of seventeen pages.",
    ];
    // Row by row, as some programs write.
    let mut page = column(50, 750, 24, &["Ferry to sail in winter"]);
    for row in 0..7u32 {
        let base = 700 - 12 * row;
        page += &column(50, base, 10, &left[row as usize..=row as usize]);
        page += &column(
            230,
            base,
            10,
            right.get(row as usize..=row as usize).unwrap_or(&[]),
        );
    }
    page += &column(50, 500, 20, &["School gets a new roof"]);
    page += &column(50, 470, 10, &[SENTENCE]);
    let article = read(&[&page]);
    assert_eq!(article.title.as_deref(), Some("Ferry to sail in winter"));
    assert_eq!(
        blocks(&article),
        [
            "The council of the island met on Monday, and it decided that the ferry will sail \
             through the winter. It has not for nine years, and those who could had left the \
             island for the mainland, with regret. Nobody asked the cod, said Henrik Aas, who is \
             a fisherman. He then read from a statement of seventeen pages.",
            "School gets a new roof",
            SENTENCE,
        ]
    );
    assert_eq!(article.text.blocks[1].kind, BlockKind::Heading(2));
}

#[test]
fn what_repeats_on_pages_is_left_out() {
    let page = |number: u32, lines: &[&str]| {
        column(50, 780, 8, &["The Skarholm Courier, November 2026"])
            + &column(50, 700, 10, lines)
            + &column(300, 20, 8, &[&format!("Page {number} of 2")])
    };
    let first = page(
        1,
        &["The boat leaves at seven and at four, and it stays in the"],
    );
    let second = page(2, &["harbor when storms come up. In 2026 there were two."]);
    assert_eq!(
        blocks(&read(&[&first, &second])),
        [
            "The boat leaves at seven and at four, and it stays in the harbor when storms come up. \
          In 2026 there were two."
        ]
    );
    let printed = column(30, 785, 8, &["3/14/26, 9:26 AM"])
        + &column(250, 785, 8, &["Ferry to sail in winter"])
        + &column(50, 700, 10, &[SENTENCE])
        + &column(30, 15, 8, &["https://courier.example/ferry"])
        + &column(560, 15, 8, &["1/1"]);
    let article = read(&[&printed]);
    assert_eq!(blocks(&article), [SENTENCE]);
    assert_eq!(
        article.url.as_deref(),
        Some("https://courier.example/ferry")
    );
    let marked = format!(
        "/Artifact <</Type/Pagination>> BDC {} EMC {}",
        column(50, 780, 8, &["Courier"]),
        column(50, 700, 10, &[SENTENCE])
    );
    assert_eq!(blocks(&read(&[&marked])), [SENTENCE]);
}

#[test]
fn hyphens_at_line_ends_are_what_they_are_elsewhere() {
    let said = |lines: &[&str]| blocks(&read(&[&column(50, 700, 10, lines)])).concat();
    // Known from elsewhere in the text, with a hyphen and without.
    let lines = [
        "A long-standing and much reliable boat it was, and a long-",
        "standing and reli-",
        "able one it stays.",
    ];
    let wanted = "A long-standing and much reliable boat it was, and a long-standing and reliable \
                  one it stays.";
    assert_eq!(said(&lines), wanted);
    // Hyphens that are shown only at line ends say so themselves.
    assert_eq!(said(&["It was reli\\255", "able."]), "It was reliable.");
    assert_eq!(
        said(&["It was much-", "discussed."]),
        "It was much-discussed."
    );
}

#[test]
fn spaces_are_told_by_distance() {
    let said = |shown: &str| {
        let page = format!("BT /F 10 Tf 1 0 0 1 50 700 Tm {shown} ET");
        blocks(&read(&[&page])).concat()
    };
    assert_eq!(
        said("[(It)-278(was)20(n't)-250(cold)] TJ"),
        "It wasn't cold"
    );
    assert_eq!(said("(It) Tj 5.0 0 Td 3 Tw ( was cold) Tj"), "It was cold");
    // A space whose width is taken back is none.
    assert_eq!(said("-2.7 Tw (ha ve) Tj"), "have");
    // A note's number, and a unit of area.
    let raised = "(cold) Tj 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts ( and 7 km) Tj /F 6 Tf 4 Ts (2) Tj";
    let raised = raised.replace("(cold) Tj 6", "(cold) Tj /F 6");
    assert_eq!(said(&raised), "cold and 7 km2");
    // Shown twice to look bold.
    assert_eq!(said("(cold) Tj 1 0 0 1 50.3 700 Tm (cold) Tj"), "cold");
}

#[test]
fn initials_belong_to_their_words() {
    let page = column(50, 664, 40, &["I"])
        + &column(
            64,
            690,
            10,
            &[
                "t was cold on the pier when the boat",
                "came in. Nobody was there",
            ],
        )
        + &column(50, 654, 10, &["to see it but the harbor master."]);
    let text = blocks(&read(&[&page])).join(" ");
    assert!(
        text.starts_with("It was cold on the pier when the boat came in."),
        "{text}"
    );
}

#[test]
fn what_the_file_states_is_taken_when_it_can_be_meant() {
    let page = column(50, 750, 20, &["Ferry to sail in winter"])
        + &column(50, 700, 10, &["By Lina Torvald", SENTENCE]);
    let stated = |info: &str| read_as("a.pdf", document(&[&page], info)).unwrap();
    for title in [
        "",
        "Microsoft Word - ferry.docx",
        "ferry_final.indd",
        "untitled",
        "Ferry to sail in winter | The Courier",
    ] {
        let article = stated(&format!("/Title({title})"));
        assert_eq!(
            article.title.as_deref(),
            Some("Ferry to sail in winter"),
            "{title}"
        );
    }
    // The name of a paper is no headline, and a heading in the text is none.
    let headline = |large: &str, size: u32, next: &str| {
        let page = column(50, 760, 30, &[large])
            + &column(50, 720, size, &[next])
            + &column(50, 680, 10, &[SENTENCE]);
        read(&[&page]).title.unwrap()
    };
    let ferry = "Ferry to sail in winter";
    assert_eq!(headline("The Skarholm Courier", 20, ferry), ferry);
    assert_eq!(
        headline("Winter ferry sails", 13, ferry),
        "Winter ferry sails"
    );
    let article = stated("/Title(Cold weather on the island)");
    assert_eq!(article.title.as_deref(), Some("Cold weather on the island"));
    let article = stated(
        "/Author<FEFF004C0069006E006100200054006F007200760061006C0064>/Keywords(ferry; winter)/CreationDate(D:20240101)",
    );
    assert_eq!(article.byline, ["Lina Torvald"]);
    assert_eq!(article.topics, ["ferry", "winter"]);
    assert_eq!(article.published, None);
    assert_eq!(stated("/Author(Microsoft Office User)").byline, [""; 0]);
}

#[test]
fn fonts_tell_their_letters_in_many_ways() {
    let said = |font: &str, more: &[Vec<u8>], shown: &str| {
        let mut objects = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/MediaBox[0 0 600 800]>>".to_vec(),
            b"<</Type/Page/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>".to_vec(),
            b"<<>>".to_vec(),
            stream(
                "",
                format!("BT /F 10 Tf 50 700 Td {shown} Tj ET").as_bytes(),
            ),
            font.as_bytes().to_vec(),
        ];
        objects.extend_from_slice(more);
        blocks(&read_as("a.pdf", file(&objects)).unwrap()).concat()
    };
    let differences = "<</Subtype/Type1/BaseFont/X/Encoding<</Differences[1/Lslash/eacute/f_f_i\
                       /uni20AC/afii10065/quotedblleft/a.sc 65/fi]>>>>";
    assert_eq!(
        said(differences, &[], "(\\1\\2\\3\\4\\5\\6\\7A)"),
        "Łéffi€а“afi"
    );
    let map = stream(
        "",
        b"1 begincodespacerange <0000><FFFF> endcodespacerange 1 beginbfchar <0003><00660069> \
          endbfchar 2 beginbfrange <0010><0019><0041> <0020><0021>[<0058><0059>] endbfrange",
    );
    let wide = "<</Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<<>>]>>";
    assert_eq!(said(wide, &[map], "<0010001100030020>"), "ABfiX");
    let utf16 = "<</Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[<<>>]>>";
    assert_eq!(said(utf16, &[], "<6E2F53F7>"), "港号");
    let built_in = "<</Subtype/Type1/BaseFont/CMR10/FontDescriptor<</FontFile 7 0 R>>>>";
    let program = stream(
        "",
        b"/Encoding 256 array\ndup 12 /fi put\ndup 65/B put\ncurrentfile eexec",
    );
    assert_eq!(said(built_in, &[program], "(\\014AC)"), "fiBC");
    let standard = "<</Subtype/Type1/BaseFont/Times-Roman>>";
    assert_eq!(said(standard, &[], "(\\252\\256t\\272)"), "“fit”");
}

#[test]
fn files_without_an_end_are_read_as_far_as_they_go() {
    let whole = document(&[&column(50, 700, 10, &[SENTENCE])], "");
    let cut = memchr::memmem::find(&whole, b"trailer").unwrap();
    assert_eq!(
        blocks(&read_as("a.pdf", &whole[..cut]).unwrap()),
        [SENTENCE]
    );
    assert_eq!(
        refused(&whole[..20]),
        "the PDF is damaged: no page of it can be found; get a whole copy of it"
    );
    // What is appended holds, and objects may be packed together.
    let mut changed = whole.clone();
    changed.extend_from_slice(b"6 0 obj\n");
    changed.extend_from_slice(&stream("", column(50, 700, 10, &["Later."]).as_bytes()));
    changed.extend_from_slice(b"\nendobj\n90 0 obj\n");
    let packed = b"5 0 4 30 <</Type/Page/Contents 6 0 R>>     <</Author(A B)>>";
    changed.extend_from_slice(&stream("/Type/ObjStm/N 2/First 9", packed));
    changed.extend_from_slice(b"\nendobj\n");
    assert_eq!(blocks(&read_as("a.pdf", &changed).unwrap()), ["Later."]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let empty = document(&["0 0 600 800 re f"], "");
    assert_eq!(
        refused(&empty),
        "the PDF holds pictures only, and no text; run OCR on it, or get the article as text"
    );
    let mut locked = document(&[&column(50, 700, 10, &[SENTENCE])], "");
    locked.extend_from_slice(
        b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O(01234567890123456789012345678901)\
          /U(01234567890123456789012345678901)>>/ID[(a)(a)]>>",
    );
    assert_eq!(
        refused(&locked),
        "the PDF is protected by a password; save it without one"
    );
}

#[test]
fn files_protected_without_a_password_are_read() {
    // RC4 with 40 bits, by the rules of the standard's algorithms 1, 2 and 4.
    let owner = [b'o'; 32];
    let padding: [u8; 32] = *b"\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\
        \x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a";
    let key = &md5(&[&padding[..], &owner, &[0xfc, 0xff, 0xff, 0xff], b"id"].concat())[..5];
    let hexadecimal = |bytes: &[u8]| {
        let mut text = String::new();
        for byte in bytes {
            write!(text, "{byte:02x}").unwrap();
        }
        text
    };
    let user = hexadecimal(&rc4(key, &padding));
    let content = column(50, 700, 10, &[SENTENCE]);
    let own = md5(&[key, &[4, 0, 0], &[0, 0]].concat());
    let content = rc4(&own[..10], content.as_bytes());
    let mut page = format!("<</Length {}>>stream\n", content.len()).into_bytes();
    page.extend_from_slice(&content);
    page.extend_from_slice(b"\nendstream");
    let mut bytes = file(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Contents 4 0 R/Resources<</Font<</F<</Subtype/Type1/BaseFont/A>>>>>>>>"
            .to_vec(),
        page,
    ]);
    let owner = hexadecimal(&owner);
    let trailer = format!(
        "trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner}>/U<{user}>>>/ID[(id)(id)]>>"
    );
    bytes.extend_from_slice(trailer.as_bytes());
    assert_eq!(blocks(&read_as("a.pdf", bytes).unwrap()), [SENTENCE]);
}

fn md5(bytes: &[u8]) -> [u8; 16] {
    use md5::Digest;
    md5::Md5::digest(bytes).into()
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<usize> = (0..256).collect();
    let mut j = 0;
    for i in 0..256 {
        j = (j + state[i] + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0, 0);
    let mut next = || {
        i = (i + 1) % 256;
        j = (j + state[i]) % 256;
        state.swap(i, j);
        u8::try_from(state[(state[i] + state[j]) % 256]).unwrap()
    };
    bytes.iter().map(|byte| byte ^ next()).collect()
}

#[test]
fn hostile_files_come_to_an_end() {
    let told = |objects: &[Vec<u8>]| match read_as("a.pdf", file(objects)) {
        Ok(article) => article.text.plain,
        Err(error) => error.to_string(),
    };
    let catalog = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    // Pages that are their own parents.
    let circle = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]>>".to_vec();
    let inner = b"<</Type/Pages/Kids[2 0 R 3 0 R]>>".to_vec();
    assert!(told(&[catalog.clone(), circle, inner]).contains("no page"));
    // Forms that show each other, many times each.
    let shown = stream(
        "/Subtype/Form/Resources<</XObject<</X 4 0 R>>>>",
        b"/X Do ".repeat(40).as_slice(),
    );
    let page = b"<</Type/Page/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>".to_vec();
    let pages = b"<</Type/Pages/Kids[3 0 R]>>".to_vec();
    let forms = told(&[catalog.clone(), pages.clone(), page.clone(), shown]);
    assert!(
        forms.contains("takes too long") || forms.contains("64 MB"),
        "{forms}"
    );
    // Content that unpacks to more than is allowed.
    let bomb = stream("", &vec![b' '; 70_000_000]);
    let bomb = told(&[catalog.clone(), pages.clone(), page.clone(), bomb]);
    assert!(bomb.contains("64 MB"), "{bomb}");
    // Objects in objects, and texts without an end.
    for piece in [
        "[",
        "<<",
        "<</A",
        "1 0 obj(",
        "1 0 obj[",
        "1 0 obj<<>>stream ",
    ] {
        let hostile = piece.repeat(20_000).into_bytes();
        let said = told(&[catalog.clone(), pages.clone(), page.clone(), hostile]);
        assert!(said.contains("; "), "{piece}: {said}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_gives_an_article_or_a_reason(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in any::<prop::sample::Index>(),
    ) {
        let page = column(50, 700, 10, &[SENTENCE, SENTENCE]);
        let mut bytes = document(&[&page, &page], "/Title(A title)");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for length in [bytes.len(), end.index(bytes.len())] {
            if let Err(reason) = read_as("a.pdf", &bytes[..length]) {
                prop_assert!(reason.to_string().contains("; "));
            }
        }
    }
}
