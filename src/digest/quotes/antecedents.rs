//! Who may be meant by a pronoun: the people named before it, with what speaks
//! for each.

use super::{
    attribution::Attribution,
    evidence::{Signs, role, sentence},
    scene::{Mention, Scene, Who},
};
use crate::digest::{
    lang::Classes,
    names::{Gender, Kind},
    words::{Gap, Shape},
};
use std::ops::Range;

/// How many mentions before a pronoun are looked at. Antecedents further up
/// were wrong more often than not.
const REACH: usize = 12;

/// How many people may be meant at most: the last ones named.
const MOST: usize = 8;

/// How many stretches back the last speaker is looked for.
const SPEECHES: usize = 24;

/// How many words behind a pronoun belong to its clause at most.
const CLAUSE: usize = 40;

/// How many words before a pronoun an office tells who is meant.
const OFFICE: usize = 40;

/// How many words may stand between a quotation and its pronoun.
const BESIDE: usize = 8;

/// Somebody who may be meant.
pub(super) struct Candidate {
    pub(super) name: usize,
    pub(super) signs: Signs,
}

/// The place of a pronoun: what it stands beside.
pub(super) struct Place {
    /// The pronoun.
    pub(super) at: usize,
    pub(super) gender: Gender,
    /// The quoted stretches whose clause it stands in.
    pub(super) said: Range<usize>,
    /// The word before which that clause starts, its quotation included.
    pub(super) base: usize,
    /// How many stretches are quoted before it.
    earlier: usize,
    /// The block it stands in.
    pub(super) block: u32,
}

impl Place {
    pub(super) fn new(scene: &Scene, at: usize, gender: Gender) -> Self {
        let next = scene.ranges.partition_point(|range| range.start <= at);
        let sentence = sentence(scene, at);
        let before = next.checked_sub(1).filter(|before| {
            let range = &scene.ranges[*before];
            range.end <= at && at - range.end <= BESIDE && range.end > sentence.start
        });
        let ahead = scene.ranges.get(next);
        let ahead = usize::from(ahead.is_some_and(|range| range.start < sentence.end));
        let (first, base) = match before {
            Some(before) => {
                let first = together(scene, before);
                (first, scene.ranges[first].start)
            }
            None => (next, at),
        };
        Self {
            at,
            gender,
            said: first..next + ahead,
            base,
            earlier: first,
            block: block(scene, at),
        }
    }
}

/// The first of the stretches that stand side by side up to this one.
fn together(scene: &Scene, mut at: usize) -> usize {
    let block = scene.quoted[at].block;
    while at > 0
        && scene.quoted[at - 1].block == block
        && scene.ranges[at - 1].end == scene.ranges[at].start
    {
        at -= 1;
    }
    at
}

fn block(scene: &Scene, at: usize) -> u32 {
    scene.walk.sentences[scene.word(at).sentence as usize].block
}

/// Everybody who may be meant at a place, with what speaks for it; those named
/// last come first.
pub(super) fn candidates(scene: &Scene, place: &Place, told: &[Attribution]) -> Vec<Candidate> {
    let mut table = Table {
        scene,
        place,
        found: Vec::with_capacity(MOST + 1),
        subjects: [None; 2],
        pair: None,
    };
    table.named();
    table.spoke(told);
    table.named_in_clause();
    table.compared();
    table.found
}

/// How many sentences away from a pronoun words are.
struct Away<'s, 'a> {
    scene: &'s Scene<'a>,
    /// The sentence of the pronoun.
    base: u32,
    /// How many stretches are quoted before it.
    quoted: usize,
}

impl Away<'_, '_> {
    /// To the word at `at`, which is further up. Sentences that are quoted do
    /// not part a pronoun from its antecedent.
    fn to(&self, at: usize) -> u32 {
        let away = self.base.saturating_sub(self.scene.word(at).sentence);
        away.saturating_sub(self.scene.borders_quoted(at, self.quoted))
    }
}

struct Table<'s, 'a> {
    scene: &'s Scene<'a>,
    place: &'s Place,
    found: Vec<Candidate>,
    /// Who of them were subjects last, and at which words.
    subjects: [Option<(usize, usize)>; 2],
    /// Who the one looked at last is named together with.
    pair: Option<Pair>,
}

/// Of two who are named together neither is nearer: "Roe and Lee said".
struct Pair {
    /// The first word of the first one.
    first: usize,
    /// The second one.
    name: usize,
    /// What the second one's place told, which holds for the first as well.
    shared: Signs,
}

