//! Words that know where in their text they stand.
//!
//! What a search finds is to be shown where it is written, and between a text
//! and its words lie case, accents, widths and ligatures. The words here are made
//! by what makes those of the index, a piece of the text at a time, so that both
//! agree on every text.

use super::{Out, Run, is_normal, is_of_a_word, runs};
use std::ops::Range;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _, char::is_combining_mark, is_nfkc_quick,
};

/// The words of a text and where each piece of them is from.
pub(in crate::catalogue::search) struct Traced<'t> {
    text: &'t str,
    /// As `words` gives them, with a space on either side of each.
    words: String,
    /// In order. Those that came to nothing are left out.
    pieces: Vec<Piece>,
}

struct Piece {
    /// Where in the words it ends.
    end: usize,
    /// What it was made of.
    source: Range<usize>,
    /// Whether every byte was made of one.
    is_plain: bool,
}

impl<'t> Traced<'t> {
    /// Of a text.
    pub(in crate::catalogue::search) fn new(text: &'t str) -> Self {
        let mut words = String::with_capacity(text.len() + 2);
        words.push(' ');
        let mut pieces: Vec<Piece> = Vec::new();
        let mut out = Out::new(&mut words);
        let mut at = 0;
        let mut take = |out: &mut Out<'_>, kind: Run, piece: &str| {
            let source = at..at + piece.len();
            at = source.end;
            let before = out.words.len();
            match kind {
                Run::Plain => out.plain(piece),
                Run::Folded => out.folded(piece),
                Run::Gap => out.gap = true,
            }
            if out.words.len() > before {
                pieces.push(Piece {
                    end: out.words.len(),
                    source,
                    is_plain: kind == Run::Plain,
                });
            }
        };
        runs(text, |kind, run| {
            if kind == Run::Folded && is_made_piece_by_piece(run) {
                clusters(run).for_each(|cluster| take(&mut out, kind, cluster));
            } else {
                take(&mut out, kind, run);
            }
        });
        words.push(' ');
        Self {
            text,
            words,
            pieces,
        }
    }

    /// The words, with a space on either side of each.
    pub(in crate::catalogue::search) fn words(&self) -> &str {
        &self.words
    }

    /// Where in the text a stretch of the words stands that has a letter. A
    /// letter that became two is taken whole.
    pub(in crate::catalogue::search) fn source(&self, made: Range<usize>) -> Range<usize> {
        let piece = |at: usize| {
            let after = self.pieces.partition_point(|piece| piece.end <= at);
            &self.pieces[after.min(self.pieces.len() - 1)]
        };
        let (first, last) = (piece(made.start), piece(made.end - 1));
        let start = if first.is_plain {
            first.source.end - (first.end - made.start).min(first.source.len())
        } else {
            first.source.start
        };
        let end = if last.is_plain {
            last.source.end - (last.end - made.end).min(last.source.len())
        } else {
            last.source.end
        };
        // An accent that is a character of its own stays with its letter.
        let accents = self.text[end..]
            .chars()
            .take_while(|c| is_combining_mark(*c));
        start..end + accents.map(char::len_utf8).sum::<usize>()
    }
}

/// Whether the letters of a run can be taken by themselves: nothing in it
/// becomes something else for what stands before or after it.
fn is_made_piece_by_piece(run: &str) -> bool {
    if run.chars().all(is_normal) || is_nfkc_quick(run.chars()) == IsNormalized::Yes {
        return true;
    }
    let mut by_cluster = String::with_capacity(run.len());
    clusters(run).for_each(|cluster| by_cluster.extend(cluster.nfkc()));
    run.nfkc().eq(by_cluster.chars())
}

/// The letters of a run, each with the marks on it, or the parts of a Korean
/// syllable.
fn clusters(run: &str) -> impl Iterator<Item = &str> {
    let mut rest = run;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let goes_on = |c: char| is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}');
        let end = chars.find(|(_, c)| !is_of_a_word(first) || !goes_on(*c));
        let (cluster, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(cluster)
    })
}

#[cfg(test)]
mod tests {
    use super::{super::words, Traced};
    use proptest::prelude::*;

    /// Where a text has these words, as it writes them.
    fn written<'t>(text: &'t str, wanted: &str) -> &'t str {
        let traced = Traced::new(text);
        let at = traced.words().find(&format!(" {wanted}")).unwrap() + 1;
        &text[traced.source(at..at + wanted.len())]
    }

    #[test]
    fn words_are_shown_as_they_are_written() {
        for (text, wanted, is) in [
            (
                "The HARBOR-master's tolls",
                "harbor master",
                "HARBOR-master",
            ),
            ("The HARBOR-master's tolls", "har", "HAR"),
            ("Un éclair, deux", "eclair", "éclair"),
            (
                "Un e\u{301}clai\u{301}r, deux",
                "eclai",
                "e\u{301}clai\u{301}",
            ),
            ("Straßen", "stras", "Straß"),
            ("Straßen", "strassen", "Straßen"),
            ("ｆｕｌｌ ﬁne ½!", "full fine 1", "ｆｕｌｌ ﬁne ½"),
            (
                "Acme™Works co\u{ad}operate",
                "works cooperate",
                "Works co\u{ad}operate",
            ),
            ("東京で会議", "京 で", "京で"),
            ("か\u{3099}ある", "が", "か\u{3099}"),
            ("ประชุมที่กรุง", "ที่", "ที่"),
            (
                "\u{1112}\u{1161}\u{11ab}국어",
                "한국",
                "\u{1112}\u{1161}\u{11ab}국",
            ),
        ] {
            assert_eq!(written(text, wanted), is, "{text}: {wanted}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_index(text in "(\\PC|[a-zé\u{301}\u{3099}か\u{1112}\u{1161}ﬁ½ßİ ™]){0,40}") {
            let traced = Traced::new(&text);
            let plain = words(&text);
            prop_assert_eq!(traced.words().trim(), &plain);
            let made = traced.words();
            let mut end = 0;
            for (at, word) in made.match_indices(|c: char| c != ' ') {
                let source = traced.source(at..at + word.len());
                prop_assert!(text.get(source.clone()).is_some_and(|text| !text.is_empty()));
                prop_assert!(source.end >= end);
                end = source.end;
            }
        }
    }
}
