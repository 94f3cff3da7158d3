//! Any steps leave the registry sound.

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Write { path: usize, topics: Vec<Topic> },
    Remove { path: usize },
    End,
    Rename { topic: usize, label: usize },
    Merge { from: usize, into: usize },
    Ban { topic: usize },
    Allow { topic: usize },
}

const LABELS: [&str; 9] = [
    "Lindqvist",
    "Ada Lindqvist",
    "Bo Lindqvist",
    "Ada M. Lindqvist",
    "Orra",
    "ORRA",
    "Tolls",
    "Toll",
    "Harbor Orra",
];

fn topics() -> impl Strategy<Value = Vec<Topic>> {
    let kinds = prop_oneof![
        Just(Person),
        Just(Organization),
        Just(Place),
        Just(Concept),
        Just(Other)
    ];
    let forms = proptest::collection::vec(0..LABELS.len(), 0..3);
    let one = (0..LABELS.len(), kinds, forms).prop_map(|(label, kind, forms)| {
        let forms: Vec<_> = forms.into_iter().map(|form| LABELS[form]).collect();
        topic(LABELS[label], kind, &forms)
    });
    proptest::collection::vec(one, 0..4)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any = || 0..40_usize;
    let step = prop_oneof![
        8 => (0..SUBJECTS.len(), topics()).prop_map(|(path, topics)| Step::Write { path, topics }),
        1 => (0..SUBJECTS.len()).prop_map(|path| Step::Remove { path }),
        1 => Just(Step::End),
        1 => (any(), 0..LABELS.len()).prop_map(|(topic, label)| Step::Rename { topic, label }),
        1 => (any(), any()).prop_map(|(from, into)| Step::Merge { from, into }),
        1 => any().prop_map(|topic| Step::Ban { topic }),
        1 => any().prop_map(|topic| Step::Allow { topic }),
    ];
    proptest::collection::vec(step, 1..30)
}

fn record(step: &Step, slugs: &[String], now: i64) -> Record {
    let slug = |number: &usize| {
        let count = slugs.len().max(1);
        TopicId(1 + i64::try_from(number % count).unwrap())
    };
    let path = |number: &usize| format!("{}.md", SUBJECTS[*number]);
    match step {
        Step::Write {
            path: number,
            topics,
        } => found(path(number), &about(SUBJECTS[*number], topics), now),
        Step::Remove { path: number } => Record::Gone {
            path: path(number).into(),
        },
        Step::End => Record::End { at: at(now) },
        Step::Rename { topic, label } => Record::Topics(TopicDecision::Rename {
            topic: slug(topic),
            label: LABELS[*label].to_owned(),
        }),
        Step::Merge { from, into } => Record::Topics(TopicDecision::Merge {
            from: vec![slug(from)],
            into: slug(into),
        }),
        Step::Ban { topic } => Record::Topics(TopicDecision::Ban { topic: slug(topic) }),
        Step::Allow { topic } => Record::Topics(TopicDecision::Allow { topic: slug(topic) }),
    }
}

/// Every slug there is, written or not.
fn slugs(db: &rusqlite::Connection) -> Vec<String> {
    let mut query = db
        .prepare("SELECT slug, label FROM topic ORDER BY key")
        .unwrap();
    let slug = |row: &rusqlite::Row<'_>| {
        let (slug, label): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        Ok(slug.unwrap_or_else(|| Topic::folded(&label).replace(' ', "-")))
    };
    let slugs = query.query_map([], slug).unwrap();
    slugs.collect::<Result<_, _>>().unwrap()
}

fn number(db: &rusqlite::Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_a_sound_registry(steps in steps()) {
        let mut f = Fixture::new();
        let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
        let mut before: Vec<String> = Vec::new();
        let mut records = Vec::new();
        for (now, step) in (1..).zip(&steps) {
            let record = record(step, &before, now);
            f.apply(record.clone());
            records.push(record);
            let after = slugs(&db);
            prop_assert_eq!(&after[..before.len()], &before[..], "slugs stay");
            let unique: BTreeSet<&String> = after.iter().collect();
            prop_assert_eq!(unique.len(), after.len(), "a slug twice in {:?}", after);
            before = after;
            let banned: BTreeSet<String> = f.listed().into_iter().filter(|t| t.banned).map(|t| t.label).collect();
            let allowed: BTreeSet<String> = f.listed().into_iter().filter(|t| !t.banned).map(|t| t.label).collect();
            for labels in f.labels() {
                let unique: BTreeSet<&String> = labels.iter().collect();
                prop_assert_eq!(unique.len(), labels.len(), "a topic twice");
                for label in &labels {
                    prop_assert!(allowed.contains(label), "{} is in no list", label);
                    prop_assert!(!banned.contains(label) || allowed.contains(label));
                }
            }
            for (what, sql) in [
                ("a merged topic in use", "SELECT count(*) FROM topic WHERE target IS NOT NULL AND (
                    key IN (SELECT topic FROM topic_form) OR key IN (SELECT topic FROM topic_name)
                    OR key IN (SELECT topic FROM topic_entry)
                    OR target IN (SELECT key FROM topic WHERE target IS NOT NULL))"),
                ("a form of nothing", "SELECT count(*) FROM topic_form WHERE topic NOT IN (SELECT key FROM topic)"),
                ("an entry that is not linked", "SELECT count(*) FROM entry, json_each(entry.topics) j
                    JOIN topic t ON t.key = j.value WHERE NOT EXISTS (SELECT 1 FROM topic_entry l
                    WHERE l.entry = entry.key AND l.topic = coalesce(t.target, t.key))"),
                ("a link that is none", "SELECT count(*) FROM topic_entry l WHERE NOT EXISTS (SELECT 1
                    FROM entry, json_each(entry.topics) j JOIN topic t ON t.key = j.value
                    WHERE entry.key = l.entry AND coalesce(t.target, t.key) = l.topic)"),
            ] {
                prop_assert_eq!(number(&db, sql), 0, "{}", what);
            }
        }
        // The same records give the same registry, at once or one by one.
        let mut other = Fixture::new();
        other.catalogue.apply(&records).unwrap();
        prop_assert_eq!(f.shown(), other.shown());
        prop_assert_eq!(f.listed(), other.listed());
        let again = rusqlite::Connection::open(other.folder.path().join("catalogue.db")).unwrap();
        prop_assert_eq!(slugs(&db), slugs(&again));
    }
}
