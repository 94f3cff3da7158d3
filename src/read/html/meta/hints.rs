//! What the names in an element's attributes tell of what is in it.

use dom_query::Element;

/// What an element may hold. A later one is believed more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A line of text with a date in it.
    Dated,
    /// An `<h2>` or `<h3>`.
    Subheading,
    /// An `<h1>`.
    Heading,
    /// A headline by its name.
    Headline,
    /// When the article was changed.
    Modified,
    /// A date by its name.
    Date,
    /// A `<time>`.
    Time,
    /// The date when it was published, by name.
    Published,
    /// A line that may begin with "By".
    Byline,
    /// An author, and more, by a name such as "author-box".
    AuthorBox,
    /// An author by name.
    Author,
    /// An author in the words of a vocabulary.
    Stated,
}

/// How certain it is that a part of a page is not the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Beside {
    /// By where it stands: it may still hold the article's byline.
    Perhaps,
    /// It is somebody else's words, or about other articles.
    Surely,
}

/// What an element's attributes tell.
pub(super) struct Hints<'e> {
    pub(super) role: Option<Role>,
    /// The value for machines.
    pub(super) value: Option<&'e str>,
    /// What is inside describes an author.
    pub(super) author: bool,
    /// What is inside may not be the article.
    pub(super) aside: Option<Beside>,
    /// It stays within a line.
    pub(super) inline: bool,
}

impl<'e> Hints<'e> {
    pub(super) fn of(element: &'e Element, in_author: bool) -> Self {
        let name = &*element.name.local;
        let mut hints = Self {
            role: None,
            value: None,
            author: false,
            aside: matches!(name, "aside" | "footer" | "nav" | "form").then_some(Beside::Perhaps),
            inline: Self::is_inline(element),
        };
        let mut datetime = None;
        let mut content = None;
        let mut of_comment = false;
        let mut words = Words::default();
        for attr in &element.attrs {
            let value: &'e str = attr.value.as_ref();
            match &*attr.name.local {
                "class" | "id" | "data-testid" | "data-component" | "data-qa" => words.add(value),
                "itemprop" | "property" => {
                    hints.role = value.split_whitespace().find_map(|word| {
                        let word = word.rsplit(':').next().unwrap_or(word);
                        stated(word, in_author)
                    });
                }
                "rel" if value.split_whitespace().any(|word| word == "author") => {
                    hints.role = Some(Role::Stated);
                }
                "datetime" => datetime = Some(value),
                "content" => content = Some(value),
                "itemtype" => of_comment = value.ends_with("Comment") || value.ends_with("Review"),
                _ => {}
            }
        }
        let structural = matches!(name, "html" | "body" | "main" | "article");
        let comment = of_comment.then_some(Beside::Surely);
        if !structural {
            hints.aside = hints.aside.max(words.aside).max(comment);
        }
        if hints.role.is_none() && !structural {
            hints.role = match name {
                "h1" => Some(if words.headline {
                    Role::Headline
                } else {
                    Role::Heading
                }),
                "h2" | "h3" => Some(Role::Subheading),
                "time" if words.modified => Some(Role::Modified),
                "time" if words.published => Some(Role::Published),
                "time" => Some(Role::Time),
                _ if words.modified && words.date => Some(Role::Modified),
                _ if words.published => Some(Role::Published),
                _ if words.author && words.boxed => Some(Role::AuthorBox),
                _ if words.author => Some(Role::Author),
                _ if words.date => Some(Role::Date),
                _ => None,
            };
        }
        if matches!(name, "link" | "meta" | "img" | "input" | "form") {
            hints.role = None;
        }
        hints.author = hints.role >= Some(Role::AuthorBox);
        hints.value = datetime.or(content);
        hints
    }

    pub(super) fn is_inline(element: &Element) -> bool {
        matches!(
            &*element.name.local,
            "a" | "abbr"
                | "b"
                | "bdi"
                | "bdo"
                | "cite"
                | "code"
                | "data"
                | "em"
                | "font"
                | "i"
                | "img"
                | "ins"
                | "mark"
                | "q"
                | "s"
                | "small"
                | "span"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "tt"
                | "u"
                | "var"
                | "wbr"
                | "address"
        )
    }
}

