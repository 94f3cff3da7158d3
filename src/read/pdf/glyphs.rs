//! What the names and codes of glyphs mean.

use unicode_normalization::UnicodeNormalization;

/// The text of a glyph of this name; `None` when the name is the font's own.
pub(super) fn text(name: &str) -> Option<String> {
    // Variants of a letter: `a.sc`, `seven.oldstyle`.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    // Ligatures: `f_f_i`.
    let parts: Option<Vec<String>> = name.split('_').map(part).collect();
    parts.map(|parts| parts.concat())
}

fn part(name: &str) -> Option<String> {
    let mut chars = name.chars();
    if let (Some(one), None) = (chars.next(), chars.next()) {
        return Some(one.to_string());
    }
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    if let Some(digits) = name.strip_prefix("uni") {
        let unit = |at: usize| u16::from_str_radix(digits.get(at..at + 4)?, 16).ok();
        let units: Vec<u16> = (0..digits.len()).step_by(4).map_while(unit).collect();
        return String::from_utf16(&units)
            .ok()
            .filter(|text| !text.is_empty());
    }
    if let Some(digits) = name.strip_prefix('u').filter(|digits| digits.len() > 3) {
        let code = u32::from_str_radix(digits, 16).ok();
        return code.and_then(char::from_u32).map(String::from);
    }
    cyrillic(name).or_else(|| accented(name)).map(String::from)
}

/// Cyrillic letters, which have numbers for names.
fn cyrillic(name: &str) -> Option<char> {
    let number: u32 = name.strip_prefix("afii")?.parse().ok()?;
    let code = match number {
        10017..=10022 => 0x410 + number - 10017,
        10023 => 0x401,
        10024..=10049 => 0x416 + number - 10024,
        10065..=10070 => 0x430 + number - 10065,
        10071 => 0x451,
        10072..=10097 => 0x436 + number - 10072,
        61352 => 0x2116,
        _ => return None,
    };
    char::from_u32(code)
}

