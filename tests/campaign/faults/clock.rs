//! Clocks that are set while the program runs, and between two of its runs.

use super::{
    Fault,
    tools::{done, one},
};
use crate::{daemon::Launch, rng::Rng, table::Finding, world::World};
use std::{fs, path::Path};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    vec![Box::new(Jumps)]
}

/// What the clock is set to: some days off, a machine without a battery, before
/// 1970, and past what 32 bits and the dates of feeds can hold.
const JUMPS: [&str; 10] = [
    "+0", "-2s", "-1h", "-2d", "+3d", "+1y", "-56y", "-100y", "+90y", "+8100y",
];

struct Jumps;

/// The library that gives a program another time.
fn faker() -> Option<&'static str> {
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/faketime/libfaketime.so.1",
        "/usr/lib64/faketime/libfaketime.so.1",
    ]
    .into_iter()
    .find(|place| Path::new(place).exists())
}

impl Fault for Jumps {
    fn name(&self) -> &'static str {
        "clock"
    }

    fn about(&self) -> &'static str {
        "the clock jumps to and fro, also past the years that dates can have"
    }

    fn ready(&self) -> Result<(), String> {
        faker()
            .map(drop)
            .ok_or_else(|| "faketime is not installed".to_owned())
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        let clock = world.folder().join("clock");
        let mut launch = Launch::default();
        let environment = [
            ("LD_PRELOAD", faker().unwrap_or_default()),
            ("FAKETIME_TIMESTAMP_FILE", super::tools::word(&clock)),
            ("FAKETIME_NO_CACHE", "1"),
            // Nobody sets the time since the machine was started.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
        ];
        launch.environment = environment
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        if rng.chance(30) {
            world.stop().map_err(one)?;
        }
        let jump = |world: &mut World, rng: &mut Rng| {
            let to = *rng.pick(&JUMPS);
            world.say(format_args!("the clock is {to}"));
            world.hits += 1;
            fs::write(&clock, to)
        };
        done(jump(world, rng))?;
        world.start_as(&launch).map_err(one)?;
        for _ in 0..rng.between(1, 4) {
            let acts = rng.between(1, 3);
            done(world.act(rng, acts))?;
            done(jump(world, rng))?;
        }
        let acts = rng.between(0, 2);
        done(world.act(rng, acts))
    }
}