/// What a property of a vocabulary stands for.
fn stated(word: &str, in_author: bool) -> Option<Role> {
    match word {
        "author" | "creator" => Some(Role::Stated),
        "name" if in_author => Some(Role::Stated),
        "datePublished" | "dateCreated" | "published" | "issued" => Some(Role::Published),
        "dateModified" | "modified" => Some(Role::Modified),
        "headline" => Some(Role::Headline),
        _ => None,
    }
}

/// The words that the names of classes are made of.
#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are independent of each other"
)]
struct Words {
    author: bool,
    boxed: bool,
    date: bool,
    published: bool,
    modified: bool,
    headline: bool,
    aside: Option<Beside>,
}

/// The longest word that tells something.
const LONGEST: usize = 16;

impl Words {
    /// Takes the words of `post-author__name`, `pubDate` and `bylineName`.
    fn add(&mut self, names: &str) {
        let mut word = [0_u8; LONGEST];
        let mut length = 0;
        let mut lower = false;
        for byte in names.bytes().chain([b' ']) {
            let ends = !byte.is_ascii_alphabetic() || (lower && byte.is_ascii_uppercase());
            if ends {
                if (3..=LONGEST).contains(&length) {
                    self.take(&word[..length]);
                }
                length = 0;
            }
            lower = byte.is_ascii_lowercase();
            if byte.is_ascii_alphabetic() {
                if length < LONGEST {
                    word[length] = byte.to_ascii_lowercase();
                }
                length += 1;
            }
        }
    }

    fn take(&mut self, word: &[u8]) {
        match word {
            b"author" | b"authors" | b"byline" | b"bylines" | b"autor" | b"autoren" | b"autore"
            | b"auteur" | b"authorname" | b"postauthor" | b"entryauthor" | b"articleauthor"
            | b"writer" | b"contributor" | b"contributors" | b"verfasser" | b"redakteur"
            | b"firma" | b"signature" | b"postedby" | b"byauthor" | b"authorlink" | b"penname" => {
                self.author = true;
            }
            b"box" | b"bio" | b"info" | b"about" | b"card" | b"description" | b"details"
            | b"profile" | b"image" | b"avatar" | b"thumb" | b"photo" | b"social" | b"role"
            | b"job" | b"archive" | b"links" | b"posts" => self.boxed = true,
            b"date" | b"time" | b"datetime" | b"timestamp" | b"postdate" | b"entrydate"
            | b"articledate" | b"datum" | b"fecha" | b"postedon" | b"dateline" | b"createdate"
            | b"created" | b"submitted" | b"posted" => self.date = true,
            b"published" | b"pubdate" | b"publish" | b"publication" | b"datepublished"
            | b"publishdate" | b"publicationdate" | b"pubtime" | b"publishtime" => {
                self.published = true;
                self.date = true;
            }
            b"modified" | b"updated" | b"update" | b"lastmod" | b"lastupdated"
            | b"datemodified" | b"aktualisiert" => self.modified = true,
            b"headline" | b"title" => self.headline = true,
            b"comment" | b"comments" | b"commentlist" | b"respond" | b"related"
            | b"recommended" | b"recommendations" | b"disqus" | b"reply" | b"replies"
            | b"popular" | b"trending" | b"similar" | b"copyright" => {
                self.aside = Some(Beside::Surely);
            }
            b"sidebar" | b"widget" | b"footer" | b"nav" | b"menu" | b"teaser" | b"teasers"
            | b"newsletter" | b"promo" | b"carousel" | b"recent" | b"latest" | b"breadcrumb"
            | b"breadcrumbs" | b"figcaption" | b"caption" => {
                self.aside = self.aside.max(Some(Beside::Perhaps));
            }
            _ => {}
        }
        if word == b"title" {
            self.boxed = true;
        }
    }
}
