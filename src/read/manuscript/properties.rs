//! What a document's properties tell, and how much of it is meant.
//!
//! Nobody looks at them. Word states the first line that was ever written as
//! the title, and the owner of the computer as the author; a document that was
//! made from another keeps that one's. When a document was made and last saved
//! is not when its text was published or changed, so neither date is taken over;
//! nor is the language, which is that of the program.

use super::folded;
use crate::{
    article::Article,
    read::{
        ReadError,
        elements::{Elements, Piece},
        meta::{self, Value},
    },
};

/// The longest first line that a title may be the beginning of.
const LONGEST_HEADLINE: usize = 250;

/// How many paragraphs at either end of the text are looked at for a byline.
const NEAR: usize = 6;

/// What a document states about itself, as it stands there.
#[derive(Debug, Default)]
pub(in super::super) struct Properties {
    pub(in super::super) title: String,
    pub(in super::super) creators: Vec<String>,
    pub(in super::super) subject: String,
    pub(in super::super) keywords: Vec<String>,
}

impl Properties {
    /// Out of `docProps/core.xml`, `meta.xml`, or the head of a flat document.
    pub(in super::super) fn read(xml: &str, what: &'static str) -> Result<Self, ReadError> {
        let mut elements = Elements::new(xml, what);
        let mut found = Self::default();
        let mut last_editor = None;
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            match element.name() {
                "title" if found.title.is_empty() => found.title = elements.text()?,
                // In OpenDocument the creator is who saved it last.
                "initial-creator" => found.creators.insert(0, elements.text()?),
                "creator" if what == super::super::odt::WHAT => {
                    last_editor = Some(elements.text()?);
                }
                "creator" => found.creators.push(elements.text()?),
                "subject" => found.subject = elements.text()?,
                "keyword" | "keywords" => found.keywords.push(elements.text()?),
                // The text of a flat document stands behind its properties.
                "body" => break,
                "styles" | "automatic-styles" | "settings" => elements.skip()?,
                _ => {}
            }
        }
        if found.creators.is_empty() {
            found.creators.extend(last_editor);
        }
        Ok(found)
    }

    /// Whether a first paragraph is the headline that the title states, perhaps
    /// cut off: Word takes the first 60 characters or so.
    pub(super) fn is_repeated(&self, first: &str) -> bool {
        let title = folded(&self.title).to_lowercase();
        let cut = title.trim_end_matches(['.', '…', ' ']);
        let first = first.to_lowercase();
        title == first
            || cut.chars().count() > 20 && first.len() <= LONGEST_HEADLINE && first.starts_with(cut)
    }

    /// Takes over what is meant, beside what the text itself states by its
    /// styles.
    pub(super) fn take_over(
        &self,
        headline: Option<String>,
        byline: Vec<String>,
        article: &mut Article,
    ) {
        let mut fields = meta::Fields::new();
        let title = headline.or_else(|| self.sound_title(&article.text.plain));
        fields.extend(title.map(|title| ("title".to_owned(), Value::Text(title))));
        let mut byline = byline;
        if byline.is_empty() && !has_byline(article) {
            byline = self
                .creators
                .iter()
                .flat_map(|names| persons(names))
                .collect();
        }
        let names = byline.into_iter().map(Value::Text).collect();
        fields.push(("author".to_owned(), Value::List(names)));
        let keywords = self.keywords.iter().flat_map(|all| all.split([',', ';']));
        let mut topics: Vec<Value> = keywords.map(|word| Value::Text(word.to_owned())).collect();
        let subject = folded(&self.subject);
        if subject.split(' ').count() <= 3 {
            topics.push(Value::Text(subject));
        }
        fields.push(("keywords".to_owned(), Value::List(topics)));
        let published = article.published;
        meta::take_over(fields, article);
        article.published = published;
    }

    /// The title, if it is that of this text: no template's, and not that of the
    /// document that this one was made from.
    fn sound_title(&self, text: &str) -> Option<String> {
        let title = folded(&self.title);
        let lower = title.to_lowercase();
        let default = DEFAULTS.iter().any(|default| lower.starts_with(default));
        let file = lower.contains(['\\', '_', '<', '{'])
            || FILES.iter().any(|ending| lower.contains(ending));
        let text = text.to_lowercase();
        let telling = |word: &&str| word.chars().count() > 3 || !word.is_ascii();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(telling).collect();
        let known = words.iter().filter(|word| text.contains(**word)).count();
        let sound = !default && !file && words.len() > 1 && known * 2 >= words.len();
        sound.then_some(title)
    }
}

