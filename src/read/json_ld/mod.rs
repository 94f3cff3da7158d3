//! JSON-LD: what a page or a file states of its article in the words of
//! schema.org.
//!
//! Pure, and total: what has another shape than it should is left out. Nothing
//! here recurses, and `serde_json` refuses what is nested too deep.

mod graph;
mod script;

pub(super) use graph::{clean, date, is_topic};
pub(super) use script::parse;

use crate::article::Article;
use graph::{Graph, Kind};
use jiff::Timestamp;
use serde_json::Value;

/// What is stated of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) title: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) modified: Option<Timestamp>,
    pub(super) language: Option<String>,
    /// Where it was published, as an absolute URL.
    pub(super) url: Option<String>,
    /// As it is written: it may be relative.
    pub(super) image: Option<String>,
    pub(super) topics: Vec<String>,
    /// The publisher's name.
    pub(super) site: Option<String>,
    /// Whether all of it can be read without paying.
    pub(super) free: Option<bool>,
    pub(super) description: Option<String>,
    /// Its text as it is written, which may be plain or HTML.
    pub(super) body: Option<String>,
}

impl Stated {
    /// Takes over everything but the text.
    pub(super) fn take_over(self, article: &mut Article) {
        article.title = self.title;
        article.byline = self.byline;
        article.published = self.published;
        article.modified = self.modified;
        article.language = self.language;
        article.url = self.url;
        article.image = self.image;
        article.topics = self.topics;
        article.site = self.site;
    }

    /// Takes from another description of the same article what is missing.
    fn complete(&mut self, other: Self) {
        fn put<T>(place: &mut Option<T>, value: Option<T>) {
            if place.is_none() {
                *place = value;
            }
        }
        put(&mut self.title, other.title);
        put(&mut self.published, other.published);
        put(&mut self.modified, other.modified);
        put(&mut self.language, other.language);
        put(&mut self.url, other.url);
        put(&mut self.image, other.image);
        put(&mut self.site, other.site);
        put(&mut self.free, other.free);
        put(&mut self.description, other.description);
        put(&mut self.body, other.body);
        if self.byline.is_empty() {
            self.byline = other.byline;
        }
        if self.topics.is_empty() {
            self.topics = other.topics;
        }
    }
}

/// What a JSON value states of the article in it; `None` where it describes
/// none.
pub(super) fn article(value: &Value) -> Option<Stated> {
    among(std::slice::from_ref(value))
}

/// What the values of a page state of its article.
///
/// The first article is it that is not part of a list or of another; what it
/// leaves out is taken from others of the same headline, and then from what is
/// said of the page.
pub(super) fn among(values: &[Value]) -> Option<Stated> {
    let graph = Graph::of(values);
    let kind = |wanted: Kind| {
        let things = graph.things.iter();
        things.filter(move |thing| thing.kind == wanted)
    };
    let mut articles = kind(Kind::Article).map(|thing| graph.stated(thing.fields));
    let first = articles.next();
    let pages = kind(Kind::Page).map(|thing| graph.stated(thing.fields));
    let mut found = match first {
        Some(mut found) => {
            for other in articles {
                if other.title.is_none() || other.title == found.title {
                    found.complete(other);
                }
            }
            found
        }
        None => kind(Kind::Work)
            .map(|thing| graph.stated(thing.fields))
            .next()
            .or_else(|| kind(Kind::Page).next().map(|_| Stated::default()))?,
    };
    for page in pages {
        found.complete(page);
    }
    if found.site.is_none() {
        found.site = kind(Kind::Site).find_map(|thing| graph::text(thing.fields.get("name")?));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stated(text: &str) -> Stated {
        among(&parse(text)).unwrap()
    }

    #[test]
    fn the_article_of_a_graph_is_found_and_its_references_followed() {
        let stated = stated(
            r##"{"@context": "https://schema.org", "@graph": [
                {"@type": "WebPage", "@id": "#page", "inLanguage": "en-gb", "name": "Herald"},
                {"@type": "NewsArticle", "headline": "Bridge &amp; toll", "isPartOf": {"@id": "#page"},
                 "author": [{"@id": "#ada"}, {"@type": "Person", "name": "By Per Lind"}],
                 "datePublished": "2031-04-05T06:07:08+02:00", "keywords": "bridges, type:story, tolls",
                 "publisher": {"@type": "Organization", "name": "The Herald"},
                 "image": {"@type": "ImageObject", "url": "https://herald.example/b.jpg"},
                 "isAccessibleForFree": "False", "articleBody": "It opened."},
                {"@type": "Person", "@id": "#ada", "name": "Ada Holm", "url": "https://herald.example/ada"},
                {"@type": "ItemList", "itemListElement": [{"@type": "Article", "headline": "Another"}]}
            ]}"##,
        );
        assert_eq!(stated.title.as_deref(), Some("Bridge & toll"));
        assert_eq!(stated.byline, ["Ada Holm", "Per Lind"]);
        let published = stated.published.map(|date| date.to_string());
        assert_eq!(published.as_deref(), Some("2031-04-05T04:07:08Z"));
        assert_eq!(stated.topics, ["bridges", "tolls"]);
        assert_eq!(stated.site.as_deref(), Some("The Herald"));
        assert_eq!(
            stated.image.as_deref(),
            Some("https://herald.example/b.jpg")
        );
        assert_eq!(stated.language.as_deref(), Some("en-GB"));
        assert_eq!(stated.free, Some(false));
        assert_eq!(stated.body.as_deref(), Some("It opened."));
    }

    #[test]
    fn what_is_broken_in_a_certain_way_is_repaired() {
        for text in [
            "<!-- {\"@type\": \"Article\", \"headline\": \"Toll\"} -->",
            "//<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"Toll\"}\n//]]>",
            "/* <![CDATA[ */[{\"@type\": [\"Article\"], \"headline\": \"Toll\",},];/* ]]> */",
            "{\"@type\": \"Article\", // of ours\n\"url\": \"https://a.example/b\", \"headline\": \"\nToll\t\"}",
            "{\"@type\": \"Article\", \"headline\": \"Toll\"} {\"@type\": broken",
        ] {
            assert_eq!(stated(text).title.as_deref(), Some("Toll"), "{text}");
        }
        assert_eq!(parse("{\"headline\": Toll}"), Vec::<Value>::new());
    }

    #[test]
    fn depth_and_wrong_shapes_are_no_harm() {
        assert_eq!(parse(&"[".repeat(100_000)), Vec::<Value>::new());
        let odd = r#"{"@type": "Article", "author": [[[]], 3, {"name": {}}], "image": [[]],
            "keywords": [{}], "datePublished": 7, "publisher": [], "@id": 5, "headline": [[]]}"#;
        assert_eq!(stated(odd), Stated::default());
        assert_eq!(article(&Value::Null), None);
    }
}
