//! The title of the pane.

use crate::study::Concept;
use crate::ui::pane::View;
use crate::ui::theme::Theme;

/// The id and the status, which stay in sight while the text scrolls.
pub(super) fn title(view: &View, theme: &Theme) -> String {
    let store = &view.session.store;
    let Some(study) = view.session.study() else { return "No trial".to_owned() };
    let status = store.fact(study, Concept::Status);
    let signs = theme.signs;
    let visit = if view.session.is_visiting() {
        format!("visit {} ", signs.separator)
    } else {
        String::new()
    };
    let sign = theme.status(store.code(study, Concept::Status).unwrap_or_default()).0;
    format!("{visit}{} {} {sign} {status}", store.id(study), signs.separator)
}
