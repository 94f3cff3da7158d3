//! Moving through the source.

use super::Tex;

/// How far the end of an argument or a formula is looked for, in bytes.
pub(super) const LONGEST: usize = 10_000;

impl<'t> Tex<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.source[self.at..]
    }

    /// The name of a command, after its backslash.
    pub(super) fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters > 0 {
            letters
        } else {
            rest.chars().next().map_or(0, char::len_utf8)
        };
        self.at += length;
        &rest[..length]
    }

    pub(super) fn skip_past(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    pub(super) fn skip_to(&mut self, mark: char) {
        let rest = self.rest();
        self.at += rest.find(mark).map_or(0, |at| at + mark.len_utf8());
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        // An empty group ends a command's name.
        if rest.starts_with("{}") {
            self.at += 2;
        } else {
            let white = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.at += white;
        }
    }

    pub(super) fn star_and_optional(&mut self) {
        if self.rest().starts_with('*') {
            self.at += 1;
        }
        self.optional();
    }

    /// What stands in brackets here, if anything.
    pub(super) fn optional(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let inside = rest.strip_prefix('[')?;
        let end = self.find(inside, "]")?;
        self.at += end + 2;
        Some(&inside[..end])
    }

    /// What stands in braces here, if anything.
    pub(super) fn argument(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let inside = rest.trim_start().strip_prefix('{')?;
        if self.patience == 0 {
            return None;
        }
        let mut depth = 0_usize;
        let mut escaped = false;
        for (at, byte) in inside.bytes().enumerate().take(LONGEST) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    self.at = self.source.len() - inside.len() + at + 1;
                    return Some(&inside[..at]);
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.patience -= 1;
        None
    }

    /// Where the end of something stands, if it is near.
    pub(super) fn find(&mut self, inside: &str, end: &str) -> Option<usize> {
        if self.patience == 0 {
            return None;
        }
        let near = &inside[..inside.floor_char_boundary(LONGEST)];
        let found = near.find(end);
        self.patience -= usize::from(found.is_none());
        found
    }
}
