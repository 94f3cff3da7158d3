//! What fonts of pictures and Greek letters show for ordinary characters.
//!
//! Before Unicode, a symbol was a letter in a font that drew another shape.
//! Word still writes it so, in a private range of Unicode.

/// The character that a font of symbols shows at this place, from 0x20 to 0xFF;
/// `None` where it is a mere ornament.
pub(in super::super) fn symbol(font: &str, place: u32) -> Option<char> {
    let place = match place {
        0xf000..=0xf0ff => place - 0xf000,
        place => place,
    };
    let font = font.to_ascii_lowercase();
    if font.starts_with("wingdings") {
        let found = WINGDINGS.iter().find(|(at, _)| *at == place);
        return found.map(|(_, shown)| *shown);
    }
    if !font.starts_with("symbol") {
        return None;
    }
    let at = match place {
        0x20..=0x7e => place - 0x20,
        0xa0..=0xfe => place - 0xa0 + 0x5f,
        _ => return None,
    };
    let found = SYMBOL.chars().nth(usize::try_from(at).ok()?);
    found.filter(|shown| *shown != '\u{fffd}')
}

/// Whether a font draws other shapes than its characters are.
pub(in super::super) fn is_symbols(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.starts_with("wingdings") || font.starts_with("webdings")
}

/// The font Symbol, from 0x20 to 0x7E and from 0xA0 to 0xFE; what has no
/// character of its own is U+FFFD.
const SYMBOL: &str = concat!(
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "\u{fffd}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u{fffd}\u{fffd}↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    "◊〈®©™∑\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}〉∫⌠\u{fffd}⌡\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
);

/// What is written with Wingdings in running text: arrows, check marks, and
/// the face that mail programs make of ":-)".
const WINGDINGS: &[(u32, char)] = &[
    (0x4a, '☺'),
    (0x4b, '😐'),
    (0x4c, '☹'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
