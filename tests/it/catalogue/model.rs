//! Any steps, compared with a model of few rules.

use super::*;

/// A step of a made-up history: few paths and texts, so that they meet.
#[derive(Debug, Clone)]
enum Step {
    Write {
        path: u8,
        subject: u8,
        rewritten: usize,
        stated: Option<i64>,
    },
    Remove {
        path: u8,
    },
    Refuse {
        path: u8,
        kind: Refusal,
    },
    End,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let write = (
        0..5_u8,
        0..3_u8,
        0..10_usize,
        proptest::option::of(-9..9_i64),
    )
        .prop_map(|(path, subject, rewritten, stated)| Step::Write {
            path,
            subject,
            rewritten,
            stated,
        });
    let kind = prop_oneof![Just(Refusal::Faulty), Just(Refusal::Draft)];
    let step = prop_oneof![
        6 => write,
        3 => (0..5_u8).prop_map(|path| Step::Remove { path }),
        1 => (0..5_u8, kind).prop_map(|(path, kind)| Step::Refuse { path, kind }),
        3 => Just(Step::End),
    ];
    proptest::collection::vec(step, 1..40)
}

fn record(step: &Step, now: i64) -> Record {
    match step {
        Step::Write {
            path,
            subject,
            rewritten: some,
            stated,
        } => {
            let digest = Digest {
                published: stated.map(at),
                modified: stated.map(|stated| at(2 * stated)),
                ..rewritten(&format!("s{subject}"), *some)
            };
            found(format!("{path}.md"), &digest, now)
        }
        Step::Remove { path } => Record::Gone {
            path: format!("{path}.md").into(),
        },
        Step::Refuse { path, kind } => Record::Refused {
            path: format!("{path}.md").into(),
            stamp: stamp(0),
            kind: *kind,
            reason: "no article".to_owned(),
        },
        Step::End => Record::End { at: at(now) },
    }
}

/// The entry that each file has.
fn linked(f: &Fixture) -> BTreeMap<PathBuf, EntryId> {
    let paths: BTreeSet<PathBuf> = f.catalogue.sources().unwrap().into_keys().collect();
    let link = |path: PathBuf| {
        let id = f.catalogue.entry_at(&path).unwrap()?;
        Some((path, id))
    };
    paths.into_iter().filter_map(link).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_a_sound_catalogue(steps in steps()) {
        let mut f = Fixture::new();
        let mut last: BTreeMap<EntryId, Entry> = BTreeMap::new();
        for (now, step) in (1..).zip(steps.iter().chain([&Step::End])) {
            let record = record(step, now);
            f.apply(record.clone());
            let shown = f.shown();
            let ids: BTreeSet<&EntryId> = shown.iter().map(|entry| &entry.id).collect();
            prop_assert_eq!(ids.len(), shown.len(), "an id twice");
            prop_assert_eq!(f.catalogue.count().unwrap(), shown.len());
            for entry in &shown {
                prop_assert!(entry.published <= entry.updated);
                if let Some(before) = last.get(&entry.id)
                    && before.digest == entry.digest
                    && !matches!(record, Record::Found(_))
                {
                    prop_assert_eq!(before, entry, "dates moved without a change");
                }
            }
            if let Record::Found(found) = &record {
                let revision = f.catalogue.revision().unwrap();
                prop_assert_eq!(f.apply(record.clone()), Outcome::Unchanged);
                prop_assert_eq!(f.catalogue.revision().unwrap(), revision);
                prop_assert_eq!(&f.shown(), &shown);
                let id = f.catalogue.entry_at(&found.path).unwrap();
                prop_assert!(id.is_some_and(|id| ids.contains(&id)));
            }
            if let Record::End { .. } = record {
                let linked: BTreeSet<EntryId> = linked(&f).into_values().collect();
                let shown: BTreeSet<EntryId> = shown.iter().map(|e| e.id.clone()).collect();
                prop_assert_eq!(shown, linked, "shown without a file, or the other way round");
            }
            last = shown.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        }
    }

    #[test]
    fn edits_to_new_texts_never_change_an_id(edits in proptest::collection::vec((0..4_usize, 0..11_usize), 1..20)) {
        let mut f = Fixture::new();
        let subjects = ["harbor", "orchard", "library", "tram"];
        for subject in subjects {
            f.found(&format!("{subject}.md"), &article(subject));
        }
        f.end();
        let before = linked(&f);
        for (turn, (which, some)) in edits.into_iter().enumerate() {
            // However much is rewritten: the file's name is what stays.
            let mut digest = rewritten(subjects[which], some);
            digest.body.push(BlockKind::Paragraph, &format!("turn{turn}"));
            f.found(&format!("{}.md", subjects[which]), &digest);
            if turn % 3 == 0 {
                f.end();
            }
            prop_assert_eq!(&linked(&f), &before);
        }
    }

    #[test]
    fn files_may_trade_names_in_any_way_and_order(
        places in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        new in any::<bool>(),
    ) {
        // Five articles at the first five of eight paths go to any five of
        // them; perhaps a sixth article comes.
        let path = |place: usize| format!("{place}.md");
        let subject = |number: usize| article(&format!("s{number}"));
        let mut f = Fixture::new();
        for number in 0..5 {
            f.found(&path(number), &subject(number));
        }
        f.end();
        let before = f.shown();
        let ids: Vec<EntryId> = (0..5).map(|number| f.id(&path(number))).collect();
        let count = 5 + usize::from(new);
        for place in order {
            match places[..count].iter().position(|taken| *taken == place) {
                Some(number) => drop(f.found(&path(place), &subject(number))),
                None => drop(f.gone(&path(place))),
            }
        }
        prop_assert_eq!(f.withdrawn(), []);
        let now: Vec<EntryId> = places[..5].iter().map(|place| f.id(&path(*place))).collect();
        prop_assert_eq!(now, ids);
        prop_assert_eq!(&f.shown()[usize::from(new)..], &before);
    }

    #[test]
    fn the_same_records_give_the_same_catalogue(steps in steps(), cuts in 1..7_usize) {
        let records: Vec<Record> = (1..).zip(&steps).map(|(now, step)| record(step, now)).collect();
        let json = serde_json::to_string(&records).unwrap();
        let sent: Vec<Record> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&records, &sent);
        let (mut one, mut other) = (Fixture::new(), Fixture::new());
        let outcomes = one.catalogue.apply(&records).unwrap();
        let mut others = Vec::new();
        for some in sent.chunks(cuts) {
            others.extend(other.catalogue.apply(some).unwrap());
            other = other.reopen();
        }
        prop_assert_eq!(outcomes, others);
        prop_assert_eq!(one.shown(), other.shown());
        prop_assert_eq!(linked(&one), linked(&other));
        prop_assert_eq!(one.catalogue.refused().unwrap(), other.catalogue.refused().unwrap());
    }
}
