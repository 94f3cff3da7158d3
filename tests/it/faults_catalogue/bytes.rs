//! A closed catalogue and a killed one, byte by byte.

use super::*;

/// A catalogue with some history.
fn filled() -> Fixture {
    let mut fixture = Fixture::new();
    for number in 0..40 {
        let mut digest = rewritten(&format!("bridge{number}"), number % 3);
        digest.topics = vec!["Bridges".into(), format!("Bridge {number}").as_str().into()];
        fixture.found(&format!("{number}.md"), &digest);
        if number % 7 == 0 {
            fixture.end();
        }
    }
    fixture.gone("5.md");
    fixture.end();
    fixture
}

fn entries(catalogue: &Catalogue) -> Vec<Arc<Entry>> {
    catalogue.newest(1000).unwrap()
}

#[test]
fn any_byte_that_changes_in_a_closed_catalogue_is_noticed() {
    let Fixture {
        folder, catalogue, ..
    } = filled();
    let before = entries(&catalogue);
    drop(catalogue);
    let (mut chance, mut set_aside) = (Chance(1), 0);
    let scratch = TempDir::new().unwrap();
    for round in 0..300 {
        copy(folder.path(), scratch.path());
        flip(&scratch.path().join("catalogue.db"), &mut chance);
        let Ok(catalogue) = Catalogue::open(scratch.path()) else {
            // Such as another program's database: told, and left as it is.
            continue;
        };
        assert_ne!(*catalogue.opened(), Opened::Sound, "round {round}");
        if matches!(catalogue.opened(), Opened::SetAside { .. }) {
            set_aside += 1;
            assert!(scratch.path().join("catalogue-damaged-1.db").exists());
            assert_eq!(entries(&catalogue), []);
        } else {
            // What an owner may have written by hand is read, and told.
            assert_eq!(*catalogue.opened(), Opened::Altered);
            assert_eq!(entries(&catalogue).len(), before.len(), "round {round}");
        }
    }
    assert!(set_aside > 100, "only {set_aside} were damaged");
    let whole = Catalogue::open(folder.path()).unwrap();
    assert_eq!(*whole.opened(), Opened::Sound);
    assert_eq!(entries(&whole), before);
}

#[test]
fn damage_after_a_kill_never_shows_what_was_not_written() {
    let fixture = filled();
    let before: BTreeMap<_, _> = entries(&fixture.catalogue)
        .into_iter()
        .map(|entry| (entry.id.clone(), entry))
        .collect();
    let (mut chance, mut set_aside) = (Chance(2), 0);
    let scratch = TempDir::new().unwrap();
    for round in 0..300 {
        // As a kill leaves it: with what is beside the database.
        copy(fixture.folder.path(), scratch.path());
        let log = scratch.path().join("catalogue.db-wal");
        if round % 2 == 0 {
            let db = Connection::open(scratch.path().join("catalogue.db")).unwrap();
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .unwrap();
            drop(db);
            flip(&scratch.path().join("catalogue.db"), &mut chance);
        } else {
            flip(&log, &mut chance);
        }
        let Ok(catalogue) = Catalogue::open(scratch.path()) else {
            continue;
        };
        assert_ne!(*catalogue.opened(), Opened::Sound);
        set_aside += u32::from(matches!(catalogue.opened(), Opened::SetAside { .. }));
        for entry in entries(&catalogue) {
            // What was lost of the end may be missing, or be as it was before.
            let whole = before.get(&entry.id);
            if let Some(whole) = whole {
                assert_eq!(entry.digest, whole.digest, "round {round}");
                assert_eq!(entry.updated, whole.updated, "round {round}");
            }
        }
    }
    assert!(set_aside > 50, "only {set_aside} were damaged");
}

fn flip(file: &Path, chance: &mut Chance) {
    let length = fs::metadata(file).unwrap().len();
    let file = fs::File::options()
        .read(true)
        .write(true)
        .open(file)
        .unwrap();
    let count = [1, 1, 16, 512][usize::try_from(chance.below(4)).unwrap()];
    let at = chance.below(length - count);
    let mut bytes = vec![0; usize::try_from(count).unwrap()];
    file.read_exact_at(&mut bytes, at).unwrap();
    for byte in &mut bytes {
        *byte ^= u8::try_from(1 + chance.below(255)).unwrap();
    }
    file.write_all_at(&bytes, at).unwrap();
}

#[test]
fn a_clock_that_jumps_moves_no_date_back() {
    let mut fixture = Fixture::new();
    let jumps = [
        0,
        100,
        -1_700_000_000,
        -1_800_000_000,
        251_000_000_000,
        50,
        51,
    ];
    let mut before: Option<Arc<Entry>> = None;
    for (round, jump) in jumps.into_iter().enumerate() {
        fixture.now = jump;
        fixture.found("a.md", &rewritten("bridge", round));
        fixture.found(
            &format!("{round}.md"),
            &rewritten(&format!("tunnel{round}"), 0),
        );
        // Told again, it is as it was.
        let id = fixture
            .catalogue
            .entry_at(Path::new("a.md"))
            .unwrap()
            .unwrap();
        let of = |fixture: &Fixture| {
            let all = entries(&fixture.catalogue);
            all.into_iter().find(|entry| entry.id == id).unwrap()
        };
        let now = of(&fixture);
        fixture.now = jump + 1_000;
        fixture.found("a.md", &rewritten("bridge", round));
        assert_eq!(of(&fixture), now, "round {round}");
        assert!(now.updated >= now.published, "{now:?}");
        if let Some(before) = &before {
            assert!(
                now.updated > before.updated,
                "round {round}: {:?}",
                now.updated
            );
            assert_eq!((now.published, &now.id), (before.published, &before.id));
        }
        before = Some(now);
        fixture.end();
        // What came last stands first, whatever the clock said.
        let newest = &entries(&fixture.catalogue)[0];
        assert_eq!(newest.digest.title, format!("On tunnel{round}"));
    }
    let ids: BTreeSet<_> = entries(&fixture.catalogue)
        .iter()
        .map(|entry| entry.id.clone())
        .collect();
    assert_eq!(ids.len(), 1 + jumps.len());
}
