//! Cleaning of what was taken out of a page by its markup: most of what is not
//! the story is gone, and all that is left may be it.

use super::Cleaned;
use crate::article::Article;

/// The story in an article that was taken out of a page.
pub(super) fn clean(article: &Article) -> Cleaned {
    Cleaned {
        title: article.title.clone(),
        byline: article.byline.clone(),
        published: article.published,
        modified: article.modified,
        body: article.text.clone(),
        dropped: Vec::new(),
    }
}
