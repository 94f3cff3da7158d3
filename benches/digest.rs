//! How long a digest takes, and its parts that can be called on their own, on
//! an article of about 600 words.

#![allow(missing_docs, reason = "divan makes functions that are not documented")]

use divan::{AllocProfiler, Bencher, black_box, counter::BytesCount};
use feedwright::{
    article::Article,
    digest::{Settings, digest, quotations, sentences::sentences, walk},
    text::{BlockKind, Text},
};

/// Counts allocations, which are shown beside the times.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const PARAGRAPHS: &[&str] = &[
    "HOLMSUND (XYZ) — The last ferry between Holmsund and the island of Grann will stop running in \
     March after ninety years, the harbor board decided on Monday, despite protests from islanders.",
    "The board said that repairs to the 1931 ferry would cost $4.2 million, more than the first part \
     of a new bridge. It also pointed to falling numbers of passengers on the route, from 80,000 a \
     year in 1995 to fewer than 12,000 last year.",
    "“We grew up with that boat, and now it goes to the scrapyard like an old car,” said Mira \
     Tallberg, who runs the only shop on Grann. “Nobody asked us.”",
    "Dr. Jonas E. Kallio, a historian at the University of Holmsund, called the decision “short-sighted” \
     and asked the U.S. foundation that owns the ferry to step in. “There are two boats of this kind \
     left in the world,” Kallio said. “Why would you break one up?”",
];

/// About 600 words of invented news.
fn article() -> Article {
    let mut text = Text::default();
    for at in 0..4 {
        for paragraph in PARAGRAPHS {
            // No two paragraphs may be equal, or they are taken for repeats.
            text.push(
                BlockKind::Paragraph,
                &format!("{paragraph} That was round {at}."),
            );
        }
    }
    Article {
        title: Some("Last ferry to Grann stops in March".to_owned()),
        text,
        ..Article::default()
    }
}

#[divan::bench]
fn whole_digest(bencher: Bencher<'_, '_>) {
    let (article, settings) = (article(), Settings::default());
    bencher
        .counter(BytesCount::of_str(&article.text.plain))
        .with_inputs(|| article.clone())
        .bench_values(|article| digest(article, black_box(&settings)));
}

#[divan::bench]
fn whole_digest_of_a_known_language(bencher: Bencher<'_, '_>) {
    let mut article = article();
    article.language = Some("en".to_owned());
    let settings = Settings::default();
    bencher
        .counter(BytesCount::of_str(&article.text.plain))
        .with_inputs(|| article.clone())
        .bench_values(|article| digest(article, black_box(&settings)));
}

#[divan::bench]
fn sentences_of_all_blocks(bencher: Bencher<'_, '_>) {
    let text = article().text;
    bencher.counter(BytesCount::of_str(&text.plain)).bench(|| {
        let blocks = text.blocks.iter();
        blocks
            .map(|block| sentences(black_box(text.of(block)), "en").len())
            .sum::<usize>()
    });
}

/// The same in other scripts, whose letters have two or three bytes.
#[divan::bench(args = ["zh", "ja", "ru", "th", "hi"])]
fn sentences_in_other_scripts(bencher: Bencher<'_, '_>, language: &str) {
    let paragraph = match language {
        "zh" => {
            "港务局星期一决定，往返格兰岛的最后一班渡轮将于三月停运。居民表示反对。“我们是看着那条船             长大的，”店主林美说，“没有人问过我们。”维修需要四百二十万元，比新桥的第一期工程还贵。"
        }
        "ja" => {
            "港湾局は月曜日、グラン島とを結ぶ最後の渡し船を３月で廃止すると決めた。島の住民は反対して             いる。店を営む森田さんは「あの船と一緒に育った。誰も私たちに聞かなかった」と話した。"
        }
        "ru" => {
            "Совет порта в понедельник решил, что последний паром на остров Гранн перестанет ходить в              марте. Жители против. «Мы выросли с этим паромом, — сказала М. Лосева. — Нас не спросили»."
        }
        "th" => {
            "คณะกรรมการท่าเรือตัดสินใจเมื่อวันจันทร์ว่าเรือข้ามฟากลำสุดท้ายไปยังเกาะจะหยุดให้บริการในเดือนมีนาคม              ชาวบ้านบนเกาะคัดค้านการตัดสินใจนี้และขอให้จังหวัดซ่อมเรือเก่าแทนการสร้างสะพานใหม่"
        }
        _ => {
            "बंदरगाह परिषद ने सोमवार को तय किया कि द्वीप की आख़िरी नाव मार्च में बंद हो जाएगी। लोग इसका              विरोध कर रहे हैं। दुकानदार मीरा ने कहा, “हम इस नाव के साथ बड़े हुए। किसी ने हमसे नहीं पूछा।”"
        }
    };
    let paragraphs = [paragraph; 16];
    bencher
        .counter(BytesCount::of_slice(paragraph.repeat(16).as_bytes()))
        .bench(|| {
            let paragraphs = paragraphs.iter();
            paragraphs
                .map(|paragraph| sentences(black_box(paragraph), language).len())
                .sum::<usize>()
        });
}

/// A whole digest of a text that no space cuts into words.
#[divan::bench]
fn whole_digest_without_spaces(bencher: Bencher<'_, '_>) {
    let mut text = Text::default();
    let paragraph = "港务局星期一决定，往返格兰岛的最后一班渡轮将于三月停运。渡轮已经运营了九十年。                     “我们是看着渡轮长大的，”格兰岛的店主林美说，“港务局没有问过我们。”";
    for at in 0..16 {
        text.push(BlockKind::Paragraph, &format!("{paragraph}这是第{at}次。"));
    }
    let article = Article {
        title: Some("最后一班渡轮三月停运".to_owned()),
        text,
        ..Article::default()
    };
    let settings = Settings::default();
    bencher
        .counter(BytesCount::of_str(&article.text.plain))
        .with_inputs(|| article.clone())
        .bench_values(|article| digest(article, black_box(&settings)));
}

/// A news story of 603 words with 25 pairs of quotation marks; in newspapers 600
/// words have 9 in the median, and 99 articles in 100 have fewer than this.
fn quoted() -> Text {
    let mut text = Text::default();
    for paragraph in include_str!("quoted.txt").split("\n\n") {
        text.push(BlockKind::Paragraph, paragraph);
    }
    text
}

/// The step that pairs marks, makes the table of names and tells who spoke; it
/// is to stay below 60 microseconds.
#[divan::bench]
fn who_said_what(bencher: Bencher<'_, '_>) {
    let text = quoted();
    let walked = walk(&text, "en");
    bencher
        .counter(BytesCount::of_str(&text.plain))
        .bench(|| quotations(black_box(&walked)));
}

/// What every step stands on, to compare.
#[divan::bench]
fn walk_over_words(bencher: Bencher<'_, '_>) {
    let text = quoted();
    bencher
        .counter(BytesCount::of_str(&text.plain))
        .bench(|| walk(black_box(&text), "en"));
}
