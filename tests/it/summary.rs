//! What an entry says of its article, in the article's own sentences.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    entry::Digest,
    text::{BlockKind, Text},
};
use proptest::prelude::*;

/// The only call into the digest: an article of a title and paragraphs.
fn check(title: &str, paragraphs: &[&str]) -> Digest {
    check_in("en", title, paragraphs)
}

fn check_in(language: &str, title: &str, paragraphs: &[&str]) -> Digest {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: (!title.is_empty()).then(|| title.to_owned()),
        language: Some(language.to_owned()),
        text,
        ..Article::default()
    };
    digest(article, &Settings::default())
}

const FERRY: &[&str] = &[
    "HOLMSUND (XYZ) — The last ferry between Holmsund and the island of Grann will stop running in \
     March after ninety years, the harbor board decided on Monday.",
    "The board said that repairs to the ferry would cost more than a new bridge. It also pointed to \
     falling numbers of passengers on the route.",
    "“We grew up with that boat and now it goes to the scrapyard like an old car,” said Mira Tallberg, \
     who runs the only shop on Grann. “Nobody asked us.”",
    "He did not answer questions after the meeting.",
    "About three hundred people live on the island, and many of them work in the shipyard of Holmsund. \
     The county plans to offer them a bus over the northern road until the bridge is finished.",
    "Who will pay for the bridge?",
];

#[test]
fn a_summary_is_made_of_whole_sentences_within_the_budget() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(
        summary.starts_with("The last ferry between Holmsund"),
        "{summary}"
    );
    assert!(
        summary.len() <= Settings::default().summary_length,
        "{summary}"
    );
    assert!(summary.ends_with('.'), "{summary}");
}

#[test]
fn the_dateline_is_left_out() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(!summary.contains("XYZ"), "{summary}");
}

#[test]
fn no_sentence_hangs_on_one_that_is_left_out() {
    let summary = check("Last ferry to Grann stops in March", FERRY).summary;
    assert!(!summary.contains("He did not answer"), "{summary}");
    let also = summary.find("It also pointed");
    assert!(
        also.is_none_or(|at| at > 0 && summary.contains("The board said")),
        "{summary}"
    );
}

#[test]
fn neither_quotations_nor_questions_are_taken() {
    let digest = check("Last ferry to Grann stops in March", FERRY);
    assert!(!digest.summary.contains("scrapyard"), "{}", digest.summary);
    assert!(
        !digest.summary.contains("Who will pay"),
        "{}",
        digest.summary
    );
}

#[test]
fn neither_the_headline_nor_half_a_line_is_taken() {
    let mut paragraphs = FERRY.to_vec();
    let broken = "of the harbor of Holmsund and of the island, as the board said on Monday night.";
    paragraphs.insert(1, "Last ferry to Grann stops in March.");
    paragraphs.insert(2, broken);
    let summary = check("Last ferry to Grann stops in March", &paragraphs).summary;
    assert!(!summary.contains("Last ferry to Grann stops"), "{summary}");
    assert!(!summary.contains(broken), "{summary}");
}

#[test]
fn a_brief_is_taken_whole() {
    let brief = &[
        "The town library closes on Friday for repairs.",
        "It opens again in May.",
    ];
    let summary = check("Library closes", brief).summary;
    assert_eq!(summary, brief.join(" "));
}

#[test]
fn one_endless_sentence_is_cut_at_a_clause() {
    let clause = "the council of the town of Holmsund talked about the bridge and the ferry, ";
    let endless = format!("On Monday {}and went home.", clause.repeat(12));
    let summary = check("Council talks", &[&endless]).summary;
    assert!(summary.ends_with('…'), "{summary}");
    assert!(
        summary.len() <= Settings::default().summary_length,
        "{summary}"
    );
    assert!(endless.starts_with(summary.trim_end_matches('…')));
}

#[test]
fn an_empty_article_has_no_summary() {
    assert_eq!(check("Nothing", &[]).summary, "");
}

/// A story of four paragraphs, of which the second is this sentence.
fn with_second(sentence: &str) -> String {
    let mut paragraphs = FERRY.to_vec();
    paragraphs.truncate(2);
    paragraphs.insert(
        1,
        "“Nobody asked us about it at all,” said Mira Tallberg of the shop.",
    );
    paragraphs.insert(2, sentence);
    check("Last ferry to Grann stops in March", &paragraphs).summary
}

