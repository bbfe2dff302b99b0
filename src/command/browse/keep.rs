//! What is kept in the user's state directory, each with a line that says how that went.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::themes;
use crate::dataset;
use crate::event::Event;
use crate::marks::Marks;
use crate::search::Query;
use crate::session::{KeptSession, ListColumns, Look, Looked};
use crate::state::{self, StateFolder};
use crate::store::Store;
use crate::study::PartialDate;
use crate::worker::counter;
use crate::worker::job::Job;

/// Keeps the columns of the list in the user's state directory; gives one line that says how that went.
pub(super) fn columns(columns: &ListColumns) -> Result<String, String> {
    let folder = StateFolder::of_user();
    let folder = folder.ok_or("the columns are not kept: HOME is not set")?;
    let kept = state::keep_columns(&folder, columns);
    kept.map_err(|error| format!("the columns are not kept: {error}"))
}

/// Keeps which datasets were open; gives a line if a file is put aside. Where they cannot be kept, nothing is said of it.
pub(super) fn recent(paths: &[PathBuf]) -> String {
    let kept = StateFolder::of_user().map(|folder| state::keep_recent(&folder, paths));
    let Some(Ok(Some(aside))) = kept else { return String::new() };
    format!(
        "where the datasets that were open are kept was a file that is not understood; it is now {}",
        aside.display()
    )
}

/// Saves a search under a name; gives one line that says how that went.
pub(super) fn search(name: &str, query: &str) -> Result<String, String> {
    let folder = StateFolder::of_data().ok_or("the search is not saved: HOME is not set")?;
    let kept = state::keep_saved(&folder, name, query);
    kept.map_err(|error| format!("the search is not saved: {error}"))?;
    Ok(if query.is_empty() {
        format!("no search is called {name} any more")
    } else {
        format!("saved; saved:{name} asks it again")
    })
}

/// Tells how many studies saved searches find in the dataset of these paths, and what is new of it; says in a line if what is
/// kept of them cannot be read.
pub(super) fn count_searches(
    searches: &[(Arc<str>, Query)],
    of: (&Store, &Marks),
    paths: &[PathBuf],
    job: &Job,
) -> Result<String, String> {
    let kept = StateFolder::of_user().zip(dataset::key(paths));
    let mut failed = None;
    let mut looked = |name: &str| {
        let (folder, dataset) = kept.as_ref()?;
        state::read_looked(folder, dataset, name).unwrap_or_else(|error| {
            failed = Some(error.to_string());
            None
        })
    };
    if let Some(counts) = counter::count(searches, of, &mut looked, job.cancel()) {
        job.tell(|id| Event::Counted(id, counts));
    }
    failed.map_or(Ok(String::new()), Err)
}

/// Keeps what a saved search finds on a day. Where that cannot be kept, nothing is said of it: it is known again at the next look.
pub(super) fn looked(
    ((name, query), day): ((Arc<str>, Query), PartialDate),
    of: (&Store, &Marks),
    paths: &[PathBuf],
    job: &Job,
) -> String {
    if let Some((folder, dataset)) = StateFolder::of_user().zip(dataset::key(paths))
        && let Some(studies) = counter::found(&query, of, job.cancel())
    {
        let looked = Looked { day, query: query.to_string(), studies };
        _ = state::keep_looked(&folder, &dataset, &name, &looked);
    }
    String::new()
}

/// Keeps a query for other runs. Where that cannot be kept, nothing is said of it: the query is in the search line.
pub(super) fn query(query: &str) -> String {
    if let Some(folder) = StateFolder::of_user() {
        _ = state::keep_query(&folder, query);
    }
    String::new()
}

/// Where the dataset of these paths was left the last time, if that can be kept of it; or why that cannot be read.
pub(super) fn read_session(paths: &[PathBuf]) -> Result<Option<KeptSession>, String> {
    let (Some(folder), Some(dataset)) = (StateFolder::of_user(), dataset::key(paths)) else {
        return Ok(None);
    };
    state::read_session(&folder, &dataset).map_err(|error| error.to_string())
}

/// Keeps where a dataset is left; gives a line if there is something to be known of that.
pub(super) fn session(paths: &[PathBuf], kept: &KeptSession) -> Option<String> {
    let (folder, dataset) = (StateFolder::of_user()?, dataset::key(paths)?);
    match state::keep_session(&folder, &dataset, kept) {
        Ok(None) => None,
        Ok(Some(aside)) => Some(format!(
            "where the last session was kept is a file that is not understood; it is now {}",
            aside.display()
        )),
        Err(error) => Some(format!("the session is not kept: {error}")),
    }
}

/// Keeps that somebody was greeted. Where that cannot be kept, they are greeted again, and nothing is said of it.
pub(super) fn greeted() -> String {
    if let Some(folder) = StateFolder::of_user() {
        _ = state::keep_greeted(&folder);
    }
    String::new()
}

/// The theme that was chosen in the browser, if there still is one of that name.
pub(in crate::command) fn chosen_theme() -> Option<String> {
    let look = state::read_look(&StateFolder::of_user()?).ok()?;
    look.theme.filter(|name| themes().any(|known| known == name))
}

/// How the browser looked the last time; a line that says why that cannot be read.
pub(super) fn read_look() -> Result<Look, String> {
    let folder = StateFolder::of_user();
    let look = folder.map_or(Ok(Look::default()), |folder| state::read_look(&folder));
    look.map_err(|error| error.to_string())
}

/// Keeps how the browser looks. What goes wrong with it is said on standard error.
pub(super) fn look(look: &Look) {
    let Some(folder) = StateFolder::of_user() else { return };
    match state::keep_look(&folder, look) {
        Ok(None) => (),
        Ok(Some(aside)) => crate::command::remark(&format!(
            "where colours and sizes were kept is a file that is not understood; it is now {}",
            aside.display()
        )),
        Err(error) => {
            crate::command::remark(&format!("colours and sizes are not kept: {error}"));
        }
    }
}
