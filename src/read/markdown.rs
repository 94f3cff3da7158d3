//! Markdown, with front matter.
//!
//! The standard and those extensions whose marks would else end up in the text:
//! tables, footnotes, task lists, strikethrough, heading attributes, callouts,
//! wiki links. Punctuation stays as written, since quotations are verbatim.

use super::{
    Format, Input, ReadError, Reader,
    blocks::{Builder, OpenMark},
    charset, front_matter, meta, nesting, obsidian,
    raw_html::{self, Tag as HtmlTag},
};
use crate::{
    article::{Article, Origin},
    text::{BlockKind, MarkKind},
};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

pub(super) const FORMAT: Format = Format {
    endings: &["md", "markdown", "mdown", "mkd"],
    recognizes: |_| false,
    read: Reader::One(read),
};

fn read(input: &Input) -> Result<Article, ReadError> {
    let text = charset::decode(input.bytes)?;
    let mut article = Article {
        origin: Origin::Authored,
        ..Article::default()
    };
    let body = match front_matter::split(&text)? {
        Some((fields, body)) => {
            meta::take_over(fields, &mut article);
            body
        }
        None => &text,
    };
    let body = &*obsidian::without_marks(body);
    nesting::check(body)?;
    let body = &*nesting::flattened(body);
    let mut reader = Walk::new(body.len(), article);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    for event in Parser::new_ext(body, options) {
        reader.event(event);
    }
    let article = reader.finish();
    match article.text.blocks.is_empty() {
        false => Ok(article),
        true if text.trim().is_empty() => Err(ReadError::Empty),
        true => Err(ReadError::NoText),
    }
}

/// What the reader is inside of.
enum Container {
    Quote,
    List {
        ordered: bool,
    },
    /// An item; its first paragraph has been met or not.
    Item {
        begun: bool,
    },
}

#[derive(Default)]
struct Picture {
    address: String,
    alt: String,
}

struct Walk {
    article: Article,
    builder: Builder,
    containers: Vec<Container>,
    marks: Vec<(OpenMark, MarkKind)>,
    /// The pictures that the reader is inside of: their text is a stand-in for
    /// those who cannot see them, not the article's.
    pictures: Vec<Picture>,
    /// Pictures that wait for the end of the block that they stand in.
    seen: Vec<Picture>,
    /// The element, written as HTML within a line, whose content is left out.
    left_out: Option<String>,
    html: String,
    table: Option<Vec<Vec<String>>>,
}

impl Walk {
    fn new(bytes: usize, article: Article) -> Self {
        Self {
            article,
            builder: Builder::with_capacity(bytes),
            containers: Vec::new(),
            marks: Vec::new(),
            pictures: Vec::new(),
            seen: Vec::new(),
            left_out: None,
            html: String::new(),
            table: None,
        }
    }

