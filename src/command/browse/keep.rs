//! What is kept in the user's state directory, each with a line that says how that went.

use std::path::PathBuf;

use crate::session::ListColumns;
use crate::state::{self, StateFolder};

/// Keeps the columns of the list in the user's state directory; gives one line that says how that went.
pub(super) fn columns(columns: &ListColumns) -> Result<String, String> {
    let folder = StateFolder::of_user();
    let folder = folder.ok_or("the columns are not kept: HOME is not set")?;
    let kept = state::keep_columns(&folder, columns);
    kept.map_err(|error| format!("the columns are not kept: {error}"))
}

/// Keeps which datasets were open. Where that cannot be kept, nothing is said of it.
pub(super) fn recent(paths: &[PathBuf]) -> String {
    if let Some(folder) = StateFolder::of_user() {
        _ = state::keep_recent(&folder, paths);
    }
    String::new()
}

/// Keeps that somebody was greeted. Where that cannot be kept, they are greeted again, and nothing is said of it.
pub(super) fn greeted() -> String {
    if let Some(folder) = StateFolder::of_user() {
        _ = state::keep_greeted(&folder);
    }
    String::new()
}
