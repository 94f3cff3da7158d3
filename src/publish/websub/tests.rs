//! How often a hub is asked.

use super::*;

#[test]
fn a_hub_that_fails_is_asked_ever_more_seldom() {
    let pace = Pace::default();
    let waits = (1..=14).map(|failures| retry(&pace, failures, None).as_secs());
    let expected = [
        2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800, 1800, 1800,
    ];
    assert!(waits.eq(expected));
    assert_eq!(retry(&pace, u32::MAX, None), pace.longest_retry);
    let minute = Duration::from_mins(1);
    assert_eq!(retry(&pace, 1, Some(minute)), minute);
    assert_eq!(retry(&pace, 12, Some(minute)), pace.longest_retry);
    assert_eq!(retry(&pace, 3, Some(Duration::ZERO)).as_secs(), 8);
}