    fn finish(mut self) -> Article {
        self.close();
        self.article.text = self.builder.finish();
        self.article
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.write(&text);
            }
            Event::Code(code) => {
                self.start_mark(MarkKind::Code);
                self.write(&code);
                self.end_mark();
            }
            Event::SoftBreak | Event::HardBreak => self.write(" "),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading { level, .. } => self.builder.open(BlockKind::Heading(level as u8)),
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::List(first) => {
                let ordered = first.is_some();
                self.enter(Container::List { ordered });
            }
            Tag::Item => self.enter(Container::Item { begun: false }),
            Tag::CodeBlock(_) => self.builder.open(BlockKind::Code),
            Tag::Table(_) => {
                self.builder.close();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                self.table.iter_mut().for_each(|rows| rows.push(Vec::new()));
            }
            Tag::TableCell => {
                let row = self.table.iter_mut().filter_map(|rows| rows.last_mut());
                row.for_each(|row| row.push(String::new()));
            }
            Tag::HtmlBlock => self.html.clear(),
            Tag::Emphasis => self.start_mark(MarkKind::Emphasis),
            Tag::Strong => self.start_mark(MarkKind::Strong),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                // A wiki link names a page of somebody's own notes.
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                let address = if wiki { "" } else { &dest_url };
                let address = address.replace(charset::is_forbidden, "");
                self.start_mark(MarkKind::Link(address));
            }
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => {
                // A picture written out in the address itself has none to show,
                // and one of somebody's own notes none that leads anywhere.
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                let address = if wiki || dest_url.starts_with("data:") {
                    String::new()
                } else {
                    dest_url.replace(charset::is_forbidden, "")
                };
                if self.article.image.is_none() && !address.is_empty() {
                    self.article.image = Some(address.clone());
                }
                self.pictures.push(Picture {
                    address,
                    ..Picture::default()
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock => self.close(),
            TagEnd::Heading(level) => {
                self.close();
                if level as u8 == 1 {
                    self.take_title();
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.close();
                self.containers.pop();
            }
            TagEnd::Table => self.write_table(),
            TagEnd::HtmlBlock => {
                for (kind, paragraph) in raw_html::paragraphs(&std::mem::take(&mut self.html)) {
                    match kind {
                        BlockKind::Quote => self.builder.open(kind),
                        _ => self.open_paragraph(),
                    }
                    self.builder.write(&paragraph);
                }
                self.builder.close();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.end_mark(),
            TagEnd::Image => self.seen.extend(self.pictures.pop()),
            _ => {}
        }
        if !self.builder.is_open() {
            self.left_out = None;
        }
    }

    /// The first heading, of the first level and at the top, is the headline;
    /// where front matter gives the same, the heading only repeats it.
    fn take_title(&mut self) {
        let stated = self.article.title.as_deref();
        let heading = |text: &str| stated.is_none_or(|title| title == text);
        if let Some(text) = self.builder.take_first(BlockKind::Heading(1), heading) {
            self.article.title = Some(text);
        }
    }

    /// Ends the open block, and shows the pictures that stood in it.
    fn close(&mut self) {
        self.builder.close();
        for picture in self.seen.drain(..) {
            if !picture.address.is_empty() {
                self.builder.picture(&picture.address, &picture.alt);
            }
        }
    }

    fn enter(&mut self, container: Container) {
        self.close();
        self.containers.push(container);
    }

    /// Opens a block of the kind that the innermost container asks for.
    fn open_paragraph(&mut self) {
        let lists = self.containers.iter().rev();
        let mut lists = lists.filter_map(|container| match container {
            Container::List { ordered } => Some(*ordered),
            _ => None,
        });
        let (ordered, outer) = (lists.next().unwrap_or_default(), lists.count());
        let kind = match self.containers.last_mut() {
            Some(Container::Quote) => BlockKind::Quote,
            // A second paragraph of an item is no item of its own.
            Some(Container::Item { begun }) if !*begun => {
                *begun = true;
                BlockKind::ListItem {
                    ordered,
                    depth: u8::try_from(outer).unwrap_or(u8::MAX),
                }
            }
            _ => BlockKind::Paragraph,
        };
        self.builder.open(kind);
    }

    fn write(&mut self, text: &str) {
        if let Some(picture) = self.pictures.last_mut() {
            picture.alt.push_str(text);
            return;
        }
        if self.left_out.is_some() {
            return;
        }
        if let Some(rows) = &mut self.table {
            if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                cell.push_str(text);
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

    /// The text of a tight list's items comes without a paragraph around it.
    fn ensure_open(&mut self) {
        if !self.builder.is_open() && self.table.is_none() {
            self.open_paragraph();
        }
    }

    fn start_mark(&mut self, kind: MarkKind) {
        self.ensure_open();
        self.marks.push((self.builder.start_mark(), kind));
    }

    fn end_mark(&mut self) {
        let Some((mark, kind)) = self.marks.pop() else {
            return;
        };
        if self.table.is_none() && kind != MarkKind::Link(String::new()) {
            self.builder.end_mark(mark, kind);
        }
    }

    fn inline_html(&mut self, html: &str) {
        let Some(tag) = HtmlTag::read(html) else {
            return;
        };
        if let Some(name) = &self.left_out {
            if tag.closing && tag.name == *name {
                self.left_out = None;
            }
        } else if !tag.is_left_out() {
            if let Some(mark) = tag.mark() {
                self.write(mark);
            } else if tag.separates() {
                self.write(" ");
            }
        } else if !tag.closing && !html.ends_with("/>") {
            self.left_out = Some(tag.name);
        }
    }

    fn write_table(&mut self) {
        // Markdown has no tables without one.
        let rows = self.table.take().unwrap_or_default();
        self.builder.table_with(&rows, true);
    }
}
