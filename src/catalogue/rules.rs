//! What does a record mean for the entries?
//!
//! Pure: what matters of the catalogue goes in, a decision comes out. The order
//! of the rules is the order of their evidence: the same text is the same
//! article wherever it lies; a like text at the same path is an edit; a like
//! text at another path is one only if its file has just gone.

use super::id::{Fingerprint, Identity, Sketch};
use crate::entry::Digest;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long after the end of a go an entry that was overwritten in it may get its
/// text back. What is moved into a folder that is as new as the move is told of
/// up to a second later than what was put in its place, and on a busy machine
/// some seconds.
pub(super) const REMEMBERED: Duration = Duration::from_mins(1);

/// An entry's place in the catalogue; smaller is older.
pub(super) type Key = i64;

/// From this likeness on, a text at a new path is an article whose file has
/// gone, moved and edited at once. With one paragraph in four rewritten the
/// likeness is still 0.6; two reports made from one template, with a third of
/// their text in common, have 0.2.
const MOVED: f64 = 0.5;

/// From this likeness on, a text at the same path is the same article, edited.
/// The path is evidence as well, so less likeness is asked for: 0.2 is what is
/// left when two paragraphs in three are rewritten.
const EDITED: f64 = 0.2;

/// What is known of the file at the path where an article was found, if an
/// entry has it.
#[derive(Debug, Clone)]
pub(super) struct Here {
    pub(super) entry: Key,
    /// The file's bytes when it was last an article.
    pub(super) content: [u8; 32],
    /// The entry's text.
    pub(super) fingerprint: Fingerprint,
    pub(super) sketch: Sketch,
    /// Whether the entry follows this file: of its files the one known longest.
    pub(super) governs: bool,
    /// Whether other files have the entry's text.
    pub(super) copies: bool,
}

/// Whether an entry is shown. The order is the order of preference where
/// several have the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It has a file.
    Live,
    /// Its files went since the last end; it is still shown.
    Orphaned,
    /// It is no longer shown.
    Withdrawn,
}

/// An entry without files.
#[derive(Debug, Clone)]
pub(super) struct Departed {
    pub(super) entry: Key,
    pub(super) sketch: Sketch,
    /// Whether its last file lay at the path in question.
    pub(super) was_here: bool,
}

/// An entry that was overwritten with an unlike text lately.
#[derive(Debug, Clone)]
pub(super) struct Overwritten {
    pub(super) entry: Key,
    /// Its text before and now.
    pub(super) before: Sketch,
    pub(super) now: Sketch,
}

/// What of the catalogue matters for an article that was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) here: Option<Here>,
    /// Entries that now have the same text or bytes.
    pub(super) twins: Vec<(Standing, Key)>,
    /// Whether the only one of them that is shown has just come.
    pub(super) twin_is_new: bool,
    /// The oldest entry that had this text until it was overwritten.
    pub(super) overwritten: Option<Overwritten>,
    /// Entries whose files went lately.
    pub(super) departed: Vec<Departed>,
}

/// What an article that was found means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// The file is as it was; if its entry follows it, the digest may be newer.
    Refresh,
    /// The entry here changes.
    Edit,
    /// The entry here gets an unlike text. For a while, its old text may turn up
    /// elsewhere.
    Overwrite,
    /// The entry here changes; its other files, which keep the old text, become
    /// an entry of their own.
    Split,
    /// The entry here changes, and this one, which has its new text, ends in it:
    /// it was a file that an editor wrote and then gave the name of the one here.
    Absorb(Key),
    /// The file is one of this entry's from now on, and of no other.
    Join(Key),
    /// The file has this entry's former text: it was moved here and something
    /// else put in its place. The entry gets its text back, and what was put
    /// in its place is a new entry.
    Restore(Key),
    /// It is a new entry.
    Add,
}

