//! The elements that reading a page tells apart.

/// An element's name, as far as it matters; or that it is a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    Text,
    A,
    Article,
    Aside,
    Blockquote,
    Body,
    Br,
    Button,
    Caption,
    Code,
    Dd,
    Details,
    Div,
    Dl,
    Dt,
    Emphasis,
    Figcaption,
    Figure,
    Footer,
    Form,
    Header,
    Heading(u8),
    Hr,
    Image,
    Inline,
    Label,
    Li,
    Main,
    Nav,
    Noscript,
    Ol,
    P,
    Pre,
    Q,
    Section,
    Source,
    Strong,
    Sup,
    Table,
    Tbody,
    Td,
    Th,
    Tr,
    Ul,
    /// Any other element that is a block of its own.
    Block,
    /// What shows no text of the page's: scripts, players, pictures in SVG.
    Mute,
}

impl Tag {
    /// The element of this name, which is in lower case.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "a" => Tag::A,
            "article" => Tag::Article,
            "aside" => Tag::Aside,
            "blockquote" => Tag::Blockquote,
            "body" => Tag::Body,
            "br" => Tag::Br,
            "button" => Tag::Button,
            "caption" => Tag::Caption,
            "code" | "kbd" | "samp" | "tt" => Tag::Code,
            "dd" => Tag::Dd,
            "details" => Tag::Details,
            "div" => Tag::Div,
            "dl" => Tag::Dl,
            "dt" => Tag::Dt,
            "em" | "i" | "cite" | "dfn" | "var" => Tag::Emphasis,
            "figcaption" => Tag::Figcaption,
            "figure" => Tag::Figure,
            "footer" => Tag::Footer,
            "form" => Tag::Form,
            "header" => Tag::Header,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "hr" => Tag::Hr,
            "img" | "amp-img" => Tag::Image,
            "label" | "legend" => Tag::Label,
            "li" => Tag::Li,
            "main" => Tag::Main,
            "nav" | "menu" => Tag::Nav,
            "noscript" => Tag::Noscript,
            "ol" => Tag::Ol,
            "p" => Tag::P,
            "pre" | "listing" | "xmp" => Tag::Pre,
            "q" => Tag::Q,
            "section" => Tag::Section,
            "source" => Tag::Source,
            "b" | "strong" => Tag::Strong,
            "sup" => Tag::Sup,
            "table" => Tag::Table,
            "tbody" | "thead" | "tfoot" => Tag::Tbody,
            "td" => Tag::Td,
            "th" => Tag::Th,
            "tr" => Tag::Tr,
            "ul" | "dir" => Tag::Ul,
            _ if MUTE.contains(&name) => Tag::Mute,
            _ if INLINE.contains(&name) => Tag::Inline,
            _ => Tag::Block,
        }
    }

    /// Whether it groups blocks without being one.
    pub(super) fn is_container(self) -> bool {
        matches!(
            self,
            Tag::Article | Tag::Block | Tag::Div | Tag::Dl | Tag::Ol | Tag::Section | Tag::Ul
        )
    }

    /// Whether it is what stories are made of.
    pub(super) fn is_flow(self) -> bool {
        matches!(
            self,
            Tag::Blockquote
                | Tag::Dl
                | Tag::Figure
                | Tag::Heading(_)
                | Tag::Ol
                | Tag::P
                | Tag::Pre
                | Tag::Table
                | Tag::Ul
        )
    }

    /// Whether a few words, or a link alone, are what is to be expected in it.
    pub(super) fn is_data(self) -> bool {
        matches!(
            self,
            Tag::Blockquote | Tag::Dd | Tag::Dt | Tag::Li | Tag::Pre | Tag::Td | Tag::Th
        )
    }

    /// Whether it stays within a line.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Tag::Text
                | Tag::A
                | Tag::Br
                | Tag::Button
                | Tag::Code
                | Tag::Emphasis
                | Tag::Image
                | Tag::Inline
                | Tag::Label
                | Tag::Noscript
                | Tag::Q
                | Tag::Source
                | Tag::Strong
                | Tag::Sup
                | Tag::Mute
        )
    }
}

/// Elements without text that is the page's.
#[rustfmt::skip]
const MUTE: &[&str] = &[
    "amp-ad", "amp-analytics", "amp-embed", "amp-iframe", "amp-sidebar", "amp-video", "applet",
    "area", "audio", "base", "basefont", "canvas", "col", "colgroup", "datalist", "dialog", "embed",
    "frame", "frameset", "head", "iframe", "input", "link", "map", "math", "meta", "meter",
    "noembed", "noframes", "object", "optgroup", "option", "output", "param", "progress", "rp",
    "rt", "script", "select", "style", "svg", "template", "textarea", "title", "track", "video",
];

/// Elements within a line that mean nothing here.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "abbr", "acronym", "bdi", "bdo", "big", "data", "del", "font", "ins", "mark", "nobr", "picture",
    "ruby", "rb", "s", "slot", "small", "span", "strike", "sub", "time", "u", "wbr", "g-emoji",
];
