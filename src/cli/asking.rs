//! Decisions of the owner's at the terminal: what they are about is looked up,
//! said and asked for, and they are taken by whoever has the catalogue.

use super::{Outcome, args::Asking, documents, say};
use crate::{
    config::Config,
    service::{Taken, Visitor},
};
use std::io::{IsTerminal as _, Write as _, stdin};

/// Why nothing is done.
pub(super) struct Refused {
    pub(super) why: String,
    pub(super) outcome: Outcome,
}

impl Refused {
    pub(super) fn failed(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            outcome: Outcome::Failed,
        }
    }

    pub(super) fn needless(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            outcome: Outcome::Fine,
        }
    }
}

/// Asks whether to go on.
pub(super) fn ask(asking: Asking) -> Result<(), Refused> {
    if asking.yes {
        return Ok(());
    }
    if !stdin().is_terminal() {
        return Err(Refused {
            why: "nothing is changed: there is no terminal to ask on; say --yes to go on"
                .to_owned(),
            outcome: Outcome::Misused,
        });
    }
    let mut stderr = anstream::stderr();
    // There is nobody to ask when standard error is closed.
    let _ = write!(stderr, "Go on? [y/N] ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    let answer = answer.trim().to_lowercase();
    if read.is_ok() && matches!(&*answer, "y" | "yes") {
        return Ok(());
    }
    Err(Refused::failed("nothing is changed"))
}

/// How a decision was taken, in words.
pub(super) fn done(taken: &Taken) -> String {
    match taken {
        Taken::Here { written } if written.is_empty() => {
            "done; the feeds show none of it".to_owned()
        }
        Taken::Here { written } => format!("done; wrote {}", documents(written)),
        Taken::There(holder) => format!("done by {holder}, which keeps the feeds up to date"),
        Taken::Later(holder) => format!(
            "{holder} has the catalogue and is busy; it takes the decision as soon as it can"
        ),
    }
}

/// The catalogue, to look into; says so where there is none.
pub(super) fn visitor(config: &Config) -> anyhow::Result<Option<Visitor>> {
    let folder = &config.service.state_folder;
    let visitor = Visitor::open(folder)?;
    if visitor.is_none() {
        say(&format!(
            "there is no catalogue in {} yet; `feedwright build` makes one, and --state names \
             another folder",
            folder.display()
        ));
    }
    Ok(visitor)
}
