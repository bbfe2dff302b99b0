//! The keys that the last line names in a comparison.

use super::super::Hint;
use crate::session::Session;
use crate::ui::action::Action;
use crate::ui::widget::finding::Finding;

/// Whether there are pinned studies beyond two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Others {
    #[default]
    None,
    Some,
    /// Two versions of one study are compared.
    Versions,
}

/// Whether there are pinned studies beyond the two that are compared.
pub(super) fn has_others(session: &Session) -> bool {
    session.versions().is_none() && session.pins.len() > 2
}

/// The actions of the hint line.
pub(super) fn hints(finding: Option<&Finding>, others: Others) -> &'static [Hint] {
    match finding {
        Some(finding) if finding.typing() => &[(Action::Read, "find"), (Action::Back, "cancel")],
        Some(_) => &[
            (Action::NextFound, "next"),
            (Action::PreviousFound, "previous"),
            (Action::Back, "done"),
        ],
        None if others == Others::Some => &[
            (Action::Matrix, "key facts"),
            (Action::NextStudy, "next trial"),
            (Action::DifferencesOnly, "differences only"),
            (Action::NextDifference, "next"),
            (Action::PreviousDifference, "previous"),
            (Action::Overlap, "shared"),
            (Action::Swap, "swap"),
            (Action::Search, "find"),
            (Action::FoldPart, "fold"),
            (Action::Export, "save"),
            (Action::Back, "back"),
            (Action::Timeline, "dates"),
            (Action::Map, "map"),
        ],
        None if others == Others::Versions => &[
            (Action::DifferencesOnly, "differences only"),
            (Action::NextDifference, "next"),
            (Action::PreviousDifference, "previous"),
            (Action::Swap, "swap"),
            (Action::Search, "find"),
            (Action::FoldPart, "fold"),
            (Action::Export, "save"),
            (Action::Back, "back to the versions"),
        ],
        None => &[
            (Action::DifferencesOnly, "differences only"),
            (Action::NextDifference, "next"),
            (Action::PreviousDifference, "previous"),
            (Action::Swap, "swap"),
            (Action::Overlap, "shared"),
            (Action::Search, "find"),
            (Action::FoldPart, "fold"),
            (Action::Export, "save"),
            (Action::Back, "back"),
            (Action::Timeline, "dates"),
            (Action::Map, "map"),
        ],
    }
}
