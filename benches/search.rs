//! What it costs to look for something in an archive of 100,000 articles.
//!
//! `cargo bench --bench search`. The archive is made of invented words, of which
//! as many are common and rare as in a language: the most common ones are in
//! every article, half of all that there are in one or two. It is filled through
//! `Catalogue::apply`, which takes some minutes, and kept in the target folder
//! for the next time. All articles came in one go, in an order that has nothing
//! to do with their dates: then the index has nothing in the order of feeds.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![allow(missing_docs, reason = "the benchmarks' names say what they measure")]

use divan::Bencher;
use feedwright::{
    catalogue::{
        Found, Marker, Query, Record, Settings, Typing, Wanted,
        store::{Catalogue, View},
    },
    channel::Scope,
    entry::{Digest, LeadQuote, Quotation, Speaker, Topic, TopicKind},
    file::Stamp,
    text::{BlockKind, Span, Text},
};
use jiff::Timestamp;
use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// How many articles there are.
const COUNT: u64 = 100_000;

/// Moves when articles are made otherwise.
const VERSION: u32 = 1;

/// How many different words there are.
const VOCABULARY: usize = 60_000;

/// How many entries a page shows.
const PAGE: usize = 20;

fn main() {
    divan::main();
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// The rank of something that is the rarer the larger its rank: the chance
    /// falls as one over the rank does.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ranks are far below where either happens"
    )]
    fn rank(&mut self, of: usize) -> usize {
        let part = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((of as f64 + 2.0).ln() * part).exp() - 1.0;
        (rank as usize).min(of - 1)
    }
}

/// The most common words, and after these ones that nobody knows.
const COMMON: [&str; 40] = [
    "the", "of", "to", "and", "a", "in", "that", "is", "for", "on", "with", "said", "as", "was",
    "by", "this", "it", "at", "from", "their", "be", "has", "have", "they", "will", "which", "are",
    "its", "an", "not", "who", "than", "new", "were", "more", "would", "some", "those", "she",
    "so",
];

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    const FIRST: [&str; 24] = [
        "s", "c", "p", "d", "r", "m", "t", "b", "f", "l", "h", "g", "st", "pr", "w", "n", "v",
        "th", "tr", "k", "j", "sh", "qu", "z",
    ];
    const MIDDLE: [&str; 10] = ["a", "e", "i", "o", "u", "ea", "ou", "ai", "ie", "y"];
    const LAST: [&str; 12] = [
        "n", "r", "t", "l", "nd", "st", "m", "ck", "rt", "ss", "p", "x",
    ];
    let invented = |rank: usize| {
        let mut numbers = Numbers(rank as u64);
        let mut word = String::new();
        for syllable in 0..1 + rank.ilog10() as usize / 2 + numbers.below(2) {
            let pick =
                |from: &[&'static str], numbers: &mut Numbers| from[numbers.rank(from.len())];
            if syllable > 0 || !rank.is_multiple_of(5) {
                word.push_str(pick(&FIRST, &mut numbers));
            }
            word.push_str(pick(&MIDDLE, &mut numbers));
            word.push_str(pick(&LAST, &mut numbers));
        }
        word
    };
    let common = COMMON.iter().map(|word| (*word).to_owned());
    common
        .chain((COMMON.len()..VOCABULARY).map(invented))
        .collect()
});

fn words(numbers: &mut Numbers, count: usize) -> String {
    let words = (0..count).map(|_| &*WORDS[numbers.rank(VOCABULARY)]);
    words.collect::<Vec<_>>().join(" ")
}

