//! How much text is where on a page, and of what sort.

use super::{tags::Tag, tree::Tree};

/// A run of text within one block, up to the next block or blank line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Its first text.
    pub(super) first: usize,
    /// One past its last text.
    pub(super) end: usize,
    /// The block that it is in.
    pub(super) owner: usize,
    pub(super) words: usize,
    /// Bytes, without white space.
    pub(super) bytes: usize,
    /// Those in links.
    pub(super) linked: usize,
    /// Whether it reads as sentences.
    pub(super) prose: bool,
}

impl Run {
    /// Whether it is a link, with little else.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 10 >= self.bytes * 9
    }
}

/// Sums over an element and all in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) bytes: usize,
    pub(super) linked: usize,
    /// Bytes outside of links in runs that read as sentences.
    pub(super) prose: usize,
    pub(super) runs: usize,
    pub(super) links: usize,
}

/// What was measured.
pub(super) struct Measures {
    pub(super) runs: Vec<Run>,
    /// One for each node.
    pub(super) sums: Vec<Sum>,
}

impl Measures {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut runs = runs(tree);
        let mut sums = vec![Sum::default(); tree.nodes.len()];
        for run in &mut runs {
            let text = tree.text_between(run.first, run.end);
            let tag = tree.nodes[run.owner].tag;
            run.prose = reads_as_prose(run, text, tag);
            let sum = &mut sums[run.owner];
            sum.bytes += run.bytes;
            sum.linked += run.linked;
            sum.runs += 1;
            if run.prose {
                sum.prose += run.bytes - run.linked;
            }
        }
        for at in (1..tree.nodes.len()).rev() {
            let Sum {
                bytes,
                linked,
                prose,
                runs,
                mut links,
            } = sums[at];
            links += usize::from(tree.nodes[at].tag == Tag::A);
            let parent = &mut sums[tree.nodes[at].parent];
            parent.bytes += bytes;
            parent.linked += linked;
            parent.prose += prose;
            parent.runs += runs;
            parent.links += links;
        }
        Self { runs, sums }
    }
}

fn runs(tree: &Tree) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Option<Run> = None;
    // The block that the walk is in, and where links and blocks end.
    let mut owner = 0;
    let mut link_end = 0;
    let mut breaks = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        while at >= tree.nodes[owner].end {
            owner = block_above(tree, tree.nodes[owner].parent);
            runs.extend(open.take());
        }
        match node.tag {
            Tag::Text => {
                let (words, bytes) = count(tree.text(at));
                if bytes == 0 || tree.is_in_noscript(at) {
                    continue;
                }
                if breaks > 1 {
                    runs.extend(open.take());
                }
                breaks = 0;
                let run = open.get_or_insert(Run {
                    first: at,
                    end: at,
                    owner,
                    words: 0,
                    bytes: 0,
                    linked: 0,
                    prose: false,
                });
                run.end = at + 1;
                run.words += words;
                run.bytes += bytes;
                if at < link_end {
                    run.linked += bytes;
                }
            }
            Tag::A => link_end = link_end.max(node.end),
            Tag::Br => breaks += 1,
            tag if !tag.is_inline() => {
                runs.extend(open.take());
                owner = at;
                breaks = 0;
            }
            _ => {}
        }
    }
    runs.extend(open);
    runs
}

fn block_above(tree: &Tree, mut at: usize) -> usize {
    while at > 0 && tree.nodes[at].tag.is_inline() {
        at = tree.nodes[at].parent;
    }
    at
}

/// The words and bytes of a text; two ideographs count as a word.
fn count(text: &str) -> (usize, usize) {
    let (mut words, mut bytes, mut ideographs) = (0, 0, 0);
    let mut between = true;
    for byte in text.bytes() {
        let white = byte.is_ascii_whitespace();
        words += usize::from(between && !white);
        between = white;
        bytes += usize::from(!white);
        // First bytes of kana, ideographs, hangul.
        ideographs += usize::from(matches!(byte, 0xe3..=0xed));
    }
    if text.trim().is_empty() {
        return (0, 0);
    }
    (words + ideographs / 2, bytes)
}

/// A line of so many words needs no full stop to be a sentence.
const LONG: usize = 22;

/// With a full stop, so many are enough.
const SHORT: usize = 8;

fn reads_as_prose(run: &Run, text: &str, tag: Tag) -> bool {
    if matches!(tag, Tag::Heading(_)) || run.linked * 2 > run.bytes {
        return false;
    }
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '“')
    });
    let stops = text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟']);
    run.words >= LONG || stops && run.words >= SHORT
}
