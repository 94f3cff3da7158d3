//! Prints the sentences of the text on standard input, one a line:
//! `sentences [LANGUAGE] < TEXT`. A blank line ends a block; with
//! `--json`, each line is a text of its own, in JSON, and its sentences are
//! printed as a JSON array.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use feedwright::digest::sentences::sentences;
use std::io::{self, BufRead, Read};

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = arguments.iter().position(|argument| argument == "--json");
    if let Some(at) = json {
        arguments.remove(at);
    }
    let language = arguments.first().map_or("en", String::as_str);
    if json.is_some() {
        for line in io::stdin().lock().lines() {
            let text: String = serde_json::from_str(&line?)?;
            let found = sentences(&text, language);
            let found: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
            println!("{}", serde_json::to_string(&found)?);
        }
        return Ok(());
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    for block in text.split("\n\n") {
        for span in sentences(block, language) {
            println!("{}", span.of(block).replace('\n', " "));
        }
    }
    Ok(())
}