impl Table<'_, '_> {
    fn of(&mut self, name: usize) -> Option<&mut Candidate> {
        self.found.iter_mut().find(|known| known.name == name)
    }

    /// Whether it is the name of somebody of a fitting sex.
    fn fits(&self, name: usize) -> bool {
        let name = &self.scene.names[name];
        let sex = name.gender == Gender::Unknown || name.gender == self.place.gender;
        sex && !matches!(name.kind, Kind::Organization | Kind::Place)
    }

    /// Goes up the text from name to name.
    fn named(&mut self) {
        let (scene, place) = (self.scene, self.place);
        let before = scene
            .mentions
            .partition_point(|mention| mention.words.start < place.at);
        let base = scene.word(place.base).sentence;
        let officers = self.officers();
        let mut officers = officers.iter().peekable();
        let away = Away {
            scene,
            base,
            quoted: place.earlier,
        };
        for mention in scene.mentions[..before].iter().rev().take(REACH) {
            let first = mention.words.start;
            while let Some(officer) = officers.next_if(|one| one.words.start > first) {
                let distance = away.to(officer.words.start);
                self.mention(officer, distance);
            }
            if !scene.is_quoted(first) && self.fits(mention.name) {
                let distance = away.to(first);
                self.mention(mention, distance);
            }
        }
    }

    /// People told by their office shortly before the pronoun, the last one
    /// first: "the captain".
    fn officers(&self) -> Vec<Mention> {
        let (scene, at) = (self.scene, self.place.base);
        let holder = |office: usize| {
            let key = scene.word(office).key;
            let before = |name: &usize| {
                let words = scene.names[*name].words.first();
                words.is_some_and(|words| (words.start as usize) < office)
            };
            let holds = |name: &usize| scene.names[*name].roles.contains(&key);
            let mut holders = (0..scene.names.len()).filter(holds).filter(before);
            // Of two mayors neither is "the mayor".
            let only = holders.next().filter(|_| holders.next().is_none());
            only.filter(|name| self.fits(*name))
        };
        (at.saturating_sub(OFFICE).max(1)..at)
            .rev()
            .filter(|word| {
                scene.is(*word, Classes::ROLE)
                    && scene.is(*word - 1, Classes::DEFINITE)
                    && scene.word(*word).gap == Gap::Space
                    && scene.word(*word).shape == Shape::Lower
                    && !scene.is_quoted(*word)
            })
            .filter_map(|word| {
                Some(Mention {
                    name: holder(word)?,
                    words: word - 1..word + 1,
                })
            })
            .collect()
    }

    /// A mention, so many sentences away.
    fn mention(&mut self, mention: &Mention, distance: u32) {
        let role = role(self.scene, mention);
        let subject = role.is_subject;
        let first = mention.words.start;
        let pair = self.pair.take().filter(|pair| pair.first == first);
        let known = self.found.iter().position(|one| one.name == mention.name);
        let at = known.unwrap_or(self.found.len());
        if at == MOST {
            return;
        }
        let mut place = Signs::default();
        if known.is_none() {
            let signs = self.first_seen(mention, distance, role.signs);
            place.add_if(Signs::LAST, at == 0);
            place.add_if(Signs::LAST_BUT_ONE, at == 1);
            self.found.push(Candidate {
                name: mention.name,
                signs,
            });
        }
        let signs = &mut self.found[at].signs;
        if subject && !signs.any(Signs::SUBJECT.and(Signs::SUBJECT_BEFORE)) {
            let free = self.subjects.iter_mut().position(|one| one.is_none());
            place.add_if(Signs::SUBJECT, free == Some(0));
            place.add_if(Signs::SUBJECT_BEFORE, free == Some(1));
            if let Some(free) = free.filter(|_| pair.is_none()) {
                self.subjects[free] = Some((mention.name, first));
            }
        }
        let shared = pair.as_ref().filter(|_| known.is_none());
        signs.add(shared.map_or(place, |pair| pair.shared));
        signs.add_if(Signs::SUBJECT_HERE, subject && distance == 0);
        signs.add_if(Signs::SUBJECT_NEXT, subject && distance == 1);
        let opening = self.scene.names[mention.name].words.first();
        let new = opening.is_some_and(|words| words.start as usize == first);
        signs.add_if(Signs::NEW, new && distance <= 1);
        // What is first is seen last: the sign is taken from those behind it.
        if block(self.scene, first) + 1 == self.place.block {
            let pair = pair.map(|pair| pair.name);
            for candidate in &mut self.found {
                if Some(candidate.name) != pair {
                    candidate.signs.remove(Signs::FIRST_ABOVE);
                }
            }
            self.found[at].signs.add(Signs::FIRST_ABOVE);
        }
        self.pair = role.partner.map(|first| Pair {
            first,
            name: mention.name,
            shared: place,
        });
    }

