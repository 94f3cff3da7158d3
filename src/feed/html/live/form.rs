//! The form that searches, and what entries can be narrowed down to.

use super::{Question, words::grouped};
use crate::feed::{
    body::push_escaped,
    html::text::{push_all, push_attribute},
};

/// What entries can be narrowed down to: some of it, most of them first.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Topics.
    pub topics: Vec<Choice>,
    /// Speakers.
    pub speakers: Vec<Choice>,
    /// Folders, by their paths.
    pub folders: Vec<Choice>,
    /// Languages, as BCP 47 tags.
    pub languages: Vec<Choice>,
}

/// Something that entries can be narrowed down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// The folder of its feed, if it has one.
    pub feed: Option<String>,
    /// How many entries it has.
    pub entries: usize,
}

/// The form that searches.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// What it is filled with.
    pub(super) question: &'a Question,
    /// What can be chosen; only the search box where there is nothing.
    pub(super) choices: Option<&'a Choices>,
}

/// What a choice is shortened to: a list of choices is as wide as its longest.
const LONGEST: usize = 60;

impl Form<'_> {
    pub(super) fn push(&self, out: &mut String) {
        let Self { question, choices } = *self;
        out.push_str(
            "<form class=\"find\" role=\"search\" action=\"search\">\n<div class=\"box\">\
             <label class=\"told\" for=\"q\">Search all entries</label>\
             <input id=\"q\" name=\"q\" type=\"search\" placeholder=\"Search all entries\" \
             autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" \
             enterkeyhint=\"search\" dir=\"auto\"",
        );
        push_attribute(out, "value", &question.query);
        out.push_str("><button>Search</button></div>\n");
        if let Some(choices) = choices {
            push_filters(out, question, choices);
        }
        // What changes on the page without a new one is told here.
        out.push_str("<p class=\"told\" id=\"told\" role=\"status\"></p>\n</form>\n");
    }
}

fn push_filters(out: &mut String, question: &Question, choices: &Choices) {
    let selects: Vec<Select> = [
        ("topic", "Topic", &question.topic, &choices.topics),
        ("speaker", "Speaker", &question.speaker, &choices.speakers),
        ("folder", "Folder", &question.folder, &choices.folders),
        (
            "language",
            "Language",
            &question.language,
            &choices.languages,
        ),
    ]
    .into_iter()
    .map(|(name, label, chosen, choices)| Select {
        name,
        label,
        chosen,
        choices,
    })
    .filter(|select| !select.choices.is_empty() || !select.chosen.is_empty())
    .collect();
    if selects.is_empty() {
        return;
    }
    let is_open = selects.iter().any(|select| !select.chosen.is_empty());
    out.push_str("<details class=\"filters\"");
    out.push_str(if is_open { " open" } else { "" });
    out.push_str("><summary>Filters</summary>\n<div class=\"selects\">\n");
    for select in &selects {
        select.push(out);
    }
    out.push_str("</div></details>\n");
}

/// What of one kind can be chosen.
struct Select<'a> {
    name: &'static str,
    label: &'static str,
    chosen: &'a str,
    choices: &'a [Choice],
}

impl Select<'_> {
    fn push(&self, out: &mut String) {
        push_all(
            out,
            &["<label>", self.label, " <select name=\"", self.name, "\">"],
        );
        out.push_str("<option value=\"\">Any</option>");
        let is_chosen = |choice: &Choice| choice.label == self.chosen;
        if !self.chosen.is_empty() && !self.choices.iter().any(is_chosen) {
            self.push_option(out, self.chosen, None);
        }
        for choice in self.choices {
            self.push_option(out, &choice.label, Some(choice.entries));
        }
        out.push_str("</select></label>\n");
    }

    fn push_option(&self, out: &mut String, value: &str, entries: Option<usize>) {
        let mut shown = match self.name {
            "language" => language(value),
            _ => value.to_owned(),
        };
        crate::text::cut_line(&mut shown, LONGEST);
        out.push_str("<option");
        let with_count = entries.map(|entries| format!(" ({})", grouped(entries)));
        if shown != value || with_count.is_some() {
            push_attribute(out, "value", value);
        }
        out.push_str(if value == self.chosen {
            " selected>"
        } else {
            ">"
        });
        push_escaped(out, &shown);
        out.push_str(with_count.as_deref().unwrap_or_default());
        out.push_str("</option>");
    }
}

/// A language as those who speak it call it; the tag for others.
pub(super) fn language(tag: &str) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("ar", "العربية"),
        ("bg", "Български"),
        ("ca", "Català"),
        ("cs", "Čeština"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("es", "Español"),
        ("et", "Eesti"),
        ("fa", "فارسی"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("he", "עברית"),
        ("hi", "हिन्दी"),
        ("hr", "Hrvatski"),
        ("hu", "Magyar"),
        ("id", "Bahasa Indonesia"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("ko", "한국어"),
        ("lt", "Lietuvių"),
        ("lv", "Latviešu"),
        ("nb", "Norsk bokmål"),
        ("nl", "Nederlands"),
        ("nn", "Norsk nynorsk"),
        ("no", "Norsk"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("ro", "Română"),
        ("ru", "Русский"),
        ("sk", "Slovenčina"),
        ("sl", "Slovenščina"),
        ("sr", "Српски"),
        ("sv", "Svenska"),
        ("tr", "Türkçe"),
        ("uk", "Українська"),
        ("vi", "Tiếng Việt"),
        ("zh", "中文"),
    ];
    let (primary, rest) = tag.split_once('-').unwrap_or((tag, ""));
    let known = NAMES
        .iter()
        .find(|(known, _)| primary.eq_ignore_ascii_case(known));
    match (known, rest) {
        (Some((_, name)), "") => (*name).to_owned(),
        (Some((_, name)), _) => format!("{name} ({tag})"),
        (None, _) => tag.to_owned(),
    }
}
