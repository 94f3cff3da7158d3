//! What the names that a page's makers gave its parts tell of them.
//!
//! `class="post-share-bar"`: names are in English nearly everywhere, whatever
//! the language of the page. A name alone removes nothing that holds much of
//! the page's text; see `prune`.

use std::sync::LazyLock;

/// A set of hints, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints(u32);

impl Hints {
    pub(super) const NONE: Self = Self(0);
    /// The story is in it.
    pub(super) const BODY: Self = Self(1);
    /// Something main is in it.
    pub(super) const MAIN: Self = Self(1 << 1);
    /// Ways to other pages.
    pub(super) const NAV: Self = Self(1 << 2);
    /// Beside the story.
    pub(super) const SIDE: Self = Self(1 << 3);
    /// Below the page.
    pub(super) const FOOT: Self = Self(1 << 4);
    /// Buttons to pass the page on.
    pub(super) const SHARE: Self = Self(1 << 5);
    /// Other stories.
    pub(super) const RELATED: Self = Self(1 << 6);
    /// Forms and calls to subscribe.
    pub(super) const NEWSLETTER: Self = Self(1 << 7);
    /// What readers wrote.
    pub(super) const COMMENTS: Self = Self(1 << 8);
    /// About the author.
    pub(super) const BIO: Self = Self(1 << 9);
    /// Byline, date and the like.
    pub(super) const META: Self = Self(1 << 10);
    /// What the story is filed under.
    pub(super) const TAGS: Self = Self(1 << 11);
    /// Advertisements.
    pub(super) const AD: Self = Self(1 << 12);
    /// Below a picture.
    pub(super) const CAPTION: Self = Self(1 << 13);
    /// What pops up.
    pub(super) const POPUP: Self = Self(1 << 14);
    /// Notices that no page is about.
    pub(super) const COOKIES: Self = Self(1 << 21);
    /// Where people talk.
    pub(super) const FORUM: Self = Self(1 << 22);
    /// A table of contents.
    pub(super) const CONTENTS: Self = Self(1 << 15);
    /// Not to be seen.
    pub(super) const HIDDEN: Self = Self(1 << 16);
    /// A small picture: a face, a logo, a smiley.
    pub(super) const ICON: Self = Self(1 << 17);
    /// The page's headline.
    pub(super) const TITLE: Self = Self(1 << 18);
    /// A player or gallery, with its controls.
    pub(super) const PLAYER: Self = Self(1 << 19);

    /// Folded up until somebody asks for it.
    pub(super) const FOLDED: Self = Self(1 << 20);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn only(self, of: Self) -> Self {
        Self(self.0 & of.0)
    }

    pub(super) const fn without(self, of: Self) -> Self {
        Self(self.0 & !of.0)
    }

    /// Each of them alone.
    pub(super) fn kinds(self) -> impl Iterator<Item = Self> {
        let bits = (0..u32::BITS).map(|bit| Self(1 << bit));
        bits.filter(move |kind| self.any(*kind))
    }

    /// Whether there is any of these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// What names tell: the values of `class`, `id` and the like.
    pub(super) fn of_names(names: &str) -> Self {
        let mut hints = Self::NONE;
        let mut words = Words { rest: names };
        let mut word = words.next();
        while let Some(this) = word {
            let next = words.next();
            let patterns = &PATTERNS[letter(this.as_bytes()[0])];
            for (_, hint) in patterns.iter().filter(|(it, _)| it.matches(this, next)) {
                hints = hints.and(*hint);
            }
            word = next;
        }
        hints
    }
}

/// The patterns of [`NAMES`] by their first letter.
static PATTERNS: LazyLock<[Vec<(Pattern, Hints)>; 32]> = LazyLock::new(|| {
    let mut patterns = [const { Vec::new() }; 32];
    for (pattern, hints) in NAMES {
        let first = letter(pattern.as_bytes()[0]);
        patterns[first].push((Pattern::new(pattern), *hints));
    }
    patterns
});

/// A number for an ASCII letter, whatever its case.
fn letter(byte: u8) -> usize {
    usize::from(byte & 0x1f)
}

/// What a word, with the next one, may be.
struct Pattern {
    first: Part,
    second: Option<Part>,
}

/// A word of a pattern.
#[derive(Clone, Copy)]
struct Part {
    letters: &'static str,
    /// Whether it may have any ending.
    open: bool,
}

