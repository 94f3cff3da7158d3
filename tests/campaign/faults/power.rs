//! The power goes: a file system on an image of a disk is shut down without a
//! word, and mounted again.

use super::{
    Fault,
    tools::{Image, Mounted, done, need, one, other, run, word},
};
use crate::{
    reader::Sweep,
    rng::Rng,
    table::Finding,
    world::{Places, World},
};
use std::{
    io,
    path::{Path, PathBuf},
    thread,
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let disk = |name, about, image| -> Box<dyn Fault> {
        Box::new(Power {
            name,
            about,
            image,
            file: PathBuf::new(),
            mounted: None,
        })
    };
    vec![
        disk("power-ext4", "the power goes, on ext4", Image::EXT4),
        disk(
            "power-ext4-lazy",
            "the power goes, on ext4 that does not wait for data at a rename",
            Image {
                options: "loop,noauto_da_alloc",
                ..Image::EXT4
            },
        ),
        disk(
            "power-xfs",
            "the power goes, on xfs",
            Image {
                make: &["mkfs.xfs", "-q", "-f"],
                options: "loop",
            },
        ),
    ]
}

struct Power {
    name: &'static str,
    about: &'static str,
    image: Image,
    file: PathBuf,
    mounted: Option<Mounted>,
}

impl Power {
    fn mount(&mut self, at: PathBuf) -> io::Result<()> {
        self.mounted = Some(self.image.mount(&self.file, at)?);
        Ok(())
    }
}

impl Fault for Power {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        self.image.ready()?;
        need(&["xfs_io"])
    }

    fn prepare(&mut self, folder: &Path) -> Result<Places, String> {
        self.file = folder.join("image");
        let at = folder.join("disk");
        let made = self.image.make(&self.file);
        let made = made.and_then(|()| self.mount(at.clone()));
        made.map_err(|error| error.to_string())?;
        Ok(Places {
            feeds: Some(at.join("feeds")),
            state: Some(at.join("state")),
            ..Places::default()
        })
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        world.start().map_err(one)?;
        let acts = rng.between(0, 5);
        done(world.act(rng, acts))?;
        thread::sleep(rng.moment(150));
        let Some(disk) = self.mounted.take() else {
            return Err(other("nothing is mounted"));
        };
        world.say(format_args!("the power goes"));
        let at = disk.at.clone();
        done(run(&["xfs_io", "-x", "-c", "shutdown", word(&at)]))?;
        world.hits += 1;
        world.kill();
        drop(disk);
        done(self.mount(at))?;
        // What a reader finds before anybody has mended anything.
        world.look.forget();
        world.look.sweep(Sweep::All);
        if rng.chance(50) {
            done(world.act(rng, 1))?;
        }
        Ok(())
    }

    fn finish(&mut self) {
        self.mounted = None;
    }
}
