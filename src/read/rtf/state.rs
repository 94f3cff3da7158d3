//! What a group of an RTF file changes until its end.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the document.
    Text,
    /// Nowhere.
    Nowhere,
    Fonts,
    Styles,
    Lists,
    Overrides,
    /// The properties, but into none of them.
    Properties,
    Title,
    Creator,
    Subject,
    Keywords,
    /// The instruction of a field.
    Instruction,
    /// The kind of an old list.
    OldList,
}

/// What has to be done when a group ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Nothing,
    Field,
    TextBox,
    Note,
    /// It is the table of styles.
    Styles,
    /// It is a style's entry there.
    Style,
}

/// What a group changes.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the format has as many switches"
)]
pub(super) struct State {
    pub(super) target: Target,
    pub(super) ending: Ending,
    pub(super) font: i32,
    pub(super) text_style: Option<i32>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    /// How many characters stand for one that is written as a number, for
    /// programs that do not know the number.
    pub(super) fallback: usize,
    pub(super) paragraph: ParagraphState,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphState {
    pub(super) style: i32,
    pub(super) outline: Option<i32>,
    pub(super) list: Option<i32>,
    pub(super) level: u8,
    pub(super) in_table: bool,
    /// In a list of the old kind, numbered or not.
    pub(super) old_list: Option<bool>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            target: Target::Text,
            ending: Ending::Nothing,
            font: 0,
            text_style: None,
            strong: false,
            emphasis: false,
            hidden: false,
            deleted: false,
            fallback: 1,
            paragraph: ParagraphState::default(),
        }
    }
}

impl State {
    /// The state of a group inside of this one.
    pub(super) fn inner(&self) -> Self {
        Self {
            ending: Ending::Nothing,
            ..self.clone()
        }
    }

    /// Back to how text looks without anything stated.
    pub(super) fn plain(&mut self, font: i32) {
        self.font = font;
        self.text_style = None;
        self.strong = false;
        self.emphasis = false;
        self.hidden = false;
        self.deleted = false;
    }
}
