//! What happens in the folder is seen on the page, without loading it anew.

use crate::newsroom::Newsroom;

#[test]
fn what_happens_in_the_folder_is_seen() {
    Newsroom::visit(|newsroom| {
        let (browser, place) = (&newsroom.browser, &newsroom.place);
        let all = ["bridge opens", "ferry", "Brücke", "orchard"];
        newsroom.wait(&all);
        let text = |title: &str| {
            format!(
                "---\ntitle: {title}\ntags: [Lamps]\n---\n\nThe lamps along the quay were lit again, and the mast was painted.\n"
            )
        };
        place.write("watch/lamps.md", &text("The lamps are lit"));
        newsroom.wait(&[
            "lamps are lit",
            "bridge opens",
            "ferry",
            "Brücke",
            "orchard",
        ]);
        browser.wait(
            "a word about it",
            "document.getElementById('told').textContent === '1 new entry'",
        );
        let card = browser.text("document.querySelector('#list > .card').id");
        // It can be chosen at once.
        browser.wait(
            "the topic",
            "document.querySelector('select[name=topic] option[value=Lamps]')",
        );

        place.write("watch/lamps.md", &text("The lamps are all lit"));
        newsroom.wait(&[
            "lamps are all lit",
            "bridge opens",
            "ferry",
            "Brücke",
            "orchard",
        ]);
        assert_eq!(
            browser.text("document.querySelector('#list > .card').id"),
            card
        );

        // A name is nothing that anybody sees; what comes after it is.
        place.rename("watch/lamps.md", "watch/quay.md");
        place.write(
            "watch/mast.md",
            &text("A mast").replace("lamps", "masts of the weather station"),
        );
        newsroom.wait(&[
            "A mast",
            "lamps are all lit",
            "bridge opens",
            "ferry",
            "Brücke",
            "orchard",
        ]);
        assert_eq!(
            browser.text("document.querySelector('#list > .card + .card').id"),
            card
        );

        newsroom.remove("quay.md");
        newsroom.remove("mast.md");
        newsroom.wait(&all);
        assert!(newsroom.is_same_page(), "it was loaded anew");

        // The page of a search takes only what it asks for, and all of that while
        // somebody pauses in the middle of a word.
        browser.write("#q", "ferr");
        newsroom.wait(&["bridge opens", "ferry"]);
        place.write("watch/lamps.md", &text("The lamps are lit"));
        place.write("watch/boat.md", &text("A ferry is painted"));
        newsroom.wait(&["A ferry is painted", "bridge opens", "ferry"]);
        assert!(newsroom.is_same_page(), "it was loaded anew");
    });
}
