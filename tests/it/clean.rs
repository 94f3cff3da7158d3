//! What is the story, and what is only beside it?

use feedwright::{
    article::{Article, Origin},
    digest::{Settings, digest},
    entry::Digest,
    text::{BlockKind, Text},
};

fn article(lines: &[&str]) -> Article {
    let mut text = Text::default();
    for line in lines {
        text.push(BlockKind::Paragraph, line);
    }
    Article {
        text,
        ..Article::default()
    }
}

fn digested(lines: &[&str]) -> Digest {
    digest(article(lines), &Settings::default())
}

/// The rules by which these lines were dropped, by the lines.
fn rules(digest: &Digest) -> Vec<(&str, &str)> {
    digest
        .dropped
        .iter()
        .map(|dropped| (dropped.text.as_str(), dropped.rule.as_str()))
        .collect()
}

const FIRST: &str = "The council of Aldersea voted on Monday to rebuild the old harbor bridge, which a storm had destroyed in the spring of last year.";
const SECOND: &str = "Work is to start in the summer and will take two years, according to the plans that the town's engineers showed on the same evening.";
const THIRD: &str = "Until then a ferry carries people and goods across the river three times an hour, and twice as often on market days.";

#[test]
fn menus_and_buttons_are_dropped_around_the_story() {
    let digest = digested(&[
        "Home",
        "News",
        "Sport",
        "Aldersea rebuilds its bridge",
        "By Mara Quill",
        "Share",
        FIRST,
        "Advertisement",
        SECOND,
        THIRD,
        "Show More",
        "Contact Us",
        "Privacy Policy",
    ]);
    assert_eq!(digest.title, "Aldersea rebuilds its bridge");
    assert_eq!(digest.byline, ["Mara Quill"]);
    assert_eq!(digest.body.plain, [FIRST, SECOND, THIRD].join("\n\n"));
    assert!(rules(&digest).contains(&("Advertisement", "furniture")));
    assert!(rules(&digest).contains(&("Aldersea rebuilds its bridge", "headline")));
    assert!(rules(&digest).contains(&("By Mara Quill", "byline")));
}

#[test]
fn a_paragraph_is_not_dropped_for_one_keyword() {
    let story = "Residents may sign up for the newsletter of the town, which the council calls its most important means of telling people about the bridge.";
    let related = "Related work on the quay, which the council had stopped two years ago, is to go on at the same time and will cost as much again.";
    let digest = digested(&[FIRST, story, related, THIRD]);
    assert_eq!(digest.body.blocks.len(), 4);
    assert_eq!(digest.dropped, []);
}

#[test]
fn a_caption_with_its_credit_is_dropped() {
    let caption = "Workers stand beside the ruins of the harbor bridge in Aldersea on March 4. (Photo by Lena Ostrow / Coastal Press)";
    let digest = digested(&[FIRST, caption, SECOND, THIRD]);
    assert_eq!(rules(&digest), [(caption, "caption")]);
}

#[test]
fn brackets_at_a_paragraphs_end_are_no_credit() {
    let aside = "The bridge was built by Tomas Verhoeven, who also designed the lighthouse and the town hall (both of them burned down).";
    let digest = digested(&[FIRST, aside, SECOND]);
    assert_eq!(digest.dropped, []);
}

#[test]
fn a_related_story_set_into_the_text_is_dropped_with_its_teaser() {
    let headline = "Ferry Captains Demand Better Pay Before Summer Season";
    let teaser = "The captains said in a letter that they would otherwise stay ashore from June.";
    let digest = digested(&[FIRST, headline, headline, teaser, SECOND, THIRD]);
    assert_eq!(
        rules(&digest),
        [
            (headline, "related-story"),
            (headline, "related-story"),
            (teaser, "related-story")
        ]
    );
}

#[test]
fn a_heading_inside_the_story_said_once_stays() {
    let digest = digested(&[FIRST, SECOND, "How the Ferry Will Run", THIRD, FIRST]);
    assert_eq!(digest.dropped, []);
}

#[test]
fn a_bio_at_the_foot_tells_the_author() {
    let bio =
        "Mara Quill is a reporter who has covered the coast since 2019. She lives in Aldersea.";
    let digest = digested(&[FIRST, SECOND, THIRD, "Mara Quill", bio]);
    assert_eq!(digest.byline, ["Mara Quill"]);
    assert_eq!(digest.body.blocks.len(), 3);
}

