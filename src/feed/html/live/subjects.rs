//! What entries are about and whom they quote, in lists: how much there is of
//! each, and how it went of late.

use super::{
    Question, Visit,
    chart::push_chart,
    form::Form,
    hit::feed_path,
    question::push_pair,
    shell::{self, Shell, full},
    words::{counted, push_way},
};
use crate::{
    channel::Scope,
    feed::html::{
        card::stamp,
        list::{about, how},
        paths::encoded,
        shell::{push_relation, title_of},
        sort_key,
        text::{push_all, push_attribute, push_element},
    },
};
use jiff::Timestamp;

/// How many weeks a chart shows: half a year.
pub const WEEKS: usize = 26;

/// The subjects of a scope.
#[derive(Debug, Clone)]
pub struct Subjects {
    /// Topics, speakers, folders or searches.
    pub scope: Scope,
    /// What their names have to have in them; all of them when it is empty.
    pub filter: String,
    /// How many there are on all pages.
    pub total: usize,
    /// Those of this page.
    pub subjects: Vec<Subject>,
    /// Which page this is, counting from 1.
    pub page: usize,
    /// Whether there is another one after it.
    pub goes_on: bool,
}

/// A topic, a speaker, a folder or a search.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What it is called.
    pub label: String,
    /// The folder of its feed, if it has one.
    pub feed: Option<String>,
    /// How many entries it has.
    pub entries: usize,
    /// When its newest entry was published.
    pub newest: Timestamp,
    /// How many entries it has of each of the last weeks, the present one last.
    pub weeks: [u32; WEEKS],
}

impl Subjects {
    /// Whether a name has in it what is looked for: neither case nor accents
    /// count.
    #[must_use]
    pub fn has(name: &str, filter: &str) -> bool {
        sort_key(name).contains(&sort_key(filter))
    }

    fn address(&self, page: usize) -> String {
        let mut query = String::new();
        push_pair(&mut query, "filter", &self.filter);
        if page > 1 {
            push_pair(&mut query, "page", &page.to_string());
        }
        let path = self.scope.folder();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }
}

/// The page of these subjects.
#[must_use]
pub fn subjects(visit: Visit, list: &Subjects) -> Vec<u8> {
    let title = title_of(list.scope);
    let mut more = String::new();
    if visit.settings.url.is_some() {
        push_relation(
            &mut more,
            "canonical",
            &full(visit, &list.address(list.page)),
        );
    }
    let shell = Shell {
        visit,
        title: Some(title.into()),
        description: "",
        list: Some(list.scope),
        more: &more,
        skip_to: "the list",
        form: Form {
            question: &Question::default(),
            choices: None,
        },
        indexed: list.filter.is_empty(),
    };
    let mut out = shell.before();
    out.push_str("<div class=\"name\">\n");
    push_element(&mut out, "h1", title);
    push_element(&mut out, "p class=\"about\"", about(list.scope));
    if list.total > 0 || !list.filter.is_empty() {
        push_filter(&mut out, list);
    }
    out.push_str("</div>\n<div id=\"results\"");
    let told = match list.total {
        0 => "Nothing found".to_owned(),
        total => counted(total, singular(list.scope), plural(list.scope)),
    };
    push_attribute(&mut out, "data-told", &told);
    out.push_str(">\n");
    if list.subjects.is_empty() {
        push_nothing(&mut out, list);
    } else {
        push_element(&mut out, "p class=\"sum\"", &told);
        out.push_str("\n<ul class=\"subjects\">\n");
        for subject in &list.subjects {
            push_subject(&mut out, list.scope, subject);
        }
        out.push_str("</ul>\n");
    }
    push_pages(&mut out, list);
    out.push_str("</div>\n");
    out.push_str(shell::AFTER);
    out.into_bytes()
}

fn singular(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "feed",
        Scope::Topic => "topic",
        Scope::Speaker => "speaker",
        Scope::Folder => "folder",
        Scope::Search => "search",
    }
}

fn plural(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "feeds",
        Scope::Topic => "topics",
        Scope::Speaker => "speakers",
        Scope::Folder => "folders",
        Scope::Search => "searches",
    }
}

/// Appends the form that shortens the list.
fn push_filter(out: &mut String, list: &Subjects) {
    out.push_str("<form class=\"box\" id=\"narrow\"");
    push_attribute(out, "action", list.scope.folder());
    push_all(
        out,
        &[
            "><label class=\"told\" for=\"filter\">Only ",
            plural(list.scope),
            " with these letters</label><input id=\"filter\" name=\"filter\" type=\"search\" \
             placeholder=\"Filter ",
            plural(list.scope),
            "\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" dir=\"auto\"",
        ],
    );
    push_attribute(out, "value", &list.filter);
    out.push_str("><button>Filter</button></form>\n");
}

fn push_nothing(out: &mut String, list: &Subjects) {
    if list.filter.is_empty() {
        out.push_str("<section class=\"empty\">\n<h2>None yet</h2>\n");
        push_element(out, "p", how(list.scope));
    } else {
        out.push_str("<section class=\"empty\">\n<h2>None found</h2>\n<p>");
        let all = format!("Show all {}", plural(list.scope));
        push_way(out, list.scope.folder(), "", &all);
        out.push_str("</p>");
    }
    out.push_str("</section>\n");
}

fn push_subject(out: &mut String, scope: Scope, subject: &Subject) {
    let label = if subject.label.is_empty() {
        "Unnamed"
    } else {
        &subject.label
    };
    let question = || {
        let mut question = Question::default();
        let field = match scope {
            Scope::Topic => &mut question.topic,
            Scope::Speaker => &mut question.speaker,
            Scope::Folder => &mut question.folder,
            Scope::All | Scope::Search => &mut question.query,
        };
        subject.label.clone_into(field);
        question
    };
    let (to, feed) = match &subject.feed {
        Some(folder) => (
            feed_path(folder),
            encoded(&format!("{folder}/atom.xml")).into_owned(),
        ),
        None => (question().address(), question().feed("atom.xml")),
    };
    out.push_str("<li><bdi>");
    push_way(out, &to, "", label);
    out.push_str("</bdi>");
    push_chart(out, &subject.weeks);
    push_all(
        out,
        &[
            "<span class=\"count\">",
            &counted(subject.entries, "entry", "entries"),
        ],
    );
    out.push_str("</span><span class=\"newest\"><time");
    push_attribute(out, "datetime", &stamp(subject.newest));
    push_all(
        out,
        &[">", &subject.newest.strftime("%-d %b %Y").to_string()],
    );
    out.push_str("</time></span><a class=\"way\"");
    push_attribute(out, "href", &feed);
    out.push_str(">Feed<span class=\"told\"> of ");
    crate::feed::body::push_escaped(out, label);
    out.push_str("</span></a></li>\n");
}

fn push_pages(out: &mut String, list: &Subjects) {
    if list.page == 1 && !list.goes_on {
        return;
    }
    out.push_str("<nav class=\"pages\" aria-label=\"Pages\">");
    if list.page > 1 {
        push_way(out, &list.address(list.page - 1), " rel=\"prev\"", "Before");
    }
    if list.goes_on {
        let attributes = " class=\"older\" rel=\"next\"";
        push_way(out, &list.address(list.page + 1), attributes, "More");
    }
    out.push_str("</nav>\n");
}
