//! What menus and pages ask the application to do. How it does that is not known here.

use std::path::PathBuf;

use crate::export::{ComparisonFormat, StudiesFormat};
use crate::marks::{Decision, Passage};
use crate::search::{Profile, Sort, Term};
use crate::session::{ListColumns, Ticks};
use crate::store::StudyIdx;
use crate::study::{Concept, Link, NctId};
use crate::ui::action::Action;

/// What choosing from a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Act(Action),
    Sort(Option<Sort>),
    /// A query that was asked before, or has a name.
    Ask(String),
    /// A name for the query is to be typed.
    NameSearch,
    SaveSearch(String),
    /// The path of a file in which the search is written down.
    Record(String),
    /// Only what has this too, or no longer only that.
    Narrow(Term),
    /// What a text is called, and the text for the clipboard.
    Copy(String, String),
    /// A row of the study to go to.
    Section(usize),
    /// The comparison on the screen, saved in a form.
    SaveComparison(ComparisonFormat),
    /// Studies, saved in a form.
    SaveStudies(WhichStudies, StudiesFormat),
    /// The list, by how trials suit somebody.
    Suit(Profile),
    /// Something that a record points to.
    Follow(Link),
    /// Why the trial is excluded.
    Exclude(Option<String>),
    Tag(String),
    Note(String),
    /// A note on words of the trial.
    NoteOn(Passage, String),
    /// The collection in which marks are kept.
    Collection(String),
    /// The path of a file whose marks are joined.
    Join(String),
    /// How a disagreement ends.
    Settle(NctId, Decision, Option<String>),
    /// The disagreement after that on this study.
    NextConflict(NctId),
    Tick(Ticks),
    /// Two of the pinned studies, compared alone.
    CompareTwo([StudyIdx; 2]),
    /// The list is grouped by a concept, or no longer.
    Group(Option<Concept>),
    /// The list has these columns.
    Columns(ListColumns),
    /// The columns of the list are kept for the next start.
    KeepColumns,
    /// The dataset at a path, in place of the present one or with it.
    Open(PathBuf),
    OpenSample,
    AddPath(PathBuf),
    /// The paths that begin like a text are to be listed.
    ListPaths(String),
    /// The theme of this name.
    Theme(&'static str),
    /// Says why nothing is done.
    Say(String),
    /// Nothing: the entry is only to be read.
    Nothing,
}

/// Which studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichStudies {
    Selected,
    /// All that were found.
    Found,
}
