//! What an entry is about.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// The only call into the digest: the topics of an article in this language.
fn check(language: &str, stated: &[&str], title: &str, paragraphs: &[&str]) -> Vec<String> {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some(title.to_owned()),
        language: Some(language.to_owned()),
        topics: stated.iter().map(|topic| (*topic).to_owned()).collect(),
        text,
        ..Article::default()
    };
    let topics = digest(article, &Settings::default()).topics;
    topics.into_iter().map(|topic| topic.label).collect()
}

const SUMMIT: &[&str] = &[
    "Canadian Prime Minister Odette Marchand told the United Nations on Tuesday that her country would \
     double its spending on renewable energy, calling climate change the greatest threat to the north.",
    "Marchand spoke after the Brazilian delegation had left the hall. Brazil and Canada have argued for \
     years about who should pay for lost forests, and deforestation was the one word that nobody wanted \
     in the final paper.",
    "“The U.N. cannot wait,” Marchand said. Her foreign minister, Pierre Valcourt, said that the U.S. and \
     its partners had been told in advance. The US delegation did not comment.",
    "Renewable energy makes up a third of Canada's grid. Marchand wants it to be half in ten years.",
];

#[test]
fn names_come_in_one_form_and_once() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    let about = |word: &str| topics.iter().filter(|topic| topic.contains(word)).count();
    assert_eq!(about("Marchand"), 1, "{topics:?}");
    assert!(topics.contains(&"Odette Marchand".to_owned()), "{topics:?}");
    assert!(topics.contains(&"United Nations".to_owned()), "{topics:?}");
    assert!(!topics.iter().any(|topic| topic == "U.N."), "{topics:?}");
}

#[test]
fn demonyms_lead_to_their_country() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    for country in ["Canada", "Brazil"] {
        assert!(topics.contains(&country.to_owned()), "{topics:?}");
    }
    for demonym in ["Canadian", "Brazilian"] {
        assert!(!topics.contains(&demonym.to_owned()), "{topics:?}");
    }
}

#[test]
fn concepts_are_written_as_an_editor_would() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    assert!(
        topics.contains(&"Renewable energy".to_owned()),
        "{topics:?}"
    );
    assert!(topics.contains(&"Climate change".to_owned()), "{topics:?}");
}

#[test]
fn days_numbers_and_offices_are_no_topics() {
    let topics = check("en", &[], "Marchand promises more wind and sun", SUMMIT);
    for word in [
        "Tuesday",
        "Prime",
        "Minister",
        "Third",
        "Years",
        "Delegation did",
    ] {
        assert!(
            !topics.iter().any(|topic| topic == word),
            "{word} in {topics:?}"
        );
    }
}

#[test]
fn agencies_are_no_topics() {
    let text = &[
        "HOLMSUND (Reuters) — A storm closed the port of Holmsund, Reuters reported.",
        "The Associated Press said that Holmsund had no power. Reuters saw fallen trees in Holmsund.",
    ];
    let topics = check("en", &[], "Storm closes port", text);
    assert!(topics.contains(&"Holmsund".to_owned()), "{topics:?}");
    for outlet in ["Reuters", "Associated Press"] {
        assert!(!topics.contains(&outlet.to_owned()), "{topics:?}");
    }
}

#[test]
fn small_words_are_not_taken_for_countries() {
    let text = &[
        "The cook gave us turkey with a bit of china on a polish cloth, and told us who made it.",
        "Nobody told us where the turkey was from, so we asked the cook who had told us of it.",
    ];
    let topics = check("en", &[], "A dinner", text);
    for country in [
        "United States",
        "Turkey",
        "China",
        "Poland",
        "World Health Organization",
    ] {
        assert!(!topics.contains(&country.to_owned()), "{topics:?}");
    }
}