impl Pattern {
    fn new(pattern: &'static str) -> Self {
        let (first, second) = match pattern.split_once(' ') {
            Some((first, second)) => (first, Some(second)),
            None => (pattern, None),
        };
        Self {
            first: Part::new(first),
            second: second.map(Part::new),
        }
    }

    /// Whether a word, with the next one, is what the pattern stands for.
    fn matches(&self, word: &str, next: Option<&str>) -> bool {
        let Some(second) = self.second else {
            return self.first.is(word.as_bytes());
        };
        let first = self.first.letters.as_bytes();
        match word.as_bytes().split_at_checked(first.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(first) => {
                // `authorbox` for `author-box`.
                let apart = rest.is_empty() && next.is_some_and(|next| second.is(next.as_bytes()));
                apart || second.is(rest)
            }
            _ => false,
        }
    }
}

impl Part {
    fn new(part: &'static str) -> Self {
        let open = part.strip_suffix('*');
        Self {
            letters: open.unwrap_or(part),
            open: open.is_some(),
        }
    }

    fn is(self, word: &[u8]) -> bool {
        let letters = self.letters.as_bytes();
        let start = if self.open {
            word.get(..letters.len()).unwrap_or(word)
        } else {
            word
        };
        start.eq_ignore_ascii_case(letters)
    }
}

/// The words in `post-shareBar_2`: post, share, Bar.
struct Words<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(u8::is_ascii_alphabetic)?;
        let mut end = start + 1;
        while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
            if bytes[end].is_ascii_uppercase() && bytes[end - 1].is_ascii_lowercase() {
                break;
            }
            end += 1;
        }
        let word = &self.rest[start..end];
        self.rest = &self.rest[end..];
        Some(word)
    }
}

