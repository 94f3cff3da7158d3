//! A sheet rendered again after changes is what it would be rendered at once.

use super::*;
use feedwright::feed::{Imprint, Renderer, Shelf};
use proptest::prelude::*;

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
    /// Another feed is rendered in between.
    Other(usize),
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
    any::<[bool; 4]>().prop_map(|[site, author, language, whole]| {
        let settings = if site {
            with_site()
        } else {
            Settings::default()
        };
        Settings {
            author: author.then(|| "The <desk>".to_owned()),
            language: language.then(|| "de".to_owned()),
            content: if whole {
                Content::Full
            } else {
                Content::Digest
            },
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
        1 => (0..9_usize).prop_map(Step::Other),
        1 => any_settings().prop_map(Step::Set),
    ]
}

/// A sheet of these entries.
fn of(listed: &[Listed]) -> Sheet {
    Sheet {
        entries: listed.to_vec(),
        ..sheet(0)
    }
}

/// A shelf that, from the start or never, loses each third thing, as a full
/// disk does.
#[derive(Debug, Default)]
struct Memory {
    bytes: Vec<u8>,
    is_lossy: bool,
    count: usize,
}

impl Memory {
    fn is_lost(&mut self) -> bool {
        self.count += 1;
        self.is_lossy && self.count.is_multiple_of(3)
    }
}

impl Shelf for Memory {
    fn put(&mut self, bytes: &[u8]) -> Option<u64> {
        let at = self.bytes.len() as u64;
        self.bytes.extend(bytes);
        (!self.is_lost()).then_some(at)
    }

    fn get(&mut self, at: u64, length: usize) -> Option<Vec<u8>> {
        let at = usize::try_from(at).unwrap();
        let bytes = self.bytes[at..at + length].to_vec();
        (!self.is_lost()).then_some(bytes)
    }
}

#[test]
fn what_is_on_the_shelf_need_not_be_given_again() {
    let settings = with_site();
    let mut renderer = Renderer::with_room(0);
    renderer.set_shelf(Some(Box::<Memory>::default()));
    let listed = sheet(2).entries;
    for (number, listed) in (0..).zip(&listed) {
        assert_eq!(renderer.missing(&settings, &of(&[*listed])), [*listed]);
        let entry = entry(number, full());
        renderer.take(&settings, *listed, &entry).unwrap();
    }
    assert_eq!(renderer.missing(&settings, &of(&listed)), []);
    renderer.sheet(&settings, &sheet(2)).unwrap();
    // Without one, what there is no room for is forgotten.
    renderer.set_shelf(None);
    let other = sheet(3).entries;
    assert_eq!(renderer.missing(&settings, &of(&other[2..])), other[2..]);
    renderer
        .take(&settings, other[2], &entry(2, full()))
        .unwrap();
    assert_eq!(renderer.missing(&settings, &of(&listed)), listed);
}

/// Has the renderer take entries from the documents of an edition.
fn recall(renderer: &mut Renderer, settings: &Settings, edition: &Edition) {
    let imprint = edition.imprint.as_ref().unwrap();
    let imprint = Imprint::from_bytes(&imprint.to_bytes()).unwrap();
    let bytes = |name: &str| {
        let mut documents = edition.documents.iter();
        documents
            .find(|one| one.name == name)
            .unwrap()
            .bytes
            .clone()
    };
    let documents: Vec<_> = imprint.names().map(bytes).collect();
    renderer.recall(settings, &imprint, &documents);
}

#[test]
fn what_stands_in_documents_need_not_be_given_again() {
    let settings = with_site();
    let long = |number| {
        let mut entry = entry(number, full());
        entry.digest.body = text(&[(BlockKind::Paragraph, &"words ".repeat(30_000))]);
        entry
    };
    // There is room for the full texts of the first two.
    let entries: Vec<_> = (0..4).map(long).collect();
    let once = render(&settings, &sheet(4), &entries).unwrap();
    let mut renderer = Renderer::default();
    let listed = sheet(4).entries;
    assert_eq!(renderer.missing(&settings, &sheet(4)), listed);
    recall(&mut renderer, &settings, &once);
    assert_eq!(renderer.missing(&settings, &sheet(4)), []);
    assert_eq!(renderer.sheet(&settings, &sheet(4)).unwrap(), once);
    // Without the first ones there is room for those of the others.
    let rest = of(&listed[1..]);
    assert_eq!(renderer.missing(&settings, &rest), listed[2..3]);
    renderer.take(&settings, listed[2], &entries[2]).unwrap();
    assert_eq!(renderer.missing(&settings, &rest), []);
    let fresh = render(&settings, &rest, &entries[1..]).unwrap();
    assert_eq!(renderer.sheet(&settings, &rest).unwrap(), fresh);
}

#[test]
fn nothing_is_taken_from_documents_that_are_others() {
    let settings = with_site();
    let once = render(&settings, &sheet(2), &[entry(1, full()), entry(2, full())]).unwrap();
    let listed = sheet(2).entries;
    let mut damaged = once.clone();
    damaged.documents[2].bytes[700] ^= 1;
    let mut edited = of(&listed);
    edited.entries[0].version += 1;
    for (edition, settings, sheet, missing) in [
        (&once, &settings, sheet(2), &listed[..0]),
        (&damaged, &settings, sheet(2), &listed),
        (&once, &Settings::default(), sheet(2), &listed),
        (&once, &settings, edited.clone(), &edited.entries[..1]),
    ] {
        let mut renderer = Renderer::default();
        recall(&mut renderer, settings, edition);
        assert_eq!(renderer.missing(settings, &sheet), missing);
    }
    let bytes = once.imprint.unwrap().to_bytes();
    let whole: Vec<_> = (0..=bytes.len())
        .filter(|end| Imprint::from_bytes(&bytes[..*end]).is_some())
        .collect();
    // Without entries, with one, and with both.
    assert_eq!(whole.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_came_before_shows_nowhere(
        settings in any_settings(),
        room in prop_oneof![Just(0_usize), 0..200_000_usize, Just(usize::MAX)],
        shelf in any::<Option<bool>>(),
        recalls in 0..3_usize,
        steps in proptest::collection::vec(any_step(), 1..25),
    ) {
        let mut settings = settings;
        let mut renderer = Renderer::with_room(room);
        if let Some(is_lossy) = shelf {
            let memory = Memory { is_lossy, ..Memory::default() };
            renderer.set_shelf(Some(Box::new(memory)));
        }
        let mut entries: Vec<(Listed, Entry)> = Vec::new();
        let mut former: Vec<Edition> = Vec::new();
        for (number, step) in (0_u32..).zip(steps) {
            let place = |at: usize, entries: &Vec<_>| at.checked_rem(entries.len());
            let mut change = |at: usize, change: &dyn Fn(&mut Entry)| {
                if let Some(at) = place(at, &entries) {
                    entries[at].0.version += 1;
                    change(&mut entries[at].1);
                }
            };
            let mut shown = 0..usize::MAX;
            match step {
                Step::Edit(at, digest) => change(at, &|one| one.digest = digest.clone()),
                Step::Update(at, day) => {
                    let later = jiff::SignedDuration::from_hours(24 * day);
                    change(at, &|one| one.updated += later);
                }
                Step::Add(digest) => {
                    let listed = Listed { key: number.into(), version: 1 };
                    entries.insert(0, (listed, entry(number, digest)));
                }
                Step::Withdraw(at) => if let Some(at) = place(at, &entries) {
                    entries.remove(at);
                },
                Step::Other(from) => shown = from..from + 3,
                Step::Set(other) => settings = other,
            }
            let shown = shown.start.min(entries.len())..shown.end.min(entries.len());
            let shown = &entries[shown];
            let mut sheet = sheet(0);
            sheet.entries = shown.iter().map(|(listed, _)| *listed).collect();
            renderer.missing(&settings, &sheet);
            for edition in former.iter().rev().take(recalls) {
                recall(&mut renderer, &settings, edition);
            }
            // The second time for full texts that there turned out to be room for.
            for _ in 0..2 {
                let missing = renderer.missing(&settings, &sheet);
                for (listed, entry) in shown {
                    if missing.contains(listed) {
                        renderer.take(&settings, *listed, entry).unwrap();
                    }
                }
            }
            let again = renderer.sheet(&settings, &sheet).unwrap();
            let plain: Vec<Entry> = shown.iter().map(|(_, one)| one.clone()).collect();
            let once = render(&settings, &sheet, &plain).unwrap();
            for (again, once) in again.documents.iter().zip(&once.documents) {
                let text = |document: &feed::Document| String::from_utf8(document.bytes.clone()).unwrap();
                if again.media_type.ends_with("+xml") {
                    well_formed(&text(again));
                }
                prop_assert_eq!(text(again), text(once));
            }
            prop_assert_eq!(&again, &once);
            former.push(again);
        }
    }
}

#[test]
fn only_what_is_new_needs_to_be_given() {
    let settings = with_site();
    let mut renderer = Renderer::default();
    let listed = sheet(9).entries;
    assert_eq!(renderer.missing(&settings, &of(&listed[..6])), listed[..6]);
    let given: Vec<_> = (0..)
        .zip(&listed[..6])
        .map(|(number, listed)| (*listed, Arc::new(entry(number, full()))))
        .collect();
    assert_eq!(renderer.take_all(&settings, &given), []);
    assert_eq!(renderer.missing(&settings, &of(&listed)), listed[6..]);
    let error = renderer.sheet(&settings, &sheet(9)).unwrap_err();
    assert_eq!(error, FeedError::Missing { key: 6 });
    renderer.sheet(&settings, &sheet(6)).unwrap();

    let other = Settings::default();
    assert!(renderer.sheet(&other, &sheet(6)).is_err());
    assert_eq!(renderer.missing(&other, &of(&listed[..2])), listed[..2]);
    assert_eq!(renderer.missing(&settings, &of(&listed[..2])), listed[..2]);
}

#[test]
fn an_entry_that_cannot_be_shown_costs_only_itself() {
    let settings = Settings::default();
    let mut renderer = Renderer::default();
    let listed = sheet(6).entries;
    renderer.missing(&settings, &of(&listed));
    let mut given: Vec<_> = (0..).map(|number| entry(number, full())).take(6).collect();
    given[2].id = EntryId("no id".to_owned());
    let given: Vec<_> = listed
        .into_iter()
        .zip(given.into_iter().map(Arc::new))
        .collect();
    let id = "no id".to_owned();
    assert_eq!(renderer.take_all(&settings, &given), [FeedError::Id { id }]);
    assert_eq!(renderer.missing(&settings, &sheet(6)), []);
    let edition = renderer.sheet(&settings, &sheet(6)).unwrap();
    assert_eq!(seen(&edition, "").feed.entries.len(), 5);
}

#[test]
fn after_a_fault_the_sheet_is_rendered_as_before() {
    let settings = with_site();
    let mut renderer = Renderer::default();
    let before = render(&settings, &sheet(2), &[entry(1, full()), entry(2, full())]).unwrap();
    for (given, is_fit) in [([1, 2], true), ([1, 1], false), ([1, 2], true)] {
        let mut sheet = sheet(2);
        for (listed, number) in sheet.entries.iter_mut().zip(given) {
            // The same id under another key.
            listed.key += i64::from(!is_fit) * 10;
            if renderer.missing(&settings, &of(&[*listed])).len() == 1 {
                renderer
                    .take(&settings, *listed, &entry(number, full()))
                    .unwrap();
            }
        }
        let edition = renderer.sheet(&settings, &sheet);
        assert_eq!(edition.is_ok(), is_fit);
        assert!(!is_fit || edition.unwrap() == before);
    }
}
