//! What a saved search found when somebody looked at it last: a file for each dataset and search, a line that says what it
//! is, the day, the query, how many studies, then their ids a line.

use std::fmt::Write as _;
use std::io;

use super::{LONGEST_OF_LINES, StateError, StateFolder};
use crate::session::Looked;
use crate::study::NctId;

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex looked ";
const FORMAT: u32 = 1;

fn name(dataset: &str, search: &str) -> String {
    format!("looked-{dataset}-{search}")
}

/// What a search found in the dataset of this name; `None` if nobody has looked.
pub fn read_looked(
    folder: &StateFolder,
    dataset: &str,
    search: &str,
) -> Result<Option<Looked>, StateError> {
    let name = name(dataset, search);
    let Some(text) = folder.read_up_to(&name, LONGEST_OF_LINES)? else { return Ok(None) };
    folder.check_title(&name, &text, (TITLE, FORMAT))?;
    let wrong = |line: usize| {
        let reason = "it is not as it was written; what is new is not known".to_owned();
        StateError::Wrong { path: folder.path(&name), line, reason }
    };
    let mut lines = (1..).zip(text.lines()).skip(1);
    let mut stated = |word: &str| {
        let (line, text) = lines.next().ok_or_else(|| wrong(1))?;
        let value = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        value.map(|value| (line, value.to_owned())).ok_or_else(|| wrong(line))
    };
    let (line, day) = stated("day")?;
    let day = day.parse().map_err(|_| wrong(line))?;
    let (_, query) = stated("query")?;
    let (counted, count) = stated("studies")?;
    let ids = lines.map(|(line, id)| id.parse::<NctId>().map_err(|_| wrong(line)));
    let studies = ids.collect::<Result<Vec<NctId>, StateError>>()?;
    if count.parse() != Ok(studies.len()) || !studies.is_sorted() {
        return Err(wrong(counted));
    }
    Ok(Some(Looked { day, query, studies }))
}

/// Keeps what a search found. A file that is not understood is put aside.
pub fn keep_looked(
    folder: &StateFolder,
    dataset: &str,
    search: &str,
    looked: &Looked,
) -> io::Result<()> {
    let name = name(dataset, search);
    folder.make_way(&name, read_looked(folder, dataset, search))?;
    let Looked { day, query, studies } = looked;
    let count = studies.len();
    let mut text = format!("{TITLE}{FORMAT}\nday {day}\nquery {query}\nstudies {count}\n");
    for id in studies {
        _ = writeln!(text, "{id}");
    }
    folder.write(&name, &text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn looked(query: &str, ids: &[&str]) -> Looked {
        let studies = ids.iter().map(|id| id.parse().unwrap()).collect();
        Looked { day: "2026-02-15".parse().unwrap(), query: query.to_owned(), studies }
    }

    #[test]
    fn what_is_kept_is_read_back_for_each_dataset_and_search() {
        let (_home, folder) = StateFolder::temporary();
        assert_eq!(read_looked(&folder, "a", "x").unwrap(), None);
        for kept in [looked("cond:\"a b\"", &["NCT00000001", "NCT00000007"]), looked("y", &[])] {
            keep_looked(&folder, "a", "x", &kept).unwrap();
            assert_eq!(read_looked(&folder, "a", "x").unwrap(), Some(kept));
        }
        assert_eq!(read_looked(&folder, "a", "y").unwrap(), None);
        assert_eq!(read_looked(&folder, "b", "x").unwrap(), None);
    }

    #[test]
    fn what_is_torn_newer_or_foreign_is_named_and_put_aside() {
        for (text, reason) in [
            ("trialdex looked 2\n", "newer trialdex"),
            ("my notes\n", "not written by trialdex"),
            ("trialdex looked 1\nday 2026-02-15\nquery x\nstudies 2\nNCT00000001\n", "line 4"),
            ("trialdex looked 1\nday 2026-02-15\nquery x\nstudies 1\nNCT000", "line 5"),
            ("trialdex looked 1\nday soon\n", "line 2"),
            ("trialdex looked 1\n", "line 1"),
        ] {
            let (_home, folder) = StateFolder::temporary();
            folder.write("looked-a-x", text).unwrap();
            let error = read_looked(&folder, "a", "x").unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            let kept = looked("x", &["NCT00000001"]);
            keep_looked(&folder, "a", "x", &kept).unwrap();
            assert_eq!(read_looked(&folder, "a", "x").unwrap(), Some(kept));
            assert_eq!(fs::read_to_string(folder.path("looked-a-x.1")).unwrap(), text);
        }
    }
}
