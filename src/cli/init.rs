//! `feedwright init`: what a first use needs, made without a question.

use super::{Outcome, explain, run, say};
use crate::config::{self, Overrides};
use anyhow::Context as _;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Makes the configuration and the folders, and never changes what is there.
pub(super) fn init(mut overrides: Overrides, folder: Option<PathBuf>) -> anyhow::Result<Outcome> {
    let folder = folder.unwrap_or_default();
    let cannot_make = |path: &Path| {
        format!(
            "cannot make {}; choose another folder, as in `feedwright init ~/news`",
            path.display()
        )
    };
    fs::create_dir_all(&folder).with_context(|| cannot_make(&folder))?;
    let file = overrides
        .config
        .take()
        .unwrap_or_else(|| folder.join(config::FILE));
    let file_made = write_new(&file).with_context(|| cannot_make(&file))?;
    overrides.config = Some(file.clone());
    let config = match config::load(&overrides) {
        Ok(config) => config,
        Err(error) => {
            say(&explain(&error));
            return Ok(Outcome::Misused);
        }
    };
    tell(file_made, &file, "every setting, with its default");
    let folders = &config.service;
    for (folder, what) in [
        (&folders.watch_folder, "drop articles here"),
        (&folders.feeds_folder, "feeds and pages are written here"),
    ] {
        let made = !folder.is_dir();
        fs::create_dir_all(folder).with_context(|| cannot_make(folder))?;
        tell(made, folder, what);
    }
    let start = if file == folder.join(config::FILE) {
        match folder.to_str() {
            Some("") => "feedwright".to_owned(),
            _ => format!("cd {} && feedwright", typed(&folder)),
        }
    } else {
        format!("feedwright --config {}", typed(&file))
    };
    say(&format!(
        "\nStart it with    {start}\nthen drop        an article into {}: a text, a saved page, a \
         mail, a Word file, a PDF\nand open         {}",
        folders.watch_folder.display(),
        run::page(&config, &config.serve.listen)
    ));
    Ok(Outcome::Fine)
}

/// Writes the configuration, unless there is one; tells whether.
fn write_new(path: &Path) -> io::Result<bool> {
    match File::create_new(path) {
        Ok(mut file) => {
            file.write_all(config::SAMPLE.as_bytes())?;
            file.sync_all()?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn tell(made: bool, path: &Path, what: &str) {
    let (did, what) = if made {
        ("made", what)
    } else {
        ("kept", "it was there already")
    };
    say(&format!("{did}  {}  ({what})", path.display()));
}

/// A path as it is typed into a shell.
fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-~".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
