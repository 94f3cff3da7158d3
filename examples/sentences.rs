//! Prints the sentences of the text on standard input, one a line:
//! `sentences [LANGUAGE] < TEXT`. A blank line ends a block; with
//! `--json`, each line is a text of its own, in JSON, and its sentences are
//! printed as a JSON array.
//!
//! `sentences --check FILE [LANGUAGE]` cuts the texts of a file and tells how
//! many come out as it says. The file is a JSON object of named sets; each is
//! a list of pairs, a text and the list of its sentences.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use feedwright::digest::sentences::sentences;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, Read},
};

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut takes = |option: &str| {
        let at = arguments.iter().position(|argument| argument == option);
        at.map(|at| arguments.remove(at)).is_some()
    };
    let (json, checks) = (takes("--json"), takes("--check"));
    if checks {
        let mut arguments = arguments.into_iter();
        let file = arguments.next().unwrap_or_default();
        return check(&file, &arguments.next().unwrap_or_else(|| "en".to_owned()));
    }
    let language = arguments.first().map_or("en", String::as_str);
    if json {
        for line in io::stdin().lock().lines() {
            let text: String = serde_json::from_str(&line?)?;
            println!("{}", serde_json::to_string(&cut(&text, language))?);
        }
        return Ok(());
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    for block in text.split("\n\n") {
        for sentence in cut(block, language) {
            println!("{}", sentence.replace('\n', " "));
        }
    }
    Ok(())
}

fn cut<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let found = sentences(text, language);
    found.iter().map(|span| span.of(text)).collect()
}

/// Prints what comes out otherwise than a file says, and how much does not.
fn check(file: &str, language: &str) -> io::Result<()> {
    let sets: BTreeMap<String, Vec<(String, Vec<String>)>> =
        serde_json::from_str(&fs::read_to_string(file)?)?;
    for (name, texts) in &sets {
        let mut right = 0;
        for (text, wanted) in texts {
            let found = cut(text, language);
            let wanted: Vec<&str> = wanted.iter().map(|sentence| sentence.trim()).collect();
            let same = found == wanted;
            right += usize::from(same);
            if !same {
                println!("wanted {wanted:?}\nfound  {found:?}\n");
            }
        }
        println!("{name}: {right} of {}", texts.len());
    }
    Ok(())
}
