//! What a PDF states about itself, as far as it can be believed: programs fill
//! these fields with file names and with the owner of the computer.
//!
//! Its dates tell when the file was made, not when the article was published,
//! and are left.

use super::{
    HEADLINE, LONGEST_HEADING,
    file::File,
    object::{Dict, Object},
    text::{decode, plain},
};

#[derive(Default)]
pub(super) struct Stated {
    title: Option<String>,
    authors: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) language: Option<String>,
}

/// From how much above the size of the text on a line is no heading in it, in
/// hundredths.
const LARGE: u32 = 150;

/// More keywords than this were not chosen for this one article.
const MOST_TOPICS: usize = 15;

pub(super) fn stated(file: &File) -> Stated {
    let mut stated = Stated::default();
    if let Some(Object::Dict(catalog)) = file.top("Root")
        && let Some(Object::Text(language)) = file.value(&catalog, "Lang")
    {
        let language = decode(&language);
        let tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
        stated.language = Some(language)
            .filter(|l| (2..=12).contains(&l.len()) && l.chars().all(tag))
            .filter(|l| l.chars().take_while(|c| *c != '-').count() < 4);
    }
    let Some((number, Object::Dict(info))) = file.info() else {
        return stated;
    };
    let field = |dict: &Dict, key: &str| -> Option<String> {
        let Some(Object::Text(text)) = file.value(dict, key) else {
            return None;
        };
        let text = plain(&decode(&file.decrypted(number, &text)));
        let text = text.replace(char::is_control, " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(words.join(" ")).filter(|text| !text.is_empty() && text.len() < 400)
    };
    stated.title = field(&info, "Title").filter(|title| is_headline(title));
    let authors = field(&info, "Author").unwrap_or_default();
    let authors = authors
        .split([';', ',', '&'])
        .flat_map(|names| names.split(" and "));
    stated.authors = authors
        .map(|name| name.trim().to_owned())
        .filter(|name| name.contains(' ') && !name.contains(char::is_numeric))
        .collect();
    let topics = field(&info, "Keywords").unwrap_or_default();
    let topics: Vec<String> = topics
        .split([';', ','])
        .map(|topic| topic.trim().to_owned())
        .filter(|topic| (2..50).contains(&topic.len()))
        .collect();
    if topics.len() <= MOST_TOPICS {
        stated.topics = topics;
    }
    stated
}

impl Stated {
    /// The stated authors whom the article names as well: others only own the
    /// program.
    pub(super) fn authors_in(&self, texts: &[String]) -> Vec<String> {
        let named = |name: &&String| texts.iter().any(|text| text.contains(name.as_str()));
        self.authors.iter().filter(named).cloned().collect()
    }
}

/// Whether a stated title may be a headline, and not a file's name.
fn is_headline(title: &str) -> bool {
    let lower = title.to_lowercase();
    let programs = [
        "microsoft word",
        "powerpoint",
        "untitled",
        "document",
        "layout ",
        "print",
        "about:blank",
    ];
    let ends = [
        ".doc", ".docx", ".odt", ".rtf", ".indd", ".qxd", ".qxp", ".pdf", ".txt", ".md", ".html",
        ".htm", ".tex", ".dvi", ".pages", ".pub", ".ps", ".fm",
    ];
    title.contains(' ')
        && !programs.iter().any(|start| lower.starts_with(start))
        && !ends.iter().any(|end| lower.ends_with(end))
        && !lower.contains("://")
        && !title.contains('_')
}

/// The headline: the largest text of the first page, or what the file states
/// when there is none or the two are of different things.
pub(super) fn headline(page: &[(&str, u32)], body: u32, stated: &Stated) -> Option<String> {
    let fits = |(text, size): &&(&str, u32)| {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let length = text.chars().count();
        *size * 100 >= body * HEADLINE && letters > 3 && length <= LONGEST_HEADING
    };
    let mut large: Vec<&(&str, u32)> = page.iter().filter(fits).collect();
    // The first of those that have one size stays first.
    large.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let folded = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let Some(title) = &stated.title else {
        // The name of a paper is short and larger than its headlines, and those
        // are larger than headings in the text.
        let telling = |(text, size): &&&(&str, u32)| {
            text.split(' ').count() > 3 && *size * 100 >= body * LARGE
        };
        let first = large.iter().find(telling).or(large.first());
        return first.map(|(text, _)| (*text).to_owned());
    };
    let whole = folded(title);
    let shown = large.iter().find(|(text, _)| {
        let text = folded(text);
        text.len() > 8 && (whole.contains(&text) || text.contains(&whole))
    });
    // A paragraph of the text's size may be the headline as well.
    let plain = || page.iter().find(|(text, _)| folded(text) == whole);
    let shown = shown.copied().or_else(plain);
    Some(shown.map_or_else(|| title.clone(), |(text, _)| (*text).to_owned()))
}
