//! What a beginner reads: every help text, and every error that is met early.

use crate::program::{Ended, Place, article, ended};
use std::fs;

/// What a program said, wherever it was run.
fn told(place: &Place, ended: &Ended) -> String {
    let here = place.path("").canonicalize().unwrap();
    let text = format!(
        "{}{}exit code {:?}\n",
        ended.out,
        ended.err,
        ended.code.unwrap()
    );
    let text = text.replace(&format!("{}/", here.display()), "/here/");
    text.replace(&here.display().to_string(), "/here")
}

/// The verbs that a help text lists.
fn verbs(place: &Place, above: &[&str]) -> Vec<String> {
    let help = place.run(&[above, &["-h"]].concat()).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| line.starts_with("  "));
    let verbs = listed.filter_map(|line| line.split_whitespace().next());
    let verbs = verbs.filter(|verb| *verb != "help");
    verbs.map(str::to_owned).collect()
}

#[test]
fn help_texts() {
    let place = Place::new();
    let mut all = vec![Vec::new()];
    for verb in verbs(&place, &[]) {
        all.push(vec![verb.clone()]);
        for below in verbs(&place, &[&verb]) {
            all.push(vec![verb.clone(), below]);
        }
    }
    assert!(all.len() > 15, "{all:?}");
    for verb in all {
        let verb: Vec<_> = verb.iter().map(String::as_str).collect();
        let help = |flag| place.run(&[&verb[..], &[flag]].concat()).out;
        let (short, long) = (help("-h"), help("--help"));
        let name = [&["help"], &verb[..]].concat().join("_");
        insta::assert_snapshot!(name, format!("{short}\n{:=<80}\n\n{long}", ""));
    }
}

#[test]
fn every_verb_has_an_example() {
    let place = Place::new();
    for verb in verbs(&place, &[]) {
        let help = place.run(&[&verb, "--help"]).out;
        // What needs no word behind it is its own example.
        let is_plain = matches!(&*verb, "run" | "build" | "service");
        assert!(is_plain || help.contains("Example"), "{help}");
        assert!(
            is_plain || help.contains(&format!("  feedwright {verb}")),
            "{help}"
        );
    }
}

/// A slip of the hand each, and what stands in its way otherwise.
#[test]
fn what_a_beginner_meets() {
    let place = Place::new();
    place.write("a.md", &article("A", "harbor"));
    place.write("faulty.toml", "[feeds]\nfoldr = 'x'\n");
    let mut all = Vec::new();
    let mut meets = |what: &str, arguments: &[&str]| {
        let told = told(&place, &place.run(arguments));
        all.push(format!(
            "# {what}\n$ feedwright {}\n{told}\n",
            arguments.join(" ")
        ));
    };
    meets("unknown verb", &["bild"]);
    meets("unknown option", &["build", "--wach", "in"]);
    meets("no such configuration", &["build", "--config", "none.toml"]);
    meets("unknown setting", &["build", "--config", "faulty.toml"]);
    meets("not running", &["status"]);
    meets("no catalogue", &["entries"]);
    meets(
        "a file in place of the folder",
        &["build", "--watch", "a.md"],
    );
    meets("no such file", &["digest", "none.md"]);
    meets("nothing to digest", &["digest"]);
    meets("no address", &["run", "--listen", "8060x"]);
    meets(
        "the folder is missing, and made",
        &["build", "--watch", "new"],
    );
    place.write("new/a.md", &article("Harbor", "harbor"));
    let mut meets = |what: &str, arguments: &[&str]| {
        let told = told(&place, &place.run(arguments));
        all.push(format!(
            "# {what}\n$ feedwright {}\n{told}\n",
            arguments.join(" ")
        ));
    };
    assert_eq!(place.run(&["build", "--watch", "new"]).code, Some(0));
    meets("bad date", &["entries", "date:>=2026-13"]);
    meets("unknown field", &["entries", "speker:Ada"]);
    meets("no such entry", &["entries", "show", "harbour"]);
    meets("no such entry at all", &["entries", "retract", "zzz"]);
    meets("nobody to ask", &["entries", "retract", "harbor"]);
    meets("no such topic", &["topics", "ban", "zzz"]);
    meets("a backup over a file", &["backup", "a.md"]);
    insta::assert_snapshot!(all.concat());
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_or_written_is_told_with_what_helps() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let bar = |name: &str, mode| {
        fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    bar("watch/a.md", 0);
    let Some(mut build) = place.bounded(&["build"]) else {
        return;
    };
    let unreadable = told(&place, &ended(&mut build));
    place.write("closed/x", "");
    bar("closed", 0o555);
    let mut build = place
        .bounded(&["build", "--state", "closed/state"])
        .unwrap();
    let unwritable = told(&place, &ended(&mut build));
    bar("closed", 0o755);
    insta::assert_snapshot!(format!(
        "# unreadable file\n{unreadable}\n# no permission\n{unwritable}"
    ));
}
