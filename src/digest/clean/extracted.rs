//! Cleaning of what was taken out of a page by its markup: most of what is not
//! the story is gone, and all that is left may be it.
//!
//! What remains to be found has no markup of its own: a pointer to another story
//! that is a paragraph like any other, a plea to subscribe, a credit, who wrote
//! it. Each goes by how it begins, and only if it is as short as such lines are;
//! what is told of the author or of liability only at the end.

use super::{Cleaned, Rule};
use crate::{
    article::Article,
    entry::Dropped,
    text::{Block, BlockKind, MarkKind, Text},
};

/// The story in an article that was taken out of a page.
pub(super) fn clean(article: &Article) -> Cleaned {
    let text = &article.text;
    let mut rules: Vec<Option<Rule>> = text.blocks.iter().map(|_| None).collect();
    let prose =
        |at: &usize| text.blocks[*at].kind.is_prose() && words(text.of(&text.blocks[*at])) >= 12;
    let blocks = 0..text.blocks.len();
    let first = blocks.clone().find(prose).unwrap_or(0);
    let last = blocks.clone().rev().find(prose).unwrap_or(first);
    for at in blocks {
        let block = &text.blocks[at];
        let line = text.of(block).trim();
        let before = at < first;
        rules[at] = match block.kind {
            BlockKind::Code | BlockKind::Table | BlockKind::Picture => None,
            _ if before && is_title(article, line) => Some(Rule::Headline),
            _ if before && is_byline(article, line) => Some(Rule::Byline),
            _ => label(line).filter(|rule| *rule != Rule::Related || points(text, block)),
        };
    }
    // From the end, as long as there is something that is about the article.
    for at in (first + 1..=last).rev() {
        let line = text.of(&text.blocks[at]);
        rules[at] = rules[at].or_else(|| closing(article, line));
        if rules[at].is_none() {
            break;
        }
    }
    if rules.iter().all(Option::is_some) {
        rules.fill(None);
    }
    let dropped = text.blocks.iter().zip(&rules).filter_map(|(block, rule)| {
        let text = text.of(block).to_owned();
        let rule = (*rule)?.name().to_owned();
        Some(Dropped { text, rule })
    });
    Cleaned {
        title: article.title.clone(),
        byline: article.byline.clone(),
        published: article.published,
        modified: article.modified,
        dropped: dropped.collect(),
        body: text.retain(|at| rules[at].is_none()),
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a line is the headline once more.
fn is_title(article: &Article, line: &str) -> bool {
    let title = article.title.as_deref().unwrap_or_default();
    letters(title).next().is_some() && letters(line).eq(letters(title))
}

/// The letters and digits of a text, without case.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Whether a line names the authors, and says little else.
fn is_byline(article: &Article, line: &str) -> bool {
    let names: usize = article.byline.iter().map(|name| words(name)).sum();
    names > 0
        && words(line) <= names + 4
        && article
            .byline
            .iter()
            .all(|name| line.contains(name.as_str()))
}

/// What a line is that begins like this, marks before its first word aside.
fn label(line: &str) -> Option<Rule> {
    let count = words(line);
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let row = LABELS
        .iter()
        .find(|(most, _, starts)| count <= *most && starts.iter().any(|start| begins(line, start)));
    row.map(|(_, rule, _)| *rule)
}

/// Whether a line is a link, or no sentence: "More: and then she left." is one.
fn points(text: &Text, block: &Block) -> bool {
    let links = block.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Link(_) => Some(mark.span.len()),
        _ => None,
    });
    let linked: usize = links.sum();
    linked * 2 > block.span.len() || !text.of(block).trim_end().ends_with(['.', '!', '”', '"'])
}

/// Whether a line begins with these words; what follows is no letter.
fn begins(line: &str, start: &str) -> bool {
    let mut rest = line.chars().flat_map(char::to_lowercase);
    start.chars().all(|c| rest.next() == Some(c))
        && rest.next().is_none_or(|c| !c.is_alphanumeric())
}

/// What a paragraph at the story's end is that is not of the story.
fn closing(article: &Article, line: &str) -> Option<Rule> {
    let low = line.to_lowercase();
    if words(line) <= 120 && LIABILITY.iter().any(|phrase| low.contains(phrase)) {
        return Some(Rule::Furniture);
    }
    (words(line) <= 90 && is_bio(article, line)).then_some(Rule::Bio)
}

