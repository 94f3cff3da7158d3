//! Digesting: what is boilerplate, who is quoted, what is it about?
//!
//! Pure and total: it cannot fail, and knows no clock, file or network. Worse
//! input gives a poorer digest.
//!
//! The steps, in this order: `clean` finds the story, `words` walks it once,
//! `quotes` pairs the quotation marks, `names` makes a table of who is in it,
//! `quotes` tells who speaks, then `lead`, `summary` and `topics` choose from
//! what is known. All work on spans of one text; what they know of languages
//! is data in `lang`.

mod clean;
mod dateline;
pub mod explain;
mod lang;
mod lead;
mod names;
mod quotes;
pub mod sentences;
mod summary;
mod title;
mod topics;
mod words;

use crate::{
    article::{Article, LONGEST_NAME, LONGEST_TITLE},
    entry::{Digest, Quotation},
    text::{Span, Text, cut_line},
};
use explain::Explanation;
use lang::Language;
pub use lead::{Score, Term, Unfit, Weighed};
use names::Name;
pub use topics::Rules as TopicRules;
use words::Walk;

/// Goes up when the same article may give another digest than before, so that
/// whoever keeps digests knows to make them anew.
pub const VERSION: u32 = 6;

/// So many quotations of an article are kept, the first ones: a novel in
/// dialogue has as many, and no report a hundredth.
pub const MOST_QUOTATIONS: usize = 5_000;

/// What can be set about digesting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The most topics that a digest has, best first. Entries show fewer: the
    /// rest takes the place of those that the owner bans later.
    pub max_topics: usize,
    /// What the owner says about topics.
    pub topics: TopicRules,
    /// The longest summary, in bytes.
    pub summary_length: usize,
}

/// How many topics a digest has more than entries show.
const SPARE_TOPICS: usize = 4;

impl Settings {
    /// Makes digests with enough topics for entries that show so many.
    pub fn show_topics(&mut self, most: usize) {
        self.max_topics = if most > 0 { most + SPARE_TOPICS } else { 0 };
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_topics: 8 + SPARE_TOPICS,
            topics: TopicRules::default(),
            summary_length: 400,
        }
    }
}

/// Digests an article.
#[must_use]
pub fn digest(article: Article, settings: &Settings) -> Digest {
    run(article, settings, None)
}

/// The same, and why it has the quotations and the lead quote that it has.
#[must_use]
pub fn explained(article: Article, settings: &Settings) -> (Digest, Explanation) {
    let mut explanation = Explanation::default();
    let digest = run(article, settings, Some(&mut explanation));
    (digest, explanation)
}

/// What whoever dropped the article is to know of its digest, if anything.
#[must_use]
pub fn note(digest: &Digest) -> Option<String> {
    let is_full = digest.quotes.len() >= MOST_QUOTATIONS;
    is_full.then(|| {
        format!("its first {MOST_QUOTATIONS} quotations are taken, and no more; drop it in several files")
    })
}

/// A text that was walked: cut into words and sentences, and every word looked
/// up in the tables of its language.
#[derive(Debug)]
pub struct Walked<'a> {
    body: &'a Text,
    lang: &'static Language,
    walk: Walk,
}

/// Walks a text in the language of a BCP 47 tag.
#[must_use]
pub fn walk<'a>(body: &'a Text, language: &str) -> Walked<'a> {
    let lang = lang::table(language);
    Walked {
        body,
        lang,
        walk: words::walk(body, "", lang),
    }
}

/// What a text quotes, in order, and who said it: one of the steps of a digest.
#[must_use]
pub fn quotations(walked: &Walked<'_>) -> Vec<Quotation> {
    only_quotations(who_said_what(walked.body, &walked.walk, walked.lang).found)
}

/// Who is in an article, and what they are quoted as saying.
#[derive(Debug)]
struct Said {
    names: Vec<Name>,
    found: Vec<quotes::Found>,
    rejected: Vec<(Span, quotes::Reason)>,
}

