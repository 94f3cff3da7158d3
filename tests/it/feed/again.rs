//! A feed rendered again after changes is what it would be rendered at once.

use super::*;
use feedwright::feed::Renderer;
use proptest::prelude::*;
use std::sync::Arc;

#[derive(Debug, Clone)]
enum Step {
    /// An article arrives.
    Add(Digest),
    /// One that is shown says something else.
    Edit(usize, Digest),
    /// One that is shown gets another date.
    Update(usize, i64),
    /// One that is shown goes.
    Withdraw(usize),
    /// The entries come as other values with the same content.
    Reread,
    /// The settings are read anew.
    Set(Settings),
}

/// A digest with or without whatever a document's head depends on.
fn any_digest() -> impl Strategy<Value = Digest> {
    let text_of = |words: &str| text(&[(BlockKind::Paragraph, words)]);
    // From none to one that fills half a feed, or leaves no room for its own.
    let size = prop_oneof![4 => 0..40_usize, 1 => Just(17_000), 1 => Just(40_000)];
    let body = size.prop_map(move |count| text_of(&"<item> ]]> & words ".repeat(count)));
    let language = prop_oneof![
        4 => Just(Some("en".to_owned())),
        1 => Just(Some("ar".to_owned())),
        1 => Just(None)
    ];
    let title = "[ -~\u{1}\u{e9}]{0,12}";
    let parts = (title, body, language, any::<[bool; 4]>());
    parts.prop_map(|(title, body, language, [author, image, quote, topic])| {
        let full = full();
        Digest {
            title,
            body,
            language,
            byline: if author { full.byline } else { Vec::new() },
            image: full.image.filter(|_| image),
            lead_quote: full.lead_quote.filter(|_| quote),
            topics: if topic { full.topics } else { Vec::new() },
            ..full
        }
    })
}

fn any_settings() -> impl Strategy<Value = Settings> {
    (any::<[bool; 3]>(), 0..9_usize).prop_map(|([site, author, language], max_entries)| {
        let settings = if site {
            with_site()
        } else {
            Settings::default()
        };
        Settings {
            author: author.then(|| "The <desk>".to_owned()),
            language: language.then(|| "de".to_owned()),
            max_entries,
            ..settings
        }
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any_digest().prop_map(Step::Add),
        2 => (any::<usize>(), any_digest()).prop_map(|(at, digest)| Step::Edit(at, digest)),
        1 => (any::<usize>(), 0..9_i64).prop_map(|(at, day)| Step::Update(at, day)),
        2 => any::<usize>().prop_map(Step::Withdraw),
        1 => Just(Step::Reread),
        1 => any_settings().prop_map(Step::Set),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_came_before_shows_nowhere(
        settings in any_settings(),
        steps in proptest::collection::vec(any_step(), 1..25),
    ) {
        let mut settings = settings;
        let mut renderer = Renderer::default();
        let mut entries: Vec<Arc<Entry>> = Vec::new();
        for (number, step) in (0..).zip(steps) {
            let place = |at: usize, entries: &Vec<_>| at.checked_rem(entries.len());
            match step {
                Step::Add(digest) => entries.insert(0, Arc::new(entry(number, digest))),
                Step::Edit(at, digest) => if let Some(at) = place(at, &entries) {
                    Arc::make_mut(&mut entries[at]).digest = digest;
                },
                Step::Update(at, day) => if let Some(at) = place(at, &entries) {
                    let later = jiff::SignedDuration::from_hours(24 * day);
                    Arc::make_mut(&mut entries[at]).updated += later;
                },
                Step::Withdraw(at) => if let Some(at) = place(at, &entries) {
                    entries.remove(at);
                },
                Step::Reread => for one in &mut entries {
                    *one = Arc::new(Entry::clone(one));
                },
                Step::Set(other) => settings = other,
            }
            let again = renderer.render(&settings, FEED, &entries).unwrap();
            let plain: Vec<Entry> = entries.iter().map(|one| Entry::clone(one)).collect();
            let once = feed::render(&settings, FEED, &plain).unwrap();
            for (again, once) in again.documents.iter().zip(&once.documents) {
                let text = |document: &feed::Document| String::from_utf8(document.bytes.clone()).unwrap();
                well_formed(&text(again));
                prop_assert_eq!(text(again), text(once));
            }
            prop_assert_eq!(again, once);
        }
    }
}

#[test]
fn after_a_fault_the_feed_is_rendered_as_before() {
    let entries = [entry(1, full()), entry(2, full())].map(Arc::new);
    let same = [Arc::clone(&entries[0]), Arc::clone(&entries[0])];
    let mut renderer = Renderer::default();
    let mut render = |entries: &[_]| renderer.render(&with_site(), FEED, entries);
    let before = render(&entries).unwrap();
    render(&same).unwrap_err();
    assert_eq!(render(&entries).unwrap(), before);
}