fn name(rank: usize) -> String {
    const FIRST: [&str; 20] = [
        "Ada", "Otto", "Ilse", "Ines", "Judith", "Omar", "Jeanne", "Mina", "Piet", "Rosa", "Samir",
        "Tove", "Ulla", "Vito", "Wanda", "Xenia", "Yuri", "Zora", "Bela", "Cleo",
    ];
    format!("{} {}son", FIRST[rank % 20], capital(&WORDS[500 + rank]))
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// An article of some 600 words in ten paragraphs, with three quotations.
fn article(number: u64) -> Record {
    let mut numbers = Numbers(number * 7_919 + 1);
    let mut body = Text::default();
    let mut quotes = Vec::new();
    let mut summary = String::new();
    for paragraph in 0..10 {
        let count = 40 + numbers.below(40);
        let text = words(&mut numbers, count);
        body.push(BlockKind::Paragraph, &text);
        if paragraph == 1 {
            summary.clone_from(&text);
        }
        if paragraph < 3 {
            let end = body.plain.len();
            quotes.push(Quotation {
                parts: vec![Span::new(end - text.len(), end)],
                speaker: Some(Speaker(name(numbers.rank(2_000)))),
            });
        }
    }
    // Five years, in no order.
    let age = i64::try_from(numbers.next() % (5 * 365 * 86_400)).unwrap();
    let at = |seconds: i64| Timestamp::from_second(1_790_000_000 + seconds).unwrap();
    let mut topics: Vec<Topic> = Vec::new();
    for common in [true, true, true, true, false, false] {
        let label = if common {
            let rank = numbers.rank(2_500);
            format!("{} {}", capital(&WORDS[300 + rank]), WORDS[100 + rank / 2])
        } else {
            format!(
                "{} number {number}",
                capital(&WORDS[numbers.below(VOCABULARY)])
            )
        };
        if topics.iter().all(|topic| topic.label != label) {
            topics.push(Topic {
                label,
                kind: TopicKind::Concept,
                forms: Vec::new(),
            });
        }
    }
    let language = ["de", "de-AT", "fr"].get(numbers.below(20)).copied();
    let digest = Digest {
        title: format!("{} {number}", capital(&words(&mut numbers, 7))),
        published: Some(at(-age)),
        language: Some(language.unwrap_or("en").to_owned()),
        lead_quote: Some(LeadQuote {
            quote: quotes[0].quote(&body.plain),
            speaker: quotes[0].speaker.clone(),
        }),
        summary,
        topics,
        quotes,
        body,
        ..Digest::default()
    };
    Record::Found(Box::new(Found {
        path: format!("desk-{}/{number}.md", numbers.rank(40)).into(),
        stamp: Stamp {
            size: number,
            modified: 1,
            changed: 2,
            inode: number,
        },
        content: *blake3::hash(&number.to_le_bytes()).as_bytes(),
        digest,
        at: at(0),
    }))
}

/// The archive, made once.
static ARCHIVE: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{VERSION}-{COUNT}"));
    let whole = folder.join("whole");
    if !whole.exists() {
        let _ = fs::remove_dir_all(&folder);
        let mut catalogue = Catalogue::open(&folder).unwrap();
        let settings = Settings {
            searched: true,
            ..Settings::default()
        };
        catalogue
            .apply(&[Record::Settings(Box::new(settings))])
            .unwrap();
        for first in (0..COUNT).step_by(1_000) {
            let some: Vec<Record> = (first..first + 1_000).map(article).collect();
            catalogue.apply(&some).unwrap();
        }
        let at = Timestamp::from_second(1_790_000_001).unwrap();
        catalogue.apply(&[Record::End { at }]).unwrap();
        fs::write(whole, "").unwrap();
    }
    folder
});

fn view() -> View {
    View::open(&ARCHIVE).unwrap().unwrap()
}

/// Something that somebody looks for.
#[derive(Clone)]
struct Asked {
    what: &'static str,
    wanted: Wanted,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.wanted)
    }
}

/// A word that is rarer than so many others.
fn word(rank: usize) -> &'static str {
    &WORDS[rank]
}

fn questions() -> Vec<Asked> {
    let done = |what, query: String| Asked {
        what,
        wanted: Wanted::by(Query::parse(&query).unwrap()),
    };
    let typed = |what, query: &str| Asked {
        what,
        wanted: Wanted::by(Query::read(query, Typing::Going).query.unwrap()),
    };
    let mut all = vec![
        done("one rare word", word(30_000).to_owned()),
        done("one word of every 100th", word(5_000).to_owned()),
        done("one word of every 20th", word(1_100).to_owned()),
        done("one word of every 10th", word(500).to_owned()),
        done("one word of every 4th", word(200).to_owned()),
        done("the most common word", "the".to_owned()),
        done("two words, one rare", format!("{} the", word(9_000))),
        done("two common words", "with said".to_owned()),
        done(
            "three words",
            format!("{} {} {}", word(300), word(420), word(600)),
        ),
        done("a phrase of common words", "\"said that the\"".to_owned()),
        done("a rarer phrase", format!("\"the {}\"", word(700))),
        typed("one letter", "s"),
        typed("two letters", "th"),
        typed("two rare letters", "zy"),
        typed("three letters", "pro"),
        typed("four letters", &word(4_000)[..4]),
        typed("a word and a letter", &format!("{} s", word(2_000))),
        typed("a common word and a letter", "said t"),
        done("a word in titles", format!("title:{}", word(900))),
        done("the most common word in titles", "title:the".to_owned()),
        done("a speaker", "speaker:ada".to_owned()),
        done("a word of a topic", format!("topic:{}", word(350))),
        done(
            "one or the other",
            format!("{} OR {}", word(8_000), word(12_000)),
        ),
        done(
            "one without the other",
            format!("{} -{}", word(800), word(100)),
        ),
        done("without a common word", "-the".to_owned()),
        done("a language", "language:fr".to_owned()),
        done(
            "a word and a language",
            format!("{} language:de", word(1_500)),
        ),
        done("a month", "date:2024-03".to_owned()),
        done("a word in a year", format!("{} date:2024", word(3_000))),
    ];
    let filtered = |what, query: &str, filter: fn(&mut Wanted)| {
        let mut asked = done(what, query.to_owned());
        filter(&mut asked.wanted);
        asked
    };
    let topic = |wanted: &mut Wanted| wanted.topic = Some(name_of_a_topic());
    let speaker = |wanted: &mut Wanted| wanted.speaker = Some(name(40));
    let folder = |wanted: &mut Wanted| wanted.folder = Some("desk-3".to_owned());
    all.extend([
        filtered("a common word on a topic", "the", topic),
        filtered("a rarer word on a topic", word(1_100), topic),
        filtered("a word said by a speaker", word(300), speaker),
        filtered("a rarer word in a folder", word(2_500), folder),
        Asked {
            what: "a topic and a speaker",
            wanted: Wanted {
                topic: Some(name_of_a_topic()),
                speaker: Some(name(2)),
                ..Wanted::default()
            },
        },
        Asked {
            what: "everything",
            wanted: Wanted::default(),
        },
    ]);
    all
}

