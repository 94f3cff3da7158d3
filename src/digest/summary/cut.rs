//! What is said of an article of which no sentence fits: a piece of one.

use super::{candidates::Candidate, fold, marks::Marks};
use crate::text::Text;

/// A whole sentence may be this much longer than the budget, in eighths, if it
/// is the only one: ending where the author ended reads better than a cut.
const STRETCH: usize = 10;

/// The sentence that opens the story, if it is a little longer than the budget: it
/// says what happened, which later ones take as known.
pub(super) fn long_opening(candidates: &[Candidate], limit: usize) -> Option<&Candidate> {
    let opening = candidates
        .iter()
        .find(|candidate| candidate.opens && candidate.fit)?;
    let long = limit + 1..=limit * STRETCH / 8;
    (opening.need.is_none() && long.contains(&opening.span.len())).then_some(opening)
}

/// The first good sentence, whole if it is not much too long, else cut where a
/// clause ends.
pub(super) fn piece(body: &Text, candidates: &[Candidate], limit: usize) -> Option<String> {
    let best = candidates
        .iter()
        .find(|candidate| candidate.fit && candidate.need.is_none())
        .or_else(|| candidates.iter().find(|candidate| candidate.fit))
        .or_else(|| candidates.first())?;
    let text = fold(best.span.of(&body.plain));
    if text.len() <= limit * STRETCH / 8 {
        return Some(text);
    }
    let mut room = limit.saturating_sub('…'.len_utf8()).min(text.len());
    while !text.is_char_boundary(room) {
        room -= 1;
    }
    let clause = text[..room]
        .rmatch_indices([',', ';', ':', '–', '—', '，', '；', '、'])
        .find(|(at, _)| *at > room / 2 && Marks::of(&text[..*at]).balanced);
    let cut = match clause {
        Some((at, _)) => at,
        None => text[..room].rfind(char::is_whitespace).unwrap_or(room),
    };
    Some(format!("{}…", text[..cut].trim_end()))
}
