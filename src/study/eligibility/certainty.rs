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

/// An item of one role that names the other: `* Exclusion: minors` under inclusion. It begins no list only where
/// a heading of its role comes later.
pub(super) struct Aside {
    pub(super) role: Role,
    pub(super) part: usize,
}

/// Whether no side can hold the other unseen.
pub(super) fn is_certain(parts: &[Part], mentions: &Mentions, asides: &[Aside]) -> bool {
    let is_settled =
        |aside: &Aside| parts[aside.part + 1..].iter().any(|part| part.role == aside.role);
    if !asides.iter().all(is_settled) {
        return false;
    }
    let has = |role| parts.iter().any(|part| part.role == role);
    match (has(Role::Inclusion), has(Role::Exclusion)) {
        (true, true) => true,
        (true, false) => !mentions.exclusion.named && !mentions.exclusion.doubt,
        (false, true) => !mentions.inclusion.doubt,
        (false, false) => false,
    }
}
