//! What the watch folder can do: files and folders that move faster than anybody
//! looks, slow writers, numbers that are given again, several names of one file,
//! and things in it that are no files.

use super::{
    Fault,
    tools::{Image, Mounted, done, one, word},
};
use crate::{
    articles,
    model::{Article, Since},
    rng::Rng,
    table::Finding,
    world::{Places, World},
};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write as _},
    os::unix::{fs::symlink, net::UnixListener},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

pub(super) fn faults() -> Vec<Box<dyn Fault>> {
    let folder = |name, about, image, how| -> Box<dyn Fault> {
        Box::new(Folder {
            name,
            about,
            image,
            how,
            mounted: None,
        })
    };
    vec![
        folder(
            "moves",
            "files and folders are moved faster than they are taken in",
            None,
            moves,
        ),
        folder(
            "same-numbers",
            "new files have the numbers of deleted ones, as on any small ext4",
            Some(Image::EXT4),
            same_numbers,
        ),
        folder(
            "slow-writers",
            "files are written in small pieces, in new folders and old ones",
            None,
            slow_writers,
        ),
        folder(
            "hard-links",
            "an article has two names, and is edited through either",
            None,
            hard_links,
        ),
        folder(
            "no-files",
            "links, pipes, sockets and devices come and go",
            None,
            no_files,
        ),
    ]
}

type How = fn(&mut World, &mut Rng) -> Result<(), Vec<Finding>>;

struct Folder {
    name: &'static str,
    about: &'static str,
    /// What the watch folder lies on, if it matters.
    image: Option<Image>,
    how: How,
    mounted: Option<Mounted>,
}

impl Fault for Folder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        self.image.map_or(Ok(()), Image::ready)
    }

    fn prepare(&mut self, folder: &Path) -> Result<Places, String> {
        let Some(image) = self.image else {
            return Ok(Places::default());
        };
        let (file, at) = (folder.join("image"), folder.join("disk"));
        let made = image.make(&file);
        let made = made.and_then(|()| image.mount(&file, at.clone()));
        self.mounted = Some(made.map_err(|error| error.to_string())?);
        let outside = fs::create_dir(at.join("outside"));
        outside.map_err(|error| error.to_string())?;
        Ok(Places {
            watch: Some(at.join("watch")),
            ..Places::default()
        })
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        (self.how)(world, rng)
    }

    fn finish(&mut self) {
        self.mounted = None;
    }
}

fn moves(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    for _ in 0..rng.between(20, 120) {
        world.hits += 1;
        if rng.chance(15) {
            done(world.move_folder(rng))?;
        } else {
            done(world.rename(rng))?;
        }
        if rng.chance(30) {
            thread::sleep(rng.moment(20));
        }
    }
    Ok(())
}

fn same_numbers(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    world.hits += 1;
    let acts = rng.between(2, 8);
    done(world.act(rng, acts))
}

fn slow_writers(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.settle()?;
    let mut writers = Vec::new();
    for _ in 0..rng.between(1, 4) {
        let mark = world.model.new_mark();
        let ending = *rng.pick(&articles::ENDINGS);
        let seed = rng.next();
        let mut place = world.model.new_place(rng, ending);
        if rng.chance(50) {
            let folders = world.model.new_folder().join("inner");
            place = folders.join(place);
        }
        world.say(format_args!("{} slowly at {}", mark.0, place.display()));
        let text = articles::text(&mark, seed, 1, ending);
        let article = Article {
            seed,
            edition: 1,
            ending,
            paths: BTreeSet::from([place.clone()]),
            since: Since {
                other: true,
                ..Since::default()
            },
            known: false,
        };
        world.model.live.insert(mark, article);
        let path = world.watch().join(place);
        let (size, pause) = (rng.between(40, 400), rng.between(1, 150));
        world.hits += 1;
        // Before others move or delete it.
        done(fs::create_dir_all(path.parent().unwrap_or(&path)))?;
        let mut file = done(File::create(path))?;
        writers.push(thread::spawn(move || -> io::Result<()> {
            let size = usize::try_from(size).unwrap_or(40);
            for piece in text.as_bytes().chunks(size) {
                file.write_all(piece)?;
                thread::sleep(Duration::from_millis(pause));
            }
            Ok(())
        }));
    }
    let acts = rng.between(1, 5);
    done(world.act(rng, acts))?;
    for writer in writers {
        done(
            writer
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("it panicked"))),
        )?;
    }
    Ok(())
}

fn hard_links(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.settle()?;
    for _ in 0..rng.between(1, 3) {
        let alone = |article: &Article| article.paths.len() == 1 && article.since.nothing();
        let Some(mark) = world.model.one(rng, alone) else {
            return Ok(());
        };
        let ending = world.model.live[&mark].ending;
        let name = world.model.new_name(ending);
        let root = world.watch();
        let Some(article) = world.model.live.get_mut(&mark) else {
            return Ok(());
        };
        let Some(first) = article.alone().map(Path::to_owned) else {
            return Ok(());
        };
        let second = PathBuf::from(name);
        done(fs::hard_link(root.join(&first), root.join(&second)))?;
        article.paths.insert(second.clone());
        article.since.other = true;
        world.say(format_args!("{} is {} as well", mark.0, second.display()));
        world.hits += 1;
        let through = if rng.chance(50) { &first } else { &second };
        let gone = if rng.chance(50) { &first } else { &second };
        // What is written through a name that comes and goes before anybody
        // looks is told of no other name: only the next listing finds it.
        if rng.chance(50) || (through == &second && gone == &second) {
            world.told_of(&second)?;
        }
        let Some(article) = world.model.live.get_mut(&mark) else {
            return Ok(());
        };
        article.edition += 1;
        article.since.edits += 1;
        let text = articles::text(&mark, article.seed, article.edition, ending);
        done(fs::write(root.join(through), text))?;
        if rng.chance(50) {
            world.settle()?;
        }
        if let Some(article) = world.model.live.get_mut(&mark) {
            article.paths.remove(gone);
        }
        done(fs::remove_file(root.join(gone)))?;
        world.say(format_args!("edited, and {} is gone", gone.display()));
    }
    Ok(())
}

fn no_files(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    let root = world.watch();
    let outside = world.outside();
    let secret = outside.join("secret.md");
    // Nobody knows an article with such a headline.
    done(fs::write(
        &secret,
        "# Secret\n\nThis is in another folder.\n",
    ))?;
    let mut made = Vec::new();
    let mut sockets = Vec::new();
    for number in 0..rng.between(3, 12) {
        let path = root.join(format!("odd{number}.md"));
        done(match rng.below(8) {
            0 => symlink(&secret, &path),
            1 => symlink(&outside, &path),
            2 => symlink("nowhere.md", &path),
            3 => symlink(".", &path),
            4 => symlink(&path, &path),
            5 => UnixListener::bind(&path).map(|socket| sockets.push(socket)),
            6 => super::tools::run(&["mkfifo", word(&path)]),
            _ => {
                // As a file that is renamed into place.
                let aside = outside.join("link");
                symlink(&outside, &aside).and_then(|()| fs::rename(aside, &path))
            }
        })?;
        made.push(path);
        world.hits += 1;
        if rng.chance(50) {
            done(world.act(rng, 1))?;
        }
    }
    if rng.chance(30) {
        world.kill();
        world.start().map_err(one)?;
    }
    let start = Instant::now();
    world.settle()?;
    world.say(format_args!("settled in {:?}", start.elapsed()));
    for path in made {
        done(fs::remove_file(path))?;
    }
    let acts = rng.between(0, 2);
    done(world.act(rng, acts))
}
