//! Language, address, site, picture, topics, and whether it is for sale.

use super::{Page, title};
use crate::{
    article::Article,
    read::{
        json_ld::{self, Stated},
        meta,
    },
    text::Text,
};

/// The site that an article appeared in.
pub(super) struct Site {
    pub(super) name: Option<String>,
    /// What its names and its host's are without case and marks.
    folded: Vec<String>,
}

impl Site {
    pub(super) fn of(page: &Page, ld: &Stated, url: Option<&str>) -> Self {
        let names = [
            "og:site_name",
            "application-name",
            "citation_journal_title",
            "dc.publisher",
        ];
        let stated: Vec<&str> = page.values(&names).chain(ld.site.as_deref()).collect();
        let mut folded: Vec<String> = stated.iter().map(|name| fold(name)).collect();
        if let Some(host) = url.and_then(host) {
            let host = host.strip_prefix("www.").unwrap_or(host);
            folded.push(fold(host));
            folded.extend(host.rsplit_once('.').map(|(name, _)| fold(name)));
            folded.extend(host.split('.').max_by_key(|label| label.len()).map(fold));
        }
        folded.retain(|name| name.len() > 2);
        Self {
            name: stated.first().map(|name| (*name).to_owned()),
            folded,
        }
    }

    /// Whether this is the site's name, as it is stated or as its host has it.
    pub(super) fn is(&self, text: &str) -> bool {
        let said = fold(text);
        self.folded.contains(&said)
    }

    /// Whether an author is the site itself: "The Herald" or "Herald Team" of
    /// "The Herald Online".
    pub(super) fn is_author(&self, name: &str) -> bool {
        let said = fold(name);
        self.folded.iter().any(|site| {
            *site == said
                || (said.len() > 3 && site.starts_with(&said))
                || (site.len() > 4 && said.starts_with(site.as_str()))
        })
    }

    /// A title without the site's name before or behind it.
    pub(super) fn cut_off<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        loop {
            let shorter = title::JOINTS.iter().find_map(|joint| {
                let (head, last) = title.rsplit_once(joint)?;
                let (first, tail) = title.split_once(joint)?;
                let bar = joint.contains(['|', '»', '│', '｜']);
                let brief = title::words(last).len() <= 5 && last.len() < head.len();
                if self.is(last) || (bar && brief) {
                    Some(head.trim())
                } else {
                    self.is(first).then(|| tail.trim())
                }
            });
            match shorter {
                Some(shorter) if !shorter.is_empty() => title = shorter,
                _ => return title,
            }
        }
    }
}

fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?', '#', ':']).next()
}

fn fold(text: &str) -> String {
    title::words(text).concat()
}

/// Where the article was published, as the page says itself.
pub(super) fn url(page: &Page, ld: &Stated) -> Option<String> {
    let canonical = page.canonical.as_deref();
    let stated = page.values(&[
        "og:url",
        "twitter:url",
        "parsely-link",
        "citation_public_url",
    ]);
    let all = || {
        let stated = stated.clone();
        let all = canonical.into_iter().chain(stated).chain(ld.url.as_deref());
        all.filter(|address| meta::is_absolute(address))
    };
    // Some sites give the front page as the canonical address of every page.
    let of_article = all().find(|address| !is_front(address));
    of_article.or_else(|| all().next()).map(str::to_owned)
}

