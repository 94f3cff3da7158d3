//! Tables that hold data, and those that only lay out a page.

use super::{cuts::Cuts, tags::Tag, tree::Tree};

/// A table that holds data.
pub(super) struct Table {
    /// Its rows, as cells.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the first one names the columns.
    pub(super) has_header: bool,
}

/// What a table holds; none when it lays out what is in it, so that its cells
/// are read like any other part of the page.
pub(super) fn table(tree: &Tree, table: usize, cuts: &Cuts) -> Option<Table> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // Cells of the first row with something in them: names, and others.
    let (mut names, mut others) = (0, 0);
    let (mut titled, mut at) = (false, table + 1);
    while at < tree.nodes[table].end {
        let node = &tree.nodes[at];
        match node.tag {
            Tag::Table => return None,
            // What has paragraphs or a list in it is a place, and no datum.
            tag if tag.is_flow() && is_rich(tree, at, cuts) => return None,
            Tag::Caption => titled = true,
            Tag::Tr => rows.push(Vec::new()),
            Tag::Td | Tag::Th => {
                titled |= node.tag == Tag::Th;
                let cell = text(tree, at, cuts);
                if rows.len() == 1 && !cell.is_empty() {
                    let count = if node.tag == Tag::Th {
                        &mut names
                    } else {
                        &mut others
                    };
                    *count += 1;
                }
                rows.last_mut()?.push(cell);
            }
            _ => {}
        }
        at += 1;
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let wide = rows.iter().map(Vec::len).max().unwrap_or_default();
    let long = |cell: &&String| cell.len() > DATUM;
    let cells = rows.iter().flatten();
    let even = rows.iter().filter(|row| row.len() == wide).count() * 2 > rows.len();
    let short = cells.clone().filter(long).count() * 4 <= cells.count();
    let is_data = wide > 1 && (titled || rows.len() > 1) && even && (titled || short);
    is_data.then_some(Table {
        rows,
        has_header: names > 0 && others == 0,
    })
}

/// A cell with more bytes than this is prose.
const DATUM: usize = 200;

/// A cell may have this much in paragraphs or lists.
const RICH: usize = 400;

fn is_rich(tree: &Tree, at: usize, cuts: &Cuts) -> bool {
    !cuts.holds(at) && tree.text(at).len() > RICH
}

/// The text of a cell; a space where one block ends and the next begins.
fn text(tree: &Tree, cell: usize, cuts: &Cuts) -> String {
    let mut text = String::new();
    for at in tree.range(cell).filter(|at| !cuts.holds(*at)) {
        match tree.nodes[at].tag {
            Tag::Text => text.push_str(tree.text(at)),
            Tag::Br => text.push(' '),
            tag if !tag.is_inline() => text.push(' '),
            _ => {}
        }
    }
    if text.trim().is_empty() {
        text.clear();
    }
    text
}
