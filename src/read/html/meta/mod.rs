//! What a web page states of its article: headline, byline, dates, language,
//! address, site, picture, topics, and whether it is for sale.
//!
//! A page says each of these several times: in JSON-LD, in `<meta>`, in the
//! words of a vocabulary or the names of its classes, and for people to read.
//! `walk` gathers all of it into a `page`, and the other files choose. Nothing
//! is made up: what no source states is absent.

mod byline;
mod date;
mod hints;
mod page;
mod rest;
mod title;
mod walk;

use crate::{article::Article, read::json_ld};
use dom_query::Document;
use hints::Beside;
use page::{Mark, Page};
use rest::Site;

/// How much text may be between the headline and a byline or date, in bytes.
const REACH: usize = 1_500;

/// How much may be between a byline or date and the headline under it.
const REACH_ABOVE: usize = 300;

/// So near below the headline, in bytes of text, a byline or date is the
/// article's, wherever it is said to stand.
const TOUCH: usize = 400;

/// The same above it, where menus end.
const TOUCH_ABOVE: usize = 60;

/// How far something is from the headline at `anchor`; `None` in a part of the
/// page that is not the article.
fn distance(page: &Page, anchor: Option<usize>, mark: &Mark) -> Option<usize> {
    let beside = page.beside(mark, anchor);
    let Some(anchor) = anchor else {
        return beside.is_none().then_some(mark.offset);
    };
    let below = mark.offset.checked_sub(anchor);
    let touches = mark.offset.abs_diff(anchor) <= TOUCH
        && (below.is_some() || anchor - mark.offset <= TOUCH_ABOVE);
    if beside == Some(Beside::Surely) || (beside.is_some() && !touches) {
        return None;
    }
    Some(below.unwrap_or_else(|| {
        let above = anchor - mark.offset;
        let far = if above > REACH_ABOVE { REACH } else { 0 };
        above + REACH_ABOVE + far
    }))
}

/// Takes over what a page states of its article, whose text is known already.
pub(super) fn take_over(doc: &Document, html: &str, article: &mut Article) {
    let page = walk::gather(doc);
    let ld = json_ld::among(&page.json_ld).unwrap_or_default();
    article.url = rest::url(&page, &ld);
    let site = Site::of(&page, &ld, article.url.as_deref());
    let (title, anchor) = title::title(&page, &ld, &site);
    article.title = title;
    article.byline = byline::byline(&page, &ld, anchor, &site);
    article.language = rest::language(&page, &ld);
    (article.published, article.modified) = date::dates(&page, &ld, anchor, html, article);
    article.image = rest::image(&page, &ld);
    article.topics = rest::topics(&page, &ld, &site, article);
    article.site = site.name;
    if let Some(note) = rest::paywall(&page, &ld, &article.text) {
        article.notes.push(note);
    }
}
