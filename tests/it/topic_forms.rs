//! How topics are called: one topic for one thing, in one canonical form, with
//! its other forms and its kind.

use feedwright::{
    article::Article,
    digest::{Settings, digest},
    entry::{Topic, TopicKind},
    text::{BlockKind, Text},
};

fn check(language: &str, stated: &[&str], paragraphs: &[&str]) -> Vec<Topic> {
    let article = Article {
        language: Some(language.to_owned()),
        topics: stated.iter().map(|topic| (*topic).to_owned()).collect(),
        ..Article::default()
    };
    all_topics(article, paragraphs)
}

/// The only call into the digest: all topics of an article with this text,
/// however little it is about them.
pub(crate) fn all_topics(article: Article, paragraphs: &[&str]) -> Vec<Topic> {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        title: Some("–".to_owned()),
        text,
        ..article
    };
    let settings = Settings {
        max_topics: 60,
        ..Settings::default()
    };
    digest(article, &settings).topics
}

fn labels(topics: &[Topic]) -> Vec<&str> {
    topics.iter().map(|topic| &*topic.label).collect()
}

/// The topic with this label.
#[track_caller]
fn topic<'t>(topics: &'t [Topic], label: &str) -> &'t Topic {
    let found = topics.iter().find(|topic| topic.label == label);
    found.unwrap_or_else(|| panic!("no {label} in {:?}", labels(topics)))
}

/// That no topic has any of these labels.
#[track_caller]
fn none_of(topics: &[Topic], wrong: &[&str]) {
    for label in wrong {
        let found = topics.iter().find(|topic| topic.label == *label);
        assert!(found.is_none(), "{label} in {:?}", labels(topics));
    }
}

#[test]
fn an_acronym_and_its_long_form_are_one_topic() {
    let topics = check(
        "en",
        &[],
        &[
            "The Northern Federation of Kelp Farmers (NFKF) sued the harbor on Monday.",
            "The NFKF wants its moorings back. Lawyers for the NFKF said that the harbor had sold them twice.",
        ],
    );
    let federation = topic(&topics, "NFKF");
    assert_eq!(federation.forms, ["Northern Federation of Kelp Farmers"]);
    assert_eq!(federation.kind, TopicKind::Organization);
    none_of(
        &topics,
        &[
            "Northern Federation of Kelp Farmers",
            "Northern Federation",
            "Kelp Farmers",
            "Kelp",
        ],
    );
}

#[test]
fn an_acronym_may_stand_before_its_long_form() {
    let topics = check(
        "en",
        &[],
        &[
            "The TSRA (Tidal Stations Regulatory Authority) closed three plants on Friday.",
            "The Tidal Stations Regulatory Authority has no say over the fourth. The Tidal Stations \
             Regulatory Authority was founded last year.",
        ],
    );
    let authority = topic(&topics, "Tidal Stations Regulatory Authority");
    assert_eq!(authority.forms, ["TSRA"]);
}

#[test]
fn acronyms_are_explained_in_any_language() {
    let french = check(
        "fr",
        &[],
        &[
            "La Fédération nationale des pêcheurs de varech (FNPV) a saisi le tribunal lundi.",
            "La FNPV réclame trois ports. Selon la FNPV, les quais ont été vendus deux fois.",
        ],
    );
    let federation = topic(&french, "FNPV");
    assert_eq!(
        federation.forms,
        ["Fédération nationale des pêcheurs de varech"]
    );
    let german = check(
        "de",
        &[],
        &[
            "Das Landeswasseramt (LWA) hat am Montag drei Brücken gesperrt.",
            "Das LWA prüft noch. Vom LWA hieß es, die vierte Brücke bleibe offen.",
        ],
    );
    assert_eq!(topic(&german, "LWA").forms, ["Landeswasseramt"]);
    let spanish = check(
        "es",
        &[],
        &[
            "El FRPV (Frente Republicano de Pescadores Vascongados) convocó una marcha el lunes.",
            "El Frente Republicano de Pescadores Vascongados quiere tres puertos.",
        ],
    );
    let front = topic(&spanish, "Frente Republicano de Pescadores Vascongados");
    assert_eq!(front.forms, ["FRPV"]);
}

