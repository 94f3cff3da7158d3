//! Which language is a text in?

use whichlang::Lang;

/// How many bytes are looked at. The time grows with it: 600 take 6
/// microseconds.
const SAMPLE: usize = 600;

/// Texts with fewer letters are not judged: the recognizer answers whatever it
/// is given, and a line or two of names has no language.
const SHORTEST: usize = 60;

/// The language of a text as a BCP 47 tag; nothing when it is too short or not
/// clear.
///
/// Two samples have to agree, the middle one and the one before it, since the
/// recognizer always has an answer and never says how sure it is.
pub(crate) fn recognize(text: &str) -> Option<&'static str> {
    let letters = |sample: &str| sample.chars().filter(|c| c.is_alphabetic()).count();
    let middle = text.len() / 2;
    let (before, after) = (
        slice(text, middle.saturating_sub(SAMPLE / 2), middle),
        slice(text, middle, middle + SAMPLE / 2),
    );
    if letters(before) + letters(after) < SHORTEST {
        return None;
    }
    let language = whichlang::detect_language(before);
    (language == whichlang::detect_language(after)).then(|| tag(language))
}

/// The stretch from `start` to `end`, moved to character borders.
fn slice(text: &str, start: usize, end: usize) -> &str {
    let border = |at: usize| {
        (at..=text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(text.len())
    };
    &text[border(start.min(text.len()))..border(end.min(text.len()))]
}

fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_texts_are_recognized() {
        let english = "The council met on Tuesday and decided that the old bridge should be \
                       repaired before the winter, since nobody wants to wait for another year.";
        let german = "Der Stadtrat hat am Dienstag beschlossen, dass die alte Brücke noch vor dem \
                      Winter repariert werden soll, weil niemand ein weiteres Jahr warten will.";
        assert_eq!(recognize(english), Some("en"));
        assert_eq!(recognize(german), Some("de"));
    }

    #[test]
    fn short_texts_are_not_judged() {
        for text in ["", "Berlin", "OK 12", "\u{1f600}\u{1f600}"] {
            assert_eq!(recognize(text), None);
        }
    }
}