/// One that some hundred articles have.
fn name_of_a_topic() -> String {
    format!("{} {}", capital(&WORDS[330]), WORDS[115])
}

#[divan::bench(args = questions(), sample_count = 50, sample_size = 1)]
fn a_first_page(bencher: Bencher<'_, '_>, asked: &Asked) {
    let view = view();
    let found = view.find(&asked.wanted, None, PAGE).unwrap();
    if std::env::var_os("SHOW_COUNTS").is_some() {
        eprintln!("{asked}: {:?}, {} shown", found.count, found.entries.len());
    }
    bencher.bench_local(|| view.find(&asked.wanted, None, PAGE).unwrap());
}

#[divan::bench(args = questions(), sample_count = 20, sample_size = 1)]
fn a_second_page(bencher: Bencher<'_, '_>, asked: &Asked) {
    let view = view();
    let found = view.find(&asked.wanted, None, PAGE).unwrap();
    bencher.bench_local(|| {
        found
            .next
            .map(|next| view.find(&asked.wanted, Some(next), PAGE))
    });
}

/// With the entries themselves, and where they have what was looked for.
#[divan::bench(args = questions(), sample_count = 20, sample_size = 1)]
fn a_first_page_with_all_it_shows(bencher: Bencher<'_, '_>, asked: &Asked) {
    let view = view();
    let marker = asked
        .wanted
        .query
        .as_ref()
        .map(Marker::new)
        .unwrap_or_default();
    bencher.bench_local(|| {
        let found = view.find(&asked.wanted, None, PAGE).unwrap();
        let mut shown = Vec::with_capacity(PAGE);
        for listed in found.entries {
            let entry = view.entry(listed.key).unwrap().unwrap();
            shown.push((marker.title(&entry.digest.title), marker.snippet(&entry)));
        }
        shown
    });
}

/// What the first question after a start costs, which reads the newest entries.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn the_first_question(bencher: Bencher<'_, '_>) {
    let wanted = Wanted::by(Query::parse(word(5_000)).unwrap());
    bencher.with_inputs(view).bench_local_values(|view| {
        let found = view.find(&wanted, None, PAGE).unwrap();
        (view, found)
    });
}

#[divan::bench(args = ["topics", "speakers", "folders"], sample_count = 50, sample_size = 1)]
fn a_list_of(bencher: Bencher<'_, '_>, what: &str) {
    let scopes = [Scope::Topic, Scope::Speaker, Scope::Folder];
    let scope = scopes
        .into_iter()
        .find(|scope| scope.folder() == what)
        .unwrap();
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let view = view();
    if std::env::var_os("SHOW_COUNTS").is_some() {
        let list = view.subjects(scope, now, 0, 300).unwrap();
        eprintln!("{what}: {}, {:?}", list.total, list.subjects.first());
    }
    bencher.bench_local(|| view.subjects(scope, now, 0, 300).unwrap());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn languages(bencher: Bencher<'_, '_>) {
    let view = view();
    bencher.bench_local(|| view.languages().unwrap());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn an_entry_by_its_slug_and_those_beside_it(bencher: Bencher<'_, '_>) {
    let view = view();
    let listed = view.find(&Wanted::default(), None, 100).unwrap().entries[99];
    let slug = view.entry(listed.key).unwrap().unwrap().slug.clone();
    bencher.bench_local(|| {
        (
            view.by_slug(&slug).unwrap(),
            view.neighbors(listed.key).unwrap(),
        )
    });
}
