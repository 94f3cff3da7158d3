//! How much there was in each of the last weeks, as a small picture in the page
//! itself.

use super::{WEEKS, words::counted};
use crate::feed::html::text::push_attribute;
use std::fmt::Write as _;

/// How wide a bar is with the gap after it, and how high the highest, in the
/// picture's own units.
const STEP: usize = 4;
const HEIGHT: u32 = 20;

/// Appends the chart. Those who do not see it are told what it shows.
pub(super) fn push_chart(out: &mut String, weeks: &[u32; WEEKS]) {
    let width = WEEKS * STEP;
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg class=\"chart\" viewBox=\"0 0 {width} {HEIGHT}\" role=\"img\""
    );
    push_attribute(out, "aria-label", &told(weeks));
    out.push('>');
    let most = weeks.iter().copied().max().unwrap_or_default();
    if most > 0 {
        out.push_str("<path d=\"");
        for (at, count) in weeks.iter().enumerate().filter(|(_, count)| **count > 0) {
            // What is little beside much is to be seen as well.
            let height = (u64::from(*count) * u64::from(HEIGHT)).div_ceil(u64::from(most));
            let height = height.max(2);
            let top = u64::from(HEIGHT).saturating_sub(height);
            let _ = write!(out, "M{} {HEIGHT}V{top}", at * STEP + STEP / 2);
        }
        out.push_str("\"/>");
    }
    out.push_str("</svg>");
}

/// What the chart shows, in words.
fn told(weeks: &[u32; WEEKS]) -> String {
    let sum: u32 = weeks.iter().fold(0, |sum, week| sum.saturating_add(*week));
    if sum == 0 {
        return format!("None in the last {WEEKS} weeks");
    }
    let entries = |count: u32| {
        counted(
            usize::try_from(count).unwrap_or(usize::MAX),
            "entry",
            "entries",
        )
    };
    let most = weeks.iter().copied().max().unwrap_or_default();
    let last = weeks[WEEKS - 1];
    format!(
        "{} in the last {WEEKS} weeks, at most {most} in one; this week {last}",
        entries(sum)
    )
}
