//! The process is killed, at any instant.

use super::{
    Fault,
    tools::{done, one},
};
use crate::{daemon::Launch, rng::Rng, table::Finding, world::World};
use std::thread;

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    vec![Box::new(Nothing), Box::new(Kill)]
}

struct Nothing;

impl Fault for Nothing {
    fn name(&self) -> &'static str {
        "none"
    }

    fn about(&self) -> &'static str {
        "no fault at all: what people do, and a restart now and then"
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        if rng.chance(20) {
            world.stop().map_err(one)?;
            world.hits += 1;
        }
        world.start().map_err(one)?;
        let acts = rng.between(1, 8);
        done(world.act(rng, acts))
    }
}

struct Kill;

impl Fault for Kill {
    fn name(&self) -> &'static str {
        "kill"
    }

    fn about(&self) -> &'static str {
        "killed at any instant, also while it starts, up to three times in a row"
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        for _ in 0..rng.between(1, 3) {
            if rng.chance(30) {
                // In the middle of its start.
                world.kill();
                world.spawn(&Launch::default()).map_err(one)?;
            } else {
                world.start().map_err(one)?;
            }
            let acts = rng.between(0, 4);
            done(world.act(rng, acts))?;
            thread::sleep(rng.moment(60));
            world.hits += u64::from(world.is_running());
            world.kill();
            if rng.chance(50) {
                let acts = rng.between(1, 3);
                done(world.act(rng, acts))?;
            }
        }
        Ok(())
    }
}
