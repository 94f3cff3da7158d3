//! What a summary must not say, since the entry says it elsewhere.

use crate::{digest::lead::Lead, entry::Quotation, text::Span};
use memchr::memmem;

/// Where the lead quotation stands in the body: in the quotation that it was
/// chosen from, and in those that repeat it.
pub(in crate::digest) fn lead_spans(
    lead: Option<&Lead>,
    quotes: &[Quotation],
    body: &str,
) -> Vec<Span> {
    let Some(lead) = lead else {
        return Vec::new();
    };
    let lead_text = lead.words();
    // It may have been shortened, or joined from neighbors.
    let words = lead_text.trim_matches(['…', '.', ' ']);
    let longest = words.split(' ').max_by_key(|word| word.len());
    let telling = memmem::Finder::new(longest.unwrap_or_default());
    let repeats = |quotation: &Quotation| {
        // Single words rule nearly all quotations out before any is put
        // together.
        let mut parts = quotation.parts.iter().map(|part| part.of(body));
        let mut pieces = parts.clone().flat_map(str::split_whitespace);
        let longer = parts.any(|part| telling.find(part.as_bytes()).is_some());
        let shorter = pieces.all(|piece| lead_text.contains(piece));
        (longer || shorter) && {
            let quote = quotation.quote(body);
            quote.contains(words) || lead_text.contains(&quote)
        }
    };
    let places = quotes.iter().enumerate();
    places
        .filter(|(place, quotation)| *place == lead.place || repeats(quotation))
        .flat_map(|(_, quotation)| quotation.parts.iter().copied())
        .collect()
}