fn only_quotations(found: Vec<quotes::Found>) -> Vec<Quotation> {
    found.into_iter().map(|found| found.quotation).collect()
}

fn who_said_what(body: &Text, walk: &Walk, lang: &Language) -> Said {
    let stretches = quotes::pair(body, lang);
    let spans: Vec<Span> = stretches.iter().map(|quoted| quoted.words).collect();
    let names = names::names(body, walk, lang, &spans);
    let quotes::Judged { found, rejected } =
        quotes::quotations(body, walk, lang, &names, &stretches);
    Said {
        names,
        found,
        rejected,
    }
}

/// Cuts what was found in the text as what is stated is cut.
fn shorten(story: &mut clean::Cleaned) {
    if let Some(title) = &mut story.title {
        cut_line(title, LONGEST_TITLE);
    }
    for name in &mut story.byline {
        cut_line(name, LONGEST_NAME);
    }
}

/// Digests an article, and keeps why where that is asked.
fn run(article: Article, settings: &Settings, mut why: Option<&mut Explanation>) -> Digest {
    let mut story = clean::clean(&article);
    shorten(&mut story);
    let body = story.body;
    let language = lang::settle(article.language.as_deref(), &body.plain);
    let lang = lang::table(language.as_deref().unwrap_or_default());
    let headline = story.title.as_deref().unwrap_or_default();
    let walk = words::walk(&body, headline, lang);
    let mut said = who_said_what(&body, &walk, lang);
    said.found.truncate(MOST_QUOTATIONS);
    if let Some(why) = why.as_deref_mut() {
        why.take(&said);
    }
    let forms: Vec<quotes::Form> = said.found.iter().map(|found| found.form).collect();
    let (names, quotes) = (said.names, only_quotations(said.found));
    let headline_walk = walk.line(headline, lang);
    let about = lead::About {
        body: &body,
        walk: &walk,
        lang,
        names: &names,
        quotes: &quotes,
        forms: &forms,
        title: (&headline_walk, headline),
    };
    let lead = lead::lead(&about);
    if let Some(why) = why {
        why.leads = lead::weighed(&about);
    }
    let made = story.title.is_none().then(|| title::made(&body, &walk));
    // A first line that is one short sentence may be a headline with a full
    // stop, which its title says already.
    let line = made.as_deref().filter(|made| title::is_line(made, &body));
    let line_walk = line.map(|line| walk.line(line, lang));
    let summary = summary::summary(
        &body,
        &walk,
        &summary::About {
            title: line_walk.as_ref().unwrap_or(&headline_walk),
            lead: &summary::lead_spans(lead.as_ref(), &quotes, &body.plain),
            lang,
        },
        settings.summary_length,
    );
    let names = names::topical(names, &body, &walk, lang);
    // Without tables, the article alone tells what its words are; one that is
    // too short to tell its language may be in any.
    let alone = lang.tag.is_empty() && language.is_some();
    let told = alone.then(|| walk.told(&body.plain, (&headline_walk, headline)));
    let (told, told_headline) = told
        .as_ref()
        .map_or((&walk, &headline_walk), |(walk, headline)| (walk, headline));
    let rules = &settings.topics;
    let room = settings.max_topics.saturating_sub(SPARE_TOPICS);
    let stated = rules.stated(article.topics, [headline, &body.plain], room);
    let topics = topics::topics(
        &topics::About {
            stated: &stated,
            title: told_headline,
            body: (&body, told),
            names: &names,
            byline: &story.byline,
            lang,
        },
        settings.max_topics + rules.spare(),
    );
    let topics = rules.apply(topics, settings.max_topics);
    Digest {
        title: story.title.or(made).unwrap_or_default(),
        byline: story.byline,
        published: story.published,
        modified: story.modified,
        language,
        url: article.url,
        image: article.image,
        site: article.site,
        dropped: story.dropped,
        quotes,
        lead_quote: lead.map(|lead| lead.quote),
        summary,
        topics,
        body,
    }
}