/// Whether the text itself names its authors, at its top or foot.
fn has_byline(article: &Article) -> bool {
    let text = &article.text;
    let top = text.blocks.iter().take(NEAR);
    let foot = text.blocks.iter().rev().take(NEAR);
    top.chain(foot).any(|block| {
        let line = text.of(block);
        let named = |opening: &&str| {
            let rest = line.get(opening.len()..);
            let begins = line.get(..opening.len());
            begins.is_some_and(|begins| begins.eq_ignore_ascii_case(opening))
                && rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        };
        line.len() < 100 && BYLINES.iter().any(named)
    })
}

/// The persons that an author field names; programs and accounts are none.
fn persons(field: &str) -> Vec<String> {
    let field = folded(field);
    let names = field.split([';', '/']).map(str::trim);
    let person = |name: &&str| {
        let words: Vec<&str> = name.split(' ').collect();
        let lower = name.to_lowercase();
        let account = NOBODY.iter().any(|nobody| {
            let mut words = lower.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word == *nobody)
        });
        let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        let letters = !lower.contains(|c: char| c.is_ascii_digit() || "@_\\<>|".contains(c));
        (2..=5).contains(&words.len())
            && words.iter().filter(|word| capital(word)).count() >= 2
            && letters
            && !account
    };
    names.filter(person).map(str::to_owned).collect()
}

/// What titles begin with that nobody has written.
#[rustfmt::skip]
const DEFAULTS: &[&str] = &[
    "microsoft word", "untitled", "unbenannt", "sans titre", "sin título", "senza titolo",
    "word document", "document1", "document 1", "dokument1", "dokument 1", "documento1",
    "new document", "neues dokument", "powerpoint", "slide 1", "folie 1", "template", "vorlage",
    "press release template", "no title", "title", "titel", "lorem ipsum", "blank",
];

/// Endings of files' names.
#[rustfmt::skip]
const FILES: &[&str] = &[
    ".doc", ".odt", ".rtf", ".pdf", ".txt", ".indd", ".qxd", ".pages", ".htm", ".dot", ".ott", ".wpd",
];

/// Words in names of authors who are programs, accounts, or nobody.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "user", "users", "benutzer", "utilisateur", "usuario", "utente", "gebruiker", "användare",
    "admin", "administrator", "microsoft", "office", "windows", "word", "libreoffice", "openoffice",
    "python", "docx", "docx4j", "apache", "poi", "aspose", "pandoc", "google", "docs", "apple",
    "owner", "author", "autor", "unknown", "unbekannt", "inconnu", "anonymous", "default", "guest",
    "pc", "laptop", "desktop", "computer", "acer", "dell", "lenovo", "hp", "asus", "toshiba",
    "sekretariat", "secretary", "intern", "redaktion", "newsroom", "press", "presse", "pressestelle",
    "communications", "kommunikation", "marketing", "gmbh", "inc", "ltd", "llc", "ag", "department",
    "university", "universität", "ministry", "template", "converter", "calibre", "adobe",
];

/// How bylines open, a space at their end.
#[rustfmt::skip]
const BYLINES: &[&str] = &[
    "by ", "by: ", "author: ", "written by ", "text: ", "story by ", "von ", "autor: ", "autorin: ",
    "par ", "auteur : ", "por ", "di ", "door ", "av ", "af ",
];
