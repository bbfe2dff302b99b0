//! What the session asks of the world outside it.

use std::path::PathBuf;
use std::sync::Arc;

use super::{JobId, KeptSession, ListColumns};
use crate::export::Writing;
use crate::marks::Marking;
use crate::search::{Query, SavedSearches};
use crate::store::StudyIdx;

/// Whether the mouse is the program's or the terminal's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks and the wheel act in the program.
    #[default]
    Captured,
    /// The terminal selects text.
    Free,
}

/// `trialdex-NCT00000102` and `json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    pub stem: String,
    pub extension: &'static str,
}

/// A text with a cursor, which is to be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub text: String,
    /// The byte at which the cursor stands.
    pub cursor: usize,
    pub wish: Wish,
    /// The searches that can be named in it.
    pub saved: SavedSearches,
}

/// What is wanted of completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To list them; where only one thing fits, to take it.
    Complete,
    /// To go on with the list that is open.
    Follow,
}

/// Where somebody begins in a dataset that is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// Where it was left the last time, if that is known.
    AsLeft,
    /// Where they are now.
    Here,
}

/// What is written to a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(String),
    /// Studies of the dataset, in a form.
    Studies(Vec<StudyIdx>, Box<Writing>),
}

/// Work for a thread in the background.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Answer a query; only the latest one matters.
    Search(Query),
    /// Find what can stand at the cursor of the search line; only the latest one matters.
    Complete(Begun),
    /// Put text on the clipboard. `what` names it in the confirmation.
    Copy { text: String, what: String },
    /// Write a new file in the current folder. `what` names its content in the confirmation.
    Save {
        /// How the file is to be called: a name and an ending. A number comes between them where there is one of
        /// that name.
        name: FileName,
        what: String,
        content: Content,
    },
    /// Write a search down in a new file; `typed` is its text.
    Record { path: PathBuf, query: Box<Query>, typed: String },
    /// Make the index of the prose, or find it where it is kept.
    IndexProse,
    /// Show an address in the web browser; it has been checked to be `https://`.
    OpenUrl(String),
    /// Keep marks. `what` says in the confirmation what was marked on what.
    Mark { changes: Vec<Marking>, what: String },
    /// Take back the marks that another job kept.
    Unmark(JobId),
    /// Keep that a study was shown to be read.
    Read(Marking),
    /// Say which collections there are.
    Collections,
    /// Keep marks in the collection of this name from now on.
    UseCollection(String),
    /// Join the marks of another file.
    Join(PathBuf),
    /// Read another dataset; `~` is the home folder.
    Open(Vec<PathBuf>, Begins),
    /// Keep where the dataset of these paths was left.
    KeepSession(Vec<PathBuf>, Box<KeptSession>),
    /// List the paths that begin like a text.
    ListPaths(String),
    /// Keep which datasets were open.
    KeepRecent(Vec<PathBuf>),
    /// Keep that the greeting of the first start was seen.
    KeepGreeted,
    /// Keep a query under a name; an empty one takes the name away.
    SaveSearch { name: String, query: String },
    /// Count what saved searches find, and what is new of it.
    CountSearches(Vec<(Arc<str>, Query)>),
    /// Keep what a saved search finds, since somebody looks at it.
    Look { name: Arc<str>, query: Box<Query> },
    /// Keep a query that was asked, for other runs.
    KeepQuery(String),
    /// Keep the columns of the list for the next start.
    KeepColumns(ListColumns),
}

/// Something to be done outside the application. The runtime performs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Begin a job. It ends by an event that has its id.
    Start(JobId, Task),
    /// The dataset of these paths, which the session has, is the one that is open.
    Use(Vec<PathBuf>),
    /// More of the dataset is there: from now on questions are asked of what the session has coming.
    ServeMore,
    /// End a job that is not wanted any more.
    Cancel(JobId),
    /// Give the terminal back to the shell until the user returns.
    Suspend,
    /// Take the mouse or leave it to the terminal.
    Mouse(Mouse),
    Quit,
}
