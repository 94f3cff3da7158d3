//! Fonts: what the codes of a shown string say, and how wide they are (ISO
//! 32000, sections 9.5 to 9.10).

use super::{
    cmap::{self, CMap},
    file::File,
    glyphs::{self, Encoding},
    metrics::Metrics,
    object::{Dict, Object},
};
use std::collections::BTreeMap;

pub(super) struct Font {
    /// Whether its name says that it is bold.
    pub(super) bold: bool,
    codes: Codes,
    /// From the codes to text.
    map: Option<CMap>,
    /// Widths by code, or by the number that Unicode-coded fonts give them; in
    /// parts of the size.
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

enum Codes {
    /// One byte each, and the text of each, and how wide it is where the font
    /// does not say.
    Single(Vec<(String, f64)>),
    /// Two bytes each, known by the table to text only.
    Double,
    /// Text in UTF-16.
    Utf16,
    /// Text in a charset of East Asia.
    Charset(&'static encoding_rs::Encoding),
}

/// One shown code.
pub(super) struct Glyph {
    /// Its text; empty when nothing tells it.
    pub(super) text: String,
    /// Its width, in parts of the size.
    pub(super) width: f64,
    /// Whether it is the single byte that word spacing is added to.
    pub(super) space: bool,
}

impl Font {
    pub(super) fn load(file: &File, dict: &Dict) -> Self {
        let name = |dict: &Dict, key: &str| match file.value(dict, key) {
            Some(Object::Name(name)) => String::from_utf8_lossy(&name).into_owned(),
            _ => String::new(),
        };
        let base = name(dict, "BaseFont");
        let lower = base.to_lowercase();
        let map = match dict.get("ToUnicode") {
            Some(Object::Ref(number)) => file.stream(*number),
            _ => None,
        };
        let map = map.map(|(_, bytes)| CMap::parse(&bytes, file.work()));
        let mut font = Self {
            bold: lower.contains("bold") || lower.contains("black") || lower.contains("heavy"),
            codes: Codes::Double,
            map,
            widths: BTreeMap::new(),
            default_width: 1.0,
        };
        if dict.is("Subtype", "Type0") {
            font.codes = match &*name(dict, "Encoding") {
                encoding if encoding.contains("UTF16") || encoding.contains("UCS2") => Codes::Utf16,
                encoding if encoding.starts_with("GBK") => Codes::Charset(encoding_rs::GBK),
                encoding if encoding.contains("RKSJ") => Codes::Charset(encoding_rs::SHIFT_JIS),
                encoding if encoding.contains("B5") => Codes::Charset(encoding_rs::BIG5),
                encoding if encoding.starts_with("KSC") => Codes::Charset(encoding_rs::EUC_KR),
                _ => Codes::Double,
            };
            let descendants = file.value(dict, "DescendantFonts");
            let descendant = descendants.as_ref().and_then(Object::array);
            let descendant = descendant.and_then(|fonts| fonts.first());
            if let Some(Object::Dict(descendant)) = descendant.map(|font| file.resolve(font)) {
                font.wide(file, &descendant);
            }
        } else {
            font.codes = Codes::Single(single(file, dict, &base));
            font.narrow(file, dict);
        }
        font
    }

    /// Takes the widths of a font with codes of one byte.
    fn narrow(&mut self, file: &File, dict: &Dict) {
        // The one kind of font that has units of its own.
        let matrix = file.value(dict, "FontMatrix");
        let scale = matrix.as_ref().and_then(|m| m.array()?.first()?.number());
        let scale = scale.filter(|_| dict.is("Subtype", "Type3"));
        let scale = scale.unwrap_or(0.001).abs();
        let first = file
            .value(dict, "FirstChar")
            .and_then(|first| first.count());
        let first = u32::try_from(first.unwrap_or(0)).unwrap_or(0);
        if let Some(Object::Array(widths)) = file.value(dict, "Widths") {
            for (code, width) in (first..256).zip(&widths) {
                if let Some(width) = file.resolve(width).number() {
                    self.widths.insert(code, width * scale);
                }
            }
            let missing = file.dict(dict, "FontDescriptor");
            let missing = missing.and_then(|d| file.value(&d, "MissingWidth")?.number());
            self.default_width = missing.unwrap_or(0.0) * scale;
        }
    }

    /// Takes the widths of a font with codes of several bytes: `first [w w]`
    /// and `first last w`.
    fn wide(&mut self, file: &File, dict: &Dict) {
        let default = file.value(dict, "DW").and_then(|width| width.number());
        self.default_width = default.unwrap_or(1000.0) / 1000.0;
        let Some(Object::Array(widths)) = file.value(dict, "W") else {
            return;
        };
        let mut rest = &widths[..];
        while let [first, second, behind @ ..] = rest {
            let Some(first) = first.count().and_then(|first| u32::try_from(first).ok()) else {
                break;
            };
            match (file.resolve(second), behind) {
                (Object::Array(widths), _) => {
                    for (code, width) in (first..).zip(&widths) {
                        self.widths
                            .insert(code, width.number().unwrap_or(0.0) / 1000.0);
                    }
                    rest = behind;
                }
                (Object::Number(last), [width, behind @ ..]) => {
                    let width = width.number().unwrap_or(0.0) / 1000.0;
                    for code in (first..).take_while(|code| f64::from(*code) <= last.min(65535.0)) {
                        if !file.work().spend(1) {
                            break;
                        }
                        self.widths.insert(code, width);
                    }
                    rest = behind;
                }
                _ => break,
            }
        }
    }

