//! The content of a page: which text it shows where (ISO 32000, sections 8 and
//! 9).

use super::{
    file::File,
    font::{Font, Glyph},
    matrix::Matrix,
    object::{Dict, Lexer, Object},
    pages,
    piece::{GUTTER, Piece, SPACE},
    text::decode,
};
use std::{collections::BTreeMap, rc::Rc};

/// Forms show forms that show forms; writers need two or three.
const DEEPEST: usize = 8;

/// States are saved so often before one is restored.
const MOST_SAVED: usize = 200;

/// So many fonts are kept.
const MOST_FONTS: usize = 48;

/// What a piece costs beside its letters; this bounds how much memory all of
/// them take.
const PIECE: usize = 300;

/// What a font and a form cost beside their bytes.
const FONT: usize = 5000;
const FORM: usize = 10_000;

/// What shows the pages of a file, keeping its fonts.
pub(super) struct Show<'a> {
    file: &'a File<'a>,
    fonts: BTreeMap<u32, Rc<Font>>,
    /// What the page shows so far.
    pieces: Vec<Piece>,
    /// Whether white space was shown since the last letter.
    spaced: bool,
    /// Marked stretches of the content that have begun.
    marks: Vec<Mark>,
    /// The part of the page that is seen.
    seen: [f64; 4],
}

/// What is said of a stretch of the content.
struct Mark {
    artifact: bool,
    /// What its letters mean, until it is told.
    actual: Option<String>,
    /// Whether something was told in place of its letters.
    replaced: bool,
}