/// Whether a paragraph introduces its author: "Ida Voss is a writer who".
fn is_bio(article: &Article, line: &str) -> bool {
    let mut rest = line.split_whitespace();
    let names: Vec<&str> = rest
        .by_ref()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .take(5)
        .collect();
    if !(2..=4).contains(&names.len()) {
        return false;
    }
    let name = names.join(" ");
    let low = line.to_lowercase();
    let told = BIOS.iter().any(|verb| {
        low.get(name.len()..)
            .is_some_and(|rest| rest.trim_start().starts_with(verb))
    });
    let known = || {
        let mut byline = article.byline.iter();
        byline.any(|author| name.contains(author.as_str()))
    };
    let work = || {
        let mut words = low.split(|c: char| !c.is_alphabetic());
        words.any(|word| TRADES.contains(&word))
    };
    let quoted = || line.contains(['“', '"', '„', '«']);
    told && (known() || work() && !quoted())
}

/// How an author is introduced, after the name.
const BIOS: &[&str] = &[
    "is a ",
    "is an ",
    "is the ",
    "is our ",
    "writes ",
    "covers ",
    "reports ",
    "has been ",
    "ist ",
    "schreibt ",
    "est ",
    "es ",
    "è ",
    "é ",
    "jest ",
    "is een ",
];

/// What those are who write articles.
#[rustfmt::skip]
const TRADES: &[&str] = &[
    "writer", "author", "editor", "reporter", "journalist", "blogger", "columnist", "correspondent",
    "contributor", "freelance", "writes", "covers", "autor", "autorin", "journalistin", "redakteur",
    "redakteurin", "schreibt", "journaliste", "periodista", "giornalista", "jornalista",
    "dziennikarz", "redacteur",
];

/// What the law makes authors say.
const LIABILITY: &[&str] = &[
    "informational purposes only",
    "information purposes only",
    "does not constitute legal advice",
    "not intended as medical advice",
    "not a substitute for professional",
    "affiliate commission",
    "we may earn a commission",
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "tutti i diritti riservati",
    "todos os direitos reservados",
];

/// How lines begin that are not the story, with the most words of such a line.
#[rustfmt::skip]
const LABELS: &[(usize, Rule, &[&str])] = &[
    (30, Rule::Related, &[
        "read more:", "read also:", "also read:", "read next:", "related:", "related story:",
        "related article:", "related articles:", "see also:", "recommended:", "more:",
        "more on this:", "watch:", "listen:", "must read:", "don't miss:", "further reading:",
        "you may also like:", "mehr zum thema:", "lesen sie auch:", "lesen sie hier:", "lesen sie mehr:",
        "siehe auch:", "mehr dazu:", "lire aussi:", "lire aussi :", "à lire aussi:", "à lire aussi :",
        "à lire :", "voir aussi :", "lea también:", "lea más:", "lee también:", "leer más:",
        "también lee:", "le puede interesar:", "te puede interesar:", "ver también:", "leggi anche:",
        "leggi anche", "leia também:", "leia mais:", "veja também:", "lees ook:", "czytaj też:",
        "czytaj także:", "zobacz też:", "zobacz także:", "читайте также:", "läs också:",
    ]),
    (12, Rule::Related, &[
        "you may also like", "you might also like", "you may also enjoy", "related articles",
        "related posts", "related stories", "related content", "recommended reading", "more from",
        "read more", "read next", "keep reading", "continue reading", "das könnte sie auch interessieren",
        "mehr zum thema", "lesen sie auch", "weiterlesen", "sur le même sujet", "à lire aussi",
        "lire la suite", "artículos relacionados", "seguir leyendo", "articoli correlati",
        "artigos relacionados", "zobacz również",
    ]),
    (25, Rule::Furniture, &[
        "click here to subscribe", "subscribe to our", "sign up for our", "sign up to our",
        "sign up for the", "sign up here", "get the latest updates right in your inbox",
        "follow us on", "like us on", "join our newsletter", "join our mailing list",
        "share this article", "share this story", "share this post", "share this:", "share on",
        "zum newsletter anmelden", "jetzt abonnieren", "folgen sie uns", "artikel teilen",
        "suivez-nous", "abonnez-vous", "partager cet article", "suscríbete", "síguenos",
        "comparte este", "iscriviti alla", "seguici su", "inscreva-se", "siga-nos", "volg ons",
        "obserwuj nas", "zapisz się",
    ]),
    (4, Rule::Furniture, &[
        "advertisement", "advertisements", "sponsored", "sponsored content", "share", "tweet",
        "print", "comments", "leave a comment", "loading", "anzeige", "werbung", "publicité",
        "publicidad", "pubblicità", "publicidade", "advertentie", "reklama", "реклама", "annons",
    ]),
    (20, Rule::Caption, &[
        "photo:", "photos:", "photo by", "photo credit:", "photo courtesy", "image:", "image credit:",
        "image by", "image courtesy", "image via", "picture:", "credit:", "credits:", "screenshot:",
        "foto:", "fotos:", "bild:", "bilder:", "bildquelle:", "crédit photo", "crédit :", "photo :",
        "imagen:", "crédito:", "immagine:", "imagem:", "beeld:", "zdjęcie:", "fot.",
    ]),
];