/// Decides what it means that this article was found.
pub(super) fn decide(found: &Identity, known: &Known) -> Decision {
    if let Some(here) = &known.here {
        let same_text = here.fingerprint == found.fingerprint;
        if here.content == found.content || (same_text && !here.governs) {
            return Decision::Refresh;
        }
        if same_text {
            return Decision::Edit;
        }
    }
    let governed = known.here.as_ref().filter(|here| here.governs);
    let twin = known.twins.iter().min();
    let overwritten = known.overwritten.as_ref().filter(|old| {
        let here = known.here.as_ref().map(|here| here.entry);
        here != Some(old.entry) && !is_edit(&old.before, &old.now)
    });
    // What is no longer shown may have had the same text for other reasons, and
    // long ago.
    if let Some(old) = overwritten
        && twin.is_none_or(|(standing, _)| *standing == Standing::Withdrawn)
    {
        return Decision::Restore(old.entry);
    }
    if let Some((_, entry)) = twin {
        return match governed {
            Some(here)
                if known.twin_is_new
                    && !here.copies
                    && here.entry < *entry
                    && is_edit(&here.sketch, &found.sketch) =>
            {
                Decision::Absorb(*entry)
            }
            _ => Decision::Join(*entry),
        };
    }
    if let Some(here) = governed
        && is_edit(&here.sketch, &found.sketch)
    {
        return if here.copies {
            Decision::Split
        } else {
            Decision::Edit
        };
    }
    if let Some(entry) = moved_from(found, known) {
        return Decision::Join(entry);
    }
    match governed {
        // Where a copy keeps the old text, the old entry is the copy's.
        Some(here) if !here.copies => Decision::Overwrite,
        _ => Decision::Add,
    }
}

/// Whether one text at the same path is the other, edited. Texts too short to
/// tell are taken for it: that the path is the same is all the evidence.
fn is_edit(before: &Sketch, now: &Sketch) -> bool {
    before
        .likeness(now)
        .is_none_or(|likeness| likeness >= EDITED)
}

/// The departed entry that this article is most like.
fn moved_from(found: &Identity, known: &Known) -> Option<Key> {
    let mut best: Option<(f64, Key)> = None;
    for departed in &known.departed {
        let came_back = departed.was_here && known.here.is_none();
        let enough = if came_back { EDITED } else { MOVED };
        let Some(likeness) = departed.sketch.likeness(&found.sketch) else {
            continue;
        };
        let better = best.is_none_or(|(most, oldest)| {
            likeness > most || (likeness >= most && departed.entry < oldest)
        });
        if likeness >= enough && better {
            best = Some((likeness, departed.entry));
        }
    }
    best.map(|(_, entry)| entry)
}