#[test]
fn a_writer_in_the_story_is_not_its_author() {
    let subject =
        "Mara Quill is a writer who has covered the coast since 2019, and who sued the council.";
    let digest = digested(&[
        "Mara Quill won her case against the council of Aldersea on Monday, three years after the storm.",
        FIRST,
        SECOND,
        subject,
    ]);
    assert_eq!(digest.byline, [""; 0]);
    assert_eq!(digest.body.blocks.len(), 4);
}

#[test]
fn a_stated_date_and_a_later_change_are_read() {
    let digest = digested(&[
        "Aldersea rebuilds its bridge",
        "Published March 3, 2026",
        "Updated: 5 March 2026, 10:15 am",
        FIRST,
        SECOND,
    ]);
    assert_eq!(
        digest.published.unwrap().to_string(),
        "2026-03-03T00:00:00Z"
    );
    assert_eq!(digest.modified.unwrap().to_string(), "2026-03-05T00:00:00Z");
    let german = digested(&[
        "Brücke wird gebaut",
        "Veröffentlicht am 3. März 2026",
        FIRST,
        SECOND,
    ]);
    assert_eq!(
        german.published.unwrap().to_string(),
        "2026-03-03T00:00:00Z"
    );
}

#[test]
fn a_date_in_the_story_is_no_date_of_publication() {
    let digest = digested(&[
        FIRST,
        "On March 24th, at the town hall, the mayor spoke of the bridge for the first time.",
        "It opened on May 3, 1931.",
    ]);
    assert_eq!(digest.published, None);
}

#[test]
fn what_the_article_states_wins() {
    let stated = Article {
        title: Some("A bridge returns".to_owned()),
        byline: vec!["Jon Ferris".to_owned()],
        published: Some("2026-01-01T00:00:00Z".parse().unwrap()),
        ..article(&[
            "Aldersea rebuilds its bridge",
            "By Mara Quill",
            "Published March 3, 2026",
            FIRST,
            SECOND,
        ])
    };
    let digest = digest(stated, &Settings::default());
    assert_eq!(digest.title, "A bridge returns");
    assert_eq!(digest.byline, ["Jon Ferris"]);
    assert_eq!(
        digest.published.unwrap().to_string(),
        "2026-01-01T00:00:00Z"
    );
}

#[test]
fn a_title_is_made_from_the_first_sentence() {
    let made = digested(&[FIRST, SECOND]).title;
    assert_eq!(
        made,
        "The council of Aldersea voted on Monday to rebuild the old harbor bridge…"
    );
}

#[test]
fn something_is_left_of_any_text() {
    assert_eq!(digested(&["Show More"]).body.plain, "Show More");
    assert_eq!(digested(&["Home", "Menu"]).body.blocks.len(), 2);
    assert_eq!(digested(&[]).title, "Untitled");
}

#[test]
fn the_foot_of_a_mail_is_dropped_and_the_rest_of_it_is_meant() {
    let mut mail = article(&[
        "View this email in your browser",
        FIRST,
        "Prices",
        "Tickets: 4",
        "Season: 90",
        SECOND,
        "You are receiving this email because you signed up at the ferry.",
        "12 Quay Street, Aldersea",
        "Unsubscribe",
    ]);
    mail.origin = Origin::Authored;
    let digest = digest(mail, &Settings::default());
    let meant = [FIRST, "Prices", "Tickets: 4", "Season: 90", SECOND];
    assert_eq!(digest.body.plain, meant.join("\n\n"));
}

#[test]
fn a_story_goes_on_behind_a_form_for_a_newsletter() {
    let fourth = "The ferry across the river is paid by the council until the bridge is open, the engineers said.";
    let digest = digested(&[
        FIRST,
        SECOND,
        "Sign up for our newsletter",
        "Enter your email",
        "Subscribe",
        fourth,
        "Privacy Policy",
        "Contact Us",
    ]);
    assert_eq!(digest.body.plain, [FIRST, SECOND, fourth].join("\n\n"));
}

#[test]
fn the_way_to_a_page_is_not_its_headline() {
    let way = "Home » Town » Aldersea rebuilds its bridge";
    let digest = digested(&[way, "Aldersea rebuilds its bridge", FIRST, SECOND, THIRD]);
    assert_eq!(digest.title, "Aldersea rebuilds its bridge");
    assert!(!digest.body.plain.contains('»'));
}

/// A line said over and over takes about as long as any other text; where it
/// does not, this test does not end.
#[test]
fn lines_said_over_and_over_come_to_an_end() {
    let lines = vec!["Vote: a bridge Against: a ferry"; 30_000];
    assert!(!digested(&lines).title.is_empty());
}