#[test]
fn a_country_that_only_locates_a_city_is_not_the_topic() {
    let text = &["The players met in Liège, Belgium, on Monday. They left Liège on Friday."];
    let topics = check("en", &[], "Players meet", text);
    assert!(!topics.contains(&"Belgium".to_owned()), "{topics:?}");
}

#[test]
fn stated_topics_come_first_and_are_not_doubled() {
    let stated = ["Energy politics", "Canada"];
    let topics = check("en", &stated, "Marchand promises more wind and sun", SUMMIT);
    assert_eq!(topics[..2], stated);
    assert_eq!(topics.iter().filter(|topic| *topic == "Canada").count(), 1);
}

#[test]
fn no_more_topics_than_wanted() {
    let many: Vec<String> = (0..30).map(|at| format!("Topic {at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        check("en", &many, "A title", SUMMIT).len(),
        Settings::default().max_topics
    );
}

#[test]
fn german_articles_have_german_topics() {
    let text = &[
        "Der russische Präsident hat am Montag über die Menschenrechte gesprochen, und die Bundeswehr \
         war sein Thema. Russland und die Europäische Union streiten seit Jahren über Menschenrechte.",
        "Die Bundeswehr schwieg. Auch die EU wollte nichts dazu sagen.",
    ];
    let topics = check("de", &[], "Streit über Menschenrechte", text);
    for topic in [
        "Russland",
        "Menschenrechte",
        "Europäische Union",
        "Bundeswehr",
    ] {
        assert!(topics.contains(&topic.to_owned()), "{topic} in {topics:?}");
    }
    assert!(!topics.contains(&"Montag".to_owned()), "{topics:?}");
}

#[test]
fn a_short_article_that_repeats_nothing_has_no_clauses_for_topics() {
    for (language, title, text) in [
        (
            "zh",
            "旧桥",
            "市议会星期二决定，在冬天到来之前修好那座旧桥，因为没有人愿意再等一年。",
        ),
        (
            "ja",
            "古い橋",
            "市議会は火曜日、橋を冬の前に修理することを決めた。これ以上待ちたい人はいない。",
        ),
        (
            "th",
            "ข่าว",
            "สภาตัดสินใจเมื่อวันอังคารว่าสะพานเก่าควรได้รับการซ่อมแซมก่อนฤดูหนาว",
        ),
        (
            "km",
            "ព័ត៌មាន",
            "ក្រុមប្រឹក្សាបានសម្រេចកាលពីថ្ងៃអង្គារថាស្ពានចាស់គួរត្រូវបានជួសជុលមុនរដូវរងា។",
        ),
    ] {
        let topics = check(language, &[], title, &[text]);
        assert!(topics.is_empty(), "{language}: {topics:?}");
    }
}

#[test]
fn chinese_topics_are_words_whatever_stands_around_them() {
    let text = &[
        "鹭岛的渡轮停运了。居民要求渡轮公司说明原因。渡轮公司没有回答。",
        "“渡轮是我们的路，”鹭岛一名渔民说。渔民协会向鹭岛居民道歉，渔民协会不是渡轮公司。",
    ];
    let topics = check("zh", &[], "鹭岛渡轮停运", text);
    assert!(topics.contains(&"鹭岛".to_owned()), "{topics:?}");
    assert!(topics.contains(&"渔民协会".to_owned()), "{topics:?}");
    assert!(
        topics.iter().any(|topic| topic.starts_with("渡轮")),
        "{topics:?}"
    );
    // No grammar, no clause.
    let clean = |topic: &String| !topic.contains(['的', '是', '了', '，']);
    assert!(topics.iter().all(clean), "{topics:?}");
}

#[test]
fn japanese_topics_are_compounds_and_titles_in_marks() {
    let text = &[
        "『月の港』の舞台となった港町で、路面電車が復活する。路面電車は四十年前に廃止された。",
        "市長は「路面電車は町の顔だ」と話した。バス会社は反対し、バスの運転手は不安だという。",
    ];
    let topics = check("ja", &[], "路面電車、港町で復活", text);
    for topic in ["路面電車", "月の港"] {
        assert!(topics.contains(&topic.to_owned()), "{topic} in {topics:?}");
    }
}

#[test]
fn korean_topics_have_no_particles() {
    let text = &[
        "등대는 백 년 전에 세워졌다. 시장은 등대를 도서관으로 바꾸려고 한다.",
        "도서관이 문을 열면 등대의 불빛도 다시 켜진다. 어민들은 도서관에 반대한다.",
    ];
    let topics = check("ko", &[], "등대가 도서관 된다", text);
    for topic in ["등대", "도서관"] {
        assert!(topics[..2].contains(&topic.to_owned()), "{topics:?}");
    }
}

#[test]
fn forms_of_one_word_are_one_topic_in_any_language() {
    let text = &[
        "Rada zdecydowała, że stary młyn zostanie muzeum. Młyn stoi nad rzeką od stu lat.",
        "Burmistrz Ewa Lisowska powiedziała, że młyna nikt nie sprzeda. „To nasz młyn” – dodała Lisowska.",
        "W młynie powstanie muzeum chleba, a przy młynie kawiarnia. Muzeum chleba otworzy Lisowska.",
    ];
    let topics = check("pl", &[], "Młyn zostaje", text);
    for topic in ["Ewa Lisowska", "Muzeum chleba"] {
        assert!(topics.contains(&topic.to_owned()), "{topic} in {topics:?}");
    }
    let mills = topics
        .iter()
        .filter(|topic| topic.to_lowercase().contains("młyn"));
    assert_eq!(mills.count(), 1, "{topics:?}");
    for word in ["Zostanie", "Powiedziała", "Dodała", "Zdecydowała"] {
        assert!(!topics.contains(&word.to_owned()), "{word} in {topics:?}");
    }
}

#[test]
fn texts_that_are_made_to_be_slow_are_not() {
    let han = |at: u32| char::from_u32(0x4e00 + at.wrapping_mul(2_654_435_761) % 20_000).unwrap();
    let hostile = [
        "哈".repeat(100_000),
        "กา".repeat(50_000),
        "「あ」".repeat(30_000),
        "ก ".repeat(80_000),
        "。".repeat(100_000),
        "등대는 ".repeat(30_000),
        " ".repeat(300_000),
        "słowo ".repeat(50_000),
        "s. ' ".repeat(50_000),
        (0..100_000).map(han).collect(),
        (0..100_000).map(|at| han(at % 97)).collect(),
    ];
    for text in hostile {
        check("zh", &[], "哈 กา 등대", &[&text]);
    }
}

/// Text of several scripts, with marks and numbers.
const MIXED: &str = "([渡轮鹭岛居民的是了一二年月]{1,8}|[ก-ฮะาิีเแ่้]{1,9}|[등대는도서관을이]{1,5}|\
                     [あ-んア-ンー港町]{1,6}|[A-Za-zł]{1,7}|[，。「」《》“”、 .0-9]{1,3}){0,60}";

/// As topics are compared with what an article says.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn topics_are_what_the_article_says(text in MIXED, title in MIXED) {
        let said = folded(&format!("{title} {text}"));
        for language in ["zh", "pl"] {
            for topic in check(language, &[], &title, &[&text, &title, &text]) {
                prop_assert!(said.contains(&folded(&topic)), "{topic:?}");
                prop_assert!(topic.chars().count() <= 60, "{topic:?}");
            }
        }
    }

    #[test]
    fn topics_can_be_shown(text in "\\PC{0,300}", stated in "[ -~\\n\\t\\x01]{0,20}", german: bool) {
        let language = if german { "de" } else { "en" };
        for topic in check(language, &[&stated], "A title", &[&text]) {
            prop_assert!(!topic.trim().is_empty());
            prop_assert!(!topic.contains(char::is_control), "{topic:?}");
        }
    }
}