/// Which new entries are entries whose files went in the same go, moved and
/// edited at once: pairs of the orphan and the new one.
///
/// This is for moves of which the new path was told before the old one. Each
/// entry is in one pair at most; the most alike come first, then the oldest. An
/// entry that is older than the orphan cannot be what became of it.
pub(super) fn pair(orphans: &[(Key, Sketch)], added: &[(Key, Sketch)]) -> Vec<(Key, Key)> {
    let mut alike: Vec<(f64, Key, Key)> = Vec::new();
    for (orphan, old) in orphans {
        for (entry, new) in added.iter().filter(|(entry, _)| entry > orphan) {
            let likeness = old.likeness(new).filter(|likeness| *likeness >= MOVED);
            alike.extend(likeness.map(|likeness| (likeness, *orphan, *entry)));
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(Key, Key)> = Vec::new();
    for (_, orphan, entry) in alike {
        let taken = |(o, e): &(Key, Key)| *o == orphan || *e == entry;
        if !pairs.iter().any(taken) {
            pairs.push((orphan, entry));
        }
    }
    pairs
}

/// An entry's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) published: Timestamp,
    pub(super) updated: Timestamp,
}

impl Dates {
    /// The dates of an article that is seen for the first time.
    pub(super) fn first(digest: &Digest, at: Timestamp) -> Self {
        let published = digest.published.unwrap_or(at);
        let updated = digest.modified.unwrap_or(published).max(published);
        Self::whole(published, updated)
    }

    /// The dates of an entry with these, as far as feeds show them, whose article
    /// was read anew. Feeds show whole seconds.
    pub(super) fn stated(self, digest: &Digest) -> Self {
        let published = digest.published.unwrap_or(self.published);
        let same = |stated: &Timestamp| stated.as_second() == self.updated.as_second();
        let updated = digest.modified.filter(same).unwrap_or(self.updated);
        Self::whole(published, updated.max(published))
    }

    /// The dates after an entry with these got another digest.
    pub(super) fn after(self, change: Change, digest: &Digest, at: Timestamp) -> Self {
        let published = digest.published.unwrap_or(self.published);
        let stated = digest.modified.filter(|modified| *modified > self.updated);
        let updated = match change {
            Change::None | Change::Digesting => self.updated,
            Change::Meaning => stated.unwrap_or_else(|| self.later(at)),
            Change::StatedDate => stated.unwrap_or(self.updated),
        };
        Self::whole(published, updated.max(published))
    }

    /// The dates after an entry with these got the text of `former` dates back.
    pub(super) fn back(self, former: Self, digest: &Digest, at: Timestamp) -> Self {
        let now = Self {
            published: former.published,
            ..self
        };
        now.after(Change::Meaning, digest, at)
    }

    /// When an entry with these dates changed, by a clock that says `at`. It never
    /// goes back: of two states of an entry the one with the later date is the
    /// newer one to readers, and a clock that was set back, or an article that
    /// states a date to come, must not hide a change from them.
    fn later(self, at: Timestamp) -> Timestamp {
        if at >= self.updated {
            return at;
        }
        let second = SignedDuration::from_secs(1);
        self.updated.checked_add(second).unwrap_or(self.updated)
    }

    /// Dates in whole microseconds, as they are kept: so that an entry has the
    /// same ones before and after it was stored.
    fn whole(published: Timestamp, updated: Timestamp) -> Self {
        let whole = |date: Timestamp| {
            Timestamp::from_microsecond(date.as_microsecond()).expect("it is nearer to 1970")
        };
        Self {
            published: whole(published),
            updated: whole(updated),
        }
    }
}

/// In what way an entry's new digest differs from the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// In nothing that a feed shows.
    None,
    /// The file is the same; it is digested differently.
    Digesting,
    /// The article says something else.
    Meaning,
    /// Only the date of modification that it states is another.
    StatedDate,
}

impl Change {
    /// Whether a feed shows it.
    pub(super) fn is_shown(self) -> bool {
        matches!(self, Self::Digesting | Self::Meaning)
    }

    /// How two digests of an entry differ, from the same bytes or not.
    pub(super) fn between(old: &Digest, new: &Digest, same_bytes: bool) -> Self {
        if same_bytes {
            let same = shown(old) == shown(new) && stated(old) == stated(new);
            return if same { Self::None } else { Self::Digesting };
        }
        let restated = new.published.is_some() && new.published != old.published;
        if restated || shown(old) != shown(new) {
            Self::Meaning
        } else if old.modified == new.modified {
            Self::None
        } else {
            Self::StatedDate
        }
    }
}

/// What a feed shows of a digest, dates apart.
fn shown(digest: &Digest) -> impl PartialEq + '_ {
    let Digest {
        title,
        byline,
        language,
        url,
        image,
        site,
        body,
        lead_quote,
        summary,
        topics,
        published: _,
        modified: _,
        dropped: _,
        quotes: _,
    } = digest;
    let labels: Vec<&str> = topics.iter().map(|topic| &*topic.label).collect();
    (
        (title, byline, language, url, image, site),
        (body, lead_quote, summary, labels),
    )
}

fn stated(digest: &Digest) -> (Option<Timestamp>, Option<Timestamp>) {
    (digest.published, digest.modified)
}

#[cfg(test)]
mod tests;
