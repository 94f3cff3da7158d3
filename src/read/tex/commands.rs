//! What commands and environments do with what they hold.

use crate::text::MarkKind;

pub(super) enum Command {
    Heading(u8),
    Marked(MarkKind),
    Link,
    Picture,
    /// It shows nothing of its so many arguments.
    Quiet(usize),
    Unknown,
}

pub(super) fn command(name: &str) -> Command {
    match name {
        "part" | "chapter" => Command::Heading(1),
        "section" => Command::Heading(2),
        "subsection" => Command::Heading(3),
        "subsubsection" | "paragraph" | "subparagraph" => Command::Heading(4),
        "emph" | "textit" | "textsl" => Command::Marked(MarkKind::Emphasis),
        "textbf" | "textsc" | "alert" => Command::Marked(MarkKind::Strong),
        "texttt" | "lstinline" => Command::Marked(MarkKind::Code),
        "href" | "url" => Command::Link,
        "includegraphics" => Command::Picture,
        _ => QUIET
            .iter()
            .find(|(quiet, _)| *quiet == name)
            .map_or(Command::Unknown, |(_, arguments)| {
                Command::Quiet(*arguments)
            }),
    }
}

/// Commands that show nothing, and how many arguments they have.
#[rustfmt::skip]
const QUIET: &[(&str, usize)] = &[
    ("label", 1), ("ref", 1), ("eqref", 1), ("pageref", 1), ("autoref", 1), ("cref", 1),
    ("cite", 1), ("citep", 1), ("citet", 1), ("parencite", 1), ("textcite", 1), ("autocite", 1),
    ("nocite", 1), ("footcite", 1), ("footnote", 1), ("footnotetext", 1), ("thanks", 1),
    ("marginpar", 1), ("index", 1), ("glossary", 1), ("bibliography", 1),
    ("bibliographystyle", 1), ("addbibresource", 1), ("input", 1), ("include", 1),
    ("usepackage", 1), ("documentclass", 1), ("RequirePackage", 1), ("pagestyle", 1),
    ("thispagestyle", 1), ("pagenumbering", 1), ("setcounter", 2), ("addtocounter", 2),
    ("setlength", 2), ("addtolength", 2), ("vspace", 1), ("hspace", 1), ("newcommand", 2),
    ("renewcommand", 2), ("providecommand", 2), ("newenvironment", 3), ("DeclareMathOperator", 2),
    ("newtheorem", 2), ("theoremstyle", 1), ("hypersetup", 1), ("graphicspath", 1),
    ("color", 1), ("definecolor", 3), ("caption", 1), ("hyphenation", 1), ("selectlanguage", 1),
    ("affil", 1), ("affiliation", 1), ("institute", 1), ("email", 1), ("address", 1),
    ("keywords", 1), ("fontsize", 2), ("rule", 2), ("phantom", 1), ("vphantom", 1),
    ("markboth", 2), ("markright", 1), ("titleformat", 5), ("todo", 1),
];

/// Whether an environment holds no prose.
pub(super) fn is_left_out(name: &str) -> bool {
    #[rustfmt::skip]
    const LEFT_OUT: &[&str] = &[
        "figure", "wrapfigure", "subfigure", "table", "wraptable", "tabular", "tabularx",
        "longtable", "tabbing", "array", "equation", "align", "alignat", "gather", "multline",
        "eqnarray", "math", "displaymath", "flalign", "split", "tikzpicture", "pgfpicture",
        "picture", "thebibliography", "filecontents", "comment", "titlepage", "algorithm",
        "algorithmic", "CCSXML", "keyword", "keywords", "IEEEkeywords",
    ];
    LEFT_OUT.contains(&name)
}
