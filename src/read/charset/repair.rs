//! Mojibake: UTF-8 that somebody read as windows-1252 and wrote down, "â€œ" for
//! a curly mark. It is undone only where that is certain.

use encoding_rs::WINDOWS_1252;
use std::{borrow::Cow, sync::LazyLock};

/// So many runs that can be undone have to come on each one that is right as it
/// is. In a Portuguese text in capitals, "IRMÃ”" is one among dozens that are
/// right.
const BROKEN_TO_SOUND: usize = 3;

/// A run between quotation marks is told about, not read: so many others have
/// to come on it.
const BROKEN_TO_QUOTED: usize = 20;

/// Fewer runs than this are not certain where each may be a letter and a mark:
/// "Ä“" may end a German quotation.
const BROKEN_TO_MARKED: usize = 3;

/// Text may have been misread and written down several times.
const PASSES: usize = 3;

/// The text as it was meant.
pub(super) fn repair(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = text;
    for _ in 0..PASSES {
        match undone(&text) {
            Some(better) => text = Cow::Owned(better),
            None => break,
        }
    }
    text
}

/// Whether there is a character beyond ASCII that looks misread, at little cost
/// where there is none.
pub(super) fn is_suspicious(text: &str) -> bool {
    memchr::memchr_iter(0xc3, text.as_bytes()).any(|at| {
        let mut bytes = text[at..].chars().map(byte);
        let length = match bytes.next() {
            Some(Some(0xc2..=0xdf)) => 1,
            Some(Some(0xe0..=0xef)) => 2,
            Some(Some(0xf0..=0xf4)) => 3,
            _ => return false,
        };
        let follows = |byte: &Option<u8>| matches!(byte, Some(0x80..=0xbf));
        bytes.take_while(follows).take(length).count() == length
    })
}

/// A stretch of characters beyond ASCII, and what it is when it was misread.
struct Run<'t> {
    start: usize,
    text: &'t str,
    meant: Meant,
}

enum Meant {
    /// Itself.
    Same,
    /// It looks misread, but its end was lost: this, if anything.
    Torn(Option<&'static str>),
    Other(String),
}

/// The text with all misread runs undone; `None` where there are none, or
/// where it is not certain.
fn undone(text: &str) -> Option<String> {
    let (mut broken, mut sound, mut quoted, mut marked) = (0, 0, 0, 0);
    for run in runs(text) {
        match run.meant {
            Meant::Other(_) if is_quoted(text, &run) => quoted += 1,
            Meant::Other(_) => {
                broken += 1;
                marked += usize::from(is_letter_and_mark(run.text));
            }
            Meant::Same => sound += 1,
            Meant::Torn(_) => {}
        }
    }
    if broken == 0 || broken < sound * BROKEN_TO_SOUND || broken < quoted * BROKEN_TO_QUOTED {
        return None;
    }
    if broken == marked && broken < BROKEN_TO_MARKED {
        return None;
    }
    let mut better = String::with_capacity(text.len());
    let mut end = 0;
    for Run {
        start,
        text: run,
        meant,
    } in runs(text)
    {
        better.push_str(&text[end..start]);
        better.push_str(match &meant {
            Meant::Same => run,
            Meant::Torn(meant) => meant.unwrap_or(run),
            Meant::Other(meant) => meant,
        });
        end = start + run.len();
    }
    better.push_str(&text[end..]);
    Some(better)
}

/// Whether a run stands alone between quotation marks or brackets.
fn is_quoted(text: &str, run: &Run) -> bool {
    let (before, after) = around(text, run.start, run.text);
    let mark = |c: char| matches!(c, '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '<' | '>');
    before.is_some_and(mark) && after.is_some_and(mark)
}

/// Whether a run may be what it looks like: a letter and a mark behind it.
fn is_letter_and_mark(run: &str) -> bool {
    let mut all = run.chars();
    let letter = all.next().is_some_and(char::is_alphabetic);
    letter && all.next().is_some_and(|c| "“”‘’„‚«»›‹–—…".contains(c)) && all.next().is_none()
}

/// The characters before and after a run.
fn around(text: &str, start: usize, run: &str) -> (Option<char>, Option<char>) {
    let before = text[..start].chars().next_back();
    (before, text[start + run.len()..].chars().next())
}

/// The runs of a text in order.
fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| !c.is_ascii())?;
        let rest = &text[start..];
        let run = &rest[..rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len())];
        at = start + run.len();
        let meant = torn(text, start, run).unwrap_or_else(|| meant(run));
        Some(Run {
            start,
            text: run,
            meant,
        })
    })
}

/// What a run is whose last byte was lost, since windows-1252 has no character
/// for it or white space was folded.
fn torn(text: &str, start: usize, run: &str) -> Option<Meant> {
    let (before, after) = around(text, start, run);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match run {
        // Of the bytes that have no character, only the closing mark's makes
        // sense here.
        "â€" => Some(Meant::Torn(Some("”"))),
        "Â" if space(after) => Some(Meant::Torn(Some(""))),
        // "í" ends the same way, but is no word.
        "Ã" if space(before) && space(after) => Some(Meant::Torn(Some("à"))),
        "Â" | "Ã" => Some(Meant::Torn(None)),
        _ => None,
    }
}

/// What a run of characters beyond ASCII is, were it misread. All of it has to
/// be sound UTF-8.
fn meant(run: &str) -> Meant {
    // Most runs are a single letter that is right.
    if run.chars().nth(1).is_none() {
        return Meant::Same;
    }
    let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(meant)) if meant.chars().all(is_plausible) => Meant::Other(meant),
        _ => Meant::Same,
    }
}

/// The byte that is read as this character in windows-1252, or in Latin-1.
fn byte(c: char) -> Option<u8> {
    static MIDDLE: LazyLock<[char; 32]> = LazyLock::new(|| {
        let mut middle = ['\0'; 32];
        for (place, byte) in middle.iter_mut().zip(0x80..) {
            let bytes = [byte];
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            *place = text.chars().next().unwrap_or('\0');
        }
        middle
    });
    let latin = u8::try_from(u32::from(c)).ok();
    latin.filter(|byte| *byte >= 0x80).or_else(|| {
        let at = MIDDLE.iter().position(|middle| *middle == c)?;
        u8::try_from(at + 0x80).ok()
    })
}

/// Whether a text is likely to hold this character: letters of living scripts,
/// marks, signs.
fn is_plausible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{10a0}'..='\u{10ff}'
        | '\u{1e00}'..='\u{2bff}' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{fb00}'..='\u{fb06}' | '\u{fe0f}' | '\u{feff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..='\u{1faff}')
}