#[test]
fn what_hangs_on_a_sentence_that_is_left_out_is_left_out() {
    for sentence in [
        "However, the harbor board of Holmsund wants to keep the ferry as a museum.",
        "The board, on the other hand, wants to keep the old ferry as a museum.",
        "This made the islanders of Grann and the harbor board angry for years.",
        "In its report the harbor board called the ferry of Holmsund too old.",
        "Forty percent wanted to keep the ferry of Holmsund as a museum.",
        "Hundreds more came to the harbor of Holmsund to see the old ferry.",
        "The 34-year-old wants to keep the ferry of Holmsund as a museum.",
        "Click here to see the ferry of Holmsund and the island of Grann.",
        "Waiting: Islanders of Grann stand at the harbor of Holmsund on Monday.",
        "Read more at https://example.org about the ferry of Holmsund and Grann.",
        "Will the harbor board of Holmsund keep the ferry as a museum?",
    ] {
        let summary = with_second(sentence);
        assert!(!summary.contains(sentence), "{summary}");
    }
    let plain = "The county of Orm wants to keep the ferry of Holmsund as a museum.";
    assert!(with_second(plain).contains(plain));
}

#[test]
fn a_sentence_that_hangs_may_follow_the_one_it_hangs_on() {
    let story = [
        FERRY[0],
        "Mira Tallberg bought the ferry for one crown. She turns it into a museum of the island.",
        "The weather in Holmsund was fine on Monday, with light winds and little rain at noon, and \
         most people went to the beach or stayed in the gardens behind their houses until the night.",
        FERRY[4],
    ];
    let summary = check("Last ferry becomes a museum", &story).summary;
    let pair = "for one crown. She turns it";
    assert!(
        summary.contains(pair) || !summary.contains("She turns"),
        "{summary}"
    );
}

#[test]
fn nothing_is_said_twice_in_other_words() {
    let again = "The harbor board decided that the last ferry between Holmsund and the island of \
                 Grann will stop in March.";
    let mut paragraphs = FERRY.to_vec();
    paragraphs.insert(1, again);
    let summary = check("Board meets", &paragraphs).summary;
    assert!(
        !summary.contains(again) || !summary.contains("ninety years"),
        "{summary}"
    );
}

#[test]
fn datelines_of_all_kinds_are_left_out() {
    let rest = "Die alte Brücke wird bis zum Winter repariert, teilte die Stadt am Dienstag mit.";
    let story = |dateline: &str| {
        let first = format!("{dateline}{rest}");
        let more = "Die Arbeiten an der Brücke kosten nach Angaben der Stadt zwei Millionen Kronen \
                    und dauern sechzehn Wochen. ";
        let second = format!("{more}{}", more.replace("Arbeiten", "Proben").repeat(3));
        check_in("de", "Brücke wird repariert", &[&first, &second]).summary
    };
    for dateline in [
        "",
        "Oberlind - ",
        "Oberlind (XYZ) – ",
        "OBERLIND, 3. März (XYZ) - ",
        "OBERLIND — ",
        "(XYZ) ",
        "- ",
    ] {
        let summary = story(dateline);
        assert!(summary.starts_with("Die alte"), "{dateline:?}: {summary}");
    }
    let kept = story("Anna Feld - Leiterin des Bauamts - sagt: ");
    assert!(kept.starts_with("Anna Feld"), "{kept}");
}

#[test]
fn sentences_without_blanks_between_words_are_counted_by_their_characters() {
    let story = [
        "老桥将在冬天之前修好。市政府星期一宣布了这个决定，修理费用为两千万元。",
        "工程将在九月开始，预计需要十六个星期，期间每隔十五分钟有一班渡船往返两岸，直到晚上十点。",
        "每天大约有三千名市民步行经过这座桥去上班和上学，它是步行过河的唯一道路，也是这座城市最老的桥。",
        "市政府还计划明年春天在桥边修建一个小公园，供老人和孩子休息，公园里会种上一百棵樱花树。",
    ];
    let summary = check_in("zh", "老桥将修理", &story).summary;
    assert!(
        summary.starts_with("老桥将在冬天之前修好。市政府"),
        "{summary}"
    );
    assert!(summary.ends_with('。'), "{summary}");
}

#[test]
fn a_text_without_capitals_has_sentences_too() {
    let text = FERRY.join(" ").to_lowercase();
    let summary = check("", &[&text]).summary;
    assert!(summary.ends_with('.'), "{summary}");
}

