//! The faults, one file for each kind of them.

mod clock;
mod events;
mod folder;
mod full;
mod kill;
mod limits;
mod power;
mod sabotage;
mod stored;
mod tools;
mod traced;

use crate::{
    rng::Rng,
    table::Finding,
    world::{Places, World},
};
use std::path::Path;

/// Something that goes wrong.
///
/// Each has a world of its own, in which its rounds follow each other.
pub(crate) trait Fault {
    /// What it is called on the command line and in the table.
    fn name(&self) -> &'static str;

    /// What happens, in a few words.
    fn about(&self) -> &'static str;

    /// Whether it can be caused here.
    ///
    /// # Errors
    ///
    /// In words, why not.
    fn ready(&self) -> Result<(), String> {
        Ok(())
    }

    /// Whether it is felt by everything else on the machine, so that nothing may
    /// be tried beside it.
    fn disturbs(&self) -> bool {
        false
    }

    /// Makes what has to be there before the world is, in its folder, and tells
    /// where the world's folders are. Called again for a new world.
    ///
    /// # Errors
    ///
    /// In words, why it cannot be made.
    fn prepare(&mut self, _folder: &Path) -> Result<Places, String> {
        Ok(Places::default())
    }

    /// One round: things are done in the folder, and the fault happens. When it
    /// returns, nothing is in the way any more; the daemon may run or not.
    ///
    /// # Errors
    ///
    /// All that was found to be wrong on the way.
    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>>;

    /// Takes down what was prepared. The world's daemon has ended.
    fn finish(&mut self) {}
}

/// All faults, in the order of the table.
pub(crate) fn all() -> Vec<Box<dyn Fault>> {
    let mut all: Vec<Box<dyn Fault>> = Vec::new();
    all.extend(kill::faults());
    all.extend(traced::faults());
    all.extend(limits::faults());
    all.extend(full::faults());
    all.extend(power::faults());
    all.extend(stored::faults());
    all.extend(sabotage::faults());
    all.extend(events::faults());
    all.extend(folder::faults());
    all.extend(clock::faults());
    all
}
