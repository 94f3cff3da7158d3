//! What stands beside entries: ways on from the newest, and for those who search
//! how to do that.

use super::{
    Choice, Choices, Question,
    hit::{feed_path, of_speaker},
    words::{grouped, push_way},
};
use crate::{channel::Scope, feed::html::text::push_element};

/// How many topics and speakers stand beside the newest entries.
const BESIDE: usize = 12;

/// Appends the ways to what many entries are about, and to those whom many
/// quote.
pub(super) fn push_ways(out: &mut String, choices: &Choices) {
    let Choices {
        topics, speakers, ..
    } = choices;
    if topics.is_empty() && speakers.is_empty() {
        return;
    }
    out.push_str("<aside class=\"beside\" aria-label=\"What it is about\">\n");
    push_choices(out, "Topics", Scope::Topic, topics);
    push_choices(out, "Quoted most", Scope::Speaker, speakers);
    out.push_str("</aside>\n");
}

fn push_choices(out: &mut String, title: &str, scope: Scope, choices: &[Choice]) {
    if choices.is_empty() {
        return;
    }
    out.push_str("<section>\n");
    push_element(out, "h2", title);
    out.push_str("\n<ol>\n");
    for choice in choices.iter().take(BESIDE) {
        let feed = choice.feed.as_deref();
        let to = match (scope, feed) {
            (Scope::Speaker, feed) => of_speaker(&choice.label, feed),
            (_, Some(feed)) => feed_path(feed),
            (_, None) => Question {
                topic: choice.label.clone(),
                ..Question::default()
            }
            .address(),
        };
        out.push_str("<li><bdi>");
        push_way(out, &to, "", &choice.label);
        out.push_str("</bdi> <span class=\"count\">");
        out.push_str(&grouped(choice.entries));
        out.push_str("<span class=\"told\"> entries</span></span></li>\n");
    }
    out.push_str("</ol>\n<p>");
    let all = if scope == Scope::Topic {
        "All topics"
    } else {
        "All speakers"
    };
    push_way(out, scope.folder(), "", all);
    out.push_str("</p>\n</section>\n");
}

/// How to search.
pub(super) const HELP: &str = "<aside class=\"beside help\" aria-label=\"How to search\">\n<section>\n\
    <h2>How to search</h2>\n<dl>\n\
    <div><dt><code>harbor ferry</code></dt><dd>both words</dd></div>\n\
    <div><dt><code>harbor OR port</code></dt><dd>one of them</dd></div>\n\
    <div><dt><code>harbor -ferry</code></dt><dd>without the second</dd></div>\n\
    <div><dt><code>\"night train\"</code></dt><dd>these words in a row</dd></div>\n\
    <div><dt><code>harb*</code></dt><dd>words that begin so</dd></div>\n\
    <div><dt><code>title:harbor</code></dt><dd>in the title; likewise <code>text:</code>, \
    <code>topic:</code>, <code>speaker:</code></dd></div>\n\
    <div><dt><code>folder:local</code></dt><dd>from this folder</dd></div>\n\
    <div><dt><code>language:de</code></dt><dd>in this language</dd></div>\n\
    <div><dt><code>date:2026-03</code></dt><dd>of this month; also <code>after:</code>, \
    <code>before:</code></dd></div>\n\
    </dl>\n</section>\n</aside>\n";