    /// The glyphs of a shown string.
    pub(super) fn glyphs(&self, shown: &[u8]) -> Vec<Glyph> {
        match &self.codes {
            Codes::Single(texts) => shown
                .iter()
                .map(|byte| {
                    let code = u32::from(*byte);
                    let (own, standard) = &texts[usize::from(*byte)];
                    let mapped = self.map.as_ref().and_then(|map| map.text(code));
                    let width = match self.widths.get(&code) {
                        Some(width) => *width,
                        None if self.widths.is_empty() => *standard,
                        None => self.default_width,
                    };
                    Glyph {
                        text: mapped.unwrap_or_else(|| own.clone()),
                        width,
                        space: *byte == b' ',
                    }
                })
                .collect(),
            Codes::Double | Codes::Utf16 => {
                let length = match &self.map {
                    Some(map) if map.length == 1 => 1,
                    _ => 2,
                };
                let chunks = shown.chunks(length);
                chunks.map(|code| self.double(cmap::number(code))).collect()
            }
            Codes::Charset(charset) => {
                let (text, _) = charset.decode_without_bom_handling(shown);
                let glyph = |c: char| Glyph {
                    text: c.to_string(),
                    width: if c.is_ascii() { 0.5 } else { 1.0 },
                    space: false,
                };
                text.chars().map(glyph).collect()
            }
        }
    }

    fn double(&self, code: u32) -> Glyph {
        let mapped = self.map.as_ref().and_then(|map| map.text(code));
        let text = match (mapped, &self.codes) {
            (Some(text), _) => text,
            (None, Codes::Utf16) => char::from_u32(code).map(String::from).unwrap_or_default(),
            (None, _) => String::new(),
        };
        let width = self.widths.get(&code).copied();
        Glyph {
            text,
            width: width.unwrap_or(self.default_width),
            space: false,
        }
    }
}

/// The texts of the 256 codes of a font, with the widths that they have when
/// nothing is said of them.
fn single(file: &File, dict: &Dict, base: &str) -> Vec<(String, f64)> {
    let metrics = Metrics::of(base);
    let encoding = file.value(dict, "Encoding");
    let stated = match &encoding {
        Some(Object::Name(name)) => Encoding::named(name),
        Some(Object::Dict(dict)) => {
            let base = file.value(dict, "BaseEncoding");
            base.and_then(|base| Encoding::named(base.name()?))
        }
        _ => None,
    };
    let mut own = BTreeMap::new();
    let encoding = stated.unwrap_or_else(|| {
        own = built_in(file, dict);
        if dict.is("Subtype", "TrueType") {
            Encoding::Windows
        } else if dict.is("Subtype", "Type3") {
            Encoding::Tex
        } else {
            Encoding::Standard
        }
    });
    if let Some(Object::Dict(changed)) = file.value(dict, "Encoding")
        && let Some(Object::Array(differences)) = file.value(&changed, "Differences")
    {
        let mut code = 0usize;
        for difference in &differences {
            match difference {
                Object::Name(name) => {
                    let name = String::from_utf8_lossy(name);
                    match glyphs::text(&name) {
                        Some(text) => own.insert(code, text),
                        None if encoding == Encoding::Tex => None,
                        None => own.insert(code, String::new()),
                    };
                    code = code.saturating_add(1);
                }
                other => code = other.count().unwrap_or(code),
            }
        }
    }
    // The pictures in these fonts are put before the items of lists.
    let pictures = ["Dingbats", "Wingdings", "Webdings"];
    let pictures = pictures.iter().any(|name| base.contains(name));
    (0..=255u8)
        .map(|code| {
            let text = match own.get(&usize::from(code)) {
                _ if pictures && code > b' ' => "•".to_owned(),
                // The bullet of this font is the only thing that text uses.
                _ if base.contains("Symbol") && code == 0xb7 => "•".to_owned(),
                Some(text) => text.clone(),
                None => encoding.text(code),
            };
            let width = metrics.width(&text) / 1000.0;
            (text, width)
        })
        .collect()
}

/// The encoding that a Type 1 font brings itself, in lines such as
/// `dup 12 /fi put`.
fn built_in(file: &File, dict: &Dict) -> BTreeMap<usize, String> {
    let mut own = BTreeMap::new();
    let descriptor = file.dict(dict, "FontDescriptor");
    let program = descriptor
        .as_ref()
        .and_then(|descriptor| descriptor.get("FontFile"));
    let Some(Object::Ref(program)) = program else {
        return own;
    };
    let Some((_, bytes)) = file.stream(*program) else {
        return own;
    };
    // What follows is encrypted, and holds no encoding.
    let end = memchr::memmem::find(&bytes, b"eexec").unwrap_or(0);
    for entry in memchr::memmem::find_iter(&bytes[..end], b"dup ").take(256) {
        let entry = &bytes[entry + 4..end.min(entry + 60)];
        let entry = String::from_utf8_lossy(entry);
        let Some((code, name)) = entry.split_once('/') else {
            continue;
        };
        let name = name.split_ascii_whitespace().next().unwrap_or_default();
        if let (Ok(code), Some(text)) = (code.trim().parse(), glyphs::text(name)) {
            own.insert(code, text);
        }
    }
    own
}
