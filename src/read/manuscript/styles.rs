//! What a paragraph is, by the name of its style.
//!
//! Office programs translate the names of their styles, and other programs
//! translate them anew.

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) enum Role {
    #[default]
    Body,
    Title,
    Subtitle,
    Author,
    Date,
    /// A heading, with its level from 1.
    Heading(u8),
    Item {
        ordered: bool,
        /// How many lists it is inside of, beyond the first.
        depth: u8,
    },
    Quote,
    Code,
    /// A caption, or a line of the table of contents.
    LeftOut,
}

/// The role that a style's name tells; `None` where it tells nothing.
pub(in super::super) fn role(style: &str) -> Option<Role> {
    let name = plain(style);
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let level = name[word.len()..].parse::<u8>().ok();
    let is = |words: &[&str]| words.contains(&word);
    match level {
        // "Titre 1" is a heading, "Titre" is the title.
        Some(level @ 1..=9) if is(HEADINGS) || is(TITLES) => Some(Role::Heading(level)),
        Some(_) if is(CONTENTS) => Some(Role::LeftOut),
        None if is(TITLES) => Some(Role::Title),
        None if is(HEADINGS) => Some(Role::Heading(1)),
        _ if is(SUBTITLES) => Some(Role::Subtitle),
        _ if is(QUOTES) => Some(Role::Quote),
        _ if is(CODE) => Some(Role::Code),
        _ if is(LEFT_OUT) => Some(Role::LeftOut),
        _ if is(BULLETS) => Some(item(false, level)),
        _ if is(NUMBERS) => Some(item(true, level)),
        None if is(&["author", "autor", "auteur", "autore"]) => Some(Role::Author),
        None if is(&["date", "datum", "fecha", "data"]) => Some(Role::Date),
        _ => None,
    }
}

/// Whether a style for stretches of text, by its name, is one for code.
pub(in super::super) fn is_code(style: &str) -> bool {
    let name = plain(style);
    CODE.contains(&name.as_str()) || CODE_RUNS.contains(&name.as_str())
}

/// "List Bullet 2" is an item of the second level.
fn item(ordered: bool, level: Option<u8>) -> Role {
    let depth = level.unwrap_or(1).saturating_sub(1).min(8);
    Role::Item { ordered, depth }
}

/// A style's name without case, accents' variants of writing, and joints:
/// `Heading_20_1`, "heading 1", and "Heading1" are one.
fn plain(style: &str) -> String {
    let style = style.replace("_20_", " ").to_lowercase();
    let joint = |c: &char| !matches!(c, ' ' | '_' | '-' | '\u{a0}');
    style.chars().filter(joint).collect()
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "title", "titel", "titre", "título", "titulo", "titolo", "tytuł", "tytul", "název", "nazev",
    "cím", "titlu", "название", "заголовок", "назва", "otsikko", "rubrik", "tittel", "konubaşlığı",
    "標題", "标题", "表題", "제목", "headline", "schlagzeile", "docheadline", "articletitle",
    "documenttitle", "hauptüberschrift",
];
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "heading", "überschrift", "uberschrift", "berschrift", "ueberschrift", "titre", "título",
    "titolo", "kop", "nagłówek", "naglowek", "nagwek", "nadpis", "overskrift", "címsor", "cmsor",
    "rubrik", "otsikko", "başlık", "balk", "заголовок", "見出し", "intertitre", "zwischentitel",
    "zwischenüberschrift", "sectiontitle", "subhead", "subheading", "crosshead",
];
#[rustfmt::skip]
const SUBTITLES: &[&str] = &[
    "subtitle", "untertitel", "soustitre", "subtítulo", "subtitulo", "sottotitolo", "ondertitel",
    "podtytuł", "podnadpis", "podtitul", "undertitel", "underrubrik", "alaotsikko", "alcím",
    "подзаголовок", "altyazı", "副标题", "副標題", "副題", "부제",
];
#[rustfmt::skip]
const QUOTES: &[&str] = &[
    "quote", "quotations", "quotation", "intensequote", "blockquote", "blocktext", "blockquotation",
    "zitat", "intensiveszitat", "blockzitat", "citation", "citationintense", "cita", "citadestacada",
    "citazione", "citazioneintensa", "citat", "starktcitat", "citaat", "cytat", "citace", "citação",
    "цитата", "引用", "인용",
];
#[rustfmt::skip]
const CODE: &[&str] = &[
    "sourcecode", "code", "codeblock", "preformattedtext", "htmlpreformatted", "preformatted",
    "htmlvorformatiert", "vorformatiertertext", "préformatéhtml", "htmlpréformaté", "listing",
];
#[rustfmt::skip]
const CODE_RUNS: &[&str] = &[
    "verbatimchar", "verbatim", "htmlcode", "sourcetext", "teletype", "codechar", "inlinecode",
    "htmlkeyboard", "htmlsample", "htmltypewriter", "quelltext", "source",
];
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "caption", "imagecaption", "beschriftung", "bildunterschrift", "bildbeschriftung", "légende",
    "legende", "leyenda", "didascalia", "bijschrift", "legenda", "bildtext", "figure", "illustration",
    "abbildung", "tocheading", "contentsheading", "inhaltsverzeichnisüberschrift", "tableoffigures",
    "header", "footer", "kopfzeile", "fußzeile",
];
/// These stand with a number: "toc 1", "Verzeichnis 1".
#[rustfmt::skip]
const CONTENTS: &[&str] = &[
    "toc", "contents", "verzeichnis", "inhaltsverzeichnis", "tm", "tdc", "sommario", "spistreści",
    "obsah", "inhopg", "indholdsfortegnelse", "index", "innehåll", "оглавление",
];
#[rustfmt::skip]
const BULLETS: &[&str] = &[
    "listbullet", "aufzählungszeichen", "listepuces", "listeàpuces", "listaconviñetas",
    "puntoelenco", "lijstopsomteken", "punktlista", "listapunktowana",
];
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "listnumber", "listennummer", "listenuméros", "listeànuméros", "listaconnúmeros",
    "numeroelenco", "lijstnummering", "numreradlista", "listanumerowana",
];
