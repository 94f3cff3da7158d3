//! `feedwright --generate`: what packages take along.

use crate::program::Place;
use std::{collections::BTreeMap, fs, path::Path};

/// All that is written, by its path.
fn generated(place: &Place, folder: &str) -> BTreeMap<String, String> {
    let ended = place.run(&["--generate", folder]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out, "");
    let mut files = BTreeMap::new();
    for below in ["man", "completions"] {
        for file in fs::read_dir(place.path(folder).join(below)).unwrap() {
            let path = file.unwrap().path();
            let name = format!("{below}/{}", name(&path));
            assert!(ended.err.contains(&name), "{name} is not told of");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    files
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The verbs that a help text lists.
fn verbs(place: &Place, above: &[&str]) -> Vec<String> {
    let help = place.run(&[above, &["-h"]].concat()).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| line.starts_with("  "));
    let verbs = listed.filter_map(|line| line.split_whitespace().next());
    verbs
        .filter(|verb| *verb != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn there_is_a_man_page_for_each_verb_and_a_completion_for_each_shell() {
    let place = Place::new();
    let files = generated(&place, "a");
    let mut pages = vec!["man/feedwright.1".to_owned()];
    let all = verbs(&place, &[]);
    assert!(all.len() > 5, "{all:?}");
    for verb in &all {
        pages.push(format!("man/feedwright-{verb}.1"));
        for below in verbs(&place, &[verb]) {
            pages.push(format!("man/feedwright-{verb}-{below}.1"));
        }
    }
    pages.sort();
    let completions = [
        "completions/_feedwright",
        "completions/feedwright.bash",
        "completions/feedwright.fish",
    ];
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let expected: Vec<_> = completions
        .into_iter()
        .chain(pages.iter().map(String::as_str))
        .collect();
    assert_eq!(names, expected);
    for name in completions {
        for verb in &all {
            assert!(
                files[name].contains(verb.as_str()),
                "{verb} is not in {name}"
            );
        }
    }
    let page = &files["man/feedwright-check.1"];
    for part in [
        ".TH feedwright-check 1",
        ".SH EXAMPLES\n.nf\nfeedwright check\n",
        ".SH \"EXIT STATUS\"\n0 fine or warnings only",
        "\\fBFEEDWRIGHT_CONFIG\\fR",
    ] {
        assert!(page.contains(part), "{part} is not in:\n{page}");
    }
}

#[test]
fn what_is_generated_is_the_same_each_time_and_anywhere() {
    let (one, other) = (Place::new(), Place::new());
    assert_eq!(generated(&one, "a/b"), generated(&other, "c"));
    // Over what is there.
    assert_eq!(generated(&one, "a/b"), generated(&other, "c"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let place = Place::new();
    place.write("file", "");
    let ended = place.run(&["--generate", "file"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("cannot make file/man"), "{ended:?}");
}
