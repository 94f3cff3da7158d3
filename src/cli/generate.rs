//! `feedwright --generate DIR`: man pages and completions, from the arguments as
//! they are, for those who make packages.

use super::{Outcome, args::Args, say};
use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::{
    Man,
    roff::{Inline, Roff, bold, roman},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The program's name, as people type it.
const NAME: &str = "feedwright";

/// Writes `man/*.1` and `completions/*` into a folder, which is made. The same
/// program gives the same bytes: there is no date in them.
pub(super) fn generate(folder: &Path) -> anyhow::Result<Outcome> {
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    for folder in [&man, &completions] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let mut written = Vec::new();
    // What `help` says of a command is its own page.
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    for (name, page) in pages(&command)? {
        written.push(write(man.join(name), &page)?);
    }
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Args::command(), NAME, &mut script);
        let name = match shell {
            Shell::Zsh => format!("_{NAME}"),
            shell => format!("{NAME}.{shell}"),
        };
        written.push(write(completions.join(name), &script)?);
    }
    for path in written {
        say(&format!("wrote {}", path.display()));
    }
    Ok(Outcome::Fine)
}

fn write(path: PathBuf, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// The pages of a command and of all below it, by the names of their files.
fn pages(command: &Command) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let man = Man::new(command.clone())
        .source(format!("{NAME} {}", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    let mut pages = vec![(man.get_filename(), page(&man, command)?)];
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        pages.extend(self::pages(below)?);
    }
    Ok(pages)
}

fn page(man: &Man, command: &Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let after = command.get_after_long_help().or(command.get_after_help());
    if let Some(after) = after {
        sections(&after.to_string()).to_writer(&mut page)?;
    }
    if command.get_name() != NAME {
        let mut see = Roff::default();
        see.control("SH", ["SEE ALSO"]);
        see.text([bold(NAME), roman("(1)")]);
        see.to_writer(&mut page)?;
    }
    Ok(page)
}

/// What stands at the end of a help text, under the headings that man pages
/// have: each paragraph begins with its own.
fn sections(text: &str) -> Roff {
    let mut roff = Roff::default();
    let mut heading = "";
    for paragraph in text.split("\n\n") {
        let (before, rest) = paragraph.split_once(':').unwrap_or(("", paragraph));
        let (section, rest) = match before {
            "Example" | "Examples" => ("EXAMPLES", rest),
            "Exit codes" => ("EXIT STATUS", rest),
            _ => ("NOTES", paragraph),
        };
        if section == heading {
            roff.control("PP", []);
        } else {
            roff.control("SH", [section]);
            heading = section;
        }
        let rest = rest.trim_start_matches('\n');
        let lines = rest.lines().map(|line| roman(line.trim()));
        if rest.starts_with("  ") {
            // Commands stand as they are typed.
            roff.control("nf", []);
            for line in lines {
                roff.text([line]);
            }
            roff.control("fi", []);
        } else {
            let lines: Vec<Inline> = lines.flat_map(|line| [line, roman(" ")]).collect();
            roff.text(lines);
        }
    }
    roff
}
