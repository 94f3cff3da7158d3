use super::*;

/// A made-up clock.
#[derive(Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn new() -> Self {
        Self(Instant::now())
    }

    fn at(self, seconds: u64) -> Moment {
        let since = Duration::from_secs(seconds);
        Moment {
            tick: self.0 + since,
            at: Timestamp::UNIX_EPOCH + since,
        }
    }
}

fn texts(said: impl IntoIterator<Item = Said>) -> Vec<String> {
    said.into_iter().map(|said| said.text).collect()
}

#[test]
fn a_fault_that_lasts_is_told_at_growing_distances_and_when_it_ends() {
    let clock = Clock::new();
    let mut faults = Faults::default();
    let mut said = Vec::new();
    // A disk that is full for three hours, tried every five seconds.
    for try_at in (0..3 * 3600).step_by(5) {
        let now = clock.at(try_at);
        said.extend(faults.note(About::Feeds, "", "no room".to_owned(), now));
    }
    assert_eq!(
        texts(said),
        [
            "no room",
            "still after 1 min (13 times): no room",
            "still after 11 min (133 times): no room",
            "still after 1 h 11 min (853 times): no room",
            "still after 2 h 11 min (1,573 times): no room",
        ]
    );
    assert_eq!(faults.count(), 1);
    assert_eq!(
        texts(faults.end(About::Feeds, clock.at(3 * 3600))),
        ["well again after 3 h (2,160 times): no room"]
    );
    assert!(faults.end(About::Feeds, clock.at(3 * 3600)).is_empty());
    assert_eq!(faults.count(), 0);
    // The next one is a new one.
    let again = faults.note(About::Feeds, "", "no room".to_owned(), clock.at(9 * 3600));
    assert_eq!(texts(again), ["no room"]);
}

#[test]
fn faults_of_several_things_at_one_time_are_told_apart() {
    let clock = Clock::new();
    let mut faults = Faults::default();
    let note = |faults: &mut Faults, about, text: &str, at| {
        texts(faults.note(about, "", text.to_owned(), clock.at(at)))
    };
    assert_eq!(note(&mut faults, About::Events, "no watches", 0).len(), 1);
    for at in 1..50 {
        let lines = usize::from(at == 1);
        assert_eq!(note(&mut faults, About::Feeds, "no room", at).len(), lines);
        assert!(note(&mut faults, About::Events, "no watches", at).is_empty());
    }
    let ended = faults.end(About::Feeds, clock.at(50));
    assert_eq!(texts(ended), ["well again after 49 s (49 times): no room"]);
    let current: Vec<_> = faults.current().map(|(about, _)| about.name()).collect();
    assert_eq!(current, ["events"]);
}

#[test]
fn a_fault_whose_words_change_all_the_time_is_no_flood() {
    let clock = Clock::new();
    let mut faults = Faults::default();
    let mut said = Vec::new();
    for at in 0..50 {
        let text = format!("cannot write document {at}");
        said.extend(faults.note(About::Feeds, "", text, clock.at(at)));
    }
    assert_eq!(said.len(), WORDINGS);
    // What is shown is the last.
    let (_, fault) = faults.current().next().unwrap();
    assert_eq!(fault.text, "cannot write document 49");
    assert_eq!((fault.count, fault.since), (50, clock.at(0)));
}

#[test]
fn many_of_a_kind_are_a_few_lines_and_a_count() {
    let clock = Clock::new();
    let mut faults = Faults::default();
    let failing = |from: u32, to: u32| -> Vec<(String, String)> {
        let fault = |n| (format!("{n:05}"), format!("cannot write {n:05}"));
        (from..to).map(fault).collect()
    };
    let said = faults.note_all(About::Documents, failing(0, 10_000), clock.at(0));
    let said = texts(said);
    assert_eq!(said.len(), FEW + 1);
    assert_eq!(said[0], "cannot write 00000");
    assert_eq!(
        said[FEW],
        "and 9,992 more like it; `feedwright status` shows all"
    );
    assert_eq!(faults.count(), 10_000);
    // The same again is nothing new.
    let said = faults.note_all(About::Documents, failing(0, 10_000), clock.at(5));
    assert_eq!(texts(said).len(), 1);
    // Some of them end, and one comes.
    let said = faults.note_all(About::Documents, failing(1, 4), clock.at(10));
    let said = texts(said);
    assert_eq!(said.len(), FEW + 1);
    assert_eq!(
        said[0],
        "well again after 10 s (2 times): cannot write 00000"
    );
    assert_eq!(faults.count(), 3);
    let said = faults.note_all(About::Documents, failing(1, 5), clock.at(15));
    assert_eq!(texts(said), ["cannot write 00004"]);
}
