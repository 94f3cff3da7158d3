//! Which quotation marks and brackets a sentence has.

/// The quotation marks and brackets of a sentence.
#[derive(Default)]
pub(super) struct Marks {
    /// Bytes inside quotation marks.
    pub(super) quoted: usize,
    /// Whether every mark and bracket has its other one.
    pub(super) balanced: bool,
}

impl Marks {
    /// One pass; nearly all bytes are letters and stop nothing.
    pub(super) fn of(text: &str) -> Marks {
        let (mut start, mut open) = (None, ' ');
        let (mut quoted, mut brackets, mut wrong) = (0, 0_i32, false);
        for (at, byte) in text.bytes().enumerate() {
            let letter = match byte {
                b'"' | b'(' | b')' => char::from(byte),
                // The first bytes of “ ” „ and of « ».
                0xe2 | 0xc2 => text[at..].chars().next().unwrap_or(' '),
                _ => continue,
            };
            match (start, letter) {
                (_, '(') => brackets += 1,
                (_, ')') => {
                    brackets -= 1;
                    wrong |= brackets < 0;
                }
                (None, '"' | '“' | '„' | '«' | '»') => {
                    start = Some(at);
                    open = letter;
                }
                (None, '”') => wrong = true,
                (Some(from), '"' | '”' | '“' | '»' | '«') if closes(open, letter) => {
                    quoted += at - from;
                    start = None;
                }
                _ => {}
            }
        }
        quoted += start.map_or(0, |start| text.len() - start);
        Marks {
            quoted,
            balanced: !wrong && brackets == 0 && start.is_none(),
        }
    }
}

/// Whether a quotation that `open` opened may close with `letter`.
fn closes(open: char, letter: char) -> bool {
    match open {
        '"' => letter == '"',
        '„' => matches!(letter, '“' | '”' | '"'),
        '“' => matches!(letter, '”' | '"'),
        '«' => letter == '»',
        _ => letter == '«',
    }
}
