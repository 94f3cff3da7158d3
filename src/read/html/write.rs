//! Writing a part of a page as blocks.

use super::{cuts::Cuts, pictures, tables, tags::Tag, tree::Tree};
use crate::{
    read::blocks::{Builder, OpenMark},
    text::{BlockKind, MarkKind, Text},
};
use std::collections::HashSet;

/// The blocks of a subtree, without what is cut.
pub(super) fn blocks(tree: &Tree, root: usize, cuts: &Cuts) -> Text {
    let mut writer = Writer {
        tree,
        cuts,
        builder: Builder::with_capacity(tree.text(root).len()),
        open: Vec::new(),
        marks: Vec::new(),
        quotes: Vec::new(),
        breaks: 0,
        pictures: Vec::new(),
        shown: HashSet::new(),
    };
    let mut at = root;
    while at < tree.nodes[root].end {
        at = writer.step(at);
    }
    writer.leave(usize::MAX);
    writer.close();
    writer.builder.finish()
}

struct Writer<'t> {
    tree: &'t Tree<'t>,
    cuts: &'t Cuts,
    builder: Builder,
    /// The blocks that the walk is in.
    open: Vec<usize>,
    /// The marks that it is in, each with the end of its element.
    marks: Vec<(usize, OpenMark, MarkKind)>,
    /// The quotations within a line that it is in, each with the end of its
    /// element and the mark that closes it.
    quotes: Vec<(usize, &'static str)>,
    /// Line breaks since the last text.
    breaks: usize,
    /// Pictures inside the open block, which come after it.
    pictures: Vec<(String, String)>,
    /// The addresses of all pictures so far.
    shown: HashSet<String>,
}

impl Writer<'_> {
    /// Writes a node; gives the one that comes next.
    fn step(&mut self, at: usize) -> usize {
        self.leave(at);
        let node = self.tree.nodes[at];
        if self.cuts.holds(at) {
            return node.end;
        }
        match node.tag {
            Tag::Text => self.write(at),
            Tag::Br => self.break_line(),
            Tag::Hr => self.close(),
            Tag::Image => self.picture(at),
            Tag::A => {
                if let Some(address) = self.tree.attr(at, "href").filter(|href| leads(href)) {
                    self.mark(node.end, MarkKind::Link(address.trim().to_owned()));
                }
            }
            Tag::Emphasis => self.mark(node.end, MarkKind::Emphasis),
            Tag::Strong => self.mark(node.end, MarkKind::Strong),
            Tag::Code => self.mark(node.end, MarkKind::Code),
            Tag::Q => self.quote(at),
            Tag::Table => {
                self.close();
                if let Some(table) = tables::table(self.tree, at, self.cuts) {
                    self.builder.table_with(&table.rows, table.has_header);
                    return node.end;
                }
                self.open.push(at);
            }
            tag if tag.is_inline() => {}
            _ => {
                self.close();
                self.open.push(at);
            }
        }
        at + 1
    }

    /// Ends what does not go on at this node.
    fn leave(&mut self, at: usize) {
        while let Some((_, mark)) = self.quotes.pop_if(|(end, _)| *end <= at) {
            if self.builder.is_open() {
                self.builder.write(mark);
            }
        }
        while let Some((_, mark, kind)) = self.marks.pop_if(|(end, ..)| *end <= at) {
            self.builder.end_mark(mark, kind);
        }
        while self
            .open
            .pop_if(|open| self.tree.nodes[*open].end <= at)
            .is_some()
        {
            self.close();
        }
    }

    fn write(&mut self, at: usize) {
        let text = self.tree.text(at);
        if self.tree.is_in_noscript(at) {
            return;
        }
        if text.trim().is_empty() {
            if self.builder.is_code() {
                self.builder.write_verbatim(text);
            } else {
                self.builder.write(text);
            }
            return;
        }
        self.ensure_open();
        if self.builder.is_code() {
            self.builder.write_verbatim(text);
        } else {
            self.builder.write(text);
        }
    }

    fn ensure_open(&mut self) {
        self.breaks = 0;
        if !self.builder.is_open() {
            self.builder.open(self.kind());
            for (_, mark, _) in &mut self.marks {
                *mark = self.builder.start_mark();
            }
        }
    }

    /// A quotation within a line. Its marks are made by whoever shows it, unless
    /// the page wrote them and its style sheet makes none.
    fn quote(&mut self, at: usize) {
        let is_mark = |c: char| "\"'“”„‘’‚«»‹›「『".contains(c);
        let text = self.tree.text(at);
        let before = self.tree.text_between(0, at).trim_end();
        let marked =
            text.trim_start().starts_with(is_mark) || before.ends_with(['“', '„', '«', '‘']);
        if marked || text.trim().is_empty() || self.tree.is_in_noscript(at) {
            return;
        }
        let inner = self.quotes.len() % 2 == 1;
        let (open, close) = if inner {
            ("‘", "’")
        } else {
            ("“", "”")
        };
        self.ensure_open();
        self.builder.write(open);
        self.quotes.push((self.tree.nodes[at].end, close));
    }

    fn break_line(&mut self) {
        self.breaks += 1;
        if self.builder.is_code() {
            self.builder.write_verbatim("\n");
        } else if self.breaks > 1 {
            self.close();
        } else {
            self.builder.write(" ");
        }
    }

    /// What a block is that begins here.
    fn kind(&self) -> BlockKind {
        let mut lists: u8 = 0;
        let mut ordered = None;
        for at in self.open.iter().rev() {
            match self.tree.nodes[*at].tag {
                Tag::Heading(level) => return BlockKind::Heading(level),
                Tag::Pre => return BlockKind::Code,
                Tag::Blockquote if lists == 0 => return BlockKind::Quote,
                // It says whose words the block quote beside it has.
                Tag::Figcaption if self.tree.is_source(*at) => return BlockKind::Quote,
                tag @ (Tag::Ul | Tag::Ol) => {
                    ordered.get_or_insert(tag == Tag::Ol);
                    lists = lists.saturating_add(1);
                }
                _ => {}
            }
        }
        ordered.map_or(BlockKind::Paragraph, |ordered| BlockKind::ListItem {
            ordered,
            depth: lists - 1,
        })
    }

    fn mark(&mut self, end: usize, kind: MarkKind) {
        // Code blocks are code, and headings are strong, without saying so.
        if self.marks.len() < DEEPEST {
            let mark = self.builder.start_mark();
            self.marks.push((end, mark, kind));
        }
    }

    fn picture(&mut self, at: usize) {
        let Some((address, alt)) = pictures::picture(self.tree, at) else {
            return;
        };
        if self.shown.insert(address.clone()) {
            self.pictures.push((address, alt));
            if !self.builder.is_open() {
                self.close();
            }
        }
    }

    /// Ends the open block. Marks that go on are begun anew in the next.
    fn close(&mut self) {
        for (_, mark, kind) in self.marks.iter().rev() {
            self.builder.end_mark(*mark, kind.clone());
        }
        self.builder.close();
        for (address, alt) in self.pictures.drain(..) {
            self.builder.picture(&address, &alt);
        }
    }
}

/// Marks in marks, deeper than this, are nobody's intention.
const DEEPEST: usize = 8;

/// Whether a link leads somewhere.
fn leads(address: &str) -> bool {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default();
    let script = ["javascript", "data", "vbscript"];
    !address.is_empty()
        && !address.starts_with('#')
        && !script.iter().any(|kind| scheme.eq_ignore_ascii_case(kind))
}
