//! The saved searches, in the data directory: a line that says what the file is, then a name and its query a line. The last line
//! of a name counts; one without a query takes it away. Lines are added at the end, so that copies of the program lose
//! nothing of each other.

use std::io;

use super::{StateError, StateFolder};
use crate::search::SavedSearches;

const NAME: &str = "searches";

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex searches ";
const FORMAT: u32 = 1;

/// The searches that were saved.
pub fn read_saved(folder: &StateFolder) -> Result<SavedSearches, StateError> {
    let mut saved = SavedSearches::default();
    for line in folder.lines(NAME, (TITLE, FORMAT))? {
        let (name, query) = line.split_once(' ').unwrap_or((&line, ""));
        if SavedSearches::check(name).is_ok() {
            saved.save(name, query);
        }
    }
    Ok(saved)
}

/// Saves a search; an empty one takes the name away. A file that is not understood is put aside.
pub fn keep_saved(folder: &StateFolder, name: &str, query: &str) -> io::Result<()> {
    folder.make_way(NAME, read_saved(folder))?;
    let line = format!("{name} {query}");
    folder.append(NAME, &format!("{TITLE}{FORMAT}\n"), line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_name_counts() {
        let (_home, folder) = StateFolder::temporary();
        assert!(read_saved(&folder).unwrap().is_empty());
        for (name, query) in [("a", "x y"), ("b", "z"), ("a", "\"x\" | y"), ("b", "")] {
            keep_saved(&folder, name, query).unwrap();
        }
        let saved = read_saved(&folder).unwrap();
        assert_eq!(saved.iter().collect::<Vec<_>>(), [("a", "\"x\" | y")]);
        folder.write(NAME, "trialdex searches 2\na b\n").unwrap();
        assert!(read_saved(&folder).unwrap_err().to_string().contains("newer trialdex"));
        keep_saved(&folder, "c", "d").unwrap();
        assert_eq!(read_saved(&folder).unwrap().query("C"), Some("d"));
    }
}
