//! Paragraphs and tables into blocks.

use super::{Look, Paragraph, Role, Table};
use crate::{
    read::blocks::{Builder, OpenMark},
    text::{BlockKind, MarkKind},
};

/// A cell of more characters than this, in several paragraphs, is a column of
/// running text: the table is there for the layout.
const LONGEST_CELL: usize = 400;

pub(super) fn table(builder: &mut Builder, table: &Table) {
    let length = |cell: &[Paragraph]| {
        let runs = cell.iter().flat_map(|paragraph| &paragraph.runs);
        runs.map(|run| run.text.len()).sum::<usize>()
    };
    let is_column = |cell: &Vec<Paragraph>| cell.len() > 1 && length(cell) > LONGEST_CELL;
    let one_column = table.iter().all(|row| row.len() <= 1);
    if one_column || table.iter().flatten().any(is_column) {
        let cells = table.iter().flatten().flatten();
        cells.for_each(|cell| paragraph(builder, cell));
        return;
    }
    let cell = |cell: &Vec<Paragraph>| {
        let lines = cell.iter().map(Paragraph::line);
        lines.collect::<Vec<_>>().join(" ")
    };
    let rows = table.iter().map(|row| row.iter().map(cell).collect());
    builder.table(&rows.collect::<Vec<Vec<String>>>());
}

pub(super) fn paragraph(builder: &mut Builder, paragraph: &Paragraph) {
    let kind = match paragraph.role {
        // A second title is that of a part.
        Role::Title => BlockKind::Heading(1),
        Role::Heading(level) => BlockKind::Heading(level.clamp(1, 6)),
        Role::Item { ordered, depth } => BlockKind::ListItem { ordered, depth },
        Role::Quote => BlockKind::Quote,
        Role::Code => BlockKind::Code,
        _ => BlockKind::Paragraph,
    };
    if kind == BlockKind::Code {
        // A paragraph a line is how office programs write code.
        if builder.is_code() {
            builder.write_verbatim("\n");
        } else {
            builder.open(kind);
        }
        for run in &paragraph.runs {
            builder.write_verbatim(&run.text);
        }
        return;
    }
    builder.open(kind);
    let is_heading = matches!(kind, BlockKind::Heading(_));
    let mut marks = Marks::default();
    let mut breaks = 0;
    for run in &paragraph.runs {
        let mut look = run.look.clone();
        // Headings are bold anyway.
        look.strong &= !is_heading;
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                breaks += 1;
                builder.write(" ");
            }
            if line.trim().is_empty() {
                builder.write(line);
                continue;
            }
            // Two line breaks are how some set paragraphs apart.
            if breaks > 1 && !is_heading {
                marks.turn(&Look::default(), builder);
                builder.open(match kind {
                    BlockKind::ListItem { .. } => BlockKind::Paragraph,
                    kind => kind,
                });
            }
            breaks = 0;
            marks.turn(&look, builder);
            builder.write(line);
        }
    }
    marks.turn(&Look::default(), builder);
}

/// The marks that are open, outer ones first.
#[derive(Default)]
struct Marks(Vec<(OpenMark, MarkKind)>);

impl Marks {
    /// Ends and begins marks so that those of `look` are open. They are always
    /// nested in the same order.
    fn turn(&mut self, look: &Look, builder: &mut Builder) {
        let link = look.link.as_ref();
        let wanted = [
            link.map(|address| MarkKind::Link(address.to_string())),
            look.strong.then_some(MarkKind::Strong),
            look.emphasis.then_some(MarkKind::Emphasis),
            look.code.then_some(MarkKind::Code),
        ];
        let wanted: Vec<MarkKind> = wanted.into_iter().flatten().collect();
        let open = self.0.iter().map(|(_, kind)| kind);
        let same = open.zip(&wanted).take_while(|(one, other)| one == other);
        let same = same.count();
        while self.0.len() > same {
            if let Some((mark, kind)) = self.0.pop() {
                builder.end_mark(mark, kind);
            }
        }
        for kind in &wanted[same..] {
            self.0.push((builder.start_mark(), kind.clone()));
        }
    }
}
