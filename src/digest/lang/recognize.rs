//! Which language is a text in?

use super::{
    Classes, key_of_letters,
    keys::Table,
    scripts::{self, Letters, Script},
    table,
};
use std::sync::LazyLock;
use whichlang::Lang;

/// How many bytes are looked at. The time grows with it: the recognizer takes 6
/// microseconds for 600.
const SAMPLE: usize = 600;

/// Texts with fewer letters are not judged: the recognizer answers whatever it
/// is given, and a line or two of names has no language.
const SHORTEST: usize = 60;

/// The languages that their function words alone tell from all others. French
/// and Spanish share too many of theirs with Italian and Portuguese.
const PLAIN: [&str; 2] = ["en", "de"];

/// Each sample in one of these has at least as many function words.
const FEWEST: usize = 8;

/// And of ten words in both, so many are. In samples of articles it was 44 of
/// 100 in the middle; in Dutch, Danish and Portuguese texts chosen to be hard,
/// 19 at most.
const OF_TEN: usize = 3;

/// The language of a text as a BCP 47 tag; nothing when it is too short or not
/// clear.
///
/// Two samples have to agree, the middle one and the one before it, since the
/// recognizer always has an answer and never says how sure it is.
pub(crate) fn recognize(text: &str) -> Option<&'static str> {
    let samples = around(text, text.len() / 2);
    // Counting function words is enough for most texts, and takes a tenth of the
    // recognizer's time.
    by_function_words(samples).or_else(|| by_letters(samples))
}

/// The language that an article is in: the one that it states, if any, unless
/// its text is plainly in another, as where a page's template states its own.
pub(crate) fn settle(stated: Option<&str>, text: &str) -> Option<String> {
    let primary = stated.map(|stated| stated.split(['-', '_']).next().unwrap_or_default());
    // "und" says that nobody knows, "mul" that there are several.
    let stated = stated.zip(primary.filter(|tag| !matches!(*tag, "" | "und" | "mul")));
    let Some((stated, primary)) = stated else {
        return recognize(text).map(str::to_owned);
    };
    let kept = || Some(stated.to_owned());
    let middle = around(text, text.len() / 2);
    let words = by_function_words(middle);
    if words == Some(primary) || text.len() < PLAIN_ENOUGH {
        return kept();
    }
    // A quotation in another language may fill the middle, but not all of it.
    let quarters = [text.len() / 4, text.len() / 4 * 3].map(|at| around(text, at));
    let all = |same: fn([&str; 2]) -> Option<&'static str>, found| {
        quarters
            .into_iter()
            .all(|samples| same(samples) == Some(found))
    };
    let other = match words {
        Some(other) => all(by_function_words, other).then_some(other),
        // Words tell whether it is not what is stated, or its script does.
        None if PLAIN.contains(&primary) || !fits_script(primary, middle) => {
            by_letters(middle).filter(|other| *other != primary && all(by_letters, other))
        }
        None => None,
    };
    other.map(str::to_owned).or_else(kept)
}

/// A stated language is doubted in texts of this length alone, in bytes.
const PLAIN_ENOUGH: usize = 2 * SAMPLE;

/// Whether a text is in Latin script like this language. Those that have none
/// of their own are not doubted.
fn fits_script(language: &str, samples: [&str; 2]) -> bool {
    let latin = [
        "fr", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "fi", "pl", "cs",
    ];
    !latin.contains(&language) || Letters::count(samples).are_mostly(Script::Latin)
}

/// The samples before and behind a place.
fn around(text: &str, at: usize) -> [&str; 2] {
    [
        slice(text, at.saturating_sub(SAMPLE / 2), at),
        slice(text, at, at + SAMPLE / 2),
    ]
}

/// What letters tell of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    Is(&'static str),
    /// It is one of those that share the script.
    Maybe,
    /// It is none that is known.
    Unknown,
}

