//! Faults shown the way rustc shows them: place, cause, remedy.

use super::Fault;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Draws faults of the file `path`, which holds `text`, for a terminal, with
/// colors; whoever prints it takes them out where they are not wanted.
#[must_use]
pub fn render(path: &str, text: &str, faults: &[Fault]) -> String {
    let renderer = Renderer::styled();
    let drawn = faults.iter().map(|fault| {
        let place = AnnotationKind::Primary
            .span(fault.span.clone())
            .label(&fault.label);
        let snippet = Snippet::source(text).path(path).annotation(place);
        let title = Level::ERROR.primary_title(&fault.title).element(snippet);
        renderer.render(&[title.element(Level::HELP.message(&fault.help))])
    });
    drawn.collect::<Vec<_>>().join("\n\n")
}
