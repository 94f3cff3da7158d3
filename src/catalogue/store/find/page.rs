//! A page of entries: which way to find them, and finding them.

use super::{
    Count, Cursor, Hits, Kept, Known, Measures,
    newest::{self, Newest},
    scope::{Step, Subjects},
};
use crate::{
    catalogue::{
        search::{Node, Term},
        store::{members::Position, pages, query::one, round, search},
    },
    channel::Listed,
};
use rusqlite::{Connection, Result};

/// What is asked for.
pub(super) struct Page<'db> {
    pub(super) db: &'db Connection,
    pub(super) subjects: Subjects,
    /// The page begins after this place.
    pub(super) before: Position,
    pub(super) limit: usize,
    pub(super) measures: Measures,
}

/// What is known of a page while it is looked for.
struct Search {
    /// In order.
    found: Vec<Position>,
    /// How many there are, before this page as well, as far as is known.
    count: usize,
    /// What comes after this place in order has not been looked at; nothing when
    /// there is no such.
    from: Option<Position>,
    /// Whether all that comes before that was counted. Between the newest and a
    /// later page nothing is looked at.
    is_counted: bool,
}

impl Page<'_> {
    /// One more than is shown, which tells that there is a next page.
    fn enough(&self) -> usize {
        self.limit + 1
    }

    /// A page of all that is in the subjects.
    pub(super) fn of_all(&self) -> Result<Hits> {
        let mut found = Vec::new();
        if self.subjects.is_one() {
            self.subjects.walk(self.db, self.before, |at| {
                found.push(at);
                Ok(Step::on_if(found.len() < self.enough()))
            })?;
            return self.shown(&found, Count::Exactly(self.subjects.count));
        }
        let is_counted = self.subjects.count <= self.measures.counted;
        let from = if is_counted {
            Position::LAST
        } else {
            self.before
        };
        let mut count = 0;
        self.subjects.walk(self.db, from, |at| {
            if self.subjects.rest_has(self.db, at)? {
                count += 1;
                if at < self.before && found.len() < self.enough() {
                    found.push(at);
                }
            }
            Ok(Step::on_if(is_counted || found.len() < self.enough()))
        })?;
        let count = if is_counted {
            Count::Exactly(count)
        } else {
            Count::AtLeast(count)
        };
        self.shown(&found, count)
    }

    /// A page of what is so.
    pub(super) fn of(&self, node: &Node, kept: &mut Kept) -> Result<Hits> {
        let known = kept.known;
        if self.subjects.count <= self.measures.few {
            return self.few(node, known);
        }
        let newest = &kept.newest;
        let asked = newest.ask(node, &self.subjects);
        let found = asked.found.iter().copied();
        let mut search = Search {
            found: found.filter(|at| *at < self.before).collect(),
            count: asked.found.len(),
            from: (!newest.are_all).then(|| self.before.min(newest.upto())),
            is_counted: newest.are_all || self.before >= newest.upto(),
        };
        if self.is_done(&search) {
            return self.ended(&search);
        }
        if known.is_indexed {
            // How many are to be read when they lie as close as among the newest.
            let wanted = self.enough() - search.found.len();
            let (hits, of) = asked.within;
            let reads = (wanted * of).div_ceil(hits.max(1)).min(self.subjects.count);
            let listed = asked.hits * Subjects::of_all(self.db)? / newest.entries.len().max(1);
            if hits > 0 && reads * self.measures.read < listed {
                // Older ones may have less of it.
                search = self.walk(node, search, known, 3 * reads)?;
                if self.is_done(&search) {
                    return self.ended(&search);
                }
            }
            let (asked, is_sure) = necessary(node, newest, self.measures.costly);
            if let Some(asked) = asked {
                let keys = search::found(self.db, &asked)?;
                let places = kept.order(self.db)?.of(self.db, &keys)?;
                let places = self.subjects.kept(self.db, places)?;
                return if is_sure {
                    self.sure(places)
                } else {
                    self.made_sure_of(node, places, known)
                };
            }
        }
        let search = self.walk(node, search, known, self.measures.read_at_most)?;
        self.ended(&search)
    }

    /// A page of a subject with few entries, all of which are read.
    fn few(&self, node: &Node, known: Known) -> Result<Hits> {
        let (mut found, mut count) = (Vec::new(), 0);
        self.subjects.walk(self.db, Position::LAST, |at| {
            if self.subjects.rest_has(self.db, at)? && self.is_so(node, at, known)? {
                count += 1;
                if at < self.before {
                    found.push(at);
                }
            }
            Ok(Step::On)
        })?;
        self.shown(&found, Count::Exactly(count))
    }

    /// Whether no more has to be looked at.
    fn is_done(&self, search: &Search) -> bool {
        search.from.is_none() || search.found.len() >= self.enough()
    }

    /// Reads on in order until it is enough, or so many were read.
    fn walk(&self, node: &Node, search: Search, known: Known, most: usize) -> Result<Search> {
        let Search {
            mut found,
            mut count,
            from,
            is_counted,
        } = search;
        let mut from = from.unwrap_or(Position::FIRST);
        let mut reads = 0;
        let step = self.subjects.walk(self.db, from, |at| {
            from = at;
            if self.subjects.rest_has(self.db, at)? {
                reads += 1;
                if self.is_so(node, at, known)? {
                    count += 1;
                    found.push(at);
                }
            }
            Ok(Step::on_if(found.len() < self.enough() && reads < most))
        })?;
        Ok(Search {
            found,
            count,
            from: (step == Step::Stop).then_some(from),
            is_counted,
        })
    }

    /// A page of what was found when it is enough, or nothing is left.
    fn ended(&self, search: &Search) -> Result<Hits> {
        let count = if search.is_counted && search.from.is_none() {
            Count::Exactly(search.count)
        } else {
            Count::AtLeast(search.count)
        };
        let page = self.shown(&search.found, count)?;
        Ok(Hits {
            // Whoever asks for the next page has it looked for further on.
            next: page.next.or_else(|| search.from.map(Cursor)),
            ..page
        })
    }

    /// A page of these, which are all that there are.
    fn sure(&self, mut places: Vec<Position>) -> Result<Hits> {
        let count = places.len();
        places.retain(|at| *at < self.before);
        if places.len() > self.enough() {
            let last = places.len() - self.enough();
            places.select_nth_unstable(last);
            places.drain(..last);
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        self.shown(&places, Count::Exactly(count))
    }

    /// A page of those of these that are so; there are no others.
    fn made_sure_of(&self, node: &Node, mut places: Vec<Position>, known: Known) -> Result<Hits> {
        places.sort_unstable_by(|a, b| b.cmp(a));
        let is_counted = places.len() <= self.measures.sure_of;
        if !is_counted {
            places.retain(|at| *at < self.before);
        }
        let (mut found, mut count) = (Vec::new(), 0);
        for (read, at) in places.iter().enumerate() {
            if !is_counted && (found.len() >= self.enough() || read >= self.measures.read_at_most) {
                let page = self.shown(&found, Count::AtLeast(count))?;
                let upto = places[read - 1];
                return Ok(Hits {
                    next: page.next.or(Some(Cursor(upto))),
                    ..page
                });
            }
            if self.is_so(node, *at, known)? {
                count += 1;
                if *at < self.before {
                    found.push(*at);
                }
            }
        }
        let count = if is_counted || self.before == Position::LAST {
            Count::Exactly(count)
        } else {
            Count::AtLeast(count)
        };
        self.shown(&found, count)
    }

    /// Whether an entry is so, by its words.
    fn is_so(&self, node: &Node, at: Position, known: Known) -> Result<bool> {
        let sql = "SELECT folders FROM search_entry WHERE entry = ?1";
        let folders: Option<String> = one(self.db, sql, [at.entry], |row| row.get(0))?;
        let searched = newest::searched(self.db, at.entry, folders, known.max_topics)?;
        Ok(node.finds(&searched))
    }

    /// The page as it is told, of what was found in order.
    fn shown(&self, found: &[Position], count: Count) -> Result<Hits> {
        let round = round::open(self.db)?;
        let listed = found.iter().take(self.limit);
        let listed = listed.map(|at| pages::listed_one(self.db, at.entry, round));
        let entries: Vec<Listed> = listed.collect::<Result<_>>()?;
        let last = found[..entries.len()].last();
        let next = last.filter(|_| found.len() > self.limit);
        Ok(Hits {
            entries,
            next: next.map(|at| Cursor(*at)),
            count,
        })
    }
}

/// What the index is asked for, which everything is that is so, and whether
/// nothing else is. There is nothing when it had better not be asked.
fn necessary(node: &Node, newest: &Newest, costly: usize) -> (Option<Node>, bool) {
    let Node::All(nodes) = node else {
        return (Some(node.clone()), true);
    };
    let cheap: Vec<Node> = nodes
        .iter()
        .filter(|node| !is_costly(node, newest, costly))
        .cloned()
        .collect();
    let is_sure = cheap.len() == nodes.len();
    let asked = match cheap.len() {
        0 => None,
        1 => cheap.into_iter().next(),
        _ => Some(Node::All(cheap)),
    };
    (asked, is_sure)
}

fn is_costly(node: &Node, newest: &Newest, costly: usize) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().any(|node| is_costly(node, newest, costly))
        }
        Node::Not(node) => is_costly(node, newest, costly),
        Node::Is(Term::Words {
            words, open: true, ..
        }) => {
            // Wherever they are: the index reads all of a list.
            let anywhere = Node::Is(Term::Words {
                place: None,
                words: words.clone(),
                open: true,
            });
            100 * newest.hits(&anywhere) >= costly * newest.entries.len()
        }
        Node::Is(_) => false,
    }
}