/// The language by its script and letters, and by what they look like.
fn by_letters(samples: [&str; 2]) -> Option<&'static str> {
    let letters = Letters::count(samples);
    if let Some(language) = letters.language() {
        return Some(language);
    }
    if letters.all() < SHORTEST {
        return None;
    }
    if letters.are_mostly(Script::Latin) {
        return latin(samples);
    }
    let (sure, among) = if letters.are_mostly(Script::Cyrillic) {
        (scripts::cyrillic(samples), CYRILLIC)
    } else if letters.are_mostly(Script::Arabic) {
        (scripts::arabic(samples), &[][..])
    } else if letters.are_mostly(Script::Devanagari) {
        (Sure::Maybe, DEVANAGARI)
    } else {
        return None;
    };
    match sure {
        Sure::Is(language) => Some(language),
        Sure::Maybe => by_trigrams(samples, among),
        Sure::Unknown => None,
    }
}

/// The language of a text in Latin script. The fast recognizer knows ten of
/// them, and takes all others for one of these: what it says is taken where the
/// letters fit, and weighed against the slow one elsewhere.
fn latin(samples: [&str; 2]) -> Option<&'static str> {
    let [before, after] = samples.map(whichlang::detect_language);
    let fast = (before == after).then(|| tag(before));
    if let Some(fast) = fast.filter(|fast| scripts::fits(fast, samples)) {
        return Some(fast);
    }
    let slow = by_trigrams(samples, LATIN);
    match (fast, slow) {
        // The fast one knows better, as in lists of names and numbers.
        (fast, Some(slow)) if fast != Some(slow) && KNOWN.contains(&slow) => None,
        (fast, slow) => slow.or(fast),
    }
}

/// The language that the slow recognizer finds.
fn by_trigrams(samples: [&str; 2], among: &[whatlang::Lang]) -> Option<&'static str> {
    let detector = whatlang::Detector::with_allowlist(among.to_vec());
    let language = detector.detect_lang(&samples.concat())?;
    let row = SLOW.iter().find(|(known, _)| *known == language);
    row.map(|(_, tag)| *tag)
}

/// The language of samples that are full of its function words.
fn by_function_words(samples: [&str; 2]) -> Option<&'static str> {
    let [before, after] = samples.map(function_words);
    let words = before.words + after.words;
    let full = |(before, after): (&usize, &usize)| {
        (*before).min(*after) >= FEWEST && (before + after) * 10 >= words * OF_TEN
    };
    let plain = before.found.iter().zip(&after.found).position(full)?;
    Some(PLAIN[plain])
}

/// The words of a sample, and how many are function words of each language in
/// [`PLAIN`].
struct Counts {
    words: usize,
    found: [usize; PLAIN.len()],
}

/// In which languages of [`PLAIN`] a word is a function word, a bit for each.
static STOPS: LazyLock<Table<u8>> = LazyLock::new(|| {
    let tables = PLAIN.map(table).into_iter().zip(0..);
    let stops = tables.flat_map(|(language, at)| {
        let stops = language.words.filled();
        stops
            .filter(|(_, classes)| classes.any(Classes::STOP))
            .map(move |(key, _)| (key, 1 << at))
    });
    Table::new(&stops.collect::<Vec<_>>(), |one, other| one | other)
});

fn function_words(sample: &str) -> Counts {
    let bytes = sample.as_bytes();
    let (mut words, mut found) = (0, [0; PLAIN.len()]);
    let mut at = 0;
    while at < bytes.len() {
        let letters = key_of_letters(bytes, at);
        if letters.end == at {
            at += 1;
            continue;
        }
        words += 1;
        // "vi" is no word in "với".
        let cut = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii());
        let part = cut(bytes.get(letters.end)) || at > 0 && cut(bytes.get(at - 1));
        let of = if part { 0 } else { STOPS.get(letters.key) };
        for (at, found) in found.iter_mut().enumerate() {
            *found += usize::from(of >> at & 1);
        }
        at = letters.end;
    }
    Counts { words, found }
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

/// Languages in Latin script that the fast recognizer knows.
const KNOWN: [&str; 10] = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "tr", "vi"];

#[rustfmt::skip]
const LATIN: &[whatlang::Lang] = {
    use whatlang::Lang::{
        Cat, Ces, Dan, Deu, Eng, Est, Fin, Fra, Hrv, Hun, Ind, Ita, Lav, Lit, Nld, Nob, Pol, Por,
        Ron, Slk, Slv, Spa, Swe, Tur, Vie,
    };
    &[
        Cat, Ces, Dan, Deu, Eng, Est, Fin, Fra, Hrv, Hun, Ind, Ita, Lav, Lit, Nld, Nob, Pol, Por,
        Ron, Slk, Slv, Spa, Swe, Tur, Vie,
    ]
};

