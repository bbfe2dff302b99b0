//! Whether the roles of all parts are certain: what each side has of headings, and what is said of it elsewhere.
//! Does not look at text.

use super::{Part, Role};

/// Which sides have a heading, and which are named outside of headings.
#[derive(Default)]
pub(super) struct Mentions {
    pub(super) inclusion: Mention,
    pub(super) exclusion: Mention,
}

#[derive(Default)]
pub(super) struct Mention {
    /// The role is named in a line.
    pub(super) named: bool,
    /// The line may be a heading.
    pub(super) doubt: bool,
}

/// Whether no side can hold the other unseen. A part that is enclosed in a list of the other role makes no side of its
/// own.
pub(super) fn is_certain(parts: &[Part], is_enclosed: &[bool], mentions: &Mentions) -> bool {
    let own = || parts.iter().zip(is_enclosed).filter(|(_, is_enclosed)| !**is_enclosed);
    let has = |role| own().any(|(part, _)| part.role == role);
    match (has(Role::Inclusion), has(Role::Exclusion)) {
        (true, true) => true,
        (true, false) => !mentions.exclusion.named && !mentions.exclusion.doubt,
        (false, true) => !mentions.inclusion.doubt,
        (false, false) => false,
    }
}
