//! What stands between `\begin` and `\end`, and code within a line.

use super::{Open, Tex, commands};
use crate::text::{BlockKind, MarkKind};

impl Tex<'_> {
    pub(super) fn begin_environment(&mut self) {
        let name = self
            .argument()
            .unwrap_or_default()
            .trim_end_matches('*')
            .to_owned();
        self.optional();
        let end = format!("\\end{{{name}");
        if matches!(&*name, "verbatim" | "lstlisting" | "minted" | "Verbatim") {
            if name == "minted" {
                self.argument();
            }
            let rest = self.rest();
            let length = rest.find(&end).unwrap_or(rest.len());
            self.builder.open(BlockKind::Code);
            self.builder.write_verbatim(&rest[..length]);
            self.builder.close();
            self.at += length;
            self.skip_past("}");
        } else if commands::is_left_out(&name) {
            self.skip_past(&end);
            self.skip_past("}");
        } else {
            if !matches!(&*name, "document" | "center") {
                self.builder.close();
            }
            let kind = match &*name {
                "quote" | "quotation" | "verse" | "displayquote" => Some(BlockKind::Quote),
                "enumerate" => Some(list(true)),
                "itemize" | "description" => Some(list(false)),
                _ => None,
            };
            self.begin(Open::Environment { name, kind });
        }
    }

    pub(super) fn end_environment(&mut self) {
        let name = self.argument().unwrap_or_default().trim_end_matches('*');
        let matches =
            |open: &Open| matches!(open, Open::Environment { name: other, .. } if other == name);
        if let Some(at) = self.open.iter().rposition(matches) {
            self.open.truncate(at);
            self.builder.close();
        }
        if name == "document" {
            self.at = self.source.len();
        }
    }

    pub(super) fn item(&mut self) {
        let label = self.optional();
        let lists = self.open.iter().filter_map(|open| match open {
            Open::Environment {
                kind: Some(BlockKind::ListItem { ordered, .. }),
                ..
            } => Some(*ordered),
            _ => None,
        });
        let lists: Vec<bool> = lists.collect();
        let depth = u8::try_from(lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let ordered = lists.last().copied().unwrap_or(false);
        self.builder.open(BlockKind::ListItem { ordered, depth });
        if let Some(label) = label {
            self.builder.write(&self.plain(label));
            self.builder.write(" ");
        }
    }

    pub(super) fn verb(&mut self) {
        let rest = self.rest().trim_start_matches('*');
        let Some(mark) = rest.chars().next() else {
            return;
        };
        let inside = &rest[mark.len_utf8()..];
        let end = inside.find([mark, '\n']).unwrap_or(inside.len());
        self.ensure_open();
        let open = self.builder.start_mark();
        self.builder.write(&inside[..end]);
        self.builder.end_mark(open, MarkKind::Code);
        self.at = self.source.len() - inside.len() + end;
        if self.rest().starts_with(mark) {
            self.at += mark.len_utf8();
        }
    }
}

const fn list(ordered: bool) -> BlockKind {
    BlockKind::ListItem { ordered, depth: 0 }
}
