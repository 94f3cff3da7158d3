//! Letters that are written with commands.

use unicode_normalization::char::compose;

/// What a letter that stands for others begins: ``` `` ``` is a quotation mark,
/// `---` a dash; and how many bytes it takes.
pub(super) fn ligature(text: &str) -> (&'static str, usize) {
    const LIGATURES: &[(&str, &str)] = &[
        ("---", "—"),
        ("--", "–"),
        ("-", "-"),
        ("``", "“"),
        ("`", "‘"),
        ("''", "”"),
        ("'", "’"),
    ];
    let found = LIGATURES.iter().find(|(mark, _)| text.starts_with(mark));
    found.map_or(("", 1), |(mark, said)| (*said, mark.len()))
}

/// The letter or mark that a command of this name is.
pub(super) fn named(name: &str) -> Option<&'static str> {
    const NAMED: &[(&str, &str)] = &[
        ("%", "%"),
        ("$", "$"),
        ("&", "&"),
        ("#", "#"),
        ("_", "_"),
        ("{", "{"),
        ("}", "}"),
        ("-", ""),
        ("/", ""),
        ("@", ""),
        ("!", ""),
        ("ss", "ß"),
        ("ae", "æ"),
        ("AE", "Æ"),
        ("oe", "œ"),
        ("OE", "Œ"),
        ("o", "ø"),
        ("O", "Ø"),
        ("aa", "å"),
        ("AA", "Å"),
        ("l", "ł"),
        ("L", "Ł"),
        ("i", "ı"),
        ("j", "ȷ"),
        ("S", "§"),
        ("P", "¶"),
        ("copyright", "©"),
        ("pounds", "£"),
        ("euro", "€"),
        ("texteuro", "€"),
        ("EUR", "€"),
        ("dots", "…"),
        ("ldots", "…"),
        ("textellipsis", "…"),
        ("textendash", "–"),
        ("textemdash", "—"),
        ("textquoteleft", "‘"),
        ("textquoteright", "’"),
        ("textquotedblleft", "“"),
        ("textquotedblright", "”"),
        ("glqq", "„"),
        ("grqq", "“"),
        ("flqq", "«"),
        ("frqq", "»"),
        ("guillemotleft", "«"),
        ("guillemotright", "»"),
        ("og", "« "),
        ("fg", " »"),
        ("textbackslash", "\\"),
        ("textasciitilde", "~"),
        ("textdegree", "°"),
        ("TeX", "TeX"),
        ("LaTeX", "LaTeX"),
        ("times", "×"),
        ("pm", "±"),
        ("cdot", "·"),
        ("le", "≤"),
        ("leq", "≤"),
        ("ge", "≥"),
        ("geq", "≥"),
        ("approx", "≈"),
    ];
    let found = NAMED.iter().find(|(other, _)| *other == name);
    found.map(|(_, said)| *said)
}

/// The letter that an accent makes of the one that follows, and how many bytes
/// of the rest that one takes: `\'e`, `\"{o}`, `\c c`.
pub(super) fn accented(name: &str, rest: &str) -> Option<(String, usize)> {
    const ACCENTS: &[(&str, char)] = &[
        ("'", '\u{301}'),
        ("`", '\u{300}'),
        ("^", '\u{302}'),
        ("\"", '\u{308}'),
        ("~", '\u{303}'),
        ("=", '\u{304}'),
        (".", '\u{307}'),
        ("c", '\u{327}'),
        ("v", '\u{30c}'),
        ("u", '\u{306}'),
        ("H", '\u{30b}'),
        ("k", '\u{328}'),
        ("r", '\u{30a}'),
        ("d", '\u{323}'),
        ("b", '\u{331}'),
    ];
    let (_, accent) = ACCENTS.iter().find(|(other, _)| *other == name)?;
    let white = rest.len() - rest.trim_start_matches(' ').len();
    let bare = &rest[white..];
    let inside = bare.strip_prefix('{');
    let braced = inside.is_some();
    let mut letter = inside.unwrap_or(bare);
    // An accent takes the place of the dot.
    let dotless = letter
        .strip_prefix('\\')
        .filter(|rest| rest.starts_with(['i', 'j']));
    let slash = usize::from(dotless.is_some());
    letter = dotless.unwrap_or(letter);
    let base = letter.chars().next().filter(|c| c.is_alphabetic())?;
    let mut length = white + usize::from(braced) + slash + base.len_utf8();
    if braced {
        letter.strip_prefix(base)?.strip_prefix('}')?;
        length += 1;
    }
    let said = compose(base, *accent).map_or_else(|| format!("{base}{accent}"), String::from);
    Some((said, length))
}
