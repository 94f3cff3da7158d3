//! Language tags (BCP 47): their form, and which way their text runs.

/// A language tag in its usual form; `None` when it cannot be one (BCP 47).
pub(super) fn language(given: &str) -> Option<String> {
    let tag = given.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let is_language = |part: &str| (2..=8).contains(&part.len()) && is_ascii_letters(part);
    let is_subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (is_language(parts.next()?) && parts.all(is_subtag)).then_some(tag)
}

fn is_ascii_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a language is written from right to left: by its script where the
/// tag names one, else by what it is usually written in.
pub(super) fn is_right_to_left(tag: &str) -> bool {
    const SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];
    const LANGUAGES: [&str; 16] = [
        "ar", "arc", "azb", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "pnb", "ps", "sd", "ug",
        "ur", "yi",
    ];
    let is_among = |known: &[&str], part: &str| known.iter().any(|k| k.eq_ignore_ascii_case(part));
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && is_ascii_letters(part)) {
        Some(script) => is_among(&SCRIPTS, script),
        None => is_among(&LANGUAGES, language),
    }
}