#[derive(Clone)]
struct State {
    transform: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl<'a> Show<'a> {
    pub(super) fn new(file: &'a File<'a>) -> Self {
        Self {
            file,
            fonts: BTreeMap::new(),
            pieces: Vec::new(),
            spaced: false,
            marks: Vec::new(),
            seen: [0.0; 4],
        }
    }

    /// What a page shows.
    pub(super) fn page(&mut self, page: &Dict) -> Vec<Piece> {
        let turned = self.file.value(page, "Rotate").and_then(|r| r.number());
        let transform = Matrix::turned(turned.unwrap_or(0.0));
        let area = self.file.value(page, "CropBox");
        let area = area.or_else(|| self.file.value(page, "MediaBox"));
        let area: Vec<f64> = area
            .as_ref()
            .and_then(Object::array)
            .map(|area| area.iter().filter_map(Object::number).collect())
            .unwrap_or_default();
        self.seen = match area[..] {
            [left, bottom, right, top] => {
                let (a, b) = transform.point(left, bottom);
                let (c, d) = transform.point(right, top);
                [a.min(c), b.min(d), a.max(c), b.max(d)]
            }
            _ => [f64::MIN, f64::MIN, f64::MAX, f64::MAX],
        };
        self.marks.clear();
        self.spaced = false;
        let state = State {
            transform,
            font: None,
            size: 1.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let resources = self.file.dict(page, "Resources").unwrap_or_default();
        let content = pages::content(self.file, page);
        self.run(&content, &resources, state, 0);
        std::mem::take(&mut self.pieces)
    }

    fn run(&mut self, content: &[u8], resources: &Dict, mut state: State, depth: usize) {
        let mut lexer = Lexer::new(content, 0, self.file.work());
        let mut operands: Vec<Object> = Vec::new();
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (Matrix::UNIT, Matrix::UNIT);
        while !self.file.work().is_spent() && lexer.at() < content.len() {
            let word = match lexer.object() {
                Some(Object::Word(word)) => word,
                Some(operand) => {
                    // No operator takes more than six.
                    if operands.len() == 40 {
                        operands.remove(0);
                    }
                    operands.push(operand);
                    continue;
                }
                // What cannot be read is passed over.
                None => {
                    lexer.skip_to(lexer.at() + 1);
                    operands.clear();
                    continue;
                }
            };
            let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
            let matrix = Matrix::of(&numbers);
            match (&word[..], &numbers[..]) {
                (b"q", _) if saved.len() < MOST_SAVED => saved.push(state.clone()),
                (b"Q", _) => state = saved.pop().unwrap_or(state),
                (b"cm", _) => {
                    let matrix = matrix.unwrap_or(Matrix::UNIT);
                    state.transform = matrix.then(state.transform);
                }
                (b"BT", _) => (line, text) = (Matrix::UNIT, Matrix::UNIT),
                (b"Tm", _) => {
                    line = matrix.unwrap_or(line);
                    text = line;
                }
                (b"Td" | b"TD", &[x, y]) => {
                    if word == b"TD" {
                        state.leading = -y;
                    }
                    line = Matrix::moved(x, y).then(line);
                    text = line;
                }
                (b"T*" | b"'" | b"\"", _) => {
                    if let (b"\"", &[words, letters]) = (&word[..], &numbers[..]) {
                        state.between_words = words;
                        state.between_letters = letters;
                    }
                    line = Matrix::moved(0.0, -state.leading).then(line);
                    text = line;
                }
                (b"Tc", &[value]) => state.between_letters = value,
                (b"Tw", &[value]) => state.between_words = value,
                (b"Tz", &[value]) => state.stretch = value / 100.0,
                (b"TL", &[value]) => state.leading = value,
                (b"Ts", &[value]) => state.rise = value,
                (b"Tf", &[size]) => {
                    state.size = size;
                    let name = operands.iter().find_map(Object::name);
                    state.font = name.and_then(|name| self.font(resources, name));
                }
                (b"BDC" | b"BMC", _) => self.begin_mark(&operands),
                (b"EMC", _) => self.end_mark(),
                (b"Do", _) if depth < DEEPEST => {
                    if let Some(name) = operands.last().and_then(Object::name) {
                        self.form(resources, name, &state, depth);
                    }
                }
                (b"ID", _) => {
                    let end = picture_end(content, lexer.at());
                    lexer.skip_to(end);
                }
                _ => {}
            }
            if matches!(&word[..], b"Tj" | b"TJ" | b"'" | b"\"") {
                match operands.pop() {
                    Some(Object::Text(shown)) => self.show(&shown, &state, &mut text),
                    Some(Object::Array(items)) => {
                        for item in items {
                            match item {
                                Object::Text(shown) => self.show(&shown, &state, &mut text),
                                Object::Number(back) => {
                                    let x = -back / 1000.0 * state.size * state.stretch;
                                    text = Matrix::moved(x, 0.0).then(text);
                                }
                                _ => {}
                            }
                        }
                    }
                    _ => {}
                }
            }
            operands.clear();
        }
    }

    fn font(&mut self, resources: &Dict, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = self.file.dict(resources, "Font")?;
        let object = fonts.get(&String::from_utf8_lossy(name))?;
        let number = match object {
            Object::Ref(number) => Some(*number),
            _ => None,
        };
        if let Some(font) = number.and_then(|number| self.fonts.get(&number)) {
            return Some(font.clone());
        }
        let Object::Dict(dict) = self.file.resolve(object) else {
            return None;
        };
        if !self.file.work().spend(FONT) {
            return None;
        }
        let font = Rc::new(Font::load(self.file, &dict));
        if let Some(number) = number {
            if self.fonts.len() == MOST_FONTS {
                self.fonts.clear();
            }
            self.fonts.insert(number, font.clone());
        }
        Some(font)
    }

    /// Shows what a form holds.
    fn form(&mut self, resources: &Dict, name: &[u8], state: &State, depth: usize) {
        let forms = self.file.dict(resources, "XObject");
        let form = forms.and_then(|forms| match forms.get(&String::from_utf8_lossy(name)) {
            Some(Object::Ref(number)) => Some(*number),
            _ => None,
        });
        let Some(form) = form else { return };
        // Pictures are not unpacked to find out what they are.
        let picture = match self.file.get(form) {
            Some(Object::Dict(dict)) => !dict.is("Subtype", "Form"),
            _ => true,
        };
        if picture || !self.file.work().spend(FORM) {
            return;
        }
        let Some((dict, content)) = self.file.stream(form) else {
            return;
        };
        let mut state = state.clone();
        let matrix = self.file.value(&dict, "Matrix");
        let matrix = matrix.as_ref().and_then(Object::array).unwrap_or_default();
        let matrix: Vec<f64> = matrix.iter().filter_map(Object::number).collect();
        if let Some(matrix) = Matrix::of(&matrix) {
            state.transform = matrix.then(state.transform);
        }
        let own = self.file.dict(&dict, "Resources");
        self.run(
            &content,
            own.as_ref().unwrap_or(resources),
            state,
            depth + 1,
        );
    }

    fn begin_mark(&mut self, operands: &[Object]) {
        let artifact = operands.first().and_then(Object::name) == Some(b"Artifact");
        let actual = operands.last().and_then(|properties| {
            let text = properties.dict()?.get("ActualText")?.text()?;
            Some(decode(text))
        });
        if self.marks.len() < MOST_SAVED {
            self.marks.push(Mark {
                artifact,
                actual,
                replaced: false,
            });
        }
    }

    fn end_mark(&mut self) {
        self.marks.pop();
    }

    fn show(&mut self, shown: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = state.font.clone() else {
            return;
        };
        for glyph in font.glyphs(shown) {
            let place = text.then(state.transform);
            let words = if glyph.space {
                state.between_words
            } else {
                0.0
            };
            let width = glyph.width * state.size * state.stretch;
            let between = (state.between_letters + words) * state.stretch;
            *text = Matrix::moved(width + between, 0.0).then(*text);
            if !self.file.work().spend(8) {
                return;
            }
            self.put(glyph, place, width, state, font.bold);
        }
    }

    fn put(&mut self, glyph: Glyph, place: Matrix, width: f64, state: &State, bold: bool) {
        let (left, base) = place.point(0.0, state.rise);
        let size = state.size.abs() * place.height();
        let right = left + width * place.along();
        let [west, south, east, north] = self.seen;
        let inside = (west..=east).contains(&left) && (south..=north).contains(&base);
        // Text that runs up the page is not the article's; text too small or
        // too large to be one is drawing.
        if !inside || !place.is_upright() || !(1.0..500.0).contains(&size) || !right.is_finite() {
            return;
        }
        let mut said = glyph.text;
        let artifact = self.marks.iter().any(|mark| mark.artifact);
        let meant = |mark: &&mut Mark| mark.actual.is_some() || mark.replaced;
        if let Some(mark) = self.marks.iter_mut().find(meant) {
            said = mark.actual.take().unwrap_or_default();
            mark.replaced = true;
        }
        if said.trim().is_empty() {
            self.spaced |= !said.is_empty();
            return;
        }
        let spaced = std::mem::take(&mut self.spaced);
        if let Some(last) = self.pieces.last_mut() {
            let gap = (left - last.right) / size;
            let wide = if spaced { 2.0 * GUTTER } else { GUTTER };
            let same = (last.base - base).abs() < 0.1 * size
                && (last.size - size).abs() < 0.05 * size
                && last.bold == bold
                && last.artifact == artifact;
            if same && (-0.3..wide).contains(&gap) {
                // Ghostscript shows spaces and takes their width back.
                if gap > SPACE || spaced && gap > 0.3 * SPACE {
                    last.text.push(' ');
                }
                last.text.push_str(&said);
                last.right = last.right.max(right);
                return;
            }
            if spaced {
                last.text.push(' ');
            }
        }
        if self.file.work().spend(PIECE) {
            self.pieces.push(Piece {
                left,
                right,
                base,
                size,
                bold,
                artifact,
                text: said,
            });
        }
    }
}

/// Where the bytes of a picture in the content end: behind `EI` alone.
fn picture_end(content: &[u8], from: usize) -> usize {
    let white = |at: usize| content.get(at).is_none_or(u8::is_ascii_whitespace);
    let rest = content.get(from..).unwrap_or_default();
    let ends = memchr::memmem::find_iter(rest, b"EI").map(|at| from + at);
    let mut ends = ends.filter(|at| white(at - 1) && white(at + 2));
    ends.next().map_or(content.len(), |at| at + 2)
}