fn is_front(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

pub(super) fn language(page: &Page, ld: &Stated) -> Option<String> {
    let names = [
        "og:locale",
        "content-language",
        "dc.language",
        "language",
        "inlanguage",
    ];
    let stated = page.values(&names);
    page.language
        .as_deref()
        .into_iter()
        .chain(ld.language.as_deref())
        .chain(stated)
        .find_map(|tag| meta::language(tag, &mut Vec::new()))
}

/// What addresses have in them of pictures that show no story.
#[rustfmt::skip]
const NO_PICTURE: &[&str] = &[
    "logo", "placeholder", "favicon", "opengraph_default", "opengraph-default", "gravatar", "avatar", "blank.", "spacer.", "default-image",
    "default_image", "no-image", "noimage", "og-default", "default-og", "share-default", "apple-touch",
];

/// The lead picture, as the page writes it: who shows it resolves a relative
/// address by the article's.
pub(super) fn image(page: &Page, ld: &Stated) -> Option<String> {
    let names = [
        "og:image:secure_url",
        "og:image",
        "og:image:url",
        "twitter:image",
        "twitter:image:src",
        "parsely-image-url",
        "sailthru.image.full",
        "image",
        "thumbnail",
    ];
    let mut all = page.values(&names).chain(ld.image.as_deref());
    let shows = |address: &&str| {
        let lower = address.to_ascii_lowercase();
        let sound = !lower.starts_with("data:") && !lower.contains([' ', '<', '{', '[']);
        sound && !NO_PICTURE.iter().any(|word| lower.contains(word))
    };
    all.find(shows).map(str::to_owned)
}

/// A keyword of no more bytes has to stand in the text by itself.
const SHORT: usize = 4;

/// The name of keywords for search engines.
const KEYWORDS: &str = "keywords";

/// The most topics that are taken over; lists for search engines have hundreds.
const MOST_TOPICS: usize = 20;

/// The topics that the page states for its article, whose text is known.
pub(super) fn topics(page: &Page, ld: &Stated, site: &Site, article: &Article) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut known = Vec::new();
    let names = [
        "article:tag",
        "og:article:tag",
        "parsely-tags",
        "sailthru.tags",
        "news_keywords",
        "citation_keywords",
        KEYWORDS,
        "dc.subject",
    ];
    let lists = names
        .iter()
        .map(|name| page.values(std::slice::from_ref(name)).collect::<Vec<_>>());
    let ld: Vec<&str> = ld.topics.iter().map(String::as_str).collect();
    let (at, list) = lists
        .chain([ld])
        .enumerate()
        .find(|(_, list)| !list.is_empty())
        .unwrap_or_default();
    // Many sites give the same keywords for all of their pages.
    let unsure = names.get(at) == Some(&KEYWORDS);
    let said = unsure.then(|| {
        let title = article.title.as_deref().unwrap_or_default();
        let words = [title::words(title), title::words(&article.text.plain)].concat();
        [" ", &words.join(" "), " "].concat()
    });
    let is_said = |topic: &str| {
        let words = title::words(topic).join(" ");
        // "bridge" is said in "bridges", "EDV" not in "edver".
        let end = if words.len() > SHORT { "" } else { " " };
        said.as_ref()
            .is_none_or(|said| said.contains(&[" ", &words, end].concat()))
    };
    for topic in list.iter().flat_map(|value| value.split([',', ';'])) {
        let topic = topic.trim().trim_start_matches('#');
        let folded = fold(topic);
        if json_ld::is_topic(topic)
            && !site.is(topic)
            && !known.contains(&folded)
            && is_said(topic)
            && found.len() < MOST_TOPICS
        {
            found.push(topic.to_owned());
            known.push(folded);
        }
    }
    found
}

/// What most markers of paid articles have in them.
const PAID: &[&str] = &[
    "locked",
    "metered",
    "premium",
    "paid",
    "subscribers",
    "plus",
];

/// The longest text of an article that is only its beginning, in bytes.
const BEGINNING: usize = 2_500;

/// A note where the page shows only the beginning of a paid article.
pub(super) fn paywall(page: &Page, ld: &Stated, text: &Text) -> Option<String> {
    let tier = page.value(&[
        "article:content_tier",
        "og:article:content_tier",
        "content_tier",
    ]);
    let paid = match ld.free {
        Some(free) => !free,
        None => tier.is_some_and(|tier| PAID.contains(&tier.to_ascii_lowercase().as_str())),
    };
    (paid && text.plain.len() < BEGINNING).then(|| {
        "the page shows only the beginning of a paid article; sign in there, and save the page again".to_owned()
    })
}
