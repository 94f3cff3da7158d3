//! What the watch folder can do: events that are lost or not to be had, mounts
//! over it, files and folders that move faster than anybody looks, slow writers,
//! and things in it that are no files.

use super::{
    Fault,
    tools::{Mounted, done, need, need_root, one, other, word},
};
use crate::{articles, rng::Rng, table::Finding, world::World};
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
    let folder = |name, about, needs, how| -> Box<dyn Fault> {
        Box::new(Folder {
            name,
            about,
            needs,
            how,
        })
    };
    vec![
        folder(
            "overflow",
            "the queue of events overflows in a burst of files and folders",
            Needs::Root,
            overflow,
        ),
        folder(
            "watches",
            "the system has no watches left, and has some again",
            Needs::Root,
            watches,
        ),
        folder(
            "mounted-over",
            "another disk is mounted over the watch folder, and taken away",
            Needs::Mounts,
            mounted_over,
        ),
        folder(
            "root-away",
            "the watch folder is moved away and comes back",
            Needs::Nothing,
            root_away,
        ),
        folder(
            "moves",
            "files and folders are moved faster than they are taken in",
            Needs::Nothing,
            moves,
        ),
        folder(
            "slow-writers",
            "files are written in small pieces, in new folders and old ones",
            Needs::Nothing,
            slow_writers,
        ),
        folder(
            "hard-links",
            "an article has two names, and is edited through either",
            Needs::Nothing,
            hard_links,
        ),
        folder(
            "no-files",
            "links, pipes, sockets and devices come and go",
            Needs::Nothing,
            no_files,
        ),
    ]
}

enum Needs {
    Nothing,
    Root,
    Mounts,
}

type How = fn(&mut World, &mut Rng) -> Result<(), Vec<Finding>>;

struct Folder {
    name: &'static str,
    about: &'static str,
    needs: Needs,
    how: How,
}

impl Fault for Folder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn ready(&self) -> Result<(), String> {
        match self.needs {
            Needs::Nothing => Ok(()),
            Needs::Root => need_root(),
            Needs::Mounts => need_root().and_then(|()| need(&["mount", "umount"])),
        }
    }

    fn round(&mut self, world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
        (self.how)(world, rng)
    }
}

/// A limit of the system that is another one while this is held.
struct Limit {
    path: PathBuf,
    before: String,
}

impl Limit {
    fn set(name: &str, value: u64) -> io::Result<Self> {
        let path = Path::new("/proc/sys/fs/inotify").join(name);
        let before = fs::read_to_string(&path)?;
        fs::write(&path, value.to_string())?;
        Ok(Self { path, before })
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.path, &self.before) {
            eprintln!(
                "{} was {} and could not be set back: {error}",
                self.path.display(),
                self.before.trim()
            );
        }
    }
}

/// How many watches there are in the system.
fn watches_in_use() -> u64 {
    let mut count = 0;
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let files = fs::read_dir(process.path().join("fdinfo"));
        for file in files.into_iter().flatten().flatten() {
            let told = fs::read_to_string(file.path()).unwrap_or_default();
            count += told
                .lines()
                .filter(|line| line.starts_with("inotify"))
                .count() as u64;
        }
    }
    count
}

fn overflow(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.stop().map_err(one)?;
    {
        let _limit = done(Limit::set("max_queued_events", 32))?;
        world.start().map_err(one)?;
    }
    world.say(format_args!("a burst"));
    let noise = world.watch().join(format!("noise{}", rng.below(1000)));
    let size = rng.between(200, 2000);
    thread::scope(|scope| {
        let burst = scope.spawn(|| {
            for number in 0..size {
                let folder = noise.join((number % 7).to_string());
                fs::create_dir_all(&folder)?;
                // An empty file that goes at once is nothing to anybody.
                let file = folder.join(format!("{number}.md"));
                File::create(&file)?;
                fs::remove_file(file)?;
            }
            fs::remove_dir_all(&noise)
        });
        let acts = rng.between(3, 10);
        done(world.act(rng, acts))?;
        // In a folder that came while events were lost.
        done(world.drop_new(rng))?;
        done(
            burst
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("it panicked"))),
        )
    })?;
    let acts = rng.between(0, 3);
    done(world.act(rng, acts))
}

fn watches(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    let limited = rng.chance(50);
    if limited {
        world.stop().map_err(one)?;
    }
    {
        let room = rng.below(5);
        let _limit = done(Limit::set("max_user_watches", watches_in_use() + room))?;
        world.start().map_err(one)?;
        for number in 0..8 {
            let folder = world.watch().join(format!("empty{number}/inner"));
            done(fs::create_dir_all(folder))?;
        }
        thread::sleep(rng.moment(300));
    }
    let acts = rng.between(1, 6);
    done(world.act(rng, acts))?;
    for number in 0..8 {
        let folder = world.watch().join(format!("empty{number}"));
        done(fs::remove_dir_all(folder))?;
    }
    let said = world.said();
    let words = "cannot be watched by events";
    if said.matches(words).count() > 1 {
        return Err(other(format!("it says more than once: {words}")));
    }
    Ok(())
}

fn mounted_over(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))?;
    if rng.chance(20) {
        world.kill();
    }
    world.say(format_args!("mounted over"));
    let mounted = done(Mounted::new(
        world.watch(),
        &["-t", "tmpfs", "-o", "size=1m", "none"],
    ))?;
    world.start().map_err(one)?;
    thread::sleep(rng.moment(2500));
    if rng.chance(20) {
        world.kill();
    }
    drop(mounted);
    world.say(format_args!("taken away"));
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))
}

fn root_away(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))?;
    let root = world.watch();
    let aside = root.with_file_name("aside");
    world.say(format_args!("the root is away"));
    done(fs::rename(&root, &aside))?;
    if rng.chance(50) {
        thread::sleep(rng.moment(1500));
    }
    // An empty one in its place for a while.
    if rng.chance(50) {
        done(fs::create_dir(&root))?;
        thread::sleep(rng.moment(1500));
        done(fs::remove_dir(&root))?;
    }
    done(fs::rename(&aside, &root))?;
    world.say(format_args!("the root is back"));
    let acts = rng.between(0, 4);
    done(world.act(rng, acts))
}

fn moves(world: &mut World, rng: &mut Rng) -> Result<(), Vec<Finding>> {
    world.start().map_err(one)?;
    for _ in 0..rng.between(20, 120) {
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
        let article = crate::model::Article {
            seed,
            edition: 1,
            ending,
            paths: BTreeSet::from([place.clone()]),
            since: crate::model::Since {
                other: true,
                ..crate::model::Since::default()
            },
            known: false,
        };
        world.model.live.insert(mark, article);
        let path = world.watch().join(place);
        let (size, pause) = (rng.between(40, 400), rng.between(1, 150));
        writers.push(thread::spawn(move || -> io::Result<()> {
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            let mut file = File::create(path)?;
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
        let alone =
            |article: &crate::model::Article| article.paths.len() == 1 && article.since.nothing();
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
        world.settle()?;
        let Some(article) = world.model.live.get_mut(&mark) else {
            return Ok(());
        };
        article.edition += 1;
        article.since.edits += 1;
        let text = articles::text(&mark, article.seed, article.edition, ending);
        let through = if rng.chance(50) { &first } else { &second };
        let gone = if rng.chance(50) { &first } else { &second };
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