/// Words in names, and what they tell. A star stands for any ending, a space
/// for any border between two words, or none.
#[rustfmt::skip]
const NAMES: &[(&str, Hints)] = &[
    ("article body", Hints::BODY), ("article content", Hints::BODY), ("article text", Hints::BODY),
    ("article main", Hints::BODY), ("body content", Hints::BODY), ("body copy", Hints::BODY),
    ("body text", Hints::BODY), ("blog content", Hints::BODY), ("content body", Hints::BODY),
    ("content article", Hints::BODY), ("entry content", Hints::BODY), ("entry body", Hints::BODY),
    ("field body", Hints::BODY), ("main content", Hints::MAIN), ("moz reader", Hints::BODY),
    ("news content", Hints::BODY), ("news text", Hints::BODY), ("page content", Hints::MAIN),
    ("post body", Hints::BODY), ("post content", Hints::BODY), ("post text", Hints::BODY),
    ("rich text", Hints::BODY), ("story body", Hints::BODY), ("story content", Hints::BODY),
    ("story text", Hints::BODY), ("text content", Hints::BODY), ("parser output", Hints::BODY),
    ("markdown", Hints::BODY), ("prose", Hints::BODY), ("wysiwyg", Hints::BODY),
    ("articlebody", Hints::BODY),
    ("article", Hints::MAIN), ("content", Hints::MAIN), ("entry", Hints::MAIN),
    ("main", Hints::MAIN), ("post", Hints::MAIN), ("story", Hints::MAIN),
    ("breadcrumb*", Hints::NAV), ("crumb*", Hints::NAV), ("menu*", Hints::NAV),
    ("nav*", Hints::NAV), ("pager", Hints::NAV), ("pagination", Hints::NAV),
    ("paginator", Hints::NAV), ("sitemap", Hints::NAV), ("toolbar", Hints::NAV),
    ("jump link*", Hints::NAV), ("skip link*", Hints::NAV), ("prev next", Hints::NAV),
    ("prevnext", Hints::NAV), ("back to", Hints::NAV),
    ("sidebar*", Hints::SIDE), ("side bar", Hints::SIDE), ("rail", Hints::SIDE), ("widget area*", Hints::SIDE),
    ("aside", Hints::SIDE), ("complementary", Hints::SIDE),
    ("footer*", Hints::FOOT), ("colophon", Hints::FOOT), ("copyright", Hints::FOOT),
    ("contentinfo", Hints::FOOT), ("masthead", Hints::NAV), ("banner", Hints::AD),
    ("share*", Hints::SHARE), ("sharing", Hints::SHARE), ("social*", Hints::SHARE),
    ("addthis", Hints::SHARE), ("addtoany", Hints::SHARE), ("follow", Hints::SHARE),
    ("follow us", Hints::SHARE), ("shariff", Hints::SHARE), ("jp relatedposts", Hints::RELATED),
    ("likes", Hints::SHARE), ("like button", Hints::SHARE), ("rating*", Hints::SHARE),
    ("related*", Hints::RELATED), ("recommend*", Hints::RELATED), ("recirc*", Hints::RELATED),
    ("read more", Hints::RELATED), ("read also", Hints::RELATED), ("read next", Hints::RELATED),
    ("more from", Hints::RELATED), ("more stories", Hints::RELATED), ("more news", Hints::RELATED),
    ("more on", Hints::RELATED), ("see also", Hints::RELATED), ("also like", Hints::RELATED),
    ("most read", Hints::RELATED), ("most popular", Hints::RELATED), ("most viewed", Hints::RELATED),
    ("latest news", Hints::RELATED), ("latest posts", Hints::RELATED), ("up next", Hints::RELATED),
    ("next post", Hints::RELATED), ("next article", Hints::RELATED), ("post nav*", Hints::NAV),
    ("popular", Hints::RELATED), ("trending", Hints::RELATED), ("outbrain*", Hints::AD),
    ("taboola*", Hints::AD), ("teaser*", Hints::RELATED), ("promo*", Hints::AD), ("cta", Hints::AD),
    ("call to", Hints::AD), ("similar", Hints::RELATED), ("suggest*", Hints::RELATED),
    ("inline related", Hints::RELATED), ("link list", Hints::RELATED), ("zergnet", Hints::AD),
    ("newsletter*", Hints::NEWSLETTER), ("subscri*", Hints::NEWSLETTER), ("optin", Hints::NEWSLETTER),
    ("sign up", Hints::NEWSLETTER), ("mailchimp", Hints::NEWSLETTER), ("mailing list", Hints::NEWSLETTER),
    ("mc embed", Hints::NEWSLETTER), ("donat*", Hints::NEWSLETTER), ("paywall*", Hints::NEWSLETTER),
    ("login", Hints::POPUP), ("register", Hints::POPUP), ("regwall", Hints::NEWSLETTER),
    ("comment", Hints::COMMENTS), ("comments*", Hints::COMMENTS), ("commentlist", Hints::COMMENTS),
    ("disqus*", Hints::COMMENTS), ("respond", Hints::COMMENTS), ("replies", Hints::COMMENTS),
    ("fb comments", Hints::COMMENTS), ("comment list", Hints::COMMENTS), ("livefyre", Hints::COMMENTS),
    ("author bio*", Hints::BIO), ("author box", Hints::BIO), ("author info*", Hints::BIO),
    ("author card", Hints::BIO), ("author desc*", Hints::BIO), ("author profile", Hints::BIO),
    ("about author", Hints::BIO), ("author about", Hints::BIO), ("about the", Hints::BIO),
    ("post author", Hints::BIO), ("entry author", Hints::BIO), ("bio", Hints::BIO),
    ("biography", Hints::BIO), ("vcard", Hints::META),
    ("author*", Hints::META), ("byline*", Hints::META), ("dateline", Hints::META),
    ("entry meta", Hints::META), ("post meta", Hints::META), ("article meta", Hints::META),
    ("meta*", Hints::META), ("timestamp", Hints::META), ("time stamp", Hints::META),
    ("posted on", Hints::META), ("published", Hints::META), ("publish date", Hints::META),
    ("post date", Hints::META), ("pub date", Hints::META), ("date", Hints::META),
    ("reading time", Hints::META), ("read time", Hints::META), ("post info", Hints::META),
    ("entry info", Hints::META), ("article info", Hints::META), ("kicker", Hints::META),
    ("eyebrow", Hints::META), ("updated", Hints::META), ("article date", Hints::META),
    ("forum*", Hints::FORUM), ("thread*", Hints::FORUM), ("viewtopic", Hints::FORUM),
    ("phpbb*", Hints::FORUM), ("question page", Hints::FORUM),
    ("user", Hints::META), ("username*", Hints::META), ("user info*", Hints::META),
    ("user details", Hints::META), ("poster", Hints::META), ("profile", Hints::META),
    ("tags*", Hints::TAGS), ("tag list", Hints::TAGS), ("tag links", Hints::TAGS),
    ("tag cloud", Hints::TAGS), ("taglist", Hints::TAGS), ("categor*", Hints::TAGS),
    ("cat links", Hints::TAGS), ("keywords", Hints::TAGS), ("topics", Hints::TAGS),
    ("post tag", Hints::TAGS), ("article tag", Hints::TAGS), ("entry tag", Hints::TAGS),
    ("ad", Hints::AD), ("ads*", Hints::AD), ("advert*", Hints::AD), ("sponsor*", Hints::AD),
    ("dfp", Hints::AD), ("gpt", Hints::AD), ("google ad", Hints::AD), ("ad slot", Hints::AD),
    ("ad container", Hints::AD), ("anzeige", Hints::AD), ("werbung", Hints::AD),
    ("caption*", Hints::CAPTION), ("figcaption", Hints::CAPTION), ("wp caption", Hints::CAPTION),
    ("credit", Hints::CAPTION), ("image credit", Hints::CAPTION), ("photo credit", Hints::CAPTION),
    ("image caption", Hints::CAPTION), ("photo caption", Hints::CAPTION), ("legend", Hints::CAPTION),
    ("cookie*", Hints::COOKIES), ("consent*", Hints::COOKIES), ("gdpr*", Hints::COOKIES),
    ("popup*", Hints::POPUP), ("pop up", Hints::POPUP), ("modal*", Hints::POPUP),
    ("overlay", Hints::POPUP), ("lightbox", Hints::POPUP), ("tooltip*", Hints::POPUP),
    ("dialog", Hints::POPUP), ("alertdialog", Hints::POPUP),
    ("toc*", Hints::CONTENTS), ("table contents", Hints::CONTENTS), ("table of", Hints::CONTENTS),
    ("sr only", Hints::HIDDEN), ("hide", Hints::HIDDEN), ("visually hidden", Hints::HIDDEN), ("screen reader*", Hints::HIDDEN),
    ("visuallyhidden", Hints::HIDDEN), ("offscreen", Hints::HIDDEN), ("no print", Hints::HIDDEN),
    ("print only", Hints::HIDDEN), ("editsection", Hints::HIDDEN),
    ("avatar*", Hints::ICON), ("icon*", Hints::ICON), ("emoji*", Hints::ICON), ("logo*", Hints::ICON),
    ("gravatar", Hints::ICON), ("smiley", Hints::ICON), ("pixel", Hints::ICON),
    ("headline", Hints::TITLE), ("entry title", Hints::TITLE), ("post title", Hints::TITLE),
    ("article title", Hints::TITLE), ("page title", Hints::TITLE), ("story title", Hints::TITLE),
    ("player*", Hints::PLAYER), ("video", Hints::PLAYER), ("gallery", Hints::PLAYER),
    ("accordion*", Hints::FOLDED), ("collaps*", Hints::FOLDED), ("faq*", Hints::FOLDED),
    ("expand*", Hints::FOLDED), ("toggle*", Hints::FOLDED), ("tab", Hints::FOLDED),
    ("tabs*", Hints::FOLDED), ("panel*", Hints::FOLDED), ("region", Hints::FOLDED),
    ("spoiler*", Hints::FOLDED), ("answer*", Hints::FOLDED),
    ("slideshow", Hints::PLAYER), ("carousel", Hints::PLAYER), ("slider", Hints::PLAYER),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::select};

    /// Whether a word, with the next one, is what a pattern stands for, read off
    /// the pattern as it is written.
    fn matches(pattern: &str, word: &str, next: Option<&str>) -> bool {
        let alike = |pattern: &str, word: &str| match pattern.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == pattern,
        };
        match pattern.split_once(' ') {
            Some((first, second)) => {
                let joined = word.strip_prefix(first);
                word == first && next.is_some_and(|next| alike(second, next))
                    || joined.is_some_and(|rest| alike(second, rest))
            }
            None => alike(pattern, word),
        }
    }

    fn of_each_pattern(names: &str) -> Hints {
        let words: Vec<&str> = Words { rest: names }.collect();
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let mut hints = Hints::NONE;
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).map(String::as_str);
            for (_, hint) in NAMES.iter().filter(|(it, _)| matches(it, word, next)) {
                hints = hints.and(*hint);
            }
        }
        hints
    }

    proptest! {
        #[test]
        fn patterns_are_found_by_their_first_letter(
            parts in prop::collection::vec(
                (select(NAMES), select(&["", "-", "_2", "s", "X", " é"]), select(&["", "-", "s-"])), 0..4)
        ) {
            let mut names = String::new();
            for ((pattern, _), end, border) in parts {
                names.push_str(&pattern.replace('*', "").replace(' ', border));
                names.push_str(end);
            }
            prop_assert_eq!(Hints::of_names(&names), of_each_pattern(&names), "{}", names);
        }
    }
}
