//! Markdown in blocks and marks.

use super::read_as;
use feedwright::{
    article::Article,
    text::{BlockKind, MarkKind},
};

/// One line a block: its kind, its text, its marks.
fn outline(source: &str) -> String {
    outline_of(&read_as("a.md", source).unwrap())
}

/// One line a block: its kind, its text, its marks.
pub(super) fn outline_of(article: &Article) -> String {
    let text = &article.text;
    let mut lines = Vec::new();
    for block in &text.blocks {
        let kind = match block.kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::ListItem { ordered, depth } => {
                format!("{}{depth}", if ordered { "ol" } else { "ul" })
            }
            BlockKind::Quote => "q".to_owned(),
            BlockKind::Code => "code".to_owned(),
            BlockKind::Table => "table".to_owned(),
            BlockKind::Picture => "picture".to_owned(),
            _ => "?".to_owned(),
        };
        let mut line = format!("{kind} {}", text.of(block).replace('\n', "⏎"));
        for mark in &block.marks {
            if let MarkKind::Picture { address, alt } = &mark.kind {
                line.push_str(&[address, " ", alt].concat());
                continue;
            }
            let kind = match &mark.kind {
                MarkKind::Emphasis => "em".to_owned(),
                MarkKind::Strong => "strong".to_owned(),
                MarkKind::Code => "code".to_owned(),
                MarkKind::Header => "header".to_owned(),
                MarkKind::Link(address) => format!("a {address}"),
                _ => "?".to_owned(),
            };
            line.push_str(&[" [", &kind, ": ", mark.span.of(&text.plain), "]"].concat());
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[track_caller]
pub(super) fn check_markdown(source: &str, expected: &[&str]) {
    assert_eq!(outline(source), expected.join("\n"), "{source:?}");
}

#[test]
fn markdown_becomes_blocks_and_marks() {
    check_markdown(
        "Text *with **both*** and `code`, a\n[link *in*](https://example.org/?a=1) .\n\n\
         ## Part two {#two}\n\n> Set apart,\n> twice.\n\n- one\n- two\n  1. deep\n\n  more\n\n\
         ```rust\n\nfn main() {\n    x();\n}\n```\n",
        &[
            "p Text with both and code, a link in . [em: with both] [strong: both] [code: code] \
             [a https://example.org/?a=1: link in] [em: in]",
            "h2 Part two",
            "q Set apart, twice.",
            "ul0 one",
            "ul0 two",
            "ol1 deep",
            "p more",
            "code fn main() {⏎    x();⏎}",
        ],
    );
}

#[test]
fn markdown_leaves_no_marks_in_the_text() {
    check_markdown(
        "A note[^1] here.\n\n[^1]: The *note*.",
        &["p A note here.", "p The note. [em: note]"],
    );
    check_markdown("- [x] done\n- [ ] open", &["ul0 done", "ul0 open"]);
    check_markdown("~~gone~~ <b>bold</b> a<br>b", &["p gone bold a b"]);
    check_markdown(
        "A ==bright== word, 1 == 1. ^first",
        &["p A bright word, 1 == 1."],
    );
    check_markdown(
        "Seen. %% to do: call Ann\n\nand Bo %% Told.\n\n```\n%% kept %%\n```\n\n50 %% more",
        &["p Seen. Told.", "code %% kept %%", "p 50 %% more"],
    );
    check_markdown(
        "> [!tip]- Read this ==first==\n> And this.\n\n> [!quote]\n> Words.",
        &["q Read this first", "q And this.", "q Words."],
    );
    check_markdown("{{ youtube(id=\"x\") }}\n\nAfter.", &["p After."]);
    check_markdown(
        "Before ![a *b*](c.jpg \"d\") after.\n\n![[own.png]]\n\n- ![](e.png) item",
        &[
            "p Before after.",
            "picture c.jpg a b",
            "ul0 item",
            "picture e.png ",
        ],
    );
    check_markdown("[[Some page|words]] and [[Page]].", &["p words and Page."]);
    check_markdown("> [!NOTE]\n> Mind this.", &["q Mind this."]);
    check_markdown(
        "Before.\n\n{{< figure src=\"a.jpg\" >}}\n\nAfter.",
        &["p Before.", "p After."],
    );
    check_markdown(
        "| Town | Votes |\n|---|--:|\n| Holm | 12 |\n| *Lind* | 7 |\n\nAfter.",
        &[
            "table Town\tVotes⏎Holm\t12⏎Lind\t7 [header: Town\tVotes]",
            "p After.",
        ],
    );
}

#[test]
fn raw_html_gives_its_text_only() {
    check_markdown(
        "<p align=\"center\">Quiet &amp; cold, &ldquo;she&rdquo; said.</p>\n\nAfter.",
        &["p Quiet & cold, “she” said.", "p After."],
    );
    check_markdown(
        "<script>\nalert('x');\n\nmore()\n</script>\n\nOne <script>alert(1)</script>two.\n\n\
         <!-- hidden -->\n\n<figure><img src=a.jpg><figcaption>A cat</figcaption></figure>\n\n\
         <iframe src=\"https://example.org\"></iframe>",
        &["p One two."],
    );
}

#[test]
fn pictures_are_not_text() {
    let source =
        "![A cat](cat.jpg)\n\nText ![inline](b.png) here, [![badge](c.svg)](https://d.example).";
    let article = read_as("a.md", source).unwrap();
    assert_eq!(article.image.as_deref(), Some("cat.jpg"));
    assert_eq!(
        outline(source),
        "picture cat.jpg A cat\np Text here, .\npicture b.png inline\npicture c.svg badge"
    );
    let article = read_as("a.md", format!("---\nimage: own.jpg\n---\n{source}")).unwrap();
    assert_eq!(article.image.as_deref(), Some("own.jpg"));
}

#[test]
fn the_first_heading_is_the_headline() {
    let title = |source: &str| {
        let article = read_as("a.md", source).unwrap();
        (article.title.clone(), article.text.plain)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        title("# The *bridge*\n\nCold."),
        (some("The bridge"), "Cold.".into())
    );
    assert_eq!(
        title("The bridge\n===\nCold."),
        (some("The bridge"), "Cold.".into())
    );
    assert_eq!(title("Cold.\n\n# Bridge"), (None, "Cold.\n\nBridge".into()));
    assert_eq!(
        title("---\ntitle: A\n---\n# A\n\nCold."),
        (some("A"), "Cold.".into())
    );
    assert_eq!(
        title("---\ntitle: A\n---\n# B\n\nCold."),
        (some("A"), "B\n\nCold.".into())
    );
}