#[test]
fn what_has_other_initials_is_no_long_form() {
    let topics = check(
        "en",
        &[],
        &[
            "The Harbor Council met in the morning (KLM flew its members in) and in the evening.",
            "The Harbor Council (founded in 1902) sold the moorings to the Kelp Board (see below).",
            "Members of the Harbor Council paid for KLM tickets themselves. KLM did not comment.",
        ],
    );
    for topic in &topics {
        let both =
            |form: &str| topic.label == form || topic.forms.iter().any(|other| other == form);
        assert!(!(both("KLM") && both("Harbor Council")), "{topic:?}");
    }
}

#[test]
fn a_concept_with_an_acronym_stays_a_concept() {
    let topics = check(
        "en",
        &[],
        &[
            "Doctors call it chronic kelp fatigue (CKF), and nobody knows where it comes from.",
            "CKF has closed two farms. Those who have CKF sleep all day; a test for CKF takes a week.",
        ],
    );
    let fatigue = topic(&topics, "CKF");
    assert_eq!(fatigue.kind, TopicKind::Concept);
    assert_eq!(fatigue.forms, ["Chronic kelp fatigue"]);
}

#[test]
fn forms_of_one_person_are_one_topic_under_the_most_used_full_form() {
    let topics = check(
        "en",
        &[],
        &[
            "Mayor Conrad B.Vexley opened the bridge on Monday. “It will hold,” Mr. Vexley said.",
            "Conrad B. Vexley has been mayor for ten years. Vexley's wife, Anna, cut the ribbon.",
            "Critics of Conrad Vexley stayed away.",
        ],
    );
    let mayor = topic(&topics, "Conrad B. Vexley");
    assert_eq!(mayor.kind, TopicKind::Person);
    assert_eq!(mayor.forms, ["Vexley", "Conrad Vexley"]);
    none_of(
        &topics,
        &[
            "Vexley",
            "Mayor Vexley",
            "Mr. Vexley",
            "Conrad Vexley",
            "Mayor Conrad",
            "Vexley's",
        ],
    );
}

#[test]
fn an_initial_for_the_first_name_is_the_same_person() {
    let topics = check(
        "fr",
        &[],
        &[
            "Le maire Julien Corvasse a inauguré le pont lundi à Lille.",
            "« Il tiendra », a dit J. Corvasse. Les habitants attendaient Julien Corvasse depuis midi.",
        ],
    );
    let mayor = topic(&topics, "Julien Corvasse");
    assert!(mayor.forms.contains(&"J. Corvasse".to_owned()), "{mayor:?}");
    none_of(&topics, &["J. Corvasse", "Corvasse"]);
}

#[test]
fn two_people_of_one_initial_are_not_joined() {
    let topics = check(
        "en",
        &[],
        &[
            "Anna Brennock and her brother Adam Brennock run the ferry. A. Brennock is painted on the hull.",
            "Anna Brennock steers. Adam Brennock sells the tickets.",
        ],
    );
    assert_eq!(topic(&topics, "Anna Brennock").kind, TopicKind::Person);
    assert_eq!(topic(&topics, "Adam Brennock").kind, TopicKind::Person);
}

#[test]
fn names_in_a_list_are_not_glued_together() {
    let topics = check(
        "en",
        &[],
        &[
            "Three captains lost their boats: Ann Tarrow, Peter Molding and Mary Jane Ruckle.",
            "On Tuesday Tarrow sued. Molding, Ruckle and Tarrow will meet the judge on Friday.",
        ],
    );
    for name in ["Ann Tarrow", "Peter Molding", "Mary Jane Ruckle"] {
        topic(&topics, name);
    }
    none_of(
        &topics,
        &[
            "Molding Ruckle",
            "Tuesday Tarrow",
            "Tarrow Peter",
            "Tarrow",
            "Molding",
            "Ruckle",
            "Tuesday",
        ],
    );
}

#[test]
fn nothing_is_shouted_but_acronyms() {
    let topics = check(
        "en",
        &[],
        &[
            "MARROW POINT — The town of Marrow Point lost its ferry on Monday, and its mayor, ANNA TOLLEFSEN, is angry.",
            "“NASA has a rocket and we have no boat,” said Tollefsen. Nobody in Marrow Point laughed. NASA did not comment.",
        ],
    );
    topic(&topics, "Anna Tollefsen");
    topic(&topics, "NASA");
    none_of(&topics, &["ANNA TOLLEFSEN", "MARROW POINT", "Nasa"]);
}

