//! Lists of feeds.

use super::*;

#[test]
fn a_list_is_in_the_order_of_the_alphabet_and_has_one_scope() {
    let names = ["zinc", "Ärzte", "\"Quoted\"", "Arms", "2024", "<b>", "橋"];
    let mut channels: Vec<_> = names
        .iter()
        .map(|name| channel(Scope::Topic, name, &format!("topics/{name}")))
        .collect();
    channels.push(channel(Scope::Speaker, "Ada", "speakers/ada"));
    let settings = Settings::default();
    let bytes = list(&settings, Scope::Topic, &channels);
    let document = check(&bytes);
    assert_eq!(
        texts(&document, ".feeds bdi"),
        ["2024", "Arms", "Ärzte", "<b>", "\"Quoted\"", "zinc", "橋"]
    );
    assert_eq!(
        all(&document, ".feeds li:last-child a", "href"),
        [
            "topics/橋/index.html",
            "topics/橋/rss.xml",
            "topics/橋/atom.xml",
            "topics/橋/feed.json"
        ]
    );
    assert_eq!(
        all(&document, "[aria-current]", "href"),
        ["topics/index.html"]
    );
    assert_eq!(list(&settings, Scope::Topic, channels.iter().rev()), bytes);
    for scope in [Scope::Speaker, Scope::Folder, Scope::Search] {
        let document = check(&list(&settings, scope, &channels[..1]));
        assert_eq!(texts(&document, ".empty h2"), ["None yet"]);
    }
}

#[test]
fn a_long_list_is_in_groups_that_are_led_to() {
    let names: Vec<_> = (0..60)
        .map(|at| format!("{}{at}", ["b", "Á", "a", "7"][at % 4]))
        .collect();
    let channels: Vec<_> = names
        .iter()
        .map(|name| channel(Scope::Speaker, name, &format!("speakers/{name}")))
        .collect();
    let document = check(&list(&Settings::default(), Scope::Speaker, &channels));
    assert_eq!(texts(&document, ".group > h2"), ["0–9", "A", "B"]);
    assert_eq!(texts(&document, ".feeds bdi").len(), 60);
    for (at, target) in all(&document, ".letters a", "href").iter().enumerate() {
        assert_eq!(*target, format!("speakers/index.html#g{at}"));
        assert_eq!(document.select(&format!("h2#g{at}")).length(), 1);
    }
}

#[test]
fn folders_stand_in_each_other() {
    let channels = ["world", "local/sport", "local", "world/europe/north"]
        .map(|name| channel(Scope::Folder, name, &format!("folders/{name}")));
    let document = check(&list(&Settings::default(), Scope::Folder, &channels));
    assert_eq!(
        texts(&document, ".tree > ul > li > .feed bdi"),
        ["local", "world"]
    );
    assert_eq!(
        texts(&document, ".tree ul ul .feed bdi"),
        ["sport", "north"]
    );
    // This one has no feed.
    assert_eq!(
        texts(&document, "ul ul > li > span:first-child:not(:has(a))"),
        ["europe"]
    );
}
