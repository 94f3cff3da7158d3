//! The files of a folder, judged by each other: whether the same entry is told
//! the same everywhere, and whether archive pages lead to one another.

use super::{
    Kind, Linted,
    facts::{EntryFacts, Facts, Place},
    report::Finding,
    rules::{Rule, folder as rules},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A finding, and the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The file's place in what was given.
    pub file: usize,
    /// The finding.
    pub finding: Finding,
}

/// No rule is said to be broken more often in one file.
const MOST: usize = 10;

/// The files, by their paths in the folder.
struct Files<'a> {
    all: &'a [(String, Linted)],
    by_path: BTreeMap<&'a str, usize>,
    /// The public address of the folder, as the feeds tell their own.
    base: Option<String>,
    found: Vec<Together>,
    counts: BTreeMap<(usize, &'static str), usize>,
    /// By a current feed, all files that it leads to.
    chains: BTreeMap<usize, BTreeSet<usize>>,
}

/// Judges the files of a folder by each other. Each is given with its path in
/// the folder, with `/` between names.
#[must_use]
pub fn lint_together(all: &[(String, Linted)]) -> Vec<Together> {
    let mut files = Files {
        all,
        by_path: all
            .iter()
            .enumerate()
            .map(|(at, (path, _))| (path.as_str(), at))
            .collect(),
        base: base(all),
        found: Vec::new(),
        counts: BTreeMap::new(),
        chains: BTreeMap::new(),
    };
    files.check_entries();
    files.check_formats();
    for file in 0..all.len() {
        files.check_links(file);
    }
    files.walk_all();
    files.found.sort_by_key(|one| {
        let finding = &one.finding;
        (one.file, finding.line, finding.column, finding.rule.name)
    });
    files.found
}

impl<'a> Files<'a> {
    fn add(&mut self, rule: &'static Rule, file: usize, place: Place, detail: String) {
        let count = self.counts.entry((file, rule.name)).or_default();
        *count += 1;
        if *count > MOST {
            return;
        }
        self.found.push(Together {
            file,
            finding: Finding {
                rule,
                line: place.line.max(1),
                column: place.column.max(1),
                detail,
            },
        });
    }

