//! What a web page states of its article, in each way that pages do.

use super::read_as;
use feedwright::article::Article;

/// A page with this in its head and its body.
fn page(head: &str, body: &str) -> Article {
    let html = format!(
        "<!doctype html><html lang=\"en-gb\"><head>{head}</head><body>{body}\
         <p>The bridge at Ost opened on a cold morning, and the first to cross it was a dog. Nobody \
         had sold it a ticket.</p></body></html>"
    );
    read_as("page.html", html).unwrap()
}

fn published(article: &Article) -> String {
    article
        .published
        .map(|date| date.to_string())
        .unwrap_or_default()
}

#[test]
fn json_ld_states_everything() {
    let article = page(
        r#"<title>Bridge opens | The Ost Herald</title>
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
        "headline": "Bridge opens", "datePublished": "2031-04-05T06:07:08+02:00",
        "dateModified": "2031-04-06T00:00:00Z", "author": [{"@type": "Person", "name": "Ada Holm"}],
        "publisher": {"@type": "Organization", "name": "The Ost Herald"}, "inLanguage": "en",
        "url": "https://herald.example/bridge", "keywords": ["bridges", "dogs"],
        "image": ["https://herald.example/dog.jpg"]}</script>"#,
        "<h1>Bridge opens</h1>",
    );
    assert_eq!(article.title.as_deref(), Some("Bridge opens"));
    assert_eq!(article.byline, ["Ada Holm"]);
    assert_eq!(published(&article), "2031-04-05T04:07:08Z");
    let modified = article.modified.map(|date| date.to_string());
    assert_eq!(modified.as_deref(), Some("2031-04-06T00:00:00Z"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(
        article.url.as_deref(),
        Some("https://herald.example/bridge")
    );
    assert_eq!(article.site.as_deref(), Some("The Ost Herald"));
    assert_eq!(
        article.image.as_deref(),
        Some("https://herald.example/dog.jpg")
    );
    assert_eq!(article.topics, ["bridges", "dogs"]);
    assert_eq!(article.notes, [""; 0]);
}

#[test]
fn meta_elements_state_it_too() {
    let article = page(
        r#"<meta property="og:title" content="Bridge opens - Ost Herald">
        <meta property="og:site_name" content="Ost Herald">
        <meta name="author" content="By Ada Holm and Per Lind, Staff Writers">
        <meta name="parsely-pub-date" content="2031-04-05T06:07:08Z">
        <meta property="og:url" content="https://herald.example/bridge">
        <link rel="canonical" href="/bridge">
        <meta property="og:image" content="https://herald.example/logo.png">
        <meta name="twitter:image" content="https://herald.example/dog.jpg">
        <meta name="keywords" content="Bridges, #dogs, bridges, type:story, Ost Herald, Tax, Motoring">"#,
        "<p>The bridges of Ost are open to dogs from Monday on, against all syntax.</p>",
    );
    assert_eq!(article.title.as_deref(), Some("Bridge opens"));
    assert_eq!(article.byline, ["Ada Holm", "Per Lind"]);
    assert_eq!(published(&article), "2031-04-05T06:07:08Z");
    assert_eq!(
        article.url.as_deref(),
        Some("https://herald.example/bridge")
    );
    assert_eq!(
        article.image.as_deref(),
        Some("https://herald.example/dog.jpg")
    );
    assert_eq!(article.topics, ["Bridges", "dogs"]);
}

#[test]
fn the_headline_is_the_heading_that_the_page_says_twice() {
    #[track_caller]
    fn check(head: &str, body: &str, headline: &str) {
        assert_eq!(page(head, body).title.as_deref(), Some(headline));
    }
    let title = "<title>Ost: The bridge opens to dogs | Ost Herald</title>";
    check(
        title,
        "<h1>Ost Herald</h1><h1>Ost: The bridge opens to dogs</h1><h1>Most read</h1>",
        "Ost: The bridge opens to dogs",
    );
    // The line above it is left out where another source leaves it out.
    check(
        "<meta property=\"og:title\" content=\"The bridge opens to dogs\">",
        "<h1><span>Ost today</span><span>The bridge opens to dogs</span></h1>",
        "The bridge opens to dogs",
    );
    // A logo is no headline.
    check(
        "<title>The bridge opens to dogs — herald.example</title>\
         <link rel=canonical href=https://herald.example/a>",
        "<h1>herald.example</h1>",
        "The bridge opens to dogs",
    );
    check(title, "", "Ost: The bridge opens to dogs");
    // A page has one main heading, and search engines are told another one.
    check(
        "<meta property=\"og:title\" content=\"Crossing guide 2031\">",
        "<h1>How to walk a dog across</h1>",
        "How to walk a dog across",
    );
    check(
        "<meta property=\"og:title\" content=\"Tom &amp;amp; Ida\">",
        "",
        "Tom & Ida",
    );
}

#[test]
fn bylines_are_read_off_the_page() {
    #[track_caller]
    fn check(body: &str, names: &[&str]) {
        let article = page("", &format!("<h1>The bridge opens</h1>{body}"));
        assert_eq!(article.byline, names, "{body}");
    }
    check("<a rel=author href=/ada>Ada Holm</a>", &["Ada Holm"]);
    check(
        "<div itemprop=author itemscope><span itemprop=name>Ada Holm</span>, Editor</div>",
        &["Ada Holm"],
    );
    check(
        "<div class=byline>By <a>Ada Holm</a> and <a>Per Lind</a></div>",
        &["Ada Holm", "Per Lind"],
    );
    check(
        "<div class=post-author><span>By</span><b>Ada Holm</b><br>Staff Writer</div>",
        &["Ada Holm"],
    );
    check(
        "<p>By Ada Holm, Chief Reporter | 5 May 2031</p>",
        &["Ada Holm"],
    );
    check(
        "<p>Von Jörg von der Aue am 5. Mai 2031</p>",
        &["Jörg von der Aue"],
    );
    check("<p>Par Zoé Petit et Léa Roy</p>", &["Zoé Petit", "Léa Roy"]);
    check("<p>Written by</p><p>Ada Holm</p>", &["Ada Holm"]);
    check(
        "<div class=byline>By Ada Holm May 5, 2031</div>",
        &["Ada Holm"],
    );
    check("<div class=author>Ada September 15, 2031</div>", &["Ada"]);
    // None of these names an author of this article.
    check("<p>By the time it opened, it was noon.</p>", &[]);
    check("<div class=author>admin</div>", &[]);
    check(
        "<div class=comment><span class=author>Per Lind</span></div>",
        &[],
    );
    check("<aside class=related><p>By Per Lind</p></aside>", &[]);
    check("<span class=author>Posted on 5 May 2031</span>", &[]);
    check("<span class=author>5. Mai 2031</span>", &[]);
}

#[test]
fn addresses_and_accounts_are_no_authors() {
    let article = page(
        "<meta property=\"article:author\" content=\"https://social.example/ada.holm\">\
         <meta name=\"twitter:creator\" content=\"@ada\"><meta name=author content=user_77>",
        "<h1>The bridge opens</h1>",
    );
    assert_eq!(article.byline, [""; 0]);
    let article = page("<meta name=\"dc.creator\" content=\"Holm, Ada\">", "");
    assert_eq!(article.byline, ["Ada Holm"]);
    // The site is no author, but for a person's.
    let article = page(
        "<meta property=\"og:site_name\" content=\"Ost Herald\"><meta name=author content=\"Ost Herald\">",
        "",
    );
    assert_eq!(article.byline, [""; 0]);
}

#[test]
fn dates_are_read_off_the_page() {
    #[track_caller]
    fn check(body: &str, date: &str) {
        let article = page("", &format!("<h1>The bridge opens</h1>{body}"));
        assert_eq!(published(&article), date, "{body}");
    }
    check(
        "<time datetime=2031-05-04T10:00+02:00>Sunday</time>",
        "2031-05-04T08:00:00Z",
    );
    check("<p class=date>4 May 2031</p>", "2031-05-04T00:00:00Z");
    check("<p>By Ada Holm | May 4, 2031</p>", "2031-05-04T00:00:00Z");
    check(
        "<p>Veröffentlicht am 4. Mai 2031</p>",
        "2031-05-04T00:00:00Z",
    );
    check(
        "<p>Published: 4 May 2031</p><p>Updated: 6 May 2031</p>",
        "2031-05-04T00:00:00Z",
    );
    // Midnight where the paper is: a day, not a time of the day before.
    check(
        "<time datetime=2031-05-04T00:00:00+02:00></time>",
        "2031-05-04T00:00:00Z",
    );
    // Only the change is stated.
    check("<p>Last updated: 6 May 2031</p>", "2031-05-06T00:00:00Z");
    check(
        "<script>{\"publishDate\":\"2031-05-04\"}</script>",
        "2031-05-04T00:00:00Z",
    );
    // None of these is the article's date.
    check("<p class=date>4 May</p>", "");
    check(
        "<ol class=comments><li><time datetime=2031-05-04>4 May</time></ol>",
        "",
    );
    check(
        "<div class=comment><meta itemprop=datePublished content=2031-05-04></div>",
        "",
    );
    check("<footer>© 2031 Ost Herald</footer>", "");
    check(
        "<script>[{\"publishDate\":\"2031-05-04\"},{\"publishDate\":\"2031-05-07\"}]</script>",
        "",
    );
}

#[test]
fn an_address_tells_the_date_if_it_has_all_of_it() {
    let at = |path: &str| {
        let link = format!("<link rel=canonical href=https://herald.example/{path}>");
        published(&page(&link, ""))
    };
    assert_eq!(at("2031/05/04/bridge"), "2031-05-04T00:00:00Z");
    assert_eq!(at("news/2031-5-4-bridge"), "2031-05-04T00:00:00Z");
    assert_eq!(at("2031/05/bridge"), "");
    assert_eq!(at("2031/13/04/bridge"), "");
}

#[test]
fn a_paid_article_that_is_cut_is_noted_with_a_remedy() {
    let paid = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A",
        "isAccessibleForFree": false}</script>"#;
    let told = "the page shows only the beginning of a paid article; sign in there, and save the \
                page again";
    assert_eq!(page(paid, "").notes, [told]);
    let whole = format!("<p>{}</p>", "All of it is here, for once. ".repeat(200));
    assert_eq!(page(paid, &whole).notes, [""; 0]);
}

#[test]
fn hostile_pages_are_read_in_time() {
    let deep = "<div class=\"aside comment author date\">".repeat(10_000);
    page("", &deep);
    page("", &"<time datetime=x>4 May 2031</time>".repeat(5_000));
    page(
        "",
        &format!("<h1 class=\"{}\">A headline</h1>", "title-".repeat(100_000)),
    );
    page("", &"<h1>By By By By</h1>By<br>".repeat(3_000));
    let json = "{\"author\":".repeat(50_000);
    page(
        &format!("<script type=application/ld+json>{json}</script>"),
        "",
    );
    let list = "{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\"}},".repeat(3_000);
    page(
        &format!("<script type=application/ld+json>[{list}]</script>"),
        "",
    );
    let names = "Ada Holm, ".repeat(20_000);
    let article = page(&format!("<meta name=author content=\"{names}\">"), "");
    assert_eq!(article.byline, ["Ada Holm"]);
}