#[test]
fn organizations_go_as_far_as_their_names() {
    let topics = check(
        "en",
        &[],
        &[
            "The Institute of Marine Science and the Ministry of Fisheries and Rural Affairs share a house in Leeds.",
            "A study of the Institute of Marine Science was read in the Ministry of Fisheries and Rural Affairs on Monday.",
        ],
    );
    let institute = topic(&topics, "Institute of Marine Science");
    assert_eq!(institute.kind, TopicKind::Organization);
    topic(&topics, "Ministry of Fisheries and Rural Affairs");
    none_of(
        &topics,
        &[
            "Institute",
            "Marine Science",
            "Ministry",
            "Rural Affairs",
            "Fisheries",
        ],
    );
}

#[test]
fn a_stated_topic_keeps_its_form_and_is_not_repeated() {
    let topics = check(
        "en",
        &["USA", "vexley", "Bridges"],
        &[
            "Mayor Conrad Vexley opened the bridge on Monday. The U.S. had paid for it.",
            "Conrad Vexley thanked the United States twice. Americans in the crowd cheered. Bridges are dear.",
        ],
    );
    assert_eq!(labels(&topics)[..3], ["USA", "vexley", "Bridges"]);
    assert_eq!(topics[0].kind, TopicKind::Place);
    assert!(
        topics[0].forms.contains(&"United States".to_owned()),
        "{topics:?}"
    );
    assert_eq!(topics[1].kind, TopicKind::Person);
    assert!(
        topics[1].forms.contains(&"Conrad Vexley".to_owned()),
        "{topics:?}"
    );
    none_of(&topics, &["United States", "U.S.", "Conrad Vexley"]);
}

#[test]
fn countries_are_one_topic_in_the_form_of_their_language() {
    let german = check(
        "de",
        &[],
        &[
            "Norwegens Regierung tagte am Montag. Die norwegischen Häfen bleiben zu, sagte ein Sprecher. Norwegen wartet ab.",
        ],
    );
    let norway = topic(&german, "Norwegen");
    assert_eq!(norway.kind, TopicKind::Place);
    none_of(&german, &["Norwegens", "Norwegens Regierung"]);
    let portuguese = check(
        "pt",
        &[],
        &["A Noruega fechou os portos. O governo norueguês esperou até segunda-feira."],
    );
    topic(&portuguese, "Noruega");
    none_of(&portuguese, &["Norueguês"]);
}

#[test]
fn german_nouns_and_names_stand_in_the_form_that_they_have_alone() {
    let topics = check(
        "de",
        &[],
        &[
            "Wegen des Hafenausbaus streiten Kanzlerin Annika Tolgreen und der Landtag seit Wochen.",
            "Tolgreens Plan für den Hafenausbau ist bei den Fährmeistern unbeliebt. Annika Tolgreens Partei will \
             ihn ändern. Das Ende des Fährbetriebes wäre das Ende der Inseln, hieß es.",
        ],
    );
    topic(&topics, "Hafenausbau");
    topic(&topics, "Fährmeister");
    topic(&topics, "Fährbetrieb");
    topic(&topics, "Inseln");
    let chancellor = topic(&topics, "Annika Tolgreen");
    assert_eq!(chancellor.kind, TopicKind::Person);
    assert!(
        chancellor.forms.contains(&"Tolgreens".to_owned()),
        "{chancellor:?}"
    );
    none_of(
        &topics,
        &[
            "Hafenausbaus",
            "Tolgreens",
            "Tolgreens Plan",
            "Annika Tolgreens",
            "Fährmeistern",
            "Fährbetriebes",
        ],
    );
}

#[test]
fn what_is_no_person_is_none() {
    let topics = check(
        "en",
        &[],
        &[
            "Patriot Kelp, a company that farms kelp in Denver, sued the Rural PAC on Monday. Patriot paid for it.",
            "Storm Anna hit the farms of Patriot Kelp in Denver. The Rural PAC did not comment on the storm.",
        ],
    );
    for topic in &topics {
        assert_ne!(topic.kind, TopicKind::Person, "{topic:?}");
    }
    assert_eq!(topic(&topics, "Denver").kind, TopicKind::Place);
}

#[test]
fn adjectives_and_agencies_are_no_part_of_a_name() {
    let topics = check(
        "en",
        &[],
        &[
            "Leeds-born Anna Tollefsen won the race on Monday. Tollefsen rowed alone.",
            "KPA Peter Molding was there. Peter Molding saw Tollefsen land.",
        ],
    );
    topic(&topics, "Anna Tollefsen");
    topic(&topics, "Peter Molding");
    none_of(&topics, &["Leeds-born Anna Tollefsen", "KPA Peter Molding"]);
}