/// A letter and its accent, as in `eacute`.
fn accented(name: &str) -> Option<char> {
    ACCENTS.iter().find_map(|(accent, mark)| {
        let letter = name.strip_suffix(accent)?;
        let mut chars = letter.chars();
        let base = match (chars.next()?, chars.next()) {
            (base, None) => base,
            _ if letter == "dotlessi" => 'i',
            _ => return None,
        };
        let mut composed = [base, *mark].into_iter().nfc();
        match (composed.next(), composed.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    })
}

const ACCENTS: &[(&str, char)] = &[
    ("hungarumlaut", '\u{30b}'),
    ("circumflex", '\u{302}'),
    ("commaaccent", '\u{327}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("macron", '\u{304}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("tilde", '\u{303}'),
    ("caron", '\u{30c}'),
    ("breve", '\u{306}'),
    ("ring", '\u{30a}'),
];

/// The names that tell nothing by themselves, those of Latin text first.
const NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("quoteleft", "‘"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "¡"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("fraction", "⁄"),
    ("yen", "¥"),
    ("florin", "ƒ"),
    ("section", "§"),
    ("currency", "¤"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guillemetleft", "«"),
    ("guillemetright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("ff", "ff"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("endash", "–"),
    ("emdash", "—"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("paragraph", "¶"),
    ("bullet", "•"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("ellipsis", "…"),
    ("perthousand", "‰"),
    ("questiondown", "¿"),
    ("acute", "´"),
    ("circumflex", "ˆ"),
    ("tilde", "˜"),
    ("macron", "¯"),
    ("breve", "˘"),
    ("dotaccent", "˙"),
    ("dieresis", "¨"),
    ("ring", "˚"),
    ("cedilla", "¸"),
    ("hungarumlaut", "˝"),
    ("ogonek", "˛"),
    ("caron", "ˇ"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("dotlessi", "ı"),
    ("dotlessj", "ȷ"),
    ("germandbls", "ß"),
    ("Germandbls", "ẞ"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("Dcroat", "Đ"),
    ("dcroat", "đ"),
    ("Euro", "€"),
    ("euro", "€"),
    ("trademark", "™"),
    ("copyright", "©"),
    ("registered", "®"),
    ("degree", "°"),
    ("plusminus", "±"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("mu", "µ"),
    ("logicalnot", "¬"),
    ("brokenbar", "¦"),
    ("softhyphen", "\u{ad}"),
    ("sfthyphen", "\u{ad}"),
    ("visiblespace", " "),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("pi", "π"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("notequal", "≠"),
    ("arrowright", "→"),
    ("arrowleft", "←"),
    ("checkmark", "✓"),
];

/// The upper half of the encoding that Adobe called standard; the lower one is
/// ASCII but for its two quotation marks.
const STANDARD: &[(u8, &str)] = &[
    (0x27, "’"),
    (0x60, "‘"),
    (0xa1, "¡"),
    (0xa2, "¢"),
    (0xa3, "£"),
    (0xa4, "⁄"),
    (0xa5, "¥"),
    (0xa6, "ƒ"),
    (0xa7, "§"),
    (0xa8, "¤"),
    (0xa9, "'"),
    (0xaa, "“"),
    (0xab, "«"),
    (0xac, "‹"),
    (0xad, "›"),
    (0xae, "fi"),
    (0xaf, "fl"),
    (0xb1, "–"),
    (0xb2, "†"),
    (0xb3, "‡"),
    (0xb4, "·"),
    (0xb6, "¶"),
    (0xb7, "•"),
    (0xb8, "‚"),
    (0xb9, "„"),
    (0xba, "”"),
    (0xbb, "»"),
    (0xbc, "…"),
    (0xbd, "‰"),
    (0xbf, "¿"),
    (0xc1, "`"),
    (0xc2, "´"),
    (0xc3, "ˆ"),
    (0xc4, "˜"),
    (0xc5, "¯"),
    (0xc6, "˘"),
    (0xc7, "˙"),
    (0xc8, "¨"),
    (0xca, "˚"),
    (0xcb, "¸"),
    (0xcd, "˝"),
    (0xce, "˛"),
    (0xcf, "ˇ"),
    (0xd0, "—"),
    (0xe1, "Æ"),
    (0xe3, "ª"),
    (0xe8, "Ł"),
    (0xe9, "Ø"),
    (0xea, "Œ"),
    (0xeb, "º"),
    (0xf1, "æ"),
    (0xf5, "ı"),
    (0xf8, "ł"),
    (0xf9, "ø"),
    (0xfa, "œ"),
    (0xfb, "ß"),
];

/// The start of the encoding that TeX's fonts for all of Europe have.
const CORK: &[(u8, &str)] = &[
    (0x0d, "‚"),
    (0x0e, "‹"),
    (0x0f, "›"),
    (0x10, "“"),
    (0x11, "”"),
    (0x12, "„"),
    (0x13, "«"),
    (0x14, "»"),
    (0x15, "–"),
    (0x16, "—"),
    (0x19, "ı"),
    (0x1b, "ff"),
    (0x1c, "fi"),
    (0x1d, "fl"),
    (0x1e, "ffi"),
    (0x1f, "ffl"),
];

/// The encodings that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    Windows,
    Mac,
    /// What TeX uses for fonts that it draws, below 128; they give their glyphs
    /// numbers for names.
    Tex,
}

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::Windows),
            b"MacRomanEncoding" => Some(Self::Mac),
            _ => None,
        }
    }

    /// The text of a code; empty where there is none.
    pub(super) fn text(self, code: u8) -> String {
        let bytes = [code];
        let charset = match self {
            Self::Standard => {
                let known = STANDARD.iter().find(|(known, _)| *known == code);
                return match known {
                    Some((_, text)) => (*text).to_owned(),
                    None if (0x20..0x7f).contains(&code) => char::from(code).to_string(),
                    None => String::new(),
                };
            }
            Self::Tex if code < 0x20 => {
                let known = CORK.iter().find(|(known, _)| *known == code);
                return known.map_or_else(String::new, |(_, text)| (*text).to_owned());
            }
            Self::Windows | Self::Tex => encoding_rs::WINDOWS_1252,
            Self::Mac => encoding_rs::MACINTOSH,
        };
        let (text, _) = charset.decode_without_bom_handling(&bytes);
        text.replace(char::is_control, "")
    }
}
