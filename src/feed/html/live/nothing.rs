//! What stands where entries would, if there is none.

use super::{Listing, Question, words::push_way};

/// Appends what stands where the entries would, if there is none.
pub(super) fn push_nothing(out: &mut String, listing: &Listing) {
    out.push_str("<section class=\"empty\">\n<h2>");
    if listing.after.is_some() {
        out.push_str("No more</h2>\n<p>There is nothing older.</p>\n");
    } else if listing.is_front() {
        out.push_str(
            "Nothing here yet</h2>\n<p>Drop an article into the watch folder: a web page, a \
             text, a document, a mail. A moment later its digest is here, and in every reader \
             that subscribes.</p>\n",
        );
    } else if listing.part().is_some() {
        out.push_str(
            "Nothing here now</h2>\n<p>The next article will be here a moment after it \
             arrives.</p>\n",
        );
    } else {
        out.push_str("Nothing found</h2>\n<p>");
        push_advice(out, &listing.question);
        out.push_str("</p>\n");
    }
    out.push_str("</section>\n");
}

/// Appends what may find more.
fn push_advice(out: &mut String, question: &Question) {
    let any = any_of(&question.query);
    if !question.filters().is_empty() && !question.query.is_empty() {
        let without = Question {
            query: question.query.clone(),
            ..Question::default()
        };
        push_way(out, &without.address(), "", "Search without the filters");
        out.push_str(". ");
    }
    if let Some(any) = any {
        let wider = Question {
            query: any,
            ..question.clone()
        };
        push_way(out, &wider.address(), "", "Look for any of these words");
        out.push_str(". ");
    }
    out.push_str(
        "Or write only how a word begins, and a star: <code>harb*</code>. Whoever subscribes \
         gets the first article that is found, a moment after it arrives.",
    );
}

/// The query that finds what any of these words does, if it is of more than one
/// and of nothing but words.
fn any_of(query: &str) -> Option<String> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().all(char::is_alphanumeric) && !is_operator(word);
    (words.len() > 1 && words.iter().all(is_word)).then(|| words.join(" OR "))
}

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}