    fn facts(&self, file: usize) -> &'a Facts {
        &self.all[file].1.facts
    }

    /// One id is one entry, and an entry says the same wherever it stands.
    fn check_entries(&mut self) {
        // Only looked up, so that its order is none of ours.
        let mut first: HashMap<u64, (usize, &EntryFacts)> = HashMap::new();
        for (file, (_, linted)) in self.all.iter().enumerate() {
            for entry in &linted.facts.entries {
                let (other_file, other) = *first.entry(entry.id).or_insert((file, entry));
                if other_file == file {
                    continue;
                }
                let differs = differing(entry, other);
                if differs.is_empty() {
                    continue;
                }
                let (path, _) = &self.all[other_file];
                let there = format!("{path}:{}:{}", other.place.line, other.place.column);
                if differs.contains(&"title") && differs.contains(&"link") {
                    self.add(&rules::TWO, file, entry.place, there);
                } else {
                    let detail = format!("{} of {there}", differs.join(", "));
                    self.add(&rules::DIFFERS, file, entry.place, detail);
                }
            }
        }
    }

    /// RSS, Atom and JSON Feed in one folder are one feed if they share an
    /// entry, and then share all.
    fn check_formats(&mut self) {
        let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (file, (path, linted)) in self.all.iter().enumerate() {
            if matches!(linted.kind, Some(Kind::Rss | Kind::Atom | Kind::Json)) {
                folders.entry(folder(path)).or_default().push(file);
            }
        }
        for files in folders.into_values() {
            let kinds = files
                .iter()
                .map(|file| self.all[*file].1.kind.map(Kind::name));
            let count = kinds.collect::<BTreeSet<_>>().len();
            // Two files of one format are two feeds, and nothing tells them.
            if files.len() < 2 || count < files.len() {
                continue;
            }
            let ids: Vec<BTreeSet<u64>> = files.iter().map(|file| self.ids(*file)).collect();
            for (at, file) in files.iter().enumerate() {
                for (other_at, other) in files.iter().enumerate() {
                    if ids[at].is_disjoint(&ids[other_at]) {
                        continue;
                    }
                    for entry in &self.facts(*file).entries {
                        if !ids[other_at].contains(&entry.id) {
                            let path = &self.all[*other].0;
                            let detail = format!("it is not in {path}");
                            self.add(&rules::MISSING, *file, entry.place, detail);
                        }
                    }
                }
            }
        }
    }

    fn ids(&self, file: usize) -> BTreeSet<u64> {
        self.facts(file)
            .entries
            .iter()
            .map(|entry| entry.id)
            .collect()
    }

    /// Links to other pages lead to files that are there, and back.
    fn check_links(&mut self, file: usize) {
        for rel in ["current", "prev-archive", "next-archive", "next"] {
            let Some((place, to)) = self.facts(file).link(rel) else {
                continue;
            };
            let Some(path) = self.resolved(file, to) else {
                continue;
            };
            let Some(target) = self.by_path.get(path.as_str()).copied() else {
                self.add(&rules::CHAIN_MISSING, file, place, format!("{rel} {path}"));
                continue;
            };
            let back = match rel {
                // The newest page's next one may not be there yet, while the
                // current feed leads to that page.
                "prev-archive" if self.facts(file).is_archive => "next-archive",
                "next-archive" => "prev-archive",
                _ => continue,
            };
            let leads = self.facts(target).link(back);
            let leads = leads.and_then(|(_, to)| self.resolved(target, to));
            let is_placeholder = self.facts(target).entries.is_empty();
            if leads.as_deref() != Some(&self.all[file].0) && !(is_placeholder && leads.is_none()) {
                self.add(&rules::CHAIN_BROKEN, file, place, format!("{rel} {path}"));
            }
        }
        let facts = self.facts(file);
        if !facts.is_archive || facts.entries.is_empty() {
            return;
        }
        let Some((place, to)) = facts.link("current") else {
            return;
        };
        let Some(path) = self.resolved(file, to) else {
            return;
        };
        let Some(current) = self.by_path.get(path.as_str()).copied() else {
            return;
        };
        if !self.chains.contains_key(&current) {
            let (chain, _) = self.chain(current);
            self.chains.insert(current, chain.into_iter().collect());
        }
        if !self.chains[&current].contains(&file) {
            self.add(&rules::CHAIN_CURRENT, file, place, path);
        }
    }

    /// Walks from every current feed to its oldest page.
    fn walk_all(&mut self) {
        // Pages of JSON Feed do not say that they are; so those are current to
        // which no other leads, and, in a circle, the first.
        let older = |file| self.target(file, self.older(file)?.1);
        let led_to: BTreeSet<usize> = (0..self.all.len()).filter_map(older).collect();
        let mut walked = BTreeSet::new();
        let first = (0..self.all.len()).filter(|file| !led_to.contains(file));
        for file in first.chain(led_to.iter().copied()) {
            let is_page = self.facts(file).is_archive || walked.contains(&file);
            if !is_page {
                self.walk(file, &mut walked);
            }
        }
    }

    /// Walks from a feed to its oldest page: every entry once.
    fn walk(&mut self, file: usize, walked: &mut BTreeSet<usize>) {
        let (chain, is_loop) = self.chain(file);
        walked.extend(&chain);
        if chain.len() < 2 {
            return;
        }
        if let (true, Some(last)) = (is_loop, chain.last()) {
            let older = self.older(*last).map(|(place, _)| place);
            self.add(
                &rules::CHAIN_LOOP,
                *last,
                older.unwrap_or_default(),
                String::new(),
            );
        }
        let mut seen: HashMap<u64, usize> = HashMap::new();
        for page in chain {
            for entry in &self.facts(page).entries {
                let first = *seen.entry(entry.id).or_insert(page);
                if first != page {
                    let detail = format!("it is in {} too", self.all[first].0);
                    self.add(&rules::CHAIN_TWICE, page, entry.place, detail);
                }
            }
        }
    }

    /// A feed's documents from this one to the oldest, and whether they lead in
    /// a circle.
    fn chain(&self, file: usize) -> (Vec<usize>, bool) {
        let mut chain = vec![file];
        let mut seen = BTreeSet::from([file]);
        while let Some((_, to)) = self.older(chain[chain.len() - 1]) {
            let last = chain[chain.len() - 1];
            let Some(next) = self.target(last, to) else {
                break;
            };
            if !seen.insert(next) {
                return (chain, true);
            }
            chain.push(next);
        }
        (chain, false)
    }

    fn older(&self, file: usize) -> Option<(Place, &'a str)> {
        let facts = self.facts(file);
        facts.link("prev-archive").or_else(|| facts.link("next"))
    }

    /// The file that another links to, if it is there.
    fn target(&self, file: usize, to: &str) -> Option<usize> {
        let path = self.resolved(file, to)?;
        self.by_path.get(path.as_str()).copied()
    }

    /// The path in the folder of what a file links to; `None` when it is
    /// elsewhere.
    fn resolved(&self, file: usize, to: &str) -> Option<String> {
        let to = to.split('#').next().unwrap_or_default();
        if to.contains('?') {
            return None;
        }
        let path = if super::values::has_scheme(to) {
            decoded(to).strip_prefix(self.base.as_deref()?)?.to_owned()
        } else if to.starts_with('/') {
            return None;
        } else {
            format!("{}/{}", folder(&self.all[file].0), decoded(to))
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        (!parts.is_empty()).then(|| parts.join("/"))
    }
}

/// Whether a file of this name is one that a writer of feeds left half done.
#[must_use]
pub fn leftover(name: &str) -> Option<Finding> {
    let lower = name.to_ascii_lowercase();
    let is_temporary = [".tmp", ".temp", ".part", ".partial", ".new", "~"]
        .iter()
        .any(|end| lower.ends_with(end));
    is_temporary.then(|| Finding {
        rule: &rules::LEFTOVER,
        line: 1,
        column: 1,
        detail: String::new(),
    })
}

/// What two tellings of an entry differ in.
fn differing(one: &EntryFacts, other: &EntryFacts) -> Vec<&'static str> {
    fn is_other<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.is_some() && other.is_some() && one != other
    }
    let fields = [
        ("title", is_other(one.title.as_ref(), other.title.as_ref())),
        ("link", is_other(one.link.as_ref(), other.link.as_ref())),
        (
            "published",
            is_other(one.published.as_ref(), other.published.as_ref()),
        ),
        (
            "updated",
            is_other(one.updated.as_ref(), other.updated.as_ref()),
        ),
        (
            "categories",
            is_other(one.categories.as_ref(), other.categories.as_ref()),
        ),
    ];
    let fields = fields.into_iter().filter(|(_, differs)| *differs);
    fields.map(|(name, _)| name).collect()
}

/// The public address that most feeds reveal by telling their own.
fn base(all: &[(String, Linted)]) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for (path, linted) in all {
        if let Some((_, own)) = linted.facts.link("self")
            && super::values::has_scheme(own)
            && let Some(base) = decoded(own).strip_suffix(path.as_str())
            && base.ends_with('/')
        {
            *votes.entry(base.to_owned()).or_default() += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|(_, votes)| *votes);
    most.map(|(base, _)| base)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// With its percent-encoding undone.
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = address.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
