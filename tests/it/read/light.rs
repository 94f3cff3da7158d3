//! Org, `AsciiDoc`, reStructuredText and `LaTeX` in blocks and marks.

use super::{markdown::outline_of, read_as};

#[track_caller]
fn check(name: &str, source: &str, expected: &[&str]) {
    let article = read_as(name, source).unwrap();
    assert_eq!(outline_of(&article), expected.join("\n"), "{source}");
}

#[test]
fn org_becomes_blocks_and_marks() {
    check(
        "a.org",
        "#+TITLE: The bridge\n#+begin_src sh\n  ls\n    cd\n#+end_src\n\
         * TODO [#A] Part *one* :work:\nSCHEDULED: <2031-02-03 Mon>\n:PROPERTIES:\n:ID: 1\n:END:\n\
         Text /with/ *both* and ~code~,\n=verb= +gone+ [[https://example.org/a][a link]],\n\
         [[file:own.org][own]] https://example.org/b. 3 * 4 * 5 a/b/c\n# a comment\n\n\
         #+BEGIN_QUOTE\nSet apart,\ntwice.\n#+END_QUOTE\n\
         - one\n  goes on\n- [X] two\n  1. deep\n- three\n\n  More of it.\n\n\
         | Town | Votes |\n|------+-------|\n| Holm | 12 |\n\n[[file:pics/a.jpg]]\n\n\
         ** Hidden :noexport:\nNot shown.\n*** Nor this\n* COMMENT Nor this\nx\n* Last[fn:1]\n\n[fn:1] A note.\n\n: fixed\n",
        &[
            "code ls⏎  cd",
            "h1 Part one [strong: one]",
            "p Text with both and code, verb gone a link, own https://example.org/b. 3 * 4 * 5 a/b/c \
             [em: with] [strong: both] [code: code] [code: verb] [a https://example.org/a: a link] \
             [a https://example.org/b: https://example.org/b]",
            "q Set apart, twice.",
            "ul0 one goes on",
            "ul0 two",
            "ol1 deep",
            "ul0 three",
            "p More of it.",
            "table Town\tVotes⏎Holm\t12",
            "picture pics/a.jpg ",
            "h1 Last",
            "code fixed",
        ],
    );
    let stated = "#+title: The /bridge/\n#+AUTHOR: Ann Lee and Bo Roe\n#+DATE: <2031-02-03 Mon>\n\
                  #+LANGUAGE: de\n#+FILETAGS: :harbor:ferry:\n\nText.\n";
    let article = read_as("a.org", stated).unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge"));
    assert_eq!(article.byline, ["Ann Lee", "Bo Roe"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2031-02-03T00:00:00Z"
    );
    assert_eq!(article.language.as_deref(), Some("de"));
    assert_eq!(article.topics, ["harbor", "ferry"]);
}

#[test]
fn asciidoc_becomes_blocks_and_marks() {
    check(
        "a.adoc",
        "= The bridge\nAnn Lee <ann@example.org>\nv1.2, 2031-02-03: First\n:town: Holm\n:imagesdir: pics\n\n\
         == Part _one_\n\nText *with* `code` in {town},\n// a comment\nun**think**able \"`quoted`\" https://example.org/a[a *link*^]\n\
         and <<part,this part>>.footnote:[Not shown.] 2 * 3 * 4\n\n\
         NOTE: Mind this.\n\n* one\n** deep\n* two\n\n. first\n+\nMore of it.\n\n\
         [quote,Ann Lee]\n____\nSet apart,\ntwice.\n\nAnd more.\n____\n\n\
         [source,rust]\n----\nfn main() {\n    x();\n}\n----\n\n\
         .A title\n[cols=2]\n|===\n|Town |Votes\n\n|Holm\n|12\n|===\n\n\
         image::a.jpg[A bridge,300]\n\n////\nNot shown.\n////\n\n====\nAn example.\n====\n\n\
         include::other.adoc[]\n\n  set in\n",
        &[
            "h2 Part one [em: one]",
            "p Text with code in Holm, unthinkable “quoted” a link and this part. 2 * 3 * 4 \
             [strong: with] [code: code] [strong: think] [a https://example.org/a: a link] [strong: link]",
            "p Mind this.",
            "ul0 one",
            "ul1 deep",
            "ul0 two",
            "ol0 first",
            "p More of it.",
            "q Set apart, twice.",
            "q And more.",
            "q — Ann Lee",
            "code fn main() {⏎    x();⏎}",
            "table Town\tVotes⏎Holm\t12",
            "picture pics/a.jpg A bridge",
            "p An example.",
            "code set in",
        ],
    );
    let article = read_as(
        "a.adoc",
        "= The *bridge*\nAnn Lee <ann@example.org>; Bo Roe\n2031-02-03\n:keywords: harbor, ferry\n:lang: de\n\nText.\n",
    )
    .unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge"));
    assert_eq!(article.byline, ["Ann Lee", "Bo Roe"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2031-02-03T00:00:00Z"
    );
    assert_eq!(article.topics, ["harbor", "ferry"]);
    assert_eq!(article.language.as_deref(), Some("de"));
}

#[test]
fn restructured_text_becomes_blocks_and_marks() {
    check(
        "a.rst",
        "==========\nThe bridge\n==========\n:Author: Ann Lee\n:Date: 2031-02-03\n\n\
         Part *one*\n==========\n\nText *with* **both**, ``code *x*``,\na `link <https://example.org/a>`_ and a named_ one,\n\
         :ref:`the part <part>`, |town| [1]_ 2 * 3 * 4 snake_case.\n\n.. _named: https://example.org/b\n.. |town| replace:: Holm\n\
         .. a comment\n   goes on\n\n- one\n  goes on\n- two\n\n  - deep\n\n#. first\n\n   More of it.\n\n\
         As follows::\n\n    fn main() {\n        x();\n    }\n\n..\n\n  Set apart,\n  twice.\n\n\
         .. note:: Mind this.\n\n   And this.\n\n.. code-block:: rust\n   :linenos:\n\n   let x;\n\n\
         .. figure:: a.jpg\n   :alt: A bridge\n\n   Its caption.\n\n\
         .. raw:: html\n\n   <b>no</b>\n\n\
         +------+-------+\n| Town | Votes |\n+======+=======+\n| Holm | 12    |\n+------+-------+\n\n\
         ====  =====\nTown  Votes\n====  =====\nHolm  12\n====  =====\n\n\
         | A line\n| another\n\nDeep\n----\n\n.. [1] A note.\n",
        &[
            "h2 Part one [em: one]",
            "p Text with both, code *x*, a link and a named one, the part, Holm 2 * 3 * 4 snake_case. \
             [em: with] [strong: both] [code: code *x*] [a https://example.org/a: link]",
            "ul0 one goes on",
            "ul0 two",
            "ul1 deep",
            "ol0 first",
            "p More of it.",
            "p As follows:",
            "code fn main() {⏎    x();⏎}",
            "q Set apart, twice.",
            "p Mind this.",
            "p And this.",
            "code let x;",
            "picture a.jpg A bridge",
            "table Town\tVotes⏎Holm\t12",
            "table Town\tVotes⏎Holm\t12",
            "p A line",
            "p another",
            "h3 Deep",
        ],
    );
    let article = read_as(
        "a.rst",
        "The *bridge*\n============\n\n:Author: Ann Lee\n:Date: 2031-02-03\n:Keywords: harbor, ferry\n\nText.\n",
    )
    .unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge"));
    assert_eq!(article.byline, ["Ann Lee"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2031-02-03T00:00:00Z"
    );
    assert_eq!(article.topics, ["harbor", "ferry"]);
}

#[test]
fn latex_becomes_blocks_and_marks() {
    check(
        "a.tex",
        "\\documentclass[12pt]{article}\n\\usepackage{x} % setup\n\\title{The \\emph{bridge}}\n\\author{Ann Lee\\thanks{x} \\and Bo Roe}\n\
         \\date{2031-02-03}\n\\begin{document}\n\\maketitle\n\\section*{Part \\textbf{one}}\\label{one}\n\
         Text \\emph{with} \\textbf{both}, ``quotes''---and % a comment\nmore:\n\
         caf\\'e, na\\\"{\\i}ve, Stra\\ss e, 5\\,\\%, $x^2$, Fig.~\\ref{f}\\footnote{Not shown.}\n\n\
         Second, see \\href{https://example.org/a\\_b}{a link} and \\url{https://example.org/c}.\n\
         \\begin{quote}\nSet apart.\n\\end{quote}\n\
         \\begin{itemize}\n\\item one\n\\item two\n\\begin{enumerate}\n\\item deep\n\\end{enumerate}\n\\end{itemize}\n\
         \\begin{verbatim}\n  \\x{y}\n\\end{verbatim}\n\\begin{figure}\\caption{No}\\end{figure}\n\
         \\begin{equation}a=b\\end{equation}\n{\\large Big} \\verb|a_b| \\unknown{kept}.\n\\end{document}\nNot shown.\n",
        &[
            "h2 Part one",
            "p Text with both, “quotes”—and more: café, naïve, Straße, 5 %, x2, Fig. [em: with] [strong: both]",
            "p Second, see a link and https://example.org/c. [a https://example.org/a_b: a link] \
             [a https://example.org/c: https://example.org/c]",
            "q Set apart.",
            "ul0 one",
            "ul0 two",
            "ol1 deep",
            "code   \\x{y}",
            "p Big a_b kept. [code: a_b]",
        ],
    );
    let article = read_as(
        "a.txt",
        "\\documentclass{article}\n\\title{The \\emph{bridge}}\n\\author{Ann Lee \\and Bo Roe}\n\\date{5 December 2024}\n\
         \\begin{document}\nText.\n\\end{document}\n",
    )
    .unwrap();
    assert_eq!(article.title.as_deref(), Some("The bridge"));
    assert_eq!(article.byline, ["Ann Lee", "Bo Roe"]);
    assert_eq!(
        article.published.unwrap().to_string(),
        "2024-12-05T00:00:00Z"
    );
}

/// A file of opening marks is read about as fast as a file of words; where it is
/// not, this test does not end.
#[test]
fn marks_that_nothing_closes_take_no_longer() {
    for (name, mark) in [
        ("a.org", "[["),
        ("a.org", " *a"),
        ("a.adoc", "image:a["),
        ("a.adoc", "{"),
        ("a.rst", "`a <"),
        ("a.rst", ":a:`"),
        ("a.tex", "\\title{"),
        ("a.tex", "{\\textbf{"),
        ("a.tex", "\\section{"),
        ("a.tex", "$"),
        ("a.tex", "\\begin{quote}"),
    ] {
        let _ = read_as(name, format!("Text.\n\n{}", mark.repeat(200_000)));
    }
}
