//! What the rules decide, by example.

use super::*;
use crate::text::{BlockKind, Text};

/// A text of paragraphs of 60 invented words, another for every number.
fn text(paragraphs: impl IntoIterator<Item = u32>) -> Identity {
    let mut body = Text::default();
    for number in paragraphs {
        let words: Vec<String> = (0..60).map(|word| format!("p{number}w{word}")).collect();
        body.push(BlockKind::Paragraph, &words.join(" "));
    }
    let digest = Digest {
        body,
        ..Digest::default()
    };
    Identity::of(&digest, [0; 32])
}

fn departed(text: &Identity, was_here: bool) -> Known {
    Known {
        departed: vec![Departed {
            entry: 1,
            sketch: text.sketch.clone(),
            was_here,
        }],
        ..Known::default()
    }
}

#[test]
fn one_paragraph_in_four_may_be_rewritten_in_a_move() {
    let (old, new) = (text(0..12), text((0..9).chain(20..23)));
    assert_eq!(decide(&new, &departed(&old, false)), Decision::Join(1));
}

#[test]
fn two_reports_from_one_template_are_two_entries() {
    let (old, new) = (text(0..12), text((0..4).chain(20..28)));
    assert_eq!(decide(&new, &departed(&old, false)), Decision::Add);
}

#[test]
fn half_may_be_rewritten_at_the_same_path() {
    let (old, new) = (text(0..12), text((0..6).chain(20..26)));
    assert_eq!(decide(&new, &departed(&old, false)), Decision::Add);
    assert_eq!(decide(&new, &departed(&old, true)), Decision::Join(1));
}

#[test]
fn of_entries_with_the_same_text_a_shown_one_is_taken_then_the_oldest() {
    let known = Known {
        twins: vec![
            (Standing::Withdrawn, 1),
            (Standing::Live, 9),
            (Standing::Live, 4),
            (Standing::Orphaned, 2),
        ],
        ..Known::default()
    };
    assert_eq!(decide(&text(0..12), &known), Decision::Join(4));
}

#[test]
fn of_entries_as_alike_the_oldest_is_taken() {
    let (old, new) = (text(0..12), text(0..11));
    let mut known = departed(&old, false);
    for entry in [7, 3, 5] {
        known.departed.push(Departed {
            entry,
            ..known.departed[0].clone()
        });
    }
    known.departed.remove(0);
    assert_eq!(decide(&new, &known), Decision::Join(3));
}

#[test]
fn each_entry_is_paired_once_and_the_most_alike_first() {
    let sketch = |kept| text((0..kept).chain(100 + kept..112)).sketch;
    let orphans = [(1, sketch(12)), (2, sketch(10))];
    let added = [(8, sketch(11)), (9, sketch(10))];
    assert_eq!(pair(&orphans, &added), [(2, 9), (1, 8)]);
    assert_eq!(pair(&added, &orphans), [], "only old with new");
}

#[test]
fn a_clock_that_was_set_back_hides_no_change() {
    let at = |second| Timestamp::from_second(second).expect("a small number");
    let dates = Dates::first(&Digest::default(), at(1_000));
    let after = dates.after(Change::Meaning, &Digest::default(), at(10));
    assert_eq!((after.published, after.updated), (at(1_000), at(1_001)));
}

#[test]
fn a_file_that_was_just_written_to_replace_this_one_is_no_entry() {
    let (old, new) = (text(0..12), text((0..9).chain(20..23)));
    let here = |copies| Here {
        entry: 1,
        content: [1; 32],
        fingerprint: old.fingerprint,
        sketch: old.sketch.clone(),
        governs: true,
        copies,
    };
    let known = |copies, twin, twin_is_new| Known {
        here: Some(here(copies)),
        twins: vec![(Standing::Live, twin)],
        twin_is_new,
        ..Known::default()
    };
    assert_eq!(decide(&new, &known(false, 2, true)), Decision::Absorb(2));
    // What has been there for some time is moved here.
    assert_eq!(decide(&new, &known(false, 2, false)), Decision::Join(2));
    assert_eq!(decide(&new, &known(true, 2, true)), Decision::Join(2));
    let unlike = text(40..52);
    assert_eq!(decide(&unlike, &known(false, 2, true)), Decision::Join(2));
}
