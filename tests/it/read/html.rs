//! Web pages: where the story is, what is not it, and how it is kept.

use super::{blocks, read_as};
use feedwright::text::{BlockKind, MarkKind, Text};

const LEDE: &str =
    "The council of Greywater met on Tuesday, and nobody could say afterwards why it had.";
const MIDDLE: &str =
    "It spoke about the bridge for three hours, and about the ferry for none at all.";
const END: &str = "The next meeting is in March, when the snow on the pass is expected to be gone.";

fn read(html: &str) -> Text {
    read_as("a.html", html).unwrap().text
}

/// What is left of a page with this between the paragraphs of its story.
#[track_caller]
fn inside(part: &str) -> Vec<String> {
    let html = format!(
        "<html><body><main><h1>A meeting</h1><p>{LEDE}</p><p>{MIDDLE}</p>{part}<p>{END}</p></main>"
    );
    let article = read_as("a.html", html).unwrap();
    let kept = blocks(&article).into_iter().map(str::to_owned);
    kept.filter(|block| ![LEDE, MIDDLE, END].contains(&block.as_str()))
        .collect()
}

#[test]
fn a_page_is_recognized_by_its_content() {
    let page = |start: &str| format!("{start}<p>{LEDE}</p>");
    for start in [
        "<!DOCTYPE html>",
        "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
        "\u{feff}\n <html lang=en>",
        "<?xml version='1.0'?>\n<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<?xml version='1.0'?><html>",
        "<!-- saved from url=(0014)about:internet -->\n<html>",
        "<!--\n Page saved with SingleFile\n--><!DOCTYPE html>",
        "<head><meta charset=utf-8></head>",
        "<html ⚡>",
    ] {
        for name in ["a.txt", "a.md", "a", "a.html"] {
            let article = read_as(name, page(start)).unwrap();
            assert_eq!(blocks(&article), [LEDE], "{start} in {name}");
        }
    }
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(page("<html>").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(blocks(&read_as("a.txt", wide).unwrap()), [LEDE]);
    // These are not pages, whatever they begin with.
    let markdown = read_as("a.md", "<div>\n\n# Word\n\n*Once* upon a time.\n\n</div>").unwrap();
    assert!(markdown.text.plain.contains("Once upon a time."));
    assert_eq!(markdown.title.as_deref(), Some("Word"));
    let text = read_as("a.txt", "<htmlish> is not a word.").unwrap();
    assert_eq!(text.text.plain, "<htmlish> is not a word.");
    assert!(read_as("a.txt", "<?xml version='1.0'?><rss><html/></rss>").is_err());
}

#[test]
fn blocks_are_kept() {
    let text = read(&format!(
        "<body><p>{LEDE}</p><h2>Two</h2><h3>Three</h3>
        <ul><li>one</li><li><p>two</p><ol><li>in two</li></ol></li></ul>
        <blockquote>Said by <b>somebody</b>.</blockquote>
        <pre><code>if x {{\n    y\n}}</code></pre><p>{MIDDLE}<br>{END}</p>
        <p>{END} Or so.<br><br>{LEDE} Or not.</p>"
    ));
    let found: Vec<(BlockKind, &str)> = text
        .blocks
        .iter()
        .map(|block| (block.kind, text.of(block)))
        .collect();
    let item = |ordered, depth| BlockKind::ListItem { ordered, depth };
    let joined = format!("{MIDDLE} {END}");
    let (so, not) = (format!("{END} Or so."), format!("{LEDE} Or not."));
    assert_eq!(
        found,
        [
            (BlockKind::Paragraph, LEDE),
            (BlockKind::Heading(2), "Two"),
            (BlockKind::Heading(3), "Three"),
            (item(false, 0), "one"),
            (item(false, 0), "two"),
            (item(true, 1), "in two"),
            (BlockKind::Quote, "Said by somebody."),
            (BlockKind::Code, "if x {\n    y\n}"),
            (BlockKind::Paragraph, &joined),
            (BlockKind::Paragraph, &so),
            (BlockKind::Paragraph, &not),
        ]
    );
}

#[test]
fn marks_are_kept() {
    let text = read(
        "<p>It was <em>cold</em>, <b>very <a href=' /why '>cold</a></b>, and <code>-4</code> \
         <a href='javascript:x()'>degrees</a> <a href='#note'>at night</a> in the old harbor town.</p>",
    );
    let marks: Vec<(&str, &MarkKind)> = text.blocks[0]
        .marks
        .iter()
        .map(|mark| (mark.span.of(&text.plain), &mark.kind))
        .collect();
    assert_eq!(
        marks,
        [
            ("cold", &MarkKind::Emphasis),
            ("very cold", &MarkKind::Strong),
            ("cold", &MarkKind::Link("/why".to_owned())),
            ("-4", &MarkKind::Code),
        ]
    );
    // A mark around paragraphs is one in each of them.
    let text = read(&format!("<b><p>{LEDE}</p><p>{MIDDLE}</p></b>"));
    for block in &text.blocks {
        assert_eq!(block.marks[0].kind, MarkKind::Strong);
        assert_eq!(block.marks[0].span, block.span);
    }
}

#[test]
fn the_first_row_of_a_table_may_name_its_columns() {
    let header = |inside: &str| {
        let text = read(&format!("<p>{LEDE}</p><table>{inside}</table><p>{END}</p>"));
        let marks = &text.blocks[1].marks;
        assert_eq!(text.blocks[1].kind, BlockKind::Table);
        assert!(marks.iter().all(|mark| mark.kind == MarkKind::Header));
        let header = marks.first()?;
        Some(header.span.of(&text.plain).to_owned())
    };
    for (head, meant) in [
        ("<tr><th>Boat<th>Seats", Some("Boat\tSeats")),
        ("<thead><tr><td><th>Seats</thead>", Some("\tSeats")),
        ("<tr><th><th><tr><th>Boat<td>Seats", None),
        ("<tr><th>Boat<td>Seats", None),
        ("<tr><td>Boat<td>Seats", None),
    ] {
        let rows = "<tr><td>Mail boat<td>12<tr><td>Ferry<td>300";
        assert_eq!(header(&format!("{head}{rows}")).as_deref(), meant, "{head}");
    }
}

#[test]
fn tables_of_data_are_tables_and_others_are_not() {
    let table = |inside: &str| {
        let text = read(&format!("<p>{LEDE}</p><table>{inside}</table><p>{END}</p>"));
        let inner = &text.blocks[1..text.blocks.len() - 1];
        let shown = inner
            .iter()
            .map(|block| (block.kind, text.of(block).to_owned()));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(
        table("<tr><th>Boat<th>Seats<tr><td>Mail <b>boat</b><td> 12\n<tr><td><br><td>"),
        [(BlockKind::Table, "Boat\tSeats\nMail boat\t12".to_owned())]
    );
    assert_eq!(
        table(&format!(
            "<tr><td>1903<td><p>{MIDDLE}</p><p>{MIDDLE} {MIDDLE} {MIDDLE} {MIDDLE} {MIDDLE}</p>"
        ))[0],
        (BlockKind::Paragraph, "1903".to_owned())
    );
    assert_eq!(
        table(&format!("<tr><td>{MIDDLE}")),
        [(BlockKind::Paragraph, MIDDLE.to_owned())]
    );
}

#[test]
fn pictures_are_found_where_they_are() {
    #[track_caller]
    fn check(picture: &str, expected: &[(&str, &str)]) {
        let text = read(&format!("<p>{LEDE}</p>{picture}<p>{END}</p>"));
        let found: Vec<(&str, &str)> = text
            .blocks
            .iter()
            .flat_map(|block| &block.marks)
            .filter_map(|mark| match &mark.kind {
                MarkKind::Picture { address, alt } => Some((address.as_str(), alt.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{picture}");
        assert_eq!(text.plain, format!("{LEDE}\n\n{END}"), "{picture}");
    }
    check("<img src=a.jpg alt='A  boat'>", &[("a.jpg", "A boat")]);
    check(
        "<figure><a href=big.jpg><img src='data:image/gif;base64,R0' data-src='https://x.example/b.jpg'></a>\
         <figcaption>The boat. Photo: Ida Voss</figcaption></figure>",
        &[("https://x.example/b.jpg", "")],
    );
    check(
        "<img srcset='s.jpg 320w, l.jpg 1200w, m.jpg 640w' src='/img/placeholder.png'>",
        &[("l.jpg", "")],
    );
    check(
        "<picture><source srcset='a.webp 2x'><img alt=B></picture>",
        &[("a.webp", "B")],
    );
    check(
        "<img class=lazy><noscript><img src=n.jpg></noscript>",
        &[("n.jpg", "")],
    );
    check(
        "<img src=a.jpg><noscript><img src=a.jpg>Please use scripts.</noscript>",
        &[("a.jpg", "")],
    );
    // These show nothing.
    check("<img src=/count.gif width=1 height=1>", &[]);
    check("<img src='data:image/png;base64,iVBO'>", &[]);
    check("<span class=avatar><img src=face.jpg></span>", &[]);
    check("<img src=arrow.svg>", &[]);
    check("<img>", &[]);
}

#[test]
fn what_is_no_story_is_left_out_of_it() {
    for part in [
        "<nav><a href=/>Home</a></nav>",
        "<script>var p = '<p>No.</p>';</script><style>p { color: red }</style>",
        "<p hidden>Nobody is to see this sentence before the next release is out.</p>",
        "<p style='color: red; Display: none'>Nobody is to see this sentence at all.</p>",
        "<div aria-hidden=true>Nobody can hear this sentence in its full length, either.</div>",
        "<span class=screen-reader-text>Opens in a new window</span>",
        "<div class='share-buttons'><a href=x>Share</a> <a href=y>Print this page for somebody</a></div>",
        "<div class=relatedPosts><h3>More</h3><p>The bridge that was never built, in nine pictures by our readers.</p></div>",
        "<aside><p>The bridge was planned in 1911, and again in 1934 and in 1978.</p></aside>",
        "<div class=newsletter><p>Get the most important stories in your inbox every morning.</p></div>",
        "<div id=comments><p>I was there, and it was more boring than it sounds here.</p></div>",
        "<div class=author-bio><p>Ida Voss writes about councils, bridges and the weather.</p></div>",
        "<div class='wp-caption-text'>The council in its hall, which is heated on weekdays only.</div>",
        "<figure><img src=a.jpg><figcaption>The council in its hall. Photo: Ida Voss</figcaption></figure>",
        "<ul class=tags><li><a href=/t>bridges</a></li><li><a href=/u>ferries</a></li></ul>",
        "<ul><li><a href=/1>The bridge that was never built</a></li><li><a href=/2>All ferries at a glance</a></li></ul>",
        "<p><a href=/3>Read more: the bridge that was never built</a></p>",
        "<div class=ad><p>Buy a bridge now, and get a second one for half of the price!</p></div>",
        "<div class=cookie-consent><p>We store cookies on your device to know you when you come again.</p></div>",
        "<form><label>Your address</label><input><button>Send it</button></form>",
        "<template><p>This is filled in by a script when the page is loaded by a reader.</p></template>",
        "<svg><text>A drawing of a bridge</text></svg><iframe>Old browsers show this.</iframe>",
    ] {
        assert_eq!(inside(part).concat().trim(), "", "{part}");
    }
}

#[test]
fn what_only_looks_like_furniture_stays() {
    for (part, kept) in [
        (
            "<p class=share-price>The bridge would cost as much as four hundred ferries.</p>",
            "The bridge would cost as much as four hundred ferries.",
        ),
        (
            "<blockquote class='twitter-tweet social'><p>I slept well.</p></blockquote>",
            "I slept well.",
        ),
        (
            "<p>See <a href=/3>the list of all bridges</a> for what was planned before.</p>",
            "See the list of all bridges for what was planned before.",
        ),
        (
            "<ul><li>a bridge, or</li><li>two <a href=/f>ferries</a></li></ul>",
            "a bridge, ortwo ferries",
        ),
        ("<h2>And the ferry?</h2>", "And the ferry?"),
        (
            "<div class=accordion><div style='display:none'><p>The answer to this question was put off to the next year.</p></div></div>",
            "The answer to this question was put off to the next year.",
        ),
    ] {
        let part = part.replace("class=share-price", "");
        assert_eq!(inside(&part).concat(), kept, "{part}");
    }
}

#[test]
fn an_article_in_an_article_is_another_unless_it_is_all_of_it() {
    let own =
        format!("<p>{LEDE}</p><p>{MIDDLE}</p><p>{END} Or so they say.</p><p>{LEDE} Or so.</p>");
    let other = "<article><h3>A bridge</h3><p>Somebody built one in a garden of spoons, and of nothing else.</p></article>";
    let article = read_as("a.html", format!("<article>{own}{other}</article>")).unwrap();
    assert!(article.text.plain.starts_with(LEDE));
    assert!(!article.text.plain.contains("spoons"));
    let post = |text: &str| {
        format!(
            "<article class=message><a href=/u>ida</a><article class=text>{text}</article></article>"
        )
    };
    let html = format!("<main>{}{}</main>", post(LEDE), post(MIDDLE));
    assert_eq!(blocks(&read_as("a.html", html).unwrap()), [LEDE, MIDDLE]);
}

#[test]
fn a_name_that_holds_the_story_means_something_else() {
    for name in [
        "has-sidebar",
        "comments-open",
        "newsletter",
        "promo ad-free",
        "related",
    ] {
        let html = format!(
            "<body class='{name}'><div class='{name}'><h1>A</h1><p>{LEDE}</p><p>{MIDDLE}</p></div>"
        );
        let article = read_as("a.html", html).unwrap();
        assert_eq!(blocks(&article), [LEDE, MIDDLE], "{name}");
    }
}

#[test]
fn names_take_away_no_whole_page() {
    let parts = [("share", LEDE), ("related", MIDDLE), ("promo", END)];
    let html: String = parts
        .iter()
        .map(|(name, text)| format!("<div class={name}><p>{text}</p></div>"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(
        blocks(&read_as("a.html", html).unwrap()),
        [LEDE, MIDDLE, END]
    );
    // But a notice is one even where nothing else is said.
    let html = format!("<div id=cookie-law><p>{LEDE}</p></div><ul><li>One</li><li>Two</li></ul>");
    assert_eq!(blocks(&read_as("a.html", html).unwrap()), ["One", "Two"]);
}

#[test]
fn a_caption_that_is_not_closed_takes_nothing_away() {
    let html = format!(
        "<article><figure><img src=a.jpg><figcaption>A boat<p>{LEDE}</p><p>{MIDDLE}</p><p>{END} {MIDDLE} {LEDE}</p>"
    );
    assert!(read_as("a.html", html).unwrap().text.plain.contains(MIDDLE));
}

#[test]
fn the_same_story_for_two_screens_is_told_once() {
    let body = format!("<p>{LEDE}</p><p>{MIDDLE}</p><p>{END}</p>");
    let html = format!("<div><div class=wide>{body}</div><div class=narrow>{body}</div></div>");
    assert_eq!(
        blocks(&read_as("a.html", html).unwrap()),
        [LEDE, MIDDLE, END]
    );
}

#[test]
fn a_page_without_sentences_keeps_its_text() {
    let article = read_as("a.html", "<html><p>Closed today<p>Open tomorrow").unwrap();
    assert_eq!(blocks(&article), ["Closed today", "Open tomorrow"]);
    let article = read_as("a.html", "<nav><a href=/>Closed today</a></nav>").unwrap();
    assert_eq!(blocks(&article), ["Closed today"]);
    for html in [
        "<html></html>",
        "<html><img src=a.jpg>",
        "<html><script>x</script>",
    ] {
        let told = read_as("a.html", html).unwrap_err().to_string();
        assert!(told.starts_with("there is no text"), "{html}: {told}");
    }
}
