//! What people do in the watch folder, carried out and noted in the model.

use crate::{
    articles::{self, ENDINGS, Mark},
    model::{Article, Since},
    rng::Rng,
    ways::{self, Way, parent},
    world::World,
};
use std::{
    collections::BTreeSet,
    fs, io,
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

/// With fewer articles in the folder more are made, with more of them they are
/// deleted.
const FEW: usize = 8;
const MANY: usize = 20;

impl World {
    /// Does so many things at random.
    pub(crate) fn act(&mut self, rng: &mut Rng, times: u64) -> io::Result<()> {
        for _ in 0..times {
            self.act_once(rng)?;
            if rng.chance(40) {
                thread::sleep(rng.moment(12));
            }
        }
        Ok(())
    }

    fn act_once(&mut self, rng: &mut Rng) -> io::Result<()> {
        let live = self.model.live.len();
        if live < FEW {
            return if rng.chance(40) && !self.model.deleted.is_empty() {
                self.bring_back(rng)
            } else {
                self.drop_new(rng)
            };
        }
        if live > MANY {
            return self.delete(rng);
        }
        match rng.below(100) {
            0..16 => self.drop_new(rng),
            16..36 => self.edit(rng),
            46..54 if !self.model.apart => self.move_and_edit(rng),
            54..66 => self.delete(rng),
            66..78 => self.bring_back(rng),
            78..82 => self.copy(rng),
            82..86 => self.delete_copy(rng),
            86..90 => self.move_folder(rng),
            90..93 if self.is_calm() => self.swap(rng),
            93..95 => self.overwrite(rng),
            95..97 => self.come_and_go(rng),
            97..100 => self.touch(rng),
            _ => self.rename(rng),
        }
    }

    /// A new article, as yet nowhere.
    fn fresh(&mut self, rng: &mut Rng) -> (Mark, Article) {
        let ending = *rng.pick(&ENDINGS);
        let mark = self.model.new_mark();
        let article = Article {
            seed: rng.next(),
            edition: 1,
            ending,
            paths: BTreeSet::new(),
            since: Since {
                other: true,
                ..Since::default()
            },
            known: false,
        };
        (mark, article)
    }

    pub(crate) fn drop_new(&mut self, rng: &mut Rng) -> io::Result<()> {
        let (mark, mut article) = self.fresh(rng);
        let place = self.model.new_place(rng, article.ending);
        article.paths.insert(place.clone());
        let text = text(&mark, &article);
        self.say(format_args!("new {} at {}", mark.0, place.display()));
        // Known to the model before it is known to anybody.
        self.model.live.insert(mark, article);
        ways::put(self, rng, &place, &text)
    }

    fn edit(&mut self, rng: &mut Rng) -> io::Result<()> {
        let editable = |article: &Article| self.model.may_edit(article);
        let Some(mark) = self.model.one(rng, editable) else {
            return Ok(());
        };
        self.edit_this(rng, &mark)
    }

    fn edit_this(&mut self, rng: &mut Rng, mark: &Mark) -> io::Result<()> {
        let Some(article) = self.model.live.get_mut(mark) else {
            return Ok(());
        };
        article.edition += 1;
        article.since.edits += 1;
        let text = text(mark, article);
        let Some(place) = article.alone().map(Path::to_owned) else {
            return Ok(());
        };
        let edition = article.edition;
        let how = Way::pick(rng, self.is_calm());
        self.say(format_args!(
            "edit {} to {edition} at {} ({how:?})",
            mark.0,
            place.display()
        ));
        if how == Way::AsVim {
            // There is no such file for a moment.
            self.unsteady(mark);
        }
        how.save(rng, &self.watch().join(place), &text)
    }

    pub(crate) fn rename(&mut self, rng: &mut Rng) -> io::Result<()> {
        let movable = |article: &Article| self.model.may_move(article);
        let Some(mark) = self.model.one(rng, movable) else {
            return Ok(());
        };
        self.rename_this(rng, &mark)
    }

    fn rename_this(&mut self, rng: &mut Rng, mark: &Mark) -> io::Result<()> {
        let Some(article) = self.model.live.get(mark) else {
            return Ok(());
        };
        let ending = article.ending;
        let to = self.model.new_place(rng, ending);
        self.rename_to(mark, &to)
    }

    fn rename_to(&mut self, mark: &Mark, to: &Path) -> io::Result<()> {
        let Some(article) = self.model.live.get_mut(mark) else {
            return Ok(());
        };
        let Some(from) = article.paths.pop_first() else {
            return Ok(());
        };
        article.paths.insert(to.to_owned());
        article.since.moved = true;
        self.say(format_args!(
            "move {} from {} to {}",
            mark.0,
            from.display(),
            to.display()
        ));
        let target = self.watch().join(to);
        fs::create_dir_all(parent(&target))?;
        fs::rename(self.watch().join(from), target)
    }

    fn move_and_edit(&mut self, rng: &mut Rng) -> io::Result<()> {
        let still = |article: &Article| article.paths.len() == 1 && article.since.nothing();
        let Some(mark) = self.model.one(rng, still) else {
            return Ok(());
        };
        self.rename_this(rng, &mark)?;
        if rng.chance(30) {
            thread::sleep(rng.moment(60));
        }
        self.edit_this(rng, &mark)
    }

    fn delete(&mut self, rng: &mut Rng) -> io::Result<()> {
        match self.model.one(rng, |_| true) {
            Some(mark) => self.delete_this(&mark),
            None => Ok(()),
        }
    }

    fn delete_this(&mut self, mark: &Mark) -> io::Result<()> {
        self.unsteady(mark);
        self.say(format_args!("delete {}", mark.0));
        let Some(article) = self.model.delete(mark) else {
            return Ok(());
        };
        for path in &article.paths {
            fs::remove_file(self.watch().join(path))?;
        }
        Ok(())
    }

    fn bring_back(&mut self, rng: &mut Rng) -> io::Result<()> {
        let Some(mark) = self.model.gone(rng) else {
            return Ok(());
        };
        let Some(mut article) = self.model.deleted.remove(&mark) else {
            return Ok(());
        };
        article.since.other = true;
        let before = article.paths.pop_first();
        article.paths.clear();
        let place = match before {
            Some(before) if rng.chance(50) => before,
            _ => self.model.new_place(rng, article.ending),
        };
        article.paths.insert(place.clone());
        let text = text(&mark, &article);
        self.say(format_args!("back {} at {}", mark.0, place.display()));
        self.model.live.insert(mark, article);
        ways::put(self, rng, &place, &text)
    }

    fn copy(&mut self, rng: &mut Rng) -> io::Result<()> {
        let still = |article: &Article| article.paths.len() == 1 && article.since.nothing();
        let Some(mark) = self.model.one(rng, still) else {
            return Ok(());
        };
        let to = self.model.new_place(rng, self.model.live[&mark].ending);
        let from = self.model.live.get_mut(&mark).and_then(|article| {
            article.since.other = true;
            let from = article.paths.first().cloned();
            article.paths.insert(to.clone());
            from
        });
        let Some(from) = from else { return Ok(()) };
        self.say(format_args!("copy {} to {}", mark.0, to.display()));
        let target = self.watch().join(to);
        fs::create_dir_all(parent(&target))?;
        fs::copy(self.watch().join(from), target).map(drop)
    }

    fn delete_copy(&mut self, rng: &mut Rng) -> io::Result<()> {
        let copied = |article: &Article| article.paths.len() > 1 && article.since.nothing();
        let Some(mark) = self.model.one(rng, copied) else {
            return Ok(());
        };
        let first = rng.chance(50);
        let path = self.model.live.get_mut(&mark).and_then(|article| {
            article.since.other = true;
            if first {
                article.paths.pop_first()
            } else {
                article.paths.pop_last()
            }
        });
        let Some(path) = path else { return Ok(()) };
        self.say(format_args!("delete a copy of {}", mark.0));
        fs::remove_file(self.watch().join(path))
    }

    pub(crate) fn move_folder(&mut self, rng: &mut Rng) -> io::Result<()> {
        let Some(from) = self.model.movable_folder(rng) else {
            return Ok(());
        };
        let to = self.model.new_folder();
        for article in self.model.live.values_mut() {
            let inside = article
                .alone()
                .and_then(|path| path.strip_prefix(&from).ok());
            if let Some(place) = inside.map(|rest| to.join(rest)) {
                article.paths = BTreeSet::from([place]);
                article.since.moved = true;
            }
        }
        self.say(format_args!(
            "folder {} to {}",
            from.display(),
            to.display()
        ));
        fs::rename(self.watch().join(from), self.watch().join(to))
    }

    /// An article is renamed, and another put where it was. Only within a folder
    /// that is there, and is watched: elsewhere the old text may be told of so
    /// much later that nobody can know it was not edited.
    fn swap(&mut self, rng: &mut Rng) -> io::Result<()> {
        let still = |article: &Article| article.paths.len() == 1 && article.since.nothing();
        let Some(old) = self.model.one(rng, still) else {
            return Ok(());
        };
        let Some(place) = self.model.live[&old].alone().map(Path::to_owned) else {
            return Ok(());
        };
        let ending = self.model.live[&old].ending;
        let to = place.with_file_name(self.model.new_name(ending));
        self.rename_to(&old, &to)?;
        let (mark, mut article) = self.fresh(rng);
        article.ending = ending;
        article.paths.insert(place.clone());
        let text = text(&mark, &article);
        if let Some(old) = self.model.live.get_mut(&old) {
            old.since.other = true;
        }
        self.say(format_args!("new {} in its place", mark.0));
        // Where the old one is deleted before anybody saw it, this is an edit.
        self.replaced(&mark, old.clone());
        self.model.live.insert(mark, article);
        fs::write(self.watch().join(place), text)
    }

    /// An article is replaced by another of the same name: for subscribers that
    /// is an edit, whatever it says.
    fn overwrite(&mut self, rng: &mut Rng) -> io::Result<()> {
        let still = |article: &Article| article.paths.len() == 1 && article.since.nothing();
        let Some(old) = self.model.one(rng, still) else {
            return Ok(());
        };
        self.unsteady(&old);
        let Some(before) = self.model.live.remove(&old) else {
            return Ok(());
        };
        let Some(place) = before.alone().map(Path::to_owned) else {
            return Ok(());
        };
        let (mark, mut article) = self.fresh(rng);
        article.ending = before.ending;
        article.paths.insert(place.clone());
        let text = text(&mark, &article);
        self.say(format_args!("overwrite {} with {}", old.0, mark.0));
        self.replaced(&mark, old);
        self.model.live.insert(mark, article);
        fs::write(self.watch().join(place), text)
    }

    /// A file that is gone as soon as it came.
    fn come_and_go(&mut self, rng: &mut Rng) -> io::Result<()> {
        let (mark, article) = self.fresh(rng);
        let place = self.model.new_place(rng, article.ending);
        self.say(format_args!("{} comes and goes", mark.0));
        let path = self.watch().join(place);
        fs::create_dir_all(parent(&path))?;
        fs::write(&path, text(&mark, &article))?;
        thread::sleep(rng.moment(8));
        fs::remove_file(path)
    }

    /// A file gets another time and nothing else.
    fn touch(&mut self, rng: &mut Rng) -> io::Result<()> {
        let Some(mark) = self.model.one(rng, |_| true) else {
            return Ok(());
        };
        let past = SystemTime::now() - Duration::from_secs(rng.between(1, 100_000));
        self.say(format_args!("touch {}", mark.0));
        for path in &self.model.live[&mark].paths {
            let file = fs::File::options()
                .append(true)
                .open(self.watch().join(path))?;
            file.set_modified(past)?;
        }
        Ok(())
    }
}

fn text(mark: &Mark, article: &Article) -> String {
    articles::text(mark, article.seed, article.edition, article.ending)
}
