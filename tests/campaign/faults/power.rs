//! The power goes: a file system on an image of a disk is shut down without a
//! word, and mounted again.

use super::{
    Fault,
    tools::{Mounted, done, need, need_root, one, other, run, word},
};
use crate::{
    reader::Sweep,
    rng::Rng,
    table::Finding,
    world::{Places, World},
};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let disk = |name, about, make, options| -> Box<dyn Fault> {
        Box::new(Power {
            name,
            about,
            make,
            options,
            image: PathBuf::new(),
            mounted: None,
        })
    };
    vec![
        disk(
            "power-ext4",
            "the power goes, on ext4",
            &["mkfs.ext4", "-q", "-F"],
            "loop",
        ),
        disk(
            "power-ext4-lazy",
            "the power goes, on ext4 that does not wait for data at a rename",
            &["mkfs.ext4", "-q", "-F"],
            "loop,noauto_da_alloc",
        ),
        disk(
            "power-xfs",
            "the power goes, on xfs",
            &["mkfs.xfs", "-q", "-f"],
            "loop",
        ),
    ]
}

/// xfs is not made any smaller.
const SIZE: u64 = 320 << 20;

struct Power {
    name: &'static str,
    about: &'static str,
    make: &'static [&'static str],
    options: &'static str,
    image: PathBuf,
    mounted: Option<Mounted>,
}

impl Power {
    fn mount(&mut self, at: PathBuf) -> std::io::Result<()> {
        let options = ["-o", self.options, word(&self.image)];
        self.mounted = Some(Mounted::new(at, &options)?);
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
        need_root()?;
        need(&["mount", "umount", "xfs_io", self.make[0]])?;
        if Path::new("/dev/loop-control").exists() {
            Ok(())
        } else {
            Err("there are no loop devices".to_owned())
        }
    }

    fn prepare(&mut self, folder: &Path) -> Result<Places, String> {
        self.image = folder.join("image");
        let at = folder.join("disk");
        let made = fs::File::create(&self.image)
            .and_then(|file| file.set_len(SIZE))
            .and_then(|()| {
                let image = word(&self.image).to_owned();
                run(&[self.make, &[&*image]].concat())
            })
            .and_then(|()| self.mount(at.clone()));
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
