//! The order in which the lines of a page are read: down one column, then down
//! the next.
//!
//! Lines right below each other are a block. Blocks are cut apart where nothing
//! but white crosses the page: from top to bottom first, which parts columns,
//! else from side to side, which parts a headline from the columns below it.

use super::{
    Work,
    piece::{GUTTER, Piece},
};

/// Lines below each other, in order.
pub(super) type Block = Vec<Piece>;

/// So far below each other are lines of one block at most, in sizes.
const LEADING: f64 = 2.2;

/// How much sizes of one block differ at most.
const SIZES: f64 = 1.15;

/// A headline is larger than the text by so much.
const HEADLINE: f64 = 1.4;

/// More lines than this on one page are a drawing's.
pub(super) const MOST_LINES: usize = 1000;

/// Cuts are made inside of cuts so deep.
const DEEPEST: usize = 12;

/// The blocks of a page as they are read.
pub(super) fn blocks(lines: Vec<Piece>, work: &Work) -> Vec<Block> {
    // Each line is compared with each other.
    if lines.len() > MOST_LINES || !work.spend(4 * lines.len() * lines.len()) {
        return vec![lines];
    }
    let below = links(&lines);
    let mut above = vec![false; lines.len()];
    for next in below.iter().flatten() {
        above[*next] = true;
    }
    let mut blocks = Vec::new();
    for start in (0..lines.len()).filter(|at| !above[*at]) {
        let chain = std::iter::successors(Some(start), |at| below[*at]);
        let block: Block = chain.map(|at| lines[at].clone()).collect();
        blocks.push(Area::of(block));
    }
    let ordered = order(blocks, 0);
    ordered.into_iter().map(|area| area.block).collect()
}

/// For each line the one that goes on below it.
fn links(lines: &[Piece]) -> Vec<Option<usize>> {
    // The nearest line in a direction, if it is the only one there.
    let nearest = |at: usize, sign: f64| -> Option<usize> {
        let line = &lines[at];
        let distance = |other: usize| (lines[other].base - line.base) * sign;
        let near = |other: &usize| {
            let piece = &lines[*other];
            let overlap = piece.right.min(line.right) - piece.left.max(line.left);
            let away = distance(*other);
            overlap > 0.0 && away > 0.3 * line.size && away < LEADING * line.size.max(piece.size)
        };
        let near: Vec<usize> = (0..lines.len()).filter(near).collect();
        let first = near
            .iter()
            .copied()
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
        let beside = |other: &&usize| distance(**other) - distance(first) < 0.5 * line.size;
        (near.iter().filter(beside).count() == 1).then_some(first)
    };
    let follows = |at: usize| {
        let next = nearest(at, -1.0)?;
        let (size, other) = (lines[at].size, lines[next].size);
        let alike = size < SIZES * other && other < SIZES * size;
        (alike && nearest(next, 1.0) == Some(at)).then_some(next)
    };
    (0..lines.len()).map(follows).collect()
}

/// A block and the room that it takes.
struct Area {
    block: Block,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    size: f64,
}

impl Area {
    fn of(block: Block) -> Self {
        let least = |value: fn(&Piece) -> f64| block.iter().map(value).fold(f64::MAX, f64::min);
        Self {
            left: least(|line| line.left),
            right: -least(|line| -line.right),
            top: -least(|line| -line.base - 0.7 * line.size),
            bottom: least(|line| line.base - 0.15 * line.size),
            size: least(|line| line.size),
            block,
        }
    }
}

fn order(mut areas: Vec<Area>, depth: usize) -> Vec<Area> {
    let down = |a: &Area, b: &Area| b.top.total_cmp(&a.top).then(a.left.total_cmp(&b.left));
    areas.sort_by(down);
    if areas.len() < 2 || depth == DEEPEST {
        return areas;
    }
    let cuts = gutters(areas.iter());
    if !cuts.is_empty() {
        let mut columns: Vec<Vec<Area>> = Vec::new();
        columns.resize_with(cuts.len() + 1, Vec::new);
        for area in areas {
            let column = cuts.iter().filter(|cut| area.left >= **cut).count();
            columns[column].push(area);
        }
        let columns = columns.into_iter();
        return columns
            .flat_map(|column| order(column, depth + 1))
            .collect();
    }
    let bands = bands(areas);
    if bands.len() == 1 {
        return bands.into_iter().flatten().collect();
    }
    let mut groups: Vec<Vec<Area>> = Vec::new();
    for band in bands {
        // Bands that can be cut at one place are parts of the same columns: a
        // blank line in all of them does not end them.
        let together = |group: &&mut Vec<Area>| {
            let parted = !gutters(group.iter()).is_empty();
            let text = group.iter().map(|area| area.size).fold(f64::MAX, f64::min);
            // A headline below columns is of what comes below it.
            let headline = parted && band.len() == 1 && band[0].size > HEADLINE * text;
            !headline && !gutters(group.iter().chain(&band)).is_empty()
        };
        match groups.last_mut().filter(together) {
            Some(group) => group.extend(band),
            None => groups.push(band),
        }
    }
    let groups = groups.into_iter();
    groups.flat_map(|group| order(group, depth + 1)).collect()
}

/// Where the areas can be cut from top to bottom.
fn gutters<'a>(areas: impl Iterator<Item = &'a Area>) -> Vec<f64> {
    let mut sides: Vec<(f64, f64, f64)> = areas.map(|a| (a.left, a.right, a.size)).collect();
    sides.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut cuts = Vec::new();
    let mut end: Option<f64> = None;
    for (left, right, size) in sides {
        if end.is_some_and(|end| left - end > 0.6 * GUTTER * size) {
            cuts.push(left);
        }
        end = Some(end.map_or(right, |end| end.max(right)));
    }
    cuts
}

/// The areas, cut from side to side wherever nothing is; they come from the top
/// down.
fn bands(areas: Vec<Area>) -> Vec<Vec<Area>> {
    let mut bands: Vec<Vec<Area>> = Vec::new();
    let mut bottom = f64::MAX;
    for area in areas {
        let apart = area.top <= bottom;
        bottom = if apart {
            area.bottom
        } else {
            bottom.min(area.bottom)
        };
        match bands.last_mut() {
            Some(band) if !apart => band.push(area),
            _ => bands.push(vec![area]),
        }
    }
    bands
}