const CYRILLIC: &[whatlang::Lang] = {
    use whatlang::Lang::{Bel, Bul, Mkd, Rus, Srp, Ukr};
    &[Bel, Bul, Mkd, Rus, Srp, Ukr]
};

const DEVANAGARI: &[whatlang::Lang] = {
    use whatlang::Lang::{Hin, Mar, Nep};
    &[Hin, Mar, Nep]
};

/// The tags of what the slow recognizer is asked for.
#[rustfmt::skip]
const SLOW: &[(whatlang::Lang, &str)] = {
    use whatlang::Lang::{
        Bel, Bul, Cat, Ces, Dan, Deu, Eng, Est, Fin, Fra, Hin, Hrv, Hun, Ind, Ita, Lav, Lit, Mar,
        Mkd, Nep, Nld, Nob, Pol, Por, Ron, Rus, Slk, Slv, Spa, Srp, Swe, Tur, Ukr, Vie,
    };
    &[
        (Bel, "be"), (Bul, "bg"), (Cat, "ca"), (Ces, "cs"), (Dan, "da"), (Deu, "de"),
        (Eng, "en"), (Est, "et"), (Fin, "fi"), (Fra, "fr"), (Hin, "hi"), (Hrv, "hr"),
        (Hun, "hu"), (Ind, "id"), (Ita, "it"), (Lav, "lv"), (Lit, "lt"), (Mar, "mr"),
        (Mkd, "mk"), (Nep, "ne"), (Nld, "nl"), (Nob, "nb"), (Pol, "pl"), (Por, "pt"),
        (Ron, "ro"), (Rus, "ru"), (Slk, "sk"), (Slv, "sl"), (Spa, "es"), (Srp, "sr"),
        (Swe, "sv"), (Tur, "tr"), (Ukr, "uk"), (Vie, "vi"),
    ]
};

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
        assert_eq!(by_function_words([english; 2]), Some("en"));
        assert_eq!(by_function_words([german; 2]), Some("de"));
        assert_eq!(recognize(english), Some("en"));
        assert_eq!(recognize(german), Some("de"));
    }

    #[test]
    fn related_languages_are_told_apart() {
        let texts = [
            "De gemeenteraad heeft dinsdag besloten dat de oude brug nog voor de winter wordt \
             gerepareerd, want niemand wil er nog een jaar op wachten. In het dorp was de brug \
             al over de honderd jaar oud, en we had er so veel aan, zegt een man die er woont.",
            "Kommunfullmäktige beslutade i tisdags att den gamla bron ska repareras före vintern, \
             eftersom ingen vill vänta ett år till. Det var i så fall en plan som man hade under \
             lång tid, och vi är glada att den är här, säger en kvinna som bor vid bron.",
            "Byrådet besluttede i tirsdags at den gamle bro skal repareres inden vinteren, for \
             ingen vil vente et år til. Det er over hundrede år siden at den blev bygget, og man \
             har i dag for lidt plads under den, siger en mand der bor i byen ved broen.",
            "A câmara decidiu na terça-feira que a ponte antiga deve ser reparada antes do \
             inverno, porque ninguém quer esperar mais um ano. As pessoas do bairro passam a \
             pé por ela no caminho do trabalho, e não há outra, disse uma mulher da vila.",
            "Il consiglio ha deciso martedì che il vecchio ponte va riparato prima dell'inverno, \
             perché nessuno vuole aspettare un altro anno. In paese non ce n'è un altro per chi \
             va a piedi, e i negozi sono di là, ha detto una donna che ci passa ogni giorno.",
            "Hội đồng đã quyết định hôm thứ ba rằng cây cầu cũ phải được sửa trước mùa đông, vì \
             không ai muốn chờ thêm một năm nữa. Mọi người nói với chúng tôi rằng đi bộ qua cầu \
             là cách duy nhất để tới nơi làm việc ở bên kia sông.",
        ];
        for text in texts {
            assert_eq!(by_function_words([text; 2]), None, "{text}");
        }
    }

    #[test]
    fn short_texts_are_not_judged() {
        for text in ["", "Berlin", "OK 12", "\u{1f600}\u{1f600}"] {
            assert_eq!(recognize(text), None);
        }
    }
}