    /// What the mention of somebody that is nearest to the pronoun tells.
    fn first_seen(&self, mention: &Mention, distance: u32, mut signs: Signs) -> Signs {
        let scene = self.scene;
        let name = &scene.names[mention.name];
        signs.add(match distance {
            0 => Signs::HERE,
            1 => Signs::NEXT,
            2 | 3 => Signs::default(),
            4..=6 => Signs::FAR,
            _ => Signs::AWAY,
        });
        signs.add_if(Signs::FITS, name.gender == self.place.gender);
        signs.add_if(Signs::PERSON, name.kind == Kind::Person);
        let same = block(scene, mention.words.start) == self.place.block;
        signs.add_if(Signs::SAME_BLOCK, same);
        signs
    }

    /// Who spoke last may go on.
    fn spoke(&mut self, told: &[Attribution]) {
        let (scene, place) = (self.scene, self.place);
        let told = &told[..told.len().min(place.earlier)];
        let mut last = told.iter().enumerate().rev().take(SPEECHES);
        let last = last.find_map(|(quoted, told)| match told.who {
            Some(Who::Name(name)) => Some((quoted, name)),
            _ => None,
        });
        let Some((quoted, name)) = last.filter(|(_, name)| {
            let known = scene.names[*name].gender;
            known == Gender::Unknown || known == place.gender
        }) else {
            return;
        };
        let since = scene.ranges[quoted].end;
        let others = self.subjects.iter().flatten();
        let others = others.filter(|(other, _)| *other != name);
        let others = others.filter(|(_, at)| *at >= since).count() > 0;
        let away = (place.block as usize).saturating_sub(scene.quoted[quoted].block);
        let (fits, person) = {
            let name = &scene.names[name];
            (name.gender == place.gender, name.kind == Kind::Person)
        };
        if !self.is_found(name) {
            self.found.push(Candidate {
                name,
                signs: Signs::AWAY,
            });
        }
        let Some(Candidate { signs, .. }) = self.of(name) else {
            return;
        };
        signs.add_if(Signs::SPOKE_NEXT, away == 1);
        signs.add_if(Signs::SPOKE_ALONE, !others);
        signs.add_if(Signs::FITS, fits);
        signs.add_if(Signs::PERSON, person);
    }

    fn is_found(&self, name: usize) -> bool {
        self.found.iter().any(|known| known.name == name)
    }

    /// Who is named in the words said, or behind the pronoun: nobody calls
    /// himself by name, and in "he said of Lee" he is not Lee.
    fn named_in_clause(&mut self) {
        let (scene, place) = (self.scene, self.place);
        for said in &scene.ranges[place.said.clone()] {
            for mention in mentions_in(scene, said) {
                if let Some(known) = self.of(mention.name) {
                    known.signs.add(Signs::SAID_OF);
                }
            }
        }
        let end = sentence(scene, place.at).end.min(place.at + CLAUSE);
        let behind = place.at..end;
        for mention in mentions_in(scene, &behind) {
            if scene.is_quoted(mention.words.start) {
                continue;
            }
            if let Some(known) = self.of(mention.name) {
                known.signs.add(Signs::BEHIND);
            }
        }
    }

    /// Who is near, and nobody else?
    fn compared(&mut self) {
        let near = Signs::HERE.and(Signs::NEXT);
        let mut near = self.found.iter_mut().filter(|one| one.signs.any(near));
        if let (Some(only), None) = (near.next(), near.next()) {
            only.signs.add(Signs::ALONE);
        }
    }
}

/// The mentions that start within these words.
fn mentions_in<'s>(scene: &'s Scene, words: &Range<usize>) -> &'s [Mention] {
    let first = |at: usize| scene.mentions.partition_point(|one| one.words.start < at);
    &scene.mentions[first(words.start)..first(words.end)]
}