/// White space on one line, as summaries have it.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_part_of_a_summary_is_verbatim(
        paragraphs in prop::collection::vec("([A-Z][a-z]{1,8}( [a-z“”\"(),’]{1,9}){3,25}[.!?] ?){1,5}", 1..8),
    ) {
        let digest = check("", &paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
        let body = fold(&digest.body.plain);
        let summary = digest.summary.trim_end_matches('…');
        // Sentences may be far apart: each word run up to a full stop is there.
        for part in summary.split_inclusive(['.', '!', '?']) {
            prop_assert!(body.contains(part.trim()), "{part:?} is not in {body:?}");
        }
    }

    #[test]
    fn the_sentences_stand_in_their_order_within_the_budget(
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let sentence = |at: &usize| format!("The keeper of tower {at} lit lamp number {at} at noon on pier {at}.");
        let paragraphs: Vec<String> = order.iter().map(sentence).collect();
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        let digest = check("Lamps", &paragraphs);
        prop_assert!(digest.summary.len() <= Settings::default().summary_length);
        let places: Vec<usize> = paragraphs.iter().filter_map(|one| digest.summary.find(one)).collect();
        prop_assert!(!places.is_empty() && places.len() <= 3);
        prop_assert!(places.is_sorted(), "{}", digest.summary);
    }

    #[test]
    fn any_text_has_a_digest_and_always_the_same(text in "\\PC{0,400}") {
        let one = check("", &[&text]);
        prop_assert_eq!(&one, &check("", &[&text]));
    }
}

const STORY: &str = "OSTERBY (XYZ) — Growers in the valley of Osterby covered the last of their \
     orchards with straw on Tuesday after forecasters warned of frost until the end of the week.";

/// More than a brief has.
const REST: &[&str] = &[
    "The growers' union expects that a third of this spring's blossoms will be lost, and it asked \
     the county for help with the cost of straw and of the people who carry it uphill at night.",
    "The county said that it would decide in June, when the damage can be counted, and pointed to a \
     fund for bad years that nobody has used since it was set up two decades ago by the parliament.",
    "Most of the orchards belong to families who also keep sheep, so that few of them would have to \
     sell land, said Mara Tallberg, who leads the union and grows pears in the village of Osterby.",
];

fn story<'a>(above: &[&'a str], story: &'a str) -> Vec<&'a str> {
    [above, &[story], REST].concat()
}

#[test]
fn lines_above_the_story_are_left_out() {
    let starts = "Growers in the valley";
    let bare = STORY.split_once("— ").unwrap().1;
    let title = "Frost comes to Osterby";
    // Above a dateline, below a first line that is the headline, and as a telegram.
    let heads: [(&str, &[&str], &str); 3] = [
        (
            title,
            &["Fruit may become dearer in all the cities."],
            STORY,
        ),
        (
            "",
            &[
                "Frost comes to Osterby.",
                "The county must decide who pays.",
            ],
            bare,
        ),
        (title, &["Nervous growers await frost."], bare),
    ];
    for (title, above, told) in heads {
        let summary = check(title, &story(above, told)).summary;
        assert!(summary.starts_with(starts), "{above:?}: {summary}");
    }
}

#[test]
fn a_short_opening_is_no_line_above_the_story() {
    let opening = "A grower died in the frost on Tuesday.";
    let bare = STORY.split_once("— ").unwrap().1;
    let summary = check("Frost comes to Osterby", &story(&[opening], bare)).summary;
    assert!(summary.starts_with(opening), "{summary}");
}

#[test]
fn a_brief_tells_neither_the_headline_again_nor_its_dateline() {
    let brief = ["Frost comes to Osterby.", STORY];
    let summary = check("Frost comes to Osterby", &brief).summary;
    assert_eq!(summary, STORY.split_once("— ").unwrap().1);
}

#[test]
fn an_opening_a_little_too_long_is_told_whole() {
    let opening = format!(
        "{} and the union of the growers had asked all of its members in a letter, which was read \
         aloud in the churches of three villages on Sunday, to keep fires burning between the rows \
         of trees until the sun stands above the eastern ridge, to sleep in turns, and to bring \
         whatever straw they can spare to those who have none.",
        STORY.split_once("— ").unwrap().1.trim_end_matches('.')
    );
    let budget = Settings::default().summary_length;
    assert!(opening.len() > budget && opening.len() <= budget * 5 / 4);
    let summary = check("Frost comes to Osterby", &story(&[], &opening)).summary;
    assert_eq!(summary, opening);
}

#[test]
fn what_is_of_the_page_is_left_out() {
    for page in [
        "Follow Mara Tallberg, who wrote this, at @tallberg.",
        "Write to the people of the newsroom with all of your questions and with pictures of your \
         own trees at frost@osterby.example.",
        "Please send the newsroom pictures of the frost in your own garden before the weekend.",
        "MARA TALLBERG: We have lost it. The frost took all that the trees in the valley had.",
    ] {
        let bare = STORY.split_once("— ").unwrap().1;
        let summary = check("Frost comes to Osterby", &story(&[page], bare)).summary;
        assert!(summary.starts_with("Growers in the valley"), "{summary}");
    }
}

#[test]
fn an_opening_that_tells_why_hangs_on_nothing() {
    let opening = "Because of the frost, all schools in the valley of Osterby stay closed until the \
                   end of the week, the county decided on Tuesday.";
    let summary = check("Frost comes to Osterby", &story(&[], opening)).summary;
    assert!(summary.starts_with(opening), "{summary}");
}
